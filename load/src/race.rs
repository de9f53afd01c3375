//! The same echo and menu work by fangbi, the bare bot, and what other people build bots with.

use std::fmt;
use std::time::{Duration, Instant};

use crate::Problem;
use crate::bot::Program;
use crate::crash::{self, Crash};
use crate::folder::Folder;
use crate::peers::Peer;
use crate::report::mib;
use crate::spread::Spread;
use crate::stand::{Setup, Stand, peers_in};
use crate::throughput::{self, Throughput};

#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Size {
    /// How many messages are pushed at once
    #[arg(long, default_value_t = 10_000)]
    messages: usize,
    /// How many presses are pushed at once
    #[arg(long, default_value_t = 5_000)]
    presses: usize,
    /// How many people they are from
    #[arg(long, default_value_t = 1_000)]
    chats: usize,
    /// How often each is measured
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many messages are to be answered while the bot is killed
    #[arg(long, default_value_t = 3_000)]
    crash_messages: usize,
    /// How often it is killed
    #[arg(long, default_value_t = 10)]
    kills: usize,
}

struct Round {
    messages: Throughput,
    presses: Throughput,
    peak_bytes: u64,
    /// From the start of its process to its first answer.
    first: Duration,
}

struct Runner {
    program: Program,
    rounds: Vec<Round>,
    crash: Option<Crash>,
}

pub(crate) struct Race {
    size: Size,
    /// fangbi is the first.
    runners: Vec<Runner>,
    /// Who does not take part, and why.
    absent: Vec<(Peer, String)>,
}

/// Installs whoever can be installed, and lets all run by turns.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<Race, Problem> {
    let mut race = Race { size, runners: Vec::new(), absent: Vec::new() };
    let mut programs = vec![Program::Fangbi, Program::Bare];
    for peer in Peer::ALL {
        eprintln!("installing {}", peer.packages().join(", "));
        match peer.install(&peers_in(folder)) {
            Ok(()) => programs.push(Program::Peer(peer)),
            Err(why) => {
                eprintln!("skipped: {}: {why}", peer.name());
                race.absent.push((peer, why.to_string()));
            }
        }
    }
    race.runners = programs
        .into_iter()
        .map(|program| Runner { program, rounds: Vec::new(), crash: None })
        .collect();
    for round in 1..=size.rounds {
        for runner in &mut race.runners {
            eprintln!("round {round} of {}: {}", size.rounds, runner.program.name());
            runner.rounds.push(one_round(runner.program, size, folder).await?);
        }
    }
    for runner in &mut race.runners {
        eprintln!("{} kills: {}", size.kills, runner.program.name());
        let crash = crash::measure(runner.program, folder, size.crash_messages, size.kills);
        runner.crash = Some(crash.await?);
    }
    Ok(race)
}

async fn one_round(program: Program, size: Size, folder: &Folder) -> Result<Round, Problem> {
    let mut stand = Stand::set_up(program, folder, Setup::FAST).await?;
    stand.playground.person("Somebody", "en").send("/start")?;
    let start = Instant::now();
    stand.launch()?;
    let first = stand.until("sendMessage", 1).await? - start;
    let crowd = stand.crowd(size.chats).await?;
    let messages = throughput::measure(&stand, &crowd, size.messages).await?;
    let presses = throughput::measure_presses(&stand, &crowd, size.presses).await?;
    let peak_bytes = stand.usage()?.peak_bytes;
    stand.kill().await?;
    Ok(Round { messages, presses, peak_bytes, first })
}

impl Runner {
    fn spread(&self, of: impl Fn(&Round) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(of))
    }
}

impl fmt::Display for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Size { messages, presses, chats, rounds, .. } = self.size;
        writeln!(
            f,
            "{messages} messages at once, then {presses} presses at once, in {chats} chats;"
        )?;
        writeln!(f, "median (min..max) of {rounds}.\n")?;
        writeln!(
            f,
            "| | messages/s, fangbi is × | messages/s | CPU a message, µs | presses/s, fangbi is × \
             | presses/s | CPU a press, µs | peak MiB | start → first answer, ms \
             | lost, repeated after kills |"
        )?;
        writeln!(f, "| --- |{}", " ---: |".repeat(9))?;
        let Some(fangbi) = self.runners.first() else { return Ok(()) };
        for it in &self.runners {
            let messages = it.spread(|it| it.messages.per_second);
            let presses = it.spread(|it| it.presses.per_second);
            let ratio = fangbi.spread(|it| it.messages.per_second).median / messages.median;
            let press_ratio = fangbi.spread(|it| it.presses.per_second).median / presses.median;
            let cpu = it.spread(|it| it.messages.cpu_us);
            let press_cpu = it.spread(|it| it.presses.cpu_us);
            let peak = it.spread(|it| mib(it.peak_bytes));
            let first = it.spread(|it| it.first.as_secs_f64() * 1e3);
            let name = match it.program {
                Program::Fangbi => "fangbi, durable",
                Program::Bare => "bare teloxide",
                Program::Peer(peer) => peer.name(),
            };
            write!(
                f,
                "| {name} | {ratio:.2} | {messages} | {cpu} | {press_ratio:.2} | {presses} "
            )?;
            write!(f, "| {press_cpu} | {peak} | {first} |")?;
            match it.crash {
                Some(Crash { updates, kills, lost, repeated }) => {
                    writeln!(f, " {lost}, {repeated} of {updates} after {kills} |")?;
                }
                None => writeln!(f, " – |")?,
            }
        }
        for (peer, why) in &self.absent {
            writeln!(f, "\nSkipped: {}: {why}.", peer.name())?;
        }
        Ok(())
    }
}
