//! Files that came with messages, whole and sealed: they outlive their copies in Telegram.

use std::collections::HashMap;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{Store, StoreError, Tx};
use crate::domain::UserId;
use crate::domain::chat::{Content, File, FileId, Form, MessageId};
use crate::domain::ledger::Hash;
use crate::domain::log::Entry;
use crate::domain::order::{Order, OrderId};
use crate::secrets::{Place, Seal};

/// A file that Telegram still has to give.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub form: Form,
    /// How Telegram calls it.
    pub place: SecretString,
    /// How its sender calls it.
    pub name: Option<SecretString>,
    /// As Telegram says, before it is here.
    pub bytes: u64,
}

/// A file as we have it.
pub struct KeptFile {
    pub form: Form,
    /// How its sender calls it.
    pub name: Option<SecretString>,
    pub content: Vec<u8>,
}

impl KeptFile {
    /// See [`Form::ending`].
    pub fn ending(&self) -> &'static str {
        self.form.ending(self.name.as_ref().map(ExposeSecret::expose_secret))
    }
}

#[derive(sqlx::FromRow)]
struct FileRow {
    id: i64,
    message_id: i64,
    form: String,
    bytes: i64,
    status: String,
    sha256: Option<Vec<u8>>,
}

impl TryFrom<FileRow> for (MessageId, File) {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let FileRow { id, message_id, form, bytes, status, sha256 } = row;
        let wrong = |column, it: &str| StoreError::corrupt("files", id, column, it);
        let sha256: Option<[u8; 32]> = sha256.and_then(|it| it.try_into().ok());
        let content = match (status.as_str(), sha256) {
            ("awaited", _) => Content::Awaited,
            ("lost", _) => Content::Lost,
            ("kept", Some(hash)) => Content::Kept(hash),
            ("erased", Some(hash)) => Content::Erased(hash),
            _ => return Err(wrong("status", &status)),
        };
        let form = read_form(id, &form)?;
        Ok((MessageId(message_id), File { id: FileId(id), form, bytes: bytes as u64, content }))
    }
}

fn read_form(id: i64, form: &str) -> Result<Form, StoreError> {
    let known = Form::ALL.into_iter().find(|it| it.as_str() == form);
    known.ok_or_else(|| StoreError::corrupt("files", id, "form", form))
}

pub(super) fn place(id: i64, column: &'static str) -> Place<i64> {
    Place { table: "files", row: id, column }
}

impl Tx<'_> {
    /// A file has come with a message; Telegram still has to give it.
    pub async fn await_file(
        &mut self,
        seal: &Seal,
        message: MessageId,
        file: &NewFile,
    ) -> Result<FileId, StoreError> {
        let last: Option<i64> =
            sqlx::query_scalar("select max(id) from files").fetch_one(self.conn().await?).await?;
        let id = last.unwrap_or(0) + 1;
        let name = file.name.as_ref().map(|it| seal.seal(place(id, "name"), it.expose_secret()));
        sqlx::query(
            "insert into files (id, message_id, form, place, name, bytes, status)
             values ($1, $2, $3, $4, $5, $6, 'awaited')",
        )
        .bind(id)
        .bind(message.0)
        .bind(file.form.as_str())
        .bind(seal.seal(place(id, "place"), file.place.expose_secret())?)
        .bind(name.transpose()?)
        .bind(i64::try_from(file.bytes).unwrap_or(i64::MAX))
        .execute(self.conn().await?)
        .await?;
        Ok(FileId(id))
    }

    /// Whether a file is still to come.
    pub async fn awaits_file(&mut self, id: FileId) -> Result<bool, StoreError> {
        let awaited = sqlx::query_scalar(
            "select exists (select 1 from files where id = $1 and status = 'awaited')",
        )
        .bind(id.0)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(awaited)
    }

    /// It is here: kept, and its hash in the log.
    pub async fn keep_file(
        &mut self,
        seal: &Seal,
        order: &Order,
        id: FileId,
        content: &[u8],
    ) -> Result<Hash, StoreError> {
        let sha256 = Hash(Sha256::digest(content).into());
        sqlx::query(
            "update files set status = 'kept', bytes = $2, sha256 = $3, content = $4
             where id = $1 and status = 'awaited'",
        )
        .bind(id.0)
        .bind(i64::try_from(content.len()).unwrap_or(i64::MAX))
        .bind(sha256.0.as_slice())
        .bind(seal.seal_bytes(place(id.0, "content"), content)?)
        .execute(self.conn().await?)
        .await?;
        let (form, message, author): (String, i64, i64) = sqlx::query_as(
            "select form, message_id, author
             from files join messages on messages.id = message_id where files.id = $1",
        )
        .bind(id.0)
        .fetch_one(self.conn().await?)
        .await?;
        let entry = Entry::Filed {
            filed: id,
            message: MessageId(message),
            form: read_form(id.0, &form)?,
            bytes: content.len() as u64,
            sha256,
        };
        self.log_order(seal, order, Some(UserId(author)), entry).await?;
        Ok(sha256)
    }

    /// Telegram will not give it.
    pub async fn lose_file(&mut self, id: FileId) -> Result<(), StoreError> {
        sqlx::query("update files set status = 'lost' where id = $1 and status = 'awaited'")
            .bind(id.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// The message that a file came with, and its order.
    pub async fn message_of_file(
        &mut self,
        id: FileId,
    ) -> Result<Option<(MessageId, OrderId)>, StoreError> {
        let found: Option<(i64, i64)> = sqlx::query_as(
            "select messages.id, order_id from messages join files on message_id = messages.id
             where files.id = $1",
        )
        .bind(id.0)
        .fetch_optional(self.conn().await?)
        .await?;
        Ok(found.map(|(message, order)| (MessageId(message), OrderId(order))))
    }

    /// The oldest other order in which the same file was sent, if there is one.
    pub async fn same_file_in(
        &mut self,
        sha256: Hash,
        besides: OrderId,
    ) -> Result<Option<OrderId>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "select order_id from files join messages on messages.id = message_id
             where sha256 = $1 and order_id <> $2 order by files.id limit 1",
        )
        .bind(sha256.0.as_slice())
        .bind(besides.0)
        .fetch_optional(self.conn().await?)
        .await?;
        Ok(found.map(OrderId))
    }
}

