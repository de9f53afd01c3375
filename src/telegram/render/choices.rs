//! The buttons of an order's card: never one that the order would refuse.

use chrono::{DateTime, Utc};

use super::pen::{Pen, Reading};
use crate::domain::order::ask::{DELAYS, EXTENSIONS};
use crate::domain::order::{
    Asker, CancelReason, DisputeReason, Kind, Order, Question, Refusal, Request, Side, Status,
    WrongPayment,
};
use crate::letter::Face;
use crate::locale::Texts;
use crate::telegram::action::{Action, BarAction, BundleAction, DisputeAction};
use crate::telegram::keyboard::{Button, Style};

/// One button: what it does, and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) action: Action,
    pub(super) style: Option<Style>,
}

const fn ask(request: Request) -> Choice {
    Choice { action: Action::Ask(request), style: None }
}

const fn turn(face: Face) -> Choice {
    Choice { action: Action::Turn(face), style: None }
}

impl Choice {
    const fn styled(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }
}

/// What stands below everything else, whatever the order is: its evidence, and the end of all orders
/// with the other side. Nobody presses anything but Stop while coins are on their way.
pub(super) fn besides(order: &Order) -> Vec<Choice> {
    match order.status.kind() {
        Kind::Releasing => vec![],
        Kind::AwaitingPayment
        | Kind::Overdue
        | Kind::Paid
        | Kind::Delayed
        | Kind::Refunding
        | Kind::Disputed
        | Kind::Claimed
        | Kind::Released
        | Kind::Cancelled
        | Kind::Expired => vec![EVIDENCE, BLOCK],
    }
}

/// The rows of buttons that a side gets on that face of the card. What the order would not grant
/// now is left out, and so is a face on which nothing would be left.
pub(super) fn choices(
    order: &Order,
    reading: Reading,
    face: Face,
    now: DateTime<Utc>,
) -> Vec<Vec<Choice>> {
    let rows = match reading {
        Reading::Side(side) => wishes(order, side, face),
        Reading::Staff { .. } if face == Face::Plain => vec![vec![ask(Request::Take)]],
        Reading::Staff { .. } => vec![],
    };
    let granted = |choice: &Choice| match choice.action {
        Action::Ask(request) => grants(order, reading, request, now),
        Action::Turn(Face::Plain) => true,
        Action::Turn(face) => has_something_to_ask(order, reading, face, now),
        Action::GiveNumber => grants(order, reading, Request::Number, now),
        Action::Dispute(_) => grants(order, reading, Request::Evidence, now),
        // Drawing the card anew helps while something is not possible yet.
        _ => waits_for_dispute(order, reading, now).is_some(),
    };
    rows.into_iter()
        .map(|row| row.into_iter().filter(&granted).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect()
}

/// Whether this face still asks something. If not, the card shows its plain face.
pub(super) fn has_something_to_ask(
    order: &Order,
    reading: Reading,
    face: Face,
    now: DateTime<Utc>,
) -> bool {
    if face == Face::Gate {
        // The first question may always be answered (again) where there is a gate.
        let request = Request::Answer { question: Question::Entry, yes: true };
        return grants(order, reading, request, now);
    }
    choices(order, reading, face, now)
        .iter()
        .flatten()
        .any(|choice| matches!(choice.action, Action::Ask(_)))
}

/// When a dispute can be opened, if that is not possible yet.
pub(super) fn waits_for_dispute(
    order: &Order,
    reading: Reading,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let Reading::Side(_) = reading else { return None };
    let why = DisputeReason::Other;
    match outcome(order, reading, Request::Dispute { why }, now) {
        Err(Refusal::TooEarly { at }) => Some(at),
        _ => None,
    }
}

fn grants(order: &Order, reading: Reading, request: Request, now: DateTime<Utc>) -> bool {
    outcome(order, reading, request, now).is_ok()
}

fn outcome(
    order: &Order,
    reading: Reading,
    request: Request,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let asker = match reading {
        Reading::Side(side) => Asker { user: order.party(side), arbiter: false },
        Reading::Staff { user, arbiter } => Asker { user, arbiter },
    };
    order.clone().ask(request, asker, None, now).map(|_step| ())
}

/// What a side may want on that face, most wanted first.
fn wishes(order: &Order, side: Side, face: Face) -> Vec<Vec<Choice>> {
    let kind = order.status.kind();
    match face {
        Face::Plain => match side {
            Side::Seller => seller(order),
            Side::Buyer => buyer(order),
        },
        Face::Confirm => confirm(kind, side),
        Face::Extend => vec![
            EXTENSIONS.map(|minutes| ask(Request::Extend { minutes })).to_vec(),
            vec![turn(Face::Plain)],
        ],
        Face::Cancel => CancelReason::ALL
            .map(|why| vec![ask(Request::Cancel { why })])
            .into_iter()
            .chain([vec![turn(Face::Plain)]])
            .collect(),
        Face::Problem => vec![
            DELAYS.map(|hours| ask(Request::ArrivesLater { hours })).to_vec(),
            vec![ask(Request::Refund { why: WrongPayment::Payer })],
            vec![ask(Request::Refund { why: WrongPayment::Amount })],
            vec![ask(Request::Refund { why: WrongPayment::Memo })],
            vec![turn(Face::Plain)],
        ],
        Face::Gate => gate(order),
        Face::Dispute => reasons(kind, side)
            .iter()
            .map(|why| vec![ask(Request::Dispute { why: *why })])
            .chain([vec![turn(Face::Plain)]])
            .collect(),
    }
}

/// What a dispute of that side can be about, the most likely first.
fn reasons(kind: Kind, side: Side) -> &'static [DisputeReason] {
    use DisputeReason::{
        Frozen, NotReceived, NotReleased, Other, Pressure, RefundMissing, WrongPayment,
    };
    match (kind, side) {
        (Kind::Refunding, Side::Seller | Side::Buyer) => &[RefundMissing, Pressure, Other],
        (_, Side::Seller) => &[NotReceived, WrongPayment, Frozen, Pressure, Other],
        (_, Side::Buyer) => &[NotReleased, Pressure, Other],
    }
}

