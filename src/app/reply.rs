//! What a handler leaves behind in the transaction of its update.

use futures::FutureExt;
use futures::future::BoxFuture;

use super::{App, PATIENCE};
use crate::domain::UserId;
use crate::language::Language;
use crate::letter::{ChatLetter, Face, Letter};
use crate::store::outbox::{Class, NewLetter, Urgency};
use crate::store::{StoreError, Tx};

/// Who says something, and the update by which we know that it was heard before.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub update_id: i64,
    pub chat: i64,
    pub user: UserId,
    /// On a first contact, or when we thought we could not write there: the client's language.
    pub meet: Option<Language>,
    /// When that has changed: whether the person's name looks like that of staff.
    pub poses: Option<bool>,
}

/// What is said in return, and where the wizard goes on.
#[derive(Debug, Default)]
pub struct Reply {
    letters: Vec<(i64, Letter)>,
    talk: Talk,
}

/// What becomes of the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Talk {
    #[default]
    Keep,
    /// JSON of the new state. It gets the update's id as its version.
    Becomes(String),
    Ends,
}

impl Reply {
    /// A letter to whoever is in that chat.
    pub fn letter(mut self, chat: i64, letter: Letter) -> Self {
        self.letters.push((chat, letter));
        self
    }

    pub fn talk(self, talk: Talk) -> Self {
        Self { talk, ..self }
    }
}

/// Puts a letter into the outbox. A card that is drawn anew joins one that still waits to come below
/// everything else: sent after it, that one would show again what was there before.
pub(super) async fn send(tx: &mut Tx<'_>, chat: i64, letter: &Letter) -> Result<(), StoreError> {
    if let Letter::Card { order, face, fresh: false } = *letter {
        let below = Letter::Card { order, face, fresh: true }.to(chat)?;
        if let Some(topic) = &below.topic
            && tx.is_waiting(topic).await?
        {
            tx.enqueue(below);
            return Ok(());
        }
    }
    tx.enqueue(letter.to(chat)?);
    Ok(())
}

impl App {
    /// Answers an update that changes nothing but the conversation.
    pub async fn reply(&self, origin: Origin, reply: Reply) -> Result<(), StoreError> {
        self.answer(origin, move |_, _| async { Ok(reply) }.boxed()).await
    }

    /// Answers an update by one transaction: what is decided, what is said about it, and the mark
    /// that the update was heard. All of it or none.
    pub(super) async fn answer<D>(&self, origin: Origin, decide: D) -> Result<(), StoreError>
    where
        D: for<'t, 'c> FnOnce(&'t Self, &'t mut Tx<'c>) -> BoxFuture<'t, Result<Reply, StoreError>>
            + Send
            + 'static,
    {
        let app = self.clone();
        self.store()
            .write(self.now(), move |tx| {
                Box::pin(async move {
                    if let Some(language) = origin.meet {
                        app.meet(tx, origin.user, language).await?;
                    }
                    if let Some(poses) = origin.poses {
                        tx.set_poses(origin.user, poses).await?;
                    }
                    let reply = decide(&app, tx).await?;
                    app.finish(tx, origin, reply).await
                })
            })
            .await
    }

    /// The end of every transaction that belongs to an update: its letters, its conversation, and
    /// the mark that it was heard.
    async fn finish(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        reply: Reply,
    ) -> Result<(), StoreError> {
        match reply.talk {
            Talk::Keep => {}
            Talk::Becomes(state) => {
                let key = (origin.chat, origin.user.0);
                let expires_at = tx.now() + PATIENCE;
                tx.set_conversation(&self.0.seal, key, &state, origin.update_id, expires_at)
                    .await?;
            }
            Talk::Ends => tx.end_conversation(origin.chat, origin.user.0).await?,
        }
        for (chat, letter) in &reply.letters {
            send(tx, *chat, letter).await?;
        }
        tx.heard(origin.update_id);
        Ok(())
    }
}

impl Letter {
    /// The letter as the outbox keeps it.
    pub fn to(&self, chat: i64) -> Result<NewLetter, StoreError> {
        let letter = NewLetter::new(chat, self.urgency(), self.class(), self)?;
        Ok(match self.topic(chat) {
            Some(topic) => letter.on(topic),
            None => letter,
        })
    }

    fn urgency(&self) -> Urgency {
        match self {
            Self::News { news, .. } if news.is_reminder() => Urgency::Reminder,
            Self::News { .. } => Urgency::Money,
            Self::Answer { .. }
            | Self::Screen { .. }
            | Self::TakeAway { .. }
            | Self::FetchBill { .. }
            | Self::Chat { .. }
            | Self::Bundle { .. } => Urgency::Reply,
            // Somebody looks at the card and waits for its other buttons.
            Self::Card {
                face:
                    Face::Confirm
                    | Face::Extend
                    | Face::Cancel
                    | Face::Problem
                    | Face::Gate
                    | Face::Dispute,
                ..
            } => Urgency::Reply,
            Self::Card { face: Face::Plain, .. } | Self::ButtonsOff { .. } => Urgency::Card,
            Self::Notice { .. } | Self::Menu => Urgency::Notice,
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Answer { .. } => Class::Answer,
            Self::Card { fresh: false, .. }
            | Self::ButtonsOff { .. }
            | Self::Screen { over: Some(_), .. }
            | Self::TakeAway { .. }
            | Self::Menu
            | Self::FetchBill { .. }
            | Self::Chat { chat: ChatLetter::Fetch { .. } } => Class::Converge,
            Self::Card { fresh: true, .. }
            | Self::Chat { chat: ChatLetter::Relay { .. } | ChatLetter::Again { .. } }
            | Self::Screen { over: None, .. }
            | Self::News { .. }
            | Self::Notice { .. }
            | Self::Bundle { .. } => Class::Append,
        }
    }

    /// A newer card takes the place of one that still waits; how an edit joins a fresh one, see
    /// [`send`].
    fn topic(&self, chat: i64) -> Option<String> {
        match self {
            Self::Card { order, fresh: false, .. } => Some(format!("card {order} {chat}")),
            Self::Card { order, fresh: true, .. } => Some(format!("fresh card {order} {chat}")),
            // Only the last page is to be read: an older one that waits would come over it.
            Self::Screen { over: Some(message), .. } => Some(format!("page {message} {chat}")),
            // However often it is asked for while one waits: one is enough.
            Self::Bundle { order } => Some(format!("bundle {order} {chat}")),
            Self::News { .. }
            | Self::ButtonsOff { .. }
            | Self::Answer { .. }
            | Self::Screen { over: None, .. }
            | Self::Notice { .. }
            | Self::TakeAway { .. }
            | Self::Menu
            | Self::FetchBill { .. }
            | Self::Chat { .. } => None,
        }
    }
}
