//! A whole world in one process: the bot with a real file, a local Telegram with people in it, and
//! a clock that moves when a story says so.
//!
//! Stories read like chats. Whenever the world has come to rest, everything that must always be
//! true is looked at (`world/check.rs`).

mod check;
pub(crate) mod leaks;
pub(crate) mod people;
mod process;
pub(crate) mod sale;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::app::{Origin, Reply};
use fangbi::bucket::Rate;
use fangbi::clock::{Clock, from_millis};
use fangbi::domain::UserId;
use fangbi::domain::ledger::Account;
use fangbi::domain::money::{Coin, Coins};
use fangbi::domain::order::{Kind, Order, OrderId, Refusal, Request};
use fangbi::domain::policy::Policy;
use fangbi::inbox;
use fangbi::outbox::Limits;
use fangbi::secrets::Seal;
use fangbi::store::StoreError;
use fangbi::store::users::StaffRole;
use fangbi::telegram::api::{Api, Me};
use playground::{Fault, FaultKind, Message, Options, Playground};
use tempfile::TempDir;
use tokio::sync::MutexGuard;

pub(crate) use people::{Somebody, copies, countdowns, labels};
use process::Process;
pub(crate) use sale::Sale;

/// A handle to the world. Cloning gives another handle.
#[derive(Clone)]
pub(crate) struct World(Arc<Inner>);

struct Inner {
    telegram: Playground,
    around: Surroundings,
    process: tokio::sync::Mutex<Option<Process>>,
    /// Transactions, updates and whatever else must not be the same twice.
    numbers: AtomicI64,
    /// How much was logged before the story began.
    logged: usize,
}

/// What is there whether the bot runs or not.
pub(crate) struct Surroundings {
    api: Api,
    me: Me,
    clock: Clock,
    seal: Seal,
    rules: Rules,
    staff: Mutex<Vec<(StaffRole, i64)>>,
}

#[derive(Clone)]
pub(crate) struct Rules {
    pub(crate) policy: Policy,
    /// What is taken in.
    pub(crate) intake: inbox::Limits,
    /// What we keep to…
    pub(crate) limits: Limits,
    /// …and what Telegram holds us to.
    pub(crate) telegram: playground::Limits,
    /// Where the dice of Telegram's trouble start.
    pub(crate) seed: u64,
}

/// The end of a story: nothing that identifies a person has got into a log or, in clear, into the
/// file.
impl Drop for Inner {
    fn drop(&mut self) {
        let Some(process) = self.process.get_mut() else { return };
        if !std::thread::panicking() {
            leaks::look(process.folder.path(), &self.telegram, self.logged);
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        let rate = Rate { per_second: 100_000, burst: 100_000 };
        let limits = Limits { all: rate, urgent_reserve: 0, chat: rate };
        let intake = inbox::Limits { sender: rate, crowd: 1_000_000 };
        let telegram = playground::Limits::none();
        Self { policy: Policy::default(), intake, limits, telegram, seed: Options::default().seed }
    }
}

/// The pulse must beat while time passes, or it counts as an outage.
const BEAT: TimeDelta = TimeDelta::seconds(30);
/// Half a day in beats would be as many empty looks at the same thing.
const SLOW_BEAT: TimeDelta = TimeDelta::seconds(60);
/// No story needs more rounds than this to come to rest.
const ROUNDS: usize = 200;

impl Surroundings {
    fn staff(&self) -> [(StaffRole, Vec<i64>); 3] {
        let staff = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        [StaffRole::Operator, StaffRole::Treasurer, StaffRole::Arbiter].map(|role| {
            let people = staff.iter().filter(|(it, _)| *it == role).map(|(_, id)| *id);
            (role, people.collect())
        })
    }
}

impl World {
    /// A desk with an operator and a treasurer.
    pub(crate) async fn open() -> Self {
        Self::with(Rules::default()).await
    }

