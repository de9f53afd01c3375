//! What must be true of an order after whatever has happened to it.
//!
//! Nothing here asks the program what it thinks: who may ask what, who has confirmed, and until when
//! each clock runs is counted again from what was done, so that a wrong answer is seen as one.

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::domain::order::{Asker, Closed, Fact, Kind, Order, Request, Role, Side, Status};

/// What was done, and what came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Did {
    Asked {
        request: Request,
        asker: Asker,
        seen: Option<i64>,
        granted: bool,
    },
    Learned(Fact),
    /// Nothing: the program was started again, or something else has happened.
    Nothing,
}

/// What the ledger has of one order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Coins {
    /// In escrow, in smallest units.
    pub(crate) held: i64,
    pub(crate) released: i64,
    pub(crate) returned: i64,
}

/// One order from its opening on.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    coins: Coins,
    /// The clock may not end the status before, and has to look by then. `None`: no clock ends it.
    promised: Option<DateTime<Utc>>,
    /// What is left of that if “paid” is taken back.
    left: TimeDelta,
    late: bool,
    /// When a payment was spoken of, and since when the seller is asked about it.
    said_at: DateTime<Utc>,
    asked_at: DateTime<Utc>,
    confirmed: bool,
}

type Found = Result<(), String>;

impl Watch {
    /// An order that was opened now.
    pub(crate) fn opened(order: &Order, coins: Coins, now: DateTime<Utc>) -> Result<Self, String> {
        let watch = Self {
            coins,
            promised: Some(now + seconds(order.terms.window_seconds)),
            left: TimeDelta::zero(),
            late: false,
            said_at: now,
            asked_at: now,
            confirmed: false,
        };
        holds(order.status.kind() == Kind::AwaitingPayment, "an order begins elsewhere")?;
        holds(order.seller != order.buyer, "somebody trades with oneself")?;
        watch.escrow(order, coins)?;
        watch.waits(order)?;
        Ok(watch)
    }

    /// Looks at one thing that was done to it.
    pub(crate) fn looks(
        &mut self,
        before: &Order,
        did: Did,
        now: DateTime<Utc>,
        after: &Order,
        coins: Coins,
    ) -> Found {
        fixed(before, after)?;
        match did {
            Did::Asked { request, asker, seen, granted: true } => {
                holds(may(before, request, asker), "it was granted to whom it is not due")?;
                holds(seen.is_none_or(|it| it == before.version), "an old card was believed")?;
            }
            Did::Asked { granted: false, .. } => {
                holds(self.coins == coins, "a refusal has moved coins")?;
                holds(before == after, "a refusal has changed the order")?;
            }
            Did::Nothing => {
                holds(self.coins == coins, "coins moved while nobody asked")?;
                self.waits(after)?;
                holds(before == after, "the order has changed while nobody asked")?;
            }
            Did::Learned(fact) => self.learned(before, fact, now, after, coins)?,
        }
        self.ends(before, did, after, coins)?;
        versions(before, after)?;
        self.counts(before, did, now, after);
        self.escrow(after, coins)?;
        self.coins = coins;
        self.waits(after)
    }

    /// Of the facts only the clock leads anywhere, and it comes neither early nor where somebody
    /// speaks of a payment.
    fn learned(
        &self,
        before: &Order,
        fact: Fact,
        now: DateTime<Utc>,
        after: &Order,
        coins: Coins,
    ) -> Found {
        let moved = before.status.kind() != after.status.kind();
        match fact {
            Fact::PaymentSeen { .. } => {
                let marked = Order { seen: after.seen, ..before.clone() };
                holds(marked == *after, "a signal that can be forged has done more than mark")?;
            }
            Fact::Unreachable { .. } => holds(before == after, "an absence has changed something")?,
            Fact::Outage { .. } | Fact::ArbiterLeft { .. } => holds(!moved, "it moved an order")?,
            Fact::TimeCame => {
                let is_due = before.due_at.is_some_and(|it| it <= now);
                holds(is_due || before == after, "the clock came early and did something")?;
                let is_over = self.promised.is_some_and(|it| it <= now);
                holds(is_over || !moved, "the clock has taken time from somebody")?;
                holds(!(is_due && is_over) || moved, "the clock came and did not end it")?;
            }
        }
        match before.status.kind() {
            Kind::Paid | Kind::Delayed | Kind::Refunding | Kind::Disputed | Kind::Claimed => {
                let closed = after.is_closed() || coins != self.coins;
                holds(!closed, "a clock ended what somebody says is paid")
            }
            Kind::AwaitingPayment
            | Kind::Overdue
            | Kind::Releasing
            | Kind::Released
            | Kind::Cancelled
            | Kind::Expired => Ok(()),
        }
    }

