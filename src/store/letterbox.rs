//! Letters on their way from a commit to the outbox, without a detour through the file.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::outbox::Letter;

/// What lies here is in the file too: when it becomes too much, the outbox reads the file.
const MOST: usize = 4_096;

/// Filled by the writer after each commit, emptied by the outbox.
#[derive(Default)]
pub struct Letterbox {
    tray: Mutex<Tray>,
    bell: Notify,
}

/// What has come since the last look.
#[derive(Default)]
pub struct Tray {
    pub letters: Vec<Letter>,
    /// There were more than could be kept here: read the file.
    pub overflowed: bool,
}

impl Letterbox {
    /// Adds letters that are committed, and wakes the outbox.
    pub(super) fn post(&self, letters: Vec<Letter>) {
        if letters.is_empty() {
            return;
        }
        let mut tray = self.tray.lock().unwrap_or_else(PoisonError::into_inner);
        if tray.overflowed || tray.letters.len() + letters.len() > MOST {
            *tray = Tray { letters: Vec::new(), overflowed: true };
        } else if tray.letters.is_empty() {
            tray.letters = letters;
        } else {
            tray.letters.extend(letters);
        }
        drop(tray);
        self.bell.notify_one();
    }

    /// Takes what has come.
    pub fn take(&self) -> Tray {
        std::mem::take(&mut *self.tray.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until something has come.
    pub async fn rings(&self) {
        self.bell.notified().await;
    }
}
