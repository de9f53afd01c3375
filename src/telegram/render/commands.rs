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

/// What somebody does for the desk beside trading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    pub treasurer: bool,
    pub arbiter: bool,
    pub operator: bool,
}

/// The menu in that language; for those of the desk it is longer, and in a demo too.
pub fn commands(language: Language, desk: Desk, demo: bool) -> Vec<Command> {
    groups(language, desk, demo).into_iter().flat_map(|it| it.commands).collect()
}

/// The same commands by their subjects.
pub(super) fn groups(language: Language, desk: Desk, demo: bool) -> Vec<Group> {
    let t = language.texts();
    let practice = demo.then(|| ("practice", t.command_practice()));
    let treasury = desk.treasurer.then(|| (t.help_treasury(), treasury(t)));
    let settles = (desk.arbiter || desk.operator).then(|| (t.help_desk(), settling(t, desk)));
    [
        (t.help_selling(), selling(t)),
        (t.help_buying(), buying(t)),
        (t.help_protecting(), protecting(t)),
        (t.help_rest(), rest(t).into_iter().chain(practice).collect()),
    ]
    .into_iter()
    .chain(treasury)
    .chain(settles)
    .map(|(title, lines)| {
        let command = |(name, description)| Command { name, description };
        Group { title, commands: lines.into_iter().map(command).collect() }
    })
    .collect()
}

/// The calls that set the menus: for everybody and, longer, for each of the desk; English unless a
/// client speaks Chinese.
pub fn menus(desk: &[(i64, Desk)], demo: bool) -> Vec<Call> {
    let own = desk.iter().flat_map(|(chat, desk)| own_menu(*chat, *desk, demo));
    both(Desk::default(), &json!({ "type": "all_private_chats" }), demo)
        .into_iter()
        .chain(own)
        .collect()
}

/// The menu of one person's chat, in both languages.
pub(super) fn own_menu(chat: i64, desk: Desk, demo: bool) -> [Call; 2] {
    both(desk, &json!({ "type": "chat", "chat_id": chat }), demo)
}

fn both(desk: Desk, scope: &Value, demo: bool) -> [Call; 2] {
    Language::ALL.map(|language| {
        let mut params = json!({ "commands": commands(language, desk, demo), "scope": scope });
        if language == Language::Chinese {
            params["language_code"] = "zh".into();
        }
        Call::new("setMyCommands", params)
    })
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

fn settling(t: &Texts, desk: Desk) -> Lines {
    let arbiters = desk.operator.then(|| ("arbiters", t.command_arbiters()));
    [("disputes", t.command_disputes())].into_iter().chain(arbiters).collect()
}
