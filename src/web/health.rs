//! `/healthz`: 200 while updates come in and what they do can be written, else 503.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::inbox::Contact;
use crate::store::Store;

/// Without contact for longer than this we are not well: two long polls and a bit.
const SILENCE: TimeDelta = TimeDelta::seconds(120);
/// A second poller that was seen less than this ago is still about.
const CONFLICT: TimeDelta = TimeDelta::seconds(120);

/// Where the answers come from.
#[derive(Clone)]
pub struct Health {
    pub store: Store,
    pub clock: Clock,
    pub contact: watch::Receiver<Contact>,
    pub started: DateTime<Utc>,
}

/// What is told.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Report {
    pub ok: bool,
    /// The disk takes what is written.
    pub writable: bool,
    /// The last poll that Telegram answered.
    pub last_contact: Option<DateTime<Utc>>,
    /// When somebody else was last seen to use the bot's token.
    pub last_conflict: Option<DateTime<Utc>>,
    pub updates_waiting: Option<i64>,
    pub letters_waiting: Option<i64>,
    /// Of both.
    pub oldest_waiting_seconds: Option<i64>,
}

pub fn routes(health: Health) -> Router {
    Router::new().route("/healthz", get(healthz)).with_state(health)
}

async fn healthz(State(health): State<Health>) -> Response {
    let report = health.report().await;
    let status = if report.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(report)).into_response()
}

impl Health {
    /// How we are.
    pub async fn report(&self) -> Report {
        let now = self.clock.now();
        let writable = *self.store.writable().borrow();
        let Contact { last, conflict } = *self.contact.borrow();
        let backlog = self.store.backlog().await.ok();
        let in_touch = now - last.unwrap_or(self.started) <= SILENCE;
        let alone = conflict.is_none_or(|at| now - at > CONFLICT);
        let oldest = backlog.and_then(|it| it.oldest);
        Report {
            ok: writable && in_touch && alone && backlog.is_some(),
            writable,
            last_contact: last,
            last_conflict: conflict,
            updates_waiting: backlog.map(|it| it.updates),
            letters_waiting: backlog.map(|it| it.letters),
            oldest_waiting_seconds: oldest.map(|at| (now - at).num_seconds()),
        }
    }
}
