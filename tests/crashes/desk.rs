//! A desk without a chat: the real App over the real store, and people who trade through it as fast
//! as it answers. Each remembers what was acknowledged, and nothing else: whatever happens to the
//! desk in between, they look at where their order stands and go on from there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use fangbi::app::{App, Opening, Origin, PayTo, Reply, last_digits};
use fangbi::clock::{Clock, from_millis};
use fangbi::domain::UserId;
use fangbi::domain::ad::{AdId, AdTerms};
use fangbi::domain::amount::Quantity;
use fangbi::domain::money::{Coin, Coins, Fen, Price};
use fangbi::domain::order::{Fact, Order, OrderId, Question, Request, Status};
use fangbi::domain::payee::{Account, RealName};
use fangbi::domain::payer::Payer;
use fangbi::domain::policy::Policy;
use fangbi::language::Language;
use fangbi::secrets::Seal;
use fangbi::store::inbox::Arrival;
use fangbi::store::orders::Payee;
use fangbi::store::users::StaffRole;
use fangbi::store::{Fatal, OpenError, Store, StoreError};
use sqlx::{ConnectOptions, Connection, FromRow};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use tempfile::TempDir;
use tokio::task::{JoinHandle, JoinSet};

/// So many trade at a time.
const PAIRS: i64 = 5;
const SELLERS: i64 = 2_000;
const BUYERS: i64 = 3_000;
const PATIENCE: Duration = Duration::from_secs(60);
const TREASURER: UserId = UserId(901);
const MUCH: Coins = Coins::new(Coin::Usdt, 1_000_000_000_000);
/// What is sold at a time.
const SOLD: Coins = Coins::new(Coin::Usdt, 2_000_000);

pub(crate) struct Desk {
    pub(crate) store: Store,
    app: App,
    pub(crate) writer: JoinHandle<Result<(), Fatal>>,
}

/// What people have been told is done. Each of these must be found again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Promises {
    /// The version that each order has at least.
    orders: BTreeMap<i64, i64>,
    /// Updates that Telegram may forget.
    updates: BTreeSet<i64>,
    deposits: BTreeSet<String>,
}

/// What is promised, by everybody.
#[derive(Clone, Default)]
pub(crate) struct Promised(Arc<Mutex<Promises>>);

