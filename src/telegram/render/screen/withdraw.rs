//! Taking coins out of the desk.

use super::Wizard;
use crate::letter::WithdrawScreen;
use crate::telegram::action::{Action, Place};
use crate::telegram::keyboard::Style;
use crate::telegram::render::amounts::example;
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Page, bold, code, with};
use crate::telegram::render::problem;

pub(super) fn page(it: &Wizard<'_>, step: &WithdrawScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        WithdrawScreen::Coin { available } => Page::titled(t.withdraw_coin_title())
            .line(mark(pen))
            .rows(it.coins(available))
            .row([it.leave()]),
        WithdrawScreen::NoCoins => Page::titled(t.withdraw_none_title())
            .paragraph(t.withdraw_none_about())
            .row([pen.go(Place::Balance), pen.go(Place::Orders)]),
        WithdrawScreen::Amount { available, problem } => {
            let coin = available.coin;
            Page::titled(t.withdraw_amount_title(coin.code()))
                .problem(problem.map(|it| problem::withdrawal(t, it)))
                .paragraph(with(|it| t.withdraw_amount_available(it), bold(available)))
                .paragraph(t.withdraw_amount_example(example(coin)))
                .row([it.button(t.button_all(), Action::All)])
                .row(it.back_and_leave())
        }
        WithdrawScreen::Address { coins, wrong } => Page::titled(t.withdraw_address_title())
            .problem(wrong.then(|| t.problem_address()))
            .paragraph(with(|it| t.withdraw_address_about(it), bold(coins)))
            .row(it.back_and_leave()),
        WithdrawScreen::Review { coins, address } => Page::titled(t.withdraw_review_title())
            .line(mark(pen))
            .block([
                with(|it| t.withdraw_review_coins(it), bold(coins)),
                with(|it| t.withdraw_review_address(it), code(address)),
            ])
            .paragraph(t.withdraw_review_about())
            .row([it
                .button(t.button_ask_withdrawal(coins.to_string()), Action::Confirm)
                .styled(Style::Danger)])
            .row(it.back_and_leave()),
        WithdrawScreen::Proof { coins, totp, problem } => {
            let page = Page::titled(t.withdraw_proof_title())
                .problem(problem.map(|it| problem::factor(t, it)));
            let page = if *totp {
                page.paragraph(with(|it| t.withdraw_proof_code(it), bold(coins)))
            } else {
                page.paragraph(with(|it| t.withdraw_proof_digits(it), bold(coins)))
                    .paragraph(t.withdraw_proof_hint())
            };
            page.row(it.back_and_leave())
        }
        WithdrawScreen::Asked { line } => Page::titled(t.withdraw_asked_title())
            .paragraph(t.withdraw_asked_about(line.id, line.coins.to_string()))
            .row([pen.go(Place::Balance)]),
        WithdrawScreen::Refused { available } => Page::titled(t.withdraw_refused_title())
            .paragraph(t.withdraw_refused_about(available.to_string()))
            .row([pen.go(Place::Withdraw), pen.go(Place::Balance)]),
    }
}
