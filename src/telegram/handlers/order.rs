//! Orders: the presses on their cards, and the lists.

use crate::app::{App, Reply};
use crate::domain::order::{Order, OrderId, Refusal, Request, Side};
use crate::letter::{BalanceLine, Face, Letter, OrderLine, Screen, Toast, WithdrawalLine};
use crate::telegram::HandlerError;
use crate::telegram::handlers::{case, start};
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// Orders on one page of the list.
const PAGE: u32 = 6;

/// A button asks something of an order.
pub async fn ask(app: App, it: Incoming, press: Press, request: Request) -> Done {
    let order = OrderId(press.subject);
    let said = it.clone();
    let say = move |outcome: Result<&Order, (Refusal, Option<i64>)>| match outcome {
        Ok(_) => said.granted(order, request),
        Err((refusal, card)) => said.refused(order, refusal, card),
    };
    // The other side could make a card old again and again: a dispute may be opened from any.
    let seen = match request {
        Request::Dispute { .. } => None,
        _ => Some(press.version),
    };
    Ok(app.ask(it.origin, order, request, seen, say).await?)
}

/// A button changes what the card asks: nothing has been decided yet.
pub async fn turn(app: App, it: Incoming, press: Press, face: Face) -> Done {
    let id = OrderId(press.subject);
    let order = app.store().order(id).await?;
    let card = app.store().card(id, it.origin.chat).await?;
    let reply = match order.filter(|order| order.side_of(it.origin.user).is_some()) {
        None => it.refused(id, Refusal::NotYours, card),
        // As above: a dispute may be opened from any.
        Some(order) if order.version != press.version && face != Face::Dispute => {
            it.refused(id, Refusal::Stale, card)
        }
        Some(order) => {
            // The seller's second question has become five.
            let asks_seller = order.side_of(it.origin.user) == Some(Side::Seller);
            let face = if asks_seller && face == Face::Confirm { Face::Gate } else { face };
            let fresh = it.pressed_elsewhere(card);
            let reply = it.nods().letter(it.origin.chat, Letter::Card { order: id, face, fresh });
            if face == Face::Gate { reply.talk(Talk::Gate(id).becomes()) } else { reply }
        }
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// A fresh card of an order, from a list.
pub async fn open(app: App, it: Incoming, press: Press) -> Done {
    show(app, it, OrderId(press.subject)).await
}

/// `/order K7M2QX`. Without a code, all that are open.
pub async fn named(app: App, it: Incoming, code: String) -> Done {
    if code.trim().is_empty() {
        return list(app, it).await;
    }
    match OrderId::from_code(&code) {
        Some(id) => show(app, it, id).await,
        None => Ok(app.reply(it.origin, it.shows(Screen::NotACode)).await?),
    }
}

/// A text that no step waits for may be an order's code. Many a word could be one, so only what
/// looks like a code is answered as one that is wrong.
pub async fn typed(app: App, it: Incoming, text: String) -> Done {
    match OrderId::from_code(&text) {
        Some(id) if is_ours(&app, &it, id).await? => show(app, it, id).await,
        Some(_) if looks_like_a_code(&text) && it.talk == Talk::Idle && !it.forgotten => {
            Ok(app.reply(it.origin, it.shows(Screen::NoSuchOrder)).await?)
        }
        Some(_) | None => start::not_understood(app, it).await,
    }
}

fn looks_like_a_code(text: &str) -> bool {
    text.contains(|it: char| it.is_ascii_digit()) || !text.contains(char::is_lowercase)
}

async fn show(app: App, it: Incoming, id: OrderId) -> Done {
    let reply = match is_ours(&app, &it, id).await? {
        false if case::is_visible(&app, &it, id).await? => return case::case(app, it, id, 0).await,
        false => it.shows_below(Screen::NoSuchOrder),
        true => it.nods().letter(it.origin.chat, card(id, true)),
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// Whether whoever asks is a side of that order.
async fn is_ours(app: &App, it: &Incoming, id: OrderId) -> Result<bool, HandlerError> {
    let order = app.store().order(id).await?;
    Ok(order.is_some_and(|order| order.side_of(it.origin.user).is_some()))
}

pub async fn list(app: App, it: Incoming) -> Done {
    show_list(app, it, false, 0).await
}

pub async fn page(app: App, it: Incoming, (past, page): (bool, u16)) -> Done {
    show_list(app, it, past, u32::from(page)).await
}

async fn show_list(app: App, it: Incoming, past: bool, page: u32) -> Done {
    let user = it.origin.user;
    let mut orders = app.store().orders_of(user, past, page * PAGE, PAGE + 1).await?;
    let more = orders.len() > PAGE as usize;
    orders.truncate(PAGE as usize);
    let lines = orders
        .iter()
        .map(|order| OrderLine {
            order: order.id,
            side: order.side_of(user).unwrap_or(Side::Seller),
            coins: order.coins,
            fen: order.fen,
            status: order.status.kind(),
            opened_at: order.opened_at,
        })
        .collect();
    Ok(app.reply(it.origin, it.shows(Screen::Orders { past, page, lines, more })).await?)
}

pub async fn balance(app: App, it: Incoming) -> Done {
    let user = it.origin.user;
    let available = app.store().available(user).await?;
    let locked = app.store().locked(user).await?;
    let lines = available
        .into_iter()
        .zip(locked)
        .map(|(available, locked)| BalanceLine { available, locked })
        .collect();
    let waiting = app.store().waiting_withdrawals(Some(user)).await?;
    let waiting = waiting.into_iter().map(WithdrawalLine::from).collect();
    Ok(app.reply(it.origin, it.shows(Screen::Balance { lines, waiting })).await?)
}

fn card(order: OrderId, fresh: bool) -> Letter {
    Letter::Card { order, face: Face::Plain, fresh }
}

impl Incoming {
    /// The order has granted it, and the step itself redraws the cards. Some wishes lead to the
    /// next question.
    fn granted(&self, order: OrderId, request: Request) -> Reply {
        match request {
            Request::Answer { .. } => {
                let card = Letter::Card { order, face: Face::Gate, fresh: false };
                self.nods().letter(self.origin.chat, card).talk(Talk::Gate(order).becomes())
            }
            Request::MarkPaid => self.done_and_asks_number(order, Side::Buyer),
            Request::RefundSent => self.done_and_asks_number(order, Side::Seller),
            _ => self.toast(Toast::Done),
        }
    }

    /// The order says no: the person hears why, and sees what the order is now. What was pressed
    /// on an older message of an order that has ended is not offered again.
    fn refused(&self, order: OrderId, refusal: Refusal, card: Option<i64>) -> Reply {
        let reply = self.toast(Toast::Refused { refusal });
        match refusal {
            Refusal::NotYours => reply,
            Refusal::NotYourSide
            | Refusal::Stale
            | Refusal::NotNow { .. }
            | Refusal::Used
            | Refusal::TooEarly { .. }
            | Refusal::TooLate { .. }
            | Refusal::NotOffered
            | Refusal::AlreadyAgreed
            | Refusal::Taken
            | Refusal::NotTaken
            | Refusal::NeedsAnother
            | Refusal::Unanswered { .. }
            | Refusal::OtherPayer
            | Refusal::NeedsCode => {
                let elsewhere = self.pressed_elsewhere(card);
                let reply = reply.letter(self.origin.chat, self::card(order, elsewhere));
                match self.pressed_message().filter(|_| elsewhere) {
                    Some(message) => {
                        reply.letter(self.origin.chat, Letter::ButtonsOff { order, message })
                    }
                    None => reply,
                }
            }
        }
    }

    /// Whether something else than the live card was pressed, a reminder for example: then what is
    /// to be read comes below it, not far above.
    fn pressed_elsewhere(&self, card: Option<i64>) -> bool {
        card.is_none() || card != self.pressed_message()
    }
}
