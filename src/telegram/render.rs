//! Letters become calls here, in the reader's own language: the only place with words.
//!
//! [`compose`] looks up what a letter is about. What is then said is a pure function of that, so
//! that every letter can be read, in every language, in a test.

mod amounts;
mod card;
mod chat;
mod choices;
mod commands;
mod devices;
mod ladder;
mod news;
mod next;
mod notice;
mod page;
mod pair;
mod pen;
mod problem;
mod qr;
mod screen;
mod time;
mod toast;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::api::{Call, Upload};
use crate::bundle::signer::Signer;
use crate::bundle::{self, Desk};
use crate::clock::Clock;
use crate::domain::UserId;
use crate::domain::bill::report::Report;
use crate::domain::case::is_open_to;
use crate::domain::chat::{FileId, MessageId, Purpose, Voice};
use crate::domain::freeze::Freeze;
use crate::domain::order::{News, Order, OrderId, Side};
use crate::domain::payer::Payer;
use crate::domain::stop::StopId;
use crate::language::Language;
use crate::letter::{
    AccountsScreen, BillScreen, BundleScreen, CaseScreen, ChatScreen, DeviceScreen, Face,
    FrozenScreen, Letter, Notice, Screen, SecurityScreen,
};
use crate::secrets::Seal;
use crate::store::bill_numbers::NumberKind;
use crate::store::orders::Payee;
use crate::store::users::StaffRole;
use crate::store::{Store, StoreError, WriteError};
use card::Known;
use page::{Document, Page};
use pen::{Pen, Reading};
use screen::Wizard;
use screen::security::Secret;

pub use commands::{Command, Roles, commands, menus};

/// What a letter comes to when it is sent.
#[derive(Debug)]
pub enum Composed {
    /// There is nothing left to say.
    Nothing,
    Call(Message),
    /// Nothing is said: this file is to be fetched and read, as that bill of the reader's.
    Fetch {
        bill: i64,
        file: SecretString,
    },
    /// Nothing is said: this file of an order's chat is to be fetched from there.
    FetchFile {
        file: FileId,
        place: SecretString,
    },
}

/// A call and what it means to us.
#[derive(Debug)]
pub struct Message {
    pub call: Call,
    /// The order whose live card this is: the id of the message is kept when it was sent.
    pub card: Option<i64>,
    /// It must not stay in the chat: its id is kept, to take it away.
    pub passing: bool,
    /// What somebody has written: its author hears whether it has come.
    pub relay: Option<MessageId>,
    /// To be called once this is done, without minding its end: an older card points to this one.
    pub then: Option<Box<Call>>,
}

