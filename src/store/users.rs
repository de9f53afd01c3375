//! People and their roles.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::language::Language;
use crate::secrets::{Place, Seal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub language: Language,
    /// When the risk notice was accepted.
    pub terms_at: Option<DateTime<Utc>>,
    /// False after Telegram has said that the chat takes no messages.
    pub reachable: bool,
    /// Orders brought to a release, on either side.
    pub completed: u32,
    /// The name in Telegram looks like that of staff.
    pub poses: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRole {
    Operator,
    Treasurer,
    Arbiter,
}

impl StaffRole {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Treasurer => "treasurer",
            Self::Arbiter => "arbiter",
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct UserRow {
    id: i64,
    language: String,
    terms_at: Option<i64>,
    reachable: bool,
    completed: u32,
    poses: bool,
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let language = Language::from_tag(&row.language).ok_or_else(|| {
            StoreError::corrupt("users", row.id, "language", row.language.clone())
        })?;
        Ok(Self {
            id: UserId(row.id),
            language,
            terms_at: row.terms_at.map(from_millis),
            reachable: row.reachable,
            completed: row.completed,
            poses: row.poses,
        })
    }
}

const USER: &str =
    "select id, language, terms_at, reachable, completed, poses from users where id = $1";

fn phrase_place(id: UserId) -> Place<i64> {
    Place { table: "users", row: id.0, column: "phrase" }
}

const IS_STAFF: &str = "select exists (select 1 from staff where user_id = $1 and role = $2)";

impl Tx<'_> {
    pub async fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row: Option<UserRow> =
            sqlx::query_as(USER).bind(id.0).fetch_optional(self.conn().await?).await?;
        row.map(User::try_from).transpose()
    }

    /// A first contact; somebody who is known already keeps the own language. Whoever writes can
    /// be reached again.
    pub async fn meet(&mut self, id: UserId, language: Language) -> Result<(), StoreError> {
        sqlx::query(
            "insert into users (id, language, seen_at) values ($1, $2, $3)
             on conflict (id) do update set reachable = 1",
        )
        .bind(id.0)
        .bind(language.tag())
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    pub async fn set_language(&mut self, id: UserId, to: Language) -> Result<(), StoreError> {
        sqlx::query("update users set language = $2 where id = $1")
            .bind(id.0)
            .bind(to.tag())
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Notes that the risk notice was accepted; the first time counts.
    pub async fn accept_terms(&mut self, id: UserId) -> Result<(), StoreError> {
        sqlx::query("update users set terms_at = $2 where id = $1 and terms_at is null")
            .bind(id.0)
            .bind(millis(self.now()))
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Whether this person's name looks like that of staff.
    pub async fn set_poses(&mut self, id: UserId, poses: bool) -> Result<(), StoreError> {
        sqlx::query("update users set poses = $2 where id = $1")
            .bind(id.0)
            .bind(poses)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// The words that stand on every message about this person's money; `None` takes them away.
    pub async fn set_phrase(
        &mut self,
        seal: &Seal,
        id: UserId,
        phrase: Option<&str>,
    ) -> Result<(), StoreError> {
        let sealed = phrase.map(|it| seal.seal(phrase_place(id), it)).transpose()?;
        sqlx::query("update users set phrase = $2 where id = $1")
            .bind(id.0)
            .bind(sealed)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Returns whether that is news.
    pub async fn set_unreachable(&mut self, id: UserId) -> Result<bool, StoreError> {
        let done = sqlx::query("update users set reachable = 0 where id = $1 and reachable = 1")
            .bind(id.0)
            .execute(self.conn().await?)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// One more order was brought to a release.
    pub async fn count_completed(&mut self, id: UserId) -> Result<(), StoreError> {
        sqlx::query("update users set completed = completed + 1 where id = $1")
            .bind(id.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    pub async fn is_staff(&mut self, id: UserId, role: StaffRole) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(IS_STAFF)
            .bind(id.0)
            .bind(role.as_str())
            .fetch_one(self.conn().await?)
            .await?;
        Ok(found)
    }

    /// Those of a role who have started the bot: nobody else can be written to.
    pub async fn staff(&mut self, role: StaffRole) -> Result<Vec<UserId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "select user_id from staff join users on users.id = staff.user_id
             where role = $1 order by user_id",
        )
        .bind(role.as_str())
        .fetch_all(self.conn().await?)
        .await?;
        Ok(ids.into_iter().map(UserId).collect())
    }
}

impl Store {
    pub async fn is_staff(&self, id: UserId, role: StaffRole) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(IS_STAFF)
            .bind(id.0)
            .bind(role.as_str())
            .fetch_one(self.readers())
            .await?;
        Ok(found)
    }

    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row: Option<UserRow> =
            sqlx::query_as(USER).bind(id.0).fetch_optional(self.readers()).await?;
        row.map(User::try_from).transpose()
    }

    /// The words that this person has chosen against impostors.
    pub async fn phrase(
        &self,
        seal: &Seal,
        id: UserId,
    ) -> Result<Option<SecretString>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("select phrase from users where id = $1")
                .bind(id.0)
                .fetch_optional(self.readers())
                .await?;
        let Some(sealed) = sealed.flatten() else { return Ok(None) };
        let opened = seal
            .open(phrase_place(id), &sealed)
            .map_err(|source| StoreError::corrupt("users", id, "phrase", source))?;
        Ok(Some(opened))
    }

    /// What is read in these chats, in their order; the default where nobody is known, as in a
    /// group.
    pub async fn languages(&self, chats: &[i64]) -> Result<Vec<Language>, StoreError> {
        let list = serde_json::to_string(chats)
            .map_err(|source| StoreError::Json { what: "chats", source })?;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "select id, language from users where id in (select value from json_each($1))",
        )
        .bind(list)
        .fetch_all(self.readers())
        .await?;
        // A damaged row costs its owner the language, and nobody the letters.
        let known = rows.into_iter().filter_map(|(id, tag)| Some((id, Language::from_tag(&tag)?)));
        let known: HashMap<i64, Language> = known.collect();
        Ok(chats.iter().map(|it| known.get(it).copied().unwrap_or_default()).collect())
    }
}
