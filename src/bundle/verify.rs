//! Looks at a bundle without anything else at hand: no desk, no database, no key. Says what it is,
//! or the first thing that does not fit.
//!
//! A bundle may come from anybody: no bytes may break this.

use std::collections::HashMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::archive::{self, Broken, Entry};
use super::facts::{ChatLine, FORMAT, Facts, Keeping, LogFile, Moment, Words};
use super::from_log::{Derived, derive};
use super::manifest::{Listed, MANIFEST, Manifest, SIGNATURE};
use super::signer::{Fingerprint, Signer};
use super::{FACTS, LOG};
use crate::domain::chat::{Said, Voice};
use crate::domain::ledger::{Hash, Transfer, chain};
use crate::domain::log::{self, Row, replay};
use crate::domain::order::OrderId;

/// What a bundle is that fits in every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub order: String,
    pub reader: Voice,
    pub made_at: Moment,
    pub signer: Signer,
    pub files: usize,
    pub rows: usize,
    pub left_out: usize,
    /// The order was derived again from its log. False: it is older than what the log keeps.
    pub derived: bool,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, reader, made_at, signer, files, rows, left_out, derived } = self;
        writeln!(f, "evidence for order {order}, made for its {}", reader.as_str())?;
        writeln!(f, "made at {} ({} in UTC+8)", made_at.utc, made_at.utc8)?;
        writeln!(f, "signed by {}", signer.fingerprint())?;
        writeln!(f, "{files} files and {rows} rows of the order's log, all as they were signed")?;
        if *left_out > 0 {
            writeln!(f, "{left_out} files of the chat were left out when it was made: too large")?;
        }
        if !derived {
            writeln!(f, "the order is older than the full log: it could not be derived again")?;
        }
        write!(f, "nothing was changed")
    }
}

