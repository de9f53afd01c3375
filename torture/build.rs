//! Builds the library that kills a program at a chosen sync: `LD_PRELOAD` takes a shared library,
//! and what is linked into a test must not have its own `fsync`.

use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=src/killer.rs");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where to"));
    let library = folder.join("libkiller.so");
    let rustc = std::env::var_os("RUSTC").expect("cargo says which compiler");
    let built = Command::new(rustc)
        .args(["--edition=2024", "--crate-type=cdylib", "--crate-name=killer", "-Cpanic=abort"])
        .args(["-Copt-level=1", "-Dwarnings", "src/killer.rs", "-o"])
        .arg(&library)
        .status()
        .expect("the compiler that builds this runs");
    assert!(built.success(), "src/killer.rs cannot be built");
    println!("cargo::rustc-env=TORTURE_KILLER={}", library.display());
}
