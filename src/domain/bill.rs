//! The bill that a seller exports from Alipay: what has really come in, to lay beside the orders.
//!
//! It settles nothing and moves nothing. It counts only when the seller's own hand has sent it.
//! Three forms are known: the app's export, the old web page's, and a merchant's.

mod archive;
pub mod reconcile;
pub mod report;
mod table;
mod text;

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::bill_number::BillNumber;
use super::money::Fen;

/// The largest file that is read, in bytes: as much as Telegram lets a bot fetch.
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;
/// The most that may come out of an archive, in bytes.
const LARGEST_UNPACKED: usize = 32 * 1024 * 1024;
/// The most payments in one bill: years of them.
const MOST_ROWS: usize = 100_000;

pub struct Bill {
    /// Whose it is: the login id as the bill shows it, as a rule masked.
    pub account: Option<String>,
    /// What the bill covers, both ends included; `None` for an empty one that does not say.
    pub period: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Money that came in and stays: income, and successful.
    pub income: Vec<Row>,
    /// How many other rows there are: expenses, refunds, closed trades, what is not settled.
    pub others: usize,
}

/// Without the account it belongs to.
impl fmt::Debug for Bill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account: _, period, income, others } = self;
        write!(f, "Bill {{ {period:?}, {income:?}, and {others} others }}")
    }
}

/// A payment that came in.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, from 1.
    pub line: usize,
    pub at: DateTime<Utc>,
    pub fen: Fen,
    pub number: Option<BillNumber>,
    /// As Alipay shows the payer: a nickname, a name or its mask.
    pub payer: Option<String>,
    /// The payer's account, as a rule masked.
    pub account: Option<String>,
    pub memo: String,
}

/// Without payer, account and memo, which are other people's.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, at, fen, number, payer: _, account: _, memo: _ } = self;
        write!(f, "{line}: {fen} at {at} {number:?}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum BillError {
    #[error("not a bill of Alipay")]
    NotABill,
    #[error("the bill has no column {column}")]
    MissingColumn { column: Cow<'static, str> },
    #[error("too large")]
    TooLarge,
    /// It has to be unpacked by the person it belongs to: nobody is asked for a password.
    #[error("the archive has a password")]
    Encrypted,
    #[error("the archive cannot be read")]
    BrokenArchive,
    #[error("several bills in one archive")]
    SeveralBills,
    #[error("the bytes of line {line} are no text")]
    BrokenText { line: usize },
    #[error("line {line} cannot be read")]
    BrokenRow { line: usize },
}

/// What has become of a file that somebody has sent as a bill.
#[derive(Debug)]
pub enum Came {
    Read(Result<Bill, BillError>),
    /// Telegram no longer has it.
    Lost,
}

/// Reads a bill: a CSV in GB18030, GBK or UTF-8, or a zip with one inside.
pub fn read(file: &[u8]) -> Result<Bill, BillError> {
    if file.len() > LARGEST_FILE {
        return Err(BillError::TooLarge);
    }
    if archive::is_one(file) { archive::read(file) } else { table::read(&text::decode(file)) }
}

#[cfg(test)]
mod tests;
