//! The second factor of a person: the secret of the authenticator, recovery codes, the throttle.

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::factor::{Miss, Throttle, Totp};
use crate::secrets::{Place, Seal};

/// What a proof is compared with.
#[derive(Debug, Default)]
pub struct SecondFactor {
    /// The authenticator, if its first code has been typed.
    pub totp: Option<Totp>,
    /// The half minute of the last code that counted.
    pub last_step: Option<i64>,
    pub throttle: Throttle,
}

/// What somebody may know of the own second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactorState {
    pub on: bool,
    /// Recovery codes that are left.
    pub codes: u32,
    pub locked_until: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    secret: Option<Vec<u8>>,
    confirmed_at: Option<i64>,
    last_step: Option<i64>,
    tries: u32,
    locks: u32,
    locked_until: Option<i64>,
}

const TABLE: &str = "second_factors";

fn place(user: UserId, column: &'static str) -> Place<UserId> {
    Place { table: TABLE, row: user, column }
}

fn totp(seal: &Seal, user: UserId, sealed: &[u8]) -> Result<Totp, StoreError> {
    let secret = seal
        .open(place(user, "secret"), sealed)
        .map_err(|source| StoreError::corrupt(TABLE, user, "secret", source))?;
    Totp::from_base32(secret.expose_secret())
        .ok_or_else(|| StoreError::corrupt(TABLE, user, "secret", "no secret of 160 bits"))
}

/// By which a recovery code is found again; another person's code is another hash.
fn lookup(seal: &Seal, user: UserId, code: &str) -> Vec<u8> {
    seal.lookup("recovery code", &format!("{user} {code}")).to_vec()
}

const HAS_TOTP: &str = "select exists (select 1 from second_factors
                                       where user_id = $1 and confirmed_at is not null)";
const PROPOSED: &str =
    "select secret from second_factors where user_id = $1 and confirmed_at is null";

