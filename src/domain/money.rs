//! Money is a whole number of something: coins of one kind, or fen.
//!
//! Coins and yuan are different types, so adding them is not a program. Adding USDT to BTC is a
//! [`MoneyError`]. Products go through `i128`; there are no floats.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A coin that can be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coin {
    Usdt,
    Btc,
    Eth,
}

impl Coin {
    pub const ALL: [Self; 3] = [Self::Usdt, Self::Btc, Self::Eth];

    /// As people write it, and as the database keeps it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usdt => "USDT",
            Self::Btc => "BTC",
            Self::Eth => "ETH",
        }
    }

    /// Decimals of the smallest unit. The desk keeps ether in units of 10⁻⁸.
    pub const fn scale(self) -> u32 {
        match self {
            Self::Usdt => 6,
            Self::Btc | Self::Eth => 8,
        }
    }

    /// Smallest units in one coin.
    pub const fn one(self) -> i64 {
        10_i64.pow(self.scale())
    }

    /// Reads a code in either case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    #[error("{left} and {right} cannot be added")]
    CoinMismatch { left: Coin, right: Coin },
    #[error("the amount is out of range")]
    OutOfRange,
}

/// A whole number of a coin's smallest units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coins {
    pub coin: Coin,
    pub units: i64,
}

impl Coins {
    pub const fn new(coin: Coin, units: i64) -> Self {
        Self { coin, units }
    }

    pub const fn zero(coin: Coin) -> Self {
        Self { coin, units: 0 }
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_coin(other)?;
        let units = self.units.checked_add(other.units).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { units, ..self })
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_coin(other)?;
        let units = self.units.checked_sub(other.units).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { units, ..self })
    }

    fn same_coin(self, other: Self) -> Result<(), MoneyError> {
        if self.coin != other.coin {
            return Err(MoneyError::CoinMismatch { left: self.coin, right: other.coin });
        }
        Ok(())
    }

    /// Digits only, as an input field takes them: `1234.5`.
    pub fn plain(self) -> String {
        decimal(self.units, self.coin.scale(), 0, false)
    }
}

/// As a person reads it: `1,234.5 USDT`.
impl fmt::Display for Coins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", decimal(self.units, self.coin.scale(), 0, true), self.coin)
    }
}

/// Chinese yuan in fen, 0.01 CNY.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError::OutOfRange)
    }

    /// Without mark and separators, as Alipay's amount field takes it: `7254.31`.
    pub fn plain(self) -> String {
        decimal(self.0, 2, 2, false)
    }
}

/// As a person reads it: `¥7,254.31`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¥{}", decimal(self.0, 2, 2, true))
    }
}

/// What one whole coin costs, in thousandths of a yuan (P2P prices have two or three decimals).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Price(pub i64);

impl Price {
    pub const SCALE: u32 = 3;

    /// What `coins` cost: rounded up to a fen, once.
    pub fn fen_for(self, coins: Coins) -> Result<Fen, MoneyError> {
        // units / 10^scale coins × price / 10 fen
        let product = i128::from(coins.units) * i128::from(self.0);
        let divisor = i128::from(coins.coin.one()) * 10;
        narrow((product + divisor - 1).div_euclid(divisor)).map(Fen)
    }

    /// How many coins `fen` buy: floored to the coin's smallest unit.
    pub fn coins_for(self, fen: Fen, coin: Coin) -> Result<Coins, MoneyError> {
        if self.0 <= 0 {
            return Err(MoneyError::OutOfRange);
        }
        let product = i128::from(fen.0) * 10 * i128::from(coin.one());
        narrow(product.div_euclid(i128::from(self.0))).map(|units| Coins { coin, units })
    }

    /// Digits only: `7.2` is printed as `7.20`, `7.213` as `7.213`.
    pub fn plain(self) -> String {
        decimal(self.0, Self::SCALE, 2, false)
    }
}

/// As a person reads it: `¥652,300.00`.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¥{}", decimal(self.0, Self::SCALE, 2, true))
    }
}

fn narrow(units: i128) -> Result<i64, MoneyError> {
    i64::try_from(units).map_err(|_too_large| MoneyError::OutOfRange)
}

