//! The People API over HTTP: a thin layer over the handles of [`Person`].

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::MultipartError;
use axum::extract::rejection::JsonRejection;
use axum::extract::{
    DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Path, Query, State,
};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event as Frame, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::Stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use crate::alipay;
use crate::event::Event;
use crate::faults::Fault;
use crate::files::FileKind;
use crate::message::Message;
use crate::person::{
    FILE_BYTES, NewPerson, PeopleError, Person, PersonChange, Pretended, Sent, kind_of,
};
use crate::person::{create_group, group_chat};
use crate::room::PersonInfo;
use crate::state::{Answer, Inner};

type Shared = State<Arc<Inner>>;
type Result<T> = std::result::Result<T, PeopleError>;

pub(crate) fn routes(inner: Arc<Inner>) -> Router {
    Router::new()
        .route("/api/people", get(people).post(create))
        .route("/api/people/{id}", get(person).patch(change))
        .route("/api/people/{id}/chat", get(chat))
        .route("/api/people/{id}/send", post(send))
        .route("/api/people/{id}/forward", post(forward))
        .route("/api/people/{id}/press", post(press))
        .route("/api/people/{id}/upload", post(upload))
        .merge(alipay::routes())
        .route("/api/groups", post(new_group))
        .route("/api/groups/{id}/chat", get(chat_of_group))
        .route("/api/files/{id}", get(file))
        .route("/api/bot", get(bot))
        .route("/api/events", get(events))
        .route("/api/faults", get(faults).post(add_fault).delete(clear_faults))
        .fallback(|| async {
            (StatusCode::NOT_FOUND, Json(json!({ "error": "There is nothing here." })))
        })
        .layer(DefaultBodyLimit::max(FILE_BYTES + (1 << 20)))
        .with_state(inner)
}

async fn people(State(inner): Shared) -> Json<Vec<PersonInfo>> {
    Json(Person::all(&inner))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    name: String,
    language_code: Option<String>,
    username: Option<String>,
    id: Option<i64>,
}

async fn create(State(inner): Shared, Body(new): Body<Create>) -> Result<Response> {
    let Create { name, language_code, username, id } = new;
    let new = NewPerson { name, language_code, username, id, scripted: false };
    let person = Person::create(&inner, new)?;
    Ok((StatusCode::CREATED, Json(person.info())).into_response())
}

async fn person(Whom(person): Whom) -> Json<PersonInfo> {
    Json(person.info())
}

async fn change(Whom(person): Whom, Body(change): Body<PersonChange>) -> Result<Json<PersonInfo>> {
    person.change(change).map(Json)
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: i64,
}

async fn chat(Whom(person): Whom, Query(after): Query<After>) -> Json<Vec<Message>> {
    Json(person.messages_after(after.after))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    text: String,
    reply_to: Option<i64>,
    /// A group; the private chat with the bot when absent.
    chat: Option<i64>,
}

async fn send(Whom(person): Whom, Body(send): Body<Send>) -> Result<Json<Message>> {
    let chat = send.chat.unwrap_or_else(|| person.id());
    person.write(chat, &send.text, send.reply_to).map(Json)
}

/// Either a message of this chat, or one that somebody else is made to have written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Forward {
    Known(Known),
    Pretended(Pretended),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    message_id: i64,
}

async fn forward(Whom(person): Whom, Body(what): Body<Value>) -> Result<Json<Message>> {
    let Ok(what) = serde_json::from_value(what) else {
        let why = "Say what to forward: a \"message_id\", or a \"text\" and whom it is \"from\".";
        return Err(PeopleError::Request(why.to_owned()));
    };
    match what {
        Forward::Known(Known { message_id }) => person.forward(message_id),
        Forward::Pretended(pretended) => person.forward_pretended(pretended),
    }
    .map(Json)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    message_id: i64,
    text: Option<String>,
    data: Option<String>,
}

async fn press(Whom(person): Whom, Body(press): Body<Press>) -> Result<Json<Answer>> {
    let answer = match (press.text, press.data) {
        (Some(label), None) => person.press(press.message_id, &label).await?,
        (None, Some(data)) => person.press_data(press.message_id, &data).await?,
        _ => {
            let why = "Say which button: either its label as \"text\", or \"data\".";
            return Err(PeopleError::Request(why.to_owned()));
        }
    };
    Ok(Json(answer))
}

async fn upload(Whom(person): Whom, mut form: Multipart) -> Result<Json<Message>> {
    let mut file = None;
    let (mut caption, mut sent_as, mut reply_to) = (String::new(), String::new(), None);
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("file") => {
                let name = field.file_name().unwrap_or("file").to_owned();
                let kind = field.content_type().map(str::to_owned);
                file = Some((name, kind, field.bytes().await?));
            }
            Some("caption") => caption = field.text().await?,
            Some("as") => sent_as = field.text().await?,
            Some("reply_to") => {
                let id = field.text().await?.parse();
                let why = |_| PeopleError::Request("\"reply_to\" is a message id.".to_owned());
                reply_to = Some(id.map_err(why)?);
            }
            _ => {}
        }
    }
    let Some((name, kind, bytes)) = file else {
        return Err(PeopleError::Request("The form has no field \"file\".".to_owned()));
    };
    let sent_as = match sent_as.as_str() {
        "" => kind_of(kind.as_deref().unwrap_or_default()),
        "photo" => FileKind::Photo,
        "video" => FileKind::Video,
        "document" => FileKind::Document,
        _ => {
            let why = "\"as\" is one of photo, video and document.";
            return Err(PeopleError::Request(why.to_owned()));
        }
    };
    let sent = Sent { caption: &caption, kind: sent_as, reply_to };
    person.upload_bytes(&name, kind.as_deref(), bytes, sent).map(Json)
}

