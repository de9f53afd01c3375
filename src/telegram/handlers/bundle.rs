//! Evidence, and what to do about a frozen account.

use crate::app::{App, Note, Reply};
use crate::bundle::{self, Desk};
use crate::domain::UserId;
use crate::domain::freeze::{Detail, Freeze, FreezeKind};
use crate::domain::order::{Order, OrderId, Side};
use crate::letter::{BundleScreen, FrozenScreen, Letter, OrderLine, Screen};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{Frozen, Talk};

type Done = Result<(), HandlerError>;

/// Orders that are offered where no code is given.
const OFFERED: u32 = 6;
/// Of one person with another; whoever has more has their codes under /orders.
const WITH: u32 = 30;

/// `/evidence K7M2QX`. Without a code, the newest orders.
pub async fn named(app: App, it: Incoming, code: String) -> Done {
    if code.trim().is_empty() {
        let lines = newest(&app, it.origin.user, None, OFFERED).await?;
        let reply = it.shows(Screen::Bundle { step: BundleScreen::Choose { lines } });
        return Ok(app.reply(it.origin, reply).await?);
    }
    match OrderId::from_code(&code) {
        Some(order) => make(app, it, order).await,
        None => Ok(app.reply(it.origin, it.shows(Screen::NotACode)).await?),
    }
}

pub async fn press(app: App, it: Incoming, press: Press) -> Done {
    make(app, it, OrderId(press.subject)).await
}

