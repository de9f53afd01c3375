//! docs/order.md and docs/order.svg are what the walk gives, word for word. After a change:
//! `UPDATE_DOCS=1 cargo test --lib order_table`.

use std::fs;
use std::path::Path;

use super::{drawing, page};

#[test]
fn the_page_says_what_the_code_does() {
    is_current("docs/order.md", &page::page());
}

#[test]
fn the_drawing_shows_what_the_code_does() {
    is_current("docs/order.svg", &drawing::drawing());
}

#[track_caller]
fn is_current(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, expected).expect("the docs can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{file} is not what the code does any more; see what has changed with\n\
         UPDATE_DOCS=1 cargo test --lib order_table; git diff {file}"
    );
}
