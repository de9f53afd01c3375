//! The second factor: on or off, the secret to scan, the recovery codes.

use chrono::{DateTime, Utc};

use super::Wizard;
use crate::domain::UserId;
use crate::domain::factor::{FactorRefusal, Totp};
use crate::letter::{SecurityScreen, SecurityWish};
use crate::telegram::action::{Action, Place, SecurityStep};
use crate::telegram::html::Html;
use crate::telegram::keyboard::{Button, Style};
use crate::telegram::render::page::{Page, code, with};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::{problem, qr};

/// What a page shows to its owner, opened just before it is sent.
pub(in crate::telegram::render) enum Secret {
    Totp(Totp),
    Codes(Vec<String>),
}

/// Without its secret a page that would show one says that there is nothing to see any more.
pub(in crate::telegram::render) fn page(
    it: &Wizard<'_>,
    step: &SecurityScreen,
    secret: Option<&Secret>,
) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    match step {
        SecurityScreen::Overview { on, codes, locked } => overview(pen, *on, *codes, *locked),
        SecurityScreen::Scan => match secret {
            Some(Secret::Totp(totp)) => scan(it, totp),
            Some(Secret::Codes(_)) | None => gone(pen),
        },
        SecurityScreen::WrongCode => Page::titled(t.security_wrong_title())
            .paragraph(t.security_wrong_about())
            .row([button(pen, t.button_show_again(), SecurityStep::ShowAgain)])
            .row([it.leave()]),
        SecurityScreen::Codes => match secret {
            Some(Secret::Codes(codes)) => recovery(pen, codes),
            Some(Secret::Totp(_)) | None => gone(pen),
        },
        SecurityScreen::Prove { wish, problem } => prove(it, *wish, *problem),
        SecurityScreen::TurnedOff => Page::titled(t.security_turned_off_title())
            .paragraph(t.security_off_about())
            .row([turn_on(pen)]),
    }
}

fn overview(pen: &Pen<'_>, on: bool, codes: u32, locked: Option<DateTime<Utc>>) -> Page {
    let t = pen.t;
    let locked = locked.map(|until| problem::factor(t, FactorRefusal::Locked { until }));
    if !on {
        return Page::titled(t.security_off_title())
            .problem(locked)
            .paragraph(t.security_off_about())
            .row([turn_on(pen)]);
    }
    Page::titled(t.security_on_title())
        .problem(locked)
        .paragraph(t.security_on_about())
        .line(t.security_codes_left(codes))
        .row([button(pen, t.button_new_codes(), SecurityStep::NewCodes)])
        .row([button(pen, t.button_turn_off(), SecurityStep::TurnOff).styled(Style::Danger)])
}

/// The picture for the camera, the secret for who reads this on the same phone.
fn scan(it: &Wizard<'_>, totp: &Totp) -> Page {
    let (pen, t) = (it.pen, it.pen.t);
    let secret = totp.base32();
    Page::titled(t.security_scan_title())
        .paragraph(with(|it| t.security_scan_about(it), code(&secret)))
        .paragraph(t.security_scan_then())
        .paragraph(Html::new().bold(t.security_scan_secret()))
        .row(Button::copy(t.button_copy_key(), secret))
        .row([it.leave()])
        .picture(qr::picture(&totp.link(UserId(pen.reader))))
        .passing()
}

fn recovery(pen: &Pen<'_>, codes: &[String]) -> Page {
    let t = pen.t;
    Page::titled(t.security_codes_title())
        .block(codes.iter().map(code))
        .paragraph(t.security_codes_about())
        .paragraph(Html::new().bold(t.security_codes_once()))
        .row([button(pen, t.button_codes_kept(), SecurityStep::Kept).styled(Style::Primary)])
        .passing()
}

fn prove(it: &Wizard<'_>, wish: SecurityWish, problem: Option<FactorRefusal>) -> Page {
    let t = it.pen.t;
    let (title, about) = match wish {
        SecurityWish::TurnOff => (t.security_turn_off_title(), t.security_turn_off_about()),
        SecurityWish::NewCodes => (t.security_new_codes_title(), t.security_new_codes_about()),
    };
    Page::titled(title)
        .problem(problem.map(|it| problem::factor(t, it)))
        .paragraph(about)
        .paragraph(t.security_type_code())
        .row([it.leave()])
}

fn gone(pen: &Pen<'_>) -> Page {
    Page::plain(pen.t.security_gone()).row([pen.go(Place::Security)])
}

fn turn_on(pen: &Pen<'_>) -> Button {
    button(pen, pen.t.button_turn_on(), SecurityStep::TurnOn).styled(Style::Primary)
}

fn button(pen: &Pen<'_>, label: String, step: SecurityStep) -> Button {
    pen.always(label, Action::Security(step))
}
