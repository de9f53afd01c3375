//! What a side of a dispute hands in, and how it answers an arbiter.

use super::Wizard;
use super::case::proof;
use super::gate::wrong;
use crate::domain::chat::Proof;
use crate::domain::order::OrderId;
use crate::letter::DisputeScreen;
use crate::locale::Texts;
use crate::telegram::action::{Action, DisputeAction};
use crate::telegram::keyboard::Button;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Pen;

pub(super) fn page(it: &Wizard<'_>, order: OrderId, step: DisputeScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        DisputeScreen::Kinds => Page::titled(t.evidence_title())
            .line(pen.code(order))
            .paragraph(t.dispute_what_counts())
            .paragraph(t.evidence_about())
            .rows(Proof::ALL.map(|what| {
                let action = Action::Dispute(DisputeAction::Kind(what));
                pen.button(proof(t, what), action, (order.0, 0))
            }))
            .row([it.leave()]),
        DisputeScreen::Wanted { what, problem } => Page::titled(proof(t, what))
            .line(pen.code(order))
            .paragraph(how(t, what))
            .problem(problem.map(|it| wrong(t, it)))
            .row([back(pen, order), it.leave()]),
        DisputeScreen::Kept { what } => {
            let text = match what {
                Proof::Screenshot => t.evidence_kept_weak(),
                Proof::Other => t.evidence_kept_other(),
                Proof::Bill | Proof::Recording | Proof::Number => t.evidence_kept(),
            };
            let more = Action::Dispute(DisputeAction::Add);
            let more = pen.button(t.button_evidence_more(), more, (order.0, 0));
            Page::plain(text).row([more])
        }
    }
}

fn back(pen: &Pen<'_>, order: OrderId) -> Button {
    pen.button(pen.t.button_back(), Action::Dispute(DisputeAction::Add), (order.0, 0))
}

/// How the best of each kind is made.
fn how(t: &Texts, what: Proof) -> String {
    match what {
        Proof::Bill => t.evidence_bill(),
        Proof::Recording => t.evidence_recording(),
        Proof::Number => t.evidence_number(),
        Proof::Screenshot => t.evidence_screenshot(),
        Proof::Other => t.evidence_other(),
    }
}
