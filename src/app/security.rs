//! The second factor: turning it on and off, and proving a wish with it.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::factor::{
    Factor, FactorRefusal, Miss, RECOVERY_CODES, RECOVERY_LENGTH, Throttle, Totp, Typed,
    recovery_code, repeats,
};
use crate::letter::{Letter, SecurityWish};
use crate::secrets::SealError;
use crate::store::{StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolRefusal {
    /// That code does not belong to the secret. Nothing is counted: whoever types it has the
    /// secret before the eyes, and there is nothing to guess.
    WrongCode,
    /// It is on already.
    On,
    /// No secret waits for its first code any more.
    NotBegun,
}

impl App {
    /// Proves that `user` wishes what is about to be written in the same transaction.
    ///
    /// With an authenticator `typed` must be a code of now or an unused recovery code. Without
    /// one it must repeat `digits`, the last digits of what is agreed to; with `None` only an
    /// authenticator is enough, and [`FactorRefusal::Required`] says so. A refusal has been
    /// counted: the caller has to let the transaction commit.
    pub(super) async fn prove(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        typed: &str,
        digits: Option<&str>,
    ) -> Result<Result<Factor, FactorRefusal>, StoreError> {
        let held = tx.second_factor(self.seal(), user).await?;
        if held.totp.is_none() && digits.is_none() {
            return Ok(Err(FactorRefusal::Required));
        }
        let counted = match held.throttle.attempt(tx.now()) {
            Ok(counted) => counted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        tx.set_throttle(user, counted).await?;
        let proved = match (&held.totp, Typed::read(typed)) {
            (Some(totp), Typed::Code(code)) => match totp.check(&code, held.last_step, tx.now()) {
                Ok(step) => tx.use_step(user, step).await.map(|()| Ok(Factor::Totp))?,
                Err(miss) => Err(miss),
            },
            (Some(_), Typed::Recovery(code)) => {
                let used = tx.use_recovery_code(self.seal(), user, &code).await?;
                used.map(|()| Factor::Recovery)
            }
            (Some(_), Typed::Other) => Err(Miss::Wrong),
            (None, _) => match digits {
                Some(digits) if repeats(typed, digits) => Ok(Factor::Digits),
                Some(_) | None => Err(Miss::Wrong),
            },
        };
        match proved {
            Ok(factor) => {
                tx.set_throttle(user, Throttle::default()).await?;
                Ok(Ok(factor))
            }
            Err(miss) => {
                let refusal = counted.refusal(miss);
                if let FactorRefusal::Locked { until } = refusal {
                    tracing::warn!(%user, %until, "too many wrong proofs");
                }
                Ok(Err(refusal))
            }
        }
    }

    /// Begins with a new secret, which counts for nothing before its first code.
    pub async fn enrol(
        &self,
        origin: Origin,
        say: impl FnOnce(Result<(), EnrolRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                take_away(tx, origin.chat).await?;
                let totp = Totp::new(random()?);
                let begun = tx.propose_totp(app.seal(), origin.user, &totp).await?;
                Ok(say(if begun { Ok(()) } else { Err(EnrolRefusal::On) }))
            })
        })
        .await
    }

    /// The first code turns it on; the recovery codes are shown next.
    pub async fn confirm_enrolment(
        &self,
        origin: Origin,
        typed: String,
        say: impl FnOnce(Result<(), EnrolRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.confirm_in(tx, origin, &typed).await?)) })
        })
        .await
    }

    async fn confirm_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        typed: &str,
    ) -> Result<Result<(), EnrolRefusal>, StoreError> {
        let user = origin.user;
        let Some(totp) = tx.proposed_totp(self.seal(), user).await? else {
            return Ok(Err(EnrolRefusal::NotBegun));
        };
        let Typed::Code(code) = Typed::read(typed) else { return Ok(Err(EnrolRefusal::WrongCode)) };
        let Ok(step) = totp.check(&code, None, tx.now()) else {
            return Ok(Err(EnrolRefusal::WrongCode));
        };
        tx.confirm_totp(user, step).await?;
        self.new_codes(tx, origin).await?;
        tracing::info!(%user, "a second factor was turned on");
        Ok(Ok(()))
    }

    /// Turns it off, or makes new recovery codes, for a proof.
    pub async fn change_factor(
        &self,
        origin: Origin,
        wish: SecurityWish,
        typed: String,
        say: impl FnOnce(Result<(), FactorRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.change_in(tx, origin, wish, &typed).await?)) })
        })
        .await
    }

    async fn change_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        wish: SecurityWish,
        typed: &str,
    ) -> Result<Result<(), FactorRefusal>, StoreError> {
        let user = origin.user;
        if !tx.has_totp(user).await? {
            return Ok(Err(FactorRefusal::NotEnrolled));
        }
        if let Err(refusal) = self.prove(tx, user, typed, None).await? {
            return Ok(Err(refusal));
        }
        match wish {
            SecurityWish::TurnOff => {
                tx.forget_totp(user).await?;
                take_away(tx, origin.chat).await?;
                tracing::info!(%user, "a second factor was turned off");
            }
            SecurityWish::NewCodes => self.new_codes(tx, origin).await?,
        }
        Ok(Ok(()))
    }

    /// Whatever showed a secret in this chat is taken away, and the recovery codes are from now on
    /// known to their owner only.
    pub async fn hide_secrets(&self, origin: Origin, reply: Reply) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                tx.hide_recovery_codes(origin.user).await?;
                take_away(tx, origin.chat).await?;
                Ok(reply)
            })
        })
        .await
    }

    async fn new_codes(&self, tx: &mut Tx<'_>, origin: Origin) -> Result<(), StoreError> {
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            codes.push(recovery_code(random::<RECOVERY_LENGTH>()?));
        }
        tx.set_recovery_codes(self.seal(), origin.user, &codes).await?;
        take_away(tx, origin.chat).await
    }
}

/// Messages that showed a secret leave the chat.
async fn take_away(tx: &mut Tx<'_>, chat: i64) -> Result<(), StoreError> {
    for message in tx.take_passing(chat).await? {
        tx.enqueue(Letter::TakeAway { message }.to(chat)?);
    }
    Ok(())
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(SealError::Random)?;
    Ok(bytes)
}
