//! Honest presses while very many others write junk.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Problem;
use crate::bot::Program;
use crate::folder::Folder;
use crate::latency::{self, Latency};
use crate::report::ms;
use crate::stand::Stand;
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
    /// For how many seconds
    #[arg(long, default_value_t = 10)]
    seconds: usize,
}

/// How many honest people there are.
const HONEST: usize = 100;
/// The junk of so much time is pushed at once.
const PUSH: Duration = Duration::from_millis(10);

/// Prints what was found.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<(), Problem> {
    let Size { junk, from, rate, seconds } = size;
    let mut stand = Stand::start(Program::Fangbi, folder).await?;
    let crowd = stand.crowd(HONEST).await?;
    let quiet = latency::measure(&stand, &crowd, rate, seconds, 0).await?;
    println!("{rate} honest presses a second, nobody else: {}", described(quiet));

    let flooders: Vec<_> =
        (0..from).map(|it| stand.playground.person(&format!("Flooder {it}"), "en")).collect();
    let now = stand.playground.clock().now().timestamp();
    let (stop, pushed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let each = junk / (Duration::from_secs(1).as_millis() / PUSH.as_millis()) as usize;
    // Written once: the flood must not cost more than it has to.
    let texts = flooders.iter().enumerate().map(|(it, who)| written_by(who, it, "spam", now));
    let texts: Vec<_> = texts.collect::<Result<_, _>>()?;
    let playground = &stand.playground;
    let flooded = std::thread::scope(|scope| {
        let (stop, pushed) = (&stop, &pushed);
        scope.spawn(move || {
            let mut junk = texts.iter().cycle();
            let mut due = Instant::now();
            while !stop.load(Ordering::Relaxed) {
                playground.push_updates(junk.by_ref().take(each).cloned());
                pushed.fetch_add(each, Ordering::Relaxed);
                due += PUSH;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
        });
        let measured = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(latency::measure(
                &stand,
                &crowd,
                rate,
                seconds,
                rate * seconds,
            ))
        });
        stop.store(true, Ordering::Relaxed);
        measured
    });
    let pushed = pushed.load(Ordering::Relaxed);
    let left = stand.playground.pending_updates();
    println!(
        "{pushed} updates of junk from {from} others, of which {left} still wait at Telegram:"
    );
    println!("{}", described(flooded?));
    stand.kill().await
}

fn described(it: Latency) -> String {
    let Latency { p50, p99, max } = it;
    format!("p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", ms(p50), ms(p99), ms(max))
}
