//! What people write about an order, as its readers see it: under a head that says whose words they
//! are, and never who that is.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::page::{Page, with};
use super::pen::Pen;
use super::screen::Wizard;
use super::time::{moment, soon};
use super::{Composed, Message, Reader, with_buttons};
use crate::domain::UserId;
use crate::domain::chat::{self, Content, File, FileId, Form, MessageId, Purpose, Voice};
use crate::domain::contact::Contact;
use crate::domain::order::{Order, OrderId};
use crate::letter::{ChatLetter, ChatScreen, WriteProblem};
use crate::locale::Texts;
use crate::store::StoreError;
use crate::store::users::StaffRole;
use crate::telegram::action::{Action, ChatAction};
use crate::telegram::api::{Call, Upload};
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;

/// On one page of the conversation.
const LINES: usize = 8;
/// Likewise, in UTF-16 units: the longest message fits with its head.
const UNITS: usize = chat::LONGEST_TEXT + 200;

/// Who reads about an order as whom. `None`: nobody to whom it belongs.
async fn voice_of(
    reader: &Reader,
    order: &Order,
    user: UserId,
) -> Result<Option<Voice>, StoreError> {
    if let Some(side) = order.side_of(user) {
        return Ok(Some(side.into()));
    }
    let arbiter = reader.store.is_staff(user, StaffRole::Arbiter).await?;
    Ok(arbiter.then_some(Voice::Arbiter))
}

pub(super) async fn letter(
    reader: &Reader,
    pen: &Pen<'_>,
    letter: ChatLetter,
) -> Result<Composed, StoreError> {
    match letter {
        ChatLetter::Relay { message } => relay(reader, pen, message).await,
        ChatLetter::Fetch { file } => {
            let place = reader.store.awaited_file(&reader.seal, file).await?;
            Ok(place.map_or(Composed::Nothing, |place| Composed::FetchFile { file, place }))
        }
        ChatLetter::Again { file } => again(reader, pen, file).await,
    }
}

/// A message with its order, for somebody who may see it.
async fn open(
    reader: &Reader,
    pen: &Pen<'_>,
    id: MessageId,
) -> Result<Option<(Order, chat::Message)>, StoreError> {
    let user = UserId(pen.reader);
    let Some(message) = reader.store.message(&reader.seal, id).await? else { return Ok(None) };
    let Some(order) = reader.store.order(message.order).await? else { return Ok(None) };
    let voice = voice_of(reader, &order, user).await?;
    Ok(voice.is_some_and(|it| message.is_open_to(it)).then_some((order, message)))
}

async fn relay(reader: &Reader, pen: &Pen<'_>, id: MessageId) -> Result<Composed, StoreError> {
    let Some((order, message)) = open(reader, pen, id).await? else {
        return Ok(Composed::Nothing);
    };
    let page = relayed(pen, &order, &message);
    let call = match message.files.first() {
        None => super::sent(pen.reader, &page),
        Some(file) => {
            let place = reader.store.file_place(&reader.seal, file.id).await?;
            let Some(place) = place else { return Ok(Composed::Nothing) };
            passed_on(pen.reader, &page, file.form, &place)
        }
    };
    Ok(Composed::Call(Message { relay: Some(id), ..Message::new(call) }))
}

/// A file out of what we keep, with its message's own head.
async fn again(reader: &Reader, pen: &Pen<'_>, file: FileId) -> Result<Composed, StoreError> {
    let gone = |order| {
        let wizard = Wizard { pen, turn: 0 };
        let page = page(&wizard, order, ChatScreen::NoFile);
        Composed::Call(Message::new(super::sent(pen.reader, &page)))
    };
    let Some(id) = reader.store.message_with_file(file).await? else {
        return Ok(Composed::Nothing);
    };
    let Some((order, message)) = open(reader, pen, id).await? else {
        return Ok(Composed::Nothing);
    };
    let Some(kept) = reader.store.kept_file(&reader.seal, file).await? else {
        return Ok(gone(order.id));
    };
    let name = match &kept.name {
        Some(name) => name.expose_secret().to_owned(),
        None => format!("{}-{}.{}", order.id.code(), file.0, kept.ending()),
    };
    let page = relayed(pen, &order, &message);
    let upload = Upload { field: kept.form.as_str(), name, bytes: kept.content };
    let call = captioned(pen.reader, &page, kept.form).with_file(upload);
    Ok(Composed::Call(Message::new(call)))
}

/// By the name that Telegram gave it when it came: it is not sent again.
fn passed_on(chat: i64, page: &Page, form: Form, place: &SecretString) -> Call {
    let mut call = captioned(chat, page, form);
    call.params[form.as_str()] = place.expose_secret().into();
    call
}

