//! Updates: the little that the inbox must know of each, and the whole as teloxide reads it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use teloxide::types::{Update, UpdateKind};

/// What we ask Telegram for, sent with every poll: it remembers the last list.
pub const ALLOWED: &[&str] = &["message", "edited_message", "callback_query", "my_chat_member"];

/// Entities that teloxide 0.17 knows. Any other makes it read the whole message as empty.
const KNOWN_ENTITIES: &[&str] = &[
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
];

/// What can be seen of an update without reading all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peek {
    pub update_id: i64,
    /// Whose queue it belongs to: the chat, or the person where there is no chat.
    pub chat: Option<i64>,
    pub user: Option<i64>,
    /// When it happened, in seconds; unknown for a button press.
    pub date: Option<i64>,
    /// The same, but of an edit when it was edited.
    pub sent: Option<i64>,
}

/// An update that cannot be read. The text never contains what somebody wrote.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("it is not an update from column {column} on")]
    NotAnUpdate { column: usize },
    #[error("its kind is not known")]
    UnknownKind,
}

impl Unreadable {
    /// Keeps the place only: serde's own text may quote what stands there.
    fn at(error: serde_json::Error) -> Self {
        Self::NotAnUpdate { column: error.column() }
    }
}

/// Reads who and where, and leaves the rest.
pub fn peek(raw: &str) -> Result<Peek, Unreadable> {
    let (mut update_id, mut event) = (None, None);
    each_field(raw, |name, value| match name {
        "update_id" => update_id = read(value),
        // The first is what teloxide reads. One that is odd inside still has a place in the inbox.
        name if event.is_none() && ALLOWED.contains(&name) => event = Some(Event::of(value)),
        _ => {}
    })
    .map_err(Unreadable::at)?;
    let update_id = update_id.ok_or(Unreadable::NotAnUpdate { column: 0 })?;
    let event = event.unwrap_or_default();
    let user = event.from.or(event.user);
    let chat = event.chat.or(event.under).or(user);
    let Event { date, edit_date, .. } = event;
    Ok(Peek { update_id, chat, user, date, sent: edit_date.or(date) })
}

/// A message, a press, or a change of who blocks whom.
#[derive(Default)]
struct Event {
    chat: Option<i64>,
    from: Option<i64>,
    user: Option<i64>,
    date: Option<i64>,
    edit_date: Option<i64>,
    /// The chat of the message that a pressed button stands under.
    under: Option<i64>,
}

impl Event {
    fn of(raw: &RawValue) -> Self {
        #[derive(Deserialize)]
        struct Id {
            id: i64,
        }
        #[derive(Deserialize)]
        struct Under {
            chat: Id,
        }
        let id = |value| read(value).map(|Id { id }| id);
        let mut event = Self::default();
        // What is no object has none of these.
        let _ = each_field(raw.get(), |name, value| match name {
            "chat" => event.chat = id(value),
            "from" => event.from = id(value),
            "user" => event.user = id(value),
            "date" => event.date = read(value),
            "edit_date" => event.edit_date = read(value),
            "message" => event.under = read(value).map(|Under { chat }| chat.id),
            _ => {}
        });
        event
    }
}

/// `None` if it is of another kind than we know: that takes nothing from the fields beside it.
fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// Shows the fields of an object one by one; two of one name are not an error, as they are for a
/// derived struct.
fn each_field<'a>(raw: &'a str, see: impl FnMut(&str, &'a RawValue)) -> serde_json::Result<()> {
    struct EachField<F>(F);

    impl<'de, F: FnMut(&str, &'de RawValue)> Visitor<'de> for EachField<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
            while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                (self.0)(&name, map.next_value()?);
            }
            Ok(())
        }
    }

    let mut json = serde_json::Deserializer::from_str(raw);
    json.deserialize_map(EachField(see))?;
    json.end()
}

/// Reads an update with teloxide's types. What teloxide does not know is taken away first, so that
/// it reads the rest.
///
/// # Errors
/// When teloxide makes nothing of it: it must then never be handed to a handler.
pub fn typed(raw: &str) -> Result<Update, Unreadable> {
    let update: Update = match readable(raw)? {
        // From text: teloxide cannot read an update from a `Value`.
        Some(cleaned) => serde_json::from_str(&cleaned),
        None => serde_json::from_str(raw),
    }
    .map_err(Unreadable::at)?;
    match update.kind {
        UpdateKind::Error(_) => Err(Unreadable::UnknownKind),
        _ => Ok(update),
    }
}

/// The update without what teloxide cannot read; `None` when there is no such thing in it.
fn readable(raw: &str) -> Result<Option<String>, Unreadable> {
    if !raw.contains("entities\"") {
        return Ok(None);
    }
    // Of two events the first, as without this.
    let (mut update, mut event) = (Map::new(), false);
    each_field(raw, |name, value| {
        let is_id = name == "update_id";
        if is_id || !event {
            event |= !is_id;
            update.extend(read(value).map(|it: Value| (name.to_owned(), it)));
        }
    })
    .map_err(Unreadable::at)?;
    let mut update = Value::Object(update);
    Ok(clean(&mut update).then(|| update.to_string()))
}

/// Takes unknown entities away, everywhere, and says whether there were any.
fn clean(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter_mut().fold(false, |changed, (name, field)| {
            let mut taken = false;
            if name.ends_with("entities")
                && let Value::Array(entities) = field
            {
                let before = entities.len();
                entities.retain(is_known);
                taken = entities.len() < before;
            }
            clean(field) | taken | changed
        }),
        Value::Array(items) => items.iter_mut().fold(false, |changed, it| clean(it) | changed),
        _ => false,
    }
}

