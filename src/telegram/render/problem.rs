//! What is wrong, and what to do next.

use super::time::date;
use crate::domain::ad::AdError;
use crate::domain::amount::AmountError;
use crate::domain::factor::FactorRefusal;
use crate::domain::opening::OpeningRefusal;
use crate::domain::order::{Question, Refusal};
use crate::domain::payee::{CodeError, PayeeRefusal};
use crate::letter::{AdProblem, AmountProblem, SettleProblem, WithdrawProblem};
use crate::locale::Texts;

pub(super) fn refusal(t: &Texts, refusal: Refusal) -> String {
    match refusal {
        Refusal::NotYours => t.refusal_not_yours(),
        Refusal::NotYourSide => t.refusal_not_your_side(),
        Refusal::Stale => t.refusal_stale(),
        Refusal::NotNow { status } => t.refusal_not_now(t.status(status)),
        Refusal::Used => t.refusal_used(),
        Refusal::TooEarly { at } => t.refusal_too_early(date(at)),
        Refusal::TooLate { until } => t.refusal_too_late(date(until)),
        Refusal::NotOffered => t.refusal_not_offered(),
        Refusal::AlreadyAgreed => t.refusal_already_agreed(),
        Refusal::Taken => t.refusal_taken(),
        Refusal::NotTaken => t.refusal_not_taken(),
        Refusal::NeedsAnother => t.refusal_needs_another(),
        Refusal::Unanswered { question } => t.refusal_unanswered(asked(t, question)),
        Refusal::OtherPayer => t.refusal_other_payer(),
        Refusal::NeedsCode => t.refusal_needs_code(),
    }
}

/// A question of the gate in a few words.
pub(super) fn asked(t: &Texts, question: Question) -> String {
    match question {
        Question::Entry => t.gate_entry(),
        Question::Arrival => t.gate_arrival(),
        Question::Amount => t.gate_amount_short(),
        Question::Payer => t.gate_payer(),
        Question::Memo => t.gate_memo(),
    }
}

/// A wish that is not proved.
pub(super) fn factor(t: &Texts, refusal: FactorRefusal) -> String {
    match refusal {
        FactorRefusal::Wrong { left } => t.factor_wrong(left),
        FactorRefusal::Locked { until } => t.factor_locked(date(until)),
        FactorRefusal::Used => t.factor_used(),
        FactorRefusal::NotEnrolled => t.factor_not_enrolled(),
        FactorRefusal::Required => t.factor_required(),
    }
}

/// What was typed is no amount; the example stands under the question.
pub(super) fn typed(t: &Texts, error: AmountError) -> String {
    match error {
        AmountError::NotANumber => t.amount_not_a_number(),
        AmountError::BadGrouping => t.amount_bad_grouping(),
        AmountError::TooManyDecimals { most } => t.amount_too_many_decimals(most),
        AmountError::Negative => t.amount_negative(),
        AmountError::Zero => t.amount_zero(),
        AmountError::TooLarge => t.amount_too_large(),
        AmountError::OtherUnit => t.amount_other_unit(),
    }
}

pub(super) fn opening(t: &Texts, refusal: OpeningRefusal) -> String {
    match refusal {
        OpeningRefusal::AdNotActive => t.opening_ad_not_active(),
        OpeningRefusal::AdChanged => t.opening_ad_changed(),
        OpeningRefusal::OwnAd => t.opening_own_ad(),
        OpeningRefusal::OutsideAd { min, max } => {
            t.opening_outside_ad(min.to_string(), max.to_string())
        }
        OpeningRefusal::Balance { available } => t.opening_balance(available.to_string()),
        OpeningRefusal::NeedsCode { above } => t.opening_needs_code(above.to_string()),
        OpeningRefusal::Trust { most, after } => t.opening_trust(after, most.to_string()),
        OpeningRefusal::TooManyOpen { most } => t.opening_too_many_open(most),
        OpeningRefusal::OutOfRange => t.opening_out_of_range(),
        OpeningRefusal::NoPayer => t.opening_no_payer(),
        OpeningRefusal::Payee { why } => payee(t, why),
        OpeningRefusal::NoFreeAmount => t.opening_no_free_amount(),
        OpeningRefusal::Stopped { everybody: true, stop: _ } => t.stop_everybody(),
        OpeningRefusal::Stopped { everybody: false, stop: _ } => t.stop_own_user(),
        OpeningRefusal::AdStopped => t.opening_ad_stopped(),
        OpeningRefusal::BuyerRests { until } => t.opening_buyer_rests(date(until)),
        OpeningRefusal::Blocked => t.opening_blocked(),
    }
}

