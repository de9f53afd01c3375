//! A payment that is not as agreed goes back.

use super::super::script::play;

#[test]
fn a_refund_comes_to_an_end() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller refund payer
        7 buyer refund_sent
        9 seller refund_sent
        9 seller confirm_receipt
        20 seller refund_received
        20 buyer refund_received
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller refund payer -> refunding [cards, buyer: refund comes]
    7 buyer refund_sent -> no: only the other side may ask that
    9 seller refund_sent -> refunding [cards, buyer: refund sent]
    9 seller confirm_receipt -> no: not while the order is refunding
    20 seller refund_received -> no: only the other side may ask that
    20 buyer refund_received -> cancelled [cards, both: cancelled] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_refund_that_is_not_sent_becomes_a_dispute() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller refund amount
        ..24h10
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller refund amount -> refunding [cards, buyer: refund comes]
    36 clock -> refunding [seller: send the refund]
    2h06 clock -> refunding [seller: send the refund]
    6h06 clock -> refunding [seller: send the refund]
    24h06 clock -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}

#[test]
fn a_refund_that_nobody_confirms_becomes_a_dispute() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller refund memo
        60 seller refund_sent
        ..25h01
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller refund memo -> refunding [cards, buyer: refund comes]
    60 seller refund_sent -> refunding [cards, buyer: refund sent]
    90 clock -> refunding [buyer: refund there?]
    3h clock -> refunding [buyer: refund there?]
    7h clock -> refunding [buyer: refund there?]
    25h clock -> disputed [cards, both: dispute, arbiters: dispute]
    ");
}
