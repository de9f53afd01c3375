//! Somebody's own Alipay accounts: where the yuan go, where they come from, and how they are
//! forgotten.

use super::Wizard;
use crate::domain::money::Fen;
use crate::domain::payee::{Cap, PersonalCode};
use crate::letter::{AccountLine, AccountWish, AccountsScreen, ForgetScreen, PayerScreen};
use crate::locale::Texts;
use crate::telegram::action::{AccountAction, Action, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Page, bold, code, with, with_masked, with_two};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::moment;
use crate::telegram::render::{problem, qr};

pub(super) fn page(it: &Wizard<'_>, step: &AccountsScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        AccountsScreen::List { lines } => list(pen, lines),
        AccountsScreen::Card { line } => card(pen, line, Page::default()),
        AccountsScreen::Added { line } => card(pen, line, Page::titled(t.account_added())),
        AccountsScreen::Account { wrong } => Page::titled(t.account_add_title())
            .problem(wrong.then(|| t.problem_account()))
            .paragraph(t.account_add_about())
            .line(t.sell_account_example())
            .row(it.back_and_leave()),
        AccountsScreen::Name { account, wrong } => Page::titled(t.sell_name_title())
            .problem(wrong.then(|| t.problem_name()))
            .paragraph(with(|it| t.sell_name_account(it), code(account)))
            .paragraph(t.sell_name_about())
            .line(t.sell_name_example())
            .row(it.back_and_leave()),
        AccountsScreen::Review { account, name, usable_at } => {
            Page::titled(t.account_review_title())
                .line(mark(pen))
                .paragraph(masked(t, account, name))
                .paragraph(match usable_at {
                    Some(at) => with(|it| t.account_review_waits(it), moment(*at)),
                    None => t.account_review_at_once().into(),
                })
                .row([it.button(t.button_save_account(), Action::Confirm).styled(Style::Success)])
                .row(it.back_and_leave())
        }
        AccountsScreen::Cap { line, cap, problem } => {
            let title = match cap {
                Cap::Day => t.account_day_cap_title(),
                Cap::Month => t.account_month_cap_title(),
            };
            Page::titled(title)
                .problem(problem.map(|it| problem::typed(t, it)))
                .paragraph(masked(t, &line.account, &line.name))
                .block(counted(t, line))
                .paragraph(t.account_cap_about())
                .row([it.button(t.button_no_cap(), Action::Without)])
                .row(it.back_and_leave())
        }
        AccountsScreen::Code { line, problem, usable_at } => {
            let without = line.has_code.then(|| it.button(t.button_no_code(), Action::Without));
            Page::titled(t.account_code_title())
                .problem(problem.map(|it| problem::code(t, it)))
                .paragraph(masked(t, &line.account, &line.name))
                .paragraph(t.account_code_about())
                .paragraph(t.account_code_warning())
                .paragraph(with(|it| t.account_code_waits(it), moment(*usable_at)))
                .row(without)
                .row(it.back_and_leave())
        }
        AccountsScreen::Picture { line } => picture(pen, line, None),
        AccountsScreen::Remove { line } => Page::titled(t.account_remove_title())
            .paragraph(masked(t, &line.account, &line.name))
            .paragraph(t.account_remove_about())
            .row([it.button(t.button_remove_account_sure(), Action::Confirm).styled(Style::Danger)])
            .row(it.back_and_leave()),
        AccountsScreen::Removed => Page::titled(t.account_removed()).row([to_list(pen)]),
        AccountsScreen::Prove { wish, account, name, problem } => Page::titled(match wish {
            AccountWish::Add => t.account_prove_add(),
            AccountWish::Resume => t.account_prove_resume(),
            AccountWish::RaiseCap => t.account_prove_cap(),
            AccountWish::Code => t.account_prove_code(),
            AccountWish::Remove => t.account_prove_remove(),
        })
        .problem(problem.map(|it| problem::factor(t, it)))
        .line(mark(pen))
        .paragraph(masked(t, account, name))
        .paragraph(t.security_type_code())
        .row(it.back_and_leave()),
        AccountsScreen::Refused { refusal } => {
            Page::plain(problem::payee(t, *refusal)).row([to_list(pen)])
        }
    }
}

fn list(pen: &Pen<'_>, lines: &[AccountLine]) -> Page {
    let t = pen.t;
    let about = if lines.is_empty() { t.accounts_none() } else { t.accounts_about() };
    let open = |it: &AccountLine| about_account(pen, label(t, it), AccountAction::Open, it);
    Page::titled(t.accounts_title())
        .line(mark(pen))
        .paragraph(about)
        .rows(lines.iter().map(open))
        .row([pen.always(t.button_add_account(), Action::Account(AccountAction::Add))])
}

/// An account in one line, with what keeps it from being used.
pub(super) fn label(t: &Texts, line: &AccountLine) -> String {
    let AccountLine { account, name, .. } = line;
    match (line.paused, line.waits_until, line.is_default) {
        (true, _, _) => t.account_line_paused(account, name),
        (false, Some(_), _) => t.account_line_waits(account, name),
        (false, None, true) => t.account_line_default(account, name),
        (false, None, false) => t.account_line(account, name),
    }
}

