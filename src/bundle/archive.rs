//! The zip of a bundle, byte for byte as the format says: entries in their order, stored as they are,
//! without times, attributes or comments. Reading writes it again and compares, so not one byte can
//! be changed, added or hidden.
//!
//! It is written out here because its bytes are part of the format: a bundle of today has to be
//! found unchanged by a program of later years, whatever a library would write by then.

/// What begins each part of a zip, as its specification (PKWARE's APPNOTE) has it.
const LOCAL: u32 = 0x0403_4B50;
const CENTRAL: u32 = 0x0201_4B50;
const END: u32 = 0x0605_4B50;
/// 1.0: nothing but stored files is needed to read it.
const VERSION: u16 = 10;
/// 1980-01-01, the first day that a zip knows.
const DAY: u16 = 0x21;
/// What stands before the name of an entry.
const HEADER: usize = 30;

/// A file in a bundle.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Of ASCII letters, digits, `.`, `-` and `/`.
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// Where a file stops being what [`write()`] writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// From this byte on.
    At(usize),
    /// The content of this one is not what its checksum was made of.
    Checksum(String),
}

/// Writes the entries. All in all they have to stay below 4 GB and 65,536 entries, as they do by far.
pub(super) fn write(entries: &[Entry<'_>]) -> Vec<u8> {
    let size: usize = entries.iter().map(|it| it.bytes.len() + 2 * it.name.len() + 100).sum();
    let (mut zip, mut directory) = (Vec::with_capacity(size + 22), Vec::new());
    for entry in entries {
        let offset = narrow(zip.len());
        let crc = crc32fast::hash(entry.bytes);
        zip.extend(LOCAL.to_le_bytes());
        about(&mut zip, entry, crc);
        zip.extend(entry.name.as_bytes());
        zip.extend(entry.bytes);

        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        about(&mut directory, entry, crc);
        // Comment, disk, attributes: none.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let (start, count) = (narrow(zip.len()), entries.len() as u16);
    zip.extend(&directory);
    zip.extend(END.to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(narrow(directory.len()).to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

/// What both headers of an entry say of it.
fn about(zip: &mut Vec<u8>, entry: &Entry<'_>, crc: u32) {
    let size = narrow(entry.bytes.len());
    zip.extend(VERSION.to_le_bytes());
    // No flags, stored, midnight.
    zip.extend([0; 6]);
    zip.extend(DAY.to_le_bytes());
    zip.extend(crc.to_le_bytes());
    zip.extend(size.to_le_bytes());
    zip.extend(size.to_le_bytes());
    zip.extend((entry.name.len() as u16).to_le_bytes());
    zip.extend([0; 2]);
}

fn narrow(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

/// Whether this begins as a zip does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL.to_le_bytes())
}

/// Reads what [`write()`] has written, and nothing else.
pub(super) fn read(zip: &[u8]) -> Result<Vec<Entry<'_>>, Broken> {
    let (mut entries, mut at) = (Vec::new(), 0);
    while is_zip(&zip[at..]) {
        let header = zip.get(at..at + HEADER).ok_or(Broken::At(at))?;
        let number = |from: usize| {
            let bytes = header.get(from..from + 4).and_then(|it| it.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes) as usize
        };
        let (crc, size, length) = (number(14), number(22), number(26) & 0xFFFF);
        let named = at + HEADER;
        let stored = named + length;
        let name = zip.get(named..stored).and_then(|it| std::str::from_utf8(it).ok());
        let name = name.ok_or(Broken::At(named))?;
        let bytes = zip.get(stored..stored.saturating_add(size)).ok_or(Broken::At(at))?;
        if crc32fast::hash(bytes) as usize != crc {
            return Err(Broken::Checksum(name.escape_default().to_string()));
        }
        entries.push(Entry { name, bytes });
        at = stored + size;
    }
    let again = write(&entries);
    if again == zip {
        return Ok(entries);
    }
    let same = again.iter().zip(zip).take_while(|(one, other)| one == other).count();
    Err(Broken::At(same))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use proptest::prelude::*;

    use super::*;

    fn sample() -> Vec<u8> {
        write(&[
            Entry { name: "a.json", bytes: b"{}" },
            Entry { name: "files/001-photo.jpg", bytes: &[0xFF; 300] },
            Entry { name: "empty", bytes: b"" },
        ])
    }

    #[test]
    fn any_program_reads_it() {
        let mut zip = zip::ZipArchive::new(Cursor::new(sample())).unwrap();
        assert_eq!(zip.len(), 3);
        let mut photo = Vec::new();
        zip.by_name("files/001-photo.jpg").unwrap().read_to_end(&mut photo).unwrap();
        assert_eq!(photo, [0xFF; 300]);
    }

    #[test]
    fn what_was_written_is_read_again() {
        let zip = sample();
        let entries = read(&zip).unwrap();
        let names: Vec<_> = entries.iter().map(|it| it.name).collect();
        assert_eq!(names, ["a.json", "files/001-photo.jpg", "empty"]);
        assert_eq!(write(&entries), zip);
    }

    #[test]
    fn not_one_bit_of_it_can_be_changed() {
        let zip = sample();
        for at in 0..zip.len() {
            for bit in 0..8 {
                let mut changed = zip.clone();
                changed[at] ^= 1 << bit;
                // Names and contents are for the manifest to guard.
                let read = read(&changed).map(|it| write(&it));
                assert!(read.is_err() || read.is_ok_and(|it| it == changed && it != zip), "{at}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in any::<Vec<u8>>(), cut in 0_usize..800) {
            let _ = read(&bytes);
            let mut zip = sample();
            zip.truncate(cut);
            zip.extend(bytes);
            let _ = read(&zip);
        }
    }
}
