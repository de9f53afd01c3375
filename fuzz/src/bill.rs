//! A bill is read or refused; what was read can be written and read again, and no payment is
//! given to two orders.

use std::collections::HashSet;
use std::fmt::Write as _;

use chrono::TimeDelta;
use fangbi::domain::bill::reconcile::{Expected, Finding, reconcile};
use fangbi::domain::bill::{Bill, Row, read};
use fangbi::domain::bill_number::BillNumber;
use fangbi::domain::order::OrderId;

/// The bytes are the file.
pub fn holds(data: &[u8]) {
    let Ok(bill) = read(data) else { return };
    assert!(bill.income.iter().all(|row| row.fen.0 > 0));
    assert!(bill.income.windows(2).all(|rows| rows[0].line < rows[1].line));

    let again = read(print(&bill).as_bytes()).expect("a bill that we have written");
    let facts = |row: &Row| (row.at, row.fen, row.number.clone());
    assert!(bill.income.iter().map(facts).eq(again.income.iter().map(facts)));

    // An order for each payment: half of them know its number.
    let orders: Vec<Expected> =
        bill.income.iter().zip(1..).map(|(row, id)| order(row, id)).collect();
    let told = reconcile(&orders, &bill);
    let mut given = HashSet::new();
    let mut give = |row| assert!(given.insert(row), "row {row} is given away twice");
    told.unknown.into_iter().for_each(&mut give);
    for (_order, finding) in told.orders {
        match finding {
            Finding::Matched { row, .. } | Finding::OtherAmount { row } => give(row),
            Finding::Duplicated { rows } => rows.into_iter().for_each(&mut give),
            Finding::Ambiguous { .. } | Finding::Missing | Finding::NotCovered => {}
        }
    }
}

fn order(row: &Row, id: i64) -> Expected {
    let (from, until) = (row.at - TimeDelta::minutes(5), row.at + TimeDelta::minutes(5));
    let number = row.number.clone().filter(|_| id % 2 == 0);
    Expected { order: OrderId(id), fen: row.fen, from, until, number }
}

/// The columns that a bill needs, and the number.
fn print(bill: &Bill) -> String {
    let mut file = String::from("交易时间,收/支,金额,交易状态,交易订单号\n");
    for row in &bill.income {
        let at = (row.at + TimeDelta::hours(8)).format("%Y-%m-%d %H:%M:%S");
        let number = row.number.as_ref().map_or("", BillNumber::reveal);
        let _ = writeln!(file, "{at},收入,{},交易成功,{number}", row.fen.plain());
    }
    file
}
