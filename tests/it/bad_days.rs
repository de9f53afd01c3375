//! Telegram's bad days: a market in which every call and every batch of updates may go wrong, each
//! kind of trouble one time in twenty, and people block us while they wait.
//!
//! `BAD_DAYS=100000` lets so many updates come instead of a few hundred. A timeout is not among the
//! troubles: for us it is a closed connection, of which there are both kinds, and it would cost
//! twenty real seconds.

use fangbi::domain::order::{Kind, OrderId};
use fangbi::inbox;
use fangbi::telegram::press::Press;
use playground::{Action, Fault, FaultKind, Message};
use tokio::sync::Mutex;

use crate::world::sale::NAME;
use crate::world::{Rules, Sale, Somebody, World, labels, minutes, seconds};

/// How many updates come at least.
const UPDATES: usize = 400;
const SELLERS: usize = 6;
const ROUNDS: usize = 2;
const ONE_IN_TWENTY: f64 = 0.05;
/// How long anybody waits for an answer, in steps of three seconds.
const PATIENCE: usize = 60;

#[tokio::test]
async fn everything_happens_once_and_everybody_sees_it_however_telegram_behaves() {
    let wanted = std::env::var("BAD_DAYS").map_or(UPDATES, |it| it.parse().unwrap());
    let (mut updates, mut calls, mut repeated, mut seed) = (0, 0, 0, 1);
    while updates < wanted {
        let day = BadDay::begin(seed).await;
        for round in 0..ROUNDS {
            day.trades(round).await;
        }
        let seen = day.ends().await;
        updates += seen.updates;
        calls += seen.calls;
        repeated += seen.repeated;
        seed += 1;
    }
    println!("{updates} updates, {calls} calls; {repeated} messages came twice, no effect did");
}

struct BadDay {
    world: World,
    sellers: Vec<Somebody>,
    buyers: Vec<Somebody>,
    ended: Mutex<Vec<Sale>>,
    seed: u64,
}

struct Seen {
    updates: usize,
    calls: usize,
    repeated: usize,
}

impl BadDay {
    /// Everybody has come, and the weather changes.
    async fn begin(seed: u64) -> Self {
        let mut rules = Rules { seed, intake: inbox::Limits::USUAL, ..Rules::default() };
        // Whoever cancels trades on.
        rules.policy.ladder.steps = vec![1; 100];
        let world = World::with(rules).await;
        let (mut sellers, mut buyers) = (Vec::new(), Vec::new());
        for number in 0..SELLERS {
            sellers.push(world.seller(&format!("Seller {number}"), "en").await);
        }
        for number in 0..SELLERS / 2 {
            buyers.push(world.buyer(&format!("Buyer {number}"), "en").await);
        }
        for kind in [
            FaultKind::TooManyRequests,
            FaultKind::InternalError,
            FaultKind::BadGatewayHtml,
            FaultKind::LostAnswer,
            FaultKind::HangUp,
        ] {
            world.fault(Fault::new(kind).retry_after(2).lasting().probability(ONE_IN_TWENTY));
        }
        for kind in [
            FaultKind::DuplicateUpdates,
            FaultKind::ReorderUpdates,
            FaultKind::Conflict,
            FaultKind::InternalError,
            FaultKind::LostAnswer,
        ] {
            let fault = Fault::new(kind).method("getUpdates").lasting();
            world.fault(fault.probability(ONE_IN_TWENTY));
        }
        Self { world, sellers, buyers, ended: Mutex::default(), seed }
    }

    /// Every seller sells once, all of them at the same time.
    async fn trades(&self, round: usize) {
        self.all_say("/sell").await;
        self.all_press("USDT").await;
        self.all_choose("¥7.20").await;
        self.all_see("How much USDT do you sell?").await;
        self.all_say("100 USDT").await;
        if round == 0 {
            self.all_see("Alipay account").await;
            for (number, seller) in self.sellers.iter().enumerate() {
                self.say(seller, &account(number));
            }
            self.all_see("name").await;
            self.all_say(NAME).await;
        } else {
            self.all_press("139******").await;
        }
        self.all_press("Sell now").await;
        let mut sales = Vec::new();
        for seller in &self.sellers {
            sales.push(self.opened(seller).await);
        }
        let cancelled = sales.split_off(SELLERS - 1);
        let paid = sales;
        self.press_cards(paid.iter().map(|it| (it, &it.wang)), "I've paid").await;
        for label in ["Cancel order", "I can't pay now"] {
            self.press_cards(cancelled.iter().map(|it| (it, &it.wang)), label).await;
        }
        self.press_cards(paid.iter().map(|it| (it, &it.li)), "I've received payment").await;
        // Whoever waits may leave and come back.
        let leaves = &self.buyers[(self.dice() + round) % self.buyers.len()];
        leaves.person.block();
        for _ in 0..5 {
            self.press_cards(paid.iter().map(|it| (it, &it.li)), "Yes").await;
        }
        leaves.person.unblock();
        for sale in &paid {
            self.say(&sale.li, &sale.last_digits().await);
        }
        for (sales, end) in [(paid, Kind::Released), (cancelled, Kind::Cancelled)] {
            for sale in sales {
                self.until("the end", &sale.li, async || sale.status().await == end).await;
                self.ended.lock().await.push(sale);
            }
        }
    }

    fn dice(&self) -> usize {
        usize::try_from(self.seed).unwrap()
    }

