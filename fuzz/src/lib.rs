//! What must hold for whatever strangers send: each module has one `holds`, which panics when its
//! property is broken.
//!
//! `fuzz/run` lets libFuzzer look for bytes that break one. What it has found that leads somewhere
//! new is kept in `fuzz/corpus/`, and an ordinary `cargo test` walks through all of it.

pub mod amount;
pub mod bill;
pub mod bundle;
pub mod command;
pub mod config;
pub mod hook;
pub mod html;
pub mod mask;
pub mod notification;
pub mod number;
pub mod payee;
pub mod press;
pub mod state;
pub mod update;
pub mod words;

use std::borrow::Cow;

/// A property: panics when these bytes break it.
pub type Holds = fn(&[u8]);

/// What can be fuzzed, by the name of its folder in the corpus.
pub const TARGETS: [(&str, Holds); 15] = [
    ("amount", amount::holds),
    ("bill", bill::holds),
    ("bundle", bundle::holds),
    ("command", command::holds),
    ("config", config::holds),
    ("hook", hook::holds),
    ("html", html::holds),
    ("mask", mask::holds),
    ("notification", notification::holds),
    ("number", number::holds),
    ("payee", payee::holds),
    ("press", press::holds),
    ("state", state::holds),
    ("update", update::holds),
    ("words", words::holds),
];

/// Bytes as two texts, with a NUL between them.
fn two_texts(data: &[u8]) -> (Cow<'_, str>, Cow<'_, str>) {
    let split = data.iter().position(|it| *it == 0).unwrap_or(data.len());
    (text(&data[..split]), text(data.get(split + 1..).unwrap_or_default()))
}

/// Bytes as the text that a person might have sent.
fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}
