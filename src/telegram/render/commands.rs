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
pub struct Roles {
    pub treasurer: bool,
    pub arbiter: bool,
    pub operator: bool,
}

/// The menu in that language; for those of the desk it is longer, and in a demo too.
pub fn commands(language: Language, roles: Roles, demo: bool) -> Vec<Command> {
    groups(language, roles, demo).into_iter().flat_map(|it| it.commands).collect()
}

/// The same commands by their subjects.
pub(super) fn groups(language: Language, roles: Roles, demo: bool) -> Vec<Group> {
    let t = language.texts();
    let practice = demo.then(|| ("practice", t.command_practice()));
    let treasury = roles.treasurer.then(|| (t.help_treasury(), treasury(t)));
    let settles = (roles.arbiter || roles.operator).then(|| (t.help_desk(), settling(t, roles)));
    let running = roles.operator.then(|| (t.help_running(), running(t)));
    [
        (t.help_selling(), selling(t)),
        (t.help_buying(), buying(t)),
        (t.help_protecting(), protecting(t)),
        (t.help_rest(), rest(t).into_iter().chain(practice).collect()),
    ]
    .into_iter()
    .chain(treasury)
    .chain(running)
    .chain(settles)
    .map(|(title, lines)| {
        let command = |(name, description)| Command { name, description };
        Group { title, commands: lines.into_iter().map(command).collect() }
    })
    .collect()
}

/// The calls that set the menus: for everybody and, longer, for each of the desk; English unless a
/// client speaks Chinese.
pub fn menus(desk: &[(i64, Roles)], demo: bool) -> Vec<Call> {
    let own = desk.iter().flat_map(|(chat, roles)| own_menu(*chat, *roles, demo));
    both(Roles::default(), &json!({ "type": "all_private_chats" }), demo)
        .into_iter()
        .chain(own)
        .collect()
}

/// The menu of one person's chat, in both languages.
pub(super) fn own_menu(chat: i64, roles: Roles, demo: bool) -> [Call; 2] {
    both(roles, &json!({ "type": "chat", "chat_id": chat }), demo)
}

fn both(roles: Roles, scope: &Value, demo: bool) -> [Call; 2] {
    Language::ALL.map(|language| {
        let mut params = json!({ "commands": commands(language, roles, demo), "scope": scope });
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
        ("blocks", t.command_blocks()),
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

fn running(t: &Texts) -> Lines {
    vec![
        ("pause", t.command_pause()),
        ("resume", t.command_resume()),
        ("stop", t.command_stop()),
        ("allow", t.command_allow()),
        ("stopad", t.command_stop_ad()),
        ("allowad", t.command_allow_ad()),
        ("stops", t.command_stops()),
    ]
}

fn settling(t: &Texts, roles: Roles) -> Lines {
    let arbiters = roles.operator.then(|| ("arbiters", t.command_arbiters()));
    [("disputes", t.command_disputes())].into_iter().chain(arbiters).collect()
}
