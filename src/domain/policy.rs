//! The desk's rules: how much, how long, how often. The defaults are the config's.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::ladder::Ladder;
use super::money::Fen;
use super::payee;

/// What holds for the desk as a whole.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Copied into each order when it is opened.
    pub terms: Terms,
    /// Payment windows that an ad may set, in minutes.
    pub windows: std::ops::RangeInclusive<u32>,
    /// What an ad gets when its owner does not choose, in minutes.
    pub window: u32,
    pub least: Fen,
    pub most: Fen,
    /// The most for somebody's first order.
    pub first_trade: Fen,
    /// Below so many completed orders, `few_trades_most` is the most.
    pub few_trades: u32,
    pub few_trades_most: Fen,
    /// Orders of one seller that may be open at a time.
    pub open_orders: u32,
    /// Ads of one buyer that may be open at a time.
    pub open_ads: u32,
    pub payees: payee::Rules,
    pub receipts: Receipts,
    /// What one side may write about an order in a minute.
    pub messages_per_minute: u32,
    pub ladder: Ladder,
    /// Months for which what was said and sent about a closed order is kept.
    pub evidence_months: u32,
}

/// How phones tell of payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipts {
    /// Where they reach the desk, without a slash at the end. `None`: not opened.
    pub address: Option<String>,
    /// One that was not heard for so long counts as silent.
    pub silent_seconds: u32,
    /// Phones that one person may register.
    pub devices: u32,
}

impl Policy {
    /// The most that somebody with so many completed orders may sell at once.
    pub fn most_for(&self, completed: u32) -> Fen {
        match completed {
            0 => self.first_trade.min(self.most),
            it if it < self.few_trades => self.few_trades_most.min(self.most),
            _ => self.most,
        }
    }
}

/// The durations an order lives by. They are fixed when it is opened: a change of the config
/// never moves a running clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub window_seconds: u32,
    pub grace_seconds: u32,
    pub cool_off_seconds: u32,
    /// When the seller is asked to look into Alipay, after "paid". The last one is the deadline
    /// to answer: then the arbiters hear of it too.
    pub seller_asked_seconds: Vec<u32>,
    /// When an unanswered order becomes a dispute by itself, after "paid".
    pub auto_dispute_seconds: u32,
    pub seller_may_dispute_seconds: u32,
    pub buyer_may_dispute_seconds: u32,
    /// How long a refund may take before it becomes a dispute.
    pub refund_seconds: u32,
    /// How often arbiters hear of a dispute that nobody has taken.
    pub dispute_again_seconds: u32,
    /// How long an arbiter who has taken a dispute has for the award.
    pub award_seconds: u32,
    /// How long each side has to hand in what counts.
    #[serde(default = "answer_seconds")]
    pub answer_seconds: u32,
    /// When the operators hear of a dispute that nobody has taken.
    #[serde(default = "operator_after_seconds")]
    pub operator_after_seconds: u32,
    /// How long a closed order may be reopened as a claim.
    pub claim_seconds: u32,
    /// Above this amount an award needs two arbiters.
    pub two_arbiters_above: Fen,
    /// Above this amount a release needs a code from the second factor.
    #[serde(default = "code_above")]
    pub code_above: Fen,
}

/// For orders from before there was a second factor, too.
const fn code_above() -> Fen {
    Fen::yuan(5_000)
}

/// For orders from before evidence was asked for, too.
const fn answer_seconds() -> u32 {
    12 * 60 * 60
}

/// The same, from before the operators heard of it.
const fn operator_after_seconds() -> u32 {
    60 * 60
}

/// Seconds as chrono counts them.
pub(super) fn seconds(it: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(it))
}

impl Default for Terms {
    fn default() -> Self {
        const MINUTE: u32 = 60;
        const HOUR: u32 = 60 * MINUTE;
        Self {
            window_seconds: 15 * MINUTE,
            grace_seconds: 10 * MINUTE,
            cool_off_seconds: 10,
            seller_asked_seconds: vec![3 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE],
            auto_dispute_seconds: 12 * HOUR,
            seller_may_dispute_seconds: 5 * MINUTE,
            buyer_may_dispute_seconds: 15 * MINUTE,
            refund_seconds: 24 * HOUR,
            dispute_again_seconds: 5 * MINUTE,
            award_seconds: 48 * HOUR,
            answer_seconds: answer_seconds(),
            operator_after_seconds: operator_after_seconds(),
            claim_seconds: 72 * HOUR,
            two_arbiters_above: Fen::yuan(20_000),
            code_above: code_above(),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            terms: Terms::default(),
            windows: 10..=30,
            window: 15,
            least: Fen::yuan(10),
            most: Fen::yuan(200_000),
            first_trade: Fen::yuan(2_000),
            few_trades: 10,
            few_trades_most: Fen::yuan(5_000),
            open_orders: 5,
            open_ads: 10,
            payees: payee::Rules::default(),
            receipts: Receipts { address: None, silent_seconds: 30 * 60, devices: 10 },
            messages_per_minute: 6,
            ladder: Ladder::default(),
            evidence_months: 24,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_grows_with_completed_orders() {
        let policy = Policy::default();
        assert_eq!(policy.most_for(0), Fen::yuan(2_000));
        assert_eq!(policy.most_for(9), Fen::yuan(5_000));
        assert_eq!(policy.most_for(10), Fen::yuan(200_000));
    }
}
