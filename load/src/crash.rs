//! What becomes of updates when the bot is killed again and again while it works.

use std::time::{Duration, Instant};

use crate::Problem;
use crate::bot::{Pace, Program};
use crate::folder::Folder;
use crate::stand::{Setup, Stand};
use crate::throughput::written_by;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Crash {
    pub(crate) updates: usize,
    pub(crate) kills: usize,
    /// Updates that were never answered, and whose bot thinks that it has nothing to do.
    pub(crate) lost: usize,
    /// Answers beyond the first.
    pub(crate) repeated: usize,
}

/// So that something is under way whenever the bot dies.
const LATENCY: Duration = Duration::from_millis(5);
/// A bot for which nothing waits, and that does nothing for so long, has nothing to do.
const STILL: Duration = Duration::from_secs(3);
/// One that leaves updates lying for so long does not work. The slowest takes seconds to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everybody writes once; the bot is killed `kills` times, spread over the work, and started again
/// each time. One message each, so that a loss is not hidden by a repetition.
pub(crate) async fn measure(
    program: Program,
    folder: &Folder,
    updates: usize,
    kills: usize,
) -> Result<Crash, Problem> {
    let setup = Setup { pace: Pace::FewAtOnce, latency: LATENCY, ..Setup::FAST };
    let mut stand = Stand::set_up(program, folder, setup).await?;
    let writers: Vec<_> =
        (0..updates).map(|it| stand.playground.person(&format!("Writer {it}"), "en")).collect();
    let now = stand.playground.clock().now().timestamp();
    let messages = writers.iter().enumerate().map(|(it, who)| written_by(who, it, "/help", now));
    stand.playground.push_updates(messages.collect::<Result<Vec<_>, _>>()?);

    stand.launch()?;
    for kill in 1..=kills {
        // What a bot has lost is never answered: then it is killed because it has become still.
        work(&stand, (updates * kill / (kills + 1)) as u64).await;
        stand.kill().await?;
        stand.launch()?;
    }
    work(&stand, u64::MAX).await;
    if stand.playground.pending_updates() > 0 {
        return Err(format!("{} does not take its updates any more", program.name()).into());
    }
    stand.kill().await?;

    let answers = |it: &playground::Person| it.chat().iter().filter(|it| it.is_from_bot()).count();
    let answers: Vec<usize> = writers.iter().map(answers).collect();
    Ok(Crash {
        updates,
        kills,
        lost: answers.iter().filter(|it| **it == 0).count(),
        repeated: answers.iter().map(|it| it.saturating_sub(1)).sum(),
    })
}

/// Until so many messages were sent, or nothing is done any more.
async fn work(stand: &Stand, most: u64) {
    let mut moved = (stand.playground.count("sendMessage").done, Instant::now());
    loop {
        let idle = moved.1.elapsed();
        let nothing_waits = idle > STILL && stand.playground.pending_updates() == 0;
        if moved.0 >= most || nothing_waits || idle > PATIENCE {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
        let done = stand.playground.count("sendMessage").done;
        if done > moved.0 {
            moved = (done, Instant::now());
        }
    }
}
