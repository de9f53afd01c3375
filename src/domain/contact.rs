//! Ways to meet elsewhere: what a text gives away of them is not passed on in an order's chat.
//! Whoever leads a seller out of the bot leads them away from its escrow.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    WeChat,
    Qq,
    Phone,
    Email,
    Link,
    /// `@name`, as Telegram writes people.
    Handle,
}

impl Contact {
    pub const ALL: [Self; 6] =
        [Self::WeChat, Self::Qq, Self::Phone, Self::Email, Self::Link, Self::Handle];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WeChat => "we_chat",
            Self::Qq => "qq",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Link => "link",
            Self::Handle => "handle",
        }
    }
}
