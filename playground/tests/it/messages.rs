//! Sending, editing, deleting, forwarding: what goes through, and Telegram's words when it does not.

use serde_json::json;

use crate::world::{START, World};

#[tokio::test]
async fn a_message_is_seen_as_it_was_meant() {
    let world = World::new().await;
    let li_na = world.li_na();
    let text = "\n <b>Pay</b> <tg-time unix=\"1795165700\" format=\"r\">16:55</tg-time> \
                to /order_1, see https://example.com/a. \n";
    let params = json!({ "chat_id": li_na.id(), "text": text, "parse_mode": "HTML" });
    let sent = world.ok("sendMessage", params).await;

    assert_eq!(sent["message_id"], 2);
    assert_eq!(sent["date"], START);
    assert_eq!(sent["from"]["is_bot"], true);
    assert_eq!(sent["chat"], json!({ "id": li_na.id(), "first_name": "Li Na", "type": "private" }));
    assert_eq!(sent["text"], "Pay 16:55 to /order_1, see https://example.com/a.");
    assert_eq!(
        sent["entities"],
        json!([
            { "type": "bold", "offset": 0, "length": 3 },
            {
                "type": "date_time", "offset": 4, "length": 5,
                "unix_time": 1795165700, "date_time_format": "r",
            },
            { "type": "bot_command", "offset": 13, "length": 8 },
            { "type": "url", "offset": 27, "length": 21 },
        ])
    );
    let seen = li_na.chat().pop().unwrap();
    assert_eq!(json!(seen.entities), sent["entities"]);
    assert!(seen.is_from_bot());
}

#[tokio::test]
async fn styles_are_joined_split_at_links_and_absent_from_code() {
    let world = World::new().await;
    let li_na = world.li_na();
    let text = "<b>a</b><b>b<code>c</code>d</b>";
    let params = json!({ "chat_id": li_na.id(), "text": text, "parse_mode": "HTML" });
    let sent = world.ok("sendMessage", params).await;
    assert_eq!(
        sent["entities"],
        json!([
            { "type": "bold", "offset": 0, "length": 2 },
            { "type": "code", "offset": 2, "length": 1 },
            { "type": "bold", "offset": 3, "length": 1 },
        ])
    );
}

#[tokio::test]
async fn texts_are_refused_in_telegrams_words() {
    let world = World::new().await;
    let id = world.li_na().id();
    let refused = async |text: &str| {
        let params = json!({ "chat_id": id, "text": text, "parse_mode": "HTML" });
        world.refused("sendMessage", params).await
    };
    assert_eq!(refused("").await, "Bad Request: message text is empty");
    assert_eq!(refused(" \n\u{200b}").await, "Bad Request: text must be non-empty");
    assert_eq!(refused("<b></b>").await, "Bad Request: text must be non-empty");
    assert_eq!(
        refused("放<x>").await,
        "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3"
    );
    assert_eq!(refused(&"😀".repeat(2_049)).await, "Bad Request: message is too long");
    assert_eq!(refused(&"a".repeat(32_769)).await, "Bad Request: text is too long");

    let most = "😀".repeat(2_048);
    let text = format!("<b>{most}</b>   ");
    world.ok("sendMessage", json!({ "chat_id": id, "text": text, "parse_mode": "HTML" })).await;

    let params = json!({ "chat_id": id, "text": "x", "parse_mode": "Wiki" });
    assert_eq!(world.refused("sendMessage", params).await, "Bad Request: unsupported parse_mode");
}

#[tokio::test]
async fn a_chat_must_be_there_and_open_to_us() {
    let world = World::new().await;
    let send = async |chat: serde_json::Value| {
        world.refused("sendMessage", json!({ "chat_id": chat, "text": "hi" })).await
    };
    assert_eq!(send(json!(null)).await, "Bad Request: chat_id is empty");
    assert_eq!(send(json!(7)).await, "Bad Request: chat not found");
    assert_eq!(send(json!("@nobody")).await, "Bad Request: chat not found");

    let li_na = world.playground.person("Li Na", "en");
    let id = json!(li_na.id());
    assert_eq!(send(id.clone()).await, "Forbidden: bot can't initiate conversation with a user");
    li_na.send("/start").unwrap();
    li_na.block();
    assert_eq!(send(id.clone()).await, "Forbidden: bot was blocked by the user");
    li_na.unblock();
    world.ok("sendMessage", json!({ "chat_id": id.to_string(), "text": "hi" })).await;
}