fn captioned(chat: i64, page: &Page, form: Form) -> Call {
    let method = match form {
        Form::Photo => "sendPhoto",
        Form::Video => "sendVideo",
        Form::Document => "sendDocument",
    };
    let params = json!({ "chat_id": chat, "caption": page.text.as_str(), "parse_mode": "HTML" });
    Call::new(method, with_buttons(params, page))
}

/// What its reader sees of a message. Whatever the other side sends as a file can be faked, and says
/// so; what is handed in for a dispute is weighed there.
pub(super) fn relayed(pen: &Pen<'_>, order: &Order, message: &chat::Message) -> Page {
    let t = pen.t;
    let page = Page::titled(head(pen, order.id, message));
    let page = match message.purpose {
        Purpose::Chat if !message.files.is_empty() => page.line(banner(t)),
        Purpose::Chat
        | Purpose::Question { .. }
        | Purpose::Answer
        | Purpose::Evidence { .. }
        | Purpose::Proposal { .. }
        | Purpose::Reason { .. }
        | Purpose::Closing => page,
    };
    let text = message.said.as_ref().map_or("", |it| it.text.as_str());
    let page = page.paragraph(Html::new().quote(text));
    let open = pen.about(t.button_open_order(), Action::OpenOrder, order);
    let act = |label: String, action| pen.about(label, Action::Chat(action), order);
    match message.purpose {
        _ if message.author.0 == pen.reader => page.row([open]),
        Purpose::Chat if order.side_of(UserId(pen.reader)).is_some() => {
            let page = if order.is_closed() {
                page.row([open])
            } else {
                page.row([act(t.button_reply(), ChatAction::Write), open])
            };
            page.row([
                act(t.button_messages(), ChatAction::Messages { page: 0 }),
                act(t.button_mute(), ChatAction::Mute { on: true }),
            ])
        }
        Purpose::Question { .. } => page.row([act(t.button_answer(), ChatAction::Answer), open]),
        Purpose::Chat
        | Purpose::Answer
        | Purpose::Evidence { .. }
        | Purpose::Proposal { .. }
        | Purpose::Reason { .. }
        | Purpose::Closing => page.row([open]),
    }
}

fn banner(t: &Texts) -> Html {
    Html::new().text("⚠️ ").bold(t.chat_no_proof())
}

fn head(pen: &Pen<'_>, order: OrderId, message: &chat::Message) -> String {
    let (t, code) = (pen.t, pen.code(order));
    match message.purpose {
        Purpose::Chat | Purpose::Answer => match message.voice {
            Voice::Seller => t.chat_seller_writes(code),
            Voice::Buyer => t.chat_buyer_writes(code),
            Voice::Arbiter => t.chat_arbiter_writes(code),
        },
        Purpose::Question { .. } => t.chat_arbiter_asks(code),
        Purpose::Evidence { .. } => match message.voice {
            Voice::Seller => t.chat_seller_hands_in(code),
            Voice::Buyer | Voice::Arbiter => t.chat_buyer_hands_in(code),
        },
        Purpose::Proposal { .. } | Purpose::Reason { .. } | Purpose::Closing => {
            t.chat_arbiter_reasons(code)
        }
    }
}

/// The card's own way to write, and to read what was written.
pub(super) fn buttons(pen: &Pen<'_>, order: &Order, messages: bool) -> Vec<Button> {
    let t = pen.t;
    let act = |label: String, action| pen.about(label, Action::Chat(action), order);
    let write = (!order.is_closed()).then(|| act(t.button_message(), ChatAction::Write));
    let read = messages.then(|| act(t.button_messages(), ChatAction::Messages { page: 0 }));
    write.into_iter().chain(read).collect()
}

