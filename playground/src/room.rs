//! A chat: a person's private one with the bot, or a group.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::limits::Meter;
use crate::message::{Content, Message};
use crate::user::User;

pub(crate) struct Room {
    pub(crate) id: i64,
    pub(crate) kind: RoomKind,
    pub(crate) meter: Meter,
    pub(crate) pinned: Option<i64>,
    /// The latest messages, without a gap: the first of them has the id `first`.
    messages: VecDeque<Message>,
    first: i64,
}

pub(crate) enum RoomKind {
    Private(Private),
    Group { title: String, members: BTreeMap<i64, Arc<User>> },
}

/// What the private chat knows of its person.
pub(crate) struct Private {
    pub(crate) user: Arc<User>,
    pub(crate) blocked: bool,
    /// Has written to the bot, which may therefore write back.
    pub(crate) started: bool,
    pub(crate) scripted: bool,
    pub(crate) unread: usize,
    pub(crate) read_up_to: i64,
}

/// A person as the People API shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonInfo {
    pub id: i64,
    pub name: String,
    pub username: Option<String>,
    pub language_code: String,
    /// This person has blocked the bot.
    pub blocked: bool,
    /// A program speaks for this person.
    pub scripted: bool,
    pub unread: usize,
}

/// Telegram's `Chat`.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
pub(crate) enum ChatView<'a> {
    Private {
        id: i64,
        first_name: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        username: Option<&'a str>,
        #[serde(rename = "type")]
        kind: &'static str,
    },
    Group {
        id: i64,
        title: &'a str,
        #[serde(rename = "type")]
        kind: &'static str,
    },
}

impl Room {
    pub(crate) fn private(user: Arc<User>, scripted: bool) -> Self {
        let id = user.id;
        let person =
            Private { user, blocked: false, started: false, scripted, unread: 0, read_up_to: 0 };
        Self::new(id, RoomKind::Private(person))
    }

    pub(crate) fn group(id: i64, title: String) -> Self {
        Self::new(id, RoomKind::Group { title, members: BTreeMap::new() })
    }

    fn new(id: i64, kind: RoomKind) -> Self {
        let messages = VecDeque::new();
        Self { id, kind, meter: Meter::default(), pinned: None, messages, first: 1 }
    }

    pub(crate) fn person(&self) -> Option<&Private> {
        match &self.kind {
            RoomKind::Private(person) => Some(person),
            RoomKind::Group { .. } => None,
        }
    }

    pub(crate) fn person_mut(&mut self) -> Option<&mut Private> {
        match &mut self.kind {
            RoomKind::Private(person) => Some(person),
            RoomKind::Group { .. } => None,
        }
    }

    pub(crate) fn is_group(&self) -> bool {
        matches!(self.kind, RoomKind::Group { .. })
    }

    pub(crate) fn view(&self) -> ChatView<'_> {
        match &self.kind {
            RoomKind::Private(person) => ChatView::Private {
                id: self.id,
                first_name: &person.user.first_name,
                username: person.user.username.as_deref(),
                kind: "private",
            },
            RoomKind::Group { title, .. } => ChatView::Group { id: self.id, title, kind: "group" },
        }
    }

    pub(crate) fn info(&self) -> Option<PersonInfo> {
        self.person().map(|it| PersonInfo {
            id: self.id,
            name: it.user.first_name.clone(),
            username: it.user.username.clone(),
            language_code: it.user.language_code.clone().unwrap_or_default(),
            blocked: it.blocked,
            scripted: it.scripted,
            unread: it.unread,
        })
    }

    pub(crate) fn last_id(&self) -> i64 {
        self.first + i64::try_from(self.messages.len()).unwrap_or(0) - 1
    }

    /// Adds a message and forgets the oldest beyond `memory`.
    pub(crate) fn add(
        &mut self,
        content: Content,
        from: Arc<User>,
        date: i64,
        memory: usize,
    ) -> &Message {
        let id = self.last_id() + 1;
        if let RoomKind::Private(person) = &mut self.kind {
            if from.is_bot {
                person.unread += 1;
            } else {
                person.unread = 0;
                person.read_up_to = id;
                person.started = true;
            }
        }
        if self.messages.len() >= memory.max(1) {
            self.messages.pop_front();
            self.first += 1;
        }
        self.messages.push_back(content.into_message(id, from, date));
        &self.messages[self.messages.len() - 1]
    }

    fn index(&self, id: i64) -> Option<usize> {
        usize::try_from(id.checked_sub(self.first)?).ok()
    }

    /// A message that is there for the bot: not deleted, not forgotten.
    pub(crate) fn message(&self, id: i64) -> Option<&Message> {
        self.any_message(id).filter(|it| !it.deleted)
    }

    pub(crate) fn any_message(&self, id: i64) -> Option<&Message> {
        self.messages.get(self.index(id)?)
    }

    pub(crate) fn message_mut(&mut self, id: i64) -> Option<&mut Message> {
        let index = self.index(id)?;
        self.messages.get_mut(index).filter(|it| !it.deleted)
    }

    pub(crate) fn after(&self, id: i64) -> Vec<Message> {
        let skip = usize::try_from(id + 1 - self.first).unwrap_or(0);
        self.messages.iter().skip(skip).cloned().collect()
    }

    /// The person has seen everything up to `id`.
    pub(crate) fn read(&mut self, id: i64) {
        let RoomKind::Private(person) = &mut self.kind else { return };
        person.read_up_to = person.read_up_to.max(id);
        let seen = person.read_up_to;
        person.unread = self
            .messages
            .iter()
            .rev()
            .take_while(|it| it.message_id > seen)
            .filter(|it| it.from.is_bot && !it.deleted)
            .count();
    }
}
