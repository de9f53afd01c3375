//! The second question before something that cannot be taken back.

use super::titled;
use crate::letter::{AdLine, SureScreen, WithdrawalLine};
use crate::telegram::action::{Action, Sure};
use crate::telegram::keyboard::Style;
use crate::telegram::render::page::{Page, bold, code, with};
use crate::telegram::render::pen::Pen;

pub(super) fn page(pen: &Pen<'_>, step: &SureScreen) -> Page {
    match step {
        SureScreen::CloseAd { ad } => close(pen, ad),
        SureScreen::RefuseWithdrawal { line } => refuse(pen, line),
    }
}

fn close(pen: &Pen<'_>, ad: &AdLine) -> Page {
    let t = pen.t;
    let about = (ad.ad.0, ad.version);
    let yes = pen.button(t.button_sure_close(), Action::Sure(Sure::CloseAd), about);
    titled(pen, t.sure_close_title())
        .block(super::ad::state(t, ad))
        .paragraph(t.sure_close_about())
        .row([yes.styled(Style::Danger)])
        .row([pen.button(t.button_back(), Action::OpenAd, about)])
}

fn refuse(pen: &Pen<'_>, line: &WithdrawalLine) -> Page {
    let t = pen.t;
    let about = (line.id, 0);
    let yes = pen.button(t.button_sure_refuse(), Action::Sure(Sure::RefuseWithdrawal), about);
    titled(pen, t.sure_refuse_title(line.id))
        .block([
            with(|it| t.settle_user(it), code(line.user.to_string())),
            with(|it| t.settle_coins(it), bold(line.coins)),
        ])
        .paragraph(t.sure_refuse_about())
        .row([yes.styled(Style::Danger)])
        .row([pen.button(t.button_back(), Action::Settle, about)])
}
