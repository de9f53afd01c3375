//! What is said about files that people send. What came of a bill is in no letter: it is opened
//! when the page is sent to its owner.

use serde::{Deserialize, Serialize};

use crate::domain::bill::BillError;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum BillScreen {
    /// How to get one out of Alipay.
    HowTo,
    /// It is being fetched and read.
    Reading,
    /// The orders beside the bill, as a table and a file.
    Table { bill: i64 },
    /// It cannot be read.
    Problem { problem: BillError },
    /// Telegram no longer has it.
    Lost,
    /// A picture, from somebody with an open order.
    PictureProvesNothing,
}
