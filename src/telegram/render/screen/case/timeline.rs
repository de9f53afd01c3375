//! What happened to an order and what was said about it, in the order in which it came.

use std::collections::HashMap;

use crate::domain::case::Case;
use crate::domain::chat::{Content, File, FileId, Message, MessageId, Proof, Purpose, Voice};
use crate::domain::factor::Factor;
use crate::domain::log::{Entry, Row};
use crate::domain::mask::Fit;
use crate::domain::order::{Fact, Kind, Order, Request, Side};
use crate::domain::signal::SignalKind;
use crate::locale::Texts;
use crate::telegram::html::Html;
use crate::telegram::render::choices::asking;
use crate::telegram::render::{chat, problem, time};

/// The longest piece of what somebody has written that stands in one line.
const PIECE: usize = 1_200;

/// A line, and the files that it names with their numbers in the case.
pub(super) struct Line {
    pub(super) text: Html,
    pub(super) files: Vec<(FileId, u32)>,
}

impl From<Html> for Line {
    fn from(text: Html) -> Self {
        Self { text, files: Vec::new() }
    }
}

pub(super) fn timeline(t: &Texts, case: &Case) -> Vec<Line> {
    let messages: HashMap<MessageId, &Message> =
        case.messages.iter().map(|it| (it.id, it)).collect();
    let files = case.messages.iter().flat_map(|it| &it.files);
    let numbers: HashMap<FileId, u32> = files.map(|it| it.id).zip(1..).collect();
    let mut before = "";
    let mut lines = Vec::new();
    for row in &case.rows {
        // A row that cannot be read is for `fangbi check`, which names it.
        let Ok(entry) = serde_json::from_str::<Entry>(&row.entry) else { continue };
        if let Entry::Said { said, .. } = entry {
            if let Some(message) = messages.get(&said) {
                lines.extend(written(t, case, message, &numbers));
            }
            continue;
        }
        if let Some(what) = what(t, &case.order, &entry) {
            let moved = Kind::ALL.into_iter().find(|it| it.as_str() == row.status);
            let moved = moved.filter(|_| row.status != before);
            let to = moved.map(|it| format!(" {}", t.line_status(t.status(it))));
            let who = who(t, &case.order, row, &entry);
            let text = format!("{} {who}: {what}{}", at(row), to.unwrap_or_default());
            lines.push(Html::from(text).into());
        }
        before = &row.status;
    }
    lines
}

fn at(row: &Row) -> String {
    row.moment().map_or_else(String::new, time::short)
}

fn who(t: &Texts, order: &Order, row: &Row, entry: &Entry) -> String {
    match row.actor {
        Some(it) if it == order.seller.0 => t.line_seller(),
        Some(it) if it == order.buyer.0 => t.line_buyer(),
        Some(it) => format!("{} {it}", t.line_arbiter()),
        None if matches!(entry, Entry::Fact(Fact::TimeCame)) => t.line_clock(),
        None => t.line_desk(),
    }
}

/// `None`: it is shown with the message that it came with, or belongs to no order.
fn what(t: &Texts, order: &Order, entry: &Entry) -> Option<String> {
    Some(match entry {
        Entry::Request(request) => asked(t, order, *request),
        Entry::Fact(fact) => learned(t, *fact),
        Entry::Opened { .. } => t.line_opened(),
        Entry::Said { .. } | Entry::Filed { .. } | Entry::Desk(_) => return None,
    })
}

/// What has a button is told as on that button.
fn asked(t: &Texts, order: &Order, request: Request) -> String {
    match request {
        Request::Answer { question, yes } => {
            let answer = if yes { t.button_yes() } else { t.button_no() };
            t.line_answer(problem::asked(t, question), answer)
        }
        Request::Compare { masks: Fit::Match } => t.line_masks_match(),
        Request::Compare { masks: Fit::Mismatch } => t.line_masks_mismatch(),
        Request::Compare { masks: Fit::Inconclusive } => t.line_masks_unclear(),
        Request::ConfirmReceipt { factor: Factor::Totp } => t.line_confirmed_totp(),
        Request::ConfirmReceipt { factor: Factor::Recovery } => t.line_confirmed_recovery(),
        Request::ConfirmReceipt { factor: Factor::Digits } => t.line_confirmed_digits(),
        Request::Short { arrived } => t.line_short(arrived.to_string()),
        Request::Number => t.line_number(),
        Request::Evidence => t.line_evidence(),
        Request::CloseClaim => t.line_claim_closed(),
        Request::Award { to: Side::Seller } => t.line_awarded_seller(),
        Request::Award { to: Side::Buyer } => t.line_awarded_buyer(),
        Request::Concede => t.line_conceded(),
        Request::RefundReceived => t.line_refund_received(),
        Request::MarkPaid
        | Request::TakeBack
        | Request::Cancel { .. }
        | Request::GiveUp
        | Request::Extend { .. }
        | Request::AgreeToCancel
        | Request::Stop
        | Request::NotArrived
        | Request::ArrivesLater { .. }
        | Request::Refund { .. }
        | Request::RefundSent
        | Request::Dispute { .. }
        | Request::Take
        | Request::Claim => format!("“{}”", asking(t, order, request)),
    }
}

