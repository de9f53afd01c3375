//! The papers name the buttons, settings and tests that there are.

use std::fs;
use std::path::{Path, PathBuf};

use fangbi::config;

fn read(file: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between two marks, wherever it stands.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| Some(rest.split_once(close)?.0))
}

/// Whether `said` is this label, with anything in the place of its arguments.
fn is_label(said: &str, label: &str) -> bool {
    let mut pieces = label.split('{').map(|it| it.split_once('}').map_or(it, |(_, rest)| rest));
    let Some(mut rest) = pieces.next().and_then(|first| said.strip_prefix(first)) else {
        return false;
    };
    for piece in pieces {
        let Some(at) = rest.rfind(piece).filter(|at| *at > 0) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty()
}

#[test]
fn a_label_is_known_with_its_arguments() {
    assert!(is_label("Yes, release 100 USDT", "Yes, release { $coins }"));
    assert!(is_label("Delayed 2 h", "Delayed { $hours } h"));
    assert!(is_label("I've paid", "I've paid"));
    assert!(!is_label("I've paid it", "I've paid"));
    assert!(!is_label("Yes, release ", "Yes, release { $coins }"));
}

#[test]
fn the_guides_name_buttons_that_there_are() {
    for (guide, locale) in [
        ("docs/seller.md", "en"),
        ("docs/buyer.md", "en"),
        ("docs/operator.md", "en"),
        ("docs/evidence.md", "en"),
        ("docs/arbiter.md", "en"),
        ("docs/seller.zh-CN.md", "zh-CN"),
        ("docs/buyer.zh-CN.md", "zh-CN"),
        ("docs/arbiter.zh-CN.md", "zh-CN"),
    ] {
        let words = words_of(locale);
        let labels: Vec<&str> = words
            .lines()
            .filter_map(|it| Some(it.strip_prefix("button-")?.split_once(" = ")?.1))
            .collect();
        let text = read(guide);
        let mut named = 0;
        for said in between(&text, "<kbd>", "</kbd>") {
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(labels.iter().any(|it| is_label(&said, it)), "{guide}: no button “{said}”");
            named += 1;
        }
        assert!(named > 0, "{guide} names no button");
    }
}

/// Every file of a language: each subject has its own buttons.
fn words_of(locale: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(locale);
    let files = fs::read_dir(folder).unwrap();
    files.map(|it| fs::read_to_string(it.unwrap().path()).unwrap()).collect()
}

#[test]
fn the_readme_has_every_setting_with_its_default_and_no_other() {
    // A file that says nothing, so that nothing but the defaults is told.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fangbi.toml");
    fs::write(&file, "").unwrap();
    let text = config::describe(Some(&file)).unwrap();
    let mut settings = Vec::new();
    let mut section = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.split_once(']').unwrap().0;
        } else if let Some((key, value)) = line.trim_start_matches("# ").split_once(" = ") {
            settings.push((section, key, value));
        }
    }
    let readme = read("README.md");
    let mut rows = Vec::new();
    for part in readme.split("\n### `[").skip(1) {
        let (section, part) = part.split_once("]`").unwrap();
        let part = part.split("\n## ").next().unwrap_or_default();
        for row in part.lines().filter_map(|it| it.strip_prefix("| `")) {
            let (key, row) = row.split_once("` | ").unwrap();
            rows.push((section, key, row.split(" | ").next().unwrap()));
        }
    }
    let name = |&(section, key, _): &(_, _, _)| format!("{section}.{key}");
    let names = |all: &[(_, _, _)]| all.iter().map(name).collect::<Vec<String>>();
    assert_eq!(names(&rows), names(&settings), "README.md's settings, in their order");
    for (row, (_, _, value)) in rows.iter().zip(&settings) {
        let plain = |it: &str| it.replace(['`', '"', ',', ' ', '[', ']'], "");
        let not_a_value = ["(notset)", ""].contains(&&*plain(value));
        assert!(not_a_value || plain(row.2) == plain(value), "{}: {value}", name(row));
    }
}

#[test]
fn the_papers_lead_to_files_that_there_are() {
    let papers = ["README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY", "CHANGELOG"];
    let guides = [
        "seller",
        "buyer",
        "operator",
        "arbiter",
        "evidence",
        "seller.zh-CN",
        "buyer.zh-CN",
        "arbiter.zh-CN",
    ];
    let papers = papers.iter().map(|it| format!("{it}.md"));
    for paper in papers.chain(guides.iter().map(|it| format!("docs/{it}.md"))) {
        let folder = Path::new(&paper).parent().unwrap_or_else(|| Path::new("")).to_owned();
        let text = read(&paper);
        // Pictures are taken by hand, and have no words that could be wrong.
        let ours = |it: &&str| !it.contains("://") && !it.ends_with(".png");
        for link in between(&text, "](", ")").filter(ours) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { PathBuf::from(&paper) } else { folder.join(file) };
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
            assert!(path.exists(), "{paper}: {link}");
            let headings = || read(&file).lines().filter_map(anchor).collect::<Vec<_>>();
            assert!(
                heading.is_empty() || headings().contains(&heading.to_owned()),
                "{paper}: {link}"
            );
        }
    }
}

/// What a heading is called in a link.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim().to_lowercase();
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    Some(kept.map(|it| if it == ' ' { '-' } else { it }).collect())
}

#[test]
fn the_architecture_names_tests_that_there_are() {
    let tests: String = rust_files(Path::new(env!("CARGO_MANIFEST_DIR")))
        .into_iter()
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    let text = read("ARCHITECTURE.md");
    let named = text.split('`').filter(|it| {
        it.matches('_').count() >= 3 && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
    });
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 5, "{named:?}");
    for test in named {
        assert!(tests.contains(&format!("fn {test}(")), "ARCHITECTURE.md: no test {test}");
    }
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut folders = vec![root.join("src"), root.join("tests")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files
}