impl Store {
    /// The files of an order's messages, oldest first.
    pub(super) async fn files_of(
        &self,
        order: OrderId,
    ) -> Result<HashMap<MessageId, Vec<File>>, StoreError> {
        let rows: Vec<FileRow> = sqlx::query_as(
            "select files.id, message_id, form, bytes, status, sha256
             from files join messages on messages.id = message_id
             where order_id = $1 order by files.id",
        )
        .bind(order.0)
        .fetch_all(self.readers())
        .await?;
        let mut files: HashMap<MessageId, Vec<File>> = HashMap::new();
        for row in rows {
            let (message, file) = row.try_into()?;
            files.entry(message).or_default().push(file);
        }
        Ok(files)
    }

    /// The message that a file came with.
    pub async fn message_with_file(&self, id: FileId) -> Result<Option<MessageId>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("select message_id from files where id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        Ok(found.map(MessageId))
    }

    /// Where a file still has to be fetched from.
    pub async fn awaited_file(
        &self,
        seal: &Seal,
        id: FileId,
    ) -> Result<Option<SecretString>, StoreError> {
        let sql = "select place from files where id = $1 and status = 'awaited'";
        self.opened_place(seal, id, sql).await
    }

    /// How Telegram calls a file, for fetching it and for passing it on.
    pub async fn file_place(
        &self,
        seal: &Seal,
        id: FileId,
    ) -> Result<Option<SecretString>, StoreError> {
        self.opened_place(seal, id, "select place from files where id = $1").await
    }

    async fn opened_place(
        &self,
        seal: &Seal,
        id: FileId,
        sql: &'static str,
    ) -> Result<Option<SecretString>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar(sql).bind(id.0).fetch_optional(self.readers()).await?;
        let opened = sealed.flatten().map(|it| seal.open(place(id.0, "place"), &it));
        opened.transpose().map_err(|source| StoreError::corrupt("files", id.0, "place", source))
    }

    /// A file, as long as it is kept.
    pub async fn kept_file(&self, seal: &Seal, id: FileId) -> Result<Option<KeptFile>, StoreError> {
        let row: Option<(String, Option<Vec<u8>>, Vec<u8>)> = sqlx::query_as(
            "select form, name, content from files where id = $1 and content is not null",
        )
        .bind(id.0)
        .fetch_optional(self.readers())
        .await?;
        let Some((form, name, content)) = row else { return Ok(None) };
        let corrupt = |column| move |source| StoreError::corrupt("files", id.0, column, source);
        let name = name.map(|it| seal.open(place(id.0, "name"), &it)).transpose();
        let content = seal.open_bytes(place(id.0, "content"), &content);
        Ok(Some(KeptFile {
            form: read_form(id.0, &form)?,
            name: name.map_err(corrupt("name"))?,
            content: content.map_err(corrupt("content"))?,
        }))
    }
}
