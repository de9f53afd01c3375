//! A sale from the first word to the released coins, and the ways in which it ends otherwise.

use fangbi::domain::order::Kind;

use crate::world::sale::{ACCOUNT, ACCOUNT_MASK, NAME_MASK};
use crate::world::{World, copies, countdowns, labels, minutes, seconds};

#[tokio::test]
async fn a_whole_sale_ends_with_the_coins_at_the_buyer() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang, code) = (&sale.li, &sale.wang, &sale.code);
    sale.is(Kind::AwaitingPayment).await;
    let until = (world.now() + minutes(15)).timestamp();

    let card = wang.sees("· please pay now");
    assert!(card.text.contains(&format!("Order {code}")), "{}", card.text);
    assert!(card.text.contains("You pay: ¥720.00"), "{}", card.text);
    assert!(card.text.contains(&format!("Alipay account: {ACCOUNT}")), "{}", card.text);
    assert!(card.text.contains(&format!("{NAME_MASK} · {ACCOUNT_MASK}")), "{}", card.text);
    assert!(card.text.contains("Then press “I've paid”"), "{}", card.text);
    assert_eq!(countdowns(&card), [until]);
    let copy = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    assert_eq!(
        copies(&card),
        [
            copy("Copy account", ACCOUNT),
            copy(&format!("Copy {NAME_MASK}"), NAME_MASK),
            copy("Copy 720.00", "720.00"),
        ]
    );
    assert!(card.protected, "it names somebody's account");

    let card = li.sees("· waiting for the payment");
    assert!(card.text.contains("100 USDT are locked for this order"), "{}", card.text);
    assert_eq!(
        labels(&card),
        ["Give more time", "Offer to cancel", "Message", "Evidence file", "Block this person"]
    );
    assert_eq!(countdowns(&card), [until]);

    world.pass(minutes(3)).await;
    li.looks();
    assert_eq!(wang.presses("I've paid").await, "Done");
    sale.is(Kind::Paid).await;
    wang.sees("waiting for the seller");
    let news = li.sees("· 100 USDT · ¥720.00");
    assert!(news.text.contains(&format!("Order {code}")), "{}", news.text);
    assert!(news.text.contains("The merchant says it has paid ¥720.00"), "{}", news.text);
    assert_eq!(labels(&news), ["I've received payment", "Open the order"]);

    li.presses("I've received payment").await;
    li.sees("1 of 5 · Is the money an entry in your balance or bill?");
    sale.is(Kind::Paid).await;
    for _ in 0..5 {
        li.presses("Yes").await;
    }
    li.sees("This cannot be undone");
    sale.is(Kind::Paid).await;

    li.says("2000").await;
    sale.is(Kind::Releasing).await;
    let card = li.sees("This is the last moment to stop");
    assert_eq!(labels(&card), ["Stop", "Message"]);
    assert_eq!(countdowns(&card), [(world.now() + seconds(10)).timestamp()]);
    world.pass(seconds(9)).await;
    sale.is(Kind::Releasing).await;

    world.pass(seconds(1)).await;
    sale.is_released().await;
    li.sees("100 USDT have gone to the merchant");
    let news = wang.sees("100 USDT are in your balance now");
    assert!(news.text.contains(code), "{}", news.text);

    li.says("/orders").await;
    li.sees("You have no open orders");
    li.presses("Past orders").await;
    let list = li.sees("Your past orders");
    assert_eq!(labels(&list)[0], format!("↑ {code} · ¥720.00 · completed"));
    wang.says("/balance").await;
    wang.sees("100 USDT available");
}

#[tokio::test]
async fn a_buyer_cancels_with_a_reason_and_the_coins_go_back() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.presses("Cancel order").await;
    wang.sees("Why do you cancel?");
    assert_eq!(
        labels(&sale.card(wang).await),
        [
            "I changed my mind",
            "I can't pay now",
            "The account or name is wrong",
            "Another reason",
            "‹ Back"
        ]
    );
    wang.presses("‹ Back").await;
    assert!(labels(&sale.card(wang).await).contains(&"I've paid".to_owned()));

    wang.presses("Cancel order").await;
    wang.presses("The account or name is wrong").await;
    sale.is_returned(Kind::Cancelled).await;
    wang.sees("Do not pay for this order any more");
    assert!(copies(&sale.card(wang).await).is_empty(), "nowhere to pay to");
    let news = li.sees("The order is cancelled. 100 USDT are in your balance again");
    assert!(news.text.contains(&sale.code));
    assert!(sale.card(li).await.text.contains("the account or its name was wrong"));
    wang.says("/ads").await;
    assert_eq!(labels(&wang.sees("Your ads"))[0], "USDT · ¥7.20 · 1,000 USDT left");
}

