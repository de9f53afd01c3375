//! The seller's wizard: coin, offer, amount, payee account, review, and the coins are locked.

use crate::app::{App, Opening, PayTo};
use crate::domain::ad::AdId;
use crate::domain::amount::{self, Quantity};
use crate::domain::money::{Coin, Fen};
use crate::domain::opening::{Deal, OpeningRefusal, Seller};
use crate::domain::order::Order;
use crate::domain::payee::{Account, PayeeId, PayeeRefusal, RealName};
use crate::domain::stop::Target;
use crate::letter::{AmountProblem, Offer, Screen, SellScreen, StopsScreen};
use crate::store::ads::Offered;
use crate::store::orders::Payee;
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{Sale, Sell, Talk};

type Done = Result<(), HandlerError>;

/// Offers on one page.
const PAGE: u32 = 6;

/// Which coin? With none at all, how to get some. Whoever cannot sell now hears why before anything
/// is asked.
pub async fn begin(app: App, it: Incoming) -> Done {
    if let Some(stop) = app.store().stop_on_selling(it.origin.user).await? {
        let everybody = stop.target == Target::Desk;
        return refuse(app, it, OpeningRefusal::Stopped { stop: stop.id, everybody }).await;
    }
    let available = app.store().available(it.origin.user).await?;
    let reply = if available.iter().all(|it| it.units == 0) {
        it.ends(sell(SellScreen::NoCoins))
    } else {
        it.step(sell(SellScreen::Coin { available }), &Talk::Sell(Sell::Coin))?
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn coin(app: App, it: Incoming, coin: Coin) -> Done {
    show_offers(app, it, coin, 0).await
}

pub async fn page(app: App, it: Incoming, coin: Coin, page: u16) -> Done {
    show_offers(app, it, coin, u32::from(page)).await
}

async fn show_offers(app: App, it: Incoming, coin: Coin, page: u32) -> Done {
    let found = app.store().offers(coin, it.origin.user, app.now(), page * PAGE, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    let offers = found.iter().take(PAGE as usize).filter(|it| it.ad.takes_orders());
    let offers = offers.map(Offer::from).collect();
    let screen = sell(SellScreen::Offers { coin, page, offers, more });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Sell(Sell::Offers(coin)))?).await?)
}

/// An offer was picked; the ad may be gone meanwhile.
pub async fn offer(app: App, it: Incoming, press: Press) -> Done {
    let id = AdId(press.subject);
    let Some(ad) = app.store().ad(id).await?.filter(|it| it.takes_orders()) else {
        return refuse(app, it, OpeningRefusal::AdNotActive).await;
    };
    if let Err(refusal) = app.store().bars(it.origin.user, &ad, app.now()).await?.check() {
        return refuse(app, it, refusal).await;
    }
    if !app.store().has_payer(ad.owner).await? {
        return refuse(app, it, OpeningRefusal::NoPayer).await;
    }
    let completed = app.store().user(ad.owner).await?.map_or(0, |it| it.completed);
    let offer = Offer::from(&Offered { ad, completed });
    let most = app.policy().most_for(it.completed);
    ask_amount(app, it, offer.up_to(most), None).await
}

async fn refuse(app: App, it: Incoming, refusal: OpeningRefusal) -> Done {
    Ok(app.reply(it.origin, it.ends(refused(refusal))).await?)
}

/// Why there is no order. What an operator has written is read when the page is sent.
fn refused(refusal: OpeningRefusal) -> Screen {
    match refusal {
        OpeningRefusal::Stopped { stop, everybody } => {
            Screen::Stops { step: StopsScreen::Refused { stop, everybody } }
        }
        _ => sell(SellScreen::Refused { refusal }),
    }
}

async fn ask_amount(app: App, it: Incoming, offer: Offer, problem: Option<AmountProblem>) -> Done {
    let available = app.store().available_of(it.origin.user, offer.coin).await?;
    let screen = sell(SellScreen::Amount { offer, available, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Sell(Sell::Amount(offer)))?).await?)
}

