//! What the loops report to the rest of the program. Each report is written in the transaction
//! that notes what happened, so that neither can be forgotten without the other.

use std::fmt;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;

use crate::store::outbox::{Class, NewLetter, Urgency};
use crate::store::{StoreError, Tx};

/// Something an operator must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// A handler failed on it three times.
    UpdateDead { update_id: i64 },
    /// It cannot be read.
    UpdateUnread { update_id: i64 },
    /// Telegram will never take it.
    LetterDead { letter: i64, why: String },
    /// Tried many times, still not through.
    LetterLate { letter: i64, why: String },
    /// Somebody else uses the bot's token, or a webhook is set.
    Conflict { why: String },
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpdateDead { update_id } => {
                write!(f, "Update {update_id} failed three times and was set aside.")
            }
            Self::UpdateUnread { update_id } => {
                write!(f, "Update {update_id} cannot be read and was set aside.")
            }
            Self::LetterDead { letter, why } => write!(f, "Letter {letter} was refused: {why}"),
            Self::LetterLate { letter, why } => write!(f, "Letter {letter} is late: {why}"),
            Self::Conflict { why } => write!(f, "Somebody else uses the bot's token: {why}"),
        }
    }
}

/// A live card that has come to stand in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    pub order: i64,
    pub chat: i64,
    pub message_id: i64,
}

pub type Reported<'t> = BoxFuture<'t, Result<(), StoreError>>;

/// Who hears of what the loops find out.
pub trait Office: Send + Sync + 'static {
    /// A card was sent: keep its message id, to edit it from now on.
    fn card_sent<'t>(&'t self, tx: &'t mut Tx<'_>, card: Card) -> Reported<'t>;

    /// A card is gone from its chat: forget its message id. The letter is then composed again.
    fn card_lost<'t>(&'t self, tx: &'t mut Tx<'_>, order: i64, chat: i64) -> Reported<'t>;

    /// This person cannot be reached any more.
    fn unreachable<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t>;

    /// An operator must look at something.
    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t>;
}

/// An office without orders: alarms go to the operators as plain text.
#[derive(Clone, Debug, Default)]
pub struct PlainOffice {
    pub operators: Vec<i64>,
}

impl Office for PlainOffice {
    fn card_sent<'t>(&'t self, _: &'t mut Tx<'_>, _: Card) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn card_lost<'t>(&'t self, _: &'t mut Tx<'_>, _: i64, _: i64) -> Reported<'t> {
        async { Ok(()) }.boxed()
    }

    fn unreachable<'t>(&'t self, _: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        tracing::warn!(chat, "cannot be reached");
        async { Ok(()) }.boxed()
    }

    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t> {
        async move {
            let body = json!({ "text": alarm.to_string() });
            for operator in &self.operators {
                tx.enqueue(NewLetter::new(*operator, Urgency::Notice, Class::Append, &body)?);
            }
            Ok(())
        }
        .boxed()
    }
}
