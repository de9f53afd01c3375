//! From which account a buyer pays, as declared before paying: money from any other one goes back.

use super::payee::{Account, RealName};

/// The buyer's own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    pub name: RealName,
    pub account: Account,
}
