//! Whatever people ask, whatever happens and however the clocks run.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::super::*;
use super::script::{Play, large};
use super::walk::{ASKERS, requests};
use crate::domain::ledger::{Account, Kind as Why, Transfer};
use crate::domain::signal::SignalKind;

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// Time passes, or a clock is set back, by so many seconds.
    Wait(i64),
    Ask {
        request: Request,
        asker: Asker,
        fresh: bool,
    },
    /// The seller answers whatever is open of the gate with yes: at random nobody gets there.
    PassGate,
    Learn(Fact),
}

fn act() -> impl Strategy<Value = Act> {
    let wait = prop_oneof![
        4 => 0..60_i64,
        4 => 60..1_200_i64,
        2 => 1_200..100_000_i64,
        1 => -7_200..0_i64,
    ];
    let ask = (
        prop::sample::select(requests()),
        prop::sample::select(ASKERS.to_vec()),
        prop::bool::weighted(0.9),
    );
    let side = prop::sample::select(vec![Side::Seller, Side::Buyer]);
    let away = prop_oneof![9 => 0..10_000_000_i64, 1 => any::<i64>()];
    let fact = prop_oneof![
        8 => Just(Fact::TimeCame),
        1 => away.prop_map(|away_ms| Fact::Outage { away_ms }),
        1 => side.prop_map(|side| Fact::Unreachable { side }),
        1 => prop::sample::select(SignalKind::ALL.to_vec())
            .prop_map(|it| Fact::PaymentSeen { signal: Some(it) }),
        1 => Just(Fact::ArbiterLeft { arbiter: ASKERS[2].user }),
    ];
    prop_oneof![
        2 => wait.prop_map(Act::Wait),
        8 => ask.prop_map(|(request, asker, fresh)| Act::Ask { request, asker, fresh }),
        2 => Just(Act::PassGate),
        1 => fact.prop_map(Act::Learn),
    ]
}

pub(super) fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), 0..250)
}

pub(super) fn opened(is_large: bool) -> Play {
    Play::opened(|deal, policy| {
        if is_large {
            large(deal, policy);
        }
    })
}

/// What one act makes of an order; `None` if it only waits or is refused.
pub(super) fn does(order: &Order, act: Act, now: &mut DateTime<Utc>) -> Option<Step> {
    match act {
        Act::Wait(seconds) => {
            *now += TimeDelta::seconds(seconds);
            None
        }
        Act::Ask { request, asker, fresh } => {
            let seen = order.version - i64::from(!fresh);
            order.clone().ask(request, asker, Some(seen), *now).ok()
        }
        Act::PassGate => {
            let mut step = None;
            let mut order = order.clone();
            while let Some(question) = order.gate.open() {
                let asked = Request::Answer { question, yes: true };
                let Ok(next) = order.ask(asked, ASKERS[0], None, *now) else { break };
                order = next.order.clone();
                step = Some(next);
            }
            step
        }
        Act::Learn(fact) => Some(order.clone().learn(fact, *now)),
    }
}

/// Plays all of it; `looks` sees the order before, the act, its moment and the step after.
fn plays(
    play: Play,
    acts: &[Act],
    mut looks: impl FnMut(&Order, Act, DateTime<Utc>, &Step),
) -> Order {
    let (mut order, mut now) = (play.order, super::script::opened_at());
    for act in acts {
        if let Some(step) = does(&order, *act, &mut now) {
            looks(&order, *act, now, &step);
            order = step.order;
        }
    }
    order
}

/// As it comes out of a database.
fn restarted(order: Order) -> Order {
    let json = serde_json::json!([order.status, order.terms, order.used, order.gate, order.seen])
        .to_string();
    let (status, terms, used, gate, seen) =
        serde_json::from_str(&json).expect("what was stored reads");
    Order { status, terms, used, gate, seen, ..order }
}

fn balance(transfers: &[Transfer], account: Account) -> i64 {
    let sum = |side: fn(&Transfer) -> Account| -> i64 {
        transfers.iter().filter(|it| side(it) == account).map(|it| it.coins.units).sum()
    };
    sum(|it| it.credit) - sum(|it| it.debit)
}

