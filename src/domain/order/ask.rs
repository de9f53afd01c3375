//! What the parties and the arbiters may ask of an order, written once.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::gate::Question;
use super::status::{Proposal, Taken};
use super::step::{CARDS, both, cards_and, tell};
use super::{
    Answered, Audience, CancelledBy, Claim, Dispute, DisputeReason, Effect, Gate, Kind, News,
    OpenedBy, Order, Payment, ReleasedBy, Side, Status, Step, WrongPayment,
};
use crate::domain::UserId;
use crate::domain::factor::Factor;
use crate::domain::mask::Fit;
use crate::domain::money::Fen;
use crate::domain::policy::seconds;

/// Somebody wants this; it may be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// The buyer says that the yuan are on their way.
    MarkPaid,
    /// "Paid" was a mistake; what was left of the window runs on.
    TakeBack,
    Cancel {
        why: CancelReason,
    },
    /// The window is over, and the buyer did not pay.
    GiveUp,
    /// The seller gives the buyer more time: 5, 10 or 15 minutes, once.
    Extend {
        minutes: u32,
    },
    /// Either side agrees to end it; when both have, it ends.
    AgreeToCancel,
    /// One question of the gate: what the seller's own Alipay shows.
    Answer {
        question: Question,
        yes: bool,
    },
    /// The seller has typed which payer Alipay shows, and it was compared with the declared one.
    Compare {
        masks: Fit,
    },
    /// The yuan are in the seller's Alipay: the whole gate is answered, and this proves that it
    /// is the seller who says so.
    ConfirmReceipt {
        /// Entries of the log from before there was a gate have none: two taps were enough.
        #[serde(default = "two_taps")]
        factor: Factor,
    },
    /// Not yet: the ten seconds are for this.
    Stop,
    /// The seller has looked into Alipay: nothing yet.
    NotArrived,
    /// Less than the amount is there: the buyer is asked for the rest.
    Short {
        arrived: Fen,
    },
    /// Alipay holds the transfer back for 2, 12 or 24 hours.
    ArrivesLater {
        hours: u32,
    },
    /// The payment is not as agreed and goes back to the payer.
    Refund {
        why: WrongPayment,
    },
    RefundSent,
    RefundReceived,
    /// The number of the payment, or of the refund, in Alipay: a key to find it by, no proof.
    Number,
    Dispute {
        why: DisputeReason,
    },
    /// A side has handed in something that shall count in the dispute or the claim.
    Evidence,
    /// The buyer gives in: the coins go back to the seller.
    Concede,
    /// An arbiter takes the dispute or the claim.
    Take,
    /// Who gets the coins.
    Award {
        to: Side,
    },
    /// A closed order has to be looked at again.
    Claim,
    CloseClaim,
}

const fn two_taps() -> Factor {
    Factor::Digits
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    ChangedMind,
    CannotPay,
    /// The payee account does not work or does not fit its name.
    AccountTrouble,
    Other,
}

impl CancelReason {
    pub const ALL: [Self; 4] =
        [Self::ChangedMind, Self::CannotPay, Self::AccountTrouble, Self::Other];
}

/// Minutes that a seller may add.
pub const EXTENSIONS: [u32; 3] = [5, 10, 15];
/// Hours for which Alipay may hold a transfer back.
pub const DELAYS: [u32; 3] = [2, 12, 24];

/// Who asks. Whether somebody is an arbiter is looked up when it matters, never remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    pub user: UserId,
    pub arbiter: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Seller,
    Buyer,
    Arbiter,
    Stranger,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Seller, Self::Buyer, Self::Arbiter, Self::Stranger];
}

/// What an arbiter's award comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// The coins go.
    Award,
    /// A second arbiter has to award to the same side.
    Proposal,
}

/// The order says no, and why. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    #[error("not a party to this order")]
    NotYours,
    #[error("only the other side may ask that")]
    NotYourSide,
    #[error("the order has changed since")]
    Stale,
    #[error("not while the order is {}", .status.as_str())]
    NotNow { status: Kind },
    #[error("that can be done once, and has been")]
    Used,
    #[error("not before {at}")]
    TooEarly { at: DateTime<Utc> },
    #[error("not after {until}")]
    TooLate { until: DateTime<Utc> },
    #[error("not one of the choices")]
    NotOffered,
    #[error("already agreed; the other side has not")]
    AlreadyAgreed,
    #[error("an arbiter has taken it already")]
    Taken,
    #[error("it has to be taken first")]
    NotTaken,
    #[error("a second arbiter has to confirm")]
    NeedsAnother,
    #[error("the gate is not passed: {}", .question.as_str())]
    Unanswered { question: Question },
    #[error("the payer is not the one who was declared")]
    OtherPayer,
    #[error("from this amount on only a code from the second factor counts")]
    NeedsCode,
}

