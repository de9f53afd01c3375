//! The number of a payment in Alipay's bill: 32 digits for a transfer between people, 28 for a
//! merchant's trade, the day in front. It is a key for finding a payment, never a proof of one.

use std::fmt;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::folding;

/// All of China keeps UTC+8, all year.
pub(super) const SHANGHAI: TimeDelta = TimeDelta::hours(8);

/// No number is longer, however it is spaced; what is, is not even looked at.
const LONGEST: usize = 400;

/// Digits only, 28 or 32 of them, the first eight a date.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BillNumber(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum BillNumberError {
    #[error("not only digits")]
    NotDigits,
    #[error("{digits} digits instead of 28 or 32")]
    Length { digits: usize },
    #[error("the first eight digits are no date")]
    NotADate,
    /// The number belongs to a payment of another day.
    #[error("a payment of {date}, not of these days")]
    OtherDay { date: NaiveDate },
}

impl BillNumber {
    /// Reads what a person copies or types. The payment has to be of the day of `now` in Shanghai,
    /// or of the day before or after.
    pub fn parse(text: &str, now: DateTime<Utc>) -> Result<Self, BillNumberError> {
        let number = Self::of_any_day(text)?;
        let date = number.date().ok_or(BillNumberError::NotADate)?;
        let today = (now + SHANGHAI).date_naive();
        let near = [
            today.checked_sub_days(Days::new(1)),
            Some(today),
            today.checked_add_days(Days::new(1)),
        ];
        if near.contains(&Some(date)) {
            Ok(number)
        } else {
            Err(BillNumberError::OtherDay { date })
        }
    }

    /// Reads a number of any day: from a bill, or from where it was kept.
    pub fn of_any_day(text: &str) -> Result<Self, BillNumberError> {
        if text.len() > LONGEST {
            return Err(BillNumberError::NotDigits);
        }
        let digits: String = text
            .chars()
            .filter(|it| !it.is_whitespace() && !folding::is_invisible(*it))
            .map(ascii_digit)
            .collect();
        if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return Err(BillNumberError::NotDigits);
        }
        if !matches!(digits.len(), 28 | 32) {
            return Err(BillNumberError::Length { digits: digits.len() });
        }
        let number = Self(digits);
        number.date().map(|_date| number).ok_or(BillNumberError::NotADate)
    }

    /// The day of the payment, as in Shanghai.
    fn date(&self) -> Option<NaiveDate> {
        let part = |range| self.0.get::<std::ops::Range<usize>>(range)?.parse::<u32>().ok();
        let year = i32::try_from(part(0..4)?).ok()?;
        NaiveDate::from_ymd_opt(year, part(4..6)?, part(6..8)?)
    }

    /// The last six digits: enough for two people to compare.
    pub fn tail(&self) -> &str {
        &self.0[self.0.len() - 6..]
    }

    /// The whole number: it is sealed as soon as it is known.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Masked: a number leads to a person's payment and must not get into a log by accident.
impl fmt::Debug for BillNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…{}", self.tail())
    }
}

/// Full-width digits become ASCII; nothing else counts as a digit.
fn ascii_digit(it: char) -> char {
    match it {
        '０'..='９' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it), // always ASCII
        it => it,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    /// 2026-01-07 23:30 in Shanghai.
    fn evening() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, 7, 15, 30, 0).unwrap()
    }

    #[test]
    fn a_number_is_digits_with_a_day_of_these_days_in_front() {
        #[track_caller]
        fn case(text: &str, expected: Result<&str, BillNumberError>) {
            let number = BillNumber::parse(text, evening());
            assert_eq!(
                number.as_ref().map(BillNumber::reveal).map_err(|it| *it),
                expected,
                "{text:?}"
            );
        }
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        let transfer = "20260107200040011100670012345678";
        case(transfer, Ok(transfer));
        case("2026010722001414871443694067", Ok("2026010722001414871443694067"));
        case(" 20260107 20004001 11006700\t12345678\n", Ok(transfer));
        case("２０２６０１０７２０００４００１１１００６７００１２３４５６７８", Ok(transfer));
        case("2026010720004001\u{200B}1100670012345678\u{202C}", Ok(transfer));
        case("20260106200040011100670012345678", Ok("20260106200040011100670012345678"));
        case("20260108200040011100670012345678", Ok("20260108200040011100670012345678"));
        case("20260105200040011100670012345678", Err(BillNumberError::OtherDay { date: day(5) }));
        case("20260109200040011100670012345678", Err(BillNumberError::OtherDay { date: day(9) }));
        case("20261307200040011100670012345678", Err(BillNumberError::NotADate));
        case("20260230200040011100670012345678", Err(BillNumberError::NotADate));
        case("2026010720004001110067001234567", Err(BillNumberError::Length { digits: 31 }));
        case("202601072000400111006700123456", Err(BillNumberError::Length { digits: 30 }));
        case("123", Err(BillNumberError::Length { digits: 3 }));
        case("20260107200040011100670012345678_R", Err(BillNumberError::NotDigits));
        case("2026-01-07", Err(BillNumberError::NotDigits));
        case("٢٠٢٦٠١٠٧٢٠٠٠٤٠٠١١١٠٠٦٧٠٠١٢٣٤٥٦٧٨", Err(BillNumberError::NotDigits));
        case("①0260107200040011100670012345678", Err(BillNumberError::NotDigits));
        case("", Err(BillNumberError::NotDigits));
        case(&"1".repeat(100_000), Err(BillNumberError::NotDigits));
    }

    #[test]
    fn the_day_is_the_day_in_shanghai() {
        // Two hours later it is the 8th there, though still the 7th in Greenwich.
        let later = evening() + TimeDelta::hours(2);
        assert!(BillNumber::parse("20260109200040011100670012345678", later).is_ok());
        assert!(BillNumber::parse("20260106200040011100670012345678", later).is_err());
    }

    #[test]
    fn it_cannot_be_logged_in_clear() {
        let number = BillNumber::parse("20260107200040011100670012345678", evening()).unwrap();
        assert_eq!(number.tail(), "345678");
        assert_eq!(format!("{number:?}"), "…345678");
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again(text in "2026010[678][0-9]{20}([0-9]{4})?") {
            let number = BillNumber::parse(&text, evening()).unwrap();
            prop_assert_eq!(number.reveal(), &text);
            prop_assert_eq!(BillNumber::of_any_day(number.reveal()), Ok(number));
        }

        #[test]
        fn nothing_typed_can_break_the_reader(text in any::<String>()) {
            if let Ok(number) = BillNumber::of_any_day(&text) {
                prop_assert!(matches!(number.reveal().len(), 28 | 32));
            }
        }
    }
}
