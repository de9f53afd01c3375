//! Honest presses while very many others write junk.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Problem;
use crate::bot::{Pace, Program};
use crate::folder::Folder;
use crate::latency::{self, Latency};
use crate::report::ms;
use crate::stand::{Setup, Stand};
use crate::throughput::written_by;

#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Size {
    /// How many updates of junk come in a second
    #[arg(long, default_value_t = 50_000)]
    junk: usize,
    /// How many people they are from
    #[arg(long, default_value_t = 10_000)]
    from: usize,
    /// How many honest presses come in a second
    #[arg(long, default_value_t = 50)]
    rate: usize,
    /// For how many seconds, each of the three times
    #[arg(long, default_value_t = 25)]
    seconds: usize,
}

/// How many honest people there are.
const HONEST: usize = 500;
/// The junk of so much time is pushed at once.
const PUSH: Duration = Duration::from_millis(10);

/// Prints what was found.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<(), Problem> {
    let Size { junk, from, rate, seconds } = size;
    let setup = Setup { pace: Pace::Guarded, ..Setup::FAST };
    let mut stand = Stand::set_up(Program::Fangbi, folder, setup).await?;
    stand.launch()?;
    let crowd = stand.crowd(HONEST).await?;
    let quiet = latency::measure(&stand, &crowd, rate, seconds, 0).await?;
    println!("{rate} honest presses a second, nobody else: {}", described(quiet));

    let flooders: Vec<_> =
        (0..from).map(|it| stand.playground.person(&format!("Flooder {it}"), "en")).collect();
    let (stop, pushed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let each = junk / (Duration::from_secs(1).as_millis() / PUSH.as_millis()) as usize;
    let playground = &stand.playground;
    let flooded = std::thread::scope(|scope| {
        let (stop, pushed) = (&stop, &pushed);
        let pushing = scope.spawn(move || {
            let (mut due, mut turn) = (Instant::now(), 0);
            // What one second's junk looks like is written once: it must not cost more than it has to.
            let (mut second, mut texts) = (0, Vec::new());
            while !stop.load(Ordering::Relaxed) {
                let now = playground.clock().now().timestamp();
                if second != now {
                    second = now;
                    let junk = flooders.iter().enumerate();
                    let junk = junk.map(|(it, who)| written_by(who, it, "spam", now));
                    texts = junk.collect::<Result<_, _>>()?;
                }
                playground.push_updates(texts.iter().cycle().skip(turn).take(each).cloned());
                turn = (turn + each) % texts.len();
                pushed.fetch_add(each, Ordering::Relaxed);
                due += PUSH;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            Ok::<_, Problem>(())
        });
        let measured = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let first = latency::measure(&stand, &crowd, rate, seconds, rate * seconds).await?;
                let then =
                    latency::measure(&stand, &crowd, rate, seconds, 2 * rate * seconds).await?;
                Ok::<_, Problem>((first, then))
            })
        });
        stop.store(true, Ordering::Relaxed);
        match pushing.join() {
            Ok(pushed) => pushed.and(measured),
            Err(_) => Err("whoever pushed the junk panicked".into()),
        }
    });
    let pushed = pushed.load(Ordering::Relaxed);
    let left = stand.playground.pending_updates();
    println!(
        "{pushed} updates of junk from {from} others, of which {left} still wait at Telegram:"
    );
    let (first, then) = flooded?;
    println!("at first: {}", described(first));
    println!("after {seconds} s of it: {}", described(then));
    stand.kill().await
}

fn described(it: Latency) -> String {
    let Latency { p50, p99, max } = it;
    format!("p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", ms(p50), ms(p99), ms(max))
}