impl Order {
    /// An arbiter who is a party is a party: nobody decides on an own trade.
    pub fn role_of(&self, asker: Asker) -> Role {
        match self.side_of(asker.user) {
            Some(Side::Seller) => Role::Seller,
            Some(Side::Buyer) => Role::Buyer,
            None if asker.arbiter => Role::Arbiter,
            None => Role::Stranger,
        }
    }

    /// `seen` is the version that the asker had before the eyes, if that is known.
    pub fn ask(
        self,
        request: Request,
        asker: Asker,
        seen: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        let role = self.role_of(asker);
        if role == Role::Stranger {
            return Err(Refusal::NotYours);
        }
        if !request.roles().contains(&role) {
            return Err(Refusal::NotYourSide);
        }
        if seen.is_some_and(|it| it != self.version) {
            return Err(Refusal::Stale);
        }
        self.decide(request, role, asker.user, now)
    }

    /// Where we are, who asks what, and where that leads. What is not listed is refused: the
    /// exhaustive table in docs/order.md shows each cell.
    fn decide(
        self,
        request: Request,
        role: Role,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        use Role::{Arbiter, Buyer, Seller};
        use Status::{
            AwaitingPayment, Cancelled, Claimed, Delayed, Disputed, Expired, Overdue, Paid,
            Refunding, Released, Releasing,
        };
        match (self.status.clone(), role, request) {
            (AwaitingPayment { until, .. }, Buyer, Request::MarkPaid) => {
                let late = until < now; // the clock has not come yet: the grace is running
                let grace = seconds(if late { self.terms.grace_seconds } else { 0 });
                Ok(self.paid(payment_at(now, until + grace, late), now))
            }
            (AwaitingPayment { .. }, Buyer, Request::Cancel { why }) => {
                let by = CancelledBy::Buyer { why };
                Ok(self.cancelled(by, cards_and(Side::Seller, News::Cancelled), now))
            }
            (AwaitingPayment { since, until, agreed }, Seller, Request::Extend { minutes }) => {
                self.extended(since, until, agreed, minutes, now)
            }
            (AwaitingPayment { since, until, agreed }, Seller | Buyer, Request::AgreeToCancel) => {
                let side = side_of(role);
                match agreed {
                    None => {
                        let status = AwaitingPayment { since, until, agreed: Some(side) };
                        let effects = cards_and(side.other(), News::CancelOffered);
                        Ok(self.becomes(status, effects, now))
                    }
                    Some(already) if already == side => Err(Refusal::AlreadyAgreed),
                    Some(_) => Ok(self.cancelled(CancelledBy::Both, both(News::Cancelled), now)),
                }
            }

            (Overdue { until, .. }, Buyer, Request::MarkPaid) => {
                Ok(self.paid(payment_at(now, until, true), now))
            }
            (Overdue { .. }, Buyer, Request::GiveUp) => {
                let effects = cards_and(Side::Seller, News::Cancelled);
                Ok(self.cancelled(CancelledBy::GaveUp, effects, now))
            }
            (
                Overdue { .. } | Paid { .. } | Delayed { .. } | Disputed { .. },
                Seller,
                Request::Answer { question, yes },
            ) => self.answered(question, yes, now),
            (
                Overdue { .. } | Paid { .. } | Delayed { .. } | Disputed { .. },
                Seller,
                Request::Compare { masks },
            ) => self.compared(masks, now),

            (Overdue { until, .. }, Seller, Request::ConfirmReceipt { factor }) => {
                self.releasing(payment_at(now, until, true), None, factor, now)
            }
            // Money that nobody has spoken of can be held back, or be the wrong one, too.
            (Overdue { until, .. }, Seller, Request::ArrivesLater { hours }) => {
                self.delayed(payment_at(now, until, true), hours, now, now)
            }
            (Overdue { until, .. }, Seller, Request::Refund { why }) => {
                Ok(self.refunding(payment_at(now, until, true), why, now))
            }
            (Overdue { .. }, Seller | Buyer, Request::Dispute { why }) => {
                Ok(self.disputed(None, role, why, now))
            }

            (
                Paid { payment, .. } | Delayed { payment, .. },
                Seller,
                Request::ConfirmReceipt { factor },
            ) => self.releasing(payment, None, factor, now),
            (Paid { looked: true, .. }, Seller, Request::NotArrived) => Ok(self.looked_again()),
            (Paid { payment, .. }, Seller, Request::NotArrived) => {
                let status = Paid { payment, looked: true };
                Ok(self.becomes(status, cards_and(Side::Buyer, News::NotArrivedYet), now))
            }
            (Paid { payment, .. }, Seller, Request::Short { arrived }) => {
                self.short(payment, arrived, now)
            }
            (Paid { payment, .. }, Seller, Request::ArrivesLater { hours }) => {
                self.delayed(payment, hours, now, now)
            }
            (Delayed { payment, arrives_at }, Seller, Request::ArrivesLater { hours }) => {
                self.delayed(payment, hours, arrives_at.max(now), now)
            }
            (Paid { payment, .. } | Delayed { payment, .. }, Seller, Request::Refund { why }) => {
                Ok(self.refunding(payment, why, now))
            }
            (Paid { payment, .. } | Delayed { payment, .. }, Buyer, Request::TakeBack) => {
                self.taken_back(payment, now)
            }
            (
                Paid { payment, .. } | Delayed { payment, .. },
                Seller | Buyer,
                Request::Dispute { why },
            ) => {
                let wait = match role {
                    Seller => self.terms.seller_may_dispute_seconds,
                    Buyer | Arbiter | Role::Stranger => self.terms.buyer_may_dispute_seconds,
                };
                let earliest = payment.asked_at + seconds(wait);
                if now < earliest {
                    return Err(Refusal::TooEarly { at: earliest });
                }
                Ok(self.disputed(Some(payment), role, why, now))
            }

            (Refunding { sent: true, .. }, Seller, Request::RefundSent) => Err(Refusal::Used),
            (Refunding { payment, why, .. }, Seller, Request::RefundSent) => {
                let status = Refunding { payment, since: now, why, sent: true };
                Ok(self.becomes(status, cards_and(Side::Buyer, News::RefundSent), now))
            }
            (
                Paid { .. } | Delayed { .. } | Refunding { .. } | Disputed { .. },
                Buyer,
                Request::Number,
            )
            | (Refunding { sent: true, .. }, Seller, Request::Number) => {
                Ok(self.says([Effect::Card(side_of(role).other())]))
            }
            (Refunding { .. }, Buyer, Request::RefundReceived) => {
                Ok(self.cancelled(CancelledBy::Refunded, both(News::Cancelled), now))
            }
            (Refunding { payment, .. }, Seller | Buyer, Request::Dispute { why }) => {
                Ok(self.disputed(Some(payment), role, why, now))
            }

            (Releasing { payment, dispute: None, .. }, Seller, Request::Stop) => {
                Ok(self.stopped(payment, now))
            }
            (Releasing { payment, dispute: Some(dispute), .. }, Seller, Request::Stop) => {
                let status = Disputed { payment: Some(payment), dispute };
                Ok(self.becomes(status, cards_and(Side::Buyer, News::Stopped), now))
            }

            // Arbiters go on until the coins are gone, or confirming and stopping by turns would
            // hold an award off for ever.
            (Releasing { payment, at, dispute: Some(dispute) }, Arbiter, Request::Take) => {
                let taken = self.taken(dispute.taken, user, now)?;
                let dispute = Some(Dispute { taken, ..dispute });
                Ok(self.becomes(Releasing { payment, at, dispute }, both(News::DisputeTaken), now))
            }
            (Releasing { payment, dispute: Some(dispute), .. }, Arbiter, Request::Award { to }) => {
                self.awarded(Some(payment), dispute, user, to, now)
            }

            (Disputed { payment, dispute }, Seller, Request::ConfirmReceipt { factor }) => {
                let payment = payment.unwrap_or_else(|| payment_at(now, now, true));
                self.releasing(payment, Some(dispute), factor, now)
            }
            (Disputed { payment, mut dispute }, Seller | Buyer, Request::Evidence) => {
                let before = dispute.answered;
                dispute.answered = before.with(side_of(role), now);
                let is_first = dispute.answered != before;
                Ok(self.handed_in(Disputed { payment, dispute }, is_first, now))
            }
            (Claimed { mut claim, closed }, Seller | Buyer, Request::Evidence) => {
                let before = claim.answered;
                claim.answered = before.with(side_of(role), now);
                let is_first = claim.answered != before;
                Ok(self.handed_in(Claimed { claim, closed }, is_first, now))
            }
            (Disputed { .. }, Buyer, Request::Concede) => {
                Ok(self.cancelled(CancelledBy::Conceded, both(News::Conceded), now))
            }
            (Disputed { payment, dispute }, Arbiter, Request::Take) => {
                let taken = self.taken(dispute.taken, user, now)?;
                let status = Disputed { payment, dispute: Dispute { taken, ..dispute } };
                Ok(self.becomes(status, both(News::DisputeTaken), now))
            }
            (Disputed { payment, dispute }, Arbiter, Request::Award { to }) => {
                self.awarded(payment, dispute, user, to, now)
            }

            (
                Released { .. } | Cancelled { .. } | Expired { .. },
                Seller | Buyer,
                Request::Claim,
            ) => self.claimed(side_of(role), now),
            (Claimed { claim, closed }, Arbiter, Request::Take) => {
                let taken = self.taken(claim.taken, user, now)?;
                let status = Claimed { claim: Claim { taken, ..claim }, closed };
                Ok(self.becomes(status, both(News::DisputeTaken), now))
            }
            (Claimed { claim, closed }, Seller | Buyer | Arbiter, Request::CloseClaim) => {
                if role != Arbiter && self.party(claim.by) != user {
                    return Err(Refusal::NotYourSide);
                }
                if role == Arbiter && claim.taken.is_none_or(|it| it.by != user) {
                    return Err(Refusal::NotTaken);
                }
                Ok(self.becomes(closed.into(), both(News::ClaimClosed), now))
            }

            _ => Err(Refusal::NotNow { status: self.status.kind() }),
        }
    }

