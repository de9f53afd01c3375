//! The wire to Telegram: what comes in, what goes out, and how both are written.

use crate::store::StoreError;

pub mod api;
pub mod door;
pub mod html;
pub mod keyboard;
pub mod press;
pub mod render;
pub mod routes;
pub mod update;

/// A handler that failed by accident. The update is tried again, then set aside.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] crate::store::WriteError),
}

impl HandlerError {
    /// Whether only the disk was to blame: then the update is handed out again, uncounted.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Write(error) | Self::Store(StoreError::Write(error)) => error.is_passing(),
            Self::Store(_) => false,
        }
    }
}