/// Everything around the messages themselves.
pub(super) fn page(it: &Wizard<'_>, order: OrderId, step: ChatScreen) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    let code = || pen.code(order);
    let act = |label: String, action| pen.button(label, Action::Chat(action), (order.0, 0));
    let read = || act(t.button_messages(), ChatAction::Messages { page: 0 });
    let card = || pen.button(t.button_open_order(), Action::OpenOrder, (order.0, 0));
    match step {
        ChatScreen::Write { purpose } => Page::titled(match purpose {
            Purpose::Chat => t.chat_write_title(code()),
            Purpose::Question { to } => t.chat_question_title(code(), who(t, to.into())),
            Purpose::Answer => t.chat_answer_title(code()),
            Purpose::Evidence { .. } => t.chat_evidence_title(code()),
            Purpose::Proposal { .. } | Purpose::Reason { .. } | Purpose::Closing => {
                t.chat_reason_title(code())
            }
        })
        .paragraph(t.chat_write_about())
        .row([it.leave()]),
        ChatScreen::Delivered { to } => {
            Page::plain(t.chat_delivered(who(t, to), code())).row([read()])
        }
        ChatScreen::Unreached { to } => {
            Page::plain(t.chat_unreached(code(), who(t, to))).row([card()])
        }
        ChatScreen::Muted { by } => Page::plain(t.chat_muted_by(code(), who(t, by))).row([card()]),
        ChatScreen::Held { found } => Page::titled(t.chat_held_title(code()))
            .paragraph(t.chat_held_found(contact(t, found)))
            .paragraph(t.chat_held_why())
            .row([card(), read()]),
        ChatScreen::Refused { problem } => refused(t, problem).row([card()]),
        ChatScreen::Lost => Page::plain(t.chat_lost(code())).row([card()]),
        ChatScreen::Messages { .. } | ChatScreen::NoFile => {
            Page::plain(t.chat_no_file()).row([card()])
        }
        ChatScreen::Mute { on: true } => Page::plain(t.chat_muted(code()))
            .row([act(t.button_unmute(), ChatAction::Mute { on: false }), read()]),
        ChatScreen::Mute { on: false } => Page::plain(t.chat_unmuted(code())).row([read()]),
    }
}

fn refused(t: &Texts, problem: WriteProblem) -> Page {
    match problem {
        WriteProblem::TooLong { most, caption: false } => Page::plain(t.chat_too_long(most)),
        WriteProblem::TooLong { most, caption: true } => Page::plain(t.chat_caption_too_long(most)),
        WriteProblem::TooLarge => Page::plain(t.chat_too_large()),
        WriteProblem::WrongKind => Page::plain(t.chat_wrong_kind()),
        WriteProblem::TooMany { most, at } => {
            Page::plain(with(|it| t.chat_too_many(most, it), soon(at)))
        }
        WriteProblem::Closed => Page::plain(t.chat_closed()),
        WriteProblem::LeadsAway => Page::plain(t.chat_question_held()),
    }
}

fn who(t: &Texts, voice: Voice) -> String {
    match voice {
        Voice::Seller => t.chat_the_seller(),
        Voice::Buyer => t.chat_the_buyer(),
        Voice::Arbiter => t.chat_the_arbiter(),
    }
}

pub(super) fn contact(t: &Texts, found: Contact) -> String {
    match found {
        Contact::WeChat => t.contact_wechat(),
        Contact::Qq => t.contact_qq(),
        Contact::Phone => t.contact_phone(),
        Contact::Email => t.contact_email(),
        Contact::Link => t.contact_link(),
        Contact::Handle => t.contact_handle(),
    }
}

/// The conversation as its reader may see it, a page at a time, the newest message last.
pub(super) async fn messages(
    reader: &Reader,
    pen: &Pen<'_>,
    id: OrderId,
    number: u32,
) -> Result<Page, StoreError> {
    let user = UserId(pen.reader);
    let order = reader.store.order(id).await?;
    let Some(order) = order else { return Ok(Page::plain(pen.t.no_such_order())) };
    let Some(voice) = voice_of(reader, &order, user).await? else {
        return Ok(Page::plain(pen.t.no_such_order()));
    };
    let all = reader.store.messages_of(&reader.seal, id).await?;
    let seen: Vec<_> = all.into_iter().filter(|it| it.is_open_to(voice)).collect();
    let muted = reader.store.has_muted(id, user).await?;
    Ok(history(pen, &order, &seen, number, muted))
}