/// `units` with the point `scale` digits from the right, at least `least` decimals, no others that
/// are zero, and commas in groups of three if `grouped`.
fn decimal(units: i64, scale: u32, least: usize, grouped: bool) -> String {
    let divisor = 10_u64.pow(scale);
    let magnitude = units.unsigned_abs();
    let mut whole = (magnitude / divisor).to_string();
    if grouped {
        let mut at = whole.len();
        while at > 3 {
            at -= 3;
            whole.insert(at, ',');
        }
    }
    let mut decimals = format!("{:0width$}", magnitude % divisor, width = scale as usize);
    while decimals.len() > least && decimals.ends_with('0') {
        decimals.pop();
    }
    let sign = if units < 0 { "-" } else { "" };
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn adding_two_coins_of_different_kinds_is_a_mistake() {
        let usdt = Coins::new(Coin::Usdt, 1);
        let btc = Coins::new(Coin::Btc, 1);
        assert_eq!(
            usdt.checked_add(btc),
            Err(MoneyError::CoinMismatch { left: Coin::Usdt, right: Coin::Btc })
        );
    }

    #[test]
    fn sums_and_differences_are_exact_or_refused() {
        let coins = |units| Coins::new(Coin::Eth, units);
        assert_eq!(coins(2).checked_add(coins(3)), Ok(coins(5)));
        assert_eq!(coins(2).checked_sub(coins(3)), Ok(coins(-1)));
        assert_eq!(coins(i64::MAX).checked_add(coins(1)), Err(MoneyError::OutOfRange));
        assert_eq!(coins(i64::MIN).checked_sub(coins(1)), Err(MoneyError::OutOfRange));
        assert_eq!(Fen(2).checked_add(Fen(3)), Ok(Fen(5)));
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn a_coin_is_named_by_its_code_in_either_case() {
        for coin in Coin::ALL {
            assert_eq!(Coin::from_code(coin.code()), Some(coin));
            assert_eq!(Coin::from_code(&coin.code().to_lowercase()), Some(coin));
        }
        assert_eq!(Coin::from_code("DOGE"), None);
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(Fen(725_431).to_string(), "¥7,254.31");
        assert_eq!(Fen(725_431).plain(), "7254.31");
        assert_eq!(Fen(5).to_string(), "¥0.05");
        assert_eq!(Fen(-5).to_string(), "¥-0.05");
        assert_eq!(Fen(0).to_string(), "¥0.00");
        assert_eq!(Coins::new(Coin::Usdt, 70_500_000).to_string(), "70.5 USDT");
        assert_eq!(
            Coins::new(Coin::Btc, 123_456_789_012_345).to_string(),
            "1,234,567.89012345 BTC"
        );
        assert_eq!(Coins::new(Coin::Usdt, 100_000_000).plain(), "100");
        assert_eq!(Price(7_200).to_string(), "¥7.20");
        assert_eq!(Price(7_213).plain(), "7.213");
    }

    /// The examples that Binance's floor gives; rounding to nearest would differ.
    #[test]
    fn coins_are_floored_and_fen_are_rounded_up() {
        let coins =
            |price, yuan| Price(price).coins_for(Fen::yuan(yuan), Coin::Usdt).map(|it| it.units);
        assert_eq!(coins(1_014, 500), Ok(493_096_646));
        assert_eq!(coins(1_015, 11_500), Ok(11_330_049_261));
        let fen = |price, units| Price(price).fen_for(Coins::new(Coin::Usdt, units));
        assert_eq!(fen(7_200, 100_000_000), Ok(Fen(72_000)));
        assert_eq!(fen(7_213, 1), Ok(Fen(1)), "a millionth of a dollar still costs a fen");
        assert_eq!(fen(7_213, 0), Ok(Fen(0)));
    }

    #[test]
    fn products_that_do_not_fit_are_refused() {
        let most = Coins::new(Coin::Btc, i64::MAX);
        assert_eq!(Price(i64::MAX).fen_for(most), Err(MoneyError::OutOfRange));
        assert_eq!(Price(1).coins_for(Fen(i64::MAX), Coin::Btc), Err(MoneyError::OutOfRange));
        assert_eq!(Price(0).coins_for(Fen(1), Coin::Btc), Err(MoneyError::OutOfRange));
    }

    proptest! {
        #[test]
        fn a_round_trip_through_coins_never_costs_more_than_was_given(
            fen in 1_i64..100_000_000_000, price in 1_i64..2_000_000_000,
        ) {
            for coin in Coin::ALL {
                if let Ok(coins) = Price(price).coins_for(Fen(fen), coin) {
                    let back = Price(price).fen_for(coins).expect("no more than was given fits");
                    prop_assert!(back <= Fen(fen));
                }
            }
        }
    }
}
