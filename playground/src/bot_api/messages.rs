//! Sending, editing, forwarding and deleting messages.

use serde_json::json;

use super::params::Params;
use super::{ApiError, Done, Outcome};
use crate::event::Event;
use crate::files::{FileKind, picture_size};
use crate::keyboard::{self, Rows};
use crate::limits::Meter;
use crate::message::{Content, Message};
use crate::room::Room;
use crate::state::{Inner, State, json_of};
use crate::text::{CAPTION_UNITS, FormattedText, TEXT_UNITS};

pub(crate) fn send_message(inner: &Inner, params: &Params) -> Outcome {
    let content = Content { text: text(params)?, ..common(params)? };
    send(inner, params, content, |content, _| {
        if content.text.is_blank() {
            return Err(ApiError::bad("text must be non-empty"));
        }
        if content.text.units() > TEXT_UNITS {
            return Err(ApiError::bad("message is too long"));
        }
        Ok(())
    })
}

pub(crate) fn send_photo(inner: &Inner, params: &Params) -> Outcome {
    send_file(inner, params, "photo")
}

pub(crate) fn send_video(inner: &Inner, params: &Params) -> Outcome {
    send_file(inner, params, "video")
}

pub(crate) fn send_document(inner: &Inner, params: &Params) -> Outcome {
    send_file(inner, params, "document")
}

fn send_file(inner: &Inner, params: &Params, name: &'static str) -> Outcome {
    if params.upload(name).is_none() {
        let given = params.text(name);
        if given.is_empty() || given.starts_with("attach://") {
            return Err(ApiError::bad(format_args!("there is no {name} in the request")));
        }
    }
    let content = Content { text: caption(params)?, ..common(params)? };
    send(inner, params, content, |content, state| {
        if content.text.units() > CAPTION_UNITS {
            return Err(ApiError::bad("message caption is too long"));
        }
        attach(content, state, params, name)
    })
}

/// Puts the file of `photo`, `video` or `document` into the content: one that came along, or an
/// earlier one.
fn attach(
    content: &mut Content,
    state: &mut State,
    params: &Params,
    name: &str,
) -> Result<(), ApiError> {
    let kind = match name {
        "photo" => FileKind::Photo,
        "video" => FileKind::Video,
        _ => FileKind::Document,
    };
    let id = match params.upload(name) {
        None => params.text(name).into_owned(),
        Some(upload) if upload.bytes.is_empty() => {
            return Err(ApiError::bad("file must be non-empty"));
        }
        Some(upload) => {
            let mime_type = match kind {
                FileKind::Photo => {
                    check_photo(&upload.bytes)?;
                    "image/jpeg"
                }
                FileKind::Video => "video/mp4",
                FileKind::Voice | FileKind::Document => &upload.mime_type,
            };
            state.files.add(kind, &upload.name, mime_type, upload.bytes.clone()).id
        }
    };
    let file = state.files.by_id(&id).ok_or_else(|| {
        if id.starts_with("http://") || id.starts_with("https://") {
            ApiError::bad("failed to get HTTP URL content")
        } else {
            ApiError::bad("wrong file identifier/HTTP URL specified")
        }
    })?;
    if file.kind != kind {
        let (is, wanted) = (file.kind.name(), kind.name());
        return Err(ApiError::bad(format_args!("can't use file of type {is} as {wanted}")));
    }
    content.carry(file);
    Ok(())
}