proptest! {
    #[test]
    fn the_escrow_is_full_until_the_end_and_then_empty(acts in acts(), is_large: bool) {
        let play = opened(is_large);
        let mut transfers = play.transfers.clone();
        plays(play, &acts, |_, _, _, step| {
            transfers.extend(step.transfers.clone());
            let Order { id, seller, buyer, coins, .. } = step.order;
            let locked = balance(&transfers, Account::Escrow(id));
            assert_eq!(locked, if step.order.holds_escrow() { coins.units } else { 0 });
            let owned = [seller, buyer].map(|it| balance(&transfers, Account::User(it)));
            assert_eq!(locked + owned[0] + owned[1], 0, "nothing is made and nothing is lost");
            assert!(transfers.iter().filter(|it| it.kind == Why::Release).count() <= 1);
        });
    }

    #[test]
    fn coins_reach_the_buyer_by_the_sellers_word_or_by_an_award(acts in acts(), is_large: bool) {
        let mut confirmed = false;
        plays(opened(is_large), &acts, |before, act, _, step| {
            match act {
                Act::Ask { request: Request::ConfirmReceipt { .. }, asker, .. } => {
                    confirmed = asker.user == before.seller && before.gate.is_complete();
                }
                Act::Ask { .. } if step.order.status.kind() != Kind::Releasing => {
                    confirmed = false;
                }
                Act::Ask { .. } | Act::PassGate | Act::Learn(_) | Act::Wait(_) => {}
            }
            if step.transfers.iter().any(|it| it.kind == Why::Release) {
                let awarded = matches!(
                    act,
                    Act::Ask { request: Request::Award { to: Side::Buyer }, asker, .. }
                        if asker.arbiter && before.side_of(asker.user).is_none()
                );
                assert!(awarded || (confirmed && before.status.kind() == Kind::Releasing));
            }
        });
    }

    #[test]
    fn no_clock_ends_what_the_buyer_says_it_has_paid(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |before, act, _, step| {
            let paid = matches!(
                before.status.kind(),
                Kind::Paid | Kind::Delayed | Kind::Refunding | Kind::Disputed | Kind::Claimed
            );
            if paid && matches!(act, Act::Learn(_)) {
                assert!(!step.order.is_closed());
                assert_eq!(step.transfers, []);
            }
        });
    }

    #[test]
    fn an_open_order_waits_for_a_moment_and_a_closed_one_for_none(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |_, _, _, step| {
            assert_eq!(step.order.due_at.is_none(), step.order.is_closed());
        });
    }

    #[test]
    fn the_version_grows_with_each_change_that_can_be_seen(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |before, _, _, step| {
            let after = &step.order;
            let grown = after.version - before.version;
            let changed = after.status != before.status || after.used != before.used;
            assert!(grown == 1 || (grown == 0 && !changed));
            // A button of an older version is refused, so no card may keep one.
            let drawn = |side| {
                let cards = [Effect::Card(side), Effect::FreshCard(side)];
                step.effects.iter().any(|it| cards.contains(it))
            };
            assert!(grown == 0 || [Side::Seller, Side::Buyer].into_iter().all(drawn));
        });
    }

    #[test]
    fn a_clock_that_comes_early_changes_nothing(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |before, act, now, step| {
            let early = before.due_at.is_none_or(|due_at| now < due_at);
            if early && matches!(act, Act::Learn(Fact::TimeCame)) {
                assert_eq!(&step.order, before);
                assert_eq!(step.effects, []);
                assert_eq!(step.transfers, []);
            }
        });
    }

    #[test]
    fn the_clock_comes_to_rest(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |_, _, now, step| {
            let mut order = step.order.clone();
            for _ in 0..3 {
                order = order.learn(Fact::TimeCame, now).order;
            }
            assert!(order.due_at.is_none_or(|it| it > now), "{:?}", order.status);
        });
    }

    #[test]
    fn a_restart_between_any_two_moments_changes_nothing(acts in acts(), is_large: bool) {
        let end = plays(opened(is_large), &acts, |_, _, _, _| {});
        let (mut order, mut now) = (opened(is_large).order, super::script::opened_at());
        for act in acts {
            order = restarted(order);
            if let Some(step) = does(&order, act, &mut now) {
                order = step.order;
            }
        }
        prop_assert_eq!(order, end);
    }

    #[test]
    fn what_is_stored_reads_back_the_same(acts in acts(), is_large: bool) {
        plays(opened(is_large), &acts, |_, _, _, Step { order, .. }| {
            let json = serde_json::to_string(&order.status).expect("a status can be stored");
            assert_eq!(serde_json::from_str::<Status>(&json).ok().as_ref(), Some(&order.status));
            let kind = order.status.kind().as_str();
            assert!(json.starts_with(&format!("{{\"kind\":\"{kind}\"")), "{json}");
        });
    }
}

#[test]
fn stories_at_random_come_to_every_status() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let acts = acts().new_tree(&mut runner).expect("a story").current();
        plays(opened(false), &acts, |_, _, _, step| {
            seen.insert(step.order.status.kind());
        });
    }
    assert_eq!(seen.len(), Kind::ALL.len(), "{seen:?}");
}
