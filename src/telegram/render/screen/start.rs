//! The risk notice, the start page, help and the language.

use crate::language::Language;
use crate::telegram::action::{Action, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::Style;
use crate::telegram::render::card::mark;
use crate::telegram::render::commands::{Command, Desk, groups};
use crate::telegram::render::page::{Page, code, with};
use crate::telegram::render::pen::Pen;

pub(super) fn terms(pen: &Pen<'_>) -> Page {
    let t = pen.t;
    let others = Language::ALL.into_iter().filter(|it| *it != pen.language);
    Page::titled(t.terms_title())
        .line(mark(pen))
        .paragraph(t.terms_what())
        .paragraph(t.terms_risks())
        .paragraph(t.terms_promise())
        .paragraph(Html::new().bold(t.terms_impostors()))
        .row([pen.always(t.button_accept(), Action::AcceptTerms).styled(Style::Success)])
        .row(others.map(|it| pen.always(it.texts().language_name(), Action::Speak(it))))
}

pub(super) fn home(pen: &Pen<'_>, first: bool) -> Page {
    let t = pen.t;
    let title = if first { t.home_welcome() } else { t.home_title() };
    let page = doors(Page::titled(title).line(mark(pen)).paragraph(t.home_about()), pen);
    if pen.demo { page.row([pen.always(t.button_practice(), Action::Practice)]) } else { page }
}

/// Something was left, or not understood: what now?
pub(super) fn lost(pen: &Pen<'_>, text: String) -> Page {
    doors(Page::plain(text), pen)
}

fn doors(page: Page, pen: &Pen<'_>) -> Page {
    page.row([pen.go(Place::Sell).styled(Style::Primary)])
        .row([pen.go(Place::PostAd), pen.go(Place::Ads)])
        .row([pen.go(Place::Orders), pen.go(Place::Balance)])
        .row([pen.go(Place::Help), pen.go(Place::Language)])
}

pub(super) fn language(pen: &Pen<'_>) -> Page {
    let t = pen.t;
    Page::titled(t.language_title())
        .paragraph(t.language_about())
        .rows(Language::ALL.map(|it| pen.always(it.texts().language_name(), Action::Speak(it))))
}

pub(super) fn help(pen: &Pen<'_>, desk: Desk) -> Page {
    let t = pen.t;
    let page = Page::titled(t.help_title())
        .paragraph(t.help_steps())
        .paragraph(Html::new().bold(t.help_safety()));
    groups(pen.language, desk, pen.demo)
        .into_iter()
        .fold(page, |page, group| {
            let title = Html::new().bold(group.title);
            let line = |it: Command| t.help_command(it.name, it.description).into();
            page.block([title].into_iter().chain(group.commands.into_iter().map(line)))
        })
        .paragraph(with(|it| t.help_id(it), code(pen.reader.to_string())))
        .row([pen.go(Place::Sell).styled(Style::Primary), pen.go(Place::PostAd)])
}