#[tokio::test]
async fn both_sides_agree_to_cancel() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    li.presses("Offer to cancel").await;
    li.sees("The order ends as soon as the other side agrees");
    sale.is(Kind::AwaitingPayment).await;
    assert_eq!(
        labels(&sale.card(li).await),
        ["Give more time", "Message", "Evidence file", "Block this person"],
        "it is offered once"
    );
    wang.sees("The other side would like to cancel");
    wang.presses("Agree to cancel").await;
    sale.is_returned(Kind::Cancelled).await;
    assert!(sale.card(li).await.text.contains("Both sides agreed to cancel"));
}

#[tokio::test]
async fn a_mistaken_paid_is_taken_back_once_and_the_rest_of_the_time_runs_on() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    world.pass(minutes(5)).await;
    sale.marks_paid().await;
    world.pass(minutes(20)).await;
    li.looks();
    wang.presses("I have not paid after all").await;
    sale.is(Kind::AwaitingPayment).await;
    li.sees("has not paid yet after all");
    let until = (world.now() + minutes(10)).timestamp();
    assert_eq!(countdowns(&sale.card(wang).await), [until], "ten of fifteen minutes were left");

    sale.marks_paid().await;
    let card = sale.card(wang).await;
    assert!(!labels(&card).contains(&"I have not paid after all".to_owned()), "only once");
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_seller_gives_more_time_once() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let until = world.now() + minutes(15);
    world.pass(minutes(14)).await;
    wang.looks();
    li.presses("Give more time").await;
    let card = li.sees("You can do this once");
    assert_eq!(labels(&card), ["5 minutes", "10 minutes", "15 minutes", "‹ Back"]);
    li.presses("10 minutes").await;
    wang.sees("The seller gives you 10 more minutes to pay");
    let until = (until + minutes(10)).timestamp();
    for side in [li, wang] {
        assert_eq!(countdowns(&sale.card(side).await), [until]);
    }
    assert_eq!(
        labels(&sale.card(li).await),
        ["Offer to cancel", "Message", "Evidence file", "Block this person"]
    );
    world.pass(minutes(10)).await;
    sale.is(Kind::AwaitingPayment).await;
    world.pass(minutes(1)).await;
    sale.is(Kind::Overdue).await;
}

#[tokio::test]
async fn a_seller_stops_a_release_in_the_last_second() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    sale.confirms().await;
    world.pass(seconds(9)).await;
    wang.looks();
    li.presses("Stop").await;
    sale.is(Kind::Paid).await;
    wang.sees("The seller has stopped the release");
    world.pass(minutes(5)).await;
    sale.is(Kind::Paid).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_payment_that_was_marked_too_late_still_counts() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.looks();
    world.pass(minutes(15)).await;
    sale.is(Kind::Overdue).await;
    wang.sees("The time to pay is over. Did you pay?");
    let news = li.sees("The time to pay is over, and the merchant has not said that it paid");
    assert!(labels(&news).contains(&"I've received payment".to_owned()));
    world.pass(minutes(9)).await;
    sale.marks_paid().await;
    sale.is(Kind::Paid).await;
    li.sees("after the time to pay was over, that it has paid ¥720.00");
    assert!(sale.card(li).await.text.contains("marked after the time to pay was over"));
    world.pass(minutes(30)).await;
    sale.is(Kind::Paid).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_seller_confirms_a_payment_that_nobody_marked() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(16)).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_expires_after_its_grace() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    world.pass(minutes(15)).await;
    wang.sees("If so, say it now");
    world.pass(minutes(10) - seconds(1)).await;
    sale.is(Kind::Overdue).await;
    world.pass(seconds(1)).await;
    sale.is_returned(Kind::Expired).await;
    li.sees("Nobody paid in time, so the order is closed. 100 USDT are in your balance again");
    wang.sees("Please do not pay for it any more");
    assert!(sale.card(wang).await.text.contains("Do not pay for this order any more"));
}

