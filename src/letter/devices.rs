//! Phones that tell of payments: their pages, and what is told about them. A phone's address and
//! secret are read, and opened, when the page is sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::money::Fen;
use crate::domain::order::OrderId;
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, DeviceKind};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum DeviceScreen {
    /// `open`: phones can reach this desk.
    List {
        lines: Vec<DeviceLine>,
        open: bool,
    },
    /// There is no account that a phone could watch.
    NoAccounts,
    /// Which account does it watch? Each with its number and mask.
    Account {
        accounts: Vec<(PayeeId, String)>,
    },
    /// Which app tells?
    Kind {
        account: String,
    },
    /// What is pasted into the phone.
    Setup {
        device: DeviceId,
        kind: DeviceKind,
        /// Where the desk is reached; `None`: its operator has not opened the hooks.
        address: Option<String>,
    },
    Card {
        line: DeviceLine,
    },
    /// Really?
    Revoke {
        line: DeviceLine,
    },
    Revoked {
        device: DeviceId,
    },
    /// Revoked, or never there.
    Gone,
    TooMany {
        most: u32,
    },
}

/// A phone as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    pub device: DeviceId,
    pub kind: DeviceKind,
    /// The mask of the account that it watches.
    pub account: String,
    /// `None`: never yet.
    pub heard_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum DeviceNotice {
    /// A sum that fits more than one order.
    Several { fen: Fen, orders: Vec<OrderId> },
    /// Somebody made a transfer, of whatever sum, while these orders wait for money.
    Transfer { orders: Vec<OrderId> },
    /// A notification that names more than one sum.
    Unclear { orders: Vec<OrderId> },
    /// Not heard for too long while an order waits for money.
    Silent { device: DeviceId, kind: DeviceKind, since: DateTime<Utc> },
    /// Heard again after that.
    Back { device: DeviceId, kind: DeviceKind },
    /// A stamp came again with another message.
    Misused { device: DeviceId, kind: DeviceKind },
}
