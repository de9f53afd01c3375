//! The crate is compiled, and mutants that do not compile are taken out until all do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::list::Mutant;
use crate::weaving::{SWITCH, Woven, weave};

struct File<'a> {
    source: String,
    mutants: Vec<(usize, &'a Mutant)>,
}

/// Returns the program of the crate's tests, and which of the mutants are in it.
pub(crate) fn until_it_compiles(root: &Path, mutants: &[Mutant]) -> Result<(PathBuf, Vec<bool>)> {
    let mut files: BTreeMap<&Path, File<'_>> = BTreeMap::new();
    for (number, mutant) in mutants.iter().enumerate() {
        if !files.contains_key(&*mutant.file) {
            let source = fs::read_to_string(root.join(&mutant.file))?;
            files.insert(&mutant.file, File { source, mutants: Vec::new() });
        }
        files.get_mut(&*mutant.file).into_iter().for_each(|it| it.mutants.push((number, mutant)));
    }
    let library = root.join("src/lib.rs");
    let switched = fs::read_to_string(&library)? + SWITCH;
    fs::write(&library, switched)?;

    let mut out = BTreeSet::new();
    loop {
        let mut woven = BTreeMap::new();
        for (path, file) in &files {
            let left: Vec<_> =
                file.mutants.iter().filter(|it| !out.contains(&it.0)).copied().collect();
            let it = weave(&file.source, &left).with_context(|| format!("{}", path.display()))?;
            fs::write(root.join(path), &it.text)?;
            woven.insert(*path, it);
        }
        match compile(root)? {
            Compiled::Program(program) => {
                let mut inside = vec![false; mutants.len()];
                for number in woven.values().flat_map(|it| &it.mutants) {
                    inside[*number] = true;
                }
                return Ok((program, inside));
            }
            Compiled::Errors(errors) => {
                let before = out.len();
                for error in &errors {
                    out.extend(to_blame(error, &woven));
                }
                if out.len() == before {
                    bail!("no mutant is to blame:\n{}", errors[0].rendered);
                }
                println!("{} do not compile", out.len());
            }
        }
    }
}

/// The mutant whose own code this error is in, the innermost if it is in that of several: the code
/// of the outer ones holds that of the inner ones. Else those that share a place with the error.
fn to_blame(error: &Diagnostic, woven: &BTreeMap<&Path, Woven>) -> Vec<usize> {
    let mut blamed = Vec::new();
    for span in error.spans.iter().filter(|it| it.is_primary) {
        let Some(file) = woven.get(&*span.file_name) else { continue };
        let own = innermost(&file.alternatives, span.byte_start);
        let near = || innermost(&file.places, span.byte_start);
        blamed.extend(if own.is_empty() { near() } else { own });
    }
    blamed
}

/// Of the ranges that hold this byte, those that are as short as the shortest.
fn innermost(ranges: &[(Range<usize>, usize)], byte: usize) -> Vec<usize> {
    let holding = || ranges.iter().filter(|it| it.0.contains(&byte));
    let shortest = holding().map(|it| it.0.len()).min();
    holding().filter(|it| Some(it.0.len()) == shortest).map(|it| it.1).collect()
}

enum Compiled {
    Program(PathBuf),
    Errors(Vec<Diagnostic>),
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        message: Diagnostic,
    },
    CompilerArtifact {
        executable: Option<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: String,
    spans: Vec<ErrorSpan>,
}

#[derive(Deserialize)]
struct ErrorSpan {
    file_name: PathBuf,
    byte_start: usize,
    is_primary: bool,
}

fn compile(root: &Path) -> Result<Compiled> {
    let cargo = Command::new("cargo")
        .args(["test", "--lib", "--no-run", "--message-format=json"])
        .env("RUSTFLAGS", "--cap-lints=warn")
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()?;
    let (mut program, mut errors) = (None, Vec::new());
    for line in String::from_utf8(cargo.stdout)?.lines() {
        match serde_json::from_str(line)? {
            Line::CompilerMessage { message } if message.level == "error" => errors.push(message),
            Line::CompilerArtifact { executable: Some(it) } => program = Some(it),
            Line::CompilerMessage { .. } | Line::CompilerArtifact { .. } | Line::Other => {}
        }
    }
    if cargo.status.success() {
        return program.map(Compiled::Program).context("cargo built no tests");
    }
    if errors.is_empty() {
        bail!("cargo failed");
    }
    Ok(Compiled::Errors(errors))
}
