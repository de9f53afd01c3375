//! An order, from the locked escrow to the released coins.
//!
//! Requests are *asked* and may be refused; facts are *learned* and cannot. Either gives a
//! [`Step`]: the new order, the coins to move and what has to be said. A step is a value until
//! it is saved.

pub mod ask;
pub mod code;
pub mod gate;
pub mod learn;
pub mod schedule;
pub mod status;
pub mod step;

#[cfg(test)]
pub(crate) mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use ask::{Asker, CancelReason, Refusal, Request, Role, Ruling};
pub use gate::{Gate, Question};
pub use learn::Fact;
pub use schedule::Deadline;
pub use status::{
    Answered, CancelledBy, Claim, Closed, Dispute, DisputeReason, Kind, Missing, OpenedBy, Payment,
    ReleasedBy, Status, WrongPayment,
};
pub use step::{Audience, Effect, News, Step};

use super::UserId;
use super::ad::AdId;
use super::money::{Coins, Fen, Price};
use super::policy::{Terms, seconds};
use super::signal::Seen;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderId(pub i64);

impl std::fmt::Display for OrderId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One of the two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Seller,
    Buyer,
}

impl Side {
    pub const fn other(self) -> Self {
        match self {
            Self::Seller => Self::Buyer,
            Self::Buyer => Self::Seller,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub ad: AdId,
    pub seller: UserId,
    pub buyer: UserId,
    pub coins: Coins,
    /// Fixed when the order was opened, never computed again.
    pub fen: Fen,
    /// How much of that was added so that this payment is not mistaken for another one.
    pub added: Fen,
    pub price: Price,
    pub terms: Terms,
    pub opened_at: DateTime<Utc>,
    /// Counts what the parties can see: it grows with each change of the status, not with a
    /// reminder. Buttons carry it, so a press on an older card is known as such.
    pub version: i64,
    pub used: Used,
    /// What the seller has answered on the way to a release.
    pub gate: Gate,
    /// The strongest signal of a payment that fitted. It only marks: nothing follows from it.
    pub seen: Option<Seen>,
    pub status: Status,
    /// When the clock has to look at this order next. `None` exactly when it is closed.
    pub due_at: Option<DateTime<Utc>>,
}

/// What may be done once in an order's life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    pub extension: bool,
    pub take_back: bool,
}

impl Order {
    /// The person on that side.
    pub fn party(&self, side: Side) -> UserId {
        match side {
            Side::Seller => self.seller,
            Side::Buyer => self.buyer,
        }
    }

    pub fn side_of(&self, user: UserId) -> Option<Side> {
        [Side::Seller, Side::Buyer].into_iter().find(|it| self.party(*it) == user)
    }

    /// Whether coins are still locked for this order.
    pub fn holds_escrow(&self) -> bool {
        match self.status {
            Status::AwaitingPayment { .. }
            | Status::Overdue { .. }
            | Status::Paid { .. }
            | Status::Delayed { .. }
            | Status::Refunding { .. }
            | Status::Releasing { .. }
            | Status::Disputed { .. } => true,
            Status::Claimed { .. }
            | Status::Released { .. }
            | Status::Cancelled { .. }
            | Status::Expired { .. } => false,
        }
    }

    /// Until when a closed order can be reopened as a claim.
    pub fn claim_until(&self) -> Option<DateTime<Utc>> {
        let closed = self.status.closed()?;
        Some(closed.at() + seconds(self.terms.claim_seconds))
    }

    pub fn is_closed(&self) -> bool {
        self.status.kind().is_closed()
    }
}
