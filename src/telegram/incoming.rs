//! An update as a handler sees it: who, where they are in the conversation, what was pressed.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use teloxide::types::{CallbackQuery, Message, Update, UpdateKind};

use super::talk::Talk;
use crate::app::{Origin, Reply, Talk as Becomes};
use crate::domain::UserId;
use crate::domain::impostor::looks_like_staff;
use crate::language::Language;
use crate::letter::{Letter, Screen, Toast};
use crate::store::door::Door;

/// A command about money that is older than this has to be said again.
const STALE: TimeDelta = TimeDelta::minutes(5);

#[derive(Clone, Debug)]
pub struct Incoming {
    pub origin: Origin,
    /// Whether the risk notice has been accepted.
    pub accepted: bool,
    /// Sees the treasurers' pages.
    pub treasurer: bool,
    /// Sees the pages of those who settle disputes.
    pub arbiter: bool,
    /// Sees the pages of those who run the desk.
    pub operator: bool,
    /// Orders that this person has brought to a release.
    pub completed: u32,
    pub talk: Talk,
    /// The conversation's version: a button of the wizard carries it.
    pub turn: i64,
    /// There was a conversation, and it was left alone for too long or cannot be read any more.
    pub forgotten: bool,
    pressed: Option<Pressed>,
    /// Too old to act on where money moves.
    pub old: bool,
}

#[derive(Clone, Debug)]
struct Pressed {
    query: String,
    message_id: Option<i64>,
}

impl Incoming {
    /// `None`: nothing that a person said or did in a private chat.
    pub fn new(update: &Update, door: &Door, now: DateTime<Utc>) -> Option<Self> {
        let (from, pressed, at) = match &update.kind {
            UpdateKind::Message(message) => {
                let from = private(message)?;
                (from, None, Some(message.date))
            }
            UpdateKind::CallbackQuery(query) => (&query.from, Some(Pressed::new(query)), None),
            _ => return None,
        };
        let user = UserId(i64::try_from(from.id.0).ok()?);
        let language = Language::of_client(from.language_code.as_deref());
        let known = door.user.filter(|it| it.reachable);
        let conversation = door.conversation.as_ref();
        let talk = conversation
            .filter(|it| now < it.expires_at)
            .and_then(|it| Talk::from_json(it.state.expose_secret()));
        Some(Self {
            origin: Origin {
                update_id: i64::from(update.id.0),
                chat: user.0,
                user,
                meet: known.is_none().then_some(language),
                poses: Some(poses(from)).filter(|it| door.user.map(|it| it.poses) != Some(*it)),
            },
            accepted: door.user.is_some_and(|it| it.terms_at.is_some()),
            treasurer: door.treasurer,
            arbiter: door.arbiter,
            operator: door.operator,
            completed: door.user.map_or(0, |it| it.completed),
            forgotten: conversation.is_some() && talk.is_none(),
            turn: conversation.map_or(0, |it| it.version),
            talk: talk.unwrap_or_default(),
            pressed,
            old: at.is_some_and(|at| now - at > STALE),
        })
    }

    /// Shows a page: in the place of the one whose button was pressed, or below what was typed.
    /// The conversation stays where it is.
    pub fn shows(&self, screen: Screen) -> Reply {
        self.page(screen, self.pressed_message())
    }

    /// Shows a page below everything else.
    pub fn shows_below(&self, screen: Screen) -> Reply {
        self.page(screen, None)
    }

    /// The same, as if nothing could be shown in the place of what was pressed.
    pub fn below(mut self) -> Self {
        if let Some(pressed) = &mut self.pressed {
            pressed.message_id = None;
        }
        self
    }

    /// The next step of a wizard: its page, and what it waits for.
    pub fn step(&self, screen: Screen, talk: &Talk) -> Result<Reply, serde_json::Error> {
        Ok(self.shows(screen).talk(Becomes::Becomes(talk.to_json()?)))
    }

    /// The last page of a wizard.
    pub fn ends(&self, screen: Screen) -> Reply {
        self.shows(screen).talk(Becomes::Ends)
    }

    /// Says a line over the screen, if a button was pressed.
    pub fn toast(&self, toast: Toast) -> Reply {
        self.answer(Reply::default(), Some(toast))
    }

    /// Says a line over the screen, and shows a page below everything else.
    pub fn toast_and_below(&self, toast: Toast, screen: Screen) -> Reply {
        let letter =
            Letter::Screen { screen: Box::new(screen), over: None, turn: self.origin.update_id };
        self.toast(toast).letter(self.origin.chat, letter)
    }

    /// Only ends the spinner of the button.
    pub fn nods(&self) -> Reply {
        self.answer(Reply::default(), None)
    }

    /// The message under which a button was pressed.
    pub fn pressed_message(&self) -> Option<i64> {
        self.pressed.as_ref().and_then(|it| it.message_id)
    }

    fn page(&self, screen: Screen, over: Option<i64>) -> Reply {
        let letter = Letter::Screen { screen: Box::new(screen), over, turn: self.origin.update_id };
        self.answer(Reply::default(), None).letter(self.origin.chat, letter)
    }

    fn answer(&self, reply: Reply, toast: Option<Toast>) -> Reply {
        match &self.pressed {
            Some(it) => {
                let answer = Letter::Answer { query: it.query.clone(), toast };
                reply.letter(self.origin.chat, answer)
            }
            None => reply,
        }
    }
}

impl Pressed {
    fn new(query: &CallbackQuery) -> Self {
        let message_id = query.regular_message().map(|it| i64::from(it.id.0));
        Self { query: query.id.0.clone(), message_id }
    }
}

/// Whether this person's name, or user name, looks like that of staff.
fn poses(from: &teloxide::types::User) -> bool {
    let parts =
        [Some(from.first_name.as_str()), from.last_name.as_deref(), from.username.as_deref()];
    parts.into_iter().flatten().any(looks_like_staff) || looks_like_staff(&from.full_name())
}

fn private(message: &Message) -> Option<&teloxide::types::User> {
    message.from.as_ref().filter(|it| message.chat.is_private() && !it.is_bot)
}
