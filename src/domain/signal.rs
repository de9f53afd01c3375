//! What a seller's phone says about money that has come. It can be forged, so it never moves any:
//! it marks the one order that it can mean, or asks the seller to look.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::money::Fen;
use super::order::{Closed, Order, OrderId, Status};

/// Where the amount was read. The stronger signal is the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// V免签 names an amount and nothing else.
    Vmq,
    /// Alipay's own notification of a payment by code, on the owner's phone or a shop clerk's.
    Notification,
}

impl SignalKind {
    pub const ALL: [Self; 2] = [Self::Vmq, Self::Notification];

    /// As the database keeps it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vmq => "vmq",
            Self::Notification => "notification",
        }
    }
}

/// A phone that tells of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceId(pub i64);

impl std::fmt::Display for DeviceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The app on it that tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// SmsForwarder: Alipay's notifications as they are.
    Forwarder,
    /// V免签: amounts.
    Vmq,
}

impl DeviceKind {
    pub const ALL: [Self; 2] = [Self::Forwarder, Self::Vmq];

    /// As the database keeps it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forwarder => "forwarder",
            Self::Vmq => "vmq",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

/// What one message of a phone comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing about money: the phone is alive, and that is all.
    Alive,
    /// An income of exactly this sum.
    Money { signal: SignalKind, fen: Fen },
    /// Somebody made a transfer. Alipay's notification names neither amount nor number.
    Transfer,
    /// More than one amount is named: perhaps a nickname that was made for it.
    Unclear,
}

impl Said {
    /// As the database keeps it; `None`: nothing about money.
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Alive => None,
            Self::Money { signal, .. } => Some(signal.as_str()),
            Self::Transfer => Some("transfer"),
            Self::Unclear => Some("unclear"),
        }
    }

    pub const fn fen(self) -> Option<Fen> {
        match self {
            Self::Money { fen, .. } => Some(fen),
            Self::Alive | Self::Transfer | Self::Unclear => None,
        }
    }
}

/// What an order remembers of the signals that fitted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub signal: SignalKind,
    /// When we heard it.
    pub at: DateTime<Utc>,
}

/// Which order a sum can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The only open order of this amount.
    Open(OrderId),
    /// No open order, and the only closed one of this amount: money after the end.
    Late(OrderId),
    /// More than one: only the bill says which.
    Several(Vec<OrderId>),
    /// The money that was confirmed when the order was released, told once more.
    Settled,
    /// Not a matter of this desk.
    Nothing,
}

/// Phones and notifications may be so late about money that the seller has confirmed already.
const SETTLES: TimeDelta = TimeDelta::minutes(5);

/// Looks for the order that an income of `fen` can mean, among the orders of its account. Closed
/// ones count for as long as they can be claimed.
pub fn fit(fen: Fen, orders: &[Order], now: DateTime<Utc>) -> Fit {
    let same = || orders.iter().filter(|it| it.fen == fen);
    let open: Vec<_> = same().filter(|it| it.holds_escrow()).map(|it| it.id).collect();
    match open[..] {
        [order] => return Fit::Open(order),
        [] => {}
        [_, _, ..] => return Fit::Several(open),
    }
    let ended = same().filter_map(|it| Some((it, end(&it.status)?)));
    let (settled, late): (Vec<_>, Vec<_>) = ended
        .filter(|(it, end)| now - end.at <= TimeDelta::seconds(it.terms.claim_seconds.into()))
        .partition(|(_, end)| end.released && now - end.at <= SETTLES);
    let late: Vec<_> = late.into_iter().map(|(it, _)| it.id).collect();
    match late[..] {
        _ if !settled.is_empty() => Fit::Settled,
        [] => Fit::Nothing,
        [order] => Fit::Late(order),
        [_, _, ..] => Fit::Several(late),
    }
}

struct End {
    at: DateTime<Utc>,
    released: bool,
}

/// When the coins left the lock, and whether they went to the buyer.
fn end(status: &Status) -> Option<End> {
    let closed = match *status {
        Status::Released { at, by } => Closed::Released { at, by },
        Status::Cancelled { at, by } => Closed::Cancelled { at, by },
        Status::Expired { at } => Closed::Expired { at },
        Status::Claimed { closed, .. } => closed,
        Status::AwaitingPayment { .. }
        | Status::Overdue { .. }
        | Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Refunding { .. }
        | Status::Releasing { .. }
        | Status::Disputed { .. } => return None,
    };
    let released = match closed {
        Closed::Released { .. } => true,
        Closed::Cancelled { .. } | Closed::Expired { .. } => false,
    };
    Some(End { at: closed.at(), released })
}

