//! When we were last in touch with Telegram. An outage is measured from it.

use chrono::{DateTime, Utc};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};

impl Tx<'_> {
    /// Notes that we are in touch with Telegram at this moment.
    pub async fn touch_pulse(&mut self) -> Result<(), StoreError> {
        sqlx::query(
            "insert into pulse (id, at) values (1, $1)
             on conflict (id) do update set at = excluded.at",
        )
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

const PULSE: &str = "select at from pulse where id = 1";

impl Tx<'_> {
    /// When we were last in touch; `None` before the first time.
    pub async fn pulse(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<i64> = sqlx::query_scalar(PULSE).fetch_optional(self.conn().await?).await?;
        Ok(at.map(from_millis))
    }
}

impl Store {
    /// When we were last in touch; `None` before the first time.
    pub async fn pulse(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<i64> = sqlx::query_scalar(PULSE).fetch_optional(self.readers()).await?;
        Ok(at.map(from_millis))
    }

    /// How much waits, for whoever watches.
    pub async fn backlog(&self) -> Result<Backlog, StoreError> {
        let (updates, oldest_update): (i64, Option<i64>) =
            sqlx::query_as("select count(*), min(received_at) from inbox where state = 'waiting'")
                .fetch_one(self.readers())
                .await?;
        let (letters, oldest_letter): (i64, Option<i64>) = sqlx::query_as(
            "select count(*), min(created_at) from outbox where state in ('waiting', 'attempting')",
        )
        .fetch_one(self.readers())
        .await?;
        let oldest = [oldest_update, oldest_letter].into_iter().flatten().min();
        Ok(Backlog { updates, letters, oldest: oldest.map(from_millis) })
    }
}

/// What waits in the inbox and the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub updates: i64,
    pub letters: i64,
    pub oldest: Option<DateTime<Utc>>,
}
