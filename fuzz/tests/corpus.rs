//! Everything that was ever worth keeping still holds. libFuzzer is not needed for this.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn what_was_kept_still_holds() {
    for (target, holds) in fuzz::TARGETS {
        let files: Vec<_> = fs::read_dir(corpus().join(target)).expect("a kept corpus").collect();
        assert!(files.len() >= 5, "the corpus of {target} is gone");
        for file in files {
            let path = file.expect("an entry").path();
            println!("{}", path.display());
            holds(&fs::read(path).expect("a file of the corpus"));
        }
    }
}

#[test]
fn every_folder_of_the_corpus_is_a_target() {
    let entries = fs::read_dir(corpus()).expect("the corpus").map(|it| it.expect("an entry"));
    let folders = entries.filter(|it| it.path().is_dir()).map(|it| it.file_name());
    let names: BTreeSet<_> = folders.map(|it| it.into_string().expect("a name of ours")).collect();
    assert_eq!(names, fuzz::TARGETS.map(|(name, _)| name.to_owned()).into());
}
