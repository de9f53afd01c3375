use chrono::TimeDelta;
use fangbi::inbox::{InboxError, Polled};
use playground::{Fault, FaultKind};
use serde_json::json;

use crate::desk::{Desk, SORRY, TOO_FAST, heard_by};

#[tokio::test]
async fn every_message_is_answered_once_and_in_order() {
    let mut desk = Desk::open().await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    for text in ["a", "b", "c"] {
        li.send(text).unwrap();
        wang.send(text).unwrap();
    }
    desk.drain().await;
    for person in [li, wang] {
        assert_eq!(heard_by(&person), ["you said a", "you said b", "you said c"]);
    }
    assert_eq!((desk.letters().await, desk.telegram.pending_updates()), (0, 0));
}

#[tokio::test]
async fn an_update_is_confirmed_only_after_it_is_on_the_disk() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    li.send("hi").unwrap();
    desk.inbox.poll_once().await.unwrap();
    assert_ne!(desk.telegram.pending_updates(), 0, "the offset comes with the next poll");
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(desk.telegram.pending_updates(), 0);

    let mut desk = desk.dies().await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"], "Telegram has forgotten it, we have not");
}

#[tokio::test]
async fn an_update_that_comes_again_is_not_handled_again() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.telegram.fault(Fault::new(FaultKind::DuplicateUpdates).method("getUpdates").times(9));
    li.send("once").unwrap();
    desk.inbox.poll_once().await.unwrap();
    desk.inbox.run_waiting().await.unwrap();

    let mut desk = desk.dies().await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said once"]);
}

#[tokio::test]
async fn a_death_at_any_step_loses_nothing_and_does_nothing_twice() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    for step in 0..4 {
        li.send(&format!("step {step}")).unwrap();
        if step > 0 {
            desk.inbox.poll_once().await.unwrap();
        }
        if step > 1 {
            desk.inbox.run_waiting().await.unwrap();
        }
        if step > 2 {
            desk.outbox.step().await.unwrap();
        }
        desk = desk.dies().await;
        desk.drain().await;
    }
    let expected: Vec<_> = (0..4).map(|step| format!("you said step {step}")).collect();
    assert_eq!(heard_by(&li), expected);
}

#[tokio::test]
async fn update_ids_may_start_anew_at_a_lower_number() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.telegram.set_next_update_id(900_000);
    li.send("before").unwrap();
    desk.drain().await;
    desk.telegram.set_next_update_id(17);
    li.send("after").unwrap();
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said before", "you said after"]);
}

#[tokio::test]
async fn a_handler_that_panics_is_tried_three_times_and_holds_nobody_up() {
    let mut desk = Desk::open().await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    desk.drain().await;
    li.send("/panic").unwrap();
    li.send("next").unwrap();
    wang.send("hi").unwrap();
    desk.drain().await;
    assert_eq!(heard_by(&li), [SORRY, "you said next"]);
    assert_eq!(heard_by(&wang), ["you said hi"]);
    let alarms = heard_by(&desk.operator);
    assert!(
        alarms.last().unwrap().ends_with("failed three times and was set aside."),
        "{alarms:?}"
    );
    assert_eq!(desk.inbox_states().await, "dead: 1, done: 5");
}

#[tokio::test]
async fn what_a_failing_handler_wrote_is_undone_and_its_tries_survive_a_death() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    li.send("/fail").unwrap();
    desk.drain().await;
    assert_eq!(desk.inbox_states().await, "dead: 1, done: 2");
    let tries: i64 = sqlx::query_scalar("select tries from inbox where state = 'dead'")
        .fetch_one(desk.store.readers())
        .await
        .unwrap();
    assert_eq!(tries, 3);
    assert_eq!(heard_by(&li), [SORRY]);
}

#[tokio::test]
async fn what_nobody_routes_and_what_nobody_answers_is_done() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    li.send("/unrouted").unwrap();
    li.send("/silent").unwrap();
    li.send("hi").unwrap();
    desk.drain().await;
    assert_eq!(desk.inbox_states().await, "done: 5");
    assert_eq!(heard_by(&li), ["you said /unrouted", "you said hi"]);
}

#[tokio::test]
async fn an_update_that_cannot_be_read_is_kept_and_told() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    let id = desk.telegram.push_update(json!({ "brand_new_kind": { "x": 1 } }));
    li.send("hi").unwrap();
    desk.drain().await;
    let alarm = format!("Update {id} cannot be read and was set aside.");
    assert!(heard_by(&desk.operator).contains(&alarm));
    assert_eq!(heard_by(&li), ["you said hi"]);
}

