//! A desk under fire: people of every character trade for virtual years, over a wire that loses,
//! doubles and reorders, beside clocks that are set and a program that dies. After each step
//! everything that must always be true is looked at.
//!
//! It is told at two levels: the pure core alone, fast; and the whole program over a real file.
//! Whatever happens follows from a seed, so what broke once breaks again, by the command that the
//! failure prints. For longer than `./check` has time:
//!
//! ```sh
//! SIM_SEEDS=20 SIM_STEPS=500000 cargo test --config profile.dev.package.fangbi.opt-level=2 \
//!     -p fangbi --test it sim::core_keeps -- --nocapture
//! ```
//!
//! What is planted (`faults.rs`) shows that it would be seen.

mod agents;
mod bot;
mod core;
mod faults;
mod laws;
mod program;

use std::collections::BTreeSet;

use fangbi::domain::order::Kind;

use self::core::Desk;
use self::faults::{Broken, Fault};
use self::program::Program;

/// A number from the environment, or what `./check` has time for.
fn told(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(it) => it.parse().unwrap_or_else(|_| panic!("{name} is a number, not {it:?}")),
        Err(_) => otherwise,
    }
}

/// The seeds of a run: one that was named, or as many as were asked for.
fn seeds(otherwise: u64) -> Vec<u64> {
    match std::env::var("SIM_SEED") {
        Ok(_) => vec![told("SIM_SEED", 0)],
        Err(_) => (1..=told("SIM_SEEDS", otherwise)).collect(),
    }
}

/// Fails with everything that it takes to see it again.
fn fails(level: &str, seed: u64, steps: u64, broken: &Broken, history: &str) -> ! {
    let Broken { step, law } = broken;
    // What broke when everything had come to rest needs all of it.
    let steps = steps.min(step + 1);
    panic!(
        "seed {seed}, step {step}: {law}\n{history}to see it again:\n  SIM_SEED={seed} \
         SIM_STEPS={steps} cargo test -p fangbi --test it sim::{level}_keeps -- --nocapture"
    );
}

#[test]
fn core_keeps_every_law() {
    let steps = told("SIM_STEPS", 48_500);
    let (mut all, mut kinds, mut requests) = (0, BTreeSet::new(), BTreeSet::new());
    let mut days = 0;
    for seed in seeds(4) {
        let mut desk = Desk::new(seed, None);
        let start = desk.now;
        if let Err(broken) = desk.runs(steps).and_then(|()| desk.comes_to_rest()) {
            fails("core", seed, steps, &broken, &desk.history());
        }
        let it = &desk.tally;
        let passed = (desk.now - start).num_days();
        println!(
            "core, seed {seed}: {} steps over {passed} days, {} opened, {} released, {} granted, \
             {} refused, {:?}",
            it.steps, it.opened, it.released, it.granted, it.refused, it.digest
        );
        (all, days) = (all + it.steps, days + passed);
        kinds.extend(it.kinds.clone());
        requests.extend(it.requests.clone());
    }
    println!("core: {all} steps, {days} days, no law broken");
    // Whoever sees too little finds nothing.
    if seeds(4).len() > 1 && steps >= 20_000 {
        assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
        assert_eq!(requests.len(), 24, "{requests:?}");
    }
}

#[test]
fn core_has_one_history_for_a_seed() {
    let plays = |seed| {
        let mut desk = Desk::new(seed, None);
        desk.runs(3_000).unwrap();
        desk.tally
    };
    assert_eq!(plays(11), plays(11));
    assert_ne!(plays(11).digest, plays(12).digest);
}

#[test]
fn core_shows_every_fault_that_others_had() {
    const STEPS: u64 = 20_000;
    let seed = told("SIM_SEED", 21);
    Desk::new(seed, None).runs(STEPS).unwrap_or_else(|it| panic!("without a fault: {it:?}"));
    for fault in Fault::ALL.into_iter().filter(|it| *it != Fault::Leaks) {
        let found = Desk::new(seed, Some(fault)).runs(STEPS);
        let Err(broken) = found else { panic!("{fault:?} is not found in {STEPS} steps") };
        println!("core: {fault:?} ({}), step {}: {}", fault.cases(), broken.step, broken.law);
    }
}

#[tokio::test]
async fn program_keeps_every_law() {
    let steps = told("SIM_STEPS", 3_000);
    let (mut all, mut days) = (0, 0);
    let (mut kinds, mut met) = (BTreeSet::new(), vec![0; 4]);
    for seed in seeds(2) {
        let mut program = Program::new(seed, None).await;
        let ran = match program.runs(steps).await {
            Ok(()) => program.comes_to_rest().await,
            Err(broken) => Err(broken),
        };
        if let Err(broken) = ran {
            fails("program", seed, steps, &broken, &program.history());
        }
        let (it, digest) = (&program.tally, program.digest().await);
        println!("program, seed {seed}: {it:?} over {} days, {digest:?}", program.days());
        kinds.extend(it.kinds.clone());
        let trouble = [it.released, it.deaths, it.outages, it.again];
        met = met.iter().zip(trouble).map(|(met, more)| met + more).collect();
        (all, days) = (all + it.steps, days + program.days());
    }
    println!("program: {all} steps, {days} days, no law broken");
    if seeds(2).len() > 1 && steps >= 3_000 {
        assert!(kinds.len() >= 10, "{kinds:?}");
        assert!(met.iter().all(|it| *it > 0), "released, deaths, outages, again: {met:?}");
    }
}

#[tokio::test]
async fn program_has_one_history_for_a_seed() {
    let mut ends = Vec::new();
    for seed in [11, 11, 12] {
        let mut program = Program::new(seed, None).await;
        program.runs(250).await.unwrap();
        ends.push((program.tally.clone(), program.digest().await));
    }
    assert_eq!(ends[0], ends[1]);
    assert_ne!(ends[0].1, ends[2].1);
}

#[tokio::test]
async fn program_shows_every_fault_that_others_had() {
    const STEPS: u64 = 1_500;
    let seed = told("SIM_SEED", 21);
    let mut last = 0;
    for fault in Fault::ALL {
        let mut program = Program::new(seed, Some(fault)).await;
        let Err(broken) = program.runs(STEPS).await else {
            panic!("{fault:?} is not found in {STEPS} steps")
        };
        println!("program: {fault:?} ({}), step {}: {}", fault.cases(), broken.step, broken.law);
        last = last.max(broken.step);
    }
    // Without a fault nothing is found where the last of them was.
    let mut program = Program::new(seed, None).await;
    program.runs(last).await.unwrap_or_else(|it| panic!("without a fault: {it:?}"));
}
