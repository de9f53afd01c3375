//! The desk's other people. They come in by themselves, so that the bot can write to them; whoever
//! opens their columns plays them.

use super::actor::Actor;
use super::treasurer::PAUSE;

/// Comes in, and does nothing else.
pub(super) async fn comes_in(mut actor: Actor) {
    while let Err(error) = actor.comes_in().await {
        tracing::debug!(%error, "somebody of the desk comes in again");
        tokio::time::sleep(PAUSE).await;
    }
}
