//! Whether the key file is the one that this database was sealed with.
//!
//! Every well-formed key is a key. With another one, what is sealed would turn out to be unreadable
//! one by one, while new things are sealed with the wrong key beside it. So a constant is sealed at
//! the first start, and opened at each.

use chrono::{DateTime, Utc};

use super::{Store, StoreError};
use crate::clock::millis;
use crate::secrets::{Place, Seal};

/// The constant's name in `settings`, and the constant.
const NAME: &str = "key";
const CONSTANT: &str = "fangbi";

/// What a database from before the constant may have sealed: table, column, and the newest rows.
const SEALED: [(&str, &str, &str); 7] = [
    (
        "order_payees",
        "account",
        "select cast(order_id as text), account from order_payees order by order_id desc limit 5",
    ),
    (
        "order_payers",
        "account",
        "select cast(order_id as text), account from order_payers order by order_id desc limit 5",
    ),
    (
        "payees",
        "account",
        "select cast(id as text), account from payees where account is not null
         order by id desc limit 5",
    ),
    (
        "payers",
        "account",
        "select cast(user_id as text), account from payers order by user_id desc limit 5",
    ),
    (
        "withdrawals",
        "address",
        "select cast(id as text), address from withdrawals order by id desc limit 5",
    ),
    (
        "conversations",
        "state",
        "select chat || '/' || user_id, state from conversations order by version desc limit 5",
    ),
    (
        "inbox",
        "raw",
        "select cast(update_id as text), raw from inbox where raw is not null
         order by update_id desc limit 5",
    ),
];

const fn place() -> Place<&'static str> {
    Place { table: "settings", row: NAME, column: "value" }
}

impl Store {
    /// Whether what is sealed here was sealed with this key. Where nothing is, every key is right.
    pub async fn is_sealed_with(&self, seal: &Seal) -> Result<bool, StoreError> {
        let kept: Option<String> = sqlx::query_scalar("select value from settings where name = $1")
            .bind(NAME)
            .fetch_optional(self.readers())
            .await?;
        match kept {
            Some(json) => {
                let sealed: Option<Vec<u8>> = serde_json::from_str(&json)
                    .map_err(|source| StoreError::corrupt("settings", NAME, "value", source))?;
                // An operator who has lost the key writes `null`, and begins with another one.
                Ok(sealed.is_none_or(|it| seal.open(place(), &it).is_ok()))
            }
            None => self.opens_something(seal).await,
        }
    }

    /// Without the constant: one damaged field says nothing about the key, one that opens says all.
    async fn opens_something(&self, seal: &Seal) -> Result<bool, StoreError> {
        let mut something = false;
        for (table, column, newest) in SEALED {
            let rows: Vec<(String, Vec<u8>)> =
                sqlx::query_as(newest).fetch_all(self.readers()).await?;
            something |= !rows.is_empty();
            if rows.iter().any(|(row, it)| seal.open(Place { table, row, column }, it).is_ok()) {
                return Ok(true);
            }
        }
        Ok(!something)
    }

    /// Seals the constant, unless that has been done. Only with a key that is right: see
    /// [`Store::is_sealed_with`].
    pub async fn remember_key(&self, seal: &Seal, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sealed = seal.seal(place(), CONSTANT)?;
        let value = serde_json::to_string(&sealed)
            .map_err(|source| StoreError::Json { what: "the sealed constant", source })?;
        self.write(now, move |tx| {
            Box::pin(async move {
                let now = millis(tx.now());
                sqlx::query(
                    "insert into settings (name, value, changed_at) values ($1, $2, $3)
                     on conflict (name) do update
                     set value = excluded.value, changed_at = excluded.changed_at
                     where settings.value = 'null'",
                )
                .bind(NAME)
                .bind(value)
                .bind(now)
                .execute(tx.conn().await?)
                .await?;
                Ok(())
            })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::clock::from_millis;

    const OURS: [u8; 32] = [7; 32];
    const ANOTHER: [u8; 32] = [8; 32];

    fn now() -> DateTime<Utc> {
        from_millis(1_800_000_000_000)
    }

    async fn fits(store: &Store) -> [bool; 2] {
        let fits = |key| async move { store.is_sealed_with(&Seal::from_key(key)).await.unwrap() };
        [fits(&OURS).await, fits(&ANOTHER).await]
    }

    async fn run(store: &Store, sql: &'static str) {
        let job = store.write(now(), move |tx| {
            Box::pin(async move {
                sqlx::query(sql).execute(tx.conn().await?).await?;
                Ok::<_, StoreError>(())
            })
        });
        job.await.unwrap();
    }

    async fn begins_to_type(store: &Store, key: &[u8; 32], chat: i64) {
        let (seal, until) = (Seal::from_key(key), now() + TimeDelta::days(1));
        let job = store.write(now(), move |tx| {
            Box::pin(
                async move { tx.set_conversation(&seal, (chat, chat), "{}", chat, until).await },
            )
        });
        job.await.unwrap();
    }

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the test is the main of its store")]
    async fn another_key_is_told_from_the_one_that_has_sealed() {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = Store::open(folder.path()).await.unwrap();
        let writer = tokio::spawn(writer.run());
        assert_eq!(fits(&store).await, [true, true], "nothing is sealed yet");

        // A database from before the constant.
        begins_to_type(&store, &OURS, 1001).await;
        assert_eq!(fits(&store).await, [true, false]);
        run(&store, "insert into conversations values (9, 9, x'01', 9000, 0)").await;
        assert_eq!(fits(&store).await, [true, false], "damage is not another key");

        store.remember_key(&Seal::from_key(&OURS), now()).await.unwrap();
        run(&store, "delete from conversations").await;
        assert_eq!(fits(&store).await, [true, false], "the constant is enough");
        begins_to_type(&store, &ANOTHER, 1002).await;
        assert_eq!(fits(&store).await, [true, false], "and it is what counts");

        store.remember_key(&Seal::from_key(&ANOTHER), now()).await.unwrap();
        assert_eq!(fits(&store).await, [true, false], "it is sealed once");

        run(&store, "update settings set value = 'null' where name = 'key'").await;
        assert_eq!(fits(&store).await, [true, true], "the key was lost, and somebody said so");
        store.remember_key(&Seal::from_key(&ANOTHER), now()).await.unwrap();
        assert_eq!(fits(&store).await, [false, true]);
        store.close().await;
        writer.await.unwrap().unwrap();
    }
}
