//! From an ad and a seller's wish to an order with locked coins, or to the reason why not.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::UserId;
use super::ad::{Ad, AdStatus};
use super::amount::Quantity;
use super::fingerprint;
use super::ledger::Transfer;
use super::money::{Coins, Fen, MoneyError};
use super::order::{Effect, Gate, Order, OrderId, Side, Status, Step, Used};
use super::payee::PayeeRefusal;
use super::policy::{Policy, Terms};
use super::stop::StopId;

/// What is known of the seller when the order is opened.
#[derive(Clone, Copy, Debug)]
pub struct Seller {
    pub user: UserId,
    /// Coins of the ad's kind that are not locked.
    pub available: Coins,
    /// Orders brought to a release, on either side.
    pub completed: u32,
    /// Orders as a seller that still run.
    pub open: u32,
    /// Has a second factor: larger amounts cannot be released without.
    pub code: bool,
}

/// What is given and what arrives: both fixed from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub coins: Coins,
    pub fen: Fen,
    /// How much of that was added so that this payment is not mistaken for another one.
    #[serde(default)]
    pub added: Fen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum OpeningRefusal {
    #[error("the ad takes no orders now")]
    AdNotActive,
    #[error("the ad has changed since")]
    AdChanged,
    #[error("your own ad")]
    OwnAd,
    #[error("the ad takes {min} to {max} an order")]
    OutsideAd { min: Fen, max: Fen },
    #[error("only {available} are there")]
    Balance { available: Coins },
    #[error("at most {most} until {after} orders are completed")]
    Trust { most: Fen, after: u32 },
    #[error("at most {most} orders may be open")]
    TooManyOpen { most: u32 },
    #[error("above {above} a release needs a second factor")]
    NeedsCode { above: Fen },
    #[error("the amount is out of range")]
    OutOfRange,
    #[error("the ad's owner has not said who pays")]
    NoPayer,
    #[error("the account cannot be paid to: {why}")]
    Payee { why: PayeeRefusal },
    #[error("every amount near this one is taken")]
    NoFreeAmount,
    /// An operator has stopped all new orders, or this seller.
    #[error("an operator has stopped it")]
    Stopped { stop: StopId, everybody: bool },
    /// An operator has stopped the ad, or its owner.
    #[error("an operator has stopped the ad")]
    AdStopped,
    #[error("the ad's owner has not paid lately, and rests until {until}")]
    BuyerRests { until: DateTime<Utc> },
    #[error("you have blocked the ad's owner")]
    Blocked,
}

impl From<MoneyError> for OpeningRefusal {
    fn from(_: MoneyError) -> Self {
        Self::OutOfRange
    }
}

impl Deal {
    /// The deal that a typed quantity means at this ad's price, if the ad, the balance and the
    /// desk's rules allow it.
    pub fn check(
        ad: &Ad,
        quantity: Quantity,
        seller: &Seller,
        policy: &Policy,
    ) -> Result<Self, OpeningRefusal> {
        if ad.status != AdStatus::Active {
            return Err(OpeningRefusal::AdNotActive);
        }
        if ad.owner == seller.user {
            return Err(OpeningRefusal::OwnAd);
        }
        if seller.open >= policy.open_orders {
            return Err(OpeningRefusal::TooManyOpen { most: policy.open_orders });
        }
        let deal = match quantity {
            Quantity::Yuan(fen) => Self::new(ad.terms.price.coins_for(fen, ad.coin())?, fen),
            Quantity::Coins(coins) => Self::new(coins, ad.terms.price.fen_for(coins)?),
        };
        if deal.coins.coin != ad.coin() || deal.coins.units <= 0 {
            return Err(OpeningRefusal::OutOfRange);
        }
        let (min, max) = (ad.terms.min, ad.most_now());
        if deal.fen < min || deal.fen > max || deal.coins.units > ad.left.units {
            // What is left may be too little for any order: then no other amount would do either.
            let used_up = max < min;
            return Err(if used_up {
                OpeningRefusal::AdNotActive
            } else {
                OpeningRefusal::OutsideAd { min, max }
            });
        }
        let above = policy.terms.code_above;
        if deal.fen > above && !seller.code {
            return Err(OpeningRefusal::NeedsCode { above });
        }
        let most = policy.most_for(seller.completed);
        if deal.fen > most {
            let after = if seller.completed == 0 { 1 } else { policy.few_trades };
            return Err(OpeningRefusal::Trust { most, after });
        }
        if deal.coins.units > seller.available.units {
            return Err(OpeningRefusal::Balance { available: seller.available });
        }
        Ok(deal)
    }

