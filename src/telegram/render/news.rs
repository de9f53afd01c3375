//! Short messages about an order: its code, its amount, and the one thing to do, with its button.

use chrono::{DateTime, Utc};

use super::card::mark;
use super::choices::{Choice, buttons, choices};
use super::page::{Page, with, with_two};
use super::pen::{Pen, Reading};
use super::time::{from_now, soon};
use crate::domain::case::waits;
use crate::domain::order::{Kind, Missing, News, Order, Request, Side, Status, WrongPayment};
use crate::letter::Face;
use crate::locale::Texts;
use crate::telegram::action::{Action, DisputeAction};
use crate::telegram::html::Html;

/// `None`: a reminder of what is over. What moves money is said even if more has happened since.
pub(super) fn page(
    pen: &Pen<'_>,
    order: &Order,
    reading: Reading,
    (news, reason): (News, Option<&str>),
    now: DateTime<Utc>,
) -> Option<Page> {
    if is_over(order, reading, news) {
        return None;
    }
    let t = pen.t;
    let head = t.news_head(pen.code(order.id), order.coins.to_string(), order.fen.to_string());
    let page = Page::titled(format!("{} {head}", sign(news)))
        .line(mark(pen))
        .paragraph(words(t, order, reading, news));
    let page = page.paragraph(asked(t, order, reading, news));
    let page = match reason {
        Some(reason) => page.paragraph(with(|it| t.news_reason(it), Html::new().quote(reason))),
        None => page,
    };
    let wanted = wanted(news, reading);
    let rows = choices(order, reading, Face::Plain, now)
        .into_iter()
        .map(|row| row.into_iter().filter(|it| wanted(it)).collect())
        .collect();
    let page = buttons(pen, order, reading, rows).into_iter().fold(page, Page::row);
    Some(match reading {
        Reading::Side(_) => page.row([pen.about(t.button_open_order(), Action::OpenOrder, order)]),
        Reading::Staff { .. } if waits(order).is_some() => {
            page.row([super::screen::case::open(pen, order.id)])
        }
        Reading::Staff { .. } => page,
    })
}

/// Whether a reminder has been overtaken by what happened.
fn is_over(order: &Order, reading: Reading, news: News) -> bool {
    let is = |kind: Kind| order.status.kind() == kind;
    match news {
        News::PayNow { .. } => !is(Kind::AwaitingPayment),
        News::WindowOver { .. } | News::GraceEnding { .. } => !is(Kind::Overdue),
        News::LookNow { .. } | News::ArrivalDue | News::SellerSilent => !is(Kind::Paid),
        News::RefundWaiting { sent } => {
            !matches!(order.status, Status::Refunding { sent: now, .. } if now == sent)
        }
        News::DisputeWaiting => !is(Kind::Disputed),
        News::EvidenceWanted { .. } | News::EvidenceLate => match reading {
            Reading::Side(side) => !lacks(order, side),
            Reading::Staff { .. } => waits(order).is_none(),
        },
        News::EvidenceMissing { .. } | News::Unattended | News::AwardOverdue => {
            waits(order).is_none()
        }
        News::ClaimWaiting => !is(Kind::Claimed),
        News::Extended { .. }
        | News::CancelOffered
        | News::Cancelled
        | News::Expired
        | News::Paid { .. }
        | News::TakenBack
        | News::NotArrivedYet
        | News::Short { .. }
        | News::NumberReused
        | News::Delayed { .. }
        | News::RefundStarted { .. }
        | News::RefundSent
        | News::Releasing { .. }
        | News::Stopped
        | News::Released
        | News::DisputeOpened
        | News::DisputeTaken
        | News::AwardProposed { .. }
        | News::Awarded { .. }
        | News::Conceded
        | News::ClaimOpened { .. }
        | News::ClaimClosed
        | News::Outage { .. }
        | News::Unreachable { .. }
        | News::LooksPaid
        | News::LateMoney => false,
    }
}

