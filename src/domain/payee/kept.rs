//! The accounts that a seller keeps here: which of them may be paid to now, and how much more.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Account, PersonalCode, RealName};
use crate::domain::UserId;
use crate::domain::money::Fen;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PayeeId(pub i64);

/// An account that is not removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: PayeeId,
    pub owner: UserId,
    pub account: Account,
    pub name: RealName,
    pub code: Option<PersonalCode>,
    pub paused: bool,
    /// The one that is offered first.
    pub is_default: bool,
    pub caps: Caps,
    /// When orders may be paid to it: a change of the account has to wait, so that its owner can
    /// hear of it first.
    pub usable_at: DateTime<Utc>,
    /// Grows with each change; buttons carry it.
    pub version: i64,
}

/// What its owner wants to take on it at most, in orders that are not cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// A calendar day in Shanghai.
    pub day: Option<Fen>,
    /// A calendar month in Shanghai.
    pub month: Option<Fen>,
}

impl Caps {
    /// Whether more could be taken with `most` in the place of one of them.
    pub fn raised_by(&self, cap: Cap, most: Option<Fen>) -> bool {
        let now = match cap {
            Cap::Day => self.day,
            Cap::Month => self.month,
        };
        match (now, most) {
            (Some(now), Some(most)) => most > now,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

/// One of the two caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    Day,
    Month,
}

impl Cap {
    pub const ALL: [Self; 2] = [Self::Day, Self::Month];
}

/// What orders of this day and of this month come to so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub day: Fen,
    pub month: Fen,
}

/// The desk's rules about accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long a changed account waits, in seconds.
    pub cool_down_seconds: u32,
    /// How long an amount stays taken after its order has closed, in seconds.
    pub quarantine_seconds: u32,
    /// Accounts of one person.
    pub most: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { cool_down_seconds: 24 * 60 * 60, quarantine_seconds: 15 * 60, most: 5 }
    }
}

impl Rules {
    /// From when an account may be used that is added now. The first one that somebody ever has
    /// need not wait: there is nothing that could have been changed.
    pub fn usable_from(&self, ever_had_one: bool, now: DateTime<Utc>) -> DateTime<Utc> {
        let wait = if ever_had_one { i64::from(self.cool_down_seconds) } else { 0 };
        now + TimeDelta::seconds(wait)
    }

    /// From when accounts may be changed whose owner turned the second factor off at `off_at`: who
    /// got hold of a single code gains nothing by turning it off.
    pub fn changeable_from(&self, off_at: DateTime<Utc>) -> DateTime<Utc> {
        self.usable_from(true, off_at)
    }

    /// Until when the amount of an order that closes now stays taken.
    pub fn quarantined_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::seconds(self.quarantine_seconds.into())
    }
}

/// Why an account cannot be used, or not be changed like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "payee", rename_all = "snake_case")]
pub enum PayeeRefusal {
    #[error("there is no such account")]
    Gone,
    #[error("it has changed since")]
    Stale,
    #[error("it is paused")]
    Paused,
    #[error("it waits until {until}")]
    Waits { until: DateTime<Utc> },
    #[error("only {left} of {cap} are left today")]
    DayCap { cap: Fen, left: Fen },
    #[error("only {left} of {cap} are left this month")]
    MonthCap { cap: Fen, left: Fen },
    #[error("a new account has to be added and to wait first")]
    NotKept,
    #[error("it is there already")]
    Known,
    #[error("at most {most} accounts")]
    TooMany { most: u32 },
    #[error("an open order is paid to it")]
    InUse,
    #[error("the second factor was turned off not long ago, no change before {until}")]
    FactorOff { until: DateTime<Utc> },
}

impl Kept {
    /// Whether an order of so many fen may be paid to it now, next to what it has taken.
    pub fn takes(&self, fen: Fen, taken: Taken, now: DateTime<Utc>) -> Result<(), PayeeRefusal> {
        if self.paused {
            return Err(PayeeRefusal::Paused);
        }
        if now < self.usable_at {
            return Err(PayeeRefusal::Waits { until: self.usable_at });
        }
        if let Some((cap, left)) = over(self.caps.day, taken.day, fen) {
            return Err(PayeeRefusal::DayCap { cap, left });
        }
        if let Some((cap, left)) = over(self.caps.month, taken.month, fen) {
            return Err(PayeeRefusal::MonthCap { cap, left });
        }
        Ok(())
    }
}

/// The cap that would be exceeded, and what is left of it.
fn over(cap: Option<Fen>, taken: Fen, wanted: Fen) -> Option<(Fen, Fen)> {
    let cap = cap?;
    let left = Fen(cap.0.saturating_sub(taken.0).max(0));
    (wanted > left).then_some((cap, left))
}

