//! Whoever gets at the files, to read or to change them.

use fangbi::secrets::{Place, Seal};
use torture::Dice;

use super::{Tried, times};
use crate::edits;
use crate::world::leaks::is_logged;
use crate::world::{World, minutes};

/// Words that nobody else uses, in every place in which somebody can type something of their own.
pub(crate) async fn canaries() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let (account, name, phrase, said, reason) = (
        "canary.seven@example.com",
        "金丝雀柒",
        "canary hums alone",
        "the canary sang twice",
        "canary gone mad",
    );
    let li = world.seller("Li Na", "en").await;
    let wang = world.buyer("Wang", "en").await;
    li.says("/phrase").await;
    li.says(phrase).await;
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    li.says("100 USDT").await;
    li.says(account).await;
    li.says(name).await;
    li.presses("Sell now").await;
    let id = world.newest_order().await;
    let order = crate::world::Sale {
        world: world.clone(),
        li: li.clone(),
        wang: wang.clone(),
        id,
        code: id.code(),
    };
    li.replies(order.card(&li).await.message_id, said).await;
    order.marks_paid().await;
    world.operator().says(&format!("/stop {} {reason}", wang.id())).await;
    world.pass(minutes(16)).await;
    li.says("canary nonsense, canary nonsense").await;
    world.restart().await;
    for word in [account, name, phrase, said, reason, "canary nonsense", "AAsecret"] {
        let files = world.files_with(word).await;
        tried.note(!files.is_empty(), || format!("{word} is in {files:?}"));
        tried.note(is_logged(word), || format!("{word} is in the log"));
        let letters: i64 = world
            .query_one(&format!("select count(*) from outbox where letter like '%{word}%'"))
            .await
            .unwrap();
        tried.note(letters > 0, || format!("{word} is in a letter"));
    }
    let token = world.telegram().token().to_owned();
    tried.note(is_logged(&token), || "the token is in the log".to_owned());
    let files = world.files_with(&token).await;
    tried.note(!files.is_empty(), || format!("the token is in {files:?}"));
    tried
}

/// A sealed field opens only where it was sealed, unchanged, with its key.
pub(crate) async fn stolen_files() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(20));
    let (seal, other) = (Seal::from_key(&[7; 32]), Seal::from_key(&[8; 32]));
    let tables = ["payees", "payers", "order_payees", "inbox", "messages"];
    let columns = ["account", "name", "code", "content"];
    for _ in 0..times(3_000) {
        let place = Place {
            table: dice.pick(&tables),
            row: dice.below(1_000),
            column: dice.pick(&columns),
        };
        let mut sealed = seal.seal(place, "13971604482").unwrap();
        let mut at = place;
        let opened = match dice.below(6) {
            0 => {
                at.row += 1;
                seal.open(at, &sealed)
            }
            1 => {
                at.table = "users";
                seal.open(at, &sealed)
            }
            2 => {
                at.column = "lookup";
                seal.open(at, &sealed)
            }
            3 => other.open(at, &sealed),
            4 => {
                let bit = dice.below(sealed.len() * 8);
                sealed[bit / 8] ^= 1 << (bit % 8);
                seal.open(at, &sealed)
            }
            _ => {
                sealed.truncate(dice.below(sealed.len()));
                seal.open(at, &sealed)
            }
        };
        tried.note(opened.is_ok(), || format!("{place:?} opens at {at:?}"));
        let reads = sealed.windows(4).any(|it| b"13971604482".windows(4).any(|clear| clear == it));
        tried.note(reads, || "it can be read as it is".to_owned());
    }
    tried
}

/// Cells, rows and places of the books, by somebody who has taken the triggers away. See `edits`.
pub(crate) async fn edited_books() -> Tried {
    let edits = times(300);
    Tried { tries: edits, hits: edits::unnoticed(edits, 21).await }
}
