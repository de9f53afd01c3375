//! `setWebhook`, and the delivery of updates to it: one under way per queue, repeated until taken.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::bot_api::{ApiError, Done, Outcome, Params, allowed_updates};
use crate::state::Inner;
use crate::task::Task;
use crate::updates::{Key, Update};

/// The webhook that is set. Deliveries end when it is dropped.
pub(crate) struct Webhook {
    target: Arc<Target>,
    last_error: Option<(i64, String)>,
    _deliveries: Task,
}

#[derive(Debug, PartialEq, Eq)]
struct Target {
    url: String,
    /// `host:port`, to connect to.
    address: String,
    host: String,
    path: String,
    secret: String,
    most: usize,
}

impl Webhook {
    pub(crate) fn url(&self) -> &str {
        &self.target.url
    }
}

pub(crate) fn set(inner: &Arc<Inner>, params: &Params) -> Outcome {
    let url = params.text("url");
    if url.is_empty() {
        return Ok(delete(inner, params));
    }
    let secret = params.text("secret_token");
    if secret.len() > 256 {
        return Err(ApiError::bad("secret token is too long"));
    }
    if !secret.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-') {
        return Err(ApiError::bad("secret token contains unallowed characters"));
    }
    let most = params.number("max_connections").unwrap_or(40).clamp(1, 100);
    let target = Target::parse(&url, &secret, usize::try_from(most).unwrap_or(40))?;
    let allowed = allowed_updates(params)?;

    let mut state = inner.lock();
    if params.flag("drop_pending_updates") {
        state.updates.clear();
    }
    if let Some(kinds) = allowed {
        state.updates.allowed = kinds;
    }
    if state.webhook.as_ref().is_some_and(|it| *it.target == target) {
        return Ok(Done { result: "true".to_owned(), description: Some("Webhook is already set") });
    }
    let target = Arc::new(target);
    let deliveries = Task::start(deliver_all(Arc::clone(inner), Arc::clone(&target)));
    state.webhook = Some(Webhook { target, last_error: None, _deliveries: deliveries });
    state.updates.use_lanes(true);
    Ok(Done { result: "true".to_owned(), description: Some("Webhook was set") })
}

pub(crate) fn delete(inner: &Inner, params: &Params) -> Done {
    let mut state = inner.lock();
    if params.flag("drop_pending_updates") {
        state.updates.clear();
    }
    let was_set = state.webhook.take().is_some();
    state.updates.use_lanes(false);
    let words = if was_set { "Webhook was deleted" } else { "Webhook is already deleted" };
    Done { result: "true".to_owned(), description: Some(words) }
}

pub(crate) fn info(inner: &Inner) -> Done {
    let now = inner.clock.millis();
    let state = inner.lock();
    let mut info = json!({
        "url": "",
        "has_custom_certificate": false,
        "pending_update_count": state.updates.count(now),
    });
    if let Some(webhook) = &state.webhook {
        info["url"] = json!(webhook.target.url);
        info["max_connections"] = json!(webhook.target.most);
        if let Some((date, message)) = &webhook.last_error {
            info["last_error_date"] = json!(date);
            info["last_error_message"] = json!(message);
        }
    }
    if let Some(kinds) = &state.updates.allowed {
        info["allowed_updates"] = json!(kinds);
    }
    Done::json(info.to_string())
}

impl Target {
    fn parse(url: &str, secret: &str, most: usize) -> Result<Self, ApiError> {
        let invalid = || ApiError::bad("invalid webhook URL specified");
        let rest = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => {
                return Err(ApiError::bad("bad webhook: the playground delivers to http:// only"));
            }
            _ => return Err(invalid()),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let path = path.split('#').next().unwrap_or_default();
        let bad = host.is_empty() || url.contains(|it: char| it.is_whitespace() || it.is_control());
        if bad {
            return Err(invalid());
        }
        let has_port = host.rsplit_once(':').is_some_and(|(_, it)| it.parse::<u16>().is_ok());
        let address = if has_port { host.to_owned() } else { format!("{host}:80") };
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(Self {
            url: url.to_owned(),
            address,
            host: host.to_owned(),
            path: format!("{slash}{path}"),
            secret: secret.to_owned(),
            most,
        })
    }
}

