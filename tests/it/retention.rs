//! What was said and sent about an order is erased when its time is over; the log stays.

use chrono::TimeDelta;
use fangbi::domain::UserId;
use fangbi::domain::chat::{Content, FileId, Form, Purpose, Voice};
use fangbi::domain::order::OrderId;
use fangbi::store::check::books;
use fangbi::store::files::NewFile;
use fangbi::store::messages::NewMessage;

use crate::world::{Sale, World};

/// Words and a file about an order, as its two sides would send them; another file never comes.
async fn are_sent(sale: &Sale) {
    let (seal, author) = (sale.world.seal().clone(), UserId(sale.li.id()));
    let order = sale.world.order(sale.id).await;
    let store = sale.world.process().await.as_ref().unwrap().store.clone();
    store
        .write(sale.world.now(), move |tx| {
            Box::pin(async move {
                let message = NewMessage {
                    author,
                    voice: Voice::Seller,
                    purpose: Purpose::Chat,
                    held: None,
                    text: "I see nothing yet".into(),
                };
                let message = tx.keep_message(&seal, &order, &message).await?;
                let place = "AgACAgUAAxk".into();
                let name = Some("bill.png".into());
                let file = NewFile { form: Form::Photo, place, name, bytes: 3 };
                let kept = tx.await_file(&seal, message, &file).await?;
                tx.await_file(&seal, message, &file).await?;
                tx.keep_file(&seal, &order, kept, b"png").await.map(|_| ())
            })
        })
        .await
        .unwrap();
}

async fn words(sale: &Sale) -> Vec<Option<String>> {
    let store = sale.world.process().await.as_ref().unwrap().store.clone();
    let messages = store.messages_of(sale.world.seal(), sale.id).await.unwrap();
    messages.into_iter().map(|it| it.said.map(|it| it.text)).collect()
}

async fn contents(sale: &Sale) -> Vec<Content> {
    let store = sale.world.process().await.as_ref().unwrap().store.clone();
    let messages = store.messages_of(sale.world.seal(), sale.id).await.unwrap();
    messages.into_iter().flat_map(|it| it.files).map(|it| it.content).collect()
}

async fn sealed_names(world: &World) -> Option<i64> {
    world
        .query_one("select count(*) from files where coalesce(place, name, content) is not null")
        .await
}

#[tokio::test]
async fn what_was_said_about_an_order_goes_two_years_after_its_end() {
    let world = World::open().await;
    let sale = world.sale().await;
    are_sent(&sale).await;
    let other = world.sale_between(&sale.li, &sale.wang).await;
    are_sent(&other).await;
    sale.wang.presses_under(sale.card(&sale.wang).await.message_id, "I've paid").await;
    let card = sale.card(&sale.li).await.message_id;
    sale.li.presses_under(card, "I've received payment").await;
    sale.passes_gate().await;
    sale.cools_off().await;

    world.away(TimeDelta::days(729));
    world.drain().await;
    assert_eq!(words(&sale).await, [Some("I see nothing yet".to_owned())]);

    // The other one is still open, or has just ended by the clock.
    world.away(TimeDelta::days(3));
    world.drain().await;
    assert_eq!(words(&sale).await, [None]);
    assert!(matches!(contents(&sale).await[..], [Content::Erased(_), Content::Lost]));
    assert_eq!(words(&other).await, [Some("I see nothing yet".to_owned())]);
    assert!(matches!(contents(&other).await[..], [Content::Kept(_), Content::Awaited]));
    assert_eq!(sealed_names(&world).await, Some(2));

    // The log has what proves them, and is whole.
    let process = world.process().await;
    let store = &process.as_ref().unwrap().store;
    let mut conn = store.readers().acquire().await.unwrap();
    assert_eq!(books(&mut conn, Some(world.seal())).await.unwrap(), [""; 0]);
    let erased = store.kept_file(world.seal(), FileId(1)).await.unwrap();
    assert!(erased.is_none());
    assert!(store.log_of(OrderId(1)).await.unwrap().len() > 4);
}
