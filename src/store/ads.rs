//! Buyers' ads, and the offers that sellers see of them.

use chrono::{DateTime, Utc};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::ad::{Ad, AdId, AdStatus, AdTerms};
use crate::domain::money::{Coin, Coins, Fen, Price};

#[derive(sqlx::FromRow)]
struct AdRow {
    id: i64,
    owner: i64,
    coin: String,
    price: i64,
    total: i64,
    units_left: i64,
    fen_min: i64,
    fen_max: i64,
    window_min: u32,
    status: String,
    opened_at: i64,
    version: i64,
}

impl TryFrom<AdRow> for Ad {
    type Error = StoreError;

    fn try_from(row: AdRow) -> Result<Self, StoreError> {
        let corrupt = |column, found: &str| StoreError::corrupt("ads", row.id, column, found);
        let coin = Coin::from_code(&row.coin).ok_or_else(|| corrupt("coin", &row.coin))?;
        let status = [AdStatus::Active, AdStatus::Paused, AdStatus::Closed]
            .into_iter()
            .find(|it| it.as_str() == row.status)
            .ok_or_else(|| corrupt("status", &row.status))?;
        Ok(Self {
            id: AdId(row.id),
            owner: UserId(row.owner),
            terms: AdTerms {
                price: Price(row.price),
                total: Coins::new(coin, row.total),
                min: Fen(row.fen_min),
                max: Fen(row.fen_max),
                window: row.window_min,
            },
            left: Coins::new(coin, row.units_left),
            status,
            opened_at: from_millis(row.opened_at),
            version: row.version,
        })
    }
}

/// An ad with what a seller wants to know of its owner.
pub struct Offered {
    pub ad: Ad,
    /// Orders that the owner has brought to a release.
    pub completed: u32,
}

const AD: &str = "select * from ads where id = $1";

impl Tx<'_> {
    pub async fn ad(&mut self, id: AdId) -> Result<Option<Ad>, StoreError> {
        let row: Option<AdRow> =
            sqlx::query_as(AD).bind(id.0).fetch_optional(self.conn().await?).await?;
        row.map(Ad::try_from).transpose()
    }

    pub async fn insert_ad(&mut self, owner: UserId, terms: &AdTerms) -> Result<Ad, StoreError> {
        let row: AdRow = sqlx::query_as(
            "insert into ads (owner, coin, price, total, units_left, fen_min, fen_max, window_min,
                              status, opened_at)
             values ($1, $2, $3, $4, $4, $5, $6, $7, 'active', $8)
             returning *",
        )
        .bind(owner.0)
        .bind(terms.total.coin.code())
        .bind(terms.price.0)
        .bind(terms.total.units)
        .bind(terms.min.0)
        .bind(terms.max.0)
        .bind(terms.window)
        .bind(millis(self.now()))
        .fetch_one(self.conn().await?)
        .await?;
        Ad::try_from(row)
    }

    /// Writes an ad that its owner has changed from `version`.
    pub async fn save_ad(&mut self, ad: &Ad, version: i64) -> Result<(), StoreError> {
        let saved = sqlx::query(
            "update ads set price = $3, total = $4, units_left = $5, fen_min = $6, fen_max = $7,
                            window_min = $8, status = $9, version = $10
             where id = $1 and version = $2",
        )
        .bind(ad.id.0)
        .bind(version)
        .bind(ad.terms.price.0)
        .bind(ad.terms.total.units)
        .bind(ad.left.units)
        .bind(ad.terms.min.0)
        .bind(ad.terms.max.0)
        .bind(ad.terms.window)
        .bind(ad.status.as_str())
        .bind(ad.version)
        .execute(self.conn().await?)
        .await?;
        match saved.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { table: "ads", row: ad.id.0.to_string() }),
        }
    }

    /// An order takes its part of an ad.
    pub async fn take_from_ad(&mut self, id: AdId, coins: Coins) -> Result<(), StoreError> {
        let taken = sqlx::query(
            "update ads set units_left = units_left - $2 where id = $1 and units_left >= $2",
        )
        .bind(id.0)
        .bind(coins.units)
        .execute(self.conn().await?)
        .await?;
        match taken.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { table: "ads", row: id.0.to_string() }),
        }
    }

    /// An order that came to nothing gives its part back, as far as the ad still wants it.
    pub async fn give_back_to_ad(&mut self, id: AdId, coins: Coins) -> Result<(), StoreError> {
        sqlx::query("update ads set units_left = min(total, units_left + $2) where id = $1")
            .bind(id.0)
            .bind(coins.units)
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }

    pub async fn open_ads(&mut self, owner: UserId) -> Result<u32, StoreError> {
        let count =
            sqlx::query_scalar("select count(*) from ads where owner = $1 and status <> 'closed'")
                .bind(owner.0)
                .fetch_one(self.conn().await?)
                .await?;
        Ok(count)
    }
}

