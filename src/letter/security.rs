//! What is said about the second factor. The secret and the recovery codes are in no letter: they
//! are opened when the page is sent to their owner.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::factor::FactorRefusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SecurityScreen {
    /// Whether it is on. `locked`: until when no code is looked at.
    Overview {
        on: bool,
        codes: u32,
        locked: Option<DateTime<Utc>>,
    },
    /// The secret as a QR code, to be scanned and then confirmed by a code.
    Scan,
    /// That code does not belong to the secret.
    WrongCode,
    /// The recovery codes, this once.
    Codes,
    /// A code is needed for that.
    Prove {
        wish: SecurityWish,
        problem: Option<FactorRefusal>,
    },
    TurnedOff,
}

/// What is to be done about the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityWish {
    TurnOff,
    NewCodes,
}
