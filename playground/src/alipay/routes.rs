//! The pretend Alipay over HTTP.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Alipay, AlipayError, BillEntry, NewTransfer};
use crate::people::{Body, Whom};
use crate::state::Inner;

type Shared = State<Arc<Inner>>;

pub(crate) fn routes() -> Router<Arc<Inner>> {
    Router::new()
        .route("/api/alipay/transfers", get(bill).post(pay))
        .route("/api/alipay/transfers/{number}/send-back", post(send_back))
        .route("/api/people/{id}/alipay", get(bill_of).post(claim))
}

async fn pay(State(inner): Shared, Body(new): Body<NewTransfer>) -> Result<Response, AlipayError> {
    let transfer = Alipay::of(&inner).pay(new)?;
    Ok((StatusCode::CREATED, Json(transfer)).into_response())
}

async fn send_back(
    State(inner): Shared,
    Path(number): Path<String>,
) -> Result<Response, AlipayError> {
    let transfer = Alipay::of(&inner).send_back(&number)?;
    Ok((StatusCode::CREATED, Json(transfer)).into_response())
}

#[derive(Deserialize)]
struct Whose {
    account: String,
}

async fn bill(
    State(inner): Shared,
    Query(whose): Query<Whose>,
) -> Result<Json<Vec<BillEntry>>, AlipayError> {
    Alipay::of(&inner).bill(&whose.account).map(Json)
}

/// What a person sees on opening Alipay.
#[derive(Serialize)]
struct Opened {
    accounts: Vec<String>,
    bill: Vec<BillEntry>,
}

async fn bill_of(State(inner): Shared, Whom(person): Whom) -> Json<Opened> {
    let (accounts, bill) = Alipay::of(&inner).bill_of(person.id());
    Json(Opened { accounts, bill })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    account: String,
}

async fn claim(
    State(inner): Shared,
    Whom(person): Whom,
    Body(claim): Body<Claim>,
) -> Result<Json<Opened>, AlipayError> {
    let alipay = Alipay::of(&inner);
    alipay.claim(person.id(), &claim.account)?;
    let (accounts, bill) = alipay.bill_of(person.id());
    Ok(Json(Opened { accounts, bill }))
}

impl IntoResponse for AlipayError {
    fn into_response(self) -> Response {
        let code = match &self {
            Self::NoTransfer(_) => StatusCode::NOT_FOUND,
            Self::NotThere(_) | Self::SentBack(_) | Self::IsRefund(_) => StatusCode::CONFLICT,
            Self::Account(_)
            | Self::Name
            | Self::Amount
            | Self::Memo
            | Self::Delay
            | Self::ToOneself => StatusCode::BAD_REQUEST,
        };
        (code, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
