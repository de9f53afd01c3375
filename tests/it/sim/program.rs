//! The whole program over a real file: what people send lies at Telegram, is taken in, handled, and
//! comes again; the clock stands, jumps and goes back; and the program dies between any two steps.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::app::{Opening, Origin, PayTo, Reply, last_digits};
use fangbi::clock::{Clock, from_millis};
use fangbi::domain::UserId;
use fangbi::domain::ad::{Ad, AdError, AdId, AdTerms};
use fangbi::domain::amount::Quantity;
use fangbi::domain::factor::Factor;
use fangbi::domain::ledger::{Hash, Transfer, chain};
use fangbi::domain::money::{Coin, Coins as Amount, Fen, Price};
use fangbi::domain::order::{Asker, Fact, Kind, Order, OrderId, Request, Side, Status};
use fangbi::domain::payee::{Account, RealName};
use fangbi::domain::payer::Payer;
use fangbi::language::Language;
use fangbi::secrets::Seal;
use fangbi::store::inbox::Arrival;
use fangbi::store::orders::Payee;
use fangbi::store::outbox::{Class, NewLetter, Urgency};
use fangbi::store::{StoreError, check};
use serde::{Deserialize, Serialize};

use super::agents::{Person, Truth, anything, ruling, traders, wish};
use super::bot::{Bot, Surroundings, TREASURER};
use super::faults::{Broken, Fault};
use super::laws::{Coins, Did, Watch};
use torture::Dice;

const OPEN: usize = 5;
const ARBITERS: [UserId; 2] = [UserId(3001), UserId(3002)];
const TRADING_ARBITER: UserId = UserId(1001);
const OUTSIDER: UserId = UserId(9001);
/// How often all books are derived again, in steps.
const BOOKS: u64 = 400;

pub(crate) struct Program {
    dice: Dice,
    around: Surroundings,
    people: Vec<Person>,
    bot: Option<Bot>,
    /// What Telegram has and was not told that we have it.
    wire: Vec<Sent>,
    /// What it has been told of, and may bring once more.
    delivered: VecDeque<Sent>,
    /// Taken in and not handled, as the program's memory has it.
    queue: Vec<Sent>,
    last_update: i64,
    lives: BTreeMap<OrderId, Life>,
    effects: BTreeMap<i64, u32>,
    asked: Vec<i64>,
    planted: Option<Fault>,
    recent: VecDeque<String>,
    books_at: u64,
    pub(crate) tally: Tally,
}

struct Life {
    order: Order,
    truth: Truth,
    watch: Watch,
    earlier: Option<Order>,
}

/// An update.
#[derive(Clone, Debug)]
struct Sent {
    id: i64,
    user: UserId,
    act: Act,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Act {
    Open { ad: AdId, fen: Fen },
    Ask { order: OrderId, request: Request, seen: Option<i64> },
    Release { order: OrderId, typed: String },
    Deposit { user: UserId, units: i64, reference: String },
    Withdraw { units: i64 },
    Settle { id: i64, sent: bool },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) steps: u64,
    pub(crate) updates: u64,
    pub(crate) granted: u64,
    pub(crate) looks: u64,
    pub(crate) deaths: u64,
    pub(crate) outages: u64,
    pub(crate) again: u64,
    pub(crate) released: u64,
    pub(crate) kinds: BTreeSet<Kind>,
}

type Found = Result<(), String>;

impl Program {
    pub(crate) async fn new(seed: u64, planted: Option<Fault>) -> Self {
        let mut arbiters = ARBITERS.map(|it| it.0).to_vec();
        arbiters.push(TRADING_ARBITER.0);
        let around = Surroundings {
            clock: Clock::test(from_millis(1_800_000_000_000)),
            seal: Seal::from_key(&[7; 32]),
            arbiters,
        };
        let mut program = Self {
            dice: Dice::new(seed),
            bot: Some(Bot::starts(&around).await),
            around,
            people: traders(1001),
            wire: Vec::new(),
            delivered: VecDeque::new(),
            queue: Vec::new(),
            last_update: 1_000,
            lives: BTreeMap::new(),
            effects: BTreeMap::new(),
            asked: Vec::new(),
            planted,
            recent: VecDeque::new(),
            books_at: BOOKS,
            tally: Tally::default(),
        };
        program.settles_in().await;
        program
    }

