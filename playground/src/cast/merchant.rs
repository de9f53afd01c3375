//! A merchant: posts ads, and pays (or does not) what sellers open with them.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::actor::{Actor, Heard, Lost};
use super::deal::{Deal, PAID, Paid, code, missing};
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
/// Before a merchant sends what is missing.
const ADDS_AFTER: Duration = Duration::from_secs(6);
/// The bot's question for Alipay's number of a payment.
const ASKS_NUMBER: &str = "Please type the order number";

/// What a merchant does some time later about the order of that code.
enum Due {
    /// Pays, and says so.
    Pay { code: String },
    /// Sends what is missing.
    Add { code: String, fen: i64 },
    /// Looks whether the money of that transfer is back.
    Look { code: String, number: String },
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
            if let Some(answer) = answers.next() {
                self.actor.says(&answer)?;
            }
        }
    }

    /// Pays each card that asks for it, each after a while.
    async fn trade(mut self) {
        let mut due = FuturesUnordered::new();
        let later = |(wait, what)| async move {
            tokio::time::sleep(wait).await;
            what
        };
        loop {
            tokio::select! {
                heard = self.actor.hears() => {
                    let next = match heard {
                        Heard::Page(page) => self.reads(*page).await,
                        Heard::Transfer(transfer) => self.finds(&transfer),
                    };
                    due.extend(next.map(later));
                }
                Some(what) = due.next() => match what {
                    Due::Pay { code } => self.pays(&code).await,
                    Due::Add { code, fen } => self.adds(&code, fen),
                    Due::Look { code, number } => self.looks(&code, &number).await,
                },
            }
        }
    }

    /// Reads a page. Returns what is to be done about it, and after which time.
    async fn reads(&mut self, page: Message) -> Option<(Duration, Due)> {
        if page.text.contains(ASKS_NUMBER)
            && let Some(number) = self.untold.pop_front()
        {
            let told = self.actor.adds(&number);
            self.minds(told);
            return None;
        }
        let code = code(&page)?;
        let Some(deal) = self.deals.get_mut(&code) else {
            // The first time that its payment is asked for.
            self.deals.insert(code.clone(), Deal::read(page)?);
            return Some((self.habit.pays_after()?, Due::Pay { code }));
        };
        if let Some(fen) = missing(&page) {
            return Some((ADDS_AFTER, Due::Add { code, fen }));
        }
        deal.turns_to(page);
        self.confirms(&code).await;
        None
    }

    /// Pays, and says so. Whoever is late may find that the order has ended: the bot says so, and
    /// then nothing is paid.
    async fn pays(&mut self, code: &str) {
        let Some(deal) = self.deals.get(code) else { return };
        let page = deal.page.clone();
        if !self.actor.is_offered(&page, PAID) {
            return;
        }
        if let Some(number) = self.transfers(code, self.habit.pays(deal.fen), self.habit.delay()) {
            self.untold.push_back(number);
        }
        let said = self.actor.taps(&page, PAID).await;
        self.minds(said);
    }

    /// Sends what is missing, though never more than it owes: an honest merchant has its own books.
    fn adds(&mut self, code: &str, missing: i64) {
        let owed = self.deals.get(code).map_or(0, Deal::owes);
        if owed > 0 {
            self.transfers(code, missing.min(owed), 0);
        }
    }

    /// Makes a transfer for an order. Returns its number.
    fn transfers(&mut self, code: &str, fen: i64, delay: u32) -> Option<String> {
        let deal = self.deals.get_mut(code)?;
        let made = self.alipay.pay(NewTransfer {
            payer: self.habit.pays_from(),
            payee: deal.account.clone(),
            fen,
            memo: String::new(),
            delay,
        });
        match made {
            Ok(Transfer { number, .. }) => {
                deal.transfers.push(Paid { number: number.clone(), fen, back: false });
                Some(number)
            }
            Err(error) => {
                tracing::debug!(%error, "a merchant could not pay");
                None
            }
        }
    }

    /// Money that somebody has sent: is it ours, and back?
    fn finds(&self, transfer: &Transfer) -> Option<(Duration, Due)> {
        let number = transfer.refund_of.clone()?;
        let (code, _) = self
            .deals
            .iter()
            .find(|(_, deal)| deal.transfers.iter().any(|it| it.number == number))?;
        Some((LOOKS_AFTER, Due::Look { code: code.clone(), number }))
    }

    /// Finds that the money is back.
    async fn looks(&mut self, code: &str, number: &str) {
        if let Some(deal) = self.deals.get_mut(code) {
            deal.gets_back(number);
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
