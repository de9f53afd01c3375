//! Where a person is while typing an Alipay account.

use serde::{Deserialize, Serialize};

use crate::domain::payee::{Cap, PayeeId};

/// In `/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accounts {
    Account,
    Name(String),
    Review(String, String),
    Cap(PayeeId, i64, Cap),
    Code(PayeeId, i64),
    Remove(PayeeId, i64),
}

/// In `/payer`. `ad`: on the way to an ad, which comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarePayer {
    Name { ad: bool },
    Account { ad: bool, name: String },
}