/// Pages are cut from the newest message on, so that each holds whole messages.
pub(super) fn history(
    pen: &Pen<'_>,
    order: &Order,
    seen: &[chat::Message],
    number: u32,
    muted: bool,
) -> Page {
    let t = pen.t;
    let mut pages: Vec<Vec<&chat::Message>> = vec![vec![]];
    let mut units = 0;
    for message in seen.iter().rev() {
        let length = line(pen, message, None).units();
        if let Some(page) = pages.last()
            && !page.is_empty()
            && (page.len() == LINES || units + length > UNITS)
        {
            pages.push(vec![]);
            units = 0;
        }
        units += length;
        if let Some(page) = pages.last_mut() {
            page.push(message);
        }
    }
    // What was written meanwhile may have moved the pages.
    let last = u32::try_from(pages.len() - 1).unwrap_or(u32::MAX);
    let number = number.min(last);
    let shown = &pages[number as usize];
    let page = Page::titled(t.chat_messages_title(pen.code(order.id)));
    if shown.is_empty() {
        return page.paragraph(t.chat_messages_none()).row(buttons(pen, order, false));
    }
    let mut files = Vec::new();
    let page = shown.iter().rev().fold(page, |page, message| {
        let numbers = files.len();
        files.extend(message.files.iter().filter(|it| matches!(it.content, Content::Kept(_))));
        page.paragraph(line(pen, message, Some(numbers)))
    });
    let page = files.iter().enumerate().fold(page, |page, (at, file)| {
        let label = format!("📎 {} · {}", at + 1, form(t, file.form));
        page.row([pen.button(label, Action::Chat(ChatAction::File), (file.id.0, 0))])
    });
    let turn = |label: String, page: u32| {
        let action = ChatAction::Messages { page: u16::try_from(page).unwrap_or(u16::MAX) };
        pen.about(label, Action::Chat(action), order)
    };
    let older = (number < last).then(|| turn(t.button_older(), number + 1));
    let newer = (number > 0).then(|| turn(t.button_newer(), number - 1));
    let page = page.row(newer.into_iter().chain(older));
    let mute = match muted {
        true => (t.button_unmute(), ChatAction::Mute { on: false }),
        false => (t.button_mute(), ChatAction::Mute { on: true }),
    };
    let mute = (!order.is_closed() && order.side_of(UserId(pen.reader)).is_some())
        .then(|| pen.about(mute.0, Action::Chat(mute.1), order));
    page.row(buttons(pen, order, false).into_iter().chain(mute)).row([pen.about(
        t.button_open_order(),
        Action::OpenOrder,
        order,
    )])
}

/// One message of the conversation. `numbers`: how many files of the page come before its own.
fn line(pen: &Pen<'_>, message: &chat::Message, numbers: Option<usize>) -> Html {
    let t = pen.t;
    let own = message.author.0 == pen.reader;
    let who = if own { t.chat_you() } else { who(t, message.voice) };
    let kind = match message.purpose {
        Purpose::Chat => None,
        Purpose::Question { .. } => Some(t.chat_kind_question()),
        Purpose::Answer => Some(t.chat_kind_answer()),
        Purpose::Evidence { .. } => Some(t.chat_kind_evidence()),
        Purpose::Proposal { .. } | Purpose::Reason { .. } | Purpose::Closing => {
            Some(t.chat_kind_reason())
        }
    };
    let head = Html::new().bold(who).text(" · ").html(moment(message.at));
    let head = kind.into_iter().fold(head, |html, it| html.text(" · ").text(it));
    let held = message.held.map(|it| t.chat_line_held(contact(t, it)));
    let head = held.into_iter().fold(head, |html, it| html.line().italic(it));
    let mut number = numbers.unwrap_or(0);
    let head = message.files.iter().fold(head, |html, file| {
        let kept = matches!(file.content, Content::Kept(_));
        number += usize::from(kept);
        html.line().html(file_line(t, file, kept.then_some(number)))
    });
    let text = match &message.said {
        Some(said) => said.text.clone(),
        None => t.chat_line_erased(),
    };
    if text.is_empty() { head } else { head.line().html(Html::new().quote(text)) }
}

fn file_line(t: &Texts, file: &File, number: Option<usize>) -> Html {
    let what = form(t, file.form);
    let text = match file.content {
        Content::Kept(_) => t.chat_file(what, size(file.bytes)),
        Content::Awaited => t.chat_file_awaited(what),
        Content::Lost => t.chat_file_lost(what),
        Content::Erased(_) => t.chat_file_erased(what),
    };
    match number {
        Some(number) => Html::new().text(format!("📎 {number} · {text}")),
        None => Html::new().text(format!("📎 {text}")),
    }
}

pub(super) fn form(t: &Texts, form: Form) -> String {
    match form {
        Form::Photo => t.chat_photo(),
        Form::Video => t.chat_video(),
        Form::Document => t.chat_document(),
    }
}

/// `812 KB`, `1.4 MB`, as clients write it.
pub(super) fn size(bytes: u64) -> String {
    const KB: u64 = 1 << 10;
    const MB: u64 = 1 << 20;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} KB", bytes / KB),
        MB.. => format!("{}.{} MB", bytes / MB, bytes % MB * 10 / MB),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_written_as_clients_do() {
        assert_eq!([1, 1_500, 1_500_000, 20 << 20].map(size), ["1 B", "1 KB", "1.4 MB", "20.0 MB"]);
    }
}
