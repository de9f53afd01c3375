//! The one writer: takes what has queued up, runs each job in a savepoint of one transaction,
//! commits once, answers everybody.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{ConnectOptions, Connection, Transaction};
use sqlx_sqlite::{Sqlite, SqliteConnection};
use tokio::sync::{mpsc, oneshot, watch};

use super::StoreError;
use super::engine::Engine;
use super::heard::Heard;
use super::letterbox::Letterbox;
use super::outbox::{Buffered, Letter};

/// The most jobs that share one commit.
const GROUP: usize = 256;
/// The write-ahead log is copied back into the file when it is longer than this, in bytes…
const LONG_LOG: u64 = 16 * 1024 * 1024;
/// …but not more often than once in so many commits: a reader may be holding it.
const CHECKPOINT_EVERY: u32 = 32;
/// How often an unwritable disk is tried again.
const PROBE: Duration = Duration::from_secs(1);

/// The transaction could not be committed: nothing of the job was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk is full or gone. The writer tries again by itself; the caller may too.
    #[error("the database cannot be written: {why}")]
    Unwritable { why: String },
    /// The job panicked; its message is in the log.
    #[error("the job panicked")]
    Panicked,
    /// We are shutting down.
    #[error("the store is closed")]
    Closed,
    /// SQLite refused something that should never be refused.
    #[error("the transaction failed: {why}")]
    Failed { why: String },
}

impl WriteError {
    /// Whether it is worth trying again: the disk may come back.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unwritable { .. } | Self::Failed { .. } => true,
            Self::Panicked | Self::Closed => false,
        }
    }
}

/// Why the writer gave up. The process must end: state is on the disk, and nothing in memory can
/// be trusted to match it.
#[derive(Debug, thiserror::Error)]
#[error("the database can no longer be trusted to keep what is written: {why}")]
pub struct Fatal {
    why: String,
}

/// What the writer finds in its queue.
pub(super) enum Message {
    Job { now: DateTime<Utc>, job: Box<dyn Job> },
    Close,
}

/// A job, made by [`super::Store::write`], without the types it returns.
pub(super) trait Job: Send {
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx<'_>) -> BoxFuture<'t, (End, Answer)>;
    fn refuse(self: Box<Self>, told: WriteError);
}

/// Whether a job's writes stay.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Keep,
    Undo,
}

/// Tells the caller, once it is known whether the group was committed.
type Answer = Box<dyn FnOnce(Result<(), WriteError>) + Send>;

struct Asked<F, T, E> {
    job: F,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Asked<F, T, E>
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: From<WriteError> + Send + 'static,
{
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx<'_>) -> BoxFuture<'t, (End, Answer)> {
        let Self { job, caller } = *self;
        // The outer block catches a panic before the first await, too.
        let guarded = AssertUnwindSafe(async move { job(tx).await }).catch_unwind();
        Box::pin(async move {
            let result = guarded.await.unwrap_or_else(|_| Err(WriteError::Panicked.into()));
            let end = if result.is_ok() { End::Keep } else { End::Undo };
            let answer: Answer = Box::new(move |committed| {
                // Somebody who no longer waits does not want to know.
                let _ = caller.send(committed.map_err(E::from).and(result));
            });
            (end, answer)
        })
    }

    fn refuse(self: Box<Self>, told: WriteError) {
        let _ = self.caller.send(Err(told.into()));
    }
}

/// Wraps a job so that the writer need not know what it returns.
pub(super) fn message<T, E, F>(
    now: DateTime<Utc>,
    job: F,
) -> (Message, oneshot::Receiver<Result<T, E>>)
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: From<WriteError> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    (Message::Job { now, job: Box::new(Asked { job, caller }) }, answer)
}

/// A transaction, as a job sees it.
///
/// The noun's own files add what can be done with each table (`impl Tx<'_> { .. }`).
pub struct Tx<'c> {
    idle: Option<&'c mut SqliteConnection>,
    open: Option<Transaction<'c, Sqlite>>,
    /// Why the group's transaction did not begin.
    unbegun: Option<Lost>,
    savepoint: bool,
    now: DateTime<Utc>,
    next_letter: &'c mut i64,
    /// Letters not yet written, and those written by [`Tx::flush`].
    letters: Vec<Buffered>,
    flushed: Vec<Letter>,
    heard: Vec<i64>,
    /// How much of the buffers belongs to the jobs before.
    before: Mark,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    letters: usize,
    flushed: usize,
    heard: usize,
}

