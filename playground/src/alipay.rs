//! A pretend Alipay, so that there is something to look into before coins are let go: transfers,
//! and the bill in which the owner of an account finds them.

mod account;
mod bill;
mod routes;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use serde::{Deserialize, Serialize};

pub use bill::{BillEntry, Direction, Standing};
pub(crate) use routes::routes;

use crate::event::Event;
use crate::state::{Inner, State};

/// The most in one transfer, in fen.
const MOST_FEN: i64 = 100_000_000;
const MEMO: usize = 50;
const NAME: usize = 64;
/// The longest that Alipay holds a transfer back.
const LONGEST_DELAY: u32 = 24 * 3_600;
/// So many transfers are remembered; older ones are forgotten.
const MEMORY: usize = 10_000;
/// In Alipay, order numbers begin with the day in China.
const CHINA_HOURS: i64 = 8;

/// The pretend Alipay, as a handle. Clones show the same transfers.
#[derive(Clone)]
pub struct Alipay {
    inner: Arc<Inner>,
}

/// Who pays. What the payee's Alipay shows of it is masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// What its owner calls the account: free text, and no proof of anything.
    #[serde(default)]
    pub nickname: String,
    /// The real name.
    pub name: String,
    /// A mobile number or an e-mail address.
    pub account: String,
}

/// A transfer that somebody wants to make.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    pub payer: Payer,
    /// The payee's account.
    pub payee: String,
    pub fen: i64,
    #[serde(default)]
    pub memo: String,
    /// Seconds until it arrives: Alipay lets the payer choose a delay.
    #[serde(default)]
    pub delay: u32,
}

/// A transfer that was made, as nobody but this Alipay sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// The order number: 32 digits, the first eight of them the day in China.
    pub number: String,
    /// For money that is sent back: the order number of the transfer it came by.
    pub refund_of: Option<String>,
    pub payer: Payer,
    pub payee: String,
    pub fen: i64,
    pub memo: String,
    /// Seconds.
    pub sent_at: i64,
    /// Seconds. Later than `sent_at` when the transfer is delayed.
    pub arrives_at: i64,
}

/// Why Alipay does not do that, in a sentence for whoever wants it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AlipayError {
    #[error("{0} is no Alipay account; use a mainland mobile number or an e-mail address.")]
    Account(String),
    #[error("A real name has 1 to 64 characters.")]
    Name,
    #[error("An amount is between 1 and {MOST_FEN} fen.")]
    Amount,
    #[error("A memo has at most {MEMO} characters.")]
    Memo,
    #[error("A transfer can be delayed by 24 hours at most.")]
    Delay,
    #[error("Nobody can pay to the own account.")]
    ToOneself,
    #[error("There is no transfer {0}.")]
    NoTransfer(String),
    #[error("The transfer {0} has not arrived yet, so it cannot be sent back.")]
    NotThere(String),
    #[error("The transfer {0} has been sent back already.")]
    SentBack(String),
    #[error("The transfer {0} is a refund itself.")]
    IsRefund(String),
}

/// All transfers, and which accounts are whose.
#[derive(Default)]
pub(crate) struct Book {
    /// Oldest first.
    transfers: Vec<Transfer>,
    made: u64,
    /// The accounts that a person has named as the own, newest last.
    accounts: BTreeMap<i64, Vec<String>>,
}

impl Alipay {
    pub(crate) fn of(inner: &Arc<Inner>) -> Self {
        Self { inner: Arc::clone(inner) }
    }

    /// Makes a transfer.
    pub fn pay(&self, new: NewTransfer) -> Result<Transfer, AlipayError> {
        let now = self.inner.clock.millis() / 1_000;
        let mut state = self.inner.lock();
        let transfer = state.alipay.pay(new, now)?;
        tell(&state, &transfer);
        Ok(transfer)
    }

    /// Sends the money of a transfer back to the account it came from, all of it and at once.
    pub fn send_back(&self, number: &str) -> Result<Transfer, AlipayError> {
        let now = self.inner.clock.millis() / 1_000;
        let mut state = self.inner.lock();
        let transfer = state.alipay.send_back(number, now)?;
        tell(&state, &transfer);
        Ok(transfer)
    }

    /// The bill of an account, newest first.
    pub fn bill(&self, account: &str) -> Result<Vec<BillEntry>, AlipayError> {
        let account = account::normal(account)?;
        let now = self.inner.clock.millis() / 1_000;
        Ok(self.inner.lock().alipay.bill(&[account], now))
    }

    /// The accounts that this person has named as the own, and the bill of all of them.
    pub fn bill_of(&self, person: i64) -> (Vec<String>, Vec<BillEntry>) {
        let now = self.inner.clock.millis() / 1_000;
        let state = self.inner.lock();
        let accounts = state.alipay.accounts_of(person).to_vec();
        let bill = state.alipay.bill(&accounts, now);
        (accounts, bill)
    }

