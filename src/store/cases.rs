//! Orders in dispute, with everything that is laid before whoever settles them.

use super::bill_numbers::NumberKind;
use super::orders::OrderRow;
use super::{Store, StoreError, Tx};
use crate::clock::from_millis;
use crate::domain::UserId;
use crate::domain::case::{Case, Masks, Standing, won_by};
use crate::domain::chat::{FileId, Purpose};
use crate::domain::order::{Order, OrderId};
use crate::secrets::Seal;

/// A release that was confirmed in a dispute can still be stopped; the others are told apart when
/// they are read.
const OPEN: &str = "select * from orders where status in ('disputed', 'claimed', 'releasing')
                    order by id";

fn cases(rows: Vec<OrderRow>) -> Result<Vec<Order>, StoreError> {
    let orders: Result<Vec<Order>, StoreError> = rows.into_iter().map(Order::try_from).collect();
    let is_case = |order: &Order| crate::domain::case::waits(order).is_some();
    Ok(orders?.into_iter().filter(is_case).collect())
}

impl Tx<'_> {
    /// Every dispute and claim that runs, oldest first.
    pub async fn open_cases(&mut self) -> Result<Vec<Order>, StoreError> {
        cases(sqlx::query_as(OPEN).fetch_all(self.conn().await?).await?)
    }
}

impl Store {
    /// Every dispute and claim that runs, oldest first.
    pub async fn open_cases(&self) -> Result<Vec<Order>, StoreError> {
        cases(sqlx::query_as(OPEN).fetch_all(self.readers()).await?)
    }

    /// Everything that is known about an order. Accounts and names are opened for their masks, and
    /// do not leave this function.
    pub async fn case(&self, seal: &Seal, id: OrderId) -> Result<Option<Case>, StoreError> {
        let Some(order) = self.order(id).await? else { return Ok(None) };
        let payee = self.payee(seal, id).await?;
        let payer = self.payer_of(seal, id).await?;
        Ok(Some(Case {
            rows: self.log_of(id).await?.into_iter().map(|it| it.row).collect(),
            messages: self.messages_of(seal, id).await?,
            reused_files: self.reused_files_of(id).await?,
            payee: payee.map(|it| Masks { name: it.name.mask(), account: it.account.mask() }),
            payer: payer.map(|it| Masks { name: it.name.mask(), account: it.account.mask() }),
            payment_number: self.number_tail(seal, id, NumberKind::Payment).await?,
            refund_number: self.number_tail(seal, id, NumberKind::Refund).await?,
            reused_numbers: self.reused_numbers_of(id).await?,
            seller: self.standing(order.seller, id).await?,
            buyer: self.standing(order.buyer, id).await?,
            order,
        }))
    }

    /// The newest text about an order that was written for this.
    pub async fn newest_text(
        &self,
        seal: &Seal,
        order: OrderId,
        purpose: Purpose,
    ) -> Result<Option<String>, StoreError> {
        let messages = self.messages_of(seal, order).await?;
        let newest = messages.into_iter().rev().find(|it| it.purpose == purpose);
        Ok(newest.and_then(|it| it.said).map(|it| it.text))
    }

    /// The order that a file came for.
    pub async fn order_of_file(&self, file: FileId) -> Result<Option<OrderId>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "select order_id from messages join files on message_id = messages.id
             where files.id = $1",
        )
        .bind(file.0)
        .fetch_optional(self.readers())
        .await?;
        Ok(found.map(OrderId))
    }

    /// The files of an order that were sent for an older one, too, and for which.
    async fn reused_files_of(&self, order: OrderId) -> Result<Vec<(FileId, OrderId)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "select files.id, min(theirs.order_id)
             from files
             join messages on messages.id = files.message_id
             join files as others on others.sha256 = files.sha256
             join messages as theirs on theirs.id = others.message_id
             where messages.order_id = $1 and theirs.order_id <> $1
             group by files.id order by files.id",
        )
        .bind(order.0)
        .fetch_all(self.readers())
        .await?;
        Ok(rows.into_iter().map(|(file, other)| (FileId(file), OrderId(other))).collect())
    }

    /// What is known of somebody from other orders than that.
    async fn standing(&self, user: UserId, besides: OrderId) -> Result<Standing, StoreError> {
        let (completed, since, reachable, poses): (u32, i64, bool, bool) =
            sqlx::query_as("select completed, seen_at, reachable, poses from users where id = $1")
                .bind(user.0)
                .fetch_one(self.readers())
                .await?;
        let rows: Vec<OrderRow> = sqlx::query_as(
            "select * from orders
             where (seller = $1 or buyer = $1) and id <> $2
               and id in (select order_id from order_log where status = 'disputed')",
        )
        .bind(user.0)
        .bind(besides.0)
        .fetch_all(self.readers())
        .await?;
        let (mut won, mut lost) = (0, 0);
        for row in rows {
            let order = Order::try_from(row)?;
            match won_by(&order.status) {
                Some(side) if order.party(side) == user => won += 1,
                Some(_) => lost += 1,
                None => {}
            }
        }
        let since = from_millis(since);
        Ok(Standing { completed, won, lost, since, reachable, poses })
    }
}