    fn paid(self, payment: Payment, now: DateTime<Utc>) -> Step {
        let news = News::Paid { late: payment.late };
        self.becomes(Status::Paid { payment, looked: false }, cards_and(Side::Seller, news), now)
    }

    fn extended(
        mut self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        agreed: Option<Side>,
        minutes: u32,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        if !EXTENSIONS.contains(&minutes) {
            return Err(Refusal::NotOffered);
        }
        if self.used.extension {
            return Err(Refusal::Used);
        }
        self.used.extension = true;
        let until = until.max(now) + TimeDelta::minutes(i64::from(minutes));
        let status = Status::AwaitingPayment { since, until, agreed };
        Ok(self.becomes(status, cards_and(Side::Buyer, News::Extended { minutes }), now))
    }

    /// Held back until a moment that has to be after `than`: it can only move further out, and not
    /// to and fro.
    fn delayed(
        self,
        payment: Payment,
        hours: u32,
        than: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        // Looked at first: a log that somebody hands in may have hours that no calendar has.
        if !DELAYS.contains(&hours) {
            return Err(Refusal::NotOffered);
        }
        let arrives_at = payment.at + TimeDelta::hours(i64::from(hours));
        if arrives_at <= than {
            return Err(Refusal::NotOffered);
        }
        let status = Status::Delayed { payment, arrives_at };
        Ok(self.becomes(status, cards_and(Side::Buyer, News::Delayed { arrives_at }), now))
    }