    pub(crate) async fn with(rules: Rules) -> Self {
        let logged = leaks::listen();
        let start = from_millis(1_800_000_000_000);
        let telegram = Playground::start(Options {
            clock: playground::Clock::manual(start),
            limits: rules.telegram,
            seed: rules.seed,
            ..Options::default()
        })
        .await
        .unwrap();
        let staff = [(StaffRole::Operator, "Olga"), (StaffRole::Treasurer, "Tao")]
            .map(|(role, name)| (role, telegram.person(name, "en")));
        let api = Api::new(&telegram.token().into(), &telegram.url()).unwrap();
        let around = Surroundings {
            me: api.me().await.unwrap(),
            api,
            clock: Clock::test(start),
            seal: Seal::from_key(&[7; 32]),
            rules,
            staff: Mutex::new(staff.iter().map(|(role, person)| (*role, person.id())).collect()),
        };
        let process = Process::start(&around).await;
        let world = Self(Arc::new(Inner {
            telegram,
            around,
            process: tokio::sync::Mutex::new(Some(process)),
            numbers: AtomicI64::new(1),
            logged,
        }));
        for (_, person) in staff {
            world.accepts(&Somebody::new(person, world.clone())).await;
        }
        world
    }

    // People.

    /// Somebody who has not written to the bot.
    pub(crate) fn stranger(&self, name: &str, language: &str) -> Somebody {
        Somebody::new(self.0.telegram.person(name, language), self.clone())
    }

    /// Somebody who has accepted the terms.
    pub(crate) async fn somebody(&self, name: &str, language: &str) -> Somebody {
        let somebody = self.stranger(name, language);
        self.accepts(&somebody).await;
        somebody
    }

    async fn accepts(&self, somebody: &Somebody) {
        somebody.says("/start").await;
        somebody.presses(in_their(somebody, "I have read this", "我已阅读并接受")).await;
    }

    /// Somebody who has 1,000 USDT.
    pub(crate) async fn seller(&self, name: &str, language: &str) -> Somebody {
        let seller = self.somebody(name, language).await;
        self.deposit(&seller, "1000 USDT").await;
        seller
    }

    /// Somebody whose ad pays ¥7.20 for up to 1,000 USDT, ¥100 to ¥2,000 at a time.
    pub(crate) async fn buyer(&self, name: &str, language: &str) -> Somebody {
        let buyer = self.somebody(name, language).await;
        self.begins_ad(&buyer).await;
        buyer.presses("USDT").await;
        for text in ["7.2", "1000", "100", "2000"] {
            buyer.says(text).await;
        }
        buyer.presses(in_their(&buyer, "15 minutes", "15 分钟")).await;
        buyer.presses(in_their(&buyer, "Post the ad", "发布广告")).await;
        buyer
    }

    pub(crate) async fn arbiter(&self, name: &str) -> Somebody {
        let arbiter = self.somebody(name, "en").await;
        let around = &self.0.around;
        around
            .staff
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((StaffRole::Arbiter, arbiter.id()));
        let [_, _, (role, people)] = around.staff();
        self.process().await.as_mut().unwrap().appoint(role, people).await;
        arbiter
    }

    /// A second operator.
    pub(crate) async fn also_operates(&self, name: &str) -> Somebody {
        let somebody = self.somebody(name, "en").await;
        let around = &self.0.around;
        around
            .staff
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((StaffRole::Operator, somebody.id()));
        self.appoints_operators().await;
        somebody
    }

    pub(crate) async fn operates_no_more(&self, somebody: &Somebody) {
        let around = &self.0.around;
        around
            .staff
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|it| *it != (StaffRole::Operator, somebody.id()));
        self.appoints_operators().await;
    }

    async fn appoints_operators(&self) {
        let [(role, people), _, _] = self.0.around.staff();
        self.process().await.as_mut().unwrap().appoint(role, people).await;
    }

    pub(crate) fn operator(&self) -> Somebody {
        self.staff(StaffRole::Operator)
    }

    pub(crate) fn treasurer(&self) -> Somebody {
        self.staff(StaffRole::Treasurer)
    }

    fn staff(&self, role: StaffRole) -> Somebody {
        let [operators, treasurers, _] = self.0.around.staff();
        let (_, people) = if role == operators.0 { operators } else { treasurers };
        Somebody::new(self.0.telegram.find_person(people[0]).unwrap(), self.clone())
    }

    /// Coins come in, through the treasurer.
    pub(crate) async fn deposit(&self, to: &Somebody, coins: &str) {
        let command = format!("/deposit {} {coins} transaction-{}", to.id(), self.number());
        self.treasurer().says(&command).await;
    }

    /// What stands in a file that the bot has sent.
    pub(crate) async fn file_of(&self, message: &Message) -> Vec<u8> {
        let document = message.document.as_ref().expect("a file");
        let address = format!("{}{}", self.0.telegram.url(), document.url);
        reqwest::get(address).await.unwrap().bytes().await.unwrap().to_vec()
    }

