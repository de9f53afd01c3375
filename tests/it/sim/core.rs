//! The pure core alone, in memory: a desk that keeps its orders, books and logs in lists, and
//! people who write to it over a wire that loses, doubles and reorders.
//!
//! Unlike the program it hears what comes twice twice: the core has to bear that by itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::clock::from_millis;
use fangbi::domain::UserId;
use fangbi::domain::ad::{Ad, AdId, AdStatus, AdTerms};
use fangbi::domain::amount::Quantity;
use fangbi::domain::bars::Bars;
use fangbi::domain::ladder::{Offence, says_paid};
use fangbi::domain::ledger::{Account, Hash, Kind as Why, Transfer, chain};
use fangbi::domain::log::replay::{Replayed, replay};
use fangbi::domain::log::{Entry, Opened, Row, Sheet};
use fangbi::domain::money::{Coin, Coins as Amount, Fen, Price};
use fangbi::domain::opening::{Deal, Seller};
use fangbi::domain::order::{Asker, Fact, Kind, Order, OrderId, Request, Side, Status, Step};
use fangbi::domain::payee::began;
use fangbi::domain::policy::Policy;
use fangbi::domain::signal::SignalKind;

use super::agents::{Person, Truth, anything, ruling, traders, wish};
use super::faults::{Broken, Fault};
use super::laws::{Coins, Did, Watch};
use torture::Dice;

/// Orders that run at a time: enough to meet each other, few enough for each to get on.
const OPEN: usize = 12;
const ARBITERS: [UserId; 2] = [UserId(3001), UserId(3002)];
/// An arbiter who trades, too: a party is never one who decides.
const TRADING_ARBITER: UserId = UserId(1001);
const OUTSIDER: UserId = UserId(9001);

pub(crate) struct Desk {
    dice: Dice,
    pub(crate) now: DateTime<Utc>,
    policy: Policy,
    people: Vec<Person>,
    ads: Vec<Ad>,
    lives: Vec<Life>,
    books: Books,
    wire: Vec<Delivery>,
    waiting: Vec<(i64, UserId, Amount)>,
    strikes: BTreeMap<UserId, Vec<Strike>>,
    completed: BTreeMap<UserId, u32>,
    last_id: i64,
    planted: Option<Fault>,
    recent: VecDeque<Line>,
    pub(crate) tally: Tally,
}

/// An order, what is true of it, and what the simulation knows of it by itself.
struct Life {
    order: Order,
    truth: Truth,
    watch: Watch,
    coins: Coins,
    transfers: Vec<Transfer>,
    rows: Vec<Row>,
    /// Before the last change: what somebody has read who is slow.
    earlier: Option<Order>,
}

/// What an order has counted against its buyer.
struct Strike {
    at: DateTime<Utc>,
    until: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug)]
struct Delivery {
    order: OrderId,
    user: UserId,
    request: Request,
    seen: Option<i64>,
}

/// What was done, for whoever reads why something broke.
#[derive(Clone, Copy, Debug)]
struct Line {
    at: DateTime<Utc>,
    order: OrderId,
    did: Did,
    kind: Kind,
    version: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) steps: u64,
    pub(crate) granted: u64,
    pub(crate) refused: u64,
    pub(crate) opened: u64,
    pub(crate) released: u64,
    pub(crate) kinds: BTreeSet<Kind>,
    pub(crate) requests: BTreeSet<String>,
    /// Over every change, in the order in which they came.
    pub(crate) digest: Option<Hash>,
}

/// Double entry without any of the database's guards: the laws have to see what is wrong.
#[derive(Default)]
struct Books {
    balances: BTreeMap<(Account, &'static str), i64>,
}

impl Books {
    fn post(&mut self, it: &Transfer) {
        let coin = it.coins.coin.code();
        *self.balances.entry((it.debit, coin)).or_default() -= it.coins.units;
        *self.balances.entry((it.credit, coin)).or_default() += it.coins.units;
    }

