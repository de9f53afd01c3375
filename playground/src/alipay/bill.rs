//! A bill: transfers as the owner of an account sees them in Alipay.

use serde::Serialize;

use super::{Book, Transfer, account};

/// What Alipay puts where the payer has left the memo empty.
const NO_MEMO: &str = "转账";

/// One line of a bill. Who is at the other end is masked, as in Alipay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillEntry {
    /// The order number.
    pub number: String,
    pub direction: Direction,
    /// Money that goes, or has come, back.
    pub refund: bool,
    pub standing: Standing,
    /// Which of the owner's accounts.
    pub account: String,
    /// For income: `nickname(mask)`. Empty when Alipay shows no name.
    pub other_name: String,
    pub other_account: String,
    pub fen: i64,
    /// 转账 when it was left empty.
    pub memo: String,
    /// Whether that is what the payer wrote.
    pub memo_empty: bool,
    /// Seconds.
    pub sent_at: i64,
    /// Seconds: 到账时间, or when it is expected.
    pub arrives_at: i64,
    /// It can be sent back to the payer.
    pub returnable: bool,
    /// It was sent back to the payer.
    pub returned: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// 收入
    In,
    /// 支出
    Out,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// 处理中: the payer has chosen a delay, and the money is not there.
    Processing,
    /// 交易成功
    Arrived,
}

impl Book {
    /// The transfers from and to these accounts, newest first.
    pub(super) fn bill(&self, accounts: &[String], now: i64) -> Vec<BillEntry> {
        let seen = |it| accounts.iter().filter_map(move |account| self.entry(it, account, now));
        self.transfers.iter().rev().flat_map(seen).collect()
    }

    fn entry(&self, transfer: &Transfer, account: &str, now: i64) -> Option<BillEntry> {
        let Transfer { number, refund_of, payer, payee, fen, memo, sent_at, arrives_at } = transfer;
        let direction = match account {
            it if it == payee => Direction::In,
            it if it == payer.account => Direction::Out,
            _ => return None,
        };
        let (other_name, other) = match direction {
            Direction::In => (account::shown(&payer.nickname, &payer.name), &payer.account),
            Direction::Out => (String::new(), payee),
        };
        let arrived = *arrives_at <= now;
        let returned = self.refund_of(number).is_some();
        let came = direction == Direction::In && refund_of.is_none();
        Some(BillEntry {
            number: number.clone(),
            direction,
            refund: refund_of.is_some(),
            standing: if arrived { Standing::Arrived } else { Standing::Processing },
            account: account.to_owned(),
            other_name,
            other_account: account::masked(other),
            fen: *fen,
            memo: if memo.is_empty() { NO_MEMO.to_owned() } else { memo.clone() },
            memo_empty: memo.is_empty(),
            sent_at: *sent_at,
            arrives_at: *arrives_at,
            returnable: came && arrived && !returned,
            returned: came && returned,
        })
    }
}
