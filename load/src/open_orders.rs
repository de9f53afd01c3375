//! How long a start takes when very many orders are open.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use fangbi::clock::Clock;

use crate::Problem;
use crate::arrivals::described;
use crate::books::{Books, Plan, SELLERS};
use crate::bot::{Program, data};
use crate::folder::Folder;
use crate::report::mib;
use crate::stand::{Setup, Stand};

#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Size {
    /// How many orders are open
    #[arg(long, default_value_t = 100_000)]
    orders: usize,
    /// How often the bot is started
    #[arg(long, default_value_t = 10)]
    starts: usize,
}

/// Prints what was found: with an empty database, with many orders, and after an outage.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<(), Problem> {
    let Size { orders, starts } = size;
    let mut stand = Stand::set_up(Program::Fangbi, folder, Setup::FAST).await?;
    let first = vec![first_answer(&mut stand).await?];
    println!("start → first reply, the database is made: {}", described(&first));
    println!("start → first reply, no orders: {}", described(&several(&mut stand, starts).await?));
    drop(stand);

    let mut stand = Stand::set_up(Program::Fangbi, folder, Setup::FAST).await?;
    let buyer = stand.playground.person("Buyer", "en");
    let books = Books::open(&data(stand.folder.path()), &[buyer.id()]).await?;
    let now = Clock::system().now();
    let plan = |it| Plan { seller: SELLERS + it as i64, opened_at: now, looked_at: None };
    eprintln!("opening {orders} orders");
    books.fill(&(0..orders).map(plan).collect::<Vec<_>>()).await?;
    books.close().await?;
    let times = several(&mut stand, starts).await?;
    println!("start → first reply, {orders} open orders: {}", described(&times));

    let books = Books::open(&data(stand.folder.path()), &[]).await?;
    books.was_in_touch(Clock::system().now() - TimeDelta::minutes(10)).await?;
    books.close().await?;
    stand.playground.person("Somebody", "en").send("/help")?;
    let start = Instant::now();
    let before = stand.playground.count("sendMessage").done;
    stand.launch()?;
    while stand.playground.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    println!("The same after an outage of ten minutes, which moves every clock:");
    let (taken, peak) = (start.elapsed(), stand.usage()?.peak_bytes);
    println!("updates are taken after {:.1} s; {:.0} MiB.", taken.as_secs_f64(), mib(peak));
    let said = stand.playground.count("sendMessage");
    println!("{} messages had been sent by then.", said.done + said.refused - before);
    stand.kill().await
}

async fn several(stand: &mut Stand, starts: usize) -> Result<Vec<Duration>, Problem> {
    let mut times = Vec::with_capacity(starts);
    for _ in 0..starts {
        times.push(first_answer(stand).await?);
    }
    times.sort_unstable();
    Ok(times)
}

/// From the start of the process to its answer to what was written before; then it is killed.
async fn first_answer(stand: &mut Stand) -> Result<Duration, Problem> {
    stand.playground.person("Somebody", "en").send("/help")?;
    let before = stand.playground.count("sendMessage").done;
    let start = Instant::now();
    stand.launch()?;
    let answered = stand.until("sendMessage", before + 1).await?;
    stand.kill().await?;
    Ok(answered - start)
}