/// The seller's next question, or where a no leads to. At the end something is typed.
fn gate(order: &Order) -> Vec<Vec<Choice>> {
    let answer = |question, yes| ask(Request::Answer { question, yes });
    let back = vec![turn(Face::Plain)];
    let Some(question) = order.gate.open() else { return vec![back] };
    if order.gate.refused().is_none() {
        let yes = answer(question, true).styled(Style::Success);
        return vec![vec![yes, answer(question, false)], back];
    }
    let refund = |why| vec![ask(Request::Refund { why })];
    let later = || DELAYS.map(|hours| ask(Request::ArrivesLater { hours })).to_vec();
    let mut rows = match question {
        Question::Entry => vec![vec![ask(Request::NotArrived)], later()],
        Question::Arrival => vec![later(), vec![ask(Request::NotArrived)]],
        Question::Amount => vec![refund(WrongPayment::Amount)],
        Question::Payer => vec![refund(WrongPayment::Payer)],
        Question::Memo => vec![refund(WrongPayment::Memo)],
    };
    rows.push(vec![turn(Face::Dispute)]);
    rows.push(vec![answer(question, true), turn(Face::Plain)]);
    rows
}

fn seller(order: &Order) -> Vec<Vec<Choice>> {
    let kind = order.status.kind();
    let received = turn(Face::Gate).styled(Style::Primary);
    let dispute = turn(Face::Dispute);
    match kind {
        Kind::AwaitingPayment => {
            vec![vec![turn(Face::Extend)], vec![ask(Request::AgreeToCancel)]]
        }
        Kind::Overdue => vec![vec![received], vec![dispute]],
        Kind::Paid | Kind::Delayed => {
            vec![vec![received], vec![turn(Face::Problem)], vec![dispute, refresh()]]
        }
        Kind::Refunding => {
            vec![vec![ask(Request::RefundSent).styled(Style::Primary)], vec![NUMBER], vec![dispute]]
        }
        Kind::Releasing => vec![vec![ask(Request::Stop).styled(Style::Danger)]],
        Kind::Disputed => vec![vec![ADD_EVIDENCE], vec![received]],
        Kind::Claimed => vec![vec![ADD_EVIDENCE], vec![ask(Request::CloseClaim)]],
        Kind::Released | Kind::Cancelled | Kind::Expired => vec![vec![ask(Request::Claim)]],
    }
}

