//! The chat: what comes from Telegram becomes a request, and what is to be said becomes words.

use crate::store::StoreError;

pub mod action;
pub mod api;
pub mod html;
pub mod keyboard;
pub mod press;
pub mod render;
pub mod update;

/// A handler that failed by accident. The update is tried again, then set aside.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] crate::store::WriteError),
}
