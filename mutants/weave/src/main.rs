//! Builds a crate once with many mutants, each behind a switch, and runs its tests once for each.
//!
//! `cargo mutants --list --json … | weave CRATE FOUND [STORIES..]`: which mutants there are, cargo
//! mutants says. CRATE is changed, FOUND is where the outcomes go, and STORIES are those of the
//! crate's tests that are asked first; who comes through is shown to all but what `SKIP` names.
//!
//! Compiling a crate of this size anew takes ten seconds for each mutant, its tests two.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, thread};

use anyhow::{Context, Result, ensure};

use crate::list::Mutant;
use crate::tests::{Outcome, Tests};

mod build;
mod list;
mod tests;
mod weaving;

/// Stories that try one thing thousands of times.
const SKIP: [&str; 5] = ["it::attacks", "it::bad_days", "it::crash", "it::edits", "it::sim"];

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let [root, found] = [arguments.next(), arguments.next()]
        .map(|it| it.map(PathBuf::from).context("weave CRATE FOUND [STORIES..]"));
    let (root, found, stories) = (root?, found?, arguments.collect::<Vec<_>>());
    let mutants: Vec<Mutant> = serde_json::from_reader(io::stdin())?;
    ensure!(!mutants.is_empty(), "no mutants");

    let (program, woven) = build::until_it_compiles(&root, &mutants)?;
    let all = SKIP.iter().flat_map(|it| ["--skip", it]).map(str::to_owned).collect();
    let mut outcomes: Vec<_> =
        woven.iter().map(|it| if *it { Outcome::Missed } else { Outcome::Unviable }).collect();
    for stories in [stories, all] {
        let tests = Tests::new(&program, &root, stories)?;
        let left: Vec<_> =
            (0..mutants.len()).filter(|it| outcomes[*it] == Outcome::Missed).collect();
        let shown = each(&left, |number| {
            let outcome = tests.show(number)?;
            println!("{outcome:8} {}", mutants[number].name);
            Ok((number, outcome))
        })?;
        for (number, outcome) in shown {
            outcomes[number] = outcome;
        }
        let through = outcomes.iter().filter(|it| **it == Outcome::Missed).count();
        println!("{through} of {} came through", left.len());
    }
    write(&found, &mutants, &outcomes)
}

/// As many at a time as there are cores.
fn each<T: Send>(numbers: &[usize], show: impl Fn(usize) -> Result<T> + Sync) -> Result<Vec<T>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|threads| {
        for _ in 0..tests::cores() {
            threads.spawn(|| {
                while let place = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(number) = numbers.get(place)
                {
                    let shown = show(*number);
                    done.lock().unwrap().push(shown);
                }
            });
        }
    });
    done.into_inner().unwrap().into_iter().collect()
}

/// One file for each outcome, and how many there are of each.
fn write(found: &Path, mutants: &[Mutant], outcomes: &[Outcome]) -> Result<()> {
    fs::create_dir_all(found)?;
    let mut counts = Vec::new();
    for wanted in Outcome::ALL {
        let names: Vec<_> = mutants
            .iter()
            .zip(outcomes)
            .filter(|(_, outcome)| **outcome == wanted)
            .map(|(mutant, _)| format!("{}\n", mutant.name))
            .collect();
        counts.push(format!("{} {wanted}", names.len()));
        fs::write(found.join(format!("{wanted}.txt")), names.concat())?;
    }
    println!("{} mutants: {}", mutants.len(), counts.join(", "));
    Ok(())
}
