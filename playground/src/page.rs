//! The web page, built into the binary.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The files under `web/`, one a line: name, content type, text.
const ASSETS: &[(&str, &str, &str)] = &[
    ("index.html", HTML, include_str!("../web/index.html")),
    ("style.css", CSS, include_str!("../web/style.css")),
    ("alipay.js", JS, include_str!("../web/alipay.js")),
    ("api.js", JS, include_str!("../web/api.js")),
    ("app.js", JS, include_str!("../web/app.js")),
    ("column.js", JS, include_str!("../web/column.js")),
    ("composer.js", JS, include_str!("../web/composer.js")),
    ("countdown.js", JS, include_str!("../web/countdown.js")),
    ("dialogs.js", JS, include_str!("../web/dialogs.js")),
    ("dom.js", JS, include_str!("../web/dom.js")),
    ("message.js", JS, include_str!("../web/message.js")),
    ("rich.js", JS, include_str!("../web/rich.js")),
    ("roster.js", JS, include_str!("../web/roster.js")),
    ("store.js", JS, include_str!("../web/store.js")),
    ("toasts.js", JS, include_str!("../web/toasts.js")),
    ("transcript.js", JS, include_str!("../web/transcript.js")),
    ("words.js", JS, include_str!("../web/words.js")),
];

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/", get(|| async { asset("index.html") }))
        .route("/web/{name}", get(|Path(name): Path<String>| async move { asset(&name) }))
        .route("/healthz", get(|| async { "ok" }))
}

fn asset(name: &str) -> Response {
    match ASSETS.iter().find(|it| it.0 == name) {
        Some((_, kind, text)) => {
            ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "no-store")], *text).into_response()
        }
        None => (StatusCode::NOT_FOUND, "no such file").into_response(),
    }
}
