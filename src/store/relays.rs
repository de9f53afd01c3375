//! How far the messages of a chat have come, and who does not want to hear of them.

use super::{Store, StoreError, Tx};
use crate::domain::UserId;
use crate::domain::chat::MessageId;
use crate::domain::order::OrderId;

/// How far a message has come on its way to one reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The outbox has it.
    Queued,
    Reached,
    /// Its reader has blocked the bot: it goes out when they come back.
    Blocked,
    /// Its reader has muted the chat: it is only kept.
    Muted,
}

impl Way {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Reached => "reached",
            Self::Blocked => "blocked",
            Self::Muted => "muted",
        }
    }
}

impl Tx<'_> {
    /// A message sets out for that reader.
    pub async fn send_off(
        &mut self,
        message: MessageId,
        reader: UserId,
        way: Way,
    ) -> Result<(), StoreError> {
        sqlx::query("insert into relays (message_id, reader, way) values ($1, $2, $3)")
            .bind(message.0)
            .bind(reader.0)
            .bind(way.as_str())
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// The outbox has tried. Returns whether that is news: a letter may be sent twice.
    pub async fn has_come(
        &mut self,
        message: MessageId,
        reader: UserId,
        way: Way,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "update relays set way = $3 where message_id = $1 and reader = $2 and way = 'queued'",
        )
        .bind(message.0)
        .bind(reader.0)
        .bind(way.as_str())
        .execute(self.conn().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// What could not reach somebody who is back now, oldest first: it sets out again.
    pub async fn resume_relays(&mut self, reader: UserId) -> Result<Vec<MessageId>, StoreError> {
        let mut messages: Vec<i64> = sqlx::query_scalar(
            "update relays set way = 'queued' where reader = $1 and way = 'blocked'
             returning message_id",
        )
        .bind(reader.0)
        .fetch_all(self.conn().await?)
        .await?;
        messages.sort_unstable();
        Ok(messages.into_iter().map(MessageId).collect())
    }

    /// Whether this side hears of what the other one writes.
    pub async fn set_muted(
        &mut self,
        order: OrderId,
        user: UserId,
        muted: bool,
    ) -> Result<(), StoreError> {
        let sql = match muted {
            true => "insert into mutes (order_id, user_id) values ($1, $2) on conflict do nothing",
            false => "delete from mutes where order_id = $1 and user_id = $2",
        };
        sqlx::query(sql).bind(order.0).bind(user.0).execute(self.conn().await?).await?;
        Ok(())
    }

    pub async fn has_muted(&mut self, order: OrderId, user: UserId) -> Result<bool, StoreError> {
        let muted = sqlx::query_scalar(HAS_MUTED)
            .bind(order.0)
            .bind(user.0)
            .fetch_one(self.conn().await?)
            .await?;
        Ok(muted)
    }

    /// The other side is about to hear that it was muted. Returns whether that is news.
    pub async fn tell_muted(&mut self, order: OrderId, user: UserId) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "update mutes set told = 1 where order_id = $1 and user_id = $2 and told = 0",
        )
        .bind(order.0)
        .bind(user.0)
        .execute(self.conn().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

const HAS_MUTED: &str = "select exists (select 1 from mutes where order_id = $1 and user_id = $2)";

impl Store {
    pub async fn has_muted(&self, order: OrderId, user: UserId) -> Result<bool, StoreError> {
        let muted = sqlx::query_scalar(HAS_MUTED)
            .bind(order.0)
            .bind(user.0)
            .fetch_one(self.readers())
            .await?;
        Ok(muted)
    }
}
