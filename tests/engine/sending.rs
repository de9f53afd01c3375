//! The sending loop while other things happen.

use std::future::poll_fn;
use std::pin::pin;

use chrono::TimeDelta;
use fangbi::outbox::OutboxError;
use fangbi::stop::{Stopper, stop};
use fangbi::store::outbox::Urgency;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use playground::Person;
use tokio::task::JoinHandle;

use crate::desk::{Desk, at, heard_by, letter, soon};

/// The loop, and what ends it.
struct Sending {
    task: JoinHandle<Result<(), OutboxError>>,
    stopper: Stopper,
}

impl Sending {
    #[expect(clippy::disallowed_methods, reason = "a test is the main of its desk")]
    fn of(desk: &mut Desk) -> Self {
        let (stopper, asked) = stop();
        let outbox = desk.take_outbox();
        Self { task: tokio::spawn(outbox.run(asked)), stopper }
    }

    /// Everything in flight ends.
    async fn ends(self) {
        self.stopper.stop();
        soon(self.task).await.unwrap().unwrap();
    }
}

/// Waits until somebody has heard all of this.
async fn hears(desk: &Desk, person: &Person, texts: &[&str]) {
    let mut events = desk.telegram.events();
    let heard = async {
        while heard_by(person) != texts {
            events.recv().await.unwrap();
        }
    };
    soon(heard).await;
}

#[tokio::test]
async fn a_card_that_changes_while_it_is_on_its_way_is_sent_once_more() {
    let mut desk = Desk::open().await;
    let li = desk.person("Li");
    desk.drain().await;
    let sending = Sending::of(&mut desk);
    let card = |text| letter(&li, Urgency::Card, text).on("card 7");
    desk.enqueue(vec![card("slow 10 min")]).await;
    soon(desk.stage.waits_for_words(1)).await;
    desk.enqueue(vec![card("9 min")]).await;
    desk.stage.words.add_permits(1);
    hears(&desk, &li, &["slow 10 min", "9 min"]).await;
    sending.ends().await;
    assert_eq!(desk.letters().await, 0);
}

#[tokio::test]
async fn what_is_on_its_way_is_not_sent_again_when_the_file_is_read() {
    let mut desk = Desk::open().await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    desk.drain().await;
    let sending = Sending::of(&mut desk);
    desk.enqueue(vec![letter(&li, Urgency::Money, "slow money")]).await;
    soon(desk.stage.waits_for_words(1)).await;
    // Every five minutes the file is read, and there the letter still waits.
    desk.pass(TimeDelta::minutes(5));
    desk.enqueue(vec![letter(&wang, Urgency::Money, "prompt money")]).await;
    hears(&desk, &wang, &["prompt money"]).await;
    desk.stage.words.add_permits(9);
    desk.enqueue(vec![letter(&li, Urgency::Money, "more")]).await;
    hears(&desk, &li, &["slow money", "more"]).await;
    sending.ends().await;
    assert_eq!((heard_by(&li).len(), desk.letters().await), (2, 0));
}

#[tokio::test]
async fn no_more_letters_are_on_their_way_than_may_be() {
    let mut desk = Desk::open().await;
    let people: Vec<_> = (0..17).map(|n| desk.person(&format!("P{n}"))).collect();
    desk.drain().await;
    let sending = Sending::of(&mut desk);
    desk.enqueue(people.iter().map(|it| letter(it, Urgency::Reply, "slow")).collect()).await;
    soon(desk.stage.waits_for_words(16)).await;
    // The loop has been through all that it could start.
    desk.enqueue(vec![letter(&people[0], Urgency::Notice, "later")]).await;
    assert_eq!(desk.stage.slow(), 16);
    desk.stage.words.add_permits(17);
    hears(&desk, &people[16], &["slow"]).await;
    hears(&desk, &people[0], &["slow", "later"]).await;
    sending.ends().await;
}

/// A second's pause for the disk, whatever else happens in it.
#[tokio::test]
async fn a_file_that_could_not_be_written_is_left_alone_for_a_second() {
    let mut desk = Desk::open().await;
    let (li, wang) = (desk.person("Li"), desk.person("Wang"));
    desk.drain().await;
    desk.enqueue(vec![letter(&li, Urgency::Money, "paid")]).await;
    desk.fail_letters().await;
    assert_eq!(desk.outbox.step().await.unwrap().next, Some(at(1)));
    desk.enqueue(vec![letter(&wang, Urgency::Money, "first")]).await;
    let sending = Sending::of(&mut desk);
    hears(&desk, &wang, &["first"]).await;
    desk.mend().await;
    desk.enqueue(vec![letter(&wang, Urgency::Money, "second")]).await;
    hears(&desk, &wang, &["first", "second"]).await;
    assert_eq!(desk.letters().await, 3, "nothing was written meanwhile");
    desk.pass(TimeDelta::seconds(1));
    sending.ends().await;
    assert_eq!(desk.letters().await, 0);
    assert_eq!(heard_by(&li), ["paid"]);
}

/// Once the file can be written, nothing is left to wait for.
#[tokio::test]
async fn a_start_that_had_to_wait_for_the_file_comes_to_rest() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![letter(&li, Urgency::Reminder, "hurry")]).await;
    desk.mark_as_tried(&[1]).await;
    desk.fail_letters().await;
    let mut desk = desk.dies().await;
    let (_stopper, asked) = stop();
    let mut running = pin!(desk.take_outbox().run(asked));
    let mut woken = 0;
    // Where there are several, each is polled only when it is woken itself.
    let mut alone: FuturesUnordered<_> = [poll_fn(|cx| {
        woken += 1;
        running.as_mut().poll(cx)
    })]
    .into_iter()
    .collect();
    let others = async {
        let reads = async |times| {
            for _ in 0..times {
                desk.store.pulse().await.unwrap();
            }
        };
        reads(50).await;
        desk.mend().await;
        desk.pass(TimeDelta::seconds(1));
        reads(200).await;
    };
    tokio::select! {
        Some(end) = alone.next() => end.unwrap(),
        () = others => {}
    }
    drop(alone);
    assert!(woken < 80, "woken {woken} times");
    assert_eq!((heard_by(&li), desk.letters().await), (vec![], 0), "it was dropped");
}
