//! Buttons about evidence and frozen accounts. The subject is the order.

use crate::domain::freeze::FreezeKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleAction {
    /// Put the bundle together.
    Make,
    /// What is noted of a freeze, or the first question about it.
    Frozen,
    /// The first question, whatever is noted.
    Anew,
    /// In the wizard: they froze it.
    Kind(FreezeKind),
    /// In the wizard: that is not known yet.
    Skip,
    Erase,
    /// All orders with the other side.
    With,
}

impl BundleAction {
    pub(super) fn code(self) -> (u8, u16) {
        match self {
            Self::Make => (83, 0),
            Self::Frozen => (84, 0),
            Self::Anew => (85, 0),
            Self::Kind(kind) => (86, super::place_in(&FreezeKind::ALL, kind)),
            Self::Skip => (87, 0),
            Self::Erase => (88, 0),
            Self::With => (89, 0),
        }
    }

    pub(super) fn from_code(code: u8, argument: u16) -> Option<Self> {
        let plain = |it| (argument == 0).then_some(it);
        match code {
            83 => plain(Self::Make),
            84 => plain(Self::Frozen),
            85 => plain(Self::Anew),
            86 => FreezeKind::ALL.get(usize::from(argument)).copied().map(Self::Kind),
            87 => plain(Self::Skip),
            88 => plain(Self::Erase),
            89 => plain(Self::With),
            _ => None,
        }
    }
}
