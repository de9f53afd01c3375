//! Transfers and balances. Each transfer carries the hash of the one before.

use std::fmt::Display;

use sqlx_sqlite::SqliteConnection;

use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::ledger::{Account, Hash, Kind, Transfer};
use crate::domain::money::{Coin, Coins};

/// A transfer that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    pub row: i64,
    pub hash: Hash,
}

/// How a transfer that was not made failed. The first two are answers, not accidents.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("there is not so much on {account}")]
    NotEnough { account: String },
    #[error("that has been posted already")]
    Known,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for PostError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Tx<'_> {
    /// Moves coins: the transfer, its link in the chain, and both balances.
    ///
    /// After an error the transaction must be given up: part of it may be written.
    pub async fn post(&mut self, transfer: &Transfer) -> Result<Posted, PostError> {
        let at = millis(self.now());
        let conn = self.conn().await?;
        let previous: Option<Vec<u8>> =
            sqlx::query_scalar("select hash from transfers order by id desc limit 1")
                .fetch_optional(&mut *conn)
                .await?;
        let hash = transfer.hash_after(&link(previous, "transfers", "last")?, at);
        let (debit, credit) = (transfer.debit.to_string(), transfer.credit.to_string());
        let coin = transfer.coins.coin.code();
        let not_enough = || PostError::NotEnough { account: debit.clone() };
        let row = sqlx::query_scalar(
            "insert into transfers (debit, credit, coin, units, kind, key, at, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        )
        .bind(&debit)
        .bind(&credit)
        .bind(coin)
        .bind(transfer.coins.units)
        .bind(transfer.kind.as_str())
        .bind(&transfer.key)
        .bind(at)
        .bind(hash.0.as_slice())
        .fetch_one(&mut *conn)
        .await
        .map_err(|error| if is_unique(&error) { PostError::Known } else { error.into() })?;
        let taken =
            sqlx::query("update balances set units = units - $3 where account = $1 and coin = $2")
                .bind(&debit)
                .bind(coin)
                .bind(transfer.coins.units)
                .execute(&mut *conn)
                .await
                .map_err(|error| if is_check(&error) { not_enough() } else { error.into() })?;
        match (taken.rows_affected(), transfer.debit) {
            (0, Account::Outside) => add(conn, &debit, coin, -transfer.coins.units).await?,
            (0, Account::User(_) | Account::Escrow(_) | Account::Withdrawal(_)) => {
                return Err(not_enough());
            }
            _ => {}
        }
        add(conn, &credit, coin, transfer.coins.units).await?;
        Ok(Posted { row, hash })
    }

    /// Whether something of this kind was posted under this key.
    pub async fn is_posted(&mut self, kind: Kind, key: &str) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(
            "select exists (select 1 from transfers where kind = $1 and key = $2)",
        )
        .bind(kind.as_str())
        .bind(key)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(found)
    }

    pub async fn balance(&mut self, account: Account, coin: Coin) -> Result<Coins, StoreError> {
        let units: Option<i64> =
            sqlx::query_scalar("select units from balances where account = $1 and coin = $2")
                .bind(account.to_string())
                .bind(coin.code())
                .fetch_optional(self.conn().await?)
                .await?;
        Ok(Coins::new(coin, units.unwrap_or(0)))
    }
}

/// Adds to a balance, or begins one. SQLite checks the row that would be inserted before it looks
/// for a conflict, so only the outside may be begun below zero.
async fn add(
    conn: &mut SqliteConnection,
    account: &str,
    coin: &str,
    units: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into balances (account, coin, units) values ($1, $2, $3)
         on conflict (account, coin) do update set units = units + excluded.units",
    )
    .bind(account)
    .bind(coin)
    .bind(units)
    .execute(conn)
    .await?;
    Ok(())
}

