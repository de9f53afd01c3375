//! Letters become calls here, in the reader's own language: the only place with words.

use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::api::Call;
use crate::store::{Store, StoreError};

/// What a letter comes to when it is sent.
#[derive(Debug)]
pub enum Composed {
    /// There is nothing left to say.
    Nothing,
    Call(Message),
}

/// A call and what it means to us.
#[derive(Debug)]
pub struct Message {
    pub call: Call,
    /// The order whose live card this is: the id of the message is kept when it was sent.
    pub card: Option<i64>,
}

/// A letter that cannot be put into words.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the letter cannot be read: {0}")]
    Letter(#[from] serde_json::Error),
}

#[derive(Deserialize)]
struct Plain {
    text: String,
}

/// Puts a letter into words for its reader.
pub async fn compose(
    letter: &RawValue,
    chat: i64,
    _reader: &Store,
) -> Result<Composed, ComposeError> {
    let Plain { text } = serde_json::from_str(letter.get())?;
    let call = Call::new("sendMessage", json!({ "chat_id": chat, "text": text }));
    Ok(Composed::Call(Message { call, card: None }))
}
