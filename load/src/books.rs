//! A desk with very many orders, made on the real file by the real App before the bot starts: each
//! has its log, its transfers and its sealed account, as if people had opened it in their chats.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use fangbi::app::{App, Opening, Origin, PayTo, Reply};
use fangbi::clock::Clock;
use fangbi::domain::UserId;
use fangbi::domain::ad::{AdId, AdTerms};
use fangbi::domain::amount::Quantity;
use fangbi::domain::money::{Coin, Coins, Fen, Price};
use fangbi::domain::order::{Fact, OrderId};
use fangbi::domain::payee::{Account, RealName};
use fangbi::domain::payer::Payer;
use fangbi::domain::policy::Policy;
use fangbi::language::Language;
use fangbi::letter::{Letter, Notice};
use fangbi::secrets::Seal;
use fangbi::store::orders::Payee;
use fangbi::store::outbox::{self, Urgency};
use fangbi::store::users::StaffRole;
use fangbi::store::{Fatal, Store, StoreError};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::Problem;
use crate::bot::TREASURER;

/// From these on: sellers whom nobody writes to.
pub(crate) const SELLERS: i64 = 1_000_000_000;
/// How long a buyer has to pay, in minutes: the longest that the schema takes.
pub(crate) const WINDOW: u32 = 120;
/// What an order is about, in USDT.
const SOLD: i64 = 20;
/// How many orders are under way at once: what fits into one commit.
const AT_ONCE: usize = 256;
/// How many letters are taken out of the outbox at once.
const LETTERS: usize = 4_000;

pub(crate) struct Books {
    store: Store,
    seal: Seal,
    policy: Policy,
    ads: Vec<AdId>,
    /// Updates and transactions must not be the same twice.
    numbers: Arc<AtomicI64>,
    writing: JoinSet<Result<(), Fatal>>,
}

/// An order that is to be opened, by a seller who is new.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seller: i64,
    pub(crate) opened_at: DateTime<Utc>,
    /// The clock looks at it once at this time, and so at what is due until then.
    pub(crate) looked_at: Option<DateTime<Utc>>,
}

/// One that was.
#[derive(Clone, Copy)]
pub(crate) struct Made {
    pub(crate) id: OrderId,
    pub(crate) buyer: i64,
    pub(crate) seller: i64,
}

impl Books {
    /// On a folder that is new, where `buyers` each have an ad.
    pub(crate) async fn open(data: &Path, buyers: &[i64]) -> Result<Self, Problem> {
        let (store, writer) = Store::open(data).await?;
        let seal = Seal::read_or_create(&data.join("fangbi.key"))?;
        let mut writing = JoinSet::new();
        writing.spawn(writer.run());
        store.remember_key(&seal, Clock::system().now()).await?;
        let policy = Policy { windows: 10..=WINDOW, ..Policy::default() };
        let numbers = Arc::new(AtomicI64::new(1));
        let mut books = Self { store, seal, policy, ads: Vec::new(), numbers, writing };
        let now = Clock::system().now();
        let app = books.app(now);
        app.appoint(StaffRole::Treasurer, vec![TREASURER]).await?;
        for buyer in buyers {
            books.ads.push(post_ad(&app, books.origin(*buyer, true)).await?);
        }
        Ok(books)
    }

    /// The App as of some moment.
    fn app(&self, now: DateTime<Utc>) -> App {
        App::new(self.store.clone(), self.seal.clone(), Clock::test(now), self.policy.clone())
    }

    fn origin(&self, user: i64, new: bool) -> Origin {
        let update_id = self.numbers.fetch_add(1, Ordering::Relaxed);
        let meet = new.then_some(Language::English);
        Origin { update_id, chat: user, user: UserId(user), meet, poses: None }
    }

    /// Opens them, about in this order. What would be said about it counts as said.
    pub(crate) async fn fill(&self, plans: &[Plan]) -> Result<Vec<Made>, Problem> {
        let mut opening = JoinSet::new();
        let mut made = Vec::with_capacity(plans.len());
        for (number, plan) in plans.iter().enumerate() {
            if opening.len() == AT_ONCE
                && let Some(order) = opening.join_next().await
            {
                made.push(order??);
            }
            let (app, ad) = (self.app(plan.opened_at), self.ads[number % self.ads.len()]);
            let origins = [(); 2].map(|()| self.origin(plan.seller, true));
            let treasurer = self.origin(TREASURER, false);
            let later = plan.looked_at.map(|at| self.app(at));
            opening.spawn(open(app, later, ad, origins, treasurer));
            if number % 5_000 == 4_999 {
                self.say_nothing().await?;
            }
        }
        while let Some(order) = opening.join_next().await {
            made.push(order??);
        }
        self.say_nothing().await?;
        Ok(made)
    }