    fn balance(&self, account: Account, coin: Coin) -> i64 {
        self.balances.get(&(account, coin.code())).copied().unwrap_or(0)
    }
}

impl Desk {
    pub(crate) fn new(seed: u64, planted: Option<Fault>) -> Self {
        let now = from_millis(1_800_000_000_000);
        let mut desk = Self {
            dice: Dice::new(seed),
            now,
            policy: Policy::default(),
            people: traders(1001),
            ads: Vec::new(),
            lives: Vec::new(),
            books: Books::default(),
            wire: Vec::new(),
            waiting: Vec::new(),
            strikes: BTreeMap::new(),
            completed: BTreeMap::new(),
            last_id: 0,
            planted,
            recent: VecDeque::new(),
            tally: Tally { digest: Some(Hash::START), ..Tally::default() },
        };
        for (number, person) in (1..).zip(desk.people.clone()) {
            let coin = desk.dice.pick(&Coin::ALL);
            let price = match coin {
                Coin::Usdt => Price(7_200),
                Coin::Btc => Price(430_000_000),
                Coin::Eth => Price(18_000_000),
            };
            let terms = AdTerms {
                price,
                total: Amount::new(coin, i64::MAX / 1_000_000),
                min: Fen::yuan(10),
                max: Fen::yuan(30_000),
                window: desk.dice.pick(&[10, 15, 30]),
            };
            let id = AdId(number);
            desk.ads.push(Ad {
                id,
                owner: person.user,
                terms,
                left: terms.total,
                status: AdStatus::Active,
                opened_at: now,
                version: 1,
            });
        }
        desk
    }

    pub(crate) fn runs(&mut self, steps: u64) -> Result<(), Broken> {
        while self.tally.steps < steps {
            self.tries(Self::step)?;
        }
        Ok(())
    }

    /// A core that panics has broken a law, too.
    fn tries(&mut self, what: impl FnOnce(&mut Self) -> Result<(), String>) -> Result<(), Broken> {
        let tried = catch_unwind(AssertUnwindSafe(|| what(self)));
        let done = tried.unwrap_or_else(|_| Err("the core panicked".to_owned()));
        done.map_err(|law| Broken { step: self.tally.steps, law })
    }

    fn step(&mut self) -> Result<(), String> {
        let wait = match self.dice.below(200) {
            0..170 => TimeDelta::seconds(self.dice.between(0, 20)),
            170..198 => TimeDelta::seconds(self.dice.between(20, 400)),
            _ => TimeDelta::minutes(self.dice.between(10, 24 * 60)),
        };
        self.passes(wait)?;
        match self.dice.below(100) {
            0..8 => self.opens()?,
            8..72 => {
                self.somebody_wants();
                self.something_arrives()?;
            }
            72..78 => self.something_is_learned()?,
            78..82 => {
                // Somebody sets the machine's clock, and the timers come by at once.
                self.now += TimeDelta::seconds(self.dice.between(-3_600, 600));
                self.clock_comes_by()?;
            }
            82..84 => self.is_away()?,
            84..87 => self.starts_again()?,
            87..96 => self.clock_comes_by()?,
            _ => self.coins_come_or_go()?,
        }
        self.forgets()?;
        self.books_balance()
    }

    // Time.

    /// Time passes. The clock comes by at each moment that an order waits for; now and then it is
    /// late.
    fn passes(&mut self, wait: TimeDelta) -> Result<(), String> {
        let end = self.now + wait;
        while let Some((at, due)) = self.next_due().filter(|(_, due)| *due <= end) {
            if self.dice.one_in(15) {
                break;
            }
            self.now = self.now.max(due);
            self.learns(at, Fact::TimeCame)?;
        }
        self.now = self.now.max(end);
        Ok(())
    }

    fn next_due(&self) -> Option<(usize, DateTime<Utc>)> {
        let due = |(at, it): (usize, &Life)| it.order.due_at.map(|due| (at, due));
        self.lives.iter().enumerate().filter_map(due).min_by_key(|(_, due)| *due)
    }

