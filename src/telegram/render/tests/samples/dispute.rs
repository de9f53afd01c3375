//! Pages about disputes, and a case with something of everything.

use chrono::{DateTime, TimeDelta, Utc};

use super::{HOSTILE, at};
use crate::clock::millis;
use crate::domain::UserId;
use crate::domain::bill_number::BillNumberError;
use crate::domain::case::{Case, Masks, Standing};
use crate::domain::chat::{
    Content, File, FileId, Form, Message, MessageId, Proof, Purpose, Said, Voice,
};
use crate::domain::contact::Contact;
use crate::domain::factor::Factor;
use crate::domain::ledger::Hash;
use crate::domain::log::{Entry, Opened, Row};
use crate::domain::mask::Fit;
use crate::domain::money::Fen;
use crate::domain::order::tests::samples::samples;
use crate::domain::order::{
    DisputeReason, Fact, Kind, Order, OrderId, Question, Request, Ruling, Side,
};
use crate::domain::signal::SignalKind;
use crate::letter::{
    AddProblem, ArbiterLine, ArbiterNotice, ArbitersScreen, CaseLine, CaseNotice, CaseScreen,
    CaseState, DisputeScreen, Notice, ReasonProblem, Screen, Verdict,
};
use crate::telegram::render::page::{Document, Page};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::screen::case::Known;
use crate::telegram::render::screen::{Wizard, case as cases};

const ARBITER: UserId = UserId(3001);
/// Orders of the samples, by what the pages about them show.
const TAKEN: OrderId = OrderId(17);
const PROPOSED: OrderId = OrderId(18);
const CLAIMED: OrderId = OrderId(19);

pub(in super::super) fn disputes() -> Vec<Screen> {
    let wanted = |what| DisputeScreen::Wanted { what, problem: None };
    let problem = Some(BillNumberError::NotDigits);
    let steps = [DisputeScreen::Kinds]
        .into_iter()
        .chain(Proof::ALL.map(wanted))
        .chain([DisputeScreen::Wanted { what: Proof::Number, problem }])
        .chain(
            [Proof::Bill, Proof::Screenshot, Proof::Other].map(|what| DisputeScreen::Kept { what }),
        );
    steps.map(|step| Screen::Dispute { order: TAKEN, step }).collect()
}

pub(in super::super) fn cases_of_the_desk() -> Vec<Screen> {
    let line = |order, claim, hours, state| CaseLine {
        order: OrderId(order),
        claim,
        fen: Fen::yuan(720),
        since: at() - TimeDelta::hours(hours),
        due: at() + TimeDelta::hours(1),
        state,
    };
    let lines = vec![
        line(17, false, 1, CaseState::Free),
        line(18, false, 5, CaseState::Taken(UserId(3002))),
        line(19, true, 30, CaseState::Taken(UserId(1001))),
        line(20, false, 100, CaseState::Second),
        line(21, false, 100, CaseState::Party),
    ];
    let verdicts = [Verdict::Award(Side::Seller), Verdict::Award(Side::Buyer), Verdict::Close];
    let reason = |verdict| CaseScreen::Reason { order: TAKEN, verdict, problem: None };
    let problems = [ReasonProblem::Short, ReasonProblem::Long, ReasonProblem::Contact];
    let sure = |order, verdict, ruling| CaseScreen::Sure { order, verdict, ruling, changed: false };
    let case = |order, page| CaseScreen::Case { order, page };
    let (seller, buyer) = (Verdict::Award(Side::Seller), Verdict::Award(Side::Buyer));
    let steps = [
        CaseScreen::List { lines: vec![], page: 0, more: false },
        CaseScreen::List { lines, page: 1, more: true },
        case(TAKEN, 0),
        case(TAKEN, 1),
        case(TAKEN, 9),
        case(PROPOSED, 0),
        case(CLAIMED, 0),
        CaseScreen::File { order: TAKEN, file: FileId(1) },
        CaseScreen::File { order: TAKEN, file: FileId(2) },
        CaseScreen::Ask { order: TAKEN, to: Side::Seller },
        CaseScreen::Ask { order: TAKEN, to: Side::Buyer },
    ]
    .into_iter()
    .chain(verdicts.map(reason))
    .chain(problems.map(|it| CaseScreen::Reason {
        order: TAKEN,
        verdict: buyer,
        problem: Some(it),
    }))
    .chain([
        CaseScreen::Reason { order: PROPOSED, verdict: seller, problem: None },
        sure(TAKEN, seller, Ruling::Award),
        sure(TAKEN, buyer, Ruling::Award),
        sure(TAKEN, buyer, Ruling::Proposal),
        sure(PROPOSED, seller, Ruling::Award),
        sure(CLAIMED, Verdict::Close, Ruling::Award),
        CaseScreen::Sure { order: TAKEN, verdict: seller, ruling: Ruling::Award, changed: true },
    ])
    .chain(verdicts.map(|verdict| CaseScreen::Done {
        order: TAKEN,
        verdict,
        ruling: Ruling::Award,
    }))
    .chain([
        CaseScreen::Done { order: TAKEN, verdict: buyer, ruling: Ruling::Proposal },
        CaseScreen::NotTaken { order: TAKEN },
        CaseScreen::Changed { order: TAKEN },
        CaseScreen::NotArbiter,
        CaseScreen::NotYours,
        CaseScreen::Gone,
    ]);
    steps.map(|step| Screen::Case { step }).collect()
}

