//! Double entry: each transfer takes from one account what it gives to another, and carries the
//! hash of the one before. Coins only: the yuan never touch the desk.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::UserId;
use super::money::Coins;
use super::order::OrderId;

/// Who holds coins on the desk's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// The world: the only one below zero, by what the desk owes in all.
    Outside,
    /// What a person may sell or withdraw.
    User(UserId),
    /// Locked for one order.
    Escrow(OrderId),
    /// Set aside for one withdrawal until it is settled.
    Withdrawal(i64),
}

/// As the database keeps it: `outside`, `user:1001`, `escrow:17`, `withdrawal:3`.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("outside"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Escrow(id) => write!(f, "escrow:{}", id.0),
            Self::Withdrawal(id) => write!(f, "withdrawal:{id}"),
        }
    }
}

/// Why coins move. With the order or the key beside it, it is unique: a lock, a release or a
/// return of an order happens once, by constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Coins arrived at the desk; the key is the transaction id.
    Deposit,
    /// The seller's coins go into escrow.
    Lock,
    /// Escrow goes to the buyer.
    Release,
    /// Escrow goes back to the seller.
    Return,
    /// A withdrawal was asked for.
    WithdrawAsk,
    /// The treasurer sent the coins.
    WithdrawPaid,
    /// The treasurer refused, or the person took it back.
    WithdrawReturn,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Deposit,
        Self::Lock,
        Self::Release,
        Self::Return,
        Self::WithdrawAsk,
        Self::WithdrawPaid,
        Self::WithdrawReturn,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Lock => "lock",
            Self::Release => "release",
            Self::Return => "return",
            Self::WithdrawAsk => "withdraw_ask",
            Self::WithdrawPaid => "withdraw_paid",
            Self::WithdrawReturn => "withdraw_return",
        }
    }
}

/// One movement of coins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub debit: Account,
    pub credit: Account,
    pub coins: Coins,
    pub kind: Kind,
    /// What makes it unique within its kind: an order's id, a transaction id, a withdrawal's id.
    pub key: String,
}

impl Transfer {
    pub fn lock(order: OrderId, seller: UserId, coins: Coins) -> Self {
        Self {
            debit: Account::User(seller),
            credit: Account::Escrow(order),
            coins,
            kind: Kind::Lock,
            key: order.0.to_string(),
        }
    }

    pub fn release(order: OrderId, buyer: UserId, coins: Coins) -> Self {
        Self {
            debit: Account::Escrow(order),
            credit: Account::User(buyer),
            coins,
            kind: Kind::Release,
            key: order.0.to_string(),
        }
    }

    pub fn give_back(order: OrderId, seller: UserId, coins: Coins) -> Self {
        Self {
            debit: Account::Escrow(order),
            credit: Account::User(seller),
            coins,
            kind: Kind::Return,
            key: order.0.to_string(),
        }
    }

    pub fn deposit(user: UserId, coins: Coins, transaction: &str) -> Self {
        Self {
            debit: Account::Outside,
            credit: Account::User(user),
            coins,
            kind: Kind::Deposit,
            key: transaction.to_owned(),
        }
    }

    pub fn withdraw_ask(id: i64, user: UserId, coins: Coins) -> Self {
        Self {
            debit: Account::User(user),
            credit: Account::Withdrawal(id),
            coins,
            kind: Kind::WithdrawAsk,
            key: id.to_string(),
        }
    }

    pub fn withdraw_paid(id: i64, coins: Coins) -> Self {
        Self {
            debit: Account::Withdrawal(id),
            credit: Account::Outside,
            coins,
            kind: Kind::WithdrawPaid,
            key: id.to_string(),
        }
    }

    pub fn withdraw_return(id: i64, user: UserId, coins: Coins) -> Self {
        Self {
            debit: Account::Withdrawal(id),
            credit: Account::User(user),
            coins,
            kind: Kind::WithdrawReturn,
            key: id.to_string(),
        }
    }

    /// The link after `previous`: SHA-256 over the hash before and every field, each with its
    /// length in front, so that no two rows read the same.
    pub fn hash_after(&self, previous: &Hash, at_ms: i64) -> Hash {
        chain(
            previous,
            &[
                &self.debit.to_string(),
                &self.credit.to_string(),
                self.coins.coin.code(),
                &self.coins.units.to_string(),
                self.kind.as_str(),
                &self.key,
                &at_ms.to_string(),
            ],
        )
    }
}

/// A link of a hash chain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before the first row.
    pub const START: Self = Self([0; 32]);
}

/// 64 hexadecimal digits.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Hash {
    type Err = NoHash;

    /// Exactly as it is displayed.
    fn from_str(text: &str) -> Result<Self, NoHash> {
        let digit = |it: u8| match it {
            b'0'..=b'9' => Some(it - b'0'),
            b'a'..=b'f' => Some(it - b'a' + 10),
            _ => None,
        };
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(NoHash) };
        let bytes: Option<Vec<u8>> =
            pairs.iter().map(|[high, low]| Some(digit(*high)? * 16 + digit(*low)?)).collect();
        bytes.and_then(|it| it.try_into().ok()).map(Self).ok_or(NoHash)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct NoHash;

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The hash of a row whose fields are these, after a row with that hash.
pub fn chain(previous: &Hash, fields: &[&str]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous.0);
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    Hash(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Coin;

    #[test]
    fn a_link_depends_on_every_field_and_on_what_was_before() {
        let transfer = Transfer::lock(OrderId(17), UserId(1001), Coins::new(Coin::Usdt, 5));
        let link = transfer.hash_after(&Hash::START, 1_000);
        assert_eq!(link, transfer.hash_after(&Hash::START, 1_000));
        assert_ne!(link, transfer.hash_after(&Hash::START, 1_001));
        assert_ne!(link, transfer.hash_after(&link, 1_000));
        let other = Transfer::lock(OrderId(17), UserId(1001), Coins::new(Coin::Usdt, 6));
        assert_ne!(link, other.hash_after(&Hash::START, 1_000));
    }

    #[test]
    fn a_hash_is_read_as_it_is_written_and_not_otherwise() {
        let text = "0123456789abcdef".repeat(4);
        let hash: Hash = text.parse().unwrap();
        assert_eq!(hash.0[..8], [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
        assert_eq!(hash.to_string(), text);
        let (short, capitals, foreign) = (&text[1..], text.to_uppercase(), text.replace('a', "g"));
        for wrong in [short, &text[2..], &capitals, &foreign, &format!("{text}00"), ""] {
            assert_eq!(wrong.parse::<Hash>(), Err(NoHash), "{wrong}");
        }
    }

    /// Whoever keeps the last link of today wants to find it again next year.
    #[test]
    fn links_do_not_change_from_one_version_to_the_next() {
        let mut last = Hash::START;
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let coins = Coins::new(Coin::Usdt, 5);
            let lock = Transfer::lock(OrderId(17), UserId(1001), coins);
            last = Transfer { kind, ..lock }.hash_after(&last, at as i64);
        }
        let always = "e6144599cd01f68585615b4135ad1ba594bd7086fdee1b793163e426f90a7c8f";
        assert_eq!(last.to_string(), always);
    }

    #[test]
    fn moving_a_letter_between_fields_changes_the_link() {
        assert_ne!(chain(&Hash::START, &["ab", "c"]), chain(&Hash::START, &["a", "bc"]));
    }
}