    /// At some order, whether it is due or not.
    fn clock_comes_by(&mut self) -> Result<(), String> {
        match self.dice.index(self.lives.len()) {
            Some(at) => self.learns(at, Fact::TimeCame),
            None => Ok(()),
        }
    }

    /// Nobody could reach us: no clock came by, and whatever ran runs on by as long.
    fn is_away(&mut self) -> Result<(), String> {
        let away = TimeDelta::seconds(self.dice.between(61, 40_000));
        self.now += away;
        self.wire.clear();
        let away_ms = away.num_milliseconds();
        (0..self.lives.len()).try_for_each(|at| match self.lives[at].order.is_closed() {
            true => Ok(()),
            false => self.learns(at, Fact::Outage { away_ms }),
        })
    }

    /// Whatever is not on the disk is gone.
    fn starts_again(&mut self) -> Result<(), String> {
        for at in 0..self.lives.len() {
            let before = self.lives[at].order.clone();
            let json = serde_json::json!([
                before.status,
                before.terms,
                before.used,
                before.gate,
                before.seen
            ]);
            let read = serde_json::from_str(&json.to_string());
            let (status, terms, used, gate, seen) = read.map_err(|it| it.to_string())?;
            let mut order = Order { status, terms, used, gate, seen, ..before.clone() };
            if self.planted == Some(Fault::Forgotten) && order.status.kind() == Kind::Paid {
                order.due_at = None;
            }
            self.lives[at].order = order;
            self.looks(at, &before, Did::Nothing)?;
        }
        Ok(())
    }

    // What people do.

    fn opens(&mut self) -> Result<(), String> {
        if self.lives.iter().filter(|it| !it.order.is_closed()).count() >= OPEN {
            return Ok(());
        }
        let seller = self.dice.pick(&self.people);
        let place = self.dice.below(self.ads.len());
        let ad = self.ads[place].clone();
        let available = self.books.balance(Account::User(seller.user), ad.coin());
        let open = self.lives.iter().filter(|it| it.order.seller == seller.user);
        let open = open.filter(|it| it.order.holds_escrow()).count() as u32;
        let completed = self.completed.get(&seller.user).copied().unwrap_or(0);
        let knows = Seller {
            user: seller.user,
            available: Amount::new(ad.coin(), available),
            completed,
            open,
            code: true,
        };
        let rests_until = self.rests_until(ad.owner);
        let most = self.policy.most_for(completed).0;
        let wanted = Quantity::Yuan(Fen(self.dice.between(1_000, most * 11 / 10)));
        let deal = Deal::check(&ad, wanted, &knows, &self.policy)
            .and_then(|it| it.told_apart(&self.taken(seller.user)))
            .and_then(|it| Bars { rests_until, ..Bars::default() }.check().map(|()| it));
        self.tally.steps += 1;
        let Ok(deal) = deal else {
            self.tally.refused += 1;
            return Ok(());
        };
        law(deal.coins.units <= available, "coins are locked that are not there")?;
        law(rests_until.is_none_or(|it| it <= self.now), "somebody takes orders who rests")?;
        law(!self.taken(seller.user).contains(&deal.fen), "two orders ask for one amount")?;
        self.last_id += 1;
        let id = OrderId(self.last_id);
        let Step { order, transfers, .. } = deal.open(id, &ad, seller.user, &self.policy, self.now);
        self.ads[place].left.units -= order.coins.units;
        let coins = Coins { held: order.coins.units, ..Coins::default() };
        let mut life = Life {
            watch: Watch::opened(&order, coins, self.now)?,
            order,
            truth: Truth::default(),
            coins: Coins::default(),
            transfers: Vec::new(),
            rows: Vec::new(),
            earlier: None,
        };
        let opened = Opened::With(Box::new(Sheet::from(&life.order)));
        log(&mut life, Some(seller.user), &Entry::Opened { opened }, self.now);
        self.lives.push(life);
        let at = self.lives.len() - 1;
        self.posts(at, &transfers);
        if self.planted == Some(Fault::TakenTwice) {
            self.posts(at, &transfers);
        }
        self.tally.opened += 1;
        let order = self.lives[at].order.clone();
        self.looks(at, &order, Did::Nothing)
    }

