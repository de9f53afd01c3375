//! A clock that comes late, early or out of turn takes nothing from anybody.

use super::super::script::play;

#[test]
fn a_clock_that_goes_backwards_does_nothing_early_and_nothing_twice() {
    insta::assert_snapshot!(play("
        7:30 clock
        5 clock
        7:30 clock
        9:59 clock
        10 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    7:30 clock -> awaiting_payment [buyer: pay by 15, cards]
    5 clock -> awaiting_payment
    7:30 clock -> awaiting_payment
    9:59 clock -> awaiting_payment
    10 clock -> awaiting_payment [buyer: pay by 15, cards]
    ");
}

#[test]
fn the_grace_is_whole_however_late_the_clock_comes_to_the_window() {
    insta::assert_snapshot!(play("
        45 clock
        54:59 clock
        55 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    45 clock -> overdue [cards, both: window over, grace to 55]
    54:59 clock -> overdue [buyer: grace ends at 55, cards]
    55 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn paid_before_the_clock_came_to_the_window_leaves_the_grace_for_a_take_back() {
    insta::assert_snapshot!(play("
        15:01 buyer mark_paid
        16 buyer take_back
        25:58 clock
        25:59 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    15:01 buyer mark_paid -> paid [cards, seller: paid late]
    16 buyer take_back -> overdue [cards, seller: taken back]
    25:58 clock -> overdue [buyer: grace ends at 25:59, cards]
    25:59 clock -> expired [cards, both: expired] {escrow:17 -> user:1001 100 USDT}
    ");
}

#[test]
fn news_in_between_do_not_swallow_a_reminder_that_is_due() {
    insta::assert_snapshot!(play("
        5 clock
        7:31 desk payment_seen
        7:31 desk unreachable seller
        7:32 clock
    "), @r"
    0 opened -> awaiting_payment [fresh cards] {user:1001 -> escrow:17 100 USDT}
    5 clock -> awaiting_payment [cards]
    7:31 desk payment_seen -> awaiting_payment [seller card, seller: looks paid]
    7:31 desk unreachable seller -> awaiting_payment [buyer: seller unreachable, operators: seller unreachable]
    7:32 clock -> awaiting_payment [buyer: pay by 15]
    ");
}
