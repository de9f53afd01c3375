//! The lists of one's orders.

use super::titled;
use crate::domain::order::Side;
use crate::letter::OrderLine;
use crate::telegram::action::{Action, Place};
use crate::telegram::keyboard::Button;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Pen;

pub(super) fn page(pen: &Pen<'_>, past: bool, page: u32, lines: &[OrderLine], more: bool) -> Page {
    let t = pen.t;
    let text = titled(pen, if past { t.orders_past_title() } else { t.orders_open_title() });
    let text = match (lines.is_empty(), past) {
        (false, _) => text.paragraph(t.orders_about()).line(t.orders_selling()),
        (true, true) => text.paragraph(t.orders_past_none()),
        (true, false) => text.paragraph(t.orders_open_none()),
    };
    let at = |page: u32| Action::Orders { past, page: u16::try_from(page).unwrap_or(u16::MAX) };
    let newer = page.checked_sub(1).map(|page| pen.always(t.button_newer(), at(page)));
    let older = more.then(|| pen.always(t.button_older(), at(page + 1)));
    let others = match past {
        true => pen.always(t.button_open_orders(), Action::Orders { past: false, page: 0 }),
        false => pen.always(t.button_past_orders(), Action::Orders { past: true, page: 0 }),
    };
    text.rows(lines.iter().map(|it| button(pen, it)))
        .row(newer.into_iter().chain(older))
        .row([others, pen.go(Place::Sell)])
}

fn button(pen: &Pen<'_>, line: &OrderLine) -> Button {
    let t = pen.t;
    let status = t.status(line.status);
    let (code, fen) = (line.order.code(), line.fen.to_string());
    let label = match line.side {
        Side::Seller => t.order_line_selling(code, fen, status),
        Side::Buyer => t.order_line_buying(code, fen, status),
    };
    pen.button(label, Action::OpenOrder, (line.order.0, 0))
}
