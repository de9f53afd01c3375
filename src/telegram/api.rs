//! One raw call to the Bot API, and the one place that says what its answer means.
//!
//! Calls are a method and JSON, so that whatever Telegram offers today can be used before teloxide
//! types it. The token is part of every address: nothing here may show an address.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::multipart::{Form, Part};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::Bot;

use super::update;

pub mod file;

const CONNECT: Duration = Duration::from_secs(5);
/// For a whole call. After it the outcome is unknown, not failed.
const CALL: Duration = Duration::from_secs(20);
/// For a long poll, on top of what Telegram was asked to wait.
const POLL_MARGIN: Duration = Duration::from_secs(10);
/// For a call that carries a file.
const UPLOAD: Duration = Duration::from_secs(120);

/// The bot's connection to Telegram. Cloning shares it.
#[derive(Clone)]
pub struct Api {
    bot: Bot,
    /// `https://api.telegram.org/bot<token>/`
    base: SecretString,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Api(..)")
    }
}

/// Why there is no connection to talk through.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("the address of the Bot API must start with http:// or https://")]
    Address,
    #[error("the bot token looks like 123456:ABC-DEF; this one does not")]
    Token,
    #[error("there is no HTTP client: {0}")]
    Client(reqwest::Error),
}

/// One call: a method, its parameters, perhaps a file.
#[derive(Clone, PartialEq)]
pub struct Call {
    pub method: &'static str,
    /// An object, as in the Bot API's documentation.
    pub params: Value,
    pub file: Option<Upload>,
}

/// Only the method: parameters hold what people wrote.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({})", self.method)
    }
}

/// A file that is sent with a call.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// The parameter it is: `photo`, `document`…
    pub field: &'static str,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Call {
    pub fn new(method: &'static str, params: Value) -> Self {
        Self { method, params, file: None }
    }

    pub fn with_file(self, file: Upload) -> Self {
        Self { file: Some(file), ..self }
    }

    /// The message that this call would have put in the place of another one, as a new message:
    /// for when that other one is gone. `None`: it is not such a call.
    pub fn anew(&self) -> Option<Self> {
        let Value::Object(mut params) = self.params.clone() else { return None };
        params.remove("message_id")?;
        (self.method == "editMessageText").then(|| Self::new("sendMessage", params.into()))
    }
}

/// What became of a call.
#[derive(Clone, Debug)]
pub enum Outcome {
    Done(Reply),
    /// An edit that changes nothing: done.
    NotModified,
    /// What it was about is no longer there to be answered or deleted: done.
    Gone(String),
    /// Too many messages; `chat` is never named by Telegram, but may be known to be meant.
    RetryAfter {
        seconds: u32,
    },
    /// This person cannot be reached: blocked us, left Telegram, or never wrote to us.
    Blocked(String),
    /// The message to edit is gone: send it anew.
    CardLost(String),
    /// The chat has another id now.
    Migrated(i64),
    /// Telegram will never take this call. Our mistake.
    Bug(String),
    /// The token is not valid (any more).
    Unauthorized,
    /// Somebody else uses the token, or a webhook is set.
    Conflict(String),
    /// It never left: the connection could not be made.
    Unsent(String),
    /// It may or may not have been done: a time-out, a broken connection, a fault at their side.
    Unknown(String),
}

/// Telegram's answer to a call that was done.
#[derive(Clone, Debug)]
pub struct Reply(Box<RawValue>);

impl Reply {
    /// The id of the message that was sent or edited.
    pub fn message_id(&self) -> Option<i64> {
        #[derive(Deserialize)]
        struct Sent {
            message_id: i64,
        }
        self.read::<Sent>().ok().map(|it| it.message_id)
    }

    /// The answer as any type that has its fields.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }
}

/// What `getMe` tells about ourselves.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Me {
    pub id: i64,
    pub first_name: String,
    pub username: String,
}

