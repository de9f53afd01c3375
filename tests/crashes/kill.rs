//! The real program is killed again and again while people trade with it on a local Telegram: at any
//! moment, and at the points that matter. Afterwards everything that anybody has said or pressed has
//! had its effect, once.
//!
//! The program has no switch for it. Points of its talk with Telegram are points of the playground:
//! a call that gets no answer is where the program stands when it dies. Points of its commits are
//! syncs of the write-ahead log, counted by a library that is loaded before the program.

mod books;
mod bot;
mod people;

use std::time::{Duration, Instant};

use playground::{Fault, FaultKind, Limits, Options, Playground};
use torture::Dice;

use bot::Bot;
use people::People;

use crate::{as_often_as, seed};

/// Where the program dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    AnyMoment,
    /// Telegram has been asked to send a message, and has not.
    BeforeSend,
    /// It has, and we do not know.
    AfterSend,
    /// Likewise for the change of a message, and the answer to a press.
    AfterEdit,
    AfterAnswer,
    /// A batch of updates is committed, but not confirmed.
    BeforeConfirm,
    BeforeCommit,
    AfterCommit,
}

const POINTS: [Point; 8] = [
    Point::AnyMoment,
    Point::BeforeSend,
    Point::AfterSend,
    Point::AfterEdit,
    Point::AfterAnswer,
    Point::BeforeConfirm,
    Point::BeforeCommit,
    Point::AfterCommit,
];

/// How long a point is waited for; then it is any moment.
const LONGEST_LIFE: Duration = Duration::from_millis(400);
/// The longest that the program is left alone, in milliseconds.
const LIFE: u64 = 150;
/// The commits of a short life.
const COMMITS: u64 = 25;
/// A withheld effect takes place at once; this is for the machine.
const EFFECT: Duration = Duration::from_millis(5);

impl Point {
    /// The sync to die at, if it is one.
    fn sync(self, dice: &mut Dice) -> Option<String> {
        match self {
            Self::BeforeCommit => Some(format!("before:{}", dice.within(1..COMMITS))),
            Self::AfterCommit => Some(format!("after:{}", dice.within(1..COMMITS))),
            Self::AnyMoment
            | Self::BeforeSend
            | Self::AfterSend
            | Self::AfterEdit
            | Self::AfterAnswer
            | Self::BeforeConfirm => None,
        }
    }

    /// The call that is not answered, if it is one.
    fn fault(self) -> Option<Fault> {
        let (kind, method) = match self {
            Self::BeforeSend => (FaultKind::Timeout, "sendMessage"),
            Self::AfterSend => (FaultKind::LateAnswer, "sendMessage"),
            Self::AfterEdit => (FaultKind::LateAnswer, "editMessageText"),
            Self::AfterAnswer => (FaultKind::LateAnswer, "answerCallbackQuery"),
            Self::BeforeConfirm => (FaultKind::Timeout, "getUpdates"),
            Self::AnyMoment | Self::BeforeCommit | Self::AfterCommit => return None,
        };
        Some(Fault::new(kind).method(method))
    }
}

/// Lives until the point, or for as long as it may. Returns whether it died there.
async fn lives(bot: &mut Bot, telegram: &Playground, point: Point, dice: &mut Dice) -> bool {
    let sync = point.sync(dice);
    bot.starts(sync.as_deref());
    let reached = if sync.is_some() {
        tokio::time::timeout(LONGEST_LIFE, bot.ends()).await.is_ok()
    } else {
        bot.is_awake(telegram).await;
        tokio::time::sleep(Duration::from_millis(dice.within(0..LIFE))).await;
        match point.fault() {
            Some(fault) => {
                telegram.fault(fault);
                strikes(telegram).await
            }
            None => true,
        }
    };
    bot.is_killed().await;
    telegram.clear_faults();
    reached
}

async fn strikes(telegram: &Playground) -> bool {
    let start = Instant::now();
    while !telegram.faults().is_empty() {
        if start.elapsed() > LONGEST_LIFE {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(EFFECT).await;
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_nothing_and_does_nothing_twice() {
    let kills = as_often_as(100);
    let mut dice = Dice::new(seed());
    let options = Options { limits: Limits::none(), record_calls: false, ..Options::default() };
    let telegram = Playground::start(options).await.unwrap();
    let mut bot = Bot::at(&telegram);
    bot.starts(None);
    let people = People::come_in(&telegram).await;
    let start = Instant::now();

    let trade = people.trade();
    let mut at_point = std::collections::BTreeMap::<Point, usize>::new();
    for _ in 0..kills {
        let point = POINTS[dice.within(0..POINTS.len() as u64) as usize];
        bot.is_killed().await;
        let reached = lives(&mut bot, &telegram, point, &mut dice).await;
        *at_point.entry(if reached { point } else { Point::AnyMoment }).or_default() += 1;
    }
    let took = start.elapsed();
    bot.starts(None);
    let done = trade.ends().await;
    books::come_to_rest(&bot, &telegram).await;
    bot.leaves().await;

    let repeated = done.repeated(&telegram);
    assert_eq!(done.unheard(&telegram), Vec::<String>::new());
    assert!(repeated <= kills * bot::IN_FLIGHT, "{repeated} messages were repeated");
    assert!(done.sales > kills / 20, "people have traded: {} sales", done.sales);
    let problems = books::look(&bot, &done).await;
    assert!(problems.is_empty(), "after {} updates: {}", done.acts, problems.join("\n"));
    println!(
        "{kills} kills in {took:?} ({at_point:?}): {} updates, {} sales; lost 0, done twice 0; \
         plain messages repeated {repeated}",
        done.acts, done.sales
    );
}
