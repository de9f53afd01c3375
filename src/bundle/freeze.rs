//! The sheet about a frozen account: what its owner has noted, what helps, a blank statement, and
//! the papers to add.

use super::facts::{Facts, FreezeNote};
use super::page::{Piece, Sheet};
use super::timeline::moment;
use crate::domain::freeze::FreezeKind;
use crate::language::Language;
use crate::locale::Texts;

pub(super) fn page(language: Language, facts: &Facts) -> String {
    let t = language.texts();
    let code = &facts.from_log.order.code;
    let sheet = Sheet::new(language, t.ev_freeze_title(code), t.ev_running(code));
    let sheet = if facts.demo { sheet.note(t.ev_demo()) } else { sheet };
    let kinds = match &facts.freeze {
        Some(it) if it.kind != FreezeKind::Unknown => vec![it.kind],
        // Which it is has to be found out: all are explained.
        Some(_) | None => FreezeKind::ALL.to_vec(),
    };
    sheet
        .paragraph(t.fz_about())
        .note(t.fz_no_agents())
        .heading(t.fz_sheet())
        .facts(noted(t, facts.freeze.as_ref()))
        .heading(t.fz_steps())
        .list(
            kinds
                .into_iter()
                .map(|it| step(t, it))
                .chain([t.frozen_step_evidence(), t.frozen_step_agents()]),
        )
        .heading(t.fz_papers())
        .list([
            t.fz_paper_id(),
            t.fz_paper_bill(),
            t.fz_paper_bank(),
            t.fz_paper_coins(),
            t.fz_paper_recording(),
            t.fz_paper_bundle(),
        ])
        .next_sheet()
        .heading(t.fz_statement())
        .paragraph(t.fz_statement_about())
        .lines(22)
        .facts([(t.fz_sign(), Piece::default())])
        .finish()
}

/// What is not known is left empty, to be written by hand.
fn noted(t: &Texts, note: Option<&FreezeNote>) -> Vec<(String, Piece)> {
    let text = |it: Option<&String>| it.map(Piece::new).unwrap_or_default();
    vec![
        (t.fz_kind(), note.map(|it| Piece::new(kind(t, it.kind))).unwrap_or_default()),
        (t.ev_freeze_body(), text(note.and_then(|it| it.body.as_ref()))),
        (t.ev_freeze_case(), text(note.and_then(|it| it.case.as_ref()))),
        (t.ev_freeze_period(), text(note.and_then(|it| it.period.as_ref()))),
        (t.ev_freeze_officer(), text(note.and_then(|it| it.officer.as_ref()))),
        (t.fz_noted(), note.map(|it| moment(&it.noted_at)).unwrap_or_default()),
        (t.fz_owner(), Piece::default()),
        (t.fz_account(), Piece::default()),
        (t.fz_sum(), Piece::default()),
        (t.fz_since(), Piece::default()),
    ]
}

pub(crate) fn kind(t: &Texts, kind: FreezeKind) -> String {
    match kind {
        FreezeKind::RiskHold => t.frozen_kind_hold(),
        FreezeKind::StopPayment => t.frozen_kind_stop(),
        FreezeKind::Judicial => t.frozen_kind_judicial(),
        FreezeKind::Unknown => t.frozen_kind_unknown(),
    }
}

/// What helps first.
pub(crate) fn step(t: &Texts, kind: FreezeKind) -> String {
    match kind {
        FreezeKind::RiskHold => t.frozen_step_hold(),
        FreezeKind::StopPayment => t.frozen_step_stop(),
        FreezeKind::Judicial => t.frozen_step_judicial(),
        FreezeKind::Unknown => t.frozen_step_unknown(),
    }
}
