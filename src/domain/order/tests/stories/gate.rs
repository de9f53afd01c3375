//! The five questions between "paid" and the coins.

use super::super::script::{Play, large, play, play_with};
use crate::domain::money::Fen;
use crate::domain::order::Question;

#[test]
fn a_seller_answers_five_questions_in_their_order() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        5 seller confirm digits
        6 seller answer memo yes
        6 seller answer entry yes
        6 seller answer arrival yes
        6 buyer answer amount yes
        6 seller answer amount yes
        6 seller confirm totp
        6 seller compare match
        6 seller answer memo yes
        7 seller confirm digits
        7:10 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    5 seller confirm digits -> no: the gate is not passed: entry
    6 seller answer memo yes -> no: the gate is not passed: entry
    6 seller answer entry yes -> paid
    6 seller answer arrival yes -> paid
    6 buyer answer amount yes -> no: only the other side may ask that
    6 seller answer amount yes -> paid
    6 seller confirm totp -> no: the gate is not passed: payer
    6 seller compare match -> paid
    6 seller answer memo yes -> paid
    7 seller confirm digits -> releasing [cards, buyer: coins go at 7:10]
    7:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn a_no_stands_in_the_way_until_it_is_taken_back_or_leads_elsewhere() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller answer entry yes
        6 seller answer arrival no
        6 seller answer amount yes
        6 seller confirm totp
        7 seller arrives_later 2
        ..2h04
        2h05 seller answer arrival yes
        2h05 seller confirm totp
        2h06 seller confirm_receipt
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller answer entry yes -> paid
    6 seller answer arrival no -> paid
    6 seller answer amount yes -> no: the gate is not passed: arrival
    6 seller confirm totp -> no: the gate is not passed: arrival
    7 seller arrives_later 2 -> delayed [cards, buyer: arrives at 2h04]
    2h04 clock -> paid [cards, seller: should be there]
    2h05 seller answer arrival yes -> no: the gate is not passed: entry
    2h05 seller confirm totp -> no: the gate is not passed: entry
    2h06 seller confirm_receipt -> releasing [cards, buyer: coins go at 2h06:10]
    ");
}

#[test]
fn masks_that_do_not_fit_let_no_yes_pass() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller compare match
        6 seller answer entry yes
        6 seller answer arrival yes
        6 seller answer amount yes
        6 seller compare mismatch
        6 seller answer payer yes
        6 seller confirm totp
        6 seller compare inconclusive
        6 seller answer payer yes
        6 seller compare mismatch
        7 seller refund payer
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller compare match -> no: the gate is not passed: entry
    6 seller answer entry yes -> paid
    6 seller answer arrival yes -> paid
    6 seller answer amount yes -> paid
    6 seller compare mismatch -> paid
    6 seller answer payer yes -> no: the payer is not the one who was declared
    6 seller confirm totp -> no: the gate is not passed: payer
    6 seller compare inconclusive -> paid
    6 seller answer payer yes -> paid
    6 seller compare mismatch -> paid
    7 seller refund payer -> refunding [cards, buyer: refund comes]
    ");
}

#[test]
fn the_gate_begins_anew_after_a_stop() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        6:05 seller stop
        7 seller confirm totp
        7 seller confirm_receipt
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:05 seller stop -> paid [cards, buyer: stopped]
    7 seller confirm totp -> no: the gate is not passed: entry
    7 seller confirm_receipt -> releasing [cards, buyer: coins go at 7:10]
    ");
}

