//! People: their language, their consent, their rights.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::language::Language;
use crate::store::StoreError;
use crate::store::users::StaffRole;

impl App {
    pub async fn speak(
        &self,
        origin: Origin,
        language: Language,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                tx.set_language(origin.user, language).await?;
                Ok(reply)
            })
        })
        .await
    }

    pub async fn accept_terms(&self, origin: Origin, reply: Reply) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                tx.accept_terms(origin.user).await?;
                Ok(reply)
            })
        })
        .await
    }

    /// The words that stand on every message about this person's money from now on.
    pub async fn set_phrase(
        &self,
        origin: Origin,
        phrase: Option<String>,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                tx.set_phrase(app.seal(), origin.user, phrase.as_deref()).await?;
                Ok(reply)
            })
        })
        .await
    }

    /// For pages that show more to staff; what they may do is looked at again when it is done.
    pub async fn is_staff(&self, user: UserId, role: StaffRole) -> Result<bool, StoreError> {
        self.store().is_staff(user, role).await
    }
}
