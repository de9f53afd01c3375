//! A local Telegram: a strict Bot API server over HTTP, people who talk to the bot, and a page
//! where one can be one of them. See `README.md` for the HTTP side.
//!
//! ```no_run
//! # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
//! use playground::{Options, Playground};
//!
//! let playground = Playground::start(Options::default()).await?;
//! println!("set the bot's api url to {}", playground.url());
//! let li_na = playground.person("Li Na", "zh-hans");
//! li_na.send("/start")?;
//! # Ok(())
//! # }
//! ```

mod alipay;
mod bot_api;
mod cast;
mod clock;
mod entity;
mod event;
mod faults;
mod files;
mod html;
mod keyboard;
mod limits;
mod link;
mod message;
mod page;
mod people;
mod person;
mod room;
mod server;
mod state;
mod task;
mod text;
mod updates;
mod user;
mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

pub use alipay::{
    Alipay, AlipayError, BillEntry, Direction, NewTransfer, Payer, Standing, Transfer,
};
pub use cast::{ARBITER, Cast, Habit, OPERATOR, TREASURER};
pub use clock::Clock;
pub use entity::{Entity, EntityKind};
pub use event::Event;
pub use faults::{Fault, FaultKind};
pub use html::{HtmlError, parse as parse_html};
pub use keyboard::{Action, Button, Rows};
pub use limits::{Limits, Rate};
pub use message::{Document, Message, Origin, Photo};
pub use person::{NewPerson, PeopleError, Person, PersonChange, Pretended, Sender, Upload};
pub use room::PersonInfo;
pub use state::{Answer, BotCommand, Call, Count};
pub use user::User;

use state::{Inner, State};
use task::Task;
use updates::{MESSAGE_MS, QUERY_MS};

pub const DEFAULT_TOKEN: &str = "42:playground-token";

/// How a playground is started; the default suits a test: a free port, real time, Telegram's limits.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port 0 is any free port.
    pub addr: SocketAddr,
    /// `digits:secret`; the digits are the bot's id.
    pub token: String,
    pub clock: Clock,
    pub limits: Limits,
    /// How long every call takes but `getUpdates`; half of it passes before the call has its effect.
    pub latency: Duration,
    pub bot_name: String,
    pub bot_username: String,
    /// Whether [`Playground::calls`] is kept; load tests switch it off.
    pub record_calls: bool,
    /// How many messages each chat remembers; older ones are forgotten.
    pub chat_memory: usize,
    /// Where the dice of faults with a probability start.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: DEFAULT_TOKEN.to_owned(),
            clock: Clock::real(),
            limits: Limits::telegram(),
            latency: Duration::ZERO,
            bot_name: "Playground bot".to_owned(),
            bot_username: "playground_bot".to_owned(),
            record_calls: true,
            chat_memory: 10_000,
            seed: 42,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{addr} is in use by another program")]
    InUse { addr: SocketAddr },
    #[error("cannot listen on {addr}")]
    Listen { addr: SocketAddr, source: std::io::Error },
    #[error("a token is digits, a colon, and at least 10 of A-Z a-z 0-9 _ -")]
    Token,
}

/// A running local Telegram. It ends when it is stopped or dropped.
pub struct Playground {
    addr: SocketAddr,
    inner: Arc<Inner>,
    server: Option<Task>,
}

/// An update whose JSON is already written, for feeding many at once.
#[derive(Clone, Debug)]
pub struct RawUpdate {
    /// `message`, `callback_query` …
    pub kind: &'static str,
    /// What stands under that name.
    pub body: Box<RawValue>,
    /// Whose it is: may be answered from then on, if this person exists.
    pub person: i64,
    /// The id of a callback query, so that it can be answered.
    pub query: Option<String>,
}

