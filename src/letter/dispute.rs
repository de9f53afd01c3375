//! What is said about disputes and claims: to the two sides, and to whoever settles them.
//!
//! What people have written is in none of these: it is looked up, and opened, when a page is sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::UserId;
use crate::domain::bill_number::BillNumberError;
use crate::domain::chat::{FileId, Proof};
use crate::domain::money::Fen;
use crate::domain::order::{OrderId, Ruling, Side};

/// What one of the two sides hands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum DisputeScreen {
    /// What will it be?
    Kinds,
    /// Type or send it.
    Wanted {
        what: Proof,
        problem: Option<BillNumberError>,
    },
    Kept {
        what: Proof,
    },
}

/// What an arbiter decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A dispute: the coins go there.
    Award(Side),
    /// A claim: the order stays as it was closed.
    Close,
}

/// A page about disputes, for arbiters and operators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CaseScreen {
    /// All that wait.
    List {
        lines: Vec<CaseLine>,
        page: u32,
        more: bool,
    },
    /// Everything that is known about one of them.
    Case {
        order: OrderId,
        page: u32,
    },
    /// A file that came with a message.
    File {
        order: OrderId,
        file: FileId,
    },
    /// What is one side to be asked?
    Ask {
        order: OrderId,
        to: Side,
    },
    /// Why this verdict?
    Reason {
        order: OrderId,
        verdict: Verdict,
        problem: Option<ReasonProblem>,
    },
    /// Is that it? The reason waits, sealed, in the conversation.
    Sure {
        order: OrderId,
        verdict: Verdict,
        ruling: Ruling,
        changed: bool,
    },
    Done {
        order: OrderId,
        verdict: Verdict,
        ruling: Ruling,
    },
    /// It has to be taken first.
    NotTaken {
        order: OrderId,
    },
    /// It is no longer what it was.
    Changed {
        order: OrderId,
    },
    /// Whoever pressed or typed is no arbiter any more.
    NotArbiter,
    /// Not for this reader.
    NotYours,
    /// There is no such case for this reader.
    Gone,
}

/// Why a reason is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonProblem {
    Short,
    Long,
    /// It names a way to meet elsewhere.
    Contact,
}

/// One case of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    pub order: OrderId,
    /// A closed order that is looked at again.
    pub claim: bool,
    pub fen: Fen,
    pub since: DateTime<Utc>,
    /// When it should be taken, or decided.
    pub due: DateTime<Utc>,
    pub state: CaseState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    Free,
    Taken(UserId),
    /// An award is proposed.
    Second,
    /// The reader is a side of it.
    Party,
}

/// Something has happened to a case, for the arbiter who has taken it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CaseNotice {
    /// A file that was handed in came before, for another order.
    Reused { order: OrderId },
}
