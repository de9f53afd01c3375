//! The live card of an order: where it stands, what is exchanged, how long it takes, and the one
//! thing to do.

use chrono::{DateTime, Utc};

use super::amounts::merchant;
use super::choices::{buttons, choices, has_something_to_ask, waits_for_dispute};
use super::devices::seen;
use super::next;
use super::page::{Page, bold, code, with, with_two};
use super::pen::{Pen, Reading};
use super::time::{counted, from_now, moment, soon};
use crate::domain::money::Fen;
use crate::domain::order::schedule::{End, What};
use crate::domain::order::{Kind, Order, Side, Status};
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

/// Where the yuan of an order go, and who has to pay them, as far as the reader may know.
#[derive(Clone, Copy, Default)]
pub(super) struct Money<'a> {
    pub(super) payee: Option<&'a Payee>,
    pub(super) payer: Option<&'a Payer>,
}

pub(super) fn page(
    pen: &Pen<'_>,
    order: &Order,
    reading: Reading,
    money: Money<'_>,
    face: Face,
    now: DateTime<Utc>,
) -> Page {
    let Money { payee, .. } = money;
    // A question that the order has outlived is not asked any more.
    let outlived = !has_something_to_ask(order, reading, face, now);
    let face = if outlived { Face::Plain } else { face };
    let t = pen.t;
    let page = Page::titled(title(t, order, reading)).line(mark(pen));
    let page = page.block(facts(t, order, reading)).line(added(t, order));
    let page = match face {
        Face::Plain => {
            let page = own_account(t, reading, money, page).block(clocks(t, order, reading, now));
            let page = page.paragraph(seen(t, order, reading));
            where_to_pay(t, order, reading, money, page).block(next::lines(t, order, reading))
        }
        Face::Confirm => second_question(t, order, reading, page),
        Face::Extend => page.block(clocks(t, order, reading, now)).paragraph(t.face_extend()),
        Face::Cancel => page.block(clocks(t, order, reading, now)).paragraph(t.face_cancel()),
        Face::Problem => page
            .paragraph(Html::new().bold(t.face_problem()))
            .line(t.face_problem_delayed())
            .paragraph(t.face_problem_refund()),
    };
    let copies = copies(t, order, reading, payee, face);
    let rows = choices(order, reading, face, now);
    let page = page
        .row(copies)
        .row(open_code(t, order, reading, payee, face))
        .protected(names_payee(reading, payee));
    buttons(pen, order, reading, rows).into_iter().fold(page, Page::row)
}

/// What is left of a card when a fresh one has come below it.
pub(super) fn outdated(pen: &Pen<'_>, order: &Order) -> Page {
    Page::plain(pen.t.card_outdated(order.id.code()))
}

/// An order of a demo says so at its head.
pub(super) fn mark(pen: &Pen<'_>) -> Html {
    if pen.demo { Html::new().italic(pen.t.demo_mark()) } else { Html::new() }
}

fn title(t: &Texts, order: &Order, reading: Reading) -> String {
    let code = order.id.code();
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

/// The seller sees the own account as the payer's Alipay shows it, and the payer as the own Alipay
/// shows them.
fn own_account(t: &Texts, reading: Reading, money: Money<'_>, page: Page) -> Page {
    if reading != Reading::Side(Side::Seller) {
        return page;
    }
    let own = money.payee.map(|it| t.fact_own_account(it.account.mask(), it.name.mask()).into());
    let payer = money.payer.map(|payer| {
        let (name, account) = (bold(payer.name.mask()), bold(payer.account.mask()));
        with_two(|name, account| t.fact_payer(name, account), name, account)
    });
    own.into_iter().chain(payer).fold(page, Page::line)
}

/// The whole account, for who has to pay to it, and what Alipay must show of it.
fn where_to_pay(t: &Texts, order: &Order, reading: Reading, money: Money<'_>, page: Page) -> Page {
    let Some(payee) = money.payee.filter(|_| reading == Reading::Side(Side::Buyer)) else {
        return page;
    };
    let (name, account) = (bold(payee.name.mask()), bold(payee.account.mask()));
    let from = money.payer.map(|payer| {
        let (name, account) = (bold(payer.name.mask()), bold(payer.account.mask()));
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
            vec![Some(with(|it| t.time_since(it), from_now(dispute.since)))]
        }
        Status::Claimed { claim, .. } => {
            vec![Some(with(|it| t.time_since(it), from_now(claim.since)))]
        }
        Status::Released { at, .. } | Status::Cancelled { at, .. } | Status::Expired { at } => {
            vec![Some(with(|it| t.time_closed(it), moment(*at)))]
        }
    };
    lines.into_iter().flatten().collect()
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
        (Reading::Side(Side::Seller) | Reading::Staff { .. }, _) => page
            .paragraph(Html::new().bold(t.face_confirm(&fen)))
            .paragraph(with(|it| t.face_confirm_checks(it), bold(fen)))
            .paragraph(Html::new().bold(t.face_confirm_warning(coins))),
    }
}
