//! Letters become calls here, in the reader's own language: the only place with words.
//!
//! [`compose`] looks up what a letter is about. What is then said is a pure function of that, so
//! that every letter can be read, in every language, in a test.

mod amounts;
mod card;
mod choices;
mod commands;
mod devices;
mod news;
mod next;
mod notice;
mod page;
mod pen;
mod problem;
mod screen;
mod status;
mod time;
mod toast;

use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::api::Call;
use crate::clock::Clock;
use crate::domain::UserId;
use crate::domain::order::{Order, OrderId};
use crate::language::Language;
use crate::letter::{DeviceScreen, Face, Letter, Screen};
use crate::secrets::Seal;
use crate::store::orders::Payee;
use crate::store::users::StaffRole;
use crate::store::{Store, StoreError};
use page::Page;
use pen::{Pen, Reading};

pub use commands::{Command, commands, menus};

/// What a letter comes to when it is sent.
#[derive(Debug)]
pub enum Composed {
    /// There is nothing left to say.
    Nothing,
    Call(Message),
}

/// A call and what it means to us.
#[derive(Debug)]
pub struct Message {
    pub call: Call,
    /// The order whose live card this is: the id of the message is kept when it was sent.
    pub card: Option<i64>,
    /// To be called once this is done, without minding its end: an older card points to this one.
    pub then: Option<Box<Call>>,
}

impl Message {
    fn new(call: Call) -> Self {
        Self { call, card: None, then: None }
    }
}

/// A letter that cannot be put into words.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the letter cannot be read: {0}")]
    Letter(#[from] serde_json::Error),
}

/// Everything that is looked at to put a letter into words. Cloning gives another handle.
#[derive(Clone)]
pub struct Reader {
    store: Store,
    seal: Seal,
    clock: Clock,
    /// Nothing here is real money, and every order says so.
    demo: bool,
}

impl Reader {
    pub fn new(store: Store, seal: Seal, clock: Clock) -> Self {
        Self { store, seal, clock, demo: false }
    }

    /// For a desk whose money is not real.
    pub fn demo(self) -> Self {
        Self { demo: true, ..self }
    }
}

/// Puts a letter, as the outbox keeps it, into words for whoever is in that chat.
pub async fn compose(
    letter: &RawValue,
    chat: i64,
    language: Language,
    reader: &Reader,
) -> Result<Composed, ComposeError> {
    let letter: Letter = serde_json::from_str(letter.get())?;
    Ok(write(&letter, chat, language, reader).await?)
}

/// Puts a letter into words for whoever is in that chat.
pub async fn write(
    letter: &Letter,
    chat: i64,
    language: Language,
    reader: &Reader,
) -> Result<Composed, StoreError> {
    let pen = Pen::new(&reader.seal, language, chat, reader.demo);
    match letter {
        Letter::Card { order, face, fresh } => card_of(reader, &pen, *order, *face, *fresh).await,
        Letter::News { order, news } => {
            let Some(order) = reader.store.order(*order).await? else {
                return Ok(Composed::Nothing);
            };
            let reading = reading(reader, &order, chat).await?;
            Ok(match news::page(&pen, &order, reading, *news, reader.clock.now()) {
                Some(page) => Composed::Call(Message::new(sent(chat, &page))),
                None => Composed::Nothing,
            })
        }
        Letter::Answer { query, toast } => {
            let said = toast.as_ref().map(|it| toast::words(&pen, it));
            Ok(Composed::Call(Message::new(answered(query, said))))
        }
        Letter::Screen { screen, over, turn } => {
            let page = match screen.as_ref() {
                Screen::Devices { step } => phones(reader, &pen, step, *turn).await?,
                screen => {
                    let address = address(reader, chat, screen).await?;
                    screen::page(&pen, screen, *turn, address.as_deref())
                }
            };
            Ok(Composed::Call(Message::new(match over {
                Some(message) => edited(chat, *message, &page),
                None => sent(chat, &page),
            })))
        }
        Letter::Notice { notice } => {
            Ok(Composed::Call(Message::new(sent(chat, &notice::page(&pen, notice)))))
        }
    }
}

