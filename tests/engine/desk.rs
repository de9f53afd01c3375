//! A running engine without orders: every message is answered with its own text.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::bucket::Rate;
use fangbi::clock::{Clock, from_millis};
use fangbi::domain::bill::Came;
use fangbi::domain::chat::{FileId, MessageId};
use fangbi::inbox::{self, Inbox, Intake};
use fangbi::language::Language;
use fangbi::office::{Alarm, Card, Office, Reported, Words};
use fangbi::outbox::{Limits, Outbox, Step};
use fangbi::secrets::Seal;
use fangbi::store::outbox::{Class, NewLetter, Urgency, Version};
use fangbi::store::{Fatal, Store, StoreError, Tx};
use fangbi::telegram::HandlerError;
use fangbi::telegram::api::{Api, Call};
use fangbi::telegram::door::{Delivery, Tree};
use fangbi::telegram::render::{self, ComposeError, Composed};
use futures::FutureExt;
use futures::future::BoxFuture;
use playground::{Options, Person, Playground};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use sqlx::AssertSqlSafe;
use teloxide::dptree;
use teloxide::prelude::*;
use tempfile::TempDir;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;

/// Who is told of an alarm.
pub(crate) const OPERATOR: &str = "Operator";

/// What a person hears whose update was given up.
pub(crate) const TOO_FAST: &str = "That was too much at once.";
pub(crate) const SORRY: &str = "That went wrong on our side.";

pub(crate) struct Desk {
    pub(crate) telegram: Playground,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) inbox: Arc<Inbox<()>>,
    pub(crate) outbox: Outbox,
    pub(crate) operator: Person,
    pub(crate) stage: Arc<Stage>,
    limits: Limits,
    writer: JoinHandle<Result<(), Fatal>>,
    data: PathBuf,
    _folder: TempDir,
}

/// What an office meets with on its way from a letter to a call.
pub(crate) struct Stage {
    /// No language and nothing else can be read.
    pub(crate) unreadable: AtomicBool,
    /// Letters that begin with “slow” need one of these each to be put into words.
    pub(crate) words: Semaphore,
    /// How many of them wait for that now.
    pub(crate) slow: AtomicUsize,
    /// Rings when one more waits.
    pub(crate) slower: Notify,
    /// Cards of which the office was told that they are lost.
    pub(crate) lost_cards: AtomicUsize,
}

