//! Somebody who acts on what the bot says.

use std::time::Duration;

use tokio::sync::broadcast;

use crate::{Event, Message, PeopleError, Person, Transfer};

/// Longer than the bot takes when it is well. After this the script begins anew.
const PATIENCE: Duration = Duration::from_secs(15);

/// A person with a script.
pub(super) struct Actor {
    person: Person,
    events: broadcast::Receiver<Event>,
}

/// What somebody may act on.
pub(super) enum Heard {
    /// A page that the bot shows or changes in the own chat.
    Page(Box<Message>),
    /// Money that somebody has sent to somebody.
    Transfer(Transfer),
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

    /// Writes to the bot, and goes on with what comes as if nothing had happened.
    pub(super) fn adds(&self, text: &str) -> Result<(), PeopleError> {
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

    /// Whether that page has such a button now, and not only when it was seen.
    pub(super) fn is_offered(&self, page: &Message, words: &str) -> bool {
        let now = self.person.messages_after(page.message_id - 1);
        now.first().is_some_and(|it| it.labels().iter().any(|it| it.contains(words)))
    }

    /// Waits for a page that has such a button.
    pub(super) async fn sees(&mut self, words: &'static str) -> Result<Message, Lost> {
        self.sees_that(words, |_| false).await
    }

    /// Waits for a page that has such a button, or such words in its text.
    pub(super) async fn sees_either(
        &mut self,
        button: &'static str,
        text: &str,
    ) -> Result<Message, Lost> {
        self.sees_that(button, |page| page.text.contains(text)).await
    }

    async fn sees_that(
        &mut self,
        words: &'static str,
        or: impl Fn(&Message) -> bool,
    ) -> Result<Message, Lost> {
        let found = async {
            loop {
                if let Heard::Page(page) = self.hears().await
                    && (page.labels().iter().any(|it| it.contains(words)) || or(&page))
                {
                    return *page;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.map_err(|_elapsed| Lost::NoPage(words))
    }

    /// Waits for the next thing to act on.
    pub(super) async fn hears(&mut self) -> Heard {
        loop {
            match self.events.recv().await {
                Ok(Event::Message { person, message } | Event::Edit { person, message })
                    if person == self.person.id() && message.is_from_bot() =>
                {
                    return Heard::Page(message);
                }
                Ok(Event::Transfer { transfer, .. }) => return Heard::Transfer(*transfer),
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
