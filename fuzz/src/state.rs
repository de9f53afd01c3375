//! What was written is read again as the same, anything else is refused, and no log breaks whoever
//! derives its order.

use fangbi::domain::log::{Entry, Row, replay};
use fangbi::domain::order::{OrderId, Status};
use fangbi::letter::Letter;
use fangbi::telegram::talk::Talk;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The bytes are JSON: of a conversation, a letter, a status, an entry of the log, or of all rows of
/// an order.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    if let Some(talk) = Talk::from_json(&text) {
        let written = talk.to_json().expect("plain values");
        assert_eq!(Talk::from_json(&written), Some(talk));
    }
    reads_again::<Letter>(&text);
    reads_again::<Status>(&text);
    reads_again::<Entry>(&text);
    if let Ok(rows) = serde_json::from_str::<Vec<Row>>(&text) {
        let _ = replay::replay(OrderId(1), &rows);
    }
}

fn reads_again<T: DeserializeOwned + Serialize>(text: &str) {
    let Ok(value) = serde_json::from_str::<T>(text) else { return };
    let written = serde_json::to_string(&value).expect("plain values");
    let again: T = serde_json::from_str(&written).expect("what we have written");
    assert_eq!(serde_json::to_string(&again).expect("plain values"), written);
}
