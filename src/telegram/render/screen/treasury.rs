//! What treasurers see: deposits and withdrawals.

use super::Wizard;
use crate::domain::UserId;
use crate::domain::money::Coins;
use crate::letter::{DepositProblem, SettleProblem, WithdrawalLine};
use crate::telegram::action::Action;
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::page::{Page, bold, code, with};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::problem;

/// How a deposit is written.
const USAGE: &str = "/deposit 1001 500 USDT 9f86d081884c7d65";

pub(super) fn list(pen: &Pen<'_>, lines: &[WithdrawalLine]) -> Page {
    let t = pen.t;
    let page = Page::titled(t.withdrawals_title());
    let page = match lines.is_empty() {
        true => page.paragraph(t.withdrawals_none()),
        false => page.paragraph(t.withdrawals_about()),
    };
    page.rows(lines.iter().map(|it| {
        let label = t.withdrawals_line(it.id, it.coins.to_string(), it.user.to_string());
        pen.button(label, Action::Settle, (it.id, 0))
    }))
}

pub(super) fn settle(
    it: &Wizard<'_>,
    line: &WithdrawalLine,
    problem: Option<SettleProblem>,
    address: Option<&str>,
) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    // Settled meanwhile: where it went is nobody's business any more.
    let gone = problem == Some(SettleProblem::Gone);
    let address = address.filter(|_| !gone);
    let page = Page::titled(t.settle_title(line.id))
        .problem(problem.map(|it| problem::settling(t, it)))
        .block([
            with(|it| t.settle_user(it), code(line.user.to_string())),
            with(|it| t.settle_coins(it), bold(line.coins)),
            match address {
                Some(address) => with(|it| t.settle_address(it), code(address)),
                None => Html::new(),
            },
        ]);
    if gone {
        return page;
    }
    let amount = line.coins.plain();
    let copies = [
        address.and_then(|it| Button::copy(t.button_copy_address(), it)),
        Button::copy(t.button_copy_amount(&amount), &amount),
    ];
    let refuse = pen.button(t.button_refuse(), Action::Refuse, (line.id, 0));
    page.paragraph(t.settle_about())
        .line(t.settle_example())
        .row(copies.into_iter().flatten())
        .row([refuse.styled(Style::Danger), it.leave()])
        .protected(address.is_some())
}

/// Paid, if there is a transaction; refused, if there is none.
pub(super) fn settled(pen: &Pen<'_>, line: &WithdrawalLine) -> Page {
    let t = pen.t;
    let coins = line.coins.to_string();
    match &line.reference {
        Some(reference) => Page::titled(t.settled_paid_title())
            .paragraph(with(|it| t.settled_paid(line.id, coins, it), code(reference))),
        None => {
            Page::titled(t.settled_refused_title()).paragraph(t.settled_refused(line.id, coins))
        }
    }
}

pub(super) fn deposited(pen: &Pen<'_>, user: UserId, coins: Coins, reference: &str) -> Page {
    let t = pen.t;
    let words = |it: &str| t.deposited(coins.to_string(), user.to_string(), it);
    Page::titled(t.deposited_title()).paragraph(with(words, code(reference)))
}

pub(super) fn not_deposited(pen: &Pen<'_>, problem: &DepositProblem) -> Page {
    let t = pen.t;
    let usage = || with(|it| t.deposit_usage(it), code(USAGE));
    let page = Page::titled(t.deposit_problem_title());
    match problem {
        DepositProblem::Usage => page.paragraph(usage()).line(t.deposit_usage_parts()),
        DepositProblem::Amount { coin: _, error } => {
            page.paragraph(problem::typed(t, *error)).paragraph(usage())
        }
        DepositProblem::NotATransaction => page.paragraph(t.deposit_not_a_transaction()),
        DepositProblem::NoSuchUser { user } => {
            page.paragraph(t.deposit_no_such_user(user.to_string()))
        }
        DepositProblem::Known { reference } => {
            page.paragraph(with(|it| t.deposit_known(it), code(reference)))
        }
    }
}
