//! Letters to Telegram: what is waiting, what is being tried, what failed for good.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};

/// Which letters go first, and which may use the tokens kept for what cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Urgency {
    /// Money has moved or a deadline is near.
    Money = 0,
    /// Somebody has just asked and is looking at the screen.
    Reply = 1,
    /// The live card of an order.
    Card = 2,
    /// A ring that may be missed: dropped rather than sent twice.
    Reminder = 3,
    /// Whenever there is nothing else to do.
    Notice = 4,
}

impl Urgency {
    fn from_stored(stored: i64) -> Option<Self> {
        [Self::Money, Self::Reply, Self::Card, Self::Reminder, Self::Notice]
            .into_iter()
            .find(|it| *it as i64 == stored)
    }
}

/// What repeating the call would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The answer to a button press: harmless to repeat, outside the limits of messages.
    Answer,
    /// An edit or a deletion: harmless to repeat.
    Converge,
    /// A new message: repeating it shows it twice. A reminder is marked before it is tried, so
    /// that it is never repeated; everything else says which order and step it means.
    Append,
}

impl Class {
    fn stored(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Converge => "converge",
            Self::Append => "append",
        }
    }

    fn from_stored(stored: &str) -> Option<Self> {
        [Self::Answer, Self::Converge, Self::Append].into_iter().find(|it| it.stored() == stored)
    }
}

/// A letter that is not yet in the outbox: give it to [`Tx::enqueue`].
#[derive(Clone, Debug)]
pub struct NewLetter {
    pub chat: i64,
    pub urgency: Urgency,
    pub class: Class,
    /// What to say, to be put into words when it is sent.
    pub body: Box<RawValue>,
    /// A newer letter on the same topic replaces one that still waits, in its place.
    pub topic: Option<String>,
    /// Not sent earlier than this.
    pub not_before: Option<DateTime<Utc>>,
}

impl NewLetter {
    /// A letter without a topic, to be sent at once.
    pub fn new(
        chat: i64,
        urgency: Urgency,
        class: Class,
        body: &impl Serialize,
    ) -> Result<Self, StoreError> {
        let body =
            to_raw_value(body).map_err(|source| StoreError::Json { what: "a letter", source })?;
        Ok(Self { chat, urgency, class, body, topic: None, not_before: None })
    }

    /// The same letter, about this.
    pub fn on(self, topic: impl Into<String>) -> Self {
        Self { topic: Some(topic.into()), ..self }
    }

    /// The same letter, later.
    pub fn not_before(self, at: DateTime<Utc>) -> Self {
        Self { not_before: Some(at), ..self }
    }
}

/// A letter that waits in the outbox.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: i64,
    pub chat: i64,
    pub urgency: Urgency,
    pub class: Class,
    pub body: Box<RawValue>,
    pub topic: Option<String>,
    /// Grows when a newer letter takes the place of this one.
    pub revision: i64,
    pub not_before: Option<DateTime<Utc>>,
    /// How often it was tried before.
    pub tries: u32,
}

/// One letter and the state of it that was sent: a newer revision is not meant.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub revision: i64,
}

impl Letter {
    pub fn version(&self) -> Version {
        Version { id: self.id, revision: self.revision }
    }
}

/// A letter that is to be tried again.
#[derive(Clone, Debug)]
pub struct Retry {
    pub letter: Version,
    pub at: DateTime<Utc>,
    pub why: String,
}

/// A letter in the buffer of a transaction.
pub(super) struct Buffered {
    letter: Letter,
    created_at: i64,
}