impl<'c> Tx<'c> {
    fn new(conn: &'c mut SqliteConnection, next_letter: &'c mut i64) -> Self {
        Self {
            idle: Some(conn),
            open: None,
            unbegun: None,
            savepoint: false,
            now: DateTime::UNIX_EPOCH,
            next_letter,
            letters: Vec::new(),
            flushed: Vec::new(),
            heard: Vec::new(),
            before: Mark::default(),
        }
    }

    /// The job's time, as its caller gave it.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The connection, for a statement. The first call of a job opens its savepoint.
    pub async fn conn(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        if !self.savepoint {
            sqlx::query("savepoint job").execute(self.group().await?).await?;
            self.savepoint = true;
        }
        self.group().await
    }

    /// Writes this job's letters and finished updates now, so that the job can see them.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        let letters = self.letters.split_off(self.before.letters);
        let heard = self.heard.split_off(self.before.heard);
        let written = self.insert_letters(letters).await?;
        self.flushed.extend(written);
        self.mark_heard(&heard).await?;
        self.heard.extend(heard);
        Ok(())
    }

    pub(super) fn next_letter_id(&mut self) -> i64 {
        *self.next_letter += 1;
        *self.next_letter
    }

    pub(super) fn buffer_letter(&mut self, letter: Buffered) {
        self.letters.push(letter);
    }

    pub(super) fn buffered(&self) -> &[Buffered] {
        &self.letters
    }

    pub(super) fn buffer_heard(&mut self, update_id: i64) {
        self.heard.push(update_id);
    }

    /// The connection inside the group's transaction, which the first call opens.
    async fn group(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        if let Some(conn) = self.idle.take() {
            match conn.begin_with("begin immediate").await {
                Ok(open) => self.open = Some(open),
                Err(error) => {
                    self.unbegun = Some(Lost::of(&error).to_disk());
                    return Err(error);
                }
            }
        }
        match &mut self.open {
            Some(open) => Ok(&mut **open),
            None => Err(sqlx::Error::BeginFailed),
        }
    }

    /// Ends a job's savepoint. An error means that the whole group is lost.
    async fn end_job(&mut self, end: End) -> Result<(), sqlx::Error> {
        if end == End::Undo {
            self.letters.truncate(self.before.letters);
            self.flushed.truncate(self.before.flushed);
            self.heard.truncate(self.before.heard);
        }
        self.before = Mark {
            letters: self.letters.len(),
            flushed: self.flushed.len(),
            heard: self.heard.len(),
        };
        if self.savepoint {
            self.savepoint = false;
            let conn = self.group().await?;
            if end == End::Undo {
                sqlx::query("rollback to job").execute(&mut *conn).await?;
            }
            sqlx::query("release job").execute(conn).await?;
        }
        Ok(())
    }

    /// Writes what is buffered and commits. Returns what became known by it.
    async fn commit(mut self) -> Result<Committed, Lost> {
        // Without a savepoint: if one of these fails, all of it fails.
        self.savepoint = true;
        let (letters, heard) = (std::mem::take(&mut self.letters), std::mem::take(&mut self.heard));
        let mut written = std::mem::take(&mut self.flushed);
        let buffers = async {
            if !letters.is_empty() {
                written.extend(self.insert_letters(letters).await?);
            }
            self.mark_heard(&heard).await
        };
        let buffers = buffers.await;
        if let Some(lost) = self.unbegun {
            return Err(lost);
        }
        buffers.map_err(|error| Lost::in_store(&error))?;
        if let Some(open) = self.open {
            open.commit().await.map_err(|error| Lost::of(&error))?;
        }
        Ok(Committed { letters: written, heard })
    }
}

struct Committed {
    letters: Vec<Letter>,
    heard: Vec<i64>,
}

