//! People with a character: what they want of an order, given what they see of it and what is true.

use fangbi::domain::UserId;
use fangbi::domain::factor::Factor;
use fangbi::domain::mask::Fit;
use fangbi::domain::money::Fen;
use fangbi::domain::order::{
    CancelReason, DisputeReason, Order, Question, Request, Side, Status, WrongPayment,
};

use torture::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Character {
    /// Pays, looks and confirms, and says so when something is wrong.
    Honest,
    /// The same, most often too late.
    Slow,
    /// Takes whatever can be had: says “paid” without paying, denies what has come, stops.
    Greedy,
    /// Opens orders, and is gone.
    Absent,
    /// Asks anything at any time, also of what is not its own, also with an old card.
    Malicious,
}

impl Character {
    pub(crate) const ALL: [Self; 5] =
        [Self::Honest, Self::Slow, Self::Greedy, Self::Absent, Self::Malicious];
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) user: UserId,
    pub(crate) character: Character,
}

/// Sixteen who trade: each character twice, and the honest six times more, or hardly anything would
/// ever be released.
pub(crate) fn traders(first: i64) -> Vec<Person> {
    let mut characters = [Character::ALL, Character::ALL].concat();
    characters.extend([Character::Honest; 6]);
    (first..)
        .zip(characters)
        .map(|(user, character)| Person { user: UserId(user), character })
        .collect()
}

/// What is true of an order and only its buyer knows: the bot never does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Truth {
    pub(crate) paid: bool,
}

/// What a side wants of an order now, if anything. An honest buyer pays here.
pub(crate) fn wish(
    dice: &mut Dice,
    character: Character,
    side: Side,
    order: &Order,
    truth: &mut Truth,
) -> Option<Request> {
    match (character, side) {
        (Character::Absent, _) => None,
        (Character::Malicious, _) => Some(anything(dice)),
        (Character::Slow, _) if !dice.one_in(6) => None,
        (Character::Honest | Character::Slow, Side::Buyer) => honest_buyer(dice, order, truth),
        (Character::Honest | Character::Slow, Side::Seller) => honest_seller(dice, order, *truth),
        (Character::Greedy, Side::Buyer) => greedy_buyer(dice, order),
        (Character::Greedy, Side::Seller) => greedy_seller(dice, order),
    }
}

fn honest_buyer(dice: &mut Dice, order: &Order, truth: &mut Truth) -> Option<Request> {
    match &order.status {
        Status::AwaitingPayment { .. } => match dice.below(12) {
            0 => Some(Request::Cancel { why: CancelReason::CannotPay }),
            1 => Some(Request::AgreeToCancel),
            // A mistake, to be taken back.
            2 => Some(Request::MarkPaid),
            3 | 4 => None,
            _ => {
                truth.paid = true;
                Some(Request::MarkPaid)
            }
        },
        Status::Overdue { .. } if truth.paid => Some(Request::MarkPaid),
        Status::Overdue { .. } => Some(Request::GiveUp),
        Status::Paid { .. } | Status::Delayed { .. } if !truth.paid => Some(Request::TakeBack),
        Status::Paid { .. } | Status::Delayed { .. } => match dice.below(4) {
            0 => Some(Request::Number),
            1 => Some(Request::Dispute { why: DisputeReason::NotReleased }),
            _ => None,
        },
        Status::Refunding { sent, .. } => sent.then_some(Request::RefundReceived),
        Status::Disputed { .. } if !truth.paid => Some(Request::Concede),
        Status::Disputed { .. } | Status::Claimed { .. } => Some(Request::Evidence),
        Status::Releasing { .. } => None,
        Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
            dice.one_in(12).then_some(Request::Claim)
        }
    }
}

fn honest_seller(dice: &mut Dice, order: &Order, truth: Truth) -> Option<Request> {
    match &order.status {
        Status::AwaitingPayment { .. } => match dice.below(8) {
            0 => Some(Request::Extend { minutes: dice.pick(&[5, 10, 15]) }),
            1 => Some(Request::AgreeToCancel),
            _ => None,
        },
        Status::Overdue { .. }
        | Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Disputed { .. }
            if truth.paid =>
        {
            Some(match order.gate.open() {
                // What is typed of the masks is compared; the answer may follow from that.
                Some(Question::Payer) if dice.one_in(3) => Request::Compare { masks: Fit::Match },
                Some(question) => Request::Answer { question, yes: !dice.one_in(20) },
                None => Request::ConfirmReceipt { factor: Factor::Totp },
            })
        }
        Status::Paid { .. } => Some(match dice.below(5) {
            0 => Request::ArrivesLater { hours: dice.pick(&[2, 12, 24]) },
            1 => Request::Dispute { why: DisputeReason::NotReceived },
            2 => Request::Short { arrived: Fen(order.fen.0 / 2) },
            _ => Request::NotArrived,
        }),
        Status::Delayed { .. } => {
            dice.one_in(4).then_some(Request::Dispute { why: DisputeReason::NotReceived })
        }
        Status::Refunding { sent: false, .. } => Some(Request::RefundSent),
        Status::Releasing { .. } => dice.one_in(10).then_some(Request::Stop),
        Status::Disputed { .. } | Status::Claimed { .. } => Some(match dice.below(3) {
            0 => Request::CloseClaim,
            _ => Request::Evidence,
        }),
        Status::Overdue { .. } | Status::Refunding { .. } => None,
        Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
            dice.one_in(20).then_some(Request::Claim)
        }
    }
}

