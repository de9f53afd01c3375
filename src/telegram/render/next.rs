//! What happens next with an order, and what its reader should do.

use super::pen::Reading;
use crate::domain::order::{
    Answered, CancelReason, CancelledBy, Closed, DisputeReason, Order, ReleasedBy, Side, Status,
    WrongPayment,
};
use crate::locale::Texts;
use crate::telegram::html::Html;

pub(super) fn lines(t: &Texts, order: &Order, reading: Reading) -> Vec<Html> {
    let texts = match reading {
        Reading::Side(side) => for_side(t, order, side),
        Reading::Staff { .. } => for_staff(t, order),
    };
    texts.into_iter().map(Html::from).collect()
}

fn for_side(t: &Texts, order: &Order, side: Side) -> Vec<String> {
    let (coins, fen) = (order.coins.to_string(), order.fen.to_string());
    let seller = side == Side::Seller;
    match &order.status {
        Status::AwaitingPayment { agreed, .. } => {
            let agreed = agreed.map(|by| match by == side {
                true => t.next_agreed_you(),
                false => t.next_agreed_other(),
            });
            let next = if seller { t.next_awaiting_seller(coins) } else { t.pay_then() };
            [next].into_iter().chain(agreed).collect()
        }
        Status::Overdue { .. } if seller => vec![t.next_overdue_seller(coins)],
        Status::Overdue { .. } => vec![t.next_overdue_buyer()],
        Status::Paid { payment, looked } if seller => {
            let late = payment.late.then(|| t.next_paid_late());
            let next = match looked {
                true => t.next_paid_seller_looked(),
                false => t.next_paid_seller(fen),
            };
            late.into_iter().chain([next]).collect()
        }
        Status::Paid { looked: true, .. } => vec![t.next_paid_buyer_looked()],
        Status::Paid { looked: false, .. } => vec![t.next_paid_buyer()],
        Status::Delayed { .. } if seller => vec![t.next_delayed_seller()],
        Status::Delayed { .. } => vec![t.next_delayed_buyer()],
        Status::Refunding { why, sent, .. } => vec![wrong(t, *why), refunding(t, seller, *sent)],
        Status::Releasing { .. } if seller => vec![t.next_releasing_seller()],
        Status::Releasing { .. } => vec![t.next_releasing_buyer()],
        Status::Disputed { dispute, .. } => vec![
            reason(t, dispute.why),
            match dispute.taken {
                Some(_) => t.next_disputed_taken(),
                None => t.next_disputed(),
            },
            if seller { t.next_disputed_seller() } else { t.next_disputed_buyer() },
            other_answered(t, dispute.answered, side),
        ],
        Status::Claimed { claim, .. } => {
            vec![t.next_claimed(), other_answered(t, claim.answered, side)]
        }
        Status::Released { by, .. } => {
            let award = (*by == ReleasedBy::Award).then(|| t.next_released_award());
            let next = match (side, by) {
                (Side::Seller, ReleasedBy::Award) => None,
                (Side::Seller, ReleasedBy::Seller) => Some(t.next_released_seller(coins)),
                (Side::Buyer, _) => Some(t.next_released_buyer(coins)),
            };
            award.into_iter().chain(next).collect()
        }
        Status::Cancelled { by, .. } => {
            cancelled(t, *by).into_iter().chain([returned(t, side, coins)]).collect()
        }
        Status::Expired { .. } => vec![t.ended_expired(), returned(t, side, coins)],
    }
}

/// Staff read what has happened, without being told what to do with their own money.
fn for_staff(t: &Texts, order: &Order) -> Vec<String> {
    match &order.status {
        Status::Refunding { why, .. } => vec![wrong(t, *why)],
        Status::Disputed { dispute, .. } => vec![reason(t, dispute.why)],
        Status::Claimed { closed, .. } => ended(t, *closed),
        Status::AwaitingPayment { .. }
        | Status::Overdue { .. }
        | Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Releasing { .. } => vec![],
        Status::Released { .. } | Status::Cancelled { .. } | Status::Expired { .. } => {
            order.status.closed().map(|it| ended(t, it)).unwrap_or_default()
        }
    }
}

fn ended(t: &Texts, closed: Closed) -> Vec<String> {
    match closed {
        Closed::Released { by: ReleasedBy::Award, .. } => vec![t.next_released_award()],
        Closed::Released { by: ReleasedBy::Seller, .. } => vec![t.next_releasing_buyer()],
        Closed::Cancelled { by, .. } => cancelled(t, by),
        Closed::Expired { .. } => vec![t.ended_expired()],
    }
}

fn other_answered(t: &Texts, answered: Answered, side: Side) -> String {
    match answered.by(side.other()) {
        Some(_) => t.dispute_other_answered(),
        None => t.dispute_other_not_answered(),
    }
}

fn refunding(t: &Texts, seller: bool, sent: bool) -> String {
    match (seller, sent) {
        (true, false) => t.next_refunding_seller(),
        (true, true) => t.next_refunding_seller_sent(),
        (false, false) => t.next_refunding_buyer(),
        (false, true) => t.next_refunding_buyer_sent(),
    }
}

fn wrong(t: &Texts, why: WrongPayment) -> String {
    match why {
        WrongPayment::Payer => t.next_refund_payer(),
        WrongPayment::Amount => t.next_refund_amount(),
        WrongPayment::Memo => t.next_refund_memo(),
    }
}

pub(super) fn reason(t: &Texts, why: DisputeReason) -> String {
    match why {
        DisputeReason::NotReceived => t.why_not_received(),
        DisputeReason::NotReleased => t.why_not_released(),
        DisputeReason::RefundMissing => t.why_refund_missing(),
        DisputeReason::Silence => t.why_silence(),
        DisputeReason::Other => t.why_other(),
        DisputeReason::WrongPayment => t.why_wrong_payment(),
        DisputeReason::Frozen => t.why_frozen(),
        DisputeReason::Pressure => t.why_pressure(),
    }
}

fn cancelled(t: &Texts, by: CancelledBy) -> Vec<String> {
    match by {
        CancelledBy::Buyer { why } => {
            let why = match why {
                CancelReason::ChangedMind => Some(t.reason_mind()),
                CancelReason::CannotPay => Some(t.reason_cannot()),
                CancelReason::AccountTrouble => Some(t.reason_account()),
                CancelReason::Other => None,
            };
            [t.ended_by_buyer()].into_iter().chain(why).collect()
        }
        CancelledBy::Both => vec![t.ended_by_both()],
        CancelledBy::GaveUp => vec![t.ended_given_up()],
        CancelledBy::Refunded => vec![t.ended_refunded()],
        CancelledBy::Conceded => vec![t.ended_conceded()],
        CancelledBy::Award => vec![t.ended_by_award()],
    }
}

fn returned(t: &Texts, side: Side, coins: String) -> String {
    match side {
        Side::Seller => t.next_returned_you(coins),
        Side::Buyer => t.next_do_not_pay(),
    }
}
