//! Operators say who settles disputes.

use crate::app::{App, ArbiterRefusal};
use crate::domain::UserId;
use crate::letter::{AddProblem, ArbiterLine, ArbitersScreen, Screen};
use crate::store::users::StaffRole;
use crate::telegram::HandlerError;
use crate::telegram::action::ArbiterAction;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

fn screen(step: ArbitersScreen) -> Screen {
    Screen::Arbiters { step }
}

pub async fn list(app: App, it: Incoming) -> Done {
    let step = match app.is_staff(it.origin.user, StaffRole::Operator).await? {
        true => ArbitersScreen::List { lines: lines(&app).await? },
        false => ArbitersScreen::NotOperator,
    };
    Ok(app.reply(it.origin, it.shows(screen(step))).await?)
}

async fn lines(app: &App) -> Result<Vec<ArbiterLine>, HandlerError> {
    let members = app.store().members(StaffRole::Arbiter).await?;
    let line = |it: crate::store::staff::Member| ArbiterLine {
        user: it.user,
        since: it.since,
        by: it.by,
        started: it.started,
    };
    Ok(members.into_iter().map(line).collect())
}

pub async fn press(app: App, it: Incoming, press: Press, action: ArbiterAction) -> Done {
    if !app.is_staff(it.origin.user, StaffRole::Operator).await? {
        let reply = it.shows(screen(ArbitersScreen::NotOperator));
        return Ok(app.reply(it.origin, reply).await?);
    }
    let user = UserId(press.subject);
    match action {
        ArbiterAction::List => list(app, it).await,
        ArbiterAction::Add => {
            let step = screen(ArbitersScreen::Add { problem: None });
            Ok(app.reply(it.origin, it.step(step, &Talk::AddArbiter)?).await?)
        }
        ArbiterAction::Remove => {
            let line = lines(&app).await?.into_iter().find(|it| it.user == user);
            let step = line.map_or(ArbitersScreen::Gone, |line| ArbitersScreen::Remove { line });
            Ok(app.reply(it.origin, it.shows(screen(step))).await?)
        }
        ArbiterAction::RemoveSurely => remove(app, it, user).await,
    }
}

async fn remove(app: App, it: Incoming, user: UserId) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<(), ArbiterRefusal>| {
        said.shows(screen(match outcome {
            Ok(()) => ArbitersScreen::Removed { user },
            Err(ArbiterRefusal::NotOperator) => ArbitersScreen::NotOperator,
            Err(ArbiterRefusal::Unknown | ArbiterRefusal::AsItIs) => ArbitersScreen::Gone,
        }))
    };
    Ok(app.dismiss_arbiter(it.origin, user, say).await?)
}

/// The id was typed.
pub async fn typed(app: App, it: Incoming, text: String) -> Done {
    let asks_again = |problem| screen(ArbitersScreen::Add { problem: Some(problem) });
    let Some(user) = text.trim().parse().ok().filter(|it| *it > 0).map(UserId) else {
        return Ok(app.reply(it.origin, it.shows(asks_again(AddProblem::NotAnId))).await?);
    };
    let said = it.clone();
    let say = move |outcome: Result<(), ArbiterRefusal>| match outcome {
        Ok(()) => said.ends(screen(ArbitersScreen::Added { user })),
        Err(ArbiterRefusal::NotOperator) => said.ends(screen(ArbitersScreen::NotOperator)),
        Err(ArbiterRefusal::Unknown) => said.shows(asks_again(AddProblem::Unknown)),
        Err(ArbiterRefusal::AsItIs) => said.shows(asks_again(AddProblem::Known)),
    };
    Ok(app.appoint_arbiter(it.origin, user, say).await?)
}