impl Tx<'_> {
    /// Puts a letter into the outbox. It is written with those of the other jobs, just before the
    /// commit: a job that wants to see its own letters calls [`Tx::flush`] first.
    pub fn enqueue(&mut self, letter: NewLetter) {
        let id = self.next_letter_id();
        let created_at = millis(self.now());
        let NewLetter { chat, urgency, class, body, topic, not_before } = letter;
        let letter =
            Letter { id, chat, urgency, class, body, topic, not_before, revision: 0, tries: 0 };
        self.buffer_letter(Buffered { letter, created_at });
    }

    /// Deletes letters that are done, unless a newer revision waits in their place.
    pub async fn letters_done(&mut self, letters: &[Version]) -> Result<(), StoreError> {
        if letters.is_empty() {
            return Ok(());
        }
        let list = json(letters)?;
        sqlx::query(
            "delete from outbox where (id, revision) in
                 (select value ->> 'id', value ->> 'revision' from json_each($1))",
        )
        .bind(list)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Marks letters as being tried: whoever finds the mark later cannot know whether they came.
    /// Returns the ids of those that were replaced or are gone meanwhile, and must not be sent.
    pub async fn letters_attempting(
        &mut self,
        letters: &[Version],
    ) -> Result<Vec<i64>, StoreError> {
        if letters.is_empty() {
            return Ok(Vec::new());
        }
        let list = json(letters)?;
        let marked = sqlx::query(
            "update outbox set state = 'attempting'
             where state = 'waiting' and (id, revision) in
                 (select value ->> 'id', value ->> 'revision' from json_each($1))",
        )
        .bind(&list)
        .execute(self.conn().await?)
        .await?
        .rows_affected();
        if usize::try_from(marked).is_ok_and(|it| it == letters.len()) {
            return Ok(Vec::new());
        }
        let replaced = sqlx::query_scalar(
            "select value ->> 'id' from json_each($1) where not exists (
                 select 1 from outbox where id = value ->> 'id'
                     and revision = value ->> 'revision' and state = 'attempting')",
        )
        .bind(list)
        .fetch_all(self.conn().await?)
        .await?;
        Ok(replaced)
    }

    /// Puts a letter back to be tried again. One that was replaced meanwhile stays replaced.
    pub async fn letter_retried(&mut self, retry: &Retry) -> Result<(), StoreError> {
        self.drop_superseded(retry.letter.id).await?;
        sqlx::query(
            "update outbox set state = 'waiting', tries = tries + 1, not_before = $3, why = $4
             where id = $1 and revision = $2",
        )
        .bind(retry.letter.id)
        .bind(retry.letter.revision)
        .bind(millis(retry.at))
        .bind(&retry.why)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Addresses everything that waits for a chat to the id it has now.
    pub async fn letters_moved(&mut self, from: i64, to: i64) -> Result<(), StoreError> {
        sqlx::query("update outbox set chat = $2 where chat = $1 and state <> 'dead'")
            .bind(from)
            .bind(to)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Gives a letter up. It stays, so that the operator can look at it.
    pub async fn letter_dead(&mut self, letter: Version, why: &str) -> Result<(), StoreError> {
        sqlx::query(
            "update outbox set state = 'dead', tries = tries + 1, why = $3
             where id = $1 and revision = $2",
        )
        .bind(letter.id)
        .bind(letter.revision)
        .bind(why)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// After a start: letters that were being tried when we died. Reminders are dropped, the
    /// others are sent again, because each says which order and step it means.
    ///
    /// Returns how many were dropped and how many wait again.
    pub async fn settle_doubts(&mut self) -> Result<(u64, u64), StoreError> {
        let dropped = sqlx::query(
            "delete from outbox where state = 'attempting' and (urgency = $1 or exists (
                 select 1 from outbox newer
                 where newer.topic = outbox.topic and newer.state = 'waiting'))",
        )
        .bind(Urgency::Reminder as i64)
        .execute(self.conn().await?)
        .await?
        .rows_affected();
        let again = sqlx::query(
            "update outbox set state = 'waiting', tries = tries + 1
             where state = 'attempting'",
        )
        .execute(self.conn().await?)
        .await?
        .rows_affected();
        Ok((dropped, again))
    }

    /// A letter being tried does not guard its topic: a newer one may wait by now.
    async fn drop_superseded(&mut self, id: i64) -> Result<(), StoreError> {
        sqlx::query(
            "delete from outbox where id = $1 and state = 'attempting' and exists (
                 select 1 from outbox newer
                 where newer.topic = outbox.topic and newer.state = 'waiting')",
        )
        .bind(id)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Writes buffered letters and returns them as they now stand in the file.
    pub(super) async fn insert_letters(
        &mut self,
        letters: Vec<Buffered>,
    ) -> Result<Vec<Letter>, StoreError> {
        let (on_topic, mut plain): (Vec<_>, Vec<_>) =
            letters.into_iter().partition(|it| it.letter.topic.is_some());
        if !plain.is_empty() {
            sqlx::query(
                "insert into outbox (id, chat, urgency, class, letter, not_before, created_at)
                 select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4,
                        value ->> 5, value ->> 6
                 from json_each($1)",
            )
            .bind(rows(&plain)?)
            .execute(self.conn().await?)
            .await?;
        }
        if !on_topic.is_empty() {
            let placed = self.insert_on_topic(&on_topic).await?;
            // Of several on one topic the last stands in the file, so it alone is to be sent.
            let last: BTreeMap<_, _> =
                on_topic.into_iter().map(|it| (it.letter.topic.clone(), it)).collect();
            plain.extend(last.into_values().map(|mut it| {
                if let Some(place) = it.letter.topic.as_ref().and_then(|topic| placed.get(topic)) {
                    (it.letter.id, it.letter.revision, it.letter.tries) = *place;
                }
                it
            }));
        }
        Ok(plain.into_iter().map(|it| it.letter).collect())
    }

    /// Whether a letter on this topic waits, in the file or to be written with this transaction.
    pub async fn is_waiting(&mut self, topic: &str) -> Result<bool, StoreError> {
        if self.buffered().iter().any(|it| it.letter.topic.as_deref() == Some(topic)) {
            return Ok(true);
        }
        let sql = "select exists (select 1 from outbox where topic = $1 and state = 'waiting')";
        Ok(sqlx::query_scalar(sql).bind(topic).fetch_one(self.conn().await?).await?)
    }

    /// Returns, for each topic, the row its letter came to stand in.
    async fn insert_on_topic(
        &mut self,
        letters: &[Buffered],
    ) -> Result<HashMap<String, (i64, i64, u32)>, StoreError> {
        let placed: Vec<(String, i64, i64, u32)> = sqlx::query_as(
            "insert into outbox
                 (id, chat, urgency, class, letter, not_before, created_at, topic)
             select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4,
                    value ->> 5, value ->> 6, value ->> 7
             from json_each($1) where true
             on conflict (topic) where state = 'waiting' and topic is not null
             do update set chat = excluded.chat, urgency = excluded.urgency,
                 class = excluded.class, letter = excluded.letter,
                 not_before = excluded.not_before, revision = outbox.revision + 1
             returning topic, id, revision, tries",
        )
        .bind(rows(letters)?)
        .fetch_all(self.conn().await?)
        .await?;
        // A topic that came twice is returned twice; the later row is the one that counts.
        Ok(placed.into_iter().map(|(topic, id, rev, tries)| (topic, (id, rev, tries))).collect())
    }
}

