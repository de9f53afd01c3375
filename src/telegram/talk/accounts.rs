//! Where a person is while typing an Alipay account.

use serde::{Deserialize, Serialize};

use crate::app::{PayeeChange, PayeeWish};
use crate::domain::money::Fen;
use crate::domain::payee::{Account, Cap, PayeeId, PersonalCode, RealName};
use crate::store::orders::Payee;

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
    /// A code of the authenticator is about to be typed for it.
    Prove(Wish),
}

/// What somebody wants of the own accounts, in the texts that are kept while a code is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    Add(String, String),
    Of(PayeeId, i64, WishOf),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishOf {
    Default,
    Pause,
    Resume,
    Cap(Cap, Option<Fen>),
    Code(Option<String>),
    Remove,
}

impl Wish {
    /// `None`: a text of it is none of ours any more.
    pub fn read(&self) -> Option<PayeeChange> {
        let (payee, version, wish) = match self {
            Self::Add(account, name) => {
                let (account, name) = (Account::parse(account).ok()?, RealName::parse(name).ok()?);
                return Some(PayeeChange::Add(Payee { account, name, code: None }));
            }
            Self::Of(payee, version, wish) => (*payee, *version, wish),
        };
        let wish = match wish {
            WishOf::Default => PayeeWish::Default,
            WishOf::Pause => PayeeWish::Pause,
            WishOf::Resume => PayeeWish::Resume,
            WishOf::Cap(cap, most) => PayeeWish::Cap(*cap, *most),
            WishOf::Code(None) => PayeeWish::Code(None),
            WishOf::Code(Some(link)) => PayeeWish::Code(Some(PersonalCode::parse(link).ok()?)),
            WishOf::Remove => PayeeWish::Remove,
        };
        Some(PayeeChange::Of { payee, version, wish })
    }
}

/// In `/payer`. `ad`: on the way to an ad, which comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarePayer {
    Name { ad: bool },
    Account { ad: bool, name: String },
}
