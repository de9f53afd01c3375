//! `getUpdates`: what is given out, how often, for how long, to whom.

use serde_json::json;

use crate::world::{World, ids, texts};

const FIRST: i64 = 100_000_001;

#[tokio::test]
async fn an_update_comes_again_until_it_is_confirmed() {
    let world = World::new().await;
    let li_na = world.playground.person("Li Na", "en");
    li_na.send("one").unwrap();
    li_na.send("two").unwrap();

    assert_eq!(texts(&world.updates(0).await), ["one", "two"]);
    assert_eq!(texts(&world.updates(0).await), ["one", "two"]);
    assert_eq!(texts(&world.updates(FIRST + 1).await), ["two"]);
    assert_eq!(texts(&world.updates(0).await), ["two"]);
    assert!(world.updates(FIRST + 2).await.is_empty());
    assert_eq!(world.playground.pending_updates(), 0);
}

#[tokio::test]
async fn a_negative_offset_throws_the_older_ones_away() {
    let world = World::new().await;
    let li_na = world.playground.person("Li Na", "en");
    for text in ["one", "two", "three"] {
        li_na.send(text).unwrap();
    }
    assert_eq!(texts(&world.updates(-1).await), ["three"]);
    assert_eq!(texts(&world.updates(0).await), ["three"]);
    assert_eq!(texts(&world.updates(-10).await), ["three"]);
}

#[tokio::test]
async fn a_limit_is_kept_within_1_and_100() {
    let world = World::new().await;
    let li_na = world.playground.person("Li Na", "en");
    for number in 0..120 {
        li_na.send(&number.to_string()).unwrap();
    }
    let count = async |limit: i64| {
        let updates = world.ok("getUpdates", json!({ "limit": limit })).await;
        updates.as_array().unwrap().len()
    };
    assert_eq!(count(7).await, 7);
    assert_eq!(count(0).await, 1);
    assert_eq!(count(500).await, 100);
}

#[tokio::test]
async fn a_message_is_kept_for_a_day_and_a_press_for_150_seconds() {
    let world = World::new().await;
    let li_na = world.li_na();
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Go", "callback_data": "go" }]] });
    let params = json!({ "chat_id": li_na.id(), "text": "?", "reply_markup": keyboard });
    let sent = world.ok("sendMessage", params).await;
    li_na.press_no_wait(sent["message_id"].as_i64().unwrap(), "Go").unwrap();
    assert_eq!(world.updates(0).await.len(), 2);

    world.pass(149);
    assert_eq!(world.updates(0).await.len(), 2);
    world.pass(1);
    assert_eq!(texts(&world.updates(0).await), ["/start"]);
    world.pass(24 * 3_600 - 151);
    assert_eq!(texts(&world.updates(0).await), ["/start"]);
    world.pass(1);
    assert!(world.updates(0).await.is_empty());
}

#[tokio::test]
async fn ids_that_start_anew_are_still_given_out() {
    let world = World::new().await;
    let li_na = world.li_na();
    assert!(world.updates(FIRST + 1).await.is_empty());

    world.playground.set_next_update_id(500);
    li_na.send("after a quiet week").unwrap();
    let updates = world.updates(FIRST + 1).await;
    assert_eq!(ids(&updates), [500]);
    assert!(world.updates(501).await.is_empty());
}

#[tokio::test]
async fn only_the_kinds_asked_for_come_and_the_choice_is_remembered() {
    let world = World::new().await;
    let li_na = world.li_na();
    world.ok("getUpdates", json!({ "offset": -1, "allowed_updates": ["my_chat_member"] })).await;
    li_na.send("not heard").unwrap();
    li_na.block();
    let updates = world.updates(FIRST + 1).await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "kicked");

    world.ok("getUpdates", json!({ "allowed_updates": [] })).await;
    li_na.unblock();
    li_na.send("heard").unwrap();
    assert_eq!(world.updates(0).await.len(), 3);
}

#[tokio::test]
async fn a_raw_update_is_given_out_as_it_is() {
    let world = World::new().await;
    let update = json!({ "from_the_future": { "x": [1, 2] } });
    assert_eq!(world.playground.push_update(update), FIRST);
    let own = json!({ "update_id": FIRST + 5, "poll": {} });
    assert_eq!(world.playground.push_update(own.clone()), FIRST + 5);
    world.playground.push_update(own);

    let updates = world.updates(0).await;
    assert_eq!(ids(&updates), [FIRST, FIRST + 5, FIRST + 5]);
    assert_eq!(updates[0], json!({ "update_id": FIRST, "from_the_future": { "x": [1, 2] } }));
    assert!(world.updates(FIRST + 6).await.is_empty());
}

#[tokio::test]
async fn many_written_updates_go_in_at_once_and_can_be_answered() {
    let world = World::new().await;
    let li_na = world.playground.person("Li Na", "en");
    let update = |number: i64| playground::RawUpdate {
        kind: "message",
        body: serde_json::value::to_raw_value(&json!({ "message_id": number, "text": "hi" }))
            .unwrap(),
        person: li_na.id(),
        query: None,
    };
    world.playground.push_updates((1..=250).map(update));
    let updates = world.updates(FIRST + 200).await;
    assert_eq!(updates.len(), 50);
    assert_eq!(updates[0]["message"]["message_id"], 201);
    world.ok("sendMessage", json!({ "chat_id": li_na.id(), "text": "hello" })).await;
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let world = World::real().await;
    let first = async {
        let answer = world.call("getUpdates", json!({ "timeout": 50 })).await;
        world.li_na();
        answer
    };
    let second = async {
        while !world.people("GET", "/api/bot", json!(null)).await.1["polling"].as_bool().unwrap() {}
        world.call("getUpdates", json!({ "timeout": 50 })).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first["error_code"], 409);
    assert_eq!(
        first["description"],
        "Conflict: terminated by other getUpdates request; \
         make sure that only one bot instance is running"
    );
    assert_eq!(texts(second["result"].as_array().unwrap()), ["/start"]);
}

#[tokio::test]
async fn a_waiting_poll_hears_at_once() {
    let world = World::real().await;
    let poll = world.ok("getUpdates", json!({ "timeout": 50 }));
    let write = async { world.li_na() };
    let (updates, _) = tokio::join!(poll, write);
    assert_eq!(texts(updates.as_array().unwrap()), ["/start"]);
}

#[tokio::test]
async fn asking_the_same_again_at_once_gives_one_update() {
    let world = World::real().await;
    let li_na = world.li_na();
    li_na.send("two").unwrap();
    assert_eq!(world.updates(0).await.len(), 2);
    assert_eq!(world.updates(0).await.len(), 1);
    assert_eq!(world.updates(FIRST).await.len(), 2);
}

#[tokio::test]
async fn asking_the_same_again_for_nothing_waits() {
    let world = World::real().await;
    assert!(world.updates(0).await.is_empty());
    let poll = world.updates(0);
    let write = async { world.li_na() };
    assert_eq!(texts(&tokio::join!(poll, write).0), ["/start"]);
}

#[tokio::test]
async fn a_webhook_ends_polling() {
    let world = World::new().await;
    world.ok("setWebhook", json!({ "url": "http://127.0.0.1:9/hook" })).await;
    assert_eq!(
        world.refused("getUpdates", json!({})).await,
        "Conflict: can't use getUpdates method while webhook is active; \
         use deleteWebhook to delete the webhook first"
    );
    world.ok("deleteWebhook", json!({})).await;
    world.ok("getUpdates", json!({})).await;
}
