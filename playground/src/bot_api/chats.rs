//! What is about a chat rather than a message's words.

use serde_json::json;

use super::params::Params;
use super::{ApiError, Done, Outcome};
use crate::event::Event;
use crate::room::{Room, RoomKind};
use crate::state::{Inner, State};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

pub(crate) fn send_chat_action(inner: &Inner, params: &Params) -> Outcome {
    let action = params.text("action").to_ascii_lowercase();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(ApiError::bad("wrong parameter action in request"));
    }
    let chat = params.chat_id("chat_id")?;
    let state = inner.lock();
    reachable(&state, chat)?;
    state.tell(|| Event::Typing { person: chat });
    Ok(Done::json("true"))
}

pub(crate) fn get_chat(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    if room.person().is_some_and(|it| !it.started) {
        return Err(ApiError::chat_not_found());
    }
    let mut shown = json!(room.view());
    shown["accent_color_id"] = json!(room.id.rem_euclid(7));
    shown["max_reaction_count"] = json!(11);
    shown["accepted_gift_types"] = json!({
        "unlimited_gifts": false,
        "limited_gifts": false,
        "unique_gifts": false,
        "premium_subscription": false,
        "gifts_from_channels": false,
    });
    Ok(Done::json(shown.to_string()))
}

pub(crate) fn get_chat_member(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let user =
        params.number("user_id").ok_or_else(|| ApiError::bad("invalid user_id specified"))?;
    let state = inner.lock();
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    let member = match &room.kind {
        _ if user == state.bot.id => Some(&state.bot),
        RoomKind::Private(person) => Some(&person.user).filter(|_| user == room.id),
        RoomKind::Group { members, .. } => members.get(&user),
    };
    let shown = match member {
        Some(user) => json!({ "user": **user, "status": "member" }),
        None => match state.rooms.get(&user).and_then(Room::person) {
            Some(person) => json!({ "user": *person.user, "status": "left" }),
            None => return Err(ApiError::bad("PARTICIPANT_ID_INVALID")),
        },
    };
    Ok(Done::json(shown.to_string()))
}

pub(crate) fn pin(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let id = params.message_id("message_id")?;
    let mut state = inner.lock();
    reachable(&state, chat)?;
    let room = state.rooms.get_mut(&chat).ok_or_else(ApiError::chat_not_found)?;
    if room.message(id).is_none() {
        return Err(ApiError::bad("message to pin not found"));
    }
    room.pinned = Some(id);
    Ok(Done::json("true"))
}

pub(crate) fn unpin(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let mut state = inner.lock();
    reachable(&state, chat)?;
    let room = state.rooms.get_mut(&chat).ok_or_else(ApiError::chat_not_found)?;
    let pinned = params.number("message_id").or(room.pinned);
    match pinned.filter(|it| room.message(*it).is_some()) {
        Some(id) => {
            if room.pinned == Some(id) {
                room.pinned = None;
            }
            Ok(Done::json("true"))
        }
        None => Err(ApiError::bad("message to unpin not found")),
    }
}

pub(crate) fn set_reaction(inner: &Inner, params: &Params) -> Outcome {
    let chat = params.chat_id("chat_id")?;
    let id = params.message_id("message_id")?;
    let state = inner.lock();
    reachable(&state, chat)?;
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    match room.message(id) {
        Some(_) => Ok(Done::json("true")),
        None => Err(ApiError::bad("message to react not found")),
    }
}

/// The chat is there, and its person has written first and has not blocked the bot.
fn reachable(state: &State, chat: i64) -> Result<(), ApiError> {
    let room = state.rooms.get(&chat).ok_or_else(ApiError::chat_not_found)?;
    match room.person() {
        Some(person) if !person.started => Err(ApiError::not_started()),
        Some(person) if person.blocked => Err(ApiError::blocked()),
        _ => Ok(()),
    }
}
