//! What has happened to an order. It cannot be refused, and nothing odd is dropped.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::schedule::{End, What};
use super::step::{CARDS, both, cards_and, tell};
use super::{Audience, Effect, News, OpenedBy, Order, Payment, ReleasedBy, Side, Status, Step};
use crate::domain::policy::seconds;
use crate::domain::signal::{Seen, SignalKind};
use crate::domain::{LAST_MOMENT, UserId};

/// It has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// The moment that the order waited for.
    TimeCame,
    /// We were away for so long (milliseconds), and nobody could reach us.
    Outage { away_ms: i64 },
    /// The chat of that side takes no more messages.
    Unreachable { side: Side },
    /// Somebody is no arbiter any more: what they had taken or proposed waits for another one.
    ArbiterLeft { arbiter: UserId },
    /// Something that another party could forge says that exactly this money came. It only marks.
    PaymentSeen {
        /// `None`: written down before the kind was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signal: Option<SignalKind>,
    },
}

impl Order {
    pub fn learn(self, fact: Fact, now: DateTime<Utc>) -> Step {
        match fact {
            Fact::TimeCame => self.time_came(now),
            Fact::Outage { away_ms } => self.outage(away_ms, now),
            Fact::Unreachable { side } => {
                let news = News::Unreachable { side };
                self.says([tell(side.other(), news), Effect::Tell(Audience::Operators, news)])
            }
            Fact::ArbiterLeft { arbiter } => self.loses(arbiter, now),
            Fact::PaymentSeen { signal } if self.holds_escrow() => self.looks_paid(signal, now),
            Fact::PaymentSeen { .. } => {
                let readers = [
                    Audience::Side(Side::Seller),
                    Audience::Side(Side::Buyer),
                    Audience::Operators,
                ];
                self.says(readers.map(|it| Effect::Tell(it, News::LateMoney)))
            }
        }
    }

    /// The gate is not touched: the seller may be on the way through it.
    fn loses(mut self, arbiter: UserId, now: DateTime<Utc>) -> Step {
        let before = self.status.clone();
        match &mut self.status {
            Status::Disputed { dispute, .. } | Status::Releasing { dispute: Some(dispute), .. } => {
                dispute.taken = dispute.taken.filter(|it| it.by != arbiter);
                dispute.proposed = dispute.proposed.filter(|it| it.by != arbiter);
            }
            Status::Claimed { claim, .. } => {
                claim.taken = claim.taken.filter(|it| it.by != arbiter);
            }
            Status::AwaitingPayment { .. }
            | Status::Overdue { .. }
            | Status::Paid { .. }
            | Status::Delayed { .. }
            | Status::Refunding { .. }
            | Status::Releasing { dispute: None, .. }
            | Status::Released { .. }
            | Status::Cancelled { .. }
            | Status::Expired { .. } => {}
        }
        if self.status == before {
            return self.says([]);
        }
        self.version += 1;
        let news = match self.status.claim() {
            Some(_) => News::ClaimWaiting,
            None => News::DisputeWaiting,
        };
        let effects = CARDS.into_iter().chain([Effect::Tell(Audience::Arbiters, news)]);
        self.stays(effects, now)
    }

    /// The seller is rung once, and the card shows the strongest signal. Nobody may do more or less
    /// than before: neither the status nor the version changes.
    fn looks_paid(mut self, signal: Option<SignalKind>, now: DateTime<Utc>) -> Step {
        let (before, is_first) = (self.seen, self.seen.is_none());
        self.seen = match (before, signal) {
            (Some(before), Some(signal)) if signal <= before.signal => Some(before),
            (_, Some(signal)) => Some(Seen { signal, at: now }),
            (before, None) => before,
        };
        let card = (self.seen != before).then_some(Effect::Card(Side::Seller));
        let ring = is_first.then(|| tell(Side::Seller, News::LooksPaid));
        self.says(card.into_iter().chain(ring))
    }

    /// An end that is due counts alone; reminders that have piled up collapse to the last one for
    /// each reader, and whatever is no mere reminder is said. A clock that comes early, or was set back, finds nothing to do.
    fn time_came(self, now: DateTime<Utc>) -> Step {
        let Some(due_at) = self.due_at.filter(|it| *it <= now) else {
            return self.says([]);
        };
        let due: Vec<What> = self
            .schedule(now)
            .into_iter()
            .filter(|it| it.at <= now && (it.at >= due_at || matches!(it.what, What::End(_))))
            .map(|it| it.what)
            .collect();
        let end = due.iter().find_map(|it| match it {
            What::End(end) => Some(*end),
            What::Tick | What::Remind(..) => None,
        });
        if let Some(end) = end {
            return self.ends(end, now);
        }
        let mut effects = Vec::new();
        for what in due.into_iter().rev() {
            match what {
                What::Tick if !effects.contains(&CARDS[0]) => effects.extend(CARDS),
                What::Remind(to, news)
                    if !news.is_reminder() || !effects.iter().any(|it| tells(it, to)) =>
                {
                    effects.push(Effect::Tell(to, news));
                }
                What::Tick | What::Remind(..) | What::End(_) => {}
            }
        }
        self.stays(effects, now)
    }

