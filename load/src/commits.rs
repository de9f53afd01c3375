//! How many updates share one commit, and with it one sync of the disk, when more wait than can be
//! handled.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::ChildStderr;
use tokio::task::JoinSet;

use crate::bot::Program;
use crate::folder::Folder;
use crate::stand::{Setup, Stand};
use crate::{Problem, Size, throughput};

/// What was committed while all updates were handled.
#[derive(Clone, Copy, Default, serde::Serialize)]
pub(crate) struct Commits {
    /// All commits: those that take updates in and those that mark what was sent, too.
    pub(crate) commits: usize,
    /// Updates whose effect they hold.
    pub(crate) updates: usize,
}

impl Commits {
    pub(crate) fn updates_each(self) -> f64 {
        self.updates as f64 / self.commits as f64
    }
}

/// The messages of one round, in a run of their own: here the bot tells of each commit.
pub(crate) async fn measure(size: Size, folder: &Folder) -> Result<Commits, Problem> {
    let setup = Setup { tells_commits: true, ..Setup::FAST };
    let mut stand = Stand::set_up(Program::Fangbi, folder, setup).await?;
    stand.launch()?;
    let counted = Arc::new(Mutex::new(Commits::default()));
    let told = stand.errors().ok_or("the bot's standard error is not ours")?;
    let mut counting = JoinSet::new();
    counting.spawn(count(told, Arc::clone(&counted)));
    let crowd = stand.crowd(size.chats).await?;
    let before = *locked(&counted);
    throughput::measure(&stand, &crowd, size.updates).await?;
    stand.kill().await?;
    // What it said until then is read to the end.
    counting.join_all().await.into_iter().collect::<Result<(), _>>()?;
    let after = *locked(&counted);
    let commits = Commits {
        commits: after.commits - before.commits,
        updates: after.updates - before.updates,
    };
    if commits.updates < size.updates {
        return Err(format!("only {} of the updates were in a commit", commits.updates).into());
    }
    Ok(commits)
}

async fn count(told: ChildStderr, counted: Arc<Mutex<Commits>>) -> Result<(), std::io::Error> {
    let mut lines = BufReader::new(told).lines();
    while let Some(line) = lines.next_line().await? {
        match updates_in(&line) {
            Some(updates) => {
                let mut counted = locked(&counted);
                counted.updates += updates;
                counted.commits += 1;
            }
            None => eprintln!("{line}"),
        }
    }
    Ok(())
}

fn locked(counted: &Mutex<Commits>) -> MutexGuard<'_, Commits> {
    counted.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Of a line that tells of a commit.
fn updates_in(line: &str) -> Option<usize> {
    line.split_once("committed updates=")?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_about_a_commit_is_told_from_others() {
        let line = "2026-11-30T19:20:00.1Z DEBUG fangbi::store::writer: committed updates=17";
        assert_eq!(super::updates_in(line), Some(17));
        assert_eq!(super::updates_in("WARN fangbi::inbox: no updates why=x"), None);
    }
}