impl Store {
    pub async fn ad(&self, id: AdId) -> Result<Option<Ad>, StoreError> {
        let row: Option<AdRow> =
            sqlx::query_as(AD).bind(id.0).fetch_optional(self.readers()).await?;
        row.map(Ad::try_from).transpose()
    }

    /// Offers of other people that a seller of `coin` can take: the best price first, then the
    /// more experienced owner. Those who rest, are stopped, or have blocked each other are left
    /// out.
    pub async fn offers(
        &self,
        coin: Coin,
        seller: UserId,
        now: DateTime<Utc>,
        skip: u32,
        most: u32,
    ) -> Result<Vec<Offered>, StoreError> {
        #[derive(sqlx::FromRow)]
        struct Row {
            #[sqlx(flatten)]
            ad: AdRow,
            completed: u32,
        }
        // What is worth less than its smallest order is left out before the pages are counted. The
        // product does not fit 64 bits; whoever takes an offer is judged exactly, by the core.
        let rows: Vec<Row> = sqlx::query_as(
            "select ads.*, users.completed from ads join users on users.id = ads.owner
             where ads.status = 'active' and ads.coin = $1 and ads.owner <> $2
               and cast(ads.price as double precision) * ads.units_left
                   > cast(ads.fen_min - 1 as double precision) * 10 * $5
               and users.reachable = 1
               and exists (select 1 from payers where payers.user_id = ads.owner)
               and not exists (select 1 from stops where lifted_at is null
                               and ((scope = 'user' and subject = ads.owner)
                                    or (scope = 'ad' and subject = ads.id)))
               and not exists (select 1 from strikes
                               where buyer = ads.owner and until > $6)
               and not exists (select 1 from blocks
                               where (blocker = ads.owner and blocked = $2)
                                  or (blocker = $2 and blocked = ads.owner))
             order by ads.price desc, users.completed desc, ads.id
             limit $3 offset $4",
        )
        .bind(coin.code())
        .bind(seller.0)
        .bind(most)
        .bind(skip)
        .bind(coin.one())
        .bind(millis(now))
        .fetch_all(self.readers())
        .await?;
        rows.into_iter()
            .map(|row| Ok(Offered { ad: Ad::try_from(row.ad)?, completed: row.completed }))
            .collect()
    }

    /// The ads of one owner that are not closed, oldest first.
    pub async fn ads_of(&self, owner: UserId) -> Result<Vec<Ad>, StoreError> {
        let rows: Vec<AdRow> =
            sqlx::query_as("select * from ads where owner = $1 and status <> 'closed' order by id")
                .bind(owner.0)
                .fetch_all(self.readers())
                .await?;
        rows.into_iter().map(Ad::try_from).collect()
    }

    /// The best price that somebody pays for `coin` now.
    pub async fn best_price(
        &self,
        coin: Coin,
        now: DateTime<Utc>,
    ) -> Result<Option<Price>, StoreError> {
        let best: Option<i64> = sqlx::query_scalar(
            "select max(price) from ads join users on users.id = ads.owner
             where ads.status = 'active' and ads.coin = $1 and users.reachable = 1
               and exists (select 1 from payers where payers.user_id = ads.owner)
               and not exists (select 1 from stops where lifted_at is null
                               and ((scope = 'user' and subject = ads.owner)
                                    or (scope = 'ad' and subject = ads.id)))
               and not exists (select 1 from strikes
                               where buyer = ads.owner and until > $3)
               and cast(ads.price as double precision) * ads.units_left
                   > cast(ads.fen_min - 1 as double precision) * 10 * $2",
        )
        .bind(coin.code())
        .bind(coin.one())
        .bind(millis(now))
        .fetch_one(self.readers())
        .await?;
        Ok(best.map(Price))
    }
}
