//! Messages of ours that show a secret and must not stay in their chat.

use super::{StoreError, Tx};

impl Tx<'_> {
    /// Such a message was sent.
    pub async fn keep_passing(&mut self, chat: i64, message_id: i64) -> Result<(), StoreError> {
        sqlx::query(
            "insert into passing_messages (chat, message_id) values ($1, $2) on conflict do nothing",
        )
        .bind(chat)
        .bind(message_id)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// What is to be taken away from a chat; it is forgotten here.
    pub async fn take_passing(&mut self, chat: i64) -> Result<Vec<i64>, StoreError> {
        let ids =
            sqlx::query_scalar("delete from passing_messages where chat = $1 returning message_id")
                .bind(chat)
                .fetch_all(self.conn().await?)
                .await?;
        Ok(ids)
    }
}
