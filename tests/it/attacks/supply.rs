//! What we are built of.

use std::collections::BTreeMap;
use std::fs;

use super::Tried;

/// Everything comes from crates.io with its checksum, there is one SQLite and no second TLS, and none
/// of our programs has a line of unsafe code: what has some, for tests, is in none of them. (Known holes are looked up with `cargo deny`, which needs
/// the network.)
pub(crate) async fn dependencies() -> Tried {
    let mut tried = Tried::default();
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|it| it.strip_prefix(&format!("{name} = \"")));
            line.map(|it| it.trim_end_matches('"').to_owned())
        };
        let name = field("name").unwrap();
        let ours = ["fangbi", "playground", "fuzz", "load", "torture"].contains(&name.as_str());
        let source = field("source");
        let from_crates =
            source.as_deref() == Some("registry+https://github.com/rust-lang/crates.io-index");
        let sound =
            if ours { source.is_none() } else { from_crates && field("checksum").is_some() };
        tried.note(!sound, || format!("{name} is from {source:?}"));
        versions.entry(name).or_default().push(field("version").unwrap());
    }
    let sqlite = versions.get("libsqlite3-sys");
    let one = sqlite.is_some_and(|it| it.len() == 1 && it[0].starts_with("0.37."));
    tried.note(!one, || format!("SQLite: {sqlite:?}"));
    for banned in ["openssl", "openssl-sys", "native-tls", "git2"] {
        tried.note(versions.contains_key(banned), || format!("{banned} has come in"));
    }
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    tried.note(!manifest.contains("unsafe_code = \"forbid\""), || "unsafe is allowed".to_owned());
    for member in ["Cargo.toml", "playground/Cargo.toml", "fuzz/Cargo.toml", "load/Cargo.toml"] {
        let manifest = fs::read_to_string(member).unwrap();
        let of_programs = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        tried.note(of_programs.contains("\ntorture"), || format!("{member} has unsafe code"));
        let keeps = manifest.contains("[lints]\nworkspace = true");
        tried.note(!keeps, || format!("{member} keeps none of our lints"));
    }
    tried
}
