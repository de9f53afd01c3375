//! Nobody sees or presses what is not theirs.

use fangbi::domain::order::{Kind, Question, Request};
use fangbi::secrets::Seal;
use fangbi::telegram::action::Action;
use fangbi::telegram::press::Press;
use playground::{Action as Does, Message};

use crate::world::sale::{ACCOUNT, NAME, PAYER, PAYER_NAME};
use crate::world::{World, labels, minutes};

fn data(message: &Message, label: &str) -> String {
    match message.button(label).map(|it| &it.action) {
        Some(Does::Callback(data)) => data.clone(),
        other => panic!("«{label}» of {:?} is {other:?}", labels(message)),
    }
}

#[tokio::test]
async fn nothing_about_money_before_the_terms_are_accepted() {
    let world = World::open().await;
    let ivan = world.stranger("Ivan", "en");
    for command in [
        "/sell",
        "/ad",
        "/ads",
        "/orders",
        "/balance",
        "/withdraw",
        "/accounts",
        "/payer",
        "/forget",
        "/deposit 1 2 USDT 3333",
        "hello",
        "/nonsense",
    ] {
        ivan.says(command).await;
        let page = ivan.sees("Please read what can go wrong");
        assert_eq!(labels(&page), ["I have read this and accept", "简体中文"]);
    }
    ivan.says("/help").await;
    ivan.sees("How a sale works");
    ivan.presses("Sell coins").await;
    ivan.sees("Please read what can go wrong");
    ivan.presses("I have read this and accept").await;
    ivan.sees("You are all set");
    ivan.says("/start").await;
    ivan.does_not_see("Please read what can go wrong");
}

#[tokio::test]
async fn a_button_of_somebody_elses_card_does_nothing() {
    let world = World::open().await;
    let sale = world.sale().await;
    let mallory = world.seller("Mallory", "en").await;
    let paid = data(&sale.card(&sale.wang).await, "I've paid");
    let message = mallory.chat().last().unwrap().message_id;
    let said = mallory.forges(message, &paid).await;
    assert!(said.contains("This button is not for you"), "{said}");
    sale.is(Kind::AwaitingPayment).await;
    let said = sale.li.forges(sale.card(&sale.li).await.message_id, &paid).await;
    assert!(said.contains("This button is not for you"), "{said}");
    sale.is(Kind::AwaitingPayment).await;
}

#[tokio::test]
async fn bytes_that_are_no_button_do_nothing() {
    let world = World::open().await;
    let sale = world.sale().await;
    let card = sale.card(&sale.wang).await;
    let paid = data(&card, "I've paid");
    let changed = format!("{}{}", if paid.starts_with('A') { "B" } else { "A" }, &paid[1..]);
    for forged in ["", "x", "mark_paid", "AQEC", "'; drop table orders; --", &changed, &paid[..9]] {
        if forged.is_empty() {
            continue;
        }
        let said = sale.wang.forges(card.message_id, forged).await;
        assert!(said.contains("not for you, or too old"), "{forged}: {said}");
    }
    sale.is(Kind::AwaitingPayment).await;
}

/// Even with a button that only we could have drawn for them.
#[tokio::test]
async fn a_stranger_and_the_wrong_side_are_refused_whatever_they_press() {
    let world = World::open().await;
    let sale = world.sale().await;
    let mallory = world.seller("Mallory", "en").await;
    let version = world.order(sale.id).await.version;
    let press = |request, who: i64| {
        let press = Press { action: Action::Ask(request), subject: sale.id.0, version };
        press.encode(&Seal::from_key(&[7; 32]), who).as_str().to_owned()
    };
    let all = (0..=22_u8).flat_map(|code| (0..25).map(move |it| Action::from_code(code, it)));
    for action in all.flatten() {
        let Action::Ask(request) = action else { continue };
        let message = mallory.chat().last().unwrap().message_id;
        let said = mallory.forges(message, &press(request, mallory.id())).await;
        let expected = match request {
            Request::Take => "You are no arbiter of this desk",
            _ => "This order is between two other people",
        };
        assert!(said.contains(expected), "{request:?}: {said}");
    }
    let card = sale.card(&sale.li).await;
    for request in [Request::MarkPaid, Request::TakeBack, Request::Concede] {
        let said = sale.li.forges(card.message_id, &press(request, sale.li.id())).await;
        assert!(said.contains("Only the other side can do that"), "{request:?}: {said}");
    }
    let answer = Request::Answer { question: Question::Entry, yes: true };
    for request in [answer, Request::Stop, Request::Extend { minutes: 5 }] {
        let message = sale.card(&sale.wang).await.message_id;
        let said = sale.wang.forges(message, &press(request, sale.wang.id())).await;
        assert!(said.contains("Only the other side can do that"), "{request:?}: {said}");
    }
    sale.is(Kind::AwaitingPayment).await;

    let open = Press { action: Action::OpenOrder, subject: sale.id.0, version };
    let open = open.encode(&Seal::from_key(&[7; 32]), mallory.id());
    mallory.forges(1, open.as_str()).await;
    mallory.sees("I cannot find that order among yours");
    mallory.does_not_see(&sale.code);
}