    /// Everybody has accepted the terms, declared who pays, and posted an ad.
    async fn settles_in(&mut self) {
        let users: Vec<UserId> = self.people.iter().map(|it| it.user).collect();
        let seal = self.around.seal.clone();
        let mut all = users.clone();
        all.extend([OUTSIDER, TREASURER].into_iter().chain(ARBITERS));
        self.bot()
            .store
            .write(self.now(), move |tx| {
                Box::pin(async move {
                    for user in all {
                        tx.meet(user, Language::English).await?;
                        tx.accept_terms(user).await?;
                        let Payee { account, name, .. } = account_of(user);
                        tx.declare_payer(&seal, user, &Payer { name, account }).await?;
                    }
                    tx.touch_pulse().await
                })
            })
            .await
            .unwrap();
        for user in users {
            let terms = AdTerms {
                price: Price(7_200),
                total: Amount::new(Coin::Usdt, 1_000_000_000_000),
                min: Fen::yuan(10),
                max: Fen::yuan(2_000),
                window: self.dice.pick(&[10, 15, 30]),
            };
            let origin = self.origin(user);
            let posted = |ad: Result<&Ad, AdError>| {
                assert!(ad.is_ok(), "{ad:?}");
                Reply::default()
            };
            self.bot().app.post_ad(origin, terms, posted).await.unwrap();
            let act =
                Act::Deposit { user, units: 2_000_000_000, reference: format!("first {user}") };
            self.sends(TREASURER, act);
        }
    }

    pub(crate) async fn runs(&mut self, steps: u64) -> Result<(), Broken> {
        while self.tally.steps < steps {
            let step = self.step().await;
            step.map_err(|law| Broken { step: self.tally.steps, law })?;
        }
        Ok(())
    }

    async fn step(&mut self) -> Found {
        let wait = match self.dice.below(250) {
            0..225 => TimeDelta::seconds(self.dice.between(0, 10)),
            225..249 => TimeDelta::seconds(self.dice.between(10, 240)),
            _ => TimeDelta::minutes(self.dice.between(10, 18 * 60)),
        };
        self.passes(wait).await?;
        self.somebody_wants();
        match self.dice.below(100) {
            0..30 => self.polls().await?,
            30..92 => {
                for _ in 0..self.dice.between(1, 3) {
                    self.handles().await?;
                }
            }
            92..94 => {
                let to = self.now() + TimeDelta::seconds(self.dice.between(-1_800, 50));
                self.around.clock.set(to);
                self.ticks().await?;
            }
            94 => self.is_away().await?,
            95 | 96 => self.dies().await?,
            _ => self.ticks().await?,
        }
        if self.tally.steps >= self.books_at {
            self.books_at = self.tally.steps + BOOKS;
            self.looks_at_everything().await?;
        }
        Ok(())
    }

    // Time.

    fn now(&self) -> DateTime<Utc> {
        self.around.clock.now()
    }

    /// Time passes while the program is in touch. It would note that every few seconds; here the
    /// last note before anything happens does for all of them.
    async fn passes(&mut self, wait: TimeDelta) -> Found {
        let end = self.now() + wait;
        loop {
            let due = self.bot().store.next_due().await.map_err(said)?;
            let Some(due) = due.filter(|it| *it <= end && !self.dice.one_in(15)) else { break };
            self.around.clock.set(self.now().max(due));
            self.is_in_touch().await?;
            self.ticks().await?;
        }
        self.around.clock.set(self.now().max(end));
        self.is_in_touch().await
    }

    async fn is_in_touch(&mut self) -> Found {
        let touched = self
            .bot()
            .store
            .write(self.now(), |tx| Box::pin(async move { tx.touch_pulse().await }));
        touched.await.map_err(said)
    }

    async fn ticks(&mut self) -> Found {
        let now = self.now();
        let due = self.bot().store.due_orders(now, 256).await.map_err(said)?;
        self.plants_before_tick(&due).await?;
        self.bot.as_mut().expect("it runs").timers.step().await.map_err(said)?;
        for id in due {
            self.tally.looks += 1;
            self.tally.steps += 1;
            self.looks(id, Did::Learned(Fact::TimeCame)).await?;
            self.plants_after(id, None).await?;
        }
        self.at_once().await
    }

    /// Nobody can reach the program, and it comes back.
    async fn is_away(&mut self) -> Found {
        let away = TimeDelta::seconds(self.dice.between(61, 30_000));
        self.around.clock.advance(away);
        // Whoever looks at the clock now must not act.
        self.bot.as_mut().expect("it runs").timers.step().await.map_err(said)?;
        self.tally.outages += 1;
        self.polls().await
    }

