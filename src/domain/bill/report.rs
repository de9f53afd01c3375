//! What a seller is told of a bill: orders, amounts and times, and nobody's name, account or number.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Bill;
use super::reconcile::{By, Expected, Finding, reconcile};
use crate::domain::money::Fen;
use crate::domain::order::OrderId;

/// A sale that may be in a bill.
#[derive(Clone, Debug)]
pub struct Sale {
    pub expected: Expected,
    /// Somebody says that it was paid: then the payment has to be there.
    pub paid: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// As in [`Bill::period`].
    pub period: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Orders first, then payments that fit none.
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub order: Option<OrderId>,
    /// Of the order; of the payment where there is no order.
    pub fen: Fen,
    /// When the payment came in; when the order was opened where none is known.
    pub at: DateTime<Utc>,
    pub found: Found,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    Matched {
        by: By,
    },
    /// The payment with the buyer's number is of this amount instead.
    OtherAmount {
        came: Fen,
    },
    /// So many payments fit this order and no other.
    Duplicated {
        payments: usize,
    },
    /// So many payments may be this order's or another one's.
    Ambiguous {
        payments: usize,
    },
    Missing,
    NotCovered,
    /// A payment that fits no order.
    Unknown,
}

impl Found {
    /// Whether somebody should look at it.
    pub fn is_odd(&self) -> bool {
        match self {
            Self::OtherAmount { .. }
            | Self::Duplicated { .. }
            | Self::Ambiguous { .. }
            | Self::Missing => true,
            Self::Matched { .. } | Self::NotCovered | Self::Unknown => false,
        }
    }
}

/// Lays the sales beside the bill. One that nobody says was paid is told only when it was.
pub fn report(sales: &[Sale], bill: &Bill) -> Report {
    let expected: Vec<Expected> = sales.iter().map(|it| it.expected.clone()).collect();
    let told = reconcile(&expected, bill);
    let orders = sales.iter().zip(told.orders).filter_map(|(sale, (order, finding))| {
        let (found, row) = match finding {
            Finding::Matched { row, by } => (Found::Matched { by }, Some(row)),
            Finding::OtherAmount { row } => {
                (Found::OtherAmount { came: bill.income[row].fen }, Some(row))
            }
            Finding::Duplicated { rows } => {
                (Found::Duplicated { payments: rows.len() }, rows.first().copied())
            }
            Finding::Ambiguous { rows } => (Found::Ambiguous { payments: rows.len() }, None),
            Finding::Missing | Finding::NotCovered if !sale.paid => return None,
            Finding::Missing => (Found::Missing, None),
            Finding::NotCovered => (Found::NotCovered, None),
        };
        let at = row.map_or(sale.expected.from, |row| bill.income[row].at);
        Some(Line { order: Some(order), fen: sale.expected.fen, at, found })
    });
    let unknown = told.unknown.iter().map(|row| {
        let it = &bill.income[*row];
        Line { order: None, fen: it.fen, at: it.at, found: Found::Unknown }
    });
    Report { period: bill.period, lines: orders.chain(unknown).collect() }
}
