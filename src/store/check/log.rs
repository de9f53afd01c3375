//! The log: whether its rows are ours and all there, and whether everything follows from them.

use std::collections::{BTreeMap, HashMap, HashSet};

use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx_sqlite::SqliteConnection;

use crate::domain::chat::Purpose;
use crate::domain::ledger::{Hash, Kind, Transfer};
use crate::domain::log::replay::{Replayed, replay};
use crate::domain::log::{Act, Entry, Row};
use crate::domain::order::{Order, OrderId};
use crate::secrets::Seal;
use crate::store::log::LogRow;
use crate::store::messages::MessageRow;
use crate::store::orders::OrderRow;
use crate::store::{StoreError, files, messages};

/// Both chains, the marks of our key, and the ends that both chains must have.
pub(super) async fn chains(
    conn: &mut SqliteConnection,
    seal: Option<&Seal>,
) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let (mut previous, mut last) = (Hash::START, 0);
    let mut links: HashMap<i64, Hash> = HashMap::new();
    let mut linked = false;
    let mut rows =
        sqlx::query_as::<_, LogRow>("select * from order_log order by id").fetch(&mut *conn);
    while let Some(it) = rows.try_next().await? {
        let id = it.id;
        if id != last + 1 {
            problems.push(format!("order_log row {}: it is missing", last + 1));
        }
        last = id;
        let (hash, link, mac) = (it.hash.clone(), it.link.clone(), it.mac.clone());
        let row = Row::from(it);
        let (order, should) = (row.order, row.after(&previous));
        if hash != should.0 {
            problems.push(format!("order_log row {id}: it or one before it was changed"));
        }
        // Every later link would be reported, too.
        previous = Hash(hash.try_into().unwrap_or(should.0));
        let of_order = links.entry(order).or_insert(Hash::START);
        match (link, mac) {
            // Rows from before: nothing after them may be like that.
            (None, None) if !linked => {}
            (Some(link), Some(mac)) => {
                linked = true;
                let should = row.after(of_order);
                if link != should.0 {
                    problems.push(format!(
                        "order_log row {id}: it does not follow from order {order}'s rows before it"
                    ));
                }
                *of_order = Hash(link.try_into().unwrap_or(should.0));
                if seal.is_some_and(|it| it.log_mac(&previous.0).as_slice() != mac) {
                    problems.push(format!("order_log row {id}: this desk has not written it"));
                }
            }
            _ => problems.push(format!("order_log row {id}: its link or its mark is missing")),
        }
    }
    drop(rows);
    problems.extend(ends(conn).await?);
    Ok(problems)
}

/// A chain does not show that rows are missing at its end; this does.
async fn ends(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    for (chain, newest) in [
        ("order_log", "select id, hash from order_log order by id desc limit 1"),
        ("transfers", "select id, hash from transfers order by id desc limit 1"),
    ] {
        let newest: Option<(i64, Vec<u8>)> =
            sqlx::query_as(newest).fetch_optional(&mut *conn).await?;
        let head: Option<(i64, Vec<u8>)> =
            sqlx::query_as("select last, hash from heads where chain = $1")
                .bind(chain)
                .fetch_optional(&mut *conn)
                .await?;
        if newest != head {
            let row = |it: Option<(i64, Vec<u8>)>| it.map_or(0, |(id, _)| id);
            let (is, should) = (row(newest), row(head));
            problems
                .push(format!("{chain}: it ends with row {is}, and its head says row {should}"));
        }
    }
    Ok(problems)
}

/// Every order and every transfer of one, derived again from its log.
pub(super) async fn orders(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let kept: Vec<OrderRow> =
        sqlx::query_as("select * from orders order by id").fetch_all(&mut *conn).await?;
    let strays: Vec<i64> = sqlx::query_scalar(
        "select distinct order_id from order_log
         where order_id is not null and order_id not in (select id from orders)",
    )
    .fetch_all(&mut *conn)
    .await?;
    problems.extend(strays.iter().map(|it| format!("order {it}: it is gone, its log is not")));
    for row in kept {
        let id = row.id();
        let rows: Vec<LogRow> =
            sqlx::query_as("select * from order_log where order_id = $1 order by id")
                .bind(id)
                .fetch_all(&mut *conn)
                .await?;
        let numbers: Vec<i64> = rows.iter().map(|it| it.id).collect();
        let rows: Vec<Row> = rows.into_iter().map(Row::from).collect();
        match (replay(OrderId(id), &rows), Order::try_from(row)) {
            (_, Err(error)) => problems.push(error.to_string()),
            (Err((place, broken)), Ok(_)) => problems.push(match numbers.get(place) {
                Some(row) => format!("order_log row {row}: {broken}"),
                None => format!("order {id}: there is no log of it"),
            }),
            (Ok(Replayed::Before), Ok(order)) => {
                let is = order.status.kind().as_str();
                if rows.last().is_none_or(|it| (&*it.status, it.version) != (is, order.version)) {
                    problems.push(format!("order {id}: it is {is}, its log has left it elsewhere"));
                }
            }
            (Ok(Replayed::Order(derived, transfers)), Ok(order)) => {
                // When the clock looks next is not logged.
                if (Order { due_at: order.due_at, ..*derived }) != order {
                    problems.push(format!("order {id}: it is not what its log makes of it"));
                }
                problems.extend(moved(conn, OrderId(id), transfers).await?);
            }
        }
    }
    Ok(problems)
}

