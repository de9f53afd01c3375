use std::pin::pin;
use std::time::Duration;

use chrono::TimeDelta;
use fangbi::bucket::Rate;
use fangbi::outbox::Limits;
use fangbi::stop::stop;
use fangbi::store::outbox::{Class, NewLetter, Urgency};
use playground::{Fault, FaultKind};

use crate::desk::{Desk, NO_LIMITS, at, heard_by, letter};

fn seconds(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

#[tokio::test]
async fn one_chat_gets_its_burst_and_then_one_a_second() {
    let chat = Rate { per_second: 1, burst: 3 };
    let mut desk = Desk::with_limits(Limits { chat, ..NO_LIMITS }).await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    desk.enqueue((0..5).map(|n| letter(&li, Urgency::Reply, &n.to_string())).collect()).await;
    desk.enqueue(vec![letter(&wang, Urgency::Notice, "not held up")]).await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["0", "1", "2"]);
    assert_eq!(heard_by(&wang), ["not held up"]);
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    desk.pass(seconds(1));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["0", "1", "2", "3"]);
    desk.pass(seconds(9));
    desk.drain().await;
    assert_eq!(heard_by(&li).len(), 5);
}

#[tokio::test]
async fn the_urgent_go_first_and_have_tokens_kept_for_them() {
    let all = Rate { per_second: 10, burst: 10 };
    let mut desk = Desk::with_limits(Limits { all, urgent_reserve: 4, ..NO_LIMITS }).await;
    let people: Vec<_> = (0..10).map(|n| desk.person(&format!("P{n}"))).collect();
    let li = desk.person("Li");
    desk.enqueue(people.iter().map(|it| letter(it, Urgency::Notice, "news")).collect()).await;
    desk.enqueue(vec![letter(&li, Urgency::Money, "money")]).await;
    desk.outbox.step().await.unwrap();
    let calls = desk.telegram.calls();
    assert_eq!(calls.len(), 6, "ten tokens, four kept");
    assert_eq!(heard_by(&li), ["money"]);
    desk.enqueue((0..9).map(|n| letter(&li, Urgency::Money, &n.to_string())).collect()).await;
    desk.drain().await;
    assert_eq!(heard_by(&li).len(), 1 + 4, "the kept ones are for money");
}

#[tokio::test]
async fn a_newer_card_replaces_the_one_that_waits() {
    let chat = Rate { per_second: 1, burst: 1 };
    let mut desk = Desk::with_limits(Limits { chat, ..NO_LIMITS }).await;
    let li = desk.person("Li");
    let card = |text: &str| letter(&li, Urgency::Card, text).on("card 7");
    desk.enqueue(vec![letter(&li, Urgency::Reply, "first"), card("10 min")]).await;
    desk.drain().await;
    desk.enqueue(vec![card("9 min")]).await;
    desk.enqueue(vec![card("8 min")]).await;
    desk.pass(seconds(1));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["first", "8 min"]);
    assert_eq!(desk.letters().await, 0);
}

#[tokio::test]
async fn a_letter_with_a_time_waits_for_it_even_over_a_death() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    let later = letter(&li, Urgency::Reminder, "now").not_before(at(60));
    desk.enqueue(vec![later, letter(&li, Urgency::Notice, "at once")]).await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["at once"]);
    let mut desk = desk.dies().await;
    desk.pass(TimeDelta::milliseconds(59_999));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["at once"], "never early");
    desk.pass(TimeDelta::milliseconds(1));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["at once", "now"]);
}

