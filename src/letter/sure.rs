//! The second question before something that cannot be taken back.

use serde::{Deserialize, Serialize};

use super::{AdLine, WithdrawalLine};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SureScreen {
    /// Close this ad for good?
    CloseAd { ad: AdLine },
    /// Give the coins back instead of sending them?
    RefuseWithdrawal { line: WithdrawalLine },
}
