//! Taking coins out of the desk: coin, amount, address, review, and a treasurer is asked.

use crate::app::{App, Talk as Becomes, WithdrawRefusal};
use crate::domain::amount;
use crate::domain::money::{Coin, Coins};
use crate::letter::{Screen, WithdrawProblem, WithdrawScreen, WithdrawalLine};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::{Talk, Withdraw};

type Done = Result<(), HandlerError>;

pub async fn begin(app: App, it: Incoming) -> Done {
    let available = app.store().available(it.origin.user).await?;
    let reply = if available.iter().all(|it| it.units == 0) {
        it.ends(withdraw(WithdrawScreen::NoCoins))
    } else {
        it.step(withdraw(WithdrawScreen::Coin { available }), &Talk::Withdraw(Withdraw::Coin))?
    };
    Ok(app.reply(it.origin, reply).await?)
}

pub async fn coin(app: App, it: Incoming, coin: Coin) -> Done {
    ask_amount(app, it, coin, None).await
}

async fn ask_amount(app: App, it: Incoming, coin: Coin, problem: Option<WithdrawProblem>) -> Done {
    let available = app.store().available_of(it.origin.user, coin).await?;
    let screen = withdraw(WithdrawScreen::Amount { available, problem });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Withdraw(Withdraw::Amount(coin)))?).await?)
}

pub async fn amount(app: App, it: Incoming, text: String, coin: Coin) -> Done {
    match amount::coins(&text, coin) {
        Ok(coins) => take_amount(app, it, coins).await,
        Err(error) => ask_amount(app, it, coin, Some(WithdrawProblem::Typed { error })).await,
    }
}

pub async fn all(app: App, it: Incoming, coin: Coin) -> Done {
    let available = app.store().available_of(it.origin.user, coin).await?;
    take_amount(app, it, available).await
}

async fn take_amount(app: App, it: Incoming, coins: Coins) -> Done {
    let available = app.store().available_of(it.origin.user, coins.coin).await?;
    if coins.units > available.units || coins.units == 0 {
        let problem = WithdrawProblem::TooMuch { available };
        return ask_amount(app, it, coins.coin, Some(problem)).await;
    }
    ask_address(app, it, coins, false).await
}

async fn ask_address(app: App, it: Incoming, coins: Coins, wrong: bool) -> Done {
    let screen = withdraw(WithdrawScreen::Address { coins, wrong });
    Ok(app.reply(it.origin, it.step(screen, &Talk::Withdraw(Withdraw::Address(coins)))?).await?)
}

pub async fn address(app: App, it: Incoming, text: String, coins: Coins) -> Done {
    let address = text.trim().to_owned();
    if !is_address(&address) {
        return ask_address(app, it, coins, true).await;
    }
    let screen = withdraw(WithdrawScreen::Review { coins, address: shortened(&address) });
    let talk = Talk::Withdraw(Withdraw::Review(coins, address));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

/// One thing is left: a proof that it is really this person's wish.
pub async fn confirm(app: App, it: Incoming, (coins, address): (Coins, String)) -> Done {
    let totp = app.store().has_totp(it.origin.user).await?;
    let screen = withdraw(WithdrawScreen::Proof { coins, totp, problem: None });
    let talk = Talk::Withdraw(Withdraw::Proof(coins, address));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

/// The proof was typed.
pub async fn proof(
    app: App,
    it: Incoming,
    text: String,
    (coins, address): (Coins, String),
) -> Done {
    if it.old {
        return Ok(app.reply(it.origin, it.shows(Screen::TooOld)).await?);
    }
    let totp = app.store().has_totp(it.origin.user).await?;
    let (said, waits) = (it.clone(), Becomes::Becomes(it.talk.to_json()?));
    let say = move |outcome: Result<WithdrawalLine, WithdrawRefusal>| match outcome {
        Ok(line) => said.ends(withdraw(WithdrawScreen::Asked { line })),
        Err(WithdrawRefusal::NotEnough { available }) => {
            said.ends(withdraw(WithdrawScreen::Refused { available }))
        }
        Err(WithdrawRefusal::Unproved { refusal }) => {
            let step = WithdrawScreen::Proof { coins, totp, problem: Some(refusal) };
            said.shows(withdraw(step)).talk(waits)
        }
    };
    Ok(app.withdraw(it.origin, coins, address, text, say).await?)
}

/// One step back, to the question before.
pub async fn back(app: App, it: Incoming, state: Withdraw) -> Done {
    match state {
        Withdraw::Coin | Withdraw::Amount(_) => begin(app, it).await,
        Withdraw::Address(coins) => ask_amount(app, it, coins.coin, None).await,
        Withdraw::Review(coins, _) | Withdraw::Proof(coins, _) => {
            ask_address(app, it, coins, false).await
        }
    }
}

/// The chains of the desk write addresses in letters and digits. Which of them it is, and whether
/// it exists, the treasurer's own wallet checks when it sends.
fn is_address(text: &str) -> bool {
    (20..=120).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// Enough to compare with the eye.
fn shortened(address: &str) -> String {
    format!("{}…{}", &address[..6], &address[address.len() - 6..])
}

fn withdraw(step: WithdrawScreen) -> Screen {
    Screen::Withdraw { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_letters_and_digits() {
        assert!(is_address("TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"));
        assert!(is_address("0x52908400098527886E0F7030069857D2E4169EE7"));
        assert!(!is_address("T1"));
        assert!(!is_address("https://example.com/TQn9Y2khEsLJW1Ch"));
        assert!(!is_address("地址地址地址地址地址地址地址"));
        assert_eq!(shortened("TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"), "TQn9Y2…KcbLSE");
    }
}
