//! Whether what Alipay shows of a payer fits what the buyer has declared.
//!
//! Alipay shows a stranger masks only: `**明`, `138******34`, `wxm***@example.com`. So the answer
//! has three values, and a match on one visible character is weak: say what was compared.

use serde::{Deserialize, Serialize};

use super::folding;
use super::payee::{self, Account, RealName};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    Match,
    Mismatch,
    /// Nothing that could be compared was shown, or only something of another kind: ask a person.
    Inconclusive,
}

/// What came of comparing both parts, and how much of the name there was to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub name: Fit,
    pub account: Fit,
    /// Characters of the name's mask, the hidden ones included.
    pub characters: u32,
    /// Those of them that are not hidden.
    pub visible: u32,
    /// Those of the visible that stand in the declared name at the same place.
    pub equal: u32,
}

impl Comparison {
    /// There was nothing to compare with.
    pub const NOTHING: Self = Self {
        name: Fit::Inconclusive,
        account: Fit::Inconclusive,
        characters: 0,
        visible: 0,
        equal: 0,
    };

    /// One part that differs is enough to say no; one that fits is enough to say yes.
    pub fn fit(&self) -> Fit {
        match (self.name, self.account) {
            (Fit::Mismatch, _) | (_, Fit::Mismatch) => Fit::Mismatch,
            (Fit::Match, _) | (_, Fit::Match) => Fit::Match,
            (Fit::Inconclusive, Fit::Inconclusive) => Fit::Inconclusive,
        }
    }
}

/// Compares the declared payer with what is shown. `seen_name` has to be a mask, alone or in
/// brackets after a nickname (`追梦(**明)`): a nickname alone may look like a mask itself.
pub fn compare(
    name: &RealName,
    account: &Account,
    seen_name: Option<&str>,
    seen_account: Option<&str>,
) -> Comparison {
    let (name, [characters, visible, equal]) = compare_name(name.reveal(), seen_name.unwrap_or(""));
    let account = compare_account(account, seen_account.unwrap_or(""));
    Comparison { name, account, characters, visible, equal }
}

/// Takes a line as Alipay shows it apart: the name's mask (a nickname is thrown away) and the
/// account's. Neither, when the line is nothing of the kind.
pub fn split(typed: &str) -> (Option<String>, Option<String>) {
    let text = folding::plain(typed);
    let text = text.trim();
    let neither = (None, None);
    if text.chars().count() > 200 {
        return neither;
    }
    let spaced = without_inner_spaces(text);
    match [text, &spaced].map(|it| (it, accounts(it))) {
        [(text, found), _] | [_, (text, found)] if !found.is_empty() => match found[..] {
            [account] if Sight::parse(account).is_some() => {
                (name_mask(&text.replace(account, " ")), Some(account.to_owned()))
            }
            _ => neither,
        },
        _ => name_mask(text).map_or(neither, |name| (Some(name), None)),
    }
}

const NOTHING: [u32; 3] = [0, 0, 0];

/// The fit, and how many characters the mask has, shows, and shows rightly.
fn compare_name(declared: &str, seen: &str) -> (Fit, [u32; 3]) {
    let seen = folding::bare(inside_last_brackets(seen));
    let seen = seen.trim();
    let is_hidden = |it: char| it == '*' || is_separator(it);
    if seen == "/" || !seen.contains('*') || seen.chars().all(is_hidden) {
        return (Fit::Inconclusive, NOTHING);
    }
    let declared = folding::bare(declared);
    let mask = without_separators(seen);
    by_position(&mask, &without_separators(&declared))
        .or_else(|| {
            // A star may stand on a separator: 买买提·吐尔逊 as ******逊.
            let (mask, name) = (seen.chars().collect::<Vec<_>>(), declared.trim().chars());
            by_position(&mask, &name.collect::<Vec<_>>())
        })
        .unwrap_or_else(|| {
            let visible = mask.iter().filter(|it| **it != '*').count();
            (Fit::Mismatch, [count(mask.len()), count(visible), 0])
        })
}

/// `None` when the lengths differ. A star stands for exactly one character.
fn by_position(mask: &[char], name: &[char]) -> Option<(Fit, [u32; 3])> {
    if mask.len() != name.len() {
        return None;
    }
    let shown = mask.iter().zip(name).filter(|(seen, _)| **seen != '*');
    let (visible, equal) = shown.fold((0, 0), |(visible, equal), (seen, name)| {
        (visible + 1, equal + usize::from(seen == name))
    });
    let fit = if visible == equal { Fit::Match } else { Fit::Mismatch };
    Some((fit, [count(mask.len()), count(visible), count(equal)]))
}

/// As [`compare`] does with the account alone.
pub fn compare_account(declared: &Account, seen: &str) -> Fit {
    match (declared, Sight::parse(seen)) {
        (_, None) => Fit::Inconclusive,
        (Account::Mobile(whole), Some(Sight::Mobile { head, tail })) => {
            fits(whole.starts_with(&head) && whole.ends_with(&tail))
        }
        (Account::Email(whole), Some(Sight::Email { head, domain })) => {
            let (local, at) = whole.split_once('@').unwrap_or((whole, ""));
            if local.len() < 3 {
                return Fit::Inconclusive;
            }
            fits(local.starts_with(&head) && at == domain)
        }
        (Account::Mobile(_), Some(Sight::Whole(seen @ Account::Mobile(_))))
        | (Account::Email(_), Some(Sight::Whole(seen @ Account::Email(_)))) => {
            fits(*declared == seen)
        }
        // One account may have a number and an address for logging in.
        (Account::Mobile(_), Some(Sight::Email { .. } | Sight::Whole(Account::Email(_))))
        | (Account::Email(_), Some(Sight::Mobile { .. } | Sight::Whole(Account::Mobile(_)))) => {
            Fit::Inconclusive
        }
    }
}

