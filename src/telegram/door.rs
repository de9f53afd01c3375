//! What a handler is given beside the update, and what is looked up about its sender on the way in.

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use teloxide::dispatching::UpdateHandler;

use super::HandlerError;
use crate::store::StoreError;

/// The tree that routes updates to handlers.
pub type Tree = UpdateHandler<HandlerError>;

/// Who an update is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    pub chat: Option<i64>,
    pub user: Option<i64>,
}

/// What is loaded about the senders of all updates that are handed out together, in one query, and
/// given to the tree as a dependency.
pub trait Door: Send + Sync + 'static {
    /// What the tree is given about one sender.
    type Known: Clone + Send + Sync + 'static;

    /// One `Known` for each sender, in their order.
    fn known<'a>(
        &'a self,
        senders: &'a [Sender],
    ) -> BoxFuture<'a, Result<Vec<Self::Known>, StoreError>>;
}

/// A door where nobody is asked anything.
impl Door for () {
    type Known = ();

    fn known<'a>(&'a self, senders: &'a [Sender]) -> BoxFuture<'a, Result<Vec<()>, StoreError>> {
        let known = vec![(); senders.len()];
        async { Ok(known) }.boxed()
    }
}

/// What a handler is told about the update beside what is in it: a dependency of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// For [`crate::store::Tx::heard`].
    pub update_id: i64,
    pub chat: Option<i64>,
    pub user: Option<i64>,
    /// When it was written; unknown for a button press.
    pub date: Option<DateTime<Utc>>,
    /// How often a handler failed on it before.
    pub tries: u32,
}
