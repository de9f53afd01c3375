//! The VFS: SQLite's calls, told to the [`Disk`] below the file and passed on to the system's own
//! VFS.
//!
//! Each open file of ours is followed in memory by the one of the system's VFS, in the room that
//! SQLite has given for both.

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::OnceLock;

use libsqlite3_sys as sqlite;
use libsqlite3_sys::{sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};

use crate::Disk;
use crate::disk::Failed;

/// Makes the VFS the default of this process, once. Files outside of every [`Disk`]'s folder are not
/// touched by it.
///
/// # Panics
/// When SQLite does not take it.
pub fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        // SAFETY: no name asks for the default, which SQLite keeps for ever.
        let system = unsafe { sqlite::sqlite3_vfs_find(std::ptr::null()) };
        assert!(!system.is_null(), "SQLite has no VFS");
        // SAFETY: it is a valid VFS, and only copied: what is not ours goes straight to it, with
        // itself as its first argument where that matters.
        let mut vfs = unsafe { std::ptr::read(system) };
        let ours = c_int::try_from(size_of::<File>()).expect("a few words");
        vfs.szOsFile += ours;
        vfs.zName = c"torture".as_ptr();
        vfs.pNext = std::ptr::null_mut();
        // Most of the system's functions look at this, and none at the rest.
        SYSTEM.get_or_init(|| System(system));
        vfs.xOpen = Some(open);
        vfs.xDelete = Some(delete);
        // SAFETY: it lives for ever, as SQLite wants it.
        let taken = unsafe { sqlite::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 1) };
        assert_eq!(taken, sqlite::SQLITE_OK, "SQLite does not take another VFS");
    });
}

/// The VFS of the system.
struct System(*mut sqlite3_vfs);

// SAFETY: SQLite itself shares it between threads, and nobody writes to it.
unsafe impl Send for System {}
// SAFETY: as above.
unsafe impl Sync for System {}

static SYSTEM: OnceLock<System> = OnceLock::new();

fn system() -> *mut sqlite3_vfs {
    SYSTEM.get().map_or(std::ptr::null_mut(), |it| it.0)
}

/// An open file, with the system's right behind it.
#[repr(C)]
struct File {
    methods: *const sqlite3_io_methods,
    /// `None`: not watched.
    watched: *mut Watched,
}

struct Watched {
    disk: Disk,
    name: String,
}

/// The system's file behind ours.
///
/// # Safety
/// `file` was opened by [`open`].
unsafe fn behind(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite has given `szOsFile` bytes, of which `File` takes the first.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// What is watched about it.
///
/// # Safety
/// `file` was opened by [`open`] and not closed since.
unsafe fn watched<'a>(file: *mut sqlite3_file) -> Option<&'a Watched> {
    // SAFETY: null, or a box that only `close` takes away.
    unsafe { (*file.cast::<File>()).watched.as_ref() }
}

/// Calls a method of the system's file.
macro_rules! pass_on {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        // SAFETY: SQLite calls methods of open files only, and the system's has all of version 2.
        unsafe {
            let inner = behind($file);
            match (*(*inner).pMethods).$method {
                Some(method) => method(inner $(, $argument)*),
                None => sqlite::SQLITE_IOERR,
            }
        }
    }};
}