    /// Amounts that are asked for on the seller's account now.
    fn taken(&self, seller: UserId) -> Vec<Fen> {
        let open = self.lives.iter().filter(|it| it.order.holds_escrow());
        open.filter(|it| it.order.seller == seller).map(|it| it.order.fen).collect()
    }

    fn rests_until(&self, buyer: UserId) -> Option<DateTime<Utc>> {
        let strikes = self.strikes.get(&buyer)?;
        strikes.iter().map(|it| it.until).max().filter(|it| *it > self.now)
    }

    /// Somebody looks at an order, and may put something on the wire: once, twice or not at all.
    fn somebody_wants(&mut self) {
        // Most look at what runs, some at what has ended.
        let mut open = Vec::new();
        open.extend((0..self.lives.len()).filter(|at| !self.lives[*at].order.is_closed()));
        let place = if self.dice.one_in(8) { None } else { self.dice.index(open.len()) };
        let place = place.map(|it| open[it]).or_else(|| self.dice.index(self.lives.len()));
        let Some(at) = place else { return };
        let Self { dice, lives, people, .. } = self;
        let Life { order, truth, .. } = &mut lives[at];
        let side = dice.pick(&[Side::Seller, Side::Buyer]);
        let (user, wanted) = match dice.below(12) {
            0 => (dice.pick(&[OUTSIDER, TRADING_ARBITER]), Some(anything(dice))),
            1 | 2 => {
                let arbiter = dice.pick(&ARBITERS);
                (arbiter, ruling(dice, arbiter, order, *truth))
            }
            _ => {
                let user = order.party(side);
                let person = people.iter().find(|it| it.user == user).expect("a trader");
                (user, wish(dice, person.character, side, order, truth))
            }
        };
        let Some(request) = wanted else { return };
        let seen = match dice.below(10) {
            0 => Some(order.version - 1),
            1 => None,
            _ => Some(order.version),
        };
        let delivery = Delivery { order: order.id, user, request, seen };
        if dice.one_in(20) {
            return; // Lost on the way.
        }
        self.wire.push(delivery);
        if dice.one_in(10) {
            self.wire.push(delivery);
        }
    }

    /// What was sent last, most often; or whatever has been on its way for longer.
    fn something_arrives(&mut self) -> Result<(), String> {
        let Some(place) = self.dice.index(self.wire.len()) else { return Ok(()) };
        let place = if self.dice.one_in(4) { place } else { self.wire.len() - 1 };
        let delivery = self.wire.remove(place);
        let found = self.lives.iter().position(|it| it.order.id == delivery.order);
        found.map_or(Ok(()), |at| self.asks(at, delivery))
    }

    fn asks(&mut self, at: usize, delivery: Delivery) -> Result<(), String> {
        let Delivery { user, request, seen, .. } = delivery;
        let before = self.lives[at].order.clone();
        let arbiter = ARBITERS.contains(&user) || user == TRADING_ARBITER;
        let asker = Asker { user, arbiter };
        let confirms = matches!(request, Request::ConfirmReceipt { .. });
        if self.planted == Some(Fault::ActsBeforeGuard) && confirms {
            let Order { id, buyer, coins, .. } = before;
            self.posts(at, &[Transfer::release(id, buyer, coins)]);
        }
        let believed = match self.planted {
            Some(Fault::AnybodyMay) => Asker { user: before.seller, arbiter: false },
            _ => asker,
        };
        let did = |granted| Did::Asked { request, asker, seen, granted };
        match before.clone().ask(request, believed, seen, self.now) {
            Ok(step) => {
                self.tally.granted += 1;
                let name = format!("{request:?}");
                let name = name.split([' ', '{']).next().unwrap_or_default();
                if !self.tally.requests.contains(name) {
                    self.tally.requests.insert(name.to_owned());
                }
                self.saves(at, step, did(true), Some((Some(user), Entry::Request(request))))
            }
            Err(_) => {
                self.tally.refused += 1;
                self.tally.steps += 1;
                let goes_back = self.planted == Some(Fault::GoesBack)
                    && request == Request::MarkPaid
                    && before.is_closed();
                if goes_back {
                    let earlier = self.lives[at].earlier.clone();
                    self.lives[at].order = earlier.unwrap_or_else(|| before.clone());
                }
                self.looks(at, &before, did(false))
            }
        }
    }

