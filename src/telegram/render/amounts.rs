//! Short forms for lists, and the name by which a merchant is known.

use crate::domain::UserId;
use crate::domain::money::{Coin, Fen, Price};

/// `¥2,000` where nothing is lost by it.
pub(super) fn short_fen(fen: Fen) -> String {
    without_cents(fen.to_string())
}

pub(super) fn short_price(price: Price) -> String {
    without_cents(price.to_string())
}

fn without_cents(text: String) -> String {
    match text.strip_suffix(".00") {
        Some(short) => short.to_owned(),
        None => text,
    }
}

/// A quantity that somebody might type, for examples.
pub(super) const fn example(coin: Coin) -> &'static str {
    match coin {
        Coin::Usdt => "70.5",
        Coin::Btc => "0.01",
        Coin::Eth => "0.25",
    }
}

/// `M-4F2K`: stable, and tells neither name nor number. Not a secret and not quite unique: it is
/// for people, who meet few merchants; rights rest on the id.
pub(super) fn merchant(user: UserId) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // The last step of SplitMix64, so that neighbouring ids look nothing alike.
    let mut mixed = (user.0 as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    (0..4).fold("M-".to_owned(), |mut code, place| {
        code.push(char::from(LETTERS[(mixed >> (place * 5)) as usize & 31]));
        code
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_leave_out_what_says_nothing() {
        assert_eq!(short_fen(Fen::yuan(2_000)), "¥2,000");
        assert_eq!(short_fen(Fen(200_050)), "¥2,000.50");
        assert_eq!(short_price(Price(7_210)), "¥7.21");
        assert_eq!(short_price(Price(652_300_000)), "¥652,300");
    }

    #[test]
    fn a_merchant_keeps_the_name() {
        assert_eq!(merchant(UserId(2001)), merchant(UserId(2001)));
        assert_ne!(merchant(UserId(2001)), merchant(UserId(2002)));
        assert_eq!(merchant(UserId(2001)).len(), 6);
    }
}
