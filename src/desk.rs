//! The loops' office: what they find out goes to the App, what they send gets its words.

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::value::RawValue;

use crate::app::App;
use crate::domain::UserId;
use crate::domain::bill::Came;
use crate::domain::chat::{FileId, MessageId};
use crate::domain::order::OrderId;
use crate::language::Language;
use crate::letter::{Letter, Screen};
use crate::office::{Alarm, Card, Office, Reported, Words};
use crate::store::door::Door;
use crate::store::{StoreError, Tx};
use crate::telegram::door::{Door as AskAtDoor, Sender};
use crate::telegram::render::{self, Reader};

/// Everything that the loops need of the rest of the program. Cloning gives another handle.
#[derive(Clone)]
pub struct Desk {
    app: App,
    words: Reader,
}

impl Desk {
    pub fn new(app: App, words: Reader) -> Self {
        Self { app, words }
    }
}

impl Office for Desk {
    fn languages(&self, chats: Vec<i64>) -> BoxFuture<'static, Result<Vec<Language>, StoreError>> {
        let store = self.app.store().clone();
        async move { store.languages(&chats).await }.boxed()
    }

    fn compose<'t>(&'t self, letter: &'t RawValue, chat: i64, language: Language) -> Words<'t> {
        render::compose(letter, chat, language, &self.words).boxed()
    }

    fn in_touch<'t>(&'t self, tx: &'t mut Tx<'_>) -> Reported<'t> {
        self.app.in_touch(tx).boxed()
    }

    fn card_sent<'t>(&'t self, tx: &'t mut Tx<'_>, card: Card) -> Reported<'t> {
        async move { tx.set_card(OrderId(card.order), card.chat, card.message_id).await }.boxed()
    }

    fn card_lost<'t>(&'t self, tx: &'t mut Tx<'_>, order: i64, chat: i64) -> Reported<'t> {
        async move { tx.forget_card(OrderId(order), chat).await }.boxed()
    }

    fn passing_sent<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64, message_id: i64) -> Reported<'t> {
        async move { tx.keep_passing(chat, message_id).await }.boxed()
    }

    fn bill_came<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        chat: i64,
        bill: i64,
        came: &'t Came,
    ) -> Reported<'t> {
        self.app.bill_came(tx, UserId(chat), bill, came).boxed()
    }

    fn file_came<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        file: FileId,
        content: Option<&'t [u8]>,
    ) -> Reported<'t> {
        self.app.file_came(tx, file, content).boxed()
    }

    fn relayed<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        chat: i64,
        message: MessageId,
        reached: bool,
    ) -> Reported<'t> {
        self.app.relayed(tx, UserId(chat), message, reached).boxed()
    }

    fn unreachable<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        self.app.lose(tx, UserId(chat)).boxed()
    }

    fn too_fast<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move { say(tx, chat, Screen::TooFast) }.boxed()
    }

    fn gave_up<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move {
            // Nobody waits for a word in a group.
            if chat > 0 { say(tx, chat, Screen::Sorry) } else { Ok(()) }
        }
        .boxed()
    }

    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t> {
        self.app.alarm(tx, alarm).boxed()
    }
}

/// A page of its own, below whatever is there.
fn say(tx: &mut Tx<'_>, chat: i64, screen: Screen) -> Result<(), StoreError> {
    tx.enqueue(Letter::Screen { screen: Box::new(screen), over: None, turn: 0 }.to(chat)?);
    Ok(())
}

impl AskAtDoor for Desk {
    type Known = Door;

    fn known<'a>(&'a self, senders: &'a [Sender]) -> BoxFuture<'a, Result<Vec<Door>, StoreError>> {
        async move {
            let pair = |it: &Sender| Some((it.chat?, it.user?));
            let pairs: Vec<(i64, i64)> = senders.iter().filter_map(pair).collect();
            let doors = self.app.store().doors(self.app.seal(), &pairs).await?;
            let door = |it| pair(it).and_then(|it| doors.get(&it).cloned()).unwrap_or_default();
            Ok(senders.iter().map(door).collect())
        }
        .boxed()
    }
}
