//! What people write about an order: to its other side, or to those who settle its dispute.

use secrecy::SecretString;
use teloxide::types::{InlineKeyboardButtonKind, Message};

use crate::app::{App, Reply, WriteRefusal, Writing, Written};
use crate::domain::chat::{FileId, Form, Purpose};
use crate::domain::order::OrderId;
use crate::letter::{
    CaseScreen, ChatLetter, ChatScreen, DisputeScreen, Letter, Screen, WriteProblem,
};
use crate::store::files::NewFile;
use crate::telegram::HandlerError;
use crate::telegram::action::{Action, ChatAction};
use crate::telegram::handlers::case;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// What somebody replies to: a message of ours about one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    pub order: OrderId,
    pub purpose: Purpose,
}

impl About {
    /// The buttons of the message say which order it is about: only we can have drawn them, and for
    /// this reader alone. Nothing has to be remembered.
    pub fn of_reply(message: &Message, app: &App, it: &Incoming) -> Option<Self> {
        let buttons = &message.reply_to_message()?.reply_markup()?.inline_keyboard;
        let presses = buttons.iter().flatten().filter_map(|button| match &button.kind {
            InlineKeyboardButtonKind::CallbackData(data) => {
                Press::decode(data, app.seal(), it.origin.user.0)
            }
            _ => None,
        });
        Self::of(presses)
    }

    /// `None`: about no order, or about more than one, as a list of them.
    fn of(presses: impl Iterator<Item = Press>) -> Option<Self> {
        let mut about: Option<Self> = None;
        for press in presses.filter(|it| it.action.is_about_an_order()) {
            let order = OrderId(press.subject);
            if about.is_some_and(|it| it.order != order) {
                return None;
            }
            let answers = press.action == Action::Chat(ChatAction::Answer)
                || about.is_some_and(|it| it.purpose == Purpose::Answer);
            let purpose = if answers { Purpose::Answer } else { Purpose::Chat };
            about = Some(Self { order, purpose });
        }
        about
    }
}

/// A reply, wherever the conversation stands: it stays there.
pub async fn replied(app: App, it: Incoming, message: Message, about: About) -> Done {
    write(app, it, &message, about).await
}

/// The next message of somebody who writes.
pub async fn typed(
    app: App,
    it: Incoming,
    message: Message,
    (order, purpose): (OrderId, Purpose),
) -> Done {
    write(app, it, &message, About { order, purpose }).await
}

async fn write(app: App, it: Incoming, message: &Message, about: About) -> Done {
    let About { order, purpose } = about;
    let Some((text, file)) = content(message) else {
        let problem = WriteProblem::WrongKind;
        let reply = it.shows(chat(order, ChatScreen::Refused { problem }));
        return Ok(app.reply(it.origin, reply).await?);
    };
    let purpose = match purpose {
        Purpose::Evidence { what } => {
            let form = file.as_ref().map(|it| it.form);
            Purpose::Evidence { what: what.as_it_came(form, is_picture(message)) }
        }
        Purpose::Chat
        | Purpose::Question { .. }
        | Purpose::Answer
        | Purpose::Proposal { .. }
        | Purpose::Reason { .. }
        | Purpose::Closing => purpose,
    };
    let said = it.clone();
    let say = move |outcome| said.wrote(About { order, purpose }, outcome);
    Ok(app.write(it.origin, order, Writing { purpose, text, file }, say).await?)
}

/// What can be passed on of a message.
fn content(message: &Message) -> Option<(SecretString, Option<NewFile>)> {
    if let Some(text) = message.text() {
        return Some((text.into(), None));
    }
    let file = |form, file: &teloxide::types::FileMeta, name: Option<&String>| NewFile {
        form,
        place: file.id.0.as_str().into(),
        name: name.map(|it| it.as_str().into()),
        bytes: u64::from(file.size),
    };
    let file = if let Some(sizes) = message.photo() {
        let largest = sizes.iter().max_by_key(|it| (it.width, it.file.size))?;
        file(Form::Photo, &largest.file, None)
    } else if let Some(video) = message.video() {
        file(Form::Video, &video.file, video.file_name.as_ref())
    } else {
        let document = message.document()?;
        file(Form::Document, &document.file, document.file_name.as_ref())
    };
    Some((message.caption().unwrap_or_default().into(), Some(file)))
}

/// Also one that is sent as a file, so that it stays sharp.
fn is_picture(message: &Message) -> bool {
    let kind = message.document().and_then(|it| it.mime_type.as_ref());
    message.photo().is_some() || kind.is_some_and(|it| it.type_() == "image")
}

/// What is written next goes to the other side.
pub async fn begin(app: App, it: Incoming, press: Press) -> Done {
    begin_for(app, it, OrderId(press.subject), Purpose::Chat).await
}

/// What is written next goes to the arbiter.
pub async fn begin_answer(app: App, it: Incoming, press: Press) -> Done {
    begin_for(app, it, OrderId(press.subject), Purpose::Answer).await
}

