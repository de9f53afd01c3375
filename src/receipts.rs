//! What comes from a seller's phone: two apps' messages, their signatures, and their traps.
//!
//! Everything here is a sieve. A message that passes it was written by somebody who knows the
//! phone's secret, which is all that can be said of it: it only marks.

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::from_millis;

pub mod forwarder;
pub mod vmq;

/// Part of every answer to a phone that was heard: its app can be told to look for it.
pub const KEYWORD: &str = "fangbi:ok";

/// A phone's clock may be off by so much; a message that was caught cannot be played back later.
pub const SKEW: TimeDelta = TimeDelta::minutes(5);

/// The moment that a phone signed: milliseconds, written in one way only, so that no two texts
/// mean the same moment. Thirteen digits reach from 2001 to 2286.
fn stamp(text: &str) -> Option<DateTime<Utc>> {
    let fits = text.len() == 13 && text.bytes().all(|it| it.is_ascii_digit());
    let millis: i64 = text.parse().ok().filter(|_| fits && !text.starts_with('0'))?;
    Some(from_millis(millis))
}

/// Whether a stamp is of now, as far as clocks agree.
pub fn is_fresh(stamp: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - stamp).abs() <= SKEW
}

/// In time that does not depend on where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_one_way() {
        assert_eq!(stamp("1753000000000"), Some(from_millis(1_753_000_000_000)));
        for text in [
            "",
            "0",
            "01753000000000",
            "0175300000000",
            "+175300000000",
            "175300000000",
            "17530000000000",
            "1753000000000 ",
            "１７５３０００００００００",
            "-175300000000",
        ] {
            assert_eq!(stamp(text), None, "{text}");
        }
    }

    #[test]
    fn five_minutes_either_way_are_now() {
        let now = from_millis(1_753_000_000_000);
        for (off, fresh) in [(0, true), (300, true), (-300, true), (301, false), (-301, false)] {
            assert_eq!(is_fresh(now + TimeDelta::seconds(off), now), fresh, "{off}");
        }
    }
}