    // Telegram.

    fn sends(&mut self, user: UserId, act: Act) {
        // After a quiet week Telegram counts on from anywhere.
        self.last_update += if self.dice.one_in(200) { self.dice.between(2, 90_000) } else { 1 };
        self.wire.push(Sent { id: self.last_update, user, act });
    }

    /// Some of what waits at Telegram, in any order, and something that was brought before.
    async fn polls(&mut self) -> Found {
        self.tally.steps += 1;
        let mut batch: Vec<Sent> = Vec::new();
        for _ in 0..self.dice.between(0, 6) {
            if let Some(at) = self.dice.index(self.wire.len()) {
                batch.push(self.wire.remove(at));
            }
        }
        if let Some(at) = self.dice.index(self.delivered.len())
            && self.dice.one_in(4)
        {
            self.tally.again += 1;
            batch.push(self.delivered[at].clone());
        }
        let sealed: Vec<Arrival> = batch
            .iter()
            .map(|it| {
                let raw = serde_json::to_string(&it.act).expect("an act is JSON");
                Arrival::seal(&self.around.seal, it.id, Some(it.user.0), &raw)
            })
            .collect::<Result<_, _>>()
            .map_err(said)?;
        let last = self.bot().store.pulse().await.map_err(said)?;
        let away_ms = last.map_or(0, |it| (self.now() - it).num_milliseconds());
        let app = self.bot().app.clone();
        let taken = self.bot().store.write(self.now(), move |tx| {
            Box::pin(async move {
                app.in_touch(tx).await?;
                tx.take_in(&sealed).await
            })
        });
        let new = taken.await.map_err(said)?;
        for it in &batch {
            if new.contains(&it.id) {
                self.queue.push(it.clone());
            }
        }
        // That we have it may not reach Telegram: then it still has it.
        if self.dice.one_in(8) {
            self.tally.again += batch.len() as u64;
            self.wire.extend(batch);
        } else {
            self.delivered.extend(batch);
            let many = self.delivered.len().saturating_sub(16);
            self.delivered.drain(..many);
        }
        if away_ms > 60_000 {
            for id in self.open() {
                self.looks(id, Did::Learned(Fact::Outage { away_ms })).await?;
            }
        }
        self.at_once().await
    }

    /// The oldest update of some chat.
    async fn handles(&mut self) -> Found {
        let Some(at) = self.dice.index(self.queue.len()) else { return Ok(()) };
        let user = self.queue[at].user;
        let first = self.queue.iter().enumerate().filter(|(_, it)| it.user == user);
        let at = first.min_by_key(|(_, it)| it.id).map_or(at, |(at, _)| at);
        let sent = self.queue.remove(at);
        self.tally.updates += 1;
        self.handle(&sent).await?;
        if self.planted == Some(Fault::WithdrawnTwice) && matches!(sent.act, Act::Withdraw { .. }) {
            self.handle(&sent).await?;
        }
        self.at_once().await
    }

