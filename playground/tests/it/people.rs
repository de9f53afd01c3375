//! The People API, in the shapes that the page relies on.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::world::{START, World};

const NONE: Value = Value::Null;

#[tokio::test]
async fn people_come_and_are_listed() {
    let world = World::new().await;
    let new = json!({ "name": "Li Na", "language_code": "zh-hans", "username": "lina" });
    let (code, li_na) = world.people("POST", "/api/people", new).await;
    let expected = json!({
        "id": 1001, "name": "Li Na", "username": "lina", "language_code": "zh-hans",
        "blocked": false, "scripted": false, "unread": 0,
    });
    assert_eq!((code, &li_na), (201, &expected));
    world.playground.scripted_person("Merchant", "en");
    let (code, all) = world.people("GET", "/api/people", NONE).await;
    assert_eq!((code, all[0].clone()), (200, expected));
    assert_eq!((all[1]["id"].clone(), all[1]["scripted"].clone()), (json!(1002), json!(true)));

    let chosen = json!({ "name": "Bob", "id": 7 });
    assert_eq!(world.people("POST", "/api/people", chosen.clone()).await.0, 201);
    let (code, why) = world.people("POST", "/api/people", chosen).await;
    assert_eq!((code, why), (409, json!({ "error": "The id 7 is not free." })));
    for name in [String::new(), "x".repeat(65)] {
        let (code, why) = world.people("POST", "/api/people", json!({ "name": name })).await;
        assert_eq!((code, why), (400, json!({ "error": "A name has 1 to 64 characters." })));
    }
    let (code, why) = world.people("GET", "/api/people/999/chat", NONE).await;
    assert_eq!((code, why), (404, json!({ "error": "There is no person 999." })));
}

#[tokio::test]
async fn a_chat_is_read_from_where_one_left() {
    let world = World::new().await;
    let id = world.playground.person("Li Na", "en").id();
    let send = format!("/api/people/{id}/send");
    let (code, sent) = world.people("POST", &send, json!({ "text": "/sell 70" })).await;
    let expected = json!({
        "message_id": 1,
        "from": { "id": id, "is_bot": false, "first_name": "Li Na", "language_code": "en" },
        "date": START, "edit_date": null, "text": "/sell 70",
        "entities": [{ "type": "bot_command", "offset": 0, "length": 5 }],
        "buttons": [],
    });
    assert_eq!((code, &sent), (200, &expected));
    let quiet = json!({ "chat_id": id, "text": "psst", "disable_notification": true });
    world.ok("sendMessage", quiet).await;
    let reply = json!({ "text": "what?", "reply_to": 2 });
    assert_eq!(world.people("POST", &send, reply).await.1["reply_to"], 2);

    let (_, all) = world.people("GET", &format!("/api/people/{id}/chat"), NONE).await;
    assert_eq!(all.as_array().unwrap().len(), 3);
    assert_eq!((&all[0], &all[1]["silent"]), (&expected, &json!(true)));
    let (_, after) = world.people("GET", &format!("/api/people/{id}/chat?after=2"), NONE).await;
    assert_eq!((after.as_array().unwrap().len(), &after[0]["message_id"]), (1, &json!(3)));
}

#[tokio::test]
async fn a_text_has_1_to_4096_units() {
    let world = World::new().await;
    let id = world.playground.person("Li Na", "en").id();
    let send = format!("/api/people/{id}/send");
    for text in [String::new(), " \n".to_owned(), "😀".repeat(2_049)] {
        let (code, why) = world.people("POST", &send, json!({ "text": text })).await;
        assert_eq!(code, 400, "{why}");
    }
    let text = "😀".repeat(2_048);
    assert_eq!(world.people("POST", &send, json!({ "text": text })).await.0, 200);
    let (code, why) = world.people("POST", &send, json!({ "text": "x", "reply_to": 9 })).await;
    assert_eq!((code, why), (404, json!({ "error": "There is no message 9 in this chat." })));
    assert_eq!(world.people("POST", &send, json!({ "words": "x" })).await.0, 400);
}

