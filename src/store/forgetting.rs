//! What is erased when somebody wants to be forgotten.

use super::bill_numbers::NumberKind;
use super::orders::OrderRow;
use super::{StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::order::{Order, Side};

impl Tx<'_> {
    /// Erases the names and accounts of somebody who has no open order: those that are kept, and
    /// the copies in closed orders. Alipay's numbers go where no claim is possible any more; their
    /// hashes stay, or one could be given a second time. What was sold, and when, is part of the
    /// books and stays.
    pub async fn forget_accounts(&mut self, user: UserId) -> Result<(), StoreError> {
        let now = millis(self.now());
        for erase in [
            "update payees set account = null, name = null, link = null, lookup = null,
                               status = 'removed', is_default = 0, changed_at = $2,
                               version = version + 1
             where owner = $1 and status <> 'removed'",
            "delete from payers where user_id = $1 and declared_at <= $2",
            "delete from order_payees where order_id in
                 (select id from orders where seller = $1 and due_at is null and opened_at <= $2)",
            "delete from order_payers where order_id in
                 (select id from orders where buyer = $1 and due_at is null and opened_at <= $2)",
            "delete from bills where user_id = $1 and asked_at <= $2",
            "delete from amounts where free_at <= $2 and order_id in
                 (select id from orders where seller = $1)",
        ] {
            sqlx::query(erase).bind(user.0).bind(now).execute(self.conn().await?).await?;
        }
        self.forget_numbers(user).await
    }

    /// The numbers that somebody has given, for orders that are beyond a claim.
    async fn forget_numbers(&mut self, user: UserId) -> Result<(), StoreError> {
        let now = self.now();
        let rows: Vec<OrderRow> = sqlx::query_as(
            "select * from orders where due_at is null and id in
                 (select order_id from bill_numbers where number is not null)
               and $1 in (seller, buyer)",
        )
        .bind(user.0)
        .fetch_all(self.conn().await?)
        .await?;
        for row in rows {
            let order = Order::try_from(row)?;
            if order.claim_until().is_none_or(|until| now <= until) {
                continue;
            }
            let kind = match order.side_of(user) {
                Some(Side::Seller) => NumberKind::Refund,
                Some(Side::Buyer) | None => NumberKind::Payment,
            };
            sqlx::query("update bill_numbers set number = null where order_id = $1 and kind = $2")
                .bind(order.id.0)
                .bind(kind.as_str())
                .execute(self.conn().await?)
                .await?;
        }
        Ok(())
    }
}
