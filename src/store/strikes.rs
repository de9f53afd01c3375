//! Strikes of the penalty ladder.

use chrono::{DateTime, Utc};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::ladder::{Offence, says_paid};
use crate::domain::log::Entry;
use crate::domain::order::OrderId;

/// An order that counts against its buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    pub order: OrderId,
    pub buyer: UserId,
    pub offence: Offence,
    pub at: DateTime<Utc>,
    /// So long the buyer takes no new orders.
    pub until: DateTime<Utc>,
}

impl Tx<'_> {
    /// How many strikes a buyer has had since then.
    pub async fn strikes_since(
        &mut self,
        buyer: UserId,
        since: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        let count =
            sqlx::query_scalar("select count(*) from strikes where buyer = $1 and at >= $2")
                .bind(buyer.0)
                .bind(millis(since))
                .fetch_one(self.conn().await?)
                .await?;
        Ok(count)
    }

    /// Whether that is news: an order counts once.
    pub async fn insert_strike(&mut self, strike: &Strike) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "insert into strikes (order_id, buyer, offence, at, until) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
        )
        .bind(strike.order.0)
        .bind(strike.buyer.0)
        .bind(strike.offence.as_str())
        .bind(millis(strike.at))
        .bind(millis(strike.until))
        .execute(self.conn().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether the buyer of an order says that it has paid, by the order's log.
    pub async fn says_paid(&mut self, order: OrderId) -> Result<bool, StoreError> {
        let rows: Vec<(i64, String)> =
            sqlx::query_as("select id, entry from order_log where order_id = $1 order by id")
                .bind(order.0)
                .fetch_all(self.conn().await?)
                .await?;
        let entries: Vec<Entry> = rows
            .into_iter()
            .map(|(id, entry)| {
                serde_json::from_str(&entry)
                    .map_err(|source| StoreError::corrupt("order_log", id, "entry", source))
            })
            .collect::<Result<_, _>>()?;
        Ok(says_paid(&entries))
    }
}

impl Store {
    /// Until when a buyer takes no new orders, if that is so now.
    pub async fn rests_until(
        &self,
        buyer: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let until: Option<i64> =
            sqlx::query_scalar("select max(until) from strikes where buyer = $1 and until > $2")
                .bind(buyer.0)
                .bind(millis(now))
                .fetch_one(self.readers())
                .await?;
        Ok(until.map(from_millis))
    }
}