    /// From now on this account is one of that person's.
    pub fn claim(&self, person: i64, account: &str) -> Result<(), AlipayError> {
        let account = account::normal(account)?;
        self.inner.lock().claims(person, account);
        Ok(())
    }
}

impl State {
    /// Whoever writes an account into the chat names the own: that is what the bot asks for.
    pub(crate) fn hears_of_account(&mut self, person: i64, text: &str) {
        if let Ok(account) = account::normal(text) {
            self.claims(person, account);
        }
    }

    fn claims(&mut self, person: i64, account: String) {
        let accounts = self.alipay.accounts.entry(person).or_default();
        if !accounts.contains(&account) {
            accounts.push(account);
            self.tell(|| Event::Account { person });
        }
    }
}

fn tell(state: &State, transfer: &Transfer) {
    let people = state.alipay.people_of(transfer);
    state.tell(|| Event::Transfer { people, transfer: Box::new(transfer.clone()) });
}

impl Book {
    fn pay(&mut self, new: NewTransfer, now: i64) -> Result<Transfer, AlipayError> {
        let NewTransfer { payer, payee, fen, memo, delay } = new;
        let name = payer.name.trim();
        if !(1..=NAME).contains(&name.chars().count()) || payer.nickname.chars().count() > NAME {
            return Err(AlipayError::Name);
        }
        if !(1..=MOST_FEN).contains(&fen) {
            return Err(AlipayError::Amount);
        }
        if memo.chars().count() > MEMO {
            return Err(AlipayError::Memo);
        }
        if delay > LONGEST_DELAY {
            return Err(AlipayError::Delay);
        }
        let (account, payee) = (account::normal(&payer.account)?, account::normal(&payee)?);
        if account == payee {
            return Err(AlipayError::ToOneself);
        }
        let payer = Payer { nickname: payer.nickname, name: name.to_owned(), account };
        Ok(self.make(Transfer {
            number: String::new(),
            refund_of: None,
            payer,
            payee,
            fen,
            memo: memo.trim().to_owned(),
            sent_at: now,
            arrives_at: now + i64::from(delay),
        }))
    }

    fn send_back(&mut self, number: &str, now: i64) -> Result<Transfer, AlipayError> {
        let known = self.transfers.iter().find(|it| it.number == number);
        let Some(known) = known.cloned() else {
            return Err(AlipayError::NoTransfer(number.to_owned()));
        };
        if known.refund_of.is_some() {
            return Err(AlipayError::IsRefund(known.number));
        }
        if known.arrives_at > now {
            return Err(AlipayError::NotThere(known.number));
        }
        if self.refund_of(number).is_some() {
            return Err(AlipayError::SentBack(known.number));
        }
        Ok(self.make(Transfer {
            number: String::new(),
            refund_of: Some(known.number),
            payer: Payer { nickname: String::new(), name: String::new(), account: known.payee },
            payee: known.payer.account,
            fen: known.fen,
            memo: String::new(),
            sent_at: now,
            arrives_at: now,
        }))
    }

    /// Gives it its number and keeps it.
    fn make(&mut self, transfer: Transfer) -> Transfer {
        self.made += 1;
        let transfer = Transfer { number: number(self.made, transfer.sent_at), ..transfer };
        if self.transfers.len() == MEMORY {
            self.transfers.remove(0);
        }
        self.transfers.push(transfer.clone());
        transfer
    }

    fn refund_of(&self, number: &str) -> Option<&Transfer> {
        self.transfers.iter().find(|it| it.refund_of.as_deref() == Some(number))
    }

    fn accounts_of(&self, person: i64) -> &[String] {
        self.accounts.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Whose bills a transfer changes.
    fn people_of(&self, transfer: &Transfer) -> Vec<i64> {
        let ends = [&transfer.payer.account, &transfer.payee];
        let concerned =
            self.accounts.iter().filter(|(_, it)| ends.iter().any(|end| it.contains(end)));
        concerned.map(|(person, _)| *person).collect()
    }
}

/// The order number of the n-th transfer. The last twelve digits do not repeat within 10¹²
/// transfers, because the step has no divisor in common with that.
fn number(nth: u64, sent_at: i64) -> String {
    let in_china =
        DateTime::from_timestamp(sent_at, 0).unwrap_or_default() + TimeDelta::hours(CHINA_HOURS);
    let tail = (670_012_340_000 + u128::from(nth) * 7_368_787) % 1_000_000_000_000;
    format!("{}200040011100{tail:012}", in_china.format("%Y%m%d"))
}
