//! What the loops ask of the rest of the program, and report to it. Each report is written in the
//! transaction that notes what happened, so that neither can be forgotten without the other.

use futures::future::BoxFuture;
use serde_json::value::RawValue;

use crate::domain::bill::Came;
use crate::domain::chat::{FileId, MessageId};
use crate::language::Language;
pub use crate::letter::Alarm;
use crate::store::{StoreError, Tx};
use crate::telegram::render::{ComposeError, Composed};

/// A live card that has come to stand in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    pub order: i64,
    pub chat: i64,
    pub message_id: i64,
}

pub type Words<'t> = BoxFuture<'t, Result<Composed, ComposeError>>;
pub type Reported<'t> = BoxFuture<'t, Result<(), StoreError>>;

/// Who hears of what the loops find out.
pub trait Office: Send + Sync + 'static {
    /// What is read in these chats, in their order: asked once for all letters that go together.
    fn languages(&self, chats: Vec<i64>) -> BoxFuture<'static, Result<Vec<Language>, StoreError>>;

    /// Puts a letter into words for whoever is in that chat.
    fn compose<'t>(&'t self, letter: &'t RawValue, chat: i64, language: Language) -> Words<'t>;

    /// Telegram has answered a poll: whoever writes to us reaches us.
    fn in_touch<'t>(&'t self, tx: &'t mut Tx<'_>) -> Reported<'t>;

    /// A card was sent: keep its message id, to edit it from now on.
    fn card_sent<'t>(&'t self, tx: &'t mut Tx<'_>, card: Card) -> Reported<'t>;

    /// A card is gone from its chat: forget its message id. The letter is then composed again.
    fn card_lost<'t>(&'t self, tx: &'t mut Tx<'_>, order: i64, chat: i64) -> Reported<'t>;

    /// A message was sent that must not stay in its chat: keep its id, to take it away.
    fn passing_sent<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64, message_id: i64) -> Reported<'t>;

    /// A bill that this person has sent is here, or never will be.
    fn bill_came<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        chat: i64,
        bill: i64,
        came: &'t Came,
    ) -> Reported<'t>;

    /// A file of an order's chat is here; without its content, it never will be.
    fn file_came<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        file: FileId,
        content: Option<&'t [u8]>,
    ) -> Reported<'t>;

    /// Somebody's message about an order has reached this reader, or cannot.
    fn relayed<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        chat: i64,
        message: MessageId,
        reached: bool,
    ) -> Reported<'t>;

    /// This person cannot be reached any more.
    fn unreachable<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t>;

    /// Somebody sends more than we take in: what came last in this chat was left out.
    fn too_fast<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t>;

    /// Something on our side has kept us from doing what was asked in this chat.
    fn gave_up<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t>;

    /// An operator must look at something.
    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t>;
}
