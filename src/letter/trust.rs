//! What helps against impostors: the reader's own phrase, and what a forwarded message is.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phrase", rename_all = "snake_case")]
pub enum PhraseScreen {
    /// What should stand on every message about money? `set`: there is one already.
    Ask {
        set: bool,
    },
    /// Not 2 to 40 letters, digits, spaces or emoji.
    Wrong,
    Set,
    Removed,
}

/// Who sent the message that somebody forwards to us, as far as Telegram tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum VerifyScreen {
    /// How it is done.
    Ask,
    /// This bot. Whether it was sent to this reader, only the phrase on it can tell.
    Ours,
    /// Another account, whatever it calls itself.
    NotOurs,
    /// Telegram hides the sender: a bot's messages never are.
    Hidden,
}
