//! The tree: which update goes to which handler, and nothing else.

use futures::FutureExt;
use serde_json::json;
use teloxide::dptree;
use teloxide::prelude::*;

use super::HandlerError;
use super::door::{Delivery, Tree};
use crate::clock::Clock;
use crate::store::Store;
use crate::store::outbox::{Class, NewLetter, Urgency};

/// The whole tree. Until there is more to talk about, every text is answered with itself.
pub fn tree() -> Tree {
    dptree::entry().branch(Update::filter_message().filter_map(text).endpoint(echo))
}

fn text(message: Message) -> Option<String> {
    message.text().map(str::to_owned)
}

async fn echo(
    store: Store,
    clock: Clock,
    delivery: Delivery,
    message: Message,
    text: String,
) -> Result<(), HandlerError> {
    let body = json!({ "text": text });
    let letter = NewLetter::new(message.chat.id.0, Urgency::Reply, Class::Append, &body)?;
    store
        .write(clock.now(), move |tx| {
            tx.heard(delivery.update_id);
            tx.enqueue(letter);
            async { Ok(()) }.boxed()
        })
        .await
}
