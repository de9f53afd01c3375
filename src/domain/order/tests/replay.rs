//! What an order is follows from its log alone.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::super::*;
use super::properties::{Act, acts, does, opened};
use super::script::opened_at;
use super::walk::ASKERS;
use crate::domain::LAST_MOMENT;
use crate::domain::ledger::Transfer;
use crate::domain::log::replay::{Broken, Replayed, replay};
use crate::domain::log::{Entry, Opened, Row, Sheet};

/// An order with its log, as the program writes it.
struct Logged {
    order: Order,
    transfers: Vec<Transfer>,
    rows: Vec<Row>,
}

impl Logged {
    fn opened(is_large: bool) -> Self {
        let play = opened(is_large);
        let mut it = Self { order: play.order, transfers: play.transfers, rows: Vec::new() };
        let opened = Opened::With(Box::new(Sheet::from(&it.order)));
        it.logs(Some(it.order.seller), &Entry::Opened { opened }, opened_at());
        it
    }

    fn plays(mut self, acts: &[Act]) -> Self {
        let mut now = opened_at();
        for act in acts {
            match act {
                // Each answer is an entry of its own.
                Act::PassGate => {
                    while let Some(question) = self.order.gate.open() {
                        let request = Request::Answer { question, yes: true };
                        let ask = Act::Ask { request, asker: ASKERS[0], fresh: true };
                        if !self.does(ask, &mut now) {
                            break;
                        }
                    }
                }
                Act::Wait(_) | Act::Ask { .. } | Act::Learn(_) => {
                    self.does(*act, &mut now);
                }
            }
        }
        self
    }

    fn does(&mut self, act: Act, now: &mut DateTime<Utc>) -> bool {
        let version = self.order.version;
        let Some(step) = does(&self.order, act, now) else { return false };
        self.order = step.order;
        self.transfers.extend(step.transfers);
        match act {
            Act::Ask { request, asker, .. } => {
                self.logs(Some(asker.user), &Entry::Request(request), *now);
            }
            Act::Learn(fact) if self.order.version != version || fact != Fact::TimeCame => {
                self.logs(None, &Entry::Fact(fact), *now);
            }
            Act::Learn(_) | Act::Wait(_) | Act::PassGate => {}
        }
        true
    }

    fn logs(&mut self, actor: Option<UserId>, entry: &Entry, now: DateTime<Utc>) {
        self.rows.push(Row {
            order: self.order.id.0,
            version: self.order.version,
            actor: actor.map(|it| it.0),
            entry: serde_json::to_string(entry).expect("an entry can be stored"),
            status: self.order.status.kind().as_str().to_owned(),
            at: now.timestamp_millis(),
        });
    }
}

proptest! {
    #[test]
    fn the_log_gives_the_order_and_its_transfers_again(acts in acts(), is_large: bool) {
        let Logged { order, transfers, rows } = Logged::opened(is_large).plays(&acts);
        let Ok(Replayed::Order(derived, moved)) = replay(order.id, &rows) else {
            panic!("{:?}", replay(order.id, &rows));
        };
        prop_assert_eq!(Order { due_at: order.due_at, ..*derived }, order);
        prop_assert_eq!(moved, transfers);
    }

    #[test]
    fn a_log_without_one_of_its_rows_is_never_taken_for_whole(
        acts in acts(),
        at in any::<prop::sample::Index>(),
    ) {
        let Logged { order, mut rows, .. } = Logged::opened(false).plays(&acts);
        rows.remove(at.index(rows.len()));
        // What is missing leaves no trace where it has changed nothing: that is the chain's work.
        if let Ok(Replayed::Order(derived, _)) = replay(order.id, &rows) {
            prop_assert!(rows.last().is_some_and(|it| it.version == derived.version));
        }
    }
}

#[test]
fn a_log_that_no_order_can_have_is_broken_where_it_is() {
    let paid = Act::Ask { request: Request::MarkPaid, asker: ASKERS[1], fresh: true };
    let Logged { order, rows, .. } = Logged::opened(false).plays(&[paid]);
    let release = Row {
        entry: r#"{"request":"confirm_receipt","factor":"totp"}"#.to_owned(),
        actor: Some(order.seller.0),
        ..rows[1].clone()
    };
    let unanswered = Refusal::Unanswered { question: Question::Entry };
    for (rows, place, broken) in [
        (vec![], 0, Broken::NotBegun),
        (vec![rows[1].clone()], 0, Broken::NotBegun),
        (vec![rows[0].clone(), rows[0].clone()], 1, Broken::BegunTwice),
        (vec![rows[0].clone(), rows[1].clone(), release], 2, Broken::Refused(unanswered)),
        (
            vec![rows[0].clone(), Row { status: "released".to_owned(), ..rows[1].clone() }],
            1,
            Broken::Elsewhere {
                derived: "paid, version 2".to_owned(),
                said: "released, version 2".to_owned(),
            },
        ),
        (vec![Row { entry: "{}".to_owned(), ..rows[0].clone() }], 0, Broken::Unread),
    ] {
        assert_eq!(replay(order.id, &rows), Err((place, broken)));
    }
}

#[test]
fn a_log_from_the_end_of_the_calendar_breaks_nobody() {
    let Logged { order, rows, .. } = Logged::opened(false);
    let far = DateTime::<Utc>::MAX_UTC.timestamp_millis();
    let late = Row { at: far, ..rows[0].clone() };
    assert_eq!(replay(order.id, &[late]), Err((0, Broken::Unread)));
    let early = Row { at: -1, ..rows[0].clone() };
    assert_eq!(replay(order.id, &[early]), Err((0, Broken::Unread)));

    // As long away as the order is old, again and again: that would be later than any calendar.
    let mut away = Logged { order, transfers: Vec::new(), rows };
    for _ in 0..100 {
        let fact = Fact::Outage { away_ms: i64::MAX };
        away.order = away.order.learn(fact, LAST_MOMENT).order;
        away.logs(None, &Entry::Fact(fact), LAST_MOMENT);
    }
    let derived = replay(away.order.id, &away.rows);
    assert!(matches!(derived, Ok(Replayed::Order(..))), "{derived:?}");
}

#[test]
fn a_log_that_begins_elsewhere_than_an_order_does_is_broken() {
    let Logged { order, rows, .. } = Logged::opened(false);
    let now = opened_at();
    let forever = Status::AwaitingPayment { since: now, until: LAST_MOMENT, agreed: None };
    for status in [forever, Status::Overdue { since: now, until: now }] {
        let sheet = Sheet { status, ..Sheet::from(&order) };
        let entry = Entry::Opened { opened: Opened::With(Box::new(sheet)) };
        let entry = serde_json::to_string(&entry).expect("an entry can be stored");
        let row = Row { entry, ..rows[0].clone() };
        assert_eq!(replay(order.id, &[row]), Err((0, Broken::BegunOtherwise)));
    }
}

#[test]
fn a_case_is_taken_by_whoever_said_so() {
    let Logged { rows, .. } = Logged::opened(false);
    let entry = serde_json::to_string(&Entry::Request(Request::Take)).expect("it can be stored");
    let taken = Row { entry, actor: Some(3001), ..rows[0].clone() };
    assert!(taken.is_taking_by(UserId(3001)));
    assert!(!taken.is_taking_by(UserId(3002)));
    let by_nobody = Row { actor: None, ..taken };
    assert!(!by_nobody.is_taking_by(UserId(3001)));
    assert!(!rows[0].is_taking_by(UserId(1001)), "that is how it was opened");
}
