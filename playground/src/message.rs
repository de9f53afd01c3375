//! One message of a chat, as people see it and as the bot does.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::entity::Entity;
use crate::files::{File, FileKind};
use crate::keyboard::{Markup, Rows};
use crate::room::ChatView;
use crate::text::FormattedText;
use crate::user::User;

/// A message as people see it (the People API's `Message`).
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Counts from 1 in each chat.
    pub message_id: i64,
    #[serde(serialize_with = "whole_user")]
    pub from: Arc<User>,
    pub date: i64,
    pub edit_date: Option<i64>,
    /// The text, or the caption of a photo or document.
    pub text: String,
    pub entities: Vec<Entity>,
    pub buttons: Rows,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// A document with sound and pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<Document>,
    /// A document with sound alone. Only people send one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Document>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<i64>,
    #[serde(skip_serializing_if = "is_false")]
    pub silent: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub deleted: bool,
    /// Cannot be forwarded or saved.
    #[serde(skip_serializing_if = "is_false")]
    pub protected: bool,
    #[serde(rename = "forwarded_from", skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Origin>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Photo {
    pub file_id: String,
    pub url: String,
    #[serde(skip)]
    pub unique_id: String,
    #[serde(skip)]
    pub width: u32,
    #[serde(skip)]
    pub height: u32,
    #[serde(skip)]
    pub size: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Document {
    pub file_id: String,
    pub file_name: String,
    pub url: String,
    #[serde(skip)]
    pub unique_id: String,
    #[serde(skip)]
    pub mime_type: String,
    #[serde(skip)]
    pub size: usize,
}

/// Who wrote a forwarded message first, and when.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Origin {
    User {
        #[serde(serialize_with = "whole_user")]
        sender: Arc<User>,
        date: i64,
    },
    /// Somebody whose settings keep the account out of forwarded messages.
    Hidden { name: String, date: i64 },
}

/// What a new message carries, before it has a place in a chat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) text: FormattedText,
    pub(crate) buttons: Rows,
    pub(crate) photo: Option<Photo>,
    pub(crate) video: Option<Document>,
    pub(crate) voice: Option<Document>,
    pub(crate) document: Option<Document>,
    pub(crate) reply_to: Option<i64>,
    pub(crate) silent: bool,
    pub(crate) protected: bool,
    pub(crate) forwarded: Option<Origin>,
}

impl Content {
    /// A message as it goes elsewhere: with the one who wrote it first, without its buttons.
    pub(crate) fn forward_of(message: Message) -> Self {
        let origin = Origin::User { sender: message.from, date: message.date };
        Self {
            text: FormattedText { text: message.text, entities: message.entities },
            photo: message.photo,
            video: message.video,
            voice: message.voice,
            document: message.document,
            forwarded: Some(message.forwarded.unwrap_or(origin)),
            ..Self::default()
        }
    }

    /// Puts a file where its kind belongs.
    pub(crate) fn carry(&mut self, file: &File) {
        match file.kind {
            FileKind::Photo => self.photo = Some(Photo::of(file)),
            FileKind::Video => self.video = Some(Document::of(file)),
            FileKind::Voice => self.voice = Some(Document::of(file)),
            FileKind::Document => self.document = Some(Document::of(file)),
        }
    }

    pub(crate) fn into_message(self, message_id: i64, from: Arc<User>, date: i64) -> Message {
        Message {
            message_id,
            from,
            date,
            edit_date: None,
            text: self.text.text,
            entities: self.text.entities,
            buttons: self.buttons,
            photo: self.photo,
            video: self.video,
            voice: self.voice,
            document: self.document,
            reply_to: self.reply_to,
            silent: self.silent,
            deleted: false,
            protected: self.protected,
            forwarded: self.forwarded,
        }
    }
}

impl Message {
    pub fn is_from_bot(&self) -> bool {
        self.from.is_bot
    }

    /// The button with this label, if the message has one.
    pub fn button(&self, label: &str) -> Option<&crate::keyboard::Button> {
        self.buttons.iter().flatten().find(|it| it.text == label)
    }

    pub fn labels(&self) -> Vec<&str> {
        self.buttons.iter().flatten().map(|it| it.text.as_str()).collect()
    }

