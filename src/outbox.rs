//! Letters become calls: picked by urgency inside Telegram's limits, sent, and their end written.
//!
//! The rows are the truth. What is here in memory is read from them at the start and handed over
//! by the writer after each commit. One write about results and marks is under way at a time;
//! what happens meanwhile goes into the next one.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{BoxFuture, OptionFuture};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::domain::bill::Came;
use crate::domain::chat::{FileId, MessageId};
use crate::language::Language;
use crate::office::{Alarm, Card, Office};
use crate::stop::Stop;
use crate::store::outbox::{Class, Letter, Retry, Urgency, Version};
use crate::store::{Store, StoreError, Tx, WriteError};
use crate::telegram::api::{Api, Outcome};
use crate::telegram::render::{ComposeError, Composed, Message};

mod fetch;
mod lanes;

use fetch::Fetched;
pub use lanes::Limits;
use lanes::{Lanes, Picked};

/// How many letters are held in memory; the rest stays in the file until there is room. What is
/// urgent does not wait for that.
const HELD: usize = 4_000;
/// How far ahead letters with a time are read.
const HORIZON: TimeDelta = TimeDelta::minutes(10);
/// The pause after a failure that says nothing about the letter, doubled from the first on.
const PAUSE: TimeDelta = TimeDelta::seconds(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::seconds(30);
/// A letter that failed so often is told to the operator, once, and goes on being tried.
const LATE: u32 = 10;
/// An answer to a press is worth nothing after this.
const ANSWER_LIVES: u32 = 8;

/// Why the outbox ended.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("Telegram does not accept the bot's token (any more)")]
    Unauthorized,
}

/// What one [`Outbox::step`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many letters were picked and came to an end, whatever end.
    pub sent: usize,
    /// When there is something to do again; `None`: when a letter comes.
    pub next: Option<DateTime<Utc>>,
}

/// The sending loop. [`Outbox::run`] is the loop, [`Outbox::step`] one round of it.
pub struct Outbox {
    api: Api,
    store: Store,
    clock: Clock,
    office: Arc<dyn Office>,
    most_in_flight: usize,
    /// For files that are fetched.
    places: Arc<Semaphore>,
    lanes: Lanes,
    calls: FuturesUnordered<BoxFuture<'static, Tried>>,
    reports: FuturesUnordered<BoxFuture<'static, Told>>,
    /// Letters that were picked and whose end is not yet written, with their revisions.
    out: HashMap<i64, i64>,
    changes: Changes,
    writing: Option<BoxFuture<'static, Written>>,
    /// The file may hold letters that are not here.
    unread: bool,
    /// …and among them some that others must not hold up.
    urgent_unread: bool,
    read_again_at: Option<DateTime<Utc>>,
    /// Nothing is written before this: the disk refused.
    hold: Option<DateTime<Utc>>,
    failures: u32,
    settled: bool,
}

/// What is to be written about letters.
#[derive(Clone, Default)]
struct Changes {
    /// Picked letters that must be marked before they are sent.
    claims: Vec<Letter>,
    done: Vec<Version>,
    retries: Vec<Retry>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.claims.is_empty() && self.done.is_empty() && self.retries.is_empty()
    }
}

/// What became of a write.
struct Written {
    changes: Changes,
    /// Claims that were refused, or why nothing was written.
    result: Result<Vec<i64>, StoreError>,
}

/// What became of a letter.
struct Tried {
    letter: Letter,
    kept: Kept,
    end: End,
}

/// Why the id of a message is kept when it was sent.
#[derive(Clone, Copy)]
enum Kept {
    /// It is not.
    No,
    /// It is the live card of that order.
    Card(i64),
    /// It must not stay in the chat.
    Passing,
    /// It is not, but its author hears that it has come.
    Relayed(MessageId),
}

impl Kept {
    fn report(self, chat: i64, message_id: impl FnOnce() -> Option<i64>) -> Option<Report> {
        match self {
            Self::No => None,
            Self::Card(order) => {
                message_id().map(|it| Report::CardSent(Card { order, chat, message_id: it }))
            }
            Self::Passing => message_id().map(|message_id| Report::PassingSent { message_id }),
            Self::Relayed(message) => Some(Report::Relayed { message, reached: true }),
        }
    }
}

