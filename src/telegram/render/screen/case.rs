//! A dispute or a claim as whoever settles it sees it: facts, the people's histories, what happened
//! and was said, in one line of time; and the steps to a decision.

mod queue;
mod timeline;

use chrono::{DateTime, TimeDelta, Utc};

use super::Wizard;
use crate::domain::UserId;
use crate::domain::case::{Case, Masks, REASON, waits};
use crate::domain::order::{Asker, Order, OrderId, Request, Ruling, Side, Status};
use crate::letter::{CaseScreen, ReasonProblem, Verdict};
use crate::locale::Texts;
use crate::telegram::action::{Action, BundleAction, DisputeAction};
use crate::telegram::html::{Html, MESSAGE};
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::page::{Document, Page, bold, with, with_masked};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::{from_now, moment};
pub(super) use timeline::proof;
use timeline::{Line, timeline};

/// What is looked up for a page about a case, for a reader who may see it.
#[derive(Debug, Default)]
pub(in crate::telegram::render) struct Known {
    /// Of the desk, as an arbiter.
    pub(in crate::telegram::render) arbiter: bool,
    pub(in crate::telegram::render) order: Option<Order>,
    pub(in crate::telegram::render) case: Option<Case>,
    /// A file's name, which is ours, and its content.
    pub(in crate::telegram::render) file: Option<Document>,
    /// What another arbiter has written, who proposes an award.
    pub(in crate::telegram::render) first: Option<String>,
}

/// Room that the title, the number of the page and the like may take.
const EDGES: usize = 160;
/// Telegram draws at most a hundred pieces of a message in a way of their own.
const LINES: usize = 40;
/// Files in a row of buttons.
const ROW: usize = 4;

pub(in crate::telegram::render) fn page(
    it: &Wizard<'_>,
    step: &CaseScreen,
    known: &Known,
    now: DateTime<Utc>,
) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    let order = |id: OrderId| known.order.as_ref().filter(|it| it.id == id);
    match step {
        CaseScreen::List { lines, page, more } => queue::page(pen, lines, (*page, *more), now),
        CaseScreen::Case { page, .. } => match &known.case {
            Some(case) => whole(pen, case, known.arbiter, *page, now),
            None => gone(pen),
        },
        CaseScreen::File { order, .. } => file(pen, *order, known),
        CaseScreen::Ask { to, .. } => Page::titled(match to {
            Side::Seller => t.ask_seller_title(),
            Side::Buyer => t.ask_buyer_title(),
        })
        .paragraph(t.ask_about())
        .row([it.leave()]),
        CaseScreen::Reason { verdict, problem, .. } => reason(it, *verdict, *problem, known),
        CaseScreen::Sure { order: id, verdict, ruling, changed } => match order(*id) {
            Some(order) => sure(it, order, (*verdict, *ruling), *changed, known),
            None => gone(pen),
        },
        CaseScreen::Done { order, verdict, ruling } => {
            Page::plain(done(t, *verdict, *ruling)).row([open(pen, *order), all(pen)])
        }
        CaseScreen::NotTaken { order } => Page::plain(t.case_not_taken()).row([open(pen, *order)]),
        CaseScreen::Changed { order } => Page::plain(t.case_changed()).row([open(pen, *order)]),
        CaseScreen::NotArbiter => Page::plain(t.case_not_arbiter()),
        CaseScreen::NotYours => Page::plain(t.disputes_not_yours()),
        CaseScreen::Gone => gone(pen),
    }
}

fn gone(pen: &Pen<'_>) -> Page {
    Page::plain(pen.t.case_gone()).row([all(pen)])
}

pub(in crate::telegram::render) fn open(pen: &Pen<'_>, order: OrderId) -> Button {
    let action = Action::Dispute(DisputeAction::Case { page: 0 });
    pen.button(pen.t.button_open_case(), action, (order.0, 0))
}

fn all(pen: &Pen<'_>) -> Button {
    pen.always(pen.t.button_cases(), Action::Dispute(DisputeAction::Cases { page: 0 }))
}

