//! What happened, as a page: everything of `bundle.json` and `log.json` that a person wants to read.

use std::collections::HashMap;

use super::facts::{
    Attestation, Caution, ChatFile, ChatLine, Facts, Keeping, LogLine, Moment, NumberOf, Party,
    Posting, Warning, Words,
};
use super::from_log;
use super::manifest::Listed;
use super::page::{Piece, Sheet};
use super::signer::Fingerprint;
use crate::domain::chat::{FileId, Form, MessageId, Proof, Purpose, Voice};
use crate::domain::factor::Factor;
use crate::domain::ledger::Hash;
use crate::domain::log::{Entry, Row};
use crate::domain::mask::Fit;
use crate::domain::money::Fen;
use crate::domain::order::{
    CancelReason, DisputeReason, Fact, Kind, Question, Request, Side, WrongPayment,
};
use crate::language::Language;
use crate::locale::Texts;

/// What the page is made of. `files` are those that lie in `files/`.
pub(super) struct Source<'a> {
    pub(super) facts: &'a Facts,
    pub(super) rows: &'a [LogLine],
    pub(super) files: &'a [Listed],
    pub(super) signer: Fingerprint,
}

pub(super) fn page(language: Language, it: &Source<'_>) -> String {
    let t = language.texts();
    let code = &it.facts.from_log.order.code;
    let sheet = Sheet::new(language, t.ev_timeline_title(code), t.ev_running(code));
    let sheet = if it.facts.demo { sheet.note(t.ev_demo()) } else { sheet };
    let sheet =
        sheet.paragraph(t.ev_about()).paragraph(t.ev_unaltered()).note(t.ev_alipay_header());
    let sheet = sheet.facts([
        (t.ev_made(), moment(&it.facts.made_at)),
        (t.ev_for(), Piece::new(voice(t, Some(it.facts.reader)))),
        (t.ev_signed_by(), Piece::default().mono(it.signer.to_string())),
    ]);
    let sheet = sides(t, it.facts, order(t, it.facts, sheet));
    let sheet = signals(t, it.facts, gate(t, it.facts, numbers(t, it.facts, sheet)));
    let sheet = warnings(t, it.facts, ledger(t, it.facts, sheet));
    let sheet = files(t, it, timeline(t, it, sheet));
    sheet
        .heading(t.ev_check())
        .paragraph(t.ev_check_program())
        .paragraph(t.ev_check_hand())
        .paragraph(t.ev_check_signer(it.signer.to_string()))
        .finish()
}

/// As in Alipay's bills, and in UTC below.
pub(super) fn moment(at: &Moment) -> Piece {
    Piece::default().short(&at.utc8).small_and_short(&at.utc)
}

fn order(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let it = &facts.from_log.order;
    let amount = Piece::new(Fen(it.fen).to_string());
    let amount = match it.fen_added {
        0 => amount,
        added => amount.small(t.ev_added(added)),
    };
    let reference = facts.reference_price.clone().unwrap_or_else(|| t.ev_not_recorded());
    let window = t.ev_window_of(it.terms.window_seconds / 60, it.terms.grace_seconds / 60);
    sheet
        .heading(t.ev_order())
        .facts([
            (t.ev_code(), Piece::default().mono(format!("{} ({})", it.code, it.id))),
            (t.ev_ad(), Piece::default().mono(it.ad.to_string())),
            (t.ev_sold(), Piece::new(format!("{} {}", it.quantity, it.coin))),
            (t.ev_price(), Piece::new(t.ev_price_of(&it.price, &it.coin))),
            (t.ev_amount(), amount),
            (t.ev_reference(), Piece::new(reference)),
            (t.ev_opened(), moment(&it.opened_at)),
            (t.ev_window(), Piece::new(window)),
            (t.ev_status(), Piece::new(t.status(it.kind()))),
        ])
        .facts(it.ended_at.iter().map(|at| (t.ev_ended(), moment(at))))
}

