//! What can be said about people's Alipay accounts. Only masks stand in a letter.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::amount::AmountError;
use crate::domain::order::OrderId;
use crate::domain::payee::{Cap, Caps, CodeError, PayeeId, PayeeRefusal, Taken};

/// The pages of `/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "accounts", rename_all = "snake_case")]
pub enum AccountsScreen {
    List {
        lines: Vec<AccountLine>,
    },
    Card {
        line: AccountLine,
    },
    /// Which account is added?
    Account {
        wrong: bool,
    },
    /// In whose name?
    Name {
        account: String,
        wrong: bool,
    },
    Review {
        account: String,
        name: String,
        /// When it can be used; `None`: at once.
        usable_at: Option<DateTime<Utc>>,
    },
    Added {
        line: AccountLine,
    },
    Cap {
        line: AccountLine,
        cap: Cap,
        problem: Option<AmountError>,
    },
    Code {
        line: AccountLine,
        problem: Option<CodeError>,
        /// When the account can be used again if a code is saved now.
        usable_at: DateTime<Utc>,
    },
    /// Erase it?
    Remove {
        line: AccountLine,
    },
    Removed,
    Refused {
        refusal: PayeeRefusal,
    },
}

/// The pages of `/payer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "payer", rename_all = "snake_case")]
pub enum PayerScreen {
    /// What is the payer's name? `now`: what is declared so far, masked.
    Name {
        now: Option<(String, String)>,
        wrong: bool,
    },
    Account {
        name: String,
        wrong: bool,
    },
    Declared {
        name: String,
        account: String,
    },
}

/// The pages of `/forget`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "forget", rename_all = "snake_case")]
pub enum ForgetScreen {
    Ask,
    /// Not while these run.
    Open {
        orders: Vec<OrderId>,
    },
    Done,
}

/// An account as its owner sees it, masked as a payer would see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    pub id: PayeeId,
    pub version: i64,
    pub account: String,
    pub name: String,
    pub has_code: bool,
    pub paused: bool,
    pub is_default: bool,
    pub caps: Caps,
    pub taken: Taken,
    /// When it can be used, if that is not now.
    pub waits_until: Option<DateTime<Utc>>,
}

/// An account that an order might be paid to, or why it cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeChoice {
    pub line: AccountLine,
    pub why_not: Option<PayeeRefusal>,
}

/// Something has changed in the reader's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountNotice {
    pub what: AccountChange,
    pub account: String,
    pub name: String,
    /// When it can be used, if it has to wait.
    pub usable_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    Added,
    Code,
    Removed,
}
