//! A merchant: posts ads, and pays (or does not) what sellers open with them.

use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::Habit;
use super::actor::{Actor, Lost};
use crate::Message;

/// An ad, as it is typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ad {
    pub(super) coin: &'static str,
    pub(super) price: &'static str,
    pub(super) total: &'static str,
    pub(super) min: &'static str,
    pub(super) max: &'static str,
}

pub(super) struct Merchant {
    actor: Actor,
    habit: Habit,
    ads: Vec<Ad>,
    /// Minutes to pay.
    window: u32,
}

/// The button on a payment card.
const PAID: &str = "I've paid";
/// Who pays, and from which Alipay account: invented, like everybody here.
const PAYER_NAME: &str = "陈大文";
const PAYER_ACCOUNT: &str = "chen@example.com";
/// Before a script that went wrong begins anew.
const PAUSE: Duration = Duration::from_secs(2);

impl Merchant {
    pub(super) fn new(actor: Actor, habit: Habit, ads: Vec<Ad>, window: u32) -> Self {
        Self { actor, habit, ads, window }
    }

    pub(super) async fn play(mut self) {
        while let Err(error) = self.actor.comes_in().await {
            tracing::debug!(%error, "a merchant comes in again");
            tokio::time::sleep(PAUSE).await;
        }
        for ad in self.ads.clone() {
            while let Err(error) = self.post(ad).await {
                tracing::debug!(%error, "a merchant posts an ad again");
                tokio::time::sleep(PAUSE).await;
            }
        }
        self.trade().await;
    }

    async fn post(&mut self, ad: Ad) -> Result<(), Lost> {
        self.actor.says("/ad")?;
        let page = self.first_question(ad.coin).await?;
        self.actor.presses(&page, ad.coin).await?;
        self.actor.sees("Back").await?;
        for typed in [ad.price, ad.total, ad.min] {
            self.actor.says(typed)?;
            self.actor.sees("Back").await?;
        }
        self.actor.says(ad.max)?;
        let page = self.actor.sees("minutes").await?;
        self.actor.presses(&page, &format!("{} minutes", self.window)).await?;
        let page = self.actor.sees("Post").await?;
        self.actor.presses(&page, "Post").await?;
        // The ad's page has a button that pauses it.
        self.actor.sees("ads").await.map(|_| ())
    }

    /// Which coin? Before the first ad the bot asks who pays, and from which account.
    async fn first_question(&mut self, coin: &'static str) -> Result<Message, Lost> {
        let page = self.actor.next_page().await;
        if !page.text.contains("payer") {
            return Ok(page);
        }
        self.actor.says(PAYER_NAME)?;
        self.actor.sees("Back").await?;
        self.actor.says(PAYER_ACCOUNT)?;
        self.actor.sees(coin).await
    }

    /// Pays each card that asks for it, each after a while.
    async fn trade(mut self) {
        let mut payments = FuturesUnordered::new();
        loop {
            tokio::select! {
                page = self.actor.next_page() => {
                    if let Habit::Pays(after) = self.habit
                        && page.labels().contains(&PAID)
                    {
                        payments.push(async move {
                            tokio::time::sleep(after).await;
                            page
                        });
                    }
                }
                Some(page) = payments.next() => self.pay(&page).await,
            }
        }
    }

    /// A reminder may ask for what has been paid meanwhile: the bot says so, and nothing happens.
    async fn pay(&mut self, page: &Message) {
        if let Err(error) = self.actor.taps(page, PAID).await {
            tracing::debug!(%error, "a merchant could not say that it has paid");
        }
    }
}
