//! The Bot API over HTTP: token, parameters, faults, the method, the answer.

mod calls;
mod chats;
mod error;
mod messages;
mod params;
mod polling;
mod profile;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(crate) use error::{ApiError, Done, Outcome};
pub(crate) use params::Params;
pub(crate) use polling::allowed_updates;

use crate::faults::{Fault, FaultKind};
use crate::server::Connection;
use crate::state::{Call, Inner};
use crate::webhook;

/// Answers `/bot<token>/<method>`.
pub(crate) async fn answer(
    request: Request<Body>,
    inner: &Arc<Inner>,
    connection: &Connection,
) -> Response {
    let path = request.uri().path().to_owned();
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|it| it.split_once('/')) else {
        return reply(&Err(ApiError::not_found()));
    };
    if !fits(token, &inner.token) {
        return reply(&Err(ApiError::unauthorized()));
    }
    if method.is_empty() || method.contains('/') {
        return reply(&Err(ApiError::not_found()));
    }
    let method = method.to_owned();
    let name = method.to_ascii_lowercase();
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(error) => return reply(&Err(error)),
    };

    let way = (name != "getupdates" && !inner.latency.is_zero()).then_some(inner.latency / 2);
    travel(way).await;
    let fault = {
        let mut state = inner.lock();
        if state.faults.is_quiet() {
            None
        } else {
            let person = person_of(&params, &name, &state);
            state.faults.hits_call(&name, person)
        }
    };
    let response = match fault {
        None => {
            let outcome = run(&name, inner, &params).await;
            inner.lock().calls.note(&name, outcome.is_ok());
            if name == "getupdates" && outcome.as_ref().is_ok_and(|it| it.result == "[]") {
                // A poll that found nothing is no news; the record keeps what is.
                return reply(&outcome);
            }
            Some(reply(&outcome))
        }
        Some(fault) => strike(&fault, &name, inner, &params).await,
    };
    record(inner, method, params, response.as_ref().map(|it| it.status().as_u16()));
    travel(way).await;
    match response {
        Some(response) => response,
        None => connection.cut().await,
    }
}

/// A call on its way here, or an answer on its way back. Real time, whatever the clock.
async fn travel(way: Option<Duration>) {
    if let Some(way) = way {
        tokio::time::sleep(way).await;
    }
}

async fn run(name: &str, inner: &Arc<Inner>, params: &Params) -> Outcome {
    match name {
        "getupdates" => polling::get_updates(inner, params).await,
        "setwebhook" => webhook::set(inner, params),
        "deletewebhook" => Ok(webhook::delete(inner, params)),
        "getwebhookinfo" => Ok(webhook::info(inner)),

        "sendmessage" => messages::send_message(inner, params),
        "sendphoto" => messages::send_photo(inner, params),
        "sendvideo" => messages::send_video(inner, params),
        "senddocument" => messages::send_document(inner, params),
        "forwardmessage" => messages::forward_message(inner, params),
        "copymessage" => messages::copy_message(inner, params),
        "editmessagetext" => messages::edit_text(inner, params),
        "editmessagecaption" => messages::edit_caption(inner, params),
        "editmessagereplymarkup" => messages::edit_reply_markup(inner, params),
        "deletemessage" => messages::delete_message(inner, params),
        "deletemessages" => messages::delete_messages(inner, params),
        "answercallbackquery" => calls::answer_callback_query(inner, params),

        "sendchataction" => chats::send_chat_action(inner, params),
        "getchat" => chats::get_chat(inner, params),
        "getchatmember" => chats::get_chat_member(inner, params),
        "pinchatmessage" => chats::pin(inner, params),
        "unpinchatmessage" => chats::unpin(inner, params),
        "setmessagereaction" => chats::set_reaction(inner, params),
        "getfile" => calls::get_file(inner, params),

        "getme" => Ok(profile::get_me(inner)),
        "setmycommands" => profile::set_commands(inner, params),
        "getmycommands" => profile::get_commands(inner, params),
        "deletemycommands" => profile::delete_commands(inner, params),
        "setmyname" => profile::set_words(inner, params, "name", 64),
        "setmyshortdescription" => profile::set_words(inner, params, "short_description", 120),
        "setmydescription" => profile::set_words(inner, params, "description", 512),
        "close" | "logout" => Ok(Done::json("true")),
        _ => Err(ApiError::method_not_found()),
    }
}

