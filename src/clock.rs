//! The only place that reads the time. Everything else is told what time it is.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use tokio::sync::watch;

/// The longest single sleep: a wall clock that is set forward is noticed after this.
const GLANCE: Duration = Duration::from_secs(1);

/// Tells the time in whole milliseconds UTC. Cloning gives another handle of the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Test(Arc<watch::Sender<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until somebody moves it.
    pub fn test(start: DateTime<Utc>) -> Self {
        Self(Source::Test(Arc::new(watch::Sender::new(start.trunc_subsecs(3)))))
    }

    /// The time, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_now(),
            Source::Test(now) => *now.borrow(),
        }
    }

    /// Moves a test clock forward. The machine's clock cannot be moved: nothing happens.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.now() + by);
    }

    /// Sets a test clock. The machine's clock cannot be set: nothing happens.
    pub fn set(&self, to: DateTime<Utc>) {
        match &self.0 {
            Source::System => {}
            Source::Test(now) => {
                now.send_replace(to.trunc_subsecs(3));
            }
        }
    }

    /// Waits until the clock shows `at` or later: never returns early, by whichever clock.
    pub async fn wait_until(&self, at: DateTime<Utc>) {
        match &self.0 {
            Source::System => {
                while let Ok(left) = (at - system_now()).to_std()
                    && !left.is_zero()
                {
                    tokio::time::sleep(left.min(GLANCE)).await;
                }
            }
            Source::Test(now) => {
                // The sender lives in `self`, so the wait can only end because it is time.
                let _ = now.subscribe().wait_for(|now| *now >= at).await;
            }
        }
    }

    /// Waits for `time` from now.
    pub async fn wait(&self, time: Duration) {
        let time = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
        let at = self.now().checked_add_signed(time).unwrap_or(DateTime::<Utc>::MAX_UTC);
        self.wait_until(at).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
fn system_now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}

/// A time as it is stored: milliseconds UTC.
pub fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A stored time; one that is out of chrono's range becomes the nearest end of it.
pub fn from_millis(at: i64) -> DateTime<Utc> {
    let end = if at < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    DateTime::from_timestamp_millis(at).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn a_test_clock_stands_still_until_it_is_moved() {
        let clock = Clock::test(from_millis(1_000));
        let other = clock.clone();
        assert_eq!(clock.now(), clock.now());
        other.advance(TimeDelta::milliseconds(5));
        assert_eq!(millis(clock.now()), 1_005);
    }

    #[test]
    fn waiting_ends_when_it_is_time_and_not_before() {
        let clock = Clock::test(from_millis(0));
        let mut wait = Box::pin(clock.wait(Duration::from_secs(1)));
        assert_eq!(wait.as_mut().now_or_never(), None);
        clock.advance(TimeDelta::milliseconds(999));
        assert_eq!(wait.as_mut().now_or_never(), None);
        clock.advance(TimeDelta::milliseconds(1));
        assert_eq!(wait.as_mut().now_or_never(), Some(()));
    }

    #[test]
    fn the_time_has_whole_milliseconds() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1_000_000, 0);
    }
}
