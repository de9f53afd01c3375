//! An order's code as people say it: six characters that do not tell how many orders there are.
//!
//! Crockford's base 32 (no I, L, O, U) over a permutation of 30 bits. It hides the count, not a
//! secret: rights never rest on a code.

use super::OrderId;

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BITS: u32 = 30;
const MASK: u64 = (1 << BITS) - 1;
/// Odd, so multiplying by it permutes the 30-bit numbers; the inverse undoes it.
const SPREAD: u64 = 0x1F1E_33AD;
const INVERSE: u64 = inverse(SPREAD);

impl OrderId {
    /// `K7M2QX`. Ids from 2³⁰ on are printed with their upper bits in front.
    pub fn code(self) -> String {
        let id = self.0.unsigned_abs();
        let spread = (id & MASK).wrapping_mul(SPREAD) & MASK;
        let mut code = String::new();
        if id > MASK {
            code.push_str(&(id >> BITS).to_string());
            code.push('-');
        }
        for place in (0..6).rev() {
            code.push(char::from(LETTERS[(spread >> (place * 5)) as usize & 31]));
        }
        code
    }

    /// Reads a code as typed: either case, `O` for zero, `I` and `L` for one.
    pub fn from_code(text: &str) -> Option<Self> {
        let (upper, text) = match text.trim().split_once('-') {
            Some((upper, text)) => (upper.parse::<u32>().ok()?, text),
            None => (0, text.trim()),
        };
        if text.len() != 6 {
            return None;
        }
        let spread = text.bytes().try_fold(0_u64, |sum, letter| {
            let letter = match letter.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                it => it,
            };
            let digit = LETTERS.iter().position(|it| *it == letter)?;
            Some(sum * 32 + digit as u64)
        })?;
        let id = (u64::from(upper) << BITS) + (spread.wrapping_mul(INVERSE) & MASK);
        i64::try_from(id).ok().map(Self)
    }
}

/// Newton's iteration modulo 2⁶⁴; the lower 30 bits are what is needed.
const fn inverse(odd: u64) -> u64 {
    let mut it = odd;
    let mut round = 0;
    while round < 6 {
        it = it.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(it)));
        round += 1;
    }
    it
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_more_orders_than_bits_need_more_than_six_characters() {
        let most = OrderId(MASK as i64);
        assert_eq!((OrderId(17).code().len(), most.code().len()), (6, 6));
        let next = OrderId(most.0 + 1);
        assert_eq!(next.code(), "1-000000");
        assert_eq!(OrderId::from_code("1-oooooo"), Some(next));
    }

    #[test]
    fn neighbours_do_not_look_alike() {
        assert_eq!(OrderId(17).to_string(), "17", "the log names an order by its number");
        assert_ne!(OrderId(1).code()[..3], OrderId(2).code()[..3]);
        assert_eq!(OrderId::from_code("hello!"), None);
        assert_eq!(OrderId::from_code("ééé"), None);
    }

    proptest! {
        #[test]
        fn a_code_leads_back_to_its_order(id in 1_i64..1 << 50) {
            let code = OrderId(id).code();
            prop_assert_eq!(OrderId::from_code(&code.to_lowercase()), Some(OrderId(id)));
        }
    }
}
