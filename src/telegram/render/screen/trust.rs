//! The reader's own phrase, and whether a message is ours.

use super::Wizard;
use crate::letter::{PhraseScreen, VerifyScreen};
use crate::telegram::action::Action;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Pen;

pub(super) fn phrase(it: &Wizard<'_>, step: PhraseScreen) -> Page {
    let t = it.pen.t;
    match step {
        PhraseScreen::Ask { set: false } => {
            Page::titled(t.phrase_title()).paragraph(t.phrase_ask()).row([it.leave()])
        }
        PhraseScreen::Ask { set: true } => Page::titled(t.phrase_title())
            .paragraph(t.phrase_ask())
            .paragraph(t.phrase_ask_again())
            .row([it.button(t.button_drop_phrase(), Action::DropPhrase), it.leave()]),
        PhraseScreen::Wrong => Page::titled(t.phrase_title()).problem(Some(t.phrase_wrong())),
        PhraseScreen::Set => Page::plain(t.phrase_set()),
        PhraseScreen::Removed => Page::plain(t.phrase_removed()),
    }
}

pub(super) fn verify(pen: &Pen<'_>, step: VerifyScreen) -> Page {
    let t = pen.t;
    Page::titled(t.verify_title()).paragraph(match step {
        VerifyScreen::Ask => t.verify_ask(),
        VerifyScreen::Ours => t.verify_ours(),
        VerifyScreen::NotOurs => t.verify_not_ours(),
        VerifyScreen::Hidden => t.verify_hidden(),
    })
}
