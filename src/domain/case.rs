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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::Kind;
    use crate::domain::order::tests::samples::samples;

    fn named(kind: Kind) -> Vec<(&'static str, Order)> {
        let all = samples().into_iter().filter(|it| it.order.status.kind() == kind);
        all.map(|it| (it.name, it.order)).collect()
    }

    #[test]
    fn only_who_is_proved_right_has_won() {
        for (kind, seller, buyer) in [
            (Kind::Released, &[][..], &["awarded"][..]),
            (Kind::Cancelled, &["conceded", "awarded"], &[]),
            (Kind::Expired, &[], &[]),
            (Kind::Disputed, &[], &[]),
            (Kind::Claimed, &[], &[]),
        ] {
            for (name, order) in named(kind) {
                let won = match (seller.contains(&name), buyer.contains(&name)) {
                    (true, _) => Some(Side::Seller),
                    (_, true) => Some(Side::Buyer),
                    _ => None,
                };
                assert_eq!(won_by(&order.status), won, "{kind:?}: {name}");
            }
        }
    }

    #[test]
    fn whoever_is_a_side_of_an_order_does_not_look_at_its_case() {
        for (name, order) in named(Kind::Disputed) {
            assert!(
                !is_open_to(&order, order.seller) && !is_open_to(&order, order.buyer),
                "{name}"
            );
            assert!(is_open_to(&order, UserId(3001)), "{name}");
        }
    }

    #[test]
    fn a_case_waits_to_be_taken_and_then_to_be_decided() {
        let taken_by = |order: &Order| match order.status.claim() {
            Some((claim, _)) => claim.taken,
            None => order.status.dispute().and_then(|it| it.taken),
        };
        let (mut taken, mut untaken) = (0, 0);
        for (name, order) in [named(Kind::Disputed), named(Kind::Claimed)].concat() {
            let (since, due) = waits(&order).expect(name);
            let longest = match taken_by(&order) {
                Some(by) => {
                    taken += 1;
                    assert!(by.at >= since, "{name}");
                    (due - by.at, order.terms.award_seconds)
                }
                None => {
                    untaken += 1;
                    (due - since, order.terms.operator_after_seconds)
                }
            };
            assert_eq!(longest.0, TimeDelta::seconds(longest.1.into()), "{name}");
        }
        assert!(taken > 3 && untaken > 3, "{taken} are taken, {untaken} are not");
        for kind in [Kind::AwaitingPayment, Kind::Paid, Kind::Released, Kind::Expired] {
            assert!(named(kind).iter().all(|(_, order)| waits(order).is_none()), "{kind:?}");
        }
    }
}
