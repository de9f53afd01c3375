//! The bot itself: `getMe`, its commands, its words about itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::params::Params;
use super::{ApiError, Done, Outcome};
use crate::state::{BotCommand, Inner, Profile, json_of};

pub(crate) fn get_me(inner: &Inner) -> Done {
    let state = inner.lock();
    let mut me = json!(*state.bot);
    for name in [
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    ] {
        me[name] = json!(name == "can_join_groups");
    }
    Done::json(me.to_string())
}

pub(crate) fn set_commands(inner: &Inner, params: &Params) -> Outcome {
    let key = key(params)?;
    let list = params.json("commands", "commands")?;
    let list = list.as_ref().and_then(|it| it.as_array());
    let list = list.ok_or_else(|| ApiError::bad("expected an Array of BotCommand"))?;
    if list.len() > 100 {
        return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let commands = list.iter().map(command).collect::<Result<Vec<_>, _>>()?;
    let mut state = inner.lock();
    if commands.is_empty() {
        state.profile.commands.remove(&key);
    } else {
        state.profile.commands.insert(key, commands);
    }
    Ok(Done::json("true"))
}

fn command(value: &Value) -> Result<BotCommand, ApiError> {
    let text = |name: &str| {
        value[name].as_str().ok_or_else(|| {
            ApiError::bad(format_args!("can't parse BotCommand: Can't find field \"{name}\""))
        })
    };
    let command = text("command")?.trim_start_matches('/').to_owned();
    let description = text("description")?.trim().to_owned();
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    if !(1..=32).contains(&command.len()) || !command.bytes().all(fits) {
        return Err(ApiError::bad("BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&description.chars().count()) {
        return Err(ApiError::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(BotCommand { command, description })
}

pub(crate) fn get_commands(inner: &Inner, params: &Params) -> Outcome {
    let key = key(params)?;
    let state = inner.lock();
    let commands = state.profile.commands.get(&key).map_or(&[][..], Vec::as_slice);
    Ok(Done::json(json_of(commands)))
}

pub(crate) fn delete_commands(inner: &Inner, params: &Params) -> Outcome {
    let key = key(params)?;
    inner.lock().profile.commands.remove(&key);
    Ok(Done::json("true"))
}

pub(crate) fn set_words(
    inner: &Inner,
    params: &Params,
    field: &'static str,
    most: usize,
) -> Outcome {
    let words = params.text(field).into_owned();
    let language = language(params)?;
    if words.chars().count() > most {
        return Err(ApiError::bad(
            format_args!("{field} is too long").to_string().replace('_', " "),
        ));
    }
    let mut state = inner.lock();
    if field == "name" && language.is_empty() && !words.is_empty() {
        Arc::make_mut(&mut state.bot).first_name.clone_from(&words);
    }
    state.profile.words.insert((field, language), words);
    Ok(Done::json("true"))
}

/// Scope and language, the key under which commands are kept.
fn key(params: &Params) -> Result<(String, String), ApiError> {
    let scope = match params.json("scope", "BotCommandScope")? {
        Some(scope) if scope["type"].is_string() => scope.to_string(),
        Some(_) => {
            return Err(ApiError::bad("can't parse BotCommandScope: Can't find field \"type\""));
        }
        None => DEFAULT_SCOPE.to_owned(),
    };
    Ok((scope, language(params)?))
}

const DEFAULT_SCOPE: &str = r#"{"type":"default"}"#;
const PRIVATE_SCOPE: &str = r#"{"type":"all_private_chats"}"#;

fn language(params: &Params) -> Result<String, ApiError> {
    let code = params.text("language_code").into_owned();
    let fits =
        code.is_empty() || (code.len() == 2 && code.bytes().all(|it| it.is_ascii_lowercase()));
    if fits { Ok(code) } else { Err(ApiError::bad("BOT_COMMAND_LANG_CODE_INVALID")) }
}

impl Profile {
    /// The commands that people see in a private chat, by language.
    pub(crate) fn private_commands(&self) -> BTreeMap<&str, &[BotCommand]> {
        let mut shown: BTreeMap<&str, &[BotCommand]> = BTreeMap::new();
        for scope in [DEFAULT_SCOPE, PRIVATE_SCOPE] {
            for ((kept, language), commands) in &self.commands {
                if kept == scope {
                    shown.insert(language, commands);
                }
            }
        }
        shown.entry("").or_default();
        shown
    }
}
