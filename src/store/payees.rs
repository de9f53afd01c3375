//! The accounts that sellers keep here. What identifies a person is sealed; a keyed hash beside it
//! finds an account again.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::orders::Payee;
use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::money::Fen;
use crate::domain::payee::{Account, Caps, Kept, PayeeId, PersonalCode, RealName, Taken, began};
use crate::secrets::{Place, Seal};

/// The keyed hash under which a normalised account is found, whoever it belongs to.
pub fn lookup(seal: &Seal, account: &Account) -> [u8; 32] {
    seal.lookup("alipay account", account.reveal())
}

fn place(row: i64, column: &'static str) -> Place<i64> {
    Place { table: "payees", row, column }
}

#[derive(sqlx::FromRow)]
struct PayeeRow {
    id: i64,
    owner: i64,
    account: Vec<u8>,
    name: Vec<u8>,
    link: Option<Vec<u8>>,
    status: String,
    is_default: bool,
    day_cap: Option<i64>,
    month_cap: Option<i64>,
    usable_at: i64,
    version: i64,
}

impl PayeeRow {
    fn open(self, seal: &Seal) -> Result<Kept, StoreError> {
        let opened = Opened { table: "payees", row: self.id, seal };
        Ok(Kept {
            id: PayeeId(self.id),
            owner: UserId(self.owner),
            account: opened.account(&self.account)?,
            name: opened.name(&self.name)?,
            code: opened.code(self.link.as_deref())?,
            paused: self.status == "paused",
            is_default: self.is_default,
            caps: Caps { day: self.day_cap.map(Fen), month: self.month_cap.map(Fen) },
            usable_at: from_millis(self.usable_at),
            version: self.version,
        })
    }
}

/// A row whose sealed columns are read.
pub(super) struct Opened<'a> {
    pub(super) table: &'static str,
    pub(super) row: i64,
    pub(super) seal: &'a Seal,
}

impl Opened<'_> {
    pub(super) fn account(&self, sealed: &[u8]) -> Result<Account, StoreError> {
        let text = self.text("account", sealed)?;
        Account::parse(text.expose_secret()).map_err(|it| self.corrupt("account", it))
    }

    pub(super) fn name(&self, sealed: &[u8]) -> Result<RealName, StoreError> {
        let text = self.text("name", sealed)?;
        RealName::parse(text.expose_secret()).map_err(|it| self.corrupt("name", it))
    }

    pub(super) fn code(&self, sealed: Option<&[u8]>) -> Result<Option<PersonalCode>, StoreError> {
        let Some(sealed) = sealed else { return Ok(None) };
        let text = self.text("link", sealed)?;
        PersonalCode::parse(text.expose_secret()).map(Some).map_err(|it| self.corrupt("link", it))
    }

    fn text(&self, column: &'static str, sealed: &[u8]) -> Result<SecretString, StoreError> {
        let place = Place { table: self.table, row: self.row, column };
        self.seal.open(place, sealed).map_err(|it| self.corrupt(column, it))
    }

    fn corrupt(
        &self,
        column: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> StoreError {
        StoreError::corrupt(self.table, self.row, column, source)
    }
}

const PAYEE: &str = "select * from payees where id = $1 and status <> 'removed'";
const PAYEES_OF: &str = "select * from payees where owner = $1 and status <> 'removed'
                         order by is_default desc, id";
const EVER_HAD: &str = "select exists (select 1 from payees where owner = $1)";
/// The cap is the owner's, for what the owner sells: who else names the account does not count.
const TAKEN: &str = "select
        cast(coalesce(sum(case when opened_at >= $3 then fen - fen_added else 0 end), 0) as bigint),
        cast(coalesce(sum(fen - fen_added), 0) as bigint)
    from orders join order_payees on order_payees.order_id = orders.id
    where seller = $1 and lookup = $2 and opened_at >= $4
      and status not in ('cancelled', 'expired')";

