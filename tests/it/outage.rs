//! Twenty minutes in which nobody could reach us: no time is lost, and nothing happens meanwhile.

use fangbi::domain::order::Kind;
use playground::{Fault, FaultKind};

use crate::world::{World, countdowns, labels, minutes, seconds};

#[tokio::test]
async fn the_time_to_pay_is_longer_by_the_outage() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let olga = world.operator();
    let until = world.now() + minutes(15);
    world.pass(minutes(10)).await;
    for person in [li, wang, &olga] {
        person.looks();
    }
    let old = sale.card(wang).await;

    world.away(minutes(20));
    world.drain().await;
    sale.is(Kind::AwaitingPayment).await;
    for person in [li, wang] {
        let news = person.sees("I could not be reached for 20 minutes. No time is lost");
        assert!(news.text.contains(&sale.code));
        let card = sale.card(person).await;
        assert_eq!(countdowns(&card), [(until + minutes(20)).timestamp()]);
        assert_eq!(person.chat().last().map(|it| it.message_id), Some(card.message_id), "below");
    }
    olga.sees("We were away for 20 min. Orders whose clocks were moved on: 1");
    let old = wang.chat().into_iter().find(|it| it.message_id == old.message_id).unwrap();
    assert_eq!(labels(&old), [""; 0], "the old card has no buttons any more");

    world.pass(minutes(5) - seconds(1)).await;
    sale.is(Kind::AwaitingPayment).await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn the_grace_is_longer_by_the_outage() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(20)).await;
    sale.is(Kind::Overdue).await;
    sale.wang.looks();
    world.away(minutes(20));
    world.drain().await;
    sale.is(Kind::Overdue).await;
    sale.wang.sees("I could not be reached for 20 minutes");
    world.pass(minutes(5) - seconds(1)).await;
    sale.is(Kind::Overdue).await;
    world.pass(seconds(1)).await;
    sale.is_returned(Kind::Expired).await;
}

#[tokio::test]
async fn nothing_is_released_while_nobody_could_stop_it() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    world.pass(seconds(4)).await;
    sale.is(Kind::Releasing).await;
    sale.li.looks();
    world.away(minutes(20));
    assert!(!world.tick().await, "the clock waits until we are in touch");
    world.drain().await;
    sale.is(Kind::Releasing).await;
    let card = sale.card(&sale.li).await;
    assert_eq!(labels(&card), ["Stop", "Message"]);
    sale.li.presses("Stop").await;
    sale.is(Kind::Paid).await;
}

#[tokio::test]
async fn a_release_goes_on_after_an_outage() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    world.away(minutes(20));
    world.drain().await;
    world.pass(seconds(9)).await;
    sale.is(Kind::Releasing).await;
    world.pass(seconds(1)).await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_process_that_was_dead_for_twenty_minutes_knows_it() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(14)).await;
    sale.wang.looks();
    world.away(minutes(20));
    world.restart().await;
    assert!(!world.tick().await, "not before we are in touch");
    world.drain().await;
    sale.is(Kind::AwaitingPayment).await;
    sale.wang.sees("I could not be reached for 20 minutes");
    world.pass(minutes(1)).await;
    sale.is(Kind::Overdue).await;
}

#[tokio::test]
async fn nothing_happens_while_telegram_cannot_be_reached() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.fault(Fault::new(FaultKind::HangUp).method("getUpdates").lasting());
    world.pass(minutes(40)).await;
    sale.is(Kind::AwaitingPayment).await;
    world.calms_down();
    sale.wang.looks();
    world.drain().await;
    sale.is(Kind::AwaitingPayment).await;
    sale.wang.sees("No time is lost");
    let [until] = countdowns(&sale.card(&sale.wang).await)[..] else { panic!("no countdown") };
    assert!(until >= (world.now() + minutes(14)).timestamp(), "hardly a minute was lost");
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_press_that_came_during_the_outage_counts_before_the_clock() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(14)).await;
    sale.wang.presses_and_goes_on("I've paid");
    world.away(minutes(2));
    world.drain().await;
    // The press was on the card from before; nothing moved, and the fresh card takes it.
    sale.is(Kind::AwaitingPayment).await;
    sale.marks_paid().await;
    sale.is(Kind::Paid).await;
}

#[tokio::test]
async fn a_minute_without_us_is_not_an_outage() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.wang.looks();
    world.away(seconds(60));
    world.drain().await;
    sale.wang.sees_nothing();
}

#[tokio::test]
async fn a_press_that_telegram_has_forgotten_is_made_again_on_the_fresh_card() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.wang.presses_and_goes_on("I've paid");
    world.away(minutes(3));
    world.drain().await;
    sale.is(Kind::AwaitingPayment).await;
    assert_eq!(sale.wang.presses("I've paid").await, "Done");
    sale.is(Kind::Paid).await;
}
