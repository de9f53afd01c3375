//! A local Telegram with one bot at it.

use std::process::ExitStatus;
use std::time::{Duration, Instant};

use playground::{Action, Limits, Options, Person, Playground};
use tokio::process::Child;
use tokio::task::JoinSet;

use crate::Problem;
use crate::actor::{Actor, Bells};
use crate::bot::Program;
use crate::folder::Folder;
use crate::usage::Usage;

/// When a bot that has not answered yet never will.
const PATIENCE: Duration = Duration::from_secs(60);
/// In this time an answer that should not come would have come.
const CALM: Duration = Duration::from_millis(300);
/// How many people come in at once.
const DOOR: usize = 100;

pub(crate) struct Stand {
    pub(crate) playground: Playground,
    pub(crate) program: Program,
    pub(crate) folder: Folder,
    child: Child,
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
        let options = Options { limits: Limits::none(), record_calls: false, ..Options::default() };
        let playground = Playground::start(options).await?;
        let folder = folder.inside("bot")?;
        let child = program.start(&playground.url(), playground.token(), folder.path())?;
        Ok(Self { playground, program, folder, child })
    }

    pub(crate) fn usage(&self) -> Result<Usage, Problem> {
        Usage::of(self.child.id().ok_or("the bot has ended")?)
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
        while self.playground.count(method).done < expected && start.elapsed() < PATIENCE {
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
        let id = self.child.id().ok_or("the bot has ended by itself")?;
        std::process::Command::new("kill").arg(id.to_string()).status()?;
        let end: ExitStatus = tokio::time::timeout(PATIENCE, self.child.wait()).await??;
        if self.program == Program::Fangbi && !end.success() {
            return Err(format!("fangbi did not leave in good order: {end}").into());
        }
        self.playground.stop().await;
        Ok(self.folder)
    }
}

async fn come_in(program: Program, mut actor: Actor) -> Result<Member, Problem> {
    let (page, labels): (_, &[&str]) = match program {
        Program::Fangbi => (actor.comes_in().await?, &["My coins", "How it works"]),
        Program::Bare => {
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