impl Tx<'_> {
    pub async fn kept_payee(
        &mut self,
        seal: &Seal,
        id: PayeeId,
    ) -> Result<Option<Kept>, StoreError> {
        let row: Option<PayeeRow> =
            sqlx::query_as(PAYEE).bind(id.0).fetch_optional(self.conn().await?).await?;
        row.map(|it| it.open(seal)).transpose()
    }

    /// The accounts of a person, the default one first.
    pub async fn payees_of(&mut self, seal: &Seal, owner: UserId) -> Result<Vec<Kept>, StoreError> {
        let rows: Vec<PayeeRow> =
            sqlx::query_as(PAYEES_OF).bind(owner.0).fetch_all(self.conn().await?).await?;
        rows.into_iter().map(|it| it.open(seal)).collect()
    }

    /// Whether somebody has ever kept an account here, removed ones included.
    pub async fn ever_had_payee(&mut self, owner: UserId) -> Result<bool, StoreError> {
        let found =
            sqlx::query_scalar(EVER_HAD).bind(owner.0).fetch_one(self.conn().await?).await?;
        Ok(found)
    }

    /// What this owner's orders to an account come to, today and this month.
    pub async fn taken(
        &mut self,
        seal: &Seal,
        owner: UserId,
        account: &Account,
    ) -> Result<Taken, StoreError> {
        let (day, month) = began(self.now());
        let (day, month) = sqlx::query_as(TAKEN)
            .bind(owner.0)
            .bind(lookup(seal, account).as_slice())
            .bind(millis(day))
            .bind(millis(month))
            .fetch_one(self.conn().await?)
            .await?;
        Ok(Taken { day: Fen(day), month: Fen(month) })
    }

    /// Keeps an account. The first of a person becomes the default.
    pub async fn keep_payee(
        &mut self,
        seal: &Seal,
        owner: UserId,
        payee: &Payee,
        usable_at: DateTime<Utc>,
    ) -> Result<PayeeId, StoreError> {
        let now = millis(self.now());
        let last: Option<i64> =
            sqlx::query_scalar("select max(id) from payees").fetch_one(self.conn().await?).await?;
        let id = last.unwrap_or(0) + 1;
        let link = payee.code.as_ref();
        let link = link.map(|it| seal.seal(place(id, "link"), it.reveal())).transpose()?;
        sqlx::query(
            "insert into payees (id, owner, account, name, link, lookup, status, is_default,
                                 usable_at, added_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, 'active',
                     case when exists (select 1 from payees where owner = $2 and is_default = 1)
                          then 0 else 1 end,
                     $7, $8, $8)",
        )
        .bind(id)
        .bind(owner.0)
        .bind(seal.seal(place(id, "account"), payee.account.reveal())?)
        .bind(seal.seal(place(id, "name"), payee.name.reveal())?)
        .bind(link)
        .bind(lookup(seal, &payee.account).as_slice())
        .bind(millis(usable_at))
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        Ok(PayeeId(id))
    }

    /// Writes what its owner has changed of an account that was at `version`.
    pub async fn save_payee(
        &mut self,
        seal: &Seal,
        payee: &Kept,
        version: i64,
    ) -> Result<(), StoreError> {
        if payee.is_default {
            sqlx::query("update payees set is_default = 0 where owner = $1 and id <> $2")
                .bind(payee.owner.0)
                .bind(payee.id.0)
                .execute(self.conn().await?)
                .await?;
        }
        let link = payee.code.as_ref();
        let link = link.map(|it| seal.seal(place(payee.id.0, "link"), it.reveal())).transpose()?;
        let saved = sqlx::query(
            "update payees set status = $3, is_default = $4, day_cap = $5, month_cap = $6,
                               link = $7, usable_at = $8, changed_at = $9, version = $10
             where id = $1 and version = $2 and status <> 'removed'",
        )
        .bind(payee.id.0)
        .bind(version)
        .bind(if payee.paused { "paused" } else { "active" })
        .bind(i64::from(payee.is_default))
        .bind(payee.caps.day.map(|it| it.0))
        .bind(payee.caps.month.map(|it| it.0))
        .bind(link)
        .bind(millis(payee.usable_at))
        .bind(millis(self.now()))
        .bind(payee.version)
        .execute(self.conn().await?)
        .await?;
        expect_one(saved.rows_affected(), payee.id)
    }

    /// Whether an order that is not closed is paid to it.
    pub async fn is_paid_to(&mut self, id: PayeeId) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(
            "select exists (select 1 from orders
                            join order_payees on order_payees.order_id = orders.id
                            where due_at is not null and payee = $1)",
        )
        .bind(id.0)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(found)
    }

    /// Erases what is sealed of an account that was at `version`. If it was the default, the oldest
    /// other one is now.
    pub async fn remove_payee(&mut self, payee: &Kept, version: i64) -> Result<(), StoreError> {
        let removed = sqlx::query(
            "update payees set account = null, name = null, link = null, lookup = null,
                               status = 'removed', is_default = 0, changed_at = $3,
                               version = version + 1
             where id = $1 and version = $2",
        )
        .bind(payee.id.0)
        .bind(version)
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        expect_one(removed.rows_affected(), payee.id)?;
        sqlx::query(
            "update payees set is_default = 1
             where id = (select min(id) from payees where owner = $1 and status <> 'removed')
               and not exists (select 1 from payees where owner = $1 and is_default = 1)",
        )
        .bind(payee.owner.0)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

fn expect_one(rows: u64, id: PayeeId) -> Result<(), StoreError> {
    match rows {
        1 => Ok(()),
        _ => Err(StoreError::Stale { table: "payees", row: id.0.to_string() }),
    }
}

impl Store {
    pub async fn kept_payee(&self, seal: &Seal, id: PayeeId) -> Result<Option<Kept>, StoreError> {
        let row: Option<PayeeRow> =
            sqlx::query_as(PAYEE).bind(id.0).fetch_optional(self.readers()).await?;
        row.map(|it| it.open(seal)).transpose()
    }

    /// The accounts of a person, the default one first.
    pub async fn payees_of(&self, seal: &Seal, owner: UserId) -> Result<Vec<Kept>, StoreError> {
        let rows: Vec<PayeeRow> =
            sqlx::query_as(PAYEES_OF).bind(owner.0).fetch_all(self.readers()).await?;
        rows.into_iter().map(|it| it.open(seal)).collect()
    }

    /// Whether somebody has ever kept an account here, removed ones included.
    pub async fn ever_had_payee(&self, owner: UserId) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(EVER_HAD).bind(owner.0).fetch_one(self.readers()).await?;
        Ok(found)
    }

    /// What this owner's orders to an account come to, today and this month.
    pub async fn taken(
        &self,
        seal: &Seal,
        owner: UserId,
        account: &Account,
        now: DateTime<Utc>,
    ) -> Result<Taken, StoreError> {
        let (day, month) = began(now);
        let (day, month) = sqlx::query_as(TAKEN)
            .bind(owner.0)
            .bind(lookup(seal, account).as_slice())
            .bind(millis(day))
            .bind(millis(month))
            .fetch_one(self.readers())
            .await?;
        Ok(Taken { day: Fen(day), month: Fen(month) })
    }
}
