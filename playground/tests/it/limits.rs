//! 429, and what makes it go away.

use playground::Limits;
use serde_json::json;

use crate::world::{World, manual};

#[tokio::test]
async fn a_chat_takes_a_burst_of_20_and_then_one_a_second() {
    let world = World::with(Limits::telegram(), manual()).await;
    let id = world.li_na().id();
    let send = async || world.call("sendMessage", json!({ "chat_id": id, "text": "hi" })).await;
    for _ in 0..20 {
        assert_eq!(send().await["ok"], true);
    }
    let answer = send().await;
    assert_eq!(answer["error_code"], 429);
    assert_eq!(answer["description"], "Too Many Requests: retry after 1");
    assert_eq!(answer["parameters"]["retry_after"], 1);
    world.pass(1);
    assert_eq!(send().await["ok"], true);
    assert_eq!(send().await["error_code"], 429);
}

#[tokio::test]
async fn all_chats_together_take_30_a_second() {
    let world = World::with(Limits::telegram(), manual()).await;
    let people: Vec<_> = (0..31).map(|_| world.li_na().id()).collect();
    let send =
        async |id: i64| world.call("sendMessage", json!({ "chat_id": id, "text": "hi" })).await;
    for id in &people[..30] {
        assert_eq!(send(*id).await["ok"], true);
    }
    assert_eq!(send(people[30]).await["error_code"], 429);
    world.pass(1);
    assert_eq!(send(people[30]).await["ok"], true);
}

#[tokio::test]
async fn without_limits_nothing_is_too_much() {
    let world = World::new().await;
    let id = world.li_na().id();
    for _ in 0..100 {
        world.ok("sendMessage", json!({ "chat_id": id, "text": "hi" })).await;
    }
}
