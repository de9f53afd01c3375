//! Deadlines: sleeps until the next moment at which an order has to be looked at, and looks. On
//! the way it looks for phones that have fallen silent, and for evidence that is kept no longer.
//!
//! The moments are rows; nothing lives in a timer of the runtime. Nothing fires early, and nothing
//! fires at all while nobody could reach us.

use std::collections::HashSet;
use std::convert::Infallible;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;

use crate::app::App;
use crate::domain::order::{Fact, OrderId};
use crate::store::StoreError;

/// The longest sleep: a moment that was moved closer unseen is met so late at most.
const GLANCE: TimeDelta = TimeDelta::seconds(1);
/// Orders looked at in one round.
const ROUND: usize = 256;
/// How often old evidence is looked for.
const SWEEP: TimeDelta = TimeDelta::days(1);

pub struct Timers {
    app: App,
    /// Orders whose rows cannot be read. They hold up no other, and are said once.
    unreadable: HashSet<OrderId>,
    /// When old evidence was looked for last. It is looked for after each start.
    swept: Option<DateTime<Utc>>,
}

impl Timers {
    pub fn new(app: App) -> Self {
        Self { app, unreadable: HashSet::new(), swept: None }
    }

    /// Looks at what is due. Each order is a transaction of its own. Returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be read. That it cannot be written is waited out.
    pub async fn step(&mut self) -> Result<usize, StoreError> {
        if !self.app.may_tick().await? {
            return Ok(0);
        }
        let most = ROUND + self.unreadable.len();
        let mut due = self.app.store().due_orders(self.app.now(), most as u32).await?;
        due.retain(|id| !self.unreadable.contains(id));
        let looks = join_all(due.iter().map(|id| self.app.learn(*id, Fact::TimeCame))).await;
        let mut looked = 0;
        for (id, look) in due.into_iter().zip(looks) {
            match look {
                Ok(()) => looked += 1,
                // The writer says so itself, and tries until it can.
                Err(StoreError::Write(_)) => {}
                // Only a row that cannot be read will not be readable the next time.
                Err(error @ (StoreError::Sql(_) | StoreError::Stale { .. })) => {
                    tracing::warn!(order = %id, %error, "the clock looks at this order again");
                }
                Err(error) => {
                    tracing::error!(order = %id, %error, "the clock cannot look at this order");
                    self.unreadable.insert(id);
                }
            }
        }
        match self.app.look_for_silence().await {
            Ok(silent) => looked += silent,
            // The writer says so itself, and tries until it can.
            Err(StoreError::Write(_)) => {}
            Err(error) => return Err(error),
        }
        Ok(looked + self.sweep().await?)
    }

    /// Once a day, what the desk keeps no longer is erased, bit by bit.
    async fn sweep(&mut self) -> Result<usize, StoreError> {
        let now = self.app.now();
        if self.swept.is_some_and(|it| now - it < SWEEP) {
            return Ok(0);
        }
        match self.app.erase_old_evidence().await {
            Ok(0) => {
                self.swept = Some(now);
                Ok(0)
            }
            Ok(erased) => Ok(erased),
            // The writer says so itself, and tries until it can.
            Err(StoreError::Write(_)) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Steps and waits, for ever.
    pub async fn run(mut self) -> Result<Infallible, StoreError> {
        loop {
            while self.step().await? > 0 {}
            let glance = self.app.now() + GLANCE;
            let next = self.app.store().next_due().await?.map_or(glance, |at| at.min(glance));
            tokio::select! {
                () = self.app.rescheduled() => {}
                () = self.app.clock().wait_until(next.max(self.app.now() + TimeDelta::milliseconds(5))) => {}
            }
        }
    }
}