    fn something_is_learned(&mut self) -> Result<(), String> {
        let Some(at) = self.dice.index(self.lives.len()) else { return Ok(()) };
        let fact = match self.dice.below(4) {
            0 => Fact::Unreachable { side: self.dice.pick(&[Side::Seller, Side::Buyer]) },
            1 => Fact::ArbiterLeft { arbiter: self.dice.pick(&ARBITERS) },
            _ => Fact::PaymentSeen { signal: Some(self.dice.pick(&SignalKind::ALL)) },
        };
        self.learns(at, fact)
    }

    fn learns(&mut self, at: usize, fact: Fact) -> Result<(), String> {
        let before = &self.lives[at].order;
        let read = match (self.planted, fact, &self.lives[at].earlier) {
            (Some(Fault::StaleRow), Fact::TimeCame, Some(earlier)) => earlier,
            _ => before,
        };
        let version = before.version;
        let step = read.clone().learn(fact, self.now);
        let logged = step.order.version != version || fact != Fact::TimeCame;
        let entry = logged.then_some((None, Entry::Fact(fact)));
        self.saves(at, step, Did::Learned(fact), entry)
    }

    fn saves(
        &mut self,
        at: usize,
        step: Step,
        did: Did,
        entry: Option<(Option<UserId>, Entry)>,
    ) -> Result<(), String> {
        self.tally.steps += 1;
        let before = self.lives[at].order.clone();
        let Step { mut order, transfers, .. } = step;
        let kind = order.status.kind();
        let cancels = kind == Kind::Cancelled && !before.is_closed();
        let releases = kind == Kind::Released && before.status.kind() == Kind::Releasing;
        if self.planted != Some(Fault::ReturnsEarly) || !cancels {
            self.posts(at, &transfers);
        }
        if self.planted == Some(Fault::PaidTwice) && releases {
            self.posts(at, &transfers);
        }
        let aborted = (self.planted == Some(Fault::HalfCancel) && cancels)
            || (self.planted == Some(Fault::AbortsLater) && releases);
        if self.planted == Some(Fault::WrongAnchor)
            && kind == Kind::Overdue
            && before.status.kind() == Kind::AwaitingPayment
        {
            let terms = &order.terms;
            let seconds = terms.window_seconds + terms.grace_seconds;
            let until = order.opened_at + TimeDelta::seconds(seconds.into());
            order.status = Status::Overdue { since: self.now, until };
            order.due_at = order.next_due(self.now);
        }
        if !aborted {
            let life = &mut self.lives[at];
            let changed = order.version != before.version;
            life.order = order;
            if let Some((actor, entry)) = entry {
                log(life, actor, &entry, self.now);
            }
            if changed {
                life.earlier = Some(before.clone());
            }
        }
        let after = self.lives[at].order.clone();
        self.counts(at, &before, &after);
        self.looks(at, &before, did)?;
        let changed = after.version != before.version;
        if changed && self.dice.one_in(16) { self.replays(at) } else { Ok(()) }
    }

