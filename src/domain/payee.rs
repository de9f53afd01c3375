//! Where the yuan go: the seller's own Alipay account, and the masks that a payer sees of it.

mod code;
mod kept;

use std::fmt;

use thiserror::Error;
use unicode_normalization::char::is_combining_mark;

pub use code::{CodeError, PersonalCode};
pub use kept::{Cap, Caps, Kept, PayeeId, PayeeRefusal, Rules, Taken, began};

use super::folding;

/// A login id of Alipay on the mainland: a mobile number or an e-mail address, normalised.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Account {
    /// Eleven digits.
    Mobile(String),
    /// Lower-case.
    Email(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PayeeError {
    #[error("neither a mainland mobile number nor an e-mail address")]
    NotAnAccount,
    #[error("not a real name")]
    NotAName,
}

impl Account {
    /// Reads what a person types: it is folded as masks are, spaces, dashes and a leading `+86`,
    /// `0086` or `86` are dropped, an e-mail is lower-cased.
    pub fn parse(text: &str) -> Result<Self, PayeeError> {
        if text.len() > 400 {
            return Err(PayeeError::NotAnAccount);
        }
        let folded = folding::plain(text.trim());
        if folded.contains('@') {
            return email(&folded).ok_or(PayeeError::NotAnAccount);
        }
        let digits: String = folded.chars().filter(|it| !matches!(it, '-' | ' ')).collect();
        [digits.as_str()]
            .into_iter()
            .chain(["+86", "0086", "86"].iter().filter_map(|it| digits.strip_prefix(it)))
            .find(|it| is_mobile(it))
            .map(|it| Self::Mobile(it.to_owned()))
            .ok_or(PayeeError::NotAnAccount)
    }

    /// The whole account: for the payment card of a running order only.
    pub fn reveal(&self) -> &str {
        match self {
            Self::Mobile(it) | Self::Email(it) => it,
        }
    }

    /// As Alipay shows it to a payer: `138******34`, `wxm***@example.com`.
    pub fn mask(&self) -> String {
        match self {
            Self::Mobile(it) => format!("{}******{}", &it[..3], &it[9..]),
            Self::Email(it) => {
                let (local, domain) = it.split_once('@').unwrap_or((it, ""));
                let head: String = local.chars().take(3).collect();
                format!("{head}***@{domain}")
            }
        }
    }

    /// Every form in which Alipay shows it: `138******34` and `138****1234`.
    pub fn masks(&self) -> Vec<String> {
        let longer = match self {
            Self::Mobile(it) => Some(format!("{}****{}", &it[..3], &it[7..])),
            Self::Email(_) => None,
        };
        [self.mask()].into_iter().chain(longer).collect()
    }
}

/// Masked: an account must not get into a log by accident.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}

/// The verified name of the account's owner.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RealName(String);

impl RealName {
    /// Reads 2 to 40 letters or Han characters, and the marks with which some scripts write their
    /// letters; spaces and the middle dots of names are allowed inside. Folded as masks are: a letter
    /// that can be written as one character or as two counts the same in both.
    pub fn parse(text: &str) -> Result<Self, PayeeError> {
        if text.len() > 400 {
            return Err(PayeeError::NotAName);
        }
        let folded = folding::plain(text.trim());
        let name = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let inside = |it: char| it.is_alphabetic() || is_combining_mark(it) || is_separator(it);
        let letters = name.chars().filter(|it| it.is_alphabetic()).count();
        let ends_well = !name.starts_with(is_separator) && !name.ends_with(is_separator);
        if (2..=40).contains(&letters) && name.chars().all(inside) && ends_well {
            Ok(Self(name))
        } else {
            Err(PayeeError::NotAName)
        }
    }

    /// The whole name: it is sealed as soon as it is known.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As Alipay shows it to a payer: all but the last character hidden (`**明`).
    pub fn mask(&self) -> String {
        let letters: Vec<char> = self.0.chars().filter(|it| !is_separator(*it)).collect();
        let hidden = letters.len().saturating_sub(1);
        letters.last().into_iter().fold("*".repeat(hidden), |mut mask, last| {
            mask.push(*last);
            mask
        })
    }
}

/// Masked, like an account.
impl fmt::Debug for RealName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}

