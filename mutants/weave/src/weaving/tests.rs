//! What is woven does, with each switch on, what the source does with that mutant written into it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use super::*;
use crate::list::Span;

const SOURCE: &str = r#"
fn is_due(now: i64, last: i64) -> bool {
    let 放 = now; let 币 = last; !(放 < 5) && 放 - 币 > 1
}

fn word(it: Option<i64>) -> &'static str {
    match it {
        Some(1..3) => "little",
        Some(it) if is_due(it, 3) => "much",
        Some(_) => "some",
        _ => "nothing",
    }
}

fn open(it: Option<i64>) -> i64 {
    if let Some(it) = it && it > 2 { it * 2 + 1 } else { -7 }
}

fn main() {
    for now in -3..8 {
        println!("{} {} {} {}", is_due(now, 2), is_due(now, 4), word(Some(now)), open(Some(now)));
    }
    println!("{} {}", word(None), open(None));
}
"#;

/// `text` of the first line that has all of `line`, replaced.
fn mutant(genre: Genre, line: &str, text: &str, replacement: &str) -> Mutant {
    let at = SOURCE.find(line).expect("the line") + line.find(text).expect("the text");
    let place = |byte: usize| {
        let before = &SOURCE[..byte];
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        let column = before[start..].chars().count() + 1;
        Place { line: before.matches('\n').count() + 1, column }
    };
    let span = Span { start: place(at), end: place(at + text.len()) };
    let (name, file) = (format!("{line}: {text} as {replacement:?}"), "main.rs".into());
    Mutant { name, file, span, replacement: replacement.to_owned(), genre }
}

fn mutants() -> Vec<Mutant> {
    use Genre::{BinaryOperator, FnValue, MatchArm, MatchArmGuard, UnaryOperator};
    let body = "let 放 = now; let 币 = last; !(放 < 5) && 放 - 币 > 1";
    let matching =
        &SOURCE[SOURCE.find("match it").unwrap()..SOURCE.find("\n}\n\nfn open").unwrap()];
    vec![
        mutant(FnValue, body, body, "true"),
        mutant(FnValue, body, body, "false"),
        mutant(UnaryOperator, "!(放", "!", ""),
        mutant(BinaryOperator, "放 < 5", "<", "=="),
        mutant(BinaryOperator, "放 < 5", "<", ">"),
        mutant(BinaryOperator, ") && 放", "&&", "||"),
        mutant(BinaryOperator, "放 - 币", "-", "+"),
        mutant(BinaryOperator, "币 > 1", ">", ">="),
        mutant(FnValue, matching, matching, "\"xyzzy\""),
        mutant(MatchArm, "Some(1..3) => \"little\",", "Some(1..3) => \"little\",", ""),
        mutant(MatchArm, "Some(_) => \"some\",", "Some(_) => \"some\",", ""),
        mutant(MatchArmGuard, "if is_due(it, 3)", "is_due(it, 3)", "true"),
        mutant(MatchArmGuard, "if is_due(it, 3)", "is_due(it, 3)", "false"),
        mutant(BinaryOperator, "it > 2", ">", "<"),
        mutant(BinaryOperator, "it * 2", "*", "/"),
        mutant(BinaryOperator, "2 + 1", "+", "-"),
        mutant(UnaryOperator, "-7", "-", ""),
    ]
}

/// The source with a mutant in place of what it replaces.
fn written(mutant: &Mutant) -> String {
    let lines = Lines::of(SOURCE);
    let (start, end) = (lines.at(mutant.span.start), lines.at(mutant.span.end));
    format!("{}{}{}", &SOURCE[..start], mutant.replacement, &SOURCE[end..])
}

fn build(folder: &Path, name: &str, text: &str) -> PathBuf {
    let (source, program) = (folder.join(format!("{name}.rs")), folder.join(name));
    fs::write(&source, text).expect("the source written");
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(rustc)
        .args(["--edition=2024", "-Adead_code", "-Awarnings", "-o"])
        .args([&program, &source])
        .output()
        .expect("rustc");
    assert!(built.status.success(), "{text}\n{}", String::from_utf8_lossy(&built.stderr));
    program
}

fn said(program: &Path, on: Option<usize>) -> String {
    let mut program = Command::new(program);
    program.env_remove("MUTANT").envs(on.map(|it| ("MUTANT", it.to_string())));
    String::from_utf8(program.output().expect("the program").stdout).expect("text")
}

#[test]
fn each_switch_does_what_its_mutant_does() {
    let mutants = mutants();
    let numbered: Vec<_> = mutants.iter().enumerate().collect();
    let woven = weave(SOURCE, &numbered).expect("rust");
    let folder = env::temp_dir().join(format!("weave-{}", process::id()));
    fs::create_dir_all(&folder).expect("a folder");

    let program = build(&folder, "woven", &format!("{}{SWITCH}", woven.text));
    let plain = said(&build(&folder, "plain", SOURCE), None);
    assert_eq!(said(&program, None), plain);
    for (number, mutant) in &numbered {
        let alone = said(&build(&folder, "mutant", &written(mutant)), None);
        assert_ne!(alone, plain, "{}", mutant.name);
        assert!(woven.mutants.contains(number), "{}", mutant.name);
        assert_eq!(said(&program, Some(*number)), alone, "{}", mutant.name);
    }
    fs::remove_dir_all(&folder).expect("the folder gone");
}

#[test]
fn each_alternative_lies_where_its_mutant_is() {
    let mutants = mutants();
    let numbered: Vec<_> = mutants.iter().enumerate().collect();
    let woven = weave(SOURCE, &numbered).expect("rust");
    for (range, number) in &woven.alternatives {
        assert!(woven.text[range.clone()].contains(&mutants[*number].replacement), "{number}");
        let inside = |it: &Range<usize>| it.start <= range.start && range.end <= it.end;
        assert!(woven.places.iter().any(|(place, of)| of == number && inside(place)), "{number}");
    }
}
