//! What must hold for whatever strangers send: each module has one `holds`, which panics when its
//! property is broken.
//!
//! `fuzz/run` lets libFuzzer look for bytes that break one. What it has found that leads somewhere
//! new is kept in `fuzz/corpus/`, and an ordinary `cargo test` walks through all of it.

pub mod amount;
pub mod bill;
pub mod bundle;
pub mod notification;
pub mod press;

use std::borrow::Cow;

/// Bytes as the text that a person might have sent.
fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}