impl Stage {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            unreadable: AtomicBool::new(false),
            words: Semaphore::new(0),
            slow: AtomicUsize::new(0),
            slower: Notify::new(),
            lost_cards: AtomicUsize::new(0),
        })
    }

    pub(crate) fn slow(&self) -> usize {
        self.slow.load(Ordering::SeqCst)
    }

    /// Returns when so many letters wait for their words.
    pub(crate) async fn waits_for_words(&self, letters: usize) {
        while self.slow() < letters {
            self.slower.notified().await;
        }
    }

    async fn words(&self) {
        self.slow.fetch_add(1, Ordering::SeqCst);
        self.slower.notify_one();
        self.words.acquire().await.unwrap().forget();
        self.slow.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(crate) const NO_LIMITS: Limits = Limits {
    all: Rate { per_second: 100_000, burst: 100_000 },
    urgent_reserve: 0,
    chat: Rate { per_second: 100_000, burst: 100_000 },
};

impl Desk {
    pub(crate) async fn open() -> Self {
        Self::with_limits(NO_LIMITS).await
    }

    pub(crate) async fn with_limits(limits: Limits) -> Self {
        let start = from_millis(1_800_000_000_000);
        let telegram = Playground::start(Options {
            clock: playground::Clock::manual(start),
            limits: playground::Limits::none(),
            ..Options::default()
        })
        .await
        .unwrap();
        let operator = telegram.person(OPERATOR, "en");
        operator.send("/silent").unwrap();
        Self::on(telegram, operator, Clock::test(start), limits).await
    }

    async fn on(telegram: Playground, operator: Person, clock: Clock, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_owned();
        let (store, writer) = writing(&data).await;
        let stage = Stage::new();
        let (inbox, outbox) = engine(&telegram, &store, &clock, &operator, &stage, limits);
        Self {
            telegram,
            clock,
            store,
            inbox,
            outbox,
            operator,
            stage,
            limits,
            writer,
            data,
            _folder: folder,
        }
    }

    /// Somebody who has written to the bot before.
    pub(crate) fn person(&self, name: &str) -> Person {
        let person = self.telegram.person(name, "en");
        person.send("/silent").unwrap();
        person
    }

    /// The process dies here, and another starts on what is on the disk.
    pub(crate) async fn dies(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in ["fangbi.db", "fangbi.db-wal"] {
            std::fs::copy(self.data.join(file), folder.path().join(file)).unwrap();
        }
        self.writer.abort();
        let data = folder.path().to_owned();
        let (store, writer) = writing(&data).await;
        let (inbox, outbox) =
            engine(&self.telegram, &store, &self.clock, &self.operator, &self.stage, self.limits);
        Self { store, inbox, outbox, writer, data, _folder: folder, ..self }
    }

    /// An inbox beside ours that uses another token.
    pub(crate) fn inbox_with_token(&self, token: &str) -> Arc<Inbox<()>> {
        let api = Api::new(&token.into(), &self.telegram.url()).unwrap();
        through(api, &self.store, &self.clock, &self.operator, &self.stage, self.limits).0
    }

    /// The outbox, for a loop beside the test. What stands here then has seen nothing yet.
    pub(crate) fn take_outbox(&mut self) -> Outbox {
        let (_, another) = engine(
            &self.telegram,
            &self.store,
            &self.clock,
            &self.operator,
            &self.stage,
            self.limits,
        );
        std::mem::replace(&mut self.outbox, another)
    }

    /// Polls, handles and sends until there is nothing left to do now.
    pub(crate) async fn drain(&mut self) {
        loop {
            let polled = self.inbox.poll_once().await.unwrap();
            let handled = self.inbox.run_waiting().await.unwrap();
            let Step { sent, .. } = self.outbox.step().await.unwrap();
            let idle = !matches!(polled, inbox::Polled::Batch { updates: 1.., .. });
            if idle && handled == 0 && sent == 0 {
                return;
            }
        }
    }

    /// Time passes for us and for Telegram.
    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.telegram.clock().set(self.clock.now());
    }

    pub(crate) async fn enqueue(&self, letters: Vec<NewLetter>) {
        self.store
            .write(self.clock.now(), |tx| {
                Box::pin(async move {
                    letters.into_iter().for_each(|it| tx.enqueue(it));
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }

    /// As the outbox does before it sends them.
    pub(crate) async fn mark_as_tried(&self, letters: &[i64]) {
        let all: Vec<_> = letters.iter().map(|id| Version { id: *id, revision: 0 }).collect();
        let gone = self.store.write(self.clock.now(), |tx| {
            Box::pin(async move { tx.letters_attempting(&all).await })
        });
        assert_eq!(gone.await.unwrap(), [0; 0]);
    }

    /// Nobody writes any more.
    pub(crate) async fn loses_its_writer(&mut self) {
        self.writer.abort();
        let _ = (&mut self.writer).await;
    }

    /// From now on every commit fails that marks, ends or puts back a letter.
    pub(crate) async fn fail_letters(&self) {
        self.fail(&["delete on outbox", "update on outbox"]).await;
    }

    /// From now on every commit fails that does one of these.
    pub(crate) async fn fail(&self, what: &[&str]) {
        let made = "create table nowhere (id integer primary key);
             create table doubt (id references nowhere deferrable initially deferred);";
        let fails = what.iter().enumerate().map(|(number, what)| {
            format!(
                "create trigger fails_{number} after {what} begin insert into doubt values (1); end;"
            )
        });
        self.execute(made.to_owned() + &fails.collect::<String>()).await.unwrap();
    }

    /// The commits succeed again.
    pub(crate) async fn mend(&self) {
        // What shares a commit with one that fails fails, too.
        for _ in 0..10 {
            let triggers = "drop trigger if exists fails_0; drop trigger if exists fails_1;
                drop table doubt; drop table nowhere";
            if self.execute(triggers.to_owned()).await.is_ok() {
                return;
            }
        }
        panic!("the file cannot be mended");
    }

    pub(crate) async fn execute(&self, sql: String) -> Result<(), StoreError> {
        self.store
            .write(self.clock.now(), move |tx| {
                Box::pin(async move {
                    sqlx::raw_sql(AssertSqlSafe(sql)).execute(tx.conn().await?).await?;
                    Ok(())
                })
            })
            .await
    }

    /// What is in the inbox, as `state: how many`.
    pub(crate) async fn inbox_states(&self) -> String {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("select state, count(*) from inbox group by state order by state")
                .fetch_all(self.store.readers())
                .await
                .unwrap();
        rows.iter().map(|(state, n)| format!("{state}: {n}")).collect::<Vec<_>>().join(", ")
    }

    pub(crate) async fn letters(&self) -> i64 {
        sqlx::query_scalar("select count(*) from outbox where state <> 'dead'")
            .fetch_one(self.store.readers())
            .await
            .unwrap()
    }
}

/// Nothing here takes seconds: what does not come then never comes.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), what).await.expect("it never comes")
}

/// What the bot has written to this person.
pub(crate) fn heard_by(person: &Person) -> Vec<String> {
    person.chat().into_iter().filter(|it| it.from.is_bot).map(|it| it.text).collect()
}

pub(crate) fn letter(person: &Person, urgency: Urgency, text: &str) -> NewLetter {
    NewLetter::new(person.id(), urgency, Class::Append, &json!({ "text": text })).unwrap()
}

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    from_millis(1_800_000_000_000) + TimeDelta::seconds(seconds)
}

#[expect(clippy::disallowed_methods, reason = "a test is the main of its desk")]
async fn writing(folder: &Path) -> (Store, JoinHandle<Result<(), Fatal>>) {
    let (store, writer) = Store::open(folder).await.unwrap();
    (store, tokio::spawn(writer.run()))
}

fn engine(
    telegram: &Playground,
    store: &Store,
    clock: &Clock,
    operator: &Person,
    stage: &Arc<Stage>,
    limits: Limits,
) -> (Arc<Inbox<()>>, Outbox) {
    let api = Api::new(&telegram.token().into(), &telegram.url()).unwrap();
    through(api, store, clock, operator, stage, limits)
}

fn through(
    api: Api,
    store: &Store,
    clock: &Clock,
    operator: &Person,
    stage: &Arc<Stage>,
    limits: Limits,
) -> (Arc<Inbox<()>>, Outbox) {
    let office = Arc::new(PlainOffice { operator: operator.id(), stage: Arc::clone(stage) });
    let inbox = Inbox::new(
        api.clone(),
        store.clone(),
        Seal::from_key(&[5; 32]),
        clock.clone(),
        office.clone(),
        tree(),
        dptree::deps![store.clone(), clock.clone()],
        (),
        Intake { long_poll: Duration::ZERO, limits: inbox::Limits::USUAL },
    );
    let outbox = Outbox::new(api, store.clone(), clock.clone(), office, limits, 16);
    (Arc::new(inbox), outbox)
}

/// An office without orders: a letter is its text, alarms go to the operator, and who cannot be
/// reached is noted in a row of the settings.
struct PlainOffice {
    operator: i64,
    stage: Arc<Stage>,
}

impl PlainOffice {
    fn read(&self) -> Result<(), StoreError> {
        let unreadable = self.stage.unreadable.load(Ordering::SeqCst);
        if unreadable { Err(sqlx::Error::PoolTimedOut.into()) } else { Ok(()) }
    }
}

#[derive(Deserialize)]
struct Plain {
    text: String,
}

impl Office for PlainOffice {
    fn languages(&self, chats: Vec<i64>) -> BoxFuture<'static, Result<Vec<Language>, StoreError>> {
        let read = self.read();
        async move { read.map(|()| vec![Language::English; chats.len()]) }.boxed()
    }

    fn compose<'t>(&'t self, letter: &'t RawValue, chat: i64, _: Language) -> Words<'t> {
        async move {
            let Plain { text } = serde_json::from_str(letter.get())?;
            let mut call = Call::new("sendMessage", json!({ "chat_id": chat, "text": text }));
            let mut card = None;
            match text.as_str() {
                "fetch" => {
                    let (file, place) = (FileId(7), "documents/gone.pdf".into());
                    return Ok(Composed::FetchFile { file, place });
                }
                "nothing" => return Ok(Composed::Nothing),
                // As if the file could be read when the language was, and not a moment later.
                "unreadable" => return Err(ComposeError::Store(sqlx::Error::PoolTimedOut.into())),
                "lost card" => {
                    let lost = json!({ "chat_id": chat, "message_id": 1_000_000, "text": text });
                    (call, card) = (Call::new("editMessageText", lost), Some(7));
                }
                slow if slow.starts_with("slow") => self.stage.words().await,
                _ => {}
            }
            Ok(Composed::Call(render::Message {
                call,
                card,
                passing: false,
                relay: None,
                then: None,
            }))
        }
        .boxed()
    }

    fn in_touch<'t>(&'t self, tx: &'t mut Tx<'_>) -> Reported<'t> {
        tx.touch_pulse().boxed()
    }

    fn card_sent<'t>(&'t self, _: &'t mut Tx<'_>, _: Card) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn card_lost<'t>(&'t self, _: &'t mut Tx<'_>, _: i64, _: i64) -> Reported<'t> {
        self.stage.lost_cards.fetch_add(1, Ordering::SeqCst);
        async { Ok(()) }.boxed()
    }

    fn passing_sent<'t>(&'t self, _: &'t mut Tx<'_>, _: i64, _: i64) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn bill_came<'t>(&'t self, _: &'t mut Tx<'_>, _: i64, _: i64, _: &'t Came) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn file_came<'t>(&'t self, _: &'t mut Tx<'_>, _: FileId, _: Option<&'t [u8]>) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn relayed<'t>(&'t self, _: &'t mut Tx<'_>, _: i64, _: MessageId, _: bool) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn unreachable<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move {
            sqlx::query("insert into settings (name, value, changed_at) values ('gone', $1, 0)")
                .bind(chat.to_string())
                .execute(tx.conn().await?)
                .await?;
            Ok(())
        }
        .boxed()
    }

    fn too_fast<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move {
            let body = json!({ "text": TOO_FAST });
            tx.enqueue(NewLetter::new(chat, Urgency::Reply, Class::Append, &body)?);
            Ok(())
        }
        .boxed()
    }

    fn gave_up<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move {
            let body = json!({ "text": SORRY });
            tx.enqueue(NewLetter::new(chat, Urgency::Reply, Class::Append, &body)?);
            Ok(())
        }
        .boxed()
    }

    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t> {
        async move {
            let text = match alarm {
                Alarm::UpdateDead { update_id } => {
                    format!("Update {update_id} failed three times and was set aside.")
                }
                Alarm::UpdateUnread { update_id } => {
                    format!("Update {update_id} cannot be read and was set aside.")
                }
                Alarm::LetterDead { letter, why } => format!("Letter {letter} was refused: {why}"),
                Alarm::LetterLate { letter, why } => format!("Letter {letter} is late: {why}"),
                Alarm::Conflict { why } => format!("Somebody else uses the bot's token: {why}"),
                Alarm::NumberReused { order, other, .. } => {
                    format!("Order {order} was given the number of order {other}.")
                }
                Alarm::Outage { minutes, .. } => format!("We were away for {minutes} minutes."),
                Alarm::DeviceMisused { device } => format!("Phone {device} is misused."),
            };
            let body = json!({ "text": text });
            tx.enqueue(NewLetter::new(self.operator, Urgency::Notice, Class::Append, &body)?);
            Ok(())
        }
        .boxed()
    }
}

