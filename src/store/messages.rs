//! What is said about orders.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::orders::write;
use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::chat::{File, Message, MessageId, Purpose, Said, Voice};
use crate::domain::contact::Contact;
use crate::domain::log::Entry;
use crate::domain::order::{Order, OrderId};
use crate::secrets::{Place, Seal, random_salt};

/// What is about to be kept.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub author: UserId,
    pub voice: Voice,
    pub purpose: Purpose,
    /// It is kept, and passed on to nobody.
    pub held: Option<Contact>,
    /// Empty where a file says it all.
    pub text: SecretString,
}

/// What stands on a message, without what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub order: OrderId,
    pub author: UserId,
    pub voice: Voice,
    pub purpose: Purpose,
    pub held: bool,
}

#[derive(sqlx::FromRow)]
pub(super) struct MessageRow {
    pub(super) id: i64,
    pub(super) order_id: i64,
    pub(super) author: i64,
    pub(super) voice: String,
    pub(super) purpose: String,
    pub(super) held: Option<String>,
    pub(super) text: Option<Vec<u8>>,
    pub(super) at: i64,
}

impl MessageRow {
    fn read(self, seal: &Seal, files: Vec<File>) -> Result<Message, StoreError> {
        let Self { id, order_id, author, voice, purpose, held, text, at } = self;
        let wrong = |column, it: String| StoreError::corrupt("messages", id, column, it);
        let read_voice = Voice::ALL.into_iter().find(|it| it.as_str() == voice);
        let held = held.map(|it| {
            let known = Contact::ALL.into_iter().find(|known| known.as_str() == it);
            known.ok_or_else(|| wrong("held", it))
        });
        Ok(Message {
            id: MessageId(id),
            order: OrderId(order_id),
            author: UserId(author),
            voice: read_voice.ok_or_else(|| wrong("voice", voice))?,
            purpose: serde_json::from_str(&purpose)
                .map_err(|source| StoreError::corrupt("messages", id, "purpose", source))?,
            held: held.transpose()?,
            at: from_millis(at),
            said: text.map(|it| open(seal, id, &it)).transpose()?,
            files,
        })
    }
}

fn place(id: i64) -> Place<i64> {
    Place { table: "messages", row: id, column: "text" }
}

pub(super) fn open(seal: &Seal, id: i64, sealed: &[u8]) -> Result<Said, StoreError> {
    let text = seal
        .open(place(id), sealed)
        .map_err(|source| StoreError::corrupt("messages", id, "text", source))?;
    serde_json::from_str(text.expose_secret())
        .map_err(|source| StoreError::corrupt("messages", id, "text", source))
}

const COLUMNS: &str = "select id, order_id, author, voice, purpose, held, text, at from messages";

impl Tx<'_> {
    /// Keeps what was said about an order, and its digest in the log.
    pub async fn keep_message(
        &mut self,
        seal: &Seal,
        order: &Order,
        message: &NewMessage,
    ) -> Result<MessageId, StoreError> {
        let NewMessage { author, voice, purpose, held, text } = message;
        let last: Option<i64> = sqlx::query_scalar("select max(id) from messages")
            .fetch_one(self.conn().await?)
            .await?;
        let id = last.unwrap_or(0) + 1;
        let said = Said { salt: random_salt()?, text: text.expose_secret().to_owned() };
        let digest = said.digest();
        let sealed = seal.seal(place(id), &write("a message", &said)?)?;
        let at = millis(self.now());
        sqlx::query(
            "insert into messages (id, order_id, author, voice, purpose, held, text, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(order.id.0)
        .bind(author.0)
        .bind(voice.as_str())
        .bind(write("a purpose", purpose)?)
        .bind(held.map(Contact::as_str))
        .bind(sealed)
        .bind(at)
        .execute(self.conn().await?)
        .await?;
        let said = MessageId(id);
        let (purpose, held) = (*purpose, *held);
        let entry = Entry::Said { said, voice: *voice, purpose, held, digest };
        self.log_order(seal, order, Some(*author), entry).await?;
        Ok(said)
    }

    /// How many messages somebody has written about an order since then.
    pub async fn messages_since(
        &mut self,
        order: OrderId,
        author: UserId,
        since: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar(
            "select count(*) from messages where order_id = $1 and author = $2 and at > $3",
        )
        .bind(order.0)
        .bind(author.0)
        .bind(millis(since))
        .fetch_one(self.conn().await?)
        .await?;
        Ok(count)
    }

    /// When somebody wrote the newest of these messages but `newer`, about this order.
    pub async fn message_before(
        &mut self,
        order: OrderId,
        author: UserId,
        newer: u32,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<i64> = sqlx::query_scalar(
            "select at from messages where order_id = $1 and author = $2
             order by id desc limit 1 offset $3",
        )
        .bind(order.0)
        .bind(author.0)
        .bind(i64::from(newer))
        .fetch_optional(self.conn().await?)
        .await?;
        Ok(at.map(from_millis))
    }

    /// Whose a message is, and for whom.
    pub async fn envelope(&mut self, id: MessageId) -> Result<Option<Envelope>, StoreError> {
        let found: Option<(i64, i64, String, String, bool)> = sqlx::query_as(
            "select order_id, author, voice, purpose, held is not null from messages
             where id = $1",
        )
        .bind(id.0)
        .fetch_optional(self.conn().await?)
        .await?;
        let Some((order, author, voice, purpose, held)) = found else { return Ok(None) };
        let known = Voice::ALL.into_iter().find(|it| it.as_str() == voice);
        Ok(Some(Envelope {
            order: OrderId(order),
            author: UserId(author),
            voice: known.ok_or_else(|| StoreError::corrupt("messages", id.0, "voice", voice))?,
            purpose: serde_json::from_str(&purpose)
                .map_err(|source| StoreError::corrupt("messages", id.0, "purpose", source))?,
            held,
        }))
    }
}

impl Store {
    /// Everything that was said about an order, oldest first.
    pub async fn messages_of(
        &self,
        seal: &Seal,
        order: OrderId,
    ) -> Result<Vec<Message>, StoreError> {
        let rows: Vec<MessageRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "{COLUMNS} where order_id = $1 order by id"
        )))
        .bind(order.0)
        .fetch_all(self.readers())
        .await?;
        let mut files = self.files_of(order).await?;
        rows.into_iter()
            .map(|row| {
                let own = files.remove(&MessageId(row.id)).unwrap_or_default();
                row.read(seal, own)
            })
            .collect()
    }

    /// Whether anything was ever written about an order.
    pub async fn has_messages(&self, order: OrderId) -> Result<bool, StoreError> {
        let found =
            sqlx::query_scalar("select exists (select 1 from messages where order_id = $1)")
                .bind(order.0)
                .fetch_one(self.readers())
                .await?;
        Ok(found)
    }

    pub async fn message(&self, seal: &Seal, id: MessageId) -> Result<Option<Message>, StoreError> {
        let row: Option<MessageRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("{COLUMNS} where id = $1")))
                .bind(id.0)
                .fetch_optional(self.readers())
                .await?;
        let Some(row) = row else { return Ok(None) };
        let mut files = self.files_of(OrderId(row.order_id)).await?;
        let own = files.remove(&id).unwrap_or_default();
        row.read(seal, own).map(Some)
    }
}
