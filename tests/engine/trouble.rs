//! The outbox when something is in its way: the file, a chat, the words, Telegram.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use fangbi::outbox::{OutboxError, Step};
use fangbi::store::outbox::{Class, NewLetter, Urgency};
use fangbi::store::{StoreError, WriteError};
use playground::{Fault, FaultKind, Person};

use crate::desk::{Desk, at, heard_by, letter};

fn seconds(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

/// How often somebody was written to, whether it came or not.
fn calls_to(desk: &Desk, person: &Person) -> usize {
    desk.telegram.calls().iter().filter(|it| it.params["chat_id"] == person.id()).count()
}

#[tokio::test]
async fn what_was_sent_is_not_sent_again_while_the_file_cannot_be_written() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.enqueue(vec![letter(&li, Urgency::Money, "paid")]).await;
    desk.fail_letters().await;
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)), "a second's pause");
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["paid".to_owned()], 1));
    desk.mend().await;
    desk.outbox.step().await.unwrap();
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["paid".to_owned()], 0));
}

#[tokio::test]
async fn a_reminder_is_not_sent_before_it_can_be_marked() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.enqueue(vec![letter(&li, Urgency::Reminder, "hurry")]).await;
    desk.fail_letters().await;
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    assert_eq!((heard_by(&li), desk.letters().await), (vec![], 1));
    desk.mend().await;
    desk.drain().await;
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["hurry".to_owned()], 0));
}

#[tokio::test]
async fn a_start_waits_until_what_was_in_doubt_can_be_settled() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![letter(&li, Urgency::Money, "paid")]).await;
    desk.mark_as_tried(&[1]).await;
    desk.fail_letters().await;
    let mut desk = desk.dies().await;
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    assert_eq!(heard_by(&li), [""; 0], "nothing goes before");
    desk.mend().await;
    desk.drain().await;
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["paid".to_owned()], 0));
}

/// Nothing will be written again: nobody waits for that.
#[tokio::test]
async fn an_outbox_ends_with_the_writer() {
    let closed = |end: &Result<Step, OutboxError>| {
        matches!(end, Err(OutboxError::Store(StoreError::Write(WriteError::Closed))))
    };
    let mut desk = Desk::open().await;
    desk.loses_its_writer().await;
    let end = desk.outbox.step().await;
    assert!(closed(&end), "{end:?} at its start");

    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.enqueue(vec![letter(&li, Urgency::Money, "paid")]).await;
    desk.loses_its_writer().await;
    let end = desk.outbox.step().await;
    assert!(closed(&end), "{end:?} when it writes that the letter was sent");
}

#[tokio::test]
async fn a_letter_that_fails_is_tried_less_and_less_often_and_its_lateness_told_once() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::InternalError).person(li.id()).lasting());
    desk.enqueue(vec![letter(&li, Urgency::Money, "paid")]).await;
    for (tries, pause) in [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30].into_iter().enumerate() {
        desk.drain().await;
        assert_eq!(calls_to(&desk, &li), tries + 1);
        let told = heard_by(&desk.operator).len();
        assert_eq!(told, usize::from(tries >= 10), "after ten failures, and only then");
        let next = desk.clock.now() + seconds(pause);
        let now = desk.clock.now();
        let said = desk.outbox.step().await.unwrap().next;
        assert!(said.is_some_and(|it| now < it && it <= next), "{said:?}");
        desk.pass(seconds(pause) - TimeDelta::milliseconds(1));
        desk.drain().await;
        assert_eq!(calls_to(&desk, &li), tries + 1, "not before its time");
        desk.pass(TimeDelta::milliseconds(1));
    }
    let late = heard_by(&desk.operator);
    assert!(late[0].contains("is late") && late[0].contains("Internal Server Error"), "{late:?}");
    desk.telegram.clear_faults();
    desk.drain().await;
    assert_eq!(heard_by(&li), ["paid"]);
}

/// The spinner on a button has long stopped by then.
#[tokio::test]
async fn an_answer_to_a_press_is_given_up_after_nine_failures() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::InternalError).person(li.id()).lasting());
    let answer = letter(&li, Urgency::Reply, "pressed");
    desk.enqueue(vec![NewLetter { class: Class::Answer, ..answer }]).await;
    for tries in 1..=9 {
        assert_eq!(desk.letters().await, 1);
        desk.drain().await;
        assert_eq!(calls_to(&desk, &li), tries);
        desk.pass(seconds(30));
    }
    assert_eq!(desk.letters().await, 0);
    assert_eq!(heard_by(&desk.operator), [""; 0], "and nobody is told");
}

