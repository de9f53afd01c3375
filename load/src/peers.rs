//! What other people build bots with. Each is installed from its registry for one run and does the
//! same work as the bare bot; one that cannot be installed is left out, with a reason.

use std::path::Path;
use std::process::{Command, Output};

use crate::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    Grammy,
    Aiogram,
    PythonTelegramBot,
}

impl Peer {
    pub(crate) const ALL: [Self; 3] = [Self::Grammy, Self::Aiogram, Self::PythonTelegramBot];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Grammy => "grammY, runner",
            Self::Aiogram => "aiogram, uvloop",
            Self::PythonTelegramBot => "python-telegram-bot",
        }
    }

    /// With versions, so that figures of two runs can be compared.
    pub(crate) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Grammy => &["grammy@1.46.0", "@grammyjs/runner@2.0.3"],
            Self::Aiogram => &["aiogram==3.31.0", "uvloop==0.23.0"],
            Self::PythonTelegramBot => &["python-telegram-bot==22.8"],
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Grammy => include_str!("../peers/grammy.cjs"),
            Self::Aiogram => include_str!("../peers/aiogram_bot.py"),
            Self::PythonTelegramBot => include_str!("../peers/python_telegram_bot.py"),
        }
    }

    /// Fetches its packages into a folder of its own in `peers`.
    ///
    /// # Errors
    /// Why it cannot take part, in one line: no interpreter, no registry.
    pub(crate) fn install(self, peers: &Path) -> Result<(), Problem> {
        let folder = peers.join(self.file());
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(self.file()), self.source())?;
        let mut install = match self {
            Self::Grammy => {
                let mut npm = Command::new("npm");
                npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
                npm.arg(&folder);
                npm
            }
            Self::Aiogram | Self::PythonTelegramBot => {
                let mut pip = Command::new("python3");
                pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
                pip.arg("--target").arg(folder.join(PACKAGES));
                pip
            }
        };
        let program = install.get_program().to_string_lossy().into_owned();
        let output = install.args(self.packages()).output();
        match output.map_err(|error| format!("{program}: {error}"))? {
            Output { status, .. } if status.success() => Ok(()),
            Output { stderr, .. } => {
                let why = String::from_utf8_lossy(&stderr);
                let why = why.lines().map(str::trim).find(|it| !it.is_empty());
                Err(format!("{program}: {}", why.unwrap_or("it failed without a word")).into())
            }
        }
    }

    /// Runs it; it was installed in `peers`.
    pub(crate) fn command(self, url: &str, token: &str, peers: &Path) -> tokio::process::Command {
        let folder = peers.join(self.file());
        let interpreter = match self {
            Self::Grammy => "node",
            Self::Aiogram | Self::PythonTelegramBot => "python3",
        };
        let mut command = tokio::process::Command::new(interpreter);
        command.arg(folder.join(self.file())).args([url, token]);
        command.env("PYTHONPATH", folder.join(PACKAGES));
        command
    }

    fn file(self) -> &'static str {
        match self {
            Self::Grammy => "grammy.cjs",
            Self::Aiogram => "aiogram_bot.py",
            Self::PythonTelegramBot => "python_telegram_bot.py",
        }
    }
}

/// Where pip puts things.
const PACKAGES: &str = "packages";