#[tokio::test]
async fn unread_counts_what_the_bot_said_since() {
    let world = World::new().await;
    let id = world.li_na().id();
    for _ in 0..3 {
        world.ok("sendMessage", json!({ "chat_id": id, "text": "hi" })).await;
    }
    let path = format!("/api/people/{id}");
    assert_eq!(world.people("GET", &path, NONE).await.1["unread"], 3);
    let read = json!({ "read_up_to": 3 });
    assert_eq!(world.people("PATCH", &path, read).await.1["unread"], 1);
    let renamed = json!({ "name": "Li", "language_code": "en", "read_up_to": 4 });
    let (_, person) = world.people("PATCH", &path, renamed).await;
    assert_eq!((&person["name"], &person["unread"]), (&json!("Li"), &json!(0)));
}

#[tokio::test]
async fn blocking_tells_the_bot_and_silences_both() {
    let world = World::new().await;
    let id = world.li_na().id();
    let path = format!("/api/people/{id}");
    let (_, person) = world.people("PATCH", &path, json!({ "blocked": true })).await;
    assert_eq!(person["blocked"], true);
    let update = world.updates(-1).await[0]["my_chat_member"].clone();
    assert_eq!(update["old_chat_member"]["status"], "member");
    assert_eq!(update["new_chat_member"]["status"], "kicked");
    let (code, why) = world.people("POST", &format!("{path}/send"), json!({ "text": "hi" })).await;
    assert_eq!(
        (code, why),
        (409, json!({ "error": "Li Na has blocked the bot; unblock it first." }))
    );
    world.people("PATCH", &path, json!({ "blocked": false })).await;
    let update = world.updates(-1).await[0]["my_chat_member"].clone();
    assert_eq!(update["new_chat_member"]["status"], "member");
}

#[tokio::test]
async fn a_press_over_http_answers_with_the_toast() {
    let world = World::new().await;
    let id = world.li_na().id();
    let rows = json!([[
        { "text": "Go", "callback_data": "go" },
        { "text": "Copy", "copy_text": { "text": "6222" } },
        { "text": "See", "url": "https://example.com/" },
    ]]);
    let markup = json!({ "inline_keyboard": rows });
    world.ok("sendMessage", json!({ "chat_id": id, "text": "x", "reply_markup": markup })).await;
    let press = format!("/api/people/{id}/press");
    let by_label = |label: &str| json!({ "message_id": 2, "text": label });

    let answer = async {
        let mut updates = world.updates(-1).await;
        while updates[0]["callback_query"].is_null() {
            updates = world.updates(-1).await;
        }
        let id = &updates[0]["callback_query"]["id"];
        world.ok("answerCallbackQuery", json!({ "callback_query_id": id, "text": "Gone" })).await
    };
    let (pressed, _) = tokio::join!(world.people("POST", &press, by_label("Go")), answer);
    assert_eq!(pressed, (200, json!({ "toast": "Gone", "alert": false })));

    let copied = world.people("POST", &press, by_label("Copy")).await.1;
    assert_eq!((&copied["toast"], &copied["copied"]), (&NONE, &json!("6222")));
    let seen = world.people("POST", &press, by_label("See")).await.1;
    assert_eq!((&seen["toast"], &seen["url"]), (&NONE, &json!("https://example.com/")));
    let (code, why) = world.people("POST", &press, by_label("Fly")).await;
    assert_eq!(code, 404);
    assert_eq!(why["error"], "Message 2 has no button «Fly»; it has «Go», «Copy», «See».");
    assert_eq!(world.people("POST", &press, json!({ "message_id": 2 })).await.0, 400);
}

