//! What was said and sent about an order is not kept for ever. The log keeps what proves it.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::clock::millis;

/// Closed orders of which nothing has been heard since then. Wants that moment.
const OLD: &str = "select id from orders
    where due_at is null
      and not exists (select 1 from order_log where order_id = orders.id and at > $1)";

impl Tx<'_> {
    /// Erases words and files of orders that ended before then, so many rows of each at most.
    /// Returns how many there were.
    pub async fn erase_evidence(
        &mut self,
        before: DateTime<Utc>,
        most: u32,
    ) -> Result<u64, StoreError> {
        let words = format!(
            "update messages set text = null where id in
                 (select id from messages where text is not null and order_id in ({OLD}) limit $2)"
        );
        // A file that has never come has no hash: it stays lost.
        let files = format!(
            "update files set place = null, name = null, content = null,
                              status = case when status = 'kept' then 'erased'
                                            when status = 'awaited' then 'lost'
                                            else status end
             where id in
                 (select files.id from files join messages on messages.id = message_id
                  where coalesce(place, name, content) is not null and order_id in ({OLD})
                  limit $2)"
        );
        let mut erased = 0;
        for erase in [words, files] {
            let done = sqlx::query(sqlx::AssertSqlSafe(erase))
                .bind(millis(before))
                .bind(most)
                .execute(self.conn().await?)
                .await?;
            erased += done.rows_affected();
        }
        Ok(erased)
    }
}
