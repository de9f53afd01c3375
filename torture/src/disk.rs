//! A disk that can lose its power and make trouble, below one folder.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};

use libsqlite3_sys as sqlite;

use crate::Dice;
use crate::medium::Medium;

/// What lies under this folder's databases. Cloning gives another handle; when the last one is
/// gone, and the last file closed, the folder is an ordinary one again.
#[derive(Clone)]
pub struct Disk(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    media: BTreeMap<String, Medium>,
    syncs: Syncs,
    cut: Option<Cut>,
    strike: Option<Strike>,
    struck: u64,
}

/// Which syncs the disk carries out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syncs {
    /// Each.
    #[default]
    All,
    /// Of the write-ahead log only before a checkpoint: just what SQLite does with
    /// `synchronous=NORMAL`, to see whether a loss is found.
    OfCheckpoints,
}

/// Goes off once, at a change of the disk.
struct Cut {
    in_changes: u64,
    dice: Dice,
    see: Box<dyn FnOnce(Image) + Send>,
}

/// What is on the disk after a power cut: the databases' files by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image(BTreeMap<String, Vec<u8>>);

impl Image {
    /// Writes the files into a folder that is there.
    ///
    /// # Errors
    /// Those of the real disk.
    pub fn write_to(&self, folder: &Path) -> io::Result<()> {
        self.0.iter().try_for_each(|(name, content)| std::fs::write(folder.join(name), content))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No space is left: a write takes nothing.
    Full,
    /// A write takes half of what it was given, and no space is left.
    Short,
    /// Reading and writing fail.
    Broken,
    /// What was written does not reach the disk.
    Unsynced,
}

impl Trouble {
    pub const ALL: [Self; 4] = [Self::Full, Self::Short, Self::Broken, Self::Unsynced];
}

struct Strike {
    trouble: Trouble,
    /// Calls that still succeed…
    after: u64,
    /// …and then fail.
    times: u64,
}

/// What SQLite asks of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Open,
    Read,
    Write,
    Truncate,
    Sync,
}

/// How a call ends before it has reached the file.
pub(crate) enum Failed {
    /// With SQLite's code, and nothing was done.
    With(i32),
    /// So many bytes are written before it fails.
    After { bytes: usize, code: i32 },
}

static DISKS: LazyLock<Mutex<HashMap<PathBuf, Weak<Inner>>>> = LazyLock::new(Mutex::default);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    /// Puts a disk under a folder. What is in it has been there for long; nobody has it open.
    /// [`crate::install`] comes first.
    ///
    /// # Errors
    /// Those of reading the folder.
    pub fn under(folder: &Path) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        let mut media = BTreeMap::new();
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_watched(&name) {
                media.insert(name, Medium::settled(std::fs::read(entry.path())?));
            }
        }
        let state = Mutex::new(State { media, ..State::default() });
        let disk = Self(Arc::new(Inner { state }));
        let mut disks = locked(&DISKS);
        disks.retain(|_, it| it.strong_count() > 0);
        disks.insert(folder, Arc::downgrade(&disk.0));
        Ok(disk)
    }

    /// The disk under a file, and the file's name on it.
    pub(crate) fn of(file: &Path) -> Option<(Self, String)> {
        let name = file.file_name()?.to_str().filter(|it| is_watched(it))?;
        let disk = locked(&DISKS).get(file.parent()?)?.upgrade()?;
        Some((Self(disk), name.to_owned()))
    }

    /// From now on only these syncs are carried out.
    pub fn carries_out(&self, syncs: Syncs) {
        locked(&self.0.state).syncs = syncs;
    }

    /// The power fails after so many more changes (writes, truncations, both sides of syncs). What
    /// is on the disk then is given away while the disk stands still; the program goes on as if
    /// nothing had happened, and may be left alone.
    pub fn loses_power(
        &self,
        in_changes: u64,
        dice: Dice,
        see: impl FnOnce(Image) + Send + 'static,
    ) {
        locked(&self.0.state).cut = Some(Cut { in_changes, dice, see: Box::new(see) });
    }

    /// What a power cut would leave now.
    pub fn image(&self, mut dice: Dice) -> Image {
        locked(&self.0.state).image(&mut dice)
    }

    /// After so many more calls that it concerns, this trouble meets that many of them. It takes the
    /// place of one that was to come or is there.
    pub fn makes(&self, trouble: Trouble, after: u64, times: u64) {
        locked(&self.0.state).strike = Some(Strike { trouble, after, times });
    }

    /// There is no trouble any more.
    pub fn mends(&self) {
        locked(&self.0.state).strike = None;
    }

    /// How many calls have failed.
    pub fn struck(&self) -> u64 {
        locked(&self.0.state).struck
    }

    pub(crate) fn open(&self, name: &str) -> Result<(), Failed> {
        let mut state = locked(&self.0.state);
        state.meets(Call::Open, 0)?;
        state.media.entry(name.to_owned()).or_default().open();
        Ok(())
    }

    pub(crate) fn read(&self) -> Result<(), Failed> {
        locked(&self.0.state).meets(Call::Read, 0)
    }

    pub(crate) fn write(&self, name: &str, at: usize, bytes: &[u8]) -> Result<(), Failed> {
        let mut state = locked(&self.0.state);
        state.changes();
        if state.syncs == Syncs::OfCheckpoints && !is_log(name) {
            state.media.iter_mut().filter(|it| is_log(it.0)).for_each(|it| it.1.sync());
        }
        let met = state.meets(Call::Write, bytes.len());
        let written = match &met {
            Ok(()) => bytes,
            Err(Failed::After { bytes: taken, .. }) => &bytes[..*taken],
            Err(Failed::With(_)) => return met,
        };
        state.medium(name).write(at, written);
        met
    }

    pub(crate) fn truncate(&self, name: &str, length: usize) -> Result<(), Failed> {
        let mut state = locked(&self.0.state);
        state.changes();
        state.meets(Call::Truncate, 0)?;
        state.medium(name).truncate(length);
        Ok(())
    }

    pub(crate) fn sync(&self, name: &str) -> Result<(), Failed> {
        let mut state = locked(&self.0.state);
        state.changes();
        if let Err(failed) = state.meets(Call::Sync, 0) {
            state.medium(name).sync_in_vain();
            return Err(failed);
        }
        match state.syncs {
            Syncs::OfCheckpoints if is_log(name) => {}
            Syncs::All | Syncs::OfCheckpoints => state.medium(name).sync(),
        }
        state.changes();
        Ok(())
    }

    pub(crate) fn delete(&self, name: &str, for_good: bool) {
        let mut state = locked(&self.0.state);
        state.changes();
        state.medium(name).delete(for_good);
    }
}

