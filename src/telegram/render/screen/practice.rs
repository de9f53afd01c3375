//! What can be practised in a demo, and with whom.

use playground::Habit;

use crate::locale::Texts;
use crate::telegram::action::Place;
use crate::telegram::html::Html;
use crate::telegram::keyboard::Style;
use crate::telegram::render::card::mark;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Pen;

pub(super) fn page(pen: &Pen<'_>) -> Page {
    let t = pen.t;
    let page = Page::titled(t.practice_title()).line(mark(pen)).paragraph(t.practice_about());
    Habit::ALL
        .into_iter()
        .fold(page, |page, habit| {
            let head = t.practice_merchant(habit.price(), way(t, habit));
            page.paragraph(Html::new().bold(head)).line(lesson(t, habit))
        })
        .paragraph(Html::new().bold(t.practice_more()))
        .line(t.practice_security())
        .line(t.practice_phrase())
        .line(t.practice_verify())
        .line(t.practice_dispute())
        .paragraph(t.practice_end())
        .row([pen.go_below(Place::Sell).styled(Style::Primary)])
}

/// How this merchant pays.
fn way(t: &Texts, habit: Habit) -> String {
    match habit {
        Habit::AtOnce => t.practice_at_once(),
        Habit::ThirdParty => t.practice_third_party(),
        Habit::OneFenLess => t.practice_one_fen_less(),
        Habit::Slowly => t.practice_slowly(),
        Habit::TooLate => t.practice_too_late(),
        Habit::Never => t.practice_never(),
        Habit::Delayed => t.practice_delayed(),
    }
}

/// What to do then.
fn lesson(t: &Texts, habit: Habit) -> String {
    match habit {
        Habit::AtOnce => t.practice_at_once_lesson(),
        Habit::ThirdParty => t.practice_third_party_lesson(),
        Habit::OneFenLess => t.practice_one_fen_less_lesson(),
        Habit::Slowly => t.practice_slowly_lesson(),
        Habit::TooLate => t.practice_too_late_lesson(),
        Habit::Never => t.practice_never_lesson(),
        Habit::Delayed => t.practice_delayed_lesson(),
    }
}
