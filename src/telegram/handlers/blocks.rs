//! Whom somebody wants to meet in no order again.

use crate::app::{App, BlockRefusal};
use crate::domain::UserId;
use crate::domain::order::OrderId;
use crate::letter::{BlockLine, BlocksScreen, Screen};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;

type Done = Result<(), HandlerError>;

/// People on one page of the list.
const PAGE: u32 = 8;

/// Is that meant? The card stays where it is.
pub async fn ask(app: App, it: Incoming, press: Press) -> Done {
    let id = OrderId(press.subject);
    let it = it.below();
    let order = app.store().order(id).await?;
    let line = order.and_then(|order| {
        let side = order.side_of(it.origin.user)?;
        Some(BlockLine { user: order.party(side.other()), order: id })
    });
    let screen = line.map_or(Screen::NoSuchOrder, |line| blocks(BlocksScreen::Ask { line }));
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

pub async fn surely(app: App, it: Incoming, press: Press) -> Done {
    let said = it.clone();
    let say = move |outcome: Result<BlockLine, BlockRefusal>| {
        said.shows(match outcome {
            Ok(line) => blocks(BlocksScreen::Blocked { line }),
            Err(BlockRefusal::Already { line }) => blocks(BlocksScreen::Already { line }),
            Err(BlockRefusal::TooMany { most }) => blocks(BlocksScreen::TooMany { most }),
            Err(BlockRefusal::NotYours) => Screen::NoSuchOrder,
        })
    };
    Ok(app.block(it.origin, OrderId(press.subject), say).await?)
}

pub async fn unblock(app: App, it: Incoming, press: Press) -> Done {
    let user = UserId(press.subject);
    let reply = it.shows(blocks(BlocksScreen::Unblocked { user }));
    Ok(app.unblock(it.origin, user, reply).await?)
}

pub async fn list(app: App, it: Incoming) -> Done {
    page(app, it, 0).await
}

pub async fn page(app: App, it: Incoming, page: u16) -> Done {
    let page = u32::from(page);
    let found = app.store().blocks_of(it.origin.user, page * PAGE, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    let line = |it: &crate::store::blocks::Block| BlockLine { user: it.user, order: it.order };
    let lines = found.iter().take(PAGE as usize).map(line).collect();
    let screen = blocks(BlocksScreen::List { page, lines, more });
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

fn blocks(step: BlocksScreen) -> Screen {
    Screen::Blocks { step }
}