fn greedy_buyer(dice: &mut Dice, order: &Order) -> Option<Request> {
    match &order.status {
        Status::AwaitingPayment { .. } | Status::Overdue { .. } => Some(Request::MarkPaid),
        Status::Paid { .. } | Status::Delayed { .. } | Status::Refunding { .. } => {
            Some(match dice.below(3) {
                0 => Request::Number,
                _ => Request::Dispute { why: DisputeReason::NotReleased },
            })
        }
        Status::Disputed { .. } | Status::Claimed { .. } => Some(Request::Evidence),
        Status::Releasing { .. } => Some(Request::Dispute { why: DisputeReason::Pressure }),
        Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
            Some(if dice.one_in(2) { Request::Claim } else { Request::MarkPaid })
        }
    }
}

fn greedy_seller(dice: &mut Dice, order: &Order) -> Option<Request> {
    match &order.status {
        Status::AwaitingPayment { .. } => Some(Request::AgreeToCancel),
        Status::Paid { .. } | Status::Overdue { .. } | Status::Delayed { .. } => {
            Some(match dice.below(6) {
                0 => Request::Refund { why: WrongPayment::Payer },
                1 => Request::ArrivesLater { hours: 24 },
                2 => Request::Short { arrived: Fen(1) },
                3 => Request::Dispute { why: DisputeReason::NotReceived },
                4 => toward_release(order),
                _ => Request::NotArrived,
            })
        }
        Status::Refunding { .. } => Some(Request::RefundSent),
        // Confirms and stops by turns, so that nothing is ever decided.
        Status::Releasing { .. } => Some(Request::Stop),
        Status::Disputed { .. } => {
            Some(if dice.one_in(3) { Request::Evidence } else { toward_release(order) })
        }
        Status::Claimed { .. } => Some(Request::Evidence),
        Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
            Some(if dice.one_in(3) { Request::Claim } else { Request::Stop })
        }
    }
}

fn toward_release(order: &Order) -> Request {
    match order.gate.open() {
        Some(question) => Request::Answer { question, yes: true },
        None => Request::ConfirmReceipt { factor: Factor::Totp },
    }
}

/// What an arbiter does about a case. Most decide as it was.
pub(crate) fn ruling(
    dice: &mut Dice,
    arbiter: UserId,
    order: &Order,
    truth: Truth,
) -> Option<Request> {
    let fair = if truth.paid { Side::Buyer } else { Side::Seller };
    let to = if dice.one_in(8) { fair.other() } else { fair };
    let is_taken = order.status.taken().is_some_and(|it| it.by == arbiter);
    match &order.status {
        Status::Claimed { .. } if is_taken => Some(Request::CloseClaim),
        Status::Disputed { .. } | Status::Releasing { dispute: Some(_), .. }
            if is_taken || dice.one_in(2) =>
        {
            Some(Request::Award { to })
        }
        Status::Disputed { .. } | Status::Claimed { .. } | Status::Releasing { .. } => {
            Some(Request::Take)
        }
        Status::AwaitingPayment { .. }
        | Status::Overdue { .. }
        | Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Refunding { .. }
        | Status::Released { .. }
        | Status::Cancelled { .. }
        | Status::Expired { .. } => dice.one_in(6).then(|| anything(dice)),
    }
}

/// Any request with any choice, one that is offered or one that is not.
pub(crate) fn anything(dice: &mut Dice) -> Request {
    match dice.below(24) {
        0 => Request::MarkPaid,
        1 => Request::TakeBack,
        2 => Request::Cancel { why: dice.pick(&CancelReason::ALL) },
        3 => Request::GiveUp,
        4 => Request::Extend { minutes: dice.pick(&[0, 5, 7, 10, 15, u32::MAX]) },
        5 => Request::AgreeToCancel,
        6 => Request::Answer { question: dice.pick(&Question::ALL), yes: !dice.one_in(4) },
        7 => Request::Compare { masks: dice.pick(&[Fit::Match, Fit::Mismatch, Fit::Inconclusive]) },
        8 => Request::ConfirmReceipt {
            factor: dice.pick(&[Factor::Totp, Factor::Recovery, Factor::Digits]),
        },
        9 => Request::Stop,
        10 => Request::NotArrived,
        11 => Request::Short { arrived: Fen(dice.pick(&[-1, 0, 1, 71_999, i64::MAX])) },
        12 => Request::ArrivesLater { hours: dice.pick(&[0, 2, 3, 12, 24, u32::MAX]) },
        13 => Request::Refund {
            why: dice.pick(&[WrongPayment::Payer, WrongPayment::Amount, WrongPayment::Memo]),
        },
        14 => Request::RefundSent,
        15 => Request::RefundReceived,
        16 => Request::Number,
        17 => Request::Dispute { why: dice.pick(&DisputeReason::ALL) },
        18 => Request::Evidence,
        19 => Request::Concede,
        20 => Request::Take,
        21 => Request::Award { to: dice.pick(&[Side::Seller, Side::Buyer]) },
        22 => Request::Claim,
        _ => Request::CloseClaim,
    }
}