enum End {
    Called(Outcome),
    NothingToSay,
    /// A file was fetched and read.
    Fetched(i64, Arc<Came>),
    /// A file was fetched, or is gone.
    FileCame(FileId, Option<Arc<Vec<u8>>>),
    /// Other files are being read.
    Busy,
    Unwritten(ComposeError),
}

impl Outbox {
    /// An outbox that has not looked at its letters yet.
    pub fn new(
        api: Api,
        store: Store,
        clock: Clock,
        office: Arc<dyn Office>,
        limits: Limits,
        most_in_flight: usize,
    ) -> Self {
        Self {
            api,
            store,
            clock,
            office,
            most_in_flight: most_in_flight.max(1),
            places: Arc::new(Semaphore::new(fetch::AT_ONCE)),
            lanes: Lanes::new(limits),
            calls: FuturesUnordered::new(),
            reports: FuturesUnordered::new(),
            out: HashMap::new(),
            changes: Changes::default(),
            writing: None,
            unread: true,
            urgent_unread: false,
            read_again_at: None,
            hold: None,
            failures: 0,
            settled: false,
        }
    }

    /// Sends until it is asked to stop; then finishes what is in flight and returns.
    ///
    /// # Errors
    /// When the token is not valid any more, or the store is closed. A disk that refuses and a
    /// network that is down are waited for.
    pub async fn run(mut self, mut stop: Stop) -> Result<(), OutboxError> {
        let store = self.store.clone();
        let clock = self.clock.clone();
        loop {
            // Asked once: who is asked in the middle of a round would otherwise wait for it below.
            let leaving = stop.is_asked();
            let next = if leaving {
                if self.is_idle() {
                    return Ok(());
                }
                None
            } else {
                self.gather().await?;
                self.pick()
            };
            self.write();
            let next = [next, self.hold].into_iter().flatten().min();
            tokio::select! {
                Some(tried) = self.calls.next() => self.took_place(tried)?,
                Some(told) = self.reports.next() => self.told(told),
                Some(written) = OptionFuture::from(self.writing.as_mut()) => self.written(written)?,
                () = store.letterbox().rings(), if !leaving => {}
                Some(()) = OptionFuture::from(next.map(|at| clock.wait_until(at))) => {}
                () = stop.asked(), if !leaving => {}
            }
        }
    }

    /// Picks what may be sent now, sends all of it at once, and writes how it ended.
    ///
    /// # Errors
    /// As [`Outbox::run`]; and a disk that refuses, because a step does not wait.
    pub async fn step(&mut self) -> Result<Step, OutboxError> {
        self.gather().await?;
        let (before, next) = (self.lanes.len(), self.pick());
        let sent = self.out.len();
        while !self.is_idle() && self.hold.is_none() {
            self.write();
            tokio::select! {
                Some(tried) = self.calls.next() => self.took_place(tried)?,
                Some(told) = self.reports.next() => self.told(told),
                Some(written) = OptionFuture::from(self.writing.as_mut()) => self.written(written)?,
            }
        }
        let next = self.hold.take().or(next);
        tracing::trace!(before, sent, "one step of the outbox");
        Ok(Step { sent, next })
    }

    fn is_idle(&self) -> bool {
        self.calls.is_empty()
            && self.reports.is_empty()
            && self.writing.is_none()
            && self.changes.is_empty()
    }

