//! Which updates were finished by their handler's own transaction.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Nobody asks about more than are running; a forgotten one is only marked done once more.
const MOST: usize = 10_000;

/// Filled by the writer after each commit, asked by the inbox when a handler has ended.
#[derive(Default)]
pub struct Heard(Mutex<HashSet<i64>>);

impl Heard {
    /// Notes updates whose effect is committed.
    pub(super) fn note(&self, updates: &[i64]) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.len() + updates.len() > MOST {
            heard.clear();
        }
        heard.extend(updates);
    }

    /// Whether the update was finished, told once.
    pub fn take(&self, update: i64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&update)
    }
}
