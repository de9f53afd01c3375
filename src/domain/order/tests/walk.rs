//! Every sample × every request × everybody × a fresh or an old card: what comes of it.

use std::collections::BTreeSet;

use super::super::ask::{DELAYS, EXTENSIONS};
use super::super::schedule::What;
use super::super::*;
use super::samples::{Sample, samples};
use super::script::{ANOTHER_ARBITER, ARBITER, BUYER, SELLER, STRANGER};
use crate::domain::factor::Factor;
use crate::domain::mask::Fit;
use crate::domain::money::Fen;

/// One of everybody; two arbiters, because what one has taken is not the other's.
pub(super) const ASKERS: [Asker; 5] = [
    Asker { user: SELLER, arbiter: false },
    Asker { user: BUYER, arbiter: false },
    Asker { user: ARBITER, arbiter: true },
    Asker { user: ANOTHER_ARBITER, arbiter: true },
    Asker { user: STRANGER, arbiter: false },
];

const FITS: [Fit; 3] = [Fit::Match, Fit::Mismatch, Fit::Inconclusive];
const FACTORS: [Factor; 3] = [Factor::Totp, Factor::Recovery, Factor::Digits];

/// What a sample answers to one request of one asker.
pub(super) struct Cell {
    pub(super) asker: Asker,
    pub(super) request: Request,
    /// With the newest card before the eyes.
    pub(super) fresh: Result<Step, Refusal>,
    /// With the card before it.
    pub(super) stale: Result<Step, Refusal>,
}

/// A move from status to status, or within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub(super) from: Kind,
    pub(super) to: Kind,
    pub(super) who: Who,
    /// What the request, or the clock's deadline, is called.
    pub(super) what: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Seller,
    Buyer,
    Arbiter,
    Clock,
}

pub(super) fn walk() -> Vec<(Sample, Vec<Cell>)> {
    samples().into_iter().map(|it| (cells(&it), it)).map(|(cells, it)| (it, cells)).collect()
}

fn cells(Sample { order, now, .. }: &Sample) -> Vec<Cell> {
    let ask = |request, asker, version| order.clone().ask(request, asker, Some(version), *now);
    requests()
        .into_iter()
        .flat_map(|request| ASKERS.map(|asker| (request, asker)))
        .map(|(request, asker)| Cell {
            asker,
            request,
            fresh: ask(request, asker, order.version),
            stale: ask(request, asker, order.version - 1),
        })
        .collect()
}

/// Every request with every choice, and with one that is not offered where numbers are given.
pub(super) fn requests() -> Vec<Request> {
    use CancelReason::{AccountTrouble, CannotPay, ChangedMind, Other};
    let wrong = [WrongPayment::Payer, WrongPayment::Amount, WrongPayment::Memo];
    let cancel = [ChangedMind, CannotPay, AccountTrouble, Other];
    let mut all = vec![Request::MarkPaid, Request::TakeBack];
    all.extend(cancel.map(|why| Request::Cancel { why }));
    all.push(Request::AgreeToCancel);
    all.extend(EXTENSIONS.into_iter().chain([7]).map(|minutes| Request::Extend { minutes }));
    all.push(Request::GiveUp);
    all.extend(Question::ALL.map(|question| Request::Answer { question, yes: true }));
    all.extend(Question::ALL.map(|question| Request::Answer { question, yes: false }));
    all.extend(FITS.map(|masks| Request::Compare { masks }));
    all.extend(FACTORS.map(|factor| Request::ConfirmReceipt { factor }));
    all.extend([Request::Stop, Request::NotArrived]);
    all.extend([Fen(71_999), Fen(72_000)].map(|arrived| Request::Short { arrived }));
    all.extend(DELAYS.into_iter().chain([3]).map(|hours| Request::ArrivesLater { hours }));
    all.extend(wrong.map(|why| Request::Refund { why }));
    all.extend([Request::RefundSent, Request::RefundReceived, Request::Number]);
    all.extend(DisputeReason::ALL.map(|why| Request::Dispute { why }));
    all.extend([Request::Evidence, Request::Concede, Request::Take]);
    all.extend([Side::Buyer, Side::Seller].map(|to| Request::Award { to }));
    all.extend([Request::Claim, Request::CloseClaim]);
    all
}

/// Whether the choice that comes with a request is one that is offered.
pub(super) fn is_offered(request: Request) -> bool {
    match request {
        Request::Extend { minutes } => EXTENSIONS.contains(&minutes),
        Request::ArrivesLater { hours } => DELAYS.contains(&hours),
        Request::Short { arrived } => arrived < Fen(72_000),
        Request::MarkPaid
        | Request::TakeBack
        | Request::Cancel { .. }
        | Request::GiveUp
        | Request::AgreeToCancel
        | Request::Answer { .. }
        | Request::Compare { .. }
        | Request::ConfirmReceipt { .. }
        | Request::Number
        | Request::Stop
        | Request::NotArrived
        | Request::Refund { .. }
        | Request::RefundSent
        | Request::RefundReceived
        | Request::Dispute { .. }
        | Request::Evidence
        | Request::Concede
        | Request::Take
        | Request::Award { .. }
        | Request::Claim
        | Request::CloseClaim => true,
    }
}

