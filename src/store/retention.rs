//! What was said and sent about an order is not kept for ever. The log keeps what proves it, and that
//! it was erased.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::clock::millis;
use crate::domain::log::Act;
use crate::domain::order::OrderId;
use crate::secrets::Seal;

impl Tx<'_> {
    /// Erases words and files of orders that are closed and have not been heard of since then, so
    /// many orders at most. Returns how many there were.
    pub async fn erase_evidence(
        &mut self,
        seal: &Seal,
        before: DateTime<Utc>,
        most: u32,
    ) -> Result<usize, StoreError> {
        let orders: Vec<i64> = sqlx::query_scalar(
            "select id from orders
             where due_at is null
               and exists (select 1 from messages left join files on message_id = messages.id
                           where order_id = orders.id
                             and coalesce(text, place, name, content) is not null)
               and not exists (select 1 from order_log where order_id = orders.id and at > $1)
             order by id limit $2",
        )
        .bind(millis(before))
        .bind(most)
        .fetch_all(self.conn().await?)
        .await?;
        for order in &orders {
            let act = Act::Erased { order: OrderId(*order) };
            self.log_desk(seal, None, act).await?;
            for erase in [
                "update messages set text = null where order_id = $1",
                // A file that has never come has no hash: it stays lost.
                "update files set place = null, name = null, content = null,
                                  status = case when status = 'kept' then 'erased'
                                                when status = 'awaited' then 'lost'
                                                else status end
                 where message_id in (select id from messages where order_id = $1)",
            ] {
                sqlx::query(erase).bind(order).execute(self.conn().await?).await?;
            }
        }
        Ok(orders.len())
    }
}
