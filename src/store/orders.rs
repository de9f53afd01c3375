//! Orders, their payees and their cards.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::payees::{Opened, lookup};
use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::ad::AdId;
use crate::domain::money::{Coin, Coins, Fen, Price};
use crate::domain::order::{Order, OrderId};
use crate::domain::payee::{Account, PayeeId, PersonalCode, RealName};
use crate::secrets::{Place, Seal};

#[derive(sqlx::FromRow)]
pub(super) struct OrderRow {
    id: i64,
    ad: i64,
    seller: i64,
    buyer: i64,
    coin: String,
    units: i64,
    fen: i64,
    fen_added: i64,
    price: i64,
    terms: String,
    opened_at: i64,
    version: i64,
    used: String,
    gate: String,
    seen: Option<String>,
    state: String,
    due_at: Option<i64>,
}

impl OrderRow {
    pub(super) fn id(&self) -> i64 {
        self.id
    }
}

impl TryFrom<OrderRow> for Order {
    type Error = StoreError;

    fn try_from(row: OrderRow) -> Result<Self, StoreError> {
        let coin = Coin::from_code(&row.coin)
            .ok_or_else(|| StoreError::corrupt("orders", row.id, "coin", row.coin.clone()))?;
        Ok(Self {
            terms: read(row.id, "terms", &row.terms)?,
            used: read(row.id, "used", &row.used)?,
            gate: read(row.id, "gate", &row.gate)?,
            seen: row.seen.map(|it| read(row.id, "seen", &it)).transpose()?,
            status: read(row.id, "state", &row.state)?,
            id: OrderId(row.id),
            ad: AdId(row.ad),
            seller: UserId(row.seller),
            buyer: UserId(row.buyer),
            coins: Coins::new(coin, row.units),
            fen: Fen(row.fen),
            added: Fen(row.fen_added),
            price: Price(row.price),
            opened_at: from_millis(row.opened_at),
            version: row.version,
            due_at: row.due_at.map(from_millis),
        })
    }
}

fn read<T: DeserializeOwned>(row: i64, column: &'static str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|source| StoreError::corrupt("orders", row, column, source))
}

pub(super) fn write(what: &'static str, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Json { what, source })
}

/// Where the yuan go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    pub account: Account,
    pub name: RealName,
    pub code: Option<PersonalCode>,
}

fn payee_place(order: OrderId, column: &'static str) -> Place<i64> {
    Place { table: "order_payees", row: order.0, column }
}

const ORDER: &str = "select * from orders where id = $1";

impl Tx<'_> {
    /// The id of the next order. It is taken when the order is inserted in this transaction.
    pub async fn next_order_id(&mut self) -> Result<OrderId, StoreError> {
        let last: Option<i64> =
            sqlx::query_scalar("select max(id) from orders").fetch_one(self.conn().await?).await?;
        Ok(OrderId(last.unwrap_or(0) + 1))
    }

    pub async fn order(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> =
            sqlx::query_as(ORDER).bind(id.0).fetch_optional(self.conn().await?).await?;
        row.map(Order::try_from).transpose()
    }

    pub async fn insert_order(&mut self, order: &Order) -> Result<(), StoreError> {
        sqlx::query(
            "insert into orders (id, ad, seller, buyer, coin, units, fen, fen_added, price, terms,
                                 opened_at, version, used, gate, state, due_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        )
        .bind(order.id.0)
        .bind(order.ad.0)
        .bind(order.seller.0)
        .bind(order.buyer.0)
        .bind(order.coins.coin.code())
        .bind(order.coins.units)
        .bind(order.fen.0)
        .bind(order.added.0)
        .bind(order.price.0)
        .bind(write("terms", &order.terms)?)
        .bind(millis(order.opened_at))
        .bind(order.version)
        .bind(write("used", &order.used)?)
        .bind(write("gate", &order.gate)?)
        .bind(write("state", &order.status)?)
        .bind(order.due_at.map(millis))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Writes what has changed of an order that was at `version` when it was read.
    pub async fn save_order(&mut self, order: &Order, version: i64) -> Result<(), StoreError> {
        let saved = sqlx::query(
            "update orders set version = $3, used = $4, gate = $5, state = $6, due_at = $7, seen = $8
             where id = $1 and version = $2",
        )
        .bind(order.id.0)
        .bind(version)
        .bind(order.version)
        .bind(write("used", &order.used)?)
        .bind(write("gate", &order.gate)?)
        .bind(write("state", &order.status)?)
        .bind(order.due_at.map(millis))
        .bind(order.seen.map(|it| write("seen", &it)).transpose()?)
        .execute(self.conn().await?)
        .await?;
        match saved.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { table: "orders", row: order.id.to_string() }),
        }
    }

    /// Where the yuan of an order go: a copy of one of the seller's accounts, as it is now.
    pub async fn insert_payee(
        &mut self,
        seal: &Seal,
        order: OrderId,
        payee: &Payee,
        kept: Option<PayeeId>,
    ) -> Result<(), StoreError> {
        let link = payee.code.as_ref();
        let link = link.map(|it| seal.seal(payee_place(order, "link"), it.reveal())).transpose()?;
        sqlx::query(
            "insert into order_payees (order_id, account, name, link, lookup, payee)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(order.0)
        .bind(seal.seal(payee_place(order, "account"), payee.account.reveal())?)
        .bind(seal.seal(payee_place(order, "name"), payee.name.reveal())?)
        .bind(link)
        .bind(lookup(seal, &payee.account).as_slice())
        .bind(kept.map(|it| it.0))
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Orders of a seller that still run.
    pub async fn open_sales(&mut self, seller: UserId) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar(
            "select count(*) from orders
             where seller = $1 and status not in ('claimed', 'released', 'cancelled', 'expired')",
        )
        .bind(seller.0)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(count)
    }

    /// The newest orders of a seller that are paid to this account, open ones and past ones.
    pub async fn orders_paid_to(
        &mut self,
        seller: UserId,
        payee: PayeeId,
    ) -> Result<Vec<Order>, StoreError> {
        let rows: Vec<OrderRow> = sqlx::query_as(
            "select orders.* from orders
             join order_payees on order_payees.order_id = orders.id
             join payees on payees.id = $2
             where seller = $1
               and (order_payees.payee = payees.id or order_payees.lookup = payees.lookup)
             order by orders.id desc limit 200",
        )
        .bind(seller.0)
        .bind(payee.0)
        .fetch_all(self.conn().await?)
        .await?;
        rows.into_iter().map(Order::try_from).collect()
    }

    /// Every order that is not closed, oldest first.
    pub async fn open_orders(&mut self) -> Result<Vec<OrderId>, StoreError> {
        let ids: Vec<i64> =
            sqlx::query_scalar("select id from orders where due_at is not null order by id")
                .fetch_all(self.conn().await?)
                .await?;
        Ok(ids.into_iter().map(OrderId).collect())
    }

    /// Orders of one person that are not closed, on either side.
    pub async fn open_orders_of(&mut self, user: UserId) -> Result<Vec<OrderId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "select id from orders where seller = $1 and due_at is not null
             union all
             select id from orders where buyer = $1 and due_at is not null
             order by id",
        )
        .bind(user.0)
        .fetch_all(self.conn().await?)
        .await?;
        Ok(ids.into_iter().map(OrderId).collect())
    }

    /// The last orders of one person that are closed, on either side.
    pub async fn closed_orders_of(
        &mut self,
        user: UserId,
        most: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "select id from orders where seller = $1 and due_at is null
             union all
             select id from orders where buyer = $1 and due_at is null
             order by id desc limit $2",
        )
        .bind(user.0)
        .bind(most)
        .fetch_all(self.conn().await?)
        .await?;
        Ok(ids.into_iter().map(OrderId).collect())
    }

    /// The card of an order in a chat is that message from now on.
    pub async fn set_card(
        &mut self,
        order: OrderId,
        chat: i64,
        message_id: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "insert into cards (order_id, chat, message_id) values ($1, $2, $3)
             on conflict (order_id, chat) do update set message_id = excluded.message_id",
        )
        .bind(order.0)
        .bind(chat)
        .bind(message_id)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }
}

