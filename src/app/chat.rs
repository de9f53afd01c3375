//! What people write about an order: kept with its digest in the log, and passed on to whom it is
//! meant for.

use secrecy::{ExposeSecret, SecretString};

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::case::waits;
use crate::domain::chat::{
    COUNTED, FileId, LARGEST_FILE, LONGEST_CAPTION, LONGEST_TEXT, MessageId, Purpose, Voice,
};
use crate::domain::contact::{self, Contact};
use crate::domain::order::{Order, OrderId, Refusal, Request};
use crate::letter::{CaseNotice, ChatLetter, ChatScreen, Letter, Notice, Screen, WriteProblem};
use crate::store::files::NewFile;
use crate::store::messages::{Envelope, NewMessage};
use crate::store::relays::Way;
use crate::store::users::StaffRole;
use crate::store::{StoreError, Tx};

/// What somebody is about to write.
#[derive(Clone, Debug)]
pub struct Writing {
    pub purpose: Purpose,
    /// Empty where a file says it all.
    pub text: SecretString,
    pub file: Option<NewFile>,
}

/// What has become of it. Its author hears from the outbox when it has reached somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Kept,
    /// Kept, but passed on to nobody.
    Held(Contact),
}

/// Why it was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefusal {
    /// There is no such order for this person, or it is not theirs to write that.
    NotYours,
    /// It is for whoever has taken the case.
    NotTaken,
    /// The order says no to what it would be for.
    Order(Refusal),
    Says(WriteProblem),
}