impl Api {
    /// A connection to the Bot API at `url`, for example `https://api.telegram.org`.
    pub fn new(token: &SecretString, url: &str) -> Result<Self, SetupError> {
        let address = Url::parse(url).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
        let address = address.ok_or(SetupError::Address)?;
        if !is_token(token.expose_secret()) {
            return Err(SetupError::Token);
        }
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(CALL)
            // As many as may be in flight: whatever is closed here is opened again at once.
            .pool_max_idle_per_host(512)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| SetupError::Client(error.without_url()))?;
        let base = format!("{}/bot{}/", url.trim_end_matches('/'), token.expose_secret());
        let bot = Bot::with_client(token.expose_secret(), client).set_api_url(address);
        Ok(Self { bot, base: base.into() })
    }

    /// teloxide's own handle, for what it does well (files). It prints the token in its `Debug`.
    pub fn bot(&self) -> &Bot {
        &self.bot
    }

    /// Makes a call. Never fails: what went wrong is an outcome.
    pub async fn call(&self, call: &Call) -> Outcome {
        let request = self.bot.client().post(self.address(call.method));
        let request = match &call.file {
            None => {
                request.header("content-type", "application/json").body(call.params.to_string())
            }
            Some(file) => request.timeout(UPLOAD).multipart(form(&call.params, file)),
        };
        send(request).await
    }

    /// Waits up to `wait` for updates from `offset` on, and hands them to `read` as they came.
    /// Without an offset, from the oldest that was not confirmed.
    pub async fn updates(&self, offset: Option<i64>, wait: Duration) -> Outcome {
        #[derive(Serialize)]
        struct GetUpdates {
            #[serde(skip_serializing_if = "Option::is_none")]
            offset: Option<i64>,
            limit: u8,
            timeout: u64,
            allowed_updates: &'static [&'static str],
        }
        let params = GetUpdates {
            offset,
            limit: 100,
            timeout: wait.as_secs(),
            allowed_updates: update::ALLOWED,
        };
        let Ok(body) = serde_json::to_string(&params) else {
            return Outcome::Bug("getUpdates cannot be written".to_owned());
        };
        let request = self.bot.client().post(self.address("getUpdates"));
        let request = request.header("content-type", "application/json").body(body);
        send(request.timeout(wait + POLL_MARGIN)).await
    }

    /// Asks who we are: the first call after a start, which also tries the token.
    pub async fn me(&self) -> Result<Me, Outcome> {
        match self.call(&Call::new("getMe", Value::Object(serde_json::Map::new()))).await {
            Outcome::Done(reply) => {
                reply.read().map_err(|error| Outcome::Unknown(format!("getMe: {error}")))
            }
            other => Err(other),
        }
    }

    fn address(&self, method: &str) -> String {
        format!("{}{method}", self.base.expose_secret())
    }

    /// Where Telegram keeps a file: the token stands in this address too.
    fn file_address(&self, path: &str) -> String {
        let base = self.base.expose_secret();
        let (url, token) = base.rsplit_once("/bot").unwrap_or((base, ""));
        format!("{url}/file/bot{token}{path}")
    }
}

fn is_token(token: &str) -> bool {
    let Some((id, secret)) = token.split_once(':') else { return false };
    let plain = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    !id.is_empty()
        && id.bytes().all(|it| it.is_ascii_digit())
        && secret.len() >= 10
        && secret.bytes().all(|it| plain(&it))
}

fn form(params: &Value, file: &Upload) -> Form {
    let fields = params.as_object().into_iter().flatten();
    let form = fields.fold(Form::new(), |form, (name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.text(name.clone(), text)
    });
    form.part(file.field, Part::bytes(file.bytes.clone()).file_name(file.name.clone()))
}

async fn send(request: reqwest::RequestBuilder) -> Outcome {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_builder() => return Outcome::Bug(told(error)),
        Err(error) if error.is_connect() => return Outcome::Unsent(told(error)),
        Err(error) => return Outcome::Unknown(told(error)),
    };
    let status = response.status().as_u16();
    match response.bytes().await {
        Ok(body) => classify(status, &body),
        Err(error) => Outcome::Unknown(told(error)),
    }
}

/// The error and its causes in one line, without the address: the token is in it.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// What an answer means. Texts are compared by their beginnings, because teloxide's variants know
/// only some of them.
pub fn classify(status: u16, body: &[u8]) -> Outcome {
    #[derive(Deserialize)]
    struct Envelope {
        ok: bool,
        result: Option<Box<RawValue>>,
        error_code: Option<u16>,
        #[serde(default)]
        description: String,
        #[serde(default)]
        parameters: Parameters,
    }
    #[derive(Deserialize, Default)]
    struct Parameters {
        retry_after: Option<u32>,
        migrate_to_chat_id: Option<i64>,
    }
    let Ok(answer) = serde_json::from_slice::<Envelope>(body) else {
        return Outcome::Unknown(format!("HTTP {status} without an answer of the Bot API"));
    };
    if let (true, Some(result)) = (answer.ok, answer.result) {
        return Outcome::Done(Reply(result));
    }
    if let Some(chat) = answer.parameters.migrate_to_chat_id {
        return Outcome::Migrated(chat);
    }
    let text = answer.description;
    match answer.error_code.unwrap_or(status) {
        400 => refused(text),
        401 => Outcome::Unauthorized,
        403 => Outcome::Blocked(text),
        // A token that is not even well-formed; an unknown method says more.
        404 if text == "Not Found" => Outcome::Unauthorized,
        409 => Outcome::Conflict(text),
        429 => Outcome::RetryAfter { seconds: answer.parameters.retry_after.unwrap_or(1).max(1) },
        402..=499 => Outcome::Bug(text),
        _ => Outcome::Unknown(text),
    }
}

