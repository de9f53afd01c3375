//! `/security`: an authenticator is added, confirmed, taken off; recovery codes are shown once.

use crate::app::{App, EnrolRefusal, Talk as Becomes};
use crate::domain::factor::FactorRefusal;
use crate::letter::{Screen, SecurityScreen, SecurityWish};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::{Security, Talk};

type Done = Result<(), HandlerError>;

pub async fn begin(app: App, it: Incoming) -> Done {
    let screen = overview(&app, &it).await?;
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

async fn overview(app: &App, it: &Incoming) -> Result<Screen, HandlerError> {
    let state = app.store().factor_state(it.origin.user).await?;
    let locked = state.locked_until.filter(|until| app.now() < *until);
    let step = SecurityScreen::Overview { on: state.on, codes: state.codes, locked };
    Ok(security(step))
}

/// A new secret, to be scanned. The page before has to go: it may show another one.
pub async fn turn_on(app: App, it: Incoming) -> Done {
    let it = it.below();
    let otherwise = it.ends(overview(&app, &it).await?);
    let scan = it.step(security(SecurityScreen::Scan), &Talk::Security(Security::Confirm))?;
    let say = move |outcome: Result<(), EnrolRefusal>| match outcome {
        Ok(()) => scan,
        Err(EnrolRefusal::On | EnrolRefusal::WrongCode | EnrolRefusal::NotBegun) => otherwise,
    };
    Ok(app.enrol(it.origin, say).await?)
}

/// The same secret once more.
pub async fn show_again(app: App, it: Incoming) -> Done {
    if it.talk != Talk::Security(Security::Confirm) {
        return begin(app, it).await;
    }
    let it = it.below();
    let scan = it.step(security(SecurityScreen::Scan), &it.talk)?;
    Ok(app.hide_secrets(it.origin, scan).await?)
}

/// The first code was typed.
pub async fn confirm(app: App, it: Incoming, text: String) -> Done {
    let otherwise = it.ends(overview(&app, &it).await?);
    let wrong = it.step(security(SecurityScreen::WrongCode), &it.talk)?;
    let codes = it.ends(security(SecurityScreen::Codes));
    let say = move |outcome: Result<(), EnrolRefusal>| match outcome {
        Ok(()) => codes,
        Err(EnrolRefusal::WrongCode) => wrong,
        Err(EnrolRefusal::On | EnrolRefusal::NotBegun) => otherwise,
    };
    Ok(app.confirm_enrolment(it.origin, text, say).await?)
}

/// The recovery codes are written down.
pub async fn kept(app: App, it: Incoming) -> Done {
    let it = it.below();
    let reply = it.shows(overview(&app, &it).await?);
    Ok(app.hide_secrets(it.origin, reply).await?)
}

pub async fn turn_off(app: App, it: Incoming) -> Done {
    ask(app, it, SecurityWish::TurnOff).await
}

pub async fn new_codes(app: App, it: Incoming) -> Done {
    ask(app, it, SecurityWish::NewCodes).await
}

async fn ask(app: App, it: Incoming, wish: SecurityWish) -> Done {
    if !app.store().has_totp(it.origin.user).await? {
        return begin(app, it).await;
    }
    let screen = security(SecurityScreen::Prove { wish, problem: None });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Security(Security::Prove(wish)))?).await?)
}

/// A code was typed for it.
pub async fn prove(app: App, it: Incoming, text: String, wish: SecurityWish) -> Done {
    let (said, waits) = (it.clone(), Becomes::Becomes(it.talk.to_json()?));
    let say = move |outcome: Result<(), FactorRefusal>| match (outcome, wish) {
        (Ok(()), SecurityWish::TurnOff) => said.ends(security(SecurityScreen::TurnedOff)),
        (Ok(()), SecurityWish::NewCodes) => said.ends(security(SecurityScreen::Codes)),
        (Err(FactorRefusal::NotEnrolled), _) => said.ends(security(SecurityScreen::TurnedOff)),
        (Err(problem), wish) => {
            let step = SecurityScreen::Prove { wish, problem: Some(problem) };
            said.shows(security(step)).talk(waits)
        }
    };
    Ok(app.change_factor(it.origin, wish, text, say).await?)
}

/// Leaves it, by command or by button: a secret that was not confirmed leaves the chat.
pub async fn leave(app: App, it: Incoming) -> Done {
    let it = it.below();
    let reply = it.ends(Screen::Left);
    Ok(app.hide_secrets(it.origin, reply).await?)
}

fn security(step: SecurityScreen) -> Screen {
    Screen::Security { step }
}
