//! What the program says of itself: to standard error, for people or for machines.

use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// Unless `RUST_LOG` says otherwise.
const DEFAULT: &str = "info,sqlx=warn,hyper=warn,reqwest=warn";

/// Starts the log, teloxide's lines included.
pub fn start(as_json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is there already, as in tests, is kept.
    let _ = if as_json { log.json().finish().try_init() } else { log.finish().try_init() };
    panic::set_hook(Box::new(note_panic));
}

/// A panic's text may quote what somebody wrote, unless it stands in the program as it is.
fn note_panic(panic: &panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic.payload().downcast_ref::<&'static str>().copied();
    tracing::error!(place, text = text.unwrap_or("(not shown)"), "a panic");
}
