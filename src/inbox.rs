//! Updates: durable before they are confirmed to Telegram, then handled, one at a time in each chat.
//!
//! Two halves that share a queue, each a loop of its own. The first polls, and moves the offset only after the batch is
//! committed. The second hands out what waits and runs the tree around it; a handler's own
//! transaction marks its update as done ([`crate::store::Tx::heard`]), so an effect happens exactly
//! once, however often the update comes and wherever the process dies.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use serde_json::value::RawValue;
use teloxide::dptree::di::DependencyMap;
use teloxide::types::Update;
use tokio::sync::{Notify, OnceCell, watch};

use crate::clock::Clock;
use crate::office::{Alarm, Office};
use crate::secrets::Seal;
use crate::stop::Stop;
use crate::store::inbox::{Arrival, Waiting};
use crate::store::{Store, StoreError, Tx, WriteError};
use crate::telegram::api::{Api, Outcome};
use crate::telegram::door::{Delivery, Door, Sender, Tree};
use crate::telegram::update::{self, Peek};

mod limiter;
mod queue;

pub use limiter::Limits;
use limiter::{Judgement, Limiter};
use queue::{Lane, Queue};

/// How many handlers run at once: what fits into one commit.
const AT_ONCE: usize = 256;
/// Nothing is polled while more than this waits: Telegram keeps it for us.
const BACKLOG: usize = 2_000;
/// A handler that failed so often on an update has had its chance.
const TRIES: u32 = 3;
/// The pulse is not written more often.
const PULSE: TimeDelta = TimeDelta::seconds(5);
/// The ids of finished updates are kept for this long: they are the duplicate filter.
const REMEMBERED: TimeDelta = TimeDelta::hours(48);
const FORGET_EVERY: TimeDelta = TimeDelta::hours(1);
const FORGET_AT_ONCE: u32 = 5_000;
/// The longest pause between polls that fail.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A second poller is an alarm again once there was none for so long.
const CONFLICT_EVERY: TimeDelta = TimeDelta::minutes(10);
/// How long handlers may take to finish when we leave.
const LEAVE_IN: Duration = Duration::from_secs(10);

/// Why the inbox ended.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("Telegram does not accept the bot's token (any more)")]
    Unauthorized,
}

/// How we are in touch with Telegram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The last poll that was answered.
    pub last: Option<DateTime<Utc>>,
    /// The last time that somebody else was found to use the token.
    pub conflict: Option<DateTime<Utc>>,
}

/// How updates are asked for and taken in.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// How long a poll waits for updates.
    pub long_poll: Duration,
    pub limits: Limits,
}

/// What one poll brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polled {
    /// So many updates, of which so many were new and not too many of one person; committed, and
    /// confirmed by the next poll.
    Batch { updates: usize, new: usize },
    /// Nothing; ask again after this.
    Failed { pause: Duration },
}

/// Takes updates in and has them handled.
pub struct Inbox<D> {
    api: Api,
    store: Store,
    seal: Seal,
    clock: Clock,
    office: Arc<dyn Office>,
    tree: Tree,
    /// What every handler may ask for.
    shared: DependencyMap,
    door: D,
    long_poll: Duration,
    queue: Mutex<Queue>,
    /// Something was put into the queue.
    filled: Notify,
    /// Something was finished.
    emptied: Notify,
    progress: Mutex<Progress>,
    limiter: Mutex<Limiter>,
    /// What was left by the last run is in the queue: nobody goes on before.
    loaded: OnceCell<()>,
    contact: watch::Sender<Contact>,
}

#[derive(Default)]
struct Progress {
    /// The highest id of the last committed batch, plus one.
    offset: Option<i64>,
    pulse: Option<DateTime<Utc>>,
    forgot: Option<DateTime<Utc>>,
    failures: u32,
    /// Of a second poller the operator does not know yet.
    untold: bool,
    /// The last poll was answered, and what it brought is written.
    answered: bool,
}

/// How an update ended.
enum End {
    Handled,
    NotRouted,
    Failed {
        why: String,
    },
    /// The store could not be written: it does not count.
    Postponed,
    Unread {
        why: String,
    },
}

