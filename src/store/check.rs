//! Looking at the file without changing it, also while the program runs: is it sound, and do the
//! books say what the rows behind them say?

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::{ConnectOptions, Connection};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection};

use super::{FILE, StoreError, wal};
use crate::domain::ledger::{Hash, chain};

mod log;
mod stops;
mod strikes;

use crate::secrets::Seal;

/// What is wrong with the database in this data folder, one line each; empty when it is sound.
/// Without the key it cannot be seen whether a row of the log is ours.
///
/// # Errors
/// When it cannot be opened at all.
pub async fn check(folder: &Path, seal: Option<&Seal>) -> Result<Vec<String>, StoreError> {
    if let Some(problem) = log_file(folder)? {
        // Whatever SQLite reads is sound, and is not all that was written.
        return Ok(vec![problem]);
    }
    let mut conn = read_only(folder).await?;
    // One reading transaction: a writer beside us does not move the books while they are read.
    let mut tx = conn.begin().await?;
    let problems = look(&mut tx, seal).await?;
    tx.rollback().await?;
    conn.close().await?;
    Ok(problems)
}

/// What the write-ahead log would hide. A program that writes to it beside us may show us half of
/// something; it does not do so twice at the same place.
fn log_file(folder: &Path) -> Result<Option<String>, sqlx::Error> {
    let log = wal::log_of(&folder.join(FILE));
    let Some(damage) = wal::look(&log)? else { return Ok(None) };
    if wal::look(&log)? != Some(damage) {
        return Ok(None);
    }
    let (frame, name) = (damage.frame, log.display());
    Ok(Some(format!("{name}: frame {frame} is damaged, and what was written after it is lost")))
}

/// The database in this data folder, to look at and not to change, also while the program runs.
pub(super) async fn read_only(folder: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(folder.join(FILE)).read_only(true);
    options.busy_timeout(Duration::from_secs(5)).connect().await
}

/// The same over an open connection, inside whatever transaction it is in.
///
/// # Errors
/// When SQLite cannot read its own file.
pub async fn look(
    conn: &mut SqliteConnection,
    seal: Option<&Seal>,
) -> Result<Vec<String>, StoreError> {
    let mut problems = file(conn).await?;
    problems.extend(books(conn, seal).await?);
    Ok(problems)
}

/// Only whether the books and the log say what the rows behind them say.
///
/// # Errors
/// When SQLite cannot read its own file.
pub async fn books(
    conn: &mut SqliteConnection,
    seal: Option<&Seal>,
) -> Result<Vec<String>, StoreError> {
    let mut problems = ledger(conn).await?;
    problems.extend(escrow(conn).await?);
    problems.extend(log::chains(conn, seal).await?);
    problems.extend(log::orders(conn).await?);
    problems.extend(log::books(conn).await?);
    problems.extend(log::chat(conn, seal).await?);
    problems.extend(strikes::strikes(conn).await?);
    problems.extend(stops::stops(conn).await?);
    problems.extend(completed(conn).await?);
    Ok(problems)
}

/// The pages, the indexes, the checks and the references between tables.
async fn file(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut problems: Vec<String> =
        sqlx::query_scalar("pragma integrity_check").fetch_all(&mut *conn).await?;
    problems.retain(|it| it != "ok");
    let orphans: Vec<(String, Option<i64>, String, i64)> =
        sqlx::query_as("pragma foreign_key_check").fetch_all(conn).await?;
    problems.extend(orphans.into_iter().map(|(table, row, parent, _)| {
        let row = row.map_or_else(|| "?".to_owned(), |it| it.to_string());
        format!("{table} row {row} points to nothing in {parent}")
    }));
    Ok(problems)
}

#[derive(sqlx::FromRow)]
struct TransferRow {
    id: i64,
    debit: String,
    credit: String,
    coin: String,
    units: i64,
    kind: String,
    key: String,
    at: i64,
    hash: Vec<u8>,
}

/// The chain of transfers, and every balance derived from it anew.
async fn ledger(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let mut derived: BTreeMap<(String, String), i128> = BTreeMap::new();
    let (mut previous, mut last) = (Hash::START, 0);
    let mut rows =
        sqlx::query_as::<_, TransferRow>("select * from transfers order by id").fetch(&mut *conn);
    while let Some(it) = rows.try_next().await? {
        if it.id != last + 1 {
            problems.push(format!("transfers row {}: it is missing", last + 1));
        }
        last = it.id;
        let (units, at) = (it.units.to_string(), it.at.to_string());
        let fields = [&it.debit, &it.credit, &it.coin, &units, &it.kind, &it.key, &at];
        previous = chain(&previous, &fields.map(String::as_str));
        if it.hash != previous.0 {
            problems.push(format!("transfers row {}: it or one before it was changed", it.id));
            // Every later link would be reported, too.
            previous = Hash(it.hash.try_into().unwrap_or(previous.0));
        }
        *derived.entry((it.debit, it.coin.clone())).or_default() -= i128::from(it.units);
        *derived.entry((it.credit, it.coin)).or_default() += i128::from(it.units);
    }
    drop(rows);
    let mut totals: BTreeMap<String, i128> = BTreeMap::new();
    let mut kept: BTreeMap<(String, String), i128> = BTreeMap::new();
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("select account, coin, units from balances").fetch_all(conn).await?;
    for (account, coin, units) in rows {
        *totals.entry(coin.clone()).or_default() += i128::from(units);
        kept.insert((account, coin), units.into());
    }
    for (coin, total) in totals {
        if total != 0 {
            problems.push(format!("balances in {coin} come to {total} instead of 0"));
        }
    }
    for key in derived.keys().chain(kept.keys()).collect::<BTreeSet<_>>() {
        let (is, should) = (kept.get(key), derived.get(key));
        if is != should {
            let units =
                |it: Option<&i128>| it.map_or_else(|| "missing".to_owned(), i128::to_string);
            let ((account, coin), is, should) = (key, units(is), units(should));
            problems.push(format!("balance of {account} in {coin} is {is}, not {should}"));
        }
    }
    Ok(problems)
}

/// What is locked is what open orders have locked, and nothing else.
async fn escrow(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(i64, String, i64, i64)> = sqlx::query_as(
        "select orders.id, orders.status,
                case when orders.status in ('claimed', 'released', 'cancelled', 'expired')
                     then 0 else orders.units end as due,
                coalesce(balances.units, 0) as held
         from orders
         left join balances on balances.account = 'escrow:' || orders.id
                           and balances.coin = orders.coin
         where due <> held",
    )
    .fetch_all(&mut *conn)
    .await?;
    let strays: Vec<String> = sqlx::query_scalar(
        "select account from balances where account like 'escrow:%' and units <> 0
         and cast(substr(account, 8) as bigint) not in (select id from orders)",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, status, due, held)| {
            format!("order {id} is {status} and has {held} in escrow instead of {due}")
        })
        .chain(strays.into_iter().map(|it| format!("{it} belongs to no order")))
        .collect())
}

/// The counters of completed orders, counted anew.
async fn completed(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
        "with sides (user_id) as (
             select seller from orders join transfers
                 on transfers.kind = 'release' and transfers.key = cast(orders.id as text)
             union all
             select buyer from orders join transfers
                 on transfers.kind = 'release' and transfers.key = cast(orders.id as text))
         select users.id, users.completed, count(sides.user_id) as counted
         from users left join sides on sides.user_id = users.id
         group by users.id having users.completed <> counted",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, is, counted)| {
            format!("user {id} has {is} completed orders instead of {counted}")
        })
        .collect())
}
