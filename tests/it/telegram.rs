//! Telegram in all its moods: updates twice and out of order, 429, 403, and answers that get lost.

use fangbi::bucket::Rate;
use fangbi::domain::order::Kind;
use fangbi::outbox::Limits;
use playground::{Fault, FaultKind};

use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Rules, Sale, World, hours, labels, minutes, seconds};

#[tokio::test]
async fn a_page_that_may_have_arrived_is_not_put_over_the_next_one() {
    let world = World::open().await;
    let (li, _wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    li.says("/sell").await;
    let lost = Fault::new(FaultKind::LostAnswer).method("editMessageText").person(li.id());
    world.fault(lost);
    li.presses_and_goes_on("USDT");
    world.drain().await;
    li.presses_and_goes_on("¥7.20");
    world.drain().await;
    world.pass(seconds(60)).await;
    let last = li.news().last().map(|it| it.text.clone());
    assert!(last.is_some_and(|it| it.contains("How much USDT")), "{}", li.transcript());
}

#[tokio::test]
async fn a_card_that_comes_late_shows_the_question_that_was_asked_for_meanwhile() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    let li = &sale.li;
    li.looks();
    let broken = Fault::new(FaultKind::InternalError).method("sendMessage").person(li.id());
    world.fault(broken.lasting());
    li.person.send(&format!("/order {}", sale.code)).unwrap();
    world.drain().await;
    li.sees_nothing();
    let old = sale.card(li).await.message_id;
    li.person.press_no_wait(old, "I've received payment").unwrap();
    world.drain().await;
    world.calms_down();
    world.pass(seconds(60)).await;
    let card = sale.card(li).await;
    assert!(card.text.contains("1 of 5"), "{}", li.transcript());
    let last = li.news().last().map(|it| it.message_id);
    assert_eq!(last, Some(card.message_id), "below everything else");
}

#[tokio::test]
async fn who_was_away_and_presses_a_card_gets_what_it_asks_for() {
    let world = World::open().await;
    let sale = world.sale().await;
    let li = &sale.li;
    // Nobody tells us that li is away, nor that li is back.
    world.fault(Fault::new(FaultKind::Forbidden).method("sendMessage").person(li.id()).lasting());
    sale.marks_paid().await;
    world.pass(minutes(1)).await;
    world.calms_down();
    let old = sale.card(li).await.message_id;
    li.person.press_no_wait(old, "I've received payment").unwrap();
    world.drain().await;
    world.pass(seconds(10)).await;
    assert!(sale.card(li).await.text.contains("1 of 5"), "{}", li.transcript());
}

#[tokio::test]
async fn updates_that_come_twice_have_their_effect_once() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.fault(Fault::new(FaultKind::DuplicateUpdates).method("getUpdates").lasting());
    let sale = world.sale_between(&li, &wang).await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    world.calms_down();
    world.drain().await;
    sale.is_released().await;
    assert_eq!(li.count("100 USDT have gone to the merchant. Keep"), 1);
    assert_eq!(li.count("How much USDT do you sell?"), 1);
    assert_eq!(li.count("The merchant says it has paid"), 1);
    assert_eq!(wang.count("100 USDT are in your balance now"), 1);
}

#[tokio::test]
async fn what_comes_out_of_order_is_handled_as_it_was_said() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.fault(Fault::new(FaultKind::ReorderUpdates).method("getUpdates").lasting());
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    for text in ["100 USDT", ACCOUNT, NAME] {
        li.person.send(text).unwrap();
    }
    world.drain().await;
    li.presses("Sell now").await;
    let id = world.newest_order().await;
    let sale = Sale { world: world.clone(), li, wang, id, code: id.code() };
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    world.calms_down();
    sale.is_released().await;
}

#[tokio::test]
async fn too_many_requests_only_delay_what_is_said() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.looks();
    li.looks();
    world.fault(Fault::new(FaultKind::TooManyRequests).retry_after(7).lasting());
    sale.marks_paid().await;
    sale.is(Kind::Paid).await;
    wang.sees_nothing();
    world.pass(seconds(60)).await;
    li.sees_nothing();
    world.calms_down();
    world.pass(seconds(8)).await;
    li.sees("The merchant says it has paid ¥720.00");
    li.sees("marked as paid");
    wang.sees("waiting for the seller");
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
    assert_eq!(li.count("The merchant says it has paid"), 1);
}

#[tokio::test]
async fn a_buyer_who_blocks_us_is_told_to_the_seller_and_the_operator() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let olga = world.operator();
    olga.looks();
    li.looks();
    wang.person.block();
    world.drain().await;
    li.sees("The other side cannot be reached in Telegram any more");
    olga.sees("The buyer cannot be reached in Telegram any more");
    world.pass(minutes(25)).await;
    sale.is_returned(Kind::Expired).await;
    assert_eq!(li.count("cannot be reached"), 1, "told once");
}