enum Work {
    /// Updates with what is known about their senders, ready to be run.
    Prepared(Result<Vec<BoxFuture<'static, Self>>, StoreError>),
    /// An update that was out has come to an end.
    Ended(Waiting, End),
    /// The end is written; the update is to be handed out again, or not.
    Written(Waiting, Next, Result<(), StoreError>),
}

#[derive(Clone, Copy)]
enum Next {
    Again,
    Over,
}

type Works = FuturesUnordered<BoxFuture<'static, Work>>;

impl<D: Door> Inbox<D> {
    /// An inbox around a tree. `shared` is what every handler may ask for, beside [`Update`],
    /// [`Delivery`] and the door's `Known`.
    ///
    /// # Panics
    /// When a handler of the tree asks for something that it will not be given.
    #[expect(clippy::too_many_arguments, reason = "it is wired once, in `main`")]
    pub fn new(
        api: Api,
        store: Store,
        seal: Seal,
        clock: Clock,
        office: Arc<dyn Office>,
        tree: Tree,
        shared: DependencyMap,
        door: D,
        intake: Intake,
    ) -> Self {
        let given = [
            teloxide::dptree::Type::of::<Update>(),
            teloxide::dptree::Type::of::<Delivery>(),
            teloxide::dptree::Type::of::<D::Known>(),
        ];
        teloxide::dptree::type_check(tree.sig(), &shared, &given);
        Self {
            api,
            store,
            seal,
            clock,
            office,
            tree,
            shared,
            door,
            long_poll: intake.long_poll,
            queue: Mutex::default(),
            filled: Notify::new(),
            emptied: Notify::new(),
            progress: Mutex::default(),
            limiter: Mutex::new(Limiter::new(intake.limits)),
            loaded: OnceCell::new(),
            contact: watch::Sender::default(),
        }
    }

    /// How we are in touch with Telegram.
    pub fn contact(&self) -> watch::Receiver<Contact> {
        self.contact.subscribe()
    }

    /// Polls until it is asked to stop.
    ///
    /// # Errors
    /// When the token is not valid any more, or the store is closed.
    pub async fn poll(self: Arc<Self>, mut stop: Stop) -> Result<(), InboxError> {
        let mut writable = self.store.writable();
        let poll = async {
            loop {
                // The writer's end is noticed by the next write.
                let _ = writable.wait_for(|it| *it).await;
                while self.queue().len() > BACKLOG {
                    self.emptied.notified().await;
                }
                match self.poll_once().await? {
                    Polled::Batch { .. } => {}
                    Polled::Failed { pause } => self.clock.wait(pause).await,
                }
            }
        };
        tokio::select! {
            // The batch of a poll that is cut off is not confirmed: it comes again.
            end = poll => end,
            () = stop.asked() => Ok(()),
        }
    }

    /// Takes what was left in the file by the last run.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn load(&self) -> Result<(), InboxError> {
        self.loaded.get_or_try_init(|| self.take_leftovers()).await.copied()
    }

    async fn take_leftovers(&self) -> Result<(), InboxError> {
        let backlog = self.store.waiting_updates(&self.seal).await?;
        if !backlog.waiting.is_empty() {
            tracing::info!(updates = backlog.waiting.len(), "going on where we ended");
        }
        self.queue().extend(backlog.waiting);
        for update_id in backlog.damaged {
            tracing::error!(update_id, "cannot be opened");
            self.set_aside(update_id).await?;
        }
        self.filled.notify_one();
        Ok(())
    }

    async fn set_aside(&self, update_id: i64) -> Result<(), StoreError> {
        let office = Arc::clone(&self.office);
        let aside = self.store.write(self.clock.now(), move |tx| {
            Box::pin(async move {
                tx.update_unread(update_id).await?;
                office.alarm(tx, &Alarm::UpdateUnread { update_id }).await
            })
        });
        aside.await
    }

    /// Asks Telegram once, and commits what it gives before anything else.
    ///
    /// # Errors
    /// When the token is not valid any more, or the store is closed.
    pub async fn poll_once(&self) -> Result<Polled, InboxError> {
        self.load().await?;
        let (offset, wait) = {
            let progress = self.progress();
            // Until Telegram has answered, we want to know soon that it does: the pulse waits.
            let wait = if progress.answered { self.long_poll } else { Duration::ZERO };
            (progress.offset, wait)
        };
        let why = match self.api.updates(offset, wait).await {
            Outcome::Done(reply) => {
                let raw: Vec<&RawValue> = match reply.read() {
                    Ok(raw) => raw,
                    Err(error) => return Ok(self.poll_failed(&format!("odd answer: {error}"))),
                };
                self.contact.send_modify(|it| it.last = Some(self.clock.now()));
                let taken = self.take_in(&raw).await;
                self.forget_old().await?;
                match taken {
                    Ok(new) => {
                        let mut progress = self.progress();
                        progress.failures = 0;
                        progress.answered = true;
                        drop(progress);
                        return Ok(Polled::Batch { updates: raw.len(), new });
                    }
                    Err(StoreError::Write(error)) if error.is_passing() => error.to_string(),
                    Err(error) => return Err(error.into()),
                }
            }
            Outcome::Unauthorized => return Err(InboxError::Unauthorized),
            Outcome::Conflict(why) => {
                self.conflict(&why).await?;
                return Ok(Polled::Failed { pause: self.pause() });
            }
            Outcome::RetryAfter { seconds } => {
                let pause = Duration::from_secs(u64::from(seconds));
                return Ok(Polled::Failed { pause });
            }
            other => format!("{other:?}"),
        };
        Ok(self.poll_failed(&why))
    }

