//! What operators stop. Their words are not in here: they are read, and opened, when a page that
//! shows them is sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::UserId;
use crate::domain::stop::{StopId, Target};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StopsScreen {
    /// How it is written.
    Usage {
        command: StopCommand,
    },
    /// The reason is too short or too long.
    NoReason {
        command: StopCommand,
    },
    /// There is no such person or ad.
    Unknown {
        target: Target,
    },
    /// It is stopped already, like this.
    Already {
        line: StopLine,
    },
    NotStopped {
        target: Target,
    },
    Stopped {
        line: StopLine,
    },
    Lifted {
        target: Target,
    },
    Card {
        line: StopLine,
    },
    List {
        page: u32,
        lines: Vec<StopLine>,
        more: bool,
    },
    /// To somebody who cannot sell now. `everybody`: nobody can.
    Refused {
        stop: StopId,
        everybody: bool,
    },
}

impl StopsScreen {
    /// The stop whose reason the page shows.
    pub const fn stop(&self) -> Option<StopId> {
        match self {
            Self::Already { line } | Self::Stopped { line } | Self::Card { line } => {
                Some(line.stop)
            }
            Self::Refused { stop, .. } => Some(*stop),
            Self::Usage { .. }
            | Self::NoReason { .. }
            | Self::Unknown { .. }
            | Self::NotStopped { .. }
            | Self::Lifted { .. }
            | Self::List { .. } => None,
        }
    }
}

/// What an operator can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopCommand {
    Pause,
    Stop,
    Allow,
    StopAd,
    AllowAd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopLine {
    pub stop: StopId,
    pub target: Target,
    /// The operator.
    pub by: UserId,
    pub at: DateTime<Utc>,
}

/// To the other operators, and (`own`) to whom it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopNotice {
    pub stop: StopId,
    pub target: Target,
    pub by: UserId,
    pub lifted: bool,
    pub own: bool,
}
