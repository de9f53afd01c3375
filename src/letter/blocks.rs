//! Whom the reader has blocked.

use serde::{Deserialize, Serialize};

use crate::domain::UserId;
use crate::domain::order::OrderId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum BlocksScreen {
    /// Really?
    Ask {
        line: BlockLine,
    },
    Blocked {
        line: BlockLine,
    },
    Already {
        line: BlockLine,
    },
    Unblocked {
        user: UserId,
    },
    List {
        page: u32,
        lines: Vec<BlockLine>,
        more: bool,
    },
    TooMany {
        most: u32,
    },
}

/// The other side of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLine {
    pub user: UserId,
    pub order: OrderId,
}
