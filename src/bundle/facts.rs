//! `bundle.json` and `log.json`: what a bundle states, as values. docs/evidence.md explains them to
//! people who have nothing of ours.
//!
//! Bundles outlive programs: a field is never taken away or given another meaning, and whoever adds
//! one that older programs must not overlook counts [`FORMAT`] up.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::chat::{FileId, Form, MessageId, Purpose, Voice};
use crate::domain::contact::Contact;
use crate::domain::factor::Factor;
use crate::domain::freeze::FreezeKind;
use crate::domain::ledger::Hash;
use crate::domain::log::Row;
use crate::domain::mask::Fit;
use crate::domain::order::{Kind, Question, Side, Status};
use crate::domain::policy::Terms;

pub const FORMAT: u32 = 1;

/// `bundle.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub format: u32,
    pub made_at: Moment,
    /// Nothing in here is real money.
    pub demo: bool,
    /// For whom: what this reader may not see is withheld.
    pub reader: Voice,
    /// What follows from `log.json` alone; whoever checks the bundle derives it again.
    pub from_log: FromLog,
    /// Of one coin in yuan, when the order was opened. `None`: not recorded.
    pub reference_price: Option<String>,
    pub sides: [Party; 2],
    pub numbers: Vec<AlipayNumber>,
    pub ledger: Vec<Posting>,
    pub signals: Vec<Signal>,
    /// Warnings that the log does not have.
    pub warnings: Vec<Warning>,
    pub chat: Vec<ChatLine>,
    pub freeze: Option<FreezeNote>,
}

/// A moment twice: for programs, and as Alipay's bills have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// `2027-01-15T08:00:00.000Z`
    pub utc: String,
    /// `2027-01-15 16:00:00`, in UTC+8.
    pub utc8: String,
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        let utc = at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let shanghai = at.checked_add_signed(TimeDelta::hours(8)).unwrap_or(at);
        Self { utc, utc8: shanghai.format("%Y-%m-%d %H:%M:%S").to_string() }
    }
}

/// What the log of an order comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromLog {
    pub order: OrderSheet,
    /// The seller's own words about what the seller's Alipay shows.
    pub gate: Vec<Attested>,
    /// What the log has of signals that fitted the order.
    pub seen: Vec<Moment>,
    pub warnings: Vec<Warning>,
}

/// The order as it stood at the end of its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSheet {
    pub code: String,
    pub id: i64,
    /// Whose terms were accepted by opening the order.
    pub ad: i64,
    /// Telegram's numeric ids.
    pub seller: i64,
    pub buyer: i64,
    pub coin: String,
    /// In whole coins, and in the coin's smallest units.
    pub quantity: String,
    pub units: i64,
    /// Yuan for one coin.
    pub price: String,
    pub fen: i64,
    /// How many of them were added so that this payment cannot be taken for another one.
    pub fen_added: i64,
    pub opened_at: Moment,
    pub terms: Terms,
    pub version: i64,
    pub status: Status,
    pub ended_at: Option<Moment>,
}

impl OrderSheet {
    pub fn kind(&self) -> Kind {
        self.status.kind()
    }
}

/// Something that the seller has said on the way to a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    pub at: Moment,
    #[serde(flatten)]
    pub what: Attestation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "attested", rename_all = "snake_case")]
pub enum Attestation {
    Answer {
        question: Question,
        yes: bool,
    },
    /// The payer that the seller's Alipay shows, laid beside the one who was declared.
    Compared {
        masks: Fit,
    },
    /// The receipt, proved by that.
    Confirmed {
        factor: Factor,
    },
}

/// One side of the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub side: Side,
    pub telegram_id: i64,
    /// First contact with the desk, and whole days from then to the order.
    pub known_since: Option<Moment>,
    pub days_before_order: Option<i64>,
    /// When the desk's risk notice was accepted.
    pub notice_accepted_at: Option<Moment>,
    /// Orders brought to a release by now.
    pub completed: u32,
    /// The Alipay account that was declared for this order when it was opened, as Alipay masks it.
    /// `None`: erased by its owner since, or never declared.
    pub declared: Option<Declared>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    pub name: String,
    pub account: String,
}

/// The number of a payment or of its refund in Alipay, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlipayNumber {
    pub of: NumberOf,
    pub number: String,
    pub given_at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberOf {
    Payment,
    Refund,
}

/// A row of the desk's ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    pub row: i64,
    pub debit: String,
    pub credit: String,
    pub coin: String,
    pub units: i64,
    pub kind: String,
    pub key: String,
    /// Milliseconds UTC: it is part of what was hashed.
    pub at_ms: i64,
    pub at: Moment,
    /// Of the row before it, and its own.
    pub before: Hash,
    pub hash: Hash,
}

/// What a phone of the seller has said about a payment. It can be forged, and moves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    pub at: Moment,
    /// `vmq`, `notification`, `transfer` or `unclear`.
    pub kind: String,
    pub fen: Option<i64>,
    /// SHA-256 of the message; the message itself is not kept.
    pub sha256: Hash,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// `None`: it stood there for as long as its cause.
    pub at: Option<Moment>,
    pub to: Side,
    pub what: Caution,
}

/// What the bot says as a warning, wherever it has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// How to pay: from the own account, at once, the exact amount, without a memo.
    PayRules,
    /// Look into Alipay yourself; confirm only what you see there.
    LookYourself,
    /// What Alipay shows of the payer is not what was declared.
    OtherPayer,
    /// Refund to the same payer only.
    SamePayer,
    /// The last moment to stop.
    CoinsGo,
    /// A message was held back: it led out of the bot.
    ContactHeld,
    /// Money may have come after the end.
    LateMoney,
    /// A picture came: no proof of payment.
    PictureProvesNothing,
    /// The number of another order's payment was given.
    NumberReused,
    /// The other side's name looks like that of staff.
    StaffName,
}

/// A message of the order's chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLine {
    pub id: MessageId,
    pub at: Moment,
    pub author: Voice,
    #[serde(flatten)]
    pub purpose: Purpose,
    pub held: Option<Contact>,
    /// As the log has it.
    pub digest: Hash,
    pub words: Words,
    pub files: Vec<ChatFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Words {
    /// With what the digest was salted.
    Open { text: String, salt: String },
    /// Not for this reader.
    Withheld,
    /// Its time was over.
    Erased,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatFile {
    pub id: FileId,
    pub form: Form,
    pub bytes: u64,
    pub sha256: Option<Hash>,
    pub content: Keeping,
}

/// Where a file's content is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Keeping {
    Here {
        path: String,
    },
    /// The bundle would have become too large for Telegram.
    LeftOut,
    Withheld,
    Awaited,
    Lost,
    Erased,
}

/// What the reader has noted of a frozen account. Nobody but the reader gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeNote {
    pub noted_at: Moment,
    pub kind: FreezeKind,
    pub body: Option<String>,
    pub case: Option<String>,
    pub period: Option<String>,
    pub officer: Option<String>,
}

/// `log.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFile {
    pub format: u32,
    pub order: i64,
    pub rows: Vec<LogLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    #[serde(flatten)]
    pub row: Row,
    /// `None`: written before orders had chains of their own.
    pub link: Option<Hash>,
}
