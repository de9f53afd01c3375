//! V免签: an app that calls `appHeart` every half minute and `appPush` when money has come. It names
//! an amount and no payer, signs with MD5 and usually comes over plain HTTP: the weakest signal.

use chrono::{DateTime, Utc};
use md5::{Digest, Md5};
use secrecy::{ExposeSecret, SecretString};

use super::{same, stamp};
use crate::domain::money::Fen;

/// What a call says, as it was written: the signature covers the very text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    t: String,
    kind: String,
    price: String,
    sign: String,
}

/// A call whose signature fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Push {
    pub stamp: DateTime<Utc>,
    pub said: Price,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    Alipay(Fen),
    /// Another way to pay, which is none of ours.
    Other,
    /// Not a sum in yuan and fen.
    Unreadable,
}

impl Call {
    /// Reads a query or a form. `None`: something is said twice.
    pub fn read(encoded: &[u8]) -> Option<Self> {
        let mut call = Self::default();
        for (name, value) in form_urlencoded::parse(encoded) {
            let field = match &*name {
                "t" => &mut call.t,
                "type" => &mut call.kind,
                "price" => &mut call.price,
                "sign" => &mut call.sign,
                _ => continue,
            };
            if !field.is_empty() {
                return None;
            }
            *field = value.into_owned();
        }
        Some(call)
    }

    /// `sign = md5(t + key)`. `None`: not signed with this key.
    pub fn heart(&self, key: &SecretString) -> Option<DateTime<Utc>> {
        self.is_signed(&[&self.t], key).then(|| stamp(&self.t)).flatten()
    }

    /// `sign = md5(type + price + t + key)`. `None`: not signed with this key.
    ///
    /// The parts have no marks between them, but can be cut in one way only: the type is one
    /// digit, and a stamp has thirteen.
    pub fn push(&self, key: &SecretString) -> Option<Push> {
        let is_signed = self.is_signed(&[&self.kind, &self.price, &self.t], key);
        let stamp = stamp(&self.t).filter(|_| is_signed)?;
        let said = match self.kind.as_str() {
            "2" => yuan(&self.price).map_or(Price::Unreadable, Price::Alipay),
            "1" => Price::Other,
            _ => return None,
        };
        Some(Push { stamp, said })
    }

    /// What makes two calls the same: a repeat adds `force_push`, and that is all.
    pub fn body(&self) -> String {
        [&*self.kind, &*self.price, &*self.t].join("\n")
    }

    fn is_signed(&self, parts: &[&str], key: &SecretString) -> bool {
        let md5 = parts.iter().fold(Md5::new(), |md5, part| md5.chain_update(part));
        let md5 = md5.chain_update(key.expose_secret()).finalize();
        let expected: String = md5.iter().map(|byte| format!("{byte:02x}")).collect();
        same(self.sign.to_ascii_lowercase().as_bytes(), expected.as_bytes())
    }
}

/// Java's `Double.toString`: `100.0`, `0.01`. It writes from ten million on as `1.0E7`, which is no
/// order of any desk.
fn yuan(price: &str) -> Option<Fen> {
    let (whole, part) = price.split_once('.').unwrap_or((price, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if !(1..=8).contains(&whole.len()) || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let fen: i64 = format!("{whole}{part:0<2}").parse().ok()?;
    (fen > 0).then_some(Fen(fen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;

    fn key() -> SecretString {
        "abc123".into()
    }

    fn read(query: &str) -> Call {
        Call::read(query.as_bytes()).unwrap()
    }

    const PUSH: &str = "t=1753000000000&type=2&price=100.0&sign=6f14e9e640d1ccd55693825c2544fca8";
    const HEART: &str = "t=1753000000000&sign=e77ae049198b31a60281d8663f82f547";

    #[test]
    fn a_push_is_known_by_its_sign() {
        let stamp = from_millis(1_753_000_000_000);
        let said = Price::Alipay(Fen::yuan(100));
        assert_eq!(read(PUSH).push(&key()), Some(Push { stamp, said }));
        assert_eq!(read(PUSH).push(&"abc124".into()), None);
        for (from, to) in
            [("100.0", "100.00"), ("100.0", "200.0"), ("type=2", "type=1"), ("00&", "01&")]
        {
            assert_eq!(read(&PUSH.replace(from, to)).push(&key()), None, "{to}");
        }
        assert_eq!(read(PUSH).heart(&key()), None);
    }

    #[test]
    fn a_heart_is_known_by_its_sign_and_is_no_push() {
        assert_eq!(read(HEART).heart(&key()), Some(from_millis(1_753_000_000_000)));
        assert_eq!(read(HEART).push(&key()), None);
        assert_eq!(read("").heart(&key()), None);
    }

    #[test]
    fn a_repeat_is_the_same_call() {
        let again = read(&format!("{PUSH}&force_push=true"));
        assert_eq!(again.body(), read(PUSH).body());
        assert!(again.push(&key()).is_some());
        assert_eq!(Call::read(format!("{PUSH}&price=1.0").as_bytes()), None);
    }

    #[test]
    fn the_parts_cannot_be_cut_anew() {
        // The same text under the same sign: "2" + "100.0" + "1753000000000".
        for moved in [
            "t=01753000000000&type=2&price=100.",
            "t=753000000000&type=2&price=100.01",
            "t=1753000000000&type=21&price=00.0",
        ] {
            let query = format!("{moved}&sign=6f14e9e640d1ccd55693825c2544fca8");
            assert_eq!(read(&query).push(&key()), None, "{moved}");
        }
    }

    #[test]
    fn a_price_is_whole_fen() {
        for (price, fen) in [
            ("100.0", Some(10_000)),
            ("0.01", Some(1)),
            ("0.1", Some(10)),
            ("720", Some(72_000)),
            ("0.0", None),
            ("", None),
            (".5", None),
            ("0.001", None),
            ("1.0E7", None),
            ("-1.0", None),
            ("１.0", None),
            ("999999999.0", None),
            ("1.0.0", None),
        ] {
            assert_eq!(yuan(price), fen.map(Fen), "{price}");
        }
    }
}
