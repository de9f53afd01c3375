//! How a dispute or a claim is settled: what arbiters decide, with the reason that goes with it.

use secrecy::SecretString;

use super::{App, NumberRefusal, Origin, Reply, WriteRefusal, Writing};
use crate::domain::bill_number::BillNumber;
use crate::domain::chat::{Proof, Purpose, Voice};
use crate::domain::order::{OrderId, Refusal, Request, Ruling};
use crate::letter::Verdict;
use crate::store::messages::NewMessage;
use crate::store::{StoreError, Tx};

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictRefusal {
    /// Whoever decides is no arbiter (any more).
    NotArbiter,
    Order(Refusal),
    /// It would come to something else than what was shown.
    Changed(Ruling),
}

/// What has become of a number that was handed in as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    Kept,
    /// Kept, and told: it belongs to another order.
    Reused,
}

impl App {
    /// An arbiter decides, with a reason: kept, and the decision made, in one transaction. `shown`
    /// is what the arbiter was told that it would come to.
    pub async fn decide_case(
        &self,
        origin: Origin,
        order: OrderId,
        verdict: Verdict,
        reason: SecretString,
        shown: Ruling,
        say: impl FnOnce(Result<(), VerdictRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = app.decide_in(tx, origin, order, (verdict, reason), shown).await?;
                Ok(say(outcome))
            })
        })
        .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    /// A side of a dispute gives Alipay's number: kept as evidence, and, where the order takes such
    /// a number from that side, as the key by which the payment is found.
    pub async fn hand_in_number(
        &self,
        origin: Origin,
        order: OrderId,
        number: BillNumber,
        say: impl FnOnce(Result<Numbered, WriteRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let writing = Writing {
                    purpose: Purpose::Evidence { what: Proof::Number },
                    text: number.reveal().into(),
                    file: None,
                };
                if let Err(refusal) = app.write_in(tx, origin.user, order, writing).await? {
                    return Ok(say(Err(refusal)));
                }
                let given = app.give_number_in(tx, origin.user, order, &number).await?;
                Ok(say(Ok(match given {
                    Err(NumberRefusal::Reused) => Numbered::Reused,
                    Ok(()) | Err(NumberRefusal::Order(_)) => Numbered::Kept,
                })))
            })
        })
        .await
    }

    async fn decide_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        id: OrderId,
        (verdict, reason): (Verdict, SecretString),
        shown: Ruling,
    ) -> Result<Result<(), VerdictRefusal>, StoreError> {
        let user = origin.user;
        if !self.asker(tx, user).await?.arbiter {
            return Ok(Err(VerdictRefusal::NotArbiter));
        }
        let request = verdict.request();
        let order = match self.would(tx, user, id, request).await? {
            Ok(order) if order.side_of(user).is_none() => order,
            Ok(_) => return Ok(Err(VerdictRefusal::Order(Refusal::NotYourSide))),
            Err(refusal) => return Ok(Err(VerdictRefusal::Order(refusal))),
        };
        let (ruling, purpose) = match verdict {
            Verdict::Award(to) => match order.ruling(user, to) {
                Some(Ruling::Proposal) => (Ruling::Proposal, Purpose::Proposal { to }),
                Some(Ruling::Award) | None => (Ruling::Award, Purpose::Reason { to }),
            },
            Verdict::Close => (Ruling::Award, Purpose::Closing),
        };
        if ruling != shown {
            return Ok(Err(VerdictRefusal::Changed(ruling)));
        }
        let voice = Voice::Arbiter;
        let message = NewMessage { author: user, voice, purpose, held: None, text: reason };
        tx.keep_message(self.seal(), &order, &message).await?;
        let outcome = self.decide(tx, user, id, request, None).await?;
        Ok(outcome.map(|_| ()).map_err(VerdictRefusal::Order))
    }
}

impl Verdict {
    pub const fn request(self) -> Request {
        match self {
            Self::Award(to) => Request::Award { to },
            Self::Close => Request::CloseClaim,
        }
    }
}
