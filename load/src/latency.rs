//! How long a press waits for its answer, at a rate that does not depend on the bot.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::Problem;
use crate::spread::percentile;
use crate::stand::{Member, Stand};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Latency {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) max: Duration,
}

struct Press {
    /// When it is due, after the start.
    due: Duration,
    member: usize,
    button: String,
}

/// Presses `rate` buttons a second. Each time counts from the moment when the press was due, so a
/// bot that falls behind is not given any rest. So many were pressed `before` in this way: the same
/// button twice would change nothing.
pub(crate) async fn measure(
    stand: &Stand,
    crowd: &[Member],
    rate: usize,
    seconds: usize,
    before: usize,
) -> Result<Latency, Problem> {
    let presses = plan(crowd, rate, seconds, before);
    let count = presses.len() as u64;
    let answers = stand.playground.count("answerCallbackQuery").done + count;
    let edits = stand.playground.count("editMessageText").done + count;

    let people: Vec<_> = crowd.iter().map(|it| (it.person.clone(), it.page)).collect();
    let people = Arc::new(people);
    let runtime = tokio::runtime::Handle::current();
    // On a thread of its own: the runtime's timers are only good to a millisecond.
    let pressing = tokio::task::spawn_blocking(move || {
        let mut waiting = JoinSet::new();
        let start = Instant::now();
        for Press { due, member, button } in presses {
            let due = start + due;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let people = Arc::clone(&people);
            let press = async move {
                let (person, page) = &people[member];
                person.press_data(*page, &button).await.map(|_| due.elapsed())
            };
            waiting.spawn_on(press, &runtime);
        }
        waiting
    });
    let mut waiting = pressing.await?;
    let mut times = Vec::with_capacity(waiting.len());
    while let Some(time) = waiting.join_next().await {
        times.push(time??);
    }

    stand.until("answerCallbackQuery", answers).await?;
    // Every press also turned the page.
    stand.until("editMessageText", edits).await?;
    times.sort_unstable();
    let at = |share| percentile(&times, share);
    Ok(Latency { p50: at(0.5), p99: at(0.99), max: at(1.0) })
}

/// Everybody by turns, each with one button after the other.
fn plan(crowd: &[Member], rate: usize, seconds: usize, before: usize) -> Vec<Press> {
    let press = |number: usize| {
        let turn = before + number;
        let (round, member) = (turn / crowd.len(), turn % crowd.len());
        let buttons = &crowd[member].buttons;
        Press {
            due: Duration::from_secs_f64(number as f64 / rate as f64),
            member,
            button: buttons[round % buttons.len()].clone(),
        }
    };
    (0..rate * seconds).map(press).collect()
}
