//! `fangbi check`: silent on sound books, and precise about any row that somebody has changed.

use std::os::unix::fs::PermissionsExt;

use fangbi::secrets::Seal;
use fangbi::store::backup::{BackupError, back_up, ends_file, grown_from};
use fangbi::store::check::check;
use sqlx::{AssertSqlSafe, ConnectOptions};
use sqlx_sqlite::SqliteConnectOptions;

use crate::world::World;

/// A sale that is over, an order that runs, and a change by hand: what does the check say?
async fn changed_by_hand(change: &'static str) -> Vec<String> {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    world.sale().await;
    let folder = world.copied_files().await;
    let mut file = SqliteConnectOptions::new()
        .filename(folder.path().join("fangbi.db"))
        .connect()
        .await
        .unwrap();
    // Whoever edits the file can take the triggers away as well.
    let triggers: Vec<String> =
        sqlx::query_scalar("select name from sqlite_schema where type = 'trigger'")
            .fetch_all(&mut file)
            .await
            .unwrap();
    for trigger in triggers {
        sqlx::query(AssertSqlSafe(format!("drop trigger {trigger}")))
            .execute(&mut file)
            .await
            .unwrap();
    }
    let done = sqlx::query(change).execute(&mut file).await.unwrap();
    assert_eq!(done.rows_affected() > 0, !change.starts_with("select"), "{change}");
    drop(file);
    check(folder.path(), Some(world.seal())).await.unwrap()
}

#[tokio::test]
async fn sound_books_give_no_cause_for_a_word() {
    assert_eq!(changed_by_hand("select 1").await, [""; 0]);
}

#[tokio::test]
async fn a_balance_that_was_changed_is_found() {
    let said = changed_by_hand(
        "update balances set units = units + 1 where account = 'user:' || (select max(seller) from orders)",
    )
    .await;
    assert!(said.iter().any(|it| it.starts_with("balance of user:")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("come to 1 instead of 0")), "{said:?}");
}

#[tokio::test]
async fn a_transfer_that_was_changed_or_taken_out_is_found() {
    for change in [
        "update transfers set units = units + 1 where kind = 'release'",
        "update transfers set at = at + 1 where kind = 'lock'",
        "delete from transfers where kind = 'release'",
    ] {
        let said = changed_by_hand(change).await;
        assert!(
            said.iter().any(|it| it.starts_with("transfers row") || it.starts_with("balance of")),
            "{change}: {said:?}"
        );
    }
}

#[tokio::test]
async fn a_log_that_was_changed_or_an_order_that_left_it_is_found() {
    let said = changed_by_hand("update order_log set actor = 7 where id = 2").await;
    assert!(
        said.iter().any(|it| it == "order_log row 2: it or one before it was changed"),
        "{said:?}"
    );
    let said = changed_by_hand(
        "update orders set state = json_set(state, '$.kind', 'overdue')
         where status = 'awaiting_payment'",
    )
    .await;
    assert_eq!(said, ["order 2: it is not what its log makes of it"]);
    let said = changed_by_hand(
        "update orders set state = json_set(state, '$.kind', 'expired'), due_at = null
         where status = 'awaiting_payment'",
    )
    .await;
    assert!(said.iter().any(|it| it.contains("state cannot be read")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("in escrow instead of 0")), "{said:?}");
}

#[tokio::test]
async fn a_counter_that_was_changed_is_found() {
    let said = changed_by_hand("update users set completed = 99 where completed = 1").await;
    assert!(said.iter().all(|it| it.contains("99 completed orders instead of 1")), "{said:?}");
    assert_eq!(said.len(), 2, "the seller's and the buyer's");
}

#[tokio::test]
async fn rows_that_are_gone_with_all_their_traces_are_missed_beside_a_backup() {
    let world = World::open().await;
    world.sale().await;
    let folder = world.copied_files().await;
    let (copy, seal) = (folder.path().join("copy.db"), world.seal());
    let ends = back_up(folder.path(), &copy, seal).await.unwrap();
    assert!(ends.log.is_some() && ends.ledger.is_some());
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let grown = async || grown_from(folder.path(), &ends_file(&copy), seal).await;
    assert_eq!(grown().await.unwrap(), [""; 0]);

    // The copy is the desk of that moment: sound, and enough to begin with.
    let restored = tempfile::tempdir().unwrap();
    std::fs::copy(&copy, restored.path().join("fangbi.db")).unwrap();
    assert_eq!(check(restored.path(), Some(seal)).await.unwrap(), [""; 0]);

    // A deposit is taken back, from the newest row of everything that knows of it.
    world.deposit(&world.operator(), "5 USDT").await;
    let later = world.copied_files().await;
    back_up(later.path(), &later.path().join("copy.db"), seal).await.unwrap();
    let ends = ends_file(&later.path().join("copy.db"));
    let gone = grown_from(folder.path(), &ends, seal).await.unwrap();
    assert_eq!(gone.len(), 2, "{gone:?}");
    assert!(gone.iter().all(|it| it.ends_with("it is not what it was at that backup")));

    // Somebody else's ends, or ours with another row in them.
    let other = Seal::from_key(&[8; 32]);
    assert!(matches!(
        grown_from(folder.path(), &ends, &other).await,
        Err(BackupError::Foreign { .. })
    ));
    let text = std::fs::read_to_string(&ends).unwrap().replace("\"last\":", "\"last\":1");
    std::fs::write(&ends, text).unwrap();
    let changed = grown_from(folder.path(), &ends, seal).await;
    assert!(matches!(changed, Err(BackupError::Foreign { .. })));
    // Nothing that is there is written over.
    assert!(matches!(back_up(folder.path(), &copy, seal).await, Err(BackupError::Write { .. })));
}
