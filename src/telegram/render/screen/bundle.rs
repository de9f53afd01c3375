//! Evidence to hand on, and what to do about a frozen account.

use super::Wizard;
use crate::bundle::freeze;
use crate::bundle::signer::Fingerprint;
use crate::domain::freeze::{Detail, DetailError, Freeze, FreezeKind};
use crate::domain::order::OrderId;
use crate::letter::{BundleScreen, FrozenScreen, OrderLine};
use crate::locale::Texts;
use crate::telegram::action::{Action, BundleAction, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Document, Page, code, with};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time;

/// `noted` is what the reader has noted of a freeze: opened for this page only.
pub(in crate::telegram::render) fn page(
    it: &Wizard<'_>,
    step: &BundleScreen,
    noted: Option<&Freeze>,
) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        BundleScreen::Making { order } => Page::plain(t.bundle_making(pen.code(*order))),
        BundleScreen::Choose { lines } => {
            let page = Page::titled(t.bundle_choose_title()).line(mark(pen));
            choose(pen, page, lines, BundleAction::Make, t.bundle_choose(), t.bundle_none())
        }
        BundleScreen::Frozen { asks } => frozen(it, asks, noted),
    }
}

/// The bundle itself. A side may go on to what helps against a freeze.
pub(in crate::telegram::render) fn bundle(
    pen: &Pen<'_>,
    order: OrderId,
    is_side: bool,
    (zip, left_out): (Vec<u8>, usize),
    signer: Fingerprint,
) -> Page {
    let t = pen.t;
    let left_out = if left_out > 0 { t.bundle_left_out(left_out) } else { String::new() };
    let page = Page::titled(t.bundle_title(pen.code(order)))
        .line(mark(pen))
        .paragraph(t.bundle_about())
        .paragraph(t.bundle_hand_on())
        .paragraph(with(|it| t.bundle_signer(it), code(signer.to_string())))
        .paragraph(left_out)
        .document(Document { name: format!("fangbi-evidence-{}.zip", order.code()), bytes: zip });
    match is_side {
        true => page.row([on(pen, t.button_frozen(), BundleAction::Frozen, order)]),
        false => page,
    }
}

fn frozen(it: &Wizard<'_>, asks: &FrozenScreen, noted: Option<&Freeze>) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    let titled = |order: &OrderId| Page::titled(t.frozen_title(pen.code(*order)));
    match asks {
        FrozenScreen::Choose { lines } => {
            let page = Page::titled(t.frozen_choose_title());
            choose(pen, page, lines, BundleAction::Frozen, t.frozen_choose(), t.frozen_none())
        }
        FrozenScreen::Kind { order } => {
            let kinds = FreezeKind::ALL.map(|kind| {
                it.about(kind_button(t, kind), Action::Bundle(BundleAction::Kind(kind)), order.0)
            });
            titled(order)
                .paragraph(t.frozen_about())
                .paragraph(Html::new().bold(t.frozen_ask_kind()))
                .rows(kinds)
                .row([it.leave()])
        }
        FrozenScreen::Ask { order, detail, problem } => titled(order)
            .paragraph(question(t, *detail))
            .problem(problem.map(|it| wrong(t, it)))
            .row([it.about(t.button_frozen_skip(), Action::Bundle(BundleAction::Skip), order.0)])
            .row(it.back_and_leave()),
        FrozenScreen::Review { order } => match noted {
            None => gone(pen),
            Some(noted) => titled(order)
                .block(answers(t, noted))
                .paragraph(t.frozen_review())
                .row([it.button(t.button_frozen_keep(), Action::Confirm).styled(Style::Primary)])
                .row(it.back_and_leave())
                .protected(true),
        },
        FrozenScreen::Kept { order, now } => match noted {
            None => gone(pen),
            Some(noted) => kept(pen, titled(order), *order, *now, noted),
        },
        FrozenScreen::Erased { order } => titled(order).paragraph(t.frozen_erased()).row([on(
            pen,
            t.button_frozen_anew(),
            BundleAction::Anew,
            *order,
        )]),
        FrozenScreen::With { lines } => {
            let about = t.frozen_with_about();
            let page = Page::titled(t.frozen_with_title()).line(mark(pen));
            choose(pen, page, lines, BundleAction::Make, about, t.bundle_none())
        }
    }
}

