//! Everything that is known about an order in dispute, as it is laid before whoever settles it.
//! Accounts and names are in it as Alipay shows them to a stranger, and no further.

use chrono::{DateTime, TimeDelta, Utc};

use super::UserId;
use super::chat::{FileId, Message};
use super::log::Row;
use super::order::{CancelledBy, Closed, Order, OrderId, ReleasedBy, Side, Status};

#[derive(Clone, Debug)]
pub struct Case {
    pub order: Order,
    /// The order's log.
    pub rows: Vec<Row>,
    pub messages: Vec<Message>,
    /// Files that were sent for another order, too, and for which.
    pub reused_files: Vec<(FileId, OrderId)>,
    /// To whom was to be paid.
    pub payee: Option<Masks>,
    /// Who was to pay, as declared.
    pub payer: Option<Masks>,
    /// The last digits of Alipay's numbers.
    pub payment_number: Option<String>,
    pub refund_number: Option<String>,
    /// How many numbers of other orders were given for this one.
    pub reused_numbers: u32,
    pub seller: Standing,
    pub buyer: Standing,
}

impl Case {
    pub const fn standing(&self, side: Side) -> &Standing {
        match side {
            Side::Seller => &self.seller,
            Side::Buyer => &self.buyer,
        }
    }
}

/// A name and an account as Alipay shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masks {
    pub name: String,
    pub account: String,
}

/// What is known of somebody from other orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Orders that were brought to a release.
    pub completed: u32,
    pub won: u32,
    pub lost: u32,
    /// The first contact.
    pub since: DateTime<Utc>,
    pub reachable: bool,
    /// The name in Telegram looks like that of staff.
    pub poses: bool,
}

/// For whom a dispute has ended. `None`: it has not, or by the seller's own confirmation, which
/// says nothing of who was right.
pub fn won_by(status: &Status) -> Option<Side> {
    let closed = match status.claim() {
        Some((_, closed)) => *closed,
        None => status.closed()?,
    };
    match closed {
        Closed::Released { by: ReleasedBy::Award, .. } => Some(Side::Buyer),
        Closed::Cancelled { by: CancelledBy::Award | CancelledBy::Conceded, .. } => {
            Some(Side::Seller)
        }
        Closed::Released { by: ReleasedBy::Seller, .. }
        | Closed::Cancelled {
            by:
                CancelledBy::Buyer { .. }
                | CancelledBy::Both
                | CancelledBy::GaveUp
                | CancelledBy::Refunded,
            ..
        }
        | Closed::Expired { .. } => None,
    }
}

/// Since when a case waits, and when it should be taken or decided. `None`: it is no case.
pub fn waits(order: &Order) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (since, taken) = match order.status.claim() {
        Some((claim, _)) => (claim.since, claim.taken),
        None => {
            let dispute = order.status.dispute()?;
            (dispute.since, dispute.taken)
        }
    };
    let seconds = |it: u32| TimeDelta::seconds(i64::from(it));
    let due = match taken {
        Some(taken) => taken.at + seconds(order.terms.award_seconds),
        None => since + seconds(order.terms.operator_after_seconds),
    };
    Some((since, due))
}

/// Who may look at a case: somebody of the desk who is no side of it.
pub fn is_open_to(order: &Order, reader: UserId) -> bool {
    order.side_of(reader).is_none()
}

/// A reason in a few words is none; one that does not fit beside the rest of a message is too long.
pub const REASON: std::ops::RangeInclusive<usize> = 10..=800;
