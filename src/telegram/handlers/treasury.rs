//! The treasurer: records coins that have arrived, and settles what people want to take out.

use crate::app::{App, DepositRefusal, SettleRefusal};
use crate::domain::UserId;
use crate::domain::amount::{self, AmountError};
use crate::domain::money::{Coin, Coins};
use crate::letter::{DepositProblem, Screen, SettleProblem, SureScreen, WithdrawalLine};
use crate::store::users::StaffRole;
use crate::store::withdrawals::WithdrawalStatus;
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// `/deposit 1001 100 USDT 4f5e…`: person, amount, coin, transaction.
pub async fn deposit(app: App, it: Incoming, text: String) -> Done {
    if !app.is_staff(it.origin.user, StaffRole::Treasurer).await? {
        return Ok(app.reply(it.origin, it.shows(Screen::NotStaff)).await?);
    }
    if it.old {
        return Ok(app.reply(it.origin, it.shows(Screen::TooOld)).await?);
    }
    let (user, coins, reference) = match read_deposit(&text) {
        Ok(read) => read,
        Err(problem) => {
            return Ok(app.reply(it.origin, it.shows(Screen::DepositProblem { problem })).await?);
        }
    };
    let (said, named) = (it.clone(), reference.clone());
    let say = move |outcome: Result<(), DepositRefusal>| {
        let problem = match outcome {
            Ok(()) => return said.shows(Screen::Deposited { user, coins, reference: named }),
            Err(DepositRefusal::NotStaff) => return said.shows(Screen::NotStaff),
            Err(DepositRefusal::NoSuchUser) => DepositProblem::NoSuchUser { user },
            Err(DepositRefusal::Known) => DepositProblem::Known { reference: named },
        };
        said.shows(Screen::DepositProblem { problem })
    };
    Ok(app.deposit(it.origin, user, coins, reference, say).await?)
}

fn read_deposit(text: &str) -> Result<(UserId, Coins, String), DepositProblem> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [user, amount, code, reference] = words[..] else {
        return Err(DepositProblem::Usage);
    };
    let user = user.parse::<i64>().ok().filter(|it| *it > 0).ok_or(DepositProblem::Usage)?;
    let coin = Coin::from_code(code).ok_or(DepositProblem::Usage)?;
    let coins = amount::coins(amount, coin)
        .map_err(|error: AmountError| DepositProblem::Amount { coin, error })?;
    let reference = transaction(reference).ok_or(DepositProblem::NotATransaction)?;
    Ok((UserId(user), coins, reference))
}

/// Hashes, and the words that exchanges give to transfers inside. One transaction is written in
/// one way only, though explorers differ in case and in the `0x` in front: it counts once.
fn transaction(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix("0x").unwrap_or(&text);
    let fits = (4..=128).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':'));
    fits.then(|| text.to_owned())
}

pub async fn list(app: App, it: Incoming) -> Done {
    let screen = if app.is_staff(it.origin.user, StaffRole::Treasurer).await? {
        let lines = app.store().waiting_withdrawals(None).await?;
        Screen::Withdrawals { lines: lines.into_iter().map(WithdrawalLine::from).collect() }
    } else {
        Screen::NotStaff
    };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

/// Which transaction pays it?
pub async fn settle(app: App, it: Incoming, press: Press) -> Done {
    ask_transaction(app, it, press.subject, None).await
}

async fn ask_transaction(app: App, it: Incoming, id: i64, problem: Option<SettleProblem>) -> Done {
    let Some(line) = waiting(&app, &it, id).await? else { return list(app, it).await };
    let screen = Screen::Settle { line, problem };
    Ok(app.reply(it.origin, it.step(screen, &Talk::Settle(id))?).await?)
}

/// A withdrawal that waits, for a treasurer. To anybody else the list says who may see it.
async fn waiting(
    app: &App,
    it: &Incoming,
    id: i64,
) -> Result<Option<WithdrawalLine>, HandlerError> {
    if !app.is_staff(it.origin.user, StaffRole::Treasurer).await? {
        return Ok(None);
    }
    let found = app.store().withdrawal(id).await?;
    let waits = found.filter(|it| it.status == WithdrawalStatus::Waiting);
    Ok(waits.map(WithdrawalLine::from))
}

/// The transaction was typed.
pub async fn settled(app: App, it: Incoming, text: String, id: i64) -> Done {
    if it.old {
        return Ok(app.reply(it.origin, it.ends(Screen::TooOld)).await?);
    }
    let Some(reference) = transaction(&text) else {
        return ask_transaction(app, it, id, Some(SettleProblem::NotATransaction)).await;
    };
    close(app, it, id, Some(reference)).await
}

/// The coins may be on their way already: is that meant? What is typed now is no transaction.
pub async fn refuse(app: App, it: Incoming, press: Press) -> Done {
    let id = press.subject;
    let Some(line) = waiting(&app, &it, id).await? else { return list(app, it).await };
    let screen = Screen::Sure { step: SureScreen::RefuseWithdrawal { line } };
    let reply = if it.talk == Talk::Settle(id) { it.ends(screen) } else { it.shows(screen) };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn refuse_for_good(app: App, it: Incoming, press: Press) -> Done {
    close(app, it, press.subject, None).await
}

async fn close(app: App, it: Incoming, id: i64, reference: Option<String>) -> Done {
    let asked = app.store().withdrawal(id).await?.map(WithdrawalLine::from);
    let said = it.clone();
    let say = move |outcome: Result<WithdrawalLine, SettleRefusal>| {
        let problem = match outcome {
            Ok(line) => return said.ends(Screen::Settled { line }),
            Err(SettleRefusal::NotStaff) => return said.ends(Screen::NotStaff),
            Err(SettleRefusal::Gone) => SettleProblem::Gone,
            Err(SettleRefusal::Known) => SettleProblem::Known,
        };
        match asked {
            // Another transaction may be typed; what is gone leaves nothing to type.
            Some(line) if problem == SettleProblem::Known => {
                said.shows(Screen::Settle { line, problem: Some(problem) })
            }
            Some(line) => said.ends(Screen::Settle { line, problem: Some(problem) }),
            None => said.ends(Screen::Withdrawals { lines: vec![] }),
        }
    };
    Ok(app.settle(it.origin, id, reference, say).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_is_written_in_four_words() {
        let usdt = Coins::new(Coin::Usdt, 1_000_500_000);
        assert_eq!(
            read_deposit("1001 1,000.5 usdt 4f5e-9"),
            Ok((UserId(1001), usdt, "4f5e-9".to_owned()))
        );
        let read = |text: &str| read_deposit(text).map(|(_, _, reference)| reference);
        for same in ["0xABCDEF01", "0xabcdef01", "ABCDEF01", "0Xabcdef01"] {
            assert_eq!(read(&format!("1001 5 USDT {same}")), Ok("abcdef01".to_owned()));
        }
        assert_eq!(read_deposit(""), Err(DepositProblem::Usage));
        assert_eq!(read_deposit("1001 5 DOGE 4f5e"), Err(DepositProblem::Usage));
        assert_eq!(read_deposit("-5 5 USDT 4f5e"), Err(DepositProblem::Usage));
        assert_eq!(read_deposit("1001 5 USDT <b>x"), Err(DepositProblem::NotATransaction));
        let error = AmountError::Negative;
        assert_eq!(
            read_deposit("1001 -5 USDT 4f5e"),
            Err(DepositProblem::Amount { coin: Coin::Usdt, error })
        );
    }
}