/// A page of the case. The first one begins with the facts.
fn whole(pen: &Pen<'_>, case: &Case, arbiter: bool, wanted: u32, now: DateTime<Utc>) -> Page {
    let t = pen.t;
    let facts = facts(pen, case, now);
    let lines = timeline(t, case);
    let pages = pages(lines, MESSAGE - EDGES - facts.text.units(), MESSAGE - EDGES);
    let last = pages.len() - 1;
    let at = (wanted as usize).min(last);
    let head = match at {
        0 => facts,
        _ => Page::titled(t.case_title(pen.code(case.order.id))),
    };
    let head = match last {
        0 => head,
        _ => head.paragraph(Html::new().italic(t.case_page(at as u32 + 1, last as u32 + 1))),
    };
    let page = head.paragraph(Html::new().bold(t.case_timeline()));
    let files: Vec<Button> = pages[at]
        .iter()
        .flat_map(|line| &line.files)
        .map(|(file, number)| {
            let action = Action::Dispute(DisputeAction::File);
            pen.button(t.button_file(*number), action, (file.0, 0))
        })
        .collect();
    let page = pages[at].iter().fold(page, |page, line| page.line(line.text.clone()));
    // Opening a case is page 0, below; turning its pages counts from 1, in their place.
    let to =
        |page: usize| DisputeAction::Case { page: u16::try_from(page + 1).unwrap_or(u16::MAX) };
    let turn = |label, page| pen.button(label, Action::Dispute(to(page)), (case.order.id.0, 0));
    let earlier = (at > 0).then(|| turn(t.button_earlier(), at.saturating_sub(1)));
    let later = (at < last).then(|| turn(t.button_later(), at + 1));
    let page = files.chunks(ROW).fold(page, |page, row| page.row(row.iter().cloned()));
    let page = page.row(earlier.into_iter().chain(later));
    let page = decisions(pen, &case.order, arbiter, now).into_iter().fold(page, Page::row);
    let took = case.rows.iter().any(|it| it.is_taking_by(UserId(pen.reader)));
    let bundle = (arbiter && took)
        .then(|| pen.about(t.button_bundle(), Action::Bundle(BundleAction::Make), &case.order));
    page.row(bundle.into_iter().chain([all(pen)])).turned()
}

