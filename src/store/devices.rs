//! Phones that tell of payments: who they belong to, how they are known, when they were heard.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, DeviceKind};
use crate::secrets::{Place, Seal, SealError, random_token};

/// A phone that has not been revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: DeviceId,
    pub owner: UserId,
    /// The account it watches.
    pub payee: PayeeId,
    pub kind: DeviceKind,
    pub added_at: DateTime<Utc>,
    /// `None`: never yet.
    pub heard_at: Option<DateTime<Utc>>,
    /// Its owner has been told that it is silent.
    pub is_silent: bool,
    /// When somebody last heard that it is misused.
    pub warned_at: Option<DateTime<Utc>>,
}

/// What makes a phone ours: an address that nobody can guess, and a secret that signs.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The last part of its address.
    pub token: SecretString,
    pub secret: SecretString,
}

impl Credentials {
    pub fn random() -> Result<Self, SealError> {
        Ok(Self { token: random_token()?, secret: random_token()? })
    }
}

/// Who has come to a phone's address; whether it is the phone, the signature says.
#[derive(Clone, Debug)]
pub struct Caller {
    pub device: DeviceId,
    pub kind: DeviceKind,
    pub secret: SecretString,
}

#[derive(sqlx::FromRow)]
struct DeviceRow {
    id: i64,
    owner: i64,
    payee: i64,
    kind: String,
    added_at: i64,
    heard_at: Option<i64>,
    due_at: Option<i64>,
    warned_at: Option<i64>,
}

impl TryFrom<DeviceRow> for Device {
    type Error = StoreError;

    fn try_from(row: DeviceRow) -> Result<Self, StoreError> {
        Ok(Self {
            kind: kind(row.id, &row.kind)?,
            id: DeviceId(row.id),
            owner: UserId(row.owner),
            payee: PayeeId(row.payee),
            added_at: from_millis(row.added_at),
            heard_at: row.heard_at.map(from_millis),
            is_silent: row.due_at.is_none(),
            warned_at: row.warned_at.map(from_millis),
        })
    }
}

fn kind(row: i64, name: &str) -> Result<DeviceKind, StoreError> {
    DeviceKind::from_name(name).ok_or_else(|| StoreError::corrupt("devices", row, "kind", name))
}

fn place(device: i64, column: &'static str) -> Place<i64> {
    Place { table: "devices", row: device, column }
}

/// Keeps these look-ups apart from those of other things.
const LOOKUP: &str = "device token";

const DEVICE: &str = "select id, owner, payee, kind, added_at, heard_at, due_at, warned_at
     from devices where id = $1 and revoked_at is null";