    /// Writes a batch, but for what is too many of one person, and moves the offset. Returns how many
    /// were new.
    async fn take_in(&self, raw: &[&RawValue]) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let mut peeks: Vec<(Peek, &str)> = Vec::with_capacity(raw.len());
        for raw in raw {
            match update::peek(raw.get()) {
                Ok(peek) => peeks.push((peek, raw.get())),
                Err(error) => tracing::error!(%error, "an update without an id"),
            }
        }
        // Whatever order they come in, people said it in this one.
        peeks.sort_by_key(|(peek, _)| peek.update_id);
        let pulse = self.progress().pulse.is_none_or(|at| now - at >= PULSE);
        if peeks.is_empty() && !pulse {
            // After an empty answer nothing is left to confirm, and `update_id` may start anew.
            self.progress().offset = None;
            return Ok(0);
        }
        let offset = peeks.iter().map(|(peek, _)| peek.update_id + 1).max();
        let batch: Vec<Peek> = peeks.iter().map(|(peek, _)| *peek).collect();
        let judged = self.limiter().judge(&batch, now);
        let mut admitted = judged.admitted.iter();
        peeks.retain(|_| admitted.next().is_none_or(|it| *it));
        let tell = judged.tell.clone();
        if peeks.is_empty() && !pulse && tell.is_empty() {
            self.progress().offset = offset;
            self.settle(judged, now);
            return Ok(0);
        }
        let batch: Vec<_> = peeks
            .iter()
            .map(|(peek, raw)| Arrival::seal(&self.seal, peek.update_id, peek.chat, raw))
            .collect::<Result<_, _>>()?;
        let office = Arc::clone(&self.office);
        let new = self.store.write(now, move |tx| {
            Box::pin(async move {
                if pulse {
                    office.in_touch(tx).await?;
                }
                for chat in tell {
                    office.too_fast(tx, chat).await?;
                }
                if batch.is_empty() { Ok(Vec::new()) } else { tx.take_in(&batch).await }
            })
        });
        let mut new: HashSet<i64> = new.await?.into_iter().collect();
        let count = new.len();
        self.settle(judged, now);
        let mut progress = self.progress();
        progress.offset = offset;
        if pulse {
            progress.pulse = Some(now);
        }
        drop(progress);
        // Taken out of the set, because the same update may come twice in one batch.
        let fresh = peeks.into_iter().filter(|(peek, _)| new.remove(&peek.update_id));
        self.queue().extend(fresh.map(|(Peek { update_id, chat, .. }, raw)| Waiting {
            update_id,
            chat,
            raw: raw.to_owned(),
            tries: 0,
        }));
        self.filled.notify_one();
        Ok(count)
    }

    fn settle(&self, judged: Judgement, now: DateTime<Utc>) {
        if let Some(updates) = self.limiter().settle(judged, now) {
            tracing::warn!(updates, "left out, as some people send too much");
        }
    }

    fn poll_failed(&self, why: &str) -> Polled {
        self.progress().answered = false;
        let pause = self.pause();
        tracing::warn!(%why, ?pause, "no updates");
        Polled::Failed { pause }
    }

    /// From a second on twice as long each time, until a poll succeeds.
    fn pause(&self) -> Duration {
        let mut progress = self.progress();
        let pause = Duration::from_secs(1 << progress.failures.min(5)).min(LONGEST_PAUSE);
        progress.failures += 1;
        pause
    }

    /// Somebody else uses the token. Not a reason to leave, but one to shout.
    async fn conflict(&self, why: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        let before = self.contact.borrow().conflict;
        self.contact.send_modify(|it| it.conflict = Some(now));
        tracing::error!(%why, "somebody else uses the bot's token");
        {
            let mut progress = self.progress();
            progress.untold |= before.is_none_or(|at| now - at >= CONFLICT_EVERY);
            if !progress.untold {
                return Ok(());
            }
        }
        let (office, alarm) = (Arc::clone(&self.office), Alarm::Conflict { why: why.to_owned() });
        let told = self
            .store
            .write(now, |tx| Box::pin(async move { office.alarm(tx, &alarm).await }))
            .await;
        match told {
            Err(StoreError::Write(error)) if error.is_passing() => Ok(()),
            told => {
                self.progress().untold = false;
                told
            }
        }
    }

    /// Deletes finished updates that can no longer come again.
    async fn forget_old(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        if self.progress().forgot.is_some_and(|at| now - at < FORGET_EVERY) {
            return Ok(());
        }
        let old = self.store.forgettable_updates(now - REMEMBERED, FORGET_AT_ONCE).await?;
        // A full helping means that there is more: come back with the next poll.
        if old.len() < FORGET_AT_ONCE as usize {
            self.progress().forgot = Some(now);
        }
        if old.is_empty() {
            return Ok(());
        }
        let forgotten = self
            .store
            .write(now, |tx| Box::pin(async move { tx.forget_updates(&old).await }))
            .await;
        match forgotten {
            Err(StoreError::Write(error)) if error.is_passing() => Ok(()),
            forgotten => forgotten,
        }
    }

    /// Handles what is polled until it is asked to stop; then lets running handlers finish, at most
    /// for ten seconds.
    ///
    /// # Errors
    /// When the store is closed or cannot be read.
    pub async fn handle(self: Arc<Self>, mut stop: Stop) -> Result<(), InboxError> {
        self.load().await?;
        let mut works = Works::new();
        let mut writable = self.store.writable();
        while !stop.is_asked() {
            if *writable.borrow_and_update() {
                self.hand_out(&works);
            }
            tokio::select! {
                Some(work) = works.next() => self.all_worked(work, &mut works)?,
                () = self.filled.notified() => {}
                Ok(()) = writable.changed() => {}
                () = stop.asked() => {}
            }
        }
        // What does not finish in time is handed out again after the next start.
        let finish = async {
            while let Some(work) = works.next().await {
                self.worked(work, &works)?;
            }
            Ok(())
        };
        tokio::time::timeout(LEAVE_IN, finish).await.unwrap_or_else(|_| {
            tracing::warn!("some handlers did not finish; their updates come again");
            Ok(())
        })
    }

    /// Handles what waits, and what comes to wait meanwhile, until nothing is left. Returns how
    /// many updates came to an end.
    ///
    /// # Errors
    /// When the store is closed or cannot be written.
    pub async fn run_waiting(self: &Arc<Self>) -> Result<usize, InboxError> {
        self.load().await?;
        let mut works = Works::new();
        let mut ended = 0;
        self.hand_out(&works);
        while let Some(work) = works.next().await {
            match &work {
                Work::Ended(_, End::Postponed) => {
                    let why = "a handler could not write".to_owned();
                    return Err(StoreError::Write(WriteError::Unwritable { why }).into());
                }
                Work::Ended(..) => ended += 1,
                Work::Prepared(_) | Work::Written(..) => {}
            }
            self.worked(work, &works)?;
            self.hand_out(&works);
        }
        Ok(ended)
    }

    fn hand_out(self: &Arc<Self>, works: &Works) {
        let updates = self.queue().hand_out(AT_ONCE);
        if !updates.is_empty() {
            works.push(Arc::clone(self).prepare(updates).boxed());
        }
    }

    /// Types the updates and asks at the door, once for all of them.
    async fn prepare(self: Arc<Self>, updates: Vec<Waiting>) -> Work {
        let mut prepared: Vec<BoxFuture<'static, Work>> = Vec::with_capacity(updates.len());
        let (mut senders, mut readable) = (Vec::new(), Vec::new());
        for waiting in updates {
            match read(&waiting) {
                Ok((delivery, update)) => {
                    senders.push(Sender { chat: delivery.chat, user: delivery.user });
                    readable.push((waiting, delivery, update));
                }
                Err(why) => {
                    let why = why.to_string();
                    prepared.push(async { Work::Ended(waiting, End::Unread { why }) }.boxed());
                }
            }
        }
        let known = match self.door.known(&senders).await {
            Ok(known) => known,
            Err(error) => return Work::Prepared(Err(error)),
        };
        for ((waiting, delivery, update), known) in readable.into_iter().zip(known) {
            let mut given = self.shared.clone();
            given.insert(update);
            given.insert(delivery);
            given.insert(known);
            prepared.push(Arc::clone(&self).run_one(waiting, given).boxed());
        }
        Work::Prepared(Ok(prepared))
    }

    /// Runs the tree, and outlives its panics.
    async fn run_one(self: Arc<Self>, waiting: Waiting, given: DependencyMap) -> Work {
        let run = AssertUnwindSafe(async { self.tree.dispatch(given).await }).catch_unwind();
        let end = match run.await {
            Ok(ControlFlow::Break(Ok(()))) => End::Handled,
            Ok(ControlFlow::Break(Err(error))) if error.is_passing() => End::Postponed,
            Ok(ControlFlow::Break(Err(error))) => End::Failed { why: error.to_string() },
            Ok(ControlFlow::Continue(_)) => End::NotRouted,
            Err(_) => End::Failed { why: "it panicked".to_owned() },
        };
        Work::Ended(waiting, end)
    }

    /// Takes note of this work and of all other that has come to its end meanwhile, so that what is
    /// free by then is handed out together and asks at the door once.
    fn all_worked(self: &Arc<Self>, work: Work, works: &mut Works) -> Result<(), InboxError> {
        let mut work = Some(work);
        while let Some(it) = work {
            self.worked(it, works)?;
            work = works.next().now_or_never().flatten();
        }
        Ok(())
    }

    fn worked(self: &Arc<Self>, work: Work, works: &Works) -> Result<(), InboxError> {
        match work {
            Work::Prepared(ready) => ready?.into_iter().for_each(|it| works.push(it)),
            // The handler's own transaction has written it: the usual case, and the cheap one.
            Work::Ended(waiting, End::Handled) if self.store.heard().take(waiting.update_id) => {
                self.over(&waiting);
            }
            Work::Ended(waiting, End::Postponed) => self.queue().again(waiting),
            Work::Ended(waiting, end) => {
                works.push(Arc::clone(self).write_end(waiting, end).boxed());
            }
            Work::Written(waiting, Next::Again, end) => {
                end?;
                let tries = waiting.tries + 1;
                self.queue().again(Waiting { tries, ..waiting });
            }
            Work::Written(waiting, Next::Over, end) => {
                end?;
                self.over(&waiting);
            }
        }
        Ok(())
    }

    fn over(&self, waiting: &Waiting) {
        self.queue().ended(Lane::of(waiting));
        self.emptied.notify_one();
    }

    /// Writes an end that no handler has written.
    async fn write_end(self: Arc<Self>, waiting: Waiting, end: End) -> Work {
        let Waiting { update_id, chat, .. } = waiting;
        let (verdict, next) = match end {
            End::Handled | End::NotRouted | End::Postponed => (Verdict::Done, Next::Over),
            End::Failed { why } if waiting.tries + 1 < TRIES => {
                tracing::warn!(update_id, %why, "a handler failed");
                (Verdict::Failed, Next::Again)
            }
            End::Failed { why } => {
                tracing::error!(update_id, %why, "a handler failed too often");
                (Verdict::Dead, Next::Over)
            }
            End::Unread { why } => {
                tracing::error!(update_id, %why, "an update cannot be read");
                (Verdict::Unread, Next::Over)
            }
        };
        let written = loop {
            let office = Arc::clone(&self.office);
            let write = self.store.write(self.clock.now(), move |tx| {
                Box::pin(async move { verdict.write(tx, update_id, chat, &*office).await })
            });
            match write.await {
                // The handler has had its turn: only the writing of it is repeated.
                Err(StoreError::Write(WriteError::Unwritable { .. })) => {
                    let _ = self.store.writable().wait_for(|it| *it).await;
                }
                written => break written,
            }
        };
        Work::Written(waiting, next, written)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limiter(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(waiting: &Waiting) -> Result<(Delivery, Update), update::Unreadable> {
    let peek = update::peek(&waiting.raw)?;
    let delivery = Delivery {
        update_id: waiting.update_id,
        chat: peek.chat,
        user: peek.user,
        date: peek.date.and_then(|it| DateTime::from_timestamp(it, 0)),
        tries: waiting.tries,
    };
    Ok((delivery, update::typed(&waiting.raw)?))
}

/// What is written about an update.
#[derive(Clone, Copy)]
enum Verdict {
    Done,
    Failed,
    Dead,
    Unread,
}

impl Verdict {
    async fn write(
        self,
        tx: &mut Tx<'_>,
        update_id: i64,
        chat: Option<i64>,
        office: &dyn Office,
    ) -> Result<(), StoreError> {
        match self {
            Self::Done => {
                tx.heard(update_id);
                Ok(())
            }
            Self::Failed => tx.update_failed(update_id).await,
            Self::Dead => {
                tx.update_dead(update_id).await?;
                if let Some(chat) = chat {
                    office.gave_up(tx, chat).await?;
                }
                office.alarm(tx, &Alarm::UpdateDead { update_id }).await
            }
            Self::Unread => {
                tx.update_unread(update_id).await?;
                office.alarm(tx, &Alarm::UpdateUnread { update_id }).await
            }
        }
    }
}
