//! What must not be forgotten: one SQLite file, one writer, a few readers.
//!
//! All writes go through [`Store::write`]. The writer takes what has queued up, runs each job in a
//! savepoint of one transaction, commits once, and then answers everybody. A job therefore costs a
//! share of one commit, sees everything that was committed before it, and is done completely or
//! not at all.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx_sqlite::SqlitePool;
use tokio::sync::{mpsc, watch};

pub mod ads;
mod amounts;
pub mod backup;
mod bars;
pub mod bill_numbers;
pub mod bills;
pub mod blocks;
pub mod bundles;
mod cases;
pub mod check;
pub mod conversations;
pub mod devices;
pub mod door;
mod engine;
pub mod factors;
pub mod files;
mod forgetting;
pub mod freezes;
mod heard;
pub mod inbox;
mod key;
pub mod ledger;
mod letterbox;
pub mod log;
pub mod messages;
pub mod orders;
pub mod outbox;
mod passing;
pub mod payees;
mod payers;
pub mod pulse;
pub mod relays;
mod retention;
pub mod signals;
pub mod staff;
pub mod stops;
pub mod strikes;
pub mod users;
mod wal;
pub mod withdrawals;
mod writer;

pub use engine::OpenError;
pub use heard::Heard;
pub use letterbox::Letterbox;
pub use writer::{Fatal, Tx, WriteError, Writer};

/// The database, in the data folder.
pub const FILE: &str = "fangbi.db";
/// How many jobs may wait for the writer before `write` itself waits.
const QUEUE: usize = 1_024;

/// An accident in the store. What a person may get wrong is never one of these.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("the database: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("{table} row {row}: {column} cannot be read")]
    Corrupt {
        table: &'static str,
        row: String,
        column: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{table} row {row} changed while we were deciding")]
    Stale { table: &'static str, row: String },
    /// The core has decided on a transfer that the books do not allow: a fault, not an answer.
    #[error("the ledger refuses {kind} {key}: {source}")]
    Unposted {
        kind: &'static str,
        key: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{table}: there is no row {row}")]
    Missing { table: &'static str, row: String },
    #[error("{what} cannot be written as JSON: {source}")]
    Json { what: &'static str, source: serde_json::Error },
    #[error(transparent)]
    Seal(#[from] crate::secrets::SealError),
}

impl StoreError {
    /// Whether SQLite cannot read the file as a database at all.
    pub fn is_no_database(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(error)) = self else { return false };
        // SQLITE_NOTADB
        error.code().as_deref() == Some("26")
    }

    /// A stored value that does not become what it should be.
    pub fn corrupt(
        table: &'static str,
        row: impl Display,
        column: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Corrupt { table, row: row.to_string(), column, source: source.into() }
    }
}

/// A handle to the store. Cloning gives another handle.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    jobs: mpsc::Sender<writer::Message>,
    readers: SqlitePool,
    writable: watch::Receiver<bool>,
    letterbox: Arc<Letterbox>,
    heard: Arc<Heard>,
}

impl Store {
    /// Opens the data folder, creating and migrating what is needed, and takes its lock.
    ///
    /// Nothing is written until somebody runs the [`Writer`]: `main` and the tests start
    /// `writer.run()` as a task of its own and notice its end.
    ///
    /// # Errors
    /// Each says in one line what is wrong with the folder: see [`OpenError`].
    pub async fn open(folder: &Path) -> Result<(Self, Writer), OpenError> {
        let engine = engine::open(folder).await?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (writable, seen) = watch::channel(true);
        let letterbox = Arc::new(Letterbox::default());
        let heard = Arc::new(Heard::default());
        let store = Self(Arc::new(Inner {
            folder: folder.to_owned(),
            jobs,
            readers: engine.readers.clone(),
            writable: seen,
            letterbox: Arc::clone(&letterbox),
            heard: Arc::clone(&heard),
        }));
        Ok((store, Writer::new(engine, queue, writable, letterbox, heard)))
    }

    /// Runs a job in the next transaction and returns what it returned, once that is committed.
    ///
    /// `now` is the job's time, [`Tx::now`]. If the job returns an error or panics, what it wrote
    /// is undone and the other jobs of the same transaction go on. The job itself is run by the
    /// writer: dropping this future does not stop it, so do not put it into a `select!` and
    /// conclude that nothing was written.
    ///
    /// ```ignore
    /// let order = store.write(now, move |tx| Box::pin(async move {
    ///     let order = tx.order(id).await?;
    ///     tx.enqueue(letter);
    ///     Ok::<_, StoreError>(order)
    /// })).await?;
    /// ```
    ///
    /// # Errors
    /// The job's own, or a [`WriteError`] when the transaction could not be committed: then
    /// nothing of it was written.
    pub async fn write<T, E, F>(&self, now: DateTime<Utc>, job: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<WriteError> + Send + 'static,
    {
        let (message, mut answer) = writer::message(now, job);
        if self.0.jobs.send(message).await.is_err() {
            return Err(WriteError::Closed.into());
        }
        // A queue does not refuse what is put into it in the very moment in which its reader goes, so
        // the reader's end is looked for, too.
        let mut writer = self.0.writable.clone();
        let gone = async { while writer.changed().await.is_ok() {} };
        let told = tokio::select! {
            biased;
            told = &mut answer => told.ok(),
            () = gone => answer.try_recv().ok(),
        };
        told.unwrap_or_else(|| Err(WriteError::Closed.into()))
    }

    /// A few read-only connections, for everything that decides nothing.
    pub fn readers(&self) -> &SqlitePool {
        &self.0.readers
    }

    /// Whether the last commit reached the disk. While this is false the writer tries once a
    /// second and every `write` fails at once.
    pub fn writable(&self) -> watch::Receiver<bool> {
        self.0.writable.clone()
    }

    /// Where letters appear as soon as they are committed.
    pub fn letterbox(&self) -> &Letterbox {
        &self.0.letterbox
    }

    /// Which updates were finished by the transaction of their handler.
    pub fn heard(&self) -> &Heard {
        &self.0.heard
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Lets the writer finish what is queued, then checkpoint and close the file. Later writes
    /// fail with [`WriteError::Closed`]; `writer.run()` returns when the file is closed.
    pub async fn close(&self) {
        // A writer that has ended already needs no word.
        let _ = self.0.jobs.send(writer::Message::Close).await;
        self.0.readers.close().await;
    }
}

#[cfg(test)]
mod tests;
