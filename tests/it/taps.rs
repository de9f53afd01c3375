//! Two taps at once: one person's thumb that is too quick, and two people who want the opposite.

use fangbi::domain::order::{Kind, Question};

use crate::world::{Sale, Somebody, World, minutes, seconds};

/// Both press before the bot looks; the first of them wins, and the other one is told.
async fn both_at_once(
    world: &World,
    first: (&Somebody, &str),
    second: (&Somebody, &str),
) -> [String; 2] {
    let presses = [first, second].map(|(who, label)| (who, label, who.presses_and_goes_on(label)));
    world.drain().await;
    presses.map(|(who, label, query)| who.answer_to(&query, label))
}

/// The seller types the last digits, and the buyer presses, before the bot looks. Returns what the
/// buyer hears.
async fn release_against(sale: &Sale, label: &str, seller_first: bool) -> String {
    sale.answers_all().await;
    let digits = sale.last_digits().await;
    let world = &sale.world;
    if seller_first {
        sale.li.person.send(&digits).unwrap();
        world.poll().await;
        world.handle().await;
    }
    // Whatever the seller has done, the buyer's card does not show it yet.
    let query = sale.wang.presses_and_goes_on(label);
    if !seller_first {
        world.poll().await;
        world.handle().await;
        sale.li.person.send(&digits).unwrap();
    }
    world.drain().await;
    sale.wang.answer_to(&query, label)
}

async fn sale_until(kind: Kind) -> Sale {
    let sale = World::open().await.sale().await;
    match kind {
        Kind::Overdue => sale.world.pass(minutes(15)).await,
        Kind::Paid => {
            sale.marks_paid().await;
            sale.world.pass(minutes(16)).await;
            sale.li.presses("Refresh").await;
            sale.wang.presses("Refresh").await;
        }
        Kind::Releasing => {
            sale.marks_paid().await;
            sale.confirms().await;
        }
        _ => {}
    }
    assert_eq!(sale.status().await, kind);
    sale
}

const STALE: &str = "The order has changed meanwhile";

#[tokio::test]
async fn a_thumb_that_presses_twice_opens_one_order() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.reviews(&li, "100 USDT").await;
    let [first, second] = both_at_once(&world, (&li, "Sell now"), (&li, "Sell now")).await;
    assert_eq!(first, "");
    assert!(second.contains("This page is no longer current"), "{second}");
    assert_eq!(world.query_one("select count(*) from orders").await, Some(1));
    assert_eq!(world.balance(&li).await, "900 USDT");
    assert_eq!(wang.count("please pay now"), 1);
}

