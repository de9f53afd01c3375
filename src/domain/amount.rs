//! What a person types as an amount becomes a type here, exactly or not at all.
//!
//! Nothing is guessed and nothing is rounded. Full-width digits and marks are folded; NFKC is not
//! used, because it turns `5²` into `52`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::money::{Coin, Coins, Fen, Price};

/// The most that anything typed may come to, in smallest units: far above any desk, far below
/// the end of `i64`.
const MOST: i64 = 1_000_000_000_000_000;

/// No honest amount is longer; what is, is not even looked at.
const LONGEST: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AmountError {
    #[error("not a number")]
    NotANumber,
    #[error("the thousands separators are in odd places")]
    BadGrouping,
    #[error("more than {most} decimals")]
    TooManyDecimals { most: u32 },
    #[error("a negative amount")]
    Negative,
    #[error("zero")]
    Zero,
    #[error("too large")]
    TooLarge,
    #[error("another unit than asked for")]
    OtherUnit,
}

/// How much to sell, as it was said: in yuan or in coins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    Yuan(Fen),
    Coins(Coins),
}

/// Reads yuan: `500`, `¥7,254.31`, `500元`, `５００`, `CNY 500`.
pub fn yuan(text: &str) -> Result<Fen, AmountError> {
    let text = fold(text)?;
    let number = without_yuan_mark(text.trim())?.unwrap_or_else(|| text.trim());
    units(number, 2).map(Fen)
}

/// Reads a quantity of `coin`: yuan as [`yuan`] does, or coins with their code after the number
/// (`70.5 USDT`, `0.01btc`). Without any unit the number means yuan.
pub fn quantity(text: &str, coin: Coin) -> Result<Quantity, AmountError> {
    let folded = fold(text)?;
    match without_coin_code(folded.trim()) {
        Some((number, typed)) if typed == coin => {
            units(number, coin.scale()).map(|units| Quantity::Coins(Coins { coin, units }))
        }
        Some(_) => Err(AmountError::OtherUnit),
        None => yuan(text).map(Quantity::Yuan),
    }
}

/// Reads a number of `coin`; its code may follow, another unit may not.
pub fn coins(text: &str, coin: Coin) -> Result<Coins, AmountError> {
    let folded = fold(text)?;
    let trimmed = folded.trim();
    let number = match without_coin_code(trimmed) {
        Some((number, typed)) if typed == coin => number,
        Some(_) => return Err(AmountError::OtherUnit),
        None if without_yuan_mark(trimmed)?.is_some() => return Err(AmountError::OtherUnit),
        None => trimmed,
    };
    units(number, coin.scale()).map(|units| Coins { coin, units })
}

/// Reads a price of one coin in yuan, with up to three decimals.
pub fn price(text: &str) -> Result<Price, AmountError> {
    let text = fold(text)?;
    let number = without_yuan_mark(text.trim())?.unwrap_or_else(|| text.trim());
    units(number, Price::SCALE).map(Price)
}

/// Reads a whole number of minutes.
pub fn minutes(text: &str) -> Result<u32, AmountError> {
    let text = fold(text)?;
    let minutes = units(text.trim(), 0)?;
    u32::try_from(minutes).map_err(|_too_many| AmountError::TooLarge)
}

/// Full-width forms (U+FF01–FF5E) and the ideographic space become ASCII, `￥` becomes `¥`.
fn fold(text: &str) -> Result<String, AmountError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(AmountError::NotANumber);
    }
    Ok(text
        .chars()
        .map(|it| match it {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it) // always ASCII
            }
            '\u{3000}' => ' ',
            '￥' => '¥',
            it => it,
        })
        .collect())
}

/// Takes one mark of the yuan off, before or after the number. `None`: there is none.
fn without_yuan_mark(text: &str) -> Result<Option<&str>, AmountError> {
    let before = ["¥", "CNY", "RMB"].iter().find_map(|mark| strip_before(text, mark));
    let rest = before.unwrap_or(text);
    let after = ["元", "CNY", "RMB"].iter().find_map(|mark| strip_after(rest, mark));
    match (before, after) {
        (Some(_), Some(_)) => Err(AmountError::NotANumber),
        (before, after) => Ok(before.or(after).map(str::trim)),
    }
}