    fn taken_back(mut self, payment: Payment, now: DateTime<Utc>) -> Result<Step, Refusal> {
        if self.used.take_back {
            return Err(Refusal::Used);
        }
        self.used.take_back = true;
        let until = now + TimeDelta::milliseconds(payment.left_ms);
        let status = if payment.late {
            Status::Overdue { since: now, until }
        } else {
            Status::AwaitingPayment { since: now, until, agreed: None }
        };
        Ok(self.becomes(status, cards_and(Side::Seller, News::TakenBack), now))
    }

    /// The only way to `Releasing`: through the whole gate, and with a proof of who answered it.
    fn releasing(
        self,
        payment: Payment,
        dispute: Option<Dispute>,
        factor: Factor,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        if let Some(question) = self.gate.open() {
            return Err(Refusal::Unanswered { question });
        }
        if factor == Factor::Digits && self.needs_code() {
            return Err(Refusal::NeedsCode);
        }
        let at = now + seconds(self.terms.cool_off_seconds);
        let effects = cards_and(Side::Buyer, News::Releasing { at });
        Ok(self.becomes(Status::Releasing { payment, at, dispute }, effects, now))
    }

    /// Whether the last digits of the amount are not enough of a proof.
    pub fn needs_code(&self) -> bool {
        // A few fen that tell payments apart ask for nothing more than was asked at the opening.
        self.fen.0 - self.added.0 > self.terms.code_above.0
    }

