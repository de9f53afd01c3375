//! What somebody has at this desk.

use crate::letter::{BalanceLine, WithdrawalLine};
use crate::telegram::action::Place;
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Page, bold, code, with, with_two};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::moment;

pub(super) fn balance(pen: &Pen<'_>, lines: &[BalanceLine], waiting: &[WithdrawalLine]) -> Page {
    let t = pen.t;
    let held: Vec<_> =
        lines.iter().filter(|it| it.available.units != 0 || it.locked.units != 0).collect();
    let page = Page::titled(t.balance_title()).line(mark(pen));
    let page = match held.is_empty() {
        true => page.paragraph(t.balance_none()),
        false => page.block(held.into_iter().map(|it| line(pen, it))),
    };
    let page = match waiting.is_empty() {
        true => page,
        false => {
            let title = Html::new().bold(t.balance_waiting_title());
            let lines = waiting.iter().map(|it| {
                let words = |time: &str| t.withdrawal_line(it.id, it.coins.to_string(), time);
                with(words, moment(it.asked_at))
            });
            page.block([title].into_iter().chain(lines))
        }
    };
    let page = how_to_deposit(page, pen);
    page.row([pen.go(Place::Sell), pen.go(Place::Withdraw)])
}

fn line(pen: &Pen<'_>, line: &BalanceLine) -> Html {
    let t = pen.t;
    let available = bold(line.available);
    match line.locked.units {
        0 => with(|it| t.balance_line(it), available),
        _ => with_two(
            |available, locked| t.balance_line_locked(available, locked),
            available,
            line.locked.to_string(),
        ),
    }
}

/// Nobody can guess how coins come in: it is said wherever they are missing.
pub(super) fn how_to_deposit(page: Page, pen: &Pen<'_>) -> Page {
    let t = pen.t;
    let id = pen.reader.to_string();
    let page = page.paragraph(t.deposit_how()).line(with(|it| t.help_id(it), code(&id)));
    page.row(Button::copy(t.button_copy_id(&id), &id))
}
