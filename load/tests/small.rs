//! Small runs of the larger measurements. How fast anything is says nothing here; that nothing is
//! lost, and that everything comes in time, does. `cargo test --workspace` has built the bot, too.

use std::process::Command;

/// Runs `load` with these words, as if `path` were where programs are; returns what it printed.
fn load(words: &str, path: Option<&str>) -> String {
    let mut load = Command::new(env!("CARGO_BIN_EXE_load"));
    load.args(words.split(' '));
    if let Some(path) = path {
        load.env("PATH", path);
    }
    let output = load.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "load {words}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn killed_again_and_again_fangbi_loses_nothing_and_who_is_not_there_is_left_out() {
    let race = "peers --messages 100 --presses 40 --chats 20 --rounds 1 \
                --crash-messages 300 --kills 3";
    let table = load(race, Some("/nowhere"));
    for peer in ["grammY, runner: npm", "aiogram, uvloop: python3", "python-telegram-bot: python3"]
    {
        assert!(table.contains(&format!("Skipped: {peer}: ")), "{table}");
    }
    let fangbi = table.lines().find(|it| it.starts_with("| fangbi, durable |")).unwrap();
    let killed = fangbi.rsplit('|').nth(1).unwrap().trim();
    assert!(killed.starts_with("0, ") && killed.ends_with(" of 300 after 3"), "{killed}");
}

#[test]
fn with_open_orders_a_start_answers_and_after_an_outage_all_clocks_move() {
    let found = load("open-orders --orders 60 --starts 1", None);
    assert!(found.contains("start → first reply, 60 open orders: p50 "), "{found}");
    assert!(found.contains("updates are taken after "), "{found}");
}

#[test]
fn honest_presses_are_answered_beside_junk() {
    let found = load("flood --junk 500 --from 50 --rate 20 --seconds 1", None);
    assert!(found.contains("of junk from 50 others"), "{found}");
}

#[test]
fn whatever_is_due_is_told_in_time_and_nothing_early() {
    let found = load("deadlines --orders 60 --rate 20 --seconds 2 --idle 1", None);
    assert!(found.contains("60 orders wait; fangbi with nothing due"), "{found}");
    assert!(found.contains("from due to the reminder in the chat:\np50 "), "{found}");
}

#[test]
fn messages_about_money_come_in_the_middle_of_a_broadcast() {
    let found = load("broadcast --notices 200 --rate 2 --seconds 2 --lead 20", None);
    assert!(found.contains("200 notices wait; 8 messages about money in between"), "{found}");
    assert!(found.contains(" 0 refused."), "{found}");
}