impl Store {
    /// Letters as urgent as `urgency` or more that may be sent by then, most urgent first, oldest
    /// first within; at most `most`.
    pub async fn waiting_letters(
        &self,
        by: DateTime<Utc>,
        urgency: Urgency,
        most: usize,
    ) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "select id, chat, urgency, class, letter, topic, revision, not_before, tries
             from outbox where state = 'waiting' and urgency <= $2
                 and (not_before is null or not_before <= $1)
             order by urgency, id limit $3",
        )
        .bind(millis(by))
        .bind(urgency as i64)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Letter::try_from).collect()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    chat: i64,
    urgency: i64,
    class: String,
    letter: String,
    topic: Option<String>,
    revision: i64,
    not_before: Option<i64>,
    tries: u32,
}

impl TryFrom<Row> for Letter {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let odd = |column, value: &dyn std::fmt::Display| {
            StoreError::corrupt("outbox", row.id, column, format!("unknown value {value}"))
        };
        Ok(Self {
            urgency: Urgency::from_stored(row.urgency)
                .ok_or_else(|| odd("urgency", &row.urgency))?,
            class: Class::from_stored(&row.class).ok_or_else(|| odd("class", &row.class))?,
            body: RawValue::from_string(row.letter)
                .map_err(|source| StoreError::corrupt("outbox", row.id, "letter", source))?,
            id: row.id,
            chat: row.chat,
            topic: row.topic,
            revision: row.revision,
            not_before: row.not_before.map(from_millis),
            tries: row.tries,
        })
    }
}

/// The rows of a bulk insert, as one JSON text.
fn rows(letters: &[Buffered]) -> Result<String, StoreError> {
    #[derive(Serialize)]
    struct Line<'a>(i64, i64, u8, &'static str, &'a RawValue, Option<i64>, i64, Option<&'a str>);
    let lines: Vec<_> = letters
        .iter()
        .map(|Buffered { letter: it, created_at }| {
            let not_before = it.not_before.map(millis);
            let (urgency, class) = (it.urgency as u8, it.class.stored());
            let topic = it.topic.as_deref();
            Line(it.id, it.chat, urgency, class, &it.body, not_before, *created_at, topic)
        })
        .collect();
    json(&lines)
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Json { what: "outbox rows", source })
}