    async fn handle(&mut self, sent: &Sent) -> Found {
        self.tally.steps += 1;
        let Sent { id: update_id, user, act } = sent.clone();
        let app = self.bot().app.clone();
        let (tell, told) = std::sync::mpsc::channel::<Option<OrderId>>();
        let done = |granted: bool, order: Option<OrderId>| granted.then(|| order.unwrap_or(NONE));
        let origin = Origin { update_id, ..self.origin(self.believed(user, &act)) };
        self.plants_before(&act).await?;
        let handled = match act.clone() {
            Act::Open { ad, fen } => {
                let payee = self.pay_to(user).await?;
                let opening = Opening { ad, version: 1, quantity: Quantity::Yuan(fen), payee };
                let say = move |it: Result<&Order, _>| says(&tell, it.ok().map(|it| it.id));
                app.open(origin, opening, say).await
            }
            Act::Ask { order, request, seen } => {
                let say = move |it: Result<&Order, _>| says(&tell, done(it.is_ok(), Some(order)));
                app.ask(origin, order, request, seen, say).await
            }
            Act::Release { order, typed } => {
                let say = move |it: Result<&Order, _>| says(&tell, done(it.is_ok(), Some(order)));
                app.release(origin, order, typed, say).await
            }
            Act::Deposit { user, units, reference } => {
                let coins = Amount::new(Coin::Usdt, units);
                let say = move |it: Result<_, _>| says(&tell, done(it.is_ok(), None));
                app.deposit(origin, user, coins, reference, say).await
            }
            Act::Withdraw { units } => {
                let coins = Amount::new(Coin::Usdt, units);
                let address = "TXyz1234567890abcdefghijkLMNOP9876".to_owned();
                let say = move |it: Result<_, _>| says(&tell, done(it.is_ok(), None));
                app.withdraw(origin, coins, address, "9876".to_owned(), say).await
            }
            Act::Settle { id, sent } => {
                let reference = sent.then(|| format!("settled {id}"));
                let say = move |it: Result<_, _>| says(&tell, done(it.is_ok(), None));
                app.settle(origin, id, reference, say).await
            }
        };
        handled.map_err(said)?;
        let outcome = told.recv().expect("an update is answered");
        let granted = outcome.is_some();
        if granted {
            self.tally.granted += 1;
            let effects = self.effects.entry(update_id).or_default();
            *effects += 1;
            law(*effects == 1, "an update had its effect twice")?;
        }
        self.notes(|| format!("{user} {act:?} -> {granted}"));
        let arbiter = self.around.arbiters.contains(&user.0);
        let asker = Asker { user, arbiter };
        match act {
            Act::Open { .. } => {
                if let Some(id) = outcome {
                    self.begins(id).await?;
                    self.plants_after(id, Some(&sent.act)).await?;
                }
            }
            Act::Ask { order, request, seen } => {
                self.looks(order, Did::Asked { request, asker, seen, granted }).await?;
                self.plants_after(order, Some(&sent.act)).await?;
            }
            Act::Release { order, .. } => {
                let request = Request::ConfirmReceipt { factor: Factor::Digits };
                self.looks(order, Did::Asked { request, asker, seen: None, granted }).await?;
            }
            Act::Withdraw { .. } if granted => {
                let newest = "select max(id) from withdrawals";
                self.asked.push(self.number(newest).await?);
            }
            Act::Deposit { .. } | Act::Withdraw { .. } | Act::Settle { .. } => {}
        }
        Ok(())
    }

    /// An account that is kept, or the first one.
    async fn pay_to(&self, user: UserId) -> Result<PayTo, String> {
        let kept = self.bot().store.payees_of(&self.around.seal, user).await.map_err(said)?;
        Ok(kept.first().map_or_else(|| PayTo::First(account_of(user)), |it| PayTo::Kept(it.id)))
    }

    /// Everything in memory is gone. Whatever was taken in waits, and nothing else.
    async fn dies(&mut self) -> Found {
        self.tally.steps += 1;
        self.tally.deaths += 1;
        if self.planted == Some(Fault::Forgotten) {
            self.writes("update orders set due_at = due_at + 864000000 where status = 'paid'")
                .await?;
            for id in self.open() {
                let found = self.bot().store.order(id).await.map_err(said)?;
                self.lives.get_mut(&id).expect("it runs").order = found.expect("an order");
            }
        }
        // Staff comes and goes with the configuration.
        let all = ARBITERS.map(|it| it.0).into_iter().chain([TRADING_ARBITER.0]);
        let gone = self.dice.pick(&[0, ARBITERS[0].0, ARBITERS[1].0]);
        self.around.arbiters = all.filter(|it| *it != gone).collect();
        let bot = self.bot.take().expect("it runs").dies(&self.around).await;
        let backlog = bot.store.waiting_updates(&self.around.seal).await.map_err(said)?;
        self.bot = Some(bot);
        law(backlog.damaged.is_empty(), "an update cannot be read any more")?;
        let had: BTreeSet<i64> = self.queue.iter().map(|it| it.id).collect();
        let has: BTreeSet<i64> = backlog.waiting.iter().map(|it| it.update_id).collect();
        law(had == has, "a death has lost an update, or has brought one back")?;
        self.queue.clear();
        for it in backlog.waiting {
            let act = serde_json::from_str(&it.raw).map_err(|it| it.to_string())?;
            let user = UserId(it.chat.unwrap_or_default());
            self.queue.push(Sent { id: it.update_id, user, act });
        }
        for id in self.open() {
            let left = ARBITERS.into_iter().find(|it| it.0 == gone);
            let did =
                left.map_or(Did::Nothing, |arbiter| Did::Learned(Fact::ArbiterLeft { arbiter }));
            self.looks(id, did).await?;
        }
        self.at_once().await
    }

    // What people want.

