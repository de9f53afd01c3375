//! Updates from Telegram: durable before they are confirmed, then each chat's queue.

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::Serialize;

use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::secrets::{Place, Seal};

/// An update that waits for its handler.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub update_id: i64,
    pub chat: Option<i64>,
    /// The JSON as Telegram sent it.
    pub raw: String,
    /// How often a handler failed on it.
    pub tries: u32,
}

/// A sealed update on its way into the inbox.
pub struct Arrival {
    update_id: i64,
    chat: Option<i64>,
    sealed: Vec<u8>,
}

impl Arrival {
    /// Seals an update: a chat text may be somebody's Alipay account.
    pub fn seal(
        seal: &Seal,
        update_id: i64,
        chat: Option<i64>,
        raw: &str,
    ) -> Result<Self, StoreError> {
        Ok(Self { update_id, chat, sealed: seal.seal(place(update_id), raw)? })
    }
}

fn place(update_id: i64) -> Place<i64> {
    Place { table: "inbox", row: update_id, column: "raw" }
}

impl Tx<'_> {
    /// Takes in a batch and returns the ids that are new, in the order of the batch's rows.
    pub async fn take_in(&mut self, batch: &[Arrival]) -> Result<Vec<i64>, StoreError> {
        #[derive(Serialize)]
        struct Line(i64, Option<i64>, String, i64);
        let now = millis(self.now());
        let lines: Vec<_> =
            batch.iter().map(|it| Line(it.update_id, it.chat, hex(&it.sealed), now)).collect();
        let lines = json(&lines)?;
        // Asked first, and not "returning": known ones are rare, and each row is a message between
        // two threads.
        let known: Vec<i64> = sqlx::query_scalar(
            "select update_id from inbox
             where update_id in (select value ->> 0 from json_each($1))",
        )
        .bind(&lines)
        .fetch_all(self.conn().await?)
        .await?;
        sqlx::query(
            "insert into inbox (update_id, chat, raw, received_at)
             select value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3
             from json_each($1) where true
             on conflict (update_id) do nothing",
        )
        .bind(lines)
        .execute(self.conn().await?)
        .await?;
        let new = batch.iter().map(|it| it.update_id).filter(|it| !known.contains(it)).collect();
        Ok(new)
    }

    /// Marks an update as finished: its effect is in this transaction. Written with those of the
    /// other jobs, just before the commit.
    pub fn heard(&mut self, update_id: i64) {
        self.buffer_heard(update_id);
    }

    pub(super) async fn mark_heard(&mut self, updates: &[i64]) -> Result<(), StoreError> {
        if updates.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "update inbox set state = 'done', raw = null
             where update_id in (select value from json_each($1)) and state <> 'done'",
        )
        .bind(json(updates)?)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Counts a failure of an update's handler.
    pub async fn update_failed(&mut self, update_id: i64) -> Result<(), StoreError> {
        sqlx::query(
            "update inbox set tries = tries + 1 where update_id = $1 and state = 'waiting'",
        )
        .bind(update_id)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Sets an update aside for the operator: its handler failed too often.
    pub async fn update_dead(&mut self, update_id: i64) -> Result<(), StoreError> {
        sqlx::query(
            "update inbox set tries = tries + 1, state = 'dead'
             where update_id = $1 and state = 'waiting'",
        )
        .bind(update_id)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Sets an update aside for the operator: it cannot be read.
    pub async fn update_unread(&mut self, update_id: i64) -> Result<(), StoreError> {
        sqlx::query("update inbox set state = 'unread' where update_id = $1 and state = 'waiting'")
            .bind(update_id)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Forgets finished updates.
    pub async fn forget_updates(&mut self, updates: &[i64]) -> Result<(), StoreError> {
        sqlx::query(
            "delete from inbox
             where state = 'done' and update_id in (select value from json_each($1))",
        )
        .bind(json(updates)?)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

/// What waits in the inbox.
#[derive(Debug, Default)]
pub struct Backlog {
    /// Oldest first.
    pub waiting: Vec<Waiting>,
    /// Rows that cannot be opened: damaged, or sealed with another key.
    pub damaged: Vec<i64>,
}

impl Store {
    /// All updates that wait: after a start they are handed out again.
    pub async fn waiting_updates(&self, seal: &Seal) -> Result<Backlog, StoreError> {
        let rows: Vec<(i64, Option<i64>, Vec<u8>, u32)> = sqlx::query_as(
            "select update_id, chat, raw, tries from inbox
             where state = 'waiting' order by update_id",
        )
        .fetch_all(self.readers())
        .await?;
        let mut backlog = Backlog::default();
        for (update_id, chat, sealed, tries) in rows {
            match seal.open(place(update_id), &sealed) {
                Ok(raw) => {
                    let raw = raw.expose_secret().to_owned();
                    backlog.waiting.push(Waiting { update_id, chat, raw, tries });
                }
                Err(_) => backlog.damaged.push(update_id),
            }
        }
        Ok(backlog)
    }

    /// Finished updates received before `before`, at most `most`.
    pub async fn forgettable_updates(
        &self,
        before: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<i64>, StoreError> {
        let updates = sqlx::query_scalar(
            "select update_id from inbox where state = 'done' and received_at < $1 limit $2",
        )
        .bind(millis(before))
        .bind(most)
        .fetch_all(self.readers())
        .await?;
        Ok(updates)
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Json { what: "inbox rows", source })
}
