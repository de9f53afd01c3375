//! The people of this Telegram, as handles: they write, press, upload, block, and read.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;

use crate::event::Event;
use crate::files::FileKind;
use crate::keyboard::Action;
use crate::message::{Content, Message, Origin};
use crate::room::{PersonInfo, Room, RoomKind};
use crate::state::{Answer, Inner};
use crate::text::{CAPTION_UNITS, FormattedText, TEXT_UNITS, units};
use crate::user::User;

/// Somebody who can talk to the bot. Clones are the same person.
#[derive(Clone)]
pub struct Person {
    id: i64,
    inner: Arc<Inner>,
}

/// Who a new person is. The id is chosen when none is given.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    pub name: String,
    pub language_code: Option<String>,
    pub username: Option<String>,
    pub id: Option<i64>,
    pub scripted: bool,
}

/// What to change about a person.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    pub blocked: Option<bool>,
    pub name: Option<String>,
    pub language_code: Option<String>,
    pub read_up_to: Option<i64>,
}

/// A message that somebody else is made to have written, to be forwarded to the bot.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pretended {
    pub text: String,
    pub from: Sender,
}

/// Who is said to have written it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    pub name: String,
    /// A stranger's when absent.
    pub id: Option<i64>,
    pub username: Option<String>,
    #[serde(default)]
    pub is_bot: bool,
    /// Only the name is shown: `id`, `username` and `is_bot` count for nothing.
    #[serde(default)]
    pub hidden: bool,
}

/// A file to send to the bot.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
    pub caption: String,
    /// As a photo; otherwise as what its name says: a video (`.mp4`), a voice message (`.ogg`) or a
    /// document.
    pub photo: bool,
}

/// How a file is sent.
pub(crate) struct Sent<'a> {
    pub(crate) caption: &'a str,
    pub(crate) kind: FileKind,
    pub(crate) reply_to: Option<i64>,
}

/// Why a person cannot do that, in a sentence for that person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleError {
    #[error("A name has 1 to 64 characters.")]
    Name,
    #[error("{0} cannot be a language code; use one such as en or zh-hans.")]
    Language(String),
    #[error("The id {0} is not free.")]
    IdTaken(i64),
    #[error("A person's id is a positive number of at most 52 bits.")]
    Id,
    #[error("There is no person {0}.")]
    NoPerson(i64),
    #[error("There is no group {0}.")]
    NoGroup(i64),
    #[error("There is no file {0}.")]
    NoFile(String),
    #[error("A text has 1 to 4,096 UTF-16 units; this one has {0}.")]
    TextLength(usize),
    #[error("A caption has at most 1,024 UTF-16 units; this one has {0}.")]
    CaptionLength(usize),
    #[error("The file is empty.")]
    EmptyFile,
    #[error("The file is larger than 50 MB.")]
    FileTooLarge,
    #[error("{0} has blocked the bot; unblock it first.")]
    Blocked(String),
    #[error("There is no message {0} in this chat.")]
    NoMessage(i64),
    #[error("Message {message_id} has no button «{label}»; it has {}.", listed(labels))]
    NoButton { message_id: i64, label: String, labels: Vec<String> },
    #[error("The bot protects message {0}: it cannot be forwarded.")]
    Protected(i64),
    #[error("The button «{0}» cannot be pressed here.")]
    NotPressable(String),
    #[error("{0}")]
    Request(String),
}

fn listed(labels: &[String]) -> String {
    match labels {
        [] => "none".to_owned(),
        labels => labels.iter().map(|it| format!("«{it}»")).collect::<Vec<_>>().join(", "),
    }
}

/// What pressing a button leads to.
enum Press {
    Callback(String),
    Done(Answer),
}

/// More than Telegram gives to a bot (20 MB), so that its refusal can be met.
pub(crate) const FILE_BYTES: usize = 50 << 20;
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// Who wrote what is forwarded from nobody in particular: an id as large as Telegram's newer ones.
const STRANGER: i64 = 7_000_000_001;
const LARGEST_ID: i64 = (1 << 52) - 1;

