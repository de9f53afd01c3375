//! Who may do more than trade: as the configuration says, and as operators say in the chat.

use chrono::{DateTime, Utc};

use super::users::StaffRole;
use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;

/// Somebody of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub since: DateTime<Utc>,
    /// `None`: the configuration says so.
    pub by: Option<UserId>,
    /// Whoever has not started the bot cannot be written to.
    pub started: bool,
}

impl Tx<'_> {
    /// Makes the table say what the configuration says, for those whom it has named. Returns who
    /// has lost the role by that. Whoever was appointed in the chat stays.
    pub async fn set_staff(
        &mut self,
        role: StaffRole,
        people: &[i64],
    ) -> Result<Vec<UserId>, StoreError> {
        let named: Vec<i64> = sqlx::query_scalar(
            "select user_id from staff where role = $1 and appointed_by is null order by user_id",
        )
        .bind(role.as_str())
        .fetch_all(self.conn().await?)
        .await?;
        let gone: Vec<UserId> =
            named.into_iter().filter(|it| !people.contains(it)).map(UserId).collect();
        for user in &gone {
            self.remove_staff(*user, role).await?;
        }
        for id in people {
            self.add_staff(UserId(*id), role, None).await?;
        }
        Ok(gone)
    }

    /// Returns whether that is news.
    pub async fn add_staff(
        &mut self,
        user: UserId,
        role: StaffRole,
        by: Option<UserId>,
    ) -> Result<bool, StoreError> {
        let at = millis(self.now());
        let added = sqlx::query(
            "insert into staff (user_id, role, appointed_by, appointed_at) values ($1, $2, $3, $4)
             on conflict do nothing",
        )
        .bind(user.0)
        .bind(role.as_str())
        .bind(by.map(|it| it.0))
        .bind(at)
        .execute(self.conn().await?)
        .await?;
        Ok(added.rows_affected() == 1)
    }

    /// Returns whether that is news.
    pub async fn remove_staff(
        &mut self,
        user: UserId,
        role: StaffRole,
    ) -> Result<bool, StoreError> {
        let removed = sqlx::query("delete from staff where user_id = $1 and role = $2")
            .bind(user.0)
            .bind(role.as_str())
            .execute(self.conn().await?)
            .await?;
        Ok(removed.rows_affected() == 1)
    }
}

impl Store {
    /// Everybody of a role, whoever is there longest first.
    pub async fn members(&self, role: StaffRole) -> Result<Vec<Member>, StoreError> {
        let rows: Vec<(i64, i64, Option<i64>, bool)> = sqlx::query_as(
            "select user_id, appointed_at, appointed_by, users.id is not null as started
             from staff left join users on users.id = staff.user_id
             where role = $1 order by appointed_at, user_id",
        )
        .bind(role.as_str())
        .fetch_all(self.readers())
        .await?;
        let member = |(user, since, by, started): (i64, i64, Option<i64>, bool)| Member {
            user: UserId(user),
            since: from_millis(since),
            by: by.map(UserId),
            started,
        };
        Ok(rows.into_iter().map(member).collect())
    }
}
