//! Where an order stands, in a word or two.

use crate::domain::order::Kind;
use crate::locale::Texts;

pub(super) fn words(t: &Texts, kind: Kind) -> String {
    match kind {
        Kind::AwaitingPayment => t.status_awaiting_payment(),
        Kind::Overdue => t.status_overdue(),
        Kind::Paid => t.status_paid(),
        Kind::Delayed => t.status_delayed(),
        Kind::Refunding => t.status_refunding(),
        Kind::Releasing => t.status_releasing(),
        Kind::Disputed => t.status_disputed(),
        Kind::Claimed => t.status_claimed(),
        Kind::Released => t.status_released(),
        Kind::Cancelled => t.status_cancelled(),
        Kind::Expired => t.status_expired(),
    }
}
