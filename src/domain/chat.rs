//! What people say about an order through the bot: to each other, and to those who settle disputes.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::UserId;
use super::contact::Contact;
use super::ledger::{Hash, chain};
use super::order::{OrderId, Side};

/// The longest text that is passed on, in UTF-16 units: with its head it has to fit one message of
/// Telegram's.
pub const LONGEST_TEXT: usize = 3_500;
/// Likewise the text that goes with a file.
pub const LONGEST_CAPTION: usize = 700;
/// The largest file that Telegram gives to a bot, in bytes.
pub const LARGEST_FILE: usize = 20 << 20;
/// The time in which only so many messages may be written, see [`super::policy::Policy`].
pub const COUNTED: TimeDelta = TimeDelta::minutes(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileId(pub i64);

/// As whom somebody writes or reads. Nobody is ever shown as more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    Seller,
    Buyer,
    Arbiter,
}

impl Voice {
    pub const ALL: [Self; 3] = [Self::Seller, Self::Buyer, Self::Arbiter];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Buyer => "buyer",
            Self::Arbiter => "arbiter",
        }
    }

    /// As whom somebody writes for this purpose. `None`: not theirs to write. Nobody arbitrates an
    /// order of their own.
    pub const fn of(side: Option<Side>, is_arbiter: bool, purpose: Purpose) -> Option<Self> {
        match (side, purpose) {
            (Some(Side::Seller), Purpose::Chat | Purpose::Answer | Purpose::Evidence { .. }) => {
                Some(Self::Seller)
            }
            (Some(Side::Buyer), Purpose::Chat | Purpose::Answer | Purpose::Evidence { .. }) => {
                Some(Self::Buyer)
            }
            (
                None,
                Purpose::Question { .. }
                | Purpose::Proposal { .. }
                | Purpose::Reason { .. }
                | Purpose::Closing,
            ) if is_arbiter => Some(Self::Arbiter),
            (
                Some(_),
                Purpose::Question { .. }
                | Purpose::Proposal { .. }
                | Purpose::Reason { .. }
                | Purpose::Closing,
            )
            | (None, _) => None,
        }
    }

    /// Which of the two sides that is, if it is one.
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::Seller => Some(Side::Seller),
            Self::Buyer => Some(Side::Buyer),
            Self::Arbiter => None,
        }
    }
}

impl From<Side> for Voice {
    fn from(side: Side) -> Self {
        match side {
            Side::Seller => Self::Seller,
            Side::Buyer => Self::Buyer,
        }
    }
}

/// What a message is for, and so who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub enum Purpose {
    /// From one side to the other.
    Chat,
    /// An arbiter asks one side.
    Question { to: Side },
    /// That side answers.
    Answer,
    /// Something that shall count in a dispute.
    Evidence { what: Proof },
    /// Why an arbiter proposes an award: for the other arbiters.
    Proposal { to: Side },
    /// Why an arbiter awards the coins to that side.
    Reason { to: Side },
    /// Why an arbiter leaves a claimed order as it was closed.
    Closing,
}

impl Purpose {
    /// Whether `reader` may see what `author` has written. Arbiters see everything; a side sees
    /// what is meant for it, and what it wrote itself.
    pub fn is_open_to(self, author: Voice, reader: Voice) -> bool {
        let is_own = author == reader || reader == Voice::Arbiter;
        match self {
            Self::Chat | Self::Reason { .. } | Self::Closing => true,
            Self::Question { to } => is_own || reader.side() == Some(to),
            Self::Answer | Self::Evidence { .. } | Self::Proposal { .. } => is_own,
        }
    }
}

/// What is handed in as evidence, by how much it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The own bill, exported from Alipay.
    Bill,
    /// Alipay itself, opened and scrolled, as a recording of the screen.
    Recording,
    /// Alipay's number of the payment.
    Number,
    /// A picture: easily faked, so it is marked as weak.
    Screenshot,
    Other,
}

impl Proof {
    pub const ALL: [Self; 5] =
        [Self::Bill, Self::Recording, Self::Number, Self::Screenshot, Self::Other];

    /// What it is, whatever it was announced as: a picture is a picture, and words alone are words.
    pub const fn as_it_came(self, form: Option<Form>, is_picture: bool) -> Self {
        match (self, form) {
            (Self::Number | Self::Other, _) => self,
            (Self::Bill | Self::Recording | Self::Screenshot, None) => Self::Other,
            (Self::Bill | Self::Recording, Some(_)) if is_picture => Self::Screenshot,
            (Self::Bill, Some(Form::Video)) => Self::Recording,
            (Self::Bill | Self::Recording | Self::Screenshot, Some(_)) => self,
        }
    }

    /// Exchanges settle by recordings and statements only: pictures are made in a minute.
    pub const fn is_weak(self) -> bool {
        match self {
            Self::Screenshot | Self::Other => true,
            Self::Bill | Self::Recording | Self::Number => false,
        }
    }
}

/// A text, and what keeps its digest from telling what it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// 32 hexadecimal digits, by chance.
    pub salt: String,
    pub text: String,
}

