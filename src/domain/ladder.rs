//! The penalty ladder: a buyer whose orders end unpaid, or whose "paid" was not true, takes no new
//! orders for a while, and for longer each time of the day.
//!
//! What is honest does not count: a mistaken "paid" that was taken back, an order that was cancelled
//! in time, a payment that went back. What the seller refuses never does.

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::log::Entry;
use super::order::{CancelledBy, Closed, Request};
use super::payee::began;

/// What a buyer has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offence {
    /// The order ended without a payment: its time ran out, or the buyer gave up after it.
    Unpaid,
    /// The buyer's "paid" was not true: it gave in, or arbiters found so.
    FalsePaid,
}

impl Offence {
    pub const ALL: [Self; 2] = [Self::Unpaid, Self::FalsePaid];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::FalsePaid => "false_paid",
        }
    }

    /// What an order that ended like this says of its buyer. `said_paid`: its "paid" stood.
    pub const fn of(closed: &Closed, said_paid: bool) -> Option<Self> {
        match closed {
            Closed::Expired { .. } | Closed::Cancelled { by: CancelledBy::GaveUp, .. } => {
                Some(Self::Unpaid)
            }
            Closed::Cancelled { by: CancelledBy::Conceded | CancelledBy::Award, .. } => {
                if said_paid { Some(Self::FalsePaid) } else { None }
            }
            Closed::Cancelled {
                by: CancelledBy::Buyer { .. } | CancelledBy::Both | CancelledBy::Refunded,
                ..
            }
            | Closed::Released { .. } => None,
        }
    }
}

/// Whether the buyer's "paid" stands, by what an order's log has, oldest first. The status alone
/// does not tell: a seller may speak of a payment, too.
pub fn says_paid<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> bool {
    entries.into_iter().fold(false, |said, entry| match entry {
        Entry::Request(Request::MarkPaid) => true,
        Entry::Request(Request::TakeBack) => false,
        Entry::Request(_)
        | Entry::Fact(_)
        | Entry::Opened { .. }
        | Entry::Said { .. }
        | Entry::Filed { .. }
        | Entry::Desk(_) => said,
    })
}

/// How long a buyer rests after the first, the second, … strike of a day in Shanghai. After more
/// than there are steps, it is the rest of that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// Minutes.
    pub steps: Vec<u32>,
}

impl Default for Ladder {
    fn default() -> Self {
        Self { steps: vec![15, 30, 60, 4 * 60] }
    }
}

impl Ladder {
    /// Until when a strike counts that comes `at` after so many `earlier` ones of its day.
    pub fn until(&self, earlier: u32, at: DateTime<Utc>) -> DateTime<Utc> {
        let step = usize::try_from(earlier).ok().and_then(|it| self.steps.get(it));
        match step {
            Some(minutes) => at + TimeDelta::minutes(i64::from(*minutes)),
            None => tomorrow(at),
        }
    }
}

/// When the next calendar day begins in Shanghai.
fn tomorrow(at: DateTime<Utc>) -> DateTime<Utc> {
    let (today, _) = began(at);
    today.checked_add_days(Days::new(1)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::order::{CancelReason, ReleasedBy};

    /// 22:00 in Shanghai, two hours before the next day.
    fn evening() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(14)
    }

    #[test]
    fn an_offence_has_the_name_that_it_is_kept_by() {
        assert_eq!(Offence::ALL.map(Offence::as_str), ["unpaid", "false_paid"]);
    }

    #[test]
    fn each_strike_of_a_day_counts_for_longer() {
        let minutes =
            |earlier| (Ladder::default().until(earlier, evening()) - evening()).num_minutes();
        assert_eq!([0, 1, 2, 3].map(minutes), [15, 30, 60, 240]);
        assert_eq!(minutes(4), 120, "the rest of the day");
        assert_eq!(minutes(99), 120);
        let midnight = evening() + TimeDelta::hours(2);
        assert_eq!(Ladder::default().until(4, midnight) - midnight, TimeDelta::days(1));
    }

    #[test]
    fn only_what_the_buyer_left_undone_counts() {
        let at = evening();
        let cancelled = |by| Closed::Cancelled { at, by };
        for said in [false, true] {
            assert_eq!(Offence::of(&Closed::Expired { at }, said), Some(Offence::Unpaid));
            let gave_up = cancelled(CancelledBy::GaveUp);
            assert_eq!(Offence::of(&gave_up, said), Some(Offence::Unpaid));
            for by in [CancelledBy::Conceded, CancelledBy::Award] {
                let found = Offence::of(&cancelled(by), said);
                assert_eq!(found, said.then_some(Offence::FalsePaid), "{by:?}");
            }
            for honest in [
                cancelled(CancelledBy::Buyer { why: CancelReason::CannotPay }),
                cancelled(CancelledBy::Both),
                cancelled(CancelledBy::Refunded),
                Closed::Released { at, by: ReleasedBy::Seller },
                Closed::Released { at, by: ReleasedBy::Award },
            ] {
                assert_eq!(Offence::of(&honest, said), None, "{honest:?}");
            }
        }
    }

    #[test]
    fn a_paid_that_was_taken_back_was_not_said() {
        let paid = Entry::Request(Request::MarkPaid);
        let back = Entry::Request(Request::TakeBack);
        let later = Entry::Request(Request::Concede);
        assert!(!says_paid([]));
        assert!(says_paid([&paid, &later]));
        assert!(!says_paid([&paid, &back, &later]));
        assert!(says_paid([&paid, &back, &paid]));
    }

    proptest! {
        /// Whatever the steps: a strike counts for some time, and never into the day after the
        /// next; without a step of its own it ends with the day.
        #[test]
        fn a_strike_counts_for_a_while_and_no_longer(
            steps in prop::collection::vec(1_u32..=1_440, 0..6),
            earlier in 0_u32..10,
            second in 0_i64..1_000_000_000,
        ) {
            let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(second);
            let most = steps.len() as u32;
            let until = Ladder { steps }.until(earlier, at);
            prop_assert!(until > at && until <= at + TimeDelta::days(1));
            if earlier >= most {
                prop_assert_eq!(began(until).0, until);
            }
        }
    }
}
