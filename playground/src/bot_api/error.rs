//! What a Bot API call ends with, in Telegram's words.

/// A method's answer.
pub(crate) type Outcome = Result<Done, ApiError>;

/// The result, already written as JSON.
pub(crate) struct Done {
    pub(crate) result: String,
    pub(crate) description: Option<&'static str>,
}

impl Done {
    pub(crate) fn json(result: impl Into<String>) -> Self {
        Self { result: result.into(), description: None }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{description}")]
pub(crate) struct ApiError {
    pub(crate) code: u16,
    pub(crate) description: String,
    pub(crate) retry_after: Option<i64>,
}

pub(crate) const OTHER_POLL: &str = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
pub(crate) const WEBHOOK_ACTIVE: &str = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

impl ApiError {
    pub(crate) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), retry_after: None }
    }

    pub(crate) fn bad(why: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Bad Request: {why}"))
    }

    pub(crate) fn chat_not_found() -> Self {
        Self::bad("chat not found")
    }

    pub(crate) fn blocked() -> Self {
        Self::new(403, "Forbidden: bot was blocked by the user")
    }

    pub(crate) fn not_started() -> Self {
        Self::new(403, "Forbidden: bot can't initiate conversation with a user")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "Not Found")
    }

    pub(crate) fn method_not_found() -> Self {
        Self::new(404, "Not Found: method not found")
    }

    pub(crate) fn too_large() -> Self {
        Self::new(413, "Request Entity Too Large")
    }

    pub(crate) fn too_many(seconds: i64) -> Self {
        let description = format!("Too Many Requests: retry after {seconds}");
        Self { code: 429, description, retry_after: Some(seconds) }
    }
}