#[derive(Deserialize)]
struct Group {
    title: String,
}

async fn new_group(State(inner): Shared, Body(group): Body<Group>) -> Result<Response> {
    let id = create_group(&inner, &group.title)?;
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))).into_response())
}

async fn chat_of_group(
    State(inner): Shared,
    Path(id): Path<i64>,
    Query(after): Query<After>,
) -> Result<Json<Vec<Message>>> {
    group_chat(&inner, id, after.after).map(Json)
}

async fn file(State(inner): Shared, Path(id): Path<String>) -> Result<Response> {
    let state = inner.lock();
    let file = state.files.by_id(&id).ok_or(PeopleError::NoFile(id))?;
    // A file is what somebody uploaded: shown as a picture or a video, or saved, never run as a page.
    let safe = ["image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "video/webm"];
    let kind = match safe.iter().find(|it| **it == file.mime_type) {
        Some(kind) => kind,
        None => "application/octet-stream",
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store"), (NO_SNIFF, "nosniff")];
    Ok((headers, file.bytes.clone()).into_response())
}

const NO_SNIFF: axum::http::HeaderName = axum::http::header::X_CONTENT_TYPE_OPTIONS;

async fn bot(State(inner): Shared) -> Json<Value> {
    let now = inner.clock.millis();
    let state = inner.lock();
    let polling = &state.polling;
    let polls = polling.waiting || (polling.turn > 0 && now - polling.last_end < 10_000);
    Json(json!({
        "id": state.bot.id,
        "username": state.bot.username,
        "first_name": state.bot.first_name,
        "commands": state.profile.private_commands(),
        "polling": polls,
        "webhook": state.webhook.as_ref().map(|it| it.url()),
    }))
}

async fn events(
    State(inner): Shared,
) -> Sse<impl Stream<Item = std::result::Result<Frame, Infallible>>> {
    let events = inner.events.subscribe();
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15)).text("still here");
    Sse::new(frames(events)).keep_alive(keep_alive)
}

/// Ends when a reader is too slow to hear everything: a reader that comes back catches up.
fn frames(events: Receiver<Event>) -> impl Stream<Item = std::result::Result<Frame, Infallible>> {
    futures::stream::unfold(events, |mut events| async {
        let event = events.recv().await.ok()?;
        let frame = Frame::default().json_data(&event).ok()?;
        Some((Ok(frame), events))
    })
}

async fn faults(State(inner): Shared) -> Json<Vec<Fault>> {
    Json(inner.lock().faults.list())
}

async fn add_fault(State(inner): Shared, Body(fault): Body<Fault>) -> Response {
    inner.lock().faults.add(fault.clone());
    (StatusCode::CREATED, Json(fault)).into_response()
}

async fn clear_faults(State(inner): Shared) -> StatusCode {
    inner.lock().faults.clear();
    StatusCode::NO_CONTENT
}

/// The person named in the path.
pub(crate) struct Whom(pub(crate) Person);

impl FromRequestParts<Arc<Inner>> for Whom {
    type Rejection = PeopleError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        inner: &Arc<Inner>,
    ) -> Result<Self> {
        let Ok(Path(id)) = Path::<i64>::from_request_parts(parts, inner).await else {
            return Err(PeopleError::Request("A person's id is a number.".to_owned()));
        };
        Person::find(inner, id).map(Self)
    }
}

/// A JSON body; what is wrong with it is said in a sentence.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: serde::de::DeserializeOwned> FromRequest<Arc<Inner>> for Body<T> {
    type Rejection = PeopleError;

    async fn from_request(request: axum::extract::Request, inner: &Arc<Inner>) -> Result<Self> {
        match Json::from_request(request, inner).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                let why = "Send JSON, with content-type: application/json.";
                Err(PeopleError::Request(why.to_owned()))
            }
            Err(error) => Err(PeopleError::Request(error.body_text())),
        }
    }
}

impl From<MultipartError> for PeopleError {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::FileTooLarge
        } else {
            Self::Request(error.body_text())
        }
    }
}

impl IntoResponse for PeopleError {
    fn into_response(self) -> Response {
        let code = match &self {
            Self::NoPerson(_)
            | Self::NoGroup(_)
            | Self::NoFile(_)
            | Self::NoMessage(_)
            | Self::NoButton { .. } => StatusCode::NOT_FOUND,
            Self::IdTaken(_) | Self::Blocked(_) | Self::Protected(_) => StatusCode::CONFLICT,
            Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Name
            | Self::Language(_)
            | Self::Id
            | Self::TextLength(_)
            | Self::CaptionLength(_)
            | Self::EmptyFile
            | Self::NotPressable(_)
            | Self::Request(_) => StatusCode::BAD_REQUEST,
        };
        (code, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