impl Tx<'_> {
    /// Whether this person has an authenticator.
    pub async fn has_totp(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(HAS_TOTP).bind(user.0).fetch_one(self.conn().await?).await?)
    }

    pub async fn second_factor(
        &mut self,
        seal: &Seal,
        user: UserId,
    ) -> Result<SecondFactor, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "select secret, confirmed_at, last_step, tries, locks, locked_until
             from second_factors where user_id = $1",
        )
        .bind(user.0)
        .fetch_optional(self.conn().await?)
        .await?;
        let Some(row) = row else { return Ok(SecondFactor::default()) };
        let confirmed = row.secret.filter(|_| row.confirmed_at.is_some());
        Ok(SecondFactor {
            totp: confirmed.map(|it| totp(seal, user, &it)).transpose()?,
            last_step: row.last_step,
            throttle: Throttle {
                tries: row.tries,
                locks: row.locks,
                locked_until: row.locked_until.map(from_millis),
            },
        })
    }

    pub async fn set_throttle(&mut self, user: UserId, to: Throttle) -> Result<(), StoreError> {
        sqlx::query(
            "insert into second_factors (user_id, tries, locks, locked_until)
             values ($1, $2, $3, $4)
             on conflict (user_id) do update
             set tries = excluded.tries, locks = excluded.locks, locked_until = excluded.locked_until",
        )
        .bind(user.0)
        .bind(to.tries)
        .bind(to.locks)
        .bind(to.locked_until.map(millis))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// A code has counted: neither it nor an earlier one does again.
    pub async fn use_step(&mut self, user: UserId, step: i64) -> Result<(), StoreError> {
        let used = sqlx::query(
            "update second_factors set last_step = $2
             where user_id = $1 and confirmed_at is not null and last_step < $2",
        )
        .bind(user.0)
        .bind(step)
        .execute(self.conn().await?)
        .await?;
        found(user, used.rows_affected())
    }

    /// A secret that waits for its first code; one that was confirmed stays. Returns whether it
    /// is the new one that stands now.
    pub async fn propose_totp(
        &mut self,
        seal: &Seal,
        user: UserId,
        totp: &Totp,
    ) -> Result<bool, StoreError> {
        let proposed = sqlx::query(
            "insert into second_factors (user_id, secret) values ($1, $2)
             on conflict (user_id) do update set secret = excluded.secret
             where second_factors.confirmed_at is null",
        )
        .bind(user.0)
        .bind(seal.seal(place(user, "secret"), &totp.base32())?)
        .execute(self.conn().await?)
        .await?;
        Ok(proposed.rows_affected() == 1)
    }

    /// The secret that waits for its first code.
    pub async fn proposed_totp(
        &mut self,
        seal: &Seal,
        user: UserId,
    ) -> Result<Option<Totp>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar(PROPOSED).bind(user.0).fetch_optional(self.conn().await?).await?;
        sealed.flatten().map(|it| totp(seal, user, &it)).transpose()
    }

    /// The first code was typed.
    pub async fn confirm_totp(&mut self, user: UserId, step: i64) -> Result<(), StoreError> {
        let now = millis(self.now());
        let confirmed = sqlx::query(
            "update second_factors set confirmed_at = $2, last_step = $3
             where user_id = $1 and secret is not null and confirmed_at is null",
        )
        .bind(user.0)
        .bind(now)
        .bind(step)
        .execute(self.conn().await?)
        .await?;
        found(user, confirmed.rows_affected())
    }

    /// Forgets the authenticator and the recovery codes. What was tried stays counted.
    pub async fn forget_totp(&mut self, user: UserId) -> Result<(), StoreError> {
        let now = millis(self.now());
        sqlx::query(
            "update second_factors
             set secret = null, confirmed_at = null, last_step = null, codes = null, off_at = $2
             where user_id = $1",
        )
        .bind(user.0)
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        self.forget_recovery_codes(user).await
    }

    /// When this person has last turned it off; a new one does not undo that.
    pub async fn factor_off_at(
        &mut self,
        user: UserId,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let off_at: Option<Option<i64>> =
            sqlx::query_scalar("select off_at from second_factors where user_id = $1")
                .bind(user.0)
                .fetch_optional(self.conn().await?)
                .await?;
        Ok(off_at.flatten().map(from_millis))
    }

    /// Recovery codes that are left.
    pub async fn recovery_codes_left(&mut self, user: UserId) -> Result<u32, StoreError> {
        let left = sqlx::query_scalar(
            "select count(*) from recovery_codes where user_id = $1 and used_at is null",
        )
        .bind(user.0)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(left)
    }

    /// Puts new recovery codes in the place of the old ones, and keeps them sealed until they are
    /// written down.
    pub async fn set_recovery_codes(
        &mut self,
        seal: &Seal,
        user: UserId,
        codes: &[String],
    ) -> Result<(), StoreError> {
        self.forget_recovery_codes(user).await?;
        for code in codes {
            sqlx::query("insert into recovery_codes (user_id, lookup) values ($1, $2)")
                .bind(user.0)
                .bind(lookup(seal, user, &code.replace('-', "")))
                .execute(self.conn().await?)
                .await?;
        }
        let shown = seal.seal(place(user, "codes"), &codes.join(" "))?;
        let kept = sqlx::query("update second_factors set codes = $2 where user_id = $1")
            .bind(user.0)
            .bind(shown)
            .execute(self.conn().await?)
            .await?;
        found(user, kept.rows_affected())
    }

    /// They are written down: from now on only their hashes are here.
    pub async fn hide_recovery_codes(&mut self, user: UserId) -> Result<(), StoreError> {
        sqlx::query("update second_factors set codes = null where user_id = $1")
            .bind(user.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Uses up a recovery code, as [`crate::domain::factor::Typed`] reads it.
    pub async fn use_recovery_code(
        &mut self,
        seal: &Seal,
        user: UserId,
        code: &str,
    ) -> Result<Result<(), Miss>, StoreError> {
        let (now, lookup) = (millis(self.now()), lookup(seal, user, code));
        let used_at: Option<Option<i64>> = sqlx::query_scalar(
            "select used_at from recovery_codes where user_id = $1 and lookup = $2",
        )
        .bind(user.0)
        .bind(&lookup)
        .fetch_optional(self.conn().await?)
        .await?;
        match used_at {
            None => return Ok(Err(Miss::Wrong)),
            Some(Some(_)) => return Ok(Err(Miss::Used)),
            Some(None) => {}
        }
        let used = sqlx::query(
            "update recovery_codes set used_at = $3
             where user_id = $1 and lookup = $2 and used_at is null",
        )
        .bind(user.0)
        .bind(&lookup)
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        found(user, used.rows_affected()).map(Ok)
    }

    async fn forget_recovery_codes(&mut self, user: UserId) -> Result<(), StoreError> {
        sqlx::query("delete from recovery_codes where user_id = $1")
            .bind(user.0)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}

fn found(user: UserId, rows: u64) -> Result<(), StoreError> {
    match rows {
        1 => Ok(()),
        _ => Err(StoreError::Stale { table: TABLE, row: user.to_string() }),
    }
}

impl Store {
    /// Whether this person has an authenticator.
    pub async fn has_totp(&self, user: UserId) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(HAS_TOTP).bind(user.0).fetch_one(self.readers()).await?)
    }

    pub async fn factor_state(&self, user: UserId) -> Result<FactorState, StoreError> {
        let row: Option<(bool, u32, Option<i64>)> = sqlx::query_as(
            "select confirmed_at is not null,
                    (select count(*) from recovery_codes
                     where recovery_codes.user_id = $1 and used_at is null),
                    locked_until
             from second_factors where user_id = $1",
        )
        .bind(user.0)
        .fetch_optional(self.readers())
        .await?;
        Ok(row.map_or_else(FactorState::default, |(on, codes, locked_until)| FactorState {
            on,
            codes,
            locked_until: locked_until.map(from_millis),
        }))
    }

    /// The secret that waits for its first code: for the page that shows it to its owner.
    pub async fn proposed_totp(
        &self,
        seal: &Seal,
        user: UserId,
    ) -> Result<Option<Totp>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar(PROPOSED).bind(user.0).fetch_optional(self.readers()).await?;
        sealed.flatten().map(|it| totp(seal, user, &it)).transpose()
    }

    /// Recovery codes that are not written down yet: for the page that shows them to their owner.
    pub async fn shown_codes(
        &self,
        seal: &Seal,
        user: UserId,
    ) -> Result<Option<Vec<String>>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("select codes from second_factors where user_id = $1")
                .bind(user.0)
                .fetch_optional(self.readers())
                .await?;
        let codes = |sealed: Vec<u8>| {
            seal.open(place(user, "codes"), &sealed)
                .map(|it| it.expose_secret().split(' ').map(str::to_owned).collect())
                .map_err(|source| StoreError::corrupt(TABLE, user, "codes", source))
        };
        sealed.flatten().map(codes).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::store::tests::{at, open};

    const LI: UserId = UserId(1);

    #[tokio::test]
    async fn neither_a_first_code_nor_a_later_one_counts_twice() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _writer) = open(folder.path()).await;
        let seal = Seal::from_key(&[1; 32]);
        store
            .write(at(0), move |tx| {
                Box::pin(async move {
                    tx.meet(LI, Language::English).await?;
                    assert!(tx.use_step(LI, 6).await.is_err(), "nothing is confirmed yet");
                    assert!(tx.propose_totp(&seal, LI, &Totp::new([7; 20])).await?);
                    assert!(tx.use_step(LI, 6).await.is_err(), "nor now");
                    tx.confirm_totp(LI, 5).await?;
                    assert!(tx.confirm_totp(LI, 6).await.is_err(), "once is enough");
                    for (step, counts) in [(5, false), (4, false), (6, true), (6, false)] {
                        assert_eq!(tx.use_step(LI, step).await.is_ok(), counts, "{step}");
                    }
                    assert!(!tx.propose_totp(&seal, LI, &Totp::new([8; 20])).await?);
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }
}