fn without_coin_code(text: &str) -> Option<(&str, Coin)> {
    Coin::ALL
        .into_iter()
        .find_map(|coin| strip_after(text, coin.code()).map(|number| (number.trim(), coin)))
}

fn strip_before<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let head = text.get(..mark.len())?;
    head.eq_ignore_ascii_case(mark).then(|| &text[mark.len()..])
}

fn strip_after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(mark.len())?;
    let tail = text.get(at..)?;
    tail.eq_ignore_ascii_case(mark).then(|| &text[..at])
}

/// Digits with an optional point and correct commas, as smallest units.
fn units(number: &str, scale: u32) -> Result<i64, AmountError> {
    if number
        .strip_prefix(['-', '−'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Err(AmountError::Negative);
    }
    let (whole, decimals) = match number.split_once('.') {
        Some((_, "")) => return Err(AmountError::NotANumber),
        Some((whole, decimals)) => (whole, decimals),
        None => (number, ""),
    };
    if decimals.contains(',') {
        return Err(AmountError::BadGrouping);
    }
    if !decimals.bytes().all(|it| it.is_ascii_digit()) {
        return Err(not_digits(decimals));
    }
    if whole.is_empty() || !whole.bytes().all(|it| it.is_ascii_digit() || it == b',') {
        return Err(not_digits(whole));
    }
    if whole.contains(',') && !grouped_in_threes(whole) {
        return Err(AmountError::BadGrouping);
    }
    if decimals.len() > scale as usize {
        return Err(AmountError::TooManyDecimals { most: scale });
    }
    let padding = scale as usize - decimals.len();
    let digits = whole.bytes().filter(|it| *it != b',').chain(decimals.bytes());
    let total = digits
        .chain(std::iter::repeat_n(b'0', padding))
        .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0')));
    match total {
        Some(0) => Err(AmountError::Zero),
        Some(total) if total <= MOST => Ok(total),
        Some(_) | None => Err(AmountError::TooLarge),
    }
}

/// Letters that look like a unit are told apart from nonsense: "12 HKD" deserves a better answer.
fn not_digits(text: &str) -> AmountError {
    let unit = text.trim_start_matches(|it: char| it.is_ascii_digit() || it == ',').trim();
    let looks_like_unit = unit.starts_with(['$', '€', '₮'])
        || (unit.len() >= 3 && unit.len() <= 4 && unit.bytes().all(|it| it.is_ascii_alphabetic()));
    if looks_like_unit && text.bytes().any(|it| it.is_ascii_digit()) {
        AmountError::OtherUnit
    } else {
        AmountError::NotANumber
    }
}

fn grouped_in_threes(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|it| it.len() == 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn coins_of_another_kind_are_not_coins_of_this() {
        let units = |text| coins(text, Coin::Usdt).map(|it| it.units);
        assert_eq!(units("5 USDT"), Ok(5_000_000));
        assert_eq!(units("5"), Ok(5_000_000));
        assert_eq!(units("5 BTC"), Err(AmountError::OtherUnit));
        assert_eq!(units("¥5"), Err(AmountError::OtherUnit));
    }

    #[test]
    fn the_longest_text_is_read_and_no_longer_one() {
        let spaced = |spaces: usize| format!("{}5", " ".repeat(spaces));
        assert_eq!(yuan(&spaced(LONGEST - 1)), Ok(Fen(500)));
        for spaces in [LONGEST, LONGEST + 1, LONGEST * 5] {
            assert_eq!(yuan(&spaced(spaces)), Err(AmountError::NotANumber), "{spaces}");
        }
    }

    #[test]
    fn minutes_are_whole_and_an_amount_has_a_limit() {
        assert_eq!(minutes(" １５ "), Ok(15));
        assert_eq!(minutes("4294967295"), Ok(u32::MAX));
        assert_eq!(minutes("4294967296"), Err(AmountError::TooLarge));
        assert_eq!(minutes("1.5"), Err(AmountError::TooManyDecimals { most: 0 }));
        let yuan_of = |fen: i64| yuan(&format!("{}.{:02}", fen / 100, fen % 100));
        assert_eq!(yuan_of(MOST), Ok(Fen(MOST)));
        assert_eq!(yuan_of(MOST + 1), Err(AmountError::TooLarge));
    }

    #[test]
    fn yuan_are_read_exactly_or_not_at_all() {
        #[track_caller]
        fn case(text: &str, expected: Result<i64, AmountError>) {
            assert_eq!(yuan(text).map(|it| it.0), expected, "{text:?}");
        }
        case("500", Ok(50_000));
        case("7,254.31", Ok(725_431));
        case("¥7,254.31", Ok(725_431));
        case("￥７２５４.３１", Ok(725_431));
        case("\u{3000}500 元 ", Ok(50_000));
        case("cny 500", Ok(50_000));
        case("500RMB", Ok(50_000));
        case("0.01", Ok(1));
        case("7254.3", Ok(725_430));
        case("0.001", Err(AmountError::TooManyDecimals { most: 2 }));
        case("0", Err(AmountError::Zero));
        case("0.00", Err(AmountError::Zero));
        case("-5", Err(AmountError::Negative));
        case("1,23", Err(AmountError::BadGrouping));
        case("12,34.5", Err(AmountError::BadGrouping));
        case("1,234,5", Err(AmountError::BadGrouping));
        case("1.5,0", Err(AmountError::BadGrouping));
        case("5.", Err(AmountError::NotANumber));
        case(".5", Err(AmountError::NotANumber));
        case("", Err(AmountError::NotANumber));
        case("1e3", Err(AmountError::NotANumber));
        case("0x10", Err(AmountError::NotANumber));
        case("NaN", Err(AmountError::NotANumber));
        case("5²", Err(AmountError::NotANumber));
        case("①", Err(AmountError::NotANumber));
        case("5百", Err(AmountError::NotANumber));
        case("1万", Err(AmountError::NotANumber));
        case("5 00", Err(AmountError::NotANumber));
        case("+5", Err(AmountError::NotANumber));
        case("¥500元", Err(AmountError::NotANumber));
        case("500 USDT", Err(AmountError::OtherUnit));
        case("500 HKD", Err(AmountError::OtherUnit));
        case("$500", Err(AmountError::OtherUnit));
        case("99999999999999999999", Err(AmountError::TooLarge));
        case(&"9".repeat(10_000), Err(AmountError::NotANumber));
    }

    #[test]
    fn a_quantity_is_yuan_unless_its_coin_is_named() {
        #[track_caller]
        fn case(text: &str, expected: Result<Quantity, AmountError>) {
            assert_eq!(quantity(text, Coin::Usdt), expected, "{text:?}");
        }
        case("70.5 USDT", Ok(Quantity::Coins(Coins::new(Coin::Usdt, 70_500_000))));
        case("70.5usdt", Ok(Quantity::Coins(Coins::new(Coin::Usdt, 70_500_000))));
        case("７０.５ ＵＳＤＴ", Ok(Quantity::Coins(Coins::new(Coin::Usdt, 70_500_000))));
        case("500", Ok(Quantity::Yuan(Fen::yuan(500))));
        case("500元", Ok(Quantity::Yuan(Fen::yuan(500))));
        case("1 BTC", Err(AmountError::OtherUnit));
        case("0.0000001 USDT", Err(AmountError::TooManyDecimals { most: 6 }));
        case("¥5 USDT", Err(AmountError::NotANumber));
    }

    #[test]
    fn a_field_for_coins_takes_no_yuan() {
        assert_eq!(coins("100", Coin::Usdt), Ok(Coins::new(Coin::Usdt, 100_000_000)));
        assert_eq!(coins("100元", Coin::Usdt), Err(AmountError::OtherUnit));
        assert_eq!(price("7.213"), Ok(Price(7_213)));
        assert_eq!(price("7.2135"), Err(AmountError::TooManyDecimals { most: 3 }));
    }

    proptest! {
        #[test]
        fn reading_what_was_printed_gives_it_back(units in 1..=MOST) {
            prop_assert_eq!(yuan(&Fen(units).to_string()), Ok(Fen(units)));
            prop_assert_eq!(yuan(&Fen(units).plain()), Ok(Fen(units)));
            for coin in Coin::ALL {
                let it = Coins { coin, units };
                prop_assert_eq!(quantity(&it.to_string(), coin), Ok(Quantity::Coins(it)));
            }
        }

        #[test]
        fn nothing_typed_can_break_the_reader(text in any::<String>()) {
            let _ = yuan(&text);
            let _ = quantity(&text, Coin::Btc);
        }
    }
}