/// The ledger has what the order's log has asked for, and nothing else.
async fn moved(
    conn: &mut SqliteConnection,
    id: OrderId,
    derived: Vec<Transfer>,
) -> Result<Vec<String>, StoreError> {
    let posted: Vec<(String, String, String, i64, String)> = sqlx::query_as(
        "select debit, credit, coin, units, kind from transfers
         where key = $1 and kind in ('lock', 'release', 'return') order by id",
    )
    .bind(id.to_string())
    .fetch_all(conn)
    .await?;
    let derived: Vec<_> = derived
        .into_iter()
        .map(|it| {
            let coin = it.coins.coin.code().to_owned();
            let kind = it.kind.as_str().to_owned();
            (it.debit.to_string(), it.credit.to_string(), coin, it.coins.units, kind)
        })
        .collect();
    let fits = posted == derived;
    Ok((!fits)
        .then(|| format!("order {id}: the ledger has other transfers than its log"))
        .into_iter()
        .collect())
}

/// Coins that no order has moved: each such row of the ledger has its row in the log.
pub(super) async fn books(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut booked: BTreeMap<i64, Hash> = BTreeMap::new();
    let rows: Vec<(i64, String)> =
        sqlx::query_as("select id, entry from order_log where order_id is null order by id")
            .fetch_all(&mut *conn)
            .await?;
    let mut problems = Vec::new();
    for (id, entry) in rows {
        match serde_json::from_str(&entry) {
            Ok(Entry::Desk(Act::Booked { transfer, hash })) => {
                booked.insert(transfer, hash);
            }
            // Laid beside their own rows, in `stops`.
            Ok(Entry::Desk(Act::Stopped { .. } | Act::Lifted { .. })) => {}
            // Who may settle disputes is looked up when it matters; the log says since when.
            Ok(Entry::Desk(Act::Appointed { .. } | Act::Dismissed { .. })) => {}
            // Looked at with the messages and files that it excuses.
            Ok(Entry::Desk(Act::Erased { .. })) => {}
            Ok(_) | Err(_) => problems.push(format!("order_log row {id}: it cannot be read")),
        }
    }
    // Before coins were logged, nothing was.
    let Some(first) = booked.keys().next().copied() else { return Ok(problems) };
    let by_order = [Kind::Lock, Kind::Release, Kind::Return].map(Kind::as_str);
    let transfers: Vec<(i64, String, Vec<u8>)> =
        sqlx::query_as("select id, kind, hash from transfers where id >= $1 order by id")
            .bind(first)
            .fetch_all(conn)
            .await?;
    for (id, kind, hash) in transfers {
        let known = booked.remove(&id);
        if by_order.contains(&kind.as_str()) {
            continue;
        }
        if known.is_none_or(|it| it.0.as_slice() != hash) {
            problems.push(format!("transfers row {id}: the log does not know of it as it is"));
        }
    }
    problems
        .extend(booked.keys().map(|it| format!("transfers row {it}: the log has it, nobody else")));
    Ok(problems)
}

#[derive(sqlx::FromRow)]
struct FileRow {
    id: i64,
    message_id: i64,
    form: String,
    place: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    bytes: i64,
    status: String,
    sha256: Option<Vec<u8>>,
    content: Option<Vec<u8>>,
    order_id: i64,
    author: i64,
}

/// Orders whose words and files were erased when their time was over.
async fn erased(conn: &mut SqliteConnection) -> Result<HashSet<i64>, StoreError> {
    let orders: Vec<i64> = sqlx::query_scalar(
        "select entry ->> 'order' from order_log
         where order_id is null and entry ->> 'act' = 'erased'",
    )
    .fetch_all(conn)
    .await?;
    Ok(orders.into_iter().collect())
}

