//! The pages of the conversation.

pub(super) mod accounts;
mod ad;
mod arbiters;
pub(super) mod bill;
mod blocks;
pub(super) mod bundle;
pub(super) mod case;
mod coins;
pub(super) mod devices;
mod dispute;
mod gate;
mod orders;
mod practice;
pub(super) mod security;
mod sell;
mod start;
pub(super) mod stops;
mod sure;
mod treasury;
mod trust;
mod withdraw;

use super::card::mark;
use super::commands::Roles;
use super::page::{Page, code, with};
use super::pen::Pen;
use super::problem;
use crate::domain::money::Coins;
use crate::language::Language;
use crate::letter::Screen;
use crate::telegram::action::{Action, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;

/// How an order is opened by its code.
const CODE_EXAMPLE: &str = "/order K7M2QX";

/// `turn` is the conversation's version: a wizard's buttons carry it. `address` is where a
/// withdrawal goes, for the page that settles it.
pub(super) fn page(pen: &Pen<'_>, screen: &Screen, turn: i64, address: Option<&str>) -> Page {
    let t = pen.t;
    let wizard = Wizard { pen, turn };
    match screen {
        Screen::Terms => start::terms(pen),
        Screen::Home { first } => start::home(pen, *first),
        Screen::Language => start::language(pen),
        Screen::Help { treasurer, arbiter, operator } => {
            let (treasurer, arbiter, operator) = (*treasurer, *arbiter, *operator);
            start::help(pen, Roles { treasurer, arbiter, operator })
        }
        Screen::Orders { past, page, lines, more } => orders::page(pen, *past, *page, lines, *more),
        Screen::Balance { lines, waiting } => coins::balance(pen, lines, waiting),
        Screen::Sell { step } => sell::page(&wizard, step),
        Screen::Ad { step } => ad::page(&wizard, step),
        Screen::Ads { lines, no_payer, rests_until, stop } => {
            ad::list(pen, lines, *no_payer, *rests_until, stop.is_some())
        }
        Screen::AdCard { ad, problem, stop } => ad::card(pen, ad, *problem, stop.is_some()),
        Screen::Accounts { step } => accounts::page(&wizard, step),
        Screen::Payer { step } => accounts::payer(&wizard, step),
        Screen::Forget { step } => accounts::forget(&wizard, step),
        Screen::Withdraw { step } => withdraw::page(&wizard, step),
        Screen::Security { step } => security::page(&wizard, step, None),
        Screen::Gate { order, step } => gate::page(&wizard, *order, *step),
        Screen::Number { order, step } => gate::number(&wizard, *order, step),
        Screen::Dispute { order, step } => dispute::page(&wizard, *order, *step),
        // Nothing of it is said without what is looked up for it.
        Screen::Case { .. } => Page::plain(t.case_gone()),
        Screen::Arbiters { step } => arbiters::page(&wizard, step),
        Screen::Phrase { step } => trust::phrase(&wizard, *step),
        Screen::Verify { step } => trust::verify(pen, *step),
        Screen::Bill { step } => bill::page(pen, step, None),
        Screen::Chat { order, step } => super::chat::page(&wizard, *order, *step),
        Screen::Bundle { step } => bundle::page(&wizard, step, None),
        Screen::Withdrawals { lines } => treasury::list(pen, lines),
        Screen::Settle { line, problem } => treasury::settle(&wizard, line, *problem, address),
        Screen::Settled { line } => treasury::settled(pen, line),
        Screen::Stops { step } => stops::page(pen, step),
        Screen::Blocks { step } => blocks::page(pen, step),
        Screen::Sure { step } => sure::page(pen, step),
        Screen::Deposited { user, coins, reference } => {
            treasury::deposited(pen, *user, *coins, reference)
        }
        Screen::DepositProblem { problem } => treasury::not_deposited(pen, problem),
        Screen::Devices { step } => devices::page(&wizard, step, None),
        Screen::Left => start::lost(pen, t.left_title()),
        Screen::NothingToLeave => start::lost(pen, t.nothing_to_leave()),
        Screen::Forgotten => start::lost(pen, t.forgotten()),
        Screen::NotUnderstood => start::lost(pen, t.not_understood()),
        Screen::TextWanted => Page::plain(t.text_wanted()),
        Screen::ButtonWanted => Page::plain(t.button_wanted()),
        Screen::Practice if pen.demo => practice::page(pen),
        Screen::Practice => start::lost(pen, t.not_understood()),
        Screen::NotStaff => Page::plain(t.not_staff()).row([pen.go(Place::Balance)]),
        Screen::TooOld => Page::plain(t.too_old()),
        Screen::GroupOnly { bot } => group_only(bot),
        Screen::NoSuchOrder => Page::plain(t.no_such_order()).row([pen.go(Place::Orders)]),
        Screen::NotACode => Page::plain(with(|it| t.not_a_code(it), code(CODE_EXAMPLE)))
            .row([pen.go(Place::Orders)]),
        Screen::OrderSays { refusal } => Page::plain(problem::refusal(t, *refusal)),
        Screen::Sorry => Page::plain(t.sorry()),
        Screen::TooFast => Page::plain(t.too_fast()),
    }
}

/// The head of a page about coins or yuan. In a demo it says that they are not real.
fn titled(pen: &Pen<'_>, title: impl Into<Html>) -> Page {
    Page::titled(title).line(mark(pen))
}

/// A step of a wizard: its buttons carry the conversation's version.
pub(super) struct Wizard<'a> {
    pub(super) pen: &'a Pen<'a>,
    pub(super) turn: i64,
}

impl Wizard<'_> {
    fn button(&self, label: impl Into<String>, action: Action) -> Button {
        self.about(label, action, 0)
    }

    fn about(&self, label: impl Into<String>, action: Action, subject: i64) -> Button {
        self.pen.button(label, action, (subject, self.turn))
    }

    pub(super) fn leave(&self) -> Button {
        self.button(self.pen.t.button_leave(), Action::Leave)
    }

    /// The last row of every step but the first.
    fn back_and_leave(&self) -> [Button; 2] {
        [self.button(self.pen.t.button_back(), Action::Back), self.leave()]
    }

    /// A button for each coin there is something of.
    fn coins(&self, available: &[Coins]) -> Vec<Button> {
        let some = available.iter().filter(|it| it.units > 0);
        some.map(|it| self.button(it.to_string(), Action::Coin(it.coin))).collect()
    }
}

/// In a group nobody's language is known: it is said in each.
fn group_only(bot: &str) -> Page {
    let page = Language::ALL
        .into_iter()
        .fold(Page::default(), |page, language| page.paragraph(language.texts().group_only(bot)));
    let label = Language::ALL.map(|it| it.texts().group_open()).join(" · ");
    page.row([Button::url(label, format!("https://t.me/{bot}"))])
}
