//! The file and the environment, each value with its place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use config::{Environment, File, FileFormat, Map, Source, Value, ValueKind};
use serde::de::DeserializeOwned;

use super::section::Entry;
use super::{ConfigError, DEFAULT_FILE};

const PREFIX: &str = "FANGBI";
/// Between the parts of a variable's name.
const BETWEEN: &str = "__";
/// Keys that hold a list: in the environment its items stand between commas.
const LISTS: &[&str] =
    &["staff.operators", "staff.treasurers", "staff.arbiters", "orders.seller_reminder_minutes"];

pub(super) struct Sources {
    file: PathBuf,
    in_file: Map<String, Value>,
    in_env: Map<String, Value>,
}

/// The variable that sets a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{BETWEEN}{}", key.to_uppercase().replace('.', BETWEEN))
}

impl Sources {
    pub(super) fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(missing) if file.is_none() && missing.kind() == std::io::ErrorKind::NotFound => {
                String::new()
            }
            Err(error) => {
                return Err(ConfigError::File { file: path.to_owned(), why: error.to_string() });
            }
        };
        Self::new(path, &text, None)
    }

    #[cfg(test)]
    pub(super) fn from_text(text: &str, env: HashMap<String, String>) -> Result<Self, ConfigError> {
        Self::new(Path::new(DEFAULT_FILE), text, Some(env))
    }

    fn new(
        file: &Path,
        text: &str,
        env: Option<HashMap<String, String>>,
    ) -> Result<Self, ConfigError> {
        let in_file = File::from_str(text, FileFormat::Toml).collect().map_err(|error| {
            ConfigError::File { file: file.to_owned(), why: one_line(&error.to_string()) }
        })?;
        let mut environment = Environment::with_prefix(PREFIX)
            .prefix_separator(BETWEEN)
            .separator(BETWEEN)
            .list_separator(",")
            .ignore_empty(true)
            .try_parsing(true)
            .source(env.map(|it| it.into_iter().collect()));
        for key in LISTS {
            environment = environment.with_list_parse_key(key);
        }
        let in_env = environment.collect().map_err(|error| ConfigError::Key {
            key: format!("{PREFIX}{BETWEEN}…"),
            place: "the environment".to_owned(),
            why: one_line(&error.to_string()),
        })?;
        Ok(Self { file: file.to_owned(), in_file: flat(in_file), in_env: listed(flat(in_env)) })
    }

    /// The file that was, or would have been, read.
    pub(super) fn file(&self) -> PathBuf {
        self.file.clone()
    }

    /// The first key that does not exist.
    pub(super) fn refuse_unknown(&self, known: &[Entry]) -> Result<(), ConfigError> {
        let known: Vec<_> = known.iter().map(Entry::full_key).collect();
        let mut unknown: Vec<_> = self
            .in_file
            .keys()
            .chain(self.in_env.keys())
            .filter(|it| !known.contains(it))
            .collect();
        unknown.sort();
        match unknown.first() {
            Some(key) => Err(self.problem((*key).clone(), "there is no such key".to_owned())),
            None => Ok(()),
        }
    }

    /// Where a key was set; `None`: nowhere.
    pub(super) fn place(&self, key: &str) -> Option<String> {
        if self.in_env.contains_key(key) {
            Some(variable(key))
        } else if self.in_file.contains_key(key) {
            Some(self.file.display().to_string())
        } else {
            None
        }
    }

    pub(super) fn problem(&self, key: String, why: String) -> ConfigError {
        let place = self.place(&key).unwrap_or_else(|| self.file.display().to_string());
        ConfigError::Key { key, place, why }
    }

    /// The first value that is a fraction: every number here is a whole one, and none is rounded.
    pub(super) fn refuse_fractions(&self) -> Result<(), ConfigError> {
        let all = self.in_file.iter().chain(&self.in_env);
        match all.filter(|(_, value)| has_fraction(value)).map(|(key, _)| key).min() {
            Some(key) => Err(self.problem(key.clone(), "it must be a whole number".to_owned())),
            None => Ok(()),
        }
    }

    /// All values as one type.
    pub(super) fn typed<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        self.build(self.in_file.iter().chain(&self.in_env)).map_err(|whole| {
            // Which of them it was is found by trying each alone.
            let mut all: Vec<_> = self.in_file.iter().chain(&self.in_env).collect();
            all.sort_by_key(|it| it.0);
            let culprit = all.into_iter().find_map(|(key, value)| {
                let error = self.build::<T>([(key, value)].into_iter()).err()?;
                Some(self.problem(key.clone(), why(&error)))
            });
            culprit.unwrap_or_else(|| ConfigError::File {
                file: self.file.clone(),
                why: one_line(&whole.to_string()),
            })
        })
    }

    fn build<'a, T: DeserializeOwned>(
        &self,
        values: impl Iterator<Item = (&'a String, &'a Value)>,
    ) -> Result<T, config::ConfigError> {
        let mut builder = config::Config::builder();
        for (key, value) in values {
            builder = builder.set_override(key, value.clone())?;
        }
        builder.build()?.try_deserialize()
    }
}

/// A list of one item looks like the item alone.
fn listed(mut keys: Map<String, Value>) -> Map<String, Value> {
    for name in LISTS {
        if let Some(value) = keys.get_mut(*name)
            && !matches!(value.kind, ValueKind::Array(_))
        {
            *value = Value::from(vec![value.clone()]);
        }
    }
    keys
}

fn has_fraction(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Float(_) => true,
        ValueKind::Array(items) => items.iter().any(has_fraction),
        _ => false,
    }
}

/// What is wrong, without repeating the value where it could be a secret.
fn why(error: &config::ConfigError) -> String {
    match error {
        config::ConfigError::Type { unexpected, expected, .. } => {
            format!("it is {unexpected}, expected {expected}")
        }
        config::ConfigError::At { error, .. } => why(error),
        other => one_line(&other.to_string()),
    }
}

/// Without the piece of the file that a parser shows (`3 | token = "…"`): it may be a secret.
fn one_line(text: &str) -> String {
    let is_ours = |line: &&str| {
        !line.trim_start_matches(|it: char| it.is_ascii_digit() || it == ' ').starts_with('|')
    };
    text.lines().filter(is_ours).flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Sections and keys as `section.key`. A table inside a key is a key that does not exist.
fn flat(map: Map<String, Value>) -> Map<String, Value> {
    let mut keys = Map::new();
    for (name, value) in map {
        match value.kind {
            ValueKind::Table(table) => {
                for (key, value) in flat(table) {
                    keys.insert(format!("{name}.{key}"), value);
                }
            }
            _ => {
                keys.insert(name, value);
            }
        }
    }
    keys
}
