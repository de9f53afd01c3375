//! A playground on a free port with a clock of ours, and a bot that is nothing but HTTP calls.

use std::time::Duration;

use chrono::DateTime;
use playground::{Clock, Limits, Options, Person, Playground};
use serde_json::{Value, json};

pub(crate) struct World {
    pub(crate) playground: Playground,
    pub(crate) clock: Clock,
    pub(crate) http: reqwest::Client,
}

/// 2026-11-20 08:53:20 UTC.
pub(crate) const START: i64 = 1_795_164_800;

impl World {
    /// No limits; time stands still.
    pub(crate) async fn new() -> Self {
        Self::with(Limits::none(), manual()).await
    }

    /// No limits; time is real, so polls wait.
    pub(crate) async fn real() -> Self {
        Self::with(Limits::none(), Clock::real()).await
    }

    pub(crate) async fn with(limits: Limits, clock: Clock) -> Self {
        let options = Options { limits, clock: clock.clone(), ..Options::default() };
        let playground = Playground::start(options).await.unwrap();
        Self { playground, clock, http: reqwest::Client::new() }
    }

    /// Li Na, who has written `/start`.
    pub(crate) fn li_na(&self) -> Person {
        let person = self.playground.person("Li Na", "zh-hans");
        person.send("/start").unwrap();
        person
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.playground.url())
    }

    /// The whole answer to a Bot API call.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Value {
        self.try_call(method, &params).await.unwrap()
    }

    pub(crate) async fn try_call(
        &self,
        method: &str,
        params: &Value,
    ) -> Result<Value, reqwest::Error> {
        let url = self.url(&format!("/bot{}/{method}", self.playground.token()));
        self.http.post(url).json(params).send().await?.json().await
    }

    /// The result of a call that goes well.
    pub(crate) async fn ok(&self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params.clone()).await;
        assert_eq!(answer["ok"], true, "{method} {params}: {answer}");
        answer["result"].clone()
    }

    /// The description of a call that is refused.
    pub(crate) async fn refused(&self, method: &str, params: Value) -> String {
        let answer = self.call(method, params.clone()).await;
        assert_eq!(answer["ok"], false, "{method} {params}: {answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn updates(&self, offset: i64) -> Vec<Value> {
        let updates = self.ok("getUpdates", json!({ "offset": offset })).await;
        updates.as_array().unwrap().clone()
    }

    /// A People API call: status and body.
    pub(crate) async fn people(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let method = method.parse().unwrap();
        let request = self.http.request(method, self.url(path));
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        let code = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (code, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

pub(crate) fn manual() -> Clock {
    Clock::manual(DateTime::from_timestamp(START, 0).unwrap())
}

pub(crate) fn ids(updates: &[Value]) -> Vec<i64> {
    updates.iter().map(|it| it["update_id"].as_i64().unwrap()).collect()
}

pub(crate) fn texts(updates: &[Value]) -> Vec<&str> {
    updates.iter().map(|it| it["message"]["text"].as_str().unwrap()).collect()
}
