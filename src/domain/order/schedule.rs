//! When the clock has to look at an order, derived from its status and its terms.
//!
//! Only the next moment is kept with the order (`due_at`). What is due then follows from here, so
//! nothing is lost over a restart, and reminders that were missed collapse into one.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Answered, Audience, DisputeReason, News, Order, Side, Status};
use crate::domain::policy::seconds;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub at: DateTime<Utc>,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Old clients do not count down by themselves: redraw the cards.
    Tick,
    Remind(Audience, News),
    /// The status ends by the clock.
    End(End),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    WindowOver,
    GraceOver,
    Arrived,
    Release,
    Dispute(DisputeReason),
}

/// Minutes before the end at which a card is redrawn.
const TICKS: [i64; 5] = [10, 5, 3, 2, 1];
/// Minutes after "paid" at which a seller who has looked is asked again.
const LOOK_AGAIN: [i64; 5] = [30, 60, 180, 360, 660];
/// Minutes after its start at which a refund is asked about.
const REFUND_AGAIN: [i64; 3] = [30, 120, 360];

impl Order {
    /// Everything that the clock has to do while nothing else happens, in order of time. What
    /// repeats without end is given around `now` only.
    pub fn schedule(&self, now: DateTime<Utc>) -> Vec<Deadline> {
        let mut all = match &self.status {
            Status::AwaitingPayment { since, until, .. } => window(*since, *until),
            Status::Overdue { since, until } => grace(*since, *until),
            Status::Paid { payment, looked } => self.asking(payment.asked_at, *looked),
            Status::Delayed { arrives_at, .. } => vec![end(*arrives_at, End::Arrived)],
            Status::Refunding { since, sent, .. } => self.refund(*since, *sent),
            Status::Releasing { at, .. } => vec![end(*at, End::Release)],
            Status::Disputed { dispute, .. } => {
                let taken = dispute.taken.map(|it| it.at);
                let queue = self.queue(dispute.since, taken, News::DisputeWaiting, now);
                [queue, self.answers(dispute.since, dispute.answered)].concat()
            }
            Status::Claimed { claim, .. } => {
                let taken = claim.taken.map(|it| it.at);
                let queue = self.queue(claim.since, taken, News::ClaimWaiting, now);
                [queue, self.answers(claim.since, claim.answered)].concat()
            }
            Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => vec![],
        };
        all.sort_by_key(|it| it.at);
        all
    }

    /// The next moment to look. An end that has passed is due at once.
    pub fn next_due(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.schedule(now)
            .into_iter()
            .filter(|it| it.at > now || matches!(it.what, What::End(_)))
            .map(|it| it.at)
            .min()
    }

    /// After "paid": the seller is asked until there is an answer, then the arbiters hear of it,
    /// and in the end it is a dispute. Nothing here moves money.
    fn asking(&self, from: DateTime<Utc>, looked: bool) -> Vec<Deadline> {
        let times = |at: Vec<TimeDelta>| {
            (1..).zip(at).map(|(times, wait)| {
                remind_side(from + wait, Side::Seller, News::LookNow { times })
            })
        };
        let mut all: Vec<Deadline> = if looked {
            times(LOOK_AGAIN.map(TimeDelta::minutes).to_vec()).collect()
        } else {
            times(self.terms.seller_asked_seconds.iter().map(|it| seconds(*it)).collect()).collect()
        };
        if !looked && let Some(last) = self.terms.seller_asked_seconds.last() {
            let what = What::Remind(Audience::Arbiters, News::SellerSilent);
            all.push(Deadline { at: from + seconds(*last), what });
        }
        let dispute_at = from + seconds(self.terms.auto_dispute_seconds);
        all.retain(|it| it.at < dispute_at);
        all.push(end(dispute_at, End::Dispute(DisputeReason::Silence)));
        all
    }