    /// The clock ends a status. It never releases what a seller did not confirm, and never
    /// returns what a buyer says it has paid.
    fn ends(self, end: End, now: DateTime<Utc>) -> Step {
        match (&self.status, end) {
            (Status::AwaitingPayment { .. }, End::WindowOver) => {
                // Counted from the moment at which both sides hear of it, so that it is whole
                // even if we come late.
                let (since, until) = (now, now + seconds(self.terms.grace_seconds));
                let effects = both(News::WindowOver { until });
                self.becomes(Status::Overdue { since, until }, effects, now)
            }
            (Status::Overdue { .. }, End::GraceOver) => self
                .becomes(Status::Expired { at: now }, both(News::Expired), now)
                .returning_escrow(),
            (Status::Delayed { payment, .. }, End::Arrived) => {
                let payment = Payment { asked_at: now, ..*payment };
                let effects = cards_and(Side::Seller, News::ArrivalDue);
                self.becomes(Status::Paid { payment, looked: false }, effects, now)
            }
            (Status::Releasing { .. }, End::Release) => {
                let status = Status::Released { at: now, by: ReleasedBy::Seller };
                self.becomes(status, both(News::Released), now).releasing_escrow()
            }
            (
                Status::Paid { payment, .. } | Status::Refunding { payment, .. },
                End::Dispute(why),
            ) => {
                let payment = Some(*payment);
                self.opens_dispute(payment, OpenedBy::Clock, why, now)
            }
            (
                Status::AwaitingPayment { .. }
                | Status::Overdue { .. }
                | Status::Paid { .. }
                | Status::Delayed { .. }
                | Status::Refunding { .. }
                | Status::Releasing { .. }
                | Status::Disputed { .. }
                | Status::Claimed { .. }
                | Status::Released { .. }
                | Status::Cancelled { .. }
                | Status::Expired { .. },
                End::WindowOver | End::GraceOver | End::Arrived | End::Release | End::Dispute(_),
            ) => self.stays([], now),
        }
    }

    /// Whatever clock was running against a party runs on from where it stood. Alipay's own delay
    /// and a human queue are not ours to move.
    ///
    /// Nobody was kept waiting for longer than the order exists, and nothing comes earlier than
    /// it was said. A log that somebody hands in may have outages enough to leave the calendar.
    fn outage(self, away_ms: i64, now: DateTime<Utc>) -> Step {
        let away = TimeDelta::milliseconds(away_ms.max(0)).min(now - self.opened_at);
        if away <= TimeDelta::zero() {
            return self.says([]);
        }
        let later = |at: DateTime<Utc>| (at + away).min(LAST_MOMENT.max(at));
        let moved = match self.status.clone() {
            Status::AwaitingPayment { since, until, agreed } => {
                Status::AwaitingPayment { since, until: later(until), agreed }
            }
            Status::Overdue { since, until } => Status::Overdue { since, until: later(until) },
            Status::Paid { payment, looked } => {
                let asked_at = later(payment.asked_at);
                Status::Paid { payment: Payment { asked_at, ..payment }, looked }
            }
            Status::Refunding { payment, since, why, sent } => {
                Status::Refunding { payment, since: later(since), why, sent }
            }
            Status::Releasing { payment, at, dispute } => {
                Status::Releasing { payment, at: later(at), dispute }
            }
            Status::Delayed { .. } | Status::Disputed { .. } | Status::Claimed { .. } => {
                let cards = [Effect::FreshCard(Side::Seller), Effect::FreshCard(Side::Buyer)];
                return self.stays(cards, now);
            }
            Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
                return self.says([]);
            }
        };
        let news = News::Outage { minutes: (away.num_seconds() + 59) / 60 };
        let effects = [
            tell(Side::Seller, news),
            tell(Side::Buyer, news),
            Effect::FreshCard(Side::Seller),
            Effect::FreshCard(Side::Buyer),
        ];
        self.becomes(moved, effects, now)
    }
}

fn tells(effect: &Effect, audience: Audience) -> bool {
    matches!(effect, Effect::Tell(to, _) if *to == audience)
}
