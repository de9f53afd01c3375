//! Everything that was ever worth keeping still holds. libFuzzer is not needed for this.

use std::fs;
use std::path::Path;

#[track_caller]
fn walk(target: &str, holds: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let files: Vec<_> = fs::read_dir(folder).expect("a kept corpus").collect();
    assert!(files.len() >= 5, "the corpus of {target} is gone");
    for file in files {
        let path = file.expect("an entry").path();
        println!("{}", path.display());
        holds(&fs::read(path).expect("a file of the corpus"));
    }
}

#[test]
fn typed_amounts() {
    walk("amount", fuzz::amount::holds);
}

#[test]
fn notifications() {
    walk("notification", fuzz::notification::holds);
}

#[test]
fn bills() {
    walk("bill", fuzz::bill::holds);
}

#[test]
fn bundles() {
    walk("bundle", fuzz::bundle::holds);
}

#[test]
fn buttons() {
    walk("press", fuzz::press::holds);
}
