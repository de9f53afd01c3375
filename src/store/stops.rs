//! What operators have stopped, and why.

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::stop::{StopId, Target};
use crate::secrets::{Place, Seal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub id: StopId,
    pub target: Target,
    /// The operator.
    pub by: UserId,
    pub at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct StopRow {
    id: i64,
    scope: String,
    subject: i64,
    by: i64,
    at: i64,
}

impl TryFrom<StopRow> for Stop {
    type Error = StoreError;

    fn try_from(row: StopRow) -> Result<Self, StoreError> {
        let StopRow { id, scope, subject, by, at } = row;
        let target = Target::from_parts(&scope, subject)
            .ok_or_else(|| StoreError::corrupt("stops", id, "scope", scope))?;
        Ok(Self { id: StopId(id), target, by: UserId(by), at: from_millis(at) })
    }
}

fn place(id: i64) -> Place<i64> {
    Place { table: "stops", row: id, column: "reason" }
}

const IN_FORCE: &str = "select id, scope, subject, by, at from stops
    where scope = $1 and subject = $2 and lifted_at is null";

impl Tx<'_> {
    /// The stop of this, if there is one.
    pub async fn stop_of(&mut self, target: Target) -> Result<Option<Stop>, StoreError> {
        let (scope, subject) = target.parts();
        let row: Option<StopRow> = sqlx::query_as(IN_FORCE)
            .bind(scope)
            .bind(subject)
            .fetch_optional(self.conn().await?)
            .await?;
        row.map(Stop::try_from).transpose()
    }

    /// Stops what is not stopped.
    pub async fn insert_stop(
        &mut self,
        seal: &Seal,
        target: Target,
        by: UserId,
        reason: &str,
    ) -> Result<Stop, StoreError> {
        let (scope, subject) = target.parts();
        let at = self.now();
        let last: Option<i64> =
            sqlx::query_scalar("select max(id) from stops").fetch_one(self.conn().await?).await?;
        let id = last.unwrap_or(0) + 1;
        sqlx::query(
            "insert into stops (id, scope, subject, by, reason, at) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(scope)
        .bind(subject)
        .bind(by.0)
        .bind(seal.seal(place(id), reason)?)
        .bind(millis(at))
        .execute(self.conn().await?)
        .await?;
        Ok(Stop { id: StopId(id), target, by, at })
    }

    pub async fn lift(&mut self, stop: StopId, by: UserId) -> Result<(), StoreError> {
        let now = millis(self.now());
        sqlx::query(
            "update stops set lifted_by = $2, lifted_at = $3 where id = $1 and lifted_at is null",
        )
        .bind(stop.0)
        .bind(by.0)
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

impl Store {
    /// What stops somebody from selling to anybody: the desk's pause, or a stop of their own.
    pub async fn stop_on_selling(&self, seller: UserId) -> Result<Option<Stop>, StoreError> {
        let row: Option<StopRow> = sqlx::query_as(
            "select id, scope, subject, by, at from stops
             where lifted_at is null and (scope = 'desk' or (scope = 'user' and subject = $1))
             order by scope limit 1",
        )
        .bind(seller.0)
        .fetch_optional(self.readers())
        .await?;
        row.map(Stop::try_from).transpose()
    }

    /// As [`Tx::stop_of`], for a page.
    pub async fn stop_of(&self, target: Target) -> Result<Option<Stop>, StoreError> {
        let (scope, subject) = target.parts();
        let row: Option<StopRow> = sqlx::query_as(IN_FORCE)
            .bind(scope)
            .bind(subject)
            .fetch_optional(self.readers())
            .await?;
        row.map(Stop::try_from).transpose()
    }

    /// A stop that has not been lifted.
    pub async fn stop(&self, id: StopId) -> Result<Option<Stop>, StoreError> {
        let row: Option<StopRow> = sqlx::query_as(
            "select id, scope, subject, by, at from stops where id = $1 and lifted_at is null",
        )
        .bind(id.0)
        .fetch_optional(self.readers())
        .await?;
        row.map(Stop::try_from).transpose()
    }

    /// Everything that is stopped, the newest first.
    pub async fn stops(&self, skip: u32, most: u32) -> Result<Vec<Stop>, StoreError> {
        let rows: Vec<StopRow> = sqlx::query_as(
            "select id, scope, subject, by, at from stops where lifted_at is null
             order by id desc limit $1 offset $2",
        )
        .bind(most)
        .bind(skip)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Stop::try_from).collect()
    }

    /// What the operator has written, for whoever it concerns.
    pub async fn stop_reason(
        &self,
        seal: &Seal,
        id: StopId,
    ) -> Result<Option<SecretString>, StoreError> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("select reason from stops where id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        let opened = sealed.map(|it| seal.open(place(id.0), &it)).transpose();
        opened.map_err(|source| StoreError::corrupt("stops", id, "reason", source))
    }
}