#[tokio::test]
async fn a_reply_shows_what_it_answers() {
    let world = World::new().await;
    let li_na = world.li_na();
    let reply = |id: i64, lenient: bool| {
        json!({
            "chat_id": li_na.id(), "text": "yes",
            "reply_parameters": { "message_id": id, "allow_sending_without_reply": lenient },
        })
    };
    let sent = world.ok("sendMessage", reply(1, false)).await;
    assert_eq!(sent["reply_to_message"]["text"], "/start");
    assert_eq!(li_na.chat()[1].reply_to, Some(1));
    assert_eq!(
        world.refused("sendMessage", reply(99, false)).await,
        "Bad Request: message to be replied not found"
    );
    let sent = world.ok("sendMessage", reply(99, true)).await;
    assert!(sent["reply_to_message"].is_null());
}

#[tokio::test]
async fn an_edit_changes_the_message_and_nothing_else() {
    let world = World::new().await;
    let li_na = world.li_na();
    let id = li_na.id();
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Go", "callback_data": "go" }]] });
    let card = json!({ "chat_id": id, "text": "card", "reply_markup": keyboard });
    world.ok("sendMessage", card).await;
    world.pass(60);

    let edit = |text: &str, keyboard: &serde_json::Value| json!({ "chat_id": id, "message_id": 2, "text": text, "reply_markup": keyboard });
    assert!(
        world
            .refused("editMessageText", edit("card", &keyboard))
            .await
            .starts_with("Bad Request: message is not modified: specified new message content")
    );
    let edited = world.ok("editMessageText", edit("paid", &keyboard)).await;
    assert_eq!(edited["edit_date"], START + 60);
    assert_eq!(edited["date"], START);

    world.ok("editMessageReplyMarkup", json!({ "chat_id": id, "message_id": 2 })).await;
    let seen = li_na.chat().pop().unwrap();
    assert_eq!((seen.text.as_str(), seen.buttons.len(), seen.message_id), ("paid", 0, 2));
    // Without a keyboard an edit takes it away; without one to take, nothing changes.
    assert!(
        world
            .refused("editMessageText", json!({ "chat_id": id, "message_id": 2, "text": "paid" }))
            .await
            .starts_with("Bad Request: message is not modified")
    );
}

#[tokio::test]
async fn what_cannot_be_edited_says_why() {
    let world = World::new().await;
    let id = world.li_na().id();
    let edit = async |method: &str, message: i64, text: &str| {
        let params = json!({ "chat_id": id, "message_id": message, "text": text, "caption": text });
        world.refused(method, params).await
    };
    world.ok("sendMessage", json!({ "chat_id": id, "text": "card" })).await;
    assert_eq!(edit("editMessageText", 9, "x").await, "Bad Request: message to edit not found");
    assert_eq!(edit("editMessageText", 1, "x").await, "Bad Request: message can't be edited");
    assert_eq!(
        edit("editMessageText", 0, "x").await,
        "Bad Request: message identifier is not specified"
    );
    assert_eq!(
        edit("editMessageCaption", 2, "x").await,
        "Bad Request: there is no caption in the message to edit"
    );
    let long = "x".repeat(4_097);
    assert_eq!(edit("editMessageText", 2, &long).await, "Bad Request: MESSAGE_TOO_LONG");
}

#[tokio::test]
async fn a_deleted_message_is_gone_for_the_bot_and_marked_for_people() {
    let world = World::new().await;
    let li_na = world.li_na();
    let id = li_na.id();
    world.ok("sendMessage", json!({ "chat_id": id, "text": "oops" })).await;
    let delete = json!({ "chat_id": id, "message_id": 2 });
    assert_eq!(world.ok("deleteMessage", delete.clone()).await, true);
    assert_eq!(
        world.refused("deleteMessage", delete).await,
        "Bad Request: message to delete not found"
    );
    assert_eq!(
        world
            .refused("editMessageText", json!({ "chat_id": id, "message_id": 2, "text": "x" }))
            .await,
        "Bad Request: message to edit not found"
    );
    assert!(li_na.chat()[1].deleted);

    world.pass(48 * 3_600);
    assert_eq!(
        world.refused("deleteMessage", json!({ "chat_id": id, "message_id": 1 })).await,
        "Bad Request: message can't be deleted for everyone"
    );
}

