//! A page as a person would read it, and as a test can look into it.

use serde_json::{Value, json};

use super::super::page::Page;
use super::super::pen::Pen;
use crate::language::Language;
use crate::secrets::Seal;
use crate::telegram::press::Press;

pub(super) fn seal() -> Seal {
    Seal::from_key(&[5; 32])
}

/// Writes pages with headings: the markup, then a line for each row of buttons.
pub(super) fn book(pages: impl IntoIterator<Item = (String, Page)>) -> String {
    let pages = pages.into_iter().map(|(name, page)| {
        let picture = if page.picture.is_some() { "(a picture)\n" } else { "" };
        format!("===== {name}\n{picture}{}\n{}", page.text.as_str(), rows(&page).join("\n"))
    });
    pages.collect::<Vec<_>>().join("\n\n")
}

fn rows(page: &Page) -> Vec<String> {
    let row = |row: &Value| {
        let labels = row.as_array().into_iter().flatten().map(|it| {
            let style = it["style"].as_str().map_or_else(String::new, |it| format!(" ·{it}"));
            format!("[{}{style}]", it["text"].as_str().unwrap_or("?"))
        });
        labels.collect::<Vec<_>>().join(" ")
    };
    let rows = json!(page.keyboard)["inline_keyboard"].clone();
    rows.as_array().into_iter().flatten().map(row).collect()
}

/// All buttons of a page, as Telegram gets them.
pub(super) fn buttons(page: &Page) -> Vec<Value> {
    let rows = json!(page.keyboard)["inline_keyboard"].clone();
    let rows = rows.as_array().cloned().unwrap_or_default();
    rows.iter().flat_map(|it| it.as_array().cloned().unwrap_or_default()).collect()
}

/// What the buttons of a page do.
pub(super) fn presses(page: &Page, reader: i64) -> Vec<Press> {
    buttons(page)
        .iter()
        .filter_map(|it| it["callback_data"].as_str())
        .map(|it| Press::decode(it, &seal(), reader).expect("a button of ours, for this reader"))
        .collect()
}

/// Does something with a pen of each language.
pub(super) fn in_each_language(reader: i64, demo: bool, mut with: impl FnMut(&Pen<'_>)) {
    for language in Language::ALL {
        with(&Pen::new(&seal(), language, reader, demo));
    }
}
