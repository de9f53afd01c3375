//! The second factor: what proves that it is really this person who wishes something.
//!
//! Codes by RFC 6238 (SHA-1, 6 digits, 30 seconds, one step to either side), each of which counts
//! once (its section 5.2), recovery codes, and a throttle that counts before it compares.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use totp_rs::{Builder, Secret};

use super::UserId;

/// What proved a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// A code of the person's authenticator.
    Totp,
    /// A recovery code; it is used up.
    Recovery,
    /// The last digits of what is agreed to, typed by somebody who has no authenticator: it shows
    /// that they were read.
    Digits,
}

/// Why a wish is not proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum FactorRefusal {
    #[error("wrong, {left} tries left")]
    Wrong { left: u32 },
    #[error("too many tries, locked until {until}")]
    Locked { until: DateTime<Utc> },
    #[error("the code was used before")]
    Used,
    #[error("there is no second factor")]
    NotEnrolled,
    #[error("a second factor is required")]
    Required,
}

/// How often somebody has tried. Written before anything is compared, so that a crash, or two
/// guesses at once, never give a try for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throttle {
    /// Since the last lock or success.
    pub tries: u32,
    /// Since the last success.
    pub locks: u32,
    pub locked_until: Option<DateTime<Utc>>,
}

impl Throttle {
    /// So many tries, then a pause.
    pub const TRIES: u32 = 5;

    /// Counts a try. The last one is compared, too, but locks unless it succeeds: then
    /// [`Throttle::default`] takes the place of what is returned here.
    ///
    /// # Errors
    /// [`FactorRefusal::Locked`], and nothing is counted.
    pub fn attempt(self, now: DateTime<Utc>) -> Result<Self, FactorRefusal> {
        if let Some(until) = self.locked_until.filter(|until| now < *until) {
            return Err(FactorRefusal::Locked { until });
        }
        let tries = self.tries + 1;
        if tries < Self::TRIES {
            return Ok(Self { tries, locks: self.locks, locked_until: None });
        }
        let locks = self.locks.saturating_add(1);
        Ok(Self { tries: 0, locks, locked_until: Some(now + pause(locks)) })
    }

    /// What somebody hears whose counted try has failed; `why` as long as there are tries left.
    pub fn refusal(self, why: Miss) -> FactorRefusal {
        match (self.locked_until, why) {
            (Some(until), _) => FactorRefusal::Locked { until },
            (None, Miss::Wrong) => FactorRefusal::Wrong { left: Self::TRIES - self.tries },
            (None, Miss::Used) => FactorRefusal::Used,
        }
    }
}

/// 15 minutes, an hour, then a day each: five tries a day find a code in 126 years, one time in two.
fn pause(locks: u32) -> TimeDelta {
    match locks {
        0 | 1 => TimeDelta::minutes(15),
        2 => TimeDelta::hours(1),
        _ => TimeDelta::hours(24),
    }
}

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    Wrong,
    /// It fits, but it or a later one has been used.
    Used,
}

/// The secret that an authenticator shares with us, and the codes that come of it.
pub struct Totp(totp_rs::Totp);

impl fmt::Debug for Totp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Totp(..)")
    }
}

/// Bytes of a secret: 160 bits, as RFC 4226 recommends.
pub const SECRET: usize = 20;

impl Totp {
    pub fn new(secret: [u8; SECRET]) -> Self {
        let builder = Builder::new().with_secret(Secret::new_stack(secret));
        // Everything else is the builder's default, which is what the RFC and all apps agree on.
        Self(builder.build_noncompliant())
    }

    /// Reads what [`Totp::base32`] wrote.
    pub fn from_base32(text: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(text).ok()?;
        secret.as_bytes().try_into().ok().map(Self::new)
    }

    /// The secret as apps take it: 32 letters and digits.
    pub fn base32(&self) -> String {
        self.0.secret().to_base32()
    }

    /// What the QR code says to an authenticator; the number tells several accounts apart.
    pub fn link(&self, user: UserId) -> String {
        format!("otpauth://totp/fangbi:{user}?secret={}&issuer=fangbi", self.base32())
    }

    /// Which 30 seconds a code belongs to, if it counts now: only a later one than the last used.
    pub fn check(&self, code: &str, last: Option<i64>, now: DateTime<Utc>) -> Result<i64, Miss> {
        let seconds = u64::try_from(now.timestamp()).map_err(|_before_1970| Miss::Wrong)?;
        let step = self.0.check(code, seconds).ok_or(Miss::Wrong)?;
        let step = i64::try_from(step).map_err(|_no_such_year| Miss::Wrong)?;
        if last.is_some_and(|last| step <= last) { Err(Miss::Used) } else { Ok(step) }
    }
}

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 8;
/// Characters of a recovery code, without the hyphen.
pub const RECOVERY_LENGTH: usize = 10;

/// Crockford's letters and digits: none that is taken for another one.
const LETTERS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A recovery code of 50 random bits, like `7KQ2M-X9D4R`.
pub fn recovery_code(random: [u8; RECOVERY_LENGTH]) -> String {
    let letters = random.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
    let (left, right) = letters.split_at(RECOVERY_LENGTH / 2);
    left.iter().chain(['-'].iter()).chain(right).collect()
}

/// What somebody typed as a proof.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// Six digits.
    Code(String),
    /// A recovery code, as [`recovery_code`] writes it but without the hyphen.
    Recovery(String),
    /// Nothing that could be a code.
    Other,
}

impl Typed {
    /// Full-width forms, spaces, hyphens and small letters are read as what they mean.
    pub fn read(text: &str) -> Self {
        let plain = plain(text);
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        match plain.len() {
            6 if digits(&plain) => Self::Code(plain),
            RECOVERY_LENGTH => {
                let letter = |it: char| match it {
                    'O' => '0',
                    'I' | 'L' => '1',
                    it => it,
                };
                let code: String = plain.chars().map(letter).collect();
                let known = code.bytes().all(|it| LETTERS.contains(&it));
                if known { Self::Recovery(code) } else { Self::Other }
            }
            _ => Self::Other,
        }
    }
}

/// Whether somebody typed the last characters of what is agreed to; case, spaces and points are
/// not what it is about.
pub fn repeats(typed: &str, last: &str) -> bool {
    !last.is_empty() && plain(typed) == plain(last)
}

/// No honest proof is longer; what is, is not even looked at.
const LONGEST: usize = 64;

/// The letters and digits of a text, large and narrow; empty if anything is in it that only looks
/// like one, or if it is too long.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    if text.chars().count() > LONGEST {
        return plain;
    }
    for it in text.chars() {
        let it = match it {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it) // always ASCII
            }
            it => it,
        };
        match it {
            it if it.is_ascii_alphanumeric() => plain.push(it.to_ascii_uppercase()),
            '-' | '–' | '—' | '.' | ',' | '。' | '，' => {}
            // Keyboards and web pages put these around what is pasted.
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => {}
            '\u{FEFF}' => {}
            it if it.is_whitespace() => {}
            _ => return String::new(),
        }
    }
    plain
}

#[cfg(test)]
mod tests;
