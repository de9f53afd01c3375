//! What is said about evidence, and about accounts that were frozen. What somebody has noted of a
//! freeze is in no letter: it is opened when the page is sent to its owner.

use serde::{Deserialize, Serialize};

use super::OrderLine;
use crate::domain::freeze::{Detail, DetailError};
use crate::domain::order::OrderId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum BundleScreen {
    /// It is being put together, and comes below.
    Making { order: OrderId },
    /// Of which order?
    Choose { lines: Vec<OrderLine> },
    /// An account was frozen.
    Frozen { asks: FrozenScreen },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "snake_case")]
pub enum FrozenScreen {
    /// Which order's money is it about?
    Choose {
        lines: Vec<OrderLine>,
    },
    /// Who froze it?
    Kind {
        order: OrderId,
    },
    /// The next question.
    Ask {
        order: OrderId,
        detail: Detail,
        problem: Option<DetailError>,
    },
    /// Is that right?
    Review {
        order: OrderId,
    },
    /// What is kept, and what helps. `now`: it has just been confirmed.
    Kept {
        order: OrderId,
        now: bool,
    },
    Erased {
        order: OrderId,
    },
    /// All orders with the other side of that one.
    With {
        lines: Vec<OrderLine>,
    },
}