    /// An end is an end, and coins reach the buyer by the seller's word or by an award.
    fn ends(&self, before: &Order, did: Did, after: &Order, coins: Coins) -> Found {
        if let Some(end) = end_of(before) {
            holds(end_of(after) == Some(end), "what had ended has not ended any more")?;
            return holds(coins == self.coins, "coins moved after the end");
        }
        if coins.released == self.coins.released {
            return Ok(());
        }
        let awarded = matches!(
            did,
            Did::Asked { request: Request::Award { to: Side::Buyer }, granted: true, .. }
        );
        let by_clock = matches!(did, Did::Learned(Fact::TimeCame));
        let confirmed = self.confirmed && by_clock && before.status.kind() == Kind::Releasing;
        holds(awarded || confirmed, "coins were released that nobody confirmed or awarded")
    }

    /// The ledger has what the order says: full until the end, then empty, and once.
    fn escrow(&self, order: &Order, coins: Coins) -> Found {
        let should = match (end_of(order), order.holds_escrow()) {
            (None, true) => Coins { held: order.coins.units, released: 0, returned: 0 },
            (Some(Closed::Released { .. }), false) => Coins { held: 0, released: 1, returned: 0 },
            (Some(Closed::Cancelled { .. } | Closed::Expired { .. }), false) => {
                Coins { held: 0, released: 0, returned: 1 }
            }
            (Some(_), true) | (None, false) => return Err("it is open and closed at once".into()),
        };
        holds(coins == should, "the escrow is not what the order says")
    }

    /// Whatever is not closed has a moment, and none that comes after the end that was promised.
    fn waits(&self, order: &Order) -> Found {
        holds(order.due_at.is_none() == order.is_closed(), "an open order waits for no moment")?;
        let forgotten = self.promised.zip(order.due_at).is_some_and(|(end, due)| due > end);
        holds(!forgotten, "the clock does not look when it should end it")
    }

    /// Counts on what clocks have to keep to from here.
    fn counts(&mut self, before: &Order, did: Did, now: DateTime<Utc>, after: &Order) {
        let terms = &before.terms;
        let until = self.promised.unwrap_or(now);
        let auto = seconds(terms.auto_dispute_seconds);
        match did {
            Did::Nothing | Did::Asked { granted: false, .. } => return,
            Did::Asked { request, granted: true, .. } => {
                let speaks = matches!(
                    request,
                    Request::MarkPaid
                        | Request::ConfirmReceipt { .. }
                        | Request::ArrivesLater { .. }
                        | Request::Refund { .. }
                );
                match before.status.kind() {
                    Kind::AwaitingPayment if speaks => {
                        self.late = until < now;
                        let grace = if self.late { terms.grace_seconds } else { 0 };
                        self.speaks(until + seconds(grace), now);
                    }
                    Kind::Overdue if speaks => {
                        self.late = true;
                        self.speaks(until, now);
                    }
                    _ => {}
                }
                self.promised = match request {
                    Request::MarkPaid => Some(now + auto),
                    Request::TakeBack => Some(now + self.left),
                    Request::Extend { minutes } => {
                        Some(until.max(now) + TimeDelta::minutes(minutes.into()))
                    }
                    Request::ArrivesLater { hours } => {
                        Some(self.said_at + TimeDelta::hours(hours.into()))
                    }
                    Request::Refund { .. } | Request::RefundSent => {
                        Some(now + seconds(terms.refund_seconds))
                    }
                    Request::ConfirmReceipt { .. } => {
                        self.confirmed = true;
                        Some(now + seconds(terms.cool_off_seconds))
                    }
                    Request::Stop => Some(self.asked_at + auto),
                    _ => self.promised,
                };
            }
            Did::Learned(Fact::TimeCame) => match (before.status.kind(), after.status.kind()) {
                (Kind::AwaitingPayment, Kind::Overdue) => {
                    self.promised = Some(now + seconds(terms.grace_seconds));
                }
                (Kind::Delayed, Kind::Paid) => {
                    self.asked_at = now;
                    self.promised = Some(now + auto);
                }
                _ => {}
            },
            Did::Learned(Fact::Outage { away_ms }) => {
                let away = TimeDelta::milliseconds(away_ms).min(now - before.opened_at);
                let away = away.max(TimeDelta::zero());
                match before.status.kind() {
                    Kind::Delayed => {}
                    Kind::Paid => {
                        self.asked_at += away;
                        self.promised = Some(until + away);
                    }
                    _ => self.promised = self.promised.map(|it| it + away),
                }
            }
            Did::Learned(_) => {}
        }
        match after.status.kind() {
            Kind::Releasing => {}
            Kind::Disputed | Kind::Claimed | Kind::Released | Kind::Cancelled | Kind::Expired => {
                self.promised = None;
                self.confirmed = false;
            }
            Kind::AwaitingPayment
            | Kind::Overdue
            | Kind::Paid
            | Kind::Delayed
            | Kind::Refunding => self.confirmed = false,
        }
    }

