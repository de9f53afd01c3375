//! Where the two sides do not agree, people decide.

use super::super::super::{Ruling, Side};
use super::super::script::{ANOTHER_ARBITER, ARBITER, Play, large, play, play_with};

#[test]
fn a_seller_may_dispute_after_five_minutes_and_a_buyer_after_fifteen() {
    insta::assert_snapshot!(play("
        3 buyer dispute other
        4 buyer mark_paid
        8:59 seller dispute not_received
        9 seller dispute not_received
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    3 buyer dispute other -> no: not while the order is awaiting_payment
    4 buyer mark_paid -> paid [cards, seller: paid]
    8:59 seller dispute not_received -> no: not before 9
    9 seller dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        18:59 buyer dispute not_released
        19 buyer dispute not_released
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    18:59 buyer dispute not_released -> no: not before 19
    19 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn both_may_dispute_later_when_we_were_away_or_alipay_was_slow() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        30 desk outage 20
        38 buyer dispute not_released
        39 buyer dispute not_released
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    30 desk outage 20 -> paid [both: we were away 20 min, fresh cards]
    38 buyer dispute not_released -> no: not before 39
    39 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller arrives_later 2
        ..2h04
        2h18 buyer dispute not_released
        2h19 buyer dispute not_released
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller arrives_later 2 -> delayed [cards, buyer: arrives at 2h04]
    2h04 clock -> paid [cards, seller: should be there]
    2h18 buyer dispute not_released -> no: not before 2h19
    2h19 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn in_the_grace_and_in_a_refund_either_side_disputes_at_once() {
    insta::assert_snapshot!(play("
        15 clock
        15:01 buyer dispute not_released
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    15:01 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        5 seller refund payer
        5:01 buyer dispute refund_missing
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    5 seller refund payer -> refunding [cards, buyer: refund comes]
    5:01 buyer dispute refund_missing -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn twelve_hours_of_silence_become_a_dispute_that_is_never_decided_by_the_clock() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        ..12h15
        30h clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    7 clock -> paid [seller: look now, 1]
    9 clock -> paid [seller: look now, 2]
    14 clock -> paid [seller: look now, 3]
    19 clock -> paid [arbiters: seller silent, seller: look now, 4]
    12h04 clock -> disputed [cards, both: dispute, arbiters: dispute]
    12h09 clock -> disputed [arbiters: dispute waits]
    12h14 clock -> disputed [arbiters: dispute waits]
    30h clock -> disputed [arbiters: dispute waits, arbiters: no evidence from both, both: evidence late, operators: nobody takes it]
    ");
}

#[test]
fn one_arbiter_takes_a_dispute_and_awards_the_coins() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter award buyer
        22 arbiter take
        22 arbiter take
        23 another_arbiter take
        24 another_arbiter award seller
        25 arbiter award buyer
        26 arbiter award buyer
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter award buyer -> no: it has to be taken first
    22 arbiter take -> disputed [cards, both: taken on]
    22 arbiter take -> no: an arbiter has taken it already
    23 another_arbiter take -> no: an arbiter has taken it already
    24 another_arbiter award seller -> no: it has to be taken first
    25 arbiter award buyer -> released [cards, both: awarded to buyer] {escrow:17 -> user:2001 100 USDT}
    26 arbiter award buyer -> no: not while the order is released
    ");
}

#[test]
fn above_the_limit_another_arbiter_confirms() {
    let large = |script| play_with(script, large);
    insta::assert_snapshot!(large("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter take
        22 arbiter award buyer
        23 arbiter award buyer
        24 another_arbiter award buyer
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter take -> disputed [cards, both: taken on]
    22 arbiter award buyer -> disputed [cards, arbiters: buyer proposed]
    23 arbiter award buyer -> no: a second arbiter has to confirm
    24 another_arbiter award buyer -> released [cards, both: awarded to buyer] {escrow:17 -> user:2001 100 USDT}
    ");
    insta::assert_snapshot!(large("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter take
        22 arbiter award buyer
        23 another_arbiter award seller
        24 another_arbiter award seller
        25 another_arbiter award buyer
        26 arbiter award buyer
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter take -> disputed [cards, both: taken on]
    22 arbiter award buyer -> disputed [cards, arbiters: buyer proposed]
    23 another_arbiter award seller -> disputed [cards, arbiters: seller proposed]
    24 another_arbiter award seller -> no: a second arbiter has to confirm
    25 another_arbiter award buyer -> disputed [cards, arbiters: buyer proposed]
    26 arbiter award buyer -> released [cards, both: awarded to buyer] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn an_arbiter_who_is_a_party_is_a_party() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        9 selling_arbiter dispute not_received
        10 selling_arbiter take
        11 arbiter take
        12 selling_arbiter award seller
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    9 selling_arbiter dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    10 selling_arbiter take -> no: only the other side may ask that
    11 arbiter take -> disputed [cards, both: taken on]
    12 selling_arbiter award seller -> no: only the other side may ask that
    ");
}

#[test]
fn a_dispute_ends_when_one_side_gives_in() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        9 seller dispute not_received
        10 seller concede
        11 buyer concede
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    9 seller dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    10 seller concede -> no: only the other side may ask that
    11 buyer concede -> cancelled [cards, both: conceded] {escrow:17 -> user:1001 100 USDT}
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        9 seller dispute not_received
        10 arbiter take
        11 seller confirm_receipt
        11:05 seller stop
        12 seller confirm_receipt
        ..13
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    9 seller dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    10 arbiter take -> disputed [cards, both: taken on]
    11 seller confirm_receipt -> releasing [cards, buyer: coins go at 11:10]
    11:05 seller stop -> disputed [cards, buyer: stopped]
    12 seller confirm_receipt -> releasing [cards, buyer: coins go at 12:10]
    12:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn arbiters_are_asked_every_five_minutes_until_one_takes_it_and_again_after_two_days() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        ..30
        31 arbiter take
        ..48h41
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    25 clock -> disputed [arbiters: dispute waits]
    30 clock -> disputed [arbiters: dispute waits]
    31 arbiter take -> disputed [cards, both: taken on]
    6h20 clock -> disputed [both: evidence by 12h20]
    12h20 clock -> disputed [arbiters: no evidence from both, both: evidence late]
    48h31 clock -> disputed [operators: no award yet, arbiters: dispute waits]
    48h36 clock -> disputed [arbiters: dispute waits]
    48h41 clock -> disputed [arbiters: dispute waits]
    ");
}

#[test]
fn both_sides_are_asked_for_what_counts_and_nothing_is_decided_by_their_silence() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        21 arbiter take
        30 buyer evidence
        31 buyer@4 evidence
        32 buyer evidence
        33 arbiter evidence
        34 stranger evidence
        ..24h
        24h seller evidence
        24h arbiter award seller
        24h seller evidence
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    21 arbiter take -> disputed [cards, both: taken on]
    30 buyer evidence -> disputed [cards]
    31 buyer@4 evidence -> no: the order has changed since
    32 buyer evidence -> disputed
    33 arbiter evidence -> no: only the other side may ask that
    34 stranger evidence -> no: not a party to this order
    6h20 clock -> disputed [seller: evidence by 12h20]
    12h20 clock -> disputed [arbiters: no evidence from seller, seller: evidence late]
    24h seller evidence -> disputed [cards]
    24h arbiter award seller -> cancelled [cards, both: awarded to seller] {escrow:17 -> user:1001 100 USDT}
    24h seller evidence -> no: not while the order is cancelled
    ");
}

#[test]
fn what_is_handed_in_leaves_the_sellers_answers_alone() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        9 seller dispute not_received
        10 seller answer entry yes
        10 seller answer arrival yes
        11 buyer evidence
        12 seller answer amount yes
        12 seller answer payer yes
        12 seller answer memo yes
        12 seller confirm totp
        12:05 buyer evidence
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    9 seller dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    10 seller answer entry yes -> disputed
    10 seller answer arrival yes -> disputed
    11 buyer evidence -> disputed [cards]
    12 seller answer amount yes -> disputed
    12 seller answer payer yes -> disputed
    12 seller answer memo yes -> disputed
    12 seller confirm totp -> releasing [cards, buyer: coins go at 12:10]
    12:05 buyer evidence -> no: not while the order is releasing
    ");
}

#[test]
fn operators_hear_when_nobody_takes_it_and_when_no_award_comes() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        20 buyer dispute not_released
        20 buyer evidence
        20 seller evidence
        ..85
        86 arbiter take
        ..49h31
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    20 buyer evidence -> disputed [cards]
    20 seller evidence -> disputed [cards]
    25 clock -> disputed [arbiters: dispute waits]
    30 clock -> disputed [arbiters: dispute waits]
    35 clock -> disputed [arbiters: dispute waits]
    40 clock -> disputed [arbiters: dispute waits]
    45 clock -> disputed [arbiters: dispute waits]
    50 clock -> disputed [arbiters: dispute waits]
    55 clock -> disputed [arbiters: dispute waits]
    60 clock -> disputed [arbiters: dispute waits]
    65 clock -> disputed [arbiters: dispute waits]
    70 clock -> disputed [arbiters: dispute waits]
    75 clock -> disputed [arbiters: dispute waits]
    80 clock -> disputed [operators: nobody takes it, arbiters: dispute waits]
    85 clock -> disputed [arbiters: dispute waits]
    86 arbiter take -> disputed [cards, both: taken on]
    49h26 clock -> disputed [operators: no award yet, arbiters: dispute waits]
    49h31 clock -> disputed [arbiters: dispute waits]
    ");
}

#[test]
fn what_an_arbiter_who_leaves_has_taken_and_proposed_is_open_again() {
    insta::assert_snapshot!(play_with("
        4 buyer mark_paid
        20 buyer dispute not_released
        20 desk arbiter_left arbiter
        21 arbiter take
        22 arbiter award buyer
        23 desk arbiter_left arbiter
        24 another_arbiter award buyer
        24 another_arbiter take
        25 another_arbiter award buyer
        26 another_arbiter award buyer
    ", large), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    20 buyer dispute not_released -> disputed [cards, both: dispute, arbiters: dispute]
    20 desk arbiter_left arbiter -> disputed
    21 arbiter take -> disputed [cards, both: taken on]
    22 arbiter award buyer -> disputed [cards, arbiters: buyer proposed]
    23 desk arbiter_left arbiter -> disputed [cards, arbiters: dispute waits]
    24 another_arbiter award buyer -> no: it has to be taken first
    24 another_arbiter take -> disputed [cards, both: taken on]
    25 another_arbiter award buyer -> disputed [cards, arbiters: buyer proposed]
    26 another_arbiter award buyer -> no: a second arbiter has to confirm
    ");
}

#[test]
fn a_second_arbiter_may_ask_and_award_once_an_award_is_proposed() {
    let order = |script| Play::opened(large).plays(script).order;
    let taken = order("4 buyer mark_paid\n20 buyer dispute other\n21 arbiter take");
    assert_eq!([ARBITER, ANOTHER_ARBITER].map(|it| taken.is_heard_by(it)), [true, false]);
    assert_eq!(taken.ruling(ARBITER, Side::Buyer), Some(Ruling::Proposal));
    let proposed =
        order("4 buyer mark_paid\n20 buyer dispute other\n21 arbiter take\n22 arbiter award buyer");
    assert!(proposed.is_heard_by(ANOTHER_ARBITER));
    assert_eq!(proposed.ruling(ARBITER, Side::Buyer), Some(Ruling::Proposal));
    assert_eq!(proposed.ruling(ANOTHER_ARBITER, Side::Buyer), Some(Ruling::Award));
    assert_eq!(proposed.ruling(ANOTHER_ARBITER, Side::Seller), Some(Ruling::Proposal));
    assert_eq!(order("").ruling(ARBITER, Side::Buyer), None);
}
