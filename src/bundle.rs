//! The evidence bundle: everything that is known of one order, for one reader, in a zip that can be
//! handed to the police, a bank or a lawyer, and checked by anybody without us.
//!
//! It states facts: what was recorded, and when. docs/evidence.md has the format.

mod archive;
mod collect;
pub mod facts;
pub(crate) mod freeze;
mod from_log;
pub mod manifest;
mod page;
pub mod signer;
mod timeline;
pub mod verify;

pub use archive::Entry;
pub use collect::{Collected, Desk, collect, voice_of};

use facts::LogFile;
use manifest::{Head, LeftOut, Listed, LogEnd, signed};
use signer::Signer;

use crate::language::Language;
use crate::secrets::Seal;

/// What is in every bundle.
const FACTS: &str = "bundle.json";
const LOG: &str = "log.json";
const KEY: &str = "signer.pem";

/// A bundle as it is sent.
pub struct Bundle {
    pub zip: Vec<u8>,
    /// Files that would have made it too large.
    pub left_out: usize,
}

/// Writes the pages, and puts all of it together under the desk's signature. A few seconds for the
/// largest.
///
/// # Errors
/// None that collected facts can cause: serde's word for it is passed on.
pub fn make(seal: &Seal, collected: &Collected) -> Result<Bundle, serde_json::Error> {
    let Collected { facts, rows, files } = collected;
    let signer = Signer::of(seal);
    let named = |(path, bytes): &'_ (String, Vec<u8>)| Listed::of(&Entry { name: path, bytes });
    let listed: Vec<Listed> = files.iter().map(named).collect();
    let source = timeline::Source { facts, rows, files: &listed, signer: signer.fingerprint() };
    let log = LogFile { format: facts.format, order: facts.from_log.order.id, rows: rows.clone() };

    let mut all = vec![
        (FACTS.to_owned(), serde_json::to_vec_pretty(facts)?),
        (LOG.to_owned(), serde_json::to_vec_pretty(&log)?),
        (KEY.to_owned(), signer.pem().into_bytes()),
    ];
    for language in Language::ALL {
        let tag = language.tag();
        let timeline = timeline::page(language, &source);
        all.push((format!("timeline.{tag}.html"), timeline.into_bytes()));
        all.push((format!("freeze.{tag}.html"), freeze::page(language, facts).into_bytes()));
    }
    let made = all.iter().map(|(name, bytes)| Entry { name, bytes });
    let kept = files.iter().map(|(path, bytes)| Entry { name: path, bytes });
    let entries: Vec<Entry<'_>> = made.chain(kept).collect();

    let left_out: Vec<LeftOut> = collected.left_out();
    let count = left_out.len();
    let head = Head {
        order: facts.from_log.order.code.clone(),
        reader: facts.reader,
        made_at: facts.made_at.clone(),
        log: LogEnd { rows: rows.len(), link: rows.last().and_then(|it| it.link) },
        left_out,
    };
    Ok(Bundle { zip: signed(seal, head, &entries)?, left_out: count })
}
