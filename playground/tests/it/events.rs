//! What watchers hear, in the process and over server-sent events.

use playground::Event;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn the_stream_tells_all_that_happens_in_order() {
    let world = World::new().await;
    let mut stream = world.http.get(world.url("/api/events")).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");

    let li_na = world.li_na();
    let id = li_na.id();
    let markup = json!({ "inline_keyboard": [[{ "text": "Go", "callback_data": "go" }]] });
    world.ok("sendMessage", json!({ "chat_id": id, "text": "hi", "reply_markup": markup })).await;
    let query = li_na.press_no_wait(2, "Go").unwrap();
    world.ok("answerCallbackQuery", json!({ "callback_query_id": query, "text": "ok" })).await;
    world.ok("sendChatAction", json!({ "chat_id": id, "action": "typing" })).await;
    world.ok("editMessageText", json!({ "chat_id": id, "message_id": 2, "text": "bye" })).await;
    world.ok("deleteMessage", json!({ "chat_id": id, "message_id": 2 })).await;
    li_na.block();

    let mut text = String::new();
    while !text.contains("\"blocked\":true") {
        text.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
    let events: Vec<Value> = text
        .lines()
        .filter_map(|it| it.strip_prefix("data: "))
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let kinds: Vec<_> = events.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["person", "message", "message", "toast", "typing", "edit", "delete", "person"]
    );
    assert_eq!(events[0]["person"]["name"], "Li Na");
    assert_eq!(
        (&events[1]["person"], &events[1]["message"]["text"]),
        (&json!(id), &json!("/start"))
    );
    assert_eq!(events[3], json!({ "kind": "toast", "person": id, "text": "ok", "alert": false }));
    assert_eq!(events[4], json!({ "kind": "typing", "person": id }));
    assert_eq!(events[5]["message"]["text"], "bye");
    assert_eq!(events[6], json!({ "kind": "delete", "person": id, "message_id": 2 }));
}

#[tokio::test]
async fn a_program_in_the_process_hears_the_same() {
    let world = World::new().await;
    let mut events = world.playground.events();
    let li_na = world.li_na();
    assert!(matches!(events.recv().await.unwrap(), Event::Person { .. }));
    let Event::Message { person, message } = events.recv().await.unwrap() else { panic!() };
    assert_eq!((person, message.text.as_str()), (li_na.id(), "/start"));
}