/// What stands between the letters of a name and is none: 买买提·吐尔逊, O'Neill, Anne-Marie.
pub(super) fn is_separator(it: char) -> bool {
    matches!(it, ' ' | '\u{00B7}' | '\u{2022}' | '\u{2027}' | '\u{30FB}' | '\'' | '-')
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
        && bytes.iter().all(u8::is_ascii_digit)
}

fn email(text: &str) -> Option<Account> {
    let text = text.to_ascii_lowercase();
    let (local, domain) = text.split_once('@')?;
    let local_fits = (1..=64).contains(&local.len())
        && local.bytes().all(|it| it.is_ascii_alphanumeric() || b"._%+-".contains(&it))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label_fits = |it: &str| {
        (1..=63).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    let domain_fits = domain.len() <= 190
        && domain.contains('.')
        && domain.split('.').all(label_fits)
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|it| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_alphabetic()));
    (local_fits && domain_fits).then(|| Account::Email(text.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_a_mainland_mobile_number_or_an_email() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(
                Account::parse(text).ok().as_ref().map(Account::reveal),
                expected,
                "{text:?}"
            );
        }
        case("13800001234", Some("13800001234"));
        case(" 138 0000-1234 ", Some("13800001234"));
        case("+86 138 0000 1234", Some("13800001234"));
        case("008613800001234", Some("13800001234"));
        case("8613800001234", Some("13800001234"));
        case("１３８００００１２３４", Some("13800001234"));
        case("138\u{200B}00001234", Some("13800001234"));
        case("Wang.XM@Example.com", Some("wang.xm@example.com"));
        case("12800001234", None);
        case("1380000123", None);
        case("138000012345", None);
        case("+852 9123 4567", None);
        case("2088123412341234", None);
        case("wang@", None);
        case("wang@localhost", None);
        case("a b@example.com", None);
        case("a@@example.com", None);
        case("<b>@example.com", None);
        case("", None);
        case(&"1".repeat(100_000), None);
    }

    #[test]
    fn a_text_of_more_than_400_bytes_is_neither_account_nor_name() {
        for (bytes, read) in [(400, true), (401, false), (500, false)] {
            assert_eq!(
                Account::parse(&format!("{:bytes$}", "13800001234")).is_ok(),
                read,
                "{bytes}"
            );
            // A Chinese character takes three bytes.
            let width = bytes - 2 * 3;
            assert_eq!(RealName::parse(&format!("{:width$}", "王小明")).is_ok(), read, "{bytes}");
        }
    }

    #[test]
    fn the_last_part_of_an_address_has_two_letters_and_nothing_else() {
        for (text, read) in [
            ("wang@example.cn", true),
            ("wang@example.c", false),
            ("wang@example.c0", false),
            ("wang@example.12", false),
        ] {
            assert_eq!(Account::parse(text).is_ok(), read, "{text}");
        }
    }

    #[test]
    fn an_account_has_every_mask_that_alipay_shows() {
        let masks = |text| Account::parse(text).expect("an account").masks();
        assert_eq!(masks("13800001234"), ["138******34", "138****1234"]);
        assert_eq!(masks("wangxm@example.com"), ["wan***@example.com"]);
    }

    #[test]
    fn a_name_shows_a_payer_its_last_character() {
        #[track_caller]
        fn case(text: &str, mask: Option<&str>) {
            assert_eq!(RealName::parse(text).ok().map(|it| it.mask()).as_deref(), mask, "{text:?}");
        }
        case("王小明", Some("**明"));
        case("买买提·吐尔逊", Some("*****逊"));
        case("Li Na", Some("***a"));
        case("Rene\u{301}e", Some("****e"));
        case("ジャン･ポール", Some("*****ル"));
        case("রায়হান", Some("******ন"));
        case("王", None);
        case("王小明5000元", None);
        case("<b>王小</b>", None);
        case("·王小明", None);
        case("", None);
    }

    #[test]
    fn neither_can_be_logged_in_clear() {
        let account = Account::parse("13800001234").expect("a mobile number");
        let name = RealName::parse("王小明").expect("a name");
        assert_eq!(format!("{account:?} {name:?}"), "138******34 **明");
        let mail = Account::parse("wang@example.com").expect("an address");
        assert_eq!(mail.mask(), "wan***@example.com");
    }
}
