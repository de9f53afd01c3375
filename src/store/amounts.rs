//! Which amounts are taken, of each account that is paid to.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::clock::millis;
use crate::domain::fingerprint::MOST;
use crate::domain::money::Fen;
use crate::domain::order::OrderId;

impl Tx<'_> {
    /// The taken amounts of an account from `from` on, as far as fen may be added to it.
    pub async fn amounts_taken(
        &mut self,
        lookup: &[u8; 32],
        from: Fen,
    ) -> Result<Vec<Fen>, StoreError> {
        // What has been in quarantine long enough is free, whichever account it was of.
        sqlx::query("delete from amounts where free_at <= $1")
            .bind(millis(self.now()))
            .execute(self.conn().await?)
            .await?;
        let taken: Vec<i64> = sqlx::query_scalar(
            "select fen from amounts where lookup = $1 and fen between $2 and $3",
        )
        .bind(lookup.as_slice())
        .bind(from.0)
        .bind(from.0.saturating_add(MOST.into()))
        .fetch_all(self.conn().await?)
        .await?;
        Ok(taken.into_iter().map(Fen).collect())
    }

    /// An order takes its amount, for as long as it runs.
    pub async fn take_amount(
        &mut self,
        lookup: &[u8; 32],
        fen: Fen,
        order: OrderId,
    ) -> Result<(), StoreError> {
        sqlx::query("insert into amounts (lookup, fen, order_id) values ($1, $2, $3)")
            .bind(lookup.as_slice())
            .bind(fen.0)
            .bind(order.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// An order has closed: its amount stays taken a while for what is paid late.
    pub async fn quarantine_amount(
        &mut self,
        order: OrderId,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query("update amounts set free_at = $2 where order_id = $1 and free_at is null")
            .bind(order.0)
            .bind(millis(until))
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}