fn sides(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let sheet = sheet.heading(t.ev_sides());
    facts.sides.iter().fold(sheet, |sheet, it| side_of(t, facts, it, sheet))
}

fn side_of(t: &Texts, facts: &Facts, it: &Party, sheet: Sheet) -> Sheet {
    let who = Piece::new(side(t, it.side));
    let who = match facts.reader.side() {
        Some(reader) if reader == it.side => who.small(t.ev_you()),
        Some(_) | None => who,
    };
    let known = it.known_since.as_ref().map_or_else(|| none(t), moment);
    let known = match it.days_before_order {
        Some(days) => known.small(t.ev_known_days(days)),
        None => known,
    };
    let label = match it.side {
        Side::Seller => t.ev_declared_payee(),
        Side::Buyer => t.ev_declared_payer(),
    };
    let declared = match &it.declared {
        Some(it) => Piece::default().mono(&it.name).mono(&it.account).small(t.ev_declared_when()),
        None => Piece::new(t.ev_erased()),
    };
    sheet.facts([
        (t.ev_who(), who),
        (t.ev_telegram(), Piece::default().mono(it.telegram_id.to_string())),
        (t.ev_known(), known),
        (t.ev_notice(), it.notice_accepted_at.as_ref().map_or_else(|| none(t), moment)),
        (t.ev_completed(), Piece::new(it.completed.to_string())),
        (label, declared),
    ])
}

fn numbers(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let rows = facts.numbers.iter().map(|it| {
        let of = match it.of {
            NumberOf::Payment => t.ev_number_payment(),
            NumberOf::Refund => t.ev_number_refund(),
        };
        vec![moment(&it.given_at), Piece::new(of), Piece::default().mono(&it.number)]
    });
    let head = [t.ev_number_given(), t.ev_what(), t.ev_numbers()];
    sheet.heading(t.ev_numbers()).table(&head, rows.collect(), t.ev_none())
}

fn gate(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let rows = facts.from_log.gate.iter().map(|it| {
        let what = match it.what {
            Attestation::Answer { question, yes } => answer(t, question, yes),
            Attestation::Compared { masks } => compared(t, masks),
            Attestation::Confirmed { factor } => confirmed(t, factor),
        };
        vec![moment(&it.at), Piece::new(what)]
    });
    let head = [t.ev_time(), t.ev_what()];
    sheet.heading(t.ev_gate()).paragraph(t.ev_gate_about()).table(
        &head,
        rows.collect(),
        t.ev_none(),
    )
}

fn signals(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let logged = facts.from_log.seen.iter().map(|at| {
        vec![
            moment(at),
            Piece::new(t.log_seen()),
            Piece::new(Fen(facts.from_log.order.fen).to_string()),
        ]
    });
    let kept = facts.signals.iter().map(|it| {
        let fen = it.fen.map_or_else(|| none(t), |it| Piece::new(Fen(it).to_string()));
        let what = Piece::default().mono(&it.kind).mono(it.sha256.to_string());
        vec![moment(&it.at), what, fen]
    });
    let head = [t.ev_time(), t.ev_what(), t.ev_amount_column()];
    sheet.heading(t.ev_signals()).paragraph(t.ev_signals_about()).table(
        &head,
        logged.chain(kept).collect(),
        t.ev_none(),
    )
}

fn ledger(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let rows = facts.ledger.iter().map(|it: &Posting| {
        let what = match it.kind.as_str() {
            "lock" => t.ev_ledger_lock(),
            "release" => t.ev_ledger_release(),
            "return" => t.ev_ledger_return(),
            other => other.to_owned(),
        };
        let way = Piece::new(what).mono(format!("{} → {}", it.debit, it.credit));
        let hashes =
            Piece::new(it.row.to_string()).mono(it.before.to_string()).mono(it.hash.to_string());
        vec![moment(&it.at), way, hashes]
    });
    let head = [t.ev_time(), t.ev_ledger_from_to(), t.ev_ledger_hash()];
    sheet.heading(t.ev_ledger()).table(&head, rows.collect(), t.ev_none())
}