fn learned(t: &Texts, fact: Fact) -> String {
    match fact {
        Fact::TimeCame => t.line_time(),
        Fact::Outage { away_ms } => {
            t.line_outage(u32::try_from(away_ms.max(0) / 60_000).unwrap_or(u32::MAX))
        }
        Fact::Unreachable { side: Side::Seller } => t.line_unreachable_seller(),
        Fact::Unreachable { side: Side::Buyer } => t.line_unreachable_buyer(),
        Fact::ArbiterLeft { .. } => t.line_arbiter_left(),
        Fact::PaymentSeen { signal: None } => t.line_seen(),
        Fact::PaymentSeen { signal: Some(SignalKind::Notification) } => t.line_seen_notification(),
        Fact::PaymentSeen { signal: Some(SignalKind::Vmq) } => t.line_seen_vmq(),
    }
}

/// A message: who wrote what for whom, word for word, and its files.
fn written(t: &Texts, case: &Case, message: &Message, numbers: &HashMap<FileId, u32>) -> Vec<Line> {
    let who = match message.voice {
        Voice::Seller => t.line_seller(),
        Voice::Buyer => t.line_buyer(),
        Voice::Arbiter => format!("{} {}", t.line_arbiter(), message.author),
    };
    let held = message.held.map(|it| format!(" · {}", t.line_held(chat::contact(t, it))));
    let held = held.unwrap_or_default();
    let head = format!("{} {who} · {}{held}", time::short(message.at), purpose(t, message.purpose));
    let text = match &message.said {
        Some(said) => pieces(&said.text),
        None => vec![Html::new().italic(t.line_erased())],
    };
    let mut text = text.into_iter();
    let first = match text.next() {
        Some(piece) => Html::from(&head).line().html(piece),
        None => Html::from(&head),
    };
    let files = message.files.iter().map(|it| {
        let number = numbers.get(&it.id).copied().unwrap_or_default();
        let other = case.reused_files.iter().find(|(file, _)| *file == it.id);
        let reused = other.map(|(_, order)| format!(" · {}", t.line_file_reused(order.code())));
        let text = Html::from(format!("{}{}", file(t, it, number), reused.unwrap_or_default()));
        Line { text, files: vec![(it.id, number)] }
    });
    [first].into_iter().chain(text).map(Line::from).chain(files).collect()
}

/// A long text goes over several lines, and so over several pages.
fn pieces(text: &str) -> Vec<Html> {
    let mut pieces: Vec<String> = Vec::new();
    let mut room = 0;
    for char in text.chars() {
        if char.len_utf16() > room {
            pieces.push(String::new());
            room = PIECE;
        }
        room -= char.len_utf16();
        if let Some(piece) = pieces.last_mut() {
            piece.push(char);
        }
    }
    pieces.into_iter().map(|it| Html::new().quote(it)).filter(|it| !it.is_empty()).collect()
}

fn purpose(t: &Texts, purpose: Purpose) -> String {
    match purpose {
        Purpose::Chat => t.line_chat(),
        Purpose::Question { to: Side::Seller } => t.line_question_seller(),
        Purpose::Question { to: Side::Buyer } => t.line_question_buyer(),
        Purpose::Answer => t.line_reply(),
        Purpose::Evidence { what } if what.is_weak() => t.line_proof_weak(proof(t, what)),
        Purpose::Evidence { what } => t.line_proof(proof(t, what)),
        Purpose::Proposal { to: Side::Seller } => t.line_proposal_seller(),
        Purpose::Proposal { to: Side::Buyer } => t.line_proposal_buyer(),
        Purpose::Reason { to: Side::Seller } => t.line_reason_seller(),
        Purpose::Reason { to: Side::Buyer } => t.line_reason_buyer(),
        Purpose::Closing => t.line_reason_claim(),
    }
}

pub(in crate::telegram::render) fn proof(t: &Texts, what: Proof) -> String {
    match what {
        Proof::Bill => t.proof_bill(),
        Proof::Recording => t.proof_recording(),
        Proof::Number => t.proof_number(),
        Proof::Screenshot => t.proof_screenshot(),
        Proof::Other => t.proof_other(),
    }
}

fn file(t: &Texts, file: &File, number: u32) -> String {
    let line = t.line_file(number, chat::form(t, file.form), chat::size(file.bytes));
    let state = match file.content {
        Content::Kept(_) => return line,
        Content::Awaited => t.line_file_awaited(),
        Content::Lost => t.line_file_lost(),
        Content::Erased(_) => t.line_file_erased(),
    };
    format!("{line} · {state}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_goes_over_several_lines_and_none_of_it_is_lost() {
        let text = "放币😀".repeat(700);
        let pieces = pieces(&text);
        assert!(pieces.len() > 2);
        assert!(pieces.iter().all(|it| it.units() <= PIECE));
        assert_eq!(pieces.iter().map(Html::units).sum::<usize>(), text.encode_utf16().count());
        assert!(super::pieces("").is_empty());
    }
}
