//! `getUpdates`.

use std::sync::Arc;

use super::error::{OTHER_POLL, WEBHOOK_ACTIVE};
use super::params::Params;
use super::{ApiError, Done, Outcome};
use crate::faults::FaultKind;
use crate::state::{Inner, State};

pub(crate) async fn get_updates(inner: &Arc<Inner>, params: &Params) -> Outcome {
    let offset = params.number("offset").unwrap_or(0);
    let mut limit =
        usize::try_from(params.number("limit").unwrap_or(100).clamp(1, 100)).unwrap_or(100);
    let mut timeout = params.number("timeout").unwrap_or(0).clamp(0, 50);
    let allowed = allowed_updates(params)?;
    let real = !inner.clock.is_manual();
    let start = inner.clock.millis();

    let turn = {
        let mut state = inner.lock();
        if state.webhook.is_some() {
            return Err(ApiError::new(409, WEBHOOK_ACTIVE));
        }
        if let Some(kinds) = allowed {
            state.updates.allowed = kinds;
        }
        let polling = &mut state.polling;
        if real && polling.last_offset == Some(offset) {
            let since = start - polling.last_start;
            if timeout < 3 && since < 3_000 {
                timeout = 3;
            }
            if since < 500 {
                limit = 1;
            }
        }
        polling.last_offset = Some(offset);
        polling.last_start = start;
        polling.turn += 1;
        let (turn, other_waits) = (polling.turn, polling.waiting);
        state.updates.confirm(offset);
        if other_waits {
            inner.stirred.notify_waiters();
        }
        turn
    };

    let deadline = start + timeout * 1_000;
    let seat = Seat { inner, turn };
    loop {
        let stirred = inner.stirred.notified();
        tokio::pin!(stirred);
        stirred.as_mut().enable();
        match seat.look(limit, deadline) {
            Look::Ready(batch) => return Ok(Done::json(format!("[{}]", batch.join(",")))),
            Look::Superseded { again } => {
                if again && real {
                    inner.clock.reaches(inner.clock.millis() + 3_000).await;
                }
                return Err(ApiError::new(409, OTHER_POLL));
            }
            Look::Webhook => {
                return Err(ApiError::new(409, "Conflict: terminated by setWebhook request"));
            }
            Look::Nothing => {}
        }
        tokio::select! {
            () = stirred => {}
            () = inner.clock.reaches(deadline) => {}
        }
    }
}

/// What a poll sees when it looks.
enum Look {
    Ready(Vec<Arc<str>>),
    Nothing,
    /// Another poll has come; `again` so soon that the answer is held back.
    Superseded {
        again: bool,
    },
    Webhook,
}

/// The right to wait for updates; whoever leaves, also by hanging up, frees it.
struct Seat<'a> {
    inner: &'a Inner,
    turn: u64,
}

impl Seat<'_> {
    fn look(&self, limit: usize, deadline: i64) -> Look {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        if state.polling.turn != self.turn {
            let again = now - state.polling.last_conflict < 3_000;
            state.polling.last_conflict = now;
            return Look::Superseded { again };
        }
        if state.webhook.is_some() {
            return Look::Webhook;
        }
        let batch = state.updates.oldest(limit, now);
        if batch.is_empty() && now < deadline && !self.inner.clock.is_manual() {
            state.polling.waiting = true;
            return Look::Nothing;
        }
        Look::Ready(troubled(batch, &mut state))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let now = self.inner.clock.millis();
        let mut state = self.inner.lock();
        state.polling.last_end = now;
        if state.polling.turn == self.turn {
            state.polling.waiting = false;
        }
    }
}

fn troubled(mut batch: Vec<Arc<str>>, state: &mut State) -> Vec<Arc<str>> {
    if batch.is_empty() || state.faults.is_quiet() {
        return batch;
    }
    match state.faults.hits_batch() {
        Some(FaultKind::DuplicateUpdates) => {
            batch.into_iter().flat_map(|it| [Arc::clone(&it), it]).collect()
        }
        Some(FaultKind::ReorderUpdates) => {
            batch.reverse();
            batch
        }
        _ => batch,
    }
}

const KINDS: [&str; 24] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "guest_message",
];

/// `None` when the call does not say; `Some(None)` is Telegram's default, which an empty list means.
pub(crate) fn allowed_updates(params: &Params) -> Result<Option<Option<Vec<String>>>, ApiError> {
    let Some(list) = params.json("allowed_updates", "allowed updates")? else { return Ok(None) };
    let Some(list) = list.as_array() else {
        return Err(ApiError::bad("expected an Array of allowed updates"));
    };
    let kinds: Vec<String> = list
        .iter()
        .filter_map(|it| it.as_str())
        .map(str::to_ascii_lowercase)
        .filter(|it| KINDS.contains(&it.as_str()))
        .collect();
    Ok(Some((!kinds.is_empty()).then_some(kinds)))
}
