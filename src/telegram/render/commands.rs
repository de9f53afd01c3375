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

/// Commands of one subject, as the help page shows them.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) commands: Vec<Command>,
}

/// The menu in that language; for treasurers it is longer, and in a demo too.
pub fn commands(language: Language, treasurer: bool, demo: bool) -> Vec<Command> {
    groups(language, treasurer, demo).into_iter().flat_map(|it| it.commands).collect()
}

/// The same commands by their subjects.
pub(super) fn groups(language: Language, treasurer: bool, demo: bool) -> Vec<Group> {
    let t = language.texts();
    let practice = demo.then(|| ("practice", t.command_practice()));
    let treasury = treasurer.then(|| (t.help_treasury(), treasury(t)));
    [
        (t.help_selling(), selling(t)),
        (t.help_buying(), buying(t)),
        (t.help_protecting(), protecting(t)),
        (t.help_rest(), rest(t).into_iter().chain(practice).collect()),
    ]
    .into_iter()
    .chain(treasury)
    .map(|(title, lines)| {
        let command = |(name, description)| Command { name, description };
        Group { title, commands: lines.into_iter().map(command).collect() }
    })
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

type Lines = Vec<(&'static str, String)>;

fn selling(t: &Texts) -> Lines {
    vec![
        ("sell", t.command_sell()),
        ("orders", t.command_orders()),
        ("order", t.command_order()),
        ("balance", t.command_balance()),
        ("withdraw", t.command_withdraw()),
        ("accounts", t.command_accounts()),
        ("bill", t.command_bill()),
        ("devices", t.command_devices()),
        ("evidence", t.command_evidence()),
    ]
}

fn buying(t: &Texts) -> Lines {
    vec![("ad", t.command_ad()), ("ads", t.command_ads()), ("payer", t.command_payer())]
}

fn protecting(t: &Texts) -> Lines {
    vec![
        ("security", t.command_security()),
        ("phrase", t.command_phrase()),
        ("verify", t.command_verify()),
        ("forget", t.command_forget()),
        ("frozen", t.command_frozen()),
    ]
}

fn rest(t: &Texts) -> Lines {
    vec![
        ("help", t.command_help()),
        ("cancel", t.command_cancel()),
        ("language", t.command_language()),
        ("start", t.command_start()),
    ]
}

fn treasury(t: &Texts) -> Lines {
    vec![("deposit", t.command_deposit()), ("withdrawals", t.command_withdrawals())]
}
