//! What a buyer hears of the penalty ladder.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ladder::Offence;
use crate::domain::order::OrderId;

/// An order counts against the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrikeNotice {
    pub order: OrderId,
    pub offence: Offence,
    /// Which one of the day it is.
    pub number: u32,
    pub until: DateTime<Utc>,
}
