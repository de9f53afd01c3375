//! What keeps two people from an order with each other, or somebody from an ad, whatever its terms.

use chrono::{DateTime, Utc};

use super::ad::AdError;
use super::opening::OpeningRefusal;
use super::stop::StopId;

/// What stands between a seller and an ad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// All new orders are stopped.
    pub desk: Option<StopId>,
    pub seller: Option<StopId>,
    /// The ad's owner.
    pub buyer: Option<StopId>,
    pub ad: Option<StopId>,
    /// The owner has not paid lately.
    pub rests_until: Option<DateTime<Utc>>,
    /// The seller has blocked the owner…
    pub blocks: bool,
    /// …and the other way round, which the seller is not told.
    pub is_blocked: bool,
}

impl Bars {
    /// Why no order comes of it, what concerns the seller first.
    pub const fn check(&self) -> Result<(), OpeningRefusal> {
        match *self {
            Self { desk: Some(stop), .. } => Err(OpeningRefusal::Stopped { stop, everybody: true }),
            Self { seller: Some(stop), .. } => {
                Err(OpeningRefusal::Stopped { stop, everybody: false })
            }
            Self { blocks: true, .. } => Err(OpeningRefusal::Blocked),
            Self { is_blocked: true, .. } => Err(OpeningRefusal::AdNotActive),
            Self { buyer: Some(_), .. } | Self { ad: Some(_), .. } => {
                Err(OpeningRefusal::AdStopped)
            }
            Self { rests_until: Some(until), .. } => Err(OpeningRefusal::BuyerRests { until }),
            Self {
                desk: None,
                seller: None,
                buyer: None,
                ad: None,
                rests_until: None,
                blocks: false,
                is_blocked: false,
            } => Ok(()),
        }
    }
}

/// What keeps an owner from posting or resuming an ad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdBars {
    pub owner: Option<StopId>,
    pub ad: Option<StopId>,
    pub rests_until: Option<DateTime<Utc>>,
}

impl AdBars {
    pub const fn check(&self) -> Result<(), AdError> {
        match *self {
            Self { owner: Some(stop), .. } | Self { ad: Some(stop), .. } => {
                Err(AdError::Stopped { stop })
            }
            Self { rests_until: Some(until), .. } => Err(AdError::Rests { until }),
            Self { owner: None, ad: None, rests_until: None } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_hears_of_a_stop_before_a_rest() {
        let (owner, until) = (StopId(7), DateTime::UNIX_EPOCH);
        let mut bars = AdBars::default();
        assert_eq!(bars.check(), Ok(()));
        bars.rests_until = Some(until);
        assert_eq!(bars.check(), Err(AdError::Rests { until }));
        bars.ad = Some(StopId(1));
        assert_eq!(bars.check(), Err(AdError::Stopped { stop: StopId(1) }));
        bars.owner = Some(owner);
        assert_eq!(bars.check(), Err(AdError::Stopped { stop: owner }));
    }

    #[test]
    fn a_seller_hears_first_what_concerns_the_seller_and_never_of_a_block() {
        let stop = StopId(7);
        let until = DateTime::UNIX_EPOCH;
        let mut bars = Bars::default();
        assert_eq!(bars.check(), Ok(()));
        bars.rests_until = Some(until);
        assert_eq!(bars.check(), Err(OpeningRefusal::BuyerRests { until }));
        bars.ad = Some(StopId(1));
        assert_eq!(bars.check(), Err(OpeningRefusal::AdStopped));
        bars.is_blocked = true;
        assert_eq!(bars.check(), Err(OpeningRefusal::AdNotActive));
        bars.blocks = true;
        assert_eq!(bars.check(), Err(OpeningRefusal::Blocked));
        bars.seller = Some(stop);
        assert_eq!(bars.check(), Err(OpeningRefusal::Stopped { stop, everybody: false }));
        bars.desk = Some(stop);
        assert_eq!(bars.check(), Err(OpeningRefusal::Stopped { stop, everybody: true }));
    }
}