fn buyer(order: &Order) -> Vec<Vec<Choice>> {
    let kind = order.status.kind();
    let paid = ask(Request::MarkPaid).styled(Style::Success);
    let dispute = turn(Face::Dispute);
    match kind {
        // The buyer can simply cancel, with a reason; an offer only has to be answered.
        Kind::AwaitingPayment if is_agreed(order) => {
            vec![vec![paid], vec![ask(Request::AgreeToCancel)], vec![turn(Face::Cancel)]]
        }
        Kind::AwaitingPayment => vec![vec![paid], vec![turn(Face::Cancel)]],
        Kind::Overdue => vec![vec![paid], vec![ask(Request::GiveUp)], vec![dispute]],
        Kind::Paid | Kind::Delayed => {
            vec![vec![NUMBER], vec![dispute, refresh()], vec![ask(Request::TakeBack)]]
        }
        Kind::Refunding => {
            vec![vec![turn(Face::Confirm).styled(Style::Primary)], vec![NUMBER], vec![dispute]]
        }
        Kind::Disputed => vec![vec![ADD_EVIDENCE], vec![NUMBER], vec![turn(Face::Confirm)]],
        Kind::Claimed => vec![vec![ADD_EVIDENCE], vec![ask(Request::CloseClaim)]],
        Kind::Released | Kind::Cancelled | Kind::Expired => vec![vec![ask(Request::Claim)]],
        Kind::Releasing => vec![],
    }
}

/// The buyer's second question, before something that cannot be undone. The seller's is the gate.
fn confirm(kind: Kind, side: Side) -> Vec<Vec<Choice>> {
    let yes = match (side, kind) {
        (Side::Seller, _) => return vec![],
        (Side::Buyer, Kind::Refunding) => Request::RefundReceived,
        (Side::Buyer, _) => Request::Concede,
    };
    vec![vec![ask(yes).styled(Style::Danger)], vec![turn(Face::Plain)]]
}

/// Alipay's number of the payment, or of the refund.
const NUMBER: Choice = Choice { action: Action::GiveNumber, style: None };

/// Everything about the order, as a file.
const EVIDENCE: Choice = Choice { action: Action::Bundle(BundleAction::Make), style: None };
/// No more orders with the other side.
const BLOCK: Choice = Choice { action: Action::Bar(BarAction::Block), style: None };
/// Something that shall count in a dispute.
const ADD_EVIDENCE: Choice = Choice { action: Action::Dispute(DisputeAction::Add), style: None };

/// Draws the card anew: for what becomes possible later.
const fn refresh() -> Choice {
    Choice { action: Action::OpenOrder, style: None }
}

/// The choices as buttons.
pub(super) fn buttons(
    pen: &Pen<'_>,
    order: &Order,
    reading: Reading,
    rows: Vec<Vec<Choice>>,
) -> Vec<Vec<Button>> {
    let button = |choice: Choice| {
        let button = pen.about(label(pen.t, order, reading, choice.action), choice.action, order);
        match choice.style {
            Some(style) => button.styled(style),
            None => button,
        }
    };
    rows.into_iter().map(|row| row.into_iter().map(button).collect()).collect()
}

