//! Stops: what operators stop and lift. Each is logged, and told to the other operators and to whom
//! it concerns.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::log::Act;
use crate::domain::stop::{StopId, Target};
use crate::letter::{Letter, Notice, StopLine, StopNotice};
use crate::store::stops::Stop;
use crate::store::users::StaffRole;
use crate::store::{StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopRefusal {
    NotOperator,
    /// There is no such person or ad.
    Unknown,
    Already {
        line: StopLine,
    },
    NotStopped,
}

impl App {
    /// An operator stops something, for a reason that those concerned read.
    pub async fn stop(
        &self,
        origin: Origin,
        target: Target,
        reason: String,
        say: impl FnOnce(Result<StopLine, StopRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.stop_in(tx, origin.user, target, &reason).await?)) })
        })
        .await
    }

    async fn stop_in(
        &self,
        tx: &mut Tx<'_>,
        by: UserId,
        target: Target,
        reason: &str,
    ) -> Result<Result<StopLine, StopRefusal>, StoreError> {
        if !tx.is_staff(by, StaffRole::Operator).await? {
            return Ok(Err(StopRefusal::NotOperator));
        }
        let Some(concerned) = concerned(tx, target).await? else {
            return Ok(Err(StopRefusal::Unknown));
        };
        if let Some(stop) = tx.stop_of(target).await? {
            return Ok(Err(StopRefusal::Already { line: StopLine::from(stop) }));
        }
        let stop = tx.insert_stop(self.seal(), target, by, reason).await?;
        let act = Act::Stopped { stop: stop.id, target };
        tx.log_desk(self.seal(), Some(by), act).await?;
        tell(tx, stop.id, target, by, concerned, false).await?;
        tracing::info!(stop = %stop.id, ?target, user = %by, "stopped");
        Ok(Ok(StopLine::from(stop)))
    }

    /// An operator lifts a stop.
    pub async fn lift(
        &self,
        origin: Origin,
        target: Target,
        say: impl FnOnce(Result<(), StopRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.lift_in(tx, origin.user, target).await?)) })
        })
        .await
    }

    async fn lift_in(
        &self,
        tx: &mut Tx<'_>,
        by: UserId,
        target: Target,
    ) -> Result<Result<(), StopRefusal>, StoreError> {
        if !tx.is_staff(by, StaffRole::Operator).await? {
            return Ok(Err(StopRefusal::NotOperator));
        }
        let Some(stop) = tx.stop_of(target).await? else {
            return Ok(Err(StopRefusal::NotStopped));
        };
        let concerned = concerned(tx, target).await?.unwrap_or_default();
        tx.lift(stop.id, by).await?;
        tx.log_desk(self.seal(), Some(by), Act::Lifted { stop: stop.id, target }).await?;
        tell(tx, stop.id, target, by, concerned, true).await?;
        tracing::info!(stop = %stop.id, ?target, user = %by, "lifted");
        Ok(Ok(()))
    }
}

/// Whose orders end by it, if it can be stopped at all. Everybody hears of a pause when they want
/// to sell.
async fn concerned(tx: &mut Tx<'_>, target: Target) -> Result<Option<Vec<UserId>>, StoreError> {
    Ok(match target {
        Target::Desk => Some(Vec::new()),
        Target::User(user) => tx.user(user).await?.map(|it| vec![it.id]),
        Target::Ad(ad) => tx.ad(ad).await?.map(|it| vec![it.owner]),
    })
}

async fn tell(
    tx: &mut Tx<'_>,
    stop: StopId,
    target: Target,
    by: UserId,
    concerned: Vec<UserId>,
    lifted: bool,
) -> Result<(), StoreError> {
    let operators = tx.staff(StaffRole::Operator).await?;
    let others = operators.into_iter().filter(|it| *it != by).map(|it| (it, false));
    let readers = others.chain(concerned.into_iter().map(|it| (it, true)));
    for (reader, own) in readers {
        let change = StopNotice { stop, target, by, lifted, own };
        tx.enqueue(Letter::Notice { notice: Notice::Stop { change } }.to(reader.0)?);
    }
    Ok(())
}

impl From<Stop> for StopLine {
    fn from(stop: Stop) -> Self {
        let Stop { id, target, by, at } = stop;
        Self { stop: id, target, by, at }
    }
}
