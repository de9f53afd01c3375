//! The log. Each row is linked to the one before it, to the one before it of its own order, and to
//! the desk's key.

use super::ledger::link;
use super::orders::write;
use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::ledger::Hash;
use crate::domain::log::{Act, Entry, Row};
use crate::domain::order::{Order, OrderId};
use crate::secrets::Seal;

/// What [`Row::order`] is for a row of the desk itself; in the table there is null.
const DESK: i64 = 0;

/// A row with the hash that it has in the chain of its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub row: Row,
    /// `None`: written before orders had chains of their own.
    pub link: Option<Hash>,
}

#[derive(sqlx::FromRow)]
pub(super) struct LogRow {
    pub(super) id: i64,
    order_id: Option<i64>,
    version: i64,
    actor: Option<i64>,
    entry: String,
    status: String,
    at: i64,
    pub(super) hash: Vec<u8>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) mac: Option<Vec<u8>>,
}

impl From<LogRow> for Row {
    fn from(it: LogRow) -> Self {
        let LogRow { order_id, version, actor, entry, status, at, .. } = it;
        Self { order: order_id.unwrap_or(DESK), version, actor, entry, status, at }
    }
}

impl TryFrom<LogRow> for Linked {
    type Error = StoreError;

    fn try_from(it: LogRow) -> Result<Self, StoreError> {
        let of_order = it.link.clone().map(|bytes| link(Some(bytes), "order_log", it.id));
        Ok(Self { link: of_order.transpose()?, row: it.into() })
    }
}

impl Tx<'_> {
    /// Adds what happened to an order, which is by now as it is after that.
    pub async fn log_order(
        &mut self,
        seal: &Seal,
        order: &Order,
        actor: Option<UserId>,
        entry: impl Into<Entry>,
    ) -> Result<(), StoreError> {
        let (version, status) = (order.version, order.status.kind().as_str().to_owned());
        self.log(seal, (order.id.0, version, status), actor, &entry.into()).await
    }

    /// Adds what somebody of the desk has done.
    pub async fn log_desk(
        &mut self,
        seal: &Seal,
        actor: Option<UserId>,
        act: Act,
    ) -> Result<(), StoreError> {
        self.log(seal, (DESK, 0, String::new()), actor, &Entry::Desk(act)).await
    }

    async fn log(
        &mut self,
        seal: &Seal,
        (order, version, status): (i64, i64, String),
        actor: Option<UserId>,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let (actor, at) = (actor.map(|it| it.0), millis(self.now()));
        let row = Row { order, version, actor, entry: write("a log entry", entry)?, status, at };
        let conn = self.conn().await?;
        let (last, of_order): (Option<Vec<u8>>, Option<Vec<u8>>) = sqlx::query_as(
            "select (select hash from order_log order by id desc limit 1),
                    (select link from order_log
                     where order_id is not distinct from $1
                     order by id desc limit 1)",
        )
        .bind((order != DESK).then_some(order))
        .fetch_one(&mut *conn)
        .await?;
        let hash = row.after(&link(last, "order_log", "last")?);
        let of_order = row.after(&link(of_order, "order_log", "last")?);
        sqlx::query(
            "insert into order_log (order_id, version, actor, entry, status, at, hash, link, mac)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind((row.order != DESK).then_some(row.order))
        .bind(row.version)
        .bind(row.actor)
        .bind(&row.entry)
        .bind(&row.status)
        .bind(row.at)
        .bind(hash.0.as_slice())
        .bind(of_order.0.as_slice())
        .bind(seal.log_mac(&hash.0).as_slice())
        .execute(conn)
        .await?;
        Ok(())
    }
}

impl Store {
    /// Everything that the log has of an order, oldest first.
    pub async fn log_of(&self, order: OrderId) -> Result<Vec<Linked>, StoreError> {
        let rows: Vec<LogRow> =
            sqlx::query_as("select * from order_log where order_id = $1 order by id")
                .bind(order.0)
                .fetch_all(self.readers())
                .await?;
        rows.into_iter().map(Linked::try_from).collect()
    }
}