fn warnings(t: &Texts, facts: &Facts, sheet: Sheet) -> Sheet {
    let rows = facts.from_log.warnings.iter().chain(&facts.warnings).map(|it: &Warning| {
        let at = it.at.as_ref().map_or_else(|| Piece::new(t.ev_warning_always()), moment);
        vec![at, Piece::default().short(side(t, it.to)), Piece::new(caution(t, it.what))]
    });
    let head = [t.ev_time(), t.ev_to(), t.ev_what()];
    sheet.heading(t.ev_warnings()).table(&head, rows.collect(), t.ev_none())
}

fn caution(t: &Texts, it: Caution) -> String {
    match it {
        Caution::PayRules => t.ev_warn_rules(),
        Caution::LookYourself => t.ev_warn_look(),
        Caution::OtherPayer => t.ev_warn_payer(),
        Caution::SamePayer => t.ev_warn_refund(),
        Caution::CoinsGo => t.ev_warn_coins(),
        Caution::ContactHeld => t.ev_warn_contact(),
        Caution::LateMoney => t.ev_warn_late(),
        Caution::PictureProvesNothing => t.ev_warn_picture(),
        Caution::NumberReused => t.ev_warn_number(),
        Caution::StaffName => t.ev_warn_staff(),
    }
}

fn timeline(t: &Texts, it: &Source<'_>, sheet: Sheet) -> Sheet {
    let order = &it.facts.from_log.order;
    let messages: HashMap<MessageId, &ChatLine> =
        it.facts.chat.iter().map(|it| (it.id, it)).collect();
    let files: HashMap<FileId, &ChatFile> =
        it.facts.chat.iter().flat_map(|it| &it.files).map(|it| (it.id, it)).collect();
    let rows = it.rows.iter().map(|line| {
        let LogLine { row, link } = line;
        let at = row.moment().map(|it| moment(&it.into())).unwrap_or_default();
        let who = voice(t, from_log::voice(row, order.seller, order.buyer));
        let status = Kind::ALL.into_iter().find(|it| it.as_str() == row.status);
        let status = Piece::new(status.map(|it| t.status(it)).unwrap_or_default());
        let link = link.map(|it| it.to_string().chars().take(16).collect::<String>());
        let end = link.into_iter().fold(status, |piece, it| piece.small_and_short(it));
        vec![at, Piece::default().short(who), what(t, row, &messages, &files), end]
    });
    let head = [t.ev_time(), t.ev_who(), t.ev_what(), t.ev_link()];
    sheet.heading(t.ev_timeline()).paragraph(t.ev_timeline_about(it.rows.len())).table(
        &head,
        rows.collect(),
        t.ev_none(),
    )
}

fn what(
    t: &Texts,
    row: &Row,
    messages: &HashMap<MessageId, &ChatLine>,
    files: &HashMap<FileId, &ChatFile>,
) -> Piece {
    match serde_json::from_str(&row.entry) {
        Ok(Entry::Request(it)) => requested(t, it),
        Ok(Entry::Fact(it)) => Piece::new(happened(t, it)),
        Ok(Entry::Opened { .. }) => Piece::new(t.log_opened()),
        Ok(Entry::Said { said, purpose, held, digest, .. }) => {
            let head = Piece::new(purposed(t, purpose));
            let head = if held.is_some() { head.small(t.log_held()) } else { head };
            words(t, head, messages.get(&said).map(|it| &it.words), digest)
        }
        Ok(Entry::Filed { filed, sha256, .. }) => match files.get(&filed) {
            Some(it) => {
                file(t, it, Piece::new(t.log_filed(form(t, it.form)))).mono(sha256.to_string())
            }
            None => Piece::new(t.log_filed(filed.0.to_string())).mono(sha256.to_string()),
        },
        Ok(Entry::Desk(_)) | Err(_) => Piece::new(t.log_unread()),
    }
}

