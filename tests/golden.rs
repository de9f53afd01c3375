//! What was ever stored still reads, and nothing of it is lost when it is written again. A file
//! grows by what is new; what stands in it stays.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use fangbi::domain::log::Entry;
use fangbi::domain::order::{Fact, Gate, Kind, News, Request, Status, Used};
use fangbi::domain::policy::Terms;
use fangbi::domain::signal::Seen;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[test]
fn every_status_that_was_ever_stored_still_reads() {
    for kind in Kind::ALL {
        for status in read::<Status>(&format!("status/{}.json", kind.as_str())) {
            assert_eq!(status.kind(), kind);
        }
    }
}

#[test]
fn every_entry_of_a_log_still_reads() {
    read::<Request>("requests.json");
    read::<Fact>("facts.json");
    read::<Entry>("entries.json");
}

#[test]
fn every_message_that_waits_still_reads() {
    read::<News>("news.json");
}

#[test]
fn what_an_order_was_opened_with_still_reads() {
    read::<Terms>("terms.json");
    read::<Used>("used.json");
    read::<Gate>("gate.json");
}

#[test]
fn every_signal_that_an_order_remembers_still_reads() {
    read::<Seen>("seen.json");
}

/// Reads each value of the file, which must not be empty.
#[track_caller]
fn read<T: Debug + Serialize + DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let values: Vec<Value> = serde_json::from_str(&text).expect("an array of what was stored");
    assert!(!values.is_empty(), "{file} is empty");
    let parsed = values.into_iter().map(|value| {
        let parsed: T = serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{file}: {value} does not read any more: {error}"));
        let written = serde_json::to_value(&parsed).expect("it can be stored");
        assert!(keeps(&written, &value), "{file}: {value} is written as {written}");
        parsed
    });
    parsed.collect()
}

/// Whether everything that was stored is still there; there may be more by now.
fn keeps(written: &Value, stored: &Value) -> bool {
    match (written, stored) {
        (Value::Object(written), Value::Object(stored)) => {
            stored.iter().all(|(key, value)| written.get(key).is_some_and(|it| keeps(it, value)))
        }
        (written, stored) => written == stored,
    }
}
