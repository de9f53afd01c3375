//! The program as an operator meets it: its words, its exit codes, how it leaves.

use std::path::Path;
use std::process::{Output, Stdio};

use playground::{Cast, Event, Options, Person, Playground};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::broadcast::Receiver;

fn fangbi(folder: &Path, telegram: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fangbi"));
    command
        .current_dir(folder)
        .env_clear()
        .env("FANGBI__DATA__FOLDER", folder.join("data"))
        .env("FANGBI__TELEGRAM__TOKEN", playground::DEFAULT_TOKEN)
        .env("FANGBI__TELEGRAM__API_URL", telegram)
        .env("FANGBI__TELEGRAM__LONG_POLL_SECONDS", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

fn says(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

fn terminate(child: &Child) {
    let pid = child.id().unwrap().to_string();
    let killed = std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(killed.success());
}

/// Reads the log until a line contains this; the rest must go on being read.
async fn log_until(child: &mut Child, wanted: &str) {
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line.contains(wanted) {
            child.stderr = Some(lines.into_inner().into_inner());
            return;
        }
    }
    panic!("the log ended without {wanted:?}");
}

#[tokio::test]
async fn it_answers_and_leaves_with_0_when_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let telegram = Playground::start(Options::default()).await.unwrap();
    let li = telegram.person("Li", "en");
    let mut events = telegram.events();
    let mut child = fangbi(folder.path(), &telegram.url()).arg("run").spawn().unwrap();
    li.send("hello").unwrap();
    loop {
        if let Event::Message { message, .. } = events.recv().await.unwrap()
            && message.from.is_bot
        {
            break;
        }
    }
    terminate(&child);
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert_eq!(child.wait().await.unwrap().code(), Some(0), "{log}");
    assert!(log.contains("goodbye"), "{log}");
    assert!(!log.contains("playground-token"), "the token is in no log");
    assert!(!folder.path().join("data/fangbi.db-wal").exists(), "everything is in the file");
}

#[tokio::test]
async fn a_second_one_on_the_same_folder_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let telegram = Playground::start(Options::default()).await.unwrap();
    let mut first = fangbi(folder.path(), &telegram.url()).arg("run").spawn().unwrap();
    log_until(&mut first, "hello").await;
    let second = fangbi(folder.path(), &telegram.url()).arg("run").output().await.unwrap();
    let expected = format!(
        "fangbi: data.folder in FANGBI__DATA__FOLDER: another fangbi is running on the data folder {}",
        folder.path().join("data").display()
    );
    assert_eq!(says(&second), (Some(2), expected));
    first.kill().await.unwrap();
    let after = fangbi(folder.path(), &telegram.url()).arg("check").output().await.unwrap();
    assert_eq!(after.status.code(), Some(0), "a kill leaves a sound file");
}

#[tokio::test]
async fn a_check_of_what_is_no_database_says_so_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/fangbi.db"), "a letter, not a database".repeat(100))
        .unwrap();
    let out = fangbi(folder.path(), "http://127.0.0.1:1").arg("check").output().await.unwrap();
    let line = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.contains("is damaged, or no database at all"), "{line}");
}

#[tokio::test]
async fn another_key_is_refused_in_one_line_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let telegram = Playground::start(Options::default()).await.unwrap();
    let key = folder.path().join("data/fangbi.key");
    let mut first = fangbi(folder.path(), &telegram.url()).arg("run").spawn().unwrap();
    log_until(&mut first, "hello").await;
    terminate(&first);
    assert_eq!(first.wait().await.unwrap().code(), Some(0));

    let ours = std::fs::read_to_string(&key).unwrap();
    std::fs::write(&key, "0123456789abcdef".repeat(4)).unwrap();
    let second = fangbi(folder.path(), &telegram.url()).arg("run").output().await.unwrap();
    let expected = format!(
        "fangbi: the key file {} is not the one that {} was sealed with: bring that one back",
        key.display(),
        folder.path().join("data/fangbi.db").display()
    );
    assert_eq!(says(&second), (Some(2), expected));

    std::fs::write(&key, ours).unwrap();
    let mut third = fangbi(folder.path(), &telegram.url()).arg("run").spawn().unwrap();
    log_until(&mut third, "hello").await;
}

#[tokio::test]
async fn wrong_setups_are_one_line_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let telegram = Playground::start(Options::default()).await.unwrap();
    let start = |key: &'static str, value: String| {
        let mut command = fangbi(folder.path(), &telegram.url());
        command.arg("run").env(key, value);
        async move { says(&command.output().await.unwrap()) }
    };

    let (code, line) = start("FANGBI__TELEGRAM__TOKEN", "42:another-token".into()).await;
    assert_eq!(code, Some(2));
    let expected = "fangbi: telegram.token in FANGBI__TELEGRAM__TOKEN: Telegram does not accept it";
    assert!(line.ends_with(expected), "{line}");

    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let (code, line) = start("FANGBI__WEB__LISTEN", listen.clone()).await;
    assert_eq!(code, Some(2));
    let expected = format!("fangbi: web.listen in FANGBI__WEB__LISTEN: cannot listen on {listen}");
    assert!(line.starts_with(&expected), "{line}");

    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("fangbi.db");
    std::fs::write(&file, "no database ".repeat(1_000)).unwrap();
    let data = other.path().display().to_string();
    let (code, line) = start("FANGBI__DATA__FOLDER", data).await;
    let expected = format!(
        "fangbi: data.folder in FANGBI__DATA__FOLDER: {} is damaged, or no database at all: \
         put a backup in its place, or move it away",
        file.display()
    );
    assert_eq!((code, line), (Some(2), expected));

    let (code, line) = start("FANGBI__ORDERS__WINDOW", "9".into()).await;
    let expected = "fangbi: orders.window in FANGBI__ORDERS__WINDOW: there is no such key";
    assert_eq!((code, line.as_str()), (Some(2), expected));

    let (code, line) = start("FANGBI__DATA__FOLDER", "/dev/null/x".into()).await;
    assert_eq!((code, line.lines().count()), (Some(2), 1), "{line}");
}

