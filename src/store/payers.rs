//! From which account each buyer pays, and what was declared for each order. Sealed.

use super::payees::{Opened, lookup};
use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::order::OrderId;
use crate::domain::payer::Payer;
use crate::secrets::{Place, Seal};

const PAYERS: &str = "payers";
const ORDER_PAYERS: &str = "order_payers";
const ORDER_PAYER: &str = "select name, account from order_payers where order_id = $1";
const PAYER: &str = "select name, account from payers where user_id = $1";

type Sealed = (Vec<u8>, Vec<u8>);

fn open(
    seal: &Seal,
    (table, row): (&'static str, i64),
    (name, account): Sealed,
) -> Result<Payer, StoreError> {
    let opened = Opened { table, row, seal };
    Ok(Payer { name: opened.name(&name)?, account: opened.account(&account)? })
}

fn seal_for(
    seal: &Seal,
    (table, row): (&'static str, i64),
    payer: &Payer,
) -> Result<Sealed, StoreError> {
    let place = |column| Place { table, row, column };
    let name = seal.seal(place("name"), payer.name.reveal())?;
    Ok((name, seal.seal(place("account"), payer.account.reveal())?))
}

impl Tx<'_> {
    pub async fn payer(&mut self, seal: &Seal, user: UserId) -> Result<Option<Payer>, StoreError> {
        let row: Option<Sealed> =
            sqlx::query_as(PAYER).bind(user.0).fetch_optional(self.conn().await?).await?;
        row.map(|it| open(seal, (PAYERS, user.0), it)).transpose()
    }

    /// That is from now on the account from which somebody pays.
    pub async fn declare_payer(
        &mut self,
        seal: &Seal,
        user: UserId,
        payer: &Payer,
    ) -> Result<(), StoreError> {
        let (name, account) = seal_for(seal, (PAYERS, user.0), payer)?;
        sqlx::query(
            "insert into payers (user_id, name, account, lookup, declared_at)
             values ($1, $2, $3, $4, $5)
             on conflict (user_id) do update
             set name = excluded.name, account = excluded.account, lookup = excluded.lookup,
                 declared_at = excluded.declared_at",
        )
        .bind(user.0)
        .bind(name)
        .bind(account)
        .bind(lookup(seal, &payer.account).as_slice())
        .bind(millis(self.now()))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// The payer of one order, as it is declared now.
    pub async fn insert_order_payer(
        &mut self,
        seal: &Seal,
        order: OrderId,
        payer: &Payer,
    ) -> Result<(), StoreError> {
        let (name, account) = seal_for(seal, (ORDER_PAYERS, order.0), payer)?;
        sqlx::query(
            "insert into order_payers (order_id, name, account, lookup) values ($1, $2, $3, $4)",
        )
        .bind(order.0)
        .bind(name)
        .bind(account)
        .bind(lookup(seal, &payer.account).as_slice())
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

impl Tx<'_> {
    /// As [`Store::payer_of`], to decide by.
    pub async fn payer_of(
        &mut self,
        seal: &Seal,
        order: OrderId,
    ) -> Result<Option<Payer>, StoreError> {
        let row: Option<Sealed> =
            sqlx::query_as(ORDER_PAYER).bind(order.0).fetch_optional(self.conn().await?).await?;
        row.map(|it| open(seal, (ORDER_PAYERS, order.0), it)).transpose()
    }
}

impl Store {
    /// The account from which somebody pays.
    pub async fn payer(&self, seal: &Seal, user: UserId) -> Result<Option<Payer>, StoreError> {
        let row: Option<Sealed> =
            sqlx::query_as(PAYER).bind(user.0).fetch_optional(self.readers()).await?;
        row.map(|it| open(seal, (PAYERS, user.0), it)).transpose()
    }

    pub async fn has_payer(&self, user: UserId) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar("select exists (select 1 from payers where user_id = $1)")
            .bind(user.0)
            .fetch_one(self.readers())
            .await?;
        Ok(found)
    }

    /// From which account an order is paid, as declared when it was opened. `None` for orders from
    /// before there were declarations, and for those whose buyer had it erased.
    pub async fn payer_of(&self, seal: &Seal, order: OrderId) -> Result<Option<Payer>, StoreError> {
        let row: Option<Sealed> =
            sqlx::query_as(ORDER_PAYER).bind(order.0).fetch_optional(self.readers()).await?;
        row.map(|it| open(seal, (ORDER_PAYERS, order.0), it)).transpose()
    }
}
