//! The wiring diagram: read the configuration, open the store, start the loops, leave when one ends.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use clap::{Args, Parser, Subcommand};
use fangbi::app::App;
use fangbi::bucket::Rate;
use fangbi::bundle::signer::{Fingerprint, Signer};
use fangbi::clock::Clock;
use fangbi::config::{self, Config, Staff};
use fangbi::desk::Desk;
use fangbi::inbox::{self, Inbox, InboxError, Intake};
use fangbi::outbox::{Limits, Outbox, OutboxError};
use fangbi::secrets::Seal;
use fangbi::stop::{Stop, stop};
use fangbi::store::backup::{self, BackupError, ends_file, grown_from};
use fangbi::store::users::StaffRole;
use fangbi::store::{Fatal, OpenError, Store, Writer};
use fangbi::telegram::api::{Api, Call, Me, Outcome};
use fangbi::telegram::render::{Reader, Roles, menus};
use fangbi::telegram::routes;
use fangbi::timers::Timers;
use fangbi::web::{Web, health, receipts};
use fangbi::{bundle, logging, store};
use playground::{Cast, Playground, StartError};
use teloxide::dptree;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// Where the demo's page is, if nobody else is there.
const DEMO_PORT: u16 = 8088;
/// How long the outbox may take to finish what is in flight.
const LEAVE_IN: Duration = Duration::from_secs(25);

