use std::io::{Cursor, Write};

use chrono::{TimeDelta, TimeZone};
use encoding_rs::GB18030;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::reconcile::{By, Expected, Finding, reconcile};
use super::*;
use crate::domain::order::OrderId;

const APP: &[u8] =
    include_bytes!("../../../tests/fixtures/bills/alipay_app_new_marker.gb18030.csv");
const OLD_APP: &[u8] =
    include_bytes!("../../../tests/fixtures/bills/alipay_app_old_marker.gb18030.csv");
const WEB: &[u8] = include_bytes!("../../../tests/fixtures/bills/alipay_web_legacy.gb18030.csv");
const MERCHANT: &[u8] =
    include_bytes!("../../../tests/fixtures/bills/alipay_merchant_fund.gbk.csv");

/// As written in Shanghai.
fn at(day: u32, hour: u32, minute: u32, second: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, day, hour, minute, second).unwrap() - TimeDelta::hours(8)
}

fn utf8(bytes: &[u8]) -> String {
    GB18030.decode(bytes).0.into_owned()
}

fn error(file: &[u8]) -> BillError {
    read(file).expect_err("a file that cannot be read")
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_apps_bill_gives_what_came_in_and_stays() {
    for file in [APP, OLD_APP, utf8(APP).as_bytes(), format!("\u{FEFF}{}", utf8(APP)).as_bytes()] {
        let bill = read(file).unwrap();
        assert_eq!(bill.period, Some((at(1, 0, 0, 0), at(7, 23, 59, 59))));
        assert_eq!(bill.account.as_deref(), Some("138****0000"));
        assert_eq!((bill.income.len(), bill.others), (3, 3));
        let row = &bill.income[0];
        assert_eq!((row.line, row.at, row.fen), (20, at(7, 21, 32, 14), Fen(725_431)));
        assert_eq!(row.number.as_ref().unwrap().reveal(), "20260107200040011100670012345678");
        assert_eq!(row.payer.as_deref(), Some("李四"));
        assert_eq!(row.account.as_deref(), Some("166****7535"));
        assert_eq!(bill.income[1].account, None);
        assert_eq!(bill.income[2].fen, Fen::yuan(7_256));
    }
}

#[test]
fn a_bill_of_the_old_web_page_is_read_to_its_line_of_dashes() {
    let bill = read(WEB).unwrap();
    assert_eq!(bill.account.as_deref(), Some("138****0000"));
    assert_eq!((bill.income.len(), bill.others), (1, 0));
    let row = &bill.income[0];
    let paid = Utc.with_ymd_and_hms(2020, 1, 15, 11, 20, 31).unwrap();
    assert_eq!((row.at, row.fen, row.payer.as_deref()), (paid, Fen(725_431), Some("李四")));
    assert_eq!(row.number.as_ref().unwrap().tail(), "000001");
}

#[test]
fn a_merchants_bill_has_payer_and_account_in_one_cell() {
    for file in [MERCHANT.to_vec(), zipped(&[("总.csv", b"#summary"), ("1.CSV", MERCHANT)])] {
        let bill = read(&file).unwrap();
        assert_eq!(bill.period, Some((at(7, 0, 0, 0), at(8, 0, 0, 0))));
        let row = &bill.income[0];
        assert_eq!((bill.income.len(), row.at, row.fen), (1, at(7, 21, 32, 14), Fen(725_431)));
        assert_eq!(row.payer.as_deref(), Some("李四"));
        assert_eq!(row.account.as_deref(), Some("166****7535"));
        assert_eq!(row.number.as_ref().unwrap().tail(), "345678");
    }
}

#[test]
fn columns_are_found_by_name() {
    let bill = "金额,收/支,交易状态,交易时间\n5.00,收入,交易成功,2026/1/7 21:32\n";
    let bill = read(bill.as_bytes()).unwrap();
    assert_eq!((bill.income[0].fen, bill.income[0].at), (Fen(500), at(7, 21, 32, 0)));
    assert_eq!(bill.period, Some((at(7, 21, 32, 0), at(7, 21, 32, 0))));
    let missing = |column| BillError::MissingColumn { column };
    for column in ["交易时间", "金额", "收/支", "交易状态"] {
        assert_eq!(error(utf8(APP).replace(column, "x").as_bytes()), missing(column.into()));
    }
    let web = utf8(WEB).replace("付款时间", "x");
    assert_eq!(error(web.as_bytes()), missing("付款时间".into()));
    let merchant = utf8(MERCHANT).replace("收入金额（+元）", "x");
    assert_eq!(error(merchant.as_bytes()), missing("收入金额(+元)".into()));
}

#[test]
fn only_income_that_succeeded_counts() {
    let row = |direction, status| {
        format!("交易时间,收/支,金额,交易状态\n2026-01-07 21:32:14,{direction},5.00,{status}\n")
    };
    let count = |direction, status| read(row(direction, status).as_bytes()).unwrap().income.len();
    assert_eq!(count("收入", "交易成功"), 1);
    for (direction, status) in [
        ("收入", "等待确认收货"),
        ("收入", "交易关闭"),
        ("收入", "退款成功"),
        ("不计收支", "交易成功"),
        ("支出", "交易成功"),
        ("", "交易成功"),
    ] {
        assert_eq!(count(direction, status), 0, "{direction} {status}");
    }
    // A closed trade may lack a time and an amount; one that came in may not.
    assert!(read(row("收入", "交易成功").replace("5.00", "").as_bytes()).is_err());
    assert!(read("交易时间,收/支,金额,交易状态\n,,,交易关闭\n".as_bytes()).is_ok());
}

#[test]
fn what_cannot_be_read_is_said_exactly() {
    assert_eq!(error(b""), BillError::NotABill);
    assert_eq!(error(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), BillError::NotABill);
    assert_eq!(error("时间,金额,对方,收\n".as_bytes()), BillError::NotABill);
    assert_eq!(error(&vec![b'x'; LARGEST_FILE + 1]), BillError::TooLarge);
    let app = utf8(APP);
    for (right, wrong) in [
        ("7254.31,余额", "7254.311,余额"),
        ("7254.31,余额", "-7254.31,余额"),
        ("7254.31,余额", "７千,余额"),
        ("2026-01-07 21:32:14", "yesterday"),
        // A nickname with commas must not move its own words into the columns.
        ("李四", "李四,/,转账,收入,9999.00,余额,交易成功"),
        ("李四", "\"李四"),
        (",166****7535", ""),
    ] {
        let changed = app.replace(right, wrong);
        assert_eq!(error(changed.as_bytes()), BillError::BrokenRow { line: 20 }, "{wrong}");
    }
    let mut broken = APP.to_vec();
    let row = broken.windows(8).position(|it| it == b"20260106").unwrap();
    broken[row] = 0xFF;
    assert_eq!(error(&broken), BillError::BrokenText { line: 22 });
}

#[test]
fn a_zip_has_one_bill_no_password_and_no_surprise() {
    assert_eq!(read(&zipped(&[("a.csv", APP), ("r.txt", b"hi")])).unwrap().income.len(), 3);
    assert_eq!(error(&zipped(&[("a.csv", APP), ("b.csv", WEB)])), BillError::SeveralBills);
    assert_eq!(error(&zipped(&[("a.txt", APP)])), BillError::NotABill);
    assert_eq!(error(&zipped(&[])), BillError::NotABill);
    assert_eq!(error(b"PK\x03\x04nonsense"), BillError::BrokenArchive);
    let whole = zipped(&[("a.csv", APP)]);
    assert_eq!(error(&whole[..whole.len() / 2]), BillError::BrokenArchive);
    let bomb = vec![b'x'; LARGEST_UNPACKED + 1];
    let packed = zipped(&[("a.csv", &bomb)]);
    assert!(packed.len() < 100_000);
    assert_eq!(error(&packed), BillError::TooLarge);
    let names: Vec<String> = (0..100).map(|it| format!("{it}.csv")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), APP)).collect();
    assert_eq!(error(&zipped(&many)), BillError::TooLarge);
    // The bit in both headers that says "encrypted".
    let mut locked = whole;
    locked[6] |= 1;
    let directory = locked.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert_eq!(error(&locked), BillError::Encrypted);
}

