//! Who settles disputes, and how an operator changes that.

use super::Wizard;
use crate::domain::UserId;
use crate::letter::{AddProblem, ArbiterLine, ArbitersScreen};
use crate::telegram::action::{Action, ArbiterAction, DisputeAction};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::page::{Page, code, with, with_two};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::moment;

pub(super) fn page(it: &Wizard<'_>, step: &ArbitersScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        ArbitersScreen::List { lines } => list(pen, lines),
        ArbitersScreen::Add { problem } => Page::titled(t.arbiters_add_title())
            .paragraph(t.arbiters_add_about())
            .problem(problem.map(|it| match it {
                AddProblem::NotAnId => t.arbiters_add_not_an_id(),
                AddProblem::Unknown => t.arbiters_add_unknown(),
                AddProblem::Known => t.arbiters_add_known(),
            }))
            .row([it.leave()]),
        ArbitersScreen::Added { user } => {
            Page::plain(with(|it| t.arbiters_added(it), id(*user))).row([all(pen)])
        }
        ArbitersScreen::Remove { line } => remove(pen, line),
        ArbitersScreen::Removed { user } => {
            Page::plain(with(|it| t.arbiters_removed(it), id(*user))).row([all(pen)])
        }
        ArbitersScreen::Gone => Page::plain(t.arbiters_gone()).row([all(pen)]),
        ArbitersScreen::NotOperator => Page::plain(t.arbiters_not_operator()),
    }
}

fn id(user: UserId) -> Html {
    code(user.to_string())
}

fn does(pen: &Pen<'_>, label: String, action: ArbiterAction, user: UserId) -> Button {
    pen.button(label, Action::Dispute(DisputeAction::Arbiter(action)), (user.0, 0))
}

fn all(pen: &Pen<'_>) -> Button {
    let action = Action::Dispute(DisputeAction::Arbiter(ArbiterAction::List));
    pen.always(pen.t.button_back(), action)
}

fn list(pen: &Pen<'_>, lines: &[ArbiterLine]) -> Page {
    let t = pen.t;
    let page = Page::titled(t.arbiters_title()).paragraph(t.arbiters_about());
    let page = match lines.is_empty() {
        true => page.paragraph(t.arbiters_none()),
        false => page,
    };
    let page = lines.iter().fold(page, |page, it| {
        let since = moment(it.since);
        let who = match it.by {
            None => with_two(|id, time| t.arbiters_line_config(id, time), id(it.user), since),
            Some(by) => {
                let by = by.to_string();
                with_two(|id, time| t.arbiters_line_chat(id, &by, time), id(it.user), since)
            }
        };
        let started = if it.started { Html::new() } else { t.arbiters_not_started().into() };
        page.block([who, started])
    });
    let remove = |it: &ArbiterLine| {
        does(pen, t.button_arbiters_remove(it.user.to_string()), ArbiterAction::Remove, it.user)
    };
    let add = pen.always(
        t.button_arbiters_add(),
        Action::Dispute(DisputeAction::Arbiter(ArbiterAction::Add)),
    );
    page.rows(lines.iter().map(remove)).row([add.styled(Style::Primary)])
}

fn remove(pen: &Pen<'_>, line: &ArbiterLine) -> Page {
    let t = pen.t;
    let yes = does(pen, t.button_sure_remove(), ArbiterAction::RemoveSurely, line.user);
    let page =
        Page::titled(t.sure_remove_title(line.user.to_string())).paragraph(t.sure_remove_about());
    let page = match line.by {
        None => page.paragraph(t.sure_remove_config()),
        Some(_) => page,
    };
    page.row([yes.styled(Style::Danger)]).row([all(pen)])
}
