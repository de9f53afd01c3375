//! Inline keyboards, as strict as Telegram.

use serde_json::{Value, json};

use crate::world::World;

async fn send(world: &World, button: Value) -> Value {
    let id = 1001;
    let markup = json!({ "inline_keyboard": [[button]] });
    world.call("sendMessage", json!({ "chat_id": id, "text": "x", "reply_markup": markup })).await
}

#[tokio::test]
async fn buttons_come_back_as_they_were_sent() {
    let world = World::new().await;
    let li_na = world.li_na();
    let rows = json!([
        [
            { "text": "Release", "callback_data": "放".repeat(21), "style": "success" },
            { "text": "Stop", "callback_data": "x", "style": "danger" },
        ],
        [{ "text": "Copy", "copy_text": { "text": "6222" } }],
        [{ "text": "See", "url": "https://example.com/" }],
    ]);
    let markup = json!({ "inline_keyboard": rows });
    let params = json!({ "chat_id": li_na.id(), "text": "x", "reply_markup": markup });
    let sent = world.ok("sendMessage", params).await;
    assert_eq!(sent["reply_markup"]["inline_keyboard"], rows);
    assert_eq!(
        json!(li_na.chat().pop().unwrap().buttons),
        json!([
            [
                { "text": "Release", "data": "放".repeat(21), "style": "success" },
                { "text": "Stop", "data": "x", "style": "danger" },
            ],
            [{ "text": "Copy", "copy_text": "6222" }],
            [{ "text": "See", "url": "https://example.com/" }],
        ])
    );
}

#[tokio::test]
async fn data_is_64_bytes_not_characters() {
    let world = World::new().await;
    world.li_na();
    let with = |data: String| json!({ "text": "Go", "callback_data": data });
    assert_eq!(send(&world, with("x".repeat(64))).await["ok"], true);
    for data in ["x".repeat(65), "放".repeat(22)] {
        let answer = send(&world, with(data)).await;
        assert_eq!(answer["description"], "Bad Request: BUTTON_DATA_INVALID");
    }
}

#[tokio::test]
async fn a_button_does_one_thing() {
    let world = World::new().await;
    world.li_na();
    let refused = async |button: Value, why: &str| {
        assert_eq!(send(&world, button).await["description"], why);
    };
    let cannot = "Bad Request: can't parse inline keyboard button: ";
    let none = format!("{cannot}Text buttons are unallowed in the inline keyboard");
    refused(json!({ "text": "Go" }), &none).await;
    refused(json!({ "text": "Go", "callback_data": "" }), &none).await;
    let two = format!("{cannot}exactly one kind of action must be given");
    refused(json!({ "text": "Go", "callback_data": "x", "url": "https://a.b" }), &two).await;
    refused(json!({ "callback_data": "x" }), &format!("{cannot}Can't find field \"text\"")).await;
    refused(json!("x"), &format!("{cannot}InlineKeyboardButton must be an Object")).await;
    let url = format!("{cannot}Field \"url\" must be of type String");
    refused(json!({ "text": "Go", "url": null }), &url).await;
    let style = format!("{cannot}Invalid button style specified");
    refused(json!({ "text": "Go", "callback_data": "x", "style": "pink" }), &style).await;
}

#[tokio::test]
async fn links_and_copies_have_their_limits() {
    let world = World::new().await;
    world.li_na();
    let url = |url: &str| json!({ "text": "Go", "url": url });
    let copy = |length: usize| json!({ "text": "Go", "copy_text": { "text": "c".repeat(length) } });
    assert_eq!(send(&world, url("tg://resolve?domain=x")).await["ok"], true);
    assert_eq!(send(&world, copy(256)).await["ok"], true);
    assert_eq!(
        send(&world, url("ftp://example.com")).await["description"],
        "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: \
         Unsupported URL protocol"
    );
    assert_eq!(
        send(&world, url("http://localhost/")).await["description"],
        "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"
    );
    for length in [0, 257] {
        let answer = send(&world, copy(length)).await;
        assert_eq!(answer["description"], "Bad Request: BUTTON_COPY_TEXT_INVALID");
    }
}
