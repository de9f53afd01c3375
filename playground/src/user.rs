//! A Telegram `User`: a person or the bot.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: i64,
    pub is_bot: bool,
    pub first_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
}

impl User {
    /// Somebody this Telegram has never met, of whom a link names only the id.
    pub(crate) fn stranger(id: i64) -> Self {
        Self { id, is_bot: false, first_name: String::new(), username: None, language_code: None }
    }
}
