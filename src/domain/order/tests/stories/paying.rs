//! From the locked coins to "paid", or to an end without a payment.

use super::super::script::{play, play_with};

#[test]
fn a_sale_from_the_locked_coins_to_the_released_ones() {
    insta::assert_snapshot!(play("
        4 buyer mark_paid
        6 seller confirm_receipt
        ..7
        8 seller confirm_receipt
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    4 buyer mark_paid -> paid [cards, seller: paid]
    6 seller confirm_receipt -> releasing [cards, buyer: coins go at 6:10]
    6:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    8 seller confirm_receipt -> no: not while the order is released
    ");
}

#[test]
fn a_buyer_cancels() {
    insta::assert_snapshot!(play("
        2 seller cancel other
        2 buyer cancel cannot_pay
        3 buyer mark_paid
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 seller cancel other -> no: only the other side may ask that
    2 buyer cancel cannot_pay -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    3 buyer mark_paid -> no: not while the order is cancelled
    ");
}

#[test]
fn nobody_pays_and_the_coins_go_back_after_the_grace() {
    insta::assert_snapshot!(play("
        15 clock
        20 buyer cancel other
        20 seller extend 5
        24 clock
        25 clock
        26 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    20 buyer cancel other -> no: not while the order is overdue
    20 seller extend 5 -> no: not while the order is overdue
    24 clock -> overdue [buyer: grace ends at 25, cards]
    25 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    26 clock -> expired
    ");
}

#[test]
fn a_late_payment_in_the_grace_is_a_payment() {
    insta::assert_snapshot!(play("
        15 clock
        22 buyer mark_paid
        23 seller confirm_receipt
        ..24
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    22 buyer mark_paid -> paid [cards, seller: paid late]
    23 seller confirm_receipt -> releasing [cards, buyer: coins go at 23:10]
    23:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn the_clock_of_an_end_may_come_late_and_paid_still_counts() {
    insta::assert_snapshot!(play("
        15 buyer mark_paid
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 buyer mark_paid -> paid [cards, seller: paid]
    ");
    insta::assert_snapshot!(play("
        15:01 buyer mark_paid
        15:02 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15:01 buyer mark_paid -> paid [cards, seller: paid late]
    15:02 clock -> paid
    ");
    insta::assert_snapshot!(play("
        15 clock
        25:01 buyer mark_paid
        25:02 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    25:01 buyer mark_paid -> paid [cards, seller: paid late]
    25:02 clock -> paid
    ");
}

#[test]
fn a_seller_who_sees_the_money_in_the_grace_confirms_it() {
    insta::assert_snapshot!(play("
        15 clock
        16 seller confirm_receipt
        ..17
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    16 seller confirm_receipt -> releasing [cards, buyer: coins go at 16:10]
    16:10 clock -> released [cards, both: released] {escrow:17 -> user:2001 100 USDT}
    ");
}

#[test]
fn a_paid_is_taken_back_once_and_the_rest_of_the_window_runs_on() {
    insta::assert_snapshot!(play("
        6 buyer mark_paid
        8 buyer take_back
        9 buyer mark_paid
        9 buyer take_back
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    6 buyer mark_paid -> paid [cards, seller: paid]
    8 buyer take_back -> awaiting_payment [cards, seller: taken back]
    9 buyer mark_paid -> paid [cards, seller: paid]
    9 buyer take_back -> no: that can be done once, and has been
    ");
    insta::assert_snapshot!(play("
        6 buyer mark_paid
        8 buyer take_back
        ..17
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    6 buyer mark_paid -> paid [cards, seller: paid]
    8 buyer take_back -> awaiting_payment [cards, seller: taken back]
    12 clock -> awaiting_payment [cards]
    12:30 clock -> awaiting_payment [buyer: pay by 17]
    14 clock -> awaiting_payment [cards]
    15 clock -> awaiting_payment [cards]
    16 clock -> awaiting_payment [buyer: pay by 17, cards]
    17 clock -> overdue [cards, both: window over, grace to 27]
    ");
}

#[test]
fn a_late_paid_is_taken_back_and_the_rest_of_the_grace_runs_on() {
    insta::assert_snapshot!(play("
        15 clock
        21 buyer mark_paid
        30 buyer take_back
        ..34
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15 clock -> overdue [cards, both: window over, grace to 25]
    21 buyer mark_paid -> paid [cards, seller: paid late]
    30 buyer take_back -> overdue [cards, seller: taken back]
    31 clock -> overdue [cards]
    32 clock -> overdue [cards]
    33 clock -> overdue [buyer: grace ends at 34, cards]
    34 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_seller_gives_more_time_once_in_three_sizes() {
    insta::assert_snapshot!(play("
        3 seller extend 0
        3 seller extend 7
        3 buyer extend 5
        3 seller extend 15
        4 seller extend 5
        29 clock
        30 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    3 seller extend 0 -> no: not one of the choices
    3 seller extend 7 -> no: not one of the choices
    3 buyer extend 5 -> no: only the other side may ask that
    3 seller extend 15 -> awaiting_payment [cards, buyer: 15 more minutes]
    4 seller extend 5 -> no: that can be done once, and has been
    29 clock -> awaiting_payment [buyer: pay by 30, cards]
    30 clock -> overdue [cards, both: window over, grace to 40]
    ");
}

#[test]
fn both_agree_to_cancel() {
    insta::assert_snapshot!(play("
        2 seller agree_to_cancel
        3 seller agree_to_cancel
        4 buyer agree_to_cancel
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 seller agree_to_cancel -> awaiting_payment [cards, buyer: cancel?]
    3 seller agree_to_cancel -> no: already agreed; the other side has not
    4 buyer agree_to_cancel -> cancelled [cards, both: cancelled] {escrow:17 -> user:1001 100 USDT}
    ");
    insta::assert_snapshot!(play("
        2 buyer agree_to_cancel
        3 buyer mark_paid
        4 seller agree_to_cancel
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 buyer agree_to_cancel -> awaiting_payment [cards, seller: cancel?]
    3 buyer mark_paid -> paid [cards, seller: paid]
    4 seller agree_to_cancel -> no: not while the order is paid
    ");
}

#[test]
fn a_buyer_gives_up_in_the_grace() {
    insta::assert_snapshot!(play("
        10 buyer give_up
        15 clock
        16 buyer give_up
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    10 buyer give_up -> no: not while the order is awaiting_payment
    15 clock -> overdue [cards, both: window over, grace to 25]
    16 buyer give_up -> cancelled [cards, seller: cancelled] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn a_press_on_an_old_card_changes_nothing() {
    insta::assert_snapshot!(play("
        2 seller@1 extend 5
        3 buyer@1 mark_paid
        3 stranger@1 mark_paid
        3 seller@1 mark_paid
        3 buyer@2 mark_paid
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    2 seller@1 extend 5 -> awaiting_payment [cards, buyer: 5 more minutes]
    3 buyer@1 mark_paid -> no: the order has changed since
    3 stranger@1 mark_paid -> no: not a party to this order
    3 seller@1 mark_paid -> no: only the other side may ask that
    3 buyer@2 mark_paid -> paid [cards, seller: paid]
    ");
}

#[test]
fn a_demo_sale_takes_minutes() {
    let demo = |script| {
        play_with(script, |_, policy| {
            policy.window = 3;
            policy.terms.grace_seconds = 60;
        })
    };
    insta::assert_snapshot!(demo("..10"), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    1 clock -> awaiting_payment [cards]
    1:30 clock -> awaiting_payment [buyer: pay by 3]
    2 clock -> awaiting_payment [buyer: pay by 3, cards]
    3 clock -> overdue [cards, both: window over, grace to 4]
    4 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}