#[tokio::test]
async fn a_429_holds_back_its_chat_and_a_second_one_everybody() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = ["Li", "Wang", "Zhang"].iter().map(|it| desk.person(it)).collect();
    let slow = |person: &playground::Person| Fault {
        retry_after: Some(7),
        ..Fault::new(FaultKind::TooManyRequests).person(person.id())
    };
    desk.telegram.fault(slow(&people[0]));
    desk.enqueue(vec![letter(&people[0], Urgency::Reply, "a")]).await;
    desk.drain().await;
    desk.enqueue(people.iter().map(|it| letter(it, Urgency::Reply, "b")).collect()).await;
    desk.drain().await;
    assert_eq!(heard_by(&people[0]), [""; 0]);
    assert_eq!(heard_by(&people[1]), ["b"], "only the one chat waits");

    desk.telegram.fault(slow(&people[1]));
    desk.enqueue(people.iter().map(|it| letter(it, Urgency::Reply, "c")).collect()).await;
    desk.drain().await;
    desk.enqueue(vec![letter(&people[2], Urgency::Reply, "d")]).await;
    desk.drain().await;
    assert_eq!(heard_by(&people[2]), ["b", "c"], "two chats held back mean all are");
    desk.pass(seconds(7));
    desk.drain().await;
    for (person, expected) in
        people.iter().zip([vec!["a", "b", "c"], vec!["b", "c"], vec!["b", "c", "d"]])
    {
        assert_eq!(heard_by(person), expected);
    }
}

#[tokio::test]
async fn somebody_who_blocked_us_is_reported_and_written_to_no_more() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    li.send("hi").unwrap();
    desk.drain().await;
    li.block();
    desk.enqueue(vec![letter(&li, Urgency::Money, "lost")]).await;
    desk.drain().await;
    let gone: String = sqlx::query_scalar("select value from settings where name = 'gone'")
        .fetch_one(desk.store.readers())
        .await
        .unwrap();
    assert_eq!((gone, desk.letters().await), (li.id().to_string(), 0));
}

#[tokio::test]
async fn a_letter_that_telegram_will_never_take_is_dead_and_told() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![letter(&li, Urgency::Reply, ""), letter(&li, Urgency::Reply, "next")]).await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["next"]);
    let alarms = heard_by(&desk.operator);
    assert!(alarms.iter().any(|it| it.contains("message text is empty")), "{alarms:?}");
    let dead: i64 = sqlx::query_scalar("select count(*) from outbox where state = 'dead'")
        .fetch_one(desk.store.readers())
        .await
        .unwrap();
    assert_eq!(dead, 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_repeats_money_and_drops_a_reminder() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    for (urgency, text) in [(Urgency::Money, "paid"), (Urgency::Reminder, "hurry")] {
        desk.telegram.fault(Fault::new(FaultKind::LostAnswer).method("sendMessage"));
        desk.enqueue(vec![letter(&li, urgency, text)]).await;
        desk.drain().await;
        desk.pass(seconds(60));
        desk.drain().await;
    }
    assert_eq!(heard_by(&li), ["paid", "paid", "hurry"]);
    assert_eq!(desk.letters().await, 0);
}

#[tokio::test]
async fn a_telegram_that_is_down_is_waited_for_and_nothing_is_lost() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    for kind in [FaultKind::InternalError, FaultKind::BadGatewayHtml, FaultKind::HangUp] {
        desk.telegram.fault(Fault::new(kind).method("sendMessage").times(3));
        desk.enqueue(vec![letter(&li, Urgency::Money, &format!("{kind:?}"))]).await;
    }
    for _ in 0..20 {
        desk.drain().await;
        desk.pass(seconds(30));
    }
    assert_eq!(heard_by(&li), ["InternalError", "BadGatewayHtml", "HangUp"]);
}

#[tokio::test]
async fn after_a_death_between_mark_and_send_money_is_sent_and_a_reminder_is_not() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![
        letter(&li, Urgency::Money, "paid"),
        letter(&li, Urgency::Reminder, "hurry"),
    ])
    .await;
    desk.mark_as_tried(&[1, 2]).await;
    let mut desk = desk.dies().await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["paid"]);
}

#[tokio::test]
async fn more_letters_than_fit_into_memory_are_all_sent() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = (0..50).map(|n| desk.person(&format!("P{n}"))).collect();
    for round in 0..110 {
        let text = format!("{round}");
        desk.enqueue(people.iter().map(|it| letter(it, Urgency::Notice, &text)).collect()).await;
    }
    desk.drain().await;
    for person in &people {
        let expected: Vec<_> = (0..110).map(|round| round.to_string()).collect();
        assert_eq!(heard_by(person), expected);
    }
}