/// Whether that side has handed in nothing so far, while it is asked for.
fn lacks(order: &Order, side: Side) -> bool {
    match &order.status {
        Status::Claimed { claim, .. } => claim.answered.by(side).is_none(),
        status => status.dispute().is_some_and(|it| it.answered.by(side).is_none()),
    }
}

/// What the two sides are asked for when a dispute is opened, and who arbiters are when one comes.
fn asked(t: &Texts, order: &Order, reading: Reading, news: News) -> Html {
    let Reading::Side(_) = reading else { return Html::new() };
    match (news, waits(order)) {
        (News::DisputeOpened | News::ClaimOpened { .. }, Some((since, _))) => {
            let until = order.answer_until(since);
            with(|it| t.dispute_asked(it), from_now(until)).line().text(t.dispute_what_counts())
        }
        (News::EvidenceWanted { .. }, Some(_)) => t.dispute_what_counts().into(),
        (News::DisputeTaken, _) => t.news_arbiters_write_here().into(),
        _ => Html::new(),
    }
}

/// Which of the card's buttons come along.
fn wanted(news: News, reading: Reading) -> impl Fn(&Choice) -> bool {
    let requests: &[Request] = match news {
        News::PayNow { .. } | News::GraceEnding { .. } | News::Extended { .. } => {
            &[Request::MarkPaid]
        }
        News::WindowOver { .. } => &[Request::MarkPaid, Request::GiveUp],
        News::CancelOffered => &[Request::AgreeToCancel],
        News::RefundWaiting { .. } => &[Request::RefundSent],
        News::DisputeOpened
        | News::DisputeWaiting
        | News::ClaimOpened { .. }
        | News::ClaimWaiting => &[Request::Take],
        _ => &[],
    };
    let asks_to_look = matches!(
        news,
        News::WindowOver { .. }
            | News::Paid { .. }
            | News::LookNow { .. }
            | News::ArrivalDue
            | News::LooksPaid
            | News::RefundSent
            | News::RefundWaiting { sent: true }
    );
    let hands_in = matches!(
        news,
        News::DisputeOpened
            | News::ClaimOpened { .. }
            | News::EvidenceWanted { .. }
            | News::EvidenceLate
            | News::DisputeTaken
    );
    let face = match reading {
        Reading::Side(Side::Seller) if asks_to_look => Some(Face::Gate),
        Reading::Side(Side::Buyer) if asks_to_look => Some(Face::Confirm),
        Reading::Side(_) | Reading::Staff { .. } => None,
    };
    move |choice| match choice.action {
        Action::Ask(request) => requests.contains(&request),
        Action::Turn(to) => face == Some(to),
        Action::Dispute(DisputeAction::Add) => hands_in,
        _ => false,
    }
}

/// One mark at the head, so that a glance at the list of chats says what it is about.
const fn sign(news: News) -> &'static str {
    match news {
        News::PayNow { .. } | News::GraceEnding { .. } | News::Extended { .. } => "⏳",
        News::WindowOver { .. } | News::Expired => "⌛",
        News::CancelOffered | News::Cancelled | News::Conceded => "✖️",
        News::Paid { .. }
        | News::LookNow { .. }
        | News::SellerSilent
        | News::NotArrivedYet
        | News::ArrivalDue
        | News::Short { .. }
        | News::LooksPaid
        | News::LateMoney => "🔔",
        News::NumberReused => "⚠️",
        News::Delayed { .. } => "🕒",
        News::TakenBack | News::RefundStarted { .. } | News::RefundSent => "↩️",
        News::RefundWaiting { .. } => "↩️",
        News::Releasing { .. } | News::Stopped => "⏱",
        News::Released => "✅",
        News::DisputeOpened
        | News::DisputeWaiting
        | News::DisputeTaken
        | News::EvidenceMissing { .. }
        | News::Unattended
        | News::AwardOverdue
        | News::AwardProposed { .. }
        | News::Awarded { .. }
        | News::ClaimOpened { .. }
        | News::ClaimWaiting
        | News::ClaimClosed => "⚖️",
        News::EvidenceWanted { .. } | News::EvidenceLate => "📎",
        News::Outage { .. } | News::Unreachable { .. } => "📡",
    }
}