fn words(t: &Texts, head: Piece, words: Option<&Words>, digest: Hash) -> Piece {
    match words {
        Some(Words::Open { text, .. }) if text.is_empty() => head,
        Some(Words::Open { text, .. }) => head.said(text),
        Some(Words::Erased) => head.small(t.log_erased(digest.to_string())),
        Some(Words::Withheld) | None => head.small(t.log_withheld(digest.to_string())),
    }
}

fn file(t: &Texts, it: &ChatFile, piece: Piece) -> Piece {
    match &it.content {
        Keeping::Here { path } => piece.file(path),
        Keeping::LeftOut => piece.small(t.ev_file_left_out(it.id.0)),
        Keeping::Withheld => piece.small(t.ev_file_withheld(it.id.0)),
        Keeping::Erased => piece.small(t.ev_file_erased(it.id.0)),
        Keeping::Awaited => piece.small(t.ev_file_awaited(it.id.0)),
        Keeping::Lost => piece.small(t.ev_file_lost(it.id.0)),
    }
}

fn form(t: &Texts, it: Form) -> String {
    match it {
        Form::Photo => t.form_photo(),
        Form::Video => t.form_video(),
        Form::Document => t.form_document(),
    }
}

fn purposed(t: &Texts, purpose: Purpose) -> String {
    match purpose {
        Purpose::Chat => t.log_chat(),
        Purpose::Question { to: Side::Seller } => t.log_question_seller(),
        Purpose::Question { to: Side::Buyer } => t.log_question_buyer(),
        Purpose::Answer => t.log_evidence_answer(),
        Purpose::Evidence { what: Proof::Bill } => t.log_proof_bill(),
        Purpose::Evidence { what: Proof::Recording } => t.log_proof_recording(),
        Purpose::Evidence { what: Proof::Number } => t.log_proof_number(),
        Purpose::Evidence { what: Proof::Screenshot } => t.log_proof_screenshot(),
        Purpose::Evidence { what: Proof::Other } => t.log_proof_other(),
        Purpose::Proposal { .. } => t.log_proposal(),
        Purpose::Reason { .. } => t.log_reason(),
        Purpose::Closing => t.log_closing(),
    }
}

fn requested(t: &Texts, request: Request) -> Piece {
    let (said, why) = match request {
        Request::MarkPaid => (t.log_paid(), None),
        Request::TakeBack => (t.log_take_back(), None),
        Request::Cancel { why } => {
            let why = match why {
                CancelReason::ChangedMind => Some(t.reason_mind()),
                CancelReason::CannotPay => Some(t.reason_cannot()),
                CancelReason::AccountTrouble => Some(t.reason_account()),
                CancelReason::Other => None,
            };
            (t.log_cancel(), why)
        }
        Request::GiveUp => (t.log_give_up(), None),
        Request::Extend { minutes } => (t.log_extend(minutes), None),
        Request::AgreeToCancel => (t.log_agree(), None),
        Request::Answer { question, yes } => (answer(t, question, yes), None),
        Request::Compare { masks } => (compared(t, masks), None),
        Request::ConfirmReceipt { factor } => (confirmed(t, factor), None),
        Request::Stop => (t.log_stop(), None),
        Request::NotArrived => (t.log_not_arrived(), None),
        Request::Short { arrived } => (t.log_short(arrived.to_string()), None),
        Request::ArrivesLater { hours } => (t.log_later(hours), None),
        Request::Refund { why: WrongPayment::Payer } => (t.log_refund_payer(), None),
        Request::Refund { why: WrongPayment::Amount } => (t.log_refund_amount(), None),
        Request::Refund { why: WrongPayment::Memo } => (t.log_refund_memo(), None),
        Request::RefundSent => (t.log_refund_sent(), None),
        Request::RefundReceived => (t.log_refund_received(), None),
        Request::Number => (t.log_number(), None),
        Request::Dispute { why } => {
            let why = match why {
                DisputeReason::NotReceived => t.why_not_received(),
                DisputeReason::NotReleased => t.why_not_released(),
                DisputeReason::RefundMissing => t.why_refund_missing(),
                DisputeReason::Silence => t.why_silence(),
                DisputeReason::WrongPayment => t.why_wrong_payment(),
                DisputeReason::Frozen => t.why_frozen(),
                DisputeReason::Pressure => t.why_pressure(),
                DisputeReason::Other => t.why_other(),
            };
            (t.log_dispute(), Some(why))
        }
        Request::Evidence => (t.log_evidence(), None),
        Request::Concede => (t.log_concede(), None),
        Request::Take => (t.log_take(), None),
        Request::Award { to: Side::Seller } => (t.log_award_seller(), None),
        Request::Award { to: Side::Buyer } => (t.log_award_buyer(), None),
        Request::Claim => (t.log_claim(), None),
        Request::CloseClaim => (t.log_close_claim(), None),
    };
    why.into_iter().fold(Piece::new(said), |piece, why| piece.small(why))
}

