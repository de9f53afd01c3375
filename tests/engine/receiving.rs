//! The two receiving loops: one polls, the other hands out what waits.

use std::sync::Arc;

use fangbi::inbox::InboxError;
use fangbi::stop::stop;
use tokio::task::JoinHandle;

use crate::desk::{Desk, soon};

#[expect(clippy::disallowed_methods, reason = "a test is the main of its desk")]
fn beside(
    work: impl Future<Output = Result<(), InboxError>> + Send + 'static,
) -> JoinHandle<Result<(), InboxError>> {
    tokio::spawn(work)
}

async fn until_there_are(desk: &Desk, states: &str) {
    let there = async { while desk.inbox_states().await != states {} };
    soon(there).await;
}

/// What it has not given yet, Telegram keeps for a day; what we have read fills our memory.
#[tokio::test]
async fn no_more_is_polled_than_there_is_room_for_until_some_of_it_is_handled() {
    let desk = Desk::open().await;
    let people: Vec<_> = (0..23).map(|n| desk.person(&format!("P{n}"))).collect();
    for person in &people {
        (0..100).for_each(|n| drop(person.send(&format!("{n}")).unwrap()));
    }
    let (stopper, asked) = stop();
    let polling = beside(Arc::clone(&desk.inbox).poll(asked.clone()));
    until_there_are(&desk, "waiting: 2100").await;
    for _ in 0..50 {
        assert_eq!(desk.inbox_states().await, "waiting: 2100");
    }
    let handling = beside(Arc::clone(&desk.inbox).handle(asked));
    until_there_are(&desk, "done: 2324").await;
    assert_eq!(desk.letters().await, 2_300);
    stopper.stop();
    for task in [polling, handling] {
        soon(task).await.unwrap().unwrap();
    }
}