/// The first thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("this is no evidence bundle")]
    NotABundle,
    #[error("the zip was changed: byte {at} is not what a bundle has there")]
    Form { at: usize },
    #[error("{file}: its content was changed")]
    Changed { file: String },
    #[error("{file} is missing")]
    Missing { file: &'static str },
    #[error("{file} cannot be read")]
    Unread { file: &'static str },
    #[error("the bundle is of format {format}: a newer fangbi can check it")]
    Newer { format: u32 },
    #[error("{MANIFEST} was changed, or its signature was: they do not fit")]
    Unsigned,
    #[error("it is signed by {is}, not by {expected}")]
    OtherSigner { is: Fingerprint, expected: Fingerprint },
    #[error("{MANIFEST} lists {listed}, and there is {found}")]
    Listing { listed: String, found: String },
    #[error("log.json, row {row}: it was changed, or one before it was changed, removed or moved")]
    Link { row: usize },
    #[error("log.json, row {row}: it has no link, and rows before it do")]
    Unlinked { row: usize },
    #[error("log.json, row {row}: it is of another order")]
    OtherOrder { row: usize },
    #[error("log.json, row {row}: no order has such times or amounts")]
    Impossible { row: usize },
    #[error("log.json, row {row}: {why}")]
    Row { row: usize, why: replay::Broken },
    #[error("log.json does not end where {MANIFEST} says")]
    LogEnd,
    #[error("bundle.json: message {id} is not what the log says of it")]
    Message { id: i64 },
    #[error("bundle.json: message {id} is there twice")]
    Twice { id: i64 },
    #[error("bundle.json: file {id} is not what the log says of it")]
    File { id: i64 },
    #[error("bundle.json: the order is not what its log makes of it")]
    Order,
    #[error("bundle.json: row {row} of the ledger does not follow from the one before")]
    Posting { row: i64 },
    #[error("bundle.json: the ledger has other transfers than the log")]
    Ledger,
    #[error("bundle.json says {what} otherwise than {MANIFEST}")]
    Head { what: &'static str },
}

impl Flaw {
    /// Whether there is something to be said about a bundle at all.
    pub fn is_about_a_bundle(&self) -> bool {
        !matches!(self, Self::NotABundle)
    }
}

/// Checks a bundle's form, signature, files, log, messages and order, in this order. `signer`: by
/// whom it should be signed, where that is known from elsewhere.
///
/// # Errors
/// The first [`Flaw`].
pub fn verify(zip: &[u8], signer: Option<Fingerprint>) -> Result<Verified, Flaw> {
    if !archive::is_zip(zip) {
        return Err(Flaw::NotABundle);
    }
    let entries = archive::read(zip).map_err(|broken| match broken {
        Broken::At(at) => Flaw::Form { at },
        Broken::Checksum(file) => Flaw::Changed { file },
    })?;
    let manifest = signed(&entries, signer)?;
    listed(&entries, &manifest)?;

    let log: LogFile = json(&entries, LOG)?;
    let facts: Facts = json(&entries, FACTS)?;
    head(&manifest, &facts, &log)?;
    linked(&log, &manifest)?;
    let rows: Vec<Row> = log.rows.into_iter().map(|it| it.row).collect();
    possible(&rows)?;
    chat(&rows, &facts, &manifest)?;
    let derived = order(log.order, &rows, &facts)?;
    Ok(Verified {
        order: manifest.order,
        reader: manifest.reader,
        made_at: manifest.made_at,
        signer: manifest.signer,
        files: manifest.files.len(),
        rows: rows.len(),
        left_out: manifest.left_out.len(),
        derived,
    })
}

fn find<'a>(entries: &[Entry<'a>], file: &'static str) -> Result<&'a [u8], Flaw> {
    let found = entries.iter().find(|it| it.name == file);
    found.map(|it| it.bytes).ok_or(Flaw::Missing { file })
}

fn json<T: DeserializeOwned>(entries: &[Entry<'_>], file: &'static str) -> Result<T, Flaw> {
    serde_json::from_slice(find(entries, file)?).map_err(|_quotes_it| Flaw::Unread { file })
}

/// The manifest is signed by whoever it says, and that is who it should be.
fn signed(entries: &[Entry<'_>], expected: Option<Fingerprint>) -> Result<Manifest, Flaw> {
    let (bytes, signature) = (find(entries, MANIFEST)?, find(entries, SIGNATURE)?);
    let format = serde_json::from_slice::<Value>(bytes).ok().and_then(|it| it["format"].as_u64());
    if let Some(format) = format.and_then(|it| u32::try_from(it).ok()).filter(|it| *it > FORMAT) {
        return Err(Flaw::Newer { format });
    }
    let manifest: Manifest =
        serde_json::from_slice(bytes).map_err(|_quotes_it| Flaw::Unread { file: MANIFEST })?;
    if !manifest.signer.has_signed(bytes, signature) {
        return Err(Flaw::Unsigned);
    }
    let is = manifest.signer.fingerprint();
    match expected {
        Some(expected) if expected != is => Err(Flaw::OtherSigner { is, expected }),
        Some(_) | None => Ok(manifest),
    }
}

/// There is what the manifest lists, in its order, and nothing else.
fn listed(entries: &[Entry<'_>], manifest: &Manifest) -> Result<(), Flaw> {
    let ends = [MANIFEST, SIGNATURE];
    let names = manifest.files.iter().map(|it| it.name.as_str()).chain(ends);
    for (place, listed) in names.enumerate() {
        let found = entries.get(place).map_or("nothing", |it| it.name);
        if listed != found {
            let (listed, found) = (listed.escape_default(), found.escape_default());
            return Err(Flaw::Listing { listed: listed.to_string(), found: found.to_string() });
        }
    }
    if let Some(more) = entries.get(manifest.files.len() + ends.len()) {
        let found = more.name.escape_default().to_string();
        return Err(Flaw::Listing { listed: "nothing more".to_owned(), found });
    }
    for (listed, entry) in manifest.files.iter().zip(entries) {
        if *listed != Listed::of(entry) {
            return Err(Flaw::Changed { file: listed.name.escape_default().to_string() });
        }
    }
    Ok(())
}

/// All three files speak of the same.
fn head(manifest: &Manifest, facts: &Facts, log: &LogFile) -> Result<(), Flaw> {
    let sheet = &facts.from_log.order;
    for (fits, what) in [
        (facts.format == manifest.format && log.format == manifest.format, "the format"),
        (facts.reader == manifest.reader, "the reader"),
        (facts.made_at == manifest.made_at, "the time"),
        (sheet.id == log.order, "the order"),
        (sheet.code == manifest.order && sheet.code == OrderId(log.order).code(), "the code"),
    ] {
        if !fits {
            return Err(Flaw::Head { what });
        }
    }
    Ok(())
}

/// Each row follows from the one before it, from the first on that has a link.
fn linked(log: &LogFile, manifest: &Manifest) -> Result<(), Flaw> {
    let mut previous = None;
    for (line, row) in log.rows.iter().zip(1..) {
        if line.row.order != log.order {
            return Err(Flaw::OtherOrder { row });
        }
        match line.link {
            Some(link) if line.row.after(&previous.unwrap_or(Hash::START)) == link => {
                previous = Some(link);
            }
            Some(_) => return Err(Flaw::Link { row }),
            None if previous.is_some() => return Err(Flaw::Unlinked { row }),
            None => {}
        }
    }
    let ends = manifest.log.rows == log.rows.len() && manifest.log.link == previous;
    ends.then_some(()).ok_or(Flaw::LogEnd)
}

/// Whoever makes a bundle up may have signed it, too: an order that is derived from times and amounts
/// like those of no order must not lead its arithmetic out of range.
fn possible(rows: &[Row]) -> Result<(), Flaw> {
    let mut away: i64 = 0;
    for (row, number) in rows.iter().zip(1..) {
        let entry = serde_json::from_str::<Value>(&row.entry);
        let entry = entry.map_err(|_quotes_it| Flaw::Impossible { row: number })?;
        away = away.saturating_add(entry["away_ms"].as_i64().unwrap_or(0).saturating_abs());
        let all = [(row.at > 0 && row.at < LATEST_MS), is_possible(&entry), away < LATEST_MS];
        if all.contains(&false) || row.version.unsigned_abs() > MOST {
            return Err(Flaw::Impossible { row: number });
        }
    }
    Ok(())
}

/// 2200-01-01.
const LATEST_MS: i64 = 7_258_118_400_000;
/// More than there is of any coin.
const MOST: u64 = 1 << 54;

fn is_possible(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(it) => it.as_i64().is_some_and(|it| it.unsigned_abs() <= MOST),
        Value::String(it) => {
            let moment = it.parse::<chrono::DateTime<chrono::Utc>>();
            moment.map_or(true, |it| (0..LATEST_MS).contains(&it.timestamp_millis()))
        }
        Value::Array(all) => all.iter().all(is_possible),
        Value::Object(all) => all.iter().all(|(key, it)| match (key.as_str(), it.as_i64()) {
            ("left_ms" | "away_ms", Some(ms)) => ms.unsigned_abs() < LATEST_MS as u64,
            _ => is_possible(it),
        }),
    }
}

/// The log has every message and every file as the bundle has it, and no other.
fn chat(rows: &[Row], facts: &Facts, manifest: &Manifest) -> Result<(), Flaw> {
    let mut lines: HashMap<_, _> = facts.chat.iter().map(|it| (it.id, it)).collect();
    let mut files: HashMap<_, _> = facts
        .chat
        .iter()
        .flat_map(|it| it.files.iter().map(move |file| (file.id, (it, file))))
        .collect();
    if lines.len() != facts.chat.len() {
        let twice =
            |it: &&ChatLine| facts.chat.iter().filter(|other| other.id == it.id).count() > 1;
        let id = facts.chat.iter().find(twice).map_or(0, |it| it.id.0);
        return Err(Flaw::Twice { id });
    }
    for row in rows {
        match serde_json::from_str(&row.entry) {
            Ok(log::Entry::Said { said, voice, purpose, held, digest }) => {
                let fits = lines.remove(&said).is_some_and(|it| {
                    let words = match &it.words {
                        Words::Open { text, salt } => {
                            let said = Said { salt: salt.clone(), text: text.clone() };
                            said.digest() == digest
                        }
                        Words::Withheld | Words::Erased => true,
                    };
                    words
                        && (it.author, it.purpose, it.held) == (voice, purpose, held)
                        && it.digest == digest
                        && row.moment().is_some_and(|at| it.at == at.into())
                });
                if !fits {
                    return Err(Flaw::Message { id: said.0 });
                }
            }
            Ok(log::Entry::Filed { filed, message, form, bytes, sha256 }) => {
                let fits = files.remove(&filed).is_some_and(|(line, it)| {
                    it.sha256 == Some(sha256)
                        && (line.id, it.form, it.bytes) == (message, form, bytes)
                        && match &it.content {
                            Keeping::Here { path } => manifest
                                .files
                                .iter()
                                .any(|listed| listed.name == *path && listed.sha256 == sha256),
                            Keeping::LeftOut => manifest
                                .left_out
                                .iter()
                                .any(|left| left.file == filed && left.sha256 == sha256),
                            Keeping::Withheld | Keeping::Erased => true,
                            Keeping::Awaited | Keeping::Lost => false,
                        }
                });
                if !fits {
                    return Err(Flaw::File { id: filed.0 });
                }
            }
            // What else a row may be is for the order to read.
            Ok(_) | Err(_) => {}
        }
    }
    if let Some(id) = lines.keys().min() {
        return Err(Flaw::Message { id: id.0 });
    }
    // Of the others nothing has come, so the log has nothing.
    let came = files.values().filter(|(_, it)| it.sha256.is_some()).map(|(_, it)| it.id).min();
    came.map_or(Ok(()), |id| Err(Flaw::File { id: id.0 }))
}

/// The order and its transfers, derived again. Returns whether they could be.
fn order(id: i64, rows: &[Row], facts: &Facts) -> Result<bool, Flaw> {
    let found = derive(OrderId(id), rows)
        .map_err(|(place, why)| Flaw::Row { row: (place + 1).min(rows.len().max(1)), why })?;
    for it in &facts.ledger {
        let units = it.units.to_string();
        let at = it.at_ms.to_string();
        let fields = [&*it.debit, &*it.credit, &*it.coin, &*units, &*it.kind, &*it.key, &*at];
        if chain(&it.before, &fields) != it.hash {
            return Err(Flaw::Posting { row: it.row });
        }
    }
    let Some(Derived { from_log, transfers }) = found else { return Ok(false) };
    if from_log != facts.from_log {
        return Err(Flaw::Order);
    }
    let posted = facts.ledger.iter().map(|it| {
        (
            it.debit.clone(),
            it.credit.clone(),
            it.coin.clone(),
            it.units,
            it.kind.clone(),
            it.key.clone(),
        )
    });
    let asked = transfers.iter().map(|it: &Transfer| {
        let (debit, credit) = (it.debit.to_string(), it.credit.to_string());
        let (coin, kind) = (it.coins.coin.code().to_owned(), it.kind.as_str().to_owned());
        (debit, credit, coin, it.coins.units, kind, it.key.clone())
    });
    posted.eq(asked).then_some(true).ok_or(Flaw::Ledger)
}

#[cfg(test)]
mod tests;