fn check_photo(bytes: &[u8]) -> Result<(), ApiError> {
    if bytes.len() > 10 << 20 {
        let size = bytes.len();
        return Err(ApiError::bad(format_args!(
            "file of size {size} bytes is too big for a photo; the maximum size is 10485760 bytes"
        )));
    }
    let Some((width, height)) = picture_size(bytes) else {
        return Err(ApiError::bad("IMAGE_PROCESS_FAILED"));
    };
    let (long, short) = (width.max(height), width.min(height));
    if width.saturating_add(height) > 10_000 || short == 0 || long / short > 20 {
        return Err(ApiError::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(())
}

/// The text of `sendMessage` and `editMessageText`, as far as the request alone tells.
fn text(params: &Params) -> Result<FormattedText, ApiError> {
    let raw = params.text("text");
    if raw.is_empty() {
        return Err(ApiError::bad("message text is empty"));
    }
    let entities = params.entities("entities")?;
    FormattedText::from_bot(&raw, &params.text("parse_mode"), entities).map_err(ApiError::bad)
}

fn caption(params: &Params) -> Result<FormattedText, ApiError> {
    let entities = params.entities("caption_entities")?;
    FormattedText::from_bot(&params.text("caption"), &params.text("parse_mode"), entities)
        .map_err(ApiError::bad)
}

/// What all sends share: reply, keyboard, silence.
fn common(params: &Params) -> Result<Content, ApiError> {
    let buttons = match params.json("reply_markup", "reply keyboard markup")? {
        Some(markup) => keyboard::parse(&markup).map_err(ApiError::bad)?,
        None => Rows::new(),
    };
    let reply = params.json("reply_parameters", "reply parameters")?;
    let reply_to = match &reply {
        Some(reply) => reply["message_id"].as_i64(),
        None => params.number("reply_to_message_id"),
    };
    Ok(Content {
        buttons,
        reply_to: reply_to.filter(|it| *it != 0),
        silent: params.flag("disable_notification"),
        protected: params.flag("protect_content"),
        ..Content::default()
    })
}

/// Checks in Telegram's order (chat, reply, content, buttons, may we, how fast) and sends.
fn send(
    inner: &Inner,
    params: &Params,
    mut content: Content,
    complete: impl FnOnce(&mut Content, &mut State) -> Result<(), ApiError>,
) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let mut state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    if let Some(id) = content.reply_to
        && room.message(id).is_none()
    {
        if !without_reply_if_gone(params) {
            return Err(ApiError::bad("message to be replied not found"));
        }
        content.reply_to = None;
    }
    complete(&mut content, &mut state)?;
    keyboard::check(&content.buttons).map_err(ApiError::bad)?;
    pass(&mut state, inner, chat)?;
    let now = inner.clock.millis();
    let id = state.bot_says(chat, content, now).map(|it| it.message_id);
    Ok(Done::json(shown(&state, chat, id.unwrap_or(0))))
}

fn without_reply_if_gone(params: &Params) -> bool {
    let reply = params.json("reply_parameters", "reply parameters");
    let flag = |it: &serde_json::Value| it["allow_sending_without_reply"].as_bool();
    params.flag("allow_sending_without_reply")
        || reply.ok().flatten().and_then(|it| flag(&it)).unwrap_or(false)
}

/// May the bot say something there now? Takes a token from the chat's and the common bucket.
fn pass(state: &mut State, inner: &Inner, chat: i64) -> Result<(), ApiError> {
    let now = inner.clock.millis();
    let State { rooms, meter, .. } = state;
    let room = rooms.get_mut(&chat).ok_or_else(ApiError::chat_not_found)?;
    if let Some(person) = room.person() {
        if !person.started {
            return Err(ApiError::not_started());
        }
        if person.blocked {
            return Err(ApiError::blocked());
        }
    }
    let limits = &inner.limits;
    let rate = if room.is_group() { limits.group } else { limits.chat };
    Meter::take_both((&mut room.meter, rate), (meter, limits.global), now)
        .map_err(ApiError::too_many)
}

/// The message as the bot sees it, as JSON.
fn shown(state: &State, chat: i64, id: i64) -> String {
    let shown = state.rooms.get(&chat).and_then(|room| {
        let message = room.message(id)?;
        let reply = message.reply_to.and_then(|it| room.message(it));
        Some(json_of(&message.for_bot(room.view(), reply)))
    });
    shown.unwrap_or_else(|| "true".to_owned())
}

// --- editing -------------------------------------------------------------------------------------

pub(crate) fn edit_text(inner: &Inner, params: &Params) -> Outcome {
    let text = text(params)?;
    edit(inner, params, |message, buttons| {
        if message.has_media() {
            return Err(ApiError::bad("there is no text in the message to edit"));
        }
        if text.is_blank() {
            return Err(ApiError::bad("text must be non-empty"));
        }
        if text.units() > TEXT_UNITS {
            return Err(ApiError::bad("MESSAGE_TOO_LONG"));
        }
        Ok(Edited { text: Some(text), buttons })
    })
}

pub(crate) fn edit_caption(inner: &Inner, params: &Params) -> Outcome {
    let text = caption(params)?;
    edit(inner, params, |message, buttons| {
        if !message.has_media() {
            return Err(ApiError::bad("there is no caption in the message to edit"));
        }
        if text.units() > CAPTION_UNITS {
            return Err(ApiError::bad("MEDIA_CAPTION_TOO_LONG"));
        }
        Ok(Edited { text: Some(text), buttons })
    })
}

pub(crate) fn edit_reply_markup(inner: &Inner, params: &Params) -> Outcome {
    edit(inner, params, |_, buttons| Ok(Edited { text: None, buttons }))
}

struct Edited {
    text: Option<FormattedText>,
    buttons: Rows,
}

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

fn edit(
    inner: &Inner,
    params: &Params,
    change: impl FnOnce(&Message, Rows) -> Result<Edited, ApiError>,
) -> Outcome {
    if params.has("inline_message_id") {
        return Err(ApiError::bad("MESSAGE_ID_INVALID"));
    }
    let chat = params.chat_id("chat_id")?;
    let id = params.message_id("message_id")?;
    let buttons = match params.json("reply_markup", "reply keyboard markup")? {
        Some(markup) => keyboard::parse_inline(&markup).map_err(ApiError::bad)?,
        None => Rows::new(),
    };
    let now = inner.clock.millis();
    let mut state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    let message = room.message(id).ok_or_else(|| ApiError::bad("message to edit not found"))?;
    if !message.is_from_bot() || message.forwarded.is_some() {
        return Err(ApiError::bad("message can't be edited"));
    }
    let Edited { text, buttons } = change(message, buttons)?;
    keyboard::check(&buttons).map_err(ApiError::bad)?;
    let same_text =
        text.as_ref().is_none_or(|it| it.text == message.text && it.entities == message.entities);
    if same_text && buttons == message.buttons {
        return Err(ApiError::bad(NOT_MODIFIED));
    }
    pass(&mut state, inner, chat)?;
    if let Some(message) = state.rooms.get_mut(&chat).and_then(|it| it.message_mut(id)) {
        if let Some(FormattedText { text, entities }) = text {
            message.text = text;
            message.entities = entities;
        }
        message.buttons = buttons;
        message.edit_date = Some(now / 1_000);
    }
    state.tell_edit(chat, id);
    Ok(Done::json(shown(&state, chat, id)))
}

// --- deleting ------------------------------------------------------------------------------------

const DELETABLE_SECONDS: i64 = 48 * 3_600;

pub(crate) fn delete_message(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let id = params.message_id("message_id")?;
    let now = inner.clock.millis();
    let mut state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    let message = room.message(id).ok_or_else(|| ApiError::bad("message to delete not found"))?;
    if !may_delete(room, message, now) {
        return Err(ApiError::bad("message can't be deleted for everyone"));
    }
    delete(&mut state, chat, id);
    Ok(Done::json("true"))
}

pub(crate) fn delete_messages(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let ids = params.json("message_ids", "message identifiers")?;
    let ids: Vec<i64> = ids
        .as_ref()
        .and_then(|it| it.as_array())
        .map(|it| it.iter().filter_map(serde_json::Value::as_i64).collect())
        .unwrap_or_default();
    if ids.is_empty() {
        return Err(ApiError::bad("message identifiers are not specified"));
    }
    if ids.len() > 100 {
        return Err(ApiError::bad("too many message identifiers specified"));
    }
    let now = inner.clock.millis();
    let mut state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    // What is gone is skipped; what may not go stops the call before anything goes.
    let found: Vec<&Message> = ids.iter().filter_map(|it| room.message(*it)).collect();
    if !found.iter().all(|it| may_delete(room, it, now)) {
        return Err(ApiError::bad("message can't be deleted for everyone"));
    }
    let found: Vec<i64> = found.iter().map(|it| it.message_id).collect();
    for id in found {
        delete(&mut state, chat, id);
    }
    Ok(Done::json("true"))
}

/// Young enough, and the bot's own unless the chat is private.
fn may_delete(room: &Room, message: &Message, now: i64) -> bool {
    now / 1_000 - message.date < DELETABLE_SECONDS && (message.is_from_bot() || !room.is_group())
}

fn delete(state: &mut State, chat: i64, message_id: i64) {
    if let Some(message) = state.rooms.get_mut(&chat).and_then(|it| it.message_mut(message_id)) {
        message.deleted = true;
        state.tell(|| Event::Delete { person: chat, message_id });
    }
}

// --- forwarding ----------------------------------------------------------------------------------

pub(crate) fn forward_message(inner: &Inner, params: &Params) -> Outcome {
    let original = original(inner, params, "forward")?;
    let content = Content {
        silent: params.flag("disable_notification"),
        protected: params.flag("protect_content"),
        ..Content::forward_of(original)
    };
    send(inner, params, content, |_, _| Ok(()))
}

pub(crate) fn copy_message(inner: &Inner, params: &Params) -> Outcome {
    let original = original(inner, params, "copy")?;
    let has_media = original.has_media();
    let kept = FormattedText { text: original.text, entities: original.entities };
    let text = if has_media && params.has("caption") { caption(params)? } else { kept };
    let content = Content {
        text,
        photo: original.photo,
        video: original.video,
        voice: original.voice,
        document: original.document,
        ..common(params)?
    };
    let sent = send(inner, params, content, |content, _| {
        if has_media && content.text.units() > CAPTION_UNITS {
            return Err(ApiError::bad("message caption is too long"));
        }
        Ok(())
    })?;
    let sent: serde_json::Value = serde_json::from_str(&sent.result).unwrap_or_default();
    Ok(Done::json(json!({ "message_id": sent["message_id"] }).to_string()))
}

fn original(inner: &Inner, params: &Params, verb: &str) -> Result<Message, ApiError> {
    let from = params.chat_id("from_chat_id")?;
    let id = params.message_id("message_id")?;
    let state = inner.lock();
    let room = state.rooms.get(&from).ok_or_else(ApiError::chat_not_found)?;
    let message = room
        .message(id)
        .ok_or_else(|| ApiError::bad(format_args!("message to {verb} not found")))?;
    if message.protected {
        let done = if verb == "copy" { "copied" } else { "forwarded" };
        return Err(ApiError::bad(format_args!("message can't be {done}")));
    }
    Ok(message.clone())
}