/// Without a configuration, a key or a database: just the file.
#[tokio::test]
async fn evidence_is_checked_with_nothing_but_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bundle.zip");
    let verify = async |file: &Path, more: &[&str]| {
        let mut command = fangbi(folder.path(), "http://127.0.0.1:9");
        command.arg("verify").arg(file).args(more).output().await.unwrap()
    };
    let whole = verify(&golden, &["--signer", "baab547b 8684f3af 7a92"]).await;
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert_eq!(whole.status.code(), Some(0), "{said}");
    assert!(said.contains("evidence for order FHWCXD") && said.ends_with("nothing was changed\n"));

    let other = verify(&golden, &["--signer", "0000 0000 0000 0000 0000"]).await;
    let said = String::from_utf8_lossy(&other.stdout).into_owned();
    assert_eq!(other.status.code(), Some(1));
    assert!(said.contains("signed by BAAB 547B 8684 F3AF 7A92, not by 0000"), "{said}");

    let mut bytes = std::fs::read(&golden).unwrap();
    let at = bytes.windows(6).position(|it| it == b"\"fen\":").unwrap();
    bytes[at + 8] ^= 1;
    let edited = folder.path().join("edited.zip");
    std::fs::write(&edited, bytes).unwrap();
    let found = verify(&edited, &[]).await;
    let said = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(found.status.code(), Some(1));
    assert!(said.trim().ends_with("bundle.json: its content was changed"), "{said}");

    for (name, content) in [("none.zip", None), ("text.zip", Some("no zip"))] {
        let path = folder.path().join(name);
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let (code, said) = says(&verify(&path, &[]).await);
        assert_eq!((code, said.lines().count()), (Some(2), 1), "{said}");
    }
}

#[tokio::test]
async fn the_settings_are_shown_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("fangbi.toml"), "[orders]\nwindow_minutes = 20\n").unwrap();
    let shown = fangbi(folder.path(), "http://127.0.0.1:1").arg("config").output().await.unwrap();
    let text = String::from_utf8(shown.stdout).unwrap();
    assert_eq!(shown.status.code(), Some(0));
    assert!(text.contains("(from fangbi.toml; default 15)\nwindow_minutes = 20\n"), "{text}");
    assert!(!text.contains("playground-token"), "{text}");
}

/// Waits until the bot has said this to somebody.
async fn hears(person: &Person, events: &mut Receiver<Event>, text: &str) {
    while !person.chat().iter().any(|it| it.is_from_bot() && it.text.contains(text)) {
        events.recv().await.unwrap();
    }
}

#[tokio::test]
async fn the_demos_treasurer_gives_coins_to_who_has_accepted_the_risks() {
    let folder = tempfile::tempdir().unwrap();
    let telegram = Playground::start(Options::default()).await.unwrap();
    let mut bot = fangbi(folder.path(), &telegram.url());
    bot.env("FANGBI__STAFF__TREASURERS", playground::TREASURER.to_string());
    let _bot = bot.arg("run").spawn().unwrap();
    let cast = telegram.events();
    let _cast = Cast::start(&telegram, 15).unwrap();
    let treasurer = telegram.find_person(playground::TREASURER).unwrap();
    hears(&treasurer, &mut { cast }, "all set").await;

    let li = telegram.person("Li", "en");
    let mut events = telegram.events();
    li.send("/help").unwrap();
    hears(&li, &mut events, "How a sale works").await;
    li.send("/cancel").unwrap();
    hears(&li, &mut events, "There is nothing to leave").await;
    li.send("/start").unwrap();
    hears(&li, &mut events, "what can go wrong").await;
    let terms = li.chat().into_iter().rfind(|it| it.is_from_bot()).unwrap();
    li.press(terms.message_id, terms.labels()[0]).await.unwrap();
    hears(&li, &mut events, "1,000 USDT are in your balance").await;

    let said: Vec<_> = li.chat().into_iter().filter(|it| it.is_from_bot()).collect();
    let at = |text: &str| said.iter().position(|it| it.text.contains(text)).unwrap();
    assert!(at("all set") < at("are in your balance"), "coins only after the risks");
    let gift = format!("/deposit {} 1000 USDT", li.id());
    let gifts = treasurer.chat().into_iter().filter(|it| it.text.starts_with(&gift));
    assert_eq!(gifts.count(), 1);
}