#[tokio::test]
async fn a_thumb_that_presses_twice_marks_and_releases_once() {
    let sale = sale_until(Kind::AwaitingPayment).await;
    let (li, wang) = (&sale.li, &sale.wang);
    let [first, second] = both_at_once(&sale.world, (wang, "I've paid"), (wang, "I've paid")).await;
    assert_eq!(first, "Done");
    assert!(second.contains(STALE), "{second}");
    assert_eq!(li.count("The merchant says it has paid"), 1);
    li.presses("I've received payment").await;
    // The second tap of each answers the same question again, not the next one.
    for question in 1..=5 {
        both_at_once(&sale.world, (li, "Yes"), (li, "Yes")).await;
        let gate = sale.world.order(sale.id).await.gate;
        assert_eq!(Question::ALL.iter().filter(|it| gate.answer(**it).is_some()).count(), question);
    }
    let digits = sale.last_digits().await;
    for _ in 0..2 {
        li.person.send(&digits).unwrap();
    }
    sale.world.drain().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn paid_against_an_agreed_end() {
    let sale = sale_until(Kind::AwaitingPayment).await;
    sale.li.presses("Offer to cancel").await;
    let [_, second] =
        both_at_once(&sale.world, (&sale.wang, "I've paid"), (&sale.wang, "Agree to cancel")).await;
    assert!(second.contains(STALE), "{second}");
    sale.is(Kind::Paid).await;

    let sale = sale_until(Kind::AwaitingPayment).await;
    sale.li.presses("Offer to cancel").await;
    let [_, second] =
        both_at_once(&sale.world, (&sale.wang, "Agree to cancel"), (&sale.wang, "I've paid")).await;
    assert!(second.contains(STALE), "{second}");
    sale.is_returned(Kind::Cancelled).await;
}

#[tokio::test]
async fn paid_against_more_time() {
    for buyer_first in [true, false] {
        let sale = sale_until(Kind::AwaitingPayment).await;
        sale.li.presses("Give more time").await;
        let (paid, more) = ((&sale.wang, "I've paid"), (&sale.li, "5 minutes"));
        let (first, second) = if buyer_first { (paid, more) } else { (more, paid) };
        let [first, second] = both_at_once(&sale.world, first, second).await;
        assert_eq!(first, "Done");
        assert!(second.contains(STALE), "{second}");
        let kind = if buyer_first { Kind::Paid } else { Kind::AwaitingPayment };
        sale.is(kind).await;
    }
}

#[tokio::test]
async fn late_paid_against_a_late_confirmation() {
    for buyer_first in [true, false] {
        let sale = sale_until(Kind::Overdue).await;
        let answer = release_against(&sale, "I've paid", !buyer_first).await;
        if buyer_first {
            assert_eq!(answer, "Done");
            sale.is(Kind::Paid).await;
            sale.confirms().await;
        } else {
            assert!(answer.contains(STALE), "{answer}");
        }
        sale.cools_off().await;
        sale.is_released().await;
    }
}

#[tokio::test]
async fn a_confirmation_against_a_dispute() {
    for seller_first in [true, false] {
        let sale = sale_until(Kind::Paid).await;
        sale.wang.presses("Open a dispute").await;
        let reason = "I've paid, and nothing is released";
        let answer = release_against(&sale, reason, seller_first).await;
        // A dispute may be opened from any card, but not while the coins are on their way.
        let expected = if seller_first { "not possible now: releasing" } else { "Done" };
        assert!(answer.contains(expected), "{answer}");
        let kind = if seller_first { Kind::Releasing } else { Kind::Disputed };
        sale.is(kind).await;
    }
}

#[tokio::test]
async fn a_confirmation_against_a_taken_back_paid() {
    for seller_first in [true, false] {
        let sale = sale_until(Kind::Paid).await;
        let answer = release_against(&sale, "I have not paid after all", seller_first).await;
        assert!(answer.contains(if seller_first { STALE } else { "Done" }), "{answer}");
        let kind = if seller_first { Kind::Releasing } else { Kind::AwaitingPayment };
        sale.is(kind).await;
    }
}

#[tokio::test]
async fn a_stop_against_the_end_of_the_ten_seconds() {
    // The press is in before the clock looks: it counts.
    let sale = sale_until(Kind::Releasing).await;
    sale.li.presses_and_goes_on("Stop");
    sale.world.away(seconds(10));
    sale.world.poll().await;
    sale.world.handle().await;
    sale.world.tick().await;
    sale.world.drain().await;
    sale.is(Kind::Paid).await;

    // The clock looks first: the coins are gone, and the press is told so.
    let sale = sale_until(Kind::Releasing).await;
    sale.world.away(seconds(10));
    let query = sale.li.presses_and_goes_on("Stop");
    sale.world.tick().await;
    sale.world.drain().await;
    assert!(sale.li.answer_to(&query, "Stop").contains(STALE));
    sale.is_released().await;
}

#[tokio::test]
async fn paid_against_the_end_of_the_grace() {
    for press_first in [true, false] {
        let sale = sale_until(Kind::Overdue).await;
        sale.world.pass(minutes(10) - seconds(1)).await;
        let query = sale.wang.presses_and_goes_on("I've paid");
        sale.world.away(seconds(1));
        if press_first {
            sale.world.poll().await;
            sale.world.handle().await;
        }
        sale.world.tick().await;
        sale.world.drain().await;
        let answer = sale.wang.answer_to(&query, "I've paid");
        if press_first {
            assert_eq!(answer, "Done");
            sale.is(Kind::Paid).await;
        } else {
            assert!(answer.contains(STALE), "{answer}");
            sale.is_returned(Kind::Expired).await;
        }
    }
}

#[tokio::test]
async fn two_sellers_who_want_the_last_of_an_ad() {
    let world = World::open().await;
    let wang = world.somebody("Wang", "en").await;
    world.begins_ad(&wang).await;
    wang.presses("USDT").await;
    for text in ["7.2", "150", "100", "1080"] {
        wang.says(text).await;
    }
    wang.presses("15 minutes").await;
    wang.presses("Post the ad").await;
    let (li, zhao) = (world.seller("Li Na", "en").await, world.seller("Zhao", "en").await);
    world.reviews(&li, "100 USDT").await;
    world.reviews(&zhao, "100 USDT").await;
    let lock = "Sell now";
    both_at_once(&world, (&li, lock), (&zhao, lock)).await;
    assert_eq!(world.query_one("select count(*) from orders").await, Some(1));
    // Who comes first is theirs to find out; the other one is asked for another amount.
    let late = if world.balance(&li).await == "900 USDT" { zhao } else { li };
    assert_eq!(world.balance(&late).await, "1,000 USDT");
    late.sees("This merchant takes ¥100.00 to ¥360.00 an order");
    late.says("360").await;
    late.sees("Which Alipay account gets the money?");
}
