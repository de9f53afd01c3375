use fangbi::domain::order::Request;
use fangbi::telegram::action::Action;
use fangbi::telegram::api::{Api, Call, Outcome, Upload};
use fangbi::telegram::html::{Html, TimeFormat};
use fangbi::telegram::keyboard::{Button, Keyboard, Style};
use fangbi::telegram::press::Press;
use serde_json::json;

use crate::desk::{Desk, at};

async fn call(desk: &Desk, call: Call) -> Outcome {
    Api::new(&desk.telegram.token().into(), &desk.telegram.url()).unwrap().call(&call).await
}

#[tokio::test]
async fn a_card_with_every_kind_of_text_and_button_is_accepted() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    let seal = fangbi::secrets::Seal::from_key(&[5; 32]);
    let text = Html::new()
        .bold(Html::from("Order ").code("A1"))
        .line()
        .quote(Html::new().name("<Na>\u{202E}", 20))
        .expandable("history")
        .spoiler("secret")
        .link("https://example.org/?a=1&b=\"2\"", "help")
        .time(at(720), TimeFormat::Relative, "14:32 (UTC+8)");
    let press = Press { action: Action::Ask(Request::MarkPaid), subject: 7, version: 1 };
    let keyboard = Keyboard::new()
        .row([Button::press("Paid", press.encode(&seal, li.id())).styled(Style::Success)])
        .row(Button::copy("Copy", "500.03"))
        .row([Button::url("Help", "https://example.org")]);
    let sent = call(
        &desk,
        Call::new(
            "sendMessage",
            json!({
                "chat_id": li.id(), "text": text.as_str(), "parse_mode": "HTML",
                "reply_markup": keyboard,
            }),
        ),
    )
    .await;
    let Outcome::Done(reply) = sent else { panic!("{sent:?}") };
    let shown = li.chat().pop().unwrap();
    assert_eq!(reply.message_id(), Some(shown.message_id));
    assert_eq!(shown.text.encode_utf16().count(), text.units(), "the length is Telegram's");
    li.press_no_wait(shown.message_id, "Paid").unwrap();

    let update = json!({ "chat_id": li.id(), "message_id": shown.message_id,
        "text": text.as_str(), "parse_mode": "HTML", "reply_markup": keyboard });
    let edited = call(&desk, Call::new("editMessageText", update)).await;
    assert!(matches!(edited, Outcome::NotModified), "{edited:?}");
}

#[tokio::test]
async fn a_file_is_sent_with_its_call() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    let file =
        Upload { field: "document", name: "history.csv".to_owned(), bytes: b"a,b\n".to_vec() };
    let params = json!({ "chat_id": li.id(), "caption": "All of it" });
    let sent = call(&desk, Call::new("sendDocument", params).with_file(file)).await;
    assert!(matches!(sent, Outcome::Done(_)), "{sent:?}");
    let shown = li.chat().pop().unwrap();
    assert_eq!(shown.text, "All of it");
    assert_eq!(shown.document.unwrap().file_name, "history.csv");
}

#[tokio::test]
async fn what_is_gone_or_lost_or_blocked_is_told_apart() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    let edit = json!({ "chat_id": li.id(), "message_id": 999, "text": "x" });
    let lost = call(&desk, Call::new("editMessageText", edit)).await;
    assert!(matches!(lost, Outcome::CardLost(_)), "{lost:?}");
    let answer = json!({ "callback_query_id": "1", "text": "x" });
    let gone = call(&desk, Call::new("answerCallbackQuery", answer)).await;
    assert!(matches!(gone, Outcome::Gone(_)), "{gone:?}");
    li.block();
    let send = json!({ "chat_id": li.id(), "text": "x" });
    let blocked = call(&desk, Call::new("sendMessage", send)).await;
    assert!(matches!(blocked, Outcome::Blocked(_)), "{blocked:?}");
    let unknown = call(&desk, Call::new("sendNothing", json!({}))).await;
    assert!(matches!(unknown, Outcome::Bug(_)), "{unknown:?}");
}