/// What one delivery, or one pause before the next try, came to.
enum Turn {
    Tried { key: Key, lane: i64, expires_at: i64, result: Result<(), Refused> },
    Paused { lane: i64 },
}

struct Refused {
    why: String,
    retry_after: Option<i64>,
}

async fn deliver_all(inner: Arc<Inner>, target: Arc<Target>) {
    let mut turns = JoinSet::new();
    let mut sending = 0;
    let mut failures: HashMap<i64, u32> = HashMap::new();
    loop {
        let stirred = inner.stirred.notified();
        tokio::pin!(stirred);
        stirred.as_mut().enable();
        while sending < target.most {
            let now = inner.clock.millis();
            let Some((key, lane, update)) = inner.lock().updates.take_ready(now) else { break };
            sending += 1;
            let target = Arc::clone(&target);
            turns.spawn(async move {
                let result = deliver(&target, &update).await;
                Turn::Tried { key, lane, expires_at: update.expires_at, result }
            });
        }
        let turn = tokio::select! {
            () = stirred => continue,
            Some(turn) = turns.join_next() => turn,
        };
        match turn {
            Ok(Turn::Tried { key, lane, result: Ok(()), .. }) => {
                sending -= 1;
                failures.remove(&lane);
                inner.lock().updates.delivered(key, lane);
            }
            Ok(Turn::Tried { key, lane, expires_at, result: Err(refused) }) => {
                sending -= 1;
                let now = inner.clock.millis();
                let failed = failures.entry(lane).or_default();
                *failed += 1;
                let at = now + 1_000 * refused.retry_after.unwrap_or_else(|| pause(*failed, lane));
                let mut state = inner.lock();
                if let Some(webhook) = &mut state.webhook {
                    webhook.last_error = Some((now / 1_000, refused.why));
                }
                if at >= expires_at {
                    failures.remove(&lane);
                    state.updates.delivered(key, lane);
                } else {
                    drop(state);
                    let clock = inner.clock.clone();
                    turns.spawn(async move {
                        clock.reaches(at).await;
                        Turn::Paused { lane }
                    });
                }
            }
            Ok(Turn::Paused { lane }) => inner.lock().updates.redeliver(lane),
            Err(error) => tracing::error!(%error, "a delivery broke off"),
        }
    }
}

/// Seconds before the next try: none, then 2, 4, 8 … up to somewhere between 60 and 120.
fn pause(failed: u32, lane: i64) -> i64 {
    let most = 60 + lane.rem_euclid(61);
    if failed <= 1 { 0 } else { (1_i64 << (failed - 1).min(10)).min(most) }
}

async fn deliver(target: &Target, update: &Update) -> Result<(), Refused> {
    let refused = |why: String| Refused { why, retry_after: None };
    let try_it = async {
        let mut stream = TcpStream::connect(&target.address).await?;
        let secret = match target.secret.as_str() {
            "" => String::new(),
            secret => format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"),
        };
        let Target { path, host, .. } = target;
        let body = &update.json;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{secret}Content-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        read_head(&mut stream).await
    };
    let head = match tokio::time::timeout(Duration::from_secs(60), try_it).await {
        Err(_) => return Err(refused("Read timeout expired".to_owned())),
        Ok(Err(error)) => {
            let words = match error.kind() {
                std::io::ErrorKind::ConnectionRefused => "Connection refused".to_owned(),
                std::io::ErrorKind::ConnectionReset => "Connection reset by peer".to_owned(),
                _ => error.to_string(),
            };
            return Err(refused(words));
        }
        Ok(Ok(head)) => head,
    };
    let mut lines = head.lines();
    let status = lines.next().and_then(|it| it.split_once(' ')).map_or("", |it| it.1);
    let code: u16 = status.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    if (200..300).contains(&code) {
        return Ok(());
    }
    let retry_after = lines
        .filter_map(|it| it.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("retry-after"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .map(|it: i64| it.clamp(0, 3_600));
    Err(Refused { why: format!("Wrong response from the webhook: {status}"), retry_after })
}

/// Status line and headers; the body is of no interest.
async fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 1_024];
    while !head.windows(4).any(|it| it == b"\r\n\r\n") && head.len() < 64 * 1_024 {
        match stream.read(&mut chunk).await? {
            0 => break,
            read => head.extend_from_slice(&chunk[..read]),
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