#[test]
fn a_row_shows_nobody() {
    let shown = format!("{:?}", read(APP).unwrap());
    assert!(shown.contains("¥7,254.31"), "{shown}");
    for secret in ["李四", "166****7535", "20260107200040011100670012345678"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn order(id: i64, fen: i64, day: u32, hour: u32) -> Expected {
    let from = at(day, hour, 0, 0);
    let until = from + TimeDelta::hours(1);
    Expected { order: OrderId(id), fen: Fen(fen), from, until, number: None }
}

fn number(text: &str) -> Option<BillNumber> {
    Some(BillNumber::of_any_day(text).unwrap())
}

/// A bill of January's second week with these payments: fen, hour of the 7th, number.
fn bill(payments: &[(i64, u32, Option<&str>)]) -> Bill {
    let income = payments.iter().enumerate().map(|(line, (fen, hour, it))| Row {
        line,
        at: at(7, *hour, 30, 0),
        fen: Fen(*fen),
        number: it.and_then(number),
        payer: None,
        account: None,
        memo: String::new(),
    });
    let period = Some((at(5, 0, 0, 0), at(12, 0, 0, 0)));
    Bill { account: None, period, income: income.collect(), others: 0 }
}

const ONE: &str = "20260107200040011100670000000001";
const TWO: &str = "20260107200040011100670000000002";

#[test]
fn each_order_is_laid_beside_the_bill() {
    #[track_caller]
    fn case(orders: &[Expected], bill: &Bill, findings: &[Finding], unknown: &[usize]) {
        let it = reconcile(orders, bill);
        let found: Vec<Finding> = it.orders.into_iter().map(|(_order, finding)| finding).collect();
        assert_eq!((found.as_slice(), it.unknown.as_slice()), (findings, unknown));
    }
    let by_amount = |row| Finding::Matched { row, by: By::Amount };
    let by_number = |row| Finding::Matched { row, by: By::Number };
    let first = order(1, 50_000, 7, 9);
    let numbered = |number_| Expected { number: number(number_), ..first.clone() };

    let one_order = [first.clone()];

    // To the fen, and in time.
    case(&one_order, &bill(&[(50_000, 9, None)]), &[by_amount(0)], &[]);
    case(&one_order, &bill(&[(50_001, 9, None)]), &[Finding::Missing], &[0]);
    case(&one_order, &bill(&[(50_000, 10, None)]), &[Finding::Missing], &[0]);
    case(&one_order, &bill(&[]), &[Finding::Missing], &[]);
    // Outside of what the bill covers nothing is missing.
    case(&[order(1, 50_000, 20, 9)], &bill(&[]), &[Finding::NotCovered], &[]);
    case(&[order(1, 50_000, 11, 23)], &bill(&[]), &[Finding::Missing], &[]);
    // Paid twice.
    let twice = bill(&[(50_000, 9, Some(ONE)), (50_000, 9, Some(TWO))]);
    case(&one_order, &twice, &[Finding::Duplicated { rows: vec![0, 1] }], &[]);
    case(&[numbered(TWO)], &twice, &[Finding::Duplicated { rows: vec![1, 0] }], &[]);
    // The same payment listed twice is one.
    let listed_twice = bill(&[(50_000, 9, Some(ONE)), (50_000, 9, Some(ONE))]);
    case(&one_order, &listed_twice, &[by_amount(0)], &[]);
    // Two orders, one payment: nobody can tell whose it is, unless the number does.
    let second = order(2, 50_000, 7, 9);
    let either = Finding::Ambiguous { rows: vec![0] };
    let one = bill(&[(50_000, 9, Some(ONE))]);
    case(&[first.clone(), second.clone()], &one, &[either.clone(), either], &[]);
    case(&[numbered(ONE), second.clone()], &one, &[by_number(0), Finding::Missing], &[]);
    case(&[numbered(ONE), second], &twice, &[by_number(0), by_amount(1)], &[]);
    // The number finds a payment whenever it came, and tells when the amount is another.
    case(&[numbered(ONE)], &bill(&[(50_000, 20, Some(ONE))]), &[by_number(0)], &[]);
    case(
        &[numbered(ONE)],
        &bill(&[(49_999, 9, Some(ONE))]),
        &[Finding::OtherAmount { row: 0 }],
        &[],
    );
    case(&[numbered(TWO)], &one, &[by_amount(0)], &[]);
    let corrected = bill(&[(49_999, 9, Some(ONE)), (50_000, 9, Some(TWO))]);
    case(&[numbered(ONE)], &corrected, &[Finding::OtherAmount { row: 0 }], &[1]);
}

proptest! {
    #[test]
    fn no_payment_is_given_to_two_orders(
        orders in prop::collection::vec((1_i64..4, 8_u32..12, prop::option::of(0_usize..4)), 0..8),
        payments in prop::collection::vec((1_i64..4, 8_u32..12, prop::option::of(0_usize..4)), 0..8),
    ) {
        let numbers = [ONE, TWO, "20260107200040011100670000000003", "20260107200040011100670000000004"];
        let rows: Vec<_> = payments.iter().map(|(fen, hour, n)| (*fen, *hour, n.map(|n| numbers[n]))).collect();
        let expected: Vec<Expected> = orders
            .iter()
            .zip(1..)
            .map(|((fen, hour, n), id)| Expected { number: n.and_then(|n| number(numbers[n])), ..order(id, *fen, 7, *hour) })
            .collect();
        let it = reconcile(&expected, &bill(&rows));
        prop_assert_eq!(it.orders.len(), expected.len());
        let mut given: Vec<usize> = it.unknown;
        for (_order, finding) in it.orders {
            match finding {
                Finding::Matched { row, .. } | Finding::OtherAmount { row } => given.push(row),
                Finding::Duplicated { rows } => given.extend(rows),
                Finding::Ambiguous { .. } | Finding::Missing | Finding::NotCovered => {}
            }
        }
        let all = given.len();
        given.sort_unstable();
        given.dedup();
        prop_assert_eq!(given.len(), all);
    }

    #[test]
    fn no_bytes_can_break_the_reader(mut file in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), base in 0_usize..4) {
        let _ = read(&file);
        let mut changed = [APP, WEB, MERCHANT, &zipped(&[("a.csv", APP)])][base].to_vec();
        let at = at.index(changed.len());
        changed.splice(at..at, file.drain(..));
        let _ = read(&changed);
        let _ = read(&changed[..at]);
    }
}
