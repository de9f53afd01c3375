//! What a process has used, as Linux counts it.

use std::time::Duration;

use crate::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    /// In the program and in the kernel for it, all threads.
    pub(crate) cpu: Duration,
    /// The most memory it ever had.
    pub(crate) peak_bytes: u64,
}

impl Usage {
    pub(crate) fn of(process: u32) -> Result<Self, Problem> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let read = cpu(&stat).zip(peak(&status));
        let (cpu, peak_bytes) = read.ok_or("/proc says nothing of the bot's use")?;
        Ok(Self { cpu, peak_bytes })
    }
}

/// Fields 14 and 15, utime and stime, in hundredths of a second. The name before them may hold
/// spaces, but nothing behind its bracket does.
fn cpu(stat: &str) -> Option<Duration> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 10))
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_is_read_as_it_writes() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 999 0 5 0 120 34 0 0 20 0 4 0 55 1 2 3";
        assert_eq!(cpu(stat), Some(Duration::from_millis(1_540)));
        assert_eq!(peak("Name:\tload\nVmHWM:\t   20480 kB\nVmRSS:\t 1 kB"), Some(20_971_520));
        assert_eq!((cpu("odd"), peak("odd")), (None, None));
    }

    #[test]
    fn we_use_something() {
        assert!(Usage::of(std::process::id()).is_ok_and(|it| it.peak_bytes > 0));
    }
}