impl App {
    /// Somebody writes about an order; `say` puts the outcome into words.
    pub async fn write(
        &self,
        origin: Origin,
        order: OrderId,
        writing: Writing,
        say: impl FnOnce(Result<Written, WriteRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.write_in(tx, origin.user, order, writing).await?)) })
        })
        .await
    }

    /// As [`App::write`], inside somebody else's transaction.
    pub(super) async fn write_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
        writing: Writing,
    ) -> Result<Result<Written, WriteRefusal>, StoreError> {
        let Writing { purpose, text, file } = writing;
        let Some(order) = tx.order(id).await? else { return Ok(Err(WriteRefusal::NotYours)) };
        let is_arbiter = tx.is_staff(user, StaffRole::Arbiter).await?;
        let Some(voice) = Voice::of(order.side_of(user), is_arbiter, purpose) else {
            return Ok(Err(WriteRefusal::NotYours));
        };
        let problem = match too_much(&text, file.as_ref()) {
            Some(problem) => Some(problem),
            None if order.is_closed() && !ends_the_order(purpose) => Some(WriteProblem::Closed),
            None => self.too_many(tx, &order, user, voice).await?,
        };
        if let Some(problem) = problem {
            return Ok(Err(WriteRefusal::Says(problem)));
        }
        match purpose {
            Purpose::Question { .. } if !order.is_heard_by(user) => {
                return Ok(Err(WriteRefusal::NotTaken));
            }
            Purpose::Evidence { .. } => {
                if let Err(refusal) = self.would(tx, user, id, Request::Evidence).await? {
                    return Ok(Err(WriteRefusal::Order(refusal)));
                }
            }
            Purpose::Chat
            | Purpose::Question { .. }
            | Purpose::Answer
            | Purpose::Proposal { .. }
            | Purpose::Reason { .. }
            | Purpose::Closing => {}
        }
        let name = file.as_ref().and_then(|it| it.name.as_ref());
        let held = gives_away(purpose, &text, name);
        let message = NewMessage { author: user, voice, purpose, held, text };
        let kept = tx.keep_message(self.seal(), &order, &message).await?;
        match (&file, held) {
            (Some(file), _) => {
                let file = tx.await_file(self.seal(), kept, file).await?;
                tx.enqueue(Letter::Chat { chat: ChatLetter::Fetch { file } }.to(user.0)?);
            }
            (None, None) => self.pass_on(tx, &order, kept).await?,
            (None, Some(_)) => {}
        }
        if let Purpose::Evidence { .. } = purpose {
            // Granted above, in the same transaction: the first of a side is noted with the order.
            if let Err(refusal) = self.decide(tx, user, id, Request::Evidence, None).await? {
                tracing::warn!(order = %id, %refusal, "evidence was kept and not noted");
            }
        }
        Ok(Ok(held.map_or(Written::Kept, Written::Held)))
    }

    /// A file that somebody has sent is here, or never will be: only now it is passed on. Without
    /// its content, its author hears of it.
    pub async fn file_came(
        &self,
        tx: &mut Tx<'_>,
        file: FileId,
        content: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        if !tx.awaits_file(file).await? {
            return Ok(());
        }
        let Some((message, order)) = tx.message_of_file(file).await? else { return Ok(()) };
        let Some(order) = tx.order(order).await? else { return Ok(()) };
        match content {
            Some(content) => {
                let sha256 = tx.keep_file(self.seal(), &order, file, content).await?;
                if tx.same_file_in(sha256, order.id).await?.is_some() {
                    tell_reuse(tx, &order).await?;
                }
                self.pass_on(tx, &order, message).await
            }
            None => {
                tx.lose_file(file).await?;
                let Some(it) = tx.envelope(message).await? else { return Ok(()) };
                tell(tx, it.author, order.id, ChatScreen::Lost)
            }
        }
    }

    /// The outbox has tried to pass a message on: its author hears how that ended, once.
    pub async fn relayed(
        &self,
        tx: &mut Tx<'_>,
        reader: UserId,
        message: MessageId,
        reached: bool,
    ) -> Result<(), StoreError> {
        let way = if reached { Way::Reached } else { Way::Blocked };
        if !tx.has_come(message, reader, way).await? {
            return Ok(());
        }
        let Some(it) = tx.envelope(message).await? else { return Ok(()) };
        let Some(order) = tx.order(it.order).await? else { return Ok(()) };
        let to = heard_by(&order, reader);
        let screen = match reached {
            true => ChatScreen::Delivered { to },
            false => ChatScreen::Unreached { to },
        };
        if hears_of_it(it.purpose) { tell(tx, it.author, order.id, screen) } else { Ok(()) }
    }

    /// Whoever mutes the other side still finds what it writes among the messages.
    pub async fn mute(
        &self,
        origin: Origin,
        order: OrderId,
        on: bool,
        say: impl FnOnce(Option<&Order>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                let found = tx.order(order).await?;
                let own = found.filter(|it| it.side_of(origin.user).is_some());
                if own.is_some() {
                    tx.set_muted(order, origin.user, on).await?;
                }
                Ok(say(own.as_ref()))
            })
        })
        .await
    }

    /// What could not reach somebody who is back sets out again.
    pub(super) async fn catch_up(&self, tx: &mut Tx<'_>, user: UserId) -> Result<(), StoreError> {
        for message in tx.resume_relays(user).await? {
            tx.enqueue(Letter::Chat { chat: ChatLetter::Relay { message } }.to(user.0)?);
        }
        Ok(())
    }

    /// So many messages a minute: for the two sides, not for those who settle their dispute.
    async fn too_many(
        &self,
        tx: &mut Tx<'_>,
        order: &Order,
        user: UserId,
        voice: Voice,
    ) -> Result<Option<WriteProblem>, StoreError> {
        let most = self.policy().messages_per_minute;
        let since = tx.now() - COUNTED;
        if voice.side().is_none() || tx.messages_since(order.id, user, since).await? < most {
            return Ok(None);
        }
        // One more fits as soon as the oldest of them counts no more.
        let oldest = tx.message_before(order.id, user, most.saturating_sub(1)).await?;
        let at = oldest.unwrap_or_else(|| tx.now()) + COUNTED;
        Ok(Some(WriteProblem::TooMany { most, at }))
    }

    /// Puts a message on its way to its readers, unless it is held back.
    async fn pass_on(
        &self,
        tx: &mut Tx<'_>,
        order: &Order,
        message: MessageId,
    ) -> Result<(), StoreError> {
        let Some(it) = tx.envelope(message).await? else { return Ok(()) };
        if it.held {
            return Ok(());
        }
        for reader in readers(order, &it) {
            // What arbiters ask is heard in any case.
            let way = if it.purpose == Purpose::Chat && tx.has_muted(order.id, reader).await? {
                Way::Muted
            } else if tx.user(reader).await?.is_some_and(|it| it.reachable) {
                Way::Queued
            } else {
                Way::Blocked
            };
            tx.send_off(message, reader, way).await?;
            let who = heard_by(order, reader);
            match way {
                Way::Queued => {
                    let relay = Letter::Chat { chat: ChatLetter::Relay { message } };
                    tx.enqueue(relay.to(reader.0)?);
                }
                Way::Blocked if hears_of_it(it.purpose) => {
                    tell(tx, it.author, order.id, ChatScreen::Unreached { to: who })?;
                }
                Way::Muted if tx.tell_muted(order.id, reader).await? => {
                    tell(tx, it.author, order.id, ChatScreen::Muted { by: who })?;
                }
                Way::Blocked | Way::Muted | Way::Reached => {}
            }
        }
        Ok(())
    }
}