fn happened(t: &Texts, fact: Fact) -> String {
    match fact {
        Fact::TimeCame => t.log_time(),
        Fact::Outage { away_ms } => t.log_outage(away_ms / 60_000),
        Fact::Unreachable { side: Side::Seller } => t.log_unreachable_seller(),
        Fact::Unreachable { side: Side::Buyer } => t.log_unreachable_buyer(),
        Fact::ArbiterLeft { .. } => t.log_arbiter_left(),
        Fact::PaymentSeen { .. } => t.log_seen(),
    }
}

fn answer(t: &Texts, question: Question, yes: bool) -> String {
    let asked = match question {
        Question::Entry => t.ev_question_entry(),
        Question::Arrival => t.ev_question_arrival(),
        Question::Amount => t.ev_question_amount(),
        Question::Payer => t.ev_question_payer(),
        Question::Memo => t.ev_question_memo(),
    };
    t.log_answer(asked, if yes { t.ev_yes() } else { t.ev_no() })
}

fn compared(t: &Texts, masks: Fit) -> String {
    match masks {
        Fit::Match => t.log_masks_match(),
        Fit::Mismatch => t.log_masks_mismatch(),
        Fit::Inconclusive => t.log_masks_unclear(),
    }
}

fn confirmed(t: &Texts, factor: Factor) -> String {
    t.log_confirm(match factor {
        Factor::Totp => t.log_proof_code(),
        Factor::Recovery => t.log_proof_recovery(),
        Factor::Digits => t.log_proof_digits(),
    })
}

fn files(t: &Texts, it: &Source<'_>, sheet: Sheet) -> Sheet {
    let rows = it.files.iter().map(|it| {
        let file = Piece::default().file(&it.name).mono(it.sha256.to_string());
        vec![file, Piece::new(it.bytes.to_string())]
    });
    let elsewhere = it.facts.chat.iter().flat_map(|it| &it.files).filter_map(|it| {
        if matches!(it.content, Keeping::Here { .. }) {
            return None;
        }
        let hash = it.sha256.map(|it| it.to_string());
        let about =
            hash.into_iter().fold(file(t, it, Piece::default()), |piece, it| piece.mono(it));
        Some(vec![about, Piece::new(it.bytes.to_string())])
    });
    let head = [t.ev_file(), t.ev_size()];
    sheet.heading(t.ev_files()).table(&head, rows.chain(elsewhere).collect(), t.ev_none())
}

fn none(t: &Texts) -> Piece {
    Piece::new(t.ev_none())
}

fn side(t: &Texts, side: Side) -> String {
    voice(t, Some(side.into()))
}

fn voice(t: &Texts, voice: Option<Voice>) -> String {
    match voice {
        Some(Voice::Seller) => t.ev_seller(),
        Some(Voice::Buyer) => t.ev_buyer(),
        Some(Voice::Arbiter) => t.ev_arbiter(),
        None => t.ev_desk(),
    }
}
