//! The pages of the conversation, what rings, and what is said over a page.

use super::samples::{notices, page, screens, toasts};
use super::show::{book, in_each_language};
use crate::letter::Screen;
use crate::telegram::render::{Roles, commands, notice, toast};

/// What an operator may write.
const REASON: &str = "We move <b>the coins</b> & come back at 18:00.";

#[test]
fn screens_read_well() {
    in_each_language(1001, false, |pen| {
        for (subject, screens) in screens() {
            let pen = pen.with_reason(Some(REASON));
            let pages = screens.iter().map(|it| (heading(it), page(&pen, it)));
            insta::assert_snapshot!(format!("{subject}_{}", pen.language.tag()), book(pages));
        }
    });
}

#[test]
fn notices_read_well() {
    in_each_language(1001, false, |pen| {
        let pen = pen.with_reason(Some(REASON));
        let pages = notices().into_iter().map(|it| (heading(&it), notice::page(&pen, &it)));
        insta::assert_snapshot!(format!("notices_{}", pen.language.tag()), book(pages));
    });
}

#[test]
fn toasts_read_well() {
    in_each_language(1001, false, |pen| {
        let lines = toasts().into_iter().map(|it| {
            let said = toast::words(pen, &it);
            let form = if said.alert { "window" } else { "line" };
            format!("{form}: {}", said.text)
        });
        let lines = lines.collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("toasts_{}", pen.language.tag()), lines);
    });
}

#[test]
fn the_menu_of_commands_reads_well() {
    in_each_language(1001, false, |pen| {
        let roles = Roles { treasurer: true, arbiter: true, operator: true };
        let lines = commands(pen.language, roles, false)
            .into_iter()
            .map(|it| format!("/{} – {}", it.name, it.description))
            .collect::<Vec<_>>()
            .join("\n");
        insta::assert_snapshot!(format!("commands_{}", pen.language.tag()), lines);
    });
}

/// A demo says what can be practised, and its menu has the command.
#[test]
fn a_demo_explains_itself() {
    in_each_language(1001, true, |pen| {
        let screens = [Screen::Practice, Screen::Home { first: true }];
        let pages = screens.iter().map(|it| (heading(it), page(pen, it)));
        insta::assert_snapshot!(format!("demo_{}", pen.language.tag()), book(pages));
        let listed = |demo| {
            commands(pen.language, Roles::default(), demo).iter().any(|it| it.name == "practice")
        };
        assert_eq!((listed(true), listed(false)), (true, false));
    });
}

/// Which letter it is, in a line.
fn heading(it: &impl std::fmt::Debug) -> String {
    let text = format!("{it:?}");
    let end = text.char_indices().nth(110).map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}
