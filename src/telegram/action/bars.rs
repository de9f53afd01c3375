//! Buttons about blocks, and about what operators have stopped.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarAction {
    /// On an order's card: block the other side? The subject is the order, here and below.
    Block,
    BlockSurely,
    /// The subject is the person.
    Unblock,
    /// A page of those who are blocked.
    Blocks {
        page: u16,
    },
    /// An operator's: the subject is the stop.
    OpenStop,
    Lift,
    /// A page of what is stopped.
    Stops {
        page: u16,
    },
}

impl BarAction {
    pub(super) fn code(self) -> (u8, u16) {
        match self {
            Self::Block => (73, 0),
            Self::BlockSurely => (74, 0),
            Self::Unblock => (75, 0),
            Self::Blocks { page } => (76, page),
            Self::OpenStop => (77, 0),
            Self::Lift => (78, 0),
            Self::Stops { page } => (79, page),
        }
    }

    pub(super) fn from_code(code: u8, argument: u16) -> Option<Self> {
        let plain = |it| (argument == 0).then_some(it);
        match code {
            73 => plain(Self::Block),
            74 => plain(Self::BlockSurely),
            75 => plain(Self::Unblock),
            76 => Some(Self::Blocks { page: argument }),
            77 => plain(Self::OpenStop),
            78 => plain(Self::Lift),
            79 => Some(Self::Stops { page: argument }),
            _ => None,
        }
    }
}