#[tokio::test]
async fn every_button_of_an_old_card_is_refused_and_the_card_is_drawn_anew() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let old = sale.card(wang).await;
    sale.marks_paid().await;
    wang.presses("I have not paid after all").await;
    sale.is(Kind::AwaitingPayment).await;
    for label in ["I've paid", "Cancel order"] {
        let said = wang.forges(old.message_id, &data(&old, label)).await;
        assert!(
            said.contains("The order has changed meanwhile. Please look at the new card"),
            "{said}"
        );
    }
    sale.is(Kind::AwaitingPayment).await;
    let reminder = {
        world.pass(minutes(8)).await;
        wang.sees("Please pay ¥720.00 now")
    };
    sale.marks_paid().await;
    let said = wang.presses_under(reminder.message_id, "I've paid").await;
    assert!(said.contains("The order has changed meanwhile"), "{said}");
    assert_eq!(li.count("The merchant says it has paid"), 2);
}

#[tokio::test]
async fn a_group_hears_only_where_to_go() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let group = world.telegram().group("Traders").unwrap();
    for text in
        ["/sell", "/balance@playground_bot", "hello everybody", "100 USDT", "/sell@other_bot"]
    {
        li.person.send_in(group, text).unwrap();
        world.drain().await;
    }
    let said: Vec<_> = world.telegram().group_chat(group).unwrap();
    let said: Vec<_> = said.into_iter().filter(Message::is_from_bot).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for message in said {
        assert!(message.text.contains("I only work in private chats"), "{}", message.text);
        assert!(message.text.contains("我只在私聊中工作"), "{}", message.text);
        assert!(!message.text.contains("USDT"));
    }
}

#[tokio::test]
async fn treasurers_commands_are_for_treasurers() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    for command in ["/withdrawals", "/deposit 1001 5 USDT 9f86d0"] {
        li.says(command).await;
        li.sees("Only staff of this desk can do that");
    }
    li.says("/help").await;
    li.does_not_see("/deposit");
    world.treasurer().says("/help").await;
}

#[tokio::test]
async fn the_account_and_the_name_are_in_no_file_and_in_no_chat_but_the_payers() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let ada = world.arbiter("Ada").await;
    world.pass(minutes(8)).await;
    world.away(minutes(20));
    world.drain().await;
    sale.marks_paid().await;
    world.pass(minutes(16)).await;
    wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    ada.presses("Take the case").await;
    // Under an old reminder: the fresh card below it knows better.
    let said = li.presses("I've received payment").await;
    assert!(said.contains("Please look at the new card first"), "{said}");
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;

    for secret in [ACCOUNT, NAME, "欧阳"] {
        assert_eq!(world.files_with(secret).await, [""; 0], "{secret}");
        world.restart().await;
        assert_eq!(world.files_with(secret).await, [""; 0], "{secret}");
        for person in [li, &ada, &world.operator(), &world.treasurer()] {
            assert_eq!(person.count(secret), 0, "{secret}\n{}", person.transcript());
        }
    }
    for secret in [PAYER, PAYER_NAME] {
        assert_eq!(world.files_with(secret).await, [""; 0], "{secret}");
        let said = world.telegram().calls().into_iter();
        let said =
            said.filter(|it| it.method != "getUpdates" && it.params.to_string().contains(secret));
        assert_eq!(said.count(), 0, "{secret}: everybody sees the masks only");
    }
    assert_eq!(wang.count(NAME), 0);
    assert_eq!(wang.count(ACCOUNT), 0, "the order is over\n{}", wang.transcript());
    let said =
        world.telegram().calls().into_iter().filter(|it| {
            it.params.to_string().contains(ACCOUNT) && it.params["chat_id"] != wang.id()
        });
    assert_eq!(said.count(), 0, "nor did anybody else ever read it");
}
