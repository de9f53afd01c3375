//! The one place where core and store meet: whatever is wanted or has happened is decided and
//! written here, in one transaction each.

mod ads;
mod arbiters;
mod bills;
mod blocks;
mod bundle;
mod chat;
mod coins;
mod devices;
mod disputes;
mod gate;
mod ladder;
mod opening;
mod orders;
mod payees;
mod people;
mod reply;
mod retention;
mod security;
mod signals;
mod stops;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;

pub use arbiters::ArbiterRefusal;
pub use blocks::{BlockRefusal, MOST_BLOCKS};
pub use bundle::Note;
pub use chat::{WriteRefusal, Writing, Written};
pub use coins::{DepositRefusal, SettleRefusal, WithdrawRefusal};
pub use devices::DeviceRefusal;
pub use disputes::{Numbered, VerdictRefusal};
pub use gate::{NumberRefusal, ReleaseRefusal, last_digits};
pub use opening::{Opening, PayTo};
pub use payees::{NotChanged, PayeeChange, PayeeWish};
pub use reply::{Origin, Reply, Talk};
pub use security::EnrolRefusal;
pub use signals::{Heard, Report};
pub use stops::StopRefusal;

use crate::clock::Clock;
use crate::domain::policy::Policy;
use crate::secrets::Seal;
use crate::store::Store;

/// How long a wizard waits for its next answer.
pub const PATIENCE: TimeDelta = TimeDelta::days(1);

/// A handle to everything that decides. Cloning gives another handle.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    seal: Seal,
    clock: Clock,
    policy: Policy,
    /// Rings when an order has a new moment to be looked at.
    rescheduled: Notify,
}

impl App {
    pub fn new(store: Store, seal: Seal, clock: Clock, policy: Policy) -> Self {
        Self(Arc::new(Inner { store, seal, clock, policy, rescheduled: Notify::new() }))
    }

    /// For questions that decide nothing.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn seal(&self) -> &Seal {
        &self.0.seal
    }

    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Waits until some order has a new moment to be looked at.
    pub async fn rescheduled(&self) {
        self.0.rescheduled.notified().await;
    }
}