    pub(crate) fn has_media(&self) -> bool {
        self.photo.is_some()
            || self.video.is_some()
            || self.voice.is_some()
            || self.document.is_some()
    }

    /// Telegram's `Message`. The message replied to is shown without its own reply.
    pub(crate) fn for_bot<'a>(
        &'a self,
        chat: ChatView<'a>,
        reply_to: Option<&'a Self>,
    ) -> BotMessage<'a> {
        let media = self.has_media();
        let text = (!media).then_some(self.text.as_str());
        let caption = (media && !self.text.is_empty()).then_some(self.text.as_str());
        let entities = (!self.entities.is_empty()).then_some(self.entities.as_slice());
        BotMessage {
            message_id: self.message_id,
            from: &self.from,
            chat,
            date: self.date,
            edit_date: self.edit_date,
            forward_origin: self.forwarded.as_ref().map(BotOrigin::of),
            has_protected_content: self.protected,
            reply_to_message: reply_to.map(|it| Box::new(it.for_bot(chat, None))),
            text,
            entities: entities.filter(|_| text.is_some()),
            photo: self.photo.as_ref().map(|it| {
                [BotPhoto {
                    file_id: &it.file_id,
                    file_unique_id: &it.unique_id,
                    width: it.width,
                    height: it.height,
                    file_size: it.size,
                }]
            }),
            video: self.video.as_ref().map(|it| BotVideo {
                width: 720,
                height: 1280,
                duration: 10,
                file: BotDocument::of(it),
            }),
            voice: self
                .voice
                .as_ref()
                .map(|it| BotVoice { duration: 3, file: BotDocument::of(it) }),
            document: self.document.as_ref().map(BotDocument::of),
            caption,
            caption_entities: entities.filter(|_| caption.is_some()),
            reply_markup: (!self.buttons.is_empty()).then_some(Markup(&self.buttons)),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct BotMessage<'a> {
    message_id: i64,
    from: &'a User,
    chat: ChatView<'a>,
    date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forward_origin: Option<BotOrigin<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    has_protected_content: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to_message: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<&'a [Entity]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<[BotPhoto<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<BotVideo<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<BotVoice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<BotDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption_entities: Option<&'a [Entity]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Markup<'a>>,
}

/// Telegram's `MessageOrigin`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum BotOrigin<'a> {
    User { date: i64, sender_user: &'a User },
    HiddenUser { date: i64, sender_user_name: &'a str },
}

impl<'a> BotOrigin<'a> {
    fn of(origin: &'a Origin) -> Self {
        match origin {
            Origin::User { sender, date } => Self::User { date: *date, sender_user: sender },
            Origin::Hidden { name, date } => {
                Self::HiddenUser { date: *date, sender_user_name: name }
            }
        }
    }
}

#[derive(Serialize)]
struct BotPhoto<'a> {
    file_id: &'a str,
    file_unique_id: &'a str,
    width: u32,
    height: u32,
    file_size: usize,
}

#[derive(Serialize)]
struct BotDocument<'a> {
    file_name: &'a str,
    mime_type: &'a str,
    file_id: &'a str,
    file_unique_id: &'a str,
    file_size: usize,
}

impl<'a> BotDocument<'a> {
    fn of(it: &'a Document) -> Self {
        Self {
            file_name: &it.file_name,
            mime_type: &it.mime_type,
            file_id: &it.file_id,
            file_unique_id: &it.unique_id,
            file_size: it.size,
        }
    }
}

/// Nothing is decoded here: every video has the size and the length of a short recording of a phone.
#[derive(Serialize)]
struct BotVideo<'a> {
    width: u32,
    height: u32,
    duration: u32,
    #[serde(flatten)]
    file: BotDocument<'a>,
}

#[derive(Serialize)]
struct BotVoice<'a> {
    duration: u32,
    #[serde(flatten)]
    file: BotDocument<'a>,
}

fn whole_user<S: Serializer>(user: &Arc<User>, to: S) -> Result<S::Ok, S::Error> {
    user.as_ref().serialize(to)
}

fn is_false(value: &bool) -> bool {
    !value
}
