//! A buyer's standing offer: so many coins at this price, in orders of this size.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::UserId;
use super::money::{Coin, Coins, Fen, Price};
use super::policy::Policy;
use super::stop::StopId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AdId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdStatus {
    Active,
    Paused,
    /// Final: orders that run go on, new ones cannot be opened.
    Closed,
}

impl AdStatus {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ad {
    pub id: AdId,
    pub owner: UserId,
    pub terms: AdTerms,
    /// What may still be sold to it: the total less what orders have taken.
    pub left: Coins,
    pub status: AdStatus,
    pub opened_at: DateTime<Utc>,
    /// Grows with each change by the owner; buttons and wizards carry it.
    pub version: i64,
}

/// What the owner of an ad decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdTerms {
    pub price: Price,
    pub total: Coins,
    /// Of one order.
    pub min: Fen,
    pub max: Fen,
    /// Minutes to pay.
    pub window: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AdError {
    #[error("the smallest order must be at least {least}")]
    MinTooSmall { least: Fen },
    #[error("the largest order must be at most {most}")]
    MaxTooLarge { most: Fen },
    #[error("the smallest order is larger than the largest")]
    MinAboveMax,
    #[error("the whole ad is worth less than its smallest order")]
    TotalTooSmall { worth: Fen },
    #[error("the window must be {least} to {most} minutes")]
    Window { least: u32, most: u32 },
    #[error("the numbers are too large together")]
    OutOfRange,
    #[error("not your ad")]
    NotYours,
    #[error("the ad is closed")]
    Closed,
    #[error("the ad has changed since")]
    Stale,
    #[error("you have {most} ads already")]
    TooMany { most: u32 },
    /// An operator has stopped the ad, or its owner.
    #[error("an operator has stopped it")]
    Stopped { stop: StopId },
    #[error("you have not paid lately, and rest until {until}")]
    Rests { until: DateTime<Utc> },
}

impl AdTerms {
    pub fn check(&self, policy: &Policy) -> Result<(), AdError> {
        let worth = self.price.fen_for(self.total).map_err(|_range| AdError::OutOfRange)?;
        if self.min < policy.least {
            return Err(AdError::MinTooSmall { least: policy.least });
        }
        // First, because it is about what was typed first.
        if worth < self.min {
            return Err(AdError::TotalTooSmall { worth });
        }
        if self.max > policy.most {
            return Err(AdError::MaxTooLarge { most: policy.most });
        }
        if self.min > self.max {
            return Err(AdError::MinAboveMax);
        }
        if !policy.windows.contains(&self.window) {
            let (least, most) = (*policy.windows.start(), *policy.windows.end());
            return Err(AdError::Window { least, most });
        }
        Ok(())
    }
}

/// What an owner asks of an ad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdRequest {
    Pause,
    Resume,
    /// New terms; running orders keep the old ones.
    Change(AdTerms),
    Close,
}

impl Ad {
    pub fn coin(&self) -> Coin {
        self.terms.total.coin
    }

    /// The largest order that fits what is left and what the ad allows.
    pub fn most_now(&self) -> Fen {
        let worth = self.terms.price.fen_for(self.left).unwrap_or(self.terms.max);
        self.terms.max.min(worth)
    }

    /// Whether an order of the smallest size would still fit.
    pub fn takes_orders(&self) -> bool {
        self.status == AdStatus::Active && self.most_now() >= self.terms.min
    }

