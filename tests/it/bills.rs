//! A seller's bill beside the orders, and pictures that prove nothing.

use std::io::{Cursor, Write};

use chrono::{DateTime, TimeDelta, Utc};
use encoding_rs::GB18030;
use fangbi::domain::order::Kind;
use playground::{Fault, FaultKind, Upload};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::{Somebody, World, minutes};

impl Somebody {
    /// Sends a file, and waits until the world has come to rest.
    async fn sends(&self, world: &World, name: &str, bytes: &[u8]) {
        self.looks();
        let upload =
            Upload { name: name.into(), bytes: bytes.into(), caption: String::new(), photo: false };
        self.person.upload(upload).unwrap();
        world.drain().await;
    }

    async fn shows_a_picture(&self, world: &World) {
        self.looks();
        let upload =
            Upload { name: "a.jpg".into(), bytes: vec![1], caption: String::new(), photo: true };
        self.person.upload(upload).unwrap();
        world.drain().await;
    }
}

/// As Alipay writes it: in Shanghai.
fn written(at: DateTime<Utc>) -> String {
    (at + TimeDelta::hours(8)).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The app's export of the last day, with these payments: when, yuan, status.
fn bill(now: DateTime<Utc>, rows: &[(DateTime<Utc>, &str, &str)]) -> Vec<u8> {
    let (from, until) = (written(now - TimeDelta::days(1)), written(now + TimeDelta::days(1)));
    let mut text = format!(
        "支付宝账户：139******82\r\n起始时间：[{from}]    终止时间：[{until}]\r\n导出时间：[{}]\r\n\
         交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\r\n",
        written(now)
    );
    for (number, (at, yuan, status)) in (1..).zip(rows) {
        let (at, day) = (written(*at), (*at + TimeDelta::hours(8)).format("%Y%m%d"));
        text += &format!(
            "{at},转账红包,诸葛清风,186******18,转账,收入,{yuan},余额,{status},{day}20004001110067{number:010}\t,\t,,\r\n"
        );
    }
    GB18030.encode(&text).0.into_owned()
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

const SUCCESS: &str = "交易成功";

#[tokio::test]
async fn a_bill_says_which_payment_is_whose() {
    let sale = World::open().await.sale().await;
    let (world, li) = (&sale.world, &sale.li);
    world.pass(minutes(1)).await;
    let paid_at = world.now();
    sale.marks_paid().await;
    world.pass(minutes(1)).await;
    let fen = world.order(sale.id).await.fen;
    let rows = [
        (paid_at, fen.plain().as_str(), SUCCESS),
        (paid_at, "123.45", SUCCESS),
        (paid_at, "99999.00", "等待确认收货"),
    ]
    .map(|(at, yuan, status)| (at, yuan.to_owned(), status));
    let rows: Vec<_> =
        rows.iter().map(|(at, yuan, status)| (*at, yuan.as_str(), *status)).collect();
    let file = bill(world.now(), &rows);
    for (name, bytes) in [("bill.csv", file.clone()), ("Bill.ZIP", zipped("a.csv", &file))] {
        li.sends(world, name, &bytes).await;
        li.sees("I’m laying your orders beside it");
        let table = li.sees("Your orders beside the bill");
        assert!(
            table.text.contains("1 there · 0 to look at · 1 without an order"),
            "{}",
            table.text
        );
        assert!(
            table.text.contains(&format!("✅ {} · {fen} · there", sale.code)),
            "{}",
            table.text
        );
        assert!(table.text.contains("❔ ¥123.45 · no order"), "{}", table.text);
        let csv = String::from_utf8(world.file_of(&table).await).unwrap();
        assert_eq!(csv.lines().count(), 3, "{csv}");
        let line = format!("{},{},{},there", sale.code, fen.plain(), written(paid_at));
        assert!(csv.contains(&line), "{csv}");
        for private in ["诸葛清风", "186******18", "2000400111", "139******82", "99999"] {
            assert!(!table.text.contains(private) && !csv.contains(private), "{private}: {csv}");
        }
    }
    // It settles nothing.
    assert_eq!(sale.status().await, Kind::Paid);
    for private in ["BQACAgUAAxk", "123.45", "12345"] {
        assert_eq!(world.files_with(private).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn what_is_missing_or_came_twice_is_said() {
    let sale = World::open().await.sale().await;
    let (world, li) = (&sale.world, &sale.li);
    li.sends(world, "bill.csv", &bill(world.now(), &[])).await;
    li.sees("Nothing in it belongs to a sale of yours here");
    sale.marks_paid().await;
    li.sends(world, "bill.csv", &bill(world.now(), &[])).await;
    let missing = li.sees("Your orders beside the bill");
    assert!(
        missing.text.contains(&format!("❌ {} · ¥720.00 · missing", sale.code)),
        "{}",
        missing.text
    );
    let twice = [(world.now(), "720.00", SUCCESS), (world.now(), "720.00", SUCCESS)];
    li.sends(world, "bill.csv", &bill(world.now(), &twice)).await;
    li.sees("paid 2 times");
}

#[tokio::test]
async fn only_ones_own_sales_and_ones_own_account_count() {
    let sale = World::open().await.sale().await;
    let (world, now) = (&sale.world, sale.world.now());
    sale.marks_paid().await;
    let file = bill(now, &[(now, "720.00", SUCCESS)]);
    sale.wang.sends(world, "bill.csv", &file).await;
    let table = sale.wang.sees("Your orders beside the bill");
    assert!(table.text.contains("❔ ¥720.00 · no order") && !table.text.contains(&sale.code));
    // A bill of another account says nothing about this order.
    let other = GB18030.decode(&file).0.replace("139******82", "150******00");
    sale.li.sends(world, "bill.csv", other.as_bytes()).await;
    let table = sale.li.sees("Your orders beside the bill");
    assert!(table.text.contains("❔ ¥720.00 · no order") && !table.text.contains(&sale.code));
}

#[tokio::test]
async fn each_form_of_the_bill_is_taken() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    for (file, count) in [
        ("alipay_app_old_marker.gb18030.csv", 3),
        ("alipay_app_new_marker.gb18030.csv", 3),
        ("alipay_web_legacy.gb18030.csv", 1),
        ("alipay_merchant_fund.gbk.csv", 1),
    ] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bills");
        li.sends(&world, file, &std::fs::read(folder.join(file)).unwrap()).await;
        let table = li.sees("Your orders beside the bill");
        assert!(
            table.text.contains(&format!("{count} without an order")),
            "{file}: {}",
            table.text
        );
    }
    li.says("/forget").await;
    li.presses("Yes, erase them").await;
    assert_eq!(world.query_one("select count(*) from bills").await, Some(0));
}

#[tokio::test]
async fn a_file_that_is_no_good_gets_a_precise_answer_and_changes_nothing() {
    let sale = World::open().await.sale().await;
    let (world, li) = (&sale.world, &sale.li);
    let good = bill(world.now(), &[(world.now(), "720.00", SUCCESS)]);
    let text = GB18030.decode(&good).0.into_owned();
    let mut damaged = good.clone();
    let at = damaged.len() - 60;
    damaged[at] = 0xFF;
    for (name, bytes, answer) in [
        ("a.csv", b"\x89PNG\r\n\x1A\n\0\0".to_vec(), "It is not a bill that Alipay has exported"),
        ("a.csv", "name,amount\nx,1\n".into(), "It is not a bill that Alipay has exported"),
        (
            "a.csv",
            text.replace("交易状态", "状态").into_bytes(),
            "The column “交易状态” is missing",
        ),
        ("a.csv", text.replace("720.00", "七百二").into_bytes(), "I cannot read line 5"),
        ("a.csv", damaged, "The bytes of line 5 are damaged"),
        ("a.zip", zipped("a.txt", &good), "It is not a bill that Alipay has exported"),
        ("a.zip", b"PK\x03\x04 no zip".to_vec(), "The zip is damaged"),
        ("a.csv", vec![b'x'; 20 << 20], "It is not a bill that Alipay has exported"),
    ] {
        li.sends(world, name, &bytes).await;
        li.sees(answer);
    }
    assert_eq!(sale.status().await, Kind::AwaitingPayment);
    assert_eq!(world.query_one("select count(*) from bills").await, Some(0));
}

#[tokio::test]
async fn a_file_that_does_not_come_is_tried_again_and_one_that_is_gone_is_told() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    let file = bill(world.now(), &[(world.now(), "720.00", SUCCESS)]);
    world.fault(Fault::new(FaultKind::InternalError).method("getFile").times(2));
    li.sends(&world, "bill.csv", &file).await;
    li.does_not_see("Your orders beside the bill");
    // Not even a death in between loses it.
    world.restart().await;
    world.pass(minutes(1)).await;
    li.sees("Your orders beside the bill");
    let gone = Fault::new(FaultKind::BadRequest).method("getFile");
    world.fault(
        gone.description("Bad Request: wrong file_id or the file is temporarily unavailable"),
    );
    li.sends(&world, "bill.csv", &file).await;
    li.sees("Telegram no longer has that file");
}

#[tokio::test]
async fn a_picture_proves_nothing() {
    let sale = World::open().await.sale().await;
    let (world, wang) = (&sale.world, &sale.wang);
    wang.shows_a_picture(world).await;
    wang.sees("A picture is no proof of payment");
    assert_eq!(sale.status().await, Kind::AwaitingPayment);
    // Nor does it where the number of the payment is asked for.
    sale.marks_paid().await;
    wang.shows_a_picture(world).await;
    wang.sees("A picture is no proof of payment");
    // Whoever has no open order hears what was always said, and so does whoever is asked for text.
    let zhao = world.somebody("Zhao", "en").await;
    zhao.shows_a_picture(world).await;
    zhao.sees("I was not waiting for a message");
    wang.says("/ad").await;
    wang.presses("USDT").await;
    wang.shows_a_picture(world).await;
    wang.sees("I can only read text here");
    wang.sends(world, "bill.csv", b"x").await;
    wang.sees("I can only read text here");
}

#[tokio::test]
async fn the_command_says_how_to_get_a_bill() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "zh").await;
    li.says("/bill").await;
    li.sees("我绝不会索要密码");
}

#[tokio::test]
async fn a_bill_that_is_forwarded_is_read_as_a_bill() {
    let sale = World::open().await.sale().await;
    let (world, li) = (&sale.world, &sale.li);
    sale.marks_paid().await;
    let upload = Upload {
        name: "bill.csv".into(),
        bytes: bill(world.now(), &[]),
        caption: String::new(),
        photo: false,
    };
    let sent = li.person.upload(upload).unwrap().message_id;
    world.drain().await;
    li.forwards(sent).await;
    li.sees("Your orders beside the bill");
    li.does_not_see("not from this bot");
    // In a wizard it is no answer, and anything else is looked at as before.
    li.says("/sell").await;
    li.forwards(sent).await;
    li.sees("not from this bot");
}
