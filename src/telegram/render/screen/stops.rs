//! What operators have stopped: their own pages, and what those concerned read.

use crate::domain::stop::Target;
use crate::letter::{StopCommand, StopLine, StopNotice, StopsScreen};
use crate::locale::Texts;
use crate::telegram::action::{Action, BarAction, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::card::mark;
use crate::telegram::render::page::{Page, code, with};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::moment;

pub(super) fn page(pen: &Pen<'_>, step: &StopsScreen) -> Page {
    let t = pen.t;
    match step {
        StopsScreen::Usage { command } => {
            Page::titled(title(t, *command)).paragraph(usage(t, *command)).row([to_list(pen)])
        }
        StopsScreen::NoReason { command } => Page::titled(title(t, *command))
            .problem(Some(t.stop_reason_length()))
            .paragraph(with(|it| t.stop_example(it), code(example(*command)))),
        StopsScreen::Unknown { target } => Page::plain(match target {
            Target::User(user) => t.stop_no_such_user(user.to_string()),
            Target::Ad(ad) => t.stop_no_such_ad(ad.0),
            Target::Desk => t.stop_not_stopped(name(t, *target)),
        }),
        StopsScreen::Already { line } => card(pen, line).problem(Some(t.stop_already())),
        StopsScreen::NotStopped { target } => {
            Page::plain(t.stop_not_stopped(name(t, *target))).row([to_list(pen)])
        }
        StopsScreen::Stopped { line } => card(pen, line).paragraph(effect(t, line.target)),
        StopsScreen::Lifted { target } => {
            Page::plain(t.stop_lifted(name(t, *target))).row([to_list(pen)])
        }
        StopsScreen::Card { line } => card(pen, line),
        StopsScreen::List { page, lines, more } => list(pen, *page, lines, *more),
        StopsScreen::Refused { everybody, stop: _ } => {
            let about = if *everybody { t.stop_everybody() } else { t.stop_own_user() };
            Page::titled(t.stop_refused_title())
                .line(mark(pen))
                .paragraph(about)
                .paragraph(words(pen))
                .paragraph(t.stop_goes_on())
                .row([pen.go(Place::Orders), pen.go(Place::Balance)])
        }
    }
}

fn list(pen: &Pen<'_>, page: u32, lines: &[StopLine], more: bool) -> Page {
    let t = pen.t;
    let about = if lines.is_empty() { t.stops_none() } else { t.stops_about() };
    let line = |it: &StopLine| pen.button(name(t, it.target), OPEN, (it.stop.0, 0));
    let at =
        |page: u32| Action::Bar(BarAction::Stops { page: u16::try_from(page).unwrap_or(u16::MAX) });
    let newer = page.checked_sub(1).map(|page| pen.always(t.button_newer(), at(page)));
    let older = more.then(|| pen.always(t.button_older(), at(page + 1)));
    Page::titled(t.stops_title())
        .paragraph(about)
        .rows(lines.iter().map(line))
        .row(newer.into_iter().chain(older))
}

const OPEN: Action = Action::Bar(BarAction::OpenStop);

/// To the other operators, and to whom it concerns.
pub(in crate::telegram::render) fn notice(pen: &Pen<'_>, change: &StopNotice) -> Page {
    let t = pen.t;
    let StopNotice { stop, target, by, lifted, own } = *change;
    let page = match (own, lifted) {
        (true, false) => Page::titled(t.stop_own_title())
            .line(mark(pen))
            .paragraph(match target {
                Target::Ad(ad) => t.stop_own_ad(ad.0),
                Target::User(_) | Target::Desk => t.stop_own_user(),
            })
            .paragraph(words(pen))
            .paragraph(t.stop_goes_on()),
        (true, true) => {
            return Page::titled(t.stop_own_lifted_title())
                .line(mark(pen))
                .paragraph(match target {
                    Target::Ad(ad) => t.stop_own_ad_lifted(ad.0),
                    Target::User(_) | Target::Desk => t.stop_own_user_lifted(),
                })
                .row([pen.go_below(Place::Ads), pen.go_below(Place::Sell)]);
        }
        (false, false) => Page::titled(t.stop_told(by.to_string(), name(t, target)))
            .line(mark(pen))
            .paragraph(words(pen)),
        (false, true) => {
            return Page::titled(t.stop_told_lifted(by.to_string(), name(t, target)))
                .line(mark(pen))
                .row([to_list(pen)]);
        }
    };
    match own {
        true => page.row([pen.go_below(Place::Orders)]),
        false => page.row([pen.button(t.button_lift(), LIFT, (stop.0, 0))]).row([to_list(pen)]),
    }
}

const LIFT: Action = Action::Bar(BarAction::Lift);

fn card(pen: &Pen<'_>, line: &StopLine) -> Page {
    let t = pen.t;
    Page::titled(t.stop_card_title(name(t, line.target)))
        .block([
            with(|it| t.stop_by(it), code(line.by.to_string())),
            with(|it| t.stop_since(it), moment(line.at)),
        ])
        .paragraph(words(pen))
        .row([pen.button(t.button_lift(), LIFT, (line.stop.0, 0)).styled(Style::Success)])
        .row([to_list(pen)])
}

/// What the operator has written.
pub(super) fn words(pen: &Pen<'_>) -> Html {
    pen.reason.map_or_else(Html::new, |it| Html::new().quote(it))
}

fn to_list(pen: &Pen<'_>) -> Button {
    pen.always(pen.t.button_stops(), Action::Bar(BarAction::Stops { page: 0 }))
}

fn name(t: &Texts, target: Target) -> String {
    match target {
        Target::Desk => t.stop_of_desk(),
        Target::User(user) => t.stop_of_user(user.to_string()),
        Target::Ad(ad) => t.stop_of_ad(ad.0),
    }
}

fn effect(t: &Texts, target: Target) -> String {
    match target {
        Target::Desk => t.stop_effect_desk(),
        Target::User(_) => t.stop_effect_user(),
        Target::Ad(_) => t.stop_effect_ad(),
    }
}

fn title(t: &Texts, command: StopCommand) -> String {
    match command {
        StopCommand::Pause => t.command_pause(),
        StopCommand::Stop => t.command_stop(),
        StopCommand::Allow => t.command_allow(),
        StopCommand::StopAd => t.command_stop_ad(),
        StopCommand::AllowAd => t.command_allow_ad(),
    }
}

fn usage(t: &Texts, command: StopCommand) -> Html {
    let example = with(|it| t.stop_example(it), code(example(command)));
    let about = match command {
        StopCommand::Pause => t.stop_effect_desk(),
        StopCommand::Stop => t.stop_effect_user(),
        StopCommand::StopAd => t.stop_effect_ad(),
        StopCommand::Allow => t.allow_about(),
        StopCommand::AllowAd => t.allow_ad_about(),
    };
    let html = Html::new().text(about).line().line().html(example);
    match command {
        StopCommand::Pause | StopCommand::Stop | StopCommand::StopAd => {
            html.line().text(t.stop_reason_read())
        }
        StopCommand::Allow | StopCommand::AllowAd => html,
    }
}

const fn example(command: StopCommand) -> &'static str {
    match command {
        StopCommand::Pause => "/pause We are moving to another wallet.",
        StopCommand::Stop => "/stop 7654321 Please write to us first.",
        StopCommand::Allow => "/allow 7654321",
        StopCommand::StopAd => "/stopad 12 The price looks like a mistake.",
        StopCommand::AllowAd => "/allowad 12",
    }
}
