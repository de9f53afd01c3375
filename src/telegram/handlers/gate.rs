//! The release gate: what the seller presses and types between "paid" and the coins; and Alipay's
//! numbers, by which both sides find a payment again.

use crate::app::{App, NumberRefusal, ReleaseRefusal, Reply, Talk as Becomes};
use crate::domain::amount::{self, AmountError};
use crate::domain::bill_number::BillNumber;
use crate::domain::mask::{self, Comparison, Fit};
use crate::domain::memo::{self, Memo};
use crate::domain::money::Fen;
use crate::domain::order::{Kind, Order, OrderId, Question, Refusal, Request, Side};
use crate::letter::{Face, GateScreen, Letter, NumberScreen, Screen, Toast};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// Something was typed while the gate of an order is open. What it is for follows from the
/// question that stands in the way. What was typed long ago was about what Alipay showed then.
pub async fn typed(app: App, it: Incoming, text: String, id: OrderId) -> Done {
    if it.old {
        return Ok(app.reply(it.origin, it.shows(Screen::TooOld)).await?);
    }
    let order = app.store().order(id).await?;
    let Some(order) = order.filter(|order| order.side_of(it.origin.user) == Some(Side::Seller))
    else {
        return Ok(app.reply(it.origin, it.ends(Screen::NoSuchOrder)).await?);
    };
    match order.gate.open() {
        None => release(app, it, text, id).await,
        Some(Question::Amount) => amount_seen(app, it, &text, order).await,
        Some(Question::Payer) => masks_seen(app, it, &text, id).await,
        Some(Question::Memo) => memo_seen(app, it, &text, id).await,
        Some(Question::Entry | Question::Arrival) => {
            Ok(app.reply(it.origin, it.shows(Screen::ButtonWanted)).await?)
        }
    }
}

/// All five are answered: a code, or the last digits of the amount.
async fn release(app: App, it: Incoming, typed: String, id: OrderId) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<&Order, ReleaseRefusal>| match outcome {
        // The step itself redraws the cards; the conversation is over.
        Ok(_) => said.fresh_card(id, Face::Plain).talk(Becomes::Ends),
        Err(ReleaseRefusal::Factor(refusal)) => said.says(id, GateScreen::Factor { refusal }),
        Err(ReleaseRefusal::Order(Refusal::NeedsCode)) => said.says(id, GateScreen::NeedsCode),
        Err(ReleaseRefusal::Order(refusal)) => said.no_longer(id, refusal),
    };
    Ok(app.release(it.origin, id, typed, say).await?)
}

/// How much is there? All of it is a yes; after less of it, a buyer who has said to have paid can be
/// asked for the rest.
async fn amount_seen(app: App, it: Incoming, text: &str, order: Order) -> Done {
    let id = order.id;
    let fen = match amount::yuan(text) {
        Ok(fen) => fen,
        Err(error) => return unclear(app, it, id, error).await,
    };
    if fen == order.fen {
        return answer(app, it, id, Question::Amount, true, None).await;
    }
    if fen > order.fen {
        let extra = Fen(fen.0 - order.fen.0);
        let screen = GateScreen::TooMuch { extra };
        return answer(app, it, id, Question::Amount, false, Some(screen)).await;
    }
    let missing = Fen(order.fen.0 - fen.0);
    if order.status.kind() != Kind::Paid {
        let screen = GateScreen::TooLittle { missing };
        return answer(app, it, id, Question::Amount, false, Some(screen)).await;
    }
    // A buyer is not asked for money by a slip of the thumb.
    let screen = Screen::Gate { order: id, step: GateScreen::Less { missing } };
    Ok(app.reply(it.origin, it.step(screen, &Talk::Rest(id, fen))?).await?)
}

/// The amount is typed again instead of asking for the rest.
pub async fn typed_again(app: App, it: Incoming, text: String, (id, _): (OrderId, Fen)) -> Done {
    typed(app, it, text, id).await
}

/// Yes, the buyer shall send what is missing.
pub async fn ask_rest(app: App, it: Incoming, (id, arrived): (OrderId, Fen)) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<&Order, (Refusal, Option<i64>)>| match outcome {
        Ok(order) => {
            let missing = Fen(order.fen.0 - arrived.0);
            said.ends(Screen::Gate { order: id, step: GateScreen::AskedForRest { missing } })
        }
        Err((refusal, _)) => said.no_longer(id, refusal),
    };
    Ok(app.ask(it.origin, id, Request::Short { arrived }, None, say).await?)
}

async fn unclear(app: App, it: Incoming, id: OrderId, error: AmountError) -> Done {
    let step = GateScreen::NotAnAmount { error };
    Ok(app.reply(it.origin, it.shows(Screen::Gate { order: id, step })).await?)
}