#[tokio::test]
async fn an_upload_is_a_photo_or_a_document() {
    let world = World::new().await;
    let id = world.playground.person("Li Na", "en").id();
    let upload = async |kind: &str, sent_as: Option<&'static str>, bytes: Vec<u8>| {
        let part = Part::bytes(bytes).file_name("r.png").mime_str(kind).unwrap();
        let form = Form::new().part("file", part).text("caption", "paid");
        let form = if let Some(it) = sent_as { form.text("as", it) } else { form };
        let url = world.url(&format!("/api/people/{id}/upload"));
        let answer = world.http.post(url).multipart(form).send().await.unwrap();
        let code = answer.status().as_u16();
        (code, answer.json::<Value>().await.unwrap())
    };
    let (code, sent) = upload("image/png", None, b"picture".to_vec()).await;
    assert_eq!((code, &sent["text"]), (200, &json!("paid")));
    let url = sent["photo"]["url"].as_str().unwrap();
    let bytes = world.http.get(world.url(url)).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes.as_ref(), b"picture");
    let (_, sent) = upload("image/png", Some("document"), b"picture".to_vec()).await;
    assert_eq!(sent["document"]["file_name"], "r.png");
    let (_, sent) = upload("text/plain", None, b"words".to_vec()).await;
    assert_eq!(sent["photo"], NONE);
    let (code, why) = upload("text/plain", None, vec![0; (50 << 20) + 1]).await;
    assert_eq!((code, why), (413, json!({ "error": "The file is larger than 50 MB." })));
    assert_eq!(world.people("GET", "/api/files/x", NONE).await.0, 404);
}

#[tokio::test]
async fn in_a_group_the_bot_hears_commands_and_replies() {
    let world = World::new().await;
    let li_na = world.li_na();
    let (code, group) = world.people("POST", "/api/groups", json!({ "title": "P2P" })).await;
    assert_eq!((code, &group), (201, &json!({ "id": -1001 })));
    let send = format!("/api/people/{}/send", li_na.id());
    for text in ["hello all", "/sell@other_bot", "/sell 5", "hey @playground_bot"] {
        let (code, _) = world.people("POST", &send, json!({ "text": text, "chat": -1001 })).await;
        assert_eq!(code, 200);
    }
    let updates = world.updates(0).await;
    let texts: Vec<_> =
        updates[1..].iter().map(|it| it["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["/sell 5", "hey @playground_bot"]);
    let chat = &updates[1]["message"]["chat"];
    assert_eq!(chat, &json!({ "id": -1001, "title": "P2P", "type": "group" }));

    world.ok("sendMessage", json!({ "chat_id": -1001, "text": "In private, please." })).await;
    let (_, chat) = world.people("GET", "/api/groups/-1001/chat", NONE).await;
    assert_eq!(chat.as_array().unwrap().len(), 5);
    let member = json!({ "chat_id": -1001, "user_id": li_na.id() });
    assert_eq!(world.ok("getChatMember", member).await["status"], "member");
}

#[tokio::test]
async fn the_page_is_served_from_the_same_place() {
    let world = World::new().await;
    let page = world.http.get(world.url("/")).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["cache-control"], "no-store");
    let style = world.http.get(world.url("/web/style.css")).send().await.unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    assert_eq!(world.people("GET", "/web/nothing.js", NONE).await.0, 404);
    assert_eq!(world.people("GET", "/healthz", NONE).await, (200, json!("ok")));
}

#[tokio::test]
async fn calls_are_recorded_in_order() {
    let world = World::new().await;
    let id = world.li_na().id();
    world.ok("getUpdates", json!({ "offset": 100_000_002 })).await;
    world.ok("sendMessage", json!({ "chat_id": id, "text": "hi" })).await;
    world.call("sendMessage", json!({ "chat_id": 7, "text": "hi" })).await;
    let calls: Vec<_> =
        world.playground.calls().into_iter().map(|it| (it.method, it.params, it.code)).collect();
    let call = |chat: i64, code: u16| {
        ("sendMessage".to_owned(), json!({ "chat_id": chat, "text": "hi" }), Some(code))
    };
    assert_eq!(calls, [call(id, 200), call(7, 400)]);
}
