//! Inline keyboards: what Telegram takes, and how the bot and a person see it.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::link;

/// One button; `text` is its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    pub text: String,
    pub action: Action,
    pub style: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Callback(String),
    Url(String),
    Copy(String),
    /// A kind that only a real client can follow, kept as it came.
    Other(&'static str, Value),
}

pub type Rows = Vec<Vec<Button>>;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyboardError {
    #[error("object expected as reply markup")]
    NotAnObject,
    #[error("inline keyboard expected")]
    NotInline,
    #[error("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")]
    Rows,
    #[error("can't parse inline keyboard button: {0}")]
    Button(String),
    #[error("inline keyboard button URL '{url}' is invalid: {source}")]
    Url { url: String, source: link::LinkError },
    #[error("BUTTON_DATA_INVALID")]
    Data,
    #[error("BUTTON_COPY_TEXT_INVALID")]
    CopyText,
    #[error("reply markup is too long")]
    TooLong,
}

const OTHERS: [&str; 8] = [
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "callback_game",
    "pay",
    "suggested_post",
];
const STYLES: [&str; 3] = ["danger", "success", "primary"];
const DATA_BYTES: usize = 64;
const COPY_CHARS: usize = 256;
const MARKUP_BYTES: usize = 10_000;

/// The buttons of a `reply_markup`. A keyboard that replaces the reader's own has none.
pub(crate) fn parse(markup: &Value) -> Result<Rows, KeyboardError> {
    let Value::Object(markup) = markup else { return Err(KeyboardError::NotAnObject) };
    let Some(rows) = markup.get("inline_keyboard") else {
        let known = ["keyboard", "remove_keyboard", "force_reply"];
        let fits = markup.is_empty() || known.iter().any(|it| markup.contains_key(*it));
        return if fits { Ok(Rows::new()) } else { Err(KeyboardError::NotInline) };
    };
    let rows = rows.as_array().ok_or(KeyboardError::Rows)?;
    let rows = rows
        .iter()
        .map(|row| row.as_array().ok_or(KeyboardError::Rows)?.iter().map(button).collect())
        .collect::<Result<Rows, _>>()?;
    Ok(rows.into_iter().filter(|row| !row.is_empty()).collect())
}

/// As [`parse`], where only an inline keyboard will do.
pub(crate) fn parse_inline(markup: &Value) -> Result<Rows, KeyboardError> {
    match markup {
        Value::Object(fields) if fields.is_empty() || fields.contains_key("inline_keyboard") => {
            parse(markup)
        }
        Value::Object(_) => Err(KeyboardError::NotInline),
        _ => Err(KeyboardError::NotAnObject),
    }
}

/// What Telegram's server, behind the Bot API, still finds wrong with the buttons.
pub(crate) fn check(rows: &Rows) -> Result<(), KeyboardError> {
    let mut bytes = 0;
    for button in rows.iter().flatten() {
        bytes += button.text.len();
        match &button.action {
            Action::Callback(data) if data.len() > DATA_BYTES => return Err(KeyboardError::Data),
            Action::Copy(text) if !(1..=COPY_CHARS).contains(&text.chars().count()) => {
                return Err(KeyboardError::CopyText);
            }
            Action::Callback(text) | Action::Url(text) | Action::Copy(text) => bytes += text.len(),
            Action::Other(..) => {}
        }
    }
    if bytes > MARKUP_BYTES { Err(KeyboardError::TooLong) } else { Ok(()) }
}

fn button(value: &Value) -> Result<Button, KeyboardError> {
    let wrong = |why: &str| KeyboardError::Button(why.to_owned());
    let Value::Object(fields) = value else {
        return Err(wrong("InlineKeyboardButton must be an Object"));
    };
    let text = string(fields, "text")?.ok_or_else(|| wrong("Can't find field \"text\""))?;
    let style = string(fields, "style")?.filter(|it| !it.is_empty());
    if style.as_ref().is_some_and(|it| !STYLES.contains(&it.as_str())) {
        return Err(wrong("Invalid button style specified"));
    }

    let mut actions = Vec::new();
    if let Some(url) = string(fields, "url")?.filter(|it| !it.is_empty()) {
        let checked = link::checked(&url);
        actions.push(Action::Url(checked.map_err(|source| KeyboardError::Url { url, source })?));
    }
    if let Some(data) = string(fields, "callback_data")?.filter(|it| !it.is_empty()) {
        actions.push(Action::Callback(data));
    }
    if let Some(copy) = fields.get("copy_text") {
        let Value::Object(copy) = copy else {
            return Err(wrong("Field \"copy_text\" must be of type Object"));
        };
        let text = string(copy, "text")?.ok_or_else(|| wrong("Can't find field \"text\""))?;
        actions.push(Action::Copy(text));
    }
    for name in OTHERS {
        if let Some(value) = fields.get(name) {
            actions.push(Action::Other(name, value.clone()));
        }
    }
    if actions.len() > 1 {
        return Err(wrong("exactly one kind of action must be given"));
    }
    let action =
        actions.pop().ok_or_else(|| wrong("Text buttons are unallowed in the inline keyboard"))?;
    Ok(Button { text, action, style })
}

fn string(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, KeyboardError> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(KeyboardError::Button(format!("Field \"{name}\" must be of type String"))),
    }
}

/// As people see it: `data`, `url` or `copy_text` beside the label.
impl Serialize for Button {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("text", &self.text)?;
        match &self.action {
            Action::Callback(data) => map.serialize_entry("data", data)?,
            Action::Url(url) => map.serialize_entry("url", url)?,
            Action::Copy(text) => map.serialize_entry("copy_text", text)?,
            Action::Other(..) => {}
        }
        if let Some(style) = &self.style {
            map.serialize_entry("style", style)?;
        }
        map.end()
    }
}

/// As the bot sees it: Telegram's `InlineKeyboardButton`.
struct BotButton<'a>(&'a Button);

impl Serialize for BotButton<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("text", &self.0.text)?;
        if let Some(style) = &self.0.style {
            map.serialize_entry("style", style)?;
        }
        match &self.0.action {
            Action::Callback(data) => map.serialize_entry("callback_data", data)?,
            Action::Url(url) => map.serialize_entry("url", url)?,
            Action::Copy(text) => map.serialize_entry("copy_text", &json!({ "text": text }))?,
            Action::Other(name, value) => map.serialize_entry(name, value)?,
        }
        map.end()
    }
}

/// Telegram's `InlineKeyboardMarkup` of these rows.
pub(crate) struct Markup<'a>(pub(crate) &'a Rows);

impl Serialize for Markup<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(1))?;
        let rows: Vec<Vec<BotButton<'_>>> =
            self.0.iter().map(|row| row.iter().map(BotButton).collect()).collect();
        map.serialize_entry("inline_keyboard", &rows)?;
        map.end()
    }
}