impl State {
    fn medium(&mut self, name: &str) -> &mut Medium {
        self.media.entry(name.to_owned()).or_default()
    }

    /// Something is about to change, or has just become safe.
    fn changes(&mut self) {
        match &mut self.cut {
            Some(cut) if cut.in_changes > 0 => cut.in_changes -= 1,
            Some(_) => {
                if let Some(mut cut) = self.cut.take() {
                    (cut.see)(self.image(&mut cut.dice));
                }
            }
            None => {}
        }
    }

    fn image(&self, dice: &mut Dice) -> Image {
        let left =
            |(name, medium): (&String, &Medium)| Some((name.clone(), medium.after_cut(dice)?));
        Image(self.media.iter().filter_map(left).collect())
    }

    fn meets(&mut self, call: Call, bytes: usize) -> Result<(), Failed> {
        let Some(strike) = &mut self.strike else { return Ok(()) };
        let Some(failed) = strike.trouble.fails(call, bytes) else { return Ok(()) };
        if strike.after > 0 {
            strike.after -= 1;
            return Ok(());
        }
        strike.times -= 1;
        if strike.times == 0 {
            self.strike = None;
        }
        self.struck += 1;
        Err(failed)
    }
}

impl Trouble {
    /// As SQLite's own VFS says it.
    fn fails(self, call: Call, bytes: usize) -> Option<Failed> {
        let code = match (self, call) {
            (Self::Full, Call::Write) => sqlite::SQLITE_FULL,
            (Self::Short, Call::Write) => {
                return Some(Failed::After { bytes: bytes / 2, code: sqlite::SQLITE_FULL });
            }
            (Self::Broken, Call::Open) => sqlite::SQLITE_CANTOPEN,
            (Self::Broken, Call::Read) => sqlite::SQLITE_IOERR_READ,
            (Self::Broken, Call::Write) => sqlite::SQLITE_IOERR_WRITE,
            (Self::Broken, Call::Truncate) => sqlite::SQLITE_IOERR_TRUNCATE,
            (Self::Unsynced, Call::Sync) => sqlite::SQLITE_IOERR_FSYNC,
            (Self::Full | Self::Short, Call::Open | Call::Read | Call::Truncate | Call::Sync)
            | (Self::Broken, Call::Sync)
            | (Self::Unsynced, Call::Open | Call::Read | Call::Write | Call::Truncate) => {
                return None;
            }
        };
        Some(Failed::With(code))
    }
}

fn is_watched(name: &str) -> bool {
    name.ends_with(".db") || is_log(name)
}

fn is_log(name: &str) -> bool {
    name.ends_with(".db-wal")
}
