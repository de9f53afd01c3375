//! `manifest.json`: what is in a bundle, so that one signature covers all of it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::archive::{self, Entry};
use super::facts::{FORMAT, Moment};
use super::signer::Signer;
use crate::domain::chat::{FileId, Voice};
use crate::domain::ledger::Hash;
use crate::secrets::Seal;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SIGNATURE: &str = "manifest.sig";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The order's code.
    pub order: String,
    pub reader: Voice,
    pub made_at: Moment,
    pub signer: Signer,
    pub log: LogEnd,
    /// Everything but this file and its signature, in the order of the zip.
    pub files: Vec<Listed>,
    /// What would have made the bundle too large for Telegram.
    pub left_out: Vec<LeftOut>,
}

/// How much of the order's log is in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd {
    pub rows: usize,
    /// Of the last row.
    pub link: Option<Hash>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub name: String,
    pub bytes: u64,
    pub sha256: Hash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub file: FileId,
    pub bytes: u64,
    pub sha256: Hash,
}

/// What a manifest says beside its files.
#[derive(Clone, Debug)]
pub struct Head {
    pub order: String,
    pub reader: Voice,
    pub made_at: Moment,
    pub log: LogEnd,
    pub left_out: Vec<LeftOut>,
}

impl Listed {
    pub(super) fn of(entry: &Entry<'_>) -> Self {
        let sha256 = Hash(Sha256::digest(entry.bytes).into());
        Self { name: entry.name.to_owned(), bytes: entry.bytes.len() as u64, sha256 }
    }
}

/// The zip of these files, with their manifest and its signature behind them.
///
/// # Errors
/// None that these values can cause: serde's word for it is passed on.
pub fn signed(seal: &Seal, head: Head, files: &[Entry<'_>]) -> Result<Vec<u8>, serde_json::Error> {
    let Head { order, reader, made_at, log, left_out } = head;
    let manifest = Manifest {
        format: FORMAT,
        order,
        reader,
        made_at,
        signer: Signer::of(seal),
        log,
        files: files.iter().map(Listed::of).collect(),
        left_out,
    };
    let manifest = serde_json::to_vec_pretty(&manifest)?;
    let signature = seal.sign(&manifest);
    let ends =
        [Entry { name: MANIFEST, bytes: &manifest }, Entry { name: SIGNATURE, bytes: &signature }];
    Ok(archive::write(&[files, &ends].concat()))
}
