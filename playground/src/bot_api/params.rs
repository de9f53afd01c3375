//! The parameters of a call, however they came: query, JSON, form or multipart.

use std::borrow::Cow;
use std::collections::HashMap;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::ApiError;
use crate::entity::{Entity, EntityKind};
use crate::html::date_format;
use crate::user::User;

const BODY_BYTES: usize = 55 << 20;

#[derive(Debug, Default)]
pub(crate) struct Params {
    fields: Map<String, Value>,
    files: HashMap<String, Upload>,
}

/// A file that came in the call itself.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) mime_type: String,
    pub(crate) bytes: Bytes,
}

impl Params {
    pub(crate) async fn read(mut request: Request<Body>) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            DefaultBodyLimit::max(BODY_BYTES).apply(&mut request);
            params.add_multipart(request).await?;
            return Ok(params);
        }
        let body = to_bytes(request.into_body(), BODY_BYTES)
            .await
            .map_err(|error| refused(&error.to_string()))?;
        if kind.starts_with("application/json") && !body.is_empty() {
            let fields: Map<String, Value> = serde_json::from_slice(&body).map_err(|error| {
                tracing::debug!(%error, "a body that is no JSON object");
                ApiError::bad("can't parse request body as a JSON object")
            })?;
            if params.fields.is_empty() {
                params.fields = fields;
            } else {
                params.fields.extend(fields);
            }
        } else {
            params.add_form(&body);
        }
        Ok(params)
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in form_urlencoded::parse(form) {
            self.fields.insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }

    async fn add_multipart(&mut self, request: Request<Body>) -> Result<(), ApiError> {
        let unreadable = |_| ApiError::bad("can't parse multipart/form-data");
        let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
        loop {
            let field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => return Ok(()),
                Err(error) => return Err(refused(&error.body_text())),
            };
            let Some(name) = field.name().map(str::to_owned) else { continue };
            let file = field.file_name().map(str::to_owned);
            let mime_type = field.content_type().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| refused(&error.body_text()))?;
            if let Some(file) = file {
                let mime_type = mime_type.unwrap_or_else(|| "application/octet-stream".to_owned());
                self.files.insert(name, Upload { name: file, mime_type, bytes });
            } else {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.fields.insert(name, Value::String(text));
            }
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The parameter as Telegram reads all of them: text. Absent is empty.
    pub(crate) fn text(&self, name: &str) -> Cow<'_, str> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Cow::Borrowed(""),
            Some(Value::String(text)) => Cow::Borrowed(text),
            Some(other) => Cow::Owned(other.to_string()),
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        match self.fields.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).to_ascii_lowercase().as_str(), "true" | "yes" | "1")
    }

    /// A parameter that is JSON, given as such or as text.
    pub(crate) fn json(&self, name: &str, what: &str) -> Result<Option<Cow<'_, Value>>, ApiError> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(value) => Ok(Some(Cow::Owned(value))),
                Err(_) => Err(ApiError::bad(format_args!("can't parse {what} JSON object"))),
            },
            Some(value) => Ok(Some(Cow::Borrowed(value))),
        }
    }

    pub(crate) fn chat_id(&self, name: &str) -> Result<i64, ApiError> {
        if !self.has(name) {
            return Err(ApiError::bad(format_args!("{name} is empty")));
        }
        self.number(name).ok_or_else(ApiError::chat_not_found)
    }

    pub(crate) fn message_id(&self, name: &str) -> Result<i64, ApiError> {
        match self.number(name) {
            Some(id) if id != 0 => Ok(id),
            _ => Err(ApiError::bad("message identifier is not specified")),
        }
    }

    /// The file of a parameter that came in this call, also by `attach://name`.
    pub(crate) fn upload(&self, name: &str) -> Option<&Upload> {
        let text = self.text(name);
        match text.strip_prefix("attach://") {
            Some(attached) => self.files.get(attached),
            None => self.files.get(name),
        }
    }

    /// `entities` or `caption_entities`.
    pub(crate) fn entities(&self, name: &str) -> Result<Vec<Entity>, ApiError> {
        let Some(list) = self.json(name, "message entities")? else { return Ok(Vec::new()) };
        let Value::Array(list) = list.as_ref() else {
            return Err(ApiError::bad("expected an Array of MessageEntity"));
        };
        list.iter().filter_map(|it| entity(it).transpose()).collect()
    }

    /// For the record of calls: files are named, not kept.
    pub(crate) fn into_value(self) -> Value {
        let mut fields = self.fields;
        for (name, file) in self.files {
            fields.insert(name, json!({ "file_name": file.name, "bytes": file.bytes.len() }));
        }
        Value::Object(fields)
    }
}

fn refused(why: &str) -> ApiError {
    if why.contains("limit") {
        ApiError::too_large()
    } else {
        ApiError::bad("can't read the request")
    }
}

/// One given entity; `None` for the kinds that Telegram finds by itself.
fn entity(value: &Value) -> Result<Option<Entity>, ApiError> {
    let wrong = |why: &str| ApiError::bad(format_args!("can't parse MessageEntity: {why}"));
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let kind = match text("type").as_str() {
        "bold" => EntityKind::Bold,
        "italic" => EntityKind::Italic,
        "underline" => EntityKind::Underline,
        "strikethrough" => EntityKind::Strikethrough,
        "spoiler" => EntityKind::Spoiler,
        "blockquote" => EntityKind::Blockquote,
        "expandable_blockquote" => EntityKind::ExpandableBlockquote,
        "code" => EntityKind::Code,
        "pre" => EntityKind::Pre { language: Some(text("language")).filter(|it| !it.is_empty()) },
        "text_link" => match crate::link::entity(&text("url")) {
            Some(kind) => kind,
            None => return Ok(None),
        },
        "text_mention" => {
            let id = value["user"]["id"].as_i64().ok_or_else(|| wrong("invalid user specified"))?;
            EntityKind::TextMention { user: User::stranger(id) }
        }
        "custom_emoji" => EntityKind::CustomEmoji { id: text("custom_emoji_id") },
        "date_time" => {
            let format = date_format(&text("date_time_format"))
                .ok_or_else(|| wrong("Invalid date-time format specified"))?;
            let unix = value["unix_time"]
                .as_i64()
                .ok_or_else(|| wrong("Can't find field \"unix_time\""))?;
            if unix <= 0 {
                return Err(ApiError::bad("invalid date specified"));
            }
            EntityKind::DateTime { unix, format }
        }
        "mention" | "hashtag" | "cashtag" | "bot_command" | "url" | "email" | "phone_number"
        | "bank_card_number" => return Ok(None),
        "" => return Err(wrong("Can't find field \"type\"")),
        _ => return Err(wrong("Unsupported type specified")),
    };
    let place = |name: &str| {
        let number = value[name].as_i64().unwrap_or(-1);
        usize::try_from(number)
            .ok()
            .filter(|it| *it <= 1_000_000)
            .ok_or_else(|| wrong(&format!("Receive an entity with incorrect {name} {number}")))
    };
    Ok(Some(Entity { kind, offset: place("offset")?, length: place("length")? }))
}
