//! What the bot says, from the same files as the bot has it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// The words of one language.
pub(crate) struct Words(HashMap<String, String>);

impl Words {
    /// `language` is a folder in `locales/`.
    pub(crate) fn of(language: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
        let mut words = HashMap::new();
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let lines = text.lines().filter(|line| !line.starts_with(['#', ' ']));
            words.extend(
                lines
                    .filter_map(|line| line.split_once(" = "))
                    .map(|(key, value)| (key.to_owned(), value.to_owned())),
            );
        }
        Self(words)
    }

    /// A message of one line that names nothing.
    pub(crate) fn say(&self, key: &str) -> &str {
        let text = self.0.get(key).unwrap_or_else(|| panic!("no words for {key}"));
        assert!(!text.contains('{'), "{key} names something");
        text
    }

    /// A message of one line that names one thing.
    pub(crate) fn about(&self, key: &str, thing: &str) -> String {
        let text = self.0.get(key).unwrap_or_else(|| panic!("no words for {key}"));
        let (before, rest) = text.split_once('{').unwrap_or_else(|| panic!("{key} names nothing"));
        let (_, after) = rest.split_once('}').unwrap();
        format!("{before}{thing}{after}")
    }
}
