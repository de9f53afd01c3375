//! What somebody notes of a frozen account.

use super::{App, Origin, Reply};
use crate::domain::freeze::Freeze;
use crate::domain::order::OrderId;
use crate::store::StoreError;

/// What is to become of a note.
#[derive(Clone, Debug)]
pub enum Note {
    /// Its answers wait to be confirmed.
    Draft(Freeze),
    Keep,
    Erase,
}

impl App {
    /// Only a side of the order can note something about it. `say` hears whether it was done.
    pub async fn note_freeze(
        &self,
        origin: Origin,
        order: OrderId,
        note: Note,
        say: impl FnOnce(bool) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let found = tx.order(order).await?;
                if found.is_none_or(|it| it.side_of(origin.user).is_none()) {
                    return Ok(say(false));
                }
                let done = match note {
                    Note::Draft(freeze) => {
                        tx.draft_freeze(app.seal(), order, origin.user, &freeze).await?;
                        true
                    }
                    Note::Keep => tx.keep_freeze(order, origin.user).await?,
                    Note::Erase => {
                        tx.erase_freeze(order, origin.user).await?;
                        true
                    }
                };
                Ok(say(done))
            })
        })
        .await
    }
}