fn fits(it: bool) -> Fit {
    if it { Fit::Match } else { Fit::Mismatch }
}

/// What is seen of an account.
enum Sight {
    /// `138******34` or `138****1234`.
    Mobile {
        head: String,
        tail: String,
    },
    /// `wxm***@example.com`: the stars stand for any number of characters.
    Email {
        head: String,
        domain: String,
    },
    Whole(Account),
}

impl Sight {
    /// `None` for any other shape, and for nothing.
    fn parse(seen: &str) -> Option<Self> {
        if seen.len() > 400 {
            return None;
        }
        let seen = folding::plain(seen).to_ascii_lowercase();
        if seen.contains('@') {
            // As in an account, only dashes inside an address belong to it.
            let seen: String = seen.chars().filter(|it| !it.is_whitespace()).collect();
            return Self::email(&seen);
        }
        let seen: String = seen.chars().filter(|it| !it.is_whitespace() && !is_dash(*it)).collect();
        if !seen.contains('*') {
            return Account::parse(&seen).ok().map(Self::Whole);
        }
        [seen.as_str()]
            .into_iter()
            .chain(["+86", "0086", "86"].iter().filter_map(|it| seen.strip_prefix(it)))
            .find_map(Self::mobile)
    }

    fn mobile(seen: &str) -> Option<Self> {
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        [(3, "******", 2), (3, "****", 4)].into_iter().find_map(|(before, stars, after)| {
            let (head, rest) = seen.split_at_checked(before)?;
            let tail = rest.strip_prefix(stars)?;
            (tail.len() == after && digits(head) && digits(tail))
                .then(|| Self::Mobile { head: head.to_owned(), tail: tail.to_owned() })
        })
    }

    fn email(seen: &str) -> Option<Self> {
        if !seen.contains('*') {
            return Account::parse(seen).ok().map(Self::Whole);
        }
        let (local, domain) = seen.split_once('@')?;
        let head = local.strip_suffix("***")?;
        // What no address can be, such as a domain that is cut off, cannot be compared.
        let is_address = Account::parse(&format!("{head}x@{domain}")).is_ok();
        (head.len() == 3 && is_address)
            .then(|| Self::Email { head: head.to_owned(), domain: domain.to_owned() })
    }
}

/// Of `nickname(mask)` the mask: what stands in the last brackets, if they end the text.
fn inside_last_brackets(text: &str) -> &str {
    let text = text.trim_matches(|it: char| it.is_whitespace() || folding::is_invisible(it));
    text.strip_suffix([')', '）'])
        .and_then(|it| it.rsplit_once(['(', '（']))
        .map_or(text, |(_nickname, mask)| mask)
}

/// Every different piece of the text that is an account, masked or whole, or looks like one. A
/// nickname and a memo are the payer's own words and may look like the declared account: where
/// there is more than one piece, nobody can tell which of them is Alipay's.
fn accounts(text: &str) -> Vec<&str> {
    let pieces = text.split(|it: char| !(it.is_ascii_alphanumeric() || "*@._%+-".contains(it)));
    let mut found: Vec<&str> = pieces.filter(|it| looks_like_account(it)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Some accounts are masked in ways that cannot be compared: they count, too.
fn looks_like_account(piece: &str) -> bool {
    let digits = piece.bytes().any(|it| it.is_ascii_digit());
    let is_masked = piece.contains('*') && (piece.contains('@') || piece.len() >= 11 && digits);
    is_masked || Sight::parse(piece).is_some()
}

/// `138 **** 1234` as people space it.
fn without_inner_spaces(text: &str) -> String {
    let is_digit = |it: Option<char>| it.is_some_and(|it| it == '*' || it.is_ascii_digit());
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        let next = rest.as_str().trim_start().chars().next();
        if !(it.is_whitespace() && is_digit(out.chars().last()) && is_digit(next)) {
            out.push(it);
        }
    }
    out
}

/// The mask of a name in what is left of the line, without label and nickname.
fn name_mask(text: &str) -> Option<String> {
    let outer = |it: char| it.is_whitespace() || "/,，、|;；·-—".contains(it);
    let text = text.trim_matches(outer);
    // Where the account stood in brackets, an empty pair is left.
    let text = ["( )", "()"].iter().find_map(|it| text.strip_suffix(it)).unwrap_or(text);
    let text = inside_last_brackets(text).rsplit([':', '：']).next()?.trim_matches(outer);
    let is_part = |it: char| it == '*' || it.is_alphabetic() || is_separator(it);
    let fits = text.contains('*')
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(is_part)
        && text.chars().count() <= 60;
    fits.then(|| text.to_owned())
}

fn without_separators(text: &str) -> Vec<char> {
    text.chars().filter(|it| !is_separator(*it)).collect()
}

fn is_separator(it: char) -> bool {
    it.is_whitespace() || payee::is_separator(it)
}

fn is_dash(it: char) -> bool {
    matches!(it, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn count(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