#[tokio::test]
async fn a_second_poller_is_an_alarm_and_no_reason_to_leave() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::Conflict).method("getUpdates").times(2));
    li.send("hi").unwrap();
    for _ in 0..2 {
        let polled = desk.inbox.poll_once().await.unwrap();
        assert!(matches!(polled, Polled::Failed { .. }), "{polled:?}");
    }
    assert!(desk.inbox.contact().borrow().conflict.is_some());
    desk.drain().await;
    let alarms = heard_by(&desk.operator);
    let told = alarms.iter().filter(|it| it.starts_with("Somebody else uses the bot's token"));
    assert_eq!(told.count(), 1, "told once: {alarms:?}");
    assert_eq!(heard_by(&li), ["you said hi"]);
}

/// Two programs may overlap for a moment when one takes the other's place.
#[tokio::test]
async fn after_a_second_poller_we_are_back_soon() {
    let mut desk = Desk::open().await;
    desk.drain().await;
    let conflict = |times| Fault::new(FaultKind::Conflict).method("getUpdates").times(times);
    let pauses = async |times| {
        desk.telegram.fault(conflict(times));
        let mut pauses = Vec::new();
        while let Polled::Failed { pause } = desk.inbox.poll_once().await.unwrap() {
            pauses.push(pause.as_secs());
        }
        pauses
    };
    assert_eq!(pauses(7).await, [1, 2, 4, 8, 16, 30, 30]);
    assert_eq!(pauses(2).await, [1, 2], "a good poll lay between");
}

#[tokio::test]
async fn a_failing_telegram_is_asked_again_and_again() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    for kind in [FaultKind::BadGatewayHtml, FaultKind::InternalError, FaultKind::HangUp] {
        desk.telegram.fault(Fault::new(kind).method("getUpdates"));
        let polled = desk.inbox.poll_once().await.unwrap();
        assert!(matches!(polled, Polled::Failed { .. }), "{polled:?}");
    }
    li.send("hi").unwrap();
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"]);
}

#[tokio::test]
async fn a_token_that_is_not_valid_ends_the_inbox() {
    let desk = Desk::open().await;
    let inbox = desk.inbox_with_token("42:another-token");
    let end = inbox.poll_once().await;
    assert!(matches!(end, Err(InboxError::Unauthorized)), "{end:?}");
}

#[tokio::test]
async fn a_flood_of_many_people_is_answered_to_the_last() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = (0..200).map(|n| desk.person(&format!("P{n}"))).collect();
    for round in 0..3 {
        for person in &people {
            person.send(&format!("{round}")).unwrap();
        }
    }
    desk.drain().await;
    for person in &people {
        assert_eq!(heard_by(person), ["you said 0", "you said 1", "you said 2"]);
    }
}

#[tokio::test]
async fn finished_updates_are_forgotten_after_two_days() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    li.send("hi").unwrap();
    desk.drain().await;
    assert_eq!(desk.inbox_states().await, "done: 3");
    desk.pass(TimeDelta::hours(47));
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(desk.inbox_states().await, "done: 3");
    desk.pass(TimeDelta::hours(2));
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(desk.inbox_states().await, "");
}

#[tokio::test]
async fn who_sends_a_flood_is_told_so_once_and_holds_nobody_up() {
    let mut desk = Desk::open().await;
    let (li, mallory) = (desk.person("Li"), desk.person("Mallory"));
    for number in 0..450 {
        mallory.send(&format!("junk {number}")).unwrap();
    }
    li.send("hi").unwrap();
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"]);
    let answers = heard_by(&mallory);
    assert_eq!(answers.iter().filter(|it| *it == TOO_FAST).count(), 1);
    let read = answers.iter().filter(|it| it.starts_with("you said junk")).count();
    assert_eq!(read, 299, "three hundred with the first contact");
    assert_eq!((desk.letters().await, desk.telegram.pending_updates()), (0, 0));

    desk.pass(TimeDelta::seconds(2));
    mallory.send("sorry").unwrap();
    desk.drain().await;
    assert_eq!(heard_by(&mallory).last().unwrap(), "you said sorry");
}

/// A restart begins with what Telegram has kept meanwhile: that nobody was quick enough to read it
/// is not its sender's fault.
#[tokio::test]
async fn what_was_written_over_a_day_while_we_were_away_is_all_read() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    for number in 0..600 {
        li.send(&format!("{number}")).unwrap();
        desk.pass(TimeDelta::seconds(60));
    }
    desk.drain().await;
    assert_eq!(heard_by(&li).len(), 600);
    assert!(!heard_by(&li).contains(&TOO_FAST.to_owned()));
}
