//! People in a chat: what they do, and what they see of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use playground::{Action, EntityKind, Message, Person, Pretended, Rows};

use super::World;

/// Somebody with a phone. Clones are the same person.
#[derive(Clone)]
pub(crate) struct Somebody {
    pub(crate) person: Person,
    world: World,
    /// What stood in the chat when this person last did something.
    known: Arc<Mutex<HashMap<i64, (String, Rows)>>>,
}

impl Somebody {
    pub(crate) fn new(person: Person, world: World) -> Self {
        Self { person, world, known: Arc::default() }
    }

    pub(crate) fn id(&self) -> i64 {
        self.person.id()
    }

    /// Writes, and waits until the world has come to rest. Nothing that is said stays unanswered.
    pub(crate) async fn says(&self, text: &str) {
        self.looks();
        self.person.send(text).unwrap();
        self.world.settle().await;
        assert!(
            self.world.is_troubled() || !self.news().is_empty(),
            "nobody answers «{text}»\n{}",
            self.transcript()
        );
    }

    /// Writes in reply to a message of this chat.
    pub(crate) async fn replies(&self, message: i64, text: &str) {
        self.looks();
        self.person.reply(message, text).unwrap();
        self.world.settle().await;
    }

    /// Forwards a message of this chat to the bot.
    pub(crate) async fn forwards(&self, message: i64) {
        self.looks();
        self.person.forward(message).unwrap();
        self.world.settle().await;
    }

    /// Forwards to the bot what somebody else has written elsewhere.
    pub(crate) async fn forwards_pretended(&self, pretended: Pretended) {
        self.looks();
        self.person.forward_pretended(pretended).unwrap();
        self.world.settle().await;
    }

    /// Presses the newest button with this label (or with this in its label, if none has just
    /// this) and waits until the world has come to rest. Returns the line that Telegram shows.
    pub(crate) async fn presses(&self, label: &str) -> String {
        let query = self.presses_and_goes_on(label);
        self.world.settle().await;
        self.answer_to(&query, label)
    }

    /// As [`Self::presses`], under one message.
    pub(crate) async fn presses_under(&self, message: i64, label: &str) -> String {
        self.looks();
        let query = self.person.press_no_wait(message, label).unwrap();
        self.world.settle().await;
        self.answer_to(&query, label)
    }

    /// As a client may that somebody has changed: any data, under any message.
    pub(crate) async fn forges(&self, message: i64, data: &str) -> String {
        self.looks();
        let query = self.person.press_data_no_wait(message, data).unwrap();
        self.world.settle().await;
        self.answer_to(&query, data)
    }

    /// Presses, and the world stands still.
    pub(crate) fn presses_and_goes_on(&self, label: &str) -> String {
        let (message, label) = self.button(label);
        self.looks();
        self.person.press_no_wait(message, &label).unwrap()
    }

    /// The line that Telegram shows after a press; every press gets its answer.
    pub(crate) fn answer_to(&self, query: &str, label: &str) -> String {
        match self.person.toast(query) {
            Some(answer) => answer.toast.unwrap_or_default(),
            None if query.is_empty() || self.world.is_troubled() => String::new(),
            None => panic!("the press of «{label}» was not answered\n{}", self.transcript()),
        }
    }

    /// The newest message that has this button, and the label in full.
    fn button(&self, label: &str) -> (i64, String) {
        let chat = self.chat();
        let labels = |it: &Message| -> Vec<String> {
            it.buttons.iter().flatten().map(|it| it.text.clone()).collect()
        };
        let find = |fits: &dyn Fn(&str) -> bool| {
            chat.iter().rev().find_map(|it| {
                labels(it).into_iter().find(|it| fits(it)).map(|label| (it.message_id, label))
            })
        };
        find(&|it| it == label)
            .or_else(|| find(&|it| it.contains(label)))
            .unwrap_or_else(|| panic!("there is no button «{label}»\n{}", self.transcript()))
    }

    /// What the bot has written that is still there, oldest first.
    pub(crate) fn chat(&self) -> Vec<Message> {
        self.person.chat().into_iter().filter(|it| it.is_from_bot() && !it.deleted).collect()
    }

    /// What is new or has changed since this person last did something, oldest first.
    pub(crate) fn news(&self) -> Vec<Message> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = |it: &Message| {
            known
                .get(&it.message_id)
                .is_some_and(|(text, rows)| *text == it.text && *rows == it.buttons)
        };
        self.chat().into_iter().filter(|it| !is_known(it)).collect()
    }

    /// Reads everything: only what comes from now on is news.
    pub(crate) fn looks(&self) {
        let chat = self.chat();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = chat.into_iter().map(|it| (it.message_id, (it.text, it.buttons))).collect();
    }

    /// Something new says this; the newest that does.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> Message {
        let found = self.news().into_iter().rev().find(|it| it.text.contains(text));
        found.unwrap_or_else(|| panic!("«{text}» is not to be seen\n{}", self.transcript()))
    }

    #[track_caller]
    pub(crate) fn does_not_see(&self, text: &str) {
        let found = self.news().into_iter().find(|it| it.text.contains(text));
        assert!(found.is_none(), "«{text}» is to be seen\n{}", self.transcript());
    }

    /// Nothing new at all.
    #[track_caller]
    pub(crate) fn sees_nothing(&self) {
        assert!(self.news().is_empty(), "something is new\n{}", self.transcript());
    }

    /// How many messages of the whole chat say this.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.chat().iter().filter(|it| it.text.contains(text)).count()
    }

    /// The whole chat, for when a test fails. New messages have a star.
    pub(crate) fn transcript(&self) -> String {
        let news: Vec<i64> = self.news().iter().map(|it| it.message_id).collect();
        let line = |it: &Message| {
            let star = if news.contains(&it.message_id) { "*" } else { " " };
            let who = if it.is_from_bot() { "bot" } else { it.from.first_name.as_str() };
            let gone = if it.deleted { " (deleted)" } else { "" };
            format!("{star}{} {who}{gone}: {}\n    {:?}\n", it.message_id, it.text, labels(it))
        };
        self.person.chat().iter().map(line).collect()
    }
}

pub(crate) fn labels(message: &Message) -> Vec<String> {
    message.labels().into_iter().map(str::to_owned).collect()
}

/// What the buttons of a message copy, by label.
pub(crate) fn copies(message: &Message) -> Vec<(String, String)> {
    message
        .buttons
        .iter()
        .flatten()
        .filter_map(|it| match &it.action {
            Action::Copy(text) => Some((it.text.clone(), text.clone())),
            Action::Callback(_) | Action::Url(_) | Action::Other(..) => None,
        })
        .collect()
}

/// The moments that a client draws as "in 12 minutes".
pub(crate) fn countdowns(message: &Message) -> Vec<i64> {
    let relative = |kind: &EntityKind| match kind {
        EntityKind::DateTime { unix, format } if format == "r" => Some(*unix),
        _ => None,
    };
    message.entities.iter().filter_map(|it| relative(&it.kind)).collect()
}
