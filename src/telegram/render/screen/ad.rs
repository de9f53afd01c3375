//! A buyer's ads: posting one, changing one, the list.

use chrono::{DateTime, Utc};

use super::accounts::to_payer;
use super::stops;
use super::{Wizard, titled};
use crate::domain::ad::{AdStatus, AdTerms};
use crate::domain::money::Coin;
use crate::letter::{AdField, AdLine, AdProblem, AdScreen};
use crate::locale::Texts;
use crate::telegram::action::{Action, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::amounts::short_price;
use crate::telegram::render::page::{Page, bold, with, with_two};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::problem;
use crate::telegram::render::time::moment;

pub(super) fn page(it: &Wizard<'_>, step: &AdScreen) -> Page {
    let t = it.pen.t;
    match step {
        AdScreen::Coin => titled(it.pen, t.ad_coin_title())
            .paragraph(t.ad_coin_about())
            .row(Coin::ALL.map(|coin| it.button(coin.code(), Action::Coin(coin))))
            .row([it.leave()]),
        AdScreen::Price { coin, best, problem } => titled(it.pen, t.ad_price_title(coin.code()))
            .problem(problem.map(|it| problem::typed(t, it)))
            .paragraph(match best {
                Some(best) => with(|it| t.ad_price_best(it), bold(best)),
                None => Html::new(),
            })
            .paragraph(t.ad_price_example(price_example(*coin)))
            .row(it.back_and_leave()),
        AdScreen::Total { coin, price, problem } => titled(it.pen, t.ad_total_title(coin.code()))
            .problem(problem.map(|it| problem::typed(t, it)))
            .paragraph(with(|it| t.ad_total_price(it), bold(price)))
            .paragraph(t.ad_total_example(total_example(*coin)))
            .row(it.back_and_leave()),
        AdScreen::Min { worth, least, problem, coin: _ } => titled(it.pen, t.ad_min_title())
            .problem(problem.map(|it| problem::ad_field(t, it)))
            .paragraph(with(|it| t.ad_min_worth(it), bold(worth)))
            .paragraph(t.ad_min_example(least.to_string()))
            .row(it.back_and_leave()),
        AdScreen::Max { min, most, problem, coin: _ } => titled(it.pen, t.ad_max_title())
            .problem(problem.map(|it| problem::ad_field(t, it)))
            .paragraph(with(|it| t.ad_max_min(it), bold(min)))
            .paragraph(t.ad_max_example(most.to_string()))
            .row([it.button(most.to_string(), Action::All)])
            .row(it.back_and_leave()),
        AdScreen::Window { choices } => window(it, choices),
        AdScreen::Review { terms, problem } => titled(it.pen, t.ad_review_title())
            .problem(problem.map(|it| problem::ad(t, it)))
            .block(facts(t, terms))
            .paragraph(t.ad_review_about())
            .row([it.button(t.button_post(), Action::Confirm).styled(Style::Success)])
            .row(it.back_and_leave()),
        AdScreen::Posted { ad, paused } => titled(it.pen, t.ad_posted_title())
            .block(facts(t, &ad.terms))
            .paragraph(if *paused { t.ad_posted_paused() } else { t.ad_posted_about() })
            .row([it.pen.go(Place::Ads), it.pen.go(Place::PostAd)]),
        AdScreen::Change { ad, field, problem } => titled(it.pen, change_title(t, *field))
            .problem(problem.map(|it| problem::ad_field(t, it)))
            .block(state(t, ad))
            .paragraph(t.ad_change_example(change_example(ad, *field)))
            .row([it.leave()]),
    }
}

fn window(it: &Wizard<'_>, choices: &[u32]) -> Page {
    let t = it.pen.t;
    let button = |minutes: u32| {
        let action = Action::Window { minutes: u16::try_from(minutes).unwrap_or(u16::MAX) };
        it.button(t.button_minutes(minutes), action)
    };
    let page = titled(it.pen, t.ad_window_title()).paragraph(t.ad_window_about());
    choices
        .chunks(3)
        .fold(page, |page, row| page.row(row.iter().map(|minutes| button(*minutes))))
        .row(it.back_and_leave())
}

pub(super) fn list(
    pen: &Pen<'_>,
    lines: &[AdLine],
    no_payer: bool,
    rests_until: Option<DateTime<Utc>>,
    stopped: bool,
) -> Page {
    let t = pen.t;
    let page = titled(pen, t.ads_title());
    let page = match stopped {
        true => page.paragraph(t.stop_own_user()).paragraph(stops::words(pen)),
        false => page,
    };
    let page = match rests_until {
        Some(until) => page.paragraph(with(|it| t.ads_rest(it), moment(until))),
        None => page,
    };
    let page = match lines.is_empty() {
        true => page.paragraph(t.ads_none()),
        false => page.paragraph(t.ads_about()),
    };
    let silent = no_payer && !lines.is_empty();
    let page = page.problem(silent.then(|| t.ads_no_payer()));
    let declare = silent.then(|| to_payer(pen));
    page.rows(lines.iter().map(|it| line(pen, it))).row(declare).row([pen.go(Place::PostAd)])
}

fn line(pen: &Pen<'_>, ad: &AdLine) -> Button {
    let t = pen.t;
    let (coin, price) = (ad.left.coin.code(), short_price(ad.terms.price));
    let label = match ad.status {
        AdStatus::Active => t.ad_line(coin, price, ad.left.to_string()),
        AdStatus::Paused | AdStatus::Closed => t.ad_line_paused(coin, price),
    };
    about(pen, label, Action::OpenAd, ad)
}

pub(super) fn card(pen: &Pen<'_>, ad: &AdLine, problem: Option<AdProblem>, stopped: bool) -> Page {
    let t = pen.t;
    let (title, next) = match ad.status {
        AdStatus::Active => (t.ad_card_active(), t.ad_card_about_active()),
        AdStatus::Paused => (t.ad_card_paused(), t.ad_card_about_paused()),
        AdStatus::Closed => (t.ad_card_closed(), t.ad_card_about_closed()),
    };
    let page =
        titled(pen, title).problem(problem.map(|it| problem::ad_field(t, it))).block(state(t, ad));
    let page = match stopped {
        true => page.paragraph(t.stop_own_ad(ad.ad.0)).paragraph(stops::words(pen)),
        false => page.paragraph(next),
    };
    let change = |field| about(pen, change_label(t, field), Action::Change(field), ad);
    let switch = match ad.status {
        AdStatus::Active => about(pen, t.button_pause(), Action::Pause, ad),
        AdStatus::Paused => {
            about(pen, t.button_resume(), Action::Resume, ad).styled(Style::Success)
        }
        AdStatus::Closed => return page.row([pen.go(Place::Ads), pen.go(Place::PostAd)]),
    };
    page.row([switch])
        .row([AdField::Price, AdField::Total, AdField::Window].map(change))
        .row([AdField::Min, AdField::Max].map(change))
        .row([about(pen, t.button_close(), Action::Close, ad).styled(Style::Danger)])
        .row([pen.go(Place::Ads)])
}

fn about(pen: &Pen<'_>, label: String, action: Action, ad: &AdLine) -> Button {
    pen.button(label, action, (ad.ad.0, ad.version))
}

fn facts(t: &Texts, terms: &AdTerms) -> Vec<Html> {
    let total = with(|it| t.ad_fact_total(it), bold(terms.total));
    with_quantity(t, terms, total)
}

/// As it stands: with what is still wanted.
pub(super) fn state(t: &Texts, ad: &AdLine) -> Vec<Html> {
    let left = with_two(
        |left, total| t.ad_fact_left(left, total),
        bold(ad.left),
        ad.terms.total.to_string(),
    );
    with_quantity(t, &ad.terms, left)
}

fn with_quantity(t: &Texts, terms: &AdTerms, quantity: Html) -> Vec<Html> {
    let coin = terms.total.coin.code();
    vec![
        with(|it| t.ad_fact_buy(it), bold(coin)),
        with(|it| t.ad_fact_price(it, coin), bold(terms.price)),
        quantity,
        with_two(|min, max| t.ad_fact_range(min, max), bold(terms.min), bold(terms.max)),
        t.ad_fact_window(terms.window).into(),
    ]
}

fn change_label(t: &Texts, field: AdField) -> String {
    match field {
        AdField::Price => t.button_change_price(),
        AdField::Total => t.button_change_total(),
        AdField::Min => t.button_change_min(),
        AdField::Max => t.button_change_max(),
        AdField::Window => t.button_change_window(),
    }
}

fn change_title(t: &Texts, field: AdField) -> String {
    match field {
        AdField::Price => t.ad_change_title_price(),
        AdField::Total => t.ad_change_title_total(),
        AdField::Min => t.ad_change_title_min(),
        AdField::Max => t.ad_change_title_max(),
        AdField::Window => t.ad_change_title_window(),
    }
}

/// What stands now is the best example of what can be typed.
fn change_example(ad: &AdLine, field: AdField) -> String {
    match field {
        AdField::Price => ad.terms.price.plain(),
        AdField::Total => ad.terms.total.plain(),
        AdField::Min => ad.terms.min.plain(),
        AdField::Max => ad.terms.max.plain(),
        AdField::Window => ad.terms.window.to_string(),
    }
}

const fn price_example(coin: Coin) -> &'static str {
    match coin {
        Coin::Usdt => "7.21",
        Coin::Btc => "652300",
        Coin::Eth => "25400",
    }
}

const fn total_example(coin: Coin) -> &'static str {
    match coin {
        Coin::Usdt => "1000",
        Coin::Btc => "0.05",
        Coin::Eth => "1.5",
    }
}
