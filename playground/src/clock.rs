//! The one place of the playground that reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

/// Real time, or a time that only moves when a test moves it. Clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock(Kind);

#[derive(Clone, Debug, Default)]
enum Kind {
    #[default]
    Real,
    Manual(Arc<Manual>),
}

#[derive(Debug)]
struct Manual {
    millis: AtomicI64,
    moved: Notify,
}

impl Clock {
    pub fn real() -> Self {
        Self(Kind::Real)
    }

    pub fn manual(start: DateTime<Utc>) -> Self {
        let millis = AtomicI64::new(start.timestamp_millis());
        Self(Kind::Manual(Arc::new(Manual { millis, moved: Notify::new() })))
    }

    pub fn is_manual(&self) -> bool {
        matches!(self.0, Kind::Manual(_))
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis()).unwrap_or_default()
    }

    pub(crate) fn millis(&self) -> i64 {
        match &self.0 {
            Kind::Real => real_millis(),
            Kind::Manual(manual) => manual.millis.load(Ordering::SeqCst),
        }
    }

    /// Puts a manual clock at `time`, which may be in its past. A real clock cannot be set.
    pub fn set(&self, time: DateTime<Utc>) {
        if let Kind::Manual(manual) = &self.0 {
            manual.millis.store(time.timestamp_millis(), Ordering::SeqCst);
            manual.moved.notify_waiters();
        }
    }

    /// Moves a manual clock forward. A real clock moves by itself.
    pub fn advance(&self, by: Duration) {
        if let Kind::Manual(manual) = &self.0 {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            manual.millis.fetch_add(by, Ordering::SeqCst);
            manual.moved.notify_waiters();
        }
    }

    /// Until this clock shows `millis`: a sleep, or a wait for somebody to move a manual clock.
    pub(crate) async fn reaches(&self, millis: i64) {
        match &self.0 {
            Kind::Real => {
                let left = u64::try_from(millis - real_millis()).unwrap_or(0);
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Kind::Manual(manual) => loop {
                let moved = manual.moved.notified();
                tokio::pin!(moved);
                moved.as_mut().enable();
                if self.millis() >= millis {
                    return;
                }
                moved.await;
            },
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the playground's clock is where the time is read")]
fn real_millis() -> i64 {
    Utc::now().timestamp_millis()
}
