//! Somebody who acts on what the bot shows, and waits for it without looking all the time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use playground::{Event, Message, Person, Playground};
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use crate::Problem;

/// After this something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

type Rings = HashMap<i64, Arc<Notify>>;

/// A bell for each actor, rung when something changes in the actor's chat. Nobody listens any more
/// when this is dropped.
pub(crate) struct Bells {
    rings: Arc<Mutex<Rings>>,
    _ringing: JoinSet<()>,
}

impl Bells {
    pub(crate) fn of(playground: &Playground) -> Self {
        let rings = Arc::new(Mutex::new(Rings::new()));
        let (mut events, all) = (playground.events(), Arc::clone(&rings));
        let mut ringing = JoinSet::new();
        ringing.spawn(async move {
            loop {
                match events.recv().await {
                    Ok(Event::Message { person, .. } | Event::Edit { person, .. }) => {
                        if let Some(bell) = locked(&all).get(&person) {
                            bell.notify_one();
                        }
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => {
                        locked(&all).values().for_each(|bell| bell.notify_one());
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
        Self { rings, _ringing: ringing }
    }

    pub(crate) fn actor(&self, person: Person) -> Actor {
        let bell = Arc::clone(locked(&self.rings).entry(person.id()).or_default());
        Actor { person, bell, said: 0, acts: 0 }
    }
}

fn locked(rings: &Mutex<Rings>) -> MutexGuard<'_, Rings> {
    rings.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) struct Actor {
    pub(crate) person: Person,
    bell: Arc<Notify>,
    /// The last message of ours: what stands above it is not looked at.
    said: i64,
    /// How many updates we have caused.
    pub(crate) acts: u64,
}

impl Actor {
    pub(crate) fn says(&mut self, text: &str) -> Result<(), Problem> {
        self.acts += 1;
        self.said = self.person.send(text)?.message_id;
        Ok(())
    }

    /// Presses the button whose label has these words, and waits for the bot's answer.
    pub(crate) async fn presses(&mut self, page: &Message, words: &str) -> Result<(), Problem> {
        self.acts += 1;
        let label = page.labels().into_iter().find(|it| it.contains(words)).unwrap_or(words);
        self.person.press(page.message_id, label).await?;
        Ok(())
    }

    /// Waits for a message of the bot, below what we said last, that is like this; the newest.
    pub(crate) async fn sees(
        &self,
        what: &str,
        fits: impl Fn(&Message) -> bool,
    ) -> Result<Message, Problem> {
        let look = async {
            loop {
                let below = self.person.messages_after(self.said);
                let found = below.into_iter().rev().find(|it| it.is_from_bot() && fits(it));
                match found {
                    Some(message) => return message,
                    None => self.bell.notified().await,
                }
            }
        };
        let found = tokio::time::timeout(PATIENCE, look).await;
        found.map_err(|_elapsed| {
            let below = self.person.messages_after(self.said);
            let last = below.last().map(|it| (it.text.as_str(), it.labels()));
            format!("{} waited in vain for {what}; the last is {last:?}", self.person.id()).into()
        })
    }

    /// Waits for a page with such a button.
    pub(crate) async fn sees_button(&self, words: &str) -> Result<Message, Problem> {
        self.sees(words, |it| it.labels().iter().any(|label| label.contains(words))).await
    }

    /// Waits for messages that were not there before `seen`, and moves it.
    pub(crate) async fn sees_news(&self, seen: &mut i64) -> Vec<Message> {
        loop {
            let news = self.person.messages_after(*seen);
            if let Some(last) = news.last() {
                *seen = last.message_id;
                return news;
            }
            self.bell.notified().await;
        }
    }

    /// Starts the bot and accepts the risk notice. Returns the page with the doors.
    pub(crate) async fn comes_in(&mut self) -> Result<Message, Problem> {
        self.says("/start")?;
        let terms = self.sees_button("accept").await?;
        self.presses(&terms, "accept").await?;
        self.sees_button("How it works").await
    }
}
