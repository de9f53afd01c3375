//! What can be practised in a demo.

use crate::app::App;
use crate::letter::Screen;
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;

/// The page itself knows whether this is a demo: elsewhere it says that the command is not known.
pub async fn explain(app: App, it: Incoming) -> Result<(), HandlerError> {
    Ok(app.reply(it.origin, it.shows_below(Screen::Practice)).await?)
}