#[derive(Parser)]
#[command(name = "fangbi", version, about = "A Telegram bot for safe P2P sales of crypto for yuan")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
struct Options {
    /// The configuration file; fangbi.toml, when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write the log as JSON, one object a line
    #[arg(long, global = true)]
    log_json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Run the bot
    Run,
    /// Try everything on this machine: a local Telegram, invented people, no real money
    Demo {
        /// The port of the page; another one is taken when it is in use and none was asked for
        #[arg(long)]
        port: Option<u16>,
    },
    /// Show every setting, with its meaning and where it comes from
    Config,
    /// Look for damage in the database, also while the bot runs
    Check {
        /// The .ends file of a backup: nothing that was there then may be missing now
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
    /// Copy the database to a new file, also while the bot runs
    Backup {
        /// The copy; beside it comes FILE.ends, to be kept somewhere else
        file: PathBuf,
    },
    /// Check an evidence bundle: is all of it as the desk has signed it? Needs nothing but the file
    Verify {
        /// The zip, as the bot has sent it
        bundle: PathBuf,
        /// Who should have signed it, as in "3F2A 91C0 55E7 08BD A1F4"
        #[arg(long, value_name = "FINGERPRINT")]
        signer: Option<Fingerprint>,
    },
}

/// Why we leave, and with which exit code.
enum Leave {
    /// 2: somebody has to change something before a start makes sense.
    Setup(String),
    /// 1: an accident; starting again may help.
    Accident(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Leave {
    fn from(error: E) -> Self {
        Self::Accident(error.into())
    }
}

fn setup(error: impl Display) -> Leave {
    Leave::Setup(error.to_string())
}

fn main() -> ExitCode {
    let Cli { command, options } = Cli::parse();
    logging::start(options.log_json);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let end = runtime.map_err(Leave::from).and_then(|it| {
        let end = it.block_on(obey(command, &options));
        it.shutdown_timeout(LEAVE_IN);
        end
    });
    match end {
        Ok(code) => code,
        Err(Leave::Setup(why)) => {
            eprintln!("fangbi: {why}");
            ExitCode::from(2)
        }
        Err(Leave::Accident(error)) => {
            eprintln!("fangbi: {error:#}");
            ExitCode::from(1)
        }
    }
}

async fn obey(command: Command, options: &Options) -> Result<ExitCode, Leave> {
    let file = options.config.as_deref();
    match command {
        Command::Run => run(Config::read(file).map_err(setup)?).await,
        Command::Demo { port } => demo(port).await,
        Command::Config => {
            print!("{}", config::describe(file).map_err(setup)?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { since } => {
            check(&Config::read(file).map_err(setup)?, since.as_deref()).await
        }
        Command::Backup { file: to } => back_up(&Config::read(file).map_err(setup)?, &to).await,
        Command::Verify { bundle, signer } => verify(&bundle, signer),
    }
}

async fn check(config: &Config, since: Option<&Path>) -> Result<ExitCode, Leave> {
    let folder = &config.data.folder;
    let seal = key_of(config)?;
    if seal.is_none() {
        let key = config.key_file();
        println!("without the key {} it cannot be seen who wrote the log", key.display());
    }
    if let Some(seal) = &seal {
        println!("evidence of this desk is signed by {}", Signer::of(seal).fingerprint());
    }
    let mut problems = match store::check::check(folder, seal.as_ref()).await {
        Err(error) if error.is_no_database() => {
            return Err(setup(OpenError::NoDatabase { file: folder.join(store::FILE) }));
        }
        looked => looked?,
    };
    if let Some(ends) = since {
        let seal = seal.ok_or_else(|| setup("the ends of a backup are sealed with the key"))?;
        problems.extend(grown_from(folder, ends, &seal).await.map_err(cannot_back_up)?);
    }
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("{}: no damage found", folder.display());
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(1))
}

async fn back_up(config: &Config, to: &Path) -> Result<ExitCode, Leave> {
    let key = config.key_file();
    let seal = key_of(config)?
        .ok_or_else(|| setup(format!("the key file {} is missing", key.display())))?;
    backup::back_up(&config.data.folder, to, &seal).await.map_err(cannot_back_up)?;
    println!("{}: copied; keep {} somewhere else", to.display(), ends_file(to).display());
    Ok(ExitCode::SUCCESS)
}

/// The key of a desk that has run before: a look at it changes nothing, so none is made.
fn key_of(config: &Config) -> Result<Option<Seal>, Leave> {
    let (key, database) = (config.key_file(), config.data.folder.join(store::FILE));
    if !database.exists() {
        return Err(setup(format!("there is no database {}", database.display())));
    }
    key.exists().then(|| Seal::read_or_create(&key)).transpose().map_err(setup)
}

fn cannot_back_up(error: BackupError) -> Leave {
    match error {
        BackupError::Write { .. } | BackupError::Read { .. } | BackupError::Foreign { .. } => {
            setup(error)
        }
        BackupError::Store(error) => error.into(),
    }
}

/// Says what a bundle is and that nothing was changed, or the first thing that was.
fn verify(path: &Path, signer: Option<Fingerprint>) -> Result<ExitCode, Leave> {
    let name = path.display();
    let zip = std::fs::read(path).map_err(|error| setup(format!("{name}: {error}")))?;
    match bundle::verify::verify(&zip, signer) {
        Ok(verified) => {
            println!("{verified}");
            Ok(ExitCode::SUCCESS)
        }
        Err(flaw) if flaw.is_about_a_bundle() => {
            println!("{name}: {flaw}");
            Ok(ExitCode::from(1))
        }
        Err(flaw) => Err(setup(format!("{name}: {flaw}"))),
    }
}

/// A desk on a local Telegram, with people who trade, and a folder that is gone afterwards.
async fn demo(port: Option<u16>) -> Result<ExitCode, Leave> {
    let telegram = local_telegram(port).await.map_err(setup)?;
    let folder = tempfile::tempdir()?;
    let config = Config::demo(folder.path(), &telegram.url());
    let _cast = Cast::start(&telegram, config.orders.window_minutes)?;
    println!("fangbi demo: open {} in a browser (Ctrl-C ends it)", telegram.url());
    run(config).await
}

async fn local_telegram(port: Option<u16>) -> Result<Playground, StartError> {
    let on = |port| {
        Playground::start(playground::Options {
            addr: (Ipv4Addr::LOCALHOST, port).into(),
            bot_name: "fangbi demo".to_owned(),
            bot_username: "fangbi_demo_bot".to_owned(),
            ..playground::Options::default()
        })
    };
    match on(port.unwrap_or(DEMO_PORT)).await {
        Err(StartError::InUse { .. }) if port.is_none() => on(0).await,
        started => started,
    }
}

/// Starts everything and waits until something ends: a signal, or a loop.
#[expect(clippy::disallowed_methods, reason = "this is where loops are started")]
async fn run(config: Config) -> Result<ExitCode, Leave> {
    let clock = Clock::system();
    let wrong = |key, why: &dyn Display| setup(config.problem(key, why));
    let api = Api::new(&config.token().map_err(setup)?, &config.telegram.api_url)
        .map_err(|error| wrong("telegram.token", &error))?;
    let web = match config.web.listen {
        Some(listen) => {
            Some(Web::listen(listen).await.map_err(|error| wrong("web.listen", &error))?)
        }
        None => None,
    };
    let (key, database) = (config.key_file(), config.data.folder.join(store::FILE));
    // Before either of them is created.
    let keyless = database.exists() && !key.exists();
    let (store, writer) =
        Store::open(&config.data.folder).await.map_err(|error| cannot_open(&config, error))?;
    if keyless {
        return Err(setup(format!(
            "the key file {} is missing, and {} cannot be read without it: bring it back",
            key.display(),
            database.display()
        )));
    }
    let seal = Seal::read_or_create(&key).map_err(setup)?;
    if !store.is_sealed_with(&seal).await? {
        return Err(setup(format!(
            "the key file {} is not the one that {} was sealed with: bring that one back",
            key.display(),
            database.display()
        )));
    }

    let (leave, leaving) = signals()?;
    let Some(me) = introduce(&config, &api, &clock, leaving.clone()).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    tracing::info!(bot = %me.username, "hello");

    let (intake, no_intake) = stop();
    let (outlet, no_outlet) = stop();
    let mut writing = writes(writer);
    store.remember_key(&seal, clock.now()).await?;
    let app = App::new(store.clone(), seal.clone(), clock.clone(), config.policy());
    appoint(&app, &config.staff).await?;
    let menus = menus(&desk_of(&store).await?, config.demo);
    let words = Reader::new(store.clone(), seal.clone(), clock.clone());
    let desk = Desk::new(app.clone(), if config.demo { words.demo() } else { words });
    announce(&api, menus).await;

    let inbox = Arc::new(Inbox::new(
        api.clone(),
        store.clone(),
        seal,
        clock.clone(),
        Arc::new(desk.clone()),
        routes::tree(),
        dptree::deps![app.clone(), me],
        desk.clone(),
        intake_of(&config),
    ));
    let health = health::Health {
        store: store.clone(),
        clock: clock.clone(),
        contact: inbox.contact(),
        started: clock.now(),
    };
    let in_flight = config.telegram.max_in_flight as usize;
    let outbox = Outbox::new(api, store.clone(), clock, Arc::new(desk), limits(&config), in_flight);

    let mut polling = tokio::spawn(inbox.clone().poll(no_intake.clone()));
    let mut handling = tokio::spawn(inbox.handle(no_intake.clone()));
    let mut sending = tokio::spawn(outbox.run(no_outlet));
    let mut ticking = tokio::spawn(Timers::new(app.clone()).run());
    let pages = health::routes(health).merge(receipts::routes(app));
    let serving = tokio::spawn(async move {
        match web {
            Some(web) => web.serve(pages, no_intake).await,
            None => Ok(()),
        }
    });

    let mut leaving = leaving;
    let mut end = tokio::select! {
        () = leaving.asked() => Ok(()),
        end = &mut writing => Err(ended("the writer", end)),
        end = &mut polling => Err(ended("the poll", end)),
        end = &mut handling => Err(ended("the inbox", end)),
        end = &mut sending => Err(ended("the outbox", end)),
        end = &mut ticking => Err(ended("the clock", end.map(|it| it.map(|never| match never {})))),
    };
    leave.abort();

    // In this order, so that whatever one still does the next can take. The clock's work is rows.
    ticking.abort();
    intake.stop();
    finish(&mut polling, &mut end, "the poll").await;
    finish(&mut handling, &mut end, "the inbox").await;
    outlet.stop();
    finish(&mut sending, &mut end, "the outbox").await;
    store.close().await;
    finish(&mut writing, &mut end, "the writer").await;
    serving.abort();
    end.map(|()| {
        tracing::info!("goodbye");
        ExitCode::SUCCESS
    })
}

/// On a thread of its own. A transaction goes to SQLite's thread and back with each statement, and
/// must not queue behind the loops' work every time it comes back.
fn writes(writer: Writer) -> JoinHandle<Result<(), Fatal>> {
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || runtime.block_on(writer.run()))
}

/// Writes down who may do more than trade, as the configuration says today.
async fn appoint(app: &App, staff: &Staff) -> Result<(), Leave> {
    app.appoint(StaffRole::Operator, staff.operators.clone()).await?;
    app.appoint(StaffRole::Treasurer, staff.treasurers.clone()).await?;
    app.appoint(StaffRole::Arbiter, staff.arbiters.clone()).await?;
    Ok(())
}

/// Who does what for the desk today: by the configuration, and by what operators have said since.
async fn desk_of(store: &Store) -> Result<Vec<(i64, Roles)>, Leave> {
    let mut desk: BTreeMap<i64, Roles> = BTreeMap::new();
    for role in [StaffRole::Treasurer, StaffRole::Arbiter, StaffRole::Operator] {
        for member in store.members(role).await? {
            let it = desk.entry(member.user.0).or_default();
            match role {
                StaffRole::Treasurer => it.treasurer = true,
                StaffRole::Arbiter => it.arbiter = true,
                StaffRole::Operator => it.operator = true,
            }
        }
    }
    Ok(desk.into_iter().collect())
}

/// Tells Telegram our commands, for its menus. Nothing depends on it.
async fn announce(api: &Api, menus: Vec<Call>) {
    for call in menus {
        match api.call(&call).await {
            Outcome::Done(_) => {}
            // Whoever of the desk has not started the bot yet has no chat for a menu.
            problem => tracing::info!(?problem, "a menu of commands could not be set"),
        }
    }
}

/// Waits for a loop that was asked to end. One that ended before has told why already.
async fn finish<E: Into<anyhow::Error>>(
    task: &mut JoinHandle<Result<(), E>>,
    end: &mut Result<(), Leave>,
    name: &'static str,
) {
    if end.is_err() && task.is_finished() {
        return;
    }
    match tokio::time::timeout(LEAVE_IN, task).await {
        Ok(Ok(Ok(()))) => {}
        Ok(problem) if end.is_ok() => *end = Err(ended(name, problem)),
        Ok(_) => {}
        Err(_) => tracing::warn!(name, "did not finish in time; what is left comes again"),
    }
}

/// What the end of a loop that nobody asked to end means.
fn ended<E: Into<anyhow::Error>>(
    name: &'static str,
    end: Result<Result<(), E>, tokio::task::JoinError>,
) -> Leave {
    let error = match end {
        Ok(Ok(())) => return Leave::Accident(anyhow!("{name} ended by itself")),
        Ok(Err(error)) => error.into(),
        Err(error) => error.into(),
    };
    let unauthorized = matches!(error.downcast_ref(), Some(InboxError::Unauthorized))
        || matches!(error.downcast_ref(), Some(OutboxError::Unauthorized));
    if unauthorized {
        return setup(format!("telegram.token: {error}"));
    }
    Leave::Accident(error.context(name))
}

fn cannot_open(config: &Config, error: OpenError) -> Leave {
    match error {
        OpenError::Folder { .. }
        | OpenError::Locked { .. }
        | OpenError::OldSqlite { .. }
        | OpenError::Newer { .. }
        | OpenError::NoDatabase { .. }
        | OpenError::DamagedLog { .. } => setup(config.problem("data.folder", error)),
        OpenError::Migrate { .. } | OpenError::Database { .. } => Leave::Accident(error.into()),
    }
}

fn intake_of(config: &Config) -> Intake {
    let telegram = &config.telegram;
    Intake {
        long_poll: Duration::from_secs(telegram.long_poll_seconds.into()),
        limits: inbox::Limits {
            sender: Rate {
                per_second: telegram.per_sender_per_second,
                burst: telegram.per_sender_burst,
            },
            crowd: telegram.crowd_per_second,
        },
    }
}

fn limits(config: &Config) -> Limits {
    let telegram = &config.telegram;
    Limits {
        all: Rate { per_second: telegram.messages_per_second, burst: telegram.messages_per_second },
        urgent_reserve: telegram.urgent_reserve,
        chat: Rate { per_second: telegram.per_chat_per_second, burst: telegram.per_chat_burst },
    }
}

/// Asks Telegram who we are, until it answers. `None`: we were asked to leave before.
async fn introduce(
    config: &Config,
    api: &Api,
    clock: &Clock,
    mut leaving: Stop,
) -> Result<Option<Me>, Leave> {
    let mut pause = Duration::from_secs(1);
    loop {
        match api.me().await {
            Ok(me) => return Ok(Some(me)),
            Err(Outcome::Unauthorized) => {
                let why = "Telegram does not accept it";
                return Err(setup(config.problem("telegram.token", why)));
            }
            Err(why) => tracing::warn!(?why, ?pause, "Telegram cannot be reached"),
        }
        tokio::select! {
            () = clock.wait(pause) => {}
            () = leaving.asked() => return Ok(None),
        }
        pause = (pause * 2).min(Duration::from_secs(30));
    }
}

/// Turns SIGTERM and SIGINT into a wish to leave.
#[expect(clippy::disallowed_methods, reason = "this is where loops are started")]
fn signals() -> Result<(JoinHandle<()>, Stop), Leave> {
    let (stopper, leaving) = stop();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let task = tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("leaving");
        stopper.stop();
    });
    Ok((task, leaving))
}