    fn speaks(&mut self, until: DateTime<Utc>, now: DateTime<Utc>) {
        self.left = (until - now).max(TimeDelta::zero());
        self.said_at = now;
        self.asked_at = now;
    }
}

fn holds(law: bool, broken: &str) -> Found {
    if law { Ok(()) } else { Err(broken.to_owned()) }
}

fn seconds(it: u32) -> TimeDelta {
    TimeDelta::seconds(it.into())
}

/// The end of an order, also while it is looked at again.
fn end_of(order: &Order) -> Option<Closed> {
    match &order.status {
        Status::Claimed { closed, .. } => Some(*closed),
        status => status.closed(),
    }
}

/// What was agreed to at the opening stays as it was.
fn fixed(before: &Order, after: &Order) -> Found {
    let same = (before.id, before.ad, before.seller, before.buyer)
        == (after.id, after.ad, after.seller, after.buyer)
        && (before.coins, before.fen, before.added, before.price)
            == (after.coins, after.fen, after.added, after.price)
        && before.opened_at == after.opened_at
        && before.terms == after.terms;
    holds(same, "what was agreed to has changed")
}

/// Whatever is new to see has a version of its own, and none comes again.
fn versions(before: &Order, after: &Order) -> Found {
    let changed = before.status != after.status || before.used != after.used;
    match after.version - before.version {
        0 => holds(!changed, "a card shows something that is not true any more"),
        1 => Ok(()),
        _ => Err("a version was left out, or comes again".to_owned()),
    }
}

/// Who may ever ask that: written a second time, by the words of the guides.
fn may(order: &Order, request: Request, asker: Asker) -> bool {
    let role = match asker.user {
        it if it == order.seller => Role::Seller,
        it if it == order.buyer => Role::Buyer,
        _ if asker.arbiter => Role::Arbiter,
        _ => Role::Stranger,
    };
    match role {
        Role::Stranger => false,
        Role::Arbiter => {
            matches!(request, Request::Take | Request::Award { .. } | Request::CloseClaim)
        }
        Role::Buyer => matches!(
            request,
            Request::MarkPaid
                | Request::TakeBack
                | Request::Cancel { .. }
                | Request::GiveUp
                | Request::AgreeToCancel
                | Request::RefundReceived
                | Request::Number
                | Request::Dispute { .. }
                | Request::Evidence
                | Request::Concede
                | Request::Claim
                | Request::CloseClaim
        ),
        Role::Seller => matches!(
            request,
            Request::Extend { .. }
                | Request::AgreeToCancel
                | Request::Answer { .. }
                | Request::Compare { .. }
                | Request::ConfirmReceipt { .. }
                | Request::Stop
                | Request::NotArrived
                | Request::Short { .. }
                | Request::ArrivesLater { .. }
                | Request::Refund { .. }
                | Request::RefundSent
                | Request::Number
                | Request::Dispute { .. }
                | Request::Evidence
                | Request::Claim
                | Request::CloseClaim
        ),
    }
}
