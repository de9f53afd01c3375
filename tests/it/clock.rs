//! What the clock does to an order that is left alone: it counts, it rings, it never moves what it
//! may not.

use std::future::poll_fn;
use std::pin::pin;

use chrono::TimeDelta;
use fangbi::domain::order::Kind;
use fangbi::timers::Timers;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use playground::Event;

use crate::world::{Somebody, World, labels, minutes, seconds};

/// Runs time from now on, and says at which minute something came to somebody's chat: `edit`, or
/// the words that a new message has.
async fn watched(world: &World, who: &Somebody, whole: i64, words: &[&str]) -> Vec<String> {
    let start = world.now();
    let mut events = world.telegram().events();
    world.pass(minutes(whole)).await;
    let mut seen = Vec::new();
    while let Ok(event) = events.try_recv() {
        let (message, what) = match event {
            Event::Edit { person, message } if person == who.id() => (message, "edit".to_owned()),
            Event::Message { person, message } if person == who.id() => {
                let found = words.iter().find(|it| message.text.contains(**it));
                let text = message.text.clone();
                (message, found.map_or(text, |it| (*it).to_owned()))
            }
            _ => continue,
        };
        let at = message.edit_date.unwrap_or(message.date) - start.timestamp();
        seen.push(format!("{}:{:02} {what}", at / 60, at % 60));
    }
    seen
}

#[tokio::test]
async fn a_buyer_is_reminded_and_the_card_counts_down() {
    let world = World::open().await;
    let sale = world.sale().await;
    let words = [
        "Please pay ¥720.00 now",
        "Did you pay?",
        "If you have paid, say it now",
        "closed",
        "You take no new orders",
    ];
    let seen = watched(&world, &sale.wang, 25, &words).await;
    let expected = [
        "5:00 edit",
        "7:30 Please pay ¥720.00 now",
        "10:00 Please pay ¥720.00 now",
        "10:00 edit",
        "12:00 edit",
        "13:00 edit",
        "14:00 Please pay ¥720.00 now",
        "14:00 edit",
        "15:00 Did you pay?",
        "15:00 edit",
        "20:00 edit",
        "22:00 edit",
        "23:00 edit",
        "24:00 If you have paid, say it now",
        "24:00 edit",
        "25:00 closed",
        "25:00 edit",
        "25:00 You take no new orders",
    ];
    let mut sorted = seen.clone();
    sorted.sort_by_key(|it| it.split(' ').next().map(|at| (at.len(), at.to_owned())));
    let mut wanted = expected.map(str::to_owned).to_vec();
    wanted.sort();
    sorted.sort();
    assert_eq!(sorted, wanted);
}

#[tokio::test]
async fn a_seller_is_not_rung_while_there_is_nothing_to_do() {
    let world = World::open().await;
    let sale = world.sale().await;
    let seen = watched(&world, &sale.li, 14, &[]).await;
    assert!(seen.iter().all(|it| it.ends_with("edit")), "{seen:?}");
    assert_eq!(seen.len(), 5, "{seen:?}");
}

#[tokio::test]
async fn reminders_come_with_the_button_and_the_moment() {
    let world = World::open().await;
    let sale = world.sale().await;
    let until = (world.now() + minutes(15)).timestamp();
    sale.wang.looks();
    world.pass(minutes(8)).await;
    let news = sale.wang.sees("Please pay ¥720.00 now and press “I've paid”");
    assert!(news.text.contains(&sale.code));
    assert_eq!(crate::world::countdowns(&news), [until]);
    assert_eq!(labels(&news), ["I've paid", "Open the order"]);
    sale.wang.presses_under(news.message_id, "I've paid").await;
    sale.is(Kind::Paid).await;
}

#[tokio::test]
async fn reminders_that_were_missed_collapse_into_one() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.wang.looks();
    // In touch all the time, but the clock did not get to run.
    for _ in 0..28 {
        world.away(seconds(30));
        world.poll().await;
    }
    world.drain().await;
    sale.is(Kind::AwaitingPayment).await;
    let reminders = sale.wang.news().into_iter().filter(|it| it.text.contains("Please pay"));
    assert_eq!(reminders.count(), 1);
}

