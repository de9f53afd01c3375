//! What buttons do with an order's chat.

/// The subject is the order, but of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatAction {
    /// Write to the other side.
    Write,
    /// Read what was written; the newest page is the first.
    Messages { page: u16 },
    /// Hear the other side no more, or again.
    Mute { on: bool },
    /// The file once more. The subject is the file.
    File,
    /// Answer what an arbiter asks.
    Answer,
}

impl ChatAction {
    pub(super) fn code(self) -> (u8, u16) {
        match self {
            Self::Write => (110, 0),
            Self::Messages { page } => (111, page),
            Self::Mute { on } => (112, u16::from(on)),
            Self::File => (113, 0),
            Self::Answer => (114, 0),
        }
    }

    pub(super) fn from_code(code: u8, argument: u16) -> Option<Self> {
        match (code, argument) {
            (110, 0) => Some(Self::Write),
            (111, page) => Some(Self::Messages { page }),
            (112, 0) => Some(Self::Mute { on: false }),
            (112, 1) => Some(Self::Mute { on: true }),
            (113, 0) => Some(Self::File),
            (114, 0) => Some(Self::Answer),
            _ => None,
        }
    }
}
