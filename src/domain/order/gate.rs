//! The release gate: five questions about what the seller's own Alipay shows. Coins do not go
//! before each of them has been answered with yes.
//!
//! The order of the questions and what they guard against are those of the exchanges' own
//! checklists: a chat card or a screenshot instead of an entry, a transfer that is held back, a
//! few fen less, somebody else's money, words about coins in the memo.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::mask::Fit;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Is it an entry of the balance or the bill, and not a chat card, a push or a picture?
    Entry,
    /// Does the entry have its time of arrival?
    Arrival,
    /// Is it exactly the amount, to the fen?
    Amount,
    /// Do the payer's masks fit what the buyer has declared?
    Payer,
    /// Is the memo empty?
    Memo,
}

impl Question {
    pub const ALL: [Self; 5] = [Self::Entry, Self::Arrival, Self::Amount, Self::Payer, Self::Memo];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Arrival => "arrival",
            Self::Amount => "amount",
            Self::Payer => "payer",
            Self::Memo => "memo",
        }
    }
}

/// What a seller has said to one question, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub yes: bool,
    pub at: DateTime<Utc>,
}

/// What the seller has answered so far. It begins anew with each status in which the coins can be
/// confirmed, and stays with the order as the seller's word once they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gate {
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo: Option<Answer>,
    /// What the masks that the seller has typed came to, beside what the buyer has declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    masks: Option<Fit>,
}

impl Gate {
    pub const fn answer(&self, question: Question) -> Option<Answer> {
        match question {
            Question::Entry => self.entry,
            Question::Arrival => self.arrival,
            Question::Amount => self.amount,
            Question::Payer => self.payer,
            Question::Memo => self.memo,
        }
    }

    pub const fn masks(&self) -> Option<Fit> {
        self.masks
    }

    /// The question that stands in the way: the first that is not answered with yes.
    pub fn open(&self) -> Option<Question> {
        Question::ALL.into_iter().find(|it| !self.answer(*it).is_some_and(|it| it.yes))
    }

    /// The question that was answered with no, if that is what stands in the way.
    pub fn refused(&self) -> Option<Question> {
        self.open().filter(|it| self.answer(*it).is_some())
    }

    pub fn is_complete(&self) -> bool {
        self.open().is_none()
    }

    /// `None`: a question that is not due yet, or a yes against masks that do not fit.
    pub(super) fn answered(
        mut self,
        question: Question,
        yes: bool,
        at: DateTime<Utc>,
    ) -> Option<Self> {
        let due = self.open().is_none_or(|open| question <= open);
        let against = question == Question::Payer && yes && self.masks == Some(Fit::Mismatch);
        if !due || against {
            return None;
        }
        let answer = Some(Answer { yes, at });
        match question {
            Question::Entry => self.entry = answer,
            Question::Arrival => self.arrival = answer,
            Question::Amount => self.amount = answer,
            Question::Payer => self.payer = answer,
            Question::Memo => self.memo = answer,
        }
        Some(self)
    }

    /// The masks that the seller sees were compared. What fits or does not is an answer;
    /// otherwise the seller has to give it.
    pub(super) fn compared(self, masks: Fit, at: DateTime<Utc>) -> Option<Self> {
        if self.open().is_some_and(|open| open < Question::Payer) {
            return None;
        }
        let it = Self { masks: Some(masks), payer: None, ..self };
        match masks {
            Fit::Match => it.answered(Question::Payer, true, at),
            Fit::Mismatch => it.answered(Question::Payer, false, at),
            Fit::Inconclusive => Some(it),
        }
    }
}
