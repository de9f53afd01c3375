//! An order derived again from its rows.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::{Entry, Opened, Row, Sheet};
use crate::domain::UserId;
use crate::domain::ledger::Transfer;
use crate::domain::order::{Asker, Gate, Order, OrderId, Refusal, Status, Step, Used};

/// Why a row does not follow from those before it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    #[error("it cannot be read")]
    Unread,
    #[error("an order begins with it, and this one has begun")]
    BegunTwice,
    #[error("it is no beginning of an order")]
    NotBegun,
    #[error("an order begins by waiting for its payment, as long as its terms say")]
    BegunOtherwise,
    #[error("the order would have refused that: {0}")]
    Refused(Refusal),
    #[error("it leaves the order at {derived}, and says {said}")]
    Elsewhere { derived: String, said: String },
    #[error("it is no entry of an order")]
    Foreign,
}

/// What the rows come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// The order, and every transfer that it has asked for. When the clock looks at it next is not
    /// logged, so `due_at` may be earlier than it is.
    Order(Box<Order>, Vec<Transfer>),
    /// It was opened before its terms were logged.
    Before,
}

/// Goes through the rows of one order; in an error, the place of the row that does not fit.
pub fn replay(id: OrderId, rows: &[Row]) -> Result<Replayed, (usize, Broken)> {
    let mut state: Option<(Order, Vec<Transfer>)> = None;
    for (place, row) in rows.iter().enumerate() {
        let next = match (state.take(), read(row)) {
            (_, Err(broken)) => Err(broken),
            (None, Ok((Entry::Opened { opened }, at))) => match opened {
                Opened::With(sheet) => begin(id, *sheet, at),
                Opened::Before(_) => return Ok(Replayed::Before),
            },
            (None, Ok(_)) => Err(Broken::NotBegun),
            (Some((order, transfers)), Ok((entry, at))) => {
                step(order, entry, row.actor, at).map(|step| {
                    let Step { order, transfers: more, .. } = step;
                    (order, [transfers, more].concat())
                })
            }
        };
        let (order, transfers) = next.map_err(|broken| (place, broken))?;
        let says = |version: i64, status: &str| format!("{status}, version {version}");
        let derived = says(order.version, order.status.kind().as_str());
        let said = says(row.version, &row.status);
        if derived != said {
            return Err((place, Broken::Elsewhere { derived, said }));
        }
        state = Some((order, transfers));
    }
    match state {
        Some((order, transfers)) => Ok(Replayed::Order(Box::new(order), transfers)),
        None => Err((0, Broken::NotBegun)),
    }
}

fn read(row: &Row) -> Result<(Entry, DateTime<Utc>), Broken> {
    let entry = serde_json::from_str(&row.entry).ok();
    entry.zip(row.moment()).ok_or(Broken::Unread)
}

fn begin(id: OrderId, sheet: Sheet, at: DateTime<Utc>) -> Result<(Order, Vec<Transfer>), Broken> {
    let Sheet { ad, seller, buyer, coins, fen, added, price, terms, status } = sheet;
    if status != Status::at_first(at, &terms) {
        return Err(Broken::BegunOtherwise);
    }
    let order = Order {
        id,
        ad,
        seller,
        buyer,
        coins,
        fen,
        added,
        price,
        terms,
        opened_at: at,
        version: 1,
        used: Used::default(),
        gate: Gate::default(),
        seen: None,
        status,
        due_at: None,
    };
    let due_at = order.next_due(at);
    Ok((Order { due_at, ..order }, vec![Transfer::lock(id, seller, coins)]))
}

fn step(order: Order, entry: Entry, actor: Option<i64>, at: DateTime<Utc>) -> Result<Step, Broken> {
    match entry {
        Entry::Request(request) => {
            let user = UserId(actor.ok_or(Broken::Foreign)?);
            // Whether somebody was an arbiter then is not known any more; that they were no
            // party is.
            let asker = Asker { user, arbiter: order.side_of(user).is_none() };
            order.ask(request, asker, None, at).map_err(Broken::Refused)
        }
        Entry::Fact(fact) => Ok(order.learn(fact, at)),
        Entry::Opened { .. } => Err(Broken::BegunTwice),
        Entry::Said { .. } | Entry::Filed { .. } => {
            Ok(Step { order, transfers: Vec::new(), effects: Vec::new() })
        }
        Entry::Desk(_) => Err(Broken::Foreign),
    }
}
