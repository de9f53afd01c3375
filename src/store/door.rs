//! What has to be known of a sender before an update is handled, for many updates at once.

use std::collections::HashMap;

use super::conversations::{Conversation, Sealed};
use super::users::{User, UserRow};
use super::{Store, StoreError};
use crate::secrets::Seal;

/// Whoever comes in.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// `None`: the first contact.
    pub user: Option<User>,
    /// For pages that show more to staff. What they do asks again, where it is done.
    pub treasurer: bool,
    /// The same for those who settle disputes, and for those who run the desk.
    pub arbiter: bool,
    pub operator: bool,
    pub conversation: Option<Conversation>,
}

#[derive(sqlx::FromRow)]
struct Row {
    chat: i64,
    #[sqlx(flatten)]
    user: UserRow,
    treasurer: bool,
    arbiter: bool,
    operator: bool,
    state: Option<Vec<u8>>,
    version: Option<i64>,
    expires_at: Option<i64>,
}

impl Store {
    /// The doors of (chat, user) pairs; who is missing has never written.
    pub async fn doors(
        &self,
        seal: &Seal,
        pairs: &[(i64, i64)],
    ) -> Result<HashMap<(i64, i64), Door>, StoreError> {
        let pairs = serde_json::to_string(pairs)
            .map_err(|source| StoreError::Json { what: "senders", source })?;
        let rows: Vec<Row> = sqlx::query_as(
            "select pair.value ->> 0 as chat, users.id, users.language, users.terms_at,
                    users.reachable, users.completed, users.poses,
                    exists (select 1 from staff where user_id = users.id and role = 'treasurer')
                        as treasurer,
                    exists (select 1 from staff where user_id = users.id and role = 'arbiter')
                        as arbiter,
                    exists (select 1 from staff where user_id = users.id and role = 'operator')
                        as operator,
                    conversations.state, conversations.version, conversations.expires_at
             from json_each($1) as pair
             join users on users.id = pair.value ->> 1
             left join conversations on conversations.chat = pair.value ->> 0
                                    and conversations.user_id = pair.value ->> 1",
        )
        .bind(pairs)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter()
            .map(|row| {
                let user = User::try_from(row.user)?;
                let key = (row.chat, user.id.0);
                let conversation = match (row.state, row.version, row.expires_at) {
                    (Some(state), Some(version), Some(expires_at)) => {
                        Sealed { state, version, expires_at }.open(seal, row.chat, user.id.0)
                    }
                    _ => None,
                };
                let Row { treasurer, arbiter, operator, .. } = row;
                Ok((key, Door { user: Some(user), treasurer, arbiter, operator, conversation }))
            })
            .collect()
    }
}
