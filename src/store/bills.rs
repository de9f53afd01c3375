//! The last bill that somebody has sent, and the sales to lay beside it.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::bill_numbers;
use super::orders::OrderRow;
use super::payees::Opened;
use super::{Store, StoreError, Tx};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::bill::report::Report;
use crate::domain::bill_number::BillNumber;
use crate::domain::order::Order;
use crate::domain::payee::Account;
use crate::secrets::{Place, Seal};

/// A sale with what may tell its payment in a bill.
pub struct Sold {
    pub order: Order,
    /// The account to pay to, where it is still kept.
    pub account: Option<Account>,
    /// The newest that the buyer has given.
    pub number: Option<BillNumber>,
}

impl Tx<'_> {
    /// Somebody has sent a file, which takes the place of an earlier one.
    pub async fn await_bill(
        &mut self,
        seal: &Seal,
        user: UserId,
        bill: i64,
        file: &str,
    ) -> Result<(), StoreError> {
        let sealed = seal.seal(place("file", bill), file)?;
        let now = millis(self.now());
        sqlx::query(
            "insert into bills (user_id, id, file, asked_at) values ($1, $2, $3, $4)
             on conflict (user_id) do update
             set id = excluded.id, file = excluded.file, report = null, asked_at = excluded.asked_at",
        )
        .bind(user.0)
        .bind(bill)
        .bind(sealed)
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Whether this file is still to be read: not if it was read, or another one was sent.
    pub async fn awaits_bill(&mut self, user: UserId, bill: i64) -> Result<bool, StoreError> {
        let awaited = sqlx::query_scalar(
            "select exists (select 1 from bills
                            where user_id = $1 and id = $2 and file is not null)",
        )
        .bind(user.0)
        .bind(bill)
        .fetch_one(self.conn().await?)
        .await?;
        Ok(awaited)
    }

    /// What came of it takes the place of the file.
    pub async fn keep_report(
        &mut self,
        seal: &Seal,
        user: UserId,
        bill: i64,
        report: &Report,
    ) -> Result<(), StoreError> {
        let text = serde_json::to_string(report)
            .map_err(|source| StoreError::Json { what: "a bill's report", source })?;
        let sealed = seal.seal(place("report", bill), &text)?;
        sqlx::query("update bills set file = null, report = $3 where user_id = $1 and id = $2")
            .bind(user.0)
            .bind(bill)
            .bind(sealed)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Nothing came of it.
    pub async fn drop_bill(&mut self, user: UserId, bill: i64) -> Result<(), StoreError> {
        sqlx::query("delete from bills where user_id = $1 and id = $2")
            .bind(user.0)
            .bind(bill)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    /// Somebody's sales that were opened in that time, oldest first.
    pub async fn sales(
        &mut self,
        seal: &Seal,
        seller: UserId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<Sold>, StoreError> {
        #[derive(sqlx::FromRow)]
        struct Row {
            #[sqlx(flatten)]
            order: OrderRow,
            account: Option<Vec<u8>>,
            number: Option<Vec<u8>>,
        }
        let rows: Vec<Row> = sqlx::query_as(
            "select orders.*, order_payees.account,
                    (select number from bill_numbers
                     where order_id = orders.id and kind = 'payment' and number is not null
                     order by given_at desc limit 1) as number
             from orders
             left join order_payees on order_payees.order_id = orders.id
             where seller = $1 and opened_at between $2 and $3 order by orders.id",
        )
        .bind(seller.0)
        .bind(millis(from))
        .bind(millis(until))
        .fetch_all(self.conn().await?)
        .await?;
        rows.into_iter()
            .map(|row| {
                let order = Order::try_from(row.order)?;
                let opened = Opened { table: "order_payees", row: order.id.0, seal };
                let account = row.account.map(|it| opened.account(&it)).transpose()?;
                let number = row.number.map(|it| bill_numbers::open(seal, order.id, &it));
                Ok(Sold { account, number: number.transpose()?, order })
            })
            .collect()
    }
}

impl Store {
    /// Where Telegram keeps a file that is still to be read.
    pub async fn bill_file(
        &self,
        seal: &Seal,
        user: UserId,
        bill: i64,
    ) -> Result<Option<SecretString>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("select file from bills where user_id = $1 and id = $2")
                .bind(user.0)
                .bind(bill)
                .fetch_optional(self.readers())
                .await?;
        sealed.flatten().map(|it| open(seal, "file", bill, &it)).transpose()
    }

    /// What came of a bill, as long as no other one was sent.
    pub async fn bill_report(
        &self,
        seal: &Seal,
        user: UserId,
        bill: i64,
    ) -> Result<Option<Report>, StoreError> {
        let sealed: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("select report from bills where user_id = $1 and id = $2")
                .bind(user.0)
                .bind(bill)
                .fetch_optional(self.readers())
                .await?;
        let Some(sealed) = sealed.flatten() else { return Ok(None) };
        let text = open(seal, "report", bill, &sealed)?;
        serde_json::from_str(text.expose_secret())
            .map(Some)
            .map_err(|source| StoreError::corrupt("bills", bill, "report", source))
    }
}

fn place(column: &'static str, row: i64) -> Place<i64> {
    Place { table: "bills", row, column }
}

fn open(
    seal: &Seal,
    column: &'static str,
    bill: i64,
    sealed: &[u8],
) -> Result<SecretString, StoreError> {
    seal.open(place(column, bill), sealed)
        .map_err(|source| StoreError::corrupt("bills", bill, column, source))
}
