//! The page, as a person uses it: looks until something is there, and then clicks.

use std::fs;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use futures::FutureExt;

use crate::demo::Demo;
use crate::driver::{Browser, Refused};

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks.
const BLINK: Duration = Duration::from_millis(100);

const ENTER: &str = "\u{E007}";
const CONTROL: &str = "\u{E009}";
const RELEASE: &str = "\u{E000}";

/// Plays a story on a fresh demo in a fresh browser whose user reads this language. A story that
/// fails leaves a picture of what it saw.
pub(crate) async fn play(name: &str, language: &str, story: impl AsyncFnOnce(&Chats)) {
    let demo = Demo::start().await;
    let chats = Chats(Browser::start(language).await);
    let all = async {
        chats.0.open(&demo.url).await;
        story(&chats).await;
    };
    let end = AssertUnwindSafe(all).catch_unwind().await;
    let complaints = chats.0.complaints().await;
    if end.is_err() {
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        fs::write(&picture, chats.0.screenshot().await).unwrap();
        eprintln!("{name}: see {}; the console says {complaints:?}", picture.display());
    }
    chats.0.quit().await;
    demo.end().await;
    end.unwrap_or_else(|panic| resume_unwind(panic));
    assert!(complaints.is_empty(), "the page complains: {complaints:?}");
}

/// The page with its columns.
pub(crate) struct Chats(Browser);

/// One person's column.
pub(crate) struct Chat<'a> {
    chats: &'a Chats,
    /// Where it is, as an XPath.
    column: String,
}

