//! Strikes: each order that ended unpaid, or with a false "paid", has one, and no other order has.

use std::collections::BTreeMap;

use sqlx_sqlite::SqliteConnection;

use crate::clock::millis;
use crate::domain::ladder::{Offence, says_paid};
use crate::domain::log::Entry;
use crate::domain::order::{Closed, Order, Status};
use crate::store::StoreError;
use crate::store::orders::OrderRow;

/// Buyer, offence and moment.
type Strike = (i64, String, i64);

pub(super) async fn strikes(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let begin: i64 = sqlx::query_scalar("select coalesce(max(log_row), 0) from strikes_begin")
        .fetch_one(&mut *conn)
        .await?;
    let rows: Vec<(i64, i64, String, i64)> =
        sqlx::query_as("select order_id, buyer, offence, at from strikes order by order_id")
            .fetch_all(&mut *conn)
            .await?;
    let mut kept: BTreeMap<i64, Strike> =
        rows.into_iter().map(|(order, buyer, offence, at)| (order, (buyer, offence, at))).collect();
    let rows: Vec<OrderRow> =
        sqlx::query_as("select * from orders where status in ('claimed', 'cancelled', 'expired')")
            .fetch_all(&mut *conn)
            .await?;
    let mut problems = Vec::new();
    for row in rows {
        let id = row.id();
        // What cannot be read has been reported where orders are derived.
        let Ok(order) = Order::try_from(row) else { continue };
        if derived(conn, &order, begin).await? != kept.remove(&id) {
            problems.push(format!("strikes row {id}: it is not what the order's log makes of it"));
        }
    }
    problems.extend(kept.keys().map(|it| format!("strikes row {it}: its order counts for nobody")));
    Ok(problems)
}

async fn derived(
    conn: &mut SqliteConnection,
    order: &Order,
    begin: i64,
) -> Result<Option<Strike>, StoreError> {
    let ended = match order.status {
        Status::Claimed { closed, .. } => Some(closed),
        _ => order.status.closed(),
    };
    let Some(closed) = ended.filter(|it| Offence::of(it, true).is_some()) else { return Ok(None) };
    let at = millis(closed.at());
    let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(
        "select id, entry, status, at from order_log where order_id = $1 order by id",
    )
    .bind(order.id.0)
    .fetch_all(conn)
    .await?;
    let end = kind(&closed);
    let Some(place) = rows.iter().position(|(_, _, status, when)| status == end && *when == at)
    else {
        return Ok(None);
    };
    if rows[place].0 <= begin {
        return Ok(None);
    }
    let entries: Vec<Entry> = rows[..=place]
        .iter()
        .filter_map(|(_, entry, _, _)| serde_json::from_str(entry).ok())
        .collect();
    let offence = Offence::of(&closed, says_paid(&entries));
    Ok(offence.map(|it| (order.buyer.0, it.as_str().to_owned(), at)))
}

fn kind(closed: &Closed) -> &'static str {
    Status::from(*closed).kind().as_str()
}