#[test]
fn a_large_amount_needs_a_code() {
    insta::assert_snapshot!(play_with("
        4 buyer mark_paid
        6 seller answer entry yes
        6 seller answer arrival yes
        6 seller answer amount yes
        6 seller answer payer yes
        6 seller answer memo yes
        7 seller confirm digits
        7 seller confirm recovery
    ", large), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller answer entry yes -> paid
    6 seller answer arrival yes -> paid
    6 seller answer amount yes -> paid
    6 seller answer payer yes -> paid
    6 seller answer memo yes -> paid
    7 seller confirm digits -> no: from this amount on only a code from the second factor counts
    7 seller confirm recovery -> releasing [cards, buyer: coins go at 7:10]
    ");
}

#[test]
fn a_code_is_asked_for_above_the_price_that_was_agreed() {
    // What was added to tell two payments apart is not the seller's doing.
    for (fen, added, needs) in
        [(500_000, 0, false), (500_001, 0, true), (500_003, 3, false), (500_003, 2, true)]
    {
        let play = Play::opened(|deal, _| (deal.fen, deal.added) = (Fen(fen), Fen(added)));
        assert_eq!(play.order.needs_code(), needs, "{fen}, {added} of it added");
    }
}

#[test]
fn a_gate_is_complete_with_five_times_yes_and_a_no_is_remembered() {
    let play = Play::opened(|_, _| {}).plays("4 buyer mark_paid\n5 seller answer entry yes");
    let gate = play.order.gate;
    assert_eq!((gate.open(), gate.refused()), (Some(Question::Arrival), None));
    let play = play.plays("6 seller answer arrival no");
    let gate = play.order.gate;
    assert_eq!((gate.open(), gate.refused()), (Some(Question::Arrival), Some(Question::Arrival)));
    assert!(!gate.is_complete());
    let play = play.plays(
        "7 seller answer arrival yes
         7 seller answer amount yes
         7 seller answer payer yes
         7 seller answer memo yes",
    );
    let gate = play.order.gate;
    assert_eq!((gate.open(), gate.refused()), (None, None));
    assert!(gate.is_complete());
}

#[test]
fn masks_that_were_typed_anew_ask_for_a_new_answer() {
    let play = Play::opened(|_, _| {}).plays(
        "4 buyer mark_paid
         5 seller answer entry yes
         5 seller answer arrival yes
         5 seller answer amount yes
         6 seller compare match",
    );
    assert_eq!(play.order.gate.open(), Some(Question::Memo));
    let play = play.plays("7 seller compare inconclusive");
    assert_eq!(play.order.gate.open(), Some(Question::Payer));
}

#[test]
fn who_gets_less_asks_for_the_rest() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller answer entry yes
        6 seller short 72000
        6 seller short 0
        6 seller short 71999
        7 seller short 70000
        20 seller confirm_receipt
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller answer entry yes -> paid
    6 seller short 72000 -> no: not one of the choices
    6 seller short 0 -> no: not one of the choices
    6 seller short 71999 -> paid [cards, buyer: ¥0.01 missing]
    7 seller short 70000 -> paid [cards, buyer: ¥20.00 missing]
    20 seller confirm_receipt -> releasing [cards, buyer: coins go at 20:10]
    ");
}

#[test]
fn money_that_nobody_has_spoken_of_can_be_late_or_wrong_too() {
    insta::assert_snapshot!(play("
        15 clock
        16 seller arrives_later 2
        17 seller refund payer
        18 seller refund_sent
        19 seller number
        20 buyer refund_received
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    16 seller arrives_later 2 -> delayed [cards, buyer: arrives at 2h16]
    17 seller refund payer -> refunding [cards, buyer: refund comes]
    18 seller refund_sent -> refunding [cards, buyer: refund sent]
    19 seller number -> refunding [buyer card]
    20 buyer refund_received -> cancelled [cards, both: cancelled] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_number_only_helps_to_find_the_payment() {
    insta::assert_snapshot!(play("
        3 buyer number
        4 buyer mark_paid
        5 buyer number
        5 seller number
        6 seller confirm totp
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    3 buyer number -> no: not while the order is awaiting_payment
    4 buyer mark_paid -> paid [cards, seller: paid]
    5 buyer number -> paid [seller card]
    5 seller number -> no: not while the order is paid
    6 seller confirm totp -> no: the gate is not passed: entry
    ");
}