    /// What the desk remembers of people: completed orders, strikes, and an ad's share.
    fn counts(&mut self, at: usize, before: &Order, after: &Order) {
        if before.is_closed() || before.status.claim().is_some() {
            return;
        }
        let Some(closed) = after.status.closed() else { return };
        if after.status.kind() == Kind::Released {
            self.tally.released += 1;
            for user in [after.seller, after.buyer] {
                *self.completed.entry(user).or_default() += 1;
            }
        } else {
            let ad = self.ads.iter_mut().find(|it| it.id == after.ad).expect("its ad");
            ad.left.units = (ad.left.units + after.coins.units).min(ad.terms.total.units);
        }
        let entries: Vec<Entry> = self.lives[at]
            .rows
            .iter()
            .filter_map(|it| serde_json::from_str(&it.entry).ok())
            .collect();
        if Offence::of(&closed, says_paid(&entries)).is_some() {
            let (today, _) = began(self.now);
            let strikes = self.strikes.entry(after.buyer).or_default();
            let earlier = strikes.iter().filter(|it| it.at >= today).count() as u32;
            let until = self.policy.ladder.until(earlier, self.now);
            strikes.push(Strike { at: self.now, until });
        }
    }

    // Coins.

    fn posts(&mut self, at: usize, transfers: &[Transfer]) {
        for it in transfers {
            self.books.post(it);
            let life = &mut self.lives[at];
            match it.kind {
                Why::Lock => life.coins.held += it.coins.units,
                Why::Release => life.coins.released += 1,
                Why::Return => life.coins.returned += 1,
                Why::Deposit | Why::WithdrawAsk | Why::WithdrawPaid | Why::WithdrawReturn => {}
            }
            if matches!(it.kind, Why::Release | Why::Return) {
                life.coins.held -= it.coins.units;
            }
            life.transfers.push(it.clone());
        }
    }

    fn coins_come_or_go(&mut self) -> Result<(), String> {
        self.tally.steps += 1;
        let user = self.dice.pick(&self.people).user;
        let coin = self.dice.pick(&Coin::ALL);
        let worth = match coin {
            Coin::Usdt => 3_000_000_000,
            Coin::Btc => 5_000_000,
            Coin::Eth => 200_000_000,
        };
        let coins = Amount::new(coin, self.dice.between(1, worth));
        match self.dice.below(4) {
            0 | 1 => self.books.post(&Transfer::deposit(user, coins, "")),
            2 if self.books.balance(Account::User(user), coin) >= coins.units => {
                self.last_id += 1;
                let ask = Transfer::withdraw_ask(self.last_id, user, coins);
                self.books.post(&ask);
                if self.planted == Some(Fault::WithdrawnTwice) {
                    self.books.post(&ask);
                }
                self.waiting.push((self.last_id, user, coins));
            }
            _ => {
                if let Some(at) = self.dice.index(self.waiting.len()) {
                    let (id, user, coins) = self.waiting.remove(at);
                    self.books.post(&match self.dice.one_in(3) {
                        true => Transfer::withdraw_return(id, user, coins),
                        false => Transfer::withdraw_paid(id, coins),
                    });
                }
            }
        }
        Ok(())
    }

    /// Every coin is somewhere, and nobody but the world owes any.
    fn books_balance(&mut self) -> Result<(), String> {
        self.books.balances.retain(|_, units| *units != 0);
        let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
        for ((account, coin), units) in &self.books.balances {
            law(*units >= 0 || *account == Account::Outside, "a balance is below nothing")?;
            *sums.entry(coin).or_default() += i128::from(*units);
        }
        law(sums.values().all(|it| *it == 0), "coins were made or lost")?;
        for (id, _, coins) in &self.waiting {
            let aside = self.books.balance(Account::Withdrawal(*id), coins.coin);
            law(aside == coins.units, "a withdrawal has set aside something else")?;
        }
        Ok(())
    }

    // The laws.

    fn looks(&mut self, at: usize, before: &Order, did: Did) -> Result<(), String> {
        let (now, life) = (self.now, &mut self.lives[at]);
        let (order, kind) = (&life.order, life.order.status.kind());
        if self.recent.len() == 60 {
            self.recent.pop_front();
        }
        self.recent.push_back(Line { at: now, order: order.id, did, kind, version: order.version });
        if order.version != before.version {
            let [id, version, at] = [order.id.0, order.version, now.timestamp_millis()];
            let fields = [id.to_string(), version.to_string(), at.to_string()];
            let fields = [&fields[0], &fields[1], &fields[2], kind.as_str()];
            self.tally.digest = self.tally.digest.map(|it| chain(&it, &fields));
            self.tally.kinds.insert(kind);
        }
        let before = before.clone();
        life.watch.looks(&before, did, now, &life.order, life.coins)
    }

