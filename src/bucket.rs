//! A token bucket on a clock of ours, so that tests can pass the time.

use chrono::{DateTime, TimeDelta, Utc};

/// How often something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// In the long run.
    pub per_second: u32,
    /// At once, after a pause.
    pub burst: u32,
}

/// Keeps one moment instead of a count: when the bucket would be full again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    full_at: DateTime<Utc>,
}

impl Bucket {
    /// One that is full from then on.
    pub(crate) fn full(rate: Rate, from: DateTime<Utc>) -> Self {
        Self { rate, full_at: from }
    }

    /// When it is full again, or since when it has been.
    pub(crate) fn full_at(&self) -> DateTime<Utc> {
        self.full_at
    }

    /// Takes a token if more than `reserve` are there; else says when that will be so.
    pub(crate) fn take(&mut self, now: DateTime<Utc>, reserve: u32) -> Result<(), DateTime<Utc>> {
        self.take_many(1, now, reserve)
    }

    /// Takes so many tokens if they are there and `reserve` beside them; else says when that will
    /// be so. More than the burst is asked for as if it were the burst.
    pub(crate) fn take_many(
        &mut self,
        tokens: u32,
        now: DateTime<Utc>,
        reserve: u32,
    ) -> Result<(), DateTime<Utc>> {
        let burst = self.rate.burst.max(1);
        let tokens = tokens.min(burst);
        let full_at = self.full_at.max(now);
        let allowed_at = full_at - self.token() * saturating(burst - tokens, reserve);
        if allowed_at > now {
            return Err(allowed_at);
        }
        self.full_at = full_at + self.token() * saturating(tokens, 0);
        Ok(())
    }

    pub(crate) fn is_full(&self, now: DateTime<Utc>) -> bool {
        self.full_at <= now
    }

    /// The time in which one token comes back.
    fn token(&self) -> TimeDelta {
        TimeDelta::microseconds(1_000_000 / i64::from(self.rate.per_second.max(1)))
    }
}

fn saturating(all: u32, kept: u32) -> i32 {
    i32::try_from(all.saturating_sub(kept)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;

    fn takes(bucket: &mut Bucket, ms: i64, reserve: u32) -> usize {
        (0..1_000).take_while(|_| bucket.take(from_millis(ms), reserve).is_ok()).count()
    }

    #[test]
    fn a_full_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket::full(Rate { per_second: 10, burst: 4 }, DateTime::UNIX_EPOCH);
        assert_eq!(takes(&mut bucket, 1_000, 0), 4);
        assert_eq!(bucket.take(from_millis(1_000), 0), Err(from_millis(1_100)));
        assert_eq!(takes(&mut bucket, 1_099, 0), 0);
        assert_eq!(takes(&mut bucket, 1_100, 0), 1);
        assert_eq!(takes(&mut bucket, 1_300, 0), 2);
        assert_eq!(takes(&mut bucket, 9_000, 0), 4);
    }

    #[test]
    fn a_bucket_is_full_when_all_that_was_taken_has_come_back() {
        let mut bucket = Bucket::full(Rate { per_second: 10, burst: 4 }, DateTime::UNIX_EPOCH);
        assert!(bucket.is_full(from_millis(1_000)));
        assert_eq!(takes(&mut bucket, 1_000, 2), 2);
        assert!(!bucket.is_full(from_millis(1_199)));
        assert!(bucket.is_full(from_millis(1_200)));
    }

    #[test]
    fn the_reserve_is_there_for_those_who_may_use_it() {
        let mut bucket = Bucket::full(Rate { per_second: 30, burst: 30 }, DateTime::UNIX_EPOCH);
        assert_eq!(takes(&mut bucket, 1_000, 5), 25);
        assert_eq!(takes(&mut bucket, 1_000, 0), 5);
        assert_eq!(takes(&mut bucket, 1_190, 5), 0, "five came back: the reserve comes first");
        assert_eq!(takes(&mut bucket, 1_200, 5), 1);
    }

    #[test]
    fn what_costs_more_is_had_less_often() {
        let mut bucket = Bucket::full(Rate { per_second: 10, burst: 8 }, DateTime::UNIX_EPOCH);
        assert_eq!(bucket.take_many(3, from_millis(1_000), 0), Ok(()));
        assert_eq!(bucket.take_many(3, from_millis(1_000), 0), Ok(()));
        assert_eq!(bucket.take_many(3, from_millis(1_000), 0), Err(from_millis(1_100)));
        assert_eq!(takes(&mut bucket, 1_000, 0), 2, "two are left for who needs less");
        assert_eq!(bucket.take_many(99, from_millis(1_799), 0), Err(from_millis(1_800)));
        assert_eq!(bucket.take_many(99, from_millis(1_800), 0), Ok(()), "never more than there is");
    }

    #[test]
    fn many_in_a_second_are_possible() {
        let mut bucket =
            Bucket::full(Rate { per_second: 1_000_000, burst: 1_000_000 }, DateTime::UNIX_EPOCH);
        assert_eq!(takes(&mut bucket, 1_000, 5), 1_000);
    }
}
