//! From which Alipay account a buyer pays: two questions, also on the way to a first ad.

use super::ad;
use crate::app::App;
use crate::domain::payee::{Account, RealName};
use crate::domain::payer::Payer;
use crate::letter::{PayerScreen, Screen};
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::{DeclarePayer, Talk};

type Done = Result<(), HandlerError>;

pub async fn begin(app: App, it: Incoming) -> Done {
    ask_name(app, it, false, false).await
}

/// The same before the first question of an ad.
pub async fn before_ad(app: App, it: Incoming) -> Done {
    ask_name(app, it, true, false).await
}

pub async fn typed(app: App, it: Incoming, text: String, state: DeclarePayer) -> Done {
    match state {
        DeclarePayer::Name { ad } => match RealName::parse(&text) {
            Ok(name) => ask_account(app, it, ad, &name, false).await,
            Err(_) => ask_name(app, it, ad, true).await,
        },
        DeclarePayer::Account { ad, name } => {
            let Ok(name) = RealName::parse(&name) else { return ask_name(app, it, ad, true).await };
            match Account::parse(&text) {
                Ok(account) => declare(app, it, ad, Payer { name, account }).await,
                Err(_) => ask_account(app, it, ad, &name, true).await,
            }
        }
    }
}

/// One step back, to the question before.
pub async fn back(app: App, it: Incoming, state: DeclarePayer) -> Done {
    match state {
        DeclarePayer::Name { ad } | DeclarePayer::Account { ad, .. } => {
            ask_name(app, it, ad, false).await
        }
    }
}

async fn ask_name(app: App, it: Incoming, ad: bool, wrong: bool) -> Done {
    let now = app.store().payer(app.seal(), it.origin.user).await?;
    let now = now.map(|it| (it.name.mask(), it.account.mask()));
    let talk = Talk::Payer(DeclarePayer::Name { ad });
    let reply = it.step(payer(PayerScreen::Name { now, wrong }), &talk)?;
    Ok(app.reply(it.origin, reply).await?)
}

async fn ask_account(app: App, it: Incoming, ad: bool, name: &RealName, wrong: bool) -> Done {
    let screen = payer(PayerScreen::Account { name: name.mask(), wrong });
    let talk = Talk::Payer(DeclarePayer::Account { ad, name: name.reveal().to_owned() });
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

async fn declare(app: App, it: Incoming, ad: bool, declared: Payer) -> Done {
    let reply = match ad {
        true => ad::first_question(&it)?,
        false => it.ends(payer(PayerScreen::Declared {
            name: declared.name.mask(),
            account: declared.account.mask(),
        })),
    };
    Ok(app.declare_payer(it.origin, declared, reply).await?)
}

fn payer(step: PayerScreen) -> Screen {
    Screen::Payer { step }
}
