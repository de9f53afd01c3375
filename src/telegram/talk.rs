//! Where a person is in a wizard.
//!
//! Kept sealed, as versioned JSON: what is typed may be an Alipay account. A state that can no
//! longer be read starts the wizard over; it never costs the update.

mod accounts;
mod dispute;
mod frozen;

use serde::{Deserialize, Serialize};

use crate::app::Talk as Becomes;
use crate::domain::ad::AdId;
use crate::domain::amount::Quantity;
use crate::domain::chat::Purpose;
use crate::domain::money::{Coin, Coins, Fen, Price};
use crate::domain::opening::Deal;
use crate::domain::order::OrderId;
use crate::domain::payee::PayeeId;
use crate::letter::{AdField, Offer, SecurityWish};

pub use accounts::{Accounts, DeclarePayer, Wish, WishOf};
pub use dispute::DisputeTalk;
pub use frozen::Frozen;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// In no wizard.
    #[default]
    Idle,
    Sell(Sell),
    PostAd(PostAd),
    ChangeAd(ChangeAd),
    Withdraw(Withdraw),
    Security(Security),
    /// The release gate of an order is open: what is typed is for it.
    Gate(OrderId),
    /// So much is there of an order's amount: shall the buyer be asked for the rest?
    Rest(OrderId, Fen),
    /// Alipay's number of this order's payment or refund is about to be typed.
    Number(OrderId),
    /// What is written is for that purpose of this order's.
    Message(OrderId, Purpose),
    /// The phrase against impostors is about to be typed.
    Phrase,
    /// A treasurer is about to type the transaction that pays this withdrawal.
    Settle(i64),
    Accounts(Accounts),
    Payer(DeclarePayer),
    /// Are the names and accounts to be erased?
    Forget,
    AddDevice(AddDevice),
    /// An account was frozen.
    Frozen(Frozen),
    /// Something about a dispute is about to be typed or sent.
    Dispute(DisputeTalk),
    /// An operator is about to type who becomes an arbiter.
    AddArbiter,
}

/// Registering a phone that tells of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddDevice {
    Account,
    /// It watches this account.
    Kind(PayeeId),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sell {
    Coin,
    Offers(Coin),
    Amount(Offer),
    /// Which of the accounts that are kept?
    Payee(Sale),
    ReviewKept(Sale, PayeeId),
    Account(Sale),
    Name(Sale, String),
    Review(Sale, String, String),
}

/// An offer, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sale {
    pub offer: Offer,
    pub quantity: Quantity,
    pub deal: Deal,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostAd {
    Coin,
    Price(Coin),
    Total(Coin, Price),
    Min(Price, Coins),
    Max(Price, Coins, Fen),
    Window(Price, Coins, Fen, Fen),
    Review(crate::domain::ad::AdTerms),
}

/// The new value of one field of an ad is about to be typed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeAd {
    pub ad: AdId,
    pub version: i64,
    pub field: AdField,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdraw {
    Coin,
    Amount(Coin),
    Address(Coins),
    Review(Coins, String),
    /// The last question: a code, or the end of the address.
    Proof(Coins, String),
}

/// What a code is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// The first one: the secret has been scanned.
    Confirm,
    Prove(SecurityWish),
}

/// The format of what is written now.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    format: u32,
    talk: T,
}

impl Talk {
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Stored { format: FORMAT, talk: self })
    }

    /// What the conversation becomes by this, where nothing of it can fail to be written.
    pub fn becomes(&self) -> Becomes {
        // Plain enums of numbers: serde_json has nothing to refuse. If it did, the conversation
        // would stay where it is.
        self.to_json().map_or(Becomes::Keep, Becomes::Becomes)
    }

    /// `None`: written by another program, or not by us at all.
    pub fn from_json(json: &str) -> Option<Self> {
        let stored: Stored<Self> = serde_json::from_str(json).ok()?;
        (stored.format == FORMAT).then_some(stored.talk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_starts_over() {
        let talk = Talk::Sell(Sell::Offers(Coin::Usdt));
        assert_eq!(Talk::from_json(&talk.to_json().unwrap()), Some(talk));
        assert_eq!(Talk::from_json(r#"{"format":1,"talk":{"sell":"gone"}}"#), None);
        assert_eq!(Talk::from_json(r#"{"format":2,"talk":"idle"}"#), None);
        assert_eq!(Talk::from_json("nonsense"), None);
    }
}
