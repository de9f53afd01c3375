//! What was measured, for people and for machines.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Size;
use crate::commits::Commits;
use crate::disk::Probe;
use crate::latency::Latency;
use crate::sales::Sales;
use crate::spread::Spread;
use crate::throughput::Throughput;

/// What one bot did in one round.
pub(crate) struct Round {
    pub(crate) throughput: Throughput,
    pub(crate) latency: Latency,
    pub(crate) peak_bytes: u64,
}

pub(crate) struct Report {
    size: Size,
    disk: Probe,
    pub(crate) fangbi: Vec<Round>,
    pub(crate) bare: Vec<Round>,
    pub(crate) commits: Option<Commits>,
    pub(crate) sales: Option<Sales>,
}

/// One line of the table.
struct Figure {
    key: &'static str,
    name: &'static str,
    of: fn(&Round) -> f64,
}

const FIGURES: [Figure; 7] = [
    Figure { key: "updates_per_second", name: "updates/s", of: |it| it.throughput.per_second },
    Figure { key: "cpu_us_per_update", name: "CPU an update, µs", of: |it| it.throughput.cpu_us },
    Figure {
        key: "telegram_cpu_us_per_update",
        name: "CPU of the local Telegram, µs",
        of: |it| it.throughput.telegram_cpu_us,
    },
    Figure { key: "peak_mib", name: "peak memory, MiB", of: |it| mib(it.peak_bytes) },
    Figure { key: "press_p50_ms", name: "press → answer p50, ms", of: |it| ms(it.latency.p50) },
    Figure { key: "press_p99_ms", name: "press → answer p99, ms", of: |it| ms(it.latency.p99) },
    Figure { key: "press_max_ms", name: "press → answer max, ms", of: |it| ms(it.latency.max) },
];

/// What we want, of fangbi's medians.
const LEAST_RATIO: f64 = 1.0;
const MOST_MIB: f64 = 64.0;
const MOST_P99_MS: f64 = 25.0;

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub(crate) fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

impl Figure {
    fn spread(&self, rounds: &[Round]) -> Spread {
        Spread::of(rounds.iter().map(self.of))
    }

    /// fangbi's median over the bare bot's.
    fn ratio(&self, report: &Report) -> f64 {
        self.spread(&report.fangbi).median / self.spread(&report.bare).median
    }
}

impl Report {
    pub(crate) fn new(size: Size, disk: Probe) -> Self {
        Self { size, disk, fangbi: Vec::new(), bare: Vec::new(), commits: None, sales: None }
    }

    pub(crate) fn json(&self) -> String {
        let figures: serde_json::Map<String, Value> = FIGURES
            .iter()
            .map(|it| {
                let (fangbi, bare) = (it.spread(&self.fangbi), it.spread(&self.bare));
                let line = json!({ "ratio": it.ratio(self), "fangbi": fangbi, "bare": bare });
                (it.key.to_owned(), line)
            })
            .collect();
        let all = json!({
            "size": self.size,
            "figures": figures,
            "commits": self.commits,
            "sales": self.sales,
            "fdatasync": self.disk,
        });
        format!("{all:#}\n")
    }

    /// Each aim: what it is, and what was measured.
    fn aims(&self) -> [(String, f64, bool); 3] {
        let [per_second, _, _, peak, _, p99, _] = &FIGURES;
        let ratio = per_second.ratio(self);
        let (peak, p99) = (peak.spread(&self.fangbi).median, p99.spread(&self.fangbi).median);
        let rate = self.size.rate;
        [
            ("at least as many updates/s as the bare bot".to_owned(), ratio, ratio >= LEAST_RATIO),
            (format!("under {MOST_MIB} MiB"), peak, peak < MOST_MIB),
            (format!("p99 under {MOST_P99_MS} ms at {rate}/s"), p99, p99 < MOST_P99_MS),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Size { updates, chats, rate, seconds, rounds, .. } = self.size;
        writeln!(f, "{updates} messages at once, then {rate} presses/s for {seconds} s, in")?;
        writeln!(f, "{chats} chats; median (min..max) of {rounds}.\n")?;
        writeln!(f, "| | fangbi / bare | fangbi, durable | bare teloxide |")?;
        writeln!(f, "| --- | ---: | ---: | ---: |")?;
        for figure in &FIGURES {
            let (fangbi, bare) = (figure.spread(&self.fangbi), figure.spread(&self.bare));
            let ratio = figure.ratio(self);
            writeln!(f, "| {} | {ratio:.2} | {fangbi} | {bare} |", figure.name)?;
        }
        writeln!(f)?;
        if let Some(it) = self.commits {
            let Commits { commits, updates } = it;
            let each = it.updates_each();
            writeln!(f, "Updates a commit: {each:.1} ({updates} in {commits}).")?;
        }
        if let Some(it) = &self.sales {
            writeln!(
                f,
                "Whole sales: {:.1}/s ({} at once; {:.1} updates and {:.1} letters each).",
                it.per_second, it.count, it.updates_per_sale, it.letters_per_sale,
            )?;
        }
        let Probe { p50_us, p99_us } = self.disk;
        writeln!(f, "This disk: append 4 KiB + fdatasync p50 {p50_us:.0} µs, p99 {p99_us:.0} µs.")?;
        for (aim, measured, met) in self.aims() {
            let met = if met { "met" } else { "MISSED" };
            writeln!(f, "Aim: {aim}: {met} ({measured:.2}).")?;
        }
        Ok(())
    }
}