/// When the calendar day and the calendar month began that it is in Shanghai now.
pub fn began(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let today = (now.naive_utc() + SHANGHAI).date();
    // The days before today in this month; a month begins within the calendar.
    let first = today.checked_sub_days(Days::new(today.day0().into())).unwrap_or(today);
    (midnight(today), midnight(first))
}

/// Shanghai is eight hours ahead, all year.
const SHANGHAI: TimeDelta = TimeDelta::hours(8);

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - SHANGHAI).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn kept() -> Kept {
        Kept {
            id: PayeeId(1),
            owner: UserId(1001),
            account: Account::parse("13800001234").expect("a mobile number"),
            name: RealName::parse("王小明").expect("a name"),
            code: None,
            paused: false,
            is_default: true,
            caps: Caps { day: Some(Fen::yuan(1_000)), month: Some(Fen::yuan(5_000)) },
            usable_at: at("2026-11-24T00:00:00Z"),
            version: 1,
        }
    }

    #[test]
    fn an_account_takes_what_its_owner_wants_on_it() {
        let now = at("2026-11-24T00:00:00Z");
        let taken = |day, month| Taken { day: Fen::yuan(day), month: Fen::yuan(month) };
        let case = |fen, taken, expected| assert_eq!(kept().takes(fen, taken, now), expected);
        case(Fen::yuan(1_000), taken(0, 0), Ok(()));
        let (cap, left) = (Fen::yuan(1_000), Fen::yuan(300));
        case(Fen(30_001), taken(700, 700), Err(PayeeRefusal::DayCap { cap, left }));
        case(Fen(30_000), taken(700, 700), Ok(()));
        let (cap, left) = (Fen::yuan(5_000), Fen(0));
        case(Fen(1), taken(0, 6_000), Err(PayeeRefusal::MonthCap { cap, left }));
        let free = Kept { caps: Caps::default(), ..kept() };
        assert_eq!(free.takes(Fen(i64::MAX), taken(1_000_000, 1_000_000), now), Ok(()));
    }

    #[test]
    fn an_account_that_is_paused_or_new_is_not_paid_to() {
        let early = at("2026-11-23T23:59:59Z");
        let until = kept().usable_at;
        let wanted = Fen::yuan(100);
        assert_eq!(
            kept().takes(wanted, Taken::default(), early),
            Err(PayeeRefusal::Waits { until })
        );
        let paused = Kept { paused: true, ..kept() };
        assert_eq!(paused.takes(wanted, Taken::default(), until), Err(PayeeRefusal::Paused));
    }

    #[test]
    fn a_cap_is_raised_by_more_and_by_none() {
        #[track_caller]
        fn case(now: Option<i64>, most: Option<i64>, raised: bool) {
            let (now, most) = (now.map(Fen::yuan), most.map(Fen::yuan));
            let day = Caps { day: now, month: None };
            assert_eq!(day.raised_by(Cap::Day, most), raised, "{now:?} {most:?}");
            let month = Caps { day: None, month: now };
            assert_eq!(month.raised_by(Cap::Month, most), raised, "{now:?} {most:?}");
        }
        case(None, Some(1_000), false);
        case(None, None, false);
        case(Some(1_000), Some(999), false);
        case(Some(1_000), Some(1_000), false);
        case(Some(1_000), Some(1_001), true);
        case(Some(1_000), None, true);
    }

    #[test]
    fn only_the_first_account_that_somebody_ever_has_is_usable_at_once() {
        let (rules, now) = (Rules::default(), at("2026-11-24T00:00:00Z"));
        assert_eq!(rules.usable_from(false, now), now);
        assert_eq!(rules.usable_from(true, now), at("2026-11-25T00:00:00Z"));
    }

    #[test]
    fn an_amount_stays_taken_for_a_quarter_of_an_hour() {
        let now = at("2026-11-24T00:00:00Z");
        assert_eq!(Rules::default().quarantined_until(now), at("2026-11-24T00:15:00Z"));
    }

    #[test]
    fn a_day_and_a_month_begin_at_midnight_in_shanghai() {
        #[track_caller]
        fn case(now: &str, day: &str, month: &str) {
            assert_eq!(began(at(now)), (at(day), at(month)), "{now}");
        }
        case("2026-11-24T15:59:59Z", "2026-11-23T16:00:00Z", "2026-10-31T16:00:00Z");
        case("2026-11-24T16:00:00Z", "2026-11-24T16:00:00Z", "2026-10-31T16:00:00Z");
        case("2026-11-30T15:59:59Z", "2026-11-29T16:00:00Z", "2026-10-31T16:00:00Z");
        case("2026-11-30T16:00:00Z", "2026-11-30T16:00:00Z", "2026-11-30T16:00:00Z");
        case("2028-02-29T16:00:00Z", "2028-02-29T16:00:00Z", "2028-02-29T16:00:00Z");
    }
}
