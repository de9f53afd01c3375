//! Wishes to take coins out of the desk.

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::money::{Coin, Coins};
use crate::secrets::{Place, Seal};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    pub id: i64,
    pub user: UserId,
    pub coins: Coins,
    pub asked_at: DateTime<Utc>,
    pub status: WithdrawalStatus,
    /// The transaction that paid it.
    pub reference: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithdrawalStatus {
    Waiting,
    Paid,
    Refused,
}

#[derive(sqlx::FromRow)]
struct WithdrawalRow {
    id: i64,
    user_id: i64,
    coin: String,
    units: i64,
    asked_at: i64,
    status: String,
    reference: Option<String>,
}

impl TryFrom<WithdrawalRow> for Withdrawal {
    type Error = StoreError;

    fn try_from(row: WithdrawalRow) -> Result<Self, StoreError> {
        let corrupt =
            |column, found: &str| StoreError::corrupt("withdrawals", row.id, column, found);
        let coin = Coin::from_code(&row.coin).ok_or_else(|| corrupt("coin", &row.coin))?;
        let status = match row.status.as_str() {
            "waiting" => WithdrawalStatus::Waiting,
            "paid" => WithdrawalStatus::Paid,
            "refused" => WithdrawalStatus::Refused,
            other => return Err(corrupt("status", other)),
        };
        Ok(Self {
            id: row.id,
            user: UserId(row.user_id),
            coins: Coins::new(coin, row.units),
            asked_at: from_millis(row.asked_at),
            status,
            reference: row.reference,
        })
    }
}

fn place(id: i64) -> Place<i64> {
    Place { table: "withdrawals", row: id, column: "address" }
}

const COLUMNS: &str =
    "select id, user_id, coin, units, asked_at, status, reference from withdrawals where id = $1";

impl Tx<'_> {
    pub async fn insert_withdrawal(
        &mut self,
        seal: &Seal,
        user: UserId,
        coins: Coins,
        address: &str,
    ) -> Result<Withdrawal, StoreError> {
        let now = self.now();
        let last: Option<i64> = sqlx::query_scalar("select max(id) from withdrawals")
            .fetch_one(self.conn().await?)
            .await?;
        let id = last.unwrap_or(0) + 1;
        sqlx::query(
            "insert into withdrawals (id, user_id, coin, units, address, status, asked_at)
             values ($1, $2, $3, $4, $5, 'waiting', $6)",
        )
        .bind(id)
        .bind(user.0)
        .bind(coins.coin.code())
        .bind(coins.units)
        .bind(seal.seal(place(id), address)?)
        .bind(millis(now))
        .execute(self.conn().await?)
        .await?;
        let status = WithdrawalStatus::Waiting;
        Ok(Withdrawal { id, user, coins, asked_at: now, status, reference: None })
    }

    pub async fn withdrawal(&mut self, id: i64) -> Result<Option<Withdrawal>, StoreError> {
        let row: Option<WithdrawalRow> =
            sqlx::query_as(COLUMNS).bind(id).fetch_optional(self.conn().await?).await?;
        row.map(Withdrawal::try_from).transpose()
    }

    /// Settles a waiting withdrawal: paid by that transaction, or refused without one.
    pub async fn settle_withdrawal(
        &mut self,
        id: i64,
        by: UserId,
        reference: Option<&str>,
    ) -> Result<(), StoreError> {
        let status = if reference.is_some() { "paid" } else { "refused" };
        let settled = sqlx::query(
            "update withdrawals set status = $2, settled_by = $3, settled_at = $4, reference = $5
             where id = $1 and status = 'waiting'",
        )
        .bind(id)
        .bind(status)
        .bind(by.0)
        .bind(millis(self.now()))
        .bind(reference)
        .execute(self.conn().await?)
        .await?;
        match settled.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { table: "withdrawals", row: id.to_string() }),
        }
    }

    /// Whether a transaction has settled a withdrawal already.
    pub async fn has_settled(&mut self, reference: &str) -> Result<bool, StoreError> {
        let found =
            sqlx::query_scalar("select exists (select 1 from withdrawals where reference = $1)")
                .bind(reference)
                .fetch_one(self.conn().await?)
                .await?;
        Ok(found)
    }
}

impl Store {
    pub async fn withdrawal(&self, id: i64) -> Result<Option<Withdrawal>, StoreError> {
        let row: Option<WithdrawalRow> =
            sqlx::query_as(COLUMNS).bind(id).fetch_optional(self.readers()).await?;
        row.map(Withdrawal::try_from).transpose()
    }

    /// What waits for a treasurer, oldest first.
    pub async fn waiting_withdrawals(
        &self,
        of: Option<UserId>,
    ) -> Result<Vec<Withdrawal>, StoreError> {
        let rows: Vec<WithdrawalRow> = sqlx::query_as(
            "select id, user_id, coin, units, asked_at, status, reference from withdrawals
             where status = 'waiting' and ($1 is null or user_id = $1) order by id limit 50",
        )
        .bind(of.map(|it| it.0))
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Withdrawal::try_from).collect()
    }

    /// Where the coins of a withdrawal go: for the treasurer's page.
    pub async fn withdrawal_address(
        &self,
        seal: &Seal,
        id: i64,
    ) -> Result<Option<String>, StoreError> {
        let sealed: Option<Vec<u8>> =
            sqlx::query_scalar("select address from withdrawals where id = $1")
                .bind(id)
                .fetch_optional(self.readers())
                .await?;
        sealed
            .map(|sealed| {
                seal.open(place(id), &sealed)
                    .map(|it| it.expose_secret().to_owned())
                    .map_err(|source| StoreError::corrupt("withdrawals", id, "address", source))
            })
            .transpose()
    }
}
