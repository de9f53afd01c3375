//! Alipay's numbers of payments and refunds. Each belongs to one order.

use secrecy::ExposeSecret;

use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::domain::bill_number::BillNumber;
use crate::domain::order::OrderId;
use crate::secrets::{Place, Seal};

/// What the look-up hash is about.
const LOOKUP: &str = "bill number";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// Of the buyer's payment.
    Payment,
    /// Of the money that the seller sent back.
    Refund,
}

impl NumberKind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
        }
    }
}

fn place(order: OrderId) -> Place<i64> {
    Place { table: "bill_numbers", row: order.0, column: "number" }
}

impl Tx<'_> {
    /// The other order, if any, that this number belongs to.
    pub async fn order_of_number(
        &mut self,
        seal: &Seal,
        number: &BillNumber,
        besides: OrderId,
    ) -> Result<Option<OrderId>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "select order_id from bill_numbers where lookup = $1 and order_id <> $2 limit 1",
        )
        .bind(seal.lookup(LOOKUP, number.reveal()).as_slice())
        .bind(besides.0)
        .fetch_optional(self.conn().await?)
        .await?;
        Ok(found.map(OrderId))
    }

    /// Notes that a number of another order was given for this one. Returns whether that is news.
    pub async fn note_reuse(
        &mut self,
        seal: &Seal,
        number: &BillNumber,
        order: OrderId,
    ) -> Result<bool, StoreError> {
        let noted = sqlx::query(
            "insert into reused_numbers (lookup, order_id) values ($1, $2) on conflict do nothing",
        )
        .bind(seal.lookup(LOOKUP, number.reveal()).as_slice())
        .bind(order.0)
        .execute(self.conn().await?)
        .await?;
        Ok(noted.rows_affected() == 1)
    }

    /// Keeps a number of an order; the newest of a kind is the one that counts.
    pub async fn keep_number(
        &mut self,
        seal: &Seal,
        number: &BillNumber,
        kind: NumberKind,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let given_at = millis(self.now());
        sqlx::query(
            "insert into bill_numbers (lookup, kind, order_id, number, given_at)
             values ($1, $2, $3, $4, $5)
             on conflict (lookup, kind) do update set given_at = excluded.given_at",
        )
        .bind(seal.lookup(LOOKUP, number.reveal()).as_slice())
        .bind(kind.as_str())
        .bind(order.0)
        .bind(seal.seal(place(order), number.reveal())?)
        .bind(given_at)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

impl Store {
    /// How many numbers of other orders were given for this one.
    pub async fn reused_numbers_of(&self, order: OrderId) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar("select count(*) from reused_numbers where order_id = $1")
            .bind(order.0)
            .fetch_one(self.readers())
            .await?;
        Ok(count)
    }

    /// The last six digits of the newest number of that kind: enough to compare with the eye.
    pub async fn number_tail(
        &self,
        seal: &Seal,
        order: OrderId,
        kind: NumberKind,
    ) -> Result<Option<String>, StoreError> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar(
            "select number from bill_numbers
             where order_id = $1 and kind = $2 and number is not null
             order by given_at desc limit 1",
        )
        .bind(order.0)
        .bind(kind.as_str())
        .fetch_optional(self.readers())
        .await?;
        let Some(sealed) = sealed else { return Ok(None) };
        Ok(Some(open(seal, order, &sealed)?.tail().to_owned()))
    }
}

pub(super) fn open(seal: &Seal, order: OrderId, sealed: &[u8]) -> Result<BillNumber, StoreError> {
    let text = seal
        .open(place(order), sealed)
        .map_err(|source| StoreError::corrupt("bill_numbers", order, "number", source))?;
    BillNumber::of_any_day(text.expose_secret())
        .map_err(|source| StoreError::corrupt("bill_numbers", order, "number", source))
}