/// An amount was typed, in yuan or in coins.
pub async fn amount(app: App, it: Incoming, text: String, offer: Offer) -> Done {
    match amount::quantity(&text, offer.coin) {
        Ok(quantity) => take_amount(app, it, offer, quantity).await,
        Err(error) => ask_amount(app, it, offer, Some(AmountProblem::Typed { error })).await,
    }
}

/// As much as there is, and as the offer takes.
pub async fn all(app: App, it: Incoming, offer: Offer) -> Done {
    let coins = app.store().available_of(it.origin.user, offer.coin).await?;
    let quantity = match offer.price.fen_for(coins) {
        Ok(fen) if fen <= offer.max => Quantity::Coins(coins),
        Ok(_) | Err(_) => Quantity::Yuan(offer.max),
    };
    take_amount(app, it, offer, quantity).await
}

async fn take_amount(app: App, it: Incoming, offer: Offer, quantity: Quantity) -> Done {
    // The same check is made again, with the same words, when the coins are locked.
    let checked = match app.store().ad(offer.ad).await? {
        None => Err(OpeningRefusal::AdNotActive),
        Some(ad) => {
            let seller = Seller {
                user: it.origin.user,
                available: app.store().available_of(it.origin.user, offer.coin).await?,
                completed: it.completed,
                open: 0,
                code: app.store().has_totp(it.origin.user).await?,
            };
            Deal::check(&ad, quantity, &seller, app.policy())
        }
    };
    let deal = match checked {
        Ok(deal) => deal,
        Err(refusal) => {
            return ask_amount(app, it, offer, Some(AmountProblem::Refused { refusal })).await;
        }
    };
    ask_payee(app, it, Sale { offer, quantity, deal }).await
}

/// To which account? Who has never kept one here simply types it.
async fn ask_payee(app: App, it: Incoming, sale: Sale) -> Done {
    match app.payee_choices(it.origin.user, sale.deal.fen).await? {
        Some(choices) => {
            let screen = sell(SellScreen::Payee { deal: sale.deal, choices });
            Ok(app.reply(it.origin, it.step(screen, &Talk::Sell(Sell::Payee(sale)))?).await?)
        }
        None => ask_account(app, it, sale, false).await,
    }
}

/// One of the accounts that are kept was chosen.
pub async fn payee(app: App, it: Incoming, press: Press, sale: Sale) -> Done {
    let id = PayeeId(press.subject);
    let Some(line) = app.account_of(it.origin.user, id).await? else {
        return ask_payee(app, it, sale).await;
    };
    let screen = sell(SellScreen::Review {
        offer: sale.offer,
        deal: sale.deal,
        account: line.account,
        name: line.name,
    });
    let talk = Talk::Sell(Sell::ReviewKept(sale, id));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

async fn ask_account(app: App, it: Incoming, sale: Sale, wrong: bool) -> Done {
    let screen = sell(SellScreen::Account { deal: sale.deal, wrong });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Sell(Sell::Account(sale)))?).await?)
}

pub async fn account(app: App, it: Incoming, text: String, sale: Sale) -> Done {
    match Account::parse(&text) {
        Ok(account) => ask_name(app, it, sale, account, false).await,
        Err(_) => ask_account(app, it, sale, true).await,
    }
}

