//! What happens to somebody's coins, and what operators have to know.

use super::card::mark;
use super::devices;
use super::ladder;
use super::page::{Page, code, with};
use super::pen::Pen;
use super::screen::accounts::masked;
use super::screen::stops;
use super::time::moment;
use crate::domain::order::Side;
use crate::letter::{
    AccountChange, AccountNotice, Alarm, ArbiterNotice, CaseNotice, Notice, SecurityNotice,
};
use crate::telegram::action::{AccountAction, Action, DisputeAction, Place};
use crate::telegram::html::Html;

pub(super) fn page(pen: &Pen<'_>, notice: &Notice) -> Page {
    let t = pen.t;
    match notice {
        Notice::Credited { coins, reference } => Page::titled(t.notice_credited_title())
            .line(mark(pen))
            .paragraph(with(|it| t.notice_credited(coins.to_string(), it), code(reference)))
            .row([pen.go_below(Place::Balance), pen.go_below(Place::Sell)]),
        Notice::WithdrawalAsked { line } => {
            let text =
                t.notice_withdrawal_asked(line.id, line.user.to_string(), line.coins.to_string());
            Page::titled(t.notice_withdrawal_asked_title())
                .line(mark(pen))
                .paragraph(text)
                .row([pen.button(t.button_settle(), Action::Settle, (line.id, 0))])
        }
        Notice::WithdrawalPaid { line } => {
            let reference = code(line.reference.as_deref().unwrap_or("–"));
            let words = |it: &str| t.notice_withdrawal_paid(line.id, line.coins.to_string(), it);
            Page::titled(t.notice_withdrawal_paid_title())
                .line(mark(pen))
                .paragraph(with(words, reference))
        }
        Notice::WithdrawalRefused { line } => Page::titled(t.notice_withdrawal_refused_title())
            .line(mark(pen))
            .paragraph(t.notice_withdrawal_refused(line.id, line.coins.to_string()))
            .row([pen.go_below(Place::Balance), pen.go_below(Place::Withdraw)]),
        Notice::Device { what } => devices::notice(pen, what),
        Notice::Account { change } => account(pen, change),
        Notice::Security { change } => security(pen, *change),
        Notice::Strike { strike } => ladder::notice(pen, strike),
        Notice::Stop { change } => stops::notice(pen, change),
        Notice::Case { what } => case(pen, *what),
        Notice::Arbiter { change: ArbiterNotice::Appointed } => Page::plain(mark(pen))
            .paragraph(t.notice_appointed())
            .row([pen.always(t.button_cases(), Action::Dispute(DisputeAction::Cases { page: 0 }))]),
        Notice::Arbiter { change: ArbiterNotice::Dismissed } => {
            Page::plain(mark(pen)).paragraph(t.notice_dismissed())
        }
        Notice::Alarm { alarm: what } => Page::titled(t.alarm_title()).paragraph(alarm(pen, what)),
    }
}

/// What somebody else might have done in the reader's name, and what to do if so.
fn account(pen: &Pen<'_>, notice: &AccountNotice) -> Page {
    let t = pen.t;
    let title = match notice.what {
        AccountChange::Added => t.notice_account_added_title(),
        AccountChange::Code => t.notice_account_code_title(),
        AccountChange::Removed => t.notice_account_removed_title(),
    };
    let waits = |at| with(|it| t.notice_account_waits(it), moment(at));
    let action = Action::Account(AccountAction::ListBelow);
    Page::titled(title)
        .line(mark(pen))
        .paragraph(masked(t, &notice.account, &notice.name))
        .line(notice.usable_at.map_or_else(Html::new, waits))
        .paragraph(t.notice_account_not_you())
        .row([pen.always(t.button_accounts(), action)])
}

fn case(pen: &Pen<'_>, what: CaseNotice) -> Page {
    let t = pen.t;
    let (order, text) = match what {
        CaseNotice::Reused { order } => (order, t.notice_case_reused(pen.code(order))),
    };
    Page::plain(mark(pen)).paragraph(text).row([super::screen::case::open(pen, order)])
}

fn security(pen: &Pen<'_>, notice: SecurityNotice) -> Page {
    let t = pen.t;
    let page = match notice {
        SecurityNotice::TurnedOff { accounts_from } => Page::titled(t.notice_factor_off_title())
            .line(mark(pen))
            .paragraph(with(|it| t.notice_factor_off(it), moment(accounts_from))),
        SecurityNotice::RecoveryUsed { left } => Page::titled(t.notice_recovery_used_title())
            .line(mark(pen))
            .paragraph(t.security_codes_left(left)),
    };
    page.paragraph(t.notice_factor_not_you()).row([pen.go_below(Place::Security)])
}

fn alarm(pen: &Pen<'_>, alarm: &Alarm) -> Html {
    let t = pen.t;
    match alarm {
        Alarm::Conflict { why } => with(|it| t.alarm_conflict(it), quoted(why)),
        Alarm::UpdateDead { update_id } => t.alarm_update_dead(update_id.to_string()).into(),
        Alarm::UpdateUnread { update_id } => t.alarm_update_unread(update_id.to_string()).into(),
        Alarm::LetterDead { letter, why } => {
            with(|it| t.alarm_letter_dead(letter.to_string(), it), quoted(why))
        }
        Alarm::LetterLate { letter, why } => {
            with(|it| t.alarm_letter_late(letter.to_string(), it), quoted(why))
        }
        Alarm::Outage { minutes, orders } => t.alarm_outage(*minutes, *orders).into(),
        Alarm::NumberReused { order, other, by: Side::Buyer } => {
            t.alarm_number_reused(order.code(), other.code()).into()
        }
        Alarm::NumberReused { order, other, by: Side::Seller } => {
            t.alarm_refund_number_reused(order.code(), other.code()).into()
        }
        Alarm::DeviceMisused { device } => t.alarm_device_misused(device.to_string()).into(),
    }
}

/// What Telegram said may be long, and may quote what somebody wrote.
fn quoted(why: &str) -> Html {
    code(why.chars().take(300).collect::<String>())
}
