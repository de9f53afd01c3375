//! What the loops find out, written in the transaction that notes it.

use futures::FutureExt;
use futures::future::BoxFuture;

use super::App;
use crate::domain::UserId;
use crate::domain::order::OrderId;
use crate::inbox::{Door as AskAtDoor, Sender};
use crate::office::{Alarm, Card, Office, Reported};
use crate::store::door::Door;
use crate::store::{StoreError, Tx};

impl Office for App {
    fn in_touch<'t>(&'t self, tx: &'t mut Tx<'_>) -> Reported<'t> {
        async move { App::in_touch(self, tx).await }.boxed()
    }

    fn card_sent<'t>(&'t self, tx: &'t mut Tx<'_>, card: Card) -> Reported<'t> {
        async move { tx.set_card(OrderId(card.order), card.chat, card.message_id).await }.boxed()
    }

    fn card_lost<'t>(&'t self, tx: &'t mut Tx<'_>, order: i64, chat: i64) -> Reported<'t> {
        async move { tx.forget_card(OrderId(order), chat).await }.boxed()
    }

    fn unreachable<'t>(&'t self, tx: &'t mut Tx<'_>, chat: i64) -> Reported<'t> {
        async move { self.lose(tx, UserId(chat)).await }.boxed()
    }

    fn alarm<'t>(&'t self, tx: &'t mut Tx<'_>, alarm: &'t Alarm) -> Reported<'t> {
        async move { super::orders::alarm(tx, alarm).await }.boxed()
    }
}

impl AskAtDoor for App {
    type Known = Door;

    fn known<'a>(&'a self, senders: &'a [Sender]) -> BoxFuture<'a, Result<Vec<Door>, StoreError>> {
        async move {
            let pair = |it: &Sender| Some((it.chat?, it.user?));
            let pairs: Vec<(i64, i64)> = senders.iter().filter_map(pair).collect();
            let doors = self.store().doors(self.seal(), &pairs).await?;
            let door = |it| pair(it).and_then(|it| doors.get(&it).cloned()).unwrap_or_default();
            Ok(senders.iter().map(door).collect())
        }
        .boxed()
    }
}
