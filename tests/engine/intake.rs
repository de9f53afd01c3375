//! The inbox when something is in its way: the file, a second poller, a damaged row.

use std::time::Duration;

use chrono::TimeDelta;
use fangbi::inbox::{InboxError, Polled};
use fangbi::store::{StoreError, WriteError};
use playground::{Fault, FaultKind};

use crate::desk::{Desk, heard_by};

const CONFLICT: &str = "Somebody else uses the bot's token";

fn failed(seconds: u64) -> Polled {
    Polled::Failed { pause: Duration::from_secs(seconds) }
}

async fn meets_another_poller(desk: &Desk) -> Polled {
    desk.telegram.fault(Fault::new(FaultKind::Conflict).method("getUpdates"));
    desk.inbox.poll_once().await.unwrap()
}

/// How often the operator heard of it.
async fn told_of_conflicts(desk: &mut Desk) -> usize {
    desk.drain().await;
    heard_by(&desk.operator).iter().filter(|it| it.starts_with(CONFLICT)).count()
}

/// Updates that came three days ago and were finished, with numbers that Telegram does not use.
async fn finished_long_ago(desk: &Desk, updates: u32) {
    let came = (desk.clock.now() - TimeDelta::days(3)).timestamp_millis();
    let made = desk.execute(format!(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < {updates})
         insert into inbox (update_id, received_at, state) select -i, {came}, 'done' from n"
    ));
    made.await.unwrap();
}

async fn long_finished(desk: &Desk) -> i64 {
    sqlx::query_scalar("select count(*) from inbox where update_id < 0")
        .fetch_one(desk.store.readers())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_batch_that_cannot_be_written_is_asked_for_again() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    desk.fail(&["insert on inbox"]).await;
    li.send("hi").unwrap();
    for pause in [1, 2, 4] {
        assert_eq!(desk.inbox.poll_once().await.unwrap(), failed(pause));
        assert_ne!(desk.telegram.pending_updates(), 0, "it is not confirmed");
    }
    desk.mend().await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"]);
}

/// Nothing will be written again: nobody waits for that.
#[tokio::test]
async fn an_inbox_ends_with_the_writer() {
    let closed = |end: &Result<Polled, InboxError>| {
        matches!(end, Err(InboxError::Store(StoreError::Write(WriteError::Closed))))
    };
    let mut desk = Desk::open().await;
    desk.drain().await;
    desk.operator.send("hi").unwrap();
    desk.loses_its_writer().await;
    let end = desk.inbox.poll_once().await;
    assert!(closed(&end), "{end:?} when it takes something in");

    let mut desk = Desk::open().await;
    desk.drain().await;
    desk.telegram.fault(Fault::new(FaultKind::Conflict).method("getUpdates"));
    desk.loses_its_writer().await;
    let end = desk.inbox.poll_once().await;
    assert!(closed(&end), "{end:?} when it gives an alarm");

    let mut desk = Desk::open().await;
    desk.drain().await;
    finished_long_ago(&desk, 5_001).await;
    desk.pass(TimeDelta::hours(1));
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(long_finished(&desk).await, 1);
    desk.loses_its_writer().await;
    let end = desk.inbox.poll_once().await;
    assert!(closed(&end), "{end:?} when it has something to forget");
}

#[tokio::test]
async fn a_second_poller_is_an_alarm_again_after_ten_quiet_minutes() {
    let mut desk = Desk::open().await;
    desk.drain().await;
    let moment = TimeDelta::milliseconds(1);
    for (quiet, told) in [(0, 1), (600_000, 2), (599_999, 2), (599_999, 2), (600_000, 3)] {
        desk.pass(moment * quiet);
        assert!(matches!(meets_another_poller(&desk).await, Polled::Failed { .. }));
        assert_eq!(told_of_conflicts(&mut desk).await, told, "after {quiet} ms");
    }
}

