//! The buyer's ads: the wizard that posts one, the list, and what an owner does with them.

use super::payer;
use crate::app::{App, Reply};
use crate::domain::ad::{Ad, AdError, AdId, AdRequest, AdTerms};
use crate::domain::amount;
use crate::domain::bars::AdBars;
use crate::domain::money::{Coin, Coins, Fen, Price};
use crate::domain::stop::Target;
use crate::letter::{AdField, AdLine, AdProblem, AdScreen, Screen, SureScreen, Toast};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{ChangeAd, PostAd, Talk};

type Done = Result<(), HandlerError>;

/// Which coin? But first, from which account the payments come. Whoever may post none now hears why.
pub async fn begin(app: App, it: Incoming) -> Done {
    let bars = app.store().ad_bars(it.origin.user, None, app.now()).await?;
    if bars.check().is_err() {
        return list(app, it).await;
    }
    if !app.store().has_payer(it.origin.user).await? {
        return payer::before_ad(app, it).await;
    }
    let reply = first_question(&it)?;
    Ok(app.reply(it.origin, reply).await?)
}

pub(super) fn first_question(it: &Incoming) -> Result<Reply, serde_json::Error> {
    it.step(ad(AdScreen::Coin), &Talk::PostAd(PostAd::Coin))
}

pub async fn coin(app: App, it: Incoming, coin: Coin) -> Done {
    ask_price(app, it, coin, None).await
}

async fn ask_price(
    app: App,
    it: Incoming,
    coin: Coin,
    problem: Option<amount::AmountError>,
) -> Done {
    let best = app.store().best_price(coin, app.now()).await?;
    let screen = ad(AdScreen::Price { coin, best, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::PostAd(PostAd::Price(coin)))?).await?)
}

pub async fn price(app: App, it: Incoming, text: String, coin: Coin) -> Done {
    match amount::price(&text) {
        Ok(price) => ask_total(app, it, coin, price, None).await,
        Err(error) => ask_price(app, it, coin, Some(error)).await,
    }
}

async fn ask_total(
    app: App,
    it: Incoming,
    coin: Coin,
    price: Price,
    problem: Option<amount::AmountError>,
) -> Done {
    let screen = ad(AdScreen::Total { coin, price, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::PostAd(PostAd::Total(coin, price)))?).await?)
}

pub async fn total(app: App, it: Incoming, text: String, (coin, price): (Coin, Price)) -> Done {
    let total = amount::coins(&text, coin);
    match total.and_then(|total| {
        price.fen_for(total).map(|_| total).map_err(|_range| amount::AmountError::TooLarge)
    }) {
        Ok(total) => ask_min(app, it, price, total, None).await,
        Err(error) => ask_total(app, it, coin, price, Some(error)).await,
    }
}

async fn ask_min(
    app: App,
    it: Incoming,
    price: Price,
    total: Coins,
    problem: Option<AdProblem>,
) -> Done {
    let worth = price.fen_for(total).unwrap_or_default();
    let least = app.policy().least;
    let screen = ad(AdScreen::Min { coin: total.coin, worth, least, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::PostAd(PostAd::Min(price, total)))?).await?)
}

/// Each bound is checked as soon as it is typed, with the largest that could follow.
pub async fn min(app: App, it: Incoming, text: String, (price, total): (Price, Coins)) -> Done {
    let checked = amount::yuan(&text).map_err(|error| AdProblem::Typed { error });
    let checked = checked.and_then(|min| {
        let terms =
            AdTerms { price, total, min, max: min.max(app.policy().most), window: window(&app) };
        terms.check(app.policy()).map(|()| min).map_err(|error| AdProblem::Refused { error })
    });
    match checked {
        Ok(min) => ask_max(app, it, price, total, min, None).await,
        Err(problem) => ask_min(app, it, price, total, Some(problem)).await,
    }
}

