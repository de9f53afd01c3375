//! Settings are read whole or refused in one line that repeats no secret.

use std::fs;

use fangbi::config::{Config, ConfigError};

/// The bytes are a `fangbi.toml`.
pub fn holds(data: &[u8]) {
    const TOKEN: &str = "424242:AAsecretsecretsecretsecretsecretsecr";
    let file = std::env::temp_dir().join(format!("fuzzed-{}.toml", std::process::id()));
    let text = crate::text(data);
    fs::write(&file, &*text).expect("a folder for what passes");
    let read = Config::read(Some(&file));
    if let Ok(config) = &read {
        // What was read can be lived by.
        let _ = config.policy();
    }
    refuses_shortly(read.err());

    let with_a_token = format!("{text}\n[telegram]\ntoken = \"{TOKEN}\"\n");
    fs::write(&file, with_a_token).expect("a folder for what passes");
    let read = Config::read(Some(&file));
    assert!(!format!("{read:?}").contains("secretsecret"), "a token is shown");
    if let Some(words) = refuses_shortly(read.err()) {
        assert!(!words.contains("secretsecret"), "{words}");
    }
    fs::remove_file(&file).expect("it is ours");
}

fn refuses_shortly(refused: Option<ConfigError>) -> Option<String> {
    let words = refused?.to_string();
    assert_eq!(words.lines().count(), 1, "{words}");
    Some(words)
}