fn too_much(text: &SecretString, file: Option<&NewFile>) -> Option<WriteProblem> {
    let caption = file.is_some();
    let most = if caption { LONGEST_CAPTION } else { LONGEST_TEXT };
    if text.expose_secret().encode_utf16().count() > most {
        return Some(WriteProblem::TooLong { most, caption });
    }
    let too_large = file.is_some_and(|it| it.bytes > LARGEST_FILE as u64);
    too_large.then_some(WriteProblem::TooLarge)
}

/// What arbiters read is not held back, they may have to see a number. What they ask is: a side would
/// follow nobody as readily.
fn gives_away(
    purpose: Purpose,
    text: &SecretString,
    name: Option<&SecretString>,
) -> Option<Contact> {
    match purpose {
        Purpose::Chat | Purpose::Question { .. } => contact::find(text.expose_secret())
            .or_else(|| contact::find_in_name(name?.expose_secret())),
        Purpose::Answer
        | Purpose::Evidence { .. }
        | Purpose::Proposal { .. }
        | Purpose::Reason { .. }
        | Purpose::Closing => None,
    }
}

/// An award is explained when it may have ended the order already.
fn ends_the_order(purpose: Purpose) -> bool {
    match purpose {
        Purpose::Reason { .. } | Purpose::Closing => true,
        Purpose::Chat
        | Purpose::Question { .. }
        | Purpose::Answer
        | Purpose::Evidence { .. }
        | Purpose::Proposal { .. } => false,
    }
}

/// Whether the author hears how far it has come. Evidence is handed in, a reason stands beside its
/// award: neither waits for a reader.
fn hears_of_it(purpose: Purpose) -> bool {
    match purpose {
        Purpose::Chat | Purpose::Question { .. } | Purpose::Answer => true,
        Purpose::Evidence { .. }
        | Purpose::Proposal { .. }
        | Purpose::Reason { .. }
        | Purpose::Closing => false,
    }
}

/// Whom a message is for. What is meant for arbiters goes to the one who has the case; the others
/// find it where they look at it.
fn readers(order: &Order, it: &Envelope) -> Vec<UserId> {
    match it.purpose {
        Purpose::Chat => {
            it.voice.side().map(|side| order.party(side.other())).into_iter().collect()
        }
        Purpose::Question { to } => vec![order.party(to)],
        Purpose::Reason { .. } | Purpose::Closing => vec![order.seller, order.buyer],
        Purpose::Answer | Purpose::Evidence { .. } => {
            order.status.taken().map(|it| it.by).into_iter().collect()
        }
        // The arbiters hear of it with the news of the proposal.
        Purpose::Proposal { .. } => vec![],
    }
}

/// The arbiter who has the case, or all of them, hear that a file came before, for another order.
async fn tell_reuse(tx: &mut Tx<'_>, order: &Order) -> Result<(), StoreError> {
    if waits(order).is_none() {
        return Ok(());
    }
    let arbiters = match order.status.taken() {
        Some(taken) => vec![taken.by],
        None => tx.staff(StaffRole::Arbiter).await?,
    };
    let notice = Notice::Case { what: CaseNotice::Reused { order: order.id } };
    for arbiter in arbiters.into_iter().filter(|it| order.side_of(*it).is_none()) {
        tx.enqueue(Letter::Notice { notice: notice.clone() }.to(arbiter.0)?);
    }
    Ok(())
}

fn heard_by(order: &Order, reader: UserId) -> Voice {
    order.side_of(reader).map_or(Voice::Arbiter, Voice::from)
}

fn tell(tx: &mut Tx<'_>, who: UserId, order: OrderId, step: ChatScreen) -> Result<(), StoreError> {
    let screen = Box::new(Screen::Chat { order, step });
    tx.enqueue(Letter::Screen { screen, over: None, turn: 0 }.to(who.0)?);
    Ok(())
}