impl Store {
    /// What a person has of each coin and may sell or withdraw.
    pub async fn available(&self, user: UserId) -> Result<Vec<Coins>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("select coin, units from balances where account = $1")
                .bind(Account::User(user).to_string())
                .fetch_all(self.readers())
                .await?;
        Ok(per_coin(&rows))
    }

    /// As [`Store::available`], for one coin.
    pub async fn available_of(&self, user: UserId, coin: Coin) -> Result<Coins, StoreError> {
        let all = self.available(user).await?;
        Ok(all.into_iter().find(|it| it.coin == coin).unwrap_or_else(|| Coins::zero(coin)))
    }

    /// What is locked in a person's open sales.
    pub async fn locked(&self, user: UserId) -> Result<Vec<Coins>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select coin, cast(sum(units) as bigint) from orders
             where seller = $1 and status not in ('claimed', 'released', 'cancelled', 'expired')
             group by coin",
        )
        .bind(user.0)
        .fetch_all(self.readers())
        .await?;
        Ok(per_coin(&rows))
    }
}

fn per_coin(rows: &[(String, i64)]) -> Vec<Coins> {
    Coin::ALL
        .into_iter()
        .map(|coin| {
            let found = rows.iter().find(|(code, _)| code == coin.code());
            Coins::new(coin, found.map_or(0, |(_, units)| *units))
        })
        .collect()
}

/// A hash as it is stored; what stands before the first row, where there is none.
pub(super) fn link(
    stored: Option<Vec<u8>>,
    table: &'static str,
    row: impl Display,
) -> Result<Hash, StoreError> {
    match stored {
        None => Ok(Hash::START),
        Some(bytes) => <[u8; 32]>::try_from(bytes.as_slice())
            .map(Hash)
            .map_err(|source| StoreError::corrupt(table, row, "hash", source)),
    }
}

pub(super) fn is_unique(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|it| it.is_unique_violation())
}

fn is_check(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|it| it.is_check_violation())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::WriteError;
    use crate::store::tests::{at, open};

    #[derive(Debug, thiserror::Error)]
    enum Failed {
        #[error(transparent)]
        Post(#[from] PostError),
        #[error(transparent)]
        Write(#[from] WriteError),
    }

    fn usdt(units: i64) -> Coins {
        Coins::new(Coin::Usdt, units)
    }

    /// Withdraws so much of what Li has. The key is the withdrawal's number.
    async fn withdraws(store: &Store, units: i64, key: &'static str) -> Result<Posted, Failed> {
        let transfer = Transfer {
            debit: Account::User(UserId(1)),
            credit: Account::Withdrawal(7),
            coins: usdt(units),
            kind: Kind::WithdrawAsk,
            key: key.into(),
        };
        posts(store, transfer).await
    }

    async fn posts(store: &Store, transfer: Transfer) -> Result<Posted, Failed> {
        store.write(at(0), |tx| Box::pin(async move { Ok(tx.post(&transfer).await?) })).await
    }

    fn not_enough(end: &Result<Posted, Failed>) -> bool {
        matches!(end, Err(Failed::Post(PostError::NotEnough { .. })))
    }

    async fn balances(store: &Store) -> Vec<(String, i64)> {
        sqlx::query_as("select account, units from balances order by account")
            .fetch_all(store.readers())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn nobody_gives_what_is_not_there_and_only_the_outside_owes() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _writer) = open(folder.path()).await;
        let without = withdraws(&store, 1, "1").await;
        assert!(not_enough(&without), "who has never had any");
        assert_eq!(balances(&store).await, []);

        let deposit = Transfer {
            debit: Account::Outside,
            credit: Account::User(UserId(1)),
            coins: usdt(5),
            kind: Kind::Deposit,
            key: "a transaction".into(),
        };
        posts(&store, deposit.clone()).await.unwrap();
        let again = posts(&store, deposit.clone()).await;
        assert!(matches!(again, Err(Failed::Post(PostError::Known))), "{again:?}");
        let nothing = Transfer { coins: usdt(0), key: "another".into(), ..deposit };
        let odd = posts(&store, nothing).await;
        assert!(matches!(odd, Err(Failed::Post(PostError::Store(_)))), "{odd:?}");
        let too_much = withdraws(&store, 6, "2").await;
        assert!(not_enough(&too_much), "{too_much:?}");
        withdraws(&store, 5, "3").await.unwrap();
        let row = |account: Account, units| (account.to_string(), units);
        let mut expected = [
            row(Account::Outside, -5),
            row(Account::User(UserId(1)), 0),
            row(Account::Withdrawal(7), 5),
        ];
        expected.sort();
        assert_eq!(balances(&store).await, expected);
    }
}