    pub fn ask(
        mut self,
        request: AdRequest,
        user: UserId,
        seen: Option<i64>,
        policy: &Policy,
    ) -> Result<Self, AdError> {
        if self.owner != user {
            return Err(AdError::NotYours);
        }
        if seen.is_some_and(|it| it != self.version) {
            return Err(AdError::Stale);
        }
        if self.status == AdStatus::Closed {
            return Err(AdError::Closed);
        }
        match request {
            AdRequest::Pause => self.status = AdStatus::Paused,
            AdRequest::Resume => self.status = AdStatus::Active,
            AdRequest::Close => self.status = AdStatus::Closed,
            AdRequest::Change(terms) => {
                terms.check(policy)?;
                let taken = self.terms.total.checked_sub(self.left);
                let left = taken.and_then(|taken| terms.total.checked_sub(taken));
                self.left = left.map_err(|_range| AdError::OutOfRange)?;
                self.terms = terms;
                if self.left.units < 0 {
                    // What is taken is taken: a total below it means "no more".
                    self.terms.total.units -= self.left.units;
                    self.left = Coins::zero(self.coin());
                }
            }
        }
        self.version += 1;
        Ok(self)
    }
}

#[cfg(test)]
pub(in crate::domain) mod tests {
    use super::*;

    pub(in crate::domain) fn usdt(whole: i64) -> Coins {
        Coins::new(Coin::Usdt, whole * Coin::Usdt.one())
    }

    pub(in crate::domain) fn ad() -> Ad {
        Ad {
            id: AdId(1),
            owner: UserId(2001),
            terms: AdTerms {
                price: Price(7_200),
                total: usdt(1_000),
                min: Fen::yuan(100),
                max: Fen::yuan(2_000),
                window: 15,
            },
            left: usdt(1_000),
            status: AdStatus::Active,
            opened_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn an_ad_must_be_possible() {
        let policy = Policy::default();
        let terms = ad().terms;
        assert_eq!(terms.check(&policy), Ok(()));
        let case = |change: &dyn Fn(&mut AdTerms), expected| {
            let mut terms = terms;
            change(&mut terms);
            assert_eq!(terms.check(&policy), Err(expected));
        };
        case(&|it| it.min = Fen(1), AdError::MinTooSmall { least: policy.least });
        case(&|it| it.max = Fen::yuan(1_000_000), AdError::MaxTooLarge { most: policy.most });
        case(&|it| it.min = Fen::yuan(3_000), AdError::MinAboveMax);
        case(&|it| it.total = usdt(10), AdError::TotalTooSmall { worth: Fen::yuan(72) });
        case(&|it| it.window = 31, AdError::Window { least: 10, most: 30 });
        case(
            &|it| {
                it.price = Price(i64::MAX);
                it.total = Coins::new(Coin::Usdt, i64::MAX);
            },
            AdError::OutOfRange,
        );
    }

    #[test]
    fn only_its_owner_changes_an_ad_and_only_the_one_on_the_screen() {
        let policy = Policy::default();
        let owner = UserId(2001);
        assert_eq!(ad().ask(AdRequest::Pause, UserId(9), None, &policy), Err(AdError::NotYours));
        assert_eq!(ad().ask(AdRequest::Pause, owner, Some(0), &policy), Err(AdError::Stale));
        let closed = ad().ask(AdRequest::Close, owner, Some(1), &policy).expect("it is open");
        assert_eq!(closed.ask(AdRequest::Resume, owner, None, &policy), Err(AdError::Closed));
    }

    #[test]
    fn a_smaller_total_leaves_what_orders_have_taken_alone() {
        let policy = Policy::default();
        let mut ad = ad();
        ad.left = usdt(400);
        let terms = AdTerms { total: usdt(500), ..ad.terms };
        let changed = ad.ask(AdRequest::Change(terms), UserId(2001), None, &policy);
        let changed = changed.expect("the terms are possible");
        assert_eq!(changed.left, usdt(0), "600 are taken, 500 are wanted");
        assert!(!changed.takes_orders());
        let terms = AdTerms { total: usdt(1_000), ..terms };
        let raised = changed.ask(AdRequest::Change(terms), UserId(2001), None, &policy);
        let raised = raised.expect("the terms are possible");
        assert_eq!(raised.left, usdt(400), "the 600 are not forgotten in between");
    }
}