/// The card is edited where it stands; a fresh one is sent, and the older one only points to it:
/// where to pay must not stay in a chat after the order has ended.
async fn card_of(
    reader: &Reader,
    pen: &Pen<'_>,
    id: OrderId,
    face: Face,
    fresh: bool,
) -> Result<Composed, StoreError> {
    let chat = pen.reader;
    let Some(order) = reader.store.order(id).await? else { return Ok(Composed::Nothing) };
    let reading = reading(reader, &order, chat).await?;
    let payee = payee(reader, &order, reading).await?;
    let page = card::page(pen, &order, reading, payee.as_ref(), face, reader.clock.now());
    let known = reader.store.card(id, chat).await?;
    let (call, then) = match known {
        Some(message) if !fresh => (edited(chat, message, &page), None),
        Some(message) => {
            (sent(chat, &page), Some(Box::new(edited(chat, message, &card::outdated(pen, &order)))))
        }
        None => (sent(chat, &page), None),
    };
    Ok(Composed::Call(Message { call, card: Some(id.0), then }))
}

/// Who reads about this order: one of its sides, or somebody of the desk.
async fn reading(reader: &Reader, order: &Order, chat: i64) -> Result<Reading, StoreError> {
    let user = UserId(chat);
    Ok(match order.side_of(user) {
        Some(side) => Reading::Side(side),
        None => {
            let arbiter = reader.store.is_staff(user, StaffRole::Arbiter).await?;
            Reading::Staff { user, arbiter }
        }
    })
}

/// The account is opened for the two sides of an order only, and only while it is to be paid to.
async fn payee(
    reader: &Reader,
    order: &Order,
    reading: Reading,
) -> Result<Option<Payee>, StoreError> {
    match reading {
        Reading::Side(_) if card::shows_payee(order.status.kind()) => {
            reader.store.payee(&reader.seal, order.id).await
        }
        Reading::Side(_) | Reading::Staff { .. } => Ok(None),
    }
}

/// Where a withdrawal goes, for the treasurer who is about to send it.
async fn address(
    reader: &Reader,
    chat: i64,
    screen: &Screen,
) -> Result<Option<String>, StoreError> {
    let Screen::Settle { line, .. } = screen else { return Ok(None) };
    if !reader.store.is_staff(UserId(chat), StaffRole::Treasurer).await? {
        return Ok(None);
    }
    reader.store.withdrawal_address(&reader.seal, line.id).await
}

/// A phone's address and secret are opened for the page that its owner pastes from.
async fn phones(
    reader: &Reader,
    pen: &Pen<'_>,
    step: &DeviceScreen,
    turn: i64,
) -> Result<Page, StoreError> {
    let credentials = match step {
        DeviceScreen::Setup { device, .. } => {
            reader.store.credentials(&reader.seal, UserId(pen.reader), *device).await?
        }
        DeviceScreen::List { .. }
        | DeviceScreen::NoAccounts
        | DeviceScreen::Account { .. }
        | DeviceScreen::Kind { .. }
        | DeviceScreen::Card { .. }
        | DeviceScreen::Revoke { .. }
        | DeviceScreen::Revoked { .. }
        | DeviceScreen::Gone
        | DeviceScreen::TooMany { .. } => None,
    };
    Ok(screen::devices::page(&screen::Wizard { pen, turn }, step, credentials.as_ref()))
}

fn sent(chat: i64, page: &Page) -> Call {
    let mut params = text(chat, page);
    if page.protect {
        params["protect_content"] = true.into();
    }
    Call::new("sendMessage", params)
}

fn edited(chat: i64, message: i64, page: &Page) -> Call {
    let mut params = text(chat, page);
    params["message_id"] = message.into();
    Call::new("editMessageText", params)
}

fn text(chat: i64, page: &Page) -> Value {
    let mut params = json!({
        "chat_id": chat,
        "text": page.text.as_str(),
        "parse_mode": "HTML",
        "link_preview_options": { "is_disabled": true },
    });
    if !page.keyboard.is_empty() {
        params["reply_markup"] = json!(page.keyboard);
    }
    params
}

fn answered(query: &str, said: Option<toast::Said>) -> Call {
    let mut params = json!({ "callback_query_id": query });
    if let Some(said) = said {
        params["text"] = said.text.into();
        params["show_alert"] = said.alert.into();
    }
    Call::new("answerCallbackQuery", params)
}

#[cfg(test)]
mod tests;
