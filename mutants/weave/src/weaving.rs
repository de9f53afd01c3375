//! One source file with mutants in it.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use proc_macro2::LineColumn;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr};

use crate::list::{Genre, Mutant, Place};

/// A file as it is to be compiled.
pub(crate) struct Woven {
    pub(crate) text: String,
    /// Which bytes of `text` stand there for which mutant only.
    pub(crate) alternatives: Vec<(Range<usize>, usize)>,
    /// Which bytes hold the place that a mutant changes, in its other forms too.
    pub(crate) places: Vec<(Range<usize>, usize)>,
    /// Mutants that are in it.
    pub(crate) mutants: Vec<usize>,
}

/// A place at which the source has several forms.
struct Edit {
    range: Range<usize>,
    kind: Kind,
    /// With what each mutant replaces what.
    forms: Vec<(usize, String)>,
}

#[derive(Clone)]
enum Kind {
    Body,
    Binary {
        left: Range<usize>,
        right: Range<usize>,
    },
    Unary {
        operand: Range<usize>,
    },
    Guard,
    /// The end of a pattern without a guard.
    Arm,
}

/// Weaves these mutants, given with their numbers, into the source of one file.
pub(crate) fn weave(source: &str, mutants: &[(usize, &Mutant)]) -> Result<Woven> {
    let lines = Lines::of(source);
    let mut found = Found { lines: &lines, edits: BTreeMap::new() };
    found.visit_file(&syn::parse_file(source)?);
    let mut edits: BTreeMap<_, Edit> = BTreeMap::new();
    for (number, mutant) in mutants {
        let range = lines.at(mutant.span.start)..lines.at(mutant.span.end);
        let place = match mutant.genre {
            Genre::FnValue => Some((range, Kind::Body)),
            Genre::MatchArmGuard => Some((range, Kind::Guard)),
            Genre::BinaryOperator | Genre::UnaryOperator | Genre::MatchArm => {
                found.edits.get(&(mutant.genre, range.start)).cloned()
            }
            Genre::StructField => None,
        };
        let Some((range, kind)) = place else { continue };
        // The outer ones first.
        let key = (range.start, usize::MAX - range.end, mutant.genre);
        let edit = edits.entry(key).or_insert(Edit { range, kind, forms: Vec::new() });
        edit.forms.push((*number, mutant.replacement.clone()));
    }
    let edits: Vec<_> = edits.into_values().collect();
    let mutants = edits.iter().flat_map(|it| it.forms.iter().map(|it| it.0)).collect();
    let mut woven =
        Woven { text: String::new(), alternatives: Vec::new(), places: Vec::new(), mutants };
    woven.copy(source, 0..source.len(), &edits);
    Ok(woven)
}

impl Woven {
    fn copy(&mut self, source: &str, range: Range<usize>, edits: &[Edit]) {
        let mut at = range.start;
        for (place, edit) in edits.iter().enumerate() {
            if edit.range.start < at || edit.range.end > range.end {
                continue;
            }
            self.text.push_str(&source[at..edit.range.start]);
            let start = self.text.len();
            self.put(source, edit, &edits[place + 1..]);
            let forms = edit.forms.iter().map(|it| (start..self.text.len(), it.0));
            self.places.extend(forms);
            at = edit.range.end;
        }
        self.text.push_str(&source[at..range.end]);
    }