#[tokio::test]
async fn forwards_keep_their_origin_and_copies_do_not() {
    let world = World::new().await;
    let li_na = world.li_na();
    let bob = world.playground.person("Bob", "en");
    bob.send("/start").unwrap();
    let from = json!({ "chat_id": bob.id(), "from_chat_id": li_na.id(), "message_id": 1 });

    let forwarded = world.ok("forwardMessage", from.clone()).await;
    assert_eq!(forwarded["forward_origin"]["sender_user"]["first_name"], "Li Na");
    assert_eq!(forwarded["text"], "/start");
    let copied = world.ok("copyMessage", from).await;
    assert_eq!(copied, json!({ "message_id": 3 }));

    let secret = json!({ "chat_id": li_na.id(), "text": "secret", "protect_content": true });
    world.ok("sendMessage", secret).await;
    let from = json!({ "chat_id": bob.id(), "from_chat_id": li_na.id(), "message_id": 2 });
    assert_eq!(
        world.refused("forwardMessage", from).await,
        "Bad Request: message can't be forwarded"
    );
}

#[tokio::test]
async fn parameters_come_as_query_form_or_json_and_names_in_any_case() {
    let world = World::new().await;
    let id = world.li_na().id();
    let bot = world.url(&format!("/bot{}", world.playground.token()));
    let keyboard = r#"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#;

    let by_query = format!("{bot}/SENDMESSAGE?chat_id={id}&text=%E6%94%BE%E5%B8%81+%26");
    let answer = world.http.get(by_query).send().await.unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(answer["result"]["text"], "放币 &");

    let form = reqwest::multipart::Form::new()
        .text("chat_id", id.to_string())
        .text("text", "form")
        .text("reply_markup", keyboard);
    let answer =
        world.http.post(format!("{bot}/sendMessage")).multipart(form).send().await.unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(answer["result"]["reply_markup"]["inline_keyboard"][0][0]["text"], "Go");

    let body = format!("chat_id={id}&text=a%2Bb");
    let request = world.http.post(format!("{bot}/sendMessage")).body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["result"]["text"], "a+b");
}

#[tokio::test]
async fn strangers_and_unknown_methods_are_told_so() {
    let world = World::new().await;
    let get = async |path: &str| {
        let answer = world.http.get(world.url(path)).send().await.unwrap();
        let code = answer.status().as_u16();
        let body: serde_json::Value = answer.json().await.unwrap();
        (code, body["description"].as_str().unwrap().to_owned())
    };
    let token = world.playground.token();
    assert_eq!(get("/bot42:another-token/getMe").await, (401, "Unauthorized".to_owned()));
    assert_eq!(get(&format!("/bot{token}")).await, (404, "Not Found".to_owned()));
    assert_eq!(
        get(&format!("/bot{token}/sendGift")).await,
        (404, "Not Found: method not found".to_owned())
    );
    let me = world.ok("getMe", json!({})).await;
    assert_eq!((me["id"].as_i64(), me["is_bot"].as_bool()), (Some(42), Some(true)));
}

#[tokio::test]
async fn commands_are_kept_by_language() {
    let world = World::new().await;
    let set = |language: &str, name: &str| {
        let commands = json!([{ "command": name, "description": "words" }]);
        json!({ "commands": commands, "language_code": language })
    };
    world.ok("setMyCommands", set("", "sell")).await;
    world.ok("setMyCommands", set("zh", "sell_zh")).await;
    let got = world.ok("getMyCommands", json!({ "language_code": "zh" })).await;
    assert_eq!(got, json!([{ "command": "sell_zh", "description": "words" }]));
    let (_, bot) = world.people("GET", "/api/bot", json!(null)).await;
    assert_eq!(bot["commands"][""][0]["command"], "sell");
    assert_eq!(bot["commands"]["zh"][0]["command"], "sell_zh");

    world.ok("deleteMyCommands", json!({ "language_code": "zh" })).await;
    assert_eq!(world.ok("getMyCommands", json!({ "language_code": "zh" })).await, json!([]));
    assert_eq!(
        world.refused("setMyCommands", set("", "Sell!")).await,
        "Bad Request: BOT_COMMAND_INVALID"
    );
}

#[tokio::test]
async fn calls_are_counted_by_how_they_ended() {
    let world = World::new().await;
    let id = world.li_na().id();
    let before = std::time::Instant::now();
    for _ in 0..2 {
        world.ok("sendMessage", json!({ "chat_id": id, "text": "hello" })).await;
    }
    world.refused("SENDMESSAGE", json!({ "chat_id": id, "text": "" })).await;
    let count = world.playground.count("sendMessage");
    assert_eq!((count.done, count.refused), (2, 1));
    assert!(count.last.is_some_and(|it| it >= before));
    assert_eq!(world.playground.count("editMessageText"), playground::Count::default());
}
