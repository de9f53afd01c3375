//! The program without Telegram: the App, its timers and its file, and how it dies.

use std::path::Path;

use fangbi::app::App;
use fangbi::clock::Clock;
use fangbi::domain::UserId;
use fangbi::domain::policy::Policy;
use fangbi::secrets::Seal;
use fangbi::store::users::StaffRole;
use fangbi::store::{FILE, Fatal, Store};
use fangbi::timers::Timers;
use tempfile::TempDir;
use tokio::task::JoinHandle;

pub(crate) const OPERATOR: UserId = UserId(5001);
pub(crate) const TREASURER: UserId = UserId(5002);

/// What is there whether it runs or not.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) clock: Clock,
    pub(crate) seal: Seal,
    pub(crate) arbiters: Vec<i64>,
}

pub(crate) struct Bot {
    pub(crate) app: App,
    pub(crate) store: Store,
    pub(crate) timers: Timers,
    writer: JoinHandle<Result<(), Fatal>>,
    pub(crate) folder: TempDir,
}

impl Bot {
    pub(crate) async fn starts(around: &Surroundings) -> Self {
        Self::starts_on(tempfile::tempdir().unwrap(), around).await
    }

    /// As after SIGKILL: everything in memory is gone, and another one starts on the same bytes.
    pub(crate) async fn dies(self, around: &Surroundings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in [FILE.to_owned(), format!("{FILE}-wal")] {
            copies(self.folder.path(), folder.path(), &file);
        }
        self.writer.abort();
        drop(self);
        Self::starts_on(folder, around).await
    }

    #[expect(clippy::disallowed_methods, reason = "a test is the main of its world")]
    async fn starts_on(folder: TempDir, around: &Surroundings) -> Self {
        let (store, writer) = Store::open(folder.path()).await.unwrap();
        let writer = tokio::spawn(writer.run());
        let Surroundings { clock, seal, arbiters } = around.clone();
        let app = App::new(store.clone(), seal, clock, Policy::default());
        app.appoint(StaffRole::Operator, vec![OPERATOR.0]).await.unwrap();
        app.appoint(StaffRole::Treasurer, vec![TREASURER.0]).await.unwrap();
        app.appoint(StaffRole::Arbiter, arbiters).await.unwrap();
        let timers = Timers::new(app.clone());
        Self { app, store, timers, writer, folder }
    }
}

fn copies(from: &Path, to: &Path, file: &str) {
    std::fs::copy(from.join(file), to.join(file)).unwrap();
}
