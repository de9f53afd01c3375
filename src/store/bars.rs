//! What keeps two people from an order, looked up at once: where it is decided, and beforehand for
//! pages.

use chrono::{DateTime, Utc};

use super::{Store, StoreError, Tx};
use crate::clock::{from_millis, millis};
use crate::domain::UserId;
use crate::domain::ad::{Ad, AdId};
use crate::domain::bars::{AdBars, Bars};
use crate::domain::stop::StopId;

#[derive(sqlx::FromRow)]
struct BarsRow {
    desk: Option<i64>,
    seller: Option<i64>,
    buyer: Option<i64>,
    ad: Option<i64>,
    rests_until: Option<i64>,
    blocks: bool,
    is_blocked: bool,
}

impl From<BarsRow> for Bars {
    fn from(it: BarsRow) -> Self {
        Self {
            desk: it.desk.map(StopId),
            seller: it.seller.map(StopId),
            buyer: it.buyer.map(StopId),
            ad: it.ad.map(StopId),
            rests_until: it.rests_until.map(from_millis),
            blocks: it.blocks,
            is_blocked: it.is_blocked,
        }
    }
}

/// Wants the seller, the ad's owner, the ad, and now.
const BARS: &str = "with in_force as (select id, scope, subject from stops where lifted_at is null)
    select (select id from in_force where scope = 'desk') as desk,
           (select id from in_force where scope = 'user' and subject = $1) as seller,
           (select id from in_force where scope = 'user' and subject = $2) as buyer,
           (select id from in_force where scope = 'ad' and subject = $3) as ad,
           (select max(until) from strikes where buyer = $2 and until > $4) as rests_until,
           exists (select 1 from blocks where blocker = $1 and blocked = $2) as blocks,
           exists (select 1 from blocks where blocker = $2 and blocked = $1) as is_blocked";

#[derive(sqlx::FromRow)]
struct AdBarsRow {
    owner: Option<i64>,
    ad: Option<i64>,
    rests_until: Option<i64>,
}

impl From<AdBarsRow> for AdBars {
    fn from(it: AdBarsRow) -> Self {
        Self {
            owner: it.owner.map(StopId),
            ad: it.ad.map(StopId),
            rests_until: it.rests_until.map(from_millis),
        }
    }
}

/// Wants the owner, the ad (or null), and now.
const AD_BARS: &str =
    "with in_force as (select id, scope, subject from stops where lifted_at is null)
    select (select id from in_force where scope = 'user' and subject = $1) as owner,
           (select id from in_force where scope = 'ad' and subject = $2) as ad,
           (select max(until) from strikes where buyer = $1 and until > $3) as rests_until";

impl Tx<'_> {
    /// What stands between a seller and an ad.
    pub async fn bars(&mut self, seller: UserId, ad: &Ad) -> Result<Bars, StoreError> {
        let now = millis(self.now());
        let row: BarsRow = sqlx::query_as(BARS)
            .bind(seller.0)
            .bind(ad.owner.0)
            .bind(ad.id.0)
            .bind(now)
            .fetch_one(self.conn().await?)
            .await?;
        Ok(row.into())
    }

    /// What keeps an owner from a new ad, or from one that there is.
    pub async fn ad_bars(&mut self, owner: UserId, ad: Option<AdId>) -> Result<AdBars, StoreError> {
        let now = millis(self.now());
        let row: AdBarsRow = sqlx::query_as(AD_BARS)
            .bind(owner.0)
            .bind(ad.map(|it| it.0))
            .bind(now)
            .fetch_one(self.conn().await?)
            .await?;
        Ok(row.into())
    }
}

impl Store {
    /// As [`Tx::bars`], for a page.
    pub async fn bars(
        &self,
        seller: UserId,
        ad: &Ad,
        now: DateTime<Utc>,
    ) -> Result<Bars, StoreError> {
        let row: BarsRow = sqlx::query_as(BARS)
            .bind(seller.0)
            .bind(ad.owner.0)
            .bind(ad.id.0)
            .bind(millis(now))
            .fetch_one(self.readers())
            .await?;
        Ok(row.into())
    }

    /// As [`Tx::ad_bars`], for a page.
    pub async fn ad_bars(
        &self,
        owner: UserId,
        ad: Option<AdId>,
        now: DateTime<Utc>,
    ) -> Result<AdBars, StoreError> {
        let row: AdBarsRow = sqlx::query_as(AD_BARS)
            .bind(owner.0)
            .bind(ad.map(|it| it.0))
            .bind(millis(now))
            .fetch_one(self.readers())
            .await?;
        Ok(row.into())
    }
}