const CARD: &str = "select message_id from cards where order_id = $1 and chat = $2";

impl Tx<'_> {
    /// The message that is the card of an order in a chat.
    pub async fn card(&mut self, order: OrderId, chat: i64) -> Result<Option<i64>, StoreError> {
        let found = sqlx::query_scalar(CARD)
            .bind(order.0)
            .bind(chat)
            .fetch_optional(self.conn().await?)
            .await?;
        Ok(found)
    }

    /// That message is gone: the card has to be sent anew.
    pub async fn forget_card(&mut self, order: OrderId, chat: i64) -> Result<(), StoreError> {
        sqlx::query("delete from cards where order_id = $1 and chat = $2")
            .bind(order.0)
            .bind(chat)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}

impl Store {
    pub async fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> =
            sqlx::query_as(ORDER).bind(id.0).fetch_optional(self.readers()).await?;
        row.map(Order::try_from).transpose()
    }

    /// Where the yuan of an order go, opened: for its payment card only. `None` when its seller had
    /// it erased after the order.
    pub async fn payee(&self, seal: &Seal, id: OrderId) -> Result<Option<Payee>, StoreError> {
        type Sealed = (Vec<u8>, Vec<u8>, Option<Vec<u8>>);
        let row: Option<Sealed> =
            sqlx::query_as("select account, name, link from order_payees where order_id = $1")
                .bind(id.0)
                .fetch_optional(self.readers())
                .await?;
        let Some((account, name, link)) = row else { return Ok(None) };
        let opened = Opened { table: "order_payees", row: id.0, seal };
        Ok(Some(Payee {
            account: opened.account(&account)?,
            name: opened.name(&name)?,
            code: opened.code(link.as_deref())?,
        }))
    }

    /// The message that is the card of an order in a chat.
    pub async fn card(&self, order: OrderId, chat: i64) -> Result<Option<i64>, StoreError> {
        let found = sqlx::query_scalar(CARD)
            .bind(order.0)
            .bind(chat)
            .fetch_optional(self.readers())
            .await?;
        Ok(found)
    }

    /// Orders whose moment has come, the most overdue first.
    pub async fn due_orders(
        &self,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar(
            "select id from orders where due_at <= $1 order by due_at, id limit $2",
        )
        .bind(millis(now))
        .bind(most)
        .fetch_all(self.readers())
        .await?;
        Ok(ids.into_iter().map(OrderId).collect())
    }

    /// When the clock has to look at some order next.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let at: Option<i64> =
            sqlx::query_scalar("select min(due_at) from orders where due_at is not null")
                .fetch_one(self.readers())
                .await?;
        Ok(at.map(from_millis))
    }

    /// A page of somebody's orders, the newest first: open ones, or past ones.
    pub async fn orders_of(
        &self,
        user: UserId,
        past: bool,
        skip: u32,
        most: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let rows: Vec<OrderRow> = sqlx::query_as(
            "select * from orders
             where (seller = $1 or buyer = $1) and (due_at is null) = $2
             order by id desc limit $3 offset $4",
        )
        .bind(user.0)
        .bind(past)
        .bind(most)
        .bind(skip)
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Order::try_from).collect()
    }
}
