//! The benchmark: drives fangbi and a bare teloxide bot as child processes of one local Telegram,
//! with the same updates, in the same run. `docs/benchmarks.md` says what the figures mean.

mod actor;
mod bot;
mod disk;
mod echo;
mod folder;
mod latency;
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
    inside: Option<Inside>,
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
enum Inside {
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
    let end = match args.inside {
        Some(Inside::Echo { api_url, token }) => echo::run(&api_url, &token).await,
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
        for program in [Program::Fangbi, Program::Bare] {
            eprintln!("round {round} of {}: {}", size.rounds, program.name());
            report.add(program, one_round(program, size, &folder).await?);
        }
    }
    eprintln!("{} sales", size.sales);
    report.sales = Some(sales::measure(size.sales, &folder).await?);
    print!("{report}");
    if let Some(file) = json {
        std::fs::write(&file, report.json())?;
    }
    Ok(())
}

/// Both measurements on one running bot, so that its peak of memory is that of both.
async fn one_round(program: Program, size: Size, folder: &Folder) -> Result<Round, Problem> {
    let stand = Stand::start(program, folder).await?;
    let crowd = stand.crowd(size.chats).await?;
    let throughput = throughput::measure(&stand, &crowd, size.updates).await?;
    let latency = latency::measure(&stand, &crowd, size.rate, size.seconds).await?;
    let peak_bytes = stand.usage()?.peak_bytes;
    stand.stop().await?;
    Ok(Round { throughput, latency, peak_bytes })
}
