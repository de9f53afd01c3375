//! What stands behind a button: at most 64 bytes that only we can have written, for one person.
//!
//! A client can send any bytes for any message of ours, so a press is a wish, never a right: the
//! MAC is the first sieve, and the database decides.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::action::Action;
use crate::secrets::Seal;

/// The first byte of the data. Buttons of another version are old: the card is drawn anew.
const FORMAT: u8 = 1;
const MAC: usize = 10;

/// A button that was pressed, or is about to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    pub action: Action,
    /// The order, ad, withdrawal or conversation it is about.
    pub subject: i64,
    /// The subject's version when the button was drawn: an older one is answered, not obeyed.
    pub version: i64,
}

/// The `callback_data` of a button. Only [`Press::encode`] makes one.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Data(String);

impl Data {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Press {
    /// The data of a button that is drawn for `user`.
    pub fn encode(self, seal: &Seal, user: i64) -> Data {
        let (code, argument) = self.action.code();
        let mut bytes = vec![FORMAT, code];
        push(&mut bytes, zigzag(self.subject));
        push(&mut bytes, zigzag(self.version));
        push(&mut bytes, u64::from(argument));
        bytes.extend(seal.mac(user, &bytes));
        Data(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What `user` pressed; `None` when we never drew such a button for this user.
    pub fn decode(data: &str, seal: &Seal, user: i64) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(data).ok()?;
        let (signed, mac) = bytes.split_at_checked(bytes.len().checked_sub(MAC)?)?;
        if !same(mac, &seal.mac(user, signed)) {
            return None;
        }
        let (&[FORMAT, code], mut rest) = signed.split_first_chunk()? else { return None };
        let subject = unzigzag(pull(&mut rest)?);
        let version = unzigzag(pull(&mut rest)?);
        let argument = u16::try_from(pull(&mut rest)?).ok()?;
        let action = Action::from_code(code, argument)?;
        rest.is_empty().then_some(Self { action, subject, version })
    }
}

/// In time that does not depend on where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// Writes a number in groups of seven bits, the lowest first.
fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn pull(bytes: &mut &[u8]) -> Option<u64> {
    let mut number: u64 = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7F);
        number |= bits.checked_mul(1 << shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seal() -> Seal {
        Seal::from_key(&[3; 32])
    }

    fn press() -> impl Strategy<Value = Press> {
        let action = (any::<u8>(), 0_u16..4)
            .prop_filter_map("a button we make", |(code, it)| Action::from_code(code % 128, it));
        (action, any::<i64>(), any::<i64>()).prop_map(|(action, subject, version)| Press {
            action,
            subject,
            version,
        })
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(press in press(), user in any::<i64>()) {
            let data = press.encode(&seal(), user);
            prop_assert!(data.as_str().len() <= 64);
            prop_assert_eq!(Press::decode(data.as_str(), &seal(), user), Some(press));
        }

        #[test]
        fn somebody_elses_button_is_not_ones_own(press in press(), user in any::<i64>()) {
            let data = press.encode(&seal(), user);
            prop_assert_eq!(Press::decode(data.as_str(), &seal(), user.wrapping_add(1)), None);
        }

        #[test]
        fn any_bytes_are_refused_without_a_panic(data in any::<String>(), bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(Press::decode(&data, &seal(), 1), None);
            prop_assert_eq!(Press::decode(&URL_SAFE_NO_PAD.encode(&bytes), &seal(), 1), None);
            // Even with a MAC that fits.
            let mut signed = bytes.clone();
            signed.extend(seal().mac(1, &bytes));
            let _ = Press::decode(&URL_SAFE_NO_PAD.encode(&signed), &seal(), 1);
        }

        #[test]
        fn a_changed_or_cut_button_is_refused(press in press(), at in any::<prop::sample::Index>()) {
            let data = press.encode(&seal(), 1);
            let at = at.index(data.as_str().len());
            let mut changed = data.as_str().as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            prop_assert_eq!(Press::decode(&changed, &seal(), 1), None);
            prop_assert_eq!(Press::decode(&data.as_str()[..at], &seal(), 1), None);
        }
    }

    #[test]
    fn the_longest_button_fits() {
        let action = Action::Window { minutes: u16::MAX };
        let press = Press { action, subject: i64::MIN, version: i64::MAX };
        assert!(press.encode(&seal(), i64::MAX).as_str().len() <= 64);
    }
}
