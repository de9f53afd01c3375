//! What people type and what they are shown in confidence is in no log, no error and, in clear, in
//! no file: looked at once at the end of every story.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};

use playground::{Action, Message, Playground};
use regex::bytes::Regex;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Everything that any story of this run has logged.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps what is logged, as a desk does that wants to know everything. Returns how much that is by
/// now: what a story is about can be in nothing before.
pub(super) fn listen() -> usize {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("info,fangbi=trace"))
            .with_writer(Log)
            .with_ansi(false)
            .init();
    });
    LOG.lock().unwrap_or_else(PoisonError::into_inner).len()
}

struct Log;

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Panics if something of this story, which began when so much was logged, is where it must not be.
pub(super) fn look(folder: &Path, telegram: &Playground, since: usize) {
    let Some(secrets) = any_of(&secrets(telegram)) else { return };
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner)[since..].to_vec();
    find(&secrets, &log, "the log");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        find(&secrets, &std::fs::read(&path).unwrap(), &path.display().to_string());
    }
}

/// Whether any story of this run has got these words into the log.
pub(crate) fn is_logged(words: &str) -> bool {
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    log.windows(words.len()).any(|it| it == words.as_bytes())
}

/// One search for all of them: megabytes are looked through in an unoptimised build.
fn any_of(secrets: &BTreeSet<String>) -> Option<Regex> {
    let secrets: Vec<_> = secrets.iter().map(|it| regex::escape(it)).collect();
    (!secrets.is_empty()).then(|| Regex::new(&secrets.join("|")).unwrap())
}

fn find(secrets: &Regex, bytes: &[u8], place: &str) {
    if let Some(found) = secrets.find(bytes) {
        panic!("«{}» is in {place}", String::from_utf8_lossy(found.as_bytes()));
    }
}

/// What people have typed that names a person or a payment, and what they were shown to keep.
fn secrets(telegram: &Playground) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let people = telegram.people();
    for person in people.iter().filter_map(|it| telegram.find_person(it.id).ok()) {
        for message in person.chat() {
            if message.is_from_bot() {
                found.extend(confided(&message));
                found.extend(passed_on(&message.text));
            } else {
                found.extend(typed(&message.text));
                found.extend(said(&message));
            }
        }
    }
    found
}

/// An account, a name, a phrase, a number of Alipay: as it was typed, and as it is kept.
fn typed(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.starts_with('/') {
        return Vec::new();
    }
    let han = |it: char| ('\u{4E00}'..='\u{9FFF}').contains(&it);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= 11
        && text.chars().all(|it| it.is_ascii_digit() || matches!(it, ' ' | '-' | '+'));
    let is_name = text.chars().filter(|it| han(*it)).count() >= 2;
    let is_address = text.contains('@') && text.contains('.');
    match (is_number, is_name || is_address) {
        (true, _) => vec![text.to_owned(), digits],
        (false, true) => vec![text.to_owned(), text.to_lowercase()],
        (false, false) => Vec::new(),
    }
}

/// What somebody has answered: in a chat, that is for the other side alone.
fn said(message: &Message) -> Option<String> {
    let text = message.text.trim();
    (message.reply_to.is_some() && is_telling(text)).then(|| text.to_owned())
}

/// What somebody has written about an order, as the other side reads it.
fn passed_on(text: &str) -> Option<String> {
    let heads = ["the seller writes:", "the buyer writes:", "卖家说：", "买家说："];
    let (head, text) = text.split_once("\n\n")?;
    let (text, head) = (text.trim(), head.lines().next()?);
    (heads.iter().any(|it| head.ends_with(it)) && is_telling(text)).then(|| text.to_owned())
}

/// What is shorter may stand in a log by chance.
fn is_telling(text: &str) -> bool {
    text.len() >= 10 && !text.starts_with('/')
}

/// What a protected message gives to copy, and the recovery codes in it.
fn confided(message: &Message) -> Vec<String> {
    if !message.protected {
        return Vec::new();
    }
    let copied = message.buttons.iter().flatten().filter_map(|it| match &it.action {
        Action::Copy(text) => Some(text.clone()),
        Action::Callback(_) | Action::Url(_) | Action::Other(..) => None,
    });
    let is_code = |it: &&str| {
        it.len() == 11 && it.as_bytes()[5] == b'-' && it.bytes().all(|it| !it.is_ascii_lowercase())
    };
    let codes = message.text.split_whitespace().filter(is_code).map(str::to_owned);
    copied.filter(|it| it.chars().count() >= 11).chain(codes).collect()
}

#[test]
fn what_must_not_leak_is_known_as_such() {
    assert_eq!(typed("139 7160-4482"), ["139 7160-4482", "13971604482"]);
    assert_eq!(typed("欧阳明珠"), ["欧阳明珠", "欧阳明珠"]);
    assert_eq!(typed("Wang@Example.com"), ["Wang@Example.com", "wang@example.com"]);
    for harmless in ["/deposit 1 5 USDT x", "100 USDT", "7.2", "2000", "x"] {
        assert_eq!(typed(harmless), [""; 0], "{harmless}");
    }
    let head = "Order K7M2QX 🍑🎈 · the buyer writes:";
    let no_proof = format!("{head}\n⚠️ Not proof of payment.\n\nlook at this");
    for text in [format!("{head}\n\nlook at this"), no_proof] {
        assert_eq!(passed_on(&text).as_deref(), Some("look at this"));
    }
    assert_eq!(passed_on(&format!("{head}\n\nok")), None);
    assert_eq!(passed_on("Order K7M2QX: messages\n\nlook at this"), None);
    let leaked = std::panic::catch_unwind(|| {
        let secrets = any_of(&BTreeSet::from(["+86 139".to_owned(), "欧阳明珠".to_owned()]));
        find(&secrets.unwrap(), "… 欧阳明珠 …".as_bytes(), "a log");
    });
    assert!(leaked.is_err());
}