#[tokio::test]
async fn a_buyer_gives_up_when_the_time_is_over() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(15)).await;
    sale.wang.presses("I did not pay").await;
    sale.is_returned(Kind::Cancelled).await;
    sale.li.sees("The order is cancelled");
    assert!(sale.card(&sale.li).await.text.contains("The buyer did not pay"));
}

#[tokio::test]
async fn a_seller_looks_and_the_money_is_not_there_yet() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    li.presses("I've received payment").await;
    li.presses("No").await;
    wang.looks();
    li.presses("Not there yet").await;
    sale.is(Kind::Paid).await;
    wang.sees("your payment is not there yet");
    assert!(sale.card(li).await.text.contains("nobody can take them"));
    wang.looks();
    li.presses("I've received payment").await;
    li.presses("No").await;
    li.presses("Not there yet").await;
    wang.sees_nothing();
}

#[tokio::test]
async fn a_delayed_transfer_is_waited_for() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    let arrives = (world.now() + minutes(120)).timestamp();
    li.presses("Something is wrong").await;
    li.sees("What is wrong?");
    li.presses("Delayed 2 h").await;
    sale.is(Kind::Delayed).await;
    let news = wang.sees("Alipay holds your transfer back");
    assert_eq!(countdowns(&news), [arrives]);
    assert!(
        sale.card(li).await.text.contains("Do not confirm before the money is in your balance")
    );
    world.pass(minutes(119)).await;
    li.looks();
    sale.is(Kind::Delayed).await;
    world.pass(minutes(1)).await;
    sale.is(Kind::Paid).await;
    li.sees("The delayed transfer of ¥720.00 should be there now");
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_payment_by_somebody_else_goes_back_and_the_order_is_cancelled() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    li.presses("Something is wrong").await;
    li.presses("Somebody else paid").await;
    sale.is(Kind::Refunding).await;
    li.sees("Send the money back to the very account it came from");
    wang.sees("because it came from somebody else's account");
    li.presses("I've sent the money back").await;
    let news = wang.sees("The seller has sent ¥720.00 back");
    assert_eq!(labels(&news), ["I've got the money back", "Open the order"]);
    wang.presses("I've got the money back").await;
    wang.sees("Is ¥720.00 back in your Alipay?");
    sale.is(Kind::Refunding).await;
    wang.presses("Yes, ¥720.00 is back").await;
    sale.is_returned(Kind::Cancelled).await;
    assert!(sale.card(li).await.text.contains("The money went back to the payer"));
}

#[tokio::test]
async fn two_sellers_sell_to_one_ad_at_once() {
    let world = World::open().await;
    let wang = world.buyer("Wang", "en").await;
    let li = world.seller("Li Na", "en").await;
    let zhao = world.seller("Zhao", "zh-hans").await;
    let first = world.sale_between(&li, &wang).await;
    let second = world.sale_between(&zhao, &wang).await;
    assert_ne!(first.code, second.code);
    wang.says("/orders").await;
    assert_eq!(
        labels(&wang.sees("Your open orders"))[..2],
        [
            // Both are paid to the same account: the amount tells them apart.
            format!("↓ {} · ¥720.01 · waiting for payment", second.code),
            format!("↓ {} · ¥720.00 · waiting for payment", first.code),
        ]
    );

    zhao.looks();
    let card = first.card(&wang).await;
    wang.presses_under(card.message_id, "I've paid").await;
    zhao.sees_nothing();
    assert_eq!(first.status().await, Kind::Paid);
    assert_eq!(second.status().await, Kind::AwaitingPayment);
    first.confirms().await;
    let card = second.card(&wang).await;
    wang.presses_under(card.message_id, "Cancel order").await;
    wang.presses("I can't pay now").await;
    first.cools_off().await;
    first.is_released().await;
    assert_eq!(second.status().await, Kind::Cancelled);
    assert_eq!(world.balance(&zhao).await, "1,000 USDT");
    wang.says("/ads").await;
    assert_eq!(labels(&wang.sees("Your ads"))[0], "USDT · ¥7.20 · 900 USDT left");
}

