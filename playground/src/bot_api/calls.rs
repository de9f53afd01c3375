//! Answers to button presses, and files.

use serde_json::json;

use super::params::Params;
use super::{ApiError, Done, Outcome};
use crate::event::Event;
use crate::state::{Answer, Inner};

const TOAST_CHARS: usize = 200;
const DOWNLOAD_BYTES: usize = 20 << 20;
const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

pub(crate) fn answer_callback_query(inner: &Inner, params: &Params) -> Outcome {
    let id = params.text("callback_query_id");
    let text = params.text("text");
    if text.chars().count() > TOAST_CHARS {
        return Err(ApiError::bad("MESSAGE_TOO_LONG"));
    }
    let url = params.text("url");
    if !url.is_empty() && !url.starts_with("https://t.me/") && !url.starts_with("tg://") {
        return Err(ApiError::bad("URL_INVALID"));
    }
    let answer = Answer {
        toast: Some(text.into_owned()).filter(|it| !it.is_empty()),
        alert: params.flag("show_alert"),
        url: Some(url.into_owned()).filter(|it| !it.is_empty()),
        copied: None,
    };
    let now = inner.clock.millis();
    let mut state = inner.lock();
    let person = state.queries.answer(&id, &answer, now).ok_or_else(|| ApiError::bad(TOO_OLD))?;
    if let Some(text) = answer.toast {
        state.tell(|| Event::Toast { person, text, alert: answer.alert });
    }
    Ok(Done::json("true"))
}

pub(crate) fn get_file(inner: &Inner, params: &Params) -> Outcome {
    let id = params.text("file_id");
    if id.is_empty() {
        return Err(ApiError::bad("file_id not specified"));
    }
    let state = inner.lock();
    let file = state
        .files
        .by_id(&id)
        .ok_or_else(|| ApiError::bad("wrong file_id or the file is temporarily unavailable"))?;
    if file.bytes.len() > DOWNLOAD_BYTES {
        return Err(ApiError::bad("file is too big"));
    }
    let shown = json!({
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.bytes.len(),
        "file_path": file.path,
    });
    Ok(Done::json(shown.to_string()))
}
