//! Where somebody is in a wizard. Sealed: what is typed there may be an Alipay account.

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::secrets::{Place, Seal};

/// A conversation as it was left.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// JSON of the wizard's state.
    pub state: SecretString,
    /// Its buttons carry this.
    pub version: i64,
    pub expires_at: DateTime<Utc>,
}

fn place(chat: i64, user: i64) -> Place<String> {
    Place { table: "conversations", row: format!("{chat}/{user}"), column: "state" }
}

/// A stored conversation, still sealed.
pub(super) struct Sealed {
    pub(super) state: Vec<u8>,
    pub(super) version: i64,
    pub(super) expires_at: i64,
}

impl Sealed {
    /// `None` when it cannot be opened: the key has changed, and the wizard starts over.
    pub(super) fn open(self, seal: &Seal, chat: i64, user: i64) -> Option<Conversation> {
        let state = seal.open(place(chat, user), &self.state).ok()?;
        Some(Conversation {
            state,
            version: self.version,
            expires_at: from_millis(self.expires_at),
        })
    }
}

impl Tx<'_> {
    pub async fn set_conversation(
        &mut self,
        seal: &Seal,
        (chat, user): (i64, i64),
        state: &str,
        version: i64,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "insert into conversations (chat, user_id, state, version, expires_at)
             values ($1, $2, $3, $4, $5)
             on conflict (chat, user_id) do update
             set state = excluded.state, version = excluded.version, expires_at = excluded.expires_at",
        )
        .bind(chat)
        .bind(user)
        .bind(seal.seal(place(chat, user), state)?)
        .bind(version)
        .bind(millis(expires_at))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    pub async fn end_conversation(&mut self, chat: i64, user: i64) -> Result<(), StoreError> {
        sqlx::query("delete from conversations where chat = $1 and user_id = $2")
            .bind(chat)
            .bind(user)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}
