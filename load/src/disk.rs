//! What this disk takes for a write that must not be lost, without any bot.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Problem;
use crate::spread::percentile;

/// The time of one append of 4 KiB with its `fdatasync`.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Probe {
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
}

/// Tries for a second.
pub(crate) fn probe(folder: &Path) -> Result<Probe, Problem> {
    const TIME: Duration = Duration::from_secs(1);
    let path = folder.join("probe");
    let mut file = File::create(&path)?;
    let page = [0x5A; 4_096];
    let mut times = Vec::new();
    let start = Instant::now();
    while start.elapsed() < TIME {
        let before = Instant::now();
        file.write_all(&page)?;
        file.sync_data()?;
        times.push(before.elapsed());
    }
    std::fs::remove_file(path)?;
    times.sort_unstable();
    let us = |share| percentile(&times, share).as_secs_f64() * 1e6;
    Ok(Probe { p50_us: us(0.5), p99_us: us(0.99) })
}