fn words(t: &Texts, order: &Order, reading: Reading, news: News) -> Html {
    match reading {
        Reading::Side(Side::Seller) => to_seller(t, order, news),
        Reading::Side(Side::Buyer) => to_buyer(t, order, news),
        Reading::Staff { .. } => to_staff(t, order, news),
    }
}

fn to_seller(t: &Texts, order: &Order, news: News) -> Html {
    let (coins, fen) = (order.coins.to_string(), order.fen.to_string());
    match news {
        News::WindowOver { until } => with(|it| t.news_window_over_seller(it), soon(until)),
        News::Paid { late: false } => t.news_paid(fen).into(),
        News::Paid { late: true } => t.news_paid_late(fen).into(),
        News::LookNow { .. } => t.news_look_now(fen).into(),
        News::TakenBack => t.news_taken_back().into(),
        News::ArrivalDue => t.news_arrival_due(fen).into(),
        News::RefundWaiting { .. } => t.news_refund_waiting_seller(fen).into(),
        News::Released => t.news_released_seller(coins).into(),
        News::LooksPaid => t.news_looks_paid(fen).into(),
        News::NumberReused => t.news_number_reused().into(),
        News::LateMoney => t.news_late_money_seller(fen).into(),
        News::Cancelled => t.news_cancelled_seller(coins).into(),
        News::Expired => t.news_expired_seller(coins).into(),
        other => to_either(t, order, other),
    }
}

fn to_buyer(t: &Texts, order: &Order, news: News) -> Html {
    let (coins, fen) = (order.coins.to_string(), order.fen.to_string());
    match news {
        News::PayNow { until } => with_two(|fen, time| t.news_pay_now(fen, time), fen, soon(until)),
        News::WindowOver { until } => with(|it| t.news_window_over_buyer(it), soon(until)),
        News::GraceEnding { until } => with(|it| t.news_grace_ending(it), soon(until)),
        News::Extended { minutes } => t.news_extended(minutes).into(),
        News::NotArrivedYet => t.news_not_arrived().into(),
        News::Short { missing } => t.news_short(missing.to_string()).into(),
        News::Delayed { arrives_at } => with(|it| t.news_delayed(it), from_now(arrives_at)),
        News::RefundStarted { why } => match why {
            WrongPayment::Payer => t.news_refund_payer().into(),
            WrongPayment::Amount => t.news_refund_amount().into(),
            WrongPayment::Memo => t.news_refund_memo().into(),
        },
        News::RefundSent => t.news_refund_sent(fen).into(),
        News::RefundWaiting { .. } => t.news_refund_waiting_buyer(fen).into(),
        News::Releasing { at } => with(|it| t.news_releasing(it), soon(at)),
        News::Stopped => t.news_stopped().into(),
        News::Released => t.news_released_buyer(coins).into(),
        News::LateMoney => t.news_late_money_buyer().into(),
        News::Cancelled => t.news_cancelled_buyer().into(),
        News::Expired => t.news_expired_buyer().into(),
        News::NumberReused => t.news_refund_number_reused().into(),
        other => to_either(t, order, other),
    }
}

