//! Moments. Telegram's clients draw them in the reader's zone; what stands inside, for older ones,
//! is the time in Shanghai, where Alipay's bills are written.

use chrono::{DateTime, TimeDelta, Utc};

use crate::locale::Texts;
use crate::telegram::html::{Html, TimeFormat};

/// All of China keeps UTC+8, all year.
const SHANGHAI: TimeDelta = TimeDelta::hours(8);

/// "in 12 minutes", or 14:32 (UTC+8): for what is near.
pub(super) fn soon(at: DateTime<Utc>) -> Html {
    Html::new().time(at, TimeFormat::Relative, clock(at))
}

/// As [`soon`], with the minutes that are left: clients that do not count see them with each edit.
pub(super) fn counted(t: &Texts, at: DateTime<Utc>, now: DateTime<Utc>) -> Html {
    let minutes = ((at - now).num_milliseconds() + 59_999) / 60_000;
    match u32::try_from(minutes) {
        Ok(minutes @ 1..) => {
            Html::new().time(at, TimeFormat::Relative, t.time_left(clock(at), minutes))
        }
        Ok(0) | Err(_) => soon(at),
    }
}

/// "in 5 hours", or 2026-11-23 14:32 (UTC+8): for what may be another day.
pub(super) fn from_now(at: DateTime<Utc>) -> Html {
    Html::new().time(at, TimeFormat::Relative, date(at))
}

/// A date and a time, for what has been.
pub(super) fn moment(at: DateTime<Utc>) -> Html {
    Html::new().time(at, TimeFormat::DateTime, date(at))
}

/// Where nothing is drawn by the client.
pub(super) fn clock(at: DateTime<Utc>) -> String {
    (at + SHANGHAI).format("%H:%M (UTC+8)").to_string()
}

pub(super) fn date(at: DateTime<Utc>) -> String {
    (at + SHANGHAI).format("%Y-%m-%d %H:%M (UTC+8)").to_string()
}

/// Only the day, where there is no room for more.
pub(super) fn day(at: DateTime<Utc>) -> String {
    (at + SHANGHAI).format("%Y-%m-%d").to_string()
}

/// As Alipay's bills write it, for a table.
pub(super) fn seconds(at: DateTime<Utc>) -> String {
    (at + SHANGHAI).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// For a line among many of the same days.
pub(super) fn short(at: DateTime<Utc>) -> String {
    (at + SHANGHAI).format("%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;

    #[test]
    fn a_moment_is_told_as_in_shanghai() {
        let at = from_millis(1_793_000_000_000);
        assert_eq!(date(at), "2026-10-26 15:33 (UTC+8)");
        assert_eq!(clock(at), "15:33 (UTC+8)");
    }
}