impl Promised {
    pub(crate) fn now(&self) -> Promises {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, what: impl FnOnce(&mut Promises)) {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Promises {
    fn order(&mut self, id: i64, version: i64) {
        self.orders.insert(id, version);
    }

    fn update(&mut self, id: i64) {
        self.updates.insert(id);
    }

    fn deposit(&mut self, reference: String) {
        self.deposits.insert(reference);
    }

    pub(crate) fn count(&self) -> usize {
        self.orders.len() + self.updates.len() + self.deposits.len()
    }

    /// What is not there, one line each.
    pub(crate) async fn missing(&self, conn: &mut SqliteConnection) -> Vec<String> {
        let there: BTreeMap<i64, i64> = rows(conn, "select id, version from orders").await;
        let updates: BTreeMap<i64, i64> = rows(conn, "select update_id, 1 from inbox").await;
        let deposits: BTreeMap<String, i64> =
            rows(conn, "select key, 1 from transfers where kind = 'deposit'").await;
        let mut missing = Vec::new();
        for (id, version) in &self.orders {
            let found = there.get(id);
            if found.is_none_or(|it| it < version) {
                missing.push(format!("order {id} has version {found:?}, not {version}"));
            }
        }
        let lost = self.updates.iter().filter(|it| !updates.contains_key(it));
        missing.extend(lost.map(|it| format!("update {it}")));
        let lost = self.deposits.iter().filter(|it| !deposits.contains_key(*it));
        missing.extend(lost.map(|it| format!("deposit {it}")));
        missing
    }
}

async fn rows<K>(conn: &mut SqliteConnection, sql: &'static str) -> BTreeMap<K, i64>
where
    K: Ord + Send + Unpin,
    (K, i64): for<'r> FromRow<'r, SqliteRow>,
{
    sqlx::query_as(sql).fetch_all(conn).await.unwrap().into_iter().collect()
}

/// What is wrong with a desk's folder, whether it is open or not: what was promised and is not
/// there, and what does not fit together.
pub(crate) async fn look_at(folder: &Path, promises: &Promises) -> (Vec<String>, Vec<String>) {
    let file = folder.join(fangbi::store::FILE);
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut conn = options.connect().await.unwrap();
    let missing = promises.missing(&mut conn).await;
    let damage = fangbi::store::check::look(&mut conn, Some(&seal())).await.unwrap();
    conn.close().await.unwrap();
    (missing, damage)
}

pub(crate) fn seal() -> Seal {
    Seal::from_key(&[7; 32])
}

/// The trade of many, which can be stopped.
pub(crate) struct Trade {
    stopped: Arc<AtomicBool>,
    /// What was acknowledged so far.
    pub(crate) done: Arc<AtomicU64>,
    people: JoinSet<()>,
}

impl Trade {
    /// Everybody finishes what they are at.
    pub(crate) async fn stop(mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        let ends = async {
            while let Some(end) = self.people.join_next().await {
                end.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, ends).await.expect("nobody waits for a desk for ever");
    }
}

impl Desk {
    #[expect(clippy::disallowed_methods, reason = "a test is the main of its world")]
    pub(crate) async fn open(folder: &Path) -> Result<Self, OpenError> {
        let (store, writer) = Store::open(folder).await?;
        let writer = tokio::spawn(writer.run());
        let mut policy = Policy::default();
        policy.terms.cool_off_seconds = 0;
        policy.terms.code_above = Fen::yuan(1_000_000);
        let clock = Clock::test(from_millis(1_800_000_000_000));
        Ok(Self { app: App::new(store.clone(), seal(), clock, policy), store, writer })
    }

    /// As the process dies: nobody finishes anything.
    pub(crate) async fn dies(self) {
        self.writer.abort();
        // However it ends: the lock on the folder is free then.
        let _ = self.writer.await;
    }

    pub(crate) async fn closes(self) {
        self.store.close().await;
        self.writer.await.unwrap().unwrap();
    }

    pub(crate) fn trades(&self, promised: &Promised) -> Trade {
        let (stopped, done) = (Arc::default(), Arc::default());
        let mut people = JoinSet::new();
        for pair in 0..=PAIRS {
            let clerk = Clerk {
                store: self.store.clone(),
                app: self.app.clone(),
                promised: promised.clone(),
                stopped: Arc::clone(&stopped),
                done: Arc::clone(&done),
            };
            people.spawn(async move {
                match pair {
                    PAIRS => clerk.takes_in().await,
                    pair => clerk.trades(UserId(SELLERS + pair), UserId(BUYERS + pair)).await,
                }
            });
        }
        Trade { stopped, done, people }
    }
}

/// Who acts for the people of one sale, or at the door.
struct Clerk {
    store: Store,
    app: App,
    promised: Promised,
    stopped: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
}

/// No number comes twice, whichever desk it is for.
static NUMBERS: AtomicI64 = AtomicI64::new(1);

fn number() -> i64 {
    NUMBERS.fetch_add(1, Ordering::Relaxed)
}

fn origin(user: UserId) -> Origin {
    Origin { update_id: -number(), chat: user.0, user, meet: None, poses: None }
}

impl Clerk {
    fn acknowledged(&self, what: impl FnOnce(&mut Promises)) {
        self.promised.keep(what);
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until it makes sense to try again. False: this desk has come to its end.
    async fn waits(&self) -> bool {
        // A moment, for what was refused for another reason than the disk.
        tokio::task::yield_now().await;
        self.store.writable().wait_for(|it| *it).await.is_ok() && !self.stopped()
    }

    fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    async fn trades(&self, seller: UserId, buyer: UserId) {
        while !self.stopped() {
            if self.step(seller, buyer).await.is_err() && !self.waits().await {
                return;
            }
        }
    }

    /// Updates come in, and deposits.
    async fn takes_in(&self) {
        while !self.stopped() {
            let (update, text) = (number(), format!("transaction-{}", number()));
            let arrival = Arrival::seal(&seal(), update, Some(1), "{}").unwrap();
            let taken = self.store.write(self.app.now(), move |tx| {
                Box::pin(async move { tx.take_in(&[arrival]).await })
            });
            let taken = taken.await;
            if taken.is_ok() {
                self.acknowledged(|it| it.update(update));
            }
            let user = UserId(SELLERS + update % PAIRS);
            let deposited = self.app.deposit(origin(TREASURER), user, SOLD, text.clone(), |said| {
                said.unwrap();
                Reply::default()
            });
            let deposited = deposited.await;
            if deposited.is_ok() {
                self.acknowledged(|it| it.deposit(text));
            }
            if (taken.is_err() || deposited.is_err()) && !self.waits().await {
                return;
            }
        }
    }

    /// The next step of a sale, from wherever it stands.
    async fn step(&self, seller: UserId, buyer: UserId) -> Result<(), StoreError> {
        let open: Option<i64> =
            sqlx::query_scalar("select id from orders where seller = $1 and due_at is not null")
                .bind(seller.0)
                .fetch_optional(self.store.readers())
                .await?;
        let Some(id) = open.map(OrderId) else { return self.opens(seller, buyer).await };
        let Some(order) = self.store.order(id).await? else { return Ok(()) };
        match order.status {
            Status::AwaitingPayment { .. } => self.asks(&order, buyer, Request::MarkPaid).await,
            Status::Paid { .. } => {
                let next = Question::ALL.into_iter().find(|it| order.gate.answer(*it).is_none());
                match next {
                    Some(question) => {
                        self.asks(&order, seller, Request::Answer { question, yes: true }).await
                    }
                    None => self.releases(&order).await,
                }
            }
            Status::Releasing { .. } => {
                self.app.learn(id, Fact::TimeCame).await?;
                self.acknowledged(|it| it.order(id.0, order.version + 1));
                Ok(())
            }
            // What was asked of a desk that has died meanwhile has come true after all.
            Status::Released { .. } => Ok(()),
            Status::Overdue { .. }
            | Status::Delayed { .. }
            | Status::Refunding { .. }
            | Status::Disputed { .. }
            | Status::Claimed { .. }
            | Status::Cancelled { .. }
            | Status::Expired { .. } => panic!("nobody has asked for {:?}", order.status),
        }
    }

    async fn opens(&self, seller: UserId, buyer: UserId) -> Result<(), StoreError> {
        let ad: (i64, i64) = sqlx::query_as("select id, version from ads where owner = $1")
            .bind(buyer.0)
            .fetch_one(self.store.readers())
            .await?;
        let kept = self.store.payees_of(&seal(), seller).await?;
        let payee = match kept.first() {
            Some(kept) => PayTo::Kept(kept.id),
            None => PayTo::First(Payee {
                account: account(seller),
                name: RealName::parse("欧阳明珠").unwrap(),
                code: None,
            }),
        };
        let opening =
            Opening { ad: AdId(ad.0), version: ad.1, quantity: Quantity::Coins(SOLD), payee };
        let (tell, told) = std::sync::mpsc::channel();
        let opened = self.app.open(origin(seller), opening, move |said| {
            tell.send(said.map(|it| (it.id.0, it.version))).unwrap();
            Reply::default()
        });
        opened.await?;
        let (id, version) = told.recv().unwrap().expect("nothing speaks against it");
        self.acknowledged(|it| it.order(id, version));
        Ok(())
    }

    async fn asks(&self, order: &Order, who: UserId, what: Request) -> Result<(), StoreError> {
        let (tell, told) = std::sync::mpsc::channel();
        let seen = Some(order.version);
        let asked = self.app.ask(origin(who), order.id, what, seen, move |said| {
            tell.send(said.map(|it| (it.id.0, it.version)).map_err(|it| it.0)).unwrap();
            Reply::default()
        });
        asked.await?;
        let (id, version) = told.recv().unwrap().expect("the order was looked at before");
        self.acknowledged(|it| it.order(id, version));
        Ok(())
    }

    async fn releases(&self, order: &Order) -> Result<(), StoreError> {
        let (tell, told) = std::sync::mpsc::channel();
        let digits = last_digits(order.fen);
        let released = self.app.release(origin(order.seller), order.id, digits, move |said| {
            tell.send(said.map(|it| (it.id.0, it.version))).unwrap();
            Reply::default()
        });
        released.await?;
        let (id, version) = told.recv().unwrap().expect("the gate was answered");
        self.acknowledged(|it| it.order(id, version));
        Ok(())
    }
}

fn account(user: UserId) -> Account {
    Account::parse(&format!("1397160{:04}", user.0)).unwrap()
}

/// A folder with a desk at which everybody has what it takes to trade, and nobody has yet.
pub(crate) fn furnished() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(fangbi::store::FILE), &*FURNISHED).unwrap();
    folder
}

static FURNISHED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    // Whoever asks is in a runtime already.
    std::thread::spawn(|| {
        torture::install();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let desk = Desk::open(folder.path()).await.unwrap();
            furnish(&desk.app).await.unwrap();
            desk.closes().await;
            std::fs::read(folder.path().join(fangbi::store::FILE)).unwrap()
        })
    })
    .join()
    .unwrap()
});

async fn furnish(app: &App) -> Result<(), StoreError> {
    app.appoint(StaffRole::Treasurer, vec![TREASURER.0]).await?;
    for pair in 0..PAIRS {
        let (seller, buyer) = (UserId(SELLERS + pair), UserId(BUYERS + pair));
        for user in [seller, buyer] {
            let meet = Some(Language::English);
            app.accept_terms(Origin { meet, ..origin(user) }, Reply::default()).await?;
        }
        let deposited =
            app.deposit(origin(TREASURER), seller, MUCH, format!("first-{pair}"), |said| {
                said.unwrap();
                Reply::default()
            });
        deposited.await?;
        let payer =
            Payer { name: RealName::parse("诸葛清风").unwrap(), account: account(buyer) };
        app.declare_payer(origin(buyer), payer, Reply::default()).await?;
        let terms = AdTerms {
            price: Price(7_200),
            total: MUCH,
            min: Fen::yuan(10),
            max: Fen::yuan(100),
            window: 15,
        };
        let posted = app.post_ad(origin(buyer), terms, |said| {
            said.unwrap();
            Reply::default()
        });
        posted.await?;
    }
    Ok(())
}
