//! The live card of an order: where it stands, what is exchanged, how long it takes, and the one
//! thing to do.

pub(super) mod gate;

use chrono::{DateTime, Utc};

use super::amounts::merchant;
use super::chat;
use super::choices::{besides, buttons, choices, has_something_to_ask, waits_for_dispute};
use super::devices::seen;
use super::next;
use super::page::{Page, bold, code, with, with_two};
use super::pen::{Pen, Reading};
use super::time::{counted, from_now, moment, soon};
use crate::domain::money::Fen;
use crate::domain::order::schedule::{End, What};
use crate::domain::order::{Answered, Kind, Order, Side, Status};
use crate::domain::payee::{Account, RealName};
use crate::domain::payer::Payer;
use crate::letter::Face;
use crate::locale::Texts;
use crate::store::orders::Payee;
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;

/// While the yuan are to be paid to it, or looked for in it.
pub(super) const fn shows_payee(kind: Kind) -> bool {
    matches!(kind, Kind::AwaitingPayment | Kind::Overdue | Kind::Paid)
}

/// While it is to be seen whether the right person pays, or where the money goes back to.
pub(super) const fn shows_payer(kind: Kind) -> bool {
    match kind {
        Kind::AwaitingPayment
        | Kind::Overdue
        | Kind::Paid
        | Kind::Delayed
        | Kind::Refunding
        | Kind::Disputed => true,
        Kind::Releasing | Kind::Claimed | Kind::Released | Kind::Cancelled | Kind::Expired => false,
    }
}

/// What is looked up for a card beside its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Where to pay: while that is asked of somebody.
    pub(super) payee: Option<Payee>,
    /// Who has to have paid, as the buyer has declared it.
    pub(super) payer: Option<Payer>,
    /// The last digits of Alipay's number of the payment, and of the refund.
    pub(super) payment_number: Option<String>,
    pub(super) refund_number: Option<String>,
    /// The reader has a second factor.
    pub(super) code: bool,
    /// The other side's name in Telegram looks like that of staff.
    pub(super) poses: bool,
    /// Something was written about the order.
    pub(super) messages: bool,
}

pub(super) fn page(
    pen: &Pen<'_>,
    order: &Order,
    reading: Reading,
    known: &Known,
    face: Face,
    now: DateTime<Utc>,
) -> Page {
    let payee = known.payee.as_ref();
    // A question that the order has outlived is not asked any more.
    let outlived = !has_something_to_ask(order, reading, face, now);
    let face = if outlived { Face::Plain } else { face };
    let t = pen.t;
    let page = Page::titled(title(pen, order, reading)).line(mark(pen));
    let page = page.block(facts(t, order, reading)).line(added(t, order));
    let page = page.block(numbers(t, order, reading, known));
    let page = if known.poses { page.paragraph(t.warn_staff_name()) } else { page };
    let page = match face {
        Face::Plain => {
            let page = own_account(t, reading, known, page).block(clocks(t, order, reading, now));
            let page = page.paragraph(seen(t, order, reading));
            where_to_pay(t, order, reading, known, page).block(next::lines(t, order, reading))
        }
        Face::Confirm => second_question(t, order, reading, page),
        Face::Extend => page.block(clocks(t, order, reading, now)).paragraph(t.face_extend()),
        Face::Cancel => page.block(clocks(t, order, reading, now)).paragraph(t.face_cancel()),
        Face::Problem => page
            .paragraph(Html::new().bold(t.face_problem()))
            .line(t.face_problem_delayed())
            .paragraph(t.face_problem_refund()),
        Face::Gate => gate::face(t, order, known, page),
        Face::Dispute => page.block(clocks(t, order, reading, now)).paragraph(t.face_dispute()),
    };
    let copies = copies(t, order, reading, payee, face);
    let page = page.row(refund_text(t, order, reading));
    let rows = choices(order, reading, face, now);
    let page = page
        .row(copies)
        .row(open_code(t, order, reading, payee, face))
        .protected(names_payee(reading, payee));
    let page = buttons(pen, order, reading, rows).into_iter().fold(page, Page::row);
    match (face, reading) {
        (Face::Plain, Reading::Side(_)) => {
            let page = page.row(chat::buttons(pen, order, known.messages));
            let rows = vec![besides(order)];
            buttons(pen, order, reading, rows).into_iter().fold(page, Page::row)
        }
        _ => page,
    }
}

