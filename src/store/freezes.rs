//! What people have noted of frozen accounts. Sealed.

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::freeze::Freeze;
use crate::domain::order::OrderId;
use crate::secrets::{Place, Seal};

const TABLE: &str = "freezes";

/// Bound to its owner, too: a row cannot be given to somebody else.
fn place(order: OrderId, owner: UserId) -> Place<String> {
    Place { table: TABLE, row: format!("{order}/{owner}"), column: "note" }
}

impl Tx<'_> {
    /// Keeps answers that are not confirmed yet, in the place of earlier ones.
    pub async fn draft_freeze(
        &mut self,
        seal: &Seal,
        order: OrderId,
        owner: UserId,
        freeze: &Freeze,
    ) -> Result<(), StoreError> {
        let note = serde_json::to_string(freeze)
            .map_err(|source| StoreError::Json { what: "a freeze", source })?;
        sqlx::query(
            "insert into freezes (order_id, owner, kept, note, noted_at) values ($1, $2, 0, $3, $4)
             on conflict (order_id, owner, kept) do update
             set note = excluded.note, noted_at = excluded.noted_at",
        )
        .bind(order.0)
        .bind(owner.0)
        .bind(seal.seal(place(order, owner), &note)?)
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// The answers are right. Returns whether there were any.
    pub async fn keep_freeze(&mut self, order: OrderId, owner: UserId) -> Result<bool, StoreError> {
        let draft: bool = sqlx::query_scalar(
            "select exists (select 1 from freezes where order_id = $1 and owner = $2 and kept = 0)",
        )
        .bind(order.0)
        .bind(owner.0)
        .fetch_one(self.conn().await?)
        .await?;
        if draft {
            for change in [
                "delete from freezes where order_id = $1 and owner = $2 and kept = 1",
                "update freezes set kept = 1 where order_id = $1 and owner = $2 and kept = 0",
            ] {
                let change = sqlx::query(change).bind(order.0).bind(owner.0);
                change.execute(self.conn().await?).await?;
            }
        }
        Ok(draft)
    }

    /// All that its owner has noted of it is gone.
    pub async fn erase_freeze(&mut self, order: OrderId, owner: UserId) -> Result<(), StoreError> {
        sqlx::query("delete from freezes where order_id = $1 and owner = $2")
            .bind(order.0)
            .bind(owner.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}

impl Store {
    /// What somebody has noted, and when; `kept`: confirmed, or waiting to be.
    pub async fn freeze(
        &self,
        seal: &Seal,
        order: OrderId,
        owner: UserId,
        kept: bool,
    ) -> Result<Option<(Freeze, DateTime<Utc>)>, StoreError> {
        let row: Option<(Vec<u8>, i64)> = sqlx::query_as(
            "select note, noted_at from freezes where order_id = $1 and owner = $2 and kept = $3",
        )
        .bind(order.0)
        .bind(owner.0)
        .bind(i64::from(kept))
        .fetch_optional(self.readers())
        .await?;
        let Some((note, at)) = row else { return Ok(None) };
        let note = seal
            .open(place(order, owner), &note)
            .map_err(|source| StoreError::corrupt(TABLE, order, "note", source))?;
        let freeze = serde_json::from_str(note.expose_secret())
            .map_err(|source| StoreError::corrupt(TABLE, order, "note", source))?;
        Ok(Some((freeze, from_millis(at))))
    }
}