    /// An answer changes nothing that the other side can see, so no card gets old by it.
    fn answered(
        mut self,
        question: Question,
        yes: bool,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        let unfit = question == Question::Payer && yes && self.gate.masks() == Some(Fit::Mismatch);
        self.gate = match (self.gate.answered(question, yes, now), self.gate.open()) {
            (Some(gate), _) => gate,
            (None, _) if unfit => return Err(Refusal::OtherPayer),
            (None, Some(question)) => return Err(Refusal::Unanswered { question }),
            (None, None) => return Err(Refusal::NotOffered),
        };
        Ok(self.says([]))
    }

    fn compared(mut self, masks: Fit, now: DateTime<Utc>) -> Result<Step, Refusal> {
        self.gate = match (self.gate.compared(masks, now), self.gate.open()) {
            (Some(gate), _) => gate,
            (None, Some(question)) => return Err(Refusal::Unanswered { question }),
            (None, None) => return Err(Refusal::NotOffered),
        };
        Ok(self.says([]))
    }

    /// Still not there: what was answered on the way to that counts no more.
    fn looked_again(mut self) -> Step {
        let answered = std::mem::take(&mut self.gate) != Gate::default();
        self.says(answered.then_some(Effect::Card(Side::Seller)))
    }

    /// The rest is asked for; the seller looks again when it should have come.
    fn short(self, payment: Payment, arrived: Fen, now: DateTime<Utc>) -> Result<Step, Refusal> {
        if arrived.0 <= 0 || arrived >= self.fen {
            return Err(Refusal::NotOffered);
        }
        let missing = Fen(self.fen.0 - arrived.0);
        let status = Status::Paid { payment, looked: true };
        Ok(self.becomes(status, cards_and(Side::Buyer, News::Short { missing }), now))
    }

    fn refunding(self, payment: Payment, why: WrongPayment, now: DateTime<Utc>) -> Step {
        let status = Status::Refunding { payment, since: now, why, sent: false };
        self.becomes(status, cards_and(Side::Buyer, News::RefundStarted { why }), now)
    }

    /// Back to "paid", or, if an answer is overdue by now, to the dispute that it would have come
    /// to without this.
    fn stopped(self, payment: Payment, now: DateTime<Utc>) -> Step {
        if payment.asked_at + seconds(self.terms.auto_dispute_seconds) <= now {
            let why = DisputeReason::Silence;
            return self.opens_dispute(Some(payment), OpenedBy::Clock, why, now);
        }
        let status = Status::Paid { payment, looked: true };
        self.becomes(status, cards_and(Side::Buyer, News::Stopped), now)
    }

    fn cancelled(self, by: CancelledBy, effects: Vec<Effect>, now: DateTime<Utc>) -> Step {
        self.becomes(Status::Cancelled { at: now, by }, effects, now).returning_escrow()
    }

    fn disputed(
        self,
        payment: Option<Payment>,
        role: Role,
        why: DisputeReason,
        now: DateTime<Utc>,
    ) -> Step {
        self.opens_dispute(payment, side_of(role).into(), why, now)
    }

    pub(super) fn opens_dispute(
        self,
        payment: Option<Payment>,
        by: OpenedBy,
        why: DisputeReason,
        now: DateTime<Utc>,
    ) -> Step {
        let before = self.status.kind();
        let answered = Answered::default();
        let dispute =
            Dispute { since: now, by, why, before, taken: None, proposed: None, answered };
        let mut effects = both(News::DisputeOpened);
        effects.push(Effect::Tell(Audience::Arbiters, News::DisputeOpened));
        self.becomes(Status::Disputed { payment, dispute }, effects, now)
    }

    /// Above the limit the first award is a proposal that another arbiter has to confirm. It
    /// stops a release that the seller has confirmed in the dispute.
    fn awarded(
        self,
        payment: Option<Payment>,
        dispute: Dispute,
        user: UserId,
        to: Side,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        if !self.is_heard_by(user) {
            return Err(Refusal::NotTaken);
        }
        if self.rules(&dispute, user, to) == Ruling::Award {
            let effects = both(News::Awarded { to });
            return Ok(match to {
                Side::Seller => self.cancelled(CancelledBy::Award, effects, now),
                Side::Buyer => {
                    let status = Status::Released { at: now, by: ReleasedBy::Award };
                    self.becomes(status, effects, now).releasing_escrow()
                }
            });
        }
        if dispute.proposed.is_some_and(|it| it.by == user && it.to == to) {
            return Err(Refusal::NeedsAnother);
        }
        let dispute = Dispute { proposed: Some(Proposal { by: user, to }), ..dispute };
        let stops = self.status.kind() == Kind::Releasing;
        let mut effects = if stops { both(News::Stopped) } else { CARDS.to_vec() };
        effects.push(Effect::Tell(Audience::Arbiters, News::AwardProposed { to }));
        Ok(self.becomes(Status::Disputed { payment, dispute }, effects, now))
    }

