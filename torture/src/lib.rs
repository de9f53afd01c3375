//! What a machine does to a database on a bad day, for tests: the power fails, the disk is full or
//! broken, and the process is killed at a chosen commit.
//!
//! Neither the program nor SQLite has a switch for any of it. [`Disk`] is a VFS of SQLite, which
//! [`install`] makes the default of the process: everything goes on to real files, and beside that
//! it is remembered what was synced. [`killer`] is a library that a program is started with.

mod dice;
mod disk;
mod medium;
mod vfs;

use std::path::Path;

pub use dice::Dice;
pub use disk::{Disk, Image, Syncs, Trouble};
pub use medium::SECTOR;
pub use vfs::install;

/// The library that kills a program at a chosen sync of its write-ahead log: to be named in
/// `LD_PRELOAD`, with `TORTURE_KILL=before:7` or `after:7`.
pub fn killer() -> &'static Path {
    Path::new(env!("TORTURE_KILLER"))
}
