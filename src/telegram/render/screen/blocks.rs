//! Whom the reader has blocked. Nobody has a name here: a person is known by the same short code as
//! a merchant.

use crate::letter::{BlockLine, BlocksScreen};
use crate::telegram::action::{Action, BarAction};
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::amounts::merchant;
use crate::telegram::render::page::{Page, bold, with, with_two};
use crate::telegram::render::pen::Pen;

pub(super) fn page(pen: &Pen<'_>, step: &BlocksScreen) -> Page {
    let t = pen.t;
    let list = pen.always(t.button_blocks(), Action::Bar(BarAction::Blocks { page: 0 }));
    match step {
        BlocksScreen::Ask { line } => {
            let yes = about(pen, t.button_block_surely(), BarAction::BlockSurely, line.order.0);
            Page::titled(t.block_title())
                .paragraph(who(pen, line))
                .paragraph(t.block_about())
                .row([yes.styled(Style::Danger)])
                .row([pen.button(t.button_open_order(), Action::OpenOrder, (line.order.0, 0))])
        }
        BlocksScreen::Blocked { line } => Page::titled(t.blocked_title())
            .paragraph(who(pen, line))
            .paragraph(t.blocked())
            .row([list]),
        BlocksScreen::Already { line } => {
            Page::plain(t.blocked_already()).paragraph(who(pen, line)).row([list])
        }
        BlocksScreen::Unblocked { user } => {
            Page::plain(with(|it| t.unblocked(it), bold(merchant(*user)))).row([list])
        }
        BlocksScreen::List { page, lines, more } => self::list(pen, *page, lines, *more),
        BlocksScreen::TooMany { most } => Page::plain(t.block_too_many(*most)).row([list]),
    }
}

fn list(pen: &Pen<'_>, page: u32, lines: &[BlockLine], more: bool) -> Page {
    let t = pen.t;
    let text = if lines.is_empty() { t.blocks_none() } else { t.blocks_about() };
    let line = |it: &BlockLine| {
        let label = t.button_unblock(merchant(it.user), it.order.code());
        about(pen, label, BarAction::Unblock, it.user.0)
    };
    let at = |page: u32| {
        Action::Bar(BarAction::Blocks { page: u16::try_from(page).unwrap_or(u16::MAX) })
    };
    let newer = page.checked_sub(1).map(|page| pen.always(t.button_newer(), at(page)));
    let older = more.then(|| pen.always(t.button_older(), at(page + 1)));
    Page::titled(t.blocks_title())
        .paragraph(text)
        .rows(lines.iter().map(line))
        .row(newer.into_iter().chain(older))
}

fn who(pen: &Pen<'_>, line: &BlockLine) -> crate::telegram::html::Html {
    let sentence = |user: &str, code: &str| pen.t.block_who(user, code);
    with_two(sentence, bold(merchant(line.user)), pen.code(line.order))
}

fn about(pen: &Pen<'_>, label: String, action: BarAction, subject: i64) -> Button {
    pen.button(label, Action::Bar(action), (subject, 0))
}
