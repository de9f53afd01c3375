//! Where sellers' phones call. Whoever does not sign with a phone's secret hears what anybody
//! hears on a path that does not exist; whoever does hears precisely what came of it.
//!
//! A call is decided in one transaction of the [`App`]. Nothing here waits for Telegram, and
//! nothing here or behind it moves a coin.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::app::{App, Heard, Report};
use crate::domain::receipt::{self, Signal};
use crate::domain::signal::{DeviceKind, Said, SignalKind};
use crate::receipts::{KEYWORD, forwarder, is_fresh, vmq};
use crate::store::StoreError;
use crate::store::devices::Caller;

/// The longest body. A notification has a few hundred bytes.
const LONGEST: usize = 16 * 1_024;
/// Who sends slower than this is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

pub fn routes(app: App) -> Router {
    let heart = || get(heart).post(heart);
    let push = || get(push).post(push);
    Router::new()
        .route("/hooks/receipts/{device}", post(notification))
        .route("/hooks/receipts/{device}/appHeart", heart())
        .route("/hooks/receipts/{device}/appPush", push())
        .route("/hooks/receipts/{device}/api/monitor/heart", heart())
        .route("/hooks/receipts/{device}/api/monitor/push", push())
        .with_state(app)
}

/// What a call came to.
enum Outcome {
    Heard(Heard),
    /// Signed, but not now.
    OffTime {
        seconds: i64,
    },
    /// Signed, but the price is no sum in yuan and fen.
    NoSum,
}

