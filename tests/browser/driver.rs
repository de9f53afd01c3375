//! A headless Chromium, spoken to through its driver: the little of WebDriver that the stories need.
//! <https://www.w3.org/TR/webdriver2/>

use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// Only a browser that hangs takes this long for one command.
const PATIENCE: Duration = Duration::from_secs(120);
/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// As root and without a screen, and nothing of its own that talks to the network.
const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
];

pub(crate) struct Browser {
    http: reqwest::Client,
    /// Where the session's commands go.
    session: String,
    driver: Child,
    _stdout: BufReader<ChildStdout>,
    /// The profile and all else that it writes.
    _folder: TempDir,
}

/// What the driver has against a command, with its own short name for it.
#[derive(Debug, thiserror::Error)]
#[error("{error}: {message}")]
pub(crate) struct Refused {
    error: String,
    message: String,
}

impl Refused {
    /// What the page may look like for a moment, while it is being redrawn.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self.error.as_str(),
            "no such element"
                | "stale element reference"
                | "element click intercepted"
                | "element not interactable"
        )
    }
}

/// An element, as long as the page does not redraw it.
pub(crate) struct Element(String);

impl Browser {
    /// A fresh browser whose user reads this language.
    pub(crate) async fn start(language: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let mut driver = driver.unwrap_or_else(|error| {
            panic!(
                "chromedriver cannot be started ({error}). It comes with Chromium: on Debian, \
                 `apt-get install chromium chromium-driver`, or let ./check do it"
            )
        });
        let mut stdout = BufReader::new(driver.stdout.take().unwrap());
        let port = port(&mut stdout).await;
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        let language = format!("--accept-lang={language}");
        let flags: Vec<_> = FLAGS.into_iter().chain([&*profile, &*language]).collect();
        let url = format!("http://127.0.0.1:{port}/session");
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let opened = call(http.post(&url).json(&wanted)).await.unwrap();
        let session = format!("{url}/{}", opened["sessionId"].as_str().unwrap());
        Self { http, session, driver, _stdout: stdout, _folder: folder }
    }

    pub(crate) async fn open(&self, url: &str) {
        self.post("url", json!({ "url": url })).await.unwrap();
    }

    /// The last element that fits.
    pub(crate) async fn find(&self, xpath: &str) -> Result<Element, Refused> {
        let last = format!("({xpath})[last()]");
        let found = self.post("element", json!({ "using": "xpath", "value": last })).await?;
        Ok(Element(found[ELEMENT].as_str().unwrap().to_owned()))
    }

    /// As with a mouse: what is hidden or covered cannot be clicked.
    pub(crate) async fn click(&self, element: &Element) -> Result<(), Refused> {
        self.post(&format!("element/{}/click", element.0), json!({})).await.map(|_| ())
    }

    pub(crate) async fn types(&self, element: &Element, text: &str) -> Result<(), Refused> {
        let path = format!("element/{}/value", element.0);
        self.post(&path, json!({ "text": text })).await.map(|_| ())
    }

    /// The text as it is shown.
    pub(crate) async fn text(&self, element: &Element) -> Result<String, Refused> {
        let text = self.get(&format!("element/{}/text", element.0)).await?;
        Ok(text.as_str().unwrap().to_owned())
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, element: &Element) -> Result<String, Refused> {
        let value = self.get(&format!("element/{}/property/value", element.0)).await?;
        Ok(value.as_str().unwrap().to_owned())
    }

    /// Where a link leads.
    pub(crate) async fn link(&self, element: &Element) -> Result<String, Refused> {
        let href = self.get(&format!("element/{}/property/href", element.0)).await?;
        Ok(href.as_str().unwrap().to_owned())
    }

    /// What the page has complained about in its console since it was last asked.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", json!({ "type": "browser" })).await.unwrap();
        let entries = log.as_array().unwrap().iter();
        entries.filter(|it| it["level"] != "INFO").map(|it| it["message"].to_string()).collect()
    }

    /// A PNG of the page.
    pub(crate) async fn screenshot(&self) -> Vec<u8> {
        let picture = self.get("screenshot").await.unwrap();
        STANDARD.decode(picture.as_str().unwrap()).unwrap()
    }

    /// Closes the browser; the driver alone would leave it running.
    pub(crate) async fn quit(mut self) {
        call(self.http.delete(&self.session)).await.unwrap();
        self.driver.kill().await.unwrap();
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, Refused> {
        call(self.http.post(format!("{}/{path}", self.session)).json(&body)).await
    }

    async fn get(&self, path: &str) -> Result<Value, Refused> {
        call(self.http.get(format!("{}/{path}", self.session))).await
    }
}

/// The driver takes a free port and says which.
async fn port(stdout: &mut BufReader<ChildStdout>) -> u16 {
    let mut line = String::new();
    while stdout.read_line(&mut line).await.unwrap() > 0 {
        if let Some((_, port)) =
            line.trim().trim_end_matches('.').rsplit_once("successfully on port ")
        {
            return port.parse().unwrap();
        }
        line.clear();
    }
    panic!("chromedriver ended before it said its port");
}

async fn call(request: reqwest::RequestBuilder) -> Result<Value, Refused> {
    let response = request.send().await.unwrap();
    let fine = response.status().is_success();
    let mut body: Value = response.json().await.unwrap();
    let value = body["value"].take();
    if fine {
        return Ok(value);
    }
    let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Refused { error: word("error"), message: word("message") })
}