    fn refund(&self, since: DateTime<Utc>, sent: bool) -> Vec<Deadline> {
        let side = if sent { Side::Buyer } else { Side::Seller };
        let over = since + seconds(self.terms.refund_seconds);
        REFUND_AGAIN
            .map(|it| since + TimeDelta::minutes(it))
            .into_iter()
            .filter(|at| *at < over)
            .map(|at| remind_side(at, side, News::RefundWaiting { sent }))
            .chain([end(over, End::Dispute(DisputeReason::RefundMissing))])
            .collect()
    }

    /// A queue of people: they are asked again and again, and no clock decides.
    fn queue(
        &self,
        since: DateTime<Utc>,
        taken: Option<DateTime<Utc>>,
        news: News,
        now: DateTime<Utc>,
    ) -> Vec<Deadline> {
        let every = seconds(self.terms.dispute_again_seconds.max(1));
        let first = match taken {
            None => since + every,
            Some(at) => at + seconds(self.terms.award_seconds),
        };
        let operators = match taken {
            None => {
                let at = since + seconds(self.terms.operator_after_seconds);
                Deadline { at, what: What::Remind(Audience::Operators, News::Unattended) }
            }
            Some(_) => {
                Deadline { at: first, what: What::Remind(Audience::Operators, News::AwardOverdue) }
            }
        };
        let passed = (now - first).num_milliseconds().div_euclid(every.num_milliseconds());
        let last = i32::try_from(passed.max(0)).map_or(first, |it| first + every * it);
        [last, last + every]
            .map(|at| Deadline { at, what: What::Remind(Audience::Arbiters, news) })
            .into_iter()
            .chain([operators])
            .collect()
    }

    /// Each side is asked for what counts, once more at half time, and told when the time is over.
    /// Nothing follows from that by itself; what is handed in later counts, too. So an absence of
    /// ours takes nothing from anybody.
    fn answers(&self, since: DateTime<Utc>, answered: Answered) -> Vec<Deadline> {
        let Some(missing) = answered.missing() else { return vec![] };
        let until = self.answer_until(since);
        let half = since + (until - since) / 2;
        let silent =
            [Side::Seller, Side::Buyer].into_iter().filter(|it| answered.by(*it).is_none());
        silent
            .flat_map(|side| {
                [
                    remind_side(half, side, News::EvidenceWanted { until }),
                    remind_side(until, side, News::EvidenceLate),
                ]
            })
            .chain([Deadline {
                at: until,
                what: What::Remind(Audience::Arbiters, News::EvidenceMissing { from: missing }),
            }])
            .collect()
    }

    /// Until when each side is asked for what counts in a dispute or claim of that age.
    pub fn answer_until(&self, since: DateTime<Utc>) -> DateTime<Utc> {
        since + seconds(self.terms.answer_seconds)
    }
}

fn window(since: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Deadline> {
    let half = since + (until - since) / 2;
    let before = |minutes| until - TimeDelta::minutes(minutes);
    let asks = [half].into_iter().chain([5, 1].map(before).into_iter().filter(|at| *at > half));
    ticks(since, until)
        .chain(asks.map(|at| remind_side(at, Side::Buyer, News::PayNow { until })))
        .chain([end(until, End::WindowOver)])
        .collect()
}

fn grace(since: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Deadline> {
    let soon = until - TimeDelta::minutes(1);
    ticks(since, until)
        .chain((soon > since).then(|| remind_side(soon, Side::Buyer, News::GraceEnding { until })))
        .chain([end(until, End::GraceOver)])
        .collect()
}

fn ticks(since: DateTime<Utc>, until: DateTime<Utc>) -> impl Iterator<Item = Deadline> {
    TICKS
        .into_iter()
        .map(move |it| until - TimeDelta::minutes(it))
        .filter(move |at| *at > since)
        .map(|at| Deadline { at, what: What::Tick })
}

const fn remind_side(at: DateTime<Utc>, side: Side, news: News) -> Deadline {
    Deadline { at, what: What::Remind(Audience::Side(side), news) }
}

const fn end(at: DateTime<Utc>, end: End) -> Deadline {
    Deadline { at, what: What::End(end) }
}
