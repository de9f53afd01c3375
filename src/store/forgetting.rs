//! What is erased when somebody wants to be forgotten.

use super::{StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;

impl Tx<'_> {
    /// Erases the names and accounts of somebody who has no open order: those that are kept, and
    /// the copies in closed orders. What was sold, and when, is part of the books and stays.
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
        Ok(())
    }
}
