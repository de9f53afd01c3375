//! Looks at the write-ahead log before SQLite does.
//!
//! SQLite takes the first frame that does not fit for the end of the log, and goes on as if nothing
//! had ever come after it. After a power cut that is right: what is torn there was never
//! acknowledged. When a bit has flipped further up, it would drop everything that was acknowledged
//! since, and say nothing.
//!
//! What tells them apart: a transaction begins only after the one before it was synced. So at most
//! one commit can be torn; whoever finds two behind the first frame that does not fit has found
//! damage. (Damage in the last transaction itself cannot be told from a power cut.)
//!
//! The format is SQLite's: <https://sqlite.org/fileformat2.html#the_write_ahead_log>.

use std::io;
use std::path::{Path, PathBuf};

const HEADER: usize = 32;
/// Before each page: its number, the file's length after a commit (0: no commit), two salts, two
/// checksums; 32 bits each.
const FRAME: usize = 24;
const MAGIC: u32 = 0x377f_0682;

/// Where the log stops making sense, although it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// The first frame that does not fit, counted from 0.
    pub(super) frame: usize,
}

/// The log of a database file.
pub(super) fn log_of(database: &Path) -> PathBuf {
    database.with_extension("db-wal")
}

/// What is wrong with the log, if anything is. A log that is not there is whole.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn look(log: &Path) -> io::Result<Option<Damage>> {
    match std::fs::read(log) {
        Ok(bytes) => Ok(damage(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn damage(log: &[u8]) -> Option<Damage> {
    let (header, frames) = log.split_at_checked(HEADER)?;
    let mut sum = Sum::of(word(header, 0));
    sum.add(&header[..24]);
    let fits = word(header, 0) & !1 == MAGIC && sum.is(&header[24..]);
    let page = word(header, 8) as usize;
    // A log that was just begun may be empty space still. Anything else is written in one sector,
    // and synced before a frame follows.
    if !fits {
        return header.iter().any(|it| *it != 0).then_some(Damage { frame: 0 });
    }
    let salts = &header[16..24];
    let mut torn = None;
    let mut commits = 0;
    for (number, frame) in frames.chunks_exact(FRAME + page).enumerate() {
        if torn.is_none() {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME..]);
            if &frame[8..16] == salts && sum.is(&frame[16..FRAME]) {
                continue;
            }
            torn = Some(number);
        }
        // What the log had before it began anew may lie behind its end: with other salts, which are
        // drawn anew each time.
        if word(frame, 4) != 0 && odd_bits(&frame[8..16], salts) <= 1 {
            commits += 1;
        }
    }
    torn.filter(|_| commits > 1).map(|frame| Damage { frame })
}

/// The running checksum over pairs of words.
struct Sum {
    big_endian: bool,
    sums: (u32, u32),
}

impl Sum {
    /// The magic number says how words are read for it.
    fn of(magic: u32) -> Self {
        Self { big_endian: magic & 1 == 1, sums: (0, 0) }
    }

    fn add(&mut self, bytes: &[u8]) {
        let (mut first, mut second) = self.sums;
        let read = if self.big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
        let (words, _) = bytes.as_chunks::<4>();
        let (pairs, _) = words.as_chunks::<2>();
        for [one, other] in pairs {
            first = first.wrapping_add(read(*one)).wrapping_add(second);
            second = second.wrapping_add(read(*other)).wrapping_add(first);
        }
        self.sums = (first, second);
    }

    fn is(&self, stored: &[u8]) -> bool {
        self.sums == (word(stored, 0), word(stored, 4))
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn odd_bits(one: &[u8], other: &[u8]) -> u32 {
    one.iter().zip(other).map(|(one, other)| (one ^ other).count_ones()).sum()
}

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, Connection};
    use sqlx_sqlite::{SqliteConnectOptions, SqliteJournalMode};

    use super::*;

    /// A log of six commits, as SQLite writes it; and where each frame begins.
    async fn log() -> (Vec<u8>, Vec<usize>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let mut conn = options.journal_mode(SqliteJournalMode::Wal).connect().await.unwrap();
        sqlx::query("create table numbers (number integer)").execute(&mut conn).await.unwrap();
        for number in 0..5 {
            let insert = sqlx::query("insert into numbers values ($1)").bind(number);
            insert.execute(&mut conn).await.unwrap();
        }
        let log = std::fs::read(log_of(&file)).unwrap();
        conn.close().await.unwrap();
        let frames = (HEADER..log.len()).step_by(FRAME + 4_096).collect();
        (log, frames)
    }

    #[tokio::test]
    async fn what_a_power_cut_leaves_is_whole() {
        let (log, frames) = log().await;
        assert_eq!(damage(&log), None);
        for length in 0..log.len() {
            assert_eq!(damage(&log[..length]), None, "{length} bytes");
        }
        let last = frames.last().unwrap();
        for sector in (*last..log.len()).step_by(512) {
            let mut torn = log.clone();
            let end = (sector + 512).min(log.len());
            torn[sector..end].fill(0);
            assert_eq!(damage(&torn), None, "from {sector}");
        }
    }

    #[tokio::test]
    async fn a_bit_that_flips_before_the_last_commit_is_damage() {
        let (log, frames) = log().await;
        let last = *frames.last().unwrap();
        for bit in (0..last * 8).step_by(61) {
            let mut flipped = log.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let frame = frames.iter().rposition(|it| *it <= bit / 8).unwrap_or(0);
            assert_eq!(damage(&flipped), Some(Damage { frame }), "bit {bit}");
        }
    }

    #[tokio::test]
    async fn what_was_there_before_the_log_began_anew_is_no_damage() {
        let (log, frames) = log().await;
        let mut old = log.clone();
        for at in &frames {
            old[at + 11] = old[at + 11].wrapping_sub(1);
            old[at + 12..at + 16].fill(0x5a);
        }
        let begun = [&log[..frames[2]], &old[frames[2]..]].concat();
        assert_eq!(damage(&begun), None);
    }
}