fn tree() -> Tree {
    let text = |wanted: &'static str| {
        move |message: Message| message.text().is_some_and(|it| it.starts_with(wanted))
    };
    dptree::entry().branch(
        Update::filter_message()
            .branch(dptree::filter(text("/panic")).endpoint(panics))
            .branch(dptree::filter(text("/fail")).endpoint(fails))
            .branch(dptree::filter(text("/silent")).endpoint(silent))
            .branch(dptree::filter(text("/unrouted")).filter(|| false).endpoint(silent))
            .branch(dptree::filter(|it: Message| it.text().is_some()).endpoint(echo)),
    )
}

async fn echo(
    store: Store,
    clock: Clock,
    delivery: Delivery,
    message: Message,
) -> Result<(), HandlerError> {
    let body = json!({ "text": format!("you said {}", message.text().unwrap_or_default()) });
    let letter = NewLetter::new(message.chat.id.0, Urgency::Reply, Class::Append, &body)?;
    store
        .write(clock.now(), move |tx| {
            tx.heard(delivery.update_id);
            tx.enqueue(letter);
            async { Ok(()) }.boxed()
        })
        .await
}

#[expect(clippy::panic, reason = "that is what it is for")]
async fn panics() -> Result<(), HandlerError> {
    panic!("a mistake in a handler")
}

/// Writes something, then fails: what it wrote must not stay.
async fn fails(store: Store, clock: Clock, delivery: Delivery) -> Result<(), HandlerError> {
    store
        .write(clock.now(), move |tx| {
            tx.heard(delivery.update_id);
            async move { Err(StoreError::Missing { table: "orders", row: "7".to_owned() }) }.boxed()
        })
        .await
        .map_err(HandlerError::Store)
}

/// Does nothing and says nothing.
async fn silent() -> Result<(), HandlerError> {
    Ok(())
}
