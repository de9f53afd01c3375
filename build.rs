//! Makes one typed function of each message in `locales/`, and builds again when a migration is
//! added: `sqlx::migrate!` alone would not notice a new file.
//!
//! A message that another language lacks, or writes with other arguments, gets no function; it
//! stops the build where it is used, and `tests/locales.rs` says which it is.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=migrations");
    let Some(out) = env::var_os("OUT_DIR") else { return ExitCode::FAILURE };
    let file = |name| Path::new(&out).join(name).display().to_string();
    let options = BuildOptions::default()
        .with_prefix("")
        .with_lint_level(LintLevel::Strict)
        .with_output_file_path(&file("l10n.rs"))
        .with_ftl_output(FtlOutputOptions::single_file(&file("words.ftl")))
        .without_format()
        .without_bidi_isolation();
    build_from_locales_folder(options)
}
