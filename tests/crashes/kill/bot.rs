//! The real program, as a process that is started and killed.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use playground::Playground;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// Letters that may be on their way at a time.
pub(crate) const IN_FLIGHT: usize = 8;
pub(crate) const TREASURER: i64 = 901;
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Bot {
    folder: TempDir,
    child: Option<Child>,
    /// How many polls there were before it was started.
    polls: u64,
}

impl Bot {
    pub(crate) fn at(telegram: &Playground) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let it = Self { folder, child: None, polls: 0 };
        let config = format!(
            "[telegram]
token = \"{}\"
api_url = \"{}\"
messages_per_second = 100000
urgent_reserve = 0
per_chat_per_second = 100000
per_chat_burst = 100000
max_in_flight = {IN_FLIGHT}
[data]
folder = \"{}\"
[staff]
treasurers = [{TREASURER}]
[orders]
cool_off_seconds = 0
",
            telegram.token(),
            telegram.url(),
            it.data().display()
        );
        std::fs::write(it.config(), config).unwrap();
        it
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("fangbi.toml")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Starts it; `sync` is the commit at which it dies.
    pub(crate) fn starts(&mut self, sync: Option<&str>) {
        let log = std::fs::OpenOptions::new().append(true).create(true).open(self.log()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangbi"));
        command
            .args(["run", "--config"])
            .arg(self.config())
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .kill_on_drop(true);
        if let Some(sync) = sync {
            command.env("LD_PRELOAD", torture::killer()).env("TORTURE_KILL", sync);
        }
        self.child = Some(command.spawn().unwrap());
    }

    /// It has asked for updates.
    pub(crate) async fn is_awake(&mut self, telegram: &Playground) {
        let awake = async {
            while telegram.count("getMe").done <= self.polls {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, awake).await.is_ok(), "{}", self.said());
        self.polls = telegram.count("getMe").done;
    }

    /// Waits until it has ended, however.
    pub(crate) async fn ends(&mut self) {
        if let Some(child) = &mut self.child {
            child.wait().await.unwrap();
        }
    }

    /// SIGKILL, if it still lives.
    pub(crate) async fn is_killed(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.unwrap();
        }
    }

    /// Is asked to leave.
    pub(crate) async fn leaves(&mut self) {
        let mut child = self.child.take().unwrap();
        let id = child.id().unwrap().to_string();
        Command::new("kill").arg(id).status().await.unwrap();
        let end = tokio::time::timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
        assert!(end.success(), "it left with {end}\n{}", self.said());
    }

    /// What `fangbi check` says about its data.
    pub(crate) async fn check(&self) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangbi"));
        let checked = command.arg("check").arg("--config").arg(self.config()).output().await;
        let checked = checked.unwrap();
        (checked.status.success(), String::from_utf8_lossy(&checked.stdout).into_owned())
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }
}