/// Who does Alipay show as the payer?
async fn masks_seen(app: App, it: Incoming, text: &str, id: OrderId) -> Done {
    let (name, account) = mask::split(text);
    if name.is_none() && account.is_none() {
        let reply = it.says(id, GateScreen::NoMasks);
        return Ok(app.reply(it.origin, reply).await?);
    }
    let said = it.clone();
    let say = move |outcome: Result<(&Order, Comparison), Refusal>| match outcome {
        Ok((_, found)) => match found.fit() {
            Fit::Match => said.fresh_card(id, Face::Gate),
            Fit::Inconclusive => said.says(id, GateScreen::Inconclusive),
            Fit::Mismatch => {
                let Comparison { visible, equal, .. } = found;
                said.says(id, GateScreen::Mismatch { visible, equal })
            }
        },
        Err(refusal) => said.no_longer(id, refusal),
    };
    Ok(app.compare(it.origin, id, name, account, say).await?)
}

/// What does the memo say? Nothing, or what Alipay itself writes there, is a yes.
async fn memo_seen(app: App, it: Incoming, text: &str, id: OrderId) -> Done {
    match memo::judge(text) {
        Memo::Blank | Memo::Neutral => answer(app, it, id, Question::Memo, true, None).await,
        found @ (Memo::Coins | Memo::Other) => {
            let screen = GateScreen::Memo { coins: found == Memo::Coins };
            answer(app, it, id, Question::Memo, false, Some(screen)).await
        }
    }
}

/// What was typed is an answer. A yes shows the card with what comes next; a no says why first.
async fn answer(
    app: App,
    it: Incoming,
    id: OrderId,
    question: Question,
    yes: bool,
    why: Option<GateScreen>,
) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<&Order, (Refusal, Option<i64>)>| match (outcome, why) {
        (Ok(_), None) => said.fresh_card(id, Face::Gate),
        (Ok(_), Some(why)) => said.says(id, why),
        (Err((refusal, _)), _) => said.no_longer(id, refusal),
    };
    Ok(app.ask(it.origin, id, Request::Answer { question, yes }, None, say).await?)
}

/// "Give the order number": what is typed next is for it.
pub async fn ask_number(app: App, it: Incoming, press: Press) -> Done {
    let id = OrderId(press.subject);
    let side = app.store().order(id).await?.and_then(|order| order.side_of(it.origin.user));
    let origin = it.origin;
    let reply = match side {
        None => it.shows_below(Screen::NoSuchOrder),
        Some(side) => it.below().asks_number(id, side),
    };
    Ok(app.reply(origin, reply).await?)
}

/// A number was typed.
pub async fn number(app: App, it: Incoming, text: String, id: OrderId) -> Done {
    let side = app.store().order(id).await?.and_then(|order| order.side_of(it.origin.user));
    let refund = side == Some(Side::Seller);
    let number = match BillNumber::parse(&text, app.now()) {
        Ok(number) => number,
        Err(error) => {
            let step = NumberScreen::Wrong { refund, error };
            return Ok(app.reply(it.origin, it.shows(Screen::Number { order: id, step })).await?);
        }
    };
    let (said, tail) = (it.clone(), number.tail().to_owned());
    let say = move |outcome: Result<(), NumberRefusal>| match outcome {
        Ok(()) => said.ends(Screen::Number { order: id, step: NumberScreen::Kept { tail } }),
        Err(NumberRefusal::Reused) => {
            said.shows(Screen::Number { order: id, step: NumberScreen::Reused })
        }
        Err(NumberRefusal::Order(refusal)) => said.no_longer(id, refusal),
    };
    Ok(app.give_number(it.origin, id, number, say).await?)
}

impl Incoming {
    /// Asks for Alipay's number of a payment (the buyer) or of a refund (the seller).
    pub fn asks_number(&self, order: OrderId, side: Side) -> Reply {
        let step = NumberScreen::Ask { refund: side == Side::Seller };
        self.shows(Screen::Number { order, step }).talk(Talk::Number(order).becomes())
    }

    /// The same below a press that was granted.
    pub fn done_and_asks_number(&self, order: OrderId, side: Side) -> Reply {
        let step = NumberScreen::Ask { refund: side == Side::Seller };
        self.toast_and_below(Toast::Done, Screen::Number { order, step })
            .talk(Talk::Number(order).becomes())
    }

    /// Why it does not go on, and below it the card with the question that stands in the way.
    fn says(&self, order: OrderId, step: GateScreen) -> Reply {
        let card = Letter::Card { order, face: Face::Gate, fresh: true };
        self.shows(Screen::Gate { order, step }).letter(self.origin.chat, card)
    }

    fn fresh_card(&self, order: OrderId, face: Face) -> Reply {
        Reply::default().letter(self.origin.chat, Letter::Card { order, face, fresh: true })
    }

    /// The order has gone on meanwhile: what it is now, and why this does not fit any more.
    fn no_longer(&self, order: OrderId, refusal: Refusal) -> Reply {
        let screen = Screen::OrderSays { refusal };
        let card = Letter::Card { order, face: Face::Plain, fresh: true };
        let reply = self.ends(screen);
        match refusal {
            Refusal::NotYours => reply,
            _ => reply.letter(self.origin.chat, card),
        }
    }
}