async fn ask_max(
    app: App,
    it: Incoming,
    price: Price,
    total: Coins,
    min: Fen,
    problem: Option<AdProblem>,
) -> Done {
    let most = largest(&app, price, total);
    let screen = ad(AdScreen::Max { coin: total.coin, min, most, problem });
    let talk = Talk::PostAd(PostAd::Max(price, total, min));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

pub async fn max(
    app: App,
    it: Incoming,
    text: String,
    (price, total, min): (Price, Coins, Fen),
) -> Done {
    let checked = amount::yuan(&text).map_err(|error| AdProblem::Typed { error });
    let checked = checked.and_then(|max| {
        let terms = AdTerms { price, total, min, max, window: window(&app) };
        terms.check(app.policy()).map(|()| max).map_err(|error| AdProblem::Refused { error })
    });
    match checked {
        Ok(max) => ask_window(app, it, price, total, min, max).await,
        Err(problem) => ask_max(app, it, price, total, min, Some(problem)).await,
    }
}

/// The largest order that there is, by button.
pub async fn all(app: App, it: Incoming, (price, total, min): (Price, Coins, Fen)) -> Done {
    let most = largest(&app, price, total);
    ask_window(app, it, price, total, min, most).await
}

async fn ask_window(
    app: App,
    it: Incoming,
    price: Price,
    total: Coins,
    min: Fen,
    max: Fen,
) -> Done {
    let screen = ad(AdScreen::Window { choices: windows(&app) });
    let talk = Talk::PostAd(PostAd::Window(price, total, min, max));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

pub async fn choose_window(
    app: App,
    it: Incoming,
    minutes: u16,
    (price, total, min, max): (Price, Coins, Fen, Fen),
) -> Done {
    let terms = AdTerms { price, total, min, max, window: u32::from(minutes) };
    let problem = terms.check(app.policy()).err();
    let screen = ad(AdScreen::Review { terms, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::PostAd(PostAd::Review(terms)))?).await?)
}

pub async fn confirm(app: App, it: Incoming, terms: AdTerms) -> Done {
    let paused = app.store().stop_of(Target::Desk).await?.is_some();
    let said = it.clone();
    let say = move |outcome: Result<&Ad, AdError>| match outcome {
        Ok(posted) => said.ends(ad(AdScreen::Posted { ad: AdLine::from(posted), paused })),
        // The page waits on: the reason may be gone in a minute.
        Err(error) => {
            let review = ad(AdScreen::Review { terms, problem: Some(error) });
            said.step(review.clone(), &Talk::PostAd(PostAd::Review(terms)))
                .unwrap_or_else(|_| said.ends(review))
        }
    };
    Ok(app.post_ad(it.origin, terms, say).await?)
}

/// One step back, to the question before.
pub async fn back(app: App, it: Incoming, state: PostAd) -> Done {
    match state {
        PostAd::Coin | PostAd::Price(_) => begin(app, it).await,
        PostAd::Total(coin, _) => ask_price(app, it, coin, None).await,
        PostAd::Min(price, total) => ask_total(app, it, total.coin, price, None).await,
        PostAd::Max(price, total, _) => ask_min(app, it, price, total, None).await,
        PostAd::Window(price, total, min, _) => ask_max(app, it, price, total, min, None).await,
        PostAd::Review(AdTerms { price, total, min, max, .. }) => {
            ask_window(app, it, price, total, min, max).await
        }
    }
}

pub async fn list(app: App, it: Incoming) -> Done {
    let ads = app.store().ads_of(it.origin.user).await?;
    let lines = ads.iter().map(AdLine::from).collect();
    let no_payer = !app.store().has_payer(it.origin.user).await?;
    let AdBars { owner: stop, rests_until, .. } =
        app.store().ad_bars(it.origin.user, None, app.now()).await?;
    let screen = Screen::Ads { lines, no_payer, rests_until, stop };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

pub async fn open(app: App, it: Incoming, press: Press) -> Done {
    let found = app.store().ad(AdId(press.subject)).await?;
    let reply = match found.filter(|ad| ad.owner == it.origin.user) {
        Some(ad) => {
            let stop = app.store().stop_of(Target::Ad(ad.id)).await?.map(|it| it.id);
            it.shows(Screen::AdCard { ad: AdLine::from(&ad), problem: None, stop })
        }
        None => it.toast(Toast::Ad { error: AdError::NotYours }),
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn pause(app: App, it: Incoming, press: Press) -> Done {
    ask(app, it, press, AdRequest::Pause).await
}

pub async fn resume(app: App, it: Incoming, press: Press) -> Done {
    ask(app, it, press, AdRequest::Resume).await
}

/// It cannot be opened again: is that meant?
pub async fn close(app: App, it: Incoming, press: Press) -> Done {
    let found = app.store().ad(AdId(press.subject)).await?.ok_or(AdError::NotYours);
    let would_close = found.and_then(|ad| {
        let line = AdLine::from(&ad);
        let seen = Some(press.version);
        ad.ask(AdRequest::Close, it.origin.user, seen, app.policy()).map(|_| line)
    });
    let reply = match would_close {
        Ok(ad) => it.shows(Screen::Sure { step: SureScreen::CloseAd { ad } }),
        Err(error) => it.toast(Toast::Ad { error }),
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn close_for_good(app: App, it: Incoming, press: Press) -> Done {
    ask(app, it, press, AdRequest::Close).await
}

async fn ask(app: App, it: Incoming, press: Press, request: AdRequest) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<&Ad, AdError>| match outcome {
        Ok(ad) => said.shows(card(AdLine::from(ad), None)),
        Err(error) => said.toast(Toast::Ad { error }),
    };
    Ok(app.ask_ad(it.origin, AdId(press.subject), request, Some(press.version), say).await?)
}

/// One field of an ad: which value?
pub async fn change(app: App, it: Incoming, press: Press, field: AdField) -> Done {
    let found = app.store().ad(AdId(press.subject)).await?;
    let error = match found.filter(|ad| ad.owner == it.origin.user) {
        None => AdError::NotYours,
        Some(ad) if ad.version != press.version => AdError::Stale,
        Some(ad) => {
            let talk = Talk::ChangeAd(ChangeAd { ad: ad.id, version: ad.version, field });
            let ad = AdLine::from(&ad);
            let screen = Screen::Ad { step: AdScreen::Change { ad, field, problem: None } };
            return Ok(app.reply(it.origin, it.step(screen, &talk)?).await?);
        }
    };
    Ok(app.reply(it.origin, it.toast(Toast::Ad { error })).await?)
}

/// The new value was typed.
pub async fn changed(app: App, it: Incoming, text: String, change: ChangeAd) -> Done {
    let Some(found) = app.store().ad(change.ad).await? else {
        return list(app, it).await;
    };
    let field = change.field;
    let line = AdLine::from(&found);
    let again = move |it: &Incoming, problem| {
        let screen = ad(AdScreen::Change { ad: line, field, problem: Some(problem) });
        it.shows(screen)
    };
    let terms = match with_field(found.terms, field, &text) {
        Ok(terms) => terms,
        Err(error) => {
            let reply = again(&it, AdProblem::Typed { error });
            return Ok(app.reply(it.origin, reply).await?);
        }
    };
    let said = it.clone();
    let say = move |outcome: Result<&Ad, AdError>| match outcome {
        Ok(ad) => said.ends(card(AdLine::from(ad), None)),
        Err(error @ (AdError::NotYours | AdError::Closed | AdError::Stale)) => {
            let problem = Some(AdProblem::Refused { error });
            said.ends(card(line, problem))
        }
        Err(error) => again(&said, AdProblem::Refused { error }),
    };
    let request = AdRequest::Change(terms);
    Ok(app.ask_ad(it.origin, change.ad, request, Some(change.version), say).await?)
}

fn with_field(terms: AdTerms, field: AdField, text: &str) -> Result<AdTerms, amount::AmountError> {
    Ok(match field {
        AdField::Price => AdTerms { price: amount::price(text)?, ..terms },
        AdField::Total => AdTerms { total: amount::coins(text, terms.total.coin)?, ..terms },
        AdField::Min => AdTerms { min: amount::yuan(text)?, ..terms },
        AdField::Max => AdTerms { max: amount::yuan(text)?, ..terms },
        AdField::Window => AdTerms { window: amount::minutes(text)?, ..terms },
    })
}

/// What an owner may choose from: the bounds, the usual one, and round numbers between.
fn windows(app: &App) -> Vec<u32> {
    let allowed = &app.policy().windows;
    let mut choices = vec![*allowed.start(), app.policy().window, *allowed.end()];
    choices.extend([10, 15, 20, 30, 45, 60].iter().filter(|it| allowed.contains(it)));
    choices.sort_unstable();
    choices.dedup();
    choices
}

/// The largest order that such an ad could take.
fn largest(app: &App, price: Price, total: Coins) -> Fen {
    let most = app.policy().most;
    price.fen_for(total).map_or(most, |worth| worth.min(most))
}

/// A window that is allowed, for checks that are not about it.
fn window(app: &App) -> u32 {
    app.policy().window
}

fn card(ad: AdLine, problem: Option<AdProblem>) -> Screen {
    Screen::AdCard { ad, problem, stop: None }
}

fn ad(step: AdScreen) -> Screen {
    Screen::Ad { step }
}

impl From<&Ad> for AdLine {
    fn from(ad: &Ad) -> Self {
        Self { ad: ad.id, version: ad.version, terms: ad.terms, left: ad.left, status: ad.status }
    }
}