impl Message {
    fn new(call: Call) -> Self {
        Self { call, card: None, passing: false, relay: None, then: None }
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

/// How many bundles are put together at a time.
const BUNDLES_AT_ONCE: usize = 2;

/// Everything that is looked at to put a letter into words. Cloning gives another handle.
#[derive(Clone)]
pub struct Reader {
    store: Store,
    seal: Seal,
    clock: Clock,
    /// Nothing here is real money, and every order says so.
    demo: bool,
    /// For bundles that are put together: each may take some 150 MB while that lasts.
    places: Arc<Semaphore>,
}

impl Reader {
    pub fn new(store: Store, seal: Seal, clock: Clock) -> Self {
        Self { store, seal, clock, demo: false, places: Arc::new(Semaphore::new(BUNDLES_AT_ONCE)) }
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
    let phrase = match is_about_money(letter) {
        true => reader.store.phrase(&reader.seal, UserId(chat)).await?,
        false => None,
    };
    let pen = Pen::new(&reader.seal, language, chat, reader.demo)
        .with_phrase(phrase.as_ref().map(ExposeSecret::expose_secret));
    let stopped = match stop_of(letter) {
        Some(stop) => reader.store.stop_reason(&reader.seal, stop).await?,
        None => None,
    };
    let pen = pen.with_reason(stopped.as_ref().map(ExposeSecret::expose_secret));
    match letter {
        Letter::Card { order, face, fresh } => card_of(reader, &pen, *order, *face, *fresh).await,
        Letter::News { order, news } => {
            let Some(order) = reader.store.order(*order).await? else {
                return Ok(Composed::Nothing);
            };
            let reading = reading(reader, &order, chat).await?;
            let reason = reason(reader, &order, *news).await?;
            let now = reader.clock.now();
            Ok(match news::page(&pen, &order, reading, (*news, reason.as_deref()), now) {
                Some(page) => Composed::Call(Message::new(sent(chat, &page))),
                None => Composed::Nothing,
            })
        }
        Letter::ButtonsOff { order, message } => buttons_off(reader, chat, *order, *message).await,
        Letter::Answer { query, toast } => {
            let said = toast.as_ref().map(|it| toast::words(&pen, it));
            Ok(Composed::Call(Message::new(answered(query, said))))
        }
        Letter::Screen { screen, over, turn } => {
            let page = page_of(reader, &pen, screen, *turn).await?;
            let message = Message::new(match over {
                Some(message) if page.fits_over() => edited(chat, *message, &page),
                Some(_) | None => sent(chat, &page),
            });
            Ok(Composed::Call(Message { passing: page.passing, ..message }))
        }
        Letter::Menu => {
            let desk = desk(reader, UserId(chat)).await?;
            let [english, chinese] = commands::own_menu(chat, desk, reader.demo);
            let then = Some(Box::new(chinese));
            Ok(Composed::Call(Message { then, ..Message::new(english) }))
        }
        Letter::TakeAway { message } => Ok(Composed::Call(Message::new(deleted(chat, *message)))),
        Letter::FetchBill { bill } => {
            let file = reader.store.bill_file(&reader.seal, UserId(chat), *bill).await?;
            Ok(file.map_or(Composed::Nothing, |file| Composed::Fetch { bill: *bill, file }))
        }
        Letter::Chat { chat } => chat::letter(reader, &pen, *chat).await,
        Letter::Bundle { order } => bundle_of(reader, &pen, *order).await,
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
    let known = known(reader, &order, reading).await?;
    let page = card::page(pen, &order, reading, &known, face, reader.clock.now());
    let standing = reader.store.card(id, chat).await?;
    let (call, then) = match standing {
        Some(message) if !fresh => (edited(chat, message, &page), None),
        Some(message) => {
            (sent(chat, &page), Some(Box::new(edited(chat, message, &card::outdated(pen, &order)))))
        }
        None => (sent(chat, &page), None),
    };
    Ok(Composed::Call(Message { card: Some(id.0), then, ..Message::new(call) }))
}

/// While the order goes on, and on its live card, the buttons stay.
async fn buttons_off(
    reader: &Reader,
    chat: i64,
    id: OrderId,
    message: i64,
) -> Result<Composed, StoreError> {
    let ended = reader.store.order(id).await?.is_some_and(|it| it.is_closed());
    if !ended || reader.store.card(id, chat).await? == Some(message) {
        return Ok(Composed::Nothing);
    }
    let params = json!({ "chat_id": chat, "message_id": message });
    Ok(Composed::Call(Message::new(Call::new("editMessageReplyMarkup", params))))
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

/// What an arbiter has written with a decision, word for word.
async fn reason(reader: &Reader, order: &Order, news: News) -> Result<Option<String>, StoreError> {
    let purpose = match news {
        News::Awarded { to } => Purpose::Reason { to },
        News::AwardProposed { to } => Purpose::Proposal { to },
        News::ClaimClosed => Purpose::Closing,
        _ => return Ok(None),
    };
    reader.store.newest_text(&reader.seal, order.id, purpose).await
}

/// What this person does for the desk, now.
async fn desk(reader: &Reader, user: UserId) -> Result<Roles, StoreError> {
    let is = |role| reader.store.is_staff(user, role);
    Ok(Roles {
        treasurer: is(StaffRole::Treasurer).await?,
        arbiter: is(StaffRole::Arbiter).await?,
        operator: is(StaffRole::Operator).await?,
    })
}

/// What a card shows beside its order. Nothing that identifies a person is opened for staff.
async fn known(reader: &Reader, order: &Order, reading: Reading) -> Result<Known, StoreError> {
    let Reader { store, seal, .. } = reader;
    let number = |kind| store.number_tail(seal, order.id, kind);
    let Reading::Side(side) = reading else {
        return Ok(Known {
            payment_number: number(NumberKind::Payment).await?,
            refund_number: number(NumberKind::Refund).await?,
            ..Known::default()
        });
    };
    let user = order.party(side);
    Ok(Known {
        payee: payee(reader, order, reading).await?,
        payer: payer(reader, order, reading).await?,
        payment_number: number(NumberKind::Payment).await?,
        refund_number: number(NumberKind::Refund).await?,
        code: side == Side::Seller && store.has_totp(user).await?,
        poses: store.user(order.party(side.other())).await?.is_some_and(|it| it.poses),
        messages: store.has_messages(order.id).await?,
    })
}

/// The reader's own phrase stands on everything about their money.
fn is_about_money(letter: &Letter) -> bool {
    match letter {
        Letter::Card { .. }
        | Letter::News { .. }
        | Letter::Notice { .. }
        | Letter::Bundle { .. } => true,
        Letter::Answer { .. }
        | Letter::ButtonsOff { .. }
        | Letter::TakeAway { .. }
        | Letter::Menu
        | Letter::FetchBill { .. }
        // What others write does not come with the reader's phrase.
        | Letter::Chat { .. } => false,
        Letter::Screen { screen, .. } => {
            matches!(**screen, Screen::Sell { .. } | Screen::Withdraw { .. } | Screen::Gate { .. })
        }
    }
}

/// The stop whose reason a letter shows.
fn stop_of(letter: &Letter) -> Option<StopId> {
    match letter {
        Letter::Notice { notice: Notice::Stop { change } } => Some(change.stop),
        Letter::Notice { .. }
        | Letter::Card { .. }
        | Letter::News { .. }
        | Letter::Answer { .. }
        | Letter::ButtonsOff { .. }
        | Letter::TakeAway { .. }
        | Letter::FetchBill { .. }
        | Letter::Chat { .. }
        | Letter::Bundle { .. }
        | Letter::Menu => None,
        Letter::Screen { screen, .. } => match &**screen {
            Screen::Ads { stop, .. } | Screen::AdCard { stop, .. } => *stop,
            Screen::Stops { step } => step.stop(),
            _ => None,
        },
    }
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

/// What a page is about is opened here, for its reader, and nowhere before.
async fn page_of(
    reader: &Reader,
    pen: &Pen<'_>,
    screen: &Screen,
    turn: i64,
) -> Result<Page, StoreError> {
    if let Screen::Security { step } = screen {
        let secret = secret(reader, UserId(pen.reader), step).await?;
        let wizard = Wizard { pen, turn };
        return Ok(screen::security::page(&wizard, step, secret.as_ref()));
    }
    if let Screen::Accounts { step: AccountsScreen::Picture { line } } = screen {
        let kept = reader.store.kept_payee(&reader.seal, line.id).await?;
        let code = kept.filter(|it| it.owner == UserId(pen.reader)).and_then(|it| it.code);
        return Ok(screen::accounts::picture(pen, line, code.as_ref()));
    }
    if let Screen::Bill { step } = screen {
        let report = report(reader, UserId(pen.reader), step).await?;
        return Ok(screen::bill::page(pen, step, report.as_ref()));
    }
    if let Screen::Case { step } = screen {
        let wizard = Wizard { pen, turn };
        return Ok(match case(reader, UserId(pen.reader), step).await? {
            Some(known) => screen::case::page(&wizard, step, &known, reader.clock.now()),
            None => screen::case::page(
                &wizard,
                &CaseScreen::NotYours,
                &Default::default(),
                reader.clock.now(),
            ),
        });
    }
    if let Screen::Chat { order, step: ChatScreen::Messages { page } } = screen {
        return chat::messages(reader, pen, *order, *page).await;
    }
    if let Screen::Bundle { step } = screen {
        let noted = noted(reader, UserId(pen.reader), step).await?;
        return Ok(screen::bundle::page(&Wizard { pen, turn }, step, noted.as_ref()));
    }
    if let Screen::Devices { step } = screen {
        return phones(reader, pen, step, turn).await;
    }
    let address = address(reader, pen.reader, screen).await?;
    Ok(screen::page(pen, screen, turn, address.as_deref()))
}

/// What somebody has noted of a freeze, for themselves.
async fn noted(
    reader: &Reader,
    user: UserId,
    step: &BundleScreen,
) -> Result<Option<Freeze>, StoreError> {
    let BundleScreen::Frozen { asks } = step else { return Ok(None) };
    let (order, kept) = match asks {
        FrozenScreen::Review { order } => (*order, false),
        FrozenScreen::Kept { order, .. } => (*order, true),
        FrozenScreen::Choose { .. }
        | FrozenScreen::Kind { .. }
        | FrozenScreen::Ask { .. }
        | FrozenScreen::Erased { .. }
        | FrozenScreen::With { .. } => return Ok(None),
    };
    let found = reader.store.freeze(&reader.seal, order, user, kept).await?;
    Ok(found.map(|(freeze, _at)| freeze))
}

/// Everything that the reader may have of an order. It is put together away from the loop, which
/// goes on meanwhile.
async fn bundle_of(reader: &Reader, pen: &Pen<'_>, order: OrderId) -> Result<Composed, StoreError> {
    let Reader { store, seal, clock, demo, places } = reader;
    let _place = places.acquire().await.map_err(|_closed| StoreError::from(WriteError::Closed))?;
    let (chat, desk) = (pen.reader, Desk { store, seal, demo: *demo });
    let Some(found) = bundle::collect(desk, order, UserId(chat), clock.now()).await? else {
        let page = screen::page(pen, &Screen::NoSuchOrder, 0, None);
        return Ok(Composed::Call(Message::new(sent(chat, &page))));
    };
    let (is_side, key) = (found.reader() != Voice::Arbiter, seal.clone());
    let made = tokio::task::spawn_blocking(move || bundle::make(&key, &found)).await;
    let made = made.map_err(|why| StoreError::corrupt("orders", order, "bundle", why))?;
    let made = made.map_err(|source| StoreError::Json { what: "a bundle", source })?;
    let signer = Signer::of(seal).fingerprint();
    let page = screen::bundle::bundle(pen, order, is_side, (made.zip, made.left_out), signer);
    Ok(Composed::Call(Message::new(sent(chat, &page))))
}

/// What a page about a case needs. `None`: it is not for this reader (any more).
async fn case(
    reader: &Reader,
    user: UserId,
    step: &CaseScreen,
) -> Result<Option<screen::case::Known>, StoreError> {
    let Reader { store, seal, .. } = reader;
    let desk = desk(reader, user).await?;
    let mut known = screen::case::Known { arbiter: desk.arbiter, ..Default::default() };
    let id = match step {
        CaseScreen::NotArbiter | CaseScreen::NotYours | CaseScreen::Gone => return Ok(Some(known)),
        _ if !desk.arbiter && !desk.operator => return Ok(None),
        CaseScreen::List { .. } => return Ok(Some(known)),
        CaseScreen::Case { order, .. }
        | CaseScreen::File { order, .. }
        | CaseScreen::Ask { order, .. }
        | CaseScreen::Reason { order, .. }
        | CaseScreen::Sure { order, .. }
        | CaseScreen::Done { order, .. }
        | CaseScreen::NotTaken { order }
        | CaseScreen::Changed { order } => *order,
    };
    let Some(order) = store.order(id).await?.filter(|it| is_open_to(it, user)) else {
        return Ok(None);
    };
    match step {
        CaseScreen::Case { .. } => known.case = store.case(seal, id).await?,
        CaseScreen::File { file, .. } if store.order_of_file(*file).await? == Some(id) => {
            let kept = store.kept_file(seal, *file).await?;
            known.file = kept.map(|it| {
                let name = format!("{}-{}.{}", order.id.code(), file.0, it.ending());
                Document { name, bytes: it.content }
            });
        }
        CaseScreen::Reason { .. } | CaseScreen::Sure { .. } => {
            let proposed = order.status.dispute().and_then(|it| it.proposed);
            if let Some(it) = proposed.filter(|it| it.by != user) {
                let purpose = Purpose::Proposal { to: it.to };
                known.first = store.newest_text(seal, id, purpose).await?;
            }
        }
        _ => {}
    }
    known.order = Some(order);
    Ok(Some(known))
}

/// What came of a bill, for whoever has sent it.
async fn report(
    reader: &Reader,
    user: UserId,
    step: &BillScreen,
) -> Result<Option<Report>, StoreError> {
    match step {
        BillScreen::Table { bill } => reader.store.bill_report(&reader.seal, user, *bill).await,
        BillScreen::HowTo
        | BillScreen::Reading
        | BillScreen::Problem { .. }
        | BillScreen::Lost
        | BillScreen::PictureProvesNothing => Ok(None),
    }
}

/// The secret that a page shows to its owner, as long as it is to be shown.
async fn secret(
    reader: &Reader,
    user: UserId,
    step: &SecurityScreen,
) -> Result<Option<Secret>, StoreError> {
    let Reader { store, seal, .. } = reader;
    Ok(match step {
        SecurityScreen::Scan => store.proposed_totp(seal, user).await?.map(Secret::Totp),
        SecurityScreen::Codes => store.shown_codes(seal, user).await?.map(Secret::Codes),
        SecurityScreen::Overview { .. }
        | SecurityScreen::WrongCode
        | SecurityScreen::Prove { .. }
        | SecurityScreen::TurnedOff => None,
    })
}

/// Who has to pay, for the two sides while the payment is made, looked for, or sent back.
async fn payer(
    reader: &Reader,
    order: &Order,
    reading: Reading,
) -> Result<Option<Payer>, StoreError> {
    match reading {
        Reading::Side(_) if card::shows_payer(order.status.kind()) => {
            reader.store.payer_of(&reader.seal, order.id).await
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
    Ok(screen::devices::page(&Wizard { pen, turn }, step, credentials.as_ref()))
}

fn sent(chat: i64, page: &Page) -> Call {
    let file = match (&page.picture, &page.document) {
        (Some(it), _) => {
            let bytes = it.0.clone();
            Some(Upload { field: "photo", name: "qr.png".to_owned(), bytes })
        }
        (None, Some(it)) => {
            Some(Upload { field: "document", name: it.name.clone(), bytes: it.bytes.clone() })
        }
        (None, None) => None,
    };
    let (method, mut params) = match &file {
        Some(Upload { field: "photo", .. }) => ("sendPhoto", caption(chat, page)),
        Some(_) => ("sendDocument", caption(chat, page)),
        None => ("sendMessage", text(chat, page)),
    };
    if page.protect {
        params["protect_content"] = true.into();
    }
    let call = Call::new(method, params);
    match file {
        Some(file) => call.with_file(file),
        None => call,
    }
}

fn deleted(chat: i64, message: i64) -> Call {
    Call::new("deleteMessage", json!({ "chat_id": chat, "message_id": message }))
}

fn edited(chat: i64, message: i64, page: &Page) -> Call {
    let mut params = text(chat, page);
    params["message_id"] = message.into();
    Call::new("editMessageText", params)
}

fn text(chat: i64, page: &Page) -> Value {
    let params = json!({
        "chat_id": chat,
        "text": page.text.as_str(),
        "parse_mode": "HTML",
        "link_preview_options": { "is_disabled": true },
    });
    with_buttons(params, page)
}

fn caption(chat: i64, page: &Page) -> Value {
    let params = json!({ "chat_id": chat, "caption": page.text.as_str(), "parse_mode": "HTML" });
    with_buttons(params, page)
}

fn with_buttons(mut params: Value, page: &Page) -> Value {
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
