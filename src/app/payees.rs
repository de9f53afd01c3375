//! The accounts that people keep here, and the one from which they pay.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::money::Fen;
use crate::domain::order::OrderId;
use crate::domain::payee::{Cap, Kept, PayeeId, PayeeRefusal, PersonalCode, Taken};
use crate::domain::payer::Payer;
use crate::letter::{AccountChange, AccountLine, AccountNotice, Letter, Notice, PayeeChoice};
use crate::store::orders::Payee;
use crate::store::{StoreError, Tx};

/// What somebody wants of the own accounts.
#[derive(Clone, Debug)]
pub enum PayeeChange {
    /// Keep another one. It waits, unless it is the first.
    Add(Payee),
    /// Change one that is kept, as it was seen.
    Of { payee: PayeeId, version: i64, wish: PayeeWish },
}

#[derive(Clone, Debug)]
pub enum PayeeWish {
    Default,
    Pause,
    Resume,
    Cap(Cap, Option<Fen>),
    /// Another code, for which the account waits; or none.
    Code(Option<PersonalCode>),
    /// Erase it.
    Remove,
}

impl App {
    /// Every change of somebody's accounts, one transaction each. What could lead money to somebody
    /// else is told to the owner, and waits. Says how the account stands then, if there is one.
    pub async fn change_payee(
        &self,
        origin: Origin,
        change: PayeeChange,
        say: impl FnOnce(Result<Option<AccountLine>, PayeeRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = match change {
                    PayeeChange::Add(payee) => {
                        app.add_payee(tx, origin.user, &payee).await?.map(Some)
                    }
                    PayeeChange::Of { payee, version, wish } => {
                        app.change_payee_in(tx, origin.user, (payee, version), wish).await?
                    }
                };
                Ok(say(outcome))
            })
        })
        .await
    }

    async fn add_payee(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        payee: &Payee,
    ) -> Result<Result<AccountLine, PayeeRefusal>, StoreError> {
        let seal = self.seal();
        let all = tx.payees_of(seal, user).await?;
        if all.iter().any(|it| it.account == payee.account) {
            return Ok(Err(PayeeRefusal::Known));
        }
        let most = self.policy().payees.most;
        if all.len() >= most as usize {
            return Ok(Err(PayeeRefusal::TooMany { most }));
        }
        let ever_had_one = tx.ever_had_payee(user).await?;
        let usable_at = self.policy().payees.usable_from(ever_had_one, tx.now());
        let id = tx.keep_payee(seal, user, payee, usable_at).await?;
        let Some(kept) = tx.kept_payee(seal, id).await? else { return Ok(Err(PayeeRefusal::Gone)) };
        let line = self.line_in(tx, &kept).await?;
        if ever_had_one {
            tell(tx, user, AccountChange::Added, &line)?;
        }
        Ok(Ok(line))
    }

    async fn change_payee_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        (id, version): (PayeeId, i64),
        wish: PayeeWish,
    ) -> Result<Result<Option<AccountLine>, PayeeRefusal>, StoreError> {
        let seal = self.seal();
        let found = tx.kept_payee(seal, id).await?.filter(|it| it.owner == user);
        let Some(mut kept) = found else { return Ok(Err(PayeeRefusal::Gone)) };
        if kept.version != version {
            return Ok(Err(PayeeRefusal::Stale));
        }
        kept.version += 1;
        let what = match wish {
            PayeeWish::Remove => return self.remove_in(tx, &kept, version).await,
            PayeeWish::Code(code) => {
                if code.is_some() {
                    // A code may lead to anybody: it waits like a new account.
                    let wait = self.policy().payees.usable_from(true, tx.now());
                    kept.usable_at = kept.usable_at.max(wait);
                }
                kept.code = code;
                Some(AccountChange::Code)
            }
            PayeeWish::Default => {
                kept.is_default = true;
                None
            }
            PayeeWish::Pause => {
                kept.paused = true;
                None
            }
            PayeeWish::Resume => {
                kept.paused = false;
                None
            }
            PayeeWish::Cap(cap, most) => {
                match cap {
                    Cap::Day => kept.caps.day = most,
                    Cap::Month => kept.caps.month = most,
                }
                None
            }
        };
        tx.save_payee(seal, &kept, version).await?;
        let line = self.line_in(tx, &kept).await?;
        if let Some(what) = what {
            tell(tx, user, what, &line)?;
        }
        Ok(Ok(Some(line)))
    }

    /// Erases an account; an open order that is paid to it keeps it.
    async fn remove_in(
        &self,
        tx: &mut Tx<'_>,
        kept: &Kept,
        version: i64,
    ) -> Result<Result<Option<AccountLine>, PayeeRefusal>, StoreError> {
        if tx.is_paid_to(kept.id).await? {
            return Ok(Err(PayeeRefusal::InUse));
        }
        let line = self.line_in(tx, kept).await?;
        tx.remove_payee(kept, version).await?;
        let line = AccountLine { waits_until: None, ..line };
        tell(tx, kept.owner, AccountChange::Removed, &line)?;
        Ok(Ok(None))
    }

    async fn line_in(&self, tx: &mut Tx<'_>, kept: &Kept) -> Result<AccountLine, StoreError> {
        let taken = tx.taken(self.seal(), kept.owner, &kept.account).await?;
        Ok(line(kept, taken, tx.now()))
    }

    /// Somebody's accounts, the default one first.
    pub async fn accounts_of(&self, user: UserId) -> Result<Vec<AccountLine>, StoreError> {
        Ok(self
            .kept_by(user)
            .await?
            .iter()
            .map(|(kept, taken)| line(kept, *taken, self.now()))
            .collect())
    }

    /// One of somebody's accounts.
    pub async fn account_of(
        &self,
        user: UserId,
        id: PayeeId,
    ) -> Result<Option<AccountLine>, StoreError> {
        Ok(self.accounts_of(user).await?.into_iter().find(|it| it.id == id))
    }

    /// Which of somebody's accounts an order of so many fen may be paid to. `None`: there has never
    /// been one, so that any may be named.
    pub async fn payee_choices(
        &self,
        user: UserId,
        fen: Fen,
    ) -> Result<Option<Vec<PayeeChoice>>, StoreError> {
        if !self.store().ever_had_payee(user).await? {
            return Ok(None);
        }
        let now = self.now();
        let choice = |(kept, taken): &(Kept, Taken)| PayeeChoice {
            line: line(kept, *taken, now),
            why_not: kept.takes(fen, *taken, now).err(),
        };
        Ok(Some(self.kept_by(user).await?.iter().map(choice).collect()))
    }

    async fn kept_by(&self, user: UserId) -> Result<Vec<(Kept, Taken)>, StoreError> {
        let mut all = Vec::new();
        for kept in self.store().payees_of(self.seal(), user).await? {
            let taken = self.store().taken(self.seal(), user, &kept.account, self.now()).await?;
            all.push((kept, taken));
        }
        Ok(all)
    }

    /// From now on somebody pays from that account. Open orders keep what was declared for them.
    pub async fn declare_payer(
        &self,
        origin: Origin,
        payer: Payer,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                tx.declare_payer(app.seal(), origin.user, &payer).await?;
                Ok(reply)
            })
        })
        .await
    }

    /// Erases somebody's names and accounts, or says which orders still need them.
    pub async fn forget(
        &self,
        origin: Origin,
        say: impl FnOnce(Result<(), Vec<OrderId>>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                let open = tx.open_orders_of(origin.user).await?;
                if !open.is_empty() {
                    return Ok(say(Err(open)));
                }
                tx.forget_accounts(origin.user).await?;
                Ok(say(Ok(())))
            })
        })
        .await
    }
}

/// The owner hears of a change that somebody else might have made.
fn tell(
    tx: &mut Tx<'_>,
    owner: UserId,
    what: AccountChange,
    line: &AccountLine,
) -> Result<(), StoreError> {
    let AccountLine { account, name, waits_until, .. } = line.clone();
    let notice =
        Notice::Account { change: AccountNotice { what, account, name, usable_at: waits_until } };
    tx.enqueue(Letter::Notice { notice }.to(owner.0)?);
    Ok(())
}

fn line(kept: &Kept, taken: Taken, now: chrono::DateTime<chrono::Utc>) -> AccountLine {
    AccountLine {
        id: kept.id,
        version: kept.version,
        account: kept.account.mask(),
        name: kept.name.mask(),
        has_code: kept.code.is_some(),
        paused: kept.paused,
        is_default: kept.is_default,
        caps: kept.caps,
        taken,
        waits_until: (now < kept.usable_at).then_some(kept.usable_at),
    }
}