/// What is left of a card when a fresh one has come below it.
pub(super) fn outdated(pen: &Pen<'_>, order: &Order) -> Page {
    Page::plain(pen.t.card_outdated(pen.code(order.id)))
}

/// What stands at the head of everything about money: that it is a demo, and the reader's own
/// phrase.
pub(super) fn mark(pen: &Pen<'_>) -> Html {
    let demo = if pen.demo { Html::new().italic(pen.t.demo_mark()) } else { Html::new() };
    match pen.phrase {
        None => demo,
        Some(phrase) => {
            let phrase = with(|it| pen.t.mark_phrase(it), bold(phrase));
            if demo.is_empty() { phrase } else { demo.line().html(phrase) }
        }
    }
}

fn title(pen: &Pen<'_>, order: &Order, reading: Reading) -> String {
    let (t, code) = (pen.t, pen.code(order.id));
    match (order.status.kind(), reading) {
        (Kind::AwaitingPayment, Reading::Side(Side::Buyer)) => t.card_awaiting_buyer(code),
        (Kind::AwaitingPayment, _) => t.card_awaiting_seller(code),
        (Kind::Overdue, _) => t.card_overdue(code),
        (Kind::Paid, Reading::Side(Side::Buyer)) => t.card_paid_buyer(code),
        (Kind::Paid, _) => t.card_paid_seller(code),
        (Kind::Delayed, _) => t.card_delayed(code),
        (Kind::Refunding, _) => t.card_refunding(code),
        (Kind::Releasing, _) => t.card_releasing(code),
        (Kind::Disputed, _) => t.card_disputed(code),
        (Kind::Claimed, _) => t.card_claimed(code),
        (Kind::Released, _) => t.card_released(code),
        (Kind::Cancelled, _) => t.card_cancelled(code),
        (Kind::Expired, _) => t.card_expired(code),
    }
}

fn facts(t: &Texts, order: &Order, reading: Reading) -> Vec<Html> {
    let (coins, fen) = (bold(order.coins), bold(order.fen));
    let price = t.fact_price(order.price.to_string(), order.coins.coin.code()).into();
    match reading {
        Reading::Side(Side::Seller) => vec![
            with(|it| t.fact_you_sell(it), coins),
            with(|it| t.fact_you_receive(it), fen),
            price,
            t.fact_merchant(merchant(order.buyer)).into(),
        ],
        Reading::Side(Side::Buyer) => {
            vec![with(|it| t.fact_you_pay(it), fen), with(|it| t.fact_you_get(it), coins), price]
        }
        Reading::Staff { .. } => vec![
            with_two(|coins, fen| t.fact_exchange(coins, fen), coins, fen),
            price,
            with_two(
                |seller, buyer| t.staff_parties(seller, buyer),
                code(order.seller.to_string()),
                code(order.buyer.to_string()),
            ),
        ],
    }
}

/// Why the amount is a little more than the price.
fn added(t: &Texts, order: &Order) -> Html {
    match order.added {
        Fen(0) => Html::new(),
        Fen(added) => with(|it| t.fact_added(added, it), bold(order.fen)),
    }
}

