//! All that this Telegram knows, behind one lock that is held for moments only.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use tokio::sync::{Notify, broadcast, oneshot};

use crate::alipay::Book;
use crate::clock::Clock;
use crate::event::Event;
use crate::faults::Faults;
use crate::files::Files;
use crate::limits::{Limits, Meter};
use crate::message::{Content, Message};
use crate::room::{Room, RoomKind};
use crate::updates::{MESSAGE_MS, QUERY_MS, Updates};
use crate::user::User;
use crate::webhook::Webhook;

/// Shared by the server, the handles on people, and the webhook.
pub(crate) struct Inner {
    pub(crate) clock: Clock,
    pub(crate) token: String,
    pub(crate) limits: Limits,
    pub(crate) latency: Duration,
    pub(crate) events: broadcast::Sender<Event>,
    /// Told when updates come, a poll is superseded, or the webhook changes.
    pub(crate) stirred: Arc<Notify>,
    state: Mutex<State>,
}

impl Inner {
    pub(crate) fn new(
        clock: Clock,
        token: String,
        limits: Limits,
        latency: Duration,
        state: State,
        events: broadcast::Sender<Event>,
    ) -> Self {
        let stirred = Arc::clone(&state.updates.came);
        let state = Mutex::new(state);
        Self { clock, token, limits, latency, events, stirred, state }
    }

    /// A panic under the lock leaves at worst one half-done change to a toy world: go on.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct State {
    pub(crate) bot: Arc<User>,
    pub(crate) profile: Profile,
    pub(crate) rooms: BTreeMap<i64, Room>,
    pub(crate) updates: Updates,
    pub(crate) queries: Queries,
    pub(crate) files: Files,
    pub(crate) alipay: Book,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    pub(crate) meter: Meter,
    pub(crate) polling: Polling,
    pub(crate) webhook: Option<Webhook>,
    /// How many messages a chat remembers.
    pub(crate) memory: usize,
    pub(crate) next_person: i64,
    pub(crate) next_group: i64,
    events: broadcast::Sender<Event>,
}

/// What the bot has said about itself.
#[derive(Default)]
pub(crate) struct Profile {
    /// By scope (as JSON) and language.
    pub(crate) commands: BTreeMap<(String, String), Vec<BotCommand>>,
    /// By field (`name`, `description`, `short_description`) and language.
    pub(crate) words: BTreeMap<(&'static str, String), String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct BotCommand {
    pub command: String,
    pub description: String,
}

/// Who polls, and how.
#[derive(Default)]
pub(crate) struct Polling {
    /// Which `getUpdates` call may wait: the latest.
    pub(crate) turn: u64,
    pub(crate) waiting: bool,
    pub(crate) last_offset: Option<i64>,
    pub(crate) last_start: i64,
    pub(crate) last_end: i64,
    pub(crate) last_conflict: i64,
}

/// The latest Bot API calls, and how many there were of all time.
pub(crate) struct Calls {
    pub(crate) recorded: bool,
    list: VecDeque<Call>,
    /// By method, in lower case.
    counts: HashMap<String, Count>,
}

/// How often a method was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Calls that had their effect.
    pub done: u64,
    pub refused: u64,
    /// When the last one was answered.
    pub last: Option<Instant>,
}

/// One Bot API call, as it was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// As the bot wrote it.
    pub method: String,
    pub params: Value,
    /// The HTTP status; `None` when the connection was closed instead.
    pub code: Option<u16>,
}

const CALLS: usize = 10_000;

impl Calls {
    pub(crate) fn new(recorded: bool) -> Self {
        Self { recorded, list: VecDeque::new(), counts: HashMap::new() }
    }

    pub(crate) fn note(&mut self, method: &str, done: bool) {
        let count = self.counts.entry(method.to_owned()).or_default();
        *(if done { &mut count.done } else { &mut count.refused }) += 1;
        count.last = Some(Instant::now());
    }

    pub(crate) fn count(&self, method: &str) -> Count {
        self.counts.get(&method.to_ascii_lowercase()).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, call: Call) {
        if self.list.len() == CALLS {
            self.list.pop_front();
        }
        self.list.push_back(call);
    }

    pub(crate) fn list(&self) -> Vec<Call> {
        self.list.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }
}

