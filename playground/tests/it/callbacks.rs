//! Presses and their answers.

use playground::{Answer, PeopleError, Person};
use serde_json::{Value, json};

use crate::world::World;

async fn card(world: &World) -> (Person, i64) {
    let li_na = world.li_na();
    let rows = json!([
        [{ "text": "Go", "callback_data": "go" }, { "text": "Stop", "callback_data": "stop" }],
        [{ "text": "Copy", "copy_text": { "text": "6222" } }],
        [{ "text": "See", "url": "https://example.com/" }],
    ]);
    let markup = json!({ "inline_keyboard": rows });
    let params = json!({ "chat_id": li_na.id(), "text": "card", "reply_markup": markup });
    let sent = world.ok("sendMessage", params).await;
    (li_na, sent["message_id"].as_i64().unwrap())
}

/// The callback query that came last.
async fn query(world: &World) -> Value {
    world.updates(-1).await[0]["callback_query"].clone()
}

#[tokio::test]
async fn a_press_waits_for_its_answer() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let answer = async {
        let query = query(&world).await;
        assert_eq!(query["data"], "go");
        assert_eq!(query["from"]["id"], li_na.id());
        assert_eq!(query["message"]["message_id"], card);
        assert_eq!(query["message"]["text"], "card");
        let params =
            json!({ "callback_query_id": query["id"], "text": "Done", "show_alert": true });
        world.ok("answerCallbackQuery", params).await
    };
    // `join!` polls the press first, so the query is there when the bot asks.
    let (toast, _) = tokio::join!(li_na.press(card, "Go"), answer);
    let expected = Answer { toast: Some("Done".to_owned()), alert: true, ..Answer::default() };
    assert_eq!(toast.unwrap(), expected);
}

#[tokio::test]
async fn a_press_can_be_left_and_its_toast_asked_for_later() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let id = li_na.press_no_wait(card, "Stop").unwrap();
    assert_eq!(li_na.toast(&id), None);
    assert_eq!(query(&world).await["id"], id.as_str());
    world.ok("answerCallbackQuery", json!({ "callback_query_id": id, "text": "Stopped" })).await;
    assert_eq!(li_na.toast(&id).unwrap().toast.as_deref(), Some("Stopped"));
}

#[tokio::test]
async fn an_answer_counts_once_and_for_150_seconds() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let too_old =
        "Bad Request: query is too old and response timeout expired or query ID is invalid";

    let id = li_na.press_no_wait(card, "Go").unwrap();
    world.ok("answerCallbackQuery", json!({ "callback_query_id": id })).await;
    let again = json!({ "callback_query_id": id });
    assert_eq!(world.refused("answerCallbackQuery", again).await, too_old);

    let id = li_na.press_no_wait(card, "Go").unwrap();
    world.pass(150);
    let late = json!({ "callback_query_id": id });
    assert_eq!(world.refused("answerCallbackQuery", late).await, too_old);
    let unknown = json!({ "callback_query_id": "7" });
    assert_eq!(world.refused("answerCallbackQuery", unknown).await, too_old);
}

#[tokio::test]
async fn a_toast_has_200_characters() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let id = li_na.press_no_wait(card, "Go").unwrap();
    let with = |length: usize| json!({ "callback_query_id": id, "text": "放".repeat(length) });
    let refused = world.refused("answerCallbackQuery", with(201)).await;
    assert_eq!(refused, "Bad Request: MESSAGE_TOO_LONG");
    world.ok("answerCallbackQuery", with(200)).await;
}

#[tokio::test]
async fn a_client_may_send_any_data() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    li_na.press_data_no_wait(card, "rm -rf \"/\" \u{0} 放币").unwrap();
    assert_eq!(query(&world).await["data"], "rm -rf \"/\" \u{0} 放币");
    assert_eq!(li_na.press_data_no_wait(99, "x"), Err(PeopleError::NoMessage(99)));
}

#[tokio::test]
async fn a_press_on_a_deleted_card_names_a_message_out_of_reach() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    world.ok("deleteMessage", json!({ "chat_id": li_na.id(), "message_id": card })).await;
    li_na.press_no_wait(card, "Go").unwrap();
    let message = query(&world).await["message"].clone();
    assert_eq!((message["date"].as_i64(), message["message_id"].as_i64()), (Some(0), Some(card)));
    assert!(message["text"].is_null());
}

#[tokio::test]
async fn links_and_copies_are_no_business_of_the_bots() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let before = world.playground.pending_updates();
    assert_eq!(li_na.press(card, "Copy").await.unwrap().copied.as_deref(), Some("6222"));
    let url = li_na.press(card, "See").await.unwrap().url;
    assert_eq!(url.as_deref(), Some("https://example.com/"));
    assert_eq!(world.playground.pending_updates(), before);
}

#[tokio::test]
async fn a_label_that_is_not_there_is_answered_with_those_that_are() {
    let world = World::new().await;
    let (li_na, card) = card(&world).await;
    let why = li_na.press(card, "Fly").await.unwrap_err().to_string();
    assert_eq!(why, "Message 2 has no button «Fly»; it has «Go», «Stop», «Copy», «See».");
}