#[tokio::test]
async fn what_is_marked_as_paid_is_never_moved_by_the_clock() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(15) - seconds(1)).await;
    sale.marks_paid().await;
    world.pass(minutes(59)).await;
    sale.is(Kind::Paid).await;
}

#[tokio::test]
async fn a_dispute_stops_every_other_clock() {
    let world = World::open().await;
    let sale = world.sale().await;
    let ada = world.arbiter("Ada").await;
    world.pass(minutes(16)).await;
    sale.seller_disputes().await;
    ada.looks();
    sale.wang.looks();
    world.pass(minutes(60)).await;
    sale.is(Kind::Disputed).await;
    assert_eq!(ada.count("This dispute still waits for a decision"), 12, "every five minutes");
    sale.wang.sees_nothing();
    ada.presses("Take the case").await;
    world.pass(minutes(60)).await;
    assert_eq!(ada.count("This dispute still waits for a decision"), 12);
}

#[tokio::test]
async fn nothing_comes_a_millisecond_early() {
    let world = World::open().await;
    let sale = world.sale().await;
    let moment = TimeDelta::milliseconds(1);
    world.pass(minutes(15) - moment).await;
    sale.is(Kind::AwaitingPayment).await;
    world.pass(moment).await;
    sale.is(Kind::Overdue).await;
    world.pass(minutes(10) - moment).await;
    sale.is(Kind::Overdue).await;
    sale.confirms().await;
    world.pass(seconds(10) - moment).await;
    sale.is(Kind::Releasing).await;
    world.pass(moment).await;
    sale.is_released().await;
}

#[tokio::test]
async fn two_clocks_that_look_at_once_act_once() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(15) - seconds(1)).await;
    sale.wang.looks();
    world.away(seconds(1));
    let app = world.process().await.as_ref().unwrap().app.clone();
    let came = fangbi::domain::order::Fact::TimeCame;
    let looks = futures::future::join_all((0..20).map(|_| app.learn(sale.id, came))).await;
    assert!(looks.iter().all(Result::is_ok), "{looks:?}");
    world.drain().await;
    sale.is(Kind::Overdue).await;
    assert_eq!(sale.wang.count("The time to pay is over. Did you pay?"), 1);
}

/// Who asks it again for as long as it has something to do relies on that.
#[tokio::test]
async fn the_clock_says_how_many_orders_it_has_looked_at() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.sale_between(&sale.li, &sale.wang).await;
    world.pass(seconds(290)).await;
    world.away(seconds(10));
    let mut process = world.process().await;
    let process = process.as_mut().unwrap();
    process.poll().await;
    let mut looked = Vec::new();
    while looked.last() != Some(&0) {
        looked.push(process.timers.step().await.unwrap());
    }
    assert_eq!(looked, [2, 0]);
}

/// Nothing in here is measured: a clock that sleeps is not woken by what others read, however long
/// that takes.
#[tokio::test]
async fn the_clock_sleeps_until_there_is_something_to_look_at() {
    let world = World::open().await;
    let _sale = world.sale().await;
    let process = world.process().await;
    let app = process.as_ref().unwrap().app.clone();
    let mut ticking = pin!(Timers::new(app.clone()).run());
    let mut woken = 0;
    let reads = async {
        for round in 0..200 {
            app.store().pulse().await.unwrap();
            // Not half a second in all; its longest sleep is one.
            if round % 5 == 4 {
                world.away(TimeDelta::milliseconds(10));
            }
        }
    };
    // Where there are several, each is polled only when it is woken itself.
    let mut alone: FuturesUnordered<_> = [poll_fn(|cx| {
        woken += 1;
        ticking.as_mut().poll(cx)
    })]
    .into_iter()
    .collect();
    tokio::select! {
        Some(end) = alone.next() => match end.unwrap() {},
        () = reads => {}
    }
    drop(alone);
    assert!(woken < 80, "woken {woken} times");
}