async fn begin_for(app: App, it: Incoming, id: OrderId, purpose: Purpose) -> Done {
    let order = app.store().order(id).await?;
    let own = order.filter(|order| order.side_of(it.origin.user).is_some());
    let reply = match own {
        None => it.shows_below(Screen::NoSuchOrder),
        Some(order) if order.is_closed() => {
            let problem = WriteProblem::Closed;
            it.shows_below(chat(id, ChatScreen::Refused { problem }))
        }
        Some(_) => {
            let reply = it.shows_below(chat(id, ChatScreen::Write { purpose }));
            reply.talk(Talk::Message(id, purpose).becomes())
        }
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// The conversation, a page at a time.
pub async fn messages(app: App, it: Incoming, press: Press, page: u16) -> Done {
    let id = OrderId(press.subject);
    let order = app.store().order(id).await?;
    let screen = match order.is_some_and(|order| order.side_of(it.origin.user).is_some()) {
        true => chat(id, ChatScreen::Messages { page: page.into() }),
        // Whoever settles the dispute reads them among everything else.
        false if case::is_visible(&app, &it, id).await? => return case::case(app, it, id, 0).await,
        false => Screen::NoSuchOrder,
    };
    // Turning a page stays in its place; the card keeps its own.
    let card = app.store().card(id, it.origin.chat).await?;
    let is_card = card.is_some() && card == it.pressed_message();
    let it = if is_card || page == 0 { it.below() } else { it };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

pub async fn mute(app: App, it: Incoming, press: Press, on: bool) -> Done {
    let id = OrderId(press.subject);
    let said = it.clone();
    let say = move |own: Option<&_>| match own {
        Some(_) => said.shows_below(chat(id, ChatScreen::Mute { on })),
        None => said.shows_below(Screen::NoSuchOrder),
    };
    Ok(app.mute(it.origin, id, on, say).await?)
}

/// A file comes again out of what we keep, for whom it was meant.
pub async fn file(app: App, it: Incoming, press: Press) -> Done {
    let file = FileId(press.subject);
    let letter = Letter::Chat { chat: ChatLetter::Again { file } };
    let reply = it.nods().letter(it.origin.chat, letter);
    Ok(app.reply(it.origin, reply).await?)
}

impl Incoming {
    /// How far it comes is said when it is known: then there is nothing more to say here.
    fn wrote(&self, about: About, outcome: Result<Written, WriteRefusal>) -> Reply {
        let About { order, purpose } = about;
        let step = match outcome {
            Ok(Written::Kept) => match purpose {
                Purpose::Evidence { what } => {
                    let step = DisputeScreen::Kept { what };
                    return self.shows(Screen::Dispute { order, step });
                }
                Purpose::Chat
                | Purpose::Question { .. }
                | Purpose::Answer
                | Purpose::Proposal { .. }
                | Purpose::Reason { .. }
                | Purpose::Closing => return Reply::default(),
            },
            // The words for the two sides warn of being led away; an arbiter would be the one who leads.
            Ok(Written::Held(_)) if matches!(purpose, Purpose::Question { .. }) => {
                ChatScreen::Refused { problem: WriteProblem::LeadsAway }
            }
            Ok(Written::Held(found)) => ChatScreen::Held { found },
            Err(WriteRefusal::NotYours) if matches!(purpose, Purpose::Question { .. }) => {
                return self.ends(Screen::Case { step: CaseScreen::NotArbiter });
            }
            Err(WriteRefusal::NotYours) => return self.shows(Screen::NoSuchOrder),
            Err(WriteRefusal::NotTaken) => {
                return self.ends(Screen::Case { step: CaseScreen::NotTaken { order } });
            }
            Err(WriteRefusal::Order(refusal)) => {
                return self.ends(Screen::OrderSays { refusal });
            }
            Err(WriteRefusal::Says(problem)) => {
                let reply = self.shows(chat(order, ChatScreen::Refused { problem }));
                // Nothing more can be written there.
                let ends =
                    problem == WriteProblem::Closed && self.talk == Talk::Message(order, purpose);
                return if ends { reply.talk(crate::app::Talk::Ends) } else { reply };
            }
        };
        self.shows(chat(order, step))
    }
}

fn chat(order: OrderId, step: ChatScreen) -> Screen {
    Screen::Chat { order, step }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::Request;

    fn press(action: Action, subject: i64) -> Press {
        Press { action, subject, version: 3 }
    }

    #[test]
    fn a_message_is_about_the_one_order_that_its_buttons_name() {
        let of = |presses: &[Press]| About::of(presses.iter().copied());
        let paid = press(Action::Ask(Request::MarkPaid), 7);
        let file = press(Action::Chat(ChatAction::File), 9);
        let chat = About { order: OrderId(7), purpose: Purpose::Chat };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[file]), None);
        assert_eq!(of(&[paid, file]), Some(chat));
        assert_eq!(of(&[paid, press(Action::OpenOrder, 8)]), None);
        for presses in [
            [press(Action::Chat(ChatAction::Answer), 7), press(Action::OpenOrder, 7)],
            [press(Action::OpenOrder, 7), press(Action::Chat(ChatAction::Answer), 7)],
        ] {
            assert_eq!(of(&presses), Some(About { purpose: Purpose::Answer, ..chat }));
        }
    }
}
