//! From "I want to sell" to an open order.

use super::coins::how_to_deposit;
use super::{Wizard, accounts, titled};
use crate::domain::money::{Coin, Coins};
use crate::domain::opening::Deal;
use crate::letter::{AmountProblem, Offer, PayeeChoice, SellScreen};
use crate::telegram::action::{AccountAction, Action, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::amounts::{example, merchant, short_fen, short_price};
use crate::telegram::render::page::{Page, bold, code, with, with_two};
use crate::telegram::render::problem;

pub(super) fn page(it: &Wizard<'_>, step: &SellScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        SellScreen::Coin { available } => titled(pen, t.sell_coin_title())
            .paragraph(t.sell_coin_about())
            .rows(it.coins(available))
            .row([it.leave()]),
        SellScreen::NoCoins => {
            how_to_deposit(titled(pen, t.sell_none_title()), pen).row([pen.go(Place::Balance)])
        }
        SellScreen::Offers { coin, page, offers, more } => {
            offer_list(it, *coin, *page, offers, *more)
        }
        SellScreen::Amount { offer, available, problem } => amount(it, offer, *available, *problem),
        SellScreen::Payee { deal, choices } => payees(it, *deal, choices),
        SellScreen::Account { deal, wrong } => titled(pen, t.sell_account_title())
            .problem(wrong.then(|| t.problem_account()))
            .paragraph(gives_and_gets(it, *deal))
            .paragraph(t.sell_account_about())
            .line(t.sell_account_example())
            .row(it.back_and_leave()),
        SellScreen::Name { account, wrong } => titled(pen, t.sell_name_title())
            .problem(wrong.then(|| t.problem_name()))
            .paragraph(with(|it| t.sell_name_account(it), code(account)))
            .paragraph(t.sell_name_about())
            .line(t.sell_name_example())
            .row(it.back_and_leave()),
        SellScreen::Review { offer, deal, account, name } => {
            review(it, offer, *deal, account, name)
        }
        SellScreen::Opened { order } => titled(pen, t.sell_opened(order.code())),
        SellScreen::Refused { refusal } => titled(pen, t.sell_refused_title())
            .paragraph(problem::opening(t, *refusal))
            .row([pen.go(Place::Sell), pen.go(Place::Orders)]),
    }
}

fn offer_list(it: &Wizard<'_>, coin: Coin, page: u32, offers: &[Offer], more: bool) -> Page {
    let t = it.pen.t;
    let text = titled(it.pen, t.sell_offers_title(coin.code()));
    let text = match offers.is_empty() {
        true => text.paragraph(t.sell_offers_none(coin.code())),
        false => text.paragraph(t.sell_offers_about()),
    };
    let at = |page: u32| Action::Offers { page: u16::try_from(page).unwrap_or(u16::MAX) };
    let better = page.checked_sub(1).map(|page| it.button(t.button_better(), at(page)));
    let more = more.then(|| it.button(t.button_more(), at(page + 1)));
    text.rows(offers.iter().map(|offer| line(it, offer)))
        .row(better.into_iter().chain(more))
        .row(it.back_and_leave())
}

fn line(it: &Wizard<'_>, offer: &Offer) -> Button {
    let t = it.pen.t;
    let record = match offer.completed {
        0 => t.offer_new(),
        count => t.offer_completed(count),
    };
    let (min, max) = (short_fen(offer.min), short_fen(offer.max).replace('¥', ""));
    let label = t.offer_line(short_price(offer.price), min, max, offer.window, record);
    it.about(label, Action::Offer, offer.ad.0)
}

fn amount(
    it: &Wizard<'_>,
    offer: &Offer,
    available: Coins,
    problem: Option<AmountProblem>,
) -> Page {
    let t = it.pen.t;
    let coin = offer.coin;
    titled(it.pen, t.sell_amount_title(coin.code()))
        .problem(problem.map(|it| problem::amount(t, it)))
        .block([
            with_two(
                |merchant, price| t.sell_amount_offer(merchant, price),
                merchant(offer.owner),
                bold(offer.price),
            ),
            with_two(|min, max| t.sell_amount_range(min, max), bold(offer.min), bold(offer.max)),
            with(|it| t.sell_amount_available(it), bold(available)),
        ])
        .paragraph(t.sell_amount_example(coin.code(), format!("{} {coin}", example(coin))))
        .row([it.button(t.button_all(), Action::All)])
        .row(it.back_and_leave())
}

fn gives_and_gets(it: &Wizard<'_>, deal: Deal) -> Html {
    let t = it.pen.t;
    with_two(|coins, fen| t.sell_deal(coins, fen), bold(deal.coins), bold(deal.fen))
}

/// The accounts that are kept: a button for each that this order may be paid to, the reason for
/// each other one.
fn payees(it: &Wizard<'_>, deal: Deal, choices: &[PayeeChoice]) -> Page {
    let t = it.pen.t;
    let usable = choices.iter().filter(|it| it.why_not.is_none()).map(|choice| {
        let PayeeChoice { line, .. } = choice;
        it.about(accounts::label(t, line), Action::PayTo, line.id.0)
    });
    let others = choices.iter().filter_map(|choice| {
        let PayeeChoice { line, why_not } = choice;
        let why = problem::payee(t, (*why_not)?);
        Some(Html::from(t.sell_payee_not(&line.account, &line.name, why)))
    });
    let about = if choices.is_empty() { t.sell_payee_none() } else { t.sell_payee_about() };
    let other = if choices.is_empty() { t.button_add_account() } else { t.button_other_account() };
    Page::titled(t.sell_payee_title())
        .paragraph(gives_and_gets(it, deal))
        .paragraph(about)
        .block(others)
        .rows(usable)
        .row([it.pen.always(other, Action::Account(AccountAction::Add))])
        .row(it.back_and_leave())
}

fn review(it: &Wizard<'_>, offer: &Offer, deal: Deal, account: &str, name: &str) -> Page {
    let t = it.pen.t;
    titled(it.pen, t.sell_review_title())
        .block([
            with(|it| t.fact_you_sell(it), bold(deal.coins)),
            with(|it| t.fact_you_receive(it), bold(deal.fen)),
            t.fact_price(offer.price.to_string(), offer.coin.code()).into(),
            t.fact_merchant(merchant(offer.owner)).into(),
            t.sell_review_window(offer.window).into(),
            with_two(|account, name| t.fact_own_account(account, name), code(account), code(name)),
        ])
        .paragraph(t.sell_review_next(deal.coins.to_string()))
        .line(t.sell_review_added())
        .row([it.button(t.button_lock(), Action::Confirm).styled(Style::Success)])
        .row(it.back_and_leave())
}
