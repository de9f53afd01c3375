//! What the two sides of a dispute or claim hand in.

use crate::app::App;
use crate::domain::chat::Proof;
use crate::domain::order::OrderId;
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
type Done = Result<(), HandlerError>;
pub async fn kinds(_app: App, _it: Incoming, _press: Press) -> Done { Ok(()) }
pub async fn wanted(_app: App, _it: Incoming, _press: Press, _what: Proof) -> Done { Ok(()) }
pub async fn number(_app: App, _it: Incoming, _text: String, _id: OrderId) -> Done { Ok(()) }
