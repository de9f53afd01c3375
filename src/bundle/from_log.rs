//! What follows from the rows of an order's log: written into a bundle by us, and derived again by
//! whoever checks it.

use crate::bundle::facts::{Attestation, Attested, Caution, FromLog, Moment, OrderSheet, Warning};
use crate::domain::chat::Voice;
use crate::domain::ledger::Transfer;
use crate::domain::log::replay::{Broken, Replayed, replay};
use crate::domain::log::{Entry, Row};
use crate::domain::mask::Fit;
use crate::domain::order::{Fact, Kind, Order, OrderId, Request, Side, Status};

/// What rows lead to.
pub(super) struct Derived {
    pub(super) from_log: FromLog,
    /// Every transfer that the order has asked for.
    pub(super) transfers: Vec<Transfer>,
}

/// What the rows say of their order. `None`: the order is older than its log; then `from_rows`
/// still gives the rest.
pub(super) fn derive(id: OrderId, rows: &[Row]) -> Result<Option<Derived>, (usize, Broken)> {
    Ok(match replay(id, rows)? {
        Replayed::Order(order, transfers) => {
            Some(Derived { from_log: from_rows(&order, rows), transfers })
        }
        Replayed::Before => None,
    })
}

/// The order is the one that the rows have led to.
pub(super) fn from_rows(order: &Order, rows: &[Row]) -> FromLog {
    let mut found = FromLog { order: sheet(order), gate: vec![], seen: vec![], warnings: vec![] };
    for row in rows {
        let (Ok(entry), Some(at)) = (serde_json::from_str(&row.entry), row.moment()) else {
            continue;
        };
        let at = Moment::from(at);
        match entry {
            Entry::Request(request) => {
                let (attested, warned) = told(request);
                found.gate.extend(attested.map(|what| Attested { at: at.clone(), what }));
                found.warn(at, warned.map(|what| (what, Side::Seller)));
            }
            Entry::Fact(Fact::PaymentSeen { .. }) => {
                if is_over(&row.status) {
                    found.warn(at.clone(), Some((Caution::LateMoney, Side::Seller)));
                    found.warn(at.clone(), Some((Caution::LateMoney, Side::Buyer)));
                }
                found.seen.push(at);
            }
            Entry::Opened { .. } => found.warn(at, Some((Caution::PayRules, Side::Buyer))),
            Entry::Said { voice, held: Some(_), .. } => {
                found.warn(at, voice.side().map(|it| (Caution::ContactHeld, it)));
            }
            Entry::Said { .. } | Entry::Filed { .. } | Entry::Fact(_) | Entry::Desk(_) => {}
        }
    }
    found
}

impl FromLog {
    fn warn(&mut self, at: Moment, what: Option<(Caution, Side)>) {
        self.warnings.extend(what.map(|(what, to)| Warning { at: Some(at), to, what }));
    }
}

/// What the seller has attested by it, and the warning that stands on the seller's card from then
/// on.
fn told(request: Request) -> (Option<Attestation>, Option<Caution>) {
    match request {
        Request::Answer { question, yes } => (Some(Attestation::Answer { question, yes }), None),
        Request::Compare { masks } => {
            let warned = (masks == Fit::Mismatch).then_some(Caution::OtherPayer);
            (Some(Attestation::Compared { masks }), warned)
        }
        Request::ConfirmReceipt { factor } => {
            (Some(Attestation::Confirmed { factor }), Some(Caution::CoinsGo))
        }
        Request::MarkPaid => (None, Some(Caution::LookYourself)),
        Request::Refund { .. } => (None, Some(Caution::SamePayer)),
        Request::TakeBack
        | Request::Cancel { .. }
        | Request::GiveUp
        | Request::Extend { .. }
        | Request::AgreeToCancel
        | Request::Stop
        | Request::NotArrived
        | Request::Short { .. }
        | Request::ArrivesLater { .. }
        | Request::RefundSent
        | Request::RefundReceived
        | Request::Number
        | Request::Dispute { .. }
        | Request::Evidence
        | Request::Concede
        | Request::Take
        | Request::Award { .. }
        | Request::Claim
        | Request::CloseClaim => (None, None),
    }
}

/// Whether a row leaves its order where no coins are locked.
fn is_over(status: &str) -> bool {
    [Kind::Claimed, Kind::Released, Kind::Cancelled, Kind::Expired]
        .iter()
        .any(|it| it.as_str() == status)
}

fn sheet(order: &Order) -> OrderSheet {
    let closed = match &order.status {
        Status::Claimed { closed, .. } => Some(*closed),
        other => other.closed(),
    };
    OrderSheet {
        code: order.id.code(),
        id: order.id.0,
        ad: order.ad.0,
        seller: order.seller.0,
        buyer: order.buyer.0,
        coin: order.coins.coin.code().to_owned(),
        quantity: order.coins.plain(),
        units: order.coins.units,
        price: order.price.to_string(),
        fen: order.fen.0,
        fen_added: order.added.0,
        opened_at: order.opened_at.into(),
        terms: order.terms.clone(),
        version: order.version,
        status: order.status.clone(),
        ended_at: closed.map(|it| it.at().into()),
    }
}

/// As whom the author of a row has acted.
pub(super) fn voice(row: &Row, seller: i64, buyer: i64) -> Option<Voice> {
    row.actor.map(|it| match it {
        it if it == seller => Voice::Seller,
        it if it == buyer => Voice::Buyer,
        _ => Voice::Arbiter,
    })
}
