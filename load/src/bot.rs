//! The programs that are compared, each as a child process of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use tokio::process::Child;

use crate::Problem;
use crate::peers::Peer;
use crate::stand::Setup;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Fangbi,
    Bare,
    Peer(Peer),
}

/// How much fangbi may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Nothing is held back for the sake of Telegram's limits or because of who sends much, and 256
    /// calls may be under way.
    Unlimited,
    /// The same, but of one person no more is taken in than by default.
    Guarded,
    /// No limits, but as few calls under way as by default: what a death may repeat.
    FewAtOnce,
    /// All as by default: what Telegram allows.
    Telegrams,
}

impl Program {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fangbi => "fangbi",
            Self::Bare => "the bare bot",
            Self::Peer(peer) => peer.name(),
        }
    }

    /// Starts it. `folder` is where it may keep things, `peers` where other frameworks are.
    pub(crate) fn start(
        self,
        url: &str,
        token: &str,
        setup: Setup,
        folder: &Path,
        peers: &Path,
    ) -> Result<Child, Problem> {
        let mut command = match self {
            Self::Fangbi => {
                std::fs::write(settings(folder), config(url, token, setup.pace, folder))?;
                let mut command = tokio::process::Command::new(fangbi()?);
                command.arg("run").arg("--config").arg(settings(folder));
                command
            }
            Self::Bare => {
                let mut command = tokio::process::Command::new(std::env::current_exe()?);
                command.args(["echo", "--api-url", url, "--token", token]);
                command
            }
            Self::Peer(peer) => peer.command(url, token, peers),
        };
        command.env("RUST_LOG", "warn").stdin(Stdio::null()).kill_on_drop(true);
        if setup.tells_commits {
            command.env("RUST_LOG", "warn,fangbi::store::writer=debug").env("NO_COLOR", "1");
            command.stderr(Stdio::piped());
        }
        Ok(command.spawn()?)
    }
}

/// The treasurer's id.
pub(crate) const TREASURER: i64 = 901;

/// Everything is as by default, except for what is sent how fast, and that a release does not wait
/// for the seller's second thoughts.
fn config(url: &str, token: &str, pace: Pace, folder: &Path) -> String {
    let no_limits = "messages_per_second = 100000
urgent_reserve = 0
per_chat_per_second = 100000
per_chat_burst = 100000
";
    let everybody = "per_sender_per_second = 100000
per_sender_burst = 1000000
crowd_per_second = 1000000
";
    let pace = match pace {
        Pace::Unlimited => format!("{no_limits}{everybody}max_in_flight = 256"),
        Pace::Guarded => format!("{no_limits}max_in_flight = 256"),
        Pace::FewAtOnce => format!("{no_limits}{everybody}"),
        Pace::Telegrams => String::new(),
    };
    format!(
        "[telegram]
token = \"{token}\"
api_url = \"{url}\"
{pace}
[data]
folder = \"{}\"
[staff]
treasurers = [{TREASURER}]
[orders]
cool_off_seconds = 0
",
        data(folder).display()
    )
}

/// Where fangbi has its database.
pub(crate) fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn settings(folder: &Path) -> PathBuf {
    folder.join("fangbi.toml")
}

/// Has the finished bot's database looked at: every sum, every reference.
pub(crate) fn check(folder: &Path) -> Result<(), Problem> {
    let check = Command::new(fangbi()?).arg("check").arg("--config").arg(settings(folder)).output();
    let check = check?;
    if check.status.success() {
        return Ok(());
    }
    let found = String::from_utf8_lossy(&check.stdout);
    Err(format!("fangbi check found damage: {}", found.trim()).into())
}

/// Beside us, as cargo puts it.
fn fangbi() -> Result<PathBuf, Problem> {
    Ok(std::env::current_exe()?.with_file_name("fangbi"))
}

/// What fangbi is built from, seen from the top of the sources.
const SOURCES: [&str; 6] = ["src", "locales", "migrations", "build.rs", "Cargo.toml", "Cargo.lock"];

/// A benchmark of yesterday's program would be worth nothing. Without optimisation it is a trial of
/// what stands here, whose figures nobody keeps: whoever built us has built the bot, too.
pub(crate) fn build_if_old() -> Result<(), Problem> {
    if cfg!(debug_assertions) && fangbi()?.exists() {
        return Ok(());
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = std::fs::metadata(fangbi()?).and_then(|it| it.modified()).ok();
    let mut changed = None;
    for source in SOURCES {
        changed = changed.max(newest(&top.join(source))?);
    }
    if built.is_some() && built >= changed {
        return Ok(());
    }
    eprintln!("fangbi is missing or older than its sources: cargo build --release --bin fangbi");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--bin", "fangbi"])
        .current_dir(top)
        .status()?;
    if built.success() { Ok(()) } else { Err("fangbi cannot be built".into()) }
}

/// The last change of a file, or of any in a folder.
fn newest(path: &Path) -> Result<Option<SystemTime>, Problem> {
    if !path.is_dir() {
        return Ok(Some(std::fs::metadata(path)?.modified()?));
    }
    let mut newest_inside = None;
    for entry in std::fs::read_dir(path)? {
        newest_inside = newest_inside.max(newest(&entry?.path())?);
    }
    Ok(newest_inside)
}