impl Playground {
    /// Listens and serves on the caller's runtime.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let id = bot_id(&options.token).ok_or(StartError::Token)?;
        let listener = TcpListener::bind(options.addr).await.map_err(|source| {
            let addr = options.addr;
            match source.kind() {
                std::io::ErrorKind::AddrInUse => StartError::InUse { addr },
                _ => StartError::Listen { addr, source },
            }
        })?;
        let addr = listener
            .local_addr()
            .map_err(|source| StartError::Listen { addr: options.addr, source })?;
        let bot = User {
            id,
            is_bot: true,
            first_name: options.bot_name,
            username: Some(options.bot_username),
            language_code: None,
        };
        let (events, _) = broadcast::channel(4_096);
        let Options { clock, token, limits, latency, record_calls, chat_memory, seed, .. } =
            options;
        let state = State::new(bot, chat_memory, record_calls, seed, events.clone());
        let inner = Arc::new(Inner::new(clock, token, limits, latency, state, events));
        let server = Task::start(server::serve(listener, Arc::clone(&inner)));
        Ok(Self { addr, inner, server: Some(server) })
    }

    /// Where the Bot API, the People API and the page are, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    pub fn token(&self) -> &str {
        &self.inner.token
    }

    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Ends it; the port is free when this returns.
    pub async fn stop(mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    /// A new person. A name that does not fit is mended: cut to 64 characters, never empty.
    pub fn person(&self, name: &str, language_code: &str) -> Person {
        self.somebody(name, language_code, false)
    }

    /// A new person for whom a program speaks; the page lists them apart.
    pub fn scripted_person(&self, name: &str, language_code: &str) -> Person {
        self.somebody(name, language_code, true)
    }

    fn somebody(&self, name: &str, language_code: &str, scripted: bool) -> Person {
        let name: String = name.trim().chars().take(64).collect();
        let name = if name.trim().is_empty() { "Somebody".to_owned() } else { name };
        let mut new = NewPerson {
            name,
            language_code: Some(language_code.to_owned()),
            scripted,
            ..NewPerson::default()
        };
        loop {
            match self.add_person(new.clone()) {
                Ok(person) => return person,
                // Name and id fit, so it is the language.
                Err(_) => new.language_code = None,
            }
        }
    }

    /// A new person, as exactly as you like.
    pub fn add_person(&self, new: NewPerson) -> Result<Person, PeopleError> {
        Person::create(&self.inner, new)
    }

    pub fn find_person(&self, id: i64) -> Result<Person, PeopleError> {
        Person::find(&self.inner, id)
    }

    pub fn people(&self) -> Vec<PersonInfo> {
        Person::all(&self.inner)
    }

    /// The pretend Alipay.
    pub fn alipay(&self) -> Alipay {
        Alipay::of(&self.inner)
    }

    /// A new group with the bot in it.
    pub fn group(&self, title: &str) -> Result<i64, PeopleError> {
        person::create_group(&self.inner, title)
    }

    pub fn group_chat(&self, id: i64) -> Result<Vec<Message>, PeopleError> {
        person::group_chat(&self.inner, id, 0)
    }

    pub fn fault(&self, fault: Fault) {
        self.inner.lock().faults.add(fault);
    }

    pub fn faults(&self) -> Vec<Fault> {
        self.inner.lock().faults.list()
    }

    pub fn clear_faults(&self) {
        self.inner.lock().faults.clear();
    }

    /// The last 10,000 Bot API calls, oldest first; empty when they are not recorded.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.lock().calls.list()
    }

    /// How often a method was called, except for calls that a fault has hit.
    pub fn count(&self, method: &str) -> Count {
        self.inner.lock().calls.count(method)
    }

    pub fn forget_calls(&self) {
        self.inner.lock().calls.clear();
    }

    /// What happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// How many updates wait to be confirmed.
    pub fn pending_updates(&self) -> usize {
        let now = self.inner.clock.millis();
        self.inner.lock().updates.count(now)
    }

    /// Queues an update as it is, with its own `update_id` or the next one, which is returned. A
    /// person named in it may be answered, and so may a callback query.
    pub fn push_update(&self, mut update: Value) -> i64 {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        let id = match update["update_id"].as_i64() {
            Some(id) => id,
            None => {
                let id = state.updates.next_id();
                update["update_id"] = id.into();
                id
            }
        };
        let query = &update["callback_query"];
        let message = &update["message"];
        let (person, expires_at) = if query.is_object() {
            (query["from"]["id"].as_i64(), now + QUERY_MS)
        } else {
            let date = message["date"].as_i64().map_or(now, |it| it * 1_000);
            (message["chat"]["id"].as_i64(), date + MESSAGE_MS)
        };
        let person = person.unwrap_or(0);
        if let Some(query) = query["id"].as_str() {
            state.queries.open(query, person, now);
        }
        state.has_written(person);
        let lane = if query.is_object() { person + (3 << 33) } else { person };
        state.updates.push_raw(id, lane, expires_at, update.to_string());
        id
    }

    /// Queues many updates under one lock; their JSON is not read.
    pub fn push_updates(&self, updates: impl IntoIterator<Item = RawUpdate>) {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        for RawUpdate { kind, body, person, query } in updates {
            state.has_written(person);
            let (lane, expires_at) = match &query {
                Some(query) => {
                    state.queries.open(query, person, now);
                    (person + (3 << 33), now + QUERY_MS)
                }
                None => (person, now + MESSAGE_MS),
            };
            state.updates.push(kind, lane, expires_at, body.get());
        }
    }

    /// The id of the next update; Telegram starts anew at random after a quiet week.
    pub fn set_next_update_id(&self, id: i64) {
        self.inner.lock().updates.set_next_id(id);
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        // The webhook's deliveries hold the state that holds them.
        self.inner.lock().webhook = None;
    }
}

/// The digits of a token that looks like one.
fn bot_id(token: &str) -> Option<i64> {
    let (id, secret) = token.split_once(':')?;
    let fits = secret.len() >= 10
        && secret.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
        && id.bytes().all(|it| it.is_ascii_digit());
    if fits { id.parse().ok().filter(|it| *it > 0) } else { None }
}
