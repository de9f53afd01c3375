//! Coins that enter and leave the desk. A treasurer moves them in the world, and records here
//! what was moved, once for each transaction.

use super::orders::post;
use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::factor::FactorRefusal;
use crate::domain::ledger::{Account, Kind, Transfer};
use crate::domain::log::Act;
use crate::domain::money::Coins;
use crate::letter::{Letter, Notice, WithdrawalLine};
use crate::store::ledger::Posted;
use crate::store::users::StaffRole;
use crate::store::withdrawals::{Withdrawal, WithdrawalStatus};
use crate::store::{StoreError, Tx};

/// How much of an address is typed once more.
const ADDRESS_END: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepositRefusal {
    NotStaff,
    NoSuchUser,
    /// That transaction has been credited.
    Known,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithdrawRefusal {
    NotEnough {
        available: Coins,
    },
    /// It is not shown that its owner wishes it.
    Unproved {
        refusal: FactorRefusal,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettleRefusal {
    NotStaff,
    /// Settled or refused meanwhile, or never asked for.
    Gone,
    /// That transaction has settled another one.
    Known,
}

impl App {
    /// A treasurer records coins that have arrived for somebody.
    pub async fn deposit(
        &self,
        origin: Origin,
        user: UserId,
        coins: Coins,
        reference: String,
        say: impl FnOnce(Result<(), DepositRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                Ok(say(app.deposit_in(tx, origin.user, user, coins, &reference).await?))
            })
        })
        .await
    }

    /// Somebody wants coins sent out, and has typed `proof` for it: a code of the authenticator, or
    /// without one the last four characters of the address. The coins are set aside, and the
    /// treasurers hear of it.
    pub async fn withdraw(
        &self,
        origin: Origin,
        coins: Coins,
        address: String,
        proof: String,
        say: impl FnOnce(Result<WithdrawalLine, WithdrawRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                Ok(say(app.withdraw_in(tx, origin.user, coins, &address, &proof).await?))
            })
        })
        .await
    }

    async fn withdraw_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        coins: Coins,
        address: &str,
        proof: &str,
    ) -> Result<Result<WithdrawalLine, WithdrawRefusal>, StoreError> {
        let available = tx.balance(Account::User(user), coins.coin).await?;
        if coins.units > available.units {
            return Ok(Err(WithdrawRefusal::NotEnough { available }));
        }
        // An address is plain letters and digits, and longer than that.
        let end = &address[address.len().saturating_sub(ADDRESS_END)..];
        if let Err(refusal) = self.prove(tx, user, proof, Some(end)).await? {
            return Ok(Err(WithdrawRefusal::Unproved { refusal }));
        }
        let asked = tx.insert_withdrawal(self.seal(), user, coins, address).await?;
        self.book(tx, user, &Transfer::withdraw_ask(asked.id, user, coins)).await?;
        let line = WithdrawalLine::from(asked);
        for treasurer in tx.staff(StaffRole::Treasurer).await? {
            let notice = Notice::WithdrawalAsked { line: line.clone() };
            tx.enqueue(Letter::Notice { notice }.to(treasurer.0)?);
        }
        Ok(Ok(line))
    }

    /// A treasurer has sent the coins (`reference` is the transaction), or refuses to.
    pub async fn settle(
        &self,
        origin: Origin,
        id: i64,
        reference: Option<String>,
        say: impl FnOnce(Result<WithdrawalLine, SettleRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                Ok(say(app.settle_in(tx, origin.user, id, reference.as_deref()).await?))
            })
        })
        .await
    }

    async fn deposit_in(
        &self,
        tx: &mut Tx<'_>,
        by: UserId,
        user: UserId,
        coins: Coins,
        reference: &str,
    ) -> Result<Result<(), DepositRefusal>, StoreError> {
        if !tx.is_staff(by, StaffRole::Treasurer).await? {
            return Ok(Err(DepositRefusal::NotStaff));
        }
        if tx.user(user).await?.is_none() {
            return Ok(Err(DepositRefusal::NoSuchUser));
        }
        if tx.is_posted(Kind::Deposit, reference).await? {
            return Ok(Err(DepositRefusal::Known));
        }
        self.book(tx, by, &Transfer::deposit(user, coins, reference)).await?;
        let notice = Notice::Credited { coins, reference: reference.to_owned() };
        tx.enqueue(Letter::Notice { notice }.to(user.0)?);
        Ok(Ok(()))
    }

    async fn settle_in(
        &self,
        tx: &mut Tx<'_>,
        by: UserId,
        id: i64,
        reference: Option<&str>,
    ) -> Result<Result<WithdrawalLine, SettleRefusal>, StoreError> {
        if !tx.is_staff(by, StaffRole::Treasurer).await? {
            return Ok(Err(SettleRefusal::NotStaff));
        }
        let Some(asked) = tx.withdrawal(id).await? else { return Ok(Err(SettleRefusal::Gone)) };
        if asked.status != WithdrawalStatus::Waiting {
            return Ok(Err(SettleRefusal::Gone));
        }
        if let Some(reference) = reference
            && tx.has_settled(reference).await?
        {
            return Ok(Err(SettleRefusal::Known));
        }
        tx.settle_withdrawal(id, by, reference).await?;
        let transfer = match reference {
            Some(_) => Transfer::withdraw_paid(id, asked.coins),
            None => Transfer::withdraw_return(id, asked.user, asked.coins),
        };
        self.book(tx, by, &transfer).await?;
        let user = asked.user;
        let line = WithdrawalLine {
            reference: reference.map(str::to_owned),
            ..WithdrawalLine::from(asked)
        };
        let notice = match reference {
            Some(_) => Notice::WithdrawalPaid { line: line.clone() },
            None => Notice::WithdrawalRefused { line: line.clone() },
        };
        tx.enqueue(Letter::Notice { notice }.to(user.0)?);
        Ok(Ok(line))
    }

    /// Coins that no order moves: the log says which row of the ledger that is, and whose doing.
    async fn book(
        &self,
        tx: &mut Tx<'_>,
        by: UserId,
        transfer: &Transfer,
    ) -> Result<(), StoreError> {
        let Posted { row, hash } = post(tx, transfer).await?;
        tx.log_desk(self.seal(), Some(by), Act::Booked { transfer: row, hash }).await
    }
}

impl From<Withdrawal> for WithdrawalLine {
    fn from(it: Withdrawal) -> Self {
        let Withdrawal { id, user, coins, asked_at, reference, status: _ } = it;
        Self { id, user, coins, asked_at, reference }
    }
}
