//! Very many orders that wait for their moments, and how late the clock is when many come at once.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::clock::Clock;

use crate::Problem;
use crate::arrivals::{Arrivals, described};
use crate::books::{Books, Plan, SELLERS, WINDOW};
use crate::bot::{Program, data};
use crate::folder::Folder;
use crate::report::mib;
use crate::stand::{Setup, Stand};

#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Size {
    /// How many orders wait
    #[arg(long, default_value_t = 1_000_000)]
    orders: usize,
    /// How many of them are due each second
    #[arg(long, default_value_t = 1_000)]
    rate: usize,
    /// For how many seconds
    #[arg(long, default_value_t = 30)]
    seconds: usize,
    /// How long nothing is due before that, in seconds
    #[arg(long, default_value_t = 30)]
    idle: usize,
}

/// Their ads are taken by turns.
const BUYERS: usize = 1_000;
/// What the bot may take to start and to settle.
const START: Duration = Duration::from_secs(10);
/// What is said last may take this long.
const TAIL: Duration = Duration::from_secs(15);

/// Prints what was found.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<(), Problem> {
    let Size { orders, rate, seconds, idle } = size;
    let mut stand = Stand::set_up(Program::Fangbi, folder, Setup::FAST).await?;
    let buyers: Vec<_> =
        (0..BUYERS).map(|it| stand.playground.person(&format!("Buyer {it}"), "en")).collect();
    stand.acquaint(&buyers).await?;
    let ids: Vec<_> = buyers.iter().map(|it| it.id()).collect();
    let books = Books::open(&data(stand.folder.path()), &ids).await?;

    // Half of its window after it was opened, an order's buyer is reminded.
    let half = TimeDelta::minutes((WINDOW / 2).into());
    let plan = |number: usize, due: DateTime<Utc>| Plan {
        seller: SELLERS + number as i64,
        opened_at: due - half,
        looked_at: None,
    };
    let clock = Clock::system();
    let near = (rate * seconds).min(orders);
    let far: Vec<_> =
        (near..orders).map(|it| plan(it, clock.now() + TimeDelta::hours(12))).collect();
    eprintln!("opening {orders} orders");
    let began = Instant::now();
    for (number, some) in far.chunks(50_000).enumerate() {
        books.fill(some).await?;
        let opened = number * 50_000 + some.len();
        eprintln!("{opened} opened, {:.0} a second", opened as f64 / began.elapsed().as_secs_f64());
    }
    // Those that will be due soon come last, when it is known how long that takes.
    let each = began.elapsed().div_f64(far.len().max(1) as f64).max(Duration::from_millis(1));
    let lead = (each * near as u32).mul_f64(1.5) + START * 2 + Duration::from_secs(idle as u64);
    let first = clock.now() + TimeDelta::from_std(lead)?;
    let due = |number: usize| first + TimeDelta::microseconds((number * 1_000_000 / rate) as i64);
    let plans: Vec<_> = (0..near).map(|it| plan(it, due(it))).collect();
    let made = books.fill(&plans).await?;
    books.close().await?;

    let quiet_until = Instant::now()
        + (first - clock.now()).to_std().ok().filter(|it| *it > START).ok_or(
            "opening the orders took longer than expected: the first is due before the bot runs",
        )?;
    let arrivals = Arrivals::of(
        &stand.playground,
        made.iter().map(|it| ((it.id, it.buyer), due((it.seller - SELLERS) as usize))),
    );
    stand.launch()?;
    tokio::time::sleep(START).await;
    let (before, since) = (stand.usage()?, Instant::now());
    tokio::time::sleep(quiet_until.saturating_duration_since(Instant::now() + START / 10)).await;
    let (after, quiet) = (stand.usage()?, since.elapsed());
    let share = (after.cpu - before.cpu).as_secs_f64() / quiet.as_secs_f64();
    println!("{orders} orders wait; fangbi with nothing due for {:.0} s:", quiet.as_secs_f64());
    println!("{:.2} % of a core, {:.1} MiB at most so far.", share * 100.0, mib(after.peak_bytes));

    let busy = Duration::from_secs(seconds as u64);
    tokio::time::sleep(quiet_until.saturating_duration_since(Instant::now()) + busy).await;
    let late = arrivals.late(TAIL).await?;
    let end = stand.usage()?;
    let cpu = (end.cpu - after.cpu).as_secs_f64() / busy.as_secs_f64();
    println!("{rate} due a second for {seconds} s, from due to the reminder in the chat:");
    println!(
        "{}; {:.0} % of a core, {:.1} MiB.",
        described(&late),
        cpu * 100.0,
        mib(end.peak_bytes)
    );
    stand.kill().await
}
