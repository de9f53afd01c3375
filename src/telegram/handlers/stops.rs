//! The operator: stops all new orders, a person or an ad, and lifts it again.

use crate::app::{App, StopRefusal};
use crate::domain::UserId;
use crate::domain::ad::AdId;
use crate::domain::stop::{StopId, Target};
use crate::letter::{Screen, StopCommand, StopLine, StopsScreen};
use crate::store::users::StaffRole;
use crate::telegram::HandlerError;
use crate::telegram::html::visible;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;

type Done = Result<(), HandlerError>;

/// Stops on one page of the list.
const PAGE: u32 = 8;
/// How long a reason is, in characters: it stands on pages of other people.
const REASON: std::ops::RangeInclusive<usize> = 3..=200;

/// `/pause We are moving to another wallet.`
pub async fn pause(app: App, it: Incoming, text: String) -> Done {
    stop(app, it, StopCommand::Pause, Some((Target::Desk, text))).await
}

pub async fn resume(app: App, it: Incoming) -> Done {
    lift_target(app, it, Target::Desk).await
}

/// `/stop 7654321 Please write to us.`
pub async fn stop_user(app: App, it: Incoming, text: String) -> Done {
    let read = numbered(&text).map(|(id, reason)| (Target::User(UserId(id)), reason));
    stop(app, it, StopCommand::Stop, read).await
}

pub async fn allow_user(app: App, it: Incoming, text: String) -> Done {
    let read = numbered(&text).map(|(id, _)| Target::User(UserId(id)));
    allow(app, it, StopCommand::Allow, read).await
}

/// `/stopad 12 That price is a mistake.`
pub async fn stop_ad(app: App, it: Incoming, text: String) -> Done {
    let read = numbered(&text).map(|(id, reason)| (Target::Ad(AdId(id)), reason));
    stop(app, it, StopCommand::StopAd, read).await
}

pub async fn allow_ad(app: App, it: Incoming, text: String) -> Done {
    let read = numbered(&text).map(|(id, _)| Target::Ad(AdId(id)));
    allow(app, it, StopCommand::AllowAd, read).await
}

async fn stop(
    app: App,
    it: Incoming,
    command: StopCommand,
    read: Option<(Target, String)>,
) -> Done {
    let screen = match read {
        _ if !is_operator(&app, &it).await? => Screen::NotStaff,
        Some(_) if it.old => Screen::TooOld,
        Some((target, text)) if !text.trim().is_empty() => match readable(&text) {
            Some(reason) => return stop_for(app, it, target, reason).await,
            None => stops(StopsScreen::NoReason { command }),
        },
        Some(_) | None => stops(StopsScreen::Usage { command }),
    };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

async fn stop_for(app: App, it: Incoming, target: Target, reason: String) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<StopLine, StopRefusal>| {
        said.shows(match outcome {
            Ok(line) => stops(StopsScreen::Stopped { line }),
            Err(refusal) => refused(refusal, target),
        })
    };
    Ok(app.stop(it.origin, target, reason, say).await?)
}

async fn allow(app: App, it: Incoming, command: StopCommand, read: Option<Target>) -> Done {
    match read {
        Some(target) => lift_target(app, it, target).await,
        None => {
            let screen = match is_operator(&app, &it).await? {
                true => stops(StopsScreen::Usage { command }),
                false => Screen::NotStaff,
            };
            Ok(app.reply(it.origin, it.shows(screen)).await?)
        }
    }
}

async fn lift_target(app: App, it: Incoming, target: Target) -> Done {
    if it.old {
        return Ok(app.reply(it.origin, it.shows(Screen::TooOld)).await?);
    }
    let said = it.clone();
    let say = move |outcome: Result<(), StopRefusal>| {
        said.shows(match outcome {
            Ok(()) => stops(StopsScreen::Lifted { target }),
            Err(refusal) => refused(refusal, target),
        })
    };
    Ok(app.lift(it.origin, target, say).await?)
}

fn refused(refusal: StopRefusal, target: Target) -> Screen {
    match refusal {
        StopRefusal::NotOperator => Screen::NotStaff,
        StopRefusal::Unknown => stops(StopsScreen::Unknown { target }),
        StopRefusal::Already { line } => stops(StopsScreen::Already { line }),
        StopRefusal::NotStopped => stops(StopsScreen::NotStopped { target }),
    }
}

pub async fn list(app: App, it: Incoming) -> Done {
    page(app, it, 0).await
}

pub async fn page(app: App, it: Incoming, page: u16) -> Done {
    let screen = match is_operator(&app, &it).await? {
        false => Screen::NotStaff,
        true => {
            let page = u32::from(page);
            let found = app.store().stops(page * PAGE, PAGE + 1).await?;
            let more = found.len() > PAGE as usize;
            let lines = found.into_iter().take(PAGE as usize).map(StopLine::from).collect();
            stops(StopsScreen::List { page, lines, more })
        }
    };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

/// One stop, with what was written. One that was lifted meanwhile leads to those that are left.
pub async fn open(app: App, it: Incoming, press: Press) -> Done {
    if !is_operator(&app, &it).await? {
        return Ok(app.reply(it.origin, it.shows(Screen::NotStaff)).await?);
    }
    match app.store().stop(StopId(press.subject)).await? {
        Some(stop) => {
            let screen = stops(StopsScreen::Card { line: StopLine::from(stop) });
            Ok(app.reply(it.origin, it.shows(screen)).await?)
        }
        None => list(app, it).await,
    }
}

pub async fn lift(app: App, it: Incoming, press: Press) -> Done {
    match app.store().stop(StopId(press.subject)).await? {
        Some(stop) => lift_target(app, it, stop.target).await,
        None => list(app, it).await,
    }
}

/// For pages; what an operator does is looked at again when it is done.
async fn is_operator(app: &App, it: &Incoming) -> Result<bool, HandlerError> {
    Ok(app.is_staff(it.origin.user, StaffRole::Operator).await?)
}

/// A number, and what stands behind it.
fn numbered(text: &str) -> Option<(i64, String)> {
    let text = text.trim();
    let (number, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let id = number.parse::<i64>().ok().filter(|it| *it > 0)?;
    Some((id, rest.to_owned()))
}

/// One line of what can be seen, if it is a reason by its length.
fn readable(text: &str) -> Option<String> {
    let seen: String = text.chars().filter_map(visible).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    REASON.contains(&line.chars().count()).then_some(line)
}

fn stops(step: StopsScreen) -> Screen {
    Screen::Stops { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_can_be_seen() {
        assert_eq!(readable(" We are\n moving \u{202E}. "), Some("We are moving .".to_owned()));
        assert_eq!(readable("ab"), None);
        assert_eq!(readable("\u{200B}\u{200B}\u{200B}"), None);
        assert_eq!(readable(&"长".repeat(200)), Some("长".repeat(200)));
        assert_eq!(readable(&"长".repeat(201)), None);
    }

    #[test]
    fn a_number_stands_before_the_reason() {
        assert_eq!(numbered(" 12  It is a mistake"), Some((12, " It is a mistake".to_owned())));
        assert_eq!(numbered("12"), Some((12, String::new())));
        for wrong in ["", "twelve", "-12 x", "0 x", "12x y"] {
            assert_eq!(numbered(wrong), None, "{wrong:?}");
        }
    }
}
