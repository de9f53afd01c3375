//! Twenty minutes of our own absence are nobody's loss.

use super::super::super::Fact;
use super::super::script::{Play, moment, play};

#[test]
fn a_window_and_a_grace_run_on_from_where_they_stood() {
    insta::assert_snapshot!(play("
        28 desk outage 20
        ..35
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    28 desk outage 20 -> awaiting_payment [both: we were away 20 min, fresh cards]
    30 clock -> awaiting_payment [buyer: pay by 35, cards]
    32 clock -> awaiting_payment [cards]
    33 clock -> awaiting_payment [cards]
    34 clock -> awaiting_payment [buyer: pay by 35, cards]
    35 clock -> overdue [cards, both: window over, grace to 45]
    ");
    insta::assert_snapshot!(play("
        15 clock
        36 desk outage 20
        ..45
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    36 desk outage 20 -> overdue [both: we were away 20 min, fresh cards]
    40 clock -> overdue [cards]
    42 clock -> overdue [cards]
    43 clock -> overdue [cards]
    44 clock -> overdue [buyer: grace ends at 45, cards]
    45 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_seller_is_asked_later() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        26 desk outage 20
        ..12h24
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    26 desk outage 20 -> paid [both: we were away 20 min, fresh cards]
    27 clock -> paid [seller: look now, 1]
    29 clock -> paid [seller: look now, 2]
    34 clock -> paid [seller: look now, 3]
    39 clock -> paid [arbiters: seller silent, seller: look now, 4]
    12h24 clock -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn a_refund_has_longer() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller refund payer
        27 desk outage 20
        ..24h26
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller refund payer -> refunding [cards, buyer: refund comes]
    27 desk outage 20 -> refunding [both: we were away 20 min, fresh cards]
    56 clock -> refunding [seller: send the refund]
    2h26 clock -> refunding [seller: send the refund]
    6h26 clock -> refunding [seller: send the refund]
    24h26 clock -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn the_ten_seconds_run_on() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        26:05 desk outage 20
        26:09 clock
        26:10 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    26:05 desk outage 20 -> releasing [both: we were away 20 min, fresh cards]
    26:09 clock -> releasing
    26:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn alipay_and_people_keep_their_own_time() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller arrives_later 2
        30 desk outage 20
        ..2h04
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller arrives_later 2 -> delayed [cards, buyer: arrives at 2h04]
    30 desk outage 20 -> delayed [fresh cards]
    2h04 clock -> paid [cards, seller: should be there]
    ");
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        9 seller dispute not_received
        30 desk outage 20
        ..35
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    9 seller dispute not_received -> disputed [cards, both: dispute, arbiters: dispute]
    30 desk outage 20 -> disputed [fresh cards]
    34 clock -> disputed [arbiters: dispute waits]
    ");
    insta::assert_snapshot!(play("
        4 buyer cancel other
        5 buyer claim
        30 desk outage 20
        31 buyer close_claim
        60 desk outage 20
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer cancel other -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    5 buyer claim -> claimed [cards, seller: claim by buyer, arbiters: claim by buyer, operators: claim by buyer]
    30 desk outage 20 -> claimed [fresh cards]
    31 buyer close_claim -> cancelled [cards, both: claim closed]
    60 desk outage 20 -> cancelled
    ");
}

#[test]
fn an_outage_that_cannot_have_been_moves_nothing() {
    insta::assert_snapshot!(play("
        5 desk outage -3
        5 desk outage 0
        6 desk outage 20
        21 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    5 desk outage -3 -> awaiting_payment
    5 desk outage 0 -> awaiting_payment
    6 desk outage 20 -> awaiting_payment [both: we were away 6 min, fresh cards]
    21 clock -> overdue [cards, both: window over, grace to 31]
    ");
    let order = Play::opened(|_, _| {}).order;
    for away_ms in [i64::MIN, -1, 0] {
        let step = order.clone().learn(Fact::Outage { away_ms }, moment("5"));
        assert_eq!(step.order, order, "nothing comes earlier than it was said");
    }
    let step = order.learn(Fact::Outage { away_ms: i64::MAX }, moment("5"));
    assert_eq!(step.order.due_at, Some(moment("10")), "no longer away than the order is old");
}