/// Puts lines on pages: so much room on the first, so much on the others.
fn pages(lines: Vec<Line>, first: usize, others: usize) -> Vec<Vec<Line>> {
    let mut pages = vec![Vec::new()];
    let (mut room, mut count) = (first, 0);
    for line in lines {
        let units = line.text.units() + 1;
        if units > room || count == LINES {
            pages.push(Vec::new());
            (room, count) = (others, 0);
        }
        room = room.saturating_sub(units);
        count += 1;
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

fn facts(pen: &Pen<'_>, case: &Case, now: DateTime<Utc>) -> Page {
    let (t, order) = (pen.t, &case.order);
    let terms = &order.terms;
    let minutes = |seconds: u32| seconds / 60;
    let is_large = order.fen > terms.two_arbiters_above;
    let numbers = [
        case.payment_number.as_ref().map(|it| t.fact_number(it)),
        case.refund_number.as_ref().map(|it| t.fact_refund_number(it)),
    ];
    let reused = (case.reused_numbers > 0).then(|| t.case_reused(case.reused_numbers));
    let state = [
        t.case_status(t.status(order.status.kind())).into(),
        reason_of(t, &order.status),
        with(|it| t.case_opened(it), moment(order.opened_at)),
    ];
    Page::titled(t.case_title(pen.code(order.id)))
        .block(state.into_iter().chain(clocks(t, order)))
        .block([
            Html::from(t.fact_exchange(order.coins.to_string(), order.fen.to_string())),
            t.fact_price(order.price.to_string(), order.coins.coin.code()).into(),
            t.case_terms(minutes(terms.window_seconds), minutes(terms.grace_seconds)).into(),
            match is_large {
                true => t.case_two(terms.two_arbiters_above.to_string()).into(),
                false => Html::new(),
            },
        ])
        .block(
            [
                masked(|name, account| t.case_payee(name, account), case.payee.as_ref()),
                masked(|name, account| t.case_payer(name, account), case.payer.as_ref()),
            ]
            .into_iter()
            .chain(numbers.into_iter().flatten().map(Html::from))
            .chain(reused.map(Html::from)),
        )
        .block(people(t, case, now))
}

fn masked(sentence: impl FnOnce(&str, &str) -> String, masks: Option<&Masks>) -> Html {
    masks.map_or_else(Html::new, |it| with_masked(sentence, &it.name, &it.account))
}

fn reason_of(t: &Texts, status: &Status) -> Html {
    status.dispute().map_or_else(Html::new, |it| super::super::next::reason(t, it.why).into())
}

fn clocks(t: &Texts, order: &Order) -> Vec<Html> {
    let Some((since, due)) = waits(order) else { return vec![] };
    let answers = order.answer_until(since);
    let taken = order.status.taken().map(|it| {
        let by = it.by.to_string();
        with(|time| t.case_taken(&by, time), moment(due))
    });
    [
        with(|it| t.case_since(it), moment(since)),
        with(|it| t.case_answers_until(it), moment(answers)),
    ]
    .into_iter()
    .chain(taken)
    .collect()
}

/// Both sides by their numbers, and what is known of them.
fn people(t: &Texts, case: &Case, now: DateTime<Utc>) -> Vec<Html> {
    let answered = match &case.order.status {
        Status::Claimed { claim, .. } => Some(claim.answered),
        status => status.dispute().map(|it| it.answered),
    };
    [Side::Seller, Side::Buyer]
        .into_iter()
        .flat_map(|side| {
            let it = case.standing(side);
            let who = match side {
                Side::Seller => t.case_seller(),
                Side::Buyer => t.case_buyer(),
            };
            let id = case.order.party(side).to_string();
            let (completed, won, lost) = (it.completed, it.won, it.lost);
            let line = t.case_standing(who, id, completed, won, lost, age(t, now - it.since));
            let handed_in = answered.map(|it| match it.by(side) {
                Some(at) => with(|time| t.case_handed_in(time), from_now(at)),
                None => t.case_handed_in_nothing().into(),
            });
            [
                Some(Html::from(line)),
                handed_in,
                (!it.reachable).then(|| t.case_unreachable().into()),
                it.poses.then(|| t.case_poses().into()),
            ]
        })
        .flatten()
        .collect()
}

/// For how long, in a word or two.
fn age(t: &Texts, it: TimeDelta) -> String {
    let whole = |it: i64| u32::try_from(it.max(0)).unwrap_or(u32::MAX);
    match it.num_hours() {
        ..2 => t.age_minutes(whole(it.num_minutes())),
        2..48 => t.age_hours(whole(it.num_hours())),
        _ => t.age_days(whole(it.num_days())),
    }
}

/// What this arbiter may do now: never a button that the order would refuse.
fn decisions(pen: &Pen<'_>, order: &Order, arbiter: bool, now: DateTime<Utc>) -> Vec<Vec<Button>> {
    let t = pen.t;
    let user = UserId(pen.reader);
    let asker = Asker { user, arbiter };
    let grants = |request| order.clone().ask(request, asker, None, now).is_ok();
    let does = |label, action: DisputeAction| {
        pen.button(label, Action::Dispute(action), (order.id.0, order.version))
    };
    let take = grants(Request::Take)
        .then(|| pen.about(t.button_take(), Action::Ask(Request::Take), order))
        .map(|it| it.styled(Style::Primary));
    let is_case = waits(order).is_some();
    let asks = arbiter && is_case && order.is_heard_by(user);
    let ask = |side| asks.then_some(DisputeAction::AskSide(side));
    let award = |side| grants(Request::Award { to: side }).then_some(DisputeAction::Award(side));
    let close = grants(Request::CloseClaim).then_some(DisputeAction::Close);
    vec![
        take.into_iter().collect(),
        [
            ask(Side::Seller).map(|it| does(t.button_ask_seller(), it)),
            ask(Side::Buyer).map(|it| does(t.button_ask_buyer(), it)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        award(Side::Seller).map(|it| does(t.button_award_seller(), it)).into_iter().collect(),
        award(Side::Buyer).map(|it| does(t.button_award_buyer(), it)).into_iter().collect(),
        close.map(|it| does(t.button_award_claim(), it)).into_iter().collect(),
    ]
}

fn file(pen: &Pen<'_>, order: OrderId, known: &Known) -> Page {
    let t = pen.t;
    match &known.file {
        Some(file) => {
            Page::plain(t.case_file(pen.code(order))).document(file.clone()).protected(true)
        }
        None => Page::plain(t.case_file_gone()).row([open(pen, order)]),
    }
}

fn reason(
    it: &Wizard<'_>,
    verdict: Verdict,
    problem: Option<ReasonProblem>,
    known: &Known,
) -> Page {
    let t = it.pen.t;
    let title = match verdict {
        Verdict::Award(Side::Seller) => t.reason_seller_title(),
        Verdict::Award(Side::Buyer) => t.reason_buyer_title(),
        Verdict::Close => t.reason_claim_title(),
    };
    let (least, most) = (*REASON.start() as u32, *REASON.end() as u32);
    let problem = problem.map(|it| match it {
        ReasonProblem::Short => t.reason_short(least),
        ReasonProblem::Long => t.reason_long(most),
        ReasonProblem::Contact => t.reason_contact(),
    });
    first(t, Page::titled(title), known)
        .paragraph(t.reason_about())
        .problem(problem)
        .row([it.leave()])
}

/// A second arbiter sees what the first one wrote.
fn first(t: &Texts, page: Page, known: &Known) -> Page {
    match &known.first {
        Some(text) => page.paragraph(t.award_first()).line(Html::new().quote(text)),
        None => page,
    }
}

fn sure(
    it: &Wizard<'_>,
    order: &Order,
    (verdict, ruling): (Verdict, Ruling),
    changed: bool,
    known: &Known,
) -> Page {
    let t = it.pen.t;
    let coins = || bold(order.coins);
    let what = match (verdict, ruling) {
        (Verdict::Award(_), Ruling::Proposal) => {
            t.sure_award_proposal(order.terms.two_arbiters_above.to_string()).into()
        }
        (Verdict::Award(Side::Seller), Ruling::Award) => {
            with(|it| t.sure_award_seller(it), coins())
        }
        (Verdict::Award(Side::Buyer), Ruling::Award) => with(|it| t.sure_award_buyer(it), coins()),
        (Verdict::Close, Ruling::Award | Ruling::Proposal) => t.sure_award_claim().into(),
    };
    let direction = match verdict {
        Verdict::Award(Side::Seller) => t.button_award_seller(),
        Verdict::Award(Side::Buyer) => t.button_award_buyer(),
        Verdict::Close => t.button_award_claim(),
    };
    let yes = match verdict {
        Verdict::Award(_) => t.button_sure_award(),
        Verdict::Close => t.button_sure_claim(),
    };
    let page = Page::titled(t.sure_award_title())
        .line(it.pen.code(order.id))
        .paragraph(Html::new().bold(direction))
        .line(what)
        .problem(changed.then(|| t.sure_award_changed()));
    first(t, page, known)
        .row([it.button(yes, Action::Confirm).styled(Style::Danger)])
        .row([it.leave()])
}

fn done(t: &Texts, verdict: Verdict, ruling: Ruling) -> String {
    match (verdict, ruling) {
        (Verdict::Award(_), Ruling::Award) => t.award_done(),
        (Verdict::Award(_), Ruling::Proposal) => t.award_proposed(),
        (Verdict::Close, Ruling::Award | Ruling::Proposal) => t.award_claim_closed(),
    }
}
