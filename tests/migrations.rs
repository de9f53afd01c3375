//! A file that an earlier program has left still opens, and nothing in it is lost.
//!
//! `migrations/NNNN.sql` has rows of every table as the schema `NNNN` had them.

use std::path::Path;

use fangbi::domain::UserId;
use fangbi::domain::money::Coin;
use fangbi::domain::order::{Kind, OrderId};
use fangbi::secrets::Seal;
use fangbi::store::{FILE, Store, check};
use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions, Connection};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// A data folder as a program with that schema has left it.
async fn left_at(schema: i64, folder: &Path) -> SqliteConnection {
    let mut conn = SqliteConnectOptions::new()
        .filename(folder.join(FILE))
        .create_if_missing(true)
        .foreign_keys(true)
        .connect()
        .await
        .unwrap();
    MIGRATIONS.run_to(schema, &mut conn).await.unwrap();
    let rows =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/migrations/{schema:04}.sql"));
    let rows = std::fs::read_to_string(rows).unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&mut conn).await.unwrap();
    conn
}

/// Each table of the file with how many rows it has.
async fn counted(conn: &mut SqliteConnection) -> Vec<(String, i64)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select name from sqlite_schema
         where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '_sqlx_migrations'
         order by name",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    let mut counted = Vec::new();
    for table in tables {
        let count = format!("select count(*) from {table}");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&mut *conn).await;
        counted.push((table, rows.unwrap()));
    }
    counted
}

#[tokio::test]
async fn each_later_migration_keeps_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = left_at(60, folder.path()).await;
    let before = counted(&mut conn).await;
    let empty: Vec<_> = before.iter().filter(|(_, rows)| *rows == 0).collect();
    assert!(empty.is_empty(), "no sample rows: {empty:?}");
    let mut later = 0;
    for version in MIGRATIONS.iter().map(|it| it.version).filter(|it| *it > 60) {
        MIGRATIONS.run_to(version, &mut conn).await.unwrap();
        let after = counted(&mut conn).await;
        assert!(before.iter().all(|it| after.contains(it)), "{version}: {after:?}");
        let orphans = sqlx::query("pragma foreign_key_check").fetch_all(&mut conn).await.unwrap();
        assert!(orphans.is_empty(), "{version}: rows that point to nothing");
        later += 1;
    }
    assert!(later > 0);
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the test is the main of its store")]
async fn what_an_earlier_program_has_left_opens_with_todays_code() {
    let folder = tempfile::tempdir().unwrap();
    left_at(60, folder.path()).await.close().await.unwrap();
    let (store, writer) = Store::open(folder.path()).await.unwrap();
    let writer = tokio::spawn(writer.run());
    assert_eq!(
        check::check(folder.path(), Some(&Seal::from_key(&[7; 32]))).await.unwrap(),
        Vec::<String>::new()
    );

    let seal = Seal::from_key(&[7; 32]);
    let mut kinds = Vec::new();
    for id in 1..=4 {
        let order = store.order(OrderId(id)).await.unwrap().unwrap();
        assert_eq!(order.added.0, 0, "what was paid to the fen stays what it was");
        let payee = store.payee(&seal, order.id).await.unwrap().unwrap();
        assert_eq!(payee.account.mask(), "139******82");
        assert_eq!(store.payer_of(&seal, order.id).await.unwrap(), None);
        kinds.push(order.status.kind());
    }
    assert_eq!(kinds, [Kind::Released, Kind::Cancelled, Kind::Paid, Kind::AwaitingPayment]);
    let li = UserId(1004);
    assert_eq!(store.available_of(li, Coin::Usdt).await.unwrap().to_string(), "870 USDT");
    assert_eq!(store.waiting_withdrawals(None).await.unwrap().len(), 1);
    assert_eq!(store.ads_of(UserId(1005)).await.unwrap().len(), 1);
    assert!(store.payees_of(&seal, li).await.unwrap().is_empty());
    assert!(store.payer(&seal, UserId(1005)).await.unwrap().is_none());

    // The clock goes on with the orders that run.
    let due = store.next_due().await.unwrap().unwrap();
    let late = due + chrono::TimeDelta::days(1);
    assert_eq!(store.due_orders(late, 10).await.unwrap().len(), 2);
    store.close().await;
    writer.await.unwrap().unwrap();
}
