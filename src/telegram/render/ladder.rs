//! What a buyer hears when an order has counted, and afterwards.

use super::card::mark;
use super::page::{Page, with};
use super::pen::Pen;
use super::time::moment;
use crate::domain::ladder::Offence;
use crate::letter::StrikeNotice;
use crate::telegram::action::Place;

pub(super) fn notice(pen: &Pen<'_>, strike: &StrikeNotice) -> Page {
    let t = pen.t;
    let code = pen.code(strike.order);
    let what = match strike.offence {
        Offence::Unpaid => t.strike_unpaid(code),
        Offence::FalsePaid => t.strike_false_paid(code),
    };
    Page::titled(t.strike_title())
        .line(mark(pen))
        .paragraph(what)
        .line(t.strike_number(strike.number))
        .paragraph(with(|it| t.strike_until(it), moment(strike.until)))
        .paragraph(t.strike_next())
        .row([pen.go_below(Place::Ads)])
}
