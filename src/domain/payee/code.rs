//! The personal payment code of an Alipay account, as a link. Anybody can print a QR picture, so
//! what is in it is read strictly: one host, one shape, nothing beside it.

use std::fmt;

use thiserror::Error;

const HOST: &str = "qr.alipay.com";
/// What Alipay's own page adds when a code is opened in a browser.
const FROM_THE_WEB: &str = "?_s=web-other";
const LONGEST: usize = 64;

/// `https://qr.alipay.com/fkx…`: a person's code without an amount, in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonalCode(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeError {
    #[error("not a link that starts with https://")]
    NotALink,
    /// Another host, or a name, a password or a port beside it.
    #[error("it leads somewhere else than to qr.alipay.com")]
    OtherHost,
    #[error("a merchant's code, not a person's")]
    Merchant,
    #[error("there is something after the code")]
    MoreThanACode,
    #[error("not a personal code")]
    NotPersonal,
}

impl PersonalCode {
    /// Reads a link. Codes printed in capitals (`HTTPS://QR.ALIPAY.COM/FKX…`) are the same codes.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        if text.len() > 400 {
            return Err(CodeError::NotALink);
        }
        let text = text.trim().to_ascii_lowercase();
        let rest = text.strip_prefix("https://").ok_or(CodeError::NotALink)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host != HOST {
            return Err(CodeError::OtherHost);
        }
        let code = path.strip_suffix(FROM_THE_WEB).unwrap_or(path);
        if code.contains(['?', '#', '/']) {
            return Err(CodeError::MoreThanACode);
        }
        if ["tsx", "bax"].iter().any(|it| code.starts_with(it)) {
            return Err(CodeError::Merchant);
        }
        let own = code.strip_prefix("fkx").unwrap_or_default();
        let fits = |it: u8| it.is_ascii_digit() || it.is_ascii_lowercase();
        if own.is_empty() || own.len() > LONGEST || !own.bytes().all(fits) {
            return Err(CodeError::NotPersonal);
        }
        Ok(Self(format!("https://{HOST}/{code}")))
    }

    /// The whole link: for its owner, and for the payment card of a running order.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Masked: it leads to its owner.
impl fmt::Debug for PersonalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_personal_code_is_a_link_to_one_host_and_nothing_else() {
        #[track_caller]
        fn case(text: &str, expected: Result<&str, CodeError>) {
            let read = PersonalCode::parse(text);
            assert_eq!(
                read.as_ref().map(PersonalCode::reveal).map_err(|it| *it),
                expected,
                "{text:?}"
            );
        }
        const CODE: &str = "https://qr.alipay.com/fkx07326abc";
        case(CODE, Ok(CODE));
        case(" https://qr.alipay.com/fkx07326abc\n", Ok(CODE));
        case("HTTPS://QR.ALIPAY.COM/FKX07326ABC", Ok(CODE));
        case("https://qr.alipay.com/fkx07326abc?_s=web-other", Ok(CODE));

        case("http://qr.alipay.com/fkx07326abc", Err(CodeError::NotALink));
        case("qr.alipay.com/fkx07326abc", Err(CodeError::NotALink));
        case("alipays://platformapi/startapp?saId=10000007", Err(CodeError::NotALink));
        case("13800001234", Err(CodeError::NotALink));
        case("", Err(CodeError::NotALink));
        case("\u{202E}https://qr.alipay.com/fkx07326abc", Err(CodeError::NotALink));

        case("https://qr.alipay.com.example.com/fkx07326abc", Err(CodeError::OtherHost));
        case("https://qr.alipay.com@example.com/fkx07326abc", Err(CodeError::OtherHost));
        case("https://me@qr.alipay.com/fkx07326abc", Err(CodeError::OtherHost));
        case("https://qr.alipay.com:443/fkx07326abc", Err(CodeError::OtherHost));
        case("https://qr.a\u{200B}lipay.com/fkx07326abc", Err(CodeError::OtherHost));
        case("https://qr.аlipay.com/fkx07326abc", Err(CodeError::OtherHost));
        case("https://qr.alipay.com\\@example.com/fkx0", Err(CodeError::OtherHost));
        case("https://ds.alipay.com/?scheme=alipays", Err(CodeError::OtherHost));

        case("https://qr.alipay.com/fkx07326abc?t=1", Err(CodeError::MoreThanACode));
        case("https://qr.alipay.com/fkx07326abc?_s=web-other&t=1", Err(CodeError::MoreThanACode));
        case("https://qr.alipay.com/fkx07326abc#x", Err(CodeError::MoreThanACode));
        case("https://qr.alipay.com/a/fkx07326abc", Err(CodeError::MoreThanACode));

        case("https://qr.alipay.com/tsx07326abc", Err(CodeError::Merchant));
        case("https://qr.alipay.com/bax07326abc", Err(CodeError::Merchant));
        case("https://qr.alipay.com/fkx", Err(CodeError::NotPersonal));
        case("https://qr.alipay.com/", Err(CodeError::NotPersonal));
        case("https://qr.alipay.com", Err(CodeError::NotPersonal));
        case("https://qr.alipay.com/fkx\u{FF10}7326abc", Err(CodeError::NotPersonal));
        case("https://qr.alipay.com/fkx07326%20abc", Err(CodeError::NotPersonal));
        case(&format!("https://qr.alipay.com/fkx{}", "a".repeat(65)), Err(CodeError::NotPersonal));
    }

    #[test]
    fn a_code_and_a_text_have_a_longest() {
        let longest = format!("https://qr.alipay.com/fkx{}", "a".repeat(64));
        assert!(PersonalCode::parse(&longest).is_ok());
        let padded = |bytes| format!("{longest:bytes$}");
        assert!(PersonalCode::parse(&padded(400)).is_ok());
        for bytes in [401, 500] {
            assert_eq!(PersonalCode::parse(&padded(bytes)), Err(CodeError::NotALink), "{bytes}");
        }
    }

    #[test]
    fn a_code_cannot_be_logged_in_clear() {
        let code = PersonalCode::parse("https://qr.alipay.com/fkx07326abc").expect("a code");
        assert!(!format!("{code:?}").contains("07326"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_code_leads_to_alipay_and_reads_the_same_again(text in any::<String>()) {
            for text in [text.clone(), format!("https://qr.alipay.com/fkx{text}")] {
                if let Ok(code) = PersonalCode::parse(&text) {
                    prop_assert!(code.reveal().starts_with("https://qr.alipay.com/fkx"));
                    prop_assert_eq!(PersonalCode::parse(code.reveal()), Ok(code));
                }
            }
        }
    }
}
