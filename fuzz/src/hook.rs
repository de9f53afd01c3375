//! Nobody is heard who does not know the phone's secret, and what somebody says who does is read as
//! it was said.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fangbi::receipts::forwarder::Message;
use fangbi::receipts::vmq::Call;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use secrecy::SecretString;
use serde_json::json;
use sha2::Sha256;

const SECRET: &str = "the secret of this phone";
const STAMP: &str = "1800000000000";

/// The bytes are the body of a call; and once more a title and a text, with a NUL between them, that
/// the phone itself has signed.
pub fn holds(data: &[u8]) {
    let secret = SecretString::from(SECRET);
    if let Some(message) = Message::read(data) {
        assert!(!message.is_signed(&secret), "nobody can sign by chance");
    }
    if let Some(call) = Call::read(data) {
        assert_eq!(call.heart(&secret), None, "nobody can sign by chance");
        assert_eq!(call.push(&secret), None, "nobody can sign by chance");
    }

    let (title, text) = crate::two_texts(data);
    let signed = |sign: String| {
        json!({ "v": 1, "pkg": "alipay", "title": title, "text": text, "ts": STAMP, "sign": sign })
            .to_string()
    };
    let message = Message::read(signed(sign()).as_bytes()).expect("the template");
    assert!(message.is_signed(&secret));
    assert_eq!((&*message.title, &*message.text), (&*title, &*text));
    assert!(!message.is_signed(&SecretString::from("another")));

    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("from", "alipay")
        .append_pair("content", &text)
        .append_pair("timestamp", STAMP)
        .append_pair("sign", &sign())
        .finish();
    let message = Message::read(form.as_bytes()).expect("a form");
    assert!(message.is_signed(&secret) && message.package == "alipay");
    for name in ["from", "content", "timestamp", "sign"] {
        let twice = format!("{form}&{name}=x");
        assert!(Message::read(twice.as_bytes()).is_none(), "{name} is said twice");
    }

    // A signature for one price is none for another.
    let push = |price: &str, sign: &str| {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("t", STAMP)
            .append_pair("type", "2")
            .append_pair("price", price)
            .append_pair("sign", sign)
            .finish();
        Call::read(form.as_bytes()).and_then(|it| it.push(&secret))
    };
    let price = &*text;
    let md5 = Md5::digest(format!("2{price}{STAMP}{SECRET}"));
    let sign: String = md5.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(push(price, &sign).is_some(), "{price:?}");
    assert!(push(&format!("{price}0"), &sign).is_none(), "{price:?}");
}

/// As SmsForwarder signs.
fn sign() -> String {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET.as_bytes());
    let mut mac = mac.expect("HMAC takes keys of any length");
    mac.update(format!("{STAMP}\n{SECRET}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
