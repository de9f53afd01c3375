//! The program without its `main`: everything that dies with the process, and nothing else.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use fangbi::app::App;
use fangbi::desk::Desk;
use fangbi::inbox::{Inbox, Intake, Polled};
use fangbi::outbox::Outbox;
use fangbi::store::users::StaffRole;
use fangbi::store::{FILE, Fatal, Store};
use fangbi::telegram::render::Reader;
use fangbi::telegram::routes;
use fangbi::timers::Timers;
use teloxide::dptree;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;

use super::Surroundings;

pub(crate) struct Process {
    pub(crate) app: App,
    pub(crate) store: Store,
    pub(crate) inbox: Arc<Inbox<Desk>>,
    pub(crate) outbox: Outbox,
    pub(crate) timers: Timers,
    writer: JoinHandle<Result<(), Fatal>>,
    pub(crate) folder: TempDir,
    /// How far log and ledger had grown when the books were looked at last.
    pub(crate) looked_at: AtomicI64,
}

impl Process {
    pub(crate) async fn start(around: &Surroundings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), EMPTY.get_or_init(empty).await).unwrap();
        Self::start_on(folder, around).await
    }

    /// How far log and ledger have grown.
    pub(crate) async fn grown(&self) -> i64 {
        let rows = sqlx::query_scalar("select coalesce(sum(last), 0) from heads");
        rows.fetch_one(self.store.readers()).await.unwrap()
    }

    pub(crate) fn copied_files(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in [FILE, "fangbi.db-wal"] {
            copy(self.folder.path(), folder.path(), file);
        }
        folder
    }

    /// The process is killed, and another starts on what is on the disk.
    pub(crate) async fn killed(self, around: &Surroundings) -> Self {
        let folder = self.copied_files();
        self.writer.abort();
        drop(self);
        Self::start_on(folder, around).await
    }

    #[expect(clippy::disallowed_methods, reason = "a test is the main of its world")]
    async fn start_on(folder: TempDir, around: &Surroundings) -> Self {
        let (store, writer) = Store::open(folder.path()).await.unwrap();
        let writer = tokio::spawn(writer.run());
        let Surroundings { api, me, clock, seal, rules, .. } = around;
        let app = App::new(store.clone(), seal.clone(), clock.clone(), rules.policy.clone());
        for (role, people) in around.staff() {
            app.appoint(role, people).await.unwrap();
        }
        let words = Reader::new(store.clone(), seal.clone(), clock.clone());
        let desk = Desk::new(app.clone(), words);
        let inbox = Arc::new(Inbox::new(
            api.clone(),
            store.clone(),
            seal.clone(),
            clock.clone(),
            Arc::new(desk.clone()),
            routes::tree(),
            dptree::deps![app.clone(), me.clone()],
            desk.clone(),
            Intake { long_poll: Duration::ZERO, limits: rules.intake },
        ));
        let office = Arc::new(desk);
        let outbox =
            Outbox::new(api.clone(), store.clone(), clock.clone(), office, rules.limits, 16);
        let timers = Timers::new(app.clone());
        Self { app, store, inbox, outbox, timers, writer, folder, looked_at: AtomicI64::new(0) }
    }

    /// Whether anything came in.
    pub(crate) async fn poll(&mut self) -> bool {
        let polled = self.inbox.poll_once().await.unwrap();
        matches!(polled, Polled::Batch { updates: 1.., .. })
    }

    pub(crate) async fn handle(&mut self) -> bool {
        self.inbox.run_waiting().await.unwrap() > 0
    }

    pub(crate) async fn tick(&mut self) -> bool {
        self.timers.step().await.unwrap() > 0
    }

    pub(crate) async fn send(&mut self) -> bool {
        self.outbox.step().await.unwrap().sent > 0
    }

    pub(crate) async fn appoint(&self, role: StaffRole, people: Vec<i64>) {
        self.app.appoint(role, people).await.unwrap();
    }
}

/// A desk's file that nothing has happened to: to make all its tables anew takes longer than many a
/// story.
static EMPTY: OnceCell<Vec<u8>> = OnceCell::const_new();

#[expect(clippy::disallowed_methods, reason = "a test is the main of its world")]
async fn empty() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (store, writer) = Store::open(folder.path()).await.unwrap();
    let writer = tokio::spawn(writer.run());
    store.close().await;
    writer.await.unwrap().unwrap();
    std::fs::read(folder.path().join(FILE)).unwrap()
}

fn copy(from: &Path, to: &Path, file: &str) {
    std::fs::copy(from.join(file), to.join(file)).unwrap();
}
