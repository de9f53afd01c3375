//! The power fails while people trade, at any moment between two changes of the disk: what was not
//! synced is there in any mixture of whole sectors. Then the same desk starts on what is left, and
//! people go on; and so on.

use std::time::Duration;

use tempfile::TempDir;
use torture::{Dice, Disk, Image, Syncs};

use crate::desk::{Desk, Promised, Promises, furnished, look_at};
use crate::{as_often_as, seed};

/// The longest life, in changes of the disk: some thirty commits.
const LONGEST: u64 = 1_000;
/// After so many cuts a new desk is opened: a grown one takes longer to look at.
const LIVES: usize = 25;
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
struct Tally {
    cuts: usize,
    acknowledged: usize,
    /// Cuts that lost something that was acknowledged, and how much in all.
    losses: usize,
    lost: usize,
}

/// Dies again and again.
async fn lives(dice: &mut Dice, cuts: usize, syncs: Syncs) -> Tally {
    let mut tally = Tally::default();
    let mut folder = furnished();
    for _ in 0..cuts {
        let (image, promises) = dies_once(&folder, dice, syncs).await;
        folder = match syncs {
            Syncs::All => {
                let left = tempfile::tempdir().unwrap();
                image.write_to(left.path()).unwrap();
                left
            }
            // Many commits are torn at once, which no disk of ours leaves: the next start refuses it.
            Syncs::OfCheckpoints => furnished(),
        };
        let copy = tempfile::tempdir().unwrap();
        image.write_to(copy.path()).unwrap();
        let (missing, damage) = look_at(copy.path(), &promises).await;
        assert!(damage.is_empty(), "{}", damage.join("\n"));
        tally.cuts += 1;
        tally.acknowledged += promises.count();
        tally.losses += usize::from(!missing.is_empty());
        tally.lost += missing.len();
        if syncs == Syncs::All {
            assert!(missing.is_empty(), "{}", missing.join("\n"));
        }
    }
    tally
}

/// Trades until the power fails. Returns what is on the disk, and what was acknowledged until then.
async fn dies_once(folder: &TempDir, dice: &mut Dice, syncs: Syncs) -> (Image, Promises) {
    let disk = Disk::under(folder.path()).unwrap();
    disk.carries_out(syncs);
    let (tell, told) = tokio::sync::oneshot::channel();
    let promised = Promised::default();
    let seen = promised.clone();
    disk.loses_power(dice.within(0..LONGEST), Dice::new(dice.throw()), move |image| {
        // Nobody can be told anything between this and the image: the disk stands still.
        let _ = tell.send((image, seen.now()));
    });
    let desk = Desk::open(folder.path()).await.unwrap();
    let trade = desk.trades(&promised);
    let left = tokio::time::timeout(PATIENCE, told).await.unwrap().unwrap();
    // The dead write on for a moment, into files that nobody reads any more.
    desk.dies().await;
    trade.stop().await;
    left
}

async fn all_lives(cuts: usize, syncs: Syncs) -> Tally {
    torture::install();
    let mut all = Tally::default();
    let mut dice = Dice::new(seed());
    while all.cuts < cuts {
        let tally = lives(&mut dice, LIVES.min(cuts - all.cuts), syncs).await;
        all.cuts += tally.cuts;
        all.acknowledged += tally.acknowledged;
        all.losses += tally.losses;
        all.lost += tally.lost;
    }
    println!(
        "{syncs:?}: {} power cuts, {} acknowledged steps, {} lost in {} cuts",
        all.cuts, all.acknowledged, all.lost, all.losses
    );
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_takes_nothing_that_was_acknowledged() {
    let all = all_lives(as_often_as(100), Syncs::All).await;
    assert!(all.acknowledged > all.cuts, "people have traded: {all:?}");
}

/// The same with a disk that carries out only the syncs that `synchronous=NORMAL` would ask for. If
/// nothing were lost there, this harness would be blind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_sync_at_each_commit_a_power_cut_is_seen_to_lose() {
    let all = all_lives(as_often_as(0) / 20 + 25, Syncs::OfCheckpoints).await;
    assert!(all.losses * 10 > all.cuts * 3, "at least three in ten cuts lose something: {all:?}");
}