impl Chats {
    /// The first visitor says who they are.
    pub(crate) async fn welcome(&self, name: &str, language: &str) -> Chat<'_> {
        let field = r#"//*[@data-testid="welcome-name"]"#;
        self.until("the welcome", async || {
            let field = self.0.find(field).await?;
            self.0.types(&field, name).await.map(Some)
        })
        .await;
        self.click(&format!(r#"//*[@data-testid="welcome-language"]/option[@value="{language}"]"#))
            .await;
        self.click(r#"//*[@data-testid="welcome-start"]"#).await;
        self.column(name)
    }

    /// Somebody else joins, in a column of their own.
    pub(crate) async fn add(&self, name: &str, language: &str) -> Chat<'_> {
        self.click(r#"//*[@data-testid="add-person"]"#).await;
        self.welcome(name, language).await
    }

    /// Opens the column of somebody who is played by a script, or by whoever opens it.
    pub(crate) async fn open(&self, name: &str) -> Chat<'_> {
        let person =
            format!(r#"//button[contains(@class, "person")][.//b[normalize-space()="{name}"]]"#);
        self.until(name, async || match self.0.find(&person).await {
            Ok(found) => match self.0.click(&found).await {
                Err(hidden) if hidden.is_passing() => {
                    let group = self.0.find(r#"//details[@class="scripted"]/summary"#).await?;
                    self.0.click(&group).await.map(|()| None)
                }
                clicked => clicked.map(Some),
            },
            Err(refused) => Err(refused),
        })
        .await;
        self.column(name)
    }

    fn column(&self, name: &str) -> Chat<'_> {
        let column = format!(r#"//*[@data-testid="column"][.//h2[normalize-space()="{name}"]]"#);
        Chat { chats: self, column }
    }

    async fn click(&self, xpath: &str) {
        self.until(xpath, async || {
            let element = self.0.find(xpath).await?;
            self.0.click(&element).await.map(Some)
        })
        .await;
    }

    /// Looks again and again until there is something to see.
    async fn until<T>(
        &self,
        wanted: &str,
        look: impl AsyncFn() -> Result<Option<T>, Refused>,
    ) -> T {
        let began = Instant::now();
        loop {
            match look().await {
                Ok(Some(seen)) => return seen,
                Ok(None) => {}
                Err(refused) if refused.is_passing() => {}
                Err(refused) => panic!("{wanted}: {refused}"),
            }
            assert!(began.elapsed() < PATIENCE, "waited in vain for {wanted}");
            tokio::time::sleep(BLINK).await;
        }
    }
}

impl Chat<'_> {
    /// Clicks the newest button whose label begins like this.
    pub(crate) async fn presses(&self, label: &str) {
        self.chats.click(&self.button(label)).await;
    }

    /// Clicks the newest button whose label has these words somewhere.
    pub(crate) async fn presses_one_with(&self, words: &str) {
        let button = format!(r#"{}//button[contains(normalize-space(), "{words}")]"#, self.column);
        self.chats.click(&button).await;
    }

    /// Waits for such a button.
    pub(crate) async fn is_offered(&self, label: &str) {
        let button = self.button(label);
        self.chats.until(label, async || self.browser().find(&button).await.map(Some)).await;
    }

    /// Waits until there is no such button.
    pub(crate) async fn is_no_longer_offered(&self, label: &str) {
        let gone = async || Ok((!self.has_button(label).await).then_some(()));
        self.chats.until(&format!("the end of {label}"), gone).await;
    }

    /// Whether there is such a button right now.
    pub(crate) async fn has_button(&self, label: &str) -> bool {
        match self.browser().find(&self.button(label)).await {
            Ok(_) => true,
            Err(refused) if refused.is_passing() => false,
            Err(refused) => panic!("{label}: {refused}"),
        }
    }

    /// Writes to the bot.
    pub(crate) async fn says(&self, text: &str) {
        self.types_into(&self.composer(), &format!("{text}{ENTER}")).await;
    }

    async fn types_into(&self, field: &str, text: &str) {
        self.chats
            .until(field, async || {
                let field = self.browser().find(field).await?;
                self.browser().types(&field, text).await.map(Some)
            })
            .await;
    }

    /// Waits for a message with these words, and gives its whole text: the newest there is.
    pub(crate) async fn sees(&self, words: &str) -> String {
        let message = format!(
            r#"{}//*[@data-testid="message"][contains(normalize-space(), "{words}")]"#,
            self.column
        );
        self.chats
            .until(words, async || {
                let message = self.browser().find(&message).await?;
                self.browser().text(&message).await.map(Some)
            })
            .await
    }

    /// Sends a file of this project.
    pub(crate) async fn sends_file(&self, path: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let picker = format!(r#"{}//input[@type="file"]"#, self.column);
        self.types_into(&picker, path.to_str().unwrap()).await;
        self.chats.click(r#"//dialog[contains(@class, "preview")]//button[@type="submit"]"#).await;
    }

    /// Fetches the newest file of that name that the bot has sent.
    pub(crate) async fn takes_file(&self, name: &str) -> Vec<u8> {
        let link =
            format!(r#"{}//a[@class="file"][contains(normalize-space(), "{name}")]"#, self.column);
        let url = self
            .chats
            .until(name, async || {
                let link = self.browser().find(&link).await?;
                self.browser().link(&link).await.map(Some)
            })
            .await;
        reqwest::get(url).await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// Waits for the newest countdown to say something that fits.
    pub(crate) async fn until_countdown(&self, fits: impl Fn(&str) -> bool) -> String {
        let countdown = format!(r#"{}//*[@data-testid="countdown"]"#, self.column);
        self.chats
            .until("a countdown", async || {
                let countdown = self.browser().find(&countdown).await?;
                let text = self.browser().text(&countdown).await?;
                Ok(Some(text).filter(|text| fits(text)))
            })
            .await
    }

    /// Opens or closes the pretend Alipay.
    pub(crate) async fn turns_alipay(&self) {
        self.chats.click(&self.test("alipay-button")).await;
    }

    /// Waits for an entry of the bill with these words, and gives its whole text.
    pub(crate) async fn sees_in_alipay(&self, words: &str) -> String {
        let entry =
            format!(r#"{}[contains(normalize-space(), "{words}")]"#, self.test("bill-entry"));
        self.chats
            .until(&format!("{words} in Alipay"), async || {
                let entry = self.browser().find(&entry).await?;
                self.browser().text(&entry).await.map(Some)
            })
            .await
    }

    /// Pays out of the open pretend Alipay, from the account that was typed into the chat last.
    pub(crate) async fn pays(&self, account: &str, yuan: &str, name: &str) {
        self.chats.click(&self.test("pay-somebody")).await;
        for (field, text) in [("pay-to", account), ("pay-amount", yuan), ("pay-name", name)] {
            self.types_into(&self.test(field), text).await;
        }
        self.chats.click(&self.test("pay")).await;
    }

    /// Sends the money of the only payment that can be sent back to its payer.
    pub(crate) async fn sends_money_back(&self) {
        // The first press only asks whether it is meant.
        self.chats.click(&self.test("send-back")).await;
        self.chats.click(&format!("{}[@data-sure]", self.test("send-back"))).await;
    }

    /// What the clipboard holds: pastes it where messages are written, and takes it away again.
    pub(crate) async fn pastes(&self) -> String {
        let keys = [&format!("{CONTROL}v{RELEASE}"), &format!("{CONTROL}ax{RELEASE}")];
        let [paste, cut] = keys;
        let field = self.browser().find(&self.composer()).await.unwrap();
        self.browser().types(&field, paste).await.unwrap();
        let text = self.browser().value(&field).await.unwrap();
        self.browser().types(&field, cut).await.unwrap();
        text
    }

    fn button(&self, label: &str) -> String {
        format!(r#"{}//button[starts-with(normalize-space(), "{label}")]"#, self.column)
    }

    fn test(&self, id: &str) -> String {
        format!(r#"{}//*[@data-testid="{id}"]"#, self.column)
    }

    fn composer(&self) -> String {
        self.test("composer")
    }

    fn browser(&self) -> &Browser {
        &self.chats.0
    }
}