async fn ask_name(app: App, it: Incoming, sale: Sale, account: Account, wrong: bool) -> Done {
    let screen = sell(SellScreen::Name { account: account.mask(), wrong });
    let talk = Talk::Sell(Sell::Name(sale, account.reveal().to_owned()));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

pub async fn name(app: App, it: Incoming, text: String, (sale, account): (Sale, String)) -> Done {
    let Ok(account) = Account::parse(&account) else {
        return ask_account(app, it, sale, true).await;
    };
    let Ok(name) = RealName::parse(&text) else {
        return ask_name(app, it, sale, account, true).await;
    };
    let screen = sell(SellScreen::Review {
        offer: sale.offer,
        deal: sale.deal,
        account: account.mask(),
        name: name.mask(),
    });
    let (account, name) = (account.reveal().to_owned(), name.reveal().to_owned());
    let talk = Talk::Sell(Sell::Review(sale, account, name));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

/// Sell now: the coins are locked, and both sides get their card.
pub async fn confirm(
    app: App,
    it: Incoming,
    (sale, account, name): (Sale, String, String),
) -> Done {
    let (Ok(account), Ok(name)) = (Account::parse(&account), RealName::parse(&name)) else {
        return ask_account(app, it, sale, true).await;
    };
    open(app, it, sale, PayTo::First(Payee { account, name, code: None })).await
}

/// The same, paid to an account that is kept.
pub async fn confirm_kept(app: App, it: Incoming, (sale, payee): (Sale, PayeeId)) -> Done {
    open(app, it, sale, PayTo::Kept(payee)).await
}

async fn open(app: App, it: Incoming, sale: Sale, payee: PayTo) -> Done {
    let opening =
        Opening { ad: sale.offer.ad, version: sale.offer.version, quantity: sale.quantity, payee };
    let offer = sale.offer;
    let available = app.store().available_of(it.origin.user, offer.coin).await?;
    let said = it.clone();
    let say = move |outcome: Result<&Order, OpeningRefusal>| match outcome {
        Ok(order) => said.ends(sell(SellScreen::Opened { order: order.id })),
        // Another amount may do: the wizard asks for it.
        Err(
            refusal @ (OpeningRefusal::OutsideAd { .. }
            | OpeningRefusal::Balance { .. }
            | OpeningRefusal::Trust { .. }
            | OpeningRefusal::NeedsCode { .. }
            | OpeningRefusal::NoFreeAmount
            | OpeningRefusal::Payee {
                why: PayeeRefusal::DayCap { .. } | PayeeRefusal::MonthCap { .. },
            }),
        ) => {
            let problem = Some(AmountProblem::Refused { refusal });
            let again = sell(SellScreen::Amount { offer, available, problem });
            said.step(again, &Talk::Sell(Sell::Amount(offer)))
                .unwrap_or_else(|_| said.ends(refused(refusal)))
        }
        Err(refusal) => said.ends(refused(refusal)),
    };
    Ok(app.open(it.origin, opening, say).await?)
}

/// One step back, to the question before.
pub async fn back(app: App, it: Incoming, state: Sell) -> Done {
    match state {
        Sell::Coin | Sell::Offers(_) => begin(app, it).await,
        Sell::Amount(offer) => show_offers(app, it, offer.coin, 0).await,
        Sell::Payee(sale) | Sell::Account(sale) => ask_amount(app, it, sale.offer, None).await,
        Sell::ReviewKept(sale, _) => ask_payee(app, it, sale).await,
        Sell::Name(sale, _) | Sell::Review(sale, ..) => ask_account(app, it, sale, false).await,
    }
}

fn sell(step: SellScreen) -> Screen {
    Screen::Sell { step }
}

impl Offer {
    /// As much of it as somebody may sell at once. An ad that only takes more stays as it is: the
    /// refusal of what is typed says why.
    fn up_to(self, most: Fen) -> Self {
        if most < self.min { self } else { Self { max: self.max.min(most), ..self } }
    }
}

impl From<&Offered> for Offer {
    fn from(it: &Offered) -> Self {
        let ad = &it.ad;
        Self {
            ad: ad.id,
            version: ad.version,
            coin: ad.coin(),
            price: ad.terms.price,
            min: ad.terms.min,
            max: ad.most_now(),
            window: ad.terms.window,
            owner: ad.owner,
            completed: it.completed,
        }
    }
}