/// The keys by which a payment is found in Alipay, for the side that did not give them.
fn numbers(t: &Texts, order: &Order, reading: Reading, known: &Known) -> Vec<Html> {
    let payment = match (order.status.kind(), reading, &known.payment_number) {
        (_, Reading::Side(Side::Seller) | Reading::Staff { .. }, Some(tail)) => {
            Some(t.fact_number(tail))
        }
        (Kind::Paid | Kind::Delayed, Reading::Side(Side::Seller), None) => Some(t.fact_no_number()),
        _ => None,
    };
    let refund = match (reading, &known.refund_number) {
        (Reading::Side(Side::Buyer) | Reading::Staff { .. }, Some(tail)) => {
            Some(t.fact_refund_number(tail))
        }
        _ => None,
    };
    payment.into_iter().chain(refund).map(Html::from).collect()
}

/// While money goes back: something to tell the payer, who may be a stranger to all of this.
fn refund_text(t: &Texts, order: &Order, reading: Reading) -> Option<Button> {
    let refunds = order.status.kind() == Kind::Refunding;
    let seller = reading == Reading::Side(Side::Seller);
    let text = (refunds && seller).then(|| t.refund_text(order.id.code()))?;
    Button::copy(t.button_copy_refund_text(), text)
}

/// The seller sees the own account as the payer's Alipay shows it, and the payer as the own Alipay
/// shows them.
fn own_account(t: &Texts, reading: Reading, known: &Known, page: Page) -> Page {
    if reading != Reading::Side(Side::Seller) {
        return page;
    }
    let own = known.payee.as_ref().map(|it| {
        let (name, account) = masks(&it.name, &it.account);
        with_two(|account, name| t.fact_own_account(account, name), account, name)
    });
    let payer = known.payer.as_ref().map(|it| {
        let (name, account) = masks(&it.name, &it.account);
        with_two(|name, account| t.fact_payer(name, account), name, account)
    });
    own.into_iter().chain(payer).fold(page, Page::line)
}

/// As Alipay shows them, and so that no client takes them for a link.
fn masks(name: &RealName, account: &Account) -> (Html, Html) {
    (code(name.mask()), code(account.mask()))
}

/// The whole account, for who has to pay to it, and what Alipay must show of it.
fn where_to_pay(t: &Texts, order: &Order, reading: Reading, known: &Known, page: Page) -> Page {
    let payee = known.payee.as_ref().filter(|_| reading == Reading::Side(Side::Buyer));
    let Some(payee) = payee else { return page };
    let (name, account) = masks(&payee.name, &payee.account);
    let from = known.payer.as_ref().map(|payer| {
        let (name, account) = masks(&payer.name, &payer.account);
        with_two(|name, account| t.pay_from(name, account), name, account)
    });
    let to = [
        with(|it| t.pay_account(it), code(payee.account.reveal())),
        with_two(|name, account| t.pay_shown(name, account), name, account),
        with(|it| t.pay_amount(it), code(order.fen.plain())),
    ];
    let page = page.block(to.into_iter().chain(from));
    match order.status.kind() {
        Kind::AwaitingPayment => page.paragraph(t.pay_rules()),
        _ => page,
    }
}

fn names_payee(reading: Reading, payee: Option<&Payee>) -> bool {
    reading == Reading::Side(Side::Buyer) && payee.is_some()
}

/// What the buyer has to type into Alipay, one tap each.
fn copies(
    t: &Texts,
    order: &Order,
    reading: Reading,
    payee: Option<&Payee>,
    face: Face,
) -> Vec<Button> {
    let pays = order.status.kind() == Kind::AwaitingPayment;
    match payee {
        Some(payee) if names_payee(reading, Some(payee)) && pays && face == Face::Plain => {
            let amount = order.fen.plain();
            let account = Button::copy(t.button_copy_account(), payee.account.reveal());
            let name = payee.name.mask();
            let name = Button::copy(t.button_copy_name(&name), &name);
            let amount = Button::copy(t.button_copy_amount(&amount), &amount);
            [account, name, amount].into_iter().flatten().collect()
        }
        _ => vec![],
    }
}

