//! The languages the bot speaks. Each reader gets the reader's own.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "zh-CN")]
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// As the database, the folders of the words and BCP 47 have it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.tag() == tag)
    }

    /// What Telegram says of a person's client (`zh-hans`, `en-GB`, nothing at all).
    pub fn of_client(language_code: Option<&str>) -> Self {
        match language_code.map(str::to_ascii_lowercase) {
            Some(code) if code == "zh" || code.starts_with("zh-") => Self::Chinese,
            Some(_) | None => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_chinese_client_gets_chinese_and_everybody_else_english() {
        for code in ["zh", "zh-hans", "zh-CN", "zh-TW"] {
            assert_eq!(Language::of_client(Some(code)), Language::Chinese);
        }
        for code in [Some("en-GB"), Some("ru"), Some(""), None] {
            assert_eq!(Language::of_client(code), Language::English);
        }
    }
}
