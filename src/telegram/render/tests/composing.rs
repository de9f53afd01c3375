//! From a letter in the outbox to the call that is made.

use std::path::Path;

use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::samples::{ACCOUNT, at, payee};
use super::show::seal;
use crate::clock::Clock;
use crate::domain::ad::AdTerms;
use crate::domain::factor::Totp;
use crate::domain::money::{Fen, Price};
use crate::domain::order::tests::samples::samples;
use crate::domain::order::{News, Order, OrderId};
use crate::language::Language;
use crate::letter::{Face, Letter, Screen, SecurityScreen, Toast};
use crate::store::{Fatal, Store, StoreError};
use crate::telegram::render::{Composed, Message, Reader, compose};

/// A desk with one order that is to be paid. Its seller reads Chinese, its buyer English.
struct World {
    reader: Reader,
    store: Store,
    order: Order,
    _folder: tempfile::TempDir,
    _writer: JoinHandle<Result<(), Fatal>>,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = open(folder.path()).await;
        let order = samples().remove(0).order;
        let world = Self {
            reader: Reader::new(store.clone(), seal(), Clock::test(at())),
            store,
            order: order.clone(),
            _folder: folder,
            _writer: writer,
        };
        let terms = AdTerms {
            price: Price(7_200),
            total: order.coins,
            min: Fen::yuan(100),
            max: Fen::yuan(2_000),
            window: 15,
        };
        world
            .store
            .write(at(), move |tx| {
                Box::pin(async move {
                    tx.meet(order.seller, Language::Chinese).await?;
                    tx.meet(order.buyer, Language::English).await?;
                    tx.insert_ad(order.buyer, &terms).await?;
                    tx.insert_order(&order).await?;
                    tx.insert_payee(&seal(), order.id, &payee(), None).await
                })
            })
            .await
            .unwrap();
        world
    }

    async fn composes(&self, letter: &Letter, chat: i64) -> Composed {
        let letter = to_raw_value(letter).unwrap();
        let language = self.reader.store.languages(&[chat]).await.unwrap()[0];
        compose(&letter, chat, language, &self.reader).await.unwrap()
    }

    async fn calls(&self, letter: &Letter, chat: i64) -> Message {
        match self.composes(letter, chat).await {
            Composed::Call(message) => message,
            Composed::Nothing => panic!("there is something to say"),
        }
    }

    async fn card(&self, fresh: bool, chat: i64) -> Message {
        let card = Letter::Card { order: self.order.id, face: Face::Plain, fresh };
        self.calls(&card, chat).await
    }

    /// The card has been sent as that message.
    async fn stands(&self, chat: i64, message: i64) {
        let order = self.order.id;
        let done = self.store.write(at(), move |tx| {
            Box::pin(async move {
                tx.set_card(order, chat, message).await?;
                Ok::<_, StoreError>(())
            })
        });
        done.await.unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests are the main of their store")]
async fn open(folder: &Path) -> (Store, JoinHandle<Result<(), Fatal>>) {
    let (store, writer) = Store::open(folder).await.unwrap();
    (store, tokio::spawn(writer.run()))
}

fn text(message: &Message) -> &str {
    message.call.params["text"].as_str().expect("a text")
}

#[tokio::test]
async fn each_reader_gets_the_own_card() {
    let world = World::new().await;
    let buyer = world.card(true, world.order.buyer.0).await;
    assert!(text(&buyer).contains(ACCOUNT));
    assert_eq!(buyer.call.params["protect_content"], json!(true));
    assert_eq!(buyer.card, Some(world.order.id.0));
    let seller = world.card(true, world.order.seller.0).await;
    assert!(text(&seller).contains("等待对方付款") && text(&seller).contains("139******78"));
    assert!(!text(&seller).contains(ACCOUNT));
    let stranger = world.card(true, 4001).await;
    assert!(!text(&stranger).contains(ACCOUNT) && !text(&stranger).contains("139******78"));
    assert_eq!(stranger.call.params["reply_markup"], Value::Null);
}

#[tokio::test]
async fn a_card_is_edited_where_it_stands() {
    let world = World::new().await;
    let chat = world.order.buyer.0;
    assert_eq!(world.card(false, chat).await.call.method, "sendMessage", "there is none yet");
    world.stands(chat, 55).await;
    let edit = world.card(false, chat).await;
    assert_eq!((edit.call.method, edit.then), ("editMessageText", None));
    assert_eq!(edit.call.params["message_id"], json!(55));
}

#[tokio::test]
async fn a_fresh_card_leaves_nothing_of_the_older_one() {
    let world = World::new().await;
    let chat = world.order.buyer.0;
    world.stands(chat, 55).await;
    let fresh = world.card(true, chat).await;
    assert_eq!(fresh.call.method, "sendMessage");
    let then = fresh.then.expect("a second call");
    assert_eq!((then.method, &then.params["message_id"]), ("editMessageText", &json!(55)));
    assert_eq!(then.params["reply_markup"], Value::Null);
    let text = then.params["text"].as_str().expect("a text");
    assert!(text.contains(&world.order.id.code()) && !text.contains(ACCOUNT), "{text}");
}

#[tokio::test]
async fn what_is_no_longer_there_is_not_spoken_of() {
    let world = World::new().await;
    let (order, news) = (world.order.id, News::LookNow { times: 1 });
    let over = world.composes(&Letter::News { order, news }, world.order.seller.0).await;
    assert!(matches!(over, Composed::Nothing), "it has not even been paid");
    let gone = Letter::Card { order: OrderId(404), face: Face::Plain, fresh: true };
    assert!(matches!(world.composes(&gone, 1001).await, Composed::Nothing));
}

#[tokio::test]
async fn a_press_is_answered_and_a_page_takes_its_place() {
    let world = World::new().await;
    let answer = Letter::Answer { query: "7".to_owned(), toast: Some(Toast::OldPage) };
    let answer = world.calls(&answer, world.order.seller.0).await;
    assert_eq!(answer.call.method, "answerCallbackQuery");
    assert_eq!(answer.call.params["show_alert"], json!(true));
    assert!(text(&answer).contains("已过期"));
    let screen = Box::new(Screen::Language);
    let over = world.calls(&Letter::Screen { screen, over: Some(9), turn: 3 }, 4001).await;
    assert_eq!(over.call.method, "editMessageText");
    assert_eq!(over.call.params["message_id"], json!(9));
    assert_eq!(over.call.params["link_preview_options"], json!({ "is_disabled": true }));
    assert!(text(&over).contains("Which language"), "whoever is not known yet reads English");
}

#[tokio::test]
async fn a_secret_is_opened_when_it_is_sent_and_only_for_its_owner() {
    let world = World::new().await;
    let (owner, other) = (world.order.seller, world.order.buyer);
    let totp = Totp::new([7; 20]);
    let secret = totp.base32();
    let begun = world.store.write(at(), move |tx| {
        Box::pin(async move { tx.propose_totp(&seal(), owner, &totp).await })
    });
    assert!(begun.await.unwrap());
    let screen = Box::new(Screen::Security { step: SecurityScreen::Scan });
    // Even where a page was pressed: a text cannot become a picture.
    let letter = Letter::Screen { screen, over: Some(9), turn: 3 };
    assert!(!serde_json::to_string(&letter).unwrap().contains(&secret));
    let scan = world.calls(&letter, owner.0).await;
    assert_eq!((scan.call.method, scan.passing), ("sendPhoto", true));
    assert!(scan.call.params["caption"].as_str().unwrap().contains(&secret));
    assert_eq!(scan.call.params["protect_content"], json!(true));
    let file = scan.call.file.unwrap();
    assert_eq!((file.field, &file.bytes[1..4]), ("photo", &b"PNG"[..]));
    let nothing = world.calls(&letter, other.0).await;
    assert_eq!((nothing.call.method, nothing.passing), ("editMessageText", false));
    assert!(!text(&nothing).contains(&secret));
}

#[tokio::test]
async fn what_passes_is_deleted() {
    let world = World::new().await;
    let gone = world.calls(&Letter::TakeAway { message: 55 }, 1001).await;
    assert_eq!(gone.call.method, "deleteMessage");
    assert_eq!(gone.call.params, json!({ "chat_id": 1001, "message_id": 55 }));
}
