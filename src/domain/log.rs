//! The log: whatever was granted, has happened, was said or was sent, one row each, in the order in
//! which it came. What an order is follows from its rows alone.
//!
//! Two chains run through it: one over all rows of the desk, and one over the rows of each order, so
//! that an order's rows can be shown to somebody who must not see those of others.

pub mod replay;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ad::AdId;
use super::chat::{FileId, Form, MessageId, Purpose, Voice};
use super::contact::Contact;
use super::ledger::{Hash, chain};
use super::money::{Coins, Fen, Price};
use super::order::{Fact, Order, OrderId, Request, Status};
use super::policy::Terms;
use super::stop::{StopId, Target};
use super::{LAST_MOMENT, UserId};

/// What a row tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    Request(Request),
    Fact(Fact),
    Opened {
        opened: Opened,
    },
    /// A message; its words are not here, only what proves them.
    Said {
        said: MessageId,
        voice: Voice,
        purpose: Purpose,
        /// It was held back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held: Option<Contact>,
        digest: Hash,
    },
    /// A file that came with a message.
    Filed {
        filed: FileId,
        message: MessageId,
        form: Form,
        bytes: u64,
        sha256: Hash,
    },
    /// Of the desk itself, not of an order.
    Desk(Act),
}

/// What somebody of the desk has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Coins came in or went out: that row of the ledger, which no order's log accounts for.
    Booked {
        transfer: i64,
        hash: Hash,
    },
    /// An operator has stopped something. The reason is not here: it is the operator's words.
    Stopped {
        stop: StopId,
        target: Target,
    },
    Lifted {
        stop: StopId,
        target: Target,
    },
    /// Somebody settles disputes from now on.
    Appointed {
        arbiter: UserId,
    },
    /// Somebody does so no more.
    Dismissed {
        arbiter: UserId,
    },
    /// The time of what was said and sent about an order was over: words and files are gone, and
    /// what proves them stays in the order's own rows.
    Erased {
        order: OrderId,
    },
}

/// With what an order began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Opened {
    With(Box<Sheet>),
    /// Written before that was kept: what follows cannot be derived again.
    Before(bool),
}

/// Everything of an order that never changes, and its first status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub ad: AdId,
    pub seller: UserId,
    pub buyer: UserId,
    pub coins: Coins,
    pub fen: Fen,
    pub added: Fen,
    pub price: Price,
    pub terms: Terms,
    pub status: Status,
}

impl From<&Order> for Sheet {
    fn from(order: &Order) -> Self {
        Self {
            ad: order.ad,
            seller: order.seller,
            buyer: order.buyer,
            coins: order.coins,
            fen: order.fen,
            added: order.added,
            price: order.price,
            terms: order.terms.clone(),
            status: order.status.clone(),
        }
    }
}

impl From<Request> for Entry {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}

impl From<Fact> for Entry {
    fn from(fact: Fact) -> Self {
        Self::Fact(fact)
    }
}

/// A row as it is kept. `entry` is the JSON of an [`Entry`], to the letter: it is what was hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 0: the desk itself.
    pub order: i64,
    /// Of the order, afterwards.
    pub version: i64,
    /// Nobody: the clock, or we ourselves.
    pub actor: Option<i64>,
    pub entry: String,
    /// Of the order, afterwards.
    pub status: String,
    /// Milliseconds UTC.
    pub at: i64,
}

impl Row {
    /// The hash of this row after that one: in the chain of all, or in that of its order.
    pub fn after(&self, previous: &Hash) -> Hash {
        let actor = self.actor.map_or_else(String::new, |it| it.to_string());
        let [order, version, at] = [self.order, self.version, self.at].map(|it| it.to_string());
        chain(previous, &[&order, &version, &actor, &self.entry, &self.status, &at])
    }

    /// Whether somebody has taken the case with it.
    pub fn is_taking_by(&self, user: UserId) -> bool {
        self.actor == Some(user.0)
            && matches!(serde_json::from_str(&self.entry), Ok(Entry::Request(Request::Take)))
    }

    /// When it was written. `None`: no moment at all, or one that no clock of ours shows. A log that
    /// somebody hands in may say anything, and what follows from it is reckoned from here.
    pub fn moment(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.at)
            .filter(|it| (DateTime::UNIX_EPOCH..=LAST_MOMENT).contains(it))
    }
}