pub(super) const fn named(request: Request) -> &'static str {
    match request {
        Request::MarkPaid => "mark paid",
        Request::TakeBack => "take back",
        Request::Cancel { .. } => "cancel",
        Request::GiveUp => "give up",
        Request::Extend { .. } => "extend",
        Request::AgreeToCancel => "agree to cancel",
        Request::Answer { .. } => "answer",
        Request::Compare { .. } => "compare",
        Request::ConfirmReceipt { .. } => "confirm receipt",
        Request::Short { .. } => "short",
        Request::Number => "number",
        Request::Stop => "stop",
        Request::NotArrived => "not arrived",
        Request::ArrivesLater { .. } => "arrives later",
        Request::Refund { .. } => "refund",
        Request::RefundSent => "refund sent",
        Request::RefundReceived => "refund received",
        Request::Dispute { .. } => "dispute",
        Request::Evidence => "evidence",
        Request::Concede => "concede",
        Request::Take => "take",
        Request::Award { .. } => "award",
        Request::Claim => "claim",
        Request::CloseClaim => "close claim",
    }
}

/// Every move there is, of people and of the clock.
pub(super) fn moves() -> BTreeSet<Move> {
    let mut moves = BTreeSet::new();
    for (Sample { order, .. }, cells) in walk() {
        let from = order.status.kind();
        for Cell { asker, request, fresh, .. } in cells {
            let who = match order.role_of(asker) {
                Role::Seller => Who::Seller,
                Role::Buyer => Who::Buyer,
                Role::Arbiter => Who::Arbiter,
                Role::Stranger => {
                    assert!(fresh.is_err(), "a stranger moves nothing");
                    continue;
                }
            };
            if let Ok(step) = fresh {
                let to = step.order.status.kind();
                moves.insert(Move { from, to, who, what: named(request) });
            }
        }
        for deadline in order.schedule(order.opened_at) {
            if matches!(deadline.what, What::End(_)) {
                let to = order.clone().learn(Fact::TimeCame, deadline.at).order.status.kind();
                moves.insert(Move { from, to, who: Who::Clock, what: "time" });
            }
        }
    }
    moves
}

#[test]
fn an_old_card_moves_nothing() {
    for (sample, cells) in walk() {
        for cell in cells {
            let role = sample.order.role_of(cell.asker);
            let expected = match role {
                Role::Stranger => Refusal::NotYours,
                Role::Seller | Role::Buyer | Role::Arbiter
                    if !cell.request.roles().contains(&role) =>
                {
                    Refusal::NotYourSide
                }
                Role::Seller | Role::Buyer | Role::Arbiter => Refusal::Stale,
            };
            assert_eq!(cell.stale, Err(expected), "{}: {:?}", sample.name, cell.request);
        }
    }
}

#[test]
fn coins_move_once_and_only_to_an_end() {
    for (sample, cells) in walk() {
        for Cell { request, fresh, .. } in cells {
            let Ok(step) = fresh else { continue };
            let ends = sample.order.holds_escrow() && !step.order.holds_escrow();
            assert_eq!(step.transfers.len(), usize::from(ends), "{}: {request:?}", sample.name);
        }
    }
}

#[test]
fn nothing_but_a_complete_gate_and_its_proof_leads_to_a_release() {
    let mut ways = 0;
    for (Sample { order, name, .. }, cells) in walk() {
        let was = order.status.kind();
        for Cell { request, fresh, asker, .. } in cells {
            let Ok(step) = fresh else { continue };
            let is = step.order.status.kind();
            let confirmed = was != Kind::Releasing && is == Kind::Releasing;
            let released = is == Kind::Released && !matches!(was, Kind::Released | Kind::Claimed);
            if let Request::ConfirmReceipt { factor } = request {
                assert!(confirmed && asker.user == order.seller, "{name}");
                assert!(order.gate.is_complete(), "{name}: the gate is open");
                assert!(factor != Factor::Digits || !order.needs_code(), "{name}: no code");
                ways += 1;
            } else {
                let awarded = matches!(request, Request::Award { to: Side::Buyer });
                assert!(!confirmed && (awarded || !released), "{name}: {request:?}");
            }
            assert!(!order.gate.masks().is_some_and(|it| it == Fit::Mismatch) || !confirmed);
        }
    }
    assert!(ways > 0, "there is a way");
}
