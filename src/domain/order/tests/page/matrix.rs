//! One look: the requests down, the statuses across.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::*;
use super::super::samples::Sample;
use super::super::walk::{Cell, is_offered, named, requests, walk};
use super::{listed, row, said, table};

/// What one role got to hear for one request in all samples of one status.
#[derive(Default)]
struct Answers {
    leads: BTreeSet<Kind>,
    refused: bool,
}

pub(super) fn matrix() -> String {
    let mut answers: BTreeMap<(&str, Kind, Role), Answers> = BTreeMap::new();
    for (Sample { order, .. }, cells) in walk() {
        let from = order.status.kind();
        for cell in cells.into_iter().filter(|it| is_offered(it.request)) {
            let Cell { asker, request, fresh, .. } = cell;
            let key = (named(request), from, order.role_of(asker));
            let answers = answers.entry(key).or_default();
            match fresh {
                Ok(step) => {
                    answers.leads.insert(step.order.status.kind());
                }
                Err(_) => answers.refused = true,
            }
        }
    }
    let mut names: Vec<&str> = requests().into_iter().map(named).collect();
    names.dedup();
    let rows = names.into_iter().map(|name| {
        let cells = Kind::ALL.map(|from| cell(from, |role| answers.get(&(name, from, role))));
        row([format!("**{name}**")].into_iter().chain(cells))
    });
    let heads: Vec<String> = Kind::ALL.map(said).to_vec();
    let heads: Vec<&str> = [""].into_iter().chain(heads.iter().map(String::as_str)).collect();
    table(&heads, rows)
}

/// Roles that get the same answers share a line.
fn cell<'a>(from: Kind, answers: impl Fn(Role) -> Option<&'a Answers>) -> String {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    for role in [Role::Seller, Role::Buyer, Role::Arbiter] {
        let Some(Answers { leads, refused }) = answers(role).filter(|it| !it.leads.is_empty())
        else {
            continue;
        };
        let leads: Vec<String> = leads
            .iter()
            .map(|&to| if to == from { "stays".to_owned() } else { said(to) })
            .collect();
        let text = format!("→ {}{}", listed(&leads, "or"), if *refused { "*" } else { "" });
        let role = format!("{role:?}").to_lowercase();
        match lines.iter_mut().find(|it| it.1 == text) {
            Some((roles, _)) => roles.push(role),
            None => lines.push((vec![role], text)),
        }
    }
    let lines: Vec<String> =
        lines.iter().map(|(roles, text)| format!("{} {text}", listed(roles, "or"))).collect();
    lines.join("<br>")
}