    /// Whether this arbiter may ask the sides, and decide: the one who has taken it, or any other
    /// one once an award is proposed.
    pub fn is_heard_by(&self, arbiter: UserId) -> bool {
        let taken = self.status.taken().is_some_and(|it| it.by == arbiter);
        taken || self.status.dispute().is_some_and(|it| it.proposed.is_some())
    }

    /// What an award of this arbiter would be now. `None`: there is no dispute.
    pub fn ruling(&self, user: UserId, to: Side) -> Option<Ruling> {
        self.status.dispute().map(|it| self.rules(it, user, to))
    }

    fn rules(&self, dispute: &Dispute, user: UserId, to: Side) -> Ruling {
        let confirms = dispute.proposed.is_some_and(|it| it.by != user && it.to == to);
        let alone = self.fen <= self.terms.two_arbiters_above;
        if alone || confirms { Ruling::Award } else { Ruling::Proposal }
    }

    /// The first of a side changes what the cards show; whatever comes after it makes no card old.
    /// What the seller has answered on the way to a release stays, or the buyer could hold it up.
    fn handed_in(mut self, status: Status, is_first: bool, now: DateTime<Utc>) -> Step {
        if !is_first {
            return self.says([]);
        }
        self.status = status;
        self.version += 1;
        self.stays(CARDS, now)
    }

    /// One arbiter takes it; another one may take over when no award has come of it in time.
    fn taken(
        &self,
        taken: Option<Taken>,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Taken>, Refusal> {
        let in_time = |it: Taken| now < it.at + seconds(self.terms.award_seconds);
        match taken {
            Some(it) if it.by == by || in_time(it) => Err(Refusal::Taken),
            Some(_) | None => Ok(Some(Taken { by, at: now })),
        }
    }

    fn claimed(self, by: Side, now: DateTime<Utc>) -> Result<Step, Refusal> {
        let Some(closed) = self.status.closed() else {
            return Err(Refusal::NotNow { status: self.status.kind() });
        };
        if let Some(until) = self.claim_until().filter(|it| *it < now) {
            return Err(Refusal::TooLate { until });
        }
        let claim = Claim { since: now, by, taken: None, answered: Answered::default() };
        let news = News::ClaimOpened { by };
        let effects = CARDS.into_iter().chain([
            tell(by.other(), news),
            Effect::Tell(Audience::Arbiters, news),
            Effect::Tell(Audience::Operators, news),
        ]);
        Ok(self.becomes(Status::Claimed { claim, closed }, effects, now))
    }
}

/// A payment that is spoken of now, with what is left until `until`.
fn payment_at(now: DateTime<Utc>, until: DateTime<Utc>, late: bool) -> Payment {
    let left_ms = (until - now).num_milliseconds().max(0);
    Payment { at: now, asked_at: now, late, left_ms }
}

/// The side of a role that has one; where this is asked, nobody else comes.
const fn side_of(role: Role) -> Side {
    match role {
        Role::Seller => Side::Seller,
        Role::Buyer | Role::Arbiter | Role::Stranger => Side::Buyer,
    }
}

impl Request {
    /// Who may ever ask this.
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::MarkPaid
            | Self::TakeBack
            | Self::Cancel { .. }
            | Self::GiveUp
            | Self::RefundReceived
            | Self::Concede => &[Role::Buyer],
            Self::Extend { .. }
            | Self::Answer { .. }
            | Self::Compare { .. }
            | Self::ConfirmReceipt { .. }
            | Self::Short { .. }
            | Self::Stop
            | Self::NotArrived
            | Self::ArrivesLater { .. }
            | Self::Refund { .. }
            | Self::RefundSent => &[Role::Seller],
            Self::AgreeToCancel
            | Self::Number
            | Self::Dispute { .. }
            | Self::Evidence
            | Self::Claim => &[Role::Seller, Role::Buyer],
            Self::Take | Self::Award { .. } => &[Role::Arbiter],
            Self::CloseClaim => &[Role::Seller, Role::Buyer, Role::Arbiter],
        }
    }
}
