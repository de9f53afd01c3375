//! Who settles disputes: operators say so, and are asked for at each act.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::log::Act;
use crate::domain::order::Fact;
use crate::letter::{ArbiterNotice, Letter, Notice};
use crate::store::users::StaffRole;
use crate::store::{StoreError, Tx};

/// Why nobody is appointed or dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArbiterRefusal {
    NotOperator,
    /// That person has not started the bot.
    Unknown,
    /// They are an arbiter already; or no arbiter any more.
    AsItIs,
}

impl App {
    /// Somebody settles disputes from now on.
    pub async fn appoint_arbiter(
        &self,
        origin: Origin,
        user: UserId,
        say: impl FnOnce(Result<(), ArbiterRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                if !tx.is_staff(origin.user, StaffRole::Operator).await? {
                    return Ok(say(Err(ArbiterRefusal::NotOperator)));
                }
                if tx.user(user).await?.is_none() {
                    return Ok(say(Err(ArbiterRefusal::Unknown)));
                }
                if !tx.add_staff(user, StaffRole::Arbiter, Some(origin.user)).await? {
                    return Ok(say(Err(ArbiterRefusal::AsItIs)));
                }
                let act = Act::Appointed { arbiter: user };
                tx.log_desk(app.seal(), Some(origin.user), act).await?;
                tell(tx, user, ArbiterNotice::Appointed)?;
                Ok(say(Ok(())))
            })
        })
        .await
    }

    /// Somebody does so no more. What they had taken or proposed waits for another one.
    pub async fn dismiss_arbiter(
        &self,
        origin: Origin,
        user: UserId,
        say: impl FnOnce(Result<(), ArbiterRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                if !tx.is_staff(origin.user, StaffRole::Operator).await? {
                    return Ok(say(Err(ArbiterRefusal::NotOperator)));
                }
                if !tx.remove_staff(user, StaffRole::Arbiter).await? {
                    return Ok(say(Err(ArbiterRefusal::AsItIs)));
                }
                app.arbiter_left(tx, Some(origin.user), user).await?;
                if tx.user(user).await?.is_some() {
                    tell(tx, user, ArbiterNotice::Dismissed)?;
                }
                Ok(say(Ok(())))
            })
        })
        .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    /// Writes down who may do more than trade, as the configuration says. Whoever was appointed in
    /// the chat stays.
    pub async fn appoint(&self, role: StaffRole, people: Vec<i64>) -> Result<(), StoreError> {
        let app = self.clone();
        self.store()
            .write(self.now(), move |tx| {
                Box::pin(async move {
                    for gone in tx.set_staff(role, &people).await? {
                        if role == StaffRole::Arbiter {
                            app.arbiter_left(tx, None, gone).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn arbiter_left(
        &self,
        tx: &mut Tx<'_>,
        by: Option<UserId>,
        arbiter: UserId,
    ) -> Result<(), StoreError> {
        tx.log_desk(self.seal(), by, Act::Dismissed { arbiter }).await?;
        for order in tx.open_cases().await? {
            let status = &order.status;
            let took = status.taken().is_some_and(|it| it.by == arbiter);
            let proposed = status.dispute().and_then(|it| it.proposed);
            if took || proposed.is_some_and(|it| it.by == arbiter) {
                self.note(tx, order.id, Fact::ArbiterLeft { arbiter }).await?;
            }
        }
        Ok(())
    }
}

/// What has changed, and the menu that goes with it.
fn tell(tx: &mut Tx<'_>, user: UserId, change: ArbiterNotice) -> Result<(), StoreError> {
    tx.enqueue(Letter::Notice { notice: Notice::Arbiter { change } }.to(user.0)?);
    tx.enqueue(Letter::Menu.to(user.0)?);
    Ok(())
}
