//! What phones have told, and what is told about them.

use chrono::{DateTime, Utc};

use super::card::mark;
use super::page::{Page, with};
use super::pen::Pen;
use super::screen::devices::titled;
use super::time::from_now;
use crate::domain::order::{Order, OrderId, Side};
use crate::domain::signal::{Seen, SignalKind};
use crate::letter::DeviceNotice;
use crate::locale::Texts;
use crate::telegram::action::{Action, DeviceAction, Place};
use crate::telegram::html::Html;
use crate::telegram::keyboard::Button;
use crate::telegram::render::pen::Reading;

/// So many orders get a button of their own.
const BUTTONS: usize = 5;

pub(super) fn notice(pen: &Pen<'_>, notice: &DeviceNotice) -> Page {
    let t = pen.t;
    let device = |label, device: crate::domain::signal::DeviceId| {
        pen.button(label, Action::Device(DeviceAction::Open), (device.0, 0))
    };
    let headed = |title| Page::titled(title).line(mark(pen));
    match notice {
        DeviceNotice::Several { fen, orders } => headed(t.signal_several_title())
            .paragraph(t.signal_several(fen.to_string()))
            .rows(buttons(pen, orders)),
        DeviceNotice::Transfer { orders } => headed(t.signal_transfer_title())
            .paragraph(t.signal_transfer())
            .rows(buttons(pen, orders)),
        DeviceNotice::Unclear { orders } => headed(t.signal_unclear_title())
            .paragraph(t.signal_unclear())
            .rows(buttons(pen, orders)),
        DeviceNotice::Silent { device: id, kind, since } => headed(t.device_silent_title())
            .paragraph(silent(t, &titled(t, *id, *kind), *since))
            .row([device(t.button_device_check(), *id), pen.go_below(Place::Orders)]),
        DeviceNotice::Back { device: id, kind } => {
            headed(t.device_back_title()).paragraph(t.device_back(titled(t, *id, *kind)))
        }
        DeviceNotice::Misused { device: id, kind } => headed(t.device_misused_title())
            .paragraph(t.device_misused(titled(t, *id, *kind)))
            .row([device(t.button_device_check(), *id)]),
    }
}

fn silent(t: &Texts, name: &str, since: DateTime<Utc>) -> Html {
    with(|it| t.device_silent(name, it), from_now(since))
}

/// Opens each order below: the notice is still needed beside it.
fn buttons(pen: &Pen<'_>, orders: &[OrderId]) -> Vec<Button> {
    let button = |it: &OrderId| {
        pen.button(pen.t.button_signal_order(it.code()), Action::OpenOrder, (it.0, 0))
    };
    orders.iter().take(BUTTONS).map(button).collect()
}

/// What the seller's card says of a signal while it may still matter.
pub(super) fn seen(t: &Texts, order: &Order, reading: Reading) -> Html {
    match (order.seen, reading) {
        (Some(seen), Reading::Side(Side::Seller)) if order.holds_escrow() => line(t, seen),
        (Some(_) | None, Reading::Side(Side::Seller | Side::Buyer) | Reading::Staff { .. }) => {
            Html::new()
        }
    }
}

fn line(t: &Texts, seen: Seen) -> Html {
    let at = from_now(seen.at);
    match seen.signal {
        SignalKind::Notification => with(|it| t.seen_notification(it), at),
        SignalKind::Vmq => with(|it| t.seen_vmq(it), at),
    }
}