    // Time.

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.around.clock.now()
    }

    fn set(&self, now: DateTime<Utc>) {
        self.0.around.clock.set(now);
        self.0.telegram.clock().set(now);
    }

    /// Time passes while the bot runs. It stops at every moment at which an order is due, so that
    /// nothing is late.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        let (end, beat) =
            (self.now() + time, if time > TimeDelta::hours(1) { SLOW_BEAT } else { BEAT });
        while self.now() < end {
            let now = self.now();
            let due = self.process().await.as_ref().unwrap().store.next_due().await.unwrap();
            let next = due.filter(|it| *it > now).into_iter().chain([now + beat, end]).min();
            self.set(next.unwrap_or(end));
            self.drain().await;
        }
    }

    /// Time passes while nothing runs: an outage.
    pub(crate) fn away(&self, time: TimeDelta) {
        self.set(self.now() + time);
    }

    // The program.

    pub(crate) async fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.0.process.lock().await
    }

    /// Until nothing is left to do. What our own limits hold back needs a moment.
    pub(crate) async fn settle(&self) {
        self.drain().await;
        if self.0.around.rules.limits != Rules::default().limits {
            self.pass(seconds(10)).await;
        }
    }

    /// Polls, handles, looks at the clock and sends until nothing is left to do now.
    pub(crate) async fn drain(&self) {
        let mut process = self.process().await;
        let it = process.as_mut().unwrap();
        for _ in 0..ROUNDS {
            let polled = it.poll().await;
            let handled = it.handle().await;
            let looked = it.tick().await;
            let sent = it.send().await;
            if !(polled || handled || looked || sent) {
                let problems = check::check(it, &self.0.telegram, &self.0.around).await;
                assert!(problems.is_empty(), "{}", problems.join("\n"));
                return;
            }
        }
        panic!("the world does not come to rest");
    }

    // One step of a loop, for stories about what happens in between.

    pub(crate) async fn poll(&self) -> bool {
        self.process().await.as_mut().unwrap().poll().await
    }

    pub(crate) async fn handle(&self) -> bool {
        self.process().await.as_mut().unwrap().handle().await
    }

    pub(crate) async fn tick(&self) -> bool {
        self.process().await.as_mut().unwrap().tick().await
    }

    pub(crate) async fn send(&self) -> bool {
        self.process().await.as_mut().unwrap().send().await
    }

    /// As after SIGKILL: everything in memory is gone, and the same file is opened again.
    pub(crate) async fn restart(&self) {
        let mut process = self.process().await;
        let killed = process.take().unwrap();
        let looked_at = killed.looked_at.load(Ordering::Relaxed);
        let started = killed.killed(&self.0.around).await;
        let grown = started.grown().await;
        if grown != looked_at {
            let seal = Some(&self.0.around.seal);
            let damage = fangbi::store::check::check(started.folder.path(), seal).await.unwrap();
            assert!(damage.is_empty(), "{}", damage.join("\n"));
        }
        started.looked_at.store(grown, Ordering::Relaxed);
        *process = Some(started);
    }

    /// Sends with this trouble for the next message to that person, and dies as soon as it has
    /// struck, before anything about it can be written down. False: there was nothing to send.
    pub(crate) async fn dies_while_sending(&self, to: &Somebody, kind: FaultKind) -> bool {
        self.dies_of(Fault::new(kind).method("sendMessage").person(to.id())).await
    }

    /// Likewise, with the next call of this method.
    pub(crate) async fn dies_during(&self, method: &str, kind: FaultKind) -> bool {
        self.dies_of(Fault::new(kind).method(method)).await
    }

    async fn dies_of(&self, fault: Fault) -> bool {
        let telegram = &self.0.telegram;
        telegram.fault(fault);
        {
            let mut process = self.process().await;
            let struck = async {
                while !telegram.faults().is_empty() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                () = struck => {}
                _ = process.as_mut().unwrap().outbox.step() => {}
            }
        }
        let struck = telegram.faults().is_empty();
        telegram.clear_faults();
        if struck {
            self.restart().await;
        }
        struck
    }

    // Trouble.

    pub(crate) fn telegram(&self) -> &Playground {
        &self.0.telegram
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.0.telegram.fault(fault);
    }

    /// Telegram is itself again.
    pub(crate) fn calms_down(&self) {
        self.0.telegram.clear_faults();
    }

    pub(crate) fn is_troubled(&self) -> bool {
        !self.0.telegram.faults().is_empty()
    }

    // What is known without a chat.

    pub(crate) async fn balance(&self, of: &Somebody) -> String {
        self.balance_in(of, Coin::Usdt).await
    }

    pub(crate) async fn balance_in(&self, of: &Somebody, coin: Coin) -> String {
        let account = Account::User(UserId(of.id()));
        self.balance_on(account, coin).await.to_string()
    }

    pub(crate) async fn balance_on(&self, account: Account, coin: Coin) -> Coins {
        let units: Option<i64> = self
            .query_one(&format!(
                "select units from balances where account = '{account}' and coin = '{coin}'"
            ))
            .await;
        Coins::new(coin, units.unwrap_or(0))
    }

    pub(crate) async fn order(&self, id: OrderId) -> Order {
        let process = self.process().await;
        process.as_ref().unwrap().store.order(id).await.unwrap().unwrap()
    }

    pub(crate) async fn status(&self, id: OrderId) -> Kind {
        self.order(id).await.status.kind()
    }

    pub(crate) async fn newest_order(&self) -> OrderId {
        OrderId(self.query_one("select max(id) from orders").await.unwrap())
    }

    pub(crate) async fn query_one(&self, sql: &str) -> Option<i64> {
        let process = self.process().await;
        let pool = process.as_ref().unwrap().store.readers();
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_optional(pool).await.unwrap()
    }

    /// Asks an order what no button asks yet. Returns the refusal.
    pub(crate) async fn asks(
        &self,
        who: &Somebody,
        order: OrderId,
        request: Request,
    ) -> Option<String> {
        let refusal = self.asks_and_goes_on(who, order, request).await;
        self.drain().await;
        refusal.map(|it| it.to_string())
    }

    /// Likewise, and the world stands still.
    pub(crate) async fn asks_and_goes_on(
        &self,
        who: &Somebody,
        order: OrderId,
        request: Request,
    ) -> Option<Refusal> {
        let app = self.process().await.as_ref().unwrap().app.clone();
        let (tell, told) = std::sync::mpsc::channel();
        let (user, update_id) = (UserId(who.id()), -self.number());
        let origin = Origin { update_id, chat: user.0, user, meet: None, poses: None };
        let say = move |outcome: Result<&Order, (Refusal, Option<i64>)>| {
            tell.send(outcome.err().map(|(refusal, _)| refusal)).unwrap();
            Reply::default()
        };
        app.ask(origin, order, request, None, say).await.unwrap();
        told.recv().unwrap()
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.around.seal
    }

    /// Changes a row as no chat can: to what an older program has left.
    pub(crate) async fn writes(&self, sql: String) {
        let process = self.process().await;
        let store = &process.as_ref().unwrap().store;
        store
            .write(self.now(), move |tx| {
                Box::pin(async move {
                    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(tx.conn().await?).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }

    /// The database's files as they are now, beside those that are in use.
    pub(crate) async fn copied_files(&self) -> TempDir {
        let process = self.process().await;
        process.as_ref().unwrap().copied_files()
    }

    /// Which of the database's files have these words in clear.
    pub(crate) async fn files_with(&self, words: &str) -> Vec<String> {
        let process = self.process().await;
        let folder = process.as_ref().unwrap().folder.path().to_owned();
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            let bytes = std::fs::read(file.path()).unwrap();
            if bytes.windows(words.len()).any(|it| it == words.as_bytes()) {
                found.push(file.file_name().into_string().unwrap());
            }
        }
        found
    }

    pub(crate) fn number(&self) -> i64 {
        self.0.numbers.fetch_add(1, Ordering::Relaxed)
    }
}

/// Words in the language of somebody's client.
pub(crate) fn in_their<'a>(somebody: &Somebody, english: &'a str, chinese: &'a str) -> &'a str {
    if somebody.person.info().language_code.starts_with("zh") { chinese } else { english }
}

pub(crate) fn minutes(it: i64) -> TimeDelta {
    TimeDelta::minutes(it)
}

pub(crate) fn seconds(it: i64) -> TimeDelta {
    TimeDelta::seconds(it)
}

pub(crate) fn hours(it: i64) -> TimeDelta {
    TimeDelta::hours(it)
}