    pub const fn new(coins: Coins, fen: Fen) -> Self {
        Self { coins, fen, added: Fen(0) }
    }

    /// The same deal with an amount that none of these has. What the ad and the desk allow was
    /// looked at before: a few fen more are not worth a refusal.
    pub fn told_apart(self, taken: &[Fen]) -> Result<Self, OpeningRefusal> {
        let added = fingerprint::free(self.fen, taken).ok_or(OpeningRefusal::NoFreeAmount)?;
        let added = Fen(added.into());
        Ok(Self { fen: self.fen.checked_add(added)?, added, ..self })
    }

    /// Opens the order: the coins are locked, the window runs, both sides get their card.
    pub fn open(
        self,
        id: OrderId,
        ad: &Ad,
        seller: UserId,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Step {
        let terms =
            Terms { window_seconds: ad.terms.window.saturating_mul(60), ..policy.terms.clone() };
        let status = Status::at_first(now, &terms);
        let order = Order {
            id,
            ad: ad.id,
            seller,
            buyer: ad.owner,
            coins: self.coins,
            fen: self.fen,
            added: self.added,
            price: ad.terms.price,
            terms,
            opened_at: now,
            version: 1,
            used: Used::default(),
            gate: Gate::default(),
            seen: None,
            status,
            due_at: None,
        };
        let due_at = order.next_due(now);
        Step {
            transfers: vec![Transfer::lock(id, seller, self.coins)],
            effects: vec![Effect::FreshCard(Side::Seller), Effect::FreshCard(Side::Buyer)],
            order: Order { due_at, ..order },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ad::tests::{ad, usdt};
    use crate::domain::money::{Coin, Price};

    fn seller() -> Seller {
        Seller { user: UserId(1001), available: usdt(500), completed: 3, open: 0, code: false }
    }

    #[track_caller]
    fn case(
        quantity: Quantity,
        change: impl Fn(&mut Ad, &mut Seller),
        expected: Result<(i64, Fen), OpeningRefusal>,
    ) {
        let (mut ad, mut seller) = (ad(), seller());
        change(&mut ad, &mut seller);
        let deal = Deal::check(&ad, quantity, &seller, &Policy::default());
        assert_eq!(deal.map(|it| (it.coins.units, it.fen)), expected);
    }

    #[test]
    fn a_deal_is_said_in_yuan_or_in_coins() {
        case(Quantity::Coins(usdt(100)), |_, _| {}, Ok((100_000_000, Fen::yuan(720))));
        case(Quantity::Yuan(Fen::yuan(500)), |_, _| {}, Ok((69_444_444, Fen::yuan(500))));
    }

    #[test]
    fn a_deal_that_cannot_be_is_refused_with_the_reason() {
        let hundred = Quantity::Coins(usdt(100));
        let outside = |max| Err(OpeningRefusal::OutsideAd { min: Fen::yuan(100), max });
        case(hundred, |ad, _| ad.status = AdStatus::Paused, Err(OpeningRefusal::AdNotActive));
        case(hundred, |ad, it| ad.owner = it.user, Err(OpeningRefusal::OwnAd));
        case(hundred, |_, it| it.open = 5, Err(OpeningRefusal::TooManyOpen { most: 5 }));
        case(Quantity::Yuan(Fen(9_999)), |_, _| {}, outside(Fen::yuan(2_000)));
        case(Quantity::Yuan(Fen(200_001)), |_, _| {}, outside(Fen::yuan(2_000)));
        case(hundred, |ad, _| ad.left = usdt(99), outside(Fen(71_280)));
        case(hundred, |ad, _| ad.left = usdt(13), Err(OpeningRefusal::AdNotActive));
        case(
            hundred,
            |_, it| it.available = usdt(99),
            Err(OpeningRefusal::Balance { available: usdt(99) }),
        );
        let large = |ad: &mut Ad, it: &mut Seller| {
            ad.terms.max = Fen::yuan(9_000);
            ad.left = usdt(5_000);
            it.available = usdt(5_000);
            it.completed = 99;
        };
        let needs = OpeningRefusal::NeedsCode { above: Fen::yuan(5_000) };
        case(Quantity::Yuan(Fen(500_001)), large, Err(needs));
        case(Quantity::Yuan(Fen::yuan(5_000)), large, Ok((694_444_444, Fen::yuan(5_000))));
        let with_code = |ad: &mut Ad, it: &mut Seller| {
            large(ad, it);
            it.code = true;
        };
        case(Quantity::Yuan(Fen::yuan(7_200)), with_code, Ok((1_000_000_000, Fen::yuan(7_200))));
        let first = OpeningRefusal::Trust { most: Fen::yuan(2_000), after: 1 };
        case(
            Quantity::Yuan(Fen::yuan(2_500)),
            |ad, it| {
                ad.terms.max = Fen::yuan(5_000);
                it.completed = 0;
            },
            Err(first),
        );
    }

    #[test]
    fn a_deal_is_about_some_coins_of_the_ads_kind() {
        let bitcoin = Coins::new(Coin::Btc, usdt(20).units);
        case(Quantity::Coins(bitcoin), |_, _| {}, Err(OpeningRefusal::OutOfRange));
        let dear = |ad: &mut Ad, _: &mut Seller| ad.terms.price = Price(i64::MAX);
        case(Quantity::Yuan(Fen::yuan(100)), dear, Err(OpeningRefusal::OutOfRange));
    }

    #[test]
    fn a_deal_is_told_apart_by_a_few_fen_and_the_same_coins() {
        let deal = Deal::new(usdt(100), Fen::yuan(720));
        assert_eq!(deal.told_apart(&[]), Ok(deal));
        let apart = deal.told_apart(&[deal.fen]).unwrap();
        assert_eq!((apart.coins, apart.fen), (deal.coins, Fen(72_000 + apart.added.0)));
        assert!((1..100).contains(&apart.added.0), "{apart:?}");
        let near: Vec<_> = (0..1_000).map(|it| Fen(71_500 + it)).collect();
        assert_eq!(deal.told_apart(&near), Err(OpeningRefusal::NoFreeAmount));
    }

    #[test]
    fn a_window_of_any_length_is_a_window() {
        let mut ad = ad();
        ad.terms.window = u32::MAX;
        let deal = Deal::new(usdt(100), Fen::yuan(720));
        let now = DateTime::UNIX_EPOCH;
        let step = deal.open(OrderId(1), &ad, UserId(1001), &Policy::default(), now);
        assert!(step.order.due_at > Some(now));
    }

    #[test]
    fn the_last_coins_of_an_ad_can_be_sold() {
        let odd = Coins { units: 69_444_444, ..usdt(0) };
        case(Quantity::Coins(odd), |ad, _| ad.left = odd, Ok((69_444_444, Fen::yuan(500))));
        // One unit more is worth the same fen, and is not there.
        let more = Coins { units: odd.units + 1, ..odd };
        let outside = OpeningRefusal::OutsideAd { min: Fen::yuan(100), max: Fen::yuan(500) };
        case(Quantity::Coins(more), |ad, _| ad.left = odd, Err(outside));
    }

    #[test]
    fn every_limit_can_be_reached_to_the_fen() {
        case(Quantity::Yuan(Fen::yuan(100)), |_, _| {}, Ok((13_888_888, Fen::yuan(100))));
        case(Quantity::Yuan(Fen::yuan(2_000)), |_, _| {}, Ok((277_777_777, Fen::yuan(2_000))));
        case(Quantity::Coins(usdt(100)), |_, it| it.open = 4, Ok((100_000_000, Fen::yuan(720))));
        let all = |_: &mut Ad, it: &mut Seller| it.available = usdt(100);
        case(Quantity::Coins(usdt(100)), all, Ok((100_000_000, Fen::yuan(720))));
        let first = |_: &mut Ad, it: &mut Seller| it.completed = 0;
        case(Quantity::Yuan(Fen::yuan(2_000)), first, Ok((277_777_777, Fen::yuan(2_000))));
        // Just one order of the smallest size is left: another size is wrong, the ad is not.
        let least = |ad: &mut Ad, _: &mut Seller| {
            ad.left = usdt(125);
            ad.terms.min = Fen::yuan(900);
        };
        let outside = OpeningRefusal::OutsideAd { min: Fen::yuan(900), max: Fen::yuan(900) };
        case(Quantity::Coins(usdt(100)), least, Err(outside));
        case(Quantity::Coins(usdt(125)), least, Ok((125_000_000, Fen::yuan(900))));
    }
}