fn card(pen: &Pen<'_>, line: &AccountLine, page: Page) -> Page {
    let t = pen.t;
    let title = with_two(
        |account, name| t.account_card_title(account, name),
        code(&line.account),
        code(&line.name),
    );
    let title = Html::new().bold(title);
    let stands = match (line.paused, line.waits_until) {
        (true, _) => t.account_is_paused().into(),
        (false, Some(at)) => with(|it| t.account_is_waiting(it), moment(at)),
        (false, None) => t.account_is_usable().into(),
    };
    let first = line.is_default.then(|| t.account_is_default().into());
    let about_code = if line.has_code { t.account_has_code() } else { t.account_has_no_code() };
    let page = page
        .paragraph(title)
        .line(mark(pen))
        .block(first.into_iter().chain([stands, about_code.into()]))
        .block(counted(t, line))
        .paragraph(t.account_about());
    let button = |label: String, action| about_account(pen, label, action, line);
    let switch = match line.paused {
        true => button(t.button_resume_account(), AccountAction::Resume).styled(Style::Success),
        false => button(t.button_pause_account(), AccountAction::Pause),
    };
    let default =
        (!line.is_default).then(|| button(t.button_make_default(), AccountAction::Default));
    page.row([switch].into_iter().chain(default))
        .row([
            button(t.button_day_cap(), AccountAction::DayCap),
            button(t.button_month_cap(), AccountAction::MonthCap),
        ])
        .row(line.has_code.then(|| button(t.button_show_code(), AccountAction::Picture)))
        .row([
            button(t.button_code(), AccountAction::Code),
            button(t.button_remove_account(), AccountAction::Remove).styled(Style::Danger),
        ])
        .row([to_list(pen)])
}

/// The code for its owner to look at: does it lead where it should? Without it, it is gone.
pub(in crate::telegram::render) fn picture(
    pen: &Pen<'_>,
    line: &AccountLine,
    saved: Option<&PersonalCode>,
) -> Page {
    let t = pen.t;
    let list = pen.always(t.button_accounts(), Action::Account(AccountAction::PutAway));
    let Some(saved) = saved else {
        return Page::plain(t.account_has_no_code()).row([list]);
    };
    Page::titled(t.account_picture_title())
        .paragraph(masked(t, &line.account, &line.name))
        .paragraph(t.account_picture_about())
        .paragraph(t.account_code_warning())
        .picture(qr::picture(saved.reveal()))
        .passing()
        .row([list])
}

/// An account as a payer would see it.
pub(in crate::telegram::render) fn masked(t: &Texts, account: &str, name: &str) -> Html {
    with_masked(|account, name| t.notice_account(account, name), account, name)
}

/// What the account has taken, and what its owner wants on it at most.
fn counted(t: &Texts, line: &AccountLine) -> [Html; 2] {
    let counted = |taken: Fen,
                   cap: Option<Fen>,
                   free: &dyn Fn(&str) -> String,
                   capped: &dyn Fn(&str, &str) -> String| {
        match cap {
            Some(cap) => with_two(capped, bold(taken), cap.to_string()),
            None => with(free, bold(taken)),
        }
    };
    [
        counted(line.taken.day, line.caps.day, &|taken| t.account_day(taken), &|taken, cap| {
            t.account_day_cap(taken, cap)
        }),
        counted(
            line.taken.month,
            line.caps.month,
            &|taken| t.account_month(taken),
            &|taken, cap| t.account_month_cap(taken, cap),
        ),
    ]
}

fn about_account(
    pen: &Pen<'_>,
    label: String,
    action: AccountAction,
    line: &AccountLine,
) -> Button {
    pen.button(label, Action::Account(action), (line.id.0, line.version))
}

fn to_list(pen: &Pen<'_>) -> Button {
    pen.always(pen.t.button_accounts(), Action::Account(AccountAction::List))
}

pub(super) fn to_payer(pen: &Pen<'_>) -> Button {
    pen.always(pen.t.button_payer(), Action::Account(AccountAction::Payer))
}

/// The pages of `/payer`.
pub(super) fn payer(it: &Wizard<'_>, step: &PayerScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        PayerScreen::Name { now, wrong } => {
            let now = now.as_ref().map(|(name, account)| {
                with_two(|name, account| t.payer_now(name, account), code(name), code(account))
            });
            Page::titled(t.payer_name_title())
                .problem(wrong.then(|| t.problem_name()))
                .paragraph(now.unwrap_or_default())
                .paragraph(t.payer_name_about())
                .line(t.payer_name_example())
                .row([it.leave()])
        }
        PayerScreen::Account { name, wrong } => Page::titled(t.payer_account_title())
            .problem(wrong.then(|| t.problem_account()))
            .paragraph(with(|it| t.payer_account_name(it), code(name)))
            .paragraph(t.payer_account_about())
            .line(t.payer_account_example())
            .row(it.back_and_leave()),
        PayerScreen::Declared { name, account } => Page::titled(t.payer_declared_title())
            .paragraph(with_two(
                |name, account| t.payer_declared(name, account),
                code(name),
                code(account),
            ))
            .row([pen.go(Place::PostAd), pen.go(Place::Ads)]),
    }
}

/// The pages of `/forget`.
pub(super) fn forget(it: &Wizard<'_>, step: &ForgetScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        ForgetScreen::Ask => Page::titled(t.forget_title())
            .paragraph(t.forget_what())
            .paragraph(t.forget_stays())
            .paragraph(t.forget_factor())
            .paragraph(t.forget_after())
            .row([it.button(t.button_forget_sure(), Action::Confirm).styled(Style::Danger)])
            .row([it.leave()]),
        ForgetScreen::Open { orders } => {
            let open = |id: &crate::domain::order::OrderId| {
                pen.button(id.code(), Action::OpenOrder, (id.0, 0))
            };
            let page = Page::titled(t.forget_open_title()).paragraph(t.forget_open());
            let rows = orders.chunks(3);
            rows.fold(page, |page, row| page.row(row.iter().map(open))).row([pen.go(Place::Orders)])
        }
        ForgetScreen::Done => Page::titled(t.forget_done_title())
            .paragraph(t.forget_done())
            .row([pen.go(Place::Balance)]),
    }
}