/// What a call hears that a fault hits; `None` is a closed connection.
async fn strike(
    fault: &Fault,
    name: &str,
    inner: &Arc<Inner>,
    params: &Params,
) -> Option<Response> {
    let says = |code: u16, usual: &str| {
        let description = fault.description.clone().unwrap_or_else(|| usual.to_owned());
        Some(reply(&Err(ApiError::new(code, description))))
    };
    match fault.kind {
        FaultKind::TooManyRequests => {
            let mut error = ApiError::too_many(fault.retry_after.unwrap_or(3));
            if let Some(words) = &fault.description {
                error.description.clone_from(words);
            }
            Some(reply(&Err(error)))
        }
        FaultKind::Forbidden => says(403, "Forbidden: bot was blocked by the user"),
        FaultKind::BadRequest => says(400, "Bad Request: chat not found"),
        FaultKind::InternalError => says(500, "Internal Server Error"),
        FaultKind::Conflict => says(409, error::OTHER_POLL),
        FaultKind::BadGatewayHtml => {
            let html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n\
                </body>\r\n</html>\r\n";
            Some((StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], html).into_response())
        }
        FaultKind::LostAnswer => {
            // The effect is the point; nobody will hear the outcome.
            let _ = run(name, inner, params).await;
            None
        }
        FaultKind::LateAnswer => {
            let outcome = run(name, inner, params).await;
            withhold(inner).await;
            Some(reply(&outcome))
        }
        FaultKind::Timeout => {
            withhold(inner).await;
            None
        }
        FaultKind::HangUp | FaultKind::DuplicateUpdates | FaultKind::ReorderUpdates => None,
    }
}

/// Longer than clients wait. A clock that somebody else moves would not end it.
async fn withhold(inner: &Inner) {
    if !inner.clock.is_manual() {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
}

/// The person (or chat) a call is about, as far as faults care.
fn person_of(params: &Params, name: &str, state: &crate::state::State) -> Option<i64> {
    if name == "answercallbackquery" {
        let id = params.text("callback_query_id");
        return state.queries.get(&id).map(|it| it.person);
    }
    params.number("chat_id")
}

fn record(inner: &Inner, method: String, params: Params, code: Option<u16>) {
    let mut state = inner.lock();
    if state.calls.recorded {
        let params = params.into_value();
        state.calls.add(Call { method, params, code });
    }
}

/// Answers `/file/bot<token>/<path>`.
pub(crate) fn download(path: &str, inner: &Inner) -> Response {
    let Some((token, path)) = path.strip_prefix("/file/bot").and_then(|it| it.split_once('/'))
    else {
        return reply(&Err(ApiError::not_found()));
    };
    if !fits(token, &inner.token) {
        return reply(&Err(ApiError::unauthorized()));
    }
    match inner.lock().files.by_path(path) {
        Some(file) => {
            ([(CONTENT_TYPE, "application/octet-stream")], file.bytes.clone()).into_response()
        }
        None => reply(&Err(ApiError::not_found())),
    }
}

fn fits(token: &str, wanted: &str) -> bool {
    token == wanted || token.replace("%3A", ":").replace("%3a", ":") == wanted
}

fn reply(outcome: &Outcome) -> Response {
    let (code, body) = match outcome {
        Ok(Done { result, description: None }) => {
            (200, format!("{{\"ok\":true,\"result\":{result}}}"))
        }
        Ok(Done { result, description: Some(words) }) => {
            (200, format!("{{\"ok\":true,\"result\":{result},\"description\":\"{words}\"}}"))
        }
        Err(error) => {
            let mut body = json!({
                "ok": false,
                "error_code": error.code,
                "description": error.description,
            });
            if let Some(seconds) = error.retry_after {
                body["parameters"] = json!({ "retry_after": seconds });
            }
            (error.code, body.to_string())
        }
    };
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST);
    (code, [(CONTENT_TYPE, "application/json")], body).into_response()
}
