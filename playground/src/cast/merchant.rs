//! A merchant: posts ads, and pays (or does not) what sellers open with them.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::actor::{Actor, Heard, Lost};
use super::deal::{Deal, PAID, code};
use super::habit::Habit;
use crate::{Alipay, Message, NewTransfer, PeopleError, Transfer};

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
    alipay: Alipay,
    habit: Habit,
    ads: Vec<Ad>,
    /// Minutes to pay.
    window: u32,
    /// By the order's code.
    deals: HashMap<String, Deal>,
    /// Numbers of transfers that the bot has not asked for yet.
    untold: VecDeque<String>,
}

/// Before a script that went wrong begins anew.
const PAUSE: Duration = Duration::from_secs(2);
/// Before a merchant looks whether its money is back.
const LOOKS_AFTER: Duration = Duration::from_secs(8);

/// What a merchant does some time later about an order.
enum Due {
    Pay(String),
    Look(String),
}

impl Merchant {
    pub(super) fn new(
        actor: Actor,
        alipay: Alipay,
        habit: Habit,
        ads: Vec<Ad>,
        window: u32,
    ) -> Self {
        let (deals, untold) = (HashMap::new(), VecDeque::new());
        Self { actor, alipay, habit, ads, window: habit.window(window), deals, untold }
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
        let page = self.declare(ad.coin).await?;
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

    /// The page that asks for the coin. Whoever posts the first ad is asked for the payer before:
    /// the real name, and then the account.
    async fn declare(&mut self, coin: &'static str) -> Result<Message, Lost> {
        let payer = self.habit.declares();
        let mut answers = [payer.name, payer.account].into_iter();
        loop {
            let page = self.actor.sees_either(coin, "payer").await?;
            if page.labels().iter().any(|it| it.contains(coin)) {
                return Ok(page);
            }
            let answer = answers.next().ok_or(Lost::NoPage(coin))?;
            self.actor.says(&answer)?;
        }
    }

    /// Pays each card that asks for it, each after a while.
    async fn trade(mut self) {
        let mut due = FuturesUnordered::new();
        let later = |wait, what| async move {
            tokio::time::sleep(wait).await;
            what
        };
        loop {
            tokio::select! {
                heard = self.actor.hears() => match heard {
                    Heard::Page(page) => {
                        if let Some(code) = self.reads(page).await
                            && let Some(wait) = self.habit.pays_after()
                        {
                            due.push(later(wait, Due::Pay(code)));
                        }
                    }
                    Heard::Transfer(transfer) => {
                        if let Some(code) = self.gets_back(&transfer) {
                            due.push(later(LOOKS_AFTER, Due::Look(code)));
                        }
                    }
                },
                Some(what) = due.next() => match what {
                    Due::Pay(code) => self.pays(&code).await,
                    Due::Look(code) => self.looks(&code).await,
                },
            }
        }
    }

    /// Reads a page. Returns an order's code the first time that its payment is asked for.
    async fn reads(&mut self, page: Message) -> Option<String> {
        if page.text.contains("order number")
            && let Some(number) = self.untold.pop_front()
        {
            let told = self.actor.adds(&number);
            self.minds(told);
            return None;
        }
        let code = code(&page)?;
        if let Some(deal) = self.deals.get_mut(&code) {
            deal.turns_to(page);
            if deal.returned {
                self.confirms(&code).await;
            }
            return None;
        }
        self.deals.insert(code.clone(), Deal::read(page)?);
        Some(code)
    }

    /// Pays, and says so. Whoever is late may find that the order has ended: the bot says so, and
    /// then nothing is paid.
    async fn pays(&mut self, code: &str) {
        let Some(deal) = self.deals.get_mut(code) else { return };
        if !self.actor.is_offered(&deal.page, PAID) {
            return;
        }
        let made = self.alipay.pay(NewTransfer {
            payer: self.habit.pays_from(),
            payee: deal.account.clone(),
            fen: self.habit.pays(deal.fen),
            memo: String::new(),
            delay: self.habit.delay(),
        });
        match made {
            Ok(transfer) => {
                deal.transfer = Some(transfer.number.clone());
                self.untold.push_back(transfer.number);
            }
            Err(error) => tracing::debug!(%error, "a merchant could not pay"),
        }
        let said = self.actor.taps(&deal.page, PAID).await;
        self.minds(said);
    }

    /// Money of ours that comes back. Returns the code of the order that it was paid for.
    fn gets_back(&mut self, transfer: &Transfer) -> Option<String> {
        let paid = transfer.refund_of.as_ref()?;
        let deal = self.deals.iter().find(|(_, deal)| deal.transfer.as_ref() == Some(paid));
        deal.map(|(code, _)| code.clone())
    }

    /// Finds that the money is back.
    async fn looks(&mut self, code: &str) {
        if let Some(deal) = self.deals.get_mut(code) {
            deal.returned = true;
        }
        self.confirms(code).await;
    }

    /// Tells the bot that the money is back. The bot asks once more, with another page.
    async fn confirms(&mut self, code: &str) {
        let Some(deal) = self.deals.get(code) else { return };
        let Some(words) = deal.confirms_return() else { return };
        let said = self.actor.taps(&deal.page, words).await;
        self.minds(said);
    }

    fn minds(&self, done: Result<(), PeopleError>) {
        if let Err(error) = done {
            tracing::debug!(%error, habit = ?self.habit, "a merchant could not do what it wanted");
        }
    }
}
