//! What happens in this Telegram, for whoever watches: the page, a scripted person.

use serde::Serialize;

use crate::alipay::Transfer;
use crate::message::Message;
use crate::room::PersonInfo;

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Event {
    /// A new message in a chat; `person` is the chat's id, which a group has too.
    Message {
        person: i64,
        message: Box<Message>,
    },
    Edit {
        person: i64,
        message: Box<Message>,
    },
    Delete {
        person: i64,
        message_id: i64,
    },
    /// A person is new, or something about one has changed.
    Person {
        person: Box<PersonInfo>,
    },
    /// The bot shows that it is busy in a chat.
    Typing {
        person: i64,
    },
    /// The bot has answered a button press with words.
    Toast {
        person: i64,
        text: String,
        alert: bool,
    },
    /// In the pretend Alipay money was sent, or sent back; `people` are those whose bills it is in.
    Transfer {
        people: Vec<i64>,
        transfer: Box<Transfer>,
    },
    /// A person has one more account in the pretend Alipay.
    Account {
        person: i64,
    },
}