#[tokio::test]
async fn the_list_of_orders_has_pages() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let mut codes = Vec::new();
    for _ in 0..8 {
        let sale = world.sale_between(&li, &wang).await;
        wang.presses("Cancel order").await;
        wang.presses("Another reason").await;
        codes.insert(0, sale.code);
    }
    li.says("/orders").await;
    li.presses("Past orders").await;
    let page = li.sees("Your past orders");
    let shown = |page: &playground::Message| -> Vec<String> {
        let lines = labels(page).into_iter().filter(|it| it.starts_with('↑'));
        lines.map(|it| it[4..10].to_owned()).collect()
    };
    assert_eq!(shown(&page), codes[..6]);
    li.presses("Older ›").await;
    assert_eq!(shown(&li.sees("Your past orders")), codes[6..]);
    li.presses(&codes[7]).await;
    let card = li.sees("· cancelled");
    assert!(card.text.contains(&codes[7]), "{}", card.text);
    assert_eq!(labels(&card), ["Report a problem", "Evidence file", "Block this person"]);
    li.presses("‹ Newer").await;
    assert_eq!(shown(&li.sees("Your past orders")), codes[..6]);
}

#[tokio::test]
async fn an_order_is_opened_by_its_code() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, code) = (&sale.li, &sale.code);
    for text in [format!("/order {code}"), code.clone(), format!(" {} ", code.to_lowercase())] {
        li.says(&text).await;
        let card = li.sees(&format!("Order {code}"));
        assert_eq!(card.message_id, sale.card(li).await.message_id, "{text}");
    }
    li.says("/order").await;
    li.sees("Your open orders");
    for text in ["/order 17", "/order K7M2Q", "/order 订单号码"] {
        li.says(text).await;
        li.sees("That is not an order code");
    }
}

#[tokio::test]
async fn a_code_shows_nothing_to_who_is_no_side_of_the_order() {
    let world = World::open().await;
    let sale = world.sale().await;
    let code = &sale.code;
    let zhao = world.somebody("Zhao", "en").await;
    for person in [&zhao, &world.operator()] {
        for text in [format!("/order {code}"), code.clone()] {
            person.says(&text).await;
            person.sees("I cannot find that order among yours");
            person.does_not_see("720");
        }
        person.says("/order ZZZZZZ").await;
        person.sees("I cannot find that order among yours");
    }
    zhao.says("thanks").await;
    zhao.sees("I was not waiting for a message");
}

#[tokio::test]
async fn a_code_typed_where_a_button_is_wanted_leaves_the_wizard_alone() {
    let world = World::open().await;
    let sale = world.sale().await;
    let li = &sale.li;
    li.says("/sell").await;
    li.says(&sale.code).await;
    li.sees(&format!("Order {}", sale.code));
    li.says("ZZZZZZ").await;
    li.sees("That page waits for one of its buttons");
    li.presses("900 USDT").await;
    li.sees("Who buys USDT");
}

#[tokio::test]
async fn a_button_of_an_order_that_has_ended_is_refused_once_and_goes() {
    let world = World::open().await;
    let sale = world.sale().await;
    let li = &sale.li;
    sale.marks_paid().await;
    let asked = li.sees("The merchant says it has paid");
    let now = |id: i64| li.chat().into_iter().find(|it| it.message_id == id).unwrap();
    assert!(labels(&now(asked.message_id)).contains(&"I've received payment".to_owned()));
    sale.confirms().await;
    // While the order goes on, a message keeps what it offers.
    li.presses_under(asked.message_id, "I've received payment").await;
    assert!(labels(&now(asked.message_id)).contains(&"I've received payment".to_owned()));
    sale.cools_off().await;

    let said = li.presses_under(asked.message_id, "I've received payment").await;
    assert!(said.contains("The order has changed meanwhile"), "{said}");
    assert!(labels(&now(asked.message_id)).is_empty());
    assert_eq!(now(asked.message_id).text, asked.text);
    assert_eq!(
        labels(&sale.card(li).await),
        ["Report a problem", "Evidence file", "Block this person"]
    );
}