#[tokio::test]
async fn an_alarm_that_cannot_be_written_is_given_later() {
    let mut desk = Desk::open().await;
    desk.drain().await;
    desk.fail(&["insert on outbox"]).await;
    assert_eq!(meets_another_poller(&desk).await, failed(1));
    assert_eq!(meets_another_poller(&desk).await, failed(2));
    desk.mend().await;
    assert_eq!(meets_another_poller(&desk).await, failed(4));
    assert_eq!(meets_another_poller(&desk).await, failed(8));
    assert_eq!(told_of_conflicts(&mut desk).await, 1);
}

#[tokio::test]
async fn what_can_be_forgotten_is_looked_for_once_an_hour_and_until_nothing_is_left() {
    let mut desk = Desk::open().await;
    desk.drain().await;
    finished_long_ago(&desk, 5_001).await;
    desk.pass(TimeDelta::hours(1) - TimeDelta::milliseconds(1));
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(long_finished(&desk).await, 5_001, "not yet");
    desk.pass(TimeDelta::milliseconds(1));
    for left in [1, 0] {
        desk.inbox.poll_once().await.unwrap();
        assert_eq!(long_finished(&desk).await, left, "five thousand at once");
    }
    finished_long_ago(&desk, 1).await;
    desk.inbox.poll_once().await.unwrap();
    assert_eq!(long_finished(&desk).await, 1);
}

#[tokio::test]
async fn what_cannot_be_forgotten_is_in_nobodys_way() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    finished_long_ago(&desk, 1).await;
    desk.fail(&["delete on inbox"]).await;
    desk.pass(TimeDelta::hours(1));
    li.send("hi").unwrap();
    desk.drain().await;
    assert_eq!((heard_by(&li), long_finished(&desk).await), (vec!["you said hi".to_owned()], 1));
}

/// The disk is to blame, and not the handler: it is no failure of its own.
#[tokio::test]
async fn what_a_handler_could_not_write_is_handled_after_the_next_start() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    li.send("hi").unwrap();
    desk.inbox.poll_once().await.unwrap();
    desk.fail(&["insert on outbox"]).await;
    let end = desk.inbox.run_waiting().await;
    assert!(
        matches!(end, Err(InboxError::Store(StoreError::Write(WriteError::Unwritable { .. })))),
        "{end:?}"
    );
    let mut desk = desk.dies().await;
    desk.mend().await;
    assert_eq!(desk.inbox.run_waiting().await.unwrap(), 1);
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"]);
    let tries: i64 = sqlx::query_scalar("select max(tries) from inbox")
        .fetch_one(desk.store.readers())
        .await
        .unwrap();
    assert_eq!(tries, 0);
}

#[tokio::test]
async fn an_update_that_cannot_be_opened_any_more_is_set_aside_and_told() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.inbox.poll_once().await.unwrap();
    desk.inbox.run_waiting().await.unwrap();
    li.send("damaged").unwrap();
    li.send("hi").unwrap();
    desk.inbox.poll_once().await.unwrap();
    let first = "(select min(update_id) from inbox where state = 'waiting')";
    desk.execute(format!("update inbox set raw = x'00' where update_id = {first}")).await.unwrap();
    let mut desk = desk.dies().await;
    desk.drain().await;
    assert_eq!(heard_by(&li), ["you said hi"]);
    assert_eq!(desk.inbox_states().await, "done: 3, unread: 1");
    let alarms = heard_by(&desk.operator);
    assert!(
        alarms.iter().any(|it| it.ends_with("cannot be read and was set aside.")),
        "{alarms:?}"
    );
}

/// Its handler has written that with the effect: nobody writes it again.
#[tokio::test]
async fn what_a_handler_has_finished_is_asked_for_once() {
    let mut desk = Desk::open().await;
    desk.person("Li").send("hi").unwrap();
    desk.drain().await;
    let hi: i64 = sqlx::query_scalar("select max(update_id) from inbox where state = 'done'")
        .fetch_one(desk.store.readers())
        .await
        .unwrap();
    assert!(!desk.store.heard().take(hi), "it was taken");
}
