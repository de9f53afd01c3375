//! The same words in each language, with the same places to fill, and none that nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// The messages of a language: each key with the arguments it uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: &str) -> Messages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut messages = Messages::new();
    for file in fs::read_dir(folder).expect("the language's folder") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("text");
        let mut key = None;
        for line in text.lines().filter(|it| !it.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                let new = messages.insert(name.to_owned(), BTreeSet::new());
                assert_eq!(new, None, "{language}: {name} is there twice");
                key = Some(name.to_owned());
            }
            if let Some(places) = key.as_ref().and_then(|it| messages.get_mut(it)) {
                places.extend(arguments(line));
            }
        }
    }
    messages
}

fn arguments(line: &str) -> impl Iterator<Item = String> + '_ {
    let name = |it: &str| it.chars().take_while(|it| it.is_alphanumeric()).collect();
    line.split('$').skip(1).map(name)
}

#[test]
fn each_language_has_the_same_words_with_the_same_places() {
    let [english, others @ ..] = LANGUAGES;
    let english = messages(english);
    assert!(english.len() > 300, "only {} messages were read", english.len());
    for other in others {
        let found = messages(other);
        let keys = |it: &Messages| it.keys().cloned().collect::<BTreeSet<_>>();
        let (ours, theirs) = (keys(&english), keys(&found));
        let missing: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert!(missing.is_empty(), "not in both en and {other}: {missing:?}");
        for (key, places) in &english {
            assert_eq!(Some(places), found.get(key), "{other}: {key}");
        }
    }
}

#[test]
fn there_are_no_words_that_nobody_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut source = String::new();
    read(&root, &mut source);
    let silent: Vec<_> = messages("en")
        .into_keys()
        .filter(|it| !source.contains(&format!(".{}(", it.replace('-', "_"))))
        .collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push_str(&fs::read_to_string(&path).expect("source"));
        }
    }
}
