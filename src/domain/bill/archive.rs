//! The zip that a merchant's bill comes in. What is inside is counted before it is believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Bill, BillError, LARGEST_UNPACKED, table, text};

/// No export has more files.
const MOST_FILES: usize = 16;

pub(super) fn is_one(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04") || file.starts_with(b"PK\x05\x06")
}

/// Reads the one bill inside. A summary (汇总) beside it is no bill, and neither is a readme.
pub(super) fn read(file: &[u8]) -> Result<Bill, BillError> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(BillError::TooLarge);
    }
    let mut left = LARGEST_UNPACKED;
    let mut found = None;
    for at in 0..archive.len() {
        // Raw, because only that opens one with a password far enough to see that it has one.
        let entry = archive.by_index_raw(at).map_err(broken)?;
        let (is_encrypted, is_csv) = (entry.encrypted(), is_csv(entry.name_raw()));
        drop(entry);
        if is_encrypted {
            return Err(BillError::Encrypted);
        }
        if !is_csv {
            continue;
        }
        let bytes = unpack(&mut archive, at, left)?;
        left -= bytes.len();
        match (table::read(&text::decode(&bytes)), &found) {
            (Err(BillError::NotABill), _) => {}
            (_, Some(_)) => return Err(BillError::SeveralBills),
            (bill, None) => found = Some(bill),
        }
    }
    found.unwrap_or(Err(BillError::NotABill))
}

/// At most `left` bytes, whatever the archive says of its sizes.
fn unpack(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    left: usize,
) -> Result<Vec<u8>, BillError> {
    let entry = archive.by_index(at).map_err(broken)?;
    let mut bytes = Vec::new();
    entry.take(left as u64 + 1).read_to_end(&mut bytes).map_err(|_why| BillError::BrokenArchive)?;
    if bytes.len() > left {
        return Err(BillError::TooLarge);
    }
    Ok(bytes)
}

/// Names are in any encoding; the ending is ASCII in all of them.
fn is_csv(name: &[u8]) -> bool {
    name.len().checked_sub(4).is_some_and(|at| name[at..].eq_ignore_ascii_case(b".csv"))
}

/// What the archive says of itself may quote its contents; a person hears that it is broken.
fn broken(_why: zip::result::ZipError) -> BillError {
    BillError::BrokenArchive
}
