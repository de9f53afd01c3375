//! The orders beside the bill: which payment is whose, what is missing, what nobody knows.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Bill, Row};
use crate::domain::bill_number::BillNumber;
use crate::domain::money::Fen;
use crate::domain::order::OrderId;

/// What the bill should show of an order.
#[derive(Clone, Debug)]
pub struct Expected {
    pub order: OrderId,
    pub fen: Fen,
    /// When the payment may have come in, both ends included.
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// As the buyer gave it.
    pub number: Option<BillNumber>,
}

/// What the bill shows of an order. Rows are places in [`Bill::income`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    Matched {
        row: usize,
        by: By,
    },
    /// The payment with the buyer's number is of another amount.
    OtherAmount {
        row: usize,
    },
    /// Several payments of this amount fit no other order: it seems to have been paid twice.
    Duplicated {
        rows: Vec<usize>,
    },
    /// Payments and orders fit in more than one way.
    Ambiguous {
        rows: Vec<usize>,
    },
    Missing,
    /// Not found, but the bill does not cover its whole time either.
    NotCovered,
}

/// What a payment was known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Number,
    /// The exact amount, in the order's time.
    Amount,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// In the order in which they were asked for.
    pub orders: Vec<(OrderId, Finding)>,
    /// Payments that fit no order.
    pub unknown: Vec<usize>,
}

/// Lays the orders beside the bill. One payment belongs to one order; where it might belong to
/// several, that is said and nothing is guessed.
pub fn reconcile(orders: &[Expected], bill: &Bill) -> Reconciled {
    let rows = without_repeats(&bill.income);
    let by_number = payments_by_number(orders, &rows);
    let taken: HashSet<usize> = by_number.values().copied().collect();

    let mut by_fen: HashMap<Fen, Vec<usize>> = HashMap::new();
    for (row, it) in rows.iter().filter(|(row, _it)| !taken.contains(row)) {
        by_fen.entry(it.fen).or_default().push(*row);
    }
    let fitting = |it: &Expected| -> Vec<usize> {
        let same = by_fen.get(&it.fen).into_iter().flatten().copied();
        same.filter(|row| (it.from..=it.until).contains(&bill.income[*row].at)).collect()
    };
    let candidates: Vec<Vec<usize>> = orders.iter().map(fitting).collect();
    // An order that has its payment by number looks for a second one only where nobody else does.
    let own_fen = |at: &usize| by_number.get(at).map(|row| bill.income[*row].fen);
    let all = || candidates.iter().enumerate();
    let wanted = count(all().filter(|(at, _it)| own_fen(at).is_none()));
    let offered = count(all().filter(|(at, _it)| own_fen(at) == Some(orders[*at].fen)));
    let is_spare = |row: &usize| !wanted.contains_key(row) && offered.get(row) == Some(&1);

    let found = orders.iter().zip(&candidates).enumerate().map(|(at, (it, fitting))| {
        let is_shared = fitting.iter().any(|row| wanted.get(row).is_some_and(|it| *it > 1));
        let finding = match (by_number.get(&at), fitting.as_slice()) {
            (Some(row), _) if bill.income[*row].fen != it.fen => Finding::OtherAmount { row: *row },
            (Some(row), more) if more.iter().any(is_spare) => {
                let more = more.iter().filter(|row| is_spare(row));
                Finding::Duplicated { rows: std::iter::once(row).chain(more).copied().collect() }
            }
            (Some(row), _) => Finding::Matched { row: *row, by: By::Number },
            (None, []) if covers(bill, it) => Finding::Missing,
            (None, []) => Finding::NotCovered,
            (None, rows) if is_shared => Finding::Ambiguous { rows: rows.to_vec() },
            (None, [row]) => Finding::Matched { row: *row, by: By::Amount },
            (None, rows) => Finding::Duplicated { rows: rows.to_vec() },
        };
        (it.order, finding)
    });
    let orders = found.collect();
    let is_known = |row: &usize| taken.contains(row) || wanted.contains_key(row) || is_spare(row);
    let unknown = rows.iter().map(|(row, _it)| *row).filter(|row| !is_known(row)).collect();
    Reconciled { orders, unknown }
}

/// How many of the orders each payment fits.
fn count<'a>(orders: impl Iterator<Item = (usize, &'a Vec<usize>)>) -> HashMap<usize, usize> {
    orders.flat_map(|(_at, rows)| rows).fold(HashMap::new(), |mut counts, row| {
        *counts.entry(*row).or_default() += 1;
        counts
    })
}

/// A payment that is listed twice, as in two exports laid together, is one payment.
fn without_repeats(income: &[Row]) -> Vec<(usize, &Row)> {
    let mut seen = HashSet::new();
    income
        .iter()
        .enumerate()
        .filter(|(_at, row)| {
            row.number.as_ref().is_none_or(|number| seen.insert((number.reveal(), row.fen)))
        })
        .collect()
}

/// The payment of each order whose number is in the bill, by the order's place.
fn payments_by_number(orders: &[Expected], rows: &[(usize, &Row)]) -> HashMap<usize, usize> {
    let mut numbered: HashMap<&str, usize> =
        rows.iter().filter_map(|(at, row)| Some((row.number.as_ref()?.reveal(), *at))).collect();
    let own = |it: &Expected| numbered.remove(it.number.as_ref()?.reveal());
    orders.iter().map(own).enumerate().filter_map(|(at, row)| Some((at, row?))).collect()
}

fn covers(bill: &Bill, it: &Expected) -> bool {
    bill.period.is_some_and(|(from, until)| from <= it.from && it.until <= until)
}
