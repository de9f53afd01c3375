//! The pure core: what an order is, what may happen to it, and where its money stands.
//!
//! Nothing in here waits, reads a clock, or knows a database or a chat. `now` is an argument.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod ad;
pub mod amount;
pub mod bars;
pub mod bill;
pub mod bill_number;
pub mod case;
pub mod chat;
pub mod contact;
pub mod factor;
pub mod fingerprint;
mod folding;
pub mod freeze;
pub mod impostor;
pub mod ladder;
pub mod ledger;
pub mod log;
pub mod mask;
pub mod memo;
pub mod money;
pub mod opening;
pub mod order;
pub mod payee;
pub mod payer;
pub mod policy;
pub mod receipt;
pub mod signal;
pub mod stop;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The last moment that is reckoned with, the end of the year 9999: far enough from the last one that
/// the calendar has to add any term of an order to it.
const LAST_MOMENT: DateTime<Utc> =
    DateTime::from_timestamp_millis(253_402_300_799_999).expect("a moment of the calendar");

/// A person, by Telegram's numeric id: names and handles change, this does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub i64);

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
