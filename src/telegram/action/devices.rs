//! Buttons about phones that tell of payments.

use crate::domain::signal::DeviceKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceAction {
    List,
    Add,
    /// In the wizard: watch this account. The subject is the account.
    Account,
    /// In the wizard: this app tells.
    Kind(DeviceKind),
    /// The subject is the phone, here and below.
    Open,
    Setup,
    /// Everything is typed into the phone: the page that shows it goes.
    PutAway,
    /// Asks once more.
    Revoke,
    RevokeSurely,
}

impl DeviceAction {
    pub(super) fn code(self) -> (u8, u16) {
        match self {
            Self::List => (100, 0),
            Self::Add => (101, 0),
            Self::Account => (102, 0),
            Self::Kind(kind) => (103, super::place_in(&DeviceKind::ALL, kind)),
            Self::Open => (104, 0),
            Self::Setup => (105, 0),
            Self::Revoke => (106, 0),
            Self::RevokeSurely => (107, 0),
            Self::PutAway => (108, 0),
        }
    }

    pub(super) fn from_code(code: u8, argument: u16) -> Option<Self> {
        let plain = |it| (argument == 0).then_some(it);
        match code {
            100 => plain(Self::List),
            101 => plain(Self::Add),
            102 => plain(Self::Account),
            103 => DeviceKind::ALL.get(usize::from(argument)).copied().map(Self::Kind),
            104 => plain(Self::Open),
            105 => plain(Self::Setup),
            106 => plain(Self::Revoke),
            107 => plain(Self::RevokeSurely),
            108 => plain(Self::PutAway),
            _ => None,
        }
    }
}
