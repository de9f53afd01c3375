//! The benchmark: drives fangbi and other bots as child processes of one local Telegram, with the
//! same updates, in the same run. `docs/benchmarks.md` says what the figures mean.

mod actor;
mod arrivals;
mod books;
mod bot;
mod broadcast;
mod commits;
mod crash;
mod deadlines;
mod disk;
mod echo;
mod flood;
mod folder;
mod latency;
mod open_orders;
mod peers;
mod race;
mod report;
mod sales;
mod spread;
mod stand;
mod throughput;
mod usage;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use bot::Program;
use folder::Folder;
use report::{Report, Round};
use stand::Stand;

/// What went wrong, for the person who runs the benchmark.
type Problem = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    size: Size,
    /// A small run that looks at the answers more than at the speed
    #[arg(long)]
    quick: bool,
    /// Write the figures to this file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(clap::Args, Clone, Copy, serde::Serialize)]
struct Size {
    /// How many messages are pushed at once
    #[arg(long, default_value_t = 20_000)]
    updates: usize,
    /// How many people write them
    #[arg(long, default_value_t = 1_000)]
    chats: usize,
    /// How many buttons are pressed in a second
    #[arg(long, default_value_t = 1_000)]
    rate: usize,
    /// For how many seconds
    #[arg(long, default_value_t = 10)]
    seconds: usize,
    /// How often each bot is measured
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many sales go from the wizard to the release
    #[arg(long, default_value_t = 300)]
    sales: usize,
}

impl Size {
    const QUICK: Self =
        Self { updates: 2_000, chats: 200, rate: 500, seconds: 3, rounds: 1, sales: 20 };
}

#[derive(Subcommand)]
enum What {
    /// fangbi beside the bare bot, grammY, aiogram and python-telegram-bot, killed ten times, too
    Peers(race::Size),
    /// A million orders that wait, and a thousand due each second
    Deadlines(deadlines::Size),
    /// How long a start takes with 100,000 open orders
    OpenOrders(open_orders::Size),
    /// Messages about money while 100,000 notices wait, inside Telegram's limits
    Broadcast(broadcast::Size),
    /// Honest presses while 10,000 others write junk
    Flood(flood::Size),
    /// The bare bot
    #[command(hide = true)]
    Echo {
        #[arg(long)]
        api_url: String,
        #[arg(long)]
        token: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let end = match args.what {
        Some(what) => one(what).await,
        None => {
            let size = if args.quick { Size::QUICK } else { args.size };
            measure(size, args.json).await
        }
    };
    match end {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("load: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(size: Size, json: Option<PathBuf>) -> Result<(), Problem> {
    bot::build_if_old()?;
    let folder = Folder::beside_us()?;
    let mut report = Report::new(size, disk::probe(folder.path())?);
    for round in 1..=size.rounds {
        eprintln!("round {round} of {}", size.rounds);
        report.fangbi.push(one_round(Program::Fangbi, size, &folder).await?);
        report.bare.push(one_round(Program::Bare, size, &folder).await?);
    }
    report.commits = Some(commits::measure(size, &folder).await?);
    eprintln!("{} sales", size.sales);
    report.sales = Some(sales::measure(size.sales, &folder).await?);
    print!("{report}");
    if let Some(file) = json {
        std::fs::write(&file, report.json())?;
    }
    Ok(())
}

/// Something else than the usual two bots by turns.
async fn one(what: What) -> Result<(), Problem> {
    let ready = || {
        bot::build_if_old()?;
        Folder::beside_us()
    };
    match what {
        What::Echo { api_url, token } => echo::run(&api_url, &token).await,
        What::Peers(size) => {
            print!("{}", race::measure(size, &ready()?).await?);
            Ok(())
        }
        What::Deadlines(size) => deadlines::measure(size, &ready()?).await,
        What::OpenOrders(size) => open_orders::measure(size, &ready()?).await,
        What::Broadcast(size) => broadcast::measure(size, &ready()?).await,
        What::Flood(size) => flood::measure(size, &ready()?).await,
    }
}

/// Both measurements on one running bot, so that its peak of memory is that of both.
async fn one_round(program: Program, size: Size, folder: &Folder) -> Result<Round, Problem> {
    let stand = Stand::start(program, folder).await?;
    let crowd = stand.crowd(size.chats).await?;
    let throughput = throughput::measure(&stand, &crowd, size.updates).await?;
    let latency = latency::measure(&stand, &crowd, size.rate, size.seconds, 0).await?;
    let peak_bytes = stand.usage()?.peak_bytes;
    stand.stop().await?;
    Ok(Round { throughput, latency, peak_bytes })
}
