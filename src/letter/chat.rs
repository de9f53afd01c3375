//! What is said around an order's chat. What people write is in no letter: it is opened when it is
//! sent to its reader.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::chat::{FileId, MessageId, Purpose, Voice};
use crate::domain::contact::Contact;

/// Something that somebody has written, on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ChatLetter {
    /// To its reader.
    Relay { message: MessageId },
    /// Nothing is said: a file is fetched from Telegram.
    Fetch { file: FileId },
    /// A file once more, out of what we keep.
    Again { file: FileId },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ChatScreen {
    /// What is written next goes to somebody else.
    Write { purpose: Purpose },
    /// It has reached its reader.
    Delivered { to: Voice },
    /// Its reader has blocked the bot.
    Unreached { to: Voice },
    /// Its reader has muted the chat. Said once.
    Muted { by: Voice },
    /// It gives away a way to meet elsewhere.
    Held { found: Contact },
    /// Not kept, and not passed on.
    Refused { problem: WriteProblem },
    /// Telegram did not give the file.
    Lost,
    /// What was written, the newest page first.
    Messages { page: u32 },
    /// The reader hears the other side no more, or again.
    Mute { on: bool },
    /// The file is not kept any more, or was never there for this reader.
    NoFile,
}

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum WriteProblem {
    /// In characters as Telegram counts them. `caption`: of the text that goes with a file.
    TooLong { most: usize, caption: bool },
    /// More than Telegram gives to a bot.
    TooLarge,
    /// Neither text nor photo, video or document.
    WrongKind,
    /// So many in a minute; it goes on then.
    TooMany { most: u32, at: DateTime<Utc> },
    /// The order is over.
    Closed,
    /// An arbiter's question names a way to meet elsewhere.
    LeadsAway,
}
