//! The chat: what comes from Telegram becomes a request, and what is to be said becomes words.

use crate::store::StoreError;

pub mod action;
pub mod api;
pub mod command;
pub mod door;
pub mod handlers;
pub mod html;
pub mod incoming;
pub mod keyboard;
pub mod press;
pub mod render;
pub mod routes;
pub mod talk;
pub mod update;

/// A handler that failed by accident. The update is tried again, then set aside.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the conversation cannot be written: {0}")]
    Talk(#[from] serde_json::Error),
    #[error(transparent)]
    Write(#[from] crate::store::WriteError),
}

impl HandlerError {
    /// Whether only the disk was to blame: then the update is handed out again, uncounted.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Write(error) | Self::Store(StoreError::Write(error)) => error.is_passing(),
            Self::Store(_) | Self::Talk(_) => false,
        }
    }
}
