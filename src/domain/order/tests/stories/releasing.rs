//! From "paid" to the released coins.

use super::super::script::play;

#[test]
fn a_seller_stops_in_the_ten_seconds() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:05 buyer stop
        6:09 seller stop
        6:10 clock
        7 seller confirm_receipt
        7:10 clock
        7:10 seller stop
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:05 buyer stop -> no: only the other side may ask that
    6:09 seller stop -> paid [cards, buyer: stopped]
    6:10 clock -> paid
    7 seller confirm_receipt -> releasing [cards, buyer: coins go at 7:10]
    7:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    7:10 seller stop -> no: not while the order is released
    ");
}

#[test]
fn a_stop_counts_until_the_clock_has_come() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:11 seller stop
        6:11 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:11 seller stop -> paid [cards, buyer: stopped]
    6:11 clock -> paid
    ");
}

#[test]
fn not_arrived_yet_is_an_answer() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller not_arrived
        ..12h
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller not_arrived -> paid [cards, buyer: not arrived yet]
    34 clock -> paid [seller: look now, 1]
    64 clock -> paid [seller: look now, 2]
    3h04 clock -> paid [seller: look now, 3]
    6h04 clock -> paid [seller: look now, 4]
    11h04 clock -> paid [seller: look now, 5]
    ");
}

#[test]
fn alipay_holds_a_payment_back_for_two_hours() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller arrives_later 3
        6 seller arrives_later 4294967295
        6 seller arrives_later 2
        ..2h10
        2h11 seller arrives_later 2
        2h11 seller arrives_later 12
        2h12 seller confirm_receipt
        ..3h
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller arrives_later 3 -> no: not one of the choices
    6 seller arrives_later 4294967295 -> no: not one of the choices
    6 seller arrives_later 2 -> delayed [cards, buyer: arrives at 2h04]
    2h04 clock -> paid [cards, seller: should be there]
    2h07 clock -> paid [seller: look now, 1]
    2h09 clock -> paid [seller: look now, 2]
    2h11 seller arrives_later 2 -> no: not one of the choices
    2h11 seller arrives_later 12 -> delayed [cards, buyer: arrives at 12h04]
    2h12 seller confirm_receipt -> releasing [cards, buyer: coins go at 2h12:10]
    2h12:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}