pub(in super::super) fn arbiters() -> Vec<Screen> {
    let config = ArbiterLine { user: ARBITER, since: at(), by: None, started: false };
    let chat = ArbiterLine { by: Some(UserId(9)), started: true, ..config };
    [
        ArbitersScreen::List { lines: vec![] },
        ArbitersScreen::List { lines: vec![config, chat] },
        ArbitersScreen::Add { problem: None },
        ArbitersScreen::Add { problem: Some(AddProblem::NotAnId) },
        ArbitersScreen::Add { problem: Some(AddProblem::Unknown) },
        ArbitersScreen::Add { problem: Some(AddProblem::Known) },
        ArbitersScreen::Added { user: ARBITER },
        ArbitersScreen::Remove { line: config },
        ArbitersScreen::Remove { line: chat },
        ArbitersScreen::Removed { user: ARBITER },
        ArbitersScreen::Gone,
        ArbitersScreen::NotOperator,
    ]
    .map(|step| Screen::Arbiters { step })
    .to_vec()
}

pub(in super::super) fn notices() -> Vec<Notice> {
    vec![
        Notice::Case { what: CaseNotice::Reused { order: TAKEN } },
        Notice::Arbiter { change: ArbiterNotice::Appointed },
        Notice::Arbiter { change: ArbiterNotice::Dismissed },
    ]
}

/// A page about a case, with what is looked up for it.
pub(in super::super) fn page(pen: &Pen<'_>, step: &CaseScreen) -> Page {
    let id = match step {
        CaseScreen::Case { order, .. }
        | CaseScreen::File { order, .. }
        | CaseScreen::Reason { order, .. }
        | CaseScreen::Sure { order, .. } => *order,
        _ => TAKEN,
    };
    let order = order(id);
    let now = at() + TimeDelta::hours(1);
    let known = Known {
        arbiter: true,
        case: Some(case(order.clone())),
        order: Some(order),
        file: matches!(step, CaseScreen::File { file: FileId(1), .. })
            .then(|| Document { name: "K7M2QX-1.csv".to_owned(), bytes: b"\xE5\x8F\xB7".to_vec() }),
        first: (id == PROPOSED).then(|| HOSTILE.to_owned()),
    };
    cases::page(&Wizard { pen, turn: 9 }, step, &known, now)
}

/// As it stands in a status of its own: taken by the reader of these pages, or by another.
fn order(id: OrderId) -> Order {
    let (kind, name) = match id {
        TAKEN => (Kind::Disputed, "taken"),
        PROPOSED => (Kind::Disputed, "large, an award is proposed"),
        _ => (Kind::Claimed, "taken"),
    };
    let found = samples().into_iter().find(|it| it.order.status.kind() == kind && it.name == name);
    Order { id, ..found.expect("a sample").order }
}

fn minutes(it: i64) -> DateTime<Utc> {
    at() + TimeDelta::minutes(it)
}

fn case(order: Order) -> Case {
    let seller = Standing {
        completed: 120,
        won: 3,
        lost: 1,
        since: at() - TimeDelta::days(400),
        reachable: true,
        poses: false,
    };
    let buyer =
        Standing { completed: 0, won: 0, lost: 0, since: at(), reachable: false, poses: true };
    let messages = messages(&order);
    Case {
        rows: rows(&order, &messages),
        messages,
        reused_files: vec![(FileId(2), OrderId(12))],
        payee: Some(Masks { name: "**兰".to_owned(), account: "139******78".to_owned() }),
        payer: Some(Masks { name: "***月".to_owned(), account: super::MAIL_MASK.to_owned() }),
        payment_number: Some("345678".to_owned()),
        refund_number: None,
        reused_numbers: 2,
        seller,
        buyer,
        order,
    }
}

