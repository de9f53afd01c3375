//! Arbiters: the queue, a case, and what they do about it. Whether somebody is an arbiter is looked
//! at in the transaction of each act, so whoever is none any more can press what they like.

use secrecy::SecretString;

use crate::app::{App, Reply, VerdictRefusal};
use crate::domain::case::{REASON, is_open_to, waits};
use crate::domain::chat::{FileId, Purpose};
use crate::domain::contact;
use crate::domain::order::{Asker, Order, OrderId, Refusal, Request, Ruling, Side, Status};
use crate::letter::{CaseLine, CaseScreen, CaseState, ReasonProblem, Screen, Toast, Verdict};
use crate::store::users::StaffRole;
use crate::telegram::HandlerError;
use crate::telegram::action::DisputeAction;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{DisputeTalk, Talk};

type Done = Result<(), HandlerError>;

/// Cases on one page of the queue.
const PAGE: usize = 6;

fn screen(step: CaseScreen) -> Screen {
    Screen::Case { step }
}

/// A button of an arbiter's pages.
pub async fn press(app: App, it: Incoming, press: Press, action: DisputeAction) -> Done {
    let order = OrderId(press.subject);
    match action {
        DisputeAction::Case { page } => case(app, it, order, page).await,
        DisputeAction::Cases { page } => list_from(app, it, page).await,
        DisputeAction::File => file(app, it, FileId(press.subject)).await,
        DisputeAction::AskSide(to) => ask(app, it, order, to).await,
        DisputeAction::Award(to) => reason(app, it, order, Verdict::Award(to)).await,
        DisputeAction::Close => reason(app, it, order, Verdict::Close).await,
        DisputeAction::Add | DisputeAction::Kind(_) | DisputeAction::Arbiter(_) => {
            Ok(app.reply(it.origin, it.toast(Toast::Forged)).await?)
        }
    }
}

/// `/disputes`: what waits, the most urgent first.
pub async fn list(app: App, it: Incoming) -> Done {
    list_from(app, it, 0).await
}

async fn list_from(app: App, it: Incoming, page: u16) -> Done {
    if !is_of_the_desk(&app, &it).await? {
        return Ok(app.reply(it.origin, it.shows(screen(CaseScreen::NotYours))).await?);
    }
    let mut lines: Vec<CaseLine> =
        app.store().open_cases().await?.iter().filter_map(|order| line(order, &it)).collect();
    lines.sort_by_key(|it| (it.due, it.order));
    let skip = usize::from(page) * PAGE;
    let more = lines.len() > skip + PAGE;
    let lines = lines.into_iter().skip(skip).take(PAGE).collect();
    let step = CaseScreen::List { lines, page: u32::from(page), more };
    Ok(app.reply(it.origin, it.shows(screen(step))).await?)
}

fn line(order: &Order, it: &Incoming) -> Option<CaseLine> {
    let (since, due) = waits(order)?;
    let proposed = order.status.dispute().is_some_and(|it| it.proposed.is_some());
    let state = match order.status.taken() {
        _ if !is_open_to(order, it.origin.user) => CaseState::Party,
        _ if proposed => CaseState::Second,
        Some(taken) => CaseState::Taken(taken.by),
        None => CaseState::Free,
    };
    let claim = matches!(order.status, Status::Claimed { .. });
    Some(CaseLine { order: order.id, claim, fen: order.fen, since, due, state })
}

async fn is_of_the_desk(app: &App, it: &Incoming) -> Result<bool, HandlerError> {
    let user = it.origin.user;
    Ok(app.is_staff(user, StaffRole::Arbiter).await?
        || app.is_staff(user, StaffRole::Operator).await?)
}

/// An order in dispute, for a reader who may see it.
async fn visible(app: &App, it: &Incoming, id: OrderId) -> Result<Option<Order>, HandlerError> {
    if !is_of_the_desk(app, it).await? {
        return Ok(None);
    }
    Ok(app.store().order(id).await?.filter(|order| is_open_to(order, it.origin.user)))
}

/// Whether that is a case, or was one, and the reader may see it.
pub async fn is_visible(app: &App, it: &Incoming, id: OrderId) -> Result<bool, HandlerError> {
    Ok(visible(app, it, id).await?.is_some_and(|order| waits(&order).is_some()))
}

pub async fn case(app: App, it: Incoming, order: OrderId, page: u16) -> Done {
    let step = match visible(&app, &it, order).await? {
        Some(_) => CaseScreen::Case { order, page: u32::from(page.saturating_sub(1)) },
        None if is_of_the_desk(&app, &it).await? => CaseScreen::Gone,
        None => CaseScreen::NotYours,
    };
    // A message that rings stays as it is; a page of the case is turned where it stands.
    let reply = if page == 0 { it.shows_below(screen(step)) } else { it.shows(screen(step)) };
    Ok(app.reply(it.origin, reply).await?)
}

async fn file(app: App, it: Incoming, file: FileId) -> Done {
    let order = app.store().order_of_file(file).await?;
    let order = match order {
        Some(id) => visible(&app, &it, id).await?,
        None => None,
    };
    let step = order.map_or(CaseScreen::NotYours, |it| CaseScreen::File { order: it.id, file });
    Ok(app.reply(it.origin, it.shows_below(screen(step))).await?)
}