/// Whether the seller waits for money on this order: then signals without an amount matter, and
/// so does the silence of a phone.
pub fn waits_for_money(order: &Order) -> bool {
    match order.status {
        Status::AwaitingPayment { .. }
        | Status::Overdue { .. }
        | Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Disputed { .. } => true,
        Status::Refunding { .. }
        | Status::Releasing { .. }
        | Status::Claimed { .. }
        | Status::Released { .. }
        | Status::Cancelled { .. }
        | Status::Expired { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::Kind;
    use crate::domain::order::tests::samples::samples;

    /// An order in that status, with another number and amount.
    fn order(kind: Kind, id: i64, fen: i64) -> Order {
        let mut samples = samples().into_iter();
        let order = samples.find(|it| it.order.status.kind() == kind).expect("a sample").order;
        Order { id: OrderId(id), fen: Fen(fen), ..order }
    }

    fn after_the_end(order: &Order, minutes: i64) -> DateTime<Utc> {
        end(&order.status).expect("a closed order").at + TimeDelta::minutes(minutes)
    }

    #[test]
    fn what_a_phone_says_has_the_name_that_it_is_kept_by() {
        assert_eq!(SignalKind::ALL.map(SignalKind::as_str), ["vmq", "notification"]);
        assert_eq!(DeviceKind::ALL.map(DeviceKind::as_str), ["forwarder", "vmq"]);
        for kind in DeviceKind::ALL {
            assert_eq!(DeviceKind::from_name(kind.as_str()), Some(kind));
        }
        assert_eq!(DeviceKind::from_name("telephone"), None);
        assert_eq!(DeviceId(17).to_string(), "17");
        let money = Said::Money { signal: SignalKind::Notification, fen: Fen(100) };
        for (said, name, fen) in [
            (money, Some("notification"), Some(Fen(100))),
            (Said::Transfer, Some("transfer"), None),
            (Said::Unclear, Some("unclear"), None),
            (Said::Alive, None, None),
        ] {
            assert_eq!((said.as_str(), said.fen()), (name, fen));
        }
    }

    #[test]
    fn a_seller_waits_for_money_until_it_is_there_or_goes_back() {
        let waits =
            [Kind::AwaitingPayment, Kind::Overdue, Kind::Paid, Kind::Delayed, Kind::Disputed];
        for kind in Kind::ALL {
            assert_eq!(waits_for_money(&order(kind, 1, 100)), waits.contains(&kind), "{kind:?}");
        }
    }

    #[test]
    fn one_open_order_of_the_sum_is_meant_whatever_else_has_ended() {
        let orders = [
            order(Kind::Paid, 1, 72_000),
            order(Kind::AwaitingPayment, 2, 72_001),
            order(Kind::Cancelled, 3, 72_000),
        ];
        let now = after_the_end(&orders[2], 1);
        assert_eq!(fit(Fen(72_000), &orders, now), Fit::Open(OrderId(1)));
        assert_eq!(fit(Fen(72_001), &orders, now), Fit::Open(OrderId(2)));
        assert_eq!(fit(Fen(71_999), &orders, now), Fit::Nothing);
    }

    #[test]
    fn of_two_open_orders_nobody_chooses_one() {
        let orders = [order(Kind::Paid, 1, 72_000), order(Kind::Disputed, 2, 72_000)];
        let both = Fit::Several(vec![OrderId(1), OrderId(2)]);
        assert_eq!(fit(Fen(72_000), &orders, orders[0].opened_at), both);
    }

    #[test]
    fn money_after_the_end_is_told_for_as_long_as_the_order_can_be_claimed() {
        for kind in [Kind::Cancelled, Kind::Expired] {
            let orders = [order(kind, 1, 72_000)];
            let late = |minutes| fit(Fen(72_000), &orders, after_the_end(&orders[0], minutes));
            assert_eq!(late(0), Fit::Late(OrderId(1)));
            assert_eq!(late(72 * 60), Fit::Late(OrderId(1)));
            assert_eq!(late(72 * 60 + 1), Fit::Nothing);
        }
    }

    #[test]
    fn a_second_phone_that_is_slow_does_not_make_a_second_payment() {
        let orders = [order(Kind::Released, 1, 72_000)];
        let late = |minutes| fit(Fen(72_000), &orders, after_the_end(&orders[0], minutes));
        assert_eq!(late(5), Fit::Settled);
        assert_eq!(late(6), Fit::Late(OrderId(1)));
    }

    #[test]
    fn every_status_is_open_or_has_an_end() {
        for sample in samples() {
            assert_ne!(sample.order.holds_escrow(), end(&sample.order.status).is_some());
        }
    }
}