/// What a group that was lost means for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lost {
    /// Nothing: this one was odd.
    Group { why: String },
    /// The disk does not take it; try until it does.
    Disk { why: String },
    /// A sync failed or the file is damaged: what is on the disk is unknown, and a second try
    /// could hide that.
    Trust { why: String },
}

impl Lost {
    fn of(error: &sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|it| it.code()?.parse::<i32>().ok());
        let why = error.to_string();
        match code.map(|code| (code & 0xff, code)) {
            // SQLITE_IOERR_FSYNC, _DIR_FSYNC, _COMMIT_ATOMIC
            Some((10, 1034 | 1290 | 7690)) => Self::Trust { why },
            // SQLITE_CORRUPT, SQLITE_NOTADB
            Some((11 | 26, _)) => Self::Trust { why },
            // SQLITE_BUSY, _READONLY, _IOERR, _FULL, _CANTOPEN, _PROTOCOL
            Some((5 | 8 | 10 | 13 | 14 | 15, _)) => Self::Disk { why },
            _ => Self::Group { why },
        }
    }

    fn in_store(error: &StoreError) -> Self {
        match error {
            StoreError::Sql(error) => Self::of(error),
            other => Self::Group { why: other.to_string() },
        }
    }

    /// The same loss, where it is known that not even a transaction could begin.
    fn to_disk(&self) -> Self {
        match self {
            Self::Group { why } => Self::Disk { why: why.clone() },
            other => other.clone(),
        }
    }

    fn told(&self) -> WriteError {
        match self {
            Self::Group { why } => WriteError::Failed { why: why.clone() },
            Self::Disk { why } | Self::Trust { why } => WriteError::Unwritable { why: why.clone() },
        }
    }
}

/// The task that owns the writing connection. Run it as a task of its own and notice its end.
pub struct Writer {
    engine: Engine,
    queue: mpsc::Receiver<Message>,
    writable: watch::Sender<bool>,
    letterbox: Arc<Letterbox>,
    heard: Arc<Heard>,
    next_letter: i64,
    log: PathBuf,
    since_checkpoint: u32,
}

impl Writer {
    pub(super) fn new(
        engine: Engine,
        queue: mpsc::Receiver<Message>,
        writable: watch::Sender<bool>,
        letterbox: Arc<Letterbox>,
        heard: Arc<Heard>,
    ) -> Self {
        let log = engine.file.with_extension("db-wal");
        let (next_letter, since_checkpoint) = (0, 0);
        Self { engine, queue, writable, letterbox, heard, next_letter, log, since_checkpoint }
    }

    /// Writes until [`super::Store::close`] is called or every handle is gone; then checkpoints,
    /// closes the file and returns.
    ///
    /// # Errors
    /// [`Fatal`] when a sync to the disk failed or the file is damaged: leave, and let the next
    /// start read from the disk what really happened.
    pub async fn run(mut self) -> Result<(), Fatal> {
        self.next_letter = last_letter(&mut self.engine.conn).await?;
        let mut messages = Vec::with_capacity(GROUP);
        while self.queue.recv_many(&mut messages, GROUP).await > 0 {
            let mut jobs = Vec::with_capacity(messages.len());
            for message in messages.drain(..) {
                match message {
                    Message::Job { now, job } => jobs.push((now, job)),
                    Message::Close => self.queue.close(),
                }
            }
            if let Err(lost) = self.group(jobs).await {
                self.recover(lost).await?;
            }
        }
        self.close().await
    }

    /// Runs jobs in one transaction and answers all of them.
    async fn group(&mut self, jobs: Vec<(DateTime<Utc>, Box<dyn Job>)>) -> Result<(), Lost> {
        let mut answers = Vec::with_capacity(jobs.len());
        match self.commit(jobs, &mut answers).await {
            Ok(Committed { letters, heard }) => {
                tracing::debug!(updates = heard.len(), "committed");
                self.heard.note(&heard);
                self.letterbox.post(letters);
                answers.into_iter().for_each(|answer| answer(Ok(())));
                self.checkpoint_if_long().await
            }
            Err(lost) => {
                answers.into_iter().for_each(|answer| answer(Err(lost.told())));
                Err(lost)
            }
        }
    }

