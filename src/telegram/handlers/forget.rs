//! Erasing one's names and accounts.

use crate::app::App;
use crate::domain::order::OrderId;
use crate::letter::{ForgetScreen, Screen};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// Open orders that are named; whoever has more has enough to do with these.
const MOST: u32 = 20;

/// What goes and what stays, and the question whether that is meant.
pub async fn ask(app: App, it: Incoming) -> Done {
    let open = app.store().orders_of(it.origin.user, false, 0, MOST).await?;
    let reply = match open.is_empty() {
        true => it.step(forget(ForgetScreen::Ask), &Talk::Forget)?,
        false => it.shows(forget(ForgetScreen::Open {
            orders: open.into_iter().map(|it| it.id).collect(),
        })),
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn confirm(app: App, it: Incoming) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<(), Vec<OrderId>>| {
        said.ends(forget(match outcome {
            Ok(()) => ForgetScreen::Done,
            Err(mut orders) => {
                orders.truncate(MOST as usize);
                ForgetScreen::Open { orders }
            }
        }))
    };
    Ok(app.forget(it.origin, say).await?)
}

fn forget(step: ForgetScreen) -> Screen {
    Screen::Forget { step }
}
