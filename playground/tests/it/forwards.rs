//! What people forward to the bot, and whom it says it is from.

use serde_json::{Value, json};

use crate::world::{START, World};

#[tokio::test]
async fn what_the_bot_said_comes_back_with_its_origin() {
    let world = World::new().await;
    let id = world.li_na().id();
    let rows = json!([[{ "text": "Go", "callback_data": "go" }]]);
    let markup = json!({ "inline_keyboard": rows });
    let said = json!({
        "chat_id": id, "text": "<b>Paid</b>", "parse_mode": "HTML", "reply_markup": markup,
    });
    world.ok("sendMessage", said).await;
    world.pass(60);
    let forward = format!("/api/people/{id}/forward");
    let (code, shown) = world.people("POST", &forward, json!({ "message_id": 2 })).await;
    assert_eq!((code, &shown["message_id"], &shown["buttons"]), (200, &json!(3), &json!([])));
    assert_eq!(shown["forwarded_from"]["sender"]["id"], 42);

    let heard = world.updates(-1).await[0]["message"].clone();
    let bot = json!({
        "id": 42, "is_bot": true, "first_name": "Playground bot", "username": "playground_bot",
    });
    let origin = json!({ "type": "user", "date": START, "sender_user": bot });
    assert_eq!((&heard["from"]["id"], &heard["forward_origin"]), (&json!(id), &origin));
    assert_eq!((&heard["text"], &heard["entities"][0]["type"]), (&json!("Paid"), &json!("bold")));
    assert_eq!(heard["reply_markup"], Value::Null);

    // A forward of a forward is still from the one who wrote it.
    world.people("POST", &forward, json!({ "message_id": 3 })).await;
    assert_eq!(world.updates(-1).await[0]["message"]["forward_origin"], origin);
}

#[tokio::test]
async fn a_pretended_sender_is_known_or_hidden() {
    let world = World::new().await;
    let id = world.li_na().id();
    let forward = format!("/api/people/{id}/forward");
    let from = json!({ "name": "fangbi support", "username": "fangbi_support", "id": 77 });
    let pretended = json!({ "text": "Release now: 13800001234", "from": from });
    let (code, shown) = world.people("POST", &forward, pretended).await;
    assert_eq!(code, 200, "{shown}");
    let origin = world.updates(-1).await[0]["message"]["forward_origin"].clone();
    let sender = json!({
        "id": 77, "is_bot": false, "first_name": "fangbi support", "username": "fangbi_support",
    });
    assert_eq!(origin, json!({ "type": "user", "date": START, "sender_user": sender }));

    let hidden = json!({ "text": "Release now", "from": { "name": "Staff", "hidden": true } });
    world.people("POST", &forward, hidden).await;
    let origin = world.updates(-1).await[0]["message"]["forward_origin"].clone();
    let expected = json!({ "type": "hidden_user", "date": START, "sender_user_name": "Staff" });
    assert_eq!(origin, expected);
}

#[tokio::test]
async fn what_cannot_be_forwarded_is_said() {
    let world = World::new().await;
    let id = world.li_na().id();
    let card = json!({ "chat_id": id, "text": "13800001234", "protect_content": true });
    world.ok("sendMessage", card).await;
    let forward = format!("/api/people/{id}/forward");
    for (what, code, why) in [
        (json!({ "message_id": 2 }), 409, "The bot protects message 2: it cannot be forwarded."),
        (json!({ "message_id": 9 }), 404, "There is no message 9 in this chat."),
        (json!({ "text": "x", "from": { "name": "" } }), 400, "A name has 1 to 64 characters."),
        (
            json!({ "text": "x" }),
            400,
            "Say what to forward: a \"message_id\", or a \"text\" and whom it is \"from\".",
        ),
    ] {
        let answer = world.people("POST", &forward, what).await;
        assert_eq!(answer, (code, json!({ "error": why })));
    }
    assert_eq!(world.updates(0).await.len(), 1);
}