    fn somebody_wants(&mut self) {
        if self.open().len() < OPEN && self.dice.one_in(8) {
            // The honest, who stand last, trade most: or hardly anything came to its end.
            let first = if self.dice.one_in(3) { 0 } else { self.people.len() - 6 };
            let user = self.dice.pick(&self.people[first..]).user;
            let ad = AdId(self.dice.between(first as i64 + 1, self.people.len() as i64));
            let fen = Fen(self.dice.between(500, 210_000));
            return self.sends(user, Act::Open { ad, fen });
        }
        if self.dice.one_in(25) {
            return self.wants_coins();
        }
        let ids: Vec<OrderId> = match self.dice.one_in(10) {
            true => self.lives.keys().rev().take(20).copied().collect(),
            false => self.open(),
        };
        let Some(at) = self.dice.index(ids.len()) else { return };
        let Self { dice, lives, people, .. } = self;
        let Life { order, truth, .. } = lives.get_mut(&ids[at]).expect("an order");
        let side = dice.pick(&[Side::Seller, Side::Buyer]);
        let (user, wanted) = match dice.below(12) {
            0 => (dice.pick(&[OUTSIDER, TRADING_ARBITER]), Some(anything(dice))),
            1 => {
                let arbiter = dice.pick(&ARBITERS);
                (arbiter, ruling(dice, arbiter, order, *truth))
            }
            _ => {
                let user = order.party(side);
                let person = people.iter().find(|it| it.user == user).expect("a trader");
                (user, wish(dice, person.character, side, order, truth))
            }
        };
        let (id, fen) = (order.id, order.fen);
        let seen = match dice.below(10) {
            0 => Some(order.version - 1),
            1 => None,
            _ => Some(order.version),
        };
        match wanted {
            None => {}
            // Nobody gets there without a proof; a wrong one is typed, too.
            Some(Request::ConfirmReceipt { .. }) => {
                let wrong = self.dice.one_in(10);
                let typed = if wrong { "0000".to_owned() } else { last_digits(fen) };
                self.sends(user, Act::Release { order: id, typed });
            }
            Some(request) => self.sends(user, Act::Ask { order: id, request, seen }),
        }
    }

    fn wants_coins(&mut self) {
        let user = self.dice.pick(&self.people).user;
        let units = self.dice.between(1, 400_000_000);
        match self.dice.below(5) {
            0 => {
                // Now and then a transaction that was credited before.
                let reference = format!("coins {}", self.dice.between(1, 2_000));
                self.sends(TREASURER, Act::Deposit { user, units, reference });
            }
            1 | 2 => self.sends(user, Act::Withdraw { units }),
            _ => {
                if let Some(at) = self.dice.index(self.asked.len()) {
                    let id = self.asked[at];
                    let sent = !self.dice.one_in(3);
                    let by = self.dice.pick(&[TREASURER, TREASURER, OUTSIDER]);
                    self.sends(by, Act::Settle { id, sent });
                }
            }
        }
    }

    // The laws.

    fn open(&self) -> Vec<OrderId> {
        let open = self.lives.iter().filter(|(_, it)| !it.order.is_closed());
        open.map(|(id, _)| *id).collect()
    }

    async fn begins(&mut self, id: OrderId) -> Found {
        let order = self.stored(id).await?;
        let watch = Watch::opened(&order, self.coins(id).await?, self.now())?;
        law(!self.lives.contains_key(&id), "an order has begun twice")?;
        self.tally.kinds.insert(order.status.kind());
        self.lives.insert(id, Life { order, truth: Truth::default(), watch, earlier: None });
        Ok(())
    }

    async fn stored(&self, id: OrderId) -> Result<Order, String> {
        let found = self.bot().store.order(id).await.map_err(said)?;
        found.ok_or_else(|| format!("order {id} is gone"))
    }

    async fn looks(&mut self, id: OrderId, did: Did) -> Found {
        if !self.lives.contains_key(&id) {
            let granted = matches!(did, Did::Asked { granted: true, .. });
            return law(!granted, "something was granted of an order that is not there");
        }
        let (after, coins, now) = (self.stored(id).await?, self.coins(id).await?, self.now());
        let kind = after.status.kind();
        let version = after.version;
        self.notes(|| format!("order {id} {did:?} -> {} v{version}", kind.as_str()));
        self.tally.kinds.insert(kind);
        let life = self.lives.get_mut(&id).expect("an order");
        let before = std::mem::replace(&mut life.order, after);
        if kind == Kind::Released && before.status.kind() != Kind::Released {
            self.tally.released += u64::from(before.status.claim().is_none());
        }
        let looked = life.watch.looks(&before, did, now, &life.order, coins);
        if life.order.version != before.version {
            life.earlier = Some(before);
        }
        looked
    }

