//! The queue of those who settle disputes.

use chrono::{DateTime, Utc};

use super::age;
use crate::domain::UserId;
use crate::letter::{CaseLine, CaseState};
use crate::telegram::action::{Action, DisputeAction};
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;
use crate::telegram::render::page::{Page, with};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::from_now;

pub(super) fn page(
    pen: &Pen<'_>,
    lines: &[CaseLine],
    (page, more): (u32, bool),
    now: DateTime<Utc>,
) -> Page {
    let t = pen.t;
    let title = Page::titled(t.cases_title());
    if lines.is_empty() {
        return title.paragraph(t.cases_none());
    }
    let listed = (1..).zip(lines).fold(title.paragraph(t.cases_about()), |page, (place, it)| {
        page.block([
            Html::new().bold(head(pen, place, it, now)),
            state(pen, it).into(),
            with(|time| t.cases_due(time), from_now(it.due)),
        ])
    });
    let opens = (1..).zip(lines).filter(|(_, it)| it.state != CaseState::Party).map(
        |(place, it): (u32, &CaseLine)| {
            let action = Action::Dispute(DisputeAction::Case { page: 0 });
            pen.button(format!("{place}. {}", it.order.code()), action, (it.order.0, 0))
        },
    );
    let opens: Vec<Button> = opens.collect();
    let to = |page: u32| {
        let page = u16::try_from(page).unwrap_or(u16::MAX);
        Action::Dispute(DisputeAction::Cases { page })
    };
    let earlier = (page > 0).then(|| pen.always(t.button_earlier(), to(page.saturating_sub(1))));
    let later = more.then(|| pen.always(t.button_later(), to(page + 1)));
    opens
        .chunks(3)
        .fold(listed, |page, row| page.row(row.iter().cloned()))
        .row(earlier.into_iter().chain(later))
}

fn head(pen: &Pen<'_>, place: u32, it: &CaseLine, now: DateTime<Utc>) -> String {
    let t = pen.t;
    let (code, fen, age) = (pen.code(it.order), it.fen.to_string(), age(t, now - it.since));
    match it.claim {
        true => t.cases_line_claim(place, code, fen, age),
        false => t.cases_line(place, code, fen, age),
    }
}

fn state(pen: &Pen<'_>, it: &CaseLine) -> String {
    let t = pen.t;
    match it.state {
        CaseState::Free => t.cases_free(),
        CaseState::Taken(by) if by == UserId(pen.reader) => t.cases_own(),
        CaseState::Taken(by) => t.cases_taken(by.to_string()),
        CaseState::Second => t.cases_second(),
        CaseState::Party => t.cases_party(),
    }
}
