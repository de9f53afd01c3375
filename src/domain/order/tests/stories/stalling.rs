//! Whoever plays for time gains none: the other side's money is not held for ever.

use super::super::script::{large, play, play_with};

#[test]
fn a_refund_is_sent_once_and_its_time_is_not_bought_again() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller refund payer
        60 seller refund_sent
        20h seller refund_sent
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller refund payer -> refunding [cards, buyer: refund comes]
    60 seller refund_sent -> refunding [cards, buyer: refund sent]
    20h seller refund_sent -> no: that can be done once, and has been
    ");
}

#[test]
fn confirming_and_stopping_by_turns_does_not_hold_a_dispute_off() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:09 seller stop
        12h03:55 seller confirm_receipt
        12h04:04 seller stop
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:09 seller stop -> paid [cards, buyer: stopped]
    12h03:55 seller confirm_receipt -> releasing [cards, buyer: coins go at 12h04:05]
    12h04:04 seller stop -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn confirming_and_stopping_by_turns_does_not_hold_an_award_off() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 seller confirm_receipt
        21:01 arbiter take
        21:05 seller stop
        22 seller confirm_receipt
        22:05 arbiter award seller
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 seller confirm_receipt -> releasing [cards, buyer: coins go at 21:10]
    21:01 arbiter take -> releasing [cards, both: taken on]
    21:05 seller stop -> disputed [cards, buyer: stopped]
    22 seller confirm_receipt -> releasing [cards, buyer: coins go at 22:10]
    22:05 arbiter award seller -> cancelled [cards, both: awarded to seller] {escrow:17 -> user:1001 100 USDT}
    ");
    insta::assert_snapshot!(play_with("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter take
        22 seller confirm_receipt
        22:05 arbiter award seller
        22:10 clock
        23 seller confirm_receipt
        23:05 another_arbiter award seller
    ", large), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter take -> disputed [cards, both: taken on]
    22 seller confirm_receipt -> releasing [cards, buyer: coins go at 22:10]
    22:05 arbiter award seller -> disputed [cards, both: stopped, arbiters: seller proposed]
    22:10 clock -> disputed
    23 seller confirm_receipt -> releasing [cards, buyer: coins go at 23:10]
    23:05 another_arbiter award seller -> cancelled [cards, both: awarded to seller] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_release_without_a_dispute_is_not_for_arbiters() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:01 arbiter take
        6:01 arbiter award seller
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:01 arbiter take -> no: not while the order is releasing
    6:01 arbiter award seller -> no: not while the order is releasing
    ");
}

#[test]
fn another_arbiter_takes_over_from_one_who_has_let_the_time_for_an_award_pass() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter take
        48h20 another_arbiter take
        48h21 arbiter take
        48h21 another_arbiter take
        48h22 arbiter award seller
        48h22 another_arbiter award buyer
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter take -> disputed [cards, both: taken on]
    48h20 another_arbiter take -> no: an arbiter has taken it already
    48h21 arbiter take -> no: an arbiter has taken it already
    48h21 another_arbiter take -> disputed [cards, both: taken on]
    48h22 arbiter award seller -> no: it has to be taken first
    48h22 another_arbiter award buyer -> released [cards, both: awarded to buyer] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn saying_the_same_again_rings_nobody_and_makes_no_card_old() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller not_arrived
        7 seller not_arrived
        8 seller not_arrived
        19 buyer@3 dispute not_released
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller not_arrived -> paid [cards, buyer: not arrived yet]
    7 seller not_arrived -> paid
    8 seller not_arrived -> paid
    19 buyer@3 dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller arrives_later 12
        7 seller arrives_later 12
        8 seller arrives_later 2
        9 seller arrives_later 24
        10 seller arrives_later 12
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller arrives_later 12 -> delayed [cards, buyer: arrives at 12h04]
    7 seller arrives_later 12 -> no: not one of the choices
    8 seller arrives_later 2 -> no: not one of the choices
    9 seller arrives_later 24 -> delayed [cards, buyer: arrives at 24h04]
    10 seller arrives_later 12 -> no: not one of the choices
    ");
}
