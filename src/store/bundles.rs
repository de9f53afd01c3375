//! What only an evidence bundle asks for. Nothing here decides anything.

use chrono::{DateTime, Utc};

use super::bill_numbers::{NumberKind, open};
use super::ledger::link;
use super::orders::OrderRow;
use super::{Store, StoreError};
use crate::clock::from_millis;
use crate::domain::UserId;
use crate::domain::bill_number::BillNumber;
use crate::domain::ledger::Hash;
use crate::domain::order::{Order, OrderId};
use crate::secrets::Seal;

/// A row of the ledger, as it was hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    pub row: i64,
    pub debit: String,
    pub credit: String,
    pub coin: String,
    pub units: i64,
    pub kind: String,
    pub key: String,
    /// Milliseconds UTC.
    pub at: i64,
    /// Of the row before it.
    pub before: Hash,
    pub hash: Hash,
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
    before: Option<Vec<u8>>,
    hash: Vec<u8>,
}

impl TryFrom<TransferRow> for LedgerRow {
    type Error = StoreError;

    fn try_from(it: TransferRow) -> Result<Self, StoreError> {
        let TransferRow { id: row, debit, credit, coin, units, kind, key, at, before, hash } = it;
        let (before, hash) = (link(before, "transfers", row)?, link(Some(hash), "transfers", row)?);
        Ok(Self { row, debit, credit, coin, units, kind, key, at, before, hash })
    }
}

/// A signal about an order, as long as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardSignal {
    pub at: DateTime<Utc>,
    pub kind: String,
    pub fen: Option<i64>,
    /// SHA-256 of what was sent.
    pub body: Hash,
}

impl Store {
    /// What was locked, released and returned for an order, oldest first.
    pub async fn transfers_of(&self, order: OrderId) -> Result<Vec<LedgerRow>, StoreError> {
        let rows: Vec<TransferRow> = sqlx::query_as(
            "select id, debit, credit, coin, units, kind, key, at, hash,
                    (select hash from transfers as earlier
                     where earlier.id < transfers.id order by earlier.id desc limit 1) as before
             from transfers
             where key = $1 and kind in ('lock', 'release', 'return') order by id",
        )
        .bind(order.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(LedgerRow::try_from).collect()
    }

    /// What phones have said about an order in the last days, oldest first.
    pub async fn signals_of(&self, order: OrderId) -> Result<Vec<HeardSignal>, StoreError> {
        type Row = (i64, Option<String>, Option<i64>, Vec<u8>);
        let rows: Vec<Row> = sqlx::query_as(
            "select at, kind, fen, body from signals where order_id = $1 order by id",
        )
        .bind(order.0)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter()
            .map(|(at, kind, fen, body)| {
                let body = <[u8; 32]>::try_from(body.as_slice())
                    .map_err(|source| StoreError::corrupt("signals", order, "body", source))?;
                let kind = kind.unwrap_or_default();
                Ok(HeardSignal { at: from_millis(at), kind, fen, body: Hash(body) })
            })
            .collect()
    }

    /// Every number of an order in Alipay that was not forgotten, oldest first.
    pub async fn numbers_of(
        &self,
        seal: &Seal,
        order: OrderId,
    ) -> Result<Vec<(NumberKind, BillNumber, DateTime<Utc>)>, StoreError> {
        let rows: Vec<(String, Vec<u8>, i64)> = sqlx::query_as(
            "select kind, number, given_at from bill_numbers
             where order_id = $1 and number is not null order by given_at, kind",
        )
        .bind(order.0)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter()
            .map(|(kind, number, at)| {
                let kind = match kind.as_str() {
                    "refund" => NumberKind::Refund,
                    _ => NumberKind::Payment,
                };
                Ok((kind, open(seal, order, &number)?, from_millis(at)))
            })
            .collect()
    }

    /// When somebody first wrote to us.
    pub async fn met_at(&self, user: UserId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<i64> = sqlx::query_scalar("select seen_at from users where id = $1")
            .bind(user.0)
            .fetch_optional(self.readers())
            .await?;
        Ok(at.map(from_millis))
    }

    /// Somebody's newest orders, open ones and past ones; only those with `other`, if that is said.
    pub async fn newest_orders(
        &self,
        user: UserId,
        other: Option<UserId>,
        most: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let rows: Vec<OrderRow> = sqlx::query_as(
            "select * from orders
             where (seller = $1 and (buyer = $2 or $2 is null))
                or (buyer = $1 and (seller = $2 or $2 is null))
             order by id desc limit $3",
        )
        .bind(user.0)
        .bind(other.map(|it| it.0))
        .bind(most)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Order::try_from).collect()
    }
}
