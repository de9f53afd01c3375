//! What Telegram shows in the menu of commands.

use serde::Serialize;
use serde_json::{Value, json};

use crate::language::Language;
use crate::locale::Texts;
use crate::telegram::api::Call;

/// A line of the menu, as `setMyCommands` takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Command {
    #[serde(rename = "command")]
    pub name: &'static str,
    pub description: String,
}

/// The menu in that language; for treasurers it is longer, and in a demo too.
pub fn commands(language: Language, treasurer: bool, demo: bool) -> Vec<Command> {
    let t = language.texts();
    let own = if treasurer { treasury(t) } else { vec![] };
    let practice = demo.then(|| ("practice", t.command_practice()));
    everybody(t)
        .into_iter()
        .chain(practice)
        .chain(own)
        .map(|(name, description)| Command { name, description })
        .collect()
}

/// The calls that set the menus: for everybody and, longer, for each treasurer; English unless a
/// client speaks Chinese.
pub fn menus(treasurers: &[i64], demo: bool) -> Vec<Call> {
    let menu = |language, treasurer, scope: Value| {
        let mut params = json!({ "commands": commands(language, treasurer, demo), "scope": scope });
        if language == Language::Chinese {
            params["language_code"] = "zh".into();
        }
        Call::new("setMyCommands", params)
    };
    let both = |treasurer, scope: Value| {
        Language::ALL.map(|language| menu(language, treasurer, scope.clone()))
    };
    let own = treasurers.iter().flat_map(|it| both(true, json!({ "type": "chat", "chat_id": it })));
    both(false, json!({ "type": "all_private_chats" })).into_iter().chain(own).collect()
}

fn everybody(t: &Texts) -> Vec<(&'static str, String)> {
    vec![
        ("sell", t.command_sell()),
        ("orders", t.command_orders()),
        ("order", t.command_order()),
        ("balance", t.command_balance()),
        ("withdraw", t.command_withdraw()),
        ("security", t.command_security()),
        ("accounts", t.command_accounts()),
        ("bill", t.command_bill()),
        ("ad", t.command_ad()),
        ("ads", t.command_ads()),
        ("devices", t.command_devices()),
        ("payer", t.command_payer()),
        ("phrase", t.command_phrase()),
        ("verify", t.command_verify()),
        ("cancel", t.command_cancel()),
        ("help", t.command_help()),
        ("language", t.command_language()),
        ("forget", t.command_forget()),
        ("start", t.command_start()),
    ]
}

fn treasury(t: &Texts) -> Vec<(&'static str, String)> {
    vec![("deposit", t.command_deposit()), ("withdrawals", t.command_withdrawals())]
}
