//! Where a person is while telling of a frozen account.

use serde::{Deserialize, Serialize};

use crate::domain::freeze::{Detail, Freeze};
use crate::domain::order::OrderId;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frozen {
    Kind(OrderId),
    /// That is about to be typed.
    Detail(OrderId, Freeze, Detail),
    /// All is answered, and waits to be confirmed.
    Review(OrderId, Freeze),
}