#[tokio::test]
async fn a_buyer_who_comes_back_is_not_asked_to_pay_for_what_has_ended() {
    let world = World::open().await;
    let sale = world.sale().await;
    let wang = &sale.wang;
    wang.presses("Cancel order").await;
    let broken = Fault::new(FaultKind::InternalError).method("editMessageText").person(wang.id());
    world.fault(broken.lasting());
    wang.presses_and_goes_on("I can't pay now");
    world.drain().await;
    sale.is_returned(Kind::Cancelled).await;
    wang.person.block();
    world.calms_down();
    world.pass(minutes(1)).await;
    assert!(sale.card(wang).await.text.contains("please pay now"), "{}", wang.transcript());
    wang.person.unblock();
    world.drain().await;
    assert!(sale.card(wang).await.text.contains("cancelled"), "{}", wang.transcript());
}

#[tokio::test]
async fn a_buyer_who_comes_back_finds_the_order_and_pays() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.person.block();
    li.presses("Give more time").await;
    li.presses("15 minutes").await;
    wang.looks();
    wang.person.unblock();
    world.drain().await;
    let card = wang.sees("please pay now");
    assert!(labels(&card).contains(&"I've paid".to_owned()));
    sale.marks_paid().await;
    sale.is(Kind::Paid).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_seller_who_blocks_us_after_the_payment_keeps_the_coins_locked() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let olga = world.operator();
    sale.marks_paid().await;
    olga.looks();
    // Nobody tells us: Telegram refuses the next message.
    world.fault(Fault::new(FaultKind::Forbidden).method("sendMessage").person(li.id()).lasting());
    world.pass(minutes(3)).await;
    wang.sees("The other side cannot be reached in Telegram any more");
    olga.sees("The seller cannot be reached in Telegram any more");
    world.pass(minutes(12)).await;
    olga.sees("The seller has not answered for 15 minutes");
    sale.is(Kind::Paid).await;
    wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    sale.is(Kind::Disputed).await;

    world.calms_down();
    li.says("/orders").await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn whoever_blocks_us_again_is_told_again() {
    let world = World::open().await;
    let sale = world.sale().await;
    for _ in 0..2 {
        sale.wang.person.block();
        world.drain().await;
        sale.wang.person.unblock();
        world.drain().await;
    }
    assert_eq!(sale.li.count("The other side cannot be reached"), 2);
}

#[tokio::test]
async fn a_card_that_was_deleted_comes_anew() {
    let world = World::open().await;
    let sale = world.sale().await;
    let lost = Fault::new(FaultKind::BadRequest)
        .method("editMessageText")
        .person(sale.li.id())
        .description("Bad Request: message to edit not found");
    sale.li.looks();
    world.fault(lost);
    sale.marks_paid().await;
    world.drain().await;
    let card = sale.card(&sale.li).await;
    assert!(card.text.contains("marked as paid"), "{}", card.text);
    assert_eq!(sale.li.count("· marked as paid"), 1);
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_silent_seller_hears_of_it_louder_and_louder_and_then_it_is_a_dispute() {
    let world = World::open().await;
    let sale = world.sale().await;
    let ada = world.arbiter("Ada").await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    for (wait, asked) in [(3, 1), (2, 2), (5, 3), (5, 4)] {
        world.pass(minutes(wait)).await;
        assert_eq!(li.count("Is ¥720.00 in your Alipay? Please look there and answer"), asked);
    }
    ada.sees("The seller has not answered for 15 minutes");
    world.pass(hours(12) - minutes(15) - seconds(1)).await;
    sale.is(Kind::Paid).await;
    world.pass(seconds(1)).await;
    sale.is(Kind::Disputed).await;
    wang.sees("The order is in dispute");
    assert!(sale.card(wang).await.text.contains("the seller has not answered"));
    ada.sees("A dispute was opened");
}

#[tokio::test]
async fn a_sale_keeps_inside_telegrams_limits() {
    let limits = Limits {
        all: Rate { per_second: 25, burst: 25 },
        urgent_reserve: 5,
        chat: Rate { per_second: 1, burst: 3 },
    };
    let telegram = playground::Limits::telegram();
    let world = World::with(Rules { limits, telegram, ..Rules::default() }).await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    world.pass(minutes(1)).await;
    sale.li.sees("The merchant says it has paid ¥720.00");
    sale.confirms().await;
    world.pass(minutes(1)).await;
    sale.is_released().await;
    let refused = world.telegram().calls().into_iter().filter(|it| it.code == Some(429));
    assert_eq!(refused.count(), 0);
}
