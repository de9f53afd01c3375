//! Single bits of the files flip while nobody looks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use fangbi::domain::order::{Order, OrderId};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;
use torture::Dice;

use crate::desk::{Desk, Promised, furnished, seal};
use crate::{as_often_as, seed};

const FILE: &str = fangbi::store::FILE;
const LOG: &str = "fangbi.db-wal";

/// The rows of each table.
type Contents = BTreeMap<String, Vec<String>>;

/// What is owed to whom, and why.
const BOOKS: [&str; 6] = ["balances", "heads", "messages", "order_log", "orders", "transfers"];

/// What became of a flipped bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// The program does not start.
    NotOpened,
    /// `fangbi check` says what is wrong.
    Found,
    /// All that can be read is what it was.
    Harmless,
    /// The last commit of the log is gone, as if the power had failed before it: nobody can tell.
    LastCommit,
    /// Something beside the books says something else, and nobody says so: a letter that still waits,
    /// a setting, a counter. No coins move by it.
    Beside,
    /// The books say something else, and nobody says so.
    Silent,
}

/// A desk in the middle of its day: some is in the file, and some in the log only.
async fn day() -> TempDir {
    let mut folder = furnished();
    for _ in 0..2 {
        let desk = Desk::open(folder.path()).await.unwrap();
        let trade = desk.trades(&Promised::default());
        while trade.done.load(Ordering::Relaxed) < 150 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        trade.stop().await;
        let copy = copy_of(folder.path());
        desk.dies().await;
        folder = copy;
    }
    folder
}

fn copy_of(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in [FILE, LOG] {
        if folder.join(name).exists() {
            std::fs::copy(folder.join(name), copy.path().join(name)).unwrap();
        }
    }
    copy
}

/// Before the last commit, seen from its end: its last frame says how long the file is then.
fn without_last_commit(log: &mut Vec<u8>) {
    const FRAME: usize = 24 + 4_096;
    let is_commit = |at: &usize| log[at + 4..at + 8] != [0; 4];
    let commits: Vec<usize> = (32..log.len()).step_by(FRAME).filter(is_commit).collect();
    let [.., last_but_one, _] = commits[..] else { panic!("there were many commits") };
    log.truncate(last_but_one + FRAME);
}

/// Every row of every table, as SQLite prints it.
async fn contents(folder: &Path) -> Result<Contents, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(folder.join(FILE)).read_only(true);
    let mut conn = options.connect().await?;
    let all = tables(&mut conn).await;
    conn.close().await?;
    all
}

async fn tables(conn: &mut SqliteConnection) -> Result<Contents, sqlx::Error> {
    let tables: Vec<String> =
        sqlx::query_scalar("select name from sqlite_schema where type = 'table' order by name")
            .fetch_all(&mut *conn)
            .await?;
    let mut all = BTreeMap::new();
    for table in tables {
        let columns: Vec<String> =
            sqlx::query_scalar("select 'quote(\"' || name || '\")' from pragma_table_info($1)")
                .bind(&table)
                .fetch_all(&mut *conn)
                .await?;
        let row = columns.join(" || ',' || ");
        let sql = format!("select {row} from \"{table}\" order by 1");
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
        // When a migration was made, and how long it took, is what nothing depends on.
        if table != "_sqlx_migrations" {
            all.insert(table, rows);
        }
    }
    Ok(all)
}

/// What there was before the bit flipped.
struct Before {
    whole: Contents,
    /// Without the last commit.
    shorter: Contents,
    /// As the program reads them.
    orders: Vec<Order>,
}

async fn orders(folder: &Path) -> Result<Vec<Order>, String> {
    let desk = Desk::open(folder).await.map_err(|error| error.to_string())?;
    let mut orders = Vec::new();
    for id in sqlx::query_scalar("select id from orders order by id")
        .fetch_all(desk.store.readers())
        .await
        .map_err(|error| error.to_string())?
    {
        let order = desk.store.order(OrderId(id)).await.map_err(|error| error.to_string())?;
        orders.extend(order);
    }
    desk.dies().await;
    Ok(orders)
}

async fn fate(folder: &Path, before: &Before) -> Fate {
    match fangbi::store::check::check(folder, Some(&seal())).await {
        Ok(problems) if problems.is_empty() => {}
        Ok(_) | Err(_) => return Fate::Found,
    }
    let Ok(contents) = contents(folder).await else { return Fate::Found };
    let Ok(orders) = orders(folder).await else { return Fate::NotOpened };
    if contents == before.whole {
        return Fate::Harmless;
    }
    if contents == before.shorter {
        return Fate::LastCommit;
    }
    let odd: Vec<&str> = before
        .whole
        .iter()
        .filter(|(table, rows)| contents.get(*table) != Some(rows))
        .map(|(table, _)| table.as_str())
        .collect();
    println!("another row in {odd:?}");
    // A word of an order's terms that is not understood any more may mean what it meant.
    let is_book = |table: &str| BOOKS.contains(&table) && table != "orders";
    if orders != before.orders || odd.into_iter().any(is_book) {
        Fate::Silent
    } else {
        Fate::Beside
    }
}

/// Flips one bit of one file after the other. Returns what became of them.
async fn flips(folder: &Path, file: &str, times: usize, dice: &mut Dice) -> BTreeMap<Fate, usize> {
    let whole = contents(copy_of(folder).path()).await.unwrap();
    let shorter = copy_of(folder);
    if file == LOG {
        let mut log = std::fs::read(folder.join(LOG)).unwrap();
        without_last_commit(&mut log);
        std::fs::write(shorter.path().join(LOG), log).unwrap();
    }
    let before = Before {
        whole,
        shorter: contents(shorter.path()).await.unwrap(),
        orders: orders(copy_of(folder).path()).await.unwrap(),
    };
    let mut fates = BTreeMap::new();
    for _ in 0..times {
        let copy = copy_of(folder);
        let path = copy.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = dice.within(0..bytes.len() as u64) as usize;
        bytes[at] ^= 1 << dice.within(0..8);
        std::fs::write(&path, &bytes).unwrap();
        let fate = fate(copy.path(), &before).await;
        if fate == Fate::Silent {
            println!("{file}: byte {at}");
        }
        *fates.entry(fate).or_default() += 1;
    }
    println!("{times} flipped bits in {file}: {fates:?}");
    fates
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bit_that_flips_in_the_log_is_found() {
    torture::install();
    let (folder, mut dice) = (day().await, Dice::new(seed()));
    let fates = flips(folder.path(), LOG, as_often_as(40), &mut dice).await;
    assert_eq!(fates.get(&Fate::Silent), None);
    assert!(fates[&Fate::Found] * 2 > as_often_as(40), "{fates:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bit_that_flips_in_the_file_is_found_or_leaves_the_books_alone() {
    torture::install();
    let (folder, mut dice) = (day().await, Dice::new(seed()));
    // Everything is in the file.
    let desk = Desk::open(folder.path()).await.unwrap();
    desk.closes().await;
    let fates = flips(folder.path(), FILE, as_often_as(40), &mut dice).await;
    assert_eq!(fates.get(&Fate::Silent), None);
}
