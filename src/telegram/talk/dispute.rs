//! Where somebody is in a dispute: a side that hands in a number, or an arbiter who decides. Whatever
//! else is written goes through the order's chat.

use serde::{Deserialize, Serialize};

use crate::domain::order::{OrderId, Ruling};
use crate::letter::Verdict;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeTalk {
    /// A side is about to type Alipay's number, as evidence.
    Number(OrderId),
    /// An arbiter is about to type why.
    Reason(OrderId, Verdict),
    /// The reason is typed. Is that the decision, which would come to that?
    Sure(OrderId, Verdict, String, Ruling),
}
