//! A seller's own Alipay accounts: the list, adding one, and what can be done with each.

use super::start;
use crate::app::{App, PayeeChange, PayeeWish, Reply};
use crate::domain::amount::{self, AmountError};
use crate::domain::payee::{
    Account, Cap, CodeError, PayeeId, PayeeRefusal, PersonalCode, RealName,
};
use crate::letter::{AccountLine, AccountsScreen, Screen};
use crate::store::orders::Payee;
use crate::telegram::HandlerError;
use crate::telegram::action::AccountAction;
use crate::telegram::handlers::payer;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{Accounts, Talk};

type Done = Result<(), HandlerError>;

pub async fn list(app: App, it: Incoming) -> Done {
    let lines = app.accounts_of(it.origin.user).await?;
    Ok(app.reply(it.origin, it.shows(accounts(AccountsScreen::List { lines }))).await?)
}

/// A button about the accounts, or about one of them.
pub async fn press(app: App, it: Incoming, press: Press, action: AccountAction) -> Done {
    let of = (PayeeId(press.subject), press.version);
    match action {
        AccountAction::List => list(app, it).await,
        AccountAction::ListBelow => list(app, it.below()).await,
        AccountAction::Open => open(app, it, of.0).await,
        AccountAction::Add => ask_account(app, it, false).await,
        AccountAction::Default => change(app, it, of, PayeeWish::Default).await,
        AccountAction::Pause => change(app, it, of, PayeeWish::Pause).await,
        AccountAction::Resume => change(app, it, of, PayeeWish::Resume).await,
        AccountAction::DayCap => ask_cap(app, it, of, Cap::Day, None).await,
        AccountAction::MonthCap => ask_cap(app, it, of, Cap::Month, None).await,
        AccountAction::Code => ask_code(app, it, of, None).await,
        AccountAction::Remove => ask_to_remove(app, it, of).await,
        AccountAction::Payer => payer::begin(app, it).await,
    }
}

/// What was typed, for the question that waits for it.
pub async fn typed(app: App, it: Incoming, text: String, state: Accounts) -> Done {
    match state {
        Accounts::Account => account(app, it, &text).await,
        Accounts::Name(account) => name(app, it, &text, &account).await,
        Accounts::Cap(payee, version, cap) => match amount::yuan(&text) {
            Ok(fen) => change(app, it, (payee, version), PayeeWish::Cap(cap, Some(fen))).await,
            Err(problem) => ask_cap(app, it, (payee, version), cap, Some(problem)).await,
        },
        Accounts::Code(payee, version) => match PersonalCode::parse(&text) {
            Ok(code) => change(app, it, (payee, version), PayeeWish::Code(Some(code))).await,
            Err(problem) => ask_code(app, it, (payee, version), Some(problem)).await,
        },
        Accounts::Review(..) | Accounts::Remove(..) => start::not_understood(app, it).await,
    }
}

/// "Yes" on the page that asks once more.
pub async fn confirm(app: App, it: Incoming, state: Accounts) -> Done {
    match state {
        Accounts::Review(account, name) => add(app, it, &account, &name).await,
        Accounts::Remove(payee, version) => {
            change(app, it, (payee, version), PayeeWish::Remove).await
        }
        Accounts::Account | Accounts::Name(_) | Accounts::Cap(..) | Accounts::Code(..) => {
            start::old_page(app, it).await
        }
    }
}

/// No limit, or no code.
pub async fn without(app: App, it: Incoming, state: Accounts) -> Done {
    match state {
        Accounts::Cap(payee, version, cap) => {
            change(app, it, (payee, version), PayeeWish::Cap(cap, None)).await
        }
        Accounts::Code(payee, version) => {
            change(app, it, (payee, version), PayeeWish::Code(None)).await
        }
        Accounts::Account | Accounts::Name(_) | Accounts::Review(..) | Accounts::Remove(..) => {
            start::old_page(app, it).await
        }
    }
}

/// One step back, to the question or the page before.
pub async fn back(app: App, it: Incoming, state: Accounts) -> Done {
    match state {
        Accounts::Account => list(app, it).await,
        Accounts::Name(_) | Accounts::Review(..) => ask_account(app, it, false).await,
        Accounts::Cap(payee, ..) | Accounts::Code(payee, _) | Accounts::Remove(payee, _) => {
            open(app, it, payee).await
        }
    }
}

async fn open(app: App, it: Incoming, payee: PayeeId) -> Done {
    let screen = match app.account_of(it.origin.user, payee).await? {
        Some(line) => AccountsScreen::Card { line },
        None => AccountsScreen::Refused { refusal: PayeeRefusal::Gone },
    };
    Ok(app.reply(it.origin, it.shows(accounts(screen))).await?)
}

