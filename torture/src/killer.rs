//! Loaded before a program (`LD_PRELOAD`), it counts the syncs of the write-ahead log, which are the
//! program's commits, and kills the program just before or just after one of them, as `SIGKILL`
//! does: no handler runs, no buffer is flushed. The program itself has no switch for it.
//!
//! `TORTURE_KILL=before:7` dies when the seventh sync is asked for, `after:7` when it is done.
//! Built by `build.rs`, apart from the crate.

use std::ffi::{CStr, c_char, c_int, c_long, c_void};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

unsafe extern "C" {
    fn readlink(path: *const c_char, buffer: *mut c_char, size: usize) -> isize;
    fn kill(process: c_int, signal: c_int) -> c_int;
    fn getpid() -> c_int;
    fn pause() -> c_int;
    fn syscall(number: c_long, ...) -> c_long;
    fn getenv(name: *const c_char) -> *const c_char;
}

const SIGKILL: c_int = 9;

#[cfg(target_arch = "x86_64")]
const FSYNC: c_long = 74;
#[cfg(target_arch = "x86_64")]
const FDATASYNC: c_long = 75;
#[cfg(target_arch = "aarch64")]
const FSYNC: c_long = 82;
#[cfg(target_arch = "aarch64")]
const FDATASYNC: c_long = 83;

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Before,
    After,
}

static SYNCS: AtomicU64 = AtomicU64::new(0);
static PLAN: OnceLock<Option<(When, u64)>> = OnceLock::new();

/// What SQLite calls instead of the C library's.
#[unsafe(no_mangle)]
pub extern "C" fn fsync(file: c_int) -> c_int {
    sync(file, FSYNC)
}

/// As above.
#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(file: c_int) -> c_int {
    sync(file, FDATASYNC)
}

fn sync(file: c_int, call: c_long) -> c_int {
    let Some((when, which)) = PLAN.get_or_init(plan) else { return really(file, call) };
    let counted = is_log(file) && SYNCS.fetch_add(1, Ordering::Relaxed) + 1 == *which;
    if counted && *when == When::Before {
        die();
    }
    let done = really(file, call);
    if counted {
        die();
    }
    done
}

fn really(file: c_int, call: c_long) -> c_int {
    // SAFETY: both calls take a file descriptor and nothing else; a bad one is an error of theirs.
    unsafe { syscall(call, file) as c_int }
}

fn die() -> ! {
    loop {
        // SAFETY: neither touches memory of ours.
        unsafe {
            kill(getpid(), SIGKILL);
            pause();
        }
    }
}

fn is_log(file: c_int) -> bool {
    let link = format!("/proc/self/fd/{file}\0");
    let mut path = [0_u8; 4_096];
    // SAFETY: `link` ends with a zero, and `path` has as many bytes as is said.
    let length = unsafe {
        readlink(link.as_ptr().cast(), path.as_mut_ptr().cast::<c_void>().cast(), path.len())
    };
    usize::try_from(length).is_ok_and(|it| path[..it].ends_with(b"-wal"))
}

fn plan() -> Option<(When, u64)> {
    // SAFETY: the name ends with a zero, and nobody changes the environment of a program that runs.
    let text = unsafe {
        let text = getenv(c"TORTURE_KILL".as_ptr());
        if text.is_null() {
            return None;
        }
        CStr::from_ptr(text).to_str().ok()?
    };
    let (when, which) = text.split_once(':')?;
    let when = match when {
        "before" => When::Before,
        "after" => When::After,
        _ => return None,
    };
    Some((when, which.parse().ok()?))
}