    async fn commit(
        &mut self,
        jobs: Vec<(DateTime<Utc>, Box<dyn Job>)>,
        answers: &mut Vec<Answer>,
    ) -> Result<Committed, Lost> {
        let mut tx = Tx::new(&mut self.engine.conn, &mut self.next_letter);
        let mut jobs = jobs.into_iter();
        while let Some((now, job)) = jobs.next() {
            tx.now = now;
            let (end, answer) = job.run(&mut tx).await;
            answers.push(answer);
            if let Err(error) = tx.end_job(end).await {
                let lost = Lost::of(&error);
                jobs.for_each(|(_, job)| job.refuse(lost.told()));
                return Err(lost);
            }
        }
        tx.commit().await
    }

    /// After a lost group: a fresh connection, and a disk that takes a write again.
    async fn recover(&mut self, lost: Lost) -> Result<(), Fatal> {
        let mut lost = lost;
        loop {
            match &lost {
                Lost::Group { why } => tracing::error!(%why, "a group of writes was lost"),
                Lost::Disk { why } => {
                    if self.writable.send_replace(false) {
                        tracing::error!(%why, "the database cannot be written");
                    }
                    self.refuse_for(PROBE, &lost.told()).await;
                }
                Lost::Trust { why } => {
                    self.writable.send_replace(false);
                    return Err(Fatal { why: why.clone() });
                }
            }
            match self.probe().await {
                Ok(()) => {
                    if !self.writable.send_replace(true) {
                        tracing::warn!("the database can be written again");
                    }
                    return Ok(());
                }
                Err(error) if self.queue.is_closed() && self.queue.is_empty() => {
                    return Err(Fatal { why: error.to_string() });
                }
                Err(error) => lost = Lost::of(&error).to_disk(),
            }
        }
    }

    /// Writes something that means nothing, through a connection that nothing happened to.
    async fn probe(&mut self) -> Result<(), sqlx::Error> {
        let fresh = self.engine.options.connect().await?;
        let old = std::mem::replace(&mut self.engine.conn, fresh);
        // It may be anywhere inside a transaction; what closing it says no longer matters.
        let _ = old.close().await;
        let mut tx = self.engine.conn.begin_with("begin immediate").await?;
        sqlx::query("pragma user_version = 0").execute(&mut *tx).await?;
        tx.commit().await
    }

    /// Tells whoever comes that it cannot be written now.
    async fn refuse_for(&mut self, time: Duration, told: &WriteError) {
        let over = tokio::time::sleep(time);
        tokio::pin!(over);
        loop {
            tokio::select! {
                () = &mut over => return,
                Some(message) = self.queue.recv() => match message {
                    Message::Job { job, .. } => job.refuse(told.clone()),
                    Message::Close => self.queue.close(),
                },
            }
        }
    }

    async fn checkpoint_if_long(&mut self) -> Result<(), Lost> {
        self.since_checkpoint += 1;
        if self.since_checkpoint < CHECKPOINT_EVERY {
            return Ok(());
        }
        self.since_checkpoint = 0;
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() > LONG_LOG) {
            sqlx::query("pragma wal_checkpoint(passive)")
                .execute(&mut self.engine.conn)
                .await
                .map_err(|error| Lost::of(&error))?;
        }
        Ok(())
    }

    async fn close(mut self) -> Result<(), Fatal> {
        let fatal = |error: sqlx::Error| Fatal { why: error.to_string() };
        self.engine.readers.close().await;
        sqlx::query("pragma wal_checkpoint(truncate)")
            .execute(&mut self.engine.conn)
            .await
            .map_err(fatal)?;
        self.engine.conn.close().await.map_err(fatal)
    }
}

/// The highest id of a letter that is still there.
async fn last_letter(conn: &mut SqliteConnection) -> Result<i64, Fatal> {
    sqlx::query_scalar("select coalesce(max(id), 0) from outbox")
        .fetch_one(conn)
        .await
        .map_err(|error| Fatal { why: error.to_string() })
}
