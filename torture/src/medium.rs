//! One file as the disk has it: what was synced, and which sectors may or may not be there yet.
//!
//! Names and lengths are as a file system with a journal keeps them (ext4, xfs, btrfs): a file that
//! grows may have any length on the way, but a truncation takes place as a whole or not at all, and
//! what is written after it does not come before it.

use std::collections::BTreeSet;

use crate::Dice;

/// What a disk writes completely or not at all, in bytes.
pub const SECTOR: usize = 512;

#[derive(Clone, Debug, Default)]
pub(crate) struct Medium {
    /// As whoever reads it sees it.
    now: Vec<u8>,
    /// As it was when it was synced last.
    safe: Vec<u8>,
    /// Sectors that were written since, and are on the disk or are not.
    unsure: BTreeSet<usize>,
    /// The shortest that it was since, if it was truncated.
    shortest: Option<usize>,
    /// Whether the folder's entry is on the disk.
    named: bool,
    /// Deleted, but perhaps not yet on the disk.
    deleted: bool,
}

impl Medium {
    /// A file that has been there for long.
    pub(crate) fn settled(content: Vec<u8>) -> Self {
        Self { safe: content.clone(), now: content, named: true, ..Self::default() }
    }

    pub(crate) fn write(&mut self, at: usize, bytes: &[u8]) {
        let end = at + bytes.len();
        if self.now.len() < end {
            self.mark(self.now.len(), end);
            self.now.resize(end, 0);
        }
        self.now[at..end].copy_from_slice(bytes);
        self.mark(at, end);
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        if length < self.now.len() {
            self.shortest = Some(self.shortest.map_or(length, |it| it.min(length)));
        } else {
            self.mark(self.now.len(), length);
        }
        self.now.resize(length, 0);
    }

    pub(crate) fn sync(&mut self) {
        if let Some(shortest) = self.shortest.take() {
            self.safe.truncate(shortest);
        }
        self.safe.resize(self.now.len(), 0);
        for sector in std::mem::take(&mut self.unsure) {
            copy(&self.now, &mut self.safe, sector);
        }
        self.named = true;
    }

    /// A sync that failed, as Linux does it: what was to be written counts as written from now on,
    /// whoever asks, and is on the disk only if it is written anew.
    pub(crate) fn sync_in_vain(&mut self) {
        self.unsure.clear();
    }

    pub(crate) fn delete(&mut self, for_good: bool) {
        if for_good {
            *self = Self::default();
        }
        self.deleted = true;
        self.now.clear();
    }

    /// Opened, perhaps anew after it was deleted.
    pub(crate) fn open(&mut self) {
        if self.deleted {
            *self = Self::default();
        }
    }

    /// What is there after a power cut now; `None`: no such file.
    pub(crate) fn after_cut(&self, dice: &mut Dice) -> Option<Vec<u8>> {
        if self.deleted {
            return (self.named && dice.percent(50)).then(|| self.safe.clone());
        }
        if !self.named && dice.percent(50) {
            return None;
        }
        let mut content = self.safe.clone();
        // From almost nothing to almost all of it.
        let chance = [5, 50, 95][dice.within(0..3) as usize];
        let mut end = self.now.len();
        match self.shortest {
            // It was not truncated, and nothing has followed.
            Some(shortest) if dice.percent(50) => end = shortest,
            shortest => {
                content.truncate(shortest.unwrap_or(usize::MAX));
                let grown = (self.now.len() - content.len().min(self.now.len())) as u64;
                let added = match dice.within(0..3) {
                    0 => 0,
                    1 => grown,
                    _ => dice.within(0..grown + 1),
                };
                content.resize(content.len() + added as usize, 0);
            }
        }
        for sector in self.unsure.iter().filter(|it| *it * SECTOR < end) {
            if dice.percent(chance) {
                copy(&self.now[..end.min(self.now.len())], &mut content, *sector);
            }
        }
        Some(content)
    }

    fn mark(&mut self, from: usize, to: usize) {
        self.unsure.extend(from / SECTOR..to.div_ceil(SECTOR));
    }
}

/// As much of a sector as there is on both sides.
fn copy(from: &[u8], to: &mut [u8], sector: usize) {
    let start = sector * SECTOR;
    let end = (start + SECTOR).min(from.len()).min(to.len());
    if start < end {
        to[start..end].copy_from_slice(&from[start..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(medium: &Medium) -> Vec<Option<Vec<u8>>> {
        (0..200).map(|seed| medium.after_cut(&mut Dice::new(seed))).collect()
    }

    #[test]
    fn what_was_synced_survives_every_cut() {
        let mut medium = Medium::default();
        medium.write(0, &[1; 2_000]);
        medium.sync();
        assert!(cuts(&medium).iter().all(|it| it.as_deref() == Some(&[1; 2_000])));
    }

    #[test]
    fn what_was_not_synced_is_there_in_any_mixture_of_whole_sectors() {
        let mut medium = Medium::settled(vec![1; 3 * SECTOR]);
        medium.write(0, &[2; 3 * SECTOR]);
        let mut kinds = BTreeSet::new();
        for content in cuts(&medium).into_iter().flatten() {
            let sectors: Vec<u8> = content.chunks(SECTOR).map(|it| it[0]).collect();
            assert!(content.chunks(SECTOR).all(|it| it.iter().all(|byte| *byte == it[0])));
            kinds.insert(sectors);
        }
        assert_eq!(kinds.len(), 8, "{kinds:?}");
    }

    #[test]
    fn a_file_that_grew_has_any_length_in_between() {
        let mut medium = Medium::settled(vec![1; 100]);
        medium.write(100, &[2; 900]);
        let lengths: BTreeSet<_> = cuts(&medium).into_iter().flatten().map(|it| it.len()).collect();
        assert!(lengths.contains(&100) && lengths.contains(&1_000) && lengths.len() > 20);
    }

    #[test]
    fn a_truncation_takes_place_as_a_whole_or_not_at_all() {
        let old = vec![1; 4 * SECTOR];
        let mut medium = Medium::settled(old.clone());
        medium.truncate(0);
        medium.write(0, &[2; SECTOR]);
        let mut kinds = BTreeSet::new();
        for content in cuts(&medium).into_iter().flatten() {
            assert!(content == old || content.len() <= SECTOR && !content.contains(&1));
            kinds.insert(content);
        }
        assert!(
            kinds.contains(&old) && kinds.contains(&vec![2; SECTOR]) && kinds.contains(&vec![])
        );
        medium.sync();
        assert!(cuts(&medium).iter().all(|it| it.as_deref() == Some(&[2; SECTOR])));
    }

    #[test]
    fn after_a_sync_that_failed_only_what_is_written_anew_is_kept() {
        let mut medium = Medium::settled(vec![1; 2 * SECTOR]);
        medium.write(0, &[2; 2 * SECTOR]);
        medium.sync_in_vain();
        medium.write(SECTOR, &[3; SECTOR]);
        medium.sync();
        let kept = [[1; SECTOR], [3; SECTOR]].concat();
        assert!(cuts(&medium).iter().all(|it| it.as_ref() == Some(&kept)));
    }

    #[test]
    fn a_deleted_file_may_come_back() {
        let mut medium = Medium::settled(vec![1; 10]);
        medium.delete(false);
        let back = cuts(&medium).iter().filter(|it| it.is_some()).count();
        assert!((50..150).contains(&back), "{back}");
        medium.delete(true);
        assert!(cuts(&medium).iter().all(Option::is_none));
    }
}