#[tokio::test]
async fn money_that_is_tried_again_does_not_wait_for_a_broadcast() {
    let all = Rate { per_second: 30, burst: 30 };
    let mut desk = Desk::with_limits(Limits { all, urgent_reserve: 5, ..NO_LIMITS }).await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    for _ in 0..5 {
        desk.enqueue((0..1_000).map(|_| letter(&li, Urgency::Notice, "news")).collect()).await;
    }
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::InternalError).person(wang.id()));
    desk.enqueue(vec![letter(&wang, Urgency::Money, "money")]).await;
    desk.drain().await;
    assert_eq!(heard_by(&wang), [""; 0], "Telegram could not take it");
    desk.pass(seconds(1));
    desk.drain().await;
    assert_eq!(heard_by(&wang), ["money"]);
    assert!(heard_by(&li).len() < 100, "the broadcast has hardly begun");
}

#[tokio::test]
async fn money_that_comes_with_a_flood_of_letters_does_not_wait_for_it() {
    let all = Rate { per_second: 30, burst: 30 };
    let mut desk = Desk::with_limits(Limits { all, urgent_reserve: 5, ..NO_LIMITS }).await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    let many = |count| (0..count).map(|_| letter(&li, Urgency::Notice, "news")).collect();
    desk.enqueue(many(4_000)).await;
    desk.drain().await;
    // More than lies ready in memory: what else comes now is in the file only.
    desk.enqueue(many(5_000)).await;
    desk.enqueue(vec![letter(&wang, Urgency::Money, "money")]).await;
    desk.pass(seconds(1));
    desk.drain().await;
    assert_eq!(heard_by(&wang), ["money"]);
    assert!(heard_by(&li).len() < 100, "the broadcast has hardly begun");
}

#[tokio::test]
async fn harmless_calls_are_not_marked_before_they_are_made() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    let edit = NewLetter { class: Class::Converge, ..letter(&li, Urgency::Card, "card") };
    desk.enqueue(vec![edit]).await;
    desk.drain().await;
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["card".to_owned()], 0));
}

#[tokio::test]
async fn who_asked_once_does_not_wait_behind_those_who_asked_for_much() {
    let limits = Limits {
        all: Rate { per_second: 30, burst: 30 },
        urgent_reserve: 0,
        chat: Rate { per_second: 1, burst: 8 },
    };
    let mut desk = Desk::with_limits(limits).await;
    let crowd: Vec<_> = (0..40).map(|it| desk.person(&format!("Somebody {it}"))).collect();
    let li = desk.person("Li");
    for page in 0..30 {
        let text = format!("page {page}");
        desk.enqueue(crowd.iter().map(|it| letter(it, Urgency::Reply, &text)).collect()).await;
    }
    desk.drain().await;
    desk.pass(seconds(1));
    desk.drain().await;
    desk.enqueue(vec![letter(&li, Urgency::Reply, "the page that Li asked for")]).await;
    for _ in 0..2 {
        desk.pass(seconds(1));
        desk.drain().await;
    }
    assert_eq!(heard_by(&li), ["the page that Li asked for"], "one turn of forty chats later");
    for _ in 0..40 {
        desk.pass(seconds(1));
        desk.drain().await;
    }
    let pages: Vec<_> = (0..30).map(|page| format!("page {page}")).collect();
    for somebody in crowd {
        assert_eq!(heard_by(&somebody), pages, "in order, and all of them");
    }
}

/// The first look at the file is a write, and a signal may come before it is done.
#[tokio::test]
async fn who_is_asked_to_leave_in_the_middle_of_a_look_leaves() {
    let desk = Desk::open().await;
    let (outlet, no_outlet) = stop();
    let mut sending = pin!(desk.outbox.run(no_outlet));
    assert!(futures::poll!(sending.as_mut()).is_pending(), "it waits for the write");
    outlet.stop();
    let left = tokio::time::timeout(Duration::from_secs(20), sending).await;
    left.expect("it waits for a stop that has been").unwrap();
}
