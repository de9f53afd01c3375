//! The writer, the inbox's rows and the outbox's rows, on a real file.

use std::path::Path;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use tokio::task::JoinHandle;

use super::inbox::Arrival;
use super::outbox::{Class, Letter, NewLetter, Retry, Urgency, Version};
use super::*;
use crate::clock::from_millis;
use crate::secrets::Seal;

/// A status that the schema does not know could never be saved.
#[tokio::test]
async fn the_schema_knows_every_status_and_every_kind_of_transfer() {
    let folder = tempfile::tempdir().unwrap();
    let (store, writer) = open(folder.path()).await;
    let schema: String =
        sqlx::query_scalar("select group_concat(sql) from sqlite_schema where type = 'table'")
            .fetch_one(store.readers())
            .await
            .unwrap();
    let statuses = crate::domain::order::Kind::ALL.map(crate::domain::order::Kind::as_str);
    let kinds = crate::domain::ledger::Kind::ALL.map(crate::domain::ledger::Kind::as_str);
    for name in statuses.iter().chain(&kinds) {
        assert!(schema.contains(&format!("'{name}'")), "{name}");
    }
    store.close().await;
    writer.await.unwrap().unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the tests are the main of their store")]
pub(super) async fn open(folder: &Path) -> (Store, JoinHandle<Result<(), Fatal>>) {
    let (store, writer) = Store::open(folder).await.unwrap();
    (store, tokio::spawn(writer.run()))
}

pub(super) fn at(seconds: i64) -> DateTime<Utc> {
    from_millis(1_800_000_000_000) + TimeDelta::seconds(seconds)
}

async fn set(store: &Store, name: &'static str, fail: bool) -> Result<(), StoreError> {
    store
        .write(at(0), move |tx| {
            Box::pin(async move {
                sqlx::query("insert into settings (name, value, changed_at) values ($1, '1', 0)")
                    .bind(name)
                    .execute(tx.conn().await?)
                    .await?;
                tx.enqueue(letter(1, name));
                if fail { Err(sqlx::Error::RowNotFound.into()) } else { Ok(()) }
            })
        })
        .await
}

fn letter(chat: i64, text: &str) -> NewLetter {
    NewLetter::new(chat, Urgency::Reply, Class::Append, &json!({ "text": text })).unwrap()
}

async fn enqueue(store: &Store, letters: Vec<NewLetter>) {
    store
        .write(at(0), |tx| {
            Box::pin(async move {
                letters.into_iter().for_each(|it| tx.enqueue(it));
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}

async fn names(store: &Store) -> Vec<String> {
    sqlx::query_scalar("select name from settings order by name")
        .fetch_all(store.readers())
        .await
        .unwrap()
}

async fn waiting(store: &Store) -> Vec<String> {
    let letters = store.waiting_letters(at(100), Urgency::Notice, 100).await.unwrap();
    letters.iter().map(|it| format!("{} {}.{} {}", it.chat, it.id, it.revision, it.body)).collect()
}

#[tokio::test]
async fn a_job_that_fails_is_undone_and_the_others_of_its_group_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let ends = join_all([set(&store, "a", false), set(&store, "b", true), set(&store, "c", false)]);
    let ends: Vec<bool> = ends.await.iter().map(Result::is_ok).collect();
    assert_eq!(ends, [true, false, true]);
    assert_eq!(names(&store).await, ["a", "c"]);
    assert_eq!(waiting(&store).await, [r#"1 1.0 {"text":"a"}"#, r#"1 3.0 {"text":"c"}"#]);
}

#[tokio::test]
async fn a_job_that_panics_is_undone_and_the_others_of_its_group_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let panics = store.write(at(0), |tx| {
        Box::pin(async move {
            sqlx::query("delete from settings").execute(tx.conn().await?).await?;
            tx.enqueue(letter(1, "lost"));
            assert_eq!(tx.now(), at(1), "the clock is wrong");
            Ok::<_, StoreError>(())
        })
    });
    let (_, panicked, _) = tokio::join!(set(&store, "a", false), panics, set(&store, "b", false));
    assert!(matches!(panicked, Err(StoreError::Write(WriteError::Panicked))), "{panicked:?}");
    assert_eq!(names(&store).await, ["a", "b"]);
    assert_eq!(waiting(&store).await.len(), 2);
}

#[tokio::test]
async fn a_full_queue_is_written_in_groups_and_everybody_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let all = join_all((0..1_000).map(|chat| enqueue(&store, vec![letter(chat, "hi")]))).await;
    assert_eq!(all.len(), 1_000);
    assert_eq!(store.letterbox().take().letters.len(), 1_000);
}

#[tokio::test]
async fn what_was_written_is_there_after_a_kill_and_after_a_clean_end() {
    let folder = tempfile::tempdir().unwrap();
    let (store, writer) = open(folder.path()).await;
    set(&store, "a", false).await.unwrap();

    let copy = tempfile::tempdir().unwrap();
    for file in ["fangbi.db", "fangbi.db-wal"] {
        std::fs::copy(folder.path().join(file), copy.path().join(file)).unwrap();
    }
    let (killed, _writer) = open(copy.path()).await;
    assert_eq!(names(&killed).await, ["a"]);

    store.close().await;
    writer.await.unwrap().unwrap();
    assert!(!folder.path().join("fangbi.db-wal").exists(), "the log is back in the file");
    assert!(matches!(set(&store, "b", false).await, Err(StoreError::Write(WriteError::Closed))));
    let (again, _writer) = open(folder.path()).await;
    assert_eq!(names(&again).await, ["a"]);
}

#[tokio::test]
async fn a_newer_letter_on_a_topic_replaces_the_waiting_one_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    enqueue(&store, vec![letter(1, "card 1").on("card 7"), letter(2, "other")]).await;
    enqueue(&store, vec![letter(1, "card 2").on("card 7"), letter(1, "card 3").on("card 7")]).await;
    assert_eq!(waiting(&store).await, [r#"1 1.2 {"text":"card 3"}"#, r#"2 2.0 {"text":"other"}"#]);
    let posted = store.letterbox().take().letters;
    let on_topic: Vec<_> = posted.iter().filter(|it| it.topic.is_some()).collect();
    let [_, last] = on_topic[..] else { panic!("two commits, a card each: {on_topic:?}") };
    assert_eq!((last.id, last.revision, last.body.get()), (1, 2, r#"{"text":"card 3"}"#));
}

#[tokio::test]
async fn a_letter_that_was_replaced_while_it_was_sent_is_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    enqueue(&store, vec![letter(1, "old").on("card 7"), letter(2, "sent")]).await;
    let sent: Vec<_> = store.letterbox().take().letters.iter().map(Letter::version).collect();
    enqueue(&store, vec![letter(1, "new").on("card 7")]).await;
    store.write(at(0), |tx| Box::pin(async move { tx.letters_done(&sent).await })).await.unwrap();
    assert_eq!(waiting(&store).await, [r#"1 1.1 {"text":"new"}"#]);
}

#[tokio::test]
async fn doubtful_letters_are_sent_again_except_reminders_and_replaced_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let reminder = NewLetter { urgency: Urgency::Reminder, ..letter(2, "hurry") };
    enqueue(&store, vec![letter(1, "money"), reminder, letter(3, "old").on("t")]).await;
    store
        .write(at(0), |tx| {
            Box::pin(async move {
                let ids = [1, 2, 3, 9].map(|id| Version { id, revision: 0 });
                assert_eq!(tx.letters_attempting(&ids).await?, [9]);
                tx.enqueue(letter(3, "new").on("t"));
                tx.enqueue(letter(4, "untouched"));
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    assert_eq!(waiting(&store).await.len(), 2);
    let settled = store.write(at(0), |tx| Box::pin(tx.settle_doubts())).await.unwrap();
    assert_eq!(settled, (2, 1));
    assert_eq!(
        waiting(&store).await,
        [r#"1 1.0 {"text":"money"}"#, r#"3 4.0 {"text":"new"}"#, r#"4 5.0 {"text":"untouched"}"#]
    );
}

#[tokio::test]
async fn a_retry_keeps_its_place_and_waits_for_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    enqueue(&store, vec![letter(1, "a"), letter(2, "b")]).await;
    let first = store.letterbox().take().letters[0].version();
    store
        .write(at(0), move |tx| {
            Box::pin(async move {
                tx.letters_attempting(&[first]).await?;
                tx.letter_retried(&Retry { letter: first, at: at(5), why: "429".into() }).await
            })
        })
        .await
        .unwrap();
    let letters = store.waiting_letters(at(100), Urgency::Notice, 10).await.unwrap();
    assert_eq!(letters[0].id, first.id);
    assert_eq!((letters[0].not_before, letters[0].tries), (Some(at(5)), 1));
}

#[tokio::test]
async fn a_retry_that_a_newer_letter_has_overtaken_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    enqueue(&store, vec![letter(1, "10 min").on("card 7")]).await;
    let old = store.letterbox().take().letters[0].version();
    store
        .write(at(0), move |tx| {
            Box::pin(async move { tx.letters_attempting(&[old]).await.map(|_| ()) })
        })
        .await
        .unwrap();
    enqueue(&store, vec![letter(1, "9 min").on("card 7")]).await;
    store
        .write(at(0), move |tx| {
            Box::pin(async move {
                tx.letter_retried(&Retry { letter: old, at: at(5), why: "429".into() }).await
            })
        })
        .await
        .unwrap();
    assert_eq!(waiting(&store).await, [r#"1 2.0 {"text":"9 min"}"#]);
}

#[tokio::test]
async fn letters_follow_a_chat_that_moves_but_for_those_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    enqueue(&store, vec![letter(1, "a"), letter(1, "dead"), letter(2, "b")]).await;
    store
        .write(at(0), |tx| {
            Box::pin(async move {
                tx.letter_dead(Version { id: 2, revision: 0 }, "refused").await?;
                tx.letters_moved(1, -100).await
            })
        })
        .await
        .unwrap();
    let chats: Vec<(i64, String)> =
        sqlx::query_as("select chat, letter ->> 'text' from outbox order by id")
            .fetch_all(store.readers())
            .await
            .unwrap();
    let chats: Vec<_> = chats.iter().map(|(chat, text)| (*chat, &**text)).collect();
    assert_eq!(chats, [(-100, "a"), (1, "dead"), (2, "b")]);
}

#[tokio::test]
async fn a_job_can_see_its_own_letters_after_a_flush() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let seen: i64 = store
        .write(at(0), |tx| {
            Box::pin(async move {
                tx.enqueue(letter(1, "a"));
                tx.flush().await?;
                let count = sqlx::query_scalar("select count(*) from outbox");
                Ok::<_, StoreError>(count.fetch_one(tx.conn().await?).await?)
            })
        })
        .await
        .unwrap();
    assert_eq!(seen, 1);
    assert_eq!(store.letterbox().take().letters.len(), 1);
}

#[tokio::test]
async fn an_update_is_taken_in_once_and_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let seal = Seal::from_key(&[1; 32]);
    let take_in = async |ids: &[i64]| {
        let batch: Vec<_> = ids
            .iter()
            .map(|id| Arrival::seal(&seal, *id, Some(id % 3), r#"{"text":"138 0000"}"#).unwrap())
            .collect();
        let job = store.write(at(0), |tx| Box::pin(async move { tx.take_in(&batch).await }));
        job.await.unwrap()
    };
    assert_eq!(take_in(&[5, 6, 7]).await, [5, 6, 7]);
    assert_eq!(take_in(&[6, 7, 8]).await, [8]);
    store
        .write(at(0), |tx| {
            tx.heard(6);
            Box::pin(async { Ok::<_, StoreError>(()) })
        })
        .await
        .unwrap();
    assert!(store.heard().take(6));
    assert!(!store.heard().take(6));
    let waiting = store.waiting_updates(&seal).await.unwrap().waiting;
    let ids: Vec<_> = waiting.iter().map(|it| it.update_id).collect();
    assert_eq!(ids, [5, 7, 8]);
    assert_eq!(waiting[0].raw, r#"{"text":"138 0000"}"#);
    let other = store.waiting_updates(&Seal::from_key(&[2; 32])).await.unwrap();
    assert_eq!(other.damaged, [5, 7, 8], "with another key nothing can be opened");
    assert_eq!(take_in(&[6]).await, Vec::<i64>::new(), "a finished one is still known");
    assert_eq!(store.forgettable_updates(at(1), 10).await.unwrap(), [6]);
}

#[tokio::test]
async fn chat_texts_are_not_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, writer) = open(folder.path()).await;
    let seal = Seal::from_key(&[1; 32]);
    let batch = vec![Arrival::seal(&seal, 1, Some(1), "secret account").unwrap()];
    store.write(at(0), |tx| Box::pin(async move { tx.take_in(&batch).await })).await.unwrap();
    store.close().await;
    writer.await.unwrap().unwrap();
    let file = std::fs::read(folder.path().join("fangbi.db")).unwrap();
    assert!(!file.windows(14).any(|bytes| bytes == b"secret account"));
}

#[tokio::test]
async fn a_store_that_cannot_be_written_says_so_and_goes_on_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _writer) = open(folder.path()).await;
    let mut writable = store.writable();
    // The nearest thing to a full disk that a test can make: no page may be added.
    set_page_limit(&store, 1).await;
    let full = loop {
        let big = letter(1, &"x".repeat(100_000));
        let end = store.write(at(0), |tx| {
            tx.enqueue(big);
            Box::pin(async { Ok::<_, StoreError>(()) })
        });
        if let Err(error) = end.await {
            break error;
        }
    };
    assert!(matches!(full, StoreError::Write(WriteError::Unwritable { .. })), "{full}");
    // The limit belonged to the connection; the fresh one has none.
    writable.wait_for(|it| *it).await.unwrap();
    set(&store, "a", false).await.unwrap();
    assert_eq!(names(&store).await, ["a"]);
}

async fn set_page_limit(store: &Store, pages: u32) {
    store
        .write(at(0), move |tx| {
            Box::pin(async move {
                let pragma = sqlx::AssertSqlSafe(format!("pragma max_page_count = {pages}"));
                sqlx::query(pragma).execute(tx.conn().await?).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}
