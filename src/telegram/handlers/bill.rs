//! Files: a seller's bill, and pictures that prove nothing.

use crate::app::App;
use crate::domain::bill::{BillError, LARGEST_FILE};
use crate::letter::{BillScreen, Letter, Screen};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;

type Done = Result<(), HandlerError>;

/// A file that may be a bill.
#[derive(Clone, Debug)]
pub struct BillFile {
    /// What Telegram calls it.
    pub id: String,
    /// In bytes, as Telegram says.
    pub size: u32,
}

pub async fn how_to(app: App, it: Incoming) -> Done {
    Ok(app.reply(it.origin, it.shows_below(bill(BillScreen::HowTo))).await?)
}

/// Fetching it is work of the outbox: no handler waits for the network.
pub async fn sent(app: App, it: Incoming, file: BillFile) -> Done {
    if usize::try_from(file.size).is_ok_and(|size| size > LARGEST_FILE) {
        let screen = bill(BillScreen::Problem { problem: BillError::TooLarge });
        return Ok(app.reply(it.origin, it.shows_below(screen)).await?);
    }
    let fetch = Letter::FetchBill { bill: it.origin.update_id };
    let reply = it.shows_below(bill(BillScreen::Reading)).letter(it.origin.chat, fetch);
    Ok(app.take_bill(it.origin, file.id, reply).await?)
}

/// Somebody with an open order may mean it as a proof.
pub async fn picture(app: App, it: Incoming) -> Done {
    let open = app.store().orders_of(it.origin.user, false, 0, 1).await?;
    let screen = match open.is_empty() {
        true => Screen::NotUnderstood,
        false => bill(BillScreen::PictureProvesNothing),
    };
    Ok(app.reply(it.origin, it.shows_below(screen)).await?)
}

fn bill(step: BillScreen) -> Screen {
    Screen::Bill { step }
}