/// Which account is added?
pub async fn ask_account(app: App, it: Incoming, wrong: bool) -> Done {
    let talk = Talk::Accounts(Accounts::Account);
    let reply = it.step(accounts(AccountsScreen::Account { wrong }), &talk)?;
    Ok(app.reply(it.origin, reply).await?)
}

async fn account(app: App, it: Incoming, text: &str) -> Done {
    match Account::parse(text) {
        Ok(account) => ask_name(app, it, &account, false).await,
        Err(_) => ask_account(app, it, true).await,
    }
}

async fn ask_name(app: App, it: Incoming, account: &Account, wrong: bool) -> Done {
    let screen = accounts(AccountsScreen::Name { account: account.mask(), wrong });
    let talk = Talk::Accounts(Accounts::Name(account.reveal().to_owned()));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

async fn name(app: App, it: Incoming, text: &str, account: &str) -> Done {
    let Ok(account) = Account::parse(account) else { return ask_account(app, it, true).await };
    let Ok(name) = RealName::parse(text) else {
        return ask_name(app, it, &account, true).await;
    };
    let ever_had_one = app.store().ever_had_payee(it.origin.user).await?;
    let usable_at = app.policy().payees.usable_from(ever_had_one, app.now());
    let screen = accounts(AccountsScreen::Review {
        account: account.mask(),
        name: name.mask(),
        usable_at: ever_had_one.then_some(usable_at),
    });
    let talk = Accounts::Review(account.reveal().to_owned(), name.reveal().to_owned());
    Ok(app.reply(it.origin, it.step(screen, &Talk::Accounts(talk))?).await?)
}

async fn add(app: App, it: Incoming, account: &str, name: &str) -> Done {
    let (Ok(account), Ok(name)) = (Account::parse(account), RealName::parse(name)) else {
        return ask_account(app, it, true).await;
    };
    let change = PayeeChange::Add(Payee { account, name, code: None });
    let said = it.clone();
    let say = move |outcome| match outcome {
        Ok(Some(line)) => said.ends(accounts(AccountsScreen::Added { line })),
        outcome => answer(&said, outcome),
    };
    Ok(app.change_payee(it.origin, change, say).await?)
}

async fn change(app: App, it: Incoming, of: (PayeeId, i64), wish: PayeeWish) -> Done {
    let (payee, version) = of;
    let said = it.clone();
    let change = PayeeChange::Of { payee, version, wish };
    Ok(app.change_payee(it.origin, change, move |outcome| answer(&said, outcome)).await?)
}

/// How the account stands now, or what is wrong.
fn answer(it: &Incoming, outcome: Result<Option<AccountLine>, PayeeRefusal>) -> Reply {
    let screen = accounts(match outcome {
        Ok(Some(line)) => AccountsScreen::Card { line },
        Ok(None) => AccountsScreen::Removed,
        Err(refusal) => AccountsScreen::Refused { refusal },
    });
    // A wizard about something else is not left by a button on an account.
    if matches!(it.talk, Talk::Accounts(_)) { it.ends(screen) } else { it.shows(screen) }
}

async fn ask_cap(
    app: App,
    it: Incoming,
    of: (PayeeId, i64),
    cap: Cap,
    problem: Option<AmountError>,
) -> Done {
    let talk = Accounts::Cap(of.0, of.1, cap);
    ask_about(app, it, of, talk, |line| AccountsScreen::Cap { line, cap, problem }).await
}

async fn ask_code(app: App, it: Incoming, of: (PayeeId, i64), problem: Option<CodeError>) -> Done {
    let usable_at = app.policy().payees.usable_from(true, app.now());
    let talk = Accounts::Code(of.0, of.1);
    ask_about(app, it, of, talk, |line| AccountsScreen::Code { line, problem, usable_at }).await
}

async fn ask_to_remove(app: App, it: Incoming, of: (PayeeId, i64)) -> Done {
    let talk = Accounts::Remove(of.0, of.1);
    ask_about(app, it, of, talk, |line| AccountsScreen::Remove { line }).await
}

/// A question about an account that stands as it was seen.
async fn ask_about(
    app: App,
    it: Incoming,
    (payee, version): (PayeeId, i64),
    talk: Accounts,
    screen: impl FnOnce(AccountLine) -> AccountsScreen,
) -> Done {
    let reply = match app.account_of(it.origin.user, payee).await? {
        Some(line) if line.version == version => {
            it.step(accounts(screen(line)), &Talk::Accounts(talk))?
        }
        Some(_) => answer(&it, Err(PayeeRefusal::Stale)),
        None => answer(&it, Err(PayeeRefusal::Gone)),
    };
    Ok(app.reply(it.origin, reply).await?)
}

fn accounts(step: AccountsScreen) -> Screen {
    Screen::Accounts { step }
}
