//! Who wants no more orders with whom.

use chrono::{DateTime, Utc};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::order::OrderId;

/// Somebody who is blocked, and after which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub user: UserId,
    pub order: OrderId,
    pub at: DateTime<Utc>,
}

impl Tx<'_> {
    pub async fn blocks(&mut self, blocker: UserId) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar("select count(*) from blocks where blocker = $1")
            .bind(blocker.0)
            .fetch_one(self.conn().await?)
            .await?;
        Ok(count)
    }

    /// Whether that is news.
    pub async fn block(
        &mut self,
        blocker: UserId,
        blocked: UserId,
        order: OrderId,
    ) -> Result<bool, StoreError> {
        let now = millis(self.now());
        let done = sqlx::query(
            "insert into blocks (blocker, blocked, order_id, at) values ($1, $2, $3, $4)
             on conflict do nothing",
        )
        .bind(blocker.0)
        .bind(blocked.0)
        .bind(order.0)
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    pub async fn unblock(&mut self, blocker: UserId, blocked: UserId) -> Result<(), StoreError> {
        sqlx::query("delete from blocks where blocker = $1 and blocked = $2")
            .bind(blocker.0)
            .bind(blocked.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}

impl Store {
    /// Whom somebody has blocked, the newest first.
    pub async fn blocks_of(
        &self,
        blocker: UserId,
        skip: u32,
        most: u32,
    ) -> Result<Vec<Block>, StoreError> {
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
            "select blocked, order_id, at from blocks where blocker = $1
             order by at desc, blocked limit $2 offset $3",
        )
        .bind(blocker.0)
        .bind(most)
        .bind(skip)
        .fetch_all(self.readers())
        .await?;
        let block = |(user, order, at)| Block {
            user: UserId(user),
            order: OrderId(order),
            at: from_millis(at),
        };
        Ok(rows.into_iter().map(block).collect())
    }
}