fn messages(order: &Order) -> Vec<Message> {
    let long = "这笔钱我已经转过去了。".repeat(120);
    let file = |id, form, content| File { id: FileId(id), form, bytes: 1_240_000, content };
    let written = [
        (Voice::Buyer, Purpose::Chat, None, HOSTILE, vec![]),
        (Voice::Seller, Purpose::Chat, Some(Contact::WeChat), "加我微信", vec![]),
        (Voice::Arbiter, Purpose::Question { to: Side::Seller }, None, "Which account?", vec![]),
        (Voice::Arbiter, Purpose::Question { to: Side::Buyer }, None, "When?", vec![]),
        (Voice::Seller, Purpose::Answer, None, long.as_str(), vec![]),
        (
            Voice::Seller,
            Purpose::Evidence { what: Proof::Bill },
            None,
            "",
            vec![file(1, Form::Document, Content::Kept([1; 32]))],
        ),
        (
            Voice::Buyer,
            Purpose::Evidence { what: Proof::Screenshot },
            None,
            "here",
            vec![
                file(2, Form::Photo, Content::Kept([2; 32])),
                file(3, Form::Photo, Content::Awaited),
                file(4, Form::Video, Content::Lost),
                file(5, Form::Video, Content::Erased([5; 32])),
            ],
        ),
        (Voice::Arbiter, Purpose::Proposal { to: Side::Seller }, None, "No entry.", vec![]),
        (Voice::Arbiter, Purpose::Proposal { to: Side::Buyer }, None, "An entry.", vec![]),
        (Voice::Arbiter, Purpose::Reason { to: Side::Seller }, None, "No entry.", vec![]),
        (Voice::Arbiter, Purpose::Reason { to: Side::Buyer }, None, "An entry.", vec![]),
        (Voice::Arbiter, Purpose::Closing, None, "Nothing new.", vec![]),
    ];
    (1..)
        .zip(written)
        .map(|(id, (voice, purpose, held, text, files))| Message {
            id: MessageId(id),
            order: order.id,
            author: voice.side().map_or(ARBITER, |it| order.party(it)),
            voice,
            purpose,
            held,
            at: minutes(20 + id),
            // The last one's time is over.
            said: (purpose != Purpose::Closing)
                .then(|| Said { salt: "00".to_owned(), text: text.to_owned() }),
            files,
        })
        .collect()
}

fn rows(order: &Order, messages: &[Message]) -> Vec<Row> {
    let answer = |question, yes| Request::Answer { question, yes };
    let compare = |masks| Request::Compare { masks };
    let confirm = |factor| Request::ConfirmReceipt { factor };
    let seller = [
        answer(Question::Entry, true),
        answer(Question::Payer, false),
        compare(Fit::Match),
        compare(Fit::Mismatch),
        compare(Fit::Inconclusive),
        confirm(Factor::Totp),
        confirm(Factor::Recovery),
        confirm(Factor::Digits),
        Request::Stop,
        Request::Short { arrived: Fen(71_999) },
        Request::Dispute { why: DisputeReason::NotReceived },
        Request::Evidence,
    ];
    let buyer = [Request::MarkPaid, Request::Number, Request::RefundReceived, Request::Concede];
    let arbiter = [
        Request::Take,
        Request::Award { to: Side::Seller },
        Request::Award { to: Side::Buyer },
        Request::CloseClaim,
    ];
    let seen = |signal| Fact::PaymentSeen { signal };
    let facts = [
        Fact::TimeCame,
        Fact::Outage { away_ms: 300_000 },
        Fact::Unreachable { side: Side::Seller },
        Fact::Unreachable { side: Side::Buyer },
        Fact::ArbiterLeft { arbiter: ARBITER },
        seen(None),
        seen(Some(SignalKind::Vmq)),
        seen(Some(SignalKind::Notification)),
    ];
    let by = |who: UserId, all: Vec<Request>| {
        all.into_iter().map(move |it| (Some(who.0), Entry::Request(it))).collect::<Vec<_>>()
    };
    let said = messages.iter().map(|it| {
        let Message { id, voice, purpose, held, author, .. } = it;
        let (said, voice, purpose, held) = (*id, *voice, *purpose, *held);
        (Some(author.0), Entry::Said { said, voice, purpose, held, digest: Hash::START })
    });
    let all = [(Some(order.seller.0), Entry::Opened { opened: Opened::Before(true) })]
        .into_iter()
        .chain(by(order.buyer, buyer.to_vec()))
        .chain(by(order.seller, seller.to_vec()))
        .chain(facts.map(|it| (None, Entry::Fact(it))))
        .chain(by(ARBITER, arbiter.to_vec()))
        .chain(said);
    (0..)
        .zip(all)
        .map(|(at, (actor, entry))| Row {
            order: order.id.0,
            version: 1,
            actor,
            entry: serde_json::to_string(&entry).expect("an entry can be stored"),
            status: if at < 2 { "awaiting_payment" } else { "disputed" }.to_owned(),
            at: millis(minutes(at)),
        })
        .collect()
}