    fn put(&mut self, source: &str, edit: &Edit, inner: &[Edit]) {
        match &edit.kind {
            Kind::Body => {
                for (number, value) in &edit.forms {
                    let value = format!("{{ return {value}; }} ");
                    self.switch(*number, |it| it.text.push_str(&value));
                }
                self.copy(source, edit.range.clone(), inner);
            }
            Kind::Arm => {
                self.copy(source, edit.range.clone(), inner);
                let off: Vec<_> =
                    edit.forms.iter().map(|it| format!("!crate::mutant({})", it.0)).collect();
                self.text.push_str(&format!(" if {}", off.join(" && ")));
            }
            Kind::Guard | Kind::Unary { .. } | Kind::Binary { .. } => {
                self.text.push('(');
                for (number, form) in &edit.forms {
                    self.switch(*number, |it| {
                        it.text.push_str("{ ");
                        match &edit.kind {
                            Kind::Binary { left, right } => {
                                it.copy(source, left.clone(), inner);
                                it.text.push_str(&format!(" {form} "));
                                it.copy(source, right.clone(), inner);
                            }
                            Kind::Unary { operand } => it.copy(source, operand.clone(), inner),
                            Kind::Guard | Kind::Body | Kind::Arm => it.text.push_str(form),
                        }
                        it.text.push_str(" }");
                    });
                    self.text.push_str(" else ");
                }
                self.text.push_str("{ ");
                self.copy(source, edit.range.clone(), inner);
                self.text.push_str(" })");
            }
        }
    }

    fn switch(&mut self, number: usize, form: impl FnOnce(&mut Self)) {
        self.text.push_str(&format!("if crate::mutant({number}) "));
        let start = self.text.len();
        form(self);
        self.alternatives.push((start..self.text.len(), number));
    }
}

/// Where the operands of operators and the patterns of arms stand.
struct Found<'a> {
    lines: &'a Lines,
    edits: BTreeMap<(Genre, usize), (Range<usize>, Kind)>,
}

impl Found<'_> {
    fn range(&self, node: &impl Spanned) -> Range<usize> {
        let span = node.span();
        self.lines.of_span(span.start())..self.lines.of_span(span.end())
    }
}

impl<'ast> Visit<'ast> for Found<'_> {
    fn visit_expr_binary(&mut self, it: &'ast syn::ExprBinary) {
        // What a chain binds cannot stand in parentheses.
        if !binds(&Expr::Binary(it.clone())) {
            let (left, right) = (self.range(&it.left), self.range(&it.right));
            let key = (Genre::BinaryOperator, self.range(&it.op).start);
            self.edits.insert(key, (self.range(it), Kind::Binary { left, right }));
        }
        visit::visit_expr_binary(self, it);
    }

    fn visit_expr_unary(&mut self, it: &'ast syn::ExprUnary) {
        let key = (Genre::UnaryOperator, self.range(&it.op).start);
        let operand = self.range(&it.expr);
        self.edits.insert(key, (self.range(it), Kind::Unary { operand }));
        visit::visit_expr_unary(self, it);
    }

    fn visit_arm(&mut self, it: &'ast syn::Arm) {
        if it.guard.is_none() {
            let pattern = self.range(&it.pat);
            self.edits.insert((Genre::MatchArm, pattern.start), (pattern, Kind::Arm));
        }
        visit::visit_arm(self, it);
    }
}

fn binds(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(it) => matches!(it.op, BinOp::And(_)) && (binds(&it.left) || binds(&it.right)),
        _ => false,
    }
}

/// Where each line begins, in bytes.
struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let starts = text.match_indices('\n').map(|it| it.0 + 1);
        Self { text: text.to_owned(), starts: [0].into_iter().chain(starts).collect() }
    }

    fn at(&self, place: Place) -> usize {
        self.byte(place.line, place.column - 1)
    }

    fn of_span(&self, place: LineColumn) -> usize {
        self.byte(place.line, place.column)
    }

    /// `line` from one on, `before` so many characters of it.
    fn byte(&self, line: usize, before: usize) -> usize {
        let start = self.starts[line - 1];
        let line = &self.text[start..];
        start + line.char_indices().nth(before).map_or(line.len(), |it| it.0)
    }
}

/// The switch, for the root of the crate.
pub(crate) const SWITCH: &str = r#"
pub(crate) fn mutant(number: usize) -> bool {
    static ON: std::sync::OnceLock<Option<usize>> = std::sync::OnceLock::new();
    let on = ON.get_or_init(|| std::env::var("MUTANT").ok()?.parse().ok());
    *on == Some(number)
}
"#;

#[cfg(test)]
mod tests;