/// The meaning of `Bad Request: …`.
fn refused(text: String) -> Outcome {
    const GONE: &[&str] = &[
        "query is too old",
        "message to delete not found",
        "message can't be deleted",
        "message to react not found",
        "message to pin not found",
    ];
    const CARD_LOST: &[&str] = &[
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "there is no caption in the message to edit",
        "MESSAGE_ID_INVALID",
    ];
    const BLOCKED: &[&str] = &[
        "chat not found",
        "private chat not found",
        "user not found",
        "PEER_ID_INVALID",
        "USER_IS_BLOCKED",
        "INPUT_USER_DEACTIVATED",
        "bot can't initiate conversation",
    ];
    let reason = text.strip_prefix("Bad Request: ").unwrap_or(&text);
    let starts = |list: &[&str]| list.iter().any(|it| reason.starts_with(it));
    if reason.starts_with("message is not modified") {
        Outcome::NotModified
    } else if starts(GONE) {
        Outcome::Gone(text)
    } else if starts(CARD_LOST) {
        Outcome::CardLost(text)
    } else if starts(BLOCKED) {
        Outcome::Blocked(text)
    } else {
        Outcome::Bug(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: u16, text: &str) -> Outcome {
        let body = serde_json::json!({ "ok": false, "error_code": code, "description": text });
        classify(code, body.to_string().as_bytes())
    }

    #[track_caller]
    fn case(code: u16, text: &str, expected: &str) {
        let found = format!("{:?}", error(code, text));
        let found = found.split(['(', ' ']).next().unwrap();
        assert_eq!(found, expected, "{code} {text}");
    }

    #[test]
    fn each_text_of_telegram_has_its_meaning() {
        case(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
            "NotModified",
        );
        case(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            "Gone",
        );
        case(400, "Bad Request: message to edit not found", "CardLost");
        case(400, "Bad Request: message can't be edited", "CardLost");
        case(400, "Bad Request: there is no text in the message to edit", "CardLost");
        case(400, "Bad Request: message to delete not found", "Gone");
        case(400, "Bad Request: message can't be deleted for everyone", "Gone");
        case(400, "Bad Request: chat not found", "Blocked");
        case(400, "Bad Request: private chat not found", "Blocked");
        case(400, "Bad Request: message text is empty", "Bug");
        case(400, "Bad Request: can't parse entities: Unsupported start tag \"x\"", "Bug");
        case(400, "Bad Request: BUTTON_DATA_INVALID", "Bug");
        case(401, "Unauthorized", "Unauthorized");
        case(403, "Forbidden: bot was blocked by the user", "Blocked");
        case(403, "Forbidden: user is deactivated", "Blocked");
        case(403, "Forbidden: bot can't initiate conversation with a user", "Blocked");
        case(404, "Not Found", "Unauthorized");
        case(404, "Not Found: method not found", "Bug");
        case(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            "Conflict",
        );
        case(500, "Internal Server Error: restart", "Unknown");
    }

    #[test]
    fn parameters_are_read() {
        let body = br#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#;
        assert!(matches!(classify(429, body), Outcome::RetryAfter { seconds: 7 }));
        let body = br#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001}}"#;
        assert!(matches!(classify(400, body), Outcome::Migrated(-1001)));
        let body = br#"{"ok":true,"result":{"message_id":3,"entities":[{"type":"date_time"}]}}"#;
        let Outcome::Done(reply) = classify(200, body) else { panic!("it was done") };
        assert_eq!(reply.message_id(), Some(3));
    }

    #[test]
    fn a_page_of_a_proxy_is_no_answer() {
        assert!(matches!(classify(502, b"<html>Bad Gateway</html>"), Outcome::Unknown(_)));
        assert!(matches!(classify(200, b""), Outcome::Unknown(_)));
        assert!(matches!(classify(200, br#"{"ok":true}"#), Outcome::Unknown(_)));
    }

    #[tokio::test]
    async fn the_token_is_in_no_text() {
        let token = SecretString::from("42:canary-canary-canary");
        // Nobody listens on port 1.
        let api = Api::new(&token, "http://127.0.0.1:1").unwrap();
        let outcome = api.call(&Call::new("getMe", Value::Null)).await;
        assert!(matches!(outcome, Outcome::Unsent(_)), "{outcome:?}");
        assert!(!format!("{outcome:?} {api:?}").contains("canary"));
        for odd in ["", "42", "42:short", "x:abcdefghijkl", "42:abc def ghi jkl"] {
            assert!(matches!(Api::new(&odd.into(), "http://a"), Err(SetupError::Token)), "{odd}");
        }
        assert!(matches!(Api::new(&token, "ftp://a"), Err(SetupError::Address)));
    }
}