    /// Takes in what was committed since the last look.
    async fn gather(&mut self) -> Result<(), OutboxError> {
        let now = self.clock.now();
        if !self.settled {
            let doubts = self.store.write(now, |tx| Box::pin(tx.settle_doubts())).await;
            let (dropped, again) = match doubts {
                Err(StoreError::Write(error)) if error.is_passing() => {
                    self.hold = Some(now + PAUSE);
                    return Ok(());
                }
                doubts => doubts?,
            };
            if (dropped, again) != (0, 0) {
                tracing::warn!(dropped, again, "letters were being sent when we ended");
            }
            self.settled = true;
        }
        let tray = self.store.letterbox().take();
        self.unread |= tray.overflowed;
        self.urgent_unread |= tray.overflowed;
        for letter in tray.letters {
            self.take_in(letter, now);
        }
        let due = self.read_again_at.is_some_and(|at| at <= now);
        if (self.unread || due) && self.lanes.len() < HELD / 2 {
            let by = now + HORIZON;
            let letters = self.store.waiting_letters(by, Urgency::Notice, HELD).await?;
            self.unread = letters.len() == HELD;
            self.urgent_unread = false;
            self.read_again_at = Some(now + HORIZON / 2);
            for letter in letters {
                self.take_in(letter, now);
            }
        } else if self.urgent_unread {
            // There is no room, because so many wait whose turn comes later anyway.
            let by = now + HORIZON;
            let letters = self.store.waiting_letters(by, Urgency::Reply, HELD).await?;
            self.urgent_unread = false;
            for letter in letters {
                self.take_in(letter, now);
            }
        }
        Ok(())
    }

    fn take_in(&mut self, letter: Letter, now: DateTime<Utc>) {
        // What is on its way is not to be sent again, unless it was replaced meanwhile.
        if self.out.get(&letter.id).is_none_or(|revision| *revision < letter.revision) {
            self.lanes.add(letter, now);
        }
    }

    /// Starts what may start; says when more may.
    fn pick(&mut self) -> Option<DateTime<Utc>> {
        let now = self.clock.now();
        let (mut unmarked, mut next) = (Vec::new(), None);
        while self.out.len() < self.most_in_flight {
            match self.lanes.pick(now) {
                Picked::Letter(letter) => {
                    self.out.insert(letter.id, letter.revision);
                    if must_be_marked(&letter) {
                        self.changes.claims.push(letter);
                    } else {
                        unmarked.push(letter);
                    }
                }
                Picked::NotBefore(at) => {
                    next = at.into_iter().chain(self.read_again_at).min();
                    break;
                }
            }
        }
        self.start(unmarked);
        next
    }

    /// Starts the calls of letters that go together.
    fn start(&self, letters: Vec<Letter>) {
        if letters.is_empty() {
            return;
        }
        let chats = letters.iter().map(|it| it.chat).collect();
        let languages = self.office.languages(chats).map(|it| match it {
            Ok(languages) => Ok(Arc::new(languages)),
            Err(error) => Err(error.to_string()),
        });
        let languages = languages.shared();
        for (place, letter) in letters.into_iter().enumerate() {
            let (api, office) = (self.api.clone(), Arc::clone(&self.office));
            let places = Arc::clone(&self.places);
            let languages = languages.clone();
            self.calls.push(
                async move {
                    let language = languages.await.map(|all| all[place]);
                    let (kept, end) = call(&api, &*office, &places, &letter, language).await;
                    Tried { letter, kept, end }
                }
                .boxed(),
            );
        }
    }

    /// Starts a write, if there is something to write and none is under way.
    fn write(&mut self) {
        let now = self.clock.now();
        if self.hold.is_some_and(|at| at > now) {
            return;
        }
        // Even when there is nothing to write: whoever waits for a moment that is over never sleeps.
        self.hold = None;
        if self.writing.is_some() || self.changes.is_empty() {
            return;
        }
        let (store, changes) = (self.store.clone(), std::mem::take(&mut self.changes));
        self.writing = Some(
            async move {
                let job = changes.clone();
                let result =
                    store.write(now, |tx| Box::pin(async move { job.write(tx).await })).await;
                Written { changes, result }
            }
            .boxed(),
        );
    }