/// The seller's own code, for who would rather scan than type.
fn open_code(
    t: &Texts,
    order: &Order,
    reading: Reading,
    payee: Option<&Payee>,
    face: Face,
) -> Option<Button> {
    let pays = order.status.kind() == Kind::AwaitingPayment && face == Face::Plain;
    let code = payee.filter(|_| pays && names_payee(reading, payee))?.code.as_ref()?;
    Some(Button::url(t.button_open_code(), code.reveal()))
}

/// What runs, and until when.
fn clocks(t: &Texts, order: &Order, reading: Reading, now: DateTime<Utc>) -> Vec<Html> {
    let dispute_from = || {
        let at = waits_for_dispute(order, reading, now)?;
        Some(with(|it| t.time_dispute_from(it), soon(at)))
    };
    let by_itself = || {
        let at = order.schedule(now).iter().find_map(|it| match it.what {
            What::End(End::Dispute(_)) => Some(it.at),
            _ => None,
        })?;
        Some(with(|it| t.time_dispute_by_itself(it), from_now(at)))
    };
    let lines = match &order.status {
        Status::AwaitingPayment { until, .. } => {
            vec![Some(with(|it| t.time_pay_by(it), counted(t, *until, now)))]
        }
        Status::Overdue { until, .. } => {
            vec![Some(with(|it| t.time_order_ends(it), counted(t, *until, now)))]
        }
        Status::Paid { payment, .. } => vec![
            Some(with(|it| t.time_paid(it), from_now(payment.at))),
            dispute_from(),
            by_itself(),
        ],
        Status::Delayed { arrives_at, .. } => {
            vec![Some(with(|it| t.time_arrives(it), from_now(*arrives_at))), dispute_from()]
        }
        Status::Refunding { since, .. } => {
            vec![Some(with(|it| t.time_since(it), from_now(*since))), by_itself()]
        }
        Status::Releasing { at, .. } => vec![Some(with(|it| t.time_release(it), soon(*at)))],
        Status::Disputed { dispute, .. } => {
            vec![
                Some(with(|it| t.time_since(it), from_now(dispute.since))),
                own_evidence(t, order, reading, (dispute.since, dispute.answered)),
            ]
        }
        Status::Claimed { claim, .. } => {
            vec![
                Some(with(|it| t.time_since(it), from_now(claim.since))),
                own_evidence(t, order, reading, (claim.since, claim.answered)),
            ]
        }
        Status::Released { at, .. } | Status::Cancelled { at, .. } | Status::Expired { at } => {
            vec![Some(with(|it| t.time_closed(it), moment(*at)))]
        }
    };
    lines.into_iter().flatten().collect()
}

/// Whether the reader has handed in anything, or until when that is asked for.
fn own_evidence(
    t: &Texts,
    order: &Order,
    reading: Reading,
    (since, answered): (DateTime<Utc>, Answered),
) -> Option<Html> {
    let Reading::Side(side) = reading else { return None };
    Some(match answered.by(side) {
        Some(at) => with(|it| t.dispute_answered(it), from_now(at)),
        None => with(|it| t.dispute_asked(it), from_now(order.answer_until(since))),
    })
}

/// What is asked once more before it cannot be undone.
fn second_question(t: &Texts, order: &Order, reading: Reading, page: Page) -> Page {
    let (coins, fen) = (order.coins.to_string(), order.fen.to_string());
    match (reading, order.status.kind()) {
        (Reading::Side(Side::Buyer), Kind::Refunding) => page.paragraph(with_two(
            |fen, coins| t.face_refunded(fen, coins),
            bold(fen),
            bold(coins),
        )),
        (Reading::Side(Side::Buyer), _) => {
            page.paragraph(with(|it| t.face_concede(it), bold(coins)))
        }
        // The seller's questions are the gate's.
        (Reading::Side(Side::Seller) | Reading::Staff { .. }, _) => page,
    }
}
