//! SmsForwarder: an app that posts a phone's notifications, as JSON by the template that we give
//! out, or as the form it sends without one.
//!
//! Its signature covers the time and nothing else. Whoever has caught one message can write
//! another one with its stamp for five minutes, which is why a stamp counts once.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;

use super::{same, stamp};

/// What its owner pastes into the app. `[org_content]` is the whole text of a notification.
pub const TEMPLATE: &str = concat!(
    r#"{"v":1,"device":"[device_mark]","pkg":"[from]","title":"[title]","#,
    r#""text":"[org_content]","at":"[receive_time:yyyy-MM-dd'T'HH:mm:ssZ]","#,
    r#""ts":"[timestamp]","sign":"[sign]"}"#
);

/// A notification as it was forwarded. Nothing of it is believed, and nothing of it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub package: String,
    pub title: String,
    pub text: String,
    pub stamp: DateTime<Utc>,
    stamped: String,
    sign: String,
}

/// Only the length: it may be somebody's name.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({} bytes)", self.title.len() + self.text.len())
    }
}

#[derive(Deserialize)]
struct Template {
    v: u32,
    #[serde(default)]
    pkg: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    ts: Stamp,
    sign: String,
}

/// People take the quotes away.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stamp {
    Text(String),
    Number(i64),
}

impl Message {
    /// Reads a body of either form. `None`: it is neither.
    pub fn read(body: &[u8]) -> Option<Self> {
        match body.trim_ascii_start().first() {
            Some(b'{') => Self::from_template(body),
            Some(_) | None => Self::from_form(body),
        }
    }

    fn from_template(body: &[u8]) -> Option<Self> {
        let read: Template = serde_json::from_slice(body).ok()?;
        let Template { v: 1, pkg: package, title, text, ts, sign } = read else { return None };
        let stamped = match ts {
            Stamp::Text(text) => text,
            Stamp::Number(number) => number.to_string(),
        };
        Some(Self { package, title, text, stamp: stamp(&stamped)?, stamped, sign })
    }

