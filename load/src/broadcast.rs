//! Money messages in the middle of a broadcast that takes an hour, inside Telegram's limits.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::clock::Clock;
use playground::{Fault, FaultKind};

use crate::Problem;
use crate::arrivals::{Arrivals, described};
use crate::books::{Books, Plan, WINDOW};
use crate::bot::{Pace, Program, data};
use crate::folder::Folder;
use crate::stand::{Setup, Stand};

#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Size {
    /// How many notices wait to be sent
    #[arg(long, default_value_t = 100_000)]
    notices: usize,
    /// How many orders come to the end of their window each second; both sides hear of it
    #[arg(long, default_value_t = 2)]
    rate: usize,
    /// For how many seconds
    #[arg(long, default_value_t = 60)]
    seconds: usize,
    /// How much of all calls Telegram fails to answer with anything but an error, in percent
    #[arg(long, default_value_t = 0)]
    errors: u32,
    /// How long the preparations may take, in seconds
    #[arg(long, default_value_t = 60)]
    lead: u32,
}

const BUYERS: usize = 100;
/// How long a call to Telegram takes.
const LATENCY: Duration = Duration::from_millis(40);
/// What is said last may take this long.
const TAIL: Duration = Duration::from_secs(15);

/// Prints what was found.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<(), Problem> {
    let Size { notices, rate, seconds, errors, lead } = size;
    let setup = Setup { pace: Pace::Telegrams, latency: LATENCY, ..Setup::FAST };
    let mut stand = Stand::set_up(Program::Fangbi, folder, setup).await?;
    let people: Vec<_> = (0..notices + BUYERS + rate * seconds)
        .map(|it| stand.playground.person(&format!("Person {it}"), "en"))
        .collect();
    stand.acquaint(&people).await?;
    let ids: Vec<_> = people.iter().map(|it| it.id()).collect();
    let (readers, traders) = ids.split_at(notices);
    let (buyers, sellers) = traders.split_at(BUYERS);

    let clock = Clock::system();
    let first = clock.now() + TimeDelta::seconds(lead.into());
    let due = |it: usize| first + TimeDelta::milliseconds((it * 1_000 / rate) as i64);
    let plan = |(number, seller): (usize, &i64)| Plan {
        seller: *seller,
        opened_at: due(number) - TimeDelta::minutes(WINDOW.into()),
        // By then all reminders have rung.
        looked_at: Some(due(number) - TimeDelta::seconds(30)),
    };
    let books = Books::open(&data(stand.folder.path()), buyers).await?;
    let made = books.fill(&sellers.iter().enumerate().map(plan).collect::<Vec<_>>()).await?;
    books.tell(readers).await?;
    books.close().await?;
    if clock.now() + TimeDelta::seconds(10) > first {
        return Err("the preparations took too long: allow more with --lead".into());
    }

    let due_of = |seller: i64| sellers.iter().position(|it| *it == seller).map(due);
    let expected = made.iter().flat_map(|it| {
        let due = due_of(it.seller);
        [it.buyer, it.seller].into_iter().filter_map(move |who| Some(((it.id, who), due?)))
    });
    let arrivals = Arrivals::of(&stand.playground, expected);
    if errors > 0 {
        let fault = Fault::new(FaultKind::InternalError).lasting();
        stand.playground.fault(fault.probability(f64::from(errors) / 100.0));
    }
    stand.launch()?;
    let wait = |until: DateTime<Utc>| (until - clock.now()).to_std().unwrap_or_default();
    tokio::time::sleep(wait(first)).await;
    let before = stand.playground.count("sendMessage");
    tokio::time::sleep(Duration::from_secs(seconds as u64)).await;
    let after = stand.playground.count("sendMessage");

    let late = arrivals.late(TAIL).await?;
    let sent = (after.done - before.done) as f64 / seconds as f64;
    println!(
        "{notices} notices wait; {} messages about money in between, {errors} % errors:",
        late.len()
    );
    println!("from due to the chat: {}.", described(&late));
    println!("{sent:.1} messages a second, {} refused.", after.refused - before.refused);
    stand.kill().await
}