    async fn coins(&self, id: OrderId) -> Result<Coins, String> {
        let row: (i64, i64, i64) = sqlx::query_as(
            "select coalesce((select sum(units) from balances where account = $1), 0),
                    (select count(*) from transfers where kind = 'release' and key = $2),
                    (select count(*) from transfers where kind = 'return' and key = $2)",
        )
        .bind(format!("escrow:{id}"))
        .bind(id.to_string())
        .fetch_one(self.bot().store.readers())
        .await
        .map_err(said)?;
        let (held, released, returned) = row;
        Ok(Coins { held, released, returned })
    }

    /// What is cheap enough to be asked after every step.
    async fn at_once(&mut self) -> Found {
        let found: Option<String> = sqlx::query_scalar(
            "select 'a balance is below nothing: ' || account from balances
             where units < 0 and account <> 'outside'
             union all
             select 'coins were made or lost: ' || coin from balances
             group by coin having sum(units) <> 0
             union all
             select 'an escrow is not its order’s: ' || coalesce(account, '?') || ' ' || coalesce(running.id, '?')
             from (select * from balances where account like 'escrow:%' and units <> 0) as escrow
             full join (select * from orders
                        where due_at is not null and status <> 'claimed') as running
                 on account = 'escrow:' || running.id
             where account is null or running.id is null or escrow.units <> running.units
             limit 1",
        )
        .fetch_optional(self.bot().store.readers())
        .await
        .map_err(said)?;
        found.map_or(Ok(()), Err)
    }

    /// The books, the log and the letters; then what was to be said is taken away, as if sent.
    async fn looks_at_everything(&mut self) -> Found {
        let mut conn = self.bot().store.readers().acquire().await.map_err(said)?;
        let problems = check::books(&mut conn, Some(&self.around.seal)).await.map_err(said)?;
        drop(conn);
        law(problems.is_empty(), &problems.join("; "))?;
        let waiting = self.number("select count(*) from inbox where state <> 'done'").await?;
        law(waiting == self.queue.len() as i64, "an update was lost, or is handled twice")?;
        let letters: Vec<String> = sqlx::query_scalar("select letter from outbox")
            .fetch_all(self.bot().store.readers())
            .await
            .map_err(said)?;
        for person in &self.people {
            let Payee { account, name, .. } = account_of(person.user);
            let tells = |it: &String| it.contains(account.reveal()) || it.contains(name.reveal());
            law(!letters.iter().any(tells), "a letter has somebody's account in clear")?;
        }
        for (id, life) in &self.lives {
            let now = self.stored(*id).await?;
            law(now == life.order, "an order has changed while nobody asked")?;
        }
        self.writes("delete from outbox").await
    }

    /// The faults stop. Everything that was sent is handled; the clock alone leads every order to
    /// its end or before the arbiters; and when they decide, everything is closed.
    pub(crate) async fn comes_to_rest(&mut self) -> Result<(), Broken> {
        let rest = self.rests().await;
        rest.map_err(|law| Broken { step: self.tally.steps, law })
    }

    async fn rests(&mut self) -> Found {
        self.is_in_touch().await?;
        while !(self.wire.is_empty() && self.queue.is_empty()) {
            self.polls().await?;
            self.handles().await?;
        }
        let end = self.now() + TimeDelta::days(4);
        let in_queue = |it: &Life| matches!(it.order.status.kind(), Kind::Disputed | Kind::Claimed);
        loop {
            let lives = self.lives.values().filter(|it| !in_queue(it));
            let Some(due) = lives.filter_map(|it| it.order.due_at).min() else { break };
            law(due <= end, "an order is stuck: no clock ends it and nobody is asked")?;
            self.around.clock.set(self.now().max(due));
            self.is_in_touch().await?;
            self.ticks().await?;
        }
        for id in self.open() {
            for arbiter in ARBITERS {
                self.around.clock.advance(TimeDelta::days(3));
                self.is_in_touch().await?;
                self.around.arbiters = ARBITERS.map(|it| it.0).to_vec();
                let app = self.bot().app.clone();
                let arbiters = self.around.arbiters.clone();
                let role = fangbi::store::users::StaffRole::Arbiter;
                app.appoint(role, arbiters).await.map_err(said)?;
                let order = self.stored(id).await?;
                self.lives.get_mut(&id).expect("an order").order = order;
                let to = self.dice.pick(&[Side::Seller, Side::Buyer]);
                for request in [Request::Take, Request::Award { to }, Request::CloseClaim] {
                    self.last_update += 1;
                    let act = Act::Ask { order: id, request, seen: None };
                    self.handle(&Sent { id: self.last_update, user: arbiter, act }).await?;
                }
            }
            law(self.lives[&id].order.is_closed(), "arbiters cannot end a case")?;
        }
        self.looks_at_everything().await?;
        let problems = check::check(self.bot().folder.path(), Some(&self.around.seal)).await;
        let problems = problems.map_err(said)?;
        law(problems.is_empty(), &problems.join("; "))
    }

