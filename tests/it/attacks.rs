//! Everything that people are known to try against a bot like this one, tried against this one. Each
//! row counts its tries, and those that came to something: none may.
//!
//! `cargo test --test it attacks -- --nocapture` prints the table; `ATTACKS=100` tries a hundred times
//! as often.

mod books;
mod buttons;
mod hooks;
mod money;
mod people;
mod proofs;
mod supply;
mod trouble;
mod words;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use torture::Dice;

use crate::world::World;

/// What came of trying something.
#[derive(Default)]
pub(crate) struct Tried {
    tries: usize,
    /// What has succeeded, in words.
    hits: Vec<String>,
}

impl Tried {
    fn note(&mut self, hit: bool, what: impl FnOnce() -> String) {
        self.tries += 1;
        if hit {
            self.hits.push(what());
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.tries += other.tries;
        self.hits.extend(other.hits);
        self
    }
}

/// So many tries, or as many times more as `ATTACKS` says. Rows that try everything there is do not ask.
fn times(tries: usize) -> usize {
    let factor = std::env::var("ATTACKS").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    tries * factor
}

fn some_bytes(dice: &mut Dice, most: usize) -> Vec<u8> {
    (0..dice.below(most + 1)).map(|_| dice.throw() as u8).collect()
}

/// Some of these pieces, one after the other.
fn some_text(dice: &mut Dice, of: &[&str], most: usize) -> String {
    (0..=dice.below(most)).map(|_| dice.pick(of)).collect()
}

/// What an attack wants to change: orders, coins, ads, rights, and whom one is paid to.
async fn standing(world: &World) -> Vec<Option<i64>> {
    let mut all = Vec::new();
    for sql in [
        "select coalesce(sum(version * 1000003 + id * 7 + length(state)), 0) from orders",
        "select count(*) from transfers",
        "select coalesce(sum(units_left), 0) + count(*) from ads",
        "select count(*) from ads where status <> 'active'",
        "select count(*) from withdrawals",
        "select coalesce(sum(user_id), 0) from staff",
        "select count(*) from stops where lifted_at is null",
        "select count(*) from payees where account is not null",
        "select count(*) from devices",
    ] {
        all.push(world.query_one(sql).await);
    }
    all
}

static TABLE: Mutex<BTreeMap<usize, (&str, usize, usize)>> = Mutex::new(BTreeMap::new());

fn row(number: usize, attack: &'static str, tried: &Tried) {
    let mut table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    table.insert(number, (attack, tried.tries, tried.hits.len()));
    if table.len() == ROWS {
        println!("\n| # | attack | tries | successes |\n| --- | --- | --- | --- |");
        for (number, (attack, tries, hits)) in &*table {
            println!("| {number} | {attack} | {tries} | {hits} |");
        }
    }
    drop(table);
    assert!(tried.tries > 0, "{attack}: nothing was tried");
    let shown = tried.hits.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(tried.hits.is_empty(), "{attack}: {} have succeeded\n{shown}", tried.hits.len());
}

macro_rules! attacks {
    ($($number:literal, $words:literal: $room:ident::$name:ident;)*) => {
        const ROWS: usize = [$($number),*].len();
        $(
            #[tokio::test]
            async fn $name() {
                row($number, $words, &$room::$name().await);
            }
        )*
    };
}

attacks! {
    1, "forged button data": buttons::forged_buttons;
    2, "old buttons pressed again": buttons::old_buttons;
    3, "somebody else's buttons": buttons::buttons_of_others;
    4, "many releases and disputes at once": money::all_at_once;
    5, "release, giving up, dispute and the clock at one instant": money::at_the_deadline;
    6, "calls of a hook without its secret": hooks::unsigned_calls;
    7, "updates twice, out of order, and a week late": trouble::repeated_updates;
    8, "payloads of links to /start": people::payloads_of_links;
    9, "markup in names and texts": words::markup;
    10, "names in disguise": words::disguised_names;
    11, "people and bots that pose as ours": people::impostors;
    12, "amounts that are none": words::amounts;
    13, "sales to oneself": people::sales_to_oneself;
    14, "floods": trouble::floods;
    15, "guessed codes": proofs::guesses;
    16, "guesses between which the program is killed": proofs::guesses_and_crashes;
    17, "commands of staff": people::commands_of_staff;
    18, "SQL in texts": words::statements;
    19, "words that must not be in logs and files": books::canaries;
    20, "sealed fields moved, changed, or opened with another key": books::stolen_files;
    21, "books edited by hand": books::edited_books;
    22, "proofs used twice, and files that are traps": proofs::used_proofs;
    23, "people who block the bot, or are gone": trouble::people_who_are_gone;
    24, "a clock that jumps": trouble::jumping_clocks;
    25, "a second program with our token": trouble::stolen_tokens;
    26, "dependencies from elsewhere": supply::dependencies;
    27, "addresses and paths in texts": words::addresses;
    28, "many orders against one merchant": people::order_spam;
}