    fn from_form(body: &[u8]) -> Option<Self> {
        let (mut package, mut content, mut stamped, mut sign) = (None, None, None, None);
        for (name, value) in form_urlencoded::parse(body) {
            let field = match &*name {
                "from" => &mut package,
                "content" => &mut content,
                "timestamp" => &mut stamped,
                "sign" => &mut sign,
                _ => continue,
            };
            // Said twice, it would depend on the reader what was said.
            if field.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        let (package, stamped) = (package?, stamped?);
        let (title, text) = parted(&content?, &package);
        Some(Self { package, title, text, stamp: stamp(&stamped)?, stamped, sign: sign? })
    }

    /// Whether it was signed with this secret.
    pub fn is_signed(&self, secret: &SecretString) -> bool {
        let expected = signature(secret, &self.stamped);
        spellings(&self.sign).any(|it| same(it.as_bytes(), expected.as_bytes()))
    }
}

/// Without a template the content is package, message, title, `UID：n`, time and device, a line
/// each. The message may have lines of its own, some of them made to look like the others: it
/// ends before the title, which stands over the last `UID`.
fn parted(content: &str, package: &str) -> (String, String) {
    let lines: Vec<&str> = content.lines().collect();
    let is_uid = |it: &&str| {
        let number = it.strip_prefix("UID：");
        number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    let uid = lines.iter().rposition(is_uid);
    match (&lines[..], uid) {
        ([first, rest @ ..], Some(uid @ 3..)) if *first == package => {
            (rest[uid - 2].to_owned(), rest[..uid - 2].join("\n"))
        }
        // No rule for receipts fits such a text: it says that the phone is alive.
        _ => (String::new(), content.to_owned()),
    }
}

/// `base64(HMAC-SHA256(secret, stamp + "\n" + secret))`
fn signature(secret: &SecretString, stamped: &str) -> String {
    let secret = secret.expose_secret();
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()) else {
        // HMAC takes keys of any length; a signature that nobody can write is no accident.
        return String::new();
    };
    mac.update(stamped.as_bytes());
    mac.update(b"\n");
    mac.update(secret.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The sign as it came, and with one and two layers of percent-encoding taken off: the app writes
/// it encoded into JSON and encodes it once more in a form, where a bare plus has become a space.
fn spellings(sign: &str) -> impl Iterator<Item = String> {
    let decoded = |it: &String| {
        let decoded = percent_encoding::percent_decode_str(it).decode_utf8();
        decoded.ok().map(Cow::into_owned)
    };
    std::iter::successors(Some(sign.replace(' ', "+")), decoded).take(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;

    const VECTORS: [(&str, &str, &str, &str); 2] = [
        (
            "1753000000000",
            "this is secret",
            "OcQi9PlJOhvTPxpKE030/fUinhmMM3p+qIULsM79Phk=",
            "OcQi9PlJOhvTPxpKE030%2FfUinhmMM3p%2BqIULsM79Phk%3D",
        ),
        (
            "1753000001234",
            "demo-secret",
            "IW0vhZKZgWR9sDffpL5e7ZffUORmRvsOoR/BMsBXmlU=",
            "IW0vhZKZgWR9sDffpL5e7ZffUORmRvsOoR%2FBMsBXmlU%3D",
        ),
    ];

    fn json(ts: &str, sign: &str) -> Vec<u8> {
        serde_json::json!({
            "v": 1, "device": "Mi", "pkg": "com.eg.android.AlipayGphone", "title": "t",
            "text": "x\ny", "at": "2026-11-24T14:30:00+0800", "ts": ts, "sign": sign,
        })
        .to_string()
        .into_bytes()
    }

    fn form(fields: &[(&str, &str)]) -> Vec<u8> {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
    }

    #[test]
    fn a_sign_is_known_in_each_of_its_spellings() {
        for (ts, secret, plain, encoded) in VECTORS {
            let twice = encoded.replace('%', "%25");
            for sign in [plain, encoded, &twice] {
                let message = Message::read(&json(ts, sign)).unwrap();
                assert!(message.is_signed(&secret.into()), "{sign}");
                assert!(!message.is_signed(&"another secret".into()));
                let body =
                    form(&[("from", "p"), ("content", "c"), ("timestamp", ts), ("sign", sign)]);
                assert!(Message::read(&body).unwrap().is_signed(&secret.into()), "form {sign}");
            }
            let other = Message::read(&json("1753000000001", plain)).unwrap();
            assert!(!other.is_signed(&secret.into()), "of another moment");
            for sign in ["", "%", "%zz", &plain[1..], &plain.to_lowercase(), &format!("{plain} ")] {
                assert!(!Message::read(&json(ts, sign)).unwrap().is_signed(&secret.into()));
            }
        }
    }

    #[test]
    fn the_template_is_read_as_it_was_given_out() {
        let body = TEMPLATE
            .replace("[device_mark]", "Mi 10")
            .replace("[from]", "com.eg.android.AlipayGphone")
            .replace("[title]", "你已成功收款5.00元")
            .replace("[org_content]", "已转入余额")
            .replace("[receive_time:yyyy-MM-dd'T'HH:mm:ssZ]", "2025-07-20T16:26:40+0800")
            .replace("[timestamp]", VECTORS[0].0)
            .replace("[sign]", VECTORS[0].3);
        let message = Message::read(body.as_bytes()).unwrap();
        assert!(message.is_signed(&VECTORS[0].1.into()));
        assert_eq!(message.stamp, from_millis(1_753_000_000_000));
        assert_eq!((&*message.title, &*message.text), ("你已成功收款5.00元", "已转入余额"));
        assert!(TEMPLATE.chars().count() <= 256, "a button copies no more");
        let bare = body.replace("\"1753000000000\"", "1753000000000");
        assert_eq!(Message::read(bare.as_bytes()).unwrap(), message);
    }

    #[test]
    fn a_form_is_taken_apart_from_its_end() {
        let content = "com.eg.android.AlipayGphone\n已转入余额\n你已成功收款5.00元\nUID：10086\n2026-11-24 14:30:00\nMi 10";
        let parts = |content: &str| parted(content, "com.eg.android.AlipayGphone");
        assert_eq!(parts(content), ("你已成功收款5.00元".to_owned(), "已转入余额".to_owned()));
        let crlf = content.replace('\n', "\r\n");
        assert_eq!(parts(&crlf).0, "你已成功收款5.00元");
    }

    #[test]
    fn a_nickname_with_lines_of_its_own_is_no_title() {
        let content = "com.eg.android.AlipayGphone\n甲\n你已成功收款5000.00元\nUID：1\n已成功向你转了1笔钱\n支付宝消息\nUID：10086\n2026-11-24 14:30:00\nMi";
        let (title, text) = parted(content, "com.eg.android.AlipayGphone");
        assert_eq!(title, "支付宝消息");
        assert_eq!(text, "甲\n你已成功收款5000.00元\nUID：1\n已成功向你转了1笔钱");
    }

    #[test]
    fn a_content_that_is_not_the_usual_one_is_a_text_without_a_title() {
        for content in ["", "hello", "p\nUID：1", "p\na\nUID：1", "other\na\nb\nUID：1\nc\nd"] {
            assert_eq!(parted(content, "p"), (String::new(), content.to_owned()));
        }
    }

    #[test]
    fn what_is_neither_form_is_not_read() {
        let twice = form(&[
            ("from", "p"),
            ("from", "q"),
            ("content", "c"),
            ("timestamp", "1753000000000"),
            ("sign", "s"),
        ]);
        let unsigned = form(&[("from", "p"), ("content", "c"), ("timestamp", "1753000000000")]);
        for body in
            [&b""[..], b"{", b"{}", b"[1]", b"\xff\xfe", &twice, &unsigned, &json("17530", "s")]
        {
            assert_eq!(Message::read(body), None);
        }
    }
}
