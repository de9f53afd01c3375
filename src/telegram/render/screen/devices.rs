//! Phones that tell of payments.

use secrecy::ExposeSecret;

use super::Wizard;
use crate::domain::receipt;
use crate::domain::signal::{DeviceId, DeviceKind};
use crate::letter::{DeviceLine, DeviceScreen};
use crate::locale::Texts;
use crate::receipts::{KEYWORD, forwarder};
use crate::store::devices::Credentials;
use crate::telegram::action::{Action, DeviceAction};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::page::{Page, code, with, with_two};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time::from_now;

/// A mask may be as long as an e-mail's domain; a phone shows about so much of a label.
const LABEL: usize = 40;

/// `credentials` are for the page that is pasted from. Without them that phone is gone.
pub(crate) fn page(
    it: &Wizard<'_>,
    step: &DeviceScreen,
    credentials: Option<&Credentials>,
) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        DeviceScreen::List { lines, open } => list(pen, lines, *open),
        DeviceScreen::NoAccounts => Page::titled(t.device_no_accounts_title())
            .paragraph(t.device_no_accounts())
            .row([button(pen, t.button_device_list(), DeviceAction::List, 0)]),
        DeviceScreen::Account { accounts } => Page::titled(t.device_account_title())
            .rows(accounts.iter().map(|(payee, mask)| {
                it.about(label(mask), Action::Device(DeviceAction::Account), payee.0)
            }))
            .row([it.leave()]),
        DeviceScreen::Kind { account } => Page::titled(t.device_kind_title())
            .paragraph(with(|it| t.device_watches(it), code(account)))
            .block([t.device_kind_forwarder_about().into(), t.device_kind_vmq_about().into()])
            .rows(
                DeviceKind::ALL
                    .map(|kind| it.button(name(t, kind), Action::Device(DeviceAction::Kind(kind)))),
            )
            .row([it.leave()]),
        DeviceScreen::Setup { device, kind, address } => match (address, credentials) {
            (None, _) => Page::titled(titled(t, *device, *kind))
                .paragraph(t.device_hooks_closed())
                .row([button(pen, t.button_device_list(), DeviceAction::List, 0)]),
            (Some(_), None) => gone(pen),
            (Some(address), Some(credentials)) => {
                setup(pen, (*device, *kind), address, credentials)
            }
        },
        DeviceScreen::Card { line } => card(pen, line),
        DeviceScreen::Revoke { line } => Page::titled(titled(t, line.device, line.kind))
            .paragraph(t.device_revoke_about())
            .row([button(
                pen,
                t.button_device_revoke_surely(),
                DeviceAction::RevokeSurely,
                line.device.0,
            )
            .styled(Style::Danger)])
            .row([button(pen, t.button_back(), DeviceAction::Open, line.device.0)]),
        DeviceScreen::Revoked { device } => Page::titled(t.device_revoked_title())
            .paragraph(t.device_revoked(device.to_string()))
            .row([button(pen, t.button_device_list(), DeviceAction::List, 0)]),
        DeviceScreen::Gone => gone(pen),
        DeviceScreen::TooMany { most } => Page::plain(t.device_too_many(*most)).row([button(
            pen,
            t.button_device_list(),
            DeviceAction::List,
            0,
        )]),
    }
}

fn list(pen: &Pen<'_>, lines: &[DeviceLine], open: bool) -> Page {
    let t = pen.t;
    let page = Page::titled(t.device_list_title()).paragraph(t.device_list_about());
    let page = if open { page } else { page.paragraph(t.device_hooks_closed()) };
    let page = match lines {
        [] => page.paragraph(t.device_list_none()),
        [_, ..] => page.block(lines.iter().map(|it| {
            Html::from(format!("{} · ", titled(t, it.device, it.kind)))
                .code(&it.account)
                .text(" · ")
                .html(heard(t, it))
        })),
    };
    page.rows(
        lines
            .iter()
            .map(|it| button(pen, titled(t, it.device, it.kind), DeviceAction::Open, it.device.0)),
    )
    .row([button(pen, t.button_device_add(), DeviceAction::Add, 0).styled(Style::Primary)])
}

fn card(pen: &Pen<'_>, line: &DeviceLine) -> Page {
    let t = pen.t;
    let about = |label, action| button(pen, label, action, line.device.0);
    Page::titled(titled(t, line.device, line.kind))
        .block([with(|it| t.device_watches(it), code(&line.account)), heard(t, line)])
        .paragraph(t.device_only_marks())
        .row([
            about(t.button_refresh(), DeviceAction::Open),
            about(t.button_device_setup(), DeviceAction::Setup),
        ])
        .row([about(t.button_device_revoke(), DeviceAction::Revoke)])
        .row([button(pen, t.button_device_list(), DeviceAction::List, 0)])
}

/// Everything that has to be typed into the phone, one tap each. Whoever reads it can play the
/// phone, so it cannot be forwarded, and does not stay in the chat.
fn setup(
    pen: &Pen<'_>,
    (device, kind): (DeviceId, DeviceKind),
    address: &str,
    credentials: &Credentials,
) -> Page {
    let t = pen.t;
    let url = format!("{address}/hooks/receipts/{}", credentials.token.expose_secret());
    let secret = credentials.secret.expose_secret();
    let page = Page::titled(titled(t, device, kind));
    let page = match kind {
        DeviceKind::Forwarder => page
            .paragraph(with_two(
                |keyword, package| t.device_setup_forwarder(keyword, package),
                code(KEYWORD),
                code(receipt::ALIPAY),
            ))
            .block([
                with(|it| t.device_setup_address(it), code(&url)),
                with(|it| t.device_setup_secret(it), code(secret)),
                with(|it| t.device_setup_template(it), code(forwarder::TEMPLATE)),
            ]),
        DeviceKind::Vmq => page.paragraph(t.device_setup_vmq()).block([
            with(|it| t.device_setup_address(it), code(&url)),
            with(|it| t.device_setup_secret(it), code(secret)),
        ]),
    };
    let template = match kind {
        DeviceKind::Forwarder => Button::copy(t.button_device_copy_template(), forwarder::TEMPLATE),
        DeviceKind::Vmq => None,
    };
    page.paragraph(t.device_setup_guard())
        .row(Button::copy(t.button_device_copy_address(), url))
        .row(Button::copy(t.button_device_copy_secret(), secret))
        .row(template)
        .row([button(pen, t.button_device_typed_in(), DeviceAction::PutAway, device.0)])
        .passing()
}

fn gone(pen: &Pen<'_>) -> Page {
    let list = button(pen, pen.t.button_device_list(), DeviceAction::List, 0);
    Page::plain(pen.t.device_gone()).row([list])
}

fn heard(t: &Texts, line: &DeviceLine) -> Html {
    match line.heard_at {
        Some(at) => with(|it| t.device_heard(it), from_now(at)),
        None => t.device_never_heard().into(),
    }
}

/// `No. 3 · SmsForwarder`
pub(crate) fn titled(t: &Texts, device: DeviceId, kind: DeviceKind) -> String {
    t.device_name(device.to_string(), name(t, kind))
}

fn name(t: &Texts, kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Forwarder => t.device_kind_forwarder(),
        DeviceKind::Vmq => t.device_kind_vmq(),
    }
}

fn label(mask: &str) -> String {
    match mask.char_indices().nth(LABEL) {
        Some((at, _)) => format!("{}…", &mask[..at]),
        None => mask.to_owned(),
    }
}

fn button(pen: &Pen<'_>, label: impl Into<String>, action: DeviceAction, subject: i64) -> Button {
    pen.button(label, Action::Device(action), (subject, 0))
}
