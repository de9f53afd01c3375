//! What the database says in the end: everything once.

use std::path::Path;
use std::time::{Duration, Instant};

use fangbi::store::FILE;
use playground::Playground;
use sqlx::ConnectOptions;
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection};

use super::bot::Bot;
use super::people::{DEPOSIT, Done, coins_of};

const USDT: i64 = 1_000_000;

/// After this something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until every update is confirmed and handled, and every letter sent. A desk that is asked
/// to leave before may leave something for its next start.
pub(crate) async fn come_to_rest(bot: &Bot, telegram: &Playground) {
    let start = Instant::now();
    let mut conn = open(&bot.data()).await;
    loop {
        let left: (i64, i64) = sqlx::query_as(
            "select (select count(*) from inbox where state <> 'done'), (select count(*) from outbox)",
        )
        .fetch_one(&mut conn)
        .await
        .unwrap();
        let unconfirmed = telegram.pending_updates();
        if (left, unconfirmed) == ((0, 0), 0) {
            return;
        }
        assert!(
            start.elapsed() < PATIENCE,
            "{} updates and {} letters are left, and {unconfirmed} updates unconfirmed",
            left.0,
            left.1
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What is wrong, one line each.
pub(crate) async fn look(bot: &Bot, done: &Done) -> Vec<String> {
    let mut problems = Vec::new();
    let (sound, said) = bot.check().await;
    if !sound {
        problems.push(said);
    }
    let mut conn = open(&bot.data()).await;
    let mut is = async |what: &str, sql: &'static str, should: i64| {
        let is: i64 = sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap();
        if is != should {
            problems.push(format!("{what}: {is} instead of {should}"));
        }
    };
    let (sales, acts) = (done.sales as i64, done.acts as i64);
    is("updates that were handled", "select count(*) from inbox where state = 'done'", acts).await;
    is("updates in all", "select count(*) from inbox", acts).await;
    is("letters left", "select count(*) from outbox", 0).await;
    is("orders", "select count(*) from orders", sales).await;
    is("released", "select count(*) from orders where status = 'released'", sales).await;
    is("locks", "select count(*) from transfers where kind = 'lock'", sales).await;
    is("releases", "select count(*) from transfers where kind = 'release'", sales).await;
    is("deposits", "select count(*) from transfers where kind = 'deposit'", done.sold.len() as i64)
        .await;
    is("all transfers", "select count(*) from transfers", 2 * sales + done.sold.len() as i64).await;
    let asked = "select count(*) from order_log where entry ->> 'request' = 'mark_paid'";
    is("payments that were marked", asked, sales).await;
    // Whoever is impatient may have answered one question twice, by two presses.
    let asked = "select count(*) from (select distinct order_id, entry ->> 'question'
                 from order_log where entry ->> 'request' = 'answer')";
    is("questions of the gate that were answered", asked, 5 * sales).await;
    let asked = "select count(*) from order_log where entry ->> 'request' = 'confirm_receipt'";
    is("receipts that were confirmed", asked, sales).await;
    is("what people wrote", "select count(*) from messages", done.notes.len() as i64).await;
    is("coins", "select coalesce(sum(units), 0) from balances", 0).await;
    for (seller, sales) in &done.sold {
        let left: i64 = sqlx::query_scalar(
            "select units from balances where account = 'user:' || $1 and coin = 'USDT'",
        )
        .bind(seller)
        .fetch_one(&mut conn)
        .await
        .unwrap();
        let should = (DEPOSIT - (0..*sales).map(coins_of).sum::<i64>()) * USDT;
        if left != should {
            problems.push(format!("seller {seller} has {left} units instead of {should}"));
        }
    }
    problems
}

async fn open(data: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(data.join(FILE)).read_only(true);
    options.connect().await.unwrap()
}
