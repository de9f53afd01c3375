//! Looking at the file without changing it, also while the program runs.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::StoreError;

/// What is wrong with the database in this data folder, one line each; empty when it is sound.
///
/// # Errors
/// When it cannot be opened at all.
pub async fn check(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut conn = SqliteConnectOptions::new()
        .filename(folder.join("fangbi.db"))
        .read_only(true)
        .busy_timeout(Duration::from_secs(5))
        .connect()
        .await?;
    let mut problems: Vec<String> =
        sqlx::query_scalar("pragma integrity_check").fetch_all(&mut conn).await?;
    problems.retain(|it| it != "ok");
    let orphans: Vec<(String, Option<i64>, String, i64)> =
        sqlx::query_as("pragma foreign_key_check").fetch_all(&mut conn).await?;
    problems.extend(orphans.into_iter().map(|(table, row, parent, _)| {
        let row = row.map_or_else(|| "?".to_owned(), |it| it.to_string());
        format!("{table} row {row} points to nothing in {parent}")
    }));
    conn.close().await?;
    Ok(problems)
}