    /// Over the ends of both chains, every order and every balance.
    pub(crate) async fn digest(&self) -> Hash {
        let rows: Vec<String> = sqlx::query_scalar(
            "select line from (
                 select 1 as part, chain as key, hex(hash) as line from heads
                 union all
                 select 2, id, id || ' ' || version || ' ' || state || ' ' || coalesce(due_at, '')
                 from orders
                 union all
                 select 3, account || coin, account || ' ' || coin || ' ' || units from balances)
             order by part, key",
        )
        .fetch_all(self.bot().store.readers())
        .await
        .unwrap();
        rows.iter().fold(Hash::START, |hash, row| chain(&hash, &[row]))
    }

    pub(crate) fn days(&self) -> i64 {
        (self.now() - from_millis(1_800_000_000_000)).num_days()
    }

    pub(crate) fn history(&self) -> String {
        self.recent.iter().map(|it| format!("  {it}\n")).collect()
    }

    fn notes(&mut self, line: impl FnOnce() -> String) {
        if self.recent.len() == 60 {
            self.recent.pop_front();
        }
        let line = format!("{} {}", self.now(), line());
        self.recent.push_back(line);
    }

    // Faults: what another program would have done, done by our own hands.

    fn believed(&self, user: UserId, act: &Act) -> UserId {
        match act {
            Act::Ask { order, .. } if self.planted == Some(Fault::AnybodyMay) => {
                self.lives.get(order).map_or(user, |it| it.order.seller)
            }
            _ => user,
        }
    }

    async fn plants_before(&mut self, act: &Act) -> Found {
        let Some(fault) = self.planted else { return Ok(()) };
        let (Act::Ask { order: id, .. } | Act::Release { order: id, .. }) = act else {
            return Ok(());
        };
        let Some(life) = self.lives.get(id) else { return Ok(()) };
        let order = life.order.clone();
        match (fault, act) {
            (Fault::ActsBeforeGuard, Act::Release { .. }) => {
                self.posts(Transfer::release(*id, order.buyer, order.coins)).await
            }
            (Fault::ReturnsEarly, Act::Ask { request, .. }) if ends(*request) => {
                let asker = Asker { user: order.buyer, arbiter: false };
                let (version, now) = (order.version, self.now());
                match order.ask(*request, asker, None, now) {
                    Ok(step) => self.saves(step.order, version).await,
                    Err(_) => Ok(()),
                }
            }
            (Fault::HalfCancel, Act::Ask { request, .. }) if ends(*request) => {
                self.posts(Transfer::give_back(*id, order.seller, order.coins)).await
            }
            _ => Ok(()),
        }
    }

    async fn plants_before_tick(&mut self, due: &[OrderId]) -> Found {
        for id in due {
            let Some(life) = self.lives.get(id) else { continue };
            let Order { buyer, coins, version, .. } = life.order;
            match (self.planted, &life.order.status, &life.earlier) {
                (Some(Fault::AbortsLater), Status::Releasing { .. }, _) => {
                    self.posts(Transfer::release(*id, buyer, coins)).await?;
                }
                (Some(Fault::StaleRow), _, Some(earlier)) => {
                    self.saves(earlier.clone(), version).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn plants_after(&mut self, id: OrderId, act: Option<&Act>) -> Found {
        let Some(fault) = self.planted else { return Ok(()) };
        let Some(life) = self.lives.get(&id) else { return Ok(()) };
        let (order, earlier) = (life.order.clone(), life.earlier.clone());
        let kind = order.status.kind();
        match (fault, act) {
            (Fault::PaidTwice, None | Some(Act::Ask { request: Request::Award { .. }, .. }))
                if kind == Kind::Released =>
            {
                let again = Transfer::release(id, order.buyer, order.coins);
                self.posts(Transfer { key: format!("{id} once more"), ..again }).await
            }
            (Fault::TakenTwice, Some(Act::Open { .. })) => {
                self.posts(Transfer::lock(id, order.seller, order.coins)).await
            }
            (Fault::GoesBack, Some(Act::Ask { request: Request::MarkPaid, .. }))
                if order.is_closed() =>
            {
                let (now, version) = (earlier.unwrap_or_else(|| order.clone()), order.version);
                self.saves(now, version).await?;
                self.looks(id, Did::Nothing).await
            }
            (Fault::WrongAnchor, None) if kind == Kind::Overdue => {
                let terms = &order.terms;
                let seconds = terms.window_seconds + terms.grace_seconds;
                let until = order.opened_at + TimeDelta::seconds(seconds.into());
                let status = Status::Overdue { since: self.now(), until };
                let mut wrong = Order { status, ..order.clone() };
                wrong.due_at = wrong.next_due(self.now());
                self.saves(wrong.clone(), order.version).await?;
                self.lives.get_mut(&id).expect("an order").order = wrong;
                Ok(())
            }
            (Fault::Leaks, Some(Act::Open { .. })) => {
                let payee = account_of(order.seller);
                let body = serde_json::json!({ "pay_to": payee.account.reveal() });
                let letter = NewLetter::new(order.buyer.0, Urgency::Notice, Class::Append, &body);
                let letter = letter.map_err(said)?;
                let queued = self.bot().store.write(self.now(), move |tx| {
                    Box::pin(async move {
                        tx.enqueue(letter);
                        Ok::<_, StoreError>(())
                    })
                });
                queued.await.map_err(said)
            }
            _ => Ok(()),
        }
    }

    /// Past the core, into the ledger.
    async fn posts(&self, transfer: Transfer) -> Found {
        let posted = self.bot().store.write(self.now(), move |tx| {
            Box::pin(async move {
                let posted = tx.post(&transfer).await;
                Ok::<_, StoreError>(posted.map(|_| ()).map_err(|it| it.to_string()))
            })
        });
        posted.await.map_err(said)?.map_err(|it| format!("the ledger refuses it: {it}"))
    }

    /// Past the core, over the order's row.
    async fn saves(&self, order: Order, version: i64) -> Found {
        let saved = self.bot().store.write(self.now(), move |tx| {
            Box::pin(async move { tx.save_order(&order, version).await })
        });
        saved.await.map_err(|it| format!("the store refuses it: {it}"))
    }

    // Small things.

    fn bot(&self) -> &Bot {
        self.bot.as_ref().expect("it runs")
    }

    fn origin(&self, user: UserId) -> Origin {
        Origin { update_id: -1, chat: user.0, user, meet: None, poses: None }
    }

    async fn number(&self, sql: &'static str) -> Result<i64, String> {
        let readers = self.bot().store.readers();
        sqlx::query_scalar(sql).fetch_one(readers).await.map_err(said)
    }

    async fn writes(&self, sql: &'static str) -> Found {
        let written = self.bot().store.write(self.now(), move |tx| {
            Box::pin(async move {
                sqlx::query(sql).execute(tx.conn().await?).await?;
                Ok::<_, StoreError>(())
            })
        });
        written.await.map_err(said)
    }
}

/// Granted, and about no order.
const NONE: OrderId = OrderId(0);

fn says(tell: &std::sync::mpsc::Sender<Option<OrderId>>, outcome: Option<OrderId>) -> Reply {
    tell.send(outcome).expect("somebody waits for it");
    Reply::default()
}

/// Whether the buyer ends it by that.
fn ends(request: Request) -> bool {
    matches!(request, Request::Cancel { .. } | Request::GiveUp)
}

/// Everybody has an account of their own, and all of them one name.
fn account_of(user: UserId) -> Payee {
    Payee {
        account: Account::parse(&format!("139{:08}", user.0)).expect("a mobile number"),
        name: RealName::parse("欧阳明珠").expect("a name"),
        code: None,
    }
}

fn said(error: impl std::fmt::Display) -> String {
    format!("the program: {error}")
}

fn law(holds: bool, broken: &str) -> Found {
    if holds { Ok(()) } else { Err(broken.to_owned()) }
}