/// Somebody takes a case. Two at one moment: one does, the other hears of it.
pub async fn take(app: App, it: Incoming, press: Press) -> Done {
    let order = OrderId(press.subject);
    let said = it.clone();
    let say = move |outcome: Result<&Order, (Refusal, Option<i64>)>| {
        let page = screen(CaseScreen::Case { order, page: 0 });
        match outcome {
            Ok(_) => said.toast_and_below(Toast::Done, page),
            Err((Refusal::NotYours, _)) => said.toast(Toast::NotArbiter),
            Err((refusal, _)) => said.toast_and_below(Toast::Refused { refusal }, page),
        }
    };
    // The sides could make a card old again and again.
    Ok(app.ask(it.origin, order, Request::Take, None, say).await?)
}

/// The next step of an arbiter who may act on this case now; otherwise why not.
async fn next(
    app: &App,
    it: &Incoming,
    id: OrderId,
    request: Option<Request>,
    step: (CaseScreen, Talk),
) -> Result<Reply, HandlerError> {
    let arbiter = app.is_staff(it.origin.user, StaffRole::Arbiter).await?;
    let order = app.store().order(id).await?.filter(|order| is_open_to(order, it.origin.user));
    let Some(order) = order.filter(|_| arbiter) else {
        return Ok(it.toast(Toast::NotArbiter));
    };
    let asker = Asker { user: it.origin.user, arbiter };
    let refusal = match request {
        Some(request) => order.clone().ask(request, asker, None, app.now()).err(),
        None if waits(&order).is_none() => Some(Refusal::NotNow { status: order.status.kind() }),
        None => (!order.is_heard_by(asker.user)).then_some(Refusal::NotTaken),
    };
    Ok(match refusal {
        Some(Refusal::NotTaken) => it.shows_below(screen(CaseScreen::NotTaken { order: id })),
        Some(refusal) => it.toast(Toast::Refused { refusal }),
        None => {
            let (page, talk) = step;
            it.clone().below().step(screen(page), &talk)?
        }
    })
}

async fn ask(app: App, it: Incoming, order: OrderId, to: Side) -> Done {
    let step = (CaseScreen::Ask { order, to }, Talk::Message(order, Purpose::Question { to }));
    let reply = next(&app, &it, order, None, step).await?;
    Ok(app.reply(it.origin, reply).await?)
}

async fn reason(app: App, it: Incoming, order: OrderId, verdict: Verdict) -> Done {
    let page = CaseScreen::Reason { order, verdict, problem: None };
    let step = (page, Talk::Dispute(DisputeTalk::Reason(order, verdict)));
    let reply = next(&app, &it, order, Some(verdict.request()), step).await?;
    Ok(app.reply(it.origin, reply).await?)
}

/// The reason was typed: what will happen?
pub async fn reason_typed(
    app: App,
    it: Incoming,
    text: String,
    (order, verdict): (OrderId, Verdict),
) -> Done {
    let text = text.trim().to_owned();
    let problem = match text.chars().count() {
        it if it < *REASON.start() => Some(ReasonProblem::Short),
        it if it > *REASON.end() => Some(ReasonProblem::Long),
        _ => contact::find(&text).map(|_| ReasonProblem::Contact),
    };
    if problem.is_some() {
        let step = CaseScreen::Reason { order, verdict, problem };
        return Ok(app.reply(it.origin, it.shows(screen(step))).await?);
    }
    let found = app.store().order(order).await?;
    let ruling = match (&found, verdict) {
        (Some(order), Verdict::Award(to)) => order.ruling(it.origin.user, to),
        (Some(_), Verdict::Close) => Some(Ruling::Award),
        (None, _) => None,
    };
    let Some(ruling) = ruling else {
        return Ok(app.reply(it.origin, it.ends(screen(CaseScreen::Changed { order }))).await?);
    };
    let step = CaseScreen::Sure { order, verdict, ruling, changed: false };
    let talk = Talk::Dispute(DisputeTalk::Sure(order, verdict, text, ruling));
    Ok(app.reply(it.origin, it.step(screen(step), &talk)?).await?)
}

/// Yes, that is the decision.
pub async fn decide(
    app: App,
    it: Incoming,
    (order, verdict, reason, ruling): (OrderId, Verdict, String, Ruling),
) -> Done {
    let said = it.clone();
    let again = reason.clone();
    let say = move |outcome: Result<(), VerdictRefusal>| match outcome {
        Ok(()) => said.ends(screen(CaseScreen::Done { order, verdict, ruling })),
        Err(VerdictRefusal::NotArbiter) => said.ends(screen(CaseScreen::NotArbiter)),
        Err(VerdictRefusal::Order(Refusal::NotTaken)) => {
            said.ends(screen(CaseScreen::NotTaken { order }))
        }
        Err(VerdictRefusal::Order(refusal)) => said
            .toast_and_below(Toast::Refused { refusal }, screen(CaseScreen::Changed { order }))
            .talk(crate::app::Talk::Ends),
        Err(VerdictRefusal::Changed(ruling)) => {
            let step = CaseScreen::Sure { order, verdict, ruling, changed: true };
            let talk = Talk::Dispute(DisputeTalk::Sure(order, verdict, again, ruling));
            said.shows(screen(step)).talk(talk.becomes())
        }
    };
    Ok(app.decide_case(it.origin, order, verdict, SecretString::from(reason), ruling, say).await?)
}
