//! Somebody who acts on what the bot says.

use std::time::Duration;

use tokio::sync::broadcast;

use crate::{Event, Message, PeopleError, Person};

/// Longer than the bot takes when it is well. After this the script begins anew.
const PATIENCE: Duration = Duration::from_secs(15);

/// A person with a script.
pub(super) struct Actor {
    person: Person,
    events: broadcast::Receiver<Event>,
}

/// Why a script begins anew.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    #[error(transparent)]
    People(#[from] PeopleError),
    #[error("the bot did not show «{0}»")]
    NoPage(&'static str),
}

impl Actor {
    pub(super) fn new(person: Person, events: broadcast::Receiver<Event>) -> Self {
        Self { person, events }
    }

    /// Writes to the bot.
    pub(super) fn says(&mut self, text: &str) -> Result<(), PeopleError> {
        // What came before is not an answer to this.
        self.events = self.events.resubscribe();
        self.person.send(text).map(|_| ())
    }

    /// Presses the button whose label has these words, and looks only at what comes after.
    pub(super) async fn presses(&mut self, page: &Message, words: &str) -> Result<(), PeopleError> {
        self.events = self.events.resubscribe();
        self.taps(page, words).await
    }

    /// Presses a button, and goes on with what comes as if nothing had happened.
    pub(super) async fn taps(&self, page: &Message, words: &str) -> Result<(), PeopleError> {
        let label = page.labels().into_iter().find(|it| it.contains(words)).unwrap_or(words);
        self.person.press(page.message_id, label).await.map(|_| ())
    }

    /// Waits for a page that has such a button.
    pub(super) async fn sees(&mut self, words: &'static str) -> Result<Message, Lost> {
        let found = async {
            loop {
                let page = self.next_page().await;
                if page.labels().iter().any(|it| it.contains(words)) {
                    return page;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.map_err(|_elapsed| Lost::NoPage(words))
    }

    /// Waits for the next page that the bot shows or changes in this chat.
    pub(super) async fn next_page(&mut self) -> Message {
        loop {
            match self.events.recv().await {
                Ok(Event::Message { person, message } | Event::Edit { person, message })
                    if person == self.person.id() && message.is_from_bot() =>
                {
                    return *message;
                }
                // Whoever cannot follow has missed something, and begins anew in good time.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Whether that is one of us.
    pub(super) fn is_scripted(&self, person: i64) -> bool {
        self.person.neighbour(person).is_none_or(|it| it.info().scripted)
    }

    /// Comes in: starts the bot, and accepts the risk notice where it is shown.
    pub(super) async fn comes_in(&mut self) -> Result<(), Lost> {
        self.says("/start")?;
        let terms = self.sees("accept").await?;
        self.presses(&terms, "accept").await?;
        self.sees("Sell").await.map(|_| ())
    }
}
