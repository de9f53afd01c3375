//! A typed amount is read exactly or not at all.

use fangbi::domain::amount::{self, Quantity};
use fangbi::domain::money::Coin;

/// What is read is what the digits say, by another way of counting; printed, it is read again.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    if let Ok(fen) = amount::yuan(&text) {
        assert_eq!(i128::from(fen.0), units(&text, 2), "{text:?}");
        assert_eq!(amount::yuan(&fen.plain()), Ok(fen));
        assert_eq!(amount::yuan(&fen.to_string()), Ok(fen));
    }
    if let Ok(price) = amount::price(&text) {
        assert_eq!(i128::from(price.0), units(&text, 3), "{text:?}");
    }
    let _ = amount::minutes(&text);
    for coin in Coin::ALL {
        match amount::quantity(&text, coin) {
            Ok(Quantity::Yuan(fen)) => assert_eq!(amount::yuan(&text), Ok(fen)),
            Ok(Quantity::Coins(coins)) => {
                assert_eq!(coins.coin, coin);
                assert_eq!(i128::from(coins.units), units(&text, coin.scale()), "{text:?}");
                assert_eq!(amount::quantity(&coins.to_string(), coin), Ok(Quantity::Coins(coins)));
            }
            Err(_) => {}
        }
    }
}

/// All digits in a row, and as many zeros as the last decimals lack. Only for what was accepted.
fn units(text: &str, scale: u32) -> i128 {
    let digit = |it: char| match it {
        '０'..='９' => Some(u32::from(it) - u32::from('０')),
        it => it.to_digit(10),
    };
    let (whole, decimals) = text.split_once(['.', '．']).unwrap_or((text, ""));
    let decimals: Vec<u32> = decimals.chars().filter_map(digit).collect();
    let padding =
        (scale as usize).checked_sub(decimals.len()).expect("no more decimals than there are");
    let digits = whole.chars().filter_map(digit).chain(decimals).chain(vec![0; padding]);
    let units = digits.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit));
    assert!(units > 0, "{text:?} is no amount");
    units
}
