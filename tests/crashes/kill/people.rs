//! People who sell and buy, and wait for a bot that dies all the time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use playground::{Message, NewPerson, Person, Playground};
use tokio::task::JoinSet;

use super::bot::TREASURER;

/// So many sell and as many buy at a time.
pub(crate) const PAIRS: usize = 4;
/// What a seller has in the beginning, in USDT.
pub(crate) const DEPOSIT: i64 = 1_000_000;
/// After this something is wrong.
const PATIENCE: Duration = Duration::from_secs(120);
/// After this somebody looks again whether the button was pressed in vain.
const DOUBT: Duration = Duration::from_secs(4);
const GLANCE: Duration = Duration::from_millis(3);

/// Somebody, and how much this person has said and pressed.
struct Actor {
    person: Person,
    /// What stands above it is not looked at.
    said: i64,
    acts: Arc<AtomicU64>,
}

impl Actor {
    fn says(&mut self, text: &str) {
        self.acts.fetch_add(1, Ordering::Relaxed);
        self.said = self.person.send(text).unwrap().message_id;
    }

    fn replies(&mut self, to: i64, text: &str) {
        self.acts.fetch_add(1, Ordering::Relaxed);
        self.said = self.person.reply(to, text).unwrap().message_id;
    }

    fn presses(&mut self, page: &Message, words: &str) {
        let labels = page.labels();
        let Some(label) = labels.into_iter().find(|it| it.contains(words)) else { return };
        // The page may have changed since it was looked at: then nothing is pressed.
        if self.person.press_no_wait(page.message_id, label).is_ok() {
            self.acts.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The newest message below what was said last that is like this.
    fn finds(&self, fits: impl Fn(&Message) -> bool) -> Option<Message> {
        let below = self.person.messages_after(self.said);
        below.into_iter().rev().find(|it| it.is_from_bot() && !it.deleted && fits(it))
    }

    async fn waits(
        &self,
        what: &str,
        time: Duration,
        fits: impl Fn(&Message) -> bool,
    ) -> Option<Message> {
        let start = Instant::now();
        loop {
            if let Some(message) = self.finds(&fits) {
                return Some(message);
            }
            if start.elapsed() > time {
                let chat = self.person.messages_after(0);
                let last: Vec<_> =
                    chat.iter().rev().take(6).map(|it| (&it.text, it.labels())).collect();
                assert!(time < PATIENCE, "{} waits in vain for {what}: {last:?}", self.person.id());
                return None;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn sees(&self, what: &str, fits: impl Fn(&Message) -> bool) -> Message {
        self.waits(what, PATIENCE, fits).await.expect("it was waited for")
    }

    async fn sees_button(&self, words: &str) -> Message {
        self.sees(words, |it| has_button(it, words)).await
    }

    /// Presses a button until what it leads to is there. Somebody who doubts presses again.
    async fn presses_until(
        &mut self,
        words: &str,
        what: &str,
        fits: impl Fn(&Message) -> bool,
    ) -> Message {
        for _ in 0..20 {
            if let Some(page) = self.finds(|it| has_button(it, words)) {
                self.presses(&page, words);
            }
            if let Some(message) = self.waits(what, DOUBT, &fits).await {
                return message;
            }
        }
        self.sees(what, fits).await
    }

    async fn comes_in(&mut self) {
        self.says("/start");
        self.sees_button("accept").await;
        self.presses_until("accept", "the doors", |it| has_button(it, "How it works")).await;
    }
}

fn has_button(message: &Message, words: &str) -> bool {
    message.labels().iter().any(|label| label.contains(words))
}

pub(crate) struct People {
    sellers: Vec<Actor>,
    buyers: Vec<Actor>,
    acts: Arc<AtomicU64>,
}

/// The trade of many, until it is asked to end.
pub(crate) struct Trade {
    stopped: Arc<AtomicBool>,
    acts: Arc<AtomicU64>,
    selling: JoinSet<(i64, Sold)>,
    buying: JoinSet<()>,
}

/// What one seller has done.
#[derive(Default)]
struct Sold {
    sales: usize,
    /// Texts that were written to the other side, each once.
    notes: Vec<String>,
    /// How often the balance was asked for.
    balances: usize,
}

/// What all have done.
pub(crate) struct Done {
    pub(crate) acts: u64,
    pub(crate) sales: usize,
    /// Of each seller.
    pub(crate) sold: BTreeMap<i64, usize>,
    pub(crate) notes: Vec<String>,
    balances: BTreeMap<i64, usize>,
}

impl People {
    /// Everybody accepts the terms; buyers post ads, and sellers have coins.
    pub(crate) async fn come_in(telegram: &Playground) -> Self {
        let acts = Arc::<AtomicU64>::default();
        let actor = |person| Actor { person, said: 0, acts: Arc::clone(&acts) };
        let mut sellers = Vec::new();
        let mut buyers = Vec::new();
        for number in 0..PAIRS {
            let mut buyer = actor(telegram.person(&format!("Buyer {number}"), "en"));
            buyer.comes_in().await;
            posts_ad(&mut buyer, number).await;
            buyers.push(buyer);
            let mut seller = actor(telegram.person(&format!("Seller {number}"), "en"));
            seller.comes_in().await;
            sellers.push(seller);
        }
        let person =
            NewPerson { name: "Treasurer".to_owned(), id: Some(TREASURER), ..NewPerson::default() };
        let mut treasurer = actor(telegram.add_person(person).unwrap());
        treasurer.comes_in().await;
        for seller in &sellers {
            let id = seller.person.id();
            treasurer.says(&format!("/deposit {id} {DEPOSIT} USDT deposit-{id}"));
            seller.sees("the deposit", |it| it.text.contains("deposit-")).await;
        }
        Self { sellers, buyers, acts }
    }

    pub(crate) fn trade(self) -> Trade {
        let stopped = Arc::<AtomicBool>::default();
        let (mut selling, mut buying) = (JoinSet::new(), JoinSet::new());
        for (number, mut seller) in self.sellers.into_iter().enumerate() {
            let stopped = Arc::clone(&stopped);
            selling.spawn(async move {
                let mut sold = Sold::default();
                while !stopped.load(Ordering::Relaxed) {
                    sells(&mut seller, number, &mut sold).await;
                }
                (seller.person.id(), sold)
            });
        }
        for buyer in self.buyers {
            buying.spawn(pays(buyer));
        }
        Trade { stopped, acts: self.acts, selling, buying }
    }
}

impl Trade {
    /// Everybody brings the own sale to its end.
    pub(crate) async fn ends(mut self) -> Done {
        self.stopped.store(true, Ordering::Relaxed);
        let mut done = Done {
            acts: 0,
            sales: 0,
            sold: BTreeMap::new(),
            notes: Vec::new(),
            balances: BTreeMap::new(),
        };
        while let Some(end) = self.selling.join_next().await {
            let (id, sold) = end.unwrap();
            done.sales += sold.sales;
            done.sold.insert(id, sold.sales);
            done.balances.insert(id, sold.balances);
            done.notes.extend(sold.notes);
        }
        self.buying.shutdown().await;
        done.acts = self.acts.load(Ordering::Relaxed);
        done
    }
}

async fn posts_ad(buyer: &mut Actor, number: usize) {
    buyer.says("/ad");
    buyer.sees("the payer's question", |it| it.text.contains("payer")).await;
    buyer.says("李小龙");
    buyer.sees_button("Back").await;
    buyer.says(&format!("1390000{number:04}"));
    buyer.sees_button("USDT").await;
    buyer.presses_until("USDT", "the next question", |it| !has_button(it, "USDT")).await;
    for typed in [format!("7.2{number}").as_str(), "900000", "100"] {
        buyer.says(typed);
        buyer.sees_button("Back").await;
    }
    buyer.says("2000");
    buyer.sees_button("15 minutes").await;
    buyer.presses_until("15 minutes", "the ad", |it| has_button(it, "Post the ad")).await;
    buyer.presses_until("Post the ad", "the end", |it| has_button(it, "My ads")).await;
}

/// What a seller sells with this sale, in USDT. An account has a hundred amounts near each other, and each
/// stays taken for a while after its order has closed.
pub(crate) fn coins_of(sale: usize) -> i64 {
    20 + sale as i64 / 50
}

/// One sale, from the first word to the release.
async fn sells(seller: &mut Actor, number: usize, sold: &mut Sold) {
    seller.says("/sell");
    seller.sees_button("USDT").await;
    let offer = format!("¥7.2{number}");
    seller.presses_until("USDT", "the offers", |it| has_button(it, &offer)).await;
    seller.presses_until(&offer, "the amount's question", |it| has_button(it, "All of it")).await;
    seller.says(&format!("{} USDT", coins_of(sold.sales)));
    let account = format!("138{number:08}");
    let mask = format!("{}******{}", &account[..3], &account[9..]);
    if sold.sales == 0 {
        seller.sees_button("Back").await;
        seller.says(&account);
        seller.sees_button("Back").await;
        seller.says("王小明");
    } else {
        seller.sees_button(&mask).await;
        seller.presses_until(&mask, "the last question", |it| has_button(it, "Sell now")).await;
    }
    seller.sees_button("Sell now").await;
    const RECEIVED: &str = "I've received payment";
    let card = seller.presses_until("Sell now", "the card", |it| has_button(it, RECEIVED)).await;

    let note = format!("note {number}-{}", sold.sales);
    seller.replies(card.message_id, &note);
    sold.notes.push(note);
    // What was said moves the card below it, in any order with the buyer's "paid".
    seller.said = card.message_id - 1;
    seller.sees_button(RECEIVED).await;
    seller.presses_until(RECEIVED, "the gate", |it| it.text.contains("1 of 5")).await;
    for question in 1..=5 {
        let next = format!("{} of 5", question + 1);
        let asks = format!("{question} of 5");
        let fits = move |it: &Message| {
            if question == 5 {
                it.text.contains("last four digits")
            } else {
                it.text.contains(&next)
            }
        };
        seller.sees(&asks, |it| it.text.contains(&asks) || fits(it)).await;
        seller.presses_until("Yes", "the next question", fits).await;
    }
    let card = seller.sees("the end of the gate", |it| it.text.contains("last four digits")).await;
    let digits = last_digits(&card.text);
    seller.acts.fetch_add(1, Ordering::Relaxed);
    seller.person.send(&digits).unwrap();
    seller.sees("the release", |it| it.text.contains("· completed")).await;
    sold.sales += 1;

    seller.says("/balance");
    sold.balances += 1;
    seller.sees("the balance", is_balance).await;
}

fn is_balance(message: &Message) -> bool {
    message.text.contains("Your coins")
}

/// Of the amount on a card: `You receive: ¥1,234.56` gives `3456`.
fn last_digits(card: &str) -> String {
    let amount = card.split("You receive: ¥").nth(1).and_then(|it| it.lines().next());
    let digits: String = amount.unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].to_owned()
}

/// Pays whatever can be paid: presses "I've paid" wherever it stands, again if need be.
async fn pays(buyer: Actor) {
    const PAID: &str = "I've paid";
    let mut pressed: BTreeMap<i64, Instant> = BTreeMap::new();
    loop {
        for card in buyer.person.messages_after(0) {
            let may_press = pressed.get(&card.message_id).is_none_or(|it| it.elapsed() > DOUBT);
            if may_press && card.labels().contains(&PAID) && !card.deleted {
                pressed.insert(card.message_id, Instant::now());
                if buyer.person.press_no_wait(card.message_id, PAID).is_ok() {
                    buyer.acts.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        tokio::time::sleep(GLANCE * 4).await;
    }
}

/// What is said once about a sale, to its seller and to its buyer. Each names the order.
const TOLD: [&str; 3] = [
    "is open. Here is its card",
    "The merchant says it has paid",
    "have gone to the merchant. Keep the Alipay bill",
];

impl Done {
    /// How many plain messages have come once more.
    pub(crate) fn repeated(&self, telegram: &Playground) -> usize {
        let mut repeated = 0;
        for (id, balances) in &self.balances {
            let chat = bot_says(telegram, *id);
            let answers = chat.iter().filter(|it| is_balance(it)).count();
            repeated += answers.saturating_sub(*balances);
            for told in TOLD {
                let times = chat.iter().filter(|it| it.text.contains(told)).count();
                repeated += times.saturating_sub(self.sold[id]);
            }
        }
        repeated
    }

    /// Who has not been told what.
    pub(crate) fn unheard(&self, telegram: &Playground) -> Vec<String> {
        let mut unheard = Vec::new();
        for (id, sales) in &self.sold {
            let chat = bot_says(telegram, *id);
            for told in TOLD {
                let texts: std::collections::BTreeSet<&str> = chat
                    .iter()
                    .filter(|it| it.text.contains(told))
                    .map(|it| it.text.as_str())
                    .collect();
                if texts.len() != *sales {
                    unheard.push(format!("{id}: «{told}» about {} of {sales}", texts.len()));
                }
            }
            let answers = chat.iter().filter(|it| is_balance(it)).count();
            if answers < self.balances[id] {
                unheard.push(format!("{id}: {answers} of {} balances", self.balances[id]));
            }
        }
        let everything: Vec<Message> =
            telegram.people().iter().flat_map(|it| bot_says(telegram, it.id)).collect();
        for note in &self.notes {
            let reached = everything.iter().any(|it| ends_with_word(&it.text, note));
            if !reached {
                unheard.push(format!("«{note}» has reached nobody"));
            }
        }
        unheard
    }
}

fn ends_with_word(text: &str, note: &str) -> bool {
    text.lines().any(|it| it.trim().ends_with(note))
}

fn bot_says(telegram: &Playground, id: i64) -> Vec<Message> {
    let person = telegram.find_person(id).unwrap();
    person.chat().into_iter().filter(Message::is_from_bot).collect()
}
