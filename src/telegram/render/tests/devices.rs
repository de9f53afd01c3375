//! Phones that tell of payments: their pages, what is told about them, and the line on a card.

use chrono::TimeDelta;

use super::samples::at;
use super::show::{book, buttons, in_each_language};
use crate::domain::money::Fen;
use crate::domain::order::tests::samples::samples;
use crate::domain::order::{Order, OrderId, Side};
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, DeviceKind, Seen, SignalKind};
use crate::letter::{DeviceLine, DeviceNotice, DeviceScreen, Notice};
use crate::store::devices::Credentials;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::{Pen, Reading};
use crate::telegram::render::{devices, screen};

fn line(kind: DeviceKind, heard: bool) -> DeviceLine {
    let heard_at = heard.then(|| at() - TimeDelta::minutes(2));
    DeviceLine { device: DeviceId(3), kind, account: "139******78".to_owned(), heard_at }
}

fn setup(kind: DeviceKind, address: Option<&str>) -> DeviceScreen {
    DeviceScreen::Setup { device: DeviceId(3), kind, address: address.map(str::to_owned) }
}

/// The longest address that the configuration takes.
fn long_address() -> String {
    format!("https://{}", "a".repeat(172))
}

pub(super) fn screens() -> Vec<DeviceScreen> {
    let lines = vec![line(DeviceKind::Forwarder, true), line(DeviceKind::Vmq, false)];
    let long = format!("wxm***@{}.example", "a".repeat(200));
    vec![
        DeviceScreen::List { lines: vec![], open: false },
        DeviceScreen::List { lines, open: true },
        DeviceScreen::NoAccounts,
        DeviceScreen::Account {
            accounts: vec![(PayeeId(1), "139******78".to_owned()), (PayeeId(2), long)],
        },
        DeviceScreen::Kind { account: "139******78".to_owned() },
        setup(DeviceKind::Forwarder, None),
        setup(DeviceKind::Forwarder, Some("https://desk.example")),
        DeviceScreen::Card { line: line(DeviceKind::Forwarder, true) },
        DeviceScreen::Card { line: line(DeviceKind::Vmq, false) },
        DeviceScreen::Revoke { line: line(DeviceKind::Vmq, true) },
        DeviceScreen::Revoked { device: DeviceId(3) },
        DeviceScreen::Gone,
        DeviceScreen::TooMany { most: 10 },
    ]
}

pub(super) fn notices() -> Vec<Notice> {
    let (device, kind) = (DeviceId(3), DeviceKind::Forwarder);
    let orders = vec![OrderId(17), OrderId(18)];
    [
        DeviceNotice::Several { fen: Fen::yuan(720), orders: orders.clone() },
        DeviceNotice::Transfer { orders: orders.clone() },
        DeviceNotice::Unclear { orders },
        DeviceNotice::Silent { device, kind, since: at() },
        DeviceNotice::Back { device, kind },
        DeviceNotice::Misused { device, kind },
    ]
    .map(|what| Notice::Device { what })
    .into()
}

/// As it is opened for its owner.
fn opened(pen: &Pen<'_>, kind: DeviceKind, address: &str) -> Page {
    let credentials = Credentials {
        token: "TokenTokenTokenTokenTokenToken-_".into(),
        secret: "SecretSecretSecretSecretSecret-_".into(),
    };
    let step = setup(kind, Some(address));
    screen::devices::page(&screen::Wizard { pen, turn: 9 }, &step, Some(&credentials))
}

#[test]
fn a_setup_reads_well_and_can_be_copied() {
    in_each_language(1001, false, |pen| {
        let pages = DeviceKind::ALL.map(|kind| {
            let page = opened(pen, kind, "https://desk.example");
            assert!(page.protect && page.passing);
            let all = buttons(&page);
            let copied = all.iter().filter(|it| it["copy_text"].is_object()).count();
            assert_eq!(copied, if kind == DeviceKind::Forwarder { 3 } else { 2 });
            (format!("{kind:?}"), page)
        });
        insta::assert_snapshot!(format!("device_setup_{}", pen.language.tag()), book(pages));
    });
}

#[test]
fn the_longest_address_can_be_copied_and_sent() {
    in_each_language(1001, false, |pen| {
        let page = opened(pen, DeviceKind::Forwarder, &long_address());
        let all = buttons(&page);
        let copied = all.iter().filter(|it| it["copy_text"].is_object()).count();
        assert_eq!(copied, 3, "each fits a button");
        assert!(page.text.units() <= crate::telegram::html::MESSAGE);
    });
}

#[test]
fn only_the_seller_reads_of_a_signal_and_only_while_coins_are_locked() {
    for sample in samples() {
        for signal in SignalKind::ALL {
            let order = Order { seen: Some(Seen { signal, at: at() }), ..sample.order.clone() };
            in_each_language(1001, false, |pen| {
                let line = |reading| devices::seen(pen.t, &order, reading).as_str().to_owned();
                let said = line(Reading::Side(Side::Seller));
                assert_eq!(said.is_empty(), !order.holds_escrow(), "{}", sample.name);
                assert_eq!(line(Reading::Side(Side::Buyer)), "");
            });
        }
    }
    let order = samples().remove(0).order;
    in_each_language(1001, false, |pen| {
        let lines = SignalKind::ALL.map(|signal| {
            let seen = Some(Seen { signal, at: at() });
            let order = Order { seen, ..order.clone() };
            devices::seen(pen.t, &order, Reading::Side(Side::Seller)).as_str().to_owned()
        });
        insta::assert_snapshot!(format!("seen_{}", pen.language.tag()), lines.join("\n"));
    });
}
