//! What is said on the way through the release gate, beside the card itself.

use serde::{Deserialize, Serialize};

use crate::domain::amount::AmountError;
use crate::domain::bill_number::BillNumberError;
use crate::domain::factor::FactorRefusal;
use crate::domain::money::Fen;

/// Why what was typed at the gate leads nowhere, or elsewhere. The card follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "gate", rename_all = "snake_case")]
pub enum GateScreen {
    /// It is no amount.
    NotAnAmount { error: AmountError },
    /// More is there than the order is about.
    TooMuch { extra: Fen },
    /// Less is there, and the order is past the point at which the buyer is asked for the rest.
    TooLittle { missing: Fen },
    /// Less is there: shall the buyer be asked for the rest?
    Less { missing: Fen },
    /// The buyer has been asked for the rest.
    AskedForRest { missing: Fen },
    /// Neither a name's mask nor an account's.
    NoMasks,
    /// The masks cannot be compared: only the seller's own eyes can.
    Inconclusive,
    /// Name or account is not the declared payer's. Of the name, so many characters were visible
    /// and so many of them equal.
    Mismatch { visible: u32, equal: u32 },
    /// The memo says something; `coins`: something about coins.
    Memo { coins: bool },
    /// The code or the digits are not right.
    Factor { refusal: FactorRefusal },
    /// This amount needs a code, and there is no second factor yet.
    NeedsCode,
}

/// Alipay's number of a payment or of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "number", rename_all = "snake_case")]
pub enum NumberScreen {
    /// Please type it. `refund`: the seller's, of the money that went back.
    Ask {
        refund: bool,
    },
    Wrong {
        refund: bool,
        error: BillNumberError,
    },
    /// It belongs to another order. The seller and the operator know.
    Reused,
    /// Kept; its last six digits.
    Kept {
        tail: String,
    },
}