fn is_known(entity: &Value) -> bool {
    let kind = entity["type"].as_str().unwrap_or_default();
    let url = || entity["url"].as_str().is_some_and(|it| reqwest::Url::parse(it).is_ok());
    KNOWN_ENTITIES.contains(&kind) && (kind != "text_link" || url())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use teloxide::types::{MessageEntityKind, UpdateKind};

    use super::*;

    fn message(text: &str, entities: Value) -> String {
        json!({
            "update_id": 9,
            "message": {
                "message_id": 1,
                "date": 1_793_000_000,
                "chat": { "id": 5, "type": "private", "first_name": "Li" },
                "from": { "id": 5, "is_bot": false, "first_name": "Li" },
                "text": text,
                "entities": entities,
            }
        })
        .to_string()
    }

    fn press() -> String {
        json!({
            "update_id": 10,
            "callback_query": {
                "id": "77",
                "from": { "id": 5, "is_bot": false, "first_name": "Li" },
                "chat_instance": "1",
                "data": "x",
                "message": {
                    "message_id": 3, "date": 0, "chat": { "id": -100, "type": "group", "title": "g" }
                }
            }
        })
        .to_string()
    }

    #[test]
    fn a_peek_tells_who_and_where() {
        let peeked = peek(&message("hi", json!([]))).unwrap();
        let expected = Peek {
            update_id: 9,
            chat: Some(5),
            user: Some(5),
            date: Some(1_793_000_000),
            sent: Some(1_793_000_000),
        };
        assert_eq!(peeked, expected);
        let peeked = peek(&press()).unwrap();
        assert_eq!((peeked.chat, peeked.user, peeked.date), (Some(-100), Some(5), None));
    }

    #[test]
    fn an_edit_is_sent_when_it_is_edited() {
        let edit = json!({ "update_id": 6, "edited_message": { "date": 100, "edit_date": 900 } });
        let peeked = peek(&edit.to_string()).unwrap();
        assert_eq!((peeked.date, peeked.sent), (Some(100), Some(900)));
    }

    #[test]
    fn what_nobody_knows_still_has_a_place_in_the_inbox() {
        let new = json!({ "new_in_11_0": { "chat": 1 }, "update_id": 4 }).to_string();
        assert_eq!(peek(&new).unwrap().update_id, 4);
        let odd = json!({ "update_id": 5, "message": { "chat": "odd" } }).to_string();
        assert_eq!(
            peek(&odd).unwrap(),
            Peek { update_id: 5, chat: None, user: None, date: None, sent: None }
        );
        assert!(peek("{}").is_err());
        assert!(peek("[1").is_err());
        assert!(matches!(typed(&new), Err(Unreadable::UnknownKind)));
    }

    #[test]
    fn a_quote_of_a_countdown_does_not_swallow_the_message() {
        let entities = json!([
            { "type": "date_time", "offset": 0, "length": 2, "unix_time": 1 },
            { "type": "text_link", "offset": 0, "length": 2, "url": "not a link" },
            { "type": "bold", "offset": 0, "length": 2 },
        ]);
        let update = typed(&message("hi", entities)).unwrap();
        let UpdateKind::Message(message) = update.kind else { panic!("it is a message") };
        assert_eq!(message.text(), Some("hi"));
        let kinds: Vec<_> = message.entities().unwrap().iter().map(|it| &it.kind).collect();
        assert_eq!(kinds, [&MessageEntityKind::Bold]);
    }

    #[test]
    fn a_press_under_a_message_we_cannot_reach_is_read() {
        assert!(matches!(typed(&press()).unwrap().kind, UpdateKind::CallbackQuery(_)));
    }

    #[test]
    fn errors_do_not_repeat_what_somebody_wrote() {
        let raw = r#"{"update_id":1,"message":{"text":"my account"#;
        assert!(!typed(raw).unwrap_err().to_string().contains("account"));
        let raw = r#"{"update_id":"my account"}"#;
        assert!(!format!("{:?}", peek(raw).unwrap_err()).contains("account"));
    }

    #[test]
    fn a_field_of_another_kind_takes_nothing_from_the_others() {
        let raw =
            r#"{"update_id":1,"message":{"date":3,"chat":{"id":5},"from":{"id":6},"user":"x"}}"#;
        let peeked = peek(raw).unwrap();
        assert_eq!((peeked.chat, peeked.user, peeked.date), (Some(5), Some(6), Some(3)));
    }

    #[test]
    fn a_field_that_is_there_twice_takes_nothing_from_the_others() {
        let raw = r#"{"update_id":1,"message":{"message":7,"chat":{"id":4},"message":8,"chat":{"id":5}}}"#;
        assert_eq!(peek(raw).unwrap().chat, Some(5));
        let raw = r#"{"update_id":1,"message":{"chat":{"id":4}},"message":{"chat":{"id":5}}}"#;
        assert_eq!(peek(raw).unwrap().chat, Some(4));
        assert!(peek(r#"{"update_id":1} {"update_id":2}"#).is_err());

        let first = message("first", json!([{ "type": "date_time", "offset": 0, "length": 1 }]));
        let second = json!({ "date": 1, "message_id": 2, "text": "second", "chat": { "id": 6, "type": "private" } });
        let raw = format!(r#"{},"message":{second}}}"#, first.strip_suffix('}').unwrap());
        let UpdateKind::Message(read) = typed(&raw).unwrap().kind else { panic!("a message") };
        assert_eq!((read.text(), Some(read.chat.id.0)), (Some("first"), peek(&raw).unwrap().chat));
    }
}