impl Person {
    pub(crate) fn create(inner: &Arc<Inner>, new: NewPerson) -> Result<Self, PeopleError> {
        let name = name(&new.name)?;
        let language = new.language_code.as_deref().unwrap_or("en");
        let language_code = Some(language_code(language)?);
        let mut state = inner.lock();
        let id = match new.id {
            Some(id) if !(1..=LARGEST_ID).contains(&id) => return Err(PeopleError::Id),
            Some(id) if state.rooms.contains_key(&id) || id == state.bot.id => {
                return Err(PeopleError::IdTaken(id));
            }
            Some(id) => id,
            None => {
                while state.rooms.contains_key(&state.next_person) {
                    state.next_person += 1;
                }
                state.next_person
            }
        };
        let user = User {
            id,
            is_bot: false,
            first_name: name,
            username: new.username.filter(|it| !it.is_empty()),
            language_code,
        };
        state.rooms.insert(id, Room::private(Arc::new(user), new.scripted));
        state.tell_person(id);
        Ok(Self { id, inner: Arc::clone(inner) })
    }

    pub(crate) fn find(inner: &Arc<Inner>, id: i64) -> Result<Self, PeopleError> {
        let state = inner.lock();
        match state.rooms.get(&id).and_then(Room::person) {
            Some(_) => Ok(Self { id, inner: Arc::clone(inner) }),
            None => Err(PeopleError::NoPerson(id)),
        }
    }

    pub(crate) fn all(inner: &Inner) -> Vec<PersonInfo> {
        inner.lock().rooms.values().filter_map(Room::info).collect()
    }

    /// Somebody else on the same playground.
    pub(crate) fn neighbour(&self, id: i64) -> Option<Self> {
        Self::find(&self.inner, id).ok()
    }

    pub fn id(&self) -> i64 {
        self.id
    }

    pub fn info(&self) -> PersonInfo {
        let state = self.inner.lock();
        let info = state.rooms.get(&self.id).and_then(Room::info);
        info.unwrap_or_else(|| PersonInfo {
            id: self.id,
            name: String::new(),
            username: None,
            language_code: String::new(),
            blocked: false,
            scripted: false,
            unread: 0,
        })
    }

    /// Writes to the bot. A text that starts with a command carries it as an entity.
    pub fn send(&self, text: &str) -> Result<Message, PeopleError> {
        self.write(self.id, text, None)
    }

    /// Writes in reply to a message of this chat.
    pub fn reply(&self, message_id: i64, text: &str) -> Result<Message, PeopleError> {
        self.write(self.id, text, Some(message_id))
    }

    /// Writes in a group.
    pub fn send_in(&self, group: i64, text: &str) -> Result<Message, PeopleError> {
        self.write(group, text, None)
    }

    pub(crate) fn write(
        &self,
        chat: i64,
        text: &str,
        reply_to: Option<i64>,
    ) -> Result<Message, PeopleError> {
        let length = units(text);
        let text = FormattedText::typed(text);
        if text.is_blank() || length > TEXT_UNITS {
            return Err(PeopleError::TextLength(length));
        }
        self.say(chat, Content { text, reply_to, ..Content::default() })
    }

    /// Forwards a message of this chat to the bot.
    pub fn forward(&self, message_id: i64) -> Result<Message, PeopleError> {
        let original = {
            let state = self.inner.lock();
            let message = state.rooms.get(&self.id).and_then(|it| it.message(message_id));
            message.cloned().ok_or(PeopleError::NoMessage(message_id))?
        };
        if original.protected {
            return Err(PeopleError::Protected(message_id));
        }
        self.say(self.id, Content::forward_of(original))
    }

    /// Forwards to the bot what somebody else has written elsewhere.
    pub fn forward_pretended(&self, pretended: Pretended) -> Result<Message, PeopleError> {
        let Pretended { text, from: Sender { name: typed, id, username, is_bot, hidden } } =
            pretended;
        let (length, text) = (units(&text), FormattedText::typed(&text));
        if text.is_blank() || length > TEXT_UNITS {
            return Err(PeopleError::TextLength(length));
        }
        let first_name = name(&typed)?;
        let date = self.inner.clock.millis() / 1_000;
        let origin = if hidden {
            Origin::Hidden { name: first_name, date }
        } else {
            let username = username.filter(|it| !it.is_empty());
            let id = id.unwrap_or(STRANGER);
            let sender = User { id, is_bot, first_name, username, language_code: None };
            Origin::User { sender: Arc::new(sender), date }
        };
        self.say(self.id, Content { text, forwarded: Some(origin), ..Content::default() })
    }

    fn say(&self, chat: i64, content: Content) -> Result<Message, PeopleError> {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        let user = self.user(&state)?;
        let room = state.rooms.get(&chat).ok_or(PeopleError::NoGroup(chat))?;
        if room.person().is_some() && chat != self.id {
            return Err(PeopleError::NoGroup(chat));
        }
        if let Some(id) = content.reply_to
            && room.message(id).is_none()
        {
            return Err(PeopleError::NoMessage(id));
        }
        if !room.is_group() {
            self.check_unblocked(&state)?;
        }
        state.person_says(user, chat, content, now).ok_or(PeopleError::NoGroup(chat))
    }