/// Why there is none.
enum Refused {
    /// No such phone, or not signed by it.
    Stranger,
    TooLong,
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// SmsForwarder's notification.
async fn notification(State(app): State<App>, Path(token): Path<String>, body: Body) -> Response {
    match notified(&app, &token, body).await {
        Ok(outcome) => {
            let (status, words) = told(&outcome);
            (status, words).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

async fn notified(app: &App, token: &str, body: Body) -> Result<Outcome, Refused> {
    let body = whole(body).await?;
    let caller = caller(app, token, DeviceKind::Forwarder).await?;
    let message = forwarder::Message::read(&body).filter(|it| it.is_signed(&caller.secret));
    let Some(message) = message else { return Err(Refused::Stranger) };
    let report = Report {
        device: caller.device,
        stamp: message.stamp,
        body: Sha256::digest(&body).into(),
        said: said(&message),
    };
    hear(app, report).await
}

/// V免签 is alive.
async fn heart(
    State(app): State<App>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    body: Body,
) -> Response {
    let outcome = async {
        let (caller, call) = called(&app, &token, query, body).await?;
        let stamp = call.heart(&caller.secret).ok_or(Refused::Stranger)?;
        match off_time(&app, stamp) {
            Some(off_time) => Ok(off_time),
            None => Ok(Outcome::Heard(app.beat(caller.device).await?)),
        }
    };
    in_its_own_way(outcome.await)
}

/// V免签 tells of a sum.
async fn push(
    State(app): State<App>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    body: Body,
) -> Response {
    let outcome = async {
        let (caller, call) = called(&app, &token, query, body).await?;
        let push = call.push(&caller.secret).ok_or(Refused::Stranger)?;
        let said = match push.said {
            vmq::Price::Alipay(fen) => Said::Money { signal: SignalKind::Vmq, fen },
            vmq::Price::Other | vmq::Price::Unreadable => Said::Alive,
        };
        let body = Sha256::digest(call.body()).into();
        let report = Report { device: caller.device, stamp: push.stamp, body, said };
        match hear(&app, report).await? {
            Outcome::Heard(Heard::Alive) if push.said == vmq::Price::Unreadable => {
                Ok(Outcome::NoSum)
            }
            outcome => Ok(outcome),
        }
    };
    in_its_own_way(outcome.await)
}

/// The app writes everything into the query; its forks post a form.
async fn called(
    app: &App,
    token: &str,
    query: Option<String>,
    body: Body,
) -> Result<(Caller, vmq::Call), Refused> {
    let body = whole(body).await?;
    let caller = caller(app, token, DeviceKind::Vmq).await?;
    let all = [query.unwrap_or_default().as_bytes(), b"&", &body].concat();
    let call = vmq::Call::read(&all).ok_or(Refused::Stranger)?;
    Ok((caller, call))
}

async fn caller(app: &App, token: &str, kind: DeviceKind) -> Result<Caller, Refused> {
    app.caller(token).await?.filter(|it| it.kind == kind).ok_or(Refused::Stranger)
}

async fn hear(app: &App, report: Report) -> Result<Outcome, Refused> {
    match off_time(app, report.stamp) {
        Some(off_time) => Ok(off_time),
        None => Ok(Outcome::Heard(app.hear(report).await?)),
    }
}

fn off_time(app: &App, stamp: DateTime<Utc>) -> Option<Outcome> {
    let now = app.now();
    let seconds = (now - stamp).num_seconds();
    (!is_fresh(stamp, now)).then_some(Outcome::OffTime { seconds })
}

/// What a notification comes to. Its texts end here.
fn said(message: &forwarder::Message) -> Said {
    let forwarder::Message { package, title, text, .. } = message;
    match receipt::read(receipt::Notification { package, title, text }) {
        Signal::Received(fen) => Said::Money { signal: SignalKind::Notification, fen },
        Signal::TransferNoAmount => Said::Transfer,
        Signal::Ambiguous => Said::Unclear,
        Signal::Broadcast | Signal::OtherSource | Signal::Nothing => Said::Alive,
    }
}

async fn whole(body: Body) -> Result<Bytes, Refused> {
    match tokio::time::timeout(PATIENCE, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        // Too long, too slow or broken off: nothing that was said.
        Ok(Err(_)) | Err(_) => Err(Refused::TooLong),
    }
}

/// For the log of the phone's app; the chat has its own words.
fn told(outcome: &Outcome) -> (StatusCode, String) {
    let word = match outcome {
        Outcome::Heard(Heard::Nobody) => return (StatusCode::NOT_FOUND, String::new()),
        Outcome::Heard(Heard::Reused) => {
            let words = "refused: this timestamp came before with another message";
            return (StatusCode::CONFLICT, words.to_owned());
        }
        Outcome::OffTime { seconds } => {
            let words = format!(
                "refused: the timestamp is {seconds} s old, at most 300 are taken; set the phone's clock"
            );
            return (StatusCode::FORBIDDEN, words);
        }
        Outcome::NoSum => "heard, but the price is no sum in yuan and fen",
        Outcome::Heard(Heard::Repeat) => "heard before",
        Outcome::Heard(Heard::Alive) => "heard, nothing about money",
        Outcome::Heard(Heard::Marked) => "an order looks paid",
        Outcome::Heard(Heard::Late) => "fits an order that has ended",
        Outcome::Heard(Heard::Asked) => "the seller was asked to look",
        Outcome::Heard(Heard::Echo) => "this money was told of before",
        Outcome::Heard(Heard::NoOrder) => "no order of this sum waits",
    };
    (StatusCode::OK, format!("{KEYWORD} {word}"))
}

/// V免签 looks for a code in JSON.
fn in_its_own_way(outcome: Result<Outcome, Refused>) -> Response {
    match outcome {
        Ok(Outcome::Heard(Heard::Nobody)) => Refused::Stranger.into_response(),
        Ok(outcome) => {
            let (status, words) = told(&outcome);
            let code = if status == StatusCode::OK { 1 } else { -1 };
            (status, Json(json!({ "code": code, "msg": words, "data": null }))).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Stranger => StatusCode::NOT_FOUND.into_response(),
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::Store(error) => {
                tracing::error!(%error, "a phone could not be heard");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }
}