#[tokio::test]
async fn a_letter_that_cannot_be_read_now_holds_up_nobody_and_is_tried_again() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    let letters = ["unreadable", "nothing", "next"];
    desk.enqueue(letters.iter().map(|it| letter(&li, Urgency::Reply, it)).collect()).await;
    desk.drain().await;
    assert_eq!((heard_by(&li), desk.letters().await), (vec!["next".to_owned()], 1));
    for pause in [1, 2, 4] {
        let next = desk.clock.now() + seconds(pause);
        assert_eq!(desk.outbox.step().await.unwrap().next, Some(next));
        desk.pass(seconds(pause));
        desk.drain().await;
    }
}

#[tokio::test]
async fn while_nobody_can_be_reached_one_pause_holds_for_all() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = (0..3).map(|n| desk.person(&format!("P{n}"))).collect();
    desk.drain().await;
    let word = |text| people.iter().map(|it| letter(it, Urgency::Reply, text)).collect::<Vec<_>>();
    for round in 0..2 {
        desk.stage.unreadable.store(true, Ordering::SeqCst);
        desk.enqueue(word("first")).await;
        for pause in [1, 2, 4, 8, 16, 30, 30] {
            desk.drain().await;
            let next = desk.clock.now() + seconds(pause);
            assert_eq!(desk.outbox.step().await.unwrap().next, Some(next), "round {round}");
            // Nor does anybody else find it out again.
            desk.enqueue(word("second")).await;
            assert_eq!(desk.outbox.step().await.unwrap().next, Some(next), "round {round}");
            desk.pass(seconds(pause));
        }
        desk.stage.unreadable.store(false, Ordering::SeqCst);
        for _ in 0..7 {
            desk.drain().await;
            desk.pass(seconds(30));
        }
        assert_eq!(desk.letters().await, 0, "and then the pauses begin anew");
    }
    assert_eq!(heard_by(&people[2]).len(), 2 * (1 + 7));
}

#[tokio::test]
async fn a_card_that_is_lost_again_and_again_is_given_up() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    let card = NewLetter { class: Class::Converge, ..letter(&li, Urgency::Card, "lost card") };
    desk.enqueue(vec![card]).await;
    desk.drain().await;
    assert_eq!(desk.stage.lost_cards.load(Ordering::SeqCst), 10, "the office looked for it");
    assert_eq!((calls_to(&desk, &li), desk.letters().await), (11, 0));
}

#[tokio::test]
async fn a_letter_for_later_is_read_when_its_time_comes_near() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![letter(&li, Urgency::Reminder, "now").not_before(at(12 * 60))]).await;
    let mut desk = desk.dies().await;
    desk.drain().await;
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(5 * 60)), "the next look");
    desk.pass(TimeDelta::minutes(5));
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(10 * 60)));
    desk.pass(TimeDelta::minutes(5));
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(12 * 60)), "the letter itself");
    desk.pass(TimeDelta::minutes(2));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["now"]);
}

/// As somebody else's poll would: only this one letter waits for it to go away.
#[tokio::test]
async fn a_conflict_is_waited_for() {
    let mut desk = Desk::open().await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::Conflict).person(li.id()));
    desk.enqueue(vec![letter(&li, Urgency::Money, "a"), letter(&wang, Urgency::Money, "b")]).await;
    desk.drain().await;
    assert_eq!((heard_by(&li), heard_by(&wang)), (vec![], vec!["b".to_owned()]));
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(30)));
    desk.pass(seconds(30));
    desk.drain().await;
    assert_eq!(heard_by(&li), ["a"]);
}

#[tokio::test]
async fn a_third_file_is_fetched_a_second_later() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = (0..3).map(|n| desk.person(&format!("P{n}"))).collect();
    desk.drain().await;
    desk.enqueue(people.iter().map(|it| letter(it, Urgency::Notice, "fetch")).collect()).await;
    desk.outbox.step().await.unwrap();
    assert_eq!(desk.letters().await, 1);
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    desk.pass(seconds(1));
    desk.drain().await;
    assert_eq!(desk.letters().await, 0);
}