/// A method that only passes on.
macro_rules! passes_on {
    ($name:ident, $method:ident $(, $argument:ident: $type:ty)*) => {
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $type)*) -> c_int {
            pass_on!(file, $method $(, $argument)*)
        }
    };
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: sqlite::sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let ours = file.cast::<File>();
    // SAFETY: SQLite gives room for both files; one without methods is not closed.
    unsafe { ours.write(File { methods: std::ptr::null(), watched: std::ptr::null_mut() }) };
    let found = if name.is_null() {
        None
    } else {
        // SAFETY: a name that is there ends with a zero, and is a full path.
        Disk::of(Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes())))
    };
    if let Some((disk, name)) = &found
        && let Err(failed) = disk.open(name)
    {
        return code_of(failed);
    }
    let system = system();
    // SAFETY: it is a valid VFS, and its file has its room behind ours.
    let opened = unsafe {
        match (*system).xOpen {
            Some(open) => open(system, name, behind(file), flags, out),
            None => sqlite::SQLITE_CANTOPEN,
        }
    };
    if opened != sqlite::SQLITE_OK {
        return opened;
    }
    let watched = found.map_or(std::ptr::null_mut(), |(disk, name)| {
        Box::into_raw(Box::new(Watched { disk, name }))
    });
    // SAFETY: as above.
    unsafe { ours.write(File { methods: &raw const METHODS, watched }) };
    opened
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    let system = system();
    // SAFETY: it is a valid VFS; a name to delete is there and ends with a zero.
    let (deleted, path) = unsafe {
        let deleted = match (*system).xDelete {
            Some(delete) => delete(system, name, sync_folder),
            None => sqlite::SQLITE_IOERR_DELETE,
        };
        (deleted, Path::new(OsStr::from_bytes(CStr::from_ptr(name).to_bytes())))
    };
    if deleted == sqlite::SQLITE_OK
        && let Some((disk, name)) = Disk::of(path)
    {
        disk.delete(&name, sync_folder != 0);
    }
    deleted
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    let closed = pass_on!(file, xClose);
    // SAFETY: it was made by `open`, and SQLite closes a file once.
    unsafe {
        let ours = file.cast::<File>();
        let watched = std::mem::replace(&mut (*ours).watched, std::ptr::null_mut());
        if !watched.is_null() {
            drop(Box::from_raw(watched));
        }
    }
    closed
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    to: *mut c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite reads from open files only.
    if let Some(it) = unsafe { watched(file) }
        && let Err(failed) = it.disk.read()
    {
        return code_of(failed);
    }
    pass_on!(file, xRead, to, bytes, at)
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite writes to open files only.
    if let Some(it) = unsafe { watched(file) } {
        let (length, start) = (position(bytes.into()), position(at));
        // SAFETY: SQLite says how many bytes there are.
        let content = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length) };
        match it.disk.write(&it.name, start, content) {
            Ok(()) => {}
            Err(Failed::With(code)) => return code,
            Err(Failed::After { bytes, code }) => {
                let taken = c_int::try_from(bytes).unwrap_or(0);
                let written = pass_on!(file, xWrite, from, taken, at);
                return if written == sqlite::SQLITE_OK { code } else { written };
            }
        }
    }
    pass_on!(file, xWrite, from, bytes, at)
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    // SAFETY: SQLite truncates open files only.
    if let Some(it) = unsafe { watched(file) }
        && let Err(failed) = it.disk.truncate(&it.name, position(length))
    {
        return code_of(failed);
    }
    pass_on!(file, xTruncate, length)
}

/// What is synced here lies on real files only for as long as a test runs: the model is enough.
unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite syncs open files only.
    match unsafe { watched(file) } {
        Some(it) => it.disk.sync(&it.name).map_or_else(code_of, |()| sqlite::SQLITE_OK),
        None => pass_on!(file, xSync, flags),
    }
}

passes_on!(file_size, xFileSize, size: *mut sqlite3_int64);
passes_on!(lock, xLock, level: c_int);
passes_on!(unlock, xUnlock, level: c_int);
passes_on!(check_reserved_lock, xCheckReservedLock, reserved: *mut c_int);
passes_on!(file_control, xFileControl, what: c_int, argument: *mut c_void);
passes_on!(sector_size, xSectorSize);
passes_on!(device_characteristics, xDeviceCharacteristics);
passes_on!(shm_map, xShmMap, page: c_int, size: c_int, extend: c_int, to: *mut *mut c_void);
passes_on!(shm_lock, xShmLock, offset: c_int, locks: c_int, flags: c_int);
passes_on!(shm_unmap, xShmUnmap, delete: c_int);

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: as in `pass_on`.
    unsafe {
        let inner = behind(file);
        if let Some(barrier) = (*(*inner).pMethods).xShmBarrier {
            barrier(inner);
        }
    }
}

/// Version 2: nothing is mapped into memory past us.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

fn code_of(failed: Failed) -> c_int {
    match failed {
        Failed::With(code) | Failed::After { code, .. } => code,
    }
}

/// SQLite's sizes and offsets are never negative.
fn position(it: sqlite3_int64) -> usize {
    usize::try_from(it).unwrap_or(0)
}
