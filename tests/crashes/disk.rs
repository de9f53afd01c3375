//! The disk is full, broken, or does not carry out a sync, while people trade.

use std::sync::atomic::Ordering;
use std::time::Duration;

use torture::{Dice, Disk, Trouble};

use crate::desk::{Desk, Promised, Trade, furnished, look_at};
use crate::{as_often_as, seed};

/// Calls that succeed before the trouble begins: some fifteen commits.
const CALM: u64 = 500;
/// Many desks at a time: each waits a second before it tries its disk again.
const DESKS: usize = 20;
const PATIENCE: Duration = Duration::from_secs(60);

/// As long as this says so, and no longer than anybody would wait.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let waits = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, waits).await;
    assert!(waited.is_ok(), "in vain: {what}");
}

/// People can trade: something new is acknowledged.
async fn goes_on(desk: &mut Desk, trade: &Trade) {
    let before = trade.done.load(Ordering::Relaxed);
    let traded = until("the trade goes on", || trade.done.load(Ordering::Relaxed) > before + 3);
    tokio::select! {
        () = traded => {}
        end = &mut desk.writer => panic!("the writer has ended: {end:?}"),
    }
}

/// Nothing is lost or wrong: not as the program reads it, and not on the disk.
async fn all_is_well(desk: &Desk, disk: &Disk, promised: &Promised, dice: &mut Dice) {
    let promises = promised.now();
    let cut = tempfile::tempdir().unwrap();
    disk.image(Dice::new(dice.throw())).write_to(cut.path()).unwrap();
    for (which, folder) in [("as it is", desk.store.folder()), ("after a power cut", cut.path())] {
        let (missing, damage) = look_at(folder, &promises).await;
        let problems = [missing, damage].concat();
        assert!(problems.is_empty(), "{which}: {}", problems.join("\n"));
    }
}

/// One desk, through so many troubles that pass.
async fn endures(mut dice: Dice, times: usize) {
    let folder = furnished();
    let disk = Disk::under(folder.path()).unwrap();
    let mut desk = Desk::open(folder.path()).await.unwrap();
    let (promised, mut writable) = (Promised::default(), desk.store.writable());
    for _ in 0..times {
        let trouble = [Trouble::Full, Trouble::Short, Trouble::Broken][dice.within(0..3) as usize];
        let struck = disk.struck();
        // Once, or until somebody makes space.
        let lasts = if dice.percent(50) { dice.within(1..4) } else { u64::MAX };
        let trade = desk.trades(&promised);
        // A desk that cannot read at its very start ends, and is started again.
        goes_on(&mut desk, &trade).await;
        disk.makes(trouble, dice.within(0..CALM), lasts);
        until("the trouble strikes", || disk.struck() > struck).await;
        if lasts == u64::MAX {
            let noticed = writable.wait_for(|it| !it);
            tokio::time::timeout(PATIENCE, noticed).await.expect("the trouble is noticed").unwrap();
            disk.mends();
        }
        let healed = writable.wait_for(|it| *it);
        tokio::time::timeout(PATIENCE, healed).await.expect("the desk recovers").unwrap();
        goes_on(&mut desk, &trade).await;
        disk.mends();
        trade.stop().await;
        all_is_well(&desk, &disk, &promised, &mut dice).await;
    }
    desk.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_or_broken_disk_loses_nothing_and_is_written_again_once_it_can_be() {
    torture::install();
    let mut dice = Dice::new(seed());
    let times = as_often_as(60).div_ceil(DESKS);
    let desks = (0..DESKS).map(|_| endures(Dice::new(dice.throw()), times));
    futures::future::join_all(desks).await;
    println!("{} troubles of {DESKS} disks, nothing lost, and each desk went on", times * DESKS);
}

/// Nobody knows what a sync that failed has left on the disk, and asking again would only hide it:
/// the program ends, and the next one starts from what can be read. That may be what never reached
/// the disk.
async fn starts_again(mut dice: Dice, times: usize) {
    let folder = furnished();
    let disk = Disk::under(folder.path()).unwrap();
    let promised = Promised::default();
    for _ in 0..times {
        let desk = Desk::open(folder.path()).await.unwrap();
        disk.makes(Trouble::Unsynced, dice.within(0..30), 1);
        let trade = desk.trades(&promised);
        let struck = disk.struck();
        let Desk { writer, store, .. } = desk;
        let end = tokio::time::timeout(PATIENCE, writer).await.expect("the writer ends").unwrap();
        assert!(end.is_err() && disk.struck() > struck, "{end:?}");
        trade.stop().await;
        store.readers().close().await;

        let mut desk = Desk::open(folder.path()).await.unwrap();
        let trade = desk.trades(&promised);
        goes_on(&mut desk, &trade).await;
        trade.stop().await;
        all_is_well(&desk, &disk, &promised, &mut dice).await;
        desk.closes().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_sync_that_failed_the_next_start_loses_nothing() {
    torture::install();
    let mut dice = Dice::new(seed());
    let times = as_often_as(40).div_ceil(4);
    let desks = (0..4).map(|_| starts_again(Dice::new(dice.throw()), times));
    futures::future::join_all(desks).await;
    println!("{} syncs that failed, and nothing lost", times * 4);
}