    /// The order and its transfers follow from its log.
    fn replays(&self, at: usize) -> Result<(), String> {
        let Life { order, rows, transfers, .. } = &self.lives[at];
        match replay(order.id, rows) {
            Ok(Replayed::Order(derived, moved)) => {
                let derived = Order { due_at: order.due_at, ..*derived };
                law(derived == *order, "an order is not what its log makes of it")?;
                law(moved == *transfers, "the ledger has other transfers than the log")
            }
            Ok(Replayed::Before) => Err("a log without a beginning".to_owned()),
            Err((place, broken)) => Err(format!("row {place} of a log: {broken}")),
        }
    }

    /// What nobody can reopen any more leaves the memory, after a last look.
    fn forgets(&mut self) -> Result<(), String> {
        let now = self.now;
        let is_old =
            |it: &Life| it.order.claim_until().is_some_and(|it| it + TimeDelta::hours(2) < now);
        while let Some(at) = self.lives.iter().position(is_old) {
            self.replays(at)?;
            self.lives.remove(at);
        }
        Ok(())
    }

    /// Faults and people stop: whatever runs comes to its end, or stands before arbiters, within
    /// the longest time that any clock has; and when they decide, everything is closed.
    pub(crate) fn comes_to_rest(&mut self) -> Result<(), Broken> {
        self.tries(Self::rests)
    }

    fn rests(&mut self) -> Result<(), String> {
        let in_queue = |it: &Life| matches!(it.order.status.kind(), Kind::Disputed | Kind::Claimed);
        let end = self.now + TimeDelta::days(4);
        loop {
            let due = |(at, it): (usize, &Life)| {
                it.order.due_at.filter(|_| !in_queue(it)).map(|due| (at, due))
            };
            let next = self.lives.iter().enumerate().filter_map(due).min_by_key(|it| it.1);
            let Some((at, due)) = next else { break };
            law(due <= end, "an order is stuck: no clock ends it and nobody is asked")?;
            self.now = self.now.max(due);
            self.learns(at, Fact::TimeCame)?;
        }
        for at in 0..self.lives.len() {
            // Whoever had taken it is late by now.
            self.now += TimeDelta::days(3);
            for arbiter in ARBITERS {
                let order = self.lives[at].order.id;
                let to = self.dice.pick(&[Side::Seller, Side::Buyer]);
                let to = self.lives[at]
                    .order
                    .status
                    .dispute()
                    .and_then(|it| it.proposed)
                    .map_or(to, |it| it.to);
                for request in [Request::Take, Request::Award { to }, Request::CloseClaim] {
                    self.asks(at, Delivery { order, user: arbiter, request, seen: None })?;
                }
            }
            law(self.lives[at].order.is_closed(), "arbiters cannot end a case")?;
            self.replays(at)?;
        }
        let escrow = |it: &&(Account, &str)| matches!(it.0, Account::Escrow(_));
        self.books_balance()?;
        law(self.books.balances.keys().find(escrow).is_none(), "coins are locked for nothing")
    }

    /// What came last before something broke.
    pub(crate) fn history(&self) -> String {
        let line = |it: &Line| {
            let Line { at, order, did, kind, version } = it;
            format!("  {} order {order} {did:?} -> {} v{version}\n", at, kind.as_str())
        };
        self.recent.iter().map(line).collect()
    }
}

fn log(life: &mut Life, actor: Option<UserId>, entry: &Entry, now: DateTime<Utc>) {
    life.rows.push(Row {
        order: life.order.id.0,
        version: life.order.version,
        actor: actor.map(|it| it.0),
        entry: serde_json::to_string(entry).expect("an entry can be stored"),
        status: life.order.status.kind().as_str().to_owned(),
        at: now.timestamp_millis(),
    });
}

fn law(holds: bool, broken: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken.to_owned()) }
}
