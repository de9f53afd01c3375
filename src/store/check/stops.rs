//! Stops: each was made and lifted by whom the log says, when the log says.

use std::collections::BTreeMap;

use sqlx_sqlite::SqliteConnection;

use crate::domain::log::{Act, Entry};
use crate::domain::stop::Target;
use crate::store::StoreError;

/// What it is about, who did it, and when.
type Done = (Target, i64, i64);

#[derive(sqlx::FromRow)]
struct StopRow {
    id: i64,
    scope: String,
    subject: i64,
    by: i64,
    at: i64,
    lifted_by: Option<i64>,
    lifted_at: Option<i64>,
}

pub(super) async fn stops(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let (mut stopped, mut lifted) = (BTreeMap::new(), BTreeMap::new());
    let rows: Vec<(Option<i64>, i64, String)> =
        sqlx::query_as("select actor, at, entry from order_log where order_id is null order by id")
            .fetch_all(&mut *conn)
            .await?;
    for (actor, at, entry) in rows {
        let Some(actor) = actor else { continue };
        match serde_json::from_str(&entry) {
            Ok(Entry::Desk(Act::Stopped { stop, target })) => {
                stopped.insert(stop.0, (target, actor, at));
            }
            Ok(Entry::Desk(Act::Lifted { stop, target })) => {
                lifted.insert(stop.0, (target, actor, at));
            }
            // Read, and reported, with the books.
            Ok(_) | Err(_) => {}
        }
    }
    let kept: Vec<StopRow> = sqlx::query_as(
        "select id, scope, subject, by, at, lifted_by, lifted_at from stops order by id",
    )
    .fetch_all(conn)
    .await?;
    let mut problems = Vec::new();
    for it in kept {
        let target = Target::from_parts(&it.scope, it.subject);
        let made: Option<Done> = target.map(|target| (target, it.by, it.at));
        let ended = target.zip(it.lifted_by).zip(it.lifted_at);
        let ended: Option<Done> = ended.map(|((target, by), at)| (target, by, at));
        if stopped.remove(&it.id) != made || lifted.remove(&it.id) != ended {
            problems.push(format!("stops row {}: it is not what the log says of it", it.id));
        }
    }
    let gone = stopped.into_keys().chain(lifted.into_keys());
    problems.extend(gone.map(|it| format!("stops row {it}: it is gone")));
    Ok(problems)
}