/// The button presses that can still be answered, or were a moment ago.
pub(crate) struct Queries {
    by_id: HashMap<String, Query>,
    order: VecDeque<String>,
    next: u64,
}

pub(crate) struct Query {
    pub(crate) person: i64,
    asked_at: i64,
    pub(crate) answer: Option<Answer>,
    waiting: Vec<oneshot::Sender<Answer>>,
}

/// What a person hears after pressing a button.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub toast: Option<String>,
    pub alert: bool,
    /// Where a url button leads, or the answer itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What a copy button put on the clipboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied: Option<String>,
}

const QUERIES: usize = 100_000;

impl Default for Queries {
    fn default() -> Self {
        Self { by_id: HashMap::new(), order: VecDeque::new(), next: 4_300_000_000_000_001 }
    }
}

impl Queries {
    fn new_id(&mut self) -> String {
        self.next += 1;
        self.next.to_string()
    }

    pub(crate) fn open(&mut self, id: &str, person: i64, now: i64) {
        if self.order.len() == QUERIES
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_id.remove(&oldest);
        }
        let query = Query { person, asked_at: now, answer: None, waiting: Vec::new() };
        self.by_id.insert(id.to_owned(), query);
        self.order.push_back(id.to_owned());
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Query> {
        self.by_id.get(id)
    }

    /// The person who waits for this answer; nobody when it is too late or already given.
    pub(crate) fn answer(&mut self, id: &str, answer: &Answer, now: i64) -> Option<i64> {
        let query = self.by_id.get_mut(id)?;
        if query.answer.is_some() || now - query.asked_at >= QUERY_MS {
            return None;
        }
        query.answer = Some(answer.clone());
        for waiting in query.waiting.drain(..) {
            // Whoever stopped waiting does not need to hear it.
            let _ = waiting.send(answer.clone());
        }
        Some(query.person)
    }

    pub(crate) fn wait(&mut self, id: &str) -> Option<oneshot::Receiver<Answer>> {
        let query = self.by_id.get_mut(id)?;
        let (tell, told) = oneshot::channel();
        match &query.answer {
            Some(answer) => {
                let _ = tell.send(answer.clone());
            }
            None => query.waiting.push(tell),
        }
        Some(told)
    }
}

impl State {
    pub(crate) fn new(
        bot: User,
        memory: usize,
        recorded: bool,
        seed: u64,
        events: broadcast::Sender<Event>,
    ) -> Self {
        Self {
            bot: Arc::new(bot),
            profile: Profile::default(),
            rooms: BTreeMap::new(),
            updates: Updates::starting_at(100_000_001),
            queries: Queries::default(),
            files: Files::default(),
            alipay: Book::default(),
            faults: Faults::seeded(seed),
            calls: Calls::new(recorded),
            meter: Meter::default(),
            polling: Polling::default(),
            webhook: None,
            memory,
            next_person: 1001,
            next_group: -1001,
            events,
        }
    }

    /// Tells whoever watches; costs nothing while nobody does.
    pub(crate) fn tell(&self, event: impl FnOnce() -> Event) {
        if self.events.receiver_count() > 0 {
            let _ = self.events.send(event());
        }
    }

    pub(crate) fn tell_person(&self, id: i64) {
        if let Some(info) = self.rooms.get(&id).and_then(Room::info) {
            self.tell(|| Event::Person { person: Box::new(info) });
        }
    }

    pub(crate) fn tell_edit(&self, chat: i64, message_id: i64) {
        if let Some(message) = self.rooms.get(&chat).and_then(|it| it.message(message_id)) {
            self.tell(|| Event::Edit { person: chat, message: Box::new(message.clone()) });
        }
    }

    /// The bot says something in a chat. `None` when there is no such chat.
    pub(crate) fn bot_says(&mut self, chat: i64, content: Content, now: i64) -> Option<&Message> {
        let (bot, memory) = (Arc::clone(&self.bot), self.memory);
        let room = self.rooms.get_mut(&chat)?;
        let id = room.add(content, bot, now / 1_000, memory).message_id;
        let message = self.rooms.get(&chat)?.message(id)?;
        self.tell(|| Event::Message { person: chat, message: Box::new(message.clone()) });
        Some(message)
    }