fn label(t: &Texts, order: &Order, reading: Reading, action: Action) -> String {
    match action {
        Action::Ask(request) => asking(t, order, request),
        Action::Turn(face) => match (face, reading, order.status.kind()) {
            (Face::Plain, _, _) => t.button_back(),
            (Face::Confirm, Reading::Side(Side::Buyer), Kind::Refunding) => {
                t.button_refund_received()
            }
            (Face::Confirm, Reading::Side(Side::Buyer), _) => t.button_concede(),
            (Face::Confirm | Face::Gate, _, _) => t.button_received(),
            (Face::Extend, _, _) => t.button_extend(),
            (Face::Cancel, _, _) => t.button_cancel(),
            (Face::Problem, _, _) => t.button_problem(),
            (Face::Dispute, _, _) => t.button_dispute(),
        },
        Action::GiveNumber => t.button_give_number(),
        Action::Bundle(_) => t.button_bundle(),
        Action::Bar(_) => t.button_block(),
        Action::Dispute(_) => t.button_evidence(),
        _ => t.button_refresh(),
    }
}

/// What a request is called, on its button.
pub(super) fn asking(t: &Texts, order: &Order, request: Request) -> String {
    let coins = || order.coins.to_string();
    match request {
        Request::MarkPaid => t.button_paid(),
        Request::TakeBack => t.button_take_back(),
        Request::Cancel { why } => match why {
            CancelReason::ChangedMind => t.button_cancel_mind(),
            CancelReason::CannotPay => t.button_cancel_cannot(),
            CancelReason::AccountTrouble => t.button_cancel_account(),
            CancelReason::Other => t.button_cancel_other(),
        },
        Request::GiveUp => t.button_not_paid(),
        Request::Extend { minutes } => t.button_minutes(minutes),
        Request::AgreeToCancel if is_agreed(order) => t.button_agree_cancel(),
        Request::AgreeToCancel => t.button_offer_cancel(),
        Request::Answer { yes: true, .. } if order.gate.refused().is_some() => {
            t.button_yes_after_all()
        }
        Request::Answer { yes: true, .. } => t.button_yes(),
        Request::Answer { yes: false, .. } => t.button_no(),
        Request::Stop => t.button_stop(),
        Request::NotArrived => t.button_not_yet(),
        Request::ArrivesLater { hours } => t.button_delayed(hours),
        Request::Refund { why } => match why {
            WrongPayment::Payer => t.button_wrong_payer(),
            WrongPayment::Amount => t.button_wrong_amount(),
            WrongPayment::Memo => t.button_wrong_memo(),
        },
        Request::RefundSent => t.button_refund_sent(),
        Request::RefundReceived => t.button_refund_received_sure(order.fen.to_string()),
        Request::Dispute { why } => match why {
            DisputeReason::NotReceived => t.button_dispute_not_received(),
            DisputeReason::NotReleased => t.button_dispute_not_released(),
            DisputeReason::RefundMissing => t.button_dispute_refund(),
            DisputeReason::WrongPayment => t.button_dispute_wrong(),
            DisputeReason::Frozen => t.button_dispute_frozen(),
            DisputeReason::Pressure => t.button_dispute_pressure(),
            DisputeReason::Silence | DisputeReason::Other => t.button_dispute_other(),
        },
        Request::Concede => t.button_concede_sure(coins()),
        Request::Take => t.button_take(),
        Request::Claim => t.button_claim(),
        Request::CloseClaim => t.button_close_claim(),
        // Typed, or (an award) on a page of its own: none of these is a button of a card.
        Request::Compare { .. }
        | Request::ConfirmReceipt { .. }
        | Request::Short { .. }
        | Request::Evidence
        | Request::Number
        | Request::Award { .. } => String::new(),
    }
}

fn is_agreed(order: &Order) -> bool {
    matches!(order.status, Status::AwaitingPayment { agreed: Some(_), .. })
}
