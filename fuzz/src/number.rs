//! A number of Alipay is digits of the right length that begin with a day.

use chrono::DateTime;
use fangbi::domain::bill_number::BillNumber;

/// The bytes are what somebody has typed or copied.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    let of_any_day = BillNumber::of_any_day(&text);
    if let Ok(number) = &of_any_day {
        let digits = number.reveal();
        assert!(matches!(digits.len(), 28 | 32) && digits.bytes().all(|it| it.is_ascii_digit()));
        assert_eq!(BillNumber::of_any_day(digits).as_ref(), Ok(number));
        assert!(digits.ends_with(number.tail()) && number.tail().len() == 6);
        assert!(!format!("{number:?}").contains(digits), "it is shown to a log");
    }
    let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
    if let Ok(number) = BillNumber::parse(&text, now) {
        assert_eq!(Ok(&number), of_any_day.as_ref());
        assert!(
            ["20270114", "20270115", "20270116"].iter().any(|it| number.reveal().starts_with(it))
        );
    }
}
