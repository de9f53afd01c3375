//! An account that was frozen: who did it, and what is asked of them first. The kinds, and how long
//! each lasts, are those that sellers meet (a firm's own hold, a stop of payments, a court's or the
//! police's freeze).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::folding;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreezeKind {
    /// A bank, or Alipay itself, holds the account: days.
    RiskHold,
    /// Payments are stopped (止付): 48 to 72 hours.
    StopPayment,
    /// Frozen by a court, a procurator or the police (司法冻结): six months, and again.
    Judicial,
    Unknown,
}

impl FreezeKind {
    pub const ALL: [Self; 4] = [Self::RiskHold, Self::StopPayment, Self::Judicial, Self::Unknown];

    /// As the database keeps it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RiskHold => "risk_hold",
            Self::StopPayment => "stop_payment",
            Self::Judicial => "judicial",
            Self::Unknown => "unknown",
        }
    }
}

/// What is asked about a freeze, in this order. Each may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The freezing body.
    Body,
    /// Its case number.
    Case,
    Period,
    /// The officer, and how to reach them.
    Officer,
}

impl Detail {
    pub const ALL: [Self; 4] = [Self::Body, Self::Case, Self::Period, Self::Officer];

    /// The most characters of an answer.
    pub const fn most(self) -> usize {
        match self {
            Self::Body | Self::Officer => 120,
            Self::Case | Self::Period => 80,
        }
    }

    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|it| *it == self)?;
        Self::ALL.get(at + 1).copied()
    }

    pub fn before(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|it| *it == self)?;
        Self::ALL.get(at.checked_sub(1)?).copied()
    }

    /// Reads an answer: one line of visible text.
    ///
    /// # Errors
    /// When it is empty, too long, or hides something.
    pub fn parse(self, text: &str) -> Result<String, DetailError> {
        let text = text.trim();
        let most = self.most();
        if text.is_empty() {
            return Err(DetailError::Empty);
        }
        if text.chars().count() > most {
            return Err(DetailError::TooLong { most });
        }
        if text.chars().any(|it| it.is_control() || folding::is_invisible(it)) {
            return Err(DetailError::Hidden);
        }
        Ok(text.to_owned())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum DetailError {
    #[error("there is nothing in it")]
    Empty,
    #[error("it has more than {most} characters")]
    TooLong { most: usize },
    #[error("it has line breaks, or characters that cannot be seen")]
    Hidden,
}

/// What somebody notes about a freeze of the account that an order was paid to, or from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    pub kind: FreezeKind,
    #[serde(default)]
    details: [Option<String>; 4],
}

impl Freeze {
    pub const fn new(kind: FreezeKind) -> Self {
        Self { kind, details: [const { None }; 4] }
    }

    pub fn detail(&self, detail: Detail) -> Option<&str> {
        self.details[place(detail)].as_deref()
    }

    /// The same with that answer.
    pub fn with(mut self, detail: Detail, answer: Option<String>) -> Self {
        self.details[place(detail)] = answer;
        self
    }
}

const fn place(detail: Detail) -> usize {
    match detail {
        Detail::Body => 0,
        Detail::Case => 1,
        Detail::Period => 2,
        Detail::Officer => 3,
    }
}

/// Never who is after whom.
impl std::fmt::Debug for Freeze {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Freeze({})", self.kind.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_is_one_line_that_can_be_seen() {
        let read = |text: &str| Detail::Case.parse(text);
        assert_eq!(
            read(" 杭公（刑）冻字〔2026〕17号 "),
            Ok("杭公（刑）冻字〔2026〕17号".to_owned())
        );
        assert_eq!(read("  "), Err(DetailError::Empty));
        assert_eq!(read(&"案".repeat(80)), Ok("案".repeat(80)));
        assert_eq!(read(&"案".repeat(81)), Err(DetailError::TooLong { most: 80 }));
        for hidden in ["two\nlines", "a\u{202E}b", "a\u{200B}b", "a\0b", "tab\there"] {
            assert_eq!(read(hidden), Err(DetailError::Hidden), "{hidden:?}");
        }
    }

    #[test]
    fn the_questions_have_one_order() {
        for pair in Detail::ALL.windows(2) {
            assert_eq!(pair[0].next(), Some(pair[1]));
            assert_eq!(pair[1].before(), Some(pair[0]));
        }
        assert_eq!((Detail::Body.before(), Detail::Officer.next()), (None, None));
    }

    #[test]
    fn debug_shows_only_the_kind() {
        let freeze =
            Freeze::new(FreezeKind::Judicial).with(Detail::Officer, Some("13900000000".to_owned()));
        assert_eq!(format!("{freeze:?}"), "Freeze(judicial)");
        assert_eq!(freeze.detail(Detail::Officer), Some("13900000000"));
        assert_eq!(freeze.detail(Detail::Body), None);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_what_is_kept_is_short_and_visible(text in any::<String>()) {
            if let Ok(kept) = Detail::Body.parse(&text) {
                prop_assert!((1..=120).contains(&kept.chars().count()));
                prop_assert!(!kept.chars().any(char::is_control));
            }
        }
    }
}
