//! A closed order that has to be looked at again.

use super::super::script::play;

#[test]
fn a_claim_is_open_for_three_days() {
    insta::assert_snapshot!(play("
        2 buyer cancel other
        72h02 arbiter claim
        72h02 buyer claim
        72h03 seller claim
        72h03 seller close_claim
        72h04 another_arbiter close_claim
        72h04 arbiter take
        72h05 another_arbiter close_claim
        72h05 arbiter close_claim
        72h06 buyer claim
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 buyer cancel other -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    72h02 arbiter claim -> no: only the other side may ask that
    72h02 buyer claim -> claimed [cards, seller: claim by buyer, arbiters: claim by buyer, operators: claim by buyer]
    72h03 seller claim -> no: not while the order is claimed
    72h03 seller close_claim -> no: only the other side may ask that
    72h04 another_arbiter close_claim -> no: it has to be taken first
    72h04 arbiter take -> claimed [cards, both: taken on]
    72h05 another_arbiter close_claim -> no: it has to be taken first
    72h05 arbiter close_claim -> cancelled [cards, both: claim closed]
    72h06 buyer claim -> no: not after 72h02
    ");
}

#[test]
fn a_claim_is_open_again_when_its_arbiter_leaves_and_not_when_another_does() {
    insta::assert_snapshot!(play("
        2 buyer cancel other
        3 buyer claim
        4 arbiter take
        5 desk arbiter_left another_arbiter
        6 desk arbiter_left arbiter
        7 arbiter close_claim
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 buyer cancel other -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    3 buyer claim -> claimed [cards, seller: claim by buyer, arbiters: claim by buyer, operators: claim by buyer]
    4 arbiter take -> claimed [cards, both: taken on]
    5 desk arbiter_left another_arbiter -> claimed
    6 desk arbiter_left arbiter -> claimed [cards, arbiters: claim waits]
    7 arbiter close_claim -> no: it has to be taken first
    ");
}

#[test]
fn who_opened_a_claim_may_close_it() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:10 clock
        7 seller claim
        7 buyer close_claim
        ..17
        18 seller close_claim
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    7 seller claim -> claimed [cards, buyer: claim by seller, arbiters: claim by seller, operators: claim by seller]
    7 buyer close_claim -> no: only the other side may ask that
    12 clock -> claimed [arbiters: claim waits]
    17 clock -> claimed [arbiters: claim waits]
    18 seller close_claim -> released [cards, both: claim closed]
    ");
}

#[test]
fn money_that_is_seen_while_a_claim_runs_is_late_money() {
    insta::assert_snapshot!(play("
        2 buyer cancel other
        3 buyer claim
        4 desk payment_seen
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 buyer cancel other -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    3 buyer claim -> claimed [cards, seller: claim by buyer, arbiters: claim by buyer, operators: claim by buyer]
    4 desk payment_seen -> claimed [both: money after the end, operators: money after the end]
    ");
}

#[test]
fn both_sides_of_a_claim_are_asked_for_what_counts() {
    insta::assert_snapshot!(play("
        2 buyer cancel other
        3 buyer claim
        4 arbiter take
        5 buyer evidence
        ..13h
        13h seller evidence
        13h arbiter close_claim
        13h seller evidence
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 buyer cancel other -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    3 buyer claim -> claimed [cards, seller: claim by buyer, arbiters: claim by buyer, operators: claim by buyer]
    4 arbiter take -> claimed [cards, both: taken on]
    5 buyer evidence -> claimed [cards]
    6h03 clock -> claimed [seller: evidence by 12h03]
    12h03 clock -> claimed [arbiters: no evidence from seller, seller: evidence late]
    13h seller evidence -> claimed [cards]
    13h arbiter close_claim -> cancelled [cards, both: claim closed]
    13h seller evidence -> no: not while the order is cancelled
    ");
}
