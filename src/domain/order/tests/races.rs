//! Two who want something at the same instant, in both orders: one of them gets it, the other one
//! hears why not, and the coins go one way.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::*;
use super::samples::{Sample, samples};
use super::script::answered;
use super::walk::{ASKERS, named, requests};
use crate::domain::ledger::Transfer;

/// What can be wanted at that instant of an order: a request, or that its time has come.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Asks(Request, Asker),
    TimeComes,
}

impl Wish {
    fn name(self) -> String {
        match self {
            Self::Asks(request, _) => named(request).to_owned(),
            Self::TimeComes => "time".to_owned(),
        }
    }

    /// As it is granted at this moment to somebody who looks at `seen`.
    fn granted(
        self,
        order: &Order,
        seen: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Step, Refusal> {
        match self {
            Self::Asks(request, asker) => order.clone().ask(request, asker, seen, now),
            Self::TimeComes => Ok(order.clone().learn(Fact::TimeCame, now)),
        }
    }
}

/// Everything that ends this order, or sends its coins on their way, at its moment.
fn final_wishes(Sample { order, now, .. }: &Sample) -> Vec<Wish> {
    let asks = requests()
        .into_iter()
        .flat_map(|request| ASKERS.map(|asker| Wish::Asks(request, asker)))
        .chain([Wish::TimeComes]);
    let ends = |step: &Step| {
        let is = step.order.status.kind();
        is != order.status.kind()
            && (is.is_closed() || matches!(is, Kind::Releasing | Kind::Disputed | Kind::Paid))
    };
    asks.filter(|it| it.granted(order, None, *now).is_ok_and(|step| ends(&step))).collect()
}

/// The samples, each also at the moment at which its clock comes, and each also with the whole gate
/// answered, where that can be.
fn moments() -> Vec<Sample> {
    let due = samples().into_iter().filter_map(|it| {
        let now = it.order.due_at.filter(|at| *at > it.now)?;
        Some(Sample { now, ..it })
    });
    let all: Vec<Sample> = samples().into_iter().chain(due).collect();
    let passed = all.iter().map(|it| {
        let order = answered(it.order.clone(), ASKERS[0], it.now);
        Sample { order, ..*it }
    });
    passed.collect::<Vec<_>>().into_iter().chain(all).collect()
}

#[test]
fn of_two_final_wishes_at_one_instant_one_comes_true_and_the_other_is_answered() {
    let mut met = BTreeSet::new();
    for sample in moments() {
        let Sample { order, now, name } = &sample;
        let wishes = final_wishes(&sample);
        for first in &wishes {
            for second in &wishes {
                let Ok(won) = first.granted(order, Some(order.version), *now) else { continue };
                let what = format!("{name}: {first:?}, then {second:?}");
                met.insert((order.status.kind(), first.name(), second.name()));
                // Who presses has the card before the eyes that both had; who types has none.
                let pressed = second.granted(&won.order, Some(order.version), *now);
                let typed = second.granted(&won.order, None, *now);
                match (second, pressed) {
                    (Wish::Asks(..), Err(Refusal::Stale)) => {}
                    // Nobody's press: the clock finds an order that has its own next moment.
                    (Wish::TimeComes, Ok(step)) => {
                        let both = [&won.transfers[..], &step.transfers].concat();
                        coins_went_one_way(order, &step.order, &both, &what);
                    }
                    (_, other) => panic!("{what}: {other:?}"),
                }
                match typed {
                    Err(_) => coins_went_one_way(order, &won.order, &won.transfers, &what),
                    // Both could be had one after the other: still the coins went once.
                    Ok(step) => {
                        let both = [&won.transfers[..], &step.transfers].concat();
                        coins_went_one_way(order, &step.order, &both, &what);
                    }
                }
            }
        }
    }
    // An empty walk would prove nothing.
    for pair in [
        (Kind::Disputed, "award", "confirm receipt"),
        (Kind::Disputed, "concede", "award"),
        (Kind::Releasing, "time", "award"),
        (Kind::Releasing, "stop", "time"),
        (Kind::Paid, "confirm receipt", "dispute"),
        (Kind::Overdue, "mark paid", "time"),
        (Kind::AwaitingPayment, "cancel", "mark paid"),
        (Kind::Refunding, "refund received", "dispute"),
    ] {
        let (kind, one, other) = pair;
        for (first, second) in [(one, other), (other, one)] {
            let pair = (kind, first.to_owned(), second.to_owned());
            assert!(met.contains(&pair), "{pair:?} never met");
        }
    }
}

/// At most one end, and what is locked is what the order, as it is now, has to hold.
#[track_caller]
fn coins_went_one_way(before: &Order, after: &Order, moved: &[Transfer], what: &str) {
    assert!(moved.len() <= 1, "{what}: {moved:?}");
    let gone = before.holds_escrow() && !after.holds_escrow();
    assert_eq!(moved.len(), usize::from(gone), "{what}: {:?}", after.status);
}
