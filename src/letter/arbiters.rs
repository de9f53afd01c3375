//! Who settles disputes, for the operators who say so.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::UserId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ArbitersScreen {
    List {
        lines: Vec<ArbiterLine>,
    },
    /// Type the id.
    Add {
        problem: Option<AddProblem>,
    },
    Added {
        user: UserId,
    },
    /// The second question.
    Remove {
        line: ArbiterLine,
    },
    Removed {
        user: UserId,
    },
    /// Removed meanwhile.
    Gone,
    NotOperator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArbiterLine {
    pub user: UserId,
    pub since: DateTime<Utc>,
    /// `None`: the configuration says so.
    pub by: Option<UserId>,
    /// Whoever has not started the bot cannot be written to.
    pub started: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddProblem {
    NotAnId,
    /// That person has not started the bot.
    Unknown,
    /// That person is an arbiter.
    Known,
}

/// To whom it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArbiterNotice {
    Appointed,
    Dismissed,
}