impl Said {
    /// What the log has of it: without the salt, a short text could be guessed from that.
    pub fn digest(&self) -> Hash {
        chain(&Hash::START, &[&self.salt, &self.text])
    }
}

/// Never the text.
impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(..)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Photo,
    Video,
    Document,
}

impl Form {
    pub const ALL: [Self; 3] = [Self::Photo, Self::Video, Self::Document];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Video => "video",
            Self::Document => "document",
        }
    }
}

impl Form {
    /// The ending of a file's name, of the kinds that are handed in: how its sender calls it may say
    /// who that is, and anything else should open in nothing by itself.
    pub fn ending(self, name: Option<&str>) -> &'static str {
        const KNOWN: [&str; 15] = [
            "csv", "docx", "gif", "heic", "jpeg", "jpg", "mov", "mp4", "pdf", "png", "txt", "webp",
            "xls", "xlsx", "zip",
        ];
        match self {
            Self::Photo => "jpg",
            Self::Video => "mp4",
            Self::Document => {
                let ending =
                    name.and_then(|it| it.rsplit_once('.')).map(|it| it.1.to_ascii_lowercase());
                let known = ending.and_then(|it| KNOWN.into_iter().find(|known| *known == it));
                known.unwrap_or("bin")
            }
        }
    }
}

/// What has become of a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Telegram still has to give it.
    Awaited,
    /// It is kept, and has this SHA-256.
    Kept([u8; 32]),
    /// Telegram did not give it.
    Lost,
    /// It was kept, and its time was over.
    Erased([u8; 32]),
}

impl Content {
    pub const fn sha256(self) -> Option<[u8; 32]> {
        match self {
            Self::Kept(hash) | Self::Erased(hash) => Some(hash),
            Self::Awaited | Self::Lost => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    pub form: Form,
    pub bytes: u64,
    pub content: Content,
}

/// One message of an order's chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub order: OrderId,
    pub author: UserId,
    pub voice: Voice,
    pub purpose: Purpose,
    /// It was held back, because of this.
    pub held: Option<Contact>,
    pub at: DateTime<Utc>,
    /// `None` when its time was over, and it was erased.
    pub said: Option<Said>,
    pub files: Vec<File>,
}

impl Message {
    /// Whether `reader` may see it. What was held back is for its author, and for arbiters.
    pub fn is_open_to(&self, reader: Voice) -> bool {
        let is_own = self.voice == reader || reader == Voice::Arbiter;
        is_own || (self.held.is_none() && self.purpose.is_open_to(self.voice, reader))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_does_not_read_what_is_between_the_other_one_and_the_arbiters() {
        let question = Purpose::Question { to: Side::Seller };
        assert!(question.is_open_to(Voice::Arbiter, Voice::Seller));
        assert!(!question.is_open_to(Voice::Arbiter, Voice::Buyer));
        for purpose in [Purpose::Answer, Purpose::Evidence { what: Proof::Bill }] {
            assert!(purpose.is_open_to(Voice::Seller, Voice::Seller));
            assert!(purpose.is_open_to(Voice::Seller, Voice::Arbiter));
            assert!(!purpose.is_open_to(Voice::Seller, Voice::Buyer));
        }
        for reader in Voice::ALL {
            assert!(Purpose::Chat.is_open_to(Voice::Buyer, reader));
            assert!(Purpose::Closing.is_open_to(Voice::Arbiter, reader));
            assert!(Purpose::Reason { to: Side::Buyer }.is_open_to(Voice::Arbiter, reader));
            let proposal = Purpose::Proposal { to: Side::Buyer };
            assert_eq!(proposal.is_open_to(Voice::Arbiter, reader), reader == Voice::Arbiter);
        }
    }

    #[test]
    fn what_was_held_back_is_for_its_author_and_for_arbiters() {
        let message = |held| Message {
            id: MessageId(1),
            order: OrderId(17),
            author: UserId(1001),
            voice: Voice::Seller,
            purpose: Purpose::Chat,
            held,
            at: DateTime::UNIX_EPOCH,
            said: None,
            files: vec![],
        };
        let open = |held| Voice::ALL.map(|it| message(held).is_open_to(it));
        assert_eq!(open(None), [true, true, true]);
        assert_eq!(open(Some(Contact::Qq)), [true, false, true]);
    }

    #[test]
    fn a_name_brings_only_endings_that_are_known() {
        let document = |name| Form::Document.ending(Some(name));
        assert_eq!(document("bill.PDF"), "pdf");
        for odd in ["invoice.pdf.exe", "x.html", "../../etc/passwd", "none", "a.", ".svg"] {
            assert_eq!(document(odd), "bin", "{odd}");
        }
        assert_eq!(Form::Photo.ending(Some("x.exe")), "jpg");
        assert_eq!(Form::Document.ending(None), "bin");
    }

    #[test]
    fn the_same_words_with_another_salt_have_another_digest() {
        let said = |salt: &str| Said { salt: salt.to_owned(), text: "好".to_owned() };
        assert_eq!(said("00").digest(), said("00").digest());
        assert_ne!(said("00").digest(), said("01").digest());
    }
}