    fn written(&mut self, written: Written) -> Result<(), OutboxError> {
        self.writing = None;
        let Written { changes, result } = written;
        let replaced = match result {
            Ok(replaced) => replaced,
            Err(StoreError::Write(error)) if error.is_passing() => {
                self.put_back(changes);
                self.hold = Some(self.clock.now() + PAUSE);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        for letter in &changes.done {
            self.forget(*letter);
        }
        for retry in &changes.retries {
            self.forget(retry.letter);
            // Not from memory: whether it was replaced meanwhile is known where the row is.
            self.unread = true;
            self.urgent_unread = true;
        }
        let now = self.clock.now();
        let (gone, marked): (Vec<_>, Vec<_>) =
            changes.claims.into_iter().partition(|it| replaced.contains(&it.id));
        for letter in gone {
            self.forget(letter.version());
            self.lanes.release(letter.chat, letter.class, now);
        }
        self.start(marked);
        Ok(())
    }

    /// Its end is written: whatever comes under this id now is news.
    fn forget(&mut self, letter: Version) {
        if self.out.get(&letter.id) == Some(&letter.revision) {
            self.out.remove(&letter.id);
        }
    }

    fn put_back(&mut self, changes: Changes) {
        let Changes { mut claims, mut done, mut retries } = changes;
        claims.append(&mut self.changes.claims);
        done.append(&mut self.changes.done);
        retries.append(&mut self.changes.retries);
        self.changes = Changes { claims, done, retries };
    }

    /// Notes how a call ended, and how all others did that have ended meanwhile.
    fn took_place(&mut self, tried: Tried) -> Result<(), OutboxError> {
        let mut tried = Some(tried);
        while let Some(it) = tried {
            self.note(it)?;
            tried = self.calls.next().now_or_never().flatten();
        }
        Ok(())
    }

    /// What an end means: for the letter, for its chat, for everybody.
    fn note(&mut self, tried: Tried) -> Result<(), OutboxError> {
        let Tried { letter, kept, end } = tried;
        let now = self.clock.now();
        let outcome = match end {
            End::Called(outcome) => outcome,
            End::NothingToSay => {
                self.end(letter, After::Done);
                return Ok(());
            }
            End::Fetched(bill, came) => {
                self.report(letter, Report::BillCame { bill, came }, After::Written);
                return Ok(());
            }
            End::FileCame(file, content) => {
                self.report(letter, Report::FileCame { file, content }, After::Written);
                return Ok(());
            }
            End::Busy => {
                let why = "other files are being read".to_owned();
                self.end(letter, After::Retry { at: now + PAUSE, why });
                return Ok(());
            }
            // What cannot be read now may be readable later, but holds up nobody else.
            End::Unwritten(ComposeError::Store(StoreError::Sql(error))) => {
                self.failed(letter.clone(), now + pause(letter.tries), error.to_string());
                return Ok(());
            }
            End::Unwritten(error) => Outcome::Bug(error.to_string()),
        };
        if !matches!(outcome, Outcome::Unsent(_) | Outcome::Unknown(_)) {
            self.failures = 0;
        }
        match outcome {
            // An answer is only read where the message's id is kept.
            Outcome::Done(reply) => match kept.report(letter.chat, || reply.message_id()) {
                Some(report) => self.report(letter, report, After::Written),
                None => self.end(letter, After::Done),
            },
            Outcome::NotModified | Outcome::Gone(_) => self.end(letter, After::Done),
            Outcome::CardLost(why) => match kept {
                Kept::Card(order) if letter.tries < LATE => {
                    self.report(letter, Report::CardLost { order }, After::Retry { at: now, why });
                }
                Kept::Card(_) | Kept::Passing | Kept::Relayed(_) | Kept::No => {
                    self.end(letter, After::Done);
                }
            },
            Outcome::RetryAfter { seconds } => {
                let at = now + TimeDelta::seconds(i64::from(seconds));
                self.lanes.hold_back(letter.chat, at, now);
                self.end(letter, After::Retry { at, why: format!("retry after {seconds}") });
            }
            Outcome::Blocked(why) => {
                tracing::info!(chat = letter.chat, %why, "cannot be reached");
                let report = match kept {
                    Kept::Relayed(message) => Report::Relayed { message, reached: false },
                    Kept::Card(_) | Kept::Passing | Kept::No => Report::Unreachable,
                };
                self.report(letter, report, After::Written);
            }
            Outcome::Migrated(to) => {
                let why = "the chat moved".to_owned();
                self.report(letter, Report::Moved { to }, After::Retry { at: now, why });
            }
            Outcome::Bug(why) => {
                tracing::error!(letter = letter.id, %why, "a letter was refused");
                self.report(letter, Report::Dead { why }, After::Written);
            }
            Outcome::Unauthorized => return Err(OutboxError::Unauthorized),
            Outcome::Conflict(why) => {
                self.end(letter, After::Retry { at: now + LONGEST_PAUSE, why });
            }
            Outcome::Unsent(why) => {
                // Nobody can be reached: the first letter to find out tells it for all.
                if !self.lanes.is_closed(now) {
                    self.failures += 1;
                    self.lanes.close(now + pause(self.failures - 1));
                }
                self.failed(letter, now + pause(self.failures.saturating_sub(1)), why);
            }
            // Perhaps it was sent: a reminder that rings twice is worse than one that does not.
            Outcome::Unknown(_) if must_be_marked(&letter) => self.end(letter, After::Done),
            Outcome::Unknown(why) => {
                let at = now + pause(letter.tries);
                self.failed(letter, at, why);
            }
        }
        Ok(())
    }

    /// Tries again for as long as the letter means something.
    fn failed(&mut self, letter: Letter, at: DateTime<Utc>, why: String) {
        if letter.class == Class::Answer && letter.tries >= ANSWER_LIVES {
            self.end(letter, After::Done);
        } else if letter.tries == LATE {
            let late = Report::Late { why: why.clone() };
            self.report(letter, late, After::Retry { at, why });
        } else {
            self.end(letter, After::Retry { at, why });
        }
    }

    /// Notes what is to be written, and lets the next letter of the chat go.
    fn end(&mut self, letter: Letter, after: After) {
        match after {
            After::Done => self.changes.done.push(letter.version()),
            After::Written => self.forget(letter.version()),
            After::Retry { at, why } => {
                self.changes.retries.push(Retry { letter: letter.version(), at, why });
            }
        }
        self.lanes.release(letter.chat, letter.class, self.clock.now());
    }

    /// Tells the office, in a transaction of its own: a mistake there must not keep the ends of
    /// other letters from being written. The chat waits for it: the next letter may build on it.
    fn report(&self, letter: Letter, report: Report, after: After) {
        let (store, office, clock) =
            (self.store.clone(), Arc::clone(&self.office), self.clock.clone());
        self.reports.push(
            async move {
                let (version, chat) = (letter.version(), letter.chat);
                let result = loop {
                    let (office, report) = (Arc::clone(&office), report.clone());
                    let written = store.write(clock.now(), move |tx| {
                        Box::pin(async move { report.write(&*office, tx, version, chat).await })
                    });
                    match written.await {
                        Err(StoreError::Write(error @ WriteError::Unwritable { .. })) => {
                            tracing::warn!(letter = letter.id, %error, "a report has to wait");
                            // An error here is the end of the writer: the next write tells.
                            let _ = store.writable().wait_for(|it| *it).await;
                        }
                        end => break end,
                    }
                };
                Told { letter, after, result }
            }
            .boxed(),
        );
    }

    fn told(&mut self, told: Told) {
        let Told { letter, after, result } = told;
        let after = match (result, after) {
            (Ok(()), after) => after,
            (Err(error), after) => {
                tracing::error!(letter = letter.id, %error, "a report about a letter was lost");
                match after {
                    After::Written => After::Done,
                    other => other,
                }
            }
        };
        self.end(letter, after);
    }
}

/// Puts a letter into words and sends it. Returns why its message's id is kept, too.
async fn call(
    api: &Api,
    office: &dyn Office,
    places: &Semaphore,
    letter: &Letter,
    language: Result<Language, String>,
) -> (Kept, End) {
    let composed = match language {
        Ok(language) => office.compose(&letter.body, letter.chat, language).await,
        Err(why) => return (Kept::No, End::Called(Outcome::Unsent(why))),
    };
    let Message { call, card, passing, relay, then } = match composed {
        Ok(Composed::Call(message)) => message,
        Ok(Composed::Nothing) => return (Kept::No, End::NothingToSay),
        Ok(Composed::Fetch { bill, file }) => {
            let end = match fetch::fetch(api, &file, places).await {
                Fetched::Came(came) => End::Fetched(bill, Arc::new(came)),
                Fetched::Busy => End::Busy,
                Fetched::Failed(outcome) => End::Called(outcome),
            };
            return (Kept::No, end);
        }
        Ok(Composed::FetchFile { file, place }) => {
            let end = match fetch::fetch_whole(api, &place, places).await {
                Fetched::Came(content) => End::FileCame(file, content.map(Arc::new)),
                Fetched::Busy => End::Busy,
                Fetched::Failed(outcome) => End::Called(outcome),
            };
            return (Kept::No, end);
        }
        Err(error) => return (Kept::No, End::Unwritten(error)),
    };
    let mut outcome = api.call(&call).await;
    // The page it was to take the place of is gone. (A card is looked up and composed again,
    // because others will edit it.)
    if let (Outcome::CardLost(_), None, Some(anew)) = (&outcome, card, call.anew()) {
        outcome = api.call(&anew).await;
    }
    // Convergent, and of no weight: however it ends, the letter is done.
    if let (Outcome::Done(_), Some(then)) = (&outcome, then) {
        api.call(&then).await;
    }
    let kept = match (card, relay) {
        (Some(order), _) => Kept::Card(order),
        (None, Some(message)) => Kept::Relayed(message),
        (None, None) if passing => Kept::Passing,
        (None, None) => Kept::No,
    };
    (kept, End::Called(outcome))
}

/// What is still to be done about a letter that was tried.
enum After {
    /// Its end is still to be written.
    Done,
    /// Its end was written with the report.
    Written,
    Retry {
        at: DateTime<Utc>,
        why: String,
    },
}

/// What became of a report.
struct Told {
    letter: Letter,
    after: After,
    result: Result<(), StoreError>,
}

impl Changes {
    async fn write(self, tx: &mut Tx<'_>) -> Result<Vec<i64>, StoreError> {
        tx.letters_done(&self.done).await?;
        for retry in &self.retries {
            tx.letter_retried(retry).await?;
        }
        let claims: Vec<_> = self.claims.iter().map(Letter::version).collect();
        tx.letters_attempting(&claims).await
    }
}

/// What the office is told about a letter.
#[derive(Clone)]
enum Report {
    CardSent(Card),
    CardLost { order: i64 },
    PassingSent { message_id: i64 },
    BillCame { bill: i64, came: Arc<Came> },
    FileCame { file: FileId, content: Option<Arc<Vec<u8>>> },
    Relayed { message: MessageId, reached: bool },
    Unreachable,
    Moved { to: i64 },
    Dead { why: String },
    Late { why: String },
}

impl Report {
    async fn write(
        self,
        office: &dyn Office,
        tx: &mut Tx<'_>,
        letter: Version,
        chat: i64,
    ) -> Result<(), StoreError> {
        match self {
            Self::CardSent(card) => {
                office.card_sent(tx, card).await?;
                tx.letters_done(&[letter]).await
            }
            Self::CardLost { order } => office.card_lost(tx, order, chat).await,
            Self::PassingSent { message_id } => {
                office.passing_sent(tx, chat, message_id).await?;
                tx.letters_done(&[letter]).await
            }
            Self::BillCame { bill, came } => {
                office.bill_came(tx, chat, bill, &came).await?;
                tx.letters_done(&[letter]).await
            }
            Self::FileCame { file, content } => {
                office.file_came(tx, file, content.as_ref().map(|it| it.as_slice())).await?;
                tx.letters_done(&[letter]).await
            }
            Self::Relayed { message, reached } => {
                if !reached {
                    office.unreachable(tx, chat).await?;
                }
                office.relayed(tx, chat, message, reached).await?;
                tx.letters_done(&[letter]).await
            }
            Self::Unreachable => {
                office.unreachable(tx, chat).await?;
                tx.letters_done(&[letter]).await
            }
            Self::Moved { to } => tx.letters_moved(chat, to).await,
            Self::Dead { why } => {
                tx.letter_dead(letter, &why).await?;
                office.alarm(tx, &Alarm::LetterDead { letter: letter.id, why }).await
            }
            Self::Late { why } => {
                office.alarm(tx, &Alarm::LetterLate { letter: letter.id, why }).await
            }
        }
    }
}

/// Whether it matters after a death that this letter may have been sent. Anything else is sent
/// again in any case, because it names its order and step: the mark would only cost a commit.
fn must_be_marked(letter: &Letter) -> bool {
    letter.class == Class::Append && letter.urgency == Urgency::Reminder
}

fn pause(failures: u32) -> TimeDelta {
    (PAUSE * 2_i32.pow(failures.min(10))).min(LONGEST_PAUSE)
}
