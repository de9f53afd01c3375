//! An update is taken in whatever stands in it: its place is known, its words are what was written,
//! and no refusal repeats them.

use fangbi::telegram::update::{peek, typed};
use serde_json::json;
use teloxide::types::UpdateKind;

/// The bytes are an update as Telegram sends it; and once more a text and the kind of an entity that
/// we do not know yet, with a NUL between them.
pub fn holds(data: &[u8]) {
    let raw = crate::text(data);
    let (peeked, read) = (peek(&raw), typed(&raw));
    if let Ok(update) = &read {
        let peeked = peeked.as_ref().expect("what can be read whole has a place");
        assert_eq!(peeked.update_id, i64::from(update.id.0), "{raw}");
        if let UpdateKind::Message(message) = &update.kind {
            assert_eq!(peeked.chat, Some(message.chat.id.0), "{raw}");
        }
    }
    for refused in [peeked.err(), read.err()].into_iter().flatten() {
        let words = refused.to_string();
        let says = words.starts_with("it is not an update from column ")
            || words == "its kind is not known";
        assert!(says, "{words}");
    }

    let (text, kind) = crate::two_texts(data);
    let message = json!({
        "update_id": 7,
        "message": {
            "message_id": 1,
            "date": 1_800_000_000,
            "chat": { "id": 5, "type": "private", "first_name": text },
            "from": { "id": 5, "is_bot": false, "first_name": text },
            "text": text,
            "entities": [{ "type": kind, "offset": 0, "length": 1, "url": text, "unix_time": 1 }],
        },
    });
    let raw = message.to_string();
    let peeked = peek(&raw).expect("an update");
    assert_eq!((peeked.update_id, peeked.chat, peeked.user), (7, Some(5), Some(5)));
    let UpdateKind::Message(message) = typed(&raw).expect("an update").kind else {
        panic!("{raw} is a message");
    };
    assert_eq!(message.text(), Some(&*text), "of kind {kind:?}");
}