    /// The order that this seller has just opened.
    async fn opened(&self, seller: &Somebody) -> Sale {
        let sql = format!(
            "select id from orders where seller = {} and status = 'awaiting_payment'",
            seller.id()
        );
        self.until("the order is open", seller, async || {
            self.world.query_one(&sql).await.is_some()
        })
        .await;
        let id = OrderId(self.world.query_one(&sql).await.unwrap());
        let buyer = self.world.order(id).await.buyer.0;
        let wang = self.buyers.iter().find(|it| it.id() == buyer).unwrap().clone();
        Sale { world: self.world.clone(), li: seller.clone(), wang, id, code: id.code() }
    }

    // What people do. Nobody does anything before there is something to answer.

    fn say(&self, who: &Somebody, text: &str) {
        who.looks();
        who.person.send(text).unwrap();
    }

    async fn all_say(&self, text: &str) {
        for seller in &self.sellers {
            self.say(seller, text);
        }
    }

    async fn all_see(&self, text: &str) {
        for seller in &self.sellers {
            self.until(text, seller, async || {
                seller.news().iter().any(|it| it.text.contains(text))
            })
            .await;
        }
    }

    async fn all_press(&self, label: &str) {
        for seller in &self.sellers {
            self.until(label, seller, async || !new_buttons(seller, label).is_empty()).await;
            seller.presses_and_goes_on(label);
        }
    }

    /// Each presses another one of the buttons with this.
    async fn all_choose(&self, label: &str) {
        for (number, seller) in self.sellers.iter().enumerate() {
            self.until(label, seller, async || !new_buttons(seller, label).is_empty()).await;
            let buttons = new_buttons(seller, label);
            seller.presses_and_goes_on(&buttons[number % buttons.len()]);
        }
    }

    /// Each presses on the live card of an order, once it shows the order as it is; and waits until
    /// that has led somewhere.
    async fn press_cards<'a>(
        &self,
        cards: impl Iterator<Item = (&'a Sale, &'a Somebody)>,
        label: &str,
    ) {
        let mut pressed = Vec::new();
        for (sale, who) in cards {
            let card = || self.current_card(sale, who, label);
            self.until(label, who, async || card().await.is_some()).await;
            let card = card().await.unwrap();
            who.person.press_no_wait(card.message_id, label).unwrap();
            pressed.push((sale, who, card.text));
        }
        for (sale, who, text) in pressed {
            let led_on = async || {
                let card = self.current_card(sale, who, label).await;
                card.is_none_or(|it| it.text != text)
            };
            self.until(&format!("an answer to {label}"), who, led_on).await;
        }
    }

    /// The card of an order, if it has this button and shows the order's present version.
    async fn current_card(&self, sale: &Sale, who: &Somebody, label: &str) -> Option<Message> {
        let version = self.world.order(sale.id).await.version;
        let store = self.world.process().await.as_ref().unwrap().store.clone();
        let id = store.card(sale.id, who.id()).await.unwrap()?;
        let card = who.chat().into_iter().find(|it| it.message_id == id)?;
        let button = card.buttons.iter().flatten().find(|it| it.text == label)?;
        let Action::Callback(data) = &button.action else { return None };
        let press = Press::decode(data, self.world.seal(), who.id())?;
        (press.version == version).then_some(card)
    }

    /// The weather is fine again: what has become of everything, and what everybody sees of it.
    async fn ends(self) -> Seen {
        let Self { world, sellers, ended, .. } = self;
        let calls = world.telegram().calls();
        let broken = calls.iter().filter(|it| it.code.is_none() && it.method == "sendMessage");
        let (calls, broken) = (calls.len(), broken.count());
        world.calms_down();
        world.pass(minutes(3)).await;
        let ended = ended.into_inner();
        assert_eq!(world.query_one("select count(*) from orders").await, Some(count(ended.len())));
        let mut repeated = 0;
        for sale in &ended {
            let (end, said) = match sale.status().await {
                Kind::Released => ("completed", "have gone to the merchant. Keep the Alipay bill"),
                _ => ("cancelled", "The order is cancelled. "),
            };
            for side in [&sale.li, &sale.wang] {
                let card = sale.card(side).await;
                assert!(card.text.contains(end), "{}", side.transcript());
            }
            let is_it = |it: &Message| it.text.contains(&sale.code) && it.text.contains(said);
            let times = sale.li.chat().iter().filter(|it| is_it(it)).count();
            assert!(times > 0, "{}\n{}", sale.code, sale.li.transcript());
            repeated += times - 1;
        }
        for seller in &sellers {
            let mut left = 1_000;
            for sale in ended.iter().filter(|it| it.li.id() == seller.id()) {
                left -= if sale.status().await == Kind::Released { 100 } else { 0 };
            }
            let account = format!("user:{}", seller.id());
            let sql = format!("select units from balances where account = '{account}'");
            assert_eq!(world.query_one(&sql).await, Some(left * 1_000_000));
        }
        assert!(repeated <= broken, "{repeated} messages came twice, {broken} calls broke");
        let updates = world.query_one("select count(*) from inbox").await.unwrap();
        Seen { updates: usize::try_from(updates).unwrap(), calls, repeated }
    }

    /// Time passes until it is so.
    async fn until(&self, what: &str, who: &Somebody, is_so: impl AsyncFn() -> bool) {
        for _ in 0..PATIENCE {
            if is_so().await {
                return;
            }
            self.world.pass(seconds(3)).await;
        }
        panic!("day {}: still not: {what}\n{}", self.seed, who.transcript());
    }
}

fn new_buttons(of: &Somebody, label: &str) -> Vec<String> {
    of.news().iter().flat_map(labels).filter(|it| it.contains(label)).collect()
}

fn count(it: usize) -> i64 {
    i64::try_from(it).unwrap()
}

fn account(number: usize) -> String {
    format!("139716044{number:02}")
}
