//! The answer to a press: a line over the chat, or a small window for what must be read.

use super::pen::Pen;
use super::problem;
use crate::letter::Toast;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// At most 200 characters.
    pub(super) text: String,
    /// A window that has to be closed.
    pub(super) alert: bool,
}

pub(super) fn words(pen: &Pen<'_>, toast: &Toast) -> Said {
    let t = pen.t;
    let (text, alert) = match toast {
        Toast::Done => (t.toast_done(), false),
        Toast::Refused { refusal } => (problem::refusal(t, *refusal), true),
        Toast::Ad { error } => (problem::ad(t, *error), true),
        Toast::OldPage => (t.toast_old_page(), true),
        Toast::Forged => (t.toast_forged(), true),
        Toast::TermsFirst => (t.toast_terms_first(), true),
        Toast::NotArbiter => (t.case_not_arbiter(), true),
    };
    Said { text, alert }
}
