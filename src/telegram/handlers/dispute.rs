//! What the two sides of a dispute or claim hand in.

use crate::app::{App, Numbered, WriteRefusal};
use crate::domain::bill_number::BillNumber;
use crate::domain::chat::{Proof, Purpose};
use crate::domain::order::{Asker, OrderId, Refusal, Request};
use crate::letter::{ChatScreen, DisputeScreen, NumberScreen, Screen, Toast};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{DisputeTalk, Talk};

type Done = Result<(), HandlerError>;

fn screen(order: OrderId, step: DisputeScreen) -> Screen {
    Screen::Dispute { order, step }
}

/// What will it be? Below a card or a message that rings; in the place of a page of this.
pub async fn kinds(app: App, it: Incoming, press: Press) -> Done {
    let id = OrderId(press.subject);
    let page = screen(id, DisputeScreen::Kinds);
    let reply = match refusal(&app, &it, id).await? {
        Some(refusal) => it.toast(Toast::Refused { refusal }),
        None if press.version == 0 => it.shows(page),
        None => it.shows_below(page),
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// It will be that: type or send it. What is sent then comes through the order's chat.
pub async fn wanted(app: App, it: Incoming, press: Press, what: Proof) -> Done {
    let id = OrderId(press.subject);
    let reply = match refusal(&app, &it, id).await? {
        Some(refusal) => it.toast(Toast::Refused { refusal }),
        None => {
            let talk = match what {
                Proof::Number => Talk::Dispute(DisputeTalk::Number(id)),
                Proof::Bill | Proof::Recording | Proof::Screenshot | Proof::Other => {
                    Talk::Message(id, Purpose::Evidence { what })
                }
            };
            it.step(screen(id, DisputeScreen::Wanted { what, problem: None }), &talk)?
        }
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// Why nothing can be handed in now.
async fn refusal(app: &App, it: &Incoming, id: OrderId) -> Result<Option<Refusal>, HandlerError> {
    let Some(order) = app.store().order(id).await? else { return Ok(Some(Refusal::NotYours)) };
    let asker = Asker { user: it.origin.user, arbiter: false };
    Ok(order.ask(Request::Evidence, asker, None, app.now()).err())
}

/// The number was typed.
pub async fn number(app: App, it: Incoming, text: String, id: OrderId) -> Done {
    let what = Proof::Number;
    let number = match BillNumber::parse(&text, app.now()) {
        Ok(number) => number,
        Err(error) => {
            let step = DisputeScreen::Wanted { what, problem: Some(error) };
            return Ok(app.reply(it.origin, it.shows(screen(id, step))).await?);
        }
    };
    let said = it.clone();
    let say = move |outcome: Result<Numbered, WriteRefusal>| match outcome {
        Ok(Numbered::Kept) => said.ends(screen(id, DisputeScreen::Kept { what })),
        Ok(Numbered::Reused) => said.ends(Screen::Number { order: id, step: NumberScreen::Reused }),
        Err(WriteRefusal::Order(refusal)) => said.ends(Screen::OrderSays { refusal }),
        Err(WriteRefusal::Says(problem)) => {
            said.shows(Screen::Chat { order: id, step: ChatScreen::Refused { problem } })
        }
        Err(WriteRefusal::NotYours | WriteRefusal::NotTaken) => said.ends(Screen::NoSuchOrder),
    };
    Ok(app.hand_in_number(it.origin, id, number, say).await?)
}
