//! Buttons about disputes and claims, and about who settles them.

use super::{SIDES, place_in};
use crate::domain::chat::Proof;
use crate::domain::order::Side;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeAction {
    /// For a side, on an order: hand something in. The subject is the order, up to the files.
    Add,
    /// It will be that.
    Kind(Proof),
    /// For arbiters: open a case (0), or turn to one of its pages (from 1).
    Case {
        page: u16,
    },
    AskSide(Side),
    Award(Side),
    Close,
    /// A page of the queue.
    Cases {
        page: u16,
    },
    /// A file of a case: the subject is the file.
    File,
    /// For operators.
    Arbiter(ArbiterAction),
}

/// The subject is the arbiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArbiterAction {
    List,
    Add,
    /// Asks once more.
    Remove,
    RemoveSurely,
}

impl ArbiterAction {
    const ALL: [Self; 4] = [Self::List, Self::Add, Self::Remove, Self::RemoveSurely];
}

impl DisputeAction {
    pub(super) fn code(self) -> (u8, u16) {
        match self {
            // 17 was an award by one button; it asks for the reason now.
            Self::Award(side) => (17, place_in(&SIDES, side)),
            Self::Add => (23, 0),
            Self::Kind(proof) => (24, place_in(&Proof::ALL, proof)),
            Self::Case { page } => (26, page),
            Self::AskSide(side) => (27, place_in(&SIDES, side)),
            Self::Close => (28, 0),
            Self::Cases { page } => (115, page),
            Self::File => (116, 0),
            Self::Arbiter(action) => (117, place_in(&ArbiterAction::ALL, action)),
        }
    }

    pub(super) fn from_code(code: u8, argument: u16) -> Option<Self> {
        let plain = |it| (argument == 0).then_some(it);
        let at = usize::from(argument);
        match code {
            17 => SIDES.get(at).copied().map(Self::Award),
            23 => plain(Self::Add),
            24 => Proof::ALL.get(at).copied().map(Self::Kind),
            26 => Some(Self::Case { page: argument }),
            27 => SIDES.get(at).copied().map(Self::AskSide),
            28 => plain(Self::Close),
            115 => Some(Self::Cases { page: argument }),
            116 => plain(Self::File),
            117 => ArbiterAction::ALL.get(at).copied().map(Self::Arbiter),
            _ => None,
        }
    }
}