impl Tx<'_> {
    /// Registers a phone; its silence is told at `due_at` unless it is heard before.
    pub async fn insert_device(
        &mut self,
        seal: &Seal,
        (owner, payee, kind): (UserId, PayeeId, DeviceKind),
        credentials: &Credentials,
        due_at: DateTime<Utc>,
    ) -> Result<DeviceId, StoreError> {
        let now = millis(self.now());
        let last: Option<i64> =
            sqlx::query_scalar("select max(id) from devices").fetch_one(self.conn().await?).await?;
        let id = last.unwrap_or(0) + 1;
        let (token, secret) =
            (credentials.token.expose_secret(), credentials.secret.expose_secret());
        sqlx::query(
            "insert into devices (id, owner, payee, kind, lookup, token, secret, added_at, due_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(owner.0)
        .bind(payee.0)
        .bind(kind.as_str())
        .bind(seal.lookup(LOOKUP, token).as_slice())
        .bind(seal.seal(place(id, "token"), token)?)
        .bind(seal.seal(place(id, "secret"), secret)?)
        .bind(now)
        .bind(millis(due_at))
        .execute(self.conn().await?)
        .await?;
        Ok(DeviceId(id))
    }

    pub async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        let row: Option<DeviceRow> =
            sqlx::query_as(DEVICE).bind(id.0).fetch_optional(self.conn().await?).await?;
        row.map(Device::try_from).transpose()
    }

    /// How many phones somebody has.
    pub async fn count_devices(&mut self, owner: UserId) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar(
            "select count(*) from devices where owner = $1 and revoked_at is null",
        )
        .bind(owner.0)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(count)
    }

    /// Whoever knows its address and secret is nobody from now on.
    pub async fn revoke_device(&mut self, id: DeviceId) -> Result<(), StoreError> {
        sqlx::query(
            "update devices set revoked_at = $2, due_at = null where id = $1 and revoked_at is null",
        )
        .bind(id.0)
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// It was heard now; its silence is told at `due_at` unless it is heard before.
    pub async fn device_heard(
        &mut self,
        id: DeviceId,
        due_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "update devices set heard_at = $2, due_at = $3 where id = $1 and revoked_at is null",
        )
        .bind(id.0)
        .bind(millis(self.now()))
        .bind(millis(due_at))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Its silence has been told. Returns whether that was still to be done.
    pub async fn silence_told(&mut self, id: DeviceId) -> Result<bool, StoreError> {
        let told = sqlx::query("update devices set due_at = null where id = $1 and due_at <= $2")
            .bind(id.0)
            .bind(millis(self.now()))
            .execute(self.conn().await?)
            .await?;
        Ok(told.rows_affected() == 1)
    }

    /// Somebody has been told that it is misused.
    pub async fn misuse_told(&mut self, id: DeviceId) -> Result<(), StoreError> {
        sqlx::query("update devices set warned_at = $2 where id = $1")
            .bind(id.0)
            .bind(millis(self.now()))
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// No phone could be heard for so long.
    pub async fn put_off_silence(&mut self, away: TimeDelta) -> Result<(), StoreError> {
        sqlx::query("update devices set due_at = due_at + $1 where due_at is not null")
            .bind(away.num_milliseconds())
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}

impl Store {
    pub async fn device(&self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        let row: Option<DeviceRow> =
            sqlx::query_as(DEVICE).bind(id.0).fetch_optional(self.readers()).await?;
        row.map(Device::try_from).transpose()
    }

    /// Somebody's phones, the oldest first.
    pub async fn devices_of(&self, owner: UserId) -> Result<Vec<Device>, StoreError> {
        let rows: Vec<DeviceRow> = sqlx::query_as(
            "select id, owner, payee, kind, added_at, heard_at, due_at, warned_at
             from devices where owner = $1 and revoked_at is null order by id",
        )
        .bind(owner.0)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Device::try_from).collect()
    }

    /// Who is called by this token.
    pub async fn caller(&self, seal: &Seal, token: &str) -> Result<Option<Caller>, StoreError> {
        let row: Option<(i64, String, Vec<u8>)> = sqlx::query_as(
            "select id, kind, secret from devices where lookup = $1 and revoked_at is null",
        )
        .bind(seal.lookup(LOOKUP, token).as_slice())
        .fetch_optional(self.readers())
        .await?;
        let Some((id, name, secret)) = row else { return Ok(None) };
        let secret = seal
            .open(place(id, "secret"), &secret)
            .map_err(|source| StoreError::corrupt("devices", id, "secret", source))?;
        Ok(Some(Caller { device: DeviceId(id), kind: kind(id, &name)?, secret }))
    }

    /// What its owner has to paste into a phone.
    pub async fn credentials(
        &self,
        seal: &Seal,
        owner: UserId,
        id: DeviceId,
    ) -> Result<Option<Credentials>, StoreError> {
        let row: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "select token, secret from devices
             where id = $1 and owner = $2 and revoked_at is null",
        )
        .bind(id.0)
        .bind(owner.0)
        .fetch_optional(self.readers())
        .await?;
        let Some((token, secret)) = row else { return Ok(None) };
        let opened = |column, sealed: &[u8]| {
            let opened = seal.open(place(id.0, column), sealed);
            opened.map_err(|source| StoreError::corrupt("devices", id, column, source))
        };
        Ok(Some(Credentials {
            token: opened("token", &token)?,
            secret: opened("secret", &secret)?,
        }))
    }

    /// Phones whose silence is due, and on whose account somebody waits for money.
    pub async fn silent_devices(&self, now: DateTime<Utc>) -> Result<Vec<DeviceId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "select devices.id from devices
             join payees on payees.id = devices.payee
             where devices.due_at <= $1
               and exists (select 1 from orders
                           join order_payees on order_payees.order_id = orders.id
                           where seller = devices.owner
                             and orders.status in ('awaiting_payment', 'overdue', 'paid', 'delayed',
                                                   'disputed')
                             and (order_payees.payee = payees.id
                                  or order_payees.lookup = payees.lookup))
             order by devices.due_at limit 100",
        )
        .bind(millis(now))
        .fetch_all(self.readers())
        .await?;
        Ok(ids.into_iter().map(DeviceId).collect())
    }
}