    fn user(&self, state: &crate::state::State) -> Result<Arc<User>, PeopleError> {
        let person = state.rooms.get(&self.id).and_then(Room::person);
        person.map(|it| Arc::clone(&it.user)).ok_or(PeopleError::NoPerson(self.id))
    }

    fn check_unblocked(&self, state: &crate::state::State) -> Result<(), PeopleError> {
        match state.rooms.get(&self.id).and_then(Room::person) {
            Some(person) if person.blocked => {
                Err(PeopleError::Blocked(person.user.first_name.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Sends a photo or a file.
    pub fn upload(&self, upload: Upload) -> Result<Message, PeopleError> {
        self.upload_to(None, upload)
    }

    /// Sends a photo or a file in reply to a message of this chat.
    pub fn upload_reply(&self, message_id: i64, upload: Upload) -> Result<Message, PeopleError> {
        self.upload_to(Some(message_id), upload)
    }

    fn upload_to(&self, reply_to: Option<i64>, upload: Upload) -> Result<Message, PeopleError> {
        let Upload { name, bytes, caption, photo } = upload;
        let kind = if photo { FileKind::Photo } else { kind_of(mime_of(&name)) };
        // What looks like a picture goes as a document unless it is to be a photo.
        let kind = if kind == FileKind::Photo && !photo { FileKind::Document } else { kind };
        self.upload_bytes(&name, None, bytes.into(), Sent { caption: &caption, kind, reply_to })
    }

    pub(crate) fn upload_bytes(
        &self,
        name: &str,
        mime_type: Option<&str>,
        bytes: Bytes,
        sent: Sent<'_>,
    ) -> Result<Message, PeopleError> {
        let Sent { caption, kind, reply_to } = sent;
        let length = units(caption);
        if length > CAPTION_UNITS {
            return Err(PeopleError::CaptionLength(length));
        }
        if bytes.is_empty() {
            return Err(PeopleError::EmptyFile);
        }
        if bytes.len() > FILE_BYTES {
            return Err(PeopleError::FileTooLarge);
        }
        let is_photo = kind == FileKind::Photo;
        let mime_type =
            mime_type.unwrap_or_else(|| if is_photo { "image/jpeg" } else { mime_of(name) });
        let text = FormattedText::typed(caption);
        let mut content = Content { text, reply_to, ..Content::default() };
        {
            let mut state = self.inner.lock();
            self.check_unblocked(&state)?;
            content.carry(&state.files.add(kind, name, mime_type, bytes));
        }
        self.say(self.id, content)
    }

    /// Deletes a message of this chat, on both sides. The bot is not told.
    pub fn delete(&self, message_id: i64) -> Result<(), PeopleError> {
        let mut state = self.inner.lock();
        let message = state.rooms.get_mut(&self.id).and_then(|it| it.message_mut(message_id));
        message.ok_or(PeopleError::NoMessage(message_id))?.deleted = true;
        state.tell(|| Event::Delete { person: self.id, message_id });
        Ok(())
    }

    /// Presses the button with this label and waits for the bot's answer, at most 10 s.
    pub async fn press(&self, message_id: i64, label: &str) -> Result<Answer, PeopleError> {
        match self.button(message_id, label)? {
            Press::Callback(data) => self.press_data(message_id, &data).await,
            Press::Done(answer) => Ok(answer),
        }
    }

    /// Presses as a client may: with any data at all, for any message of this chat.
    pub async fn press_data(&self, message_id: i64, data: &str) -> Result<Answer, PeopleError> {
        let query = self.press_data_no_wait(message_id, data)?;
        let answered = self.inner.lock().queries.wait(&query);
        let Some(answered) = answered else { return Ok(Answer::default()) };
        match tokio::time::timeout(ANSWER_WAIT, answered).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(_) => Ok(Answer::default()),
        }
    }

    /// Presses the button with this label and goes on. Returns the callback query's id, for
    /// [`Self::toast`]; it is empty for a button that asks the bot nothing.
    pub fn press_no_wait(&self, message_id: i64, label: &str) -> Result<String, PeopleError> {
        match self.button(message_id, label)? {
            Press::Callback(data) => self.press_data_no_wait(message_id, &data),
            Press::Done(_) => Ok(String::new()),
        }
    }

    pub fn press_data_no_wait(&self, message_id: i64, data: &str) -> Result<String, PeopleError> {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        self.check_unblocked(&state)?;
        state
            .person_presses(self.id, message_id, data, now)
            .ok_or(PeopleError::NoMessage(message_id))
    }

    /// The bot's answer to a callback query, once there is one.
    pub fn toast(&self, query_id: &str) -> Option<Answer> {
        self.inner.lock().queries.get(query_id)?.answer.clone()
    }

    fn button(&self, message_id: i64, label: &str) -> Result<Press, PeopleError> {
        let state = self.inner.lock();
        let message = state.rooms.get(&self.id).and_then(|it| it.any_message(message_id));
        let message = message.ok_or(PeopleError::NoMessage(message_id))?;
        let button = message.button(label).ok_or_else(|| PeopleError::NoButton {
            message_id,
            label: label.to_owned(),
            labels: message.labels().into_iter().map(str::to_owned).collect(),
        })?;
        match &button.action {
            Action::Callback(data) => Ok(Press::Callback(data.clone())),
            Action::Url(url) => {
                Ok(Press::Done(Answer { url: Some(url.clone()), ..Answer::default() }))
            }
            Action::Copy(text) => {
                Ok(Press::Done(Answer { copied: Some(text.clone()), ..Answer::default() }))
            }
            Action::Other(..) => Err(PeopleError::NotPressable(label.to_owned())),
        }
    }

    /// Everything this person sees, oldest first; deleted messages are marked.
    pub fn chat(&self) -> Vec<Message> {
        self.messages_after(0)
    }

    pub fn messages_after(&self, message_id: i64) -> Vec<Message> {
        let state = self.inner.lock();
        state.rooms.get(&self.id).map(|it| it.after(message_id)).unwrap_or_default()
    }

    pub fn block(&self) {
        let now = self.inner.clock.millis();
        self.inner.lock().set_blocked(self.id, true, now);
    }

    pub fn unblock(&self) {
        let now = self.inner.clock.millis();
        self.inner.lock().set_blocked(self.id, false, now);
    }

    /// Changes all that is given, or nothing when one part cannot be.
    pub fn change(&self, change: PersonChange) -> Result<PersonInfo, PeopleError> {
        let new_name = change.name.as_deref().map(name).transpose()?;
        let language = change.language_code.as_deref().map(language_code).transpose()?;
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        if let Some(room) = state.rooms.get_mut(&self.id) {
            if let Some(person) = room.person_mut() {
                let user = Arc::make_mut(&mut person.user);
                if let Some(name) = new_name {
                    user.first_name = name;
                }
                if let Some(language) = language {
                    user.language_code = Some(language);
                }
            }
            if let Some(id) = change.read_up_to {
                room.read(id);
            }
        }
        state.tell_person(self.id);
        if let Some(blocked) = change.blocked {
            state.set_blocked(self.id, blocked, now);
        }
        drop(state);
        Ok(self.info())
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Person").field(&self.id).finish()
    }
}

/// A new group; the bot is in it.
pub(crate) fn create_group(inner: &Inner, title: &str) -> Result<i64, PeopleError> {
    let title = name(title)?;
    let mut state = inner.lock();
    let id = state.next_group;
    state.next_group -= 1;
    state.rooms.insert(id, Room::group(id, title));
    Ok(id)
}

pub(crate) fn group_chat(inner: &Inner, id: i64, after: i64) -> Result<Vec<Message>, PeopleError> {
    let state = inner.lock();
    match state.rooms.get(&id) {
        Some(room) if matches!(room.kind, RoomKind::Group { .. }) => Ok(room.after(after)),
        _ => Err(PeopleError::NoGroup(id)),
    }
}

fn name(name: &str) -> Result<String, PeopleError> {
    let name = name.trim();
    if (1..=64).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(PeopleError::Name)
    }
}

fn language_code(code: &str) -> Result<String, PeopleError> {
    let fits = (2..=35).contains(&code.len())
        && code.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    if fits { Ok(code.to_owned()) } else { Err(PeopleError::Language(code.to_owned())) }
}

/// As what a client sends a file of this type.
pub(crate) fn kind_of(mime_type: &str) -> FileKind {
    match mime_type.split_once('/') {
        Some(("image", _)) => FileKind::Photo,
        Some(("video", _)) => FileKind::Video,
        Some(("audio", "ogg")) => FileKind::Voice,
        _ => FileKind::Document,
    }
}

fn mime_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase()).as_deref() {
        Some("pdf") => "application/pdf",
        Some("csv") => "text/csv",
        Some("txt") => "text/plain",
        Some("zip") => "application/zip",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("mp4") => "video/mp4",
        Some("ogg") => "audio/ogg",
        _ => "application/octet-stream",
    }
}