fn to_either(t: &Texts, order: &Order, news: News) -> Html {
    let coins = order.coins.to_string();
    match news {
        News::CancelOffered => t.news_cancel_offered().into(),
        News::DisputeOpened | News::DisputeWaiting => t.news_dispute_opened().into(),
        News::DisputeTaken => t.news_dispute_taken().into(),
        News::EvidenceWanted { until } => with(|it| t.news_evidence_wanted(it), from_now(until)),
        News::EvidenceLate => t.news_evidence_late().into(),
        News::Awarded { to: Side::Buyer } => t.news_awarded_buyer(coins).into(),
        News::Awarded { to: Side::Seller } => t.news_awarded_seller(coins).into(),
        News::Conceded => t.news_conceded(coins).into(),
        News::ClaimOpened { .. } => t.news_claim_opened().into(),
        News::ClaimClosed => t.news_claim_closed().into(),
        News::Outage { minutes } => t.news_outage(minutes).into(),
        News::Unreachable { .. } => t.news_unreachable().into(),
        // Not meant for this side: where the order stands is never wrong.
        News::PayNow { .. }
        | News::WindowOver { .. }
        | News::GraceEnding { .. }
        | News::Extended { .. }
        | News::Cancelled
        | News::Expired
        | News::Paid { .. }
        | News::LookNow { .. }
        | News::SellerSilent
        | News::TakenBack
        | News::NotArrivedYet
        | News::Short { .. }
        | News::NumberReused
        | News::Delayed { .. }
        | News::ArrivalDue
        | News::RefundStarted { .. }
        | News::RefundSent
        | News::RefundWaiting { .. }
        | News::Releasing { .. }
        | News::Stopped
        | News::Released
        | News::EvidenceMissing { .. }
        | News::Unattended
        | News::AwardOverdue
        | News::AwardProposed { .. }
        | News::ClaimWaiting
        | News::LooksPaid
        | News::LateMoney => now_is(t, order),
    }
}

fn to_staff(t: &Texts, order: &Order, news: News) -> Html {
    match news {
        News::SellerSilent => {
            let seconds = order.terms.seller_asked_seconds.last().copied().unwrap_or_default();
            t.news_staff_seller_silent(seconds / 60).into()
        }
        News::DisputeOpened => t.news_staff_dispute_opened().into(),
        News::DisputeWaiting => t.news_staff_dispute_waiting().into(),
        News::DisputeTaken => t.news_staff_dispute_taken().into(),
        News::EvidenceMissing { from: Missing::Seller } => {
            t.news_staff_evidence_missing_seller().into()
        }
        News::EvidenceMissing { from: Missing::Buyer } => {
            t.news_staff_evidence_missing_buyer().into()
        }
        News::EvidenceMissing { from: Missing::Both } => {
            t.news_staff_evidence_missing_both().into()
        }
        News::Unattended => t.news_staff_unattended(order.terms.operator_after_seconds / 60).into(),
        News::AwardOverdue => t.news_staff_award_overdue(order.terms.award_seconds / 3_600).into(),
        News::AwardProposed { to: Side::Buyer } => t.news_staff_award_buyer().into(),
        News::AwardProposed { to: Side::Seller } => t.news_staff_award_seller().into(),
        News::ClaimOpened { .. } => t.news_staff_claim_opened().into(),
        News::ClaimWaiting => t.news_staff_claim_waiting().into(),
        News::Unreachable { side: Side::Seller } => t.news_staff_unreachable_seller().into(),
        News::Unreachable { side: Side::Buyer } => t.news_staff_unreachable_buyer().into(),
        News::LateMoney => t.news_staff_late_money().into(),
        News::PayNow { .. }
        | News::WindowOver { .. }
        | News::GraceEnding { .. }
        | News::Extended { .. }
        | News::CancelOffered
        | News::Cancelled
        | News::Expired
        | News::Paid { .. }
        | News::LookNow { .. }
        | News::TakenBack
        | News::NotArrivedYet
        | News::Short { .. }
        | News::NumberReused
        | News::Delayed { .. }
        | News::ArrivalDue
        | News::RefundStarted { .. }
        | News::RefundSent
        | News::RefundWaiting { .. }
        | News::Releasing { .. }
        | News::Stopped
        | News::Released
        | News::EvidenceWanted { .. }
        | News::EvidenceLate
        | News::Awarded { .. }
        | News::Conceded
        | News::ClaimClosed
        | News::Outage { .. }
        | News::LooksPaid => now_is(t, order),
    }
}

fn now_is(t: &Texts, order: &Order) -> Html {
    t.news_status(t.status(order.status.kind())).into()
}
