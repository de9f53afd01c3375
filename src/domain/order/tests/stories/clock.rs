//! Reminders ring exactly when they should, redraws come beside them, and nothing comes early.

use super::super::script::{Play, moment, play};
use crate::domain::order::{Effect, Fact};

#[test]
fn a_buyer_is_reminded_at_half_the_window_at_five_minutes_and_at_one() {
    insta::assert_snapshot!(play("..25"), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    5 clock -> awaiting_payment [cards]
    7:30 clock -> awaiting_payment [buyer: pay by 15]
    10 clock -> awaiting_payment [buyer: pay by 15, cards]
    12 clock -> awaiting_payment [cards]
    13 clock -> awaiting_payment [cards]
    14 clock -> awaiting_payment [buyer: pay by 15, cards]
    15 clock -> overdue [cards, both: window over, grace to 25]
    20 clock -> overdue [cards]
    22 clock -> overdue [cards]
    23 clock -> overdue [cards]
    24 clock -> overdue [buyer: grace ends at 25, cards]
    25 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_seller_is_asked_after_three_five_ten_and_fifteen_minutes_and_then_the_arbiters() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        ..60
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    7 clock -> paid [seller: look now, 1]
    9 clock -> paid [seller: look now, 2]
    14 clock -> paid [seller: look now, 3]
    19 clock -> paid [arbiters: seller silent, seller: look now, 4]
    ");
}

#[test]
fn cards_are_drawn_once_however_many_moments_have_passed() {
    let order = Play::opened(|_, _| {}).order;
    let step = order.learn(Fact::TimeCame, moment("14:30"));
    let cards = step.effects.iter().filter(|it| matches!(it, Effect::Card(_)));
    assert_eq!(cards.count(), 2, "{:?}", step.effects);
}

#[test]
fn missed_reminders_collapse_into_the_last_one() {
    insta::assert_snapshot!(play("
        14:30 clock
        14:31 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    14:30 clock -> awaiting_payment [buyer: pay by 15, cards]
    14:31 clock -> awaiting_payment
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 clock
        20:01 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 clock -> paid [arbiters: seller silent, seller: look now, 4]
    20:01 clock -> paid
    ");
}

#[test]
fn an_end_that_is_due_counts_alone() {
    insta::assert_snapshot!(play("
        15:30 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15:30 clock -> overdue [cards, both: window over, grace to 25:30]
    ");
}

#[test]
fn a_signal_that_can_be_forged_only_marks() {
    insta::assert_snapshot!(play("
        2 desk payment_seen vmq
        3 desk payment_seen
        4 buyer mark_paid
        5 desk payment_seen
        6 seller confirm_receipt
        6:10 clock
        7 desk payment_seen
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 desk payment_seen vmq -> awaiting_payment [seller card, seller: looks paid]
    3 desk payment_seen -> awaiting_payment [seller card]
    4 buyer mark_paid -> paid [cards, seller: paid]
    5 desk payment_seen -> paid
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    7 desk payment_seen -> released [both: money after the end, operators: money after the end]
    ");
}

#[test]
fn the_other_side_hears_when_somebody_cannot_be_reached() {
    insta::assert_snapshot!(play("
        3 desk unreachable buyer
        4 desk unreachable seller
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    3 desk unreachable buyer -> awaiting_payment [seller: buyer unreachable, operators: buyer unreachable]
    4 desk unreachable seller -> awaiting_payment [buyer: seller unreachable, operators: seller unreachable]
    ");
}