/// The note, and what to do now.
fn kept(pen: &Pen<'_>, page: Page, order: OrderId, now: bool, noted: &Freeze) -> Page {
    let t = pen.t;
    let steps = [freeze::step(t, noted.kind), t.frozen_step_evidence(), t.frozen_step_agents()];
    page.block(answers(t, noted))
        .paragraph(if now { t.frozen_kept() } else { t.frozen_before() })
        .paragraph(Html::new().bold(t.frozen_steps()))
        .block(steps.into_iter().map(|it| Html::from(format!("• {it}"))))
        .row([on(pen, t.button_bundle(), BundleAction::Make, order).styled(Style::Primary)])
        .row([on(pen, t.button_frozen_with(), BundleAction::With, order)])
        .row([
            on(pen, t.button_frozen_anew(), BundleAction::Anew, order),
            on(pen, t.button_frozen_erase(), BundleAction::Erase, order),
        ])
        .protected(true)
}

fn answers(t: &Texts, noted: &Freeze) -> Vec<Html> {
    let kind = t.frozen_line_kind(freeze::kind(t, noted.kind)).into();
    let lines = Detail::ALL.map(|detail| {
        let text: Html = match noted.detail(detail) {
            Some(text) => text.into(),
            None => t.frozen_unknown_yet().into(),
        };
        match detail {
            Detail::Body => with(|it| t.frozen_line_body(it), text),
            Detail::Case => with(|it| t.frozen_line_case(it), text),
            Detail::Period => with(|it| t.frozen_line_period(it), text),
            Detail::Officer => with(|it| t.frozen_line_officer(it), text),
        }
    });
    std::iter::once(kind).chain(lines).collect()
}

fn kind_button(t: &Texts, kind: FreezeKind) -> String {
    match kind {
        FreezeKind::RiskHold => t.button_frozen_hold(),
        FreezeKind::StopPayment => t.button_frozen_stop(),
        FreezeKind::Judicial => t.button_frozen_judicial(),
        FreezeKind::Unknown => t.button_frozen_unknown(),
    }
}

fn question(t: &Texts, detail: Detail) -> String {
    match detail {
        Detail::Body => t.frozen_ask_body(),
        Detail::Case => t.frozen_ask_case(),
        Detail::Period => t.frozen_ask_period(),
        Detail::Officer => t.frozen_ask_officer(),
    }
}

fn wrong(t: &Texts, error: DetailError) -> String {
    match error {
        DetailError::Empty => t.frozen_wrong_empty(),
        DetailError::TooLong { most } => t.frozen_wrong_long(most),
        DetailError::Hidden => t.frozen_wrong_hidden(),
    }
}

fn gone(pen: &Pen<'_>) -> Page {
    Page::plain(pen.t.frozen_gone()).row([pen.go(Place::Orders)])
}

fn choose(
    pen: &Pen<'_>,
    page: Page,
    lines: &[OrderLine],
    action: BundleAction,
    about: String,
    none: String,
) -> Page {
    if lines.is_empty() {
        return page.paragraph(none);
    }
    let buttons = lines.iter().map(|it| {
        let (fen, day) = (it.fen.to_string(), time::day(it.opened_at));
        on(pen, pen.t.button_order_line(it.order.code(), fen, day), action, it.order)
    });
    page.paragraph(about).rows(buttons)
}

fn on(pen: &Pen<'_>, label: String, action: BundleAction, order: OrderId) -> Button {
    pen.button(label, Action::Bundle(action), (order.0, 0))
}