    /// A person says something in a chat; the bot gets an update if it is meant to see it.
    pub(crate) fn person_says(
        &mut self,
        from: Arc<User>,
        chat: i64,
        content: Content,
        now: i64,
    ) -> Option<Message> {
        let memory = self.memory;
        let bot = Arc::clone(&self.bot);
        let room = self.rooms.get_mut(&chat)?;
        if let RoomKind::Group { members, .. } = &mut room.kind {
            members.insert(from.id, Arc::clone(&from));
        }
        let message = room.add(content, from, now / 1_000, memory).clone();
        let reply = message.reply_to.and_then(|it| room.message(it));
        if !room.is_group() || concerns_bot(&message, reply, &bot) {
            let body = json_of(&message.for_bot(room.view(), reply));
            self.updates.push("message", chat, message.date * 1_000 + MESSAGE_MS, &body);
        }
        self.tell(|| Event::Message { person: chat, message: Box::new(message.clone()) });
        if chat == message.from.id && message.forwarded.is_none() {
            self.hears_of_account(chat, &message.text);
        }
        Some(message)
    }

    /// A person presses a button, or a client says so. Returns the callback query's id.
    pub(crate) fn person_presses(
        &mut self,
        person: i64,
        message_id: i64,
        data: &str,
        now: i64,
    ) -> Option<String> {
        let room = self.rooms.get(&person)?;
        let user = &room.person()?.user;
        let message = room.any_message(message_id)?;
        let shown = if message.deleted {
            json!({ "chat": room.view(), "message_id": message_id, "date": 0 }).to_string()
        } else {
            let reply = message.reply_to.and_then(|it| room.message(it));
            json_of(&message.for_bot(room.view(), reply))
        };
        let id = self.queries.new_id();
        let body = format!(
            "{{\"id\":\"{id}\",\"from\":{},\"message\":{shown},\"chat_instance\":\"{}\",\"data\":{}}}",
            json_of(user.as_ref()),
            chat_instance(person),
            json_of(data),
        );
        self.queries.open(&id, person, now);
        self.updates.push("callback_query", person + (3 << 33), now + QUERY_MS, &body);
        if let Some(room) = self.rooms.get_mut(&person) {
            room.read(room.last_id());
        }
        Some(id)
    }

    /// An update from outside says so: the bot may write back.
    pub(crate) fn has_written(&mut self, person: i64) {
        if let Some(person) = self.rooms.get_mut(&person).and_then(Room::person_mut) {
            person.started = true;
        }
    }

    /// A person blocks or unblocks the bot, which hears of it.
    pub(crate) fn set_blocked(&mut self, person: i64, blocked: bool, now: i64) {
        let bot = Arc::clone(&self.bot);
        let Some(room) = self.rooms.get_mut(&person) else { return };
        let Some(private) = room.person_mut() else { return };
        if private.blocked == blocked {
            return;
        }
        private.blocked = blocked;
        let user = Arc::clone(&private.user);
        let member = json!({ "user": *bot, "status": "member" });
        let kicked = json!({ "user": *bot, "status": "kicked", "until_date": 0 });
        let (old, new) = if blocked { (member, kicked) } else { (kicked, member) };
        let body = json!({
            "chat": room.view(),
            "from": *user,
            "date": now / 1_000,
            "old_chat_member": old,
            "new_chat_member": new,
        });
        let lane = person + (5 << 33);
        self.updates.push("my_chat_member", lane, now + MESSAGE_MS, &body.to_string());
        self.tell_person(person);
    }
}

/// In a group a bot hears commands, mentions and replies to itself, and nothing else.
fn concerns_bot(message: &Message, reply: Option<&Message>, bot: &User) -> bool {
    let name = bot.username.as_deref().unwrap_or_default().to_lowercase();
    let text = message.text.to_lowercase();
    let named = !name.is_empty() && text.contains(&format!("@{name}"));
    let first = text.split_whitespace().next().unwrap_or_default();
    let command = first.starts_with('/') && !first.contains('@');
    named || command || reply.is_some_and(Message::is_from_bot)
}

/// The same for every press in a chat, and not the chat's id.
fn chat_instance(chat: i64) -> i64 {
    chat.wrapping_mul(0x5851_f42d_4c95_7f2d)
}

/// Our own types have string keys and finite numbers only, so writing them cannot fail.
pub(crate) fn json_of<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
