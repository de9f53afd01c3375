//! What is said beside the card on the way through the gate, and about Alipay's numbers.

use super::Wizard;
use crate::domain::bill_number::BillNumberError;
use crate::domain::order::OrderId;
use crate::letter::{GateScreen, NumberScreen};
use crate::locale::Texts;
use crate::telegram::action::Action;
use crate::telegram::html::Html;
use crate::telegram::keyboard::Style;
use crate::telegram::render::card::gate::EXAMPLE;
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Page, code, with};
use crate::telegram::render::problem;

pub(super) fn page(it: &Wizard<'_>, order: OrderId, step: GateScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    let page = Page::titled(pen.code(order)).line(mark(pen)).paragraph(said(t, step));
    match step {
        GateScreen::Less { missing } => {
            let label = t.button_ask_rest(missing.to_string());
            let ask = it.button(label, Action::Confirm).styled(Style::Primary);
            page.row([ask]).row([it.leave()])
        }
        GateScreen::AskedForRest { .. } => {
            page.row([pen.button(t.button_open_order(), Action::OpenOrder, (order.0, 0))])
        }
        GateScreen::NotAnAmount { .. }
        | GateScreen::TooMuch { .. }
        | GateScreen::TooLittle { .. }
        | GateScreen::NoMasks
        | GateScreen::Inconclusive
        | GateScreen::Mismatch { .. }
        | GateScreen::Memo { .. }
        | GateScreen::Factor { .. }
        | GateScreen::NeedsCode => page,
    }
}

fn said(t: &Texts, step: GateScreen) -> Html {
    let text = match step {
        GateScreen::NoMasks => return with(|it| t.gate_no_masks(it), code(EXAMPLE)),
        GateScreen::NotAnAmount { error } => problem::typed(t, error),
        GateScreen::TooMuch { extra } => t.gate_too_much(extra.to_string()),
        GateScreen::TooLittle { missing } => t.gate_too_little(missing.to_string()),
        GateScreen::Less { missing } => t.gate_less(missing.to_string()),
        GateScreen::AskedForRest { missing } => t.gate_asked_rest(missing.to_string()),
        GateScreen::Inconclusive => t.gate_inconclusive(),
        GateScreen::Mismatch { visible, equal } => t.gate_mismatch(visible, equal),
        GateScreen::Memo { coins: true } => t.gate_memo_coins(),
        GateScreen::Memo { coins: false } => t.gate_memo_other(),
        GateScreen::Factor { refusal } => problem::factor(t, refusal),
        GateScreen::NeedsCode => t.refusal_needs_code(),
    };
    text.into()
}

pub(super) fn number(it: &Wizard<'_>, order: OrderId, step: &NumberScreen) -> Page {
    let t = it.pen.t;
    let asks = |refund| {
        let page = Page::titled(t.number_ask_title()).line(it.pen.code(order));
        page.paragraph(if refund { t.number_ask_refund() } else { t.number_ask() })
    };
    match step {
        NumberScreen::Ask { refund } => asks(*refund).row([it.leave()]),
        NumberScreen::Wrong { refund, error } => {
            asks(*refund).problem(Some(wrong(t, *error))).row([it.leave()])
        }
        NumberScreen::Reused => Page::plain(t.number_reused()).row([it.leave()]),
        NumberScreen::Kept { tail } => Page::plain(t.number_kept(tail)),
    }
}

pub(super) fn wrong(t: &Texts, error: BillNumberError) -> String {
    match error {
        BillNumberError::NotDigits => t.number_not_digits(),
        BillNumberError::Length { .. } => t.number_length(),
        BillNumberError::NotADate | BillNumberError::OtherDay { .. } => t.number_date(),
    }
}
