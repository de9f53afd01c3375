//! The crate's tests, with one of the mutants switched on.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fmt, thread};

use anyhow::{Result, ensure};

/// A mutant that eats memory dies of it. In KiB.
const MEMORY: u32 = 6_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Caught,
    /// The tests did not come to an end.
    Timeout,
    Missed,
    /// It does not compile, or could not be woven.
    Unviable,
}

impl Outcome {
    pub(crate) const ALL: [Self; 4] = [Self::Caught, Self::Timeout, Self::Missed, Self::Unviable];
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Caught => "caught",
            Self::Timeout => "timeout",
            Self::Missed => "missed",
            Self::Unviable => "unviable",
        })
    }
}

/// How many tests run beside each other.
pub(crate) fn cores() -> u32 {
    thread::available_parallelism().map_or(1, |it| it.get().try_into().unwrap_or(u32::MAX))
}

pub(crate) struct Tests<'a> {
    program: &'a Path,
    root: &'a Path,
    arguments: Vec<String>,
    limit: Duration,
}

impl<'a> Tests<'a> {
    /// Runs them without a mutant, which must succeed and tells how long that takes.
    pub(crate) fn new(program: &'a Path, root: &'a Path, arguments: Vec<String>) -> Result<Self> {
        let mut tests = Self { program, root, arguments, limit: Duration::from_secs(900) };
        let start = Instant::now();
        let passed = tests.run(None)?;
        let took = start.elapsed();
        ensure!(passed == Some(true), "the tests fail without a mutant: {:?}", tests.arguments);
        println!("without a mutant {:.1} s: {}", took.as_secs_f32(), tests.arguments.join(" "));
        // As many run beside each other as there are cores, and each uses all of them.
        tests.limit = Duration::from_secs(10) + took * 2 * cores();
        Ok(tests)
    }

    pub(crate) fn show(&self, mutant: usize) -> Result<Outcome> {
        Ok(match self.run(Some(mutant))? {
            Some(true) => Outcome::Missed,
            Some(false) => Outcome::Caught,
            None => Outcome::Timeout,
        })
    }

    /// Whether the tests passed; the first that fails ends them. `None`: they did not end.
    fn run(&self, mutant: Option<usize>) -> Result<Option<bool>> {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")])
            .arg(self.program)
            .args(&self.arguments)
            .current_dir(self.root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(mutant) = mutant {
            command.env("MUTANT", mutant.to_string());
        }
        let mut child = command.spawn()?;
        let (says, hears) = mpsc::channel();
        let out = child.stdout.take().map(BufReader::new);
        let reader = thread::spawn(move || {
            let lines = out.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
            let failed = lines.into_iter().any(|it| it.ends_with("... FAILED"));
            // Nobody listens any more to who was too late.
            let _ = says.send(failed);
        });
        let passed = match hears.recv_timeout(self.limit) {
            Ok(false) => Some(child.wait()?.success()),
            Ok(true) => Some(false),
            Err(_) => None,
        };
        if passed != Some(true) {
            // It may have ended by itself.
            let _ = child.kill();
            child.wait()?;
        }
        let _ = reader.join();
        Ok(passed)
    }
}