    /// Ends all letters that wait.
    async fn say_nothing(&self) -> Result<(), Problem> {
        let now = Clock::system().now();
        let by = now + TimeDelta::days(1);
        loop {
            let letters = self.store.waiting_letters(by, Urgency::Notice, LETTERS).await?;
            let done: Vec<_> = letters.iter().map(outbox::Letter::version).collect();
            if done.is_empty() {
                return Ok(());
            }
            let ended: Result<(), StoreError> = self
                .store
                .write(now, |tx| Box::pin(async move { tx.letters_done(&done).await }))
                .await;
            ended?;
        }
    }

    /// A notice to each of these, as if the desk had told all of them something.
    pub(crate) async fn tell(&self, people: &[i64]) -> Result<(), Problem> {
        let coins = Coins::new(Coin::Usdt, SOLD * Coin::Usdt.one());
        for some in people.chunks(1_000) {
            let some = some.to_vec();
            let told: Result<(), StoreError> = self
                .store
                .write(Clock::system().now(), move |tx| {
                    Box::pin(async move {
                        for person in some {
                            let reference = format!("notice-{person}");
                            let notice = Notice::Credited { coins, reference };
                            tx.enqueue(Letter::Notice { notice }.to(person)?);
                        }
                        Ok(())
                    })
                })
                .await;
            told?;
        }
        Ok(())
    }

    /// The bot was in touch with Telegram at that moment, for the last time.
    pub(crate) async fn was_in_touch(&self, at: DateTime<Utc>) -> Result<(), Problem> {
        let touched: Result<(), StoreError> =
            self.store.write(at, |tx| Box::pin(tx.touch_pulse())).await;
        Ok(touched?)
    }

    pub(crate) async fn close(mut self) -> Result<(), Problem> {
        self.store.close().await;
        while let Some(end) = self.writing.join_next().await {
            end??;
        }
        Ok(())
    }
}

/// Somebody comes in, says who pays, and posts an ad that is large enough for all.
async fn post_ad(app: &App, origin: Origin) -> Result<AdId, Problem> {
    app.accept_terms(origin, Reply::default()).await?;
    let payer =
        Payer { name: RealName::parse("李小龙")?, account: Account::parse("13900000000")? };
    app.declare_payer(origin, payer, Reply::default()).await?;
    let terms = AdTerms {
        price: Price(7_200),
        total: Coins::new(Coin::Usdt, 100_000_000 * Coin::Usdt.one()),
        min: Fen::yuan(100),
        max: Fen::yuan(2_000),
        window: WINDOW,
    };
    let (tell, told) = oneshot::channel();
    app.post_ad(origin, terms, |ad| {
        let _ = tell.send(ad.map(|it| it.id));
        Reply::default()
    })
    .await?;
    Ok(told.await??)
}

/// A seller comes in, is given coins, and sells them.
async fn open(
    app: App,
    later: Option<App>,
    ad: AdId,
    [comes, sells]: [Origin; 2],
    treasurer: Origin,
) -> Result<Made, Problem> {
    let seller = comes.user.0;
    app.accept_terms(comes, Reply::default()).await?;
    let coins = Coins::new(Coin::Usdt, SOLD * Coin::Usdt.one());
    let reference = format!("deposit-{seller}");
    let quiet = |_| Reply::default();
    app.deposit(treasurer, comes.user, coins, reference, quiet).await?;
    let payee = Payee {
        account: Account::parse(&format!("seller{seller}@example.com"))?,
        name: RealName::parse("王小明")?,
        code: None,
    };
    let opening =
        Opening { ad, version: 1, quantity: Quantity::Coins(coins), payee: PayTo::First(payee) };
    let (tell, told) = oneshot::channel();
    let sells = Origin { meet: None, ..sells };
    app.open(sells, opening, |order| {
        let made = order.map(|it| Made { id: it.id, buyer: it.buyer.0, seller: it.seller.0 });
        let _ = tell.send(made.map_err(|refusal| format!("an order was refused: {refusal:?}")));
        Reply::default()
    })
    .await?;
    let made = told.await??;
    if let Some(later) = later {
        later.learn(made.id, Fact::TimeCame).await?;
    }
    Ok(made)
}
