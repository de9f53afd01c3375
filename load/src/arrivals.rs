//! When messages about orders reach people's chats.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use fangbi::clock::Clock;
use fangbi::domain::order::OrderId;
use playground::{Event, Playground};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use crate::Problem;
use crate::spread::percentile;

/// An order and the person who is to hear of it.
type Expected = (OrderId, i64);

/// How often it is looked whether all have come.
const LOOK: Duration = Duration::from_millis(50);

pub(crate) struct Arrivals {
    waiting: Arc<Mutex<Waiting>>,
    _listening: JoinSet<()>,
}

#[derive(Default)]
struct Waiting {
    due: HashMap<Expected, DateTime<Utc>>,
    late: Vec<Duration>,
    /// Messages that came before they were due.
    early: usize,
    /// Messages that were not looked at, because there were too many at once.
    unseen: u64,
}

impl Arrivals {
    /// Waits for the first message about each of these, due at that time.
    pub(crate) fn of(
        playground: &Playground,
        due: impl IntoIterator<Item = (Expected, DateTime<Utc>)>,
    ) -> Self {
        let due = due.into_iter().collect();
        let waiting = Arc::new(Mutex::new(Waiting { due, ..Waiting::default() }));
        let (mut events, noted) = (playground.events(), Arc::clone(&waiting));
        let mut listening = JoinSet::new();
        listening.spawn(async move {
            let clock = Clock::system();
            loop {
                match events.recv().await {
                    Ok(Event::Message { person, message }) => {
                        locked(&noted).came(person, &message.text, clock.now());
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(unseen)) => locked(&noted).unseen += unseen,
                    Err(RecvError::Closed) => return,
                }
            }
        });
        Self { waiting, _listening: listening }
    }

    /// How late they came, sorted, once all have come.
    ///
    /// # Errors
    /// When one has not come within this time, or came early.
    pub(crate) async fn late(self, within: Duration) -> Result<Vec<Duration>, Problem> {
        let until = Instant::now() + within;
        while !locked(&self.waiting).due.is_empty() && Instant::now() < until {
            tokio::time::sleep(LOOK).await;
        }
        let mut waiting = locked(&self.waiting);
        let Waiting { due, early, unseen, late } = &mut *waiting;
        if !due.is_empty() || *early > 0 {
            let (came, left) = (late.len(), due.len());
            return Err(format!(
                "{came} messages came, {early} of them early; {left} did not; {unseen} were not seen"
            )
            .into());
        }
        late.sort_unstable();
        Ok(std::mem::take(late))
    }
}

impl Waiting {
    fn came(&mut self, person: i64, text: &str, now: DateTime<Utc>) {
        let words = text.split(|it: char| !it.is_ascii_alphanumeric());
        for order in words.filter_map(OrderId::from_code) {
            if let Some(due) = self.due.remove(&(order, person)) {
                match (now - due).to_std() {
                    Ok(late) => self.late.push(late),
                    Err(_) => {
                        self.early += 1;
                        self.late.push(Duration::ZERO);
                    }
                }
                return;
            }
        }
    }
}

fn locked(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `p50 3 ms, p99 20 ms, longest 31 ms`
pub(crate) fn described(sorted: &[Duration]) -> String {
    let ms = |share| percentile(sorted, share).as_secs_f64() * 1e3;
    format!("p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", ms(0.5), ms(0.99), ms(1.0))
}