/// Every message and every file is what the log says of it.
pub(super) async fn chat(
    conn: &mut SqliteConnection,
    seal: Option<&Seal>,
) -> Result<Vec<String>, StoreError> {
    let (mut logged, erased) = (logged_chat(conn).await?, erased(conn).await?);
    let mut problems = Vec::new();
    let messages: Vec<MessageRow> =
        sqlx::query_as("select * from messages order by id").fetch_all(&mut *conn).await?;
    for it in messages {
        let entry = logged.messages.remove(&it.id);
        let fits = entry.is_some_and(|(row, entry)| is_said(&it, &row, &entry, seal));
        if !fits || (it.text.is_none() && !erased.contains(&it.order_id)) {
            problems.push(format!("messages row {}: it is not what the log says of it", it.id));
        }
    }
    let files: Vec<FileRow> = sqlx::query_as(
        "select files.*, order_id, author
         from files join messages on messages.id = message_id order by files.id",
    )
    .fetch_all(conn)
    .await?;
    for it in files {
        let fits = is_filed(&it, logged.files.remove(&it.id).as_ref(), seal);
        if !fits || (it.place.is_none() && !erased.contains(&it.order_id)) {
            problems.push(format!("files row {}: it is not what the log says of it", it.id));
        }
    }
    let gone = |what: &'static str| move |id: i64| format!("{what} row {id}: it is gone");
    problems.extend(logged.messages.into_keys().map(gone("messages")));
    problems.extend(logged.files.into_keys().map(gone("files")));
    Ok(problems)
}

#[derive(Default)]
struct Logged {
    messages: HashMap<i64, (Row, Entry)>,
    files: HashMap<i64, (Row, Entry)>,
}

async fn logged_chat(conn: &mut SqliteConnection) -> Result<Logged, StoreError> {
    let mut logged = Logged::default();
    let rows: Vec<LogRow> = sqlx::query_as(
        "select * from order_log
         where order_id is not null
           and (entry ->> 'said' is not null or entry ->> 'filed' is not null) order by id",
    )
    .fetch_all(conn)
    .await?;
    for row in rows.into_iter().map(Row::from) {
        match serde_json::from_str(&row.entry) {
            Ok(entry @ Entry::Said { said, .. }) => {
                logged.messages.insert(said.0, (row, entry));
            }
            Ok(entry @ Entry::Filed { filed, .. }) => {
                logged.files.insert(filed.0, (row, entry));
            }
            Ok(_) | Err(_) => {}
        }
    }
    Ok(logged)
}

fn is_said(it: &MessageRow, row: &Row, entry: &Entry, seal: Option<&Seal>) -> bool {
    let Entry::Said { voice, purpose, held, digest, .. } = entry else { return false };
    let words = match (&it.text, seal) {
        // Erased, or there is no key to open it with.
        (None, _) | (_, None) => true,
        (Some(sealed), Some(seal)) => {
            messages::open(seal, it.id, sealed).is_ok_and(|it| it.digest() == *digest)
        }
    };
    let is_purpose = serde_json::from_str::<Purpose>(&it.purpose).is_ok_and(|it| it == *purpose);
    words
        && is_purpose
        && it.voice == voice.as_str()
        && it.held.as_deref() == held.map(|it| it.as_str())
        && (row.order, row.actor, row.at) == (it.order_id, Some(it.author), it.at)
}

/// A file that has not come is not in the log.
fn is_filed(it: &FileRow, logged: Option<&(Row, Entry)>, seal: Option<&Seal>) -> bool {
    let opens = |column, sealed: &Option<Vec<u8>>| match (sealed, seal) {
        (Some(sealed), Some(seal)) => seal.open(files::place(it.id, column), sealed).is_ok(),
        (None, _) | (_, None) => true,
    };
    let is_sound = opens("place", &it.place) && opens("name", &it.name);
    let Some((row, Entry::Filed { message, form, bytes, sha256, .. })) = logged else {
        return is_sound && it.sha256.is_none() && it.content.is_none();
    };
    let content = match (&it.content, seal, it.status.as_str()) {
        (Some(sealed), Some(seal), "kept") => seal
            .open_bytes(files::place(it.id, "content"), sealed)
            .is_ok_and(|it| Hash(Sha256::digest(&it).into()) == *sha256),
        (Some(_), None, "kept") => true,
        (None, _, "erased") => it.place.is_none(),
        _ => false,
    };
    is_sound
        && content
        && it.sha256.as_deref() == Some(sha256.0.as_slice())
        && u64::try_from(it.bytes) == Ok(*bytes)
        && it.form == form.as_str()
        && it.message_id == message.0
        && (row.order, row.actor) == (it.order_id, Some(it.author))
}
