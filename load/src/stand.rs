//! A local Telegram with one bot at it.

use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use playground::{Action, Limits, Options, Person, Playground};
use teloxide::Bot;
use teloxide::payloads::DeleteWebhookSetters;
use teloxide::requests::Requester;
use tokio::process::{Child, ChildStderr};
use tokio::task::JoinSet;

use crate::Problem;
use crate::actor::{Actor, Bells};
use crate::bot::{Pace, Program};
use crate::folder::Folder;
use crate::throughput::written_by;
use crate::usage::Usage;

/// When a bot that has not answered yet never will.
const PATIENCE: Duration = Duration::from_secs(60);
/// In this time an answer that should not come would have come.
const CALM: Duration = Duration::from_millis(300);
/// How many people come in at once.
const DOOR: usize = 100;

/// How this Telegram and its bot are set up.
#[derive(Clone, Copy)]
pub(crate) struct Setup {
    pub(crate) pace: Pace,
    /// How long each call takes.
    pub(crate) latency: Duration,
    /// The bot tells of each commit, on a standard error that is ours to read.
    pub(crate) tells_commits: bool,
}

impl Setup {
    /// As fast as it goes.
    pub(crate) const FAST: Self =
        Self { pace: Pace::Unlimited, latency: Duration::ZERO, tells_commits: false };
}

pub(crate) struct Stand {
    pub(crate) playground: Playground,
    pub(crate) program: Program,
    pub(crate) folder: Folder,
    peers: PathBuf,
    setup: Setup,
    child: Option<Child>,
}

/// Somebody who has come in.
pub(crate) struct Member {
    pub(crate) person: Person,
    /// The message with the buttons.
    pub(crate) page: i64,
    /// What those buttons send that are pressed by turns.
    pub(crate) buttons: Vec<String>,
}

impl Stand {
    pub(crate) async fn start(program: Program, folder: &Folder) -> Result<Self, Problem> {
        let mut stand = Self::set_up(program, folder, Setup::FAST).await?;
        stand.launch()?;
        Ok(stand)
    }

    /// Everything but the bot.
    pub(crate) async fn set_up(
        program: Program,
        folder: &Folder,
        setup: Setup,
    ) -> Result<Self, Problem> {
        let limits = match setup.pace {
            Pace::Unlimited | Pace::Guarded | Pace::FewAtOnce => Limits::none(),
            Pace::Telegrams => Limits::telegram(),
        };
        let options =
            Options { limits, latency: setup.latency, record_calls: false, ..Options::default() };
        let playground = Playground::start(options).await?;
        let (peers, folder) = (peers_in(folder), folder.inside("bot")?);
        Ok(Self { playground, program, folder, peers, setup, child: None })
    }

    /// Starts the bot, for the first time or again.
    pub(crate) fn launch(&mut self) -> Result<(), Problem> {
        let (url, token) = (self.playground.url(), self.playground.token());
        let (folder, peers) = (self.folder.path(), &self.peers);
        self.child = Some(self.program.start(&url, token, self.setup, folder, peers)?);
        Ok(())
    }

    /// What the bot says from now on, if it is ours to read and nobody reads it yet.
    pub(crate) fn errors(&mut self) -> Option<ChildStderr> {
        self.child.as_mut()?.stderr.take()
    }

    /// Kills the bot, which hears nothing of it.
    pub(crate) async fn kill(&mut self) -> Result<(), Problem> {
        let mut child = self.child.take().ok_or("the bot does not run")?;
        if let Some(end) = child.try_wait()? {
            return Err(format!("{} ended by itself: {end}", self.program.name()).into());
        }
        Ok(child.kill().await?)
    }

    /// These have written to the bot once, and it has heard them: it may write to them.
    pub(crate) async fn acquaint(&self, people: &[Person]) -> Result<(), Problem> {
        let now = self.playground.clock().now().timestamp();
        let wrote = people.iter().enumerate().map(|(it, who)| written_by(who, it, "Hello", now));
        self.playground.push_updates(wrote.collect::<Result<Vec<_>, _>>()?);
        let bot = Bot::new(self.playground.token()).set_api_url(self.playground.url().parse()?);
        bot.delete_webhook().drop_pending_updates(true).await?;
        Ok(())
    }

    pub(crate) fn usage(&self) -> Result<Usage, Problem> {
        let id = self.child.as_ref().and_then(Child::id);
        Usage::of(id.ok_or("the bot has ended")?)
    }

    /// Brings people in, up to where they can press buttons that change the page.
    pub(crate) async fn crowd(&self, people: usize) -> Result<Vec<Member>, Problem> {
        let bells = Bells::of(&self.playground);
        let mut coming = JoinSet::new();
        let mut crowd = Vec::with_capacity(people);
        for number in 0..people {
            if coming.len() == DOOR {
                crowd.extend(coming.join_next().await.transpose()?.transpose()?);
            }
            let actor = bells.actor(self.playground.person(&format!("Person {number}"), "en"));
            coming.spawn(come_in(self.program, actor));
        }
        while let Some(member) = coming.join_next().await {
            crowd.push(member??);
        }
        Ok(crowd)
    }

    /// Waits until so many calls of a method have had their effect, and then a little longer:
    /// neither fewer nor more are right.
    pub(crate) async fn until(&self, method: &str, expected: u64) -> Result<Instant, Problem> {
        let start = Instant::now();
        loop {
            let count = self.playground.count(method);
            let progress = count.last.unwrap_or(start).max(start);
            if count.done >= expected || progress.elapsed() > PATIENCE {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let last = self.playground.count(method).last.unwrap_or(start);
        tokio::time::sleep(CALM).await;
        let count = self.playground.count(method);
        if count.done == expected && count.refused == 0 {
            return Ok(last);
        }
        let (name, done, refused) = (self.program.name(), count.done, count.refused);
        Err(format!("{name}: {done} of {expected} {method} were done, {refused} refused").into())
    }

    /// Asks the bot to leave. fangbi must do so in good order.
    pub(crate) async fn stop(mut self) -> Result<Folder, Problem> {
        let mut child = self.child.take().ok_or("the bot does not run")?;
        let id = child.id().ok_or("the bot has ended by itself")?;
        std::process::Command::new("kill").arg(id.to_string()).status()?;
        let end: ExitStatus = tokio::time::timeout(PATIENCE, child.wait()).await??;
        if self.program == Program::Fangbi && !end.success() {
            return Err(format!("fangbi did not leave in good order: {end}").into());
        }
        self.playground.stop().await;
        Ok(self.folder)
    }
}

/// Where other frameworks are installed for this run.
pub(crate) fn peers_in(folder: &Folder) -> PathBuf {
    folder.path().join("peers")
}

async fn come_in(program: Program, mut actor: Actor) -> Result<Member, Problem> {
    let (page, labels): (_, &[&str]) = match program {
        Program::Fangbi => (actor.comes_in().await?, &["My coins", "How it works"]),
        Program::Bare | Program::Peer(_) => {
            actor.says("/start")?;
            (actor.sees("an echo", |_| true).await?, &[])
        }
    };
    let mut buttons = Vec::new();
    for label in labels {
        match page.button(label).map(|it| &it.action) {
            Some(Action::Callback(data)) => buttons.push(data.clone()),
            _ => return Err(format!("there is no button «{label}» to press").into()),
        }
    }
    if buttons.is_empty() {
        buttons.push("anything".to_owned());
    }
    Ok(Member { page: page.message_id, buttons, person: actor.person })
}