/// Why an Alipay account cannot be used or changed.
pub(super) fn payee(t: &Texts, refusal: PayeeRefusal) -> String {
    match refusal {
        PayeeRefusal::Gone => t.payee_gone(),
        PayeeRefusal::Stale => t.payee_stale(),
        PayeeRefusal::Paused => t.payee_paused(),
        PayeeRefusal::Waits { until } => t.payee_waits(date(until)),
        PayeeRefusal::DayCap { cap, left } => t.payee_day_cap(left.to_string(), cap.to_string()),
        PayeeRefusal::MonthCap { cap, left } => {
            t.payee_month_cap(left.to_string(), cap.to_string())
        }
        PayeeRefusal::NotKept => t.payee_not_kept(),
        PayeeRefusal::Known => t.payee_known(),
        PayeeRefusal::TooMany { most } => t.payee_too_many(most),
        PayeeRefusal::InUse => t.payee_in_use(),
        PayeeRefusal::FactorOff { until } => t.payee_factor_off(date(until)),
    }
}

pub(super) fn code(t: &Texts, error: CodeError) -> String {
    match error {
        CodeError::NotALink => t.code_not_a_link(),
        CodeError::OtherHost => t.code_other_host(),
        CodeError::Merchant => t.code_merchant(),
        CodeError::MoreThanACode => t.code_more_than_a_code(),
        CodeError::NotPersonal => t.code_not_personal(),
    }
}

pub(super) fn ad(t: &Texts, error: AdError) -> String {
    match error {
        AdError::MinTooSmall { least } => t.ad_error_min_too_small(least.to_string()),
        AdError::MaxTooLarge { most } => t.ad_error_max_too_large(most.to_string()),
        AdError::MinAboveMax => t.ad_error_min_above_max(),
        AdError::TotalTooSmall { worth } => t.ad_error_total_too_small(worth.to_string()),
        AdError::Window { least, most } => t.ad_error_window(least, most),
        AdError::OutOfRange => t.ad_error_out_of_range(),
        AdError::NotYours => t.ad_error_not_yours(),
        AdError::Closed => t.ad_error_closed(),
        AdError::Stale => t.ad_error_stale(),
        AdError::TooMany { most } => t.ad_error_too_many(most),
        AdError::Stopped { stop: _ } => t.ad_error_stopped(),
        AdError::Rests { until } => t.ad_error_rests(date(until)),
    }
}

pub(super) fn amount(t: &Texts, problem: AmountProblem) -> String {
    match problem {
        AmountProblem::Typed { error } => typed(t, error),
        AmountProblem::Refused { refusal } => opening(t, refusal),
    }
}

pub(super) fn ad_field(t: &Texts, problem: AdProblem) -> String {
    match problem {
        AdProblem::Typed { error } => typed(t, error),
        AdProblem::Refused { error } => ad(t, error),
    }
}

pub(super) fn withdrawal(t: &Texts, problem: WithdrawProblem) -> String {
    match problem {
        WithdrawProblem::Typed { error } => typed(t, error),
        WithdrawProblem::TooMuch { available } => t.problem_too_much(available.to_string()),
    }
}

pub(super) fn settling(t: &Texts, problem: SettleProblem) -> String {
    match problem {
        SettleProblem::NotATransaction => t.problem_not_a_transaction(),
        SettleProblem::Known => t.problem_settled_with(),
        SettleProblem::Gone => t.problem_gone(),
    }
}