/// It takes a moment, so it is work of the outbox; whether it may be read is looked at there again.
async fn make(app: App, it: Incoming, order: OrderId) -> Done {
    let desk = Desk { store: app.store(), seal: app.seal(), demo: false };
    let reply = match bundle::voice_of(desk, order, it.origin.user).await? {
        None => it.shows_below(Screen::NoSuchOrder),
        Some(_) => it
            .shows_below(Screen::Bundle { step: BundleScreen::Making { order } })
            .letter(it.origin.chat, Letter::Bundle { order }),
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// `/frozen K7M2QX`. Without a code, the newest orders.
pub async fn frozen(app: App, it: Incoming, code: String) -> Done {
    if code.trim().is_empty() {
        let lines = newest(&app, it.origin.user, None, OFFERED).await?;
        return Ok(app.reply(it.origin, it.shows(asks(FrozenScreen::Choose { lines }))).await?);
    }
    match OrderId::from_code(&code) {
        Some(order) => begin(app, it, order).await,
        None => Ok(app.reply(it.origin, it.shows(Screen::NotACode)).await?),
    }
}

pub async fn frozen_pressed(app: App, it: Incoming, press: Press) -> Done {
    begin(app, it.below(), OrderId(press.subject)).await
}

/// What is noted already, or the first question.
async fn begin(app: App, it: Incoming, order: OrderId) -> Done {
    let kept = app.store().freeze(app.seal(), order, it.origin.user, true).await?;
    if kept.is_some() && own(&app, &it, order).await?.is_some() {
        let screen = asks(FrozenScreen::Kept { order, now: false });
        return Ok(app.reply(it.origin, it.ends(screen)).await?);
    }
    ask_kind(app, it, order).await
}

pub async fn anew(app: App, it: Incoming, press: Press) -> Done {
    ask_kind(app, it, OrderId(press.subject)).await
}

async fn ask_kind(app: App, it: Incoming, order: OrderId) -> Done {
    let reply = match own(&app, &it, order).await? {
        None => it.shows(Screen::NoSuchOrder),
        Some(_) => {
            it.step(asks(FrozenScreen::Kind { order }), &Talk::Frozen(Frozen::Kind(order)))?
        }
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn kind(app: App, it: Incoming, order: OrderId, kind: FreezeKind) -> Done {
    let reply = ask(&it, order, Freeze::new(kind), Detail::Body)?;
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn typed(app: App, it: Incoming, text: String, state: Frozen) -> Done {
    let Frozen::Detail(order, freeze, detail) = state else {
        return Ok(app.reply(it.origin, it.shows_below(Screen::ButtonWanted)).await?);
    };
    match detail.parse(&text) {
        Ok(answer) => next(app, it, order, freeze.with(detail, Some(answer)), detail).await,
        Err(error) => {
            let problem = Some(error);
            let screen = asks(FrozenScreen::Ask { order, detail, problem });
            let talk = Talk::Frozen(Frozen::Detail(order, freeze, detail));
            Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
        }
    }
}

pub async fn skip(app: App, it: Incoming, state: (OrderId, Freeze, Detail)) -> Done {
    let (order, freeze, detail) = state;
    next(app, it, order, freeze.with(detail, None), detail).await
}

/// The question after that one. After the last, the answers are shown as they will be kept.
async fn next(app: App, it: Incoming, order: OrderId, freeze: Freeze, after: Detail) -> Done {
    if let Some(detail) = after.next() {
        let reply = ask(&it, order, freeze, detail)?;
        return Ok(app.reply(it.origin, reply).await?);
    }
    let talk = Talk::Frozen(Frozen::Review(order, freeze.clone()));
    let review = it.step(asks(FrozenScreen::Review { order }), &talk)?;
    let origin = it.origin;
    let say = move |is_own| if is_own { review } else { it.ends(Screen::NoSuchOrder) };
    Ok(app.note_freeze(origin, order, Note::Draft(freeze), say).await?)
}

pub async fn back(app: App, it: Incoming, state: Frozen) -> Done {
    let (order, freeze, detail) = match state {
        Frozen::Kind(order) => return ask_kind(app, it, order).await,
        Frozen::Detail(order, freeze, detail) => match detail.before() {
            Some(before) => (order, freeze, before),
            None => return ask_kind(app, it, order).await,
        },
        Frozen::Review(order, freeze) => (order, freeze, Detail::Officer),
    };
    let reply = ask(&it, order, freeze, detail)?;
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn keep(app: App, it: Incoming, (order, _freeze): (OrderId, Freeze)) -> Done {
    let said = it.clone();
    let say = move |kept| {
        said.ends(match kept {
            true => asks(FrozenScreen::Kept { order, now: true }),
            false => asks(FrozenScreen::Erased { order }),
        })
    };
    Ok(app.note_freeze(it.origin, order, Note::Keep, say).await?)
}

pub async fn erase(app: App, it: Incoming, press: Press) -> Done {
    let order = OrderId(press.subject);
    let said = it.clone();
    let say = move |is_own| {
        said.ends(match is_own {
            true => asks(FrozenScreen::Erased { order }),
            false => Screen::NoSuchOrder,
        })
    };
    Ok(app.note_freeze(it.origin, order, Note::Erase, say).await?)
}

/// All orders with the other side of that one.
pub async fn with(app: App, it: Incoming, press: Press) -> Done {
    let user = it.origin.user;
    let reply = match own(&app, &it, OrderId(press.subject)).await? {
        None => it.shows_below(Screen::NoSuchOrder),
        Some(order) => {
            let other = if order.seller == user { order.buyer } else { order.seller };
            let lines = newest(&app, user, Some(other), WITH).await?;
            it.shows_below(asks(FrozenScreen::With { lines }))
        }
    };
    Ok(app.reply(it.origin, reply).await?)
}

fn ask(
    it: &Incoming,
    order: OrderId,
    freeze: Freeze,
    detail: Detail,
) -> Result<Reply, serde_json::Error> {
    let screen = asks(FrozenScreen::Ask { order, detail, problem: None });
    it.step(screen, &Talk::Frozen(Frozen::Detail(order, freeze, detail)))
}

/// The order, if whoever asks is a side of it.
async fn own(app: &App, it: &Incoming, order: OrderId) -> Result<Option<Order>, HandlerError> {
    let order = app.store().order(order).await?;
    Ok(order.filter(|order| order.side_of(it.origin.user).is_some()))
}

async fn newest(
    app: &App,
    user: UserId,
    other: Option<UserId>,
    most: u32,
) -> Result<Vec<OrderLine>, HandlerError> {
    let orders = app.store().newest_orders(user, other, most).await?;
    let line = |order: Order| OrderLine {
        order: order.id,
        side: order.side_of(user).unwrap_or(Side::Seller),
        coins: order.coins,
        fen: order.fen,
        status: order.status.kind(),
        opened_at: order.opened_at,
    };
    Ok(orders.into_iter().map(line).collect())
}

fn asks(asks: FrozenScreen) -> Screen {
    Screen::Bundle { step: BundleScreen::Frozen { asks } }
}
