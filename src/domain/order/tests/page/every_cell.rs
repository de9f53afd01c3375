//! All of it. Requests with the same answers share a row, variants with the same rows a table.

use super::super::super::*;
use super::super::samples::Sample;
use super::super::script::{name, refused};
use super::super::walk::{ASKERS, Cell, named, requests, walk};
use super::{listed, row, said, table};

pub(super) fn every_cell() -> String {
    let mut tables: Vec<(Kind, Vec<&str>, String)> = Vec::new();
    for (Sample { name, order, .. }, cells) in walk() {
        let kind = order.status.kind();
        let table = cells_of(&order, &cells);
        match tables.iter_mut().find(|it| it.0 == kind && it.2 == table) {
            Some((_, names, _)) => names.push(name),
            None => tables.push((kind, vec![name], table)),
        }
    }
    let mut page = String::new();
    for kind in Kind::ALL {
        page.push_str(&format!("### {}\n\n", said(kind)));
        for (_, names, table) in tables.iter().filter(|it| it.0 == kind) {
            let names = names.join(" · ");
            page.push_str(&format!(
                "<details><summary>{names}</summary>\n\n{table}\n\n</details>\n\n"
            ));
        }
    }
    page.trim_end().to_owned() + "\n"
}

fn cells_of(order: &Order, cells: &[Cell]) -> String {
    let mut groups: Vec<(Vec<Request>, Vec<String>)> = Vec::new();
    for asked in cells.chunks(ASKERS.len()) {
        let answers: Vec<String> =
            asked.iter().filter(|it| it.asker != ASKERS[4]).map(|it| answer(order, it)).collect();
        match groups.iter_mut().find(|it| it.1 == answers) {
            Some((requests, _)) => requests.push(asked[0].request),
            None => groups.push((vec![asked[0].request], answers)),
        }
    }
    // What leads somewhere is on top.
    groups.sort_by_key(|it| !it.1.iter().any(|it| it.starts_with("**")));
    let rows = groups.into_iter().map(|(requests, answers)| {
        row([listed(&asked(&requests), "or")].into_iter().chain(answers))
    });
    table(&["", "seller", "buyer", "first arbiter", "another arbiter"], rows)
}

/// Requests by name; their choices only where the choices get different answers.
fn asked(group: &[Request]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for request in group {
        let same = |it: &&Request| named(**it) == named(*request);
        let here: Vec<Request> = group.iter().filter(same).copied().collect();
        let whole = here.len() == requests().iter().filter(same).count();
        let name = match choice(*request) {
            Some((_, unit)) if !whole => {
                let choices: Vec<String> =
                    here.iter().filter_map(|it| choice(*it)).map(|it| it.0).collect();
                format!("{} ({}{unit})", named(*request), listed(&choices, "or"))
            }
            Some(_) | None => named(*request).to_owned(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What is chosen with a request, and its unit.
fn choice(request: Request) -> Option<(String, &'static str)> {
    match request {
        Request::Extend { minutes } => Some((minutes.to_string(), " min")),
        Request::ArrivesLater { hours } => Some((hours.to_string(), " h")),
        Request::Award { to } => Some((format!("to the {}", name(to)), "")),
        Request::Answer { question, yes } => {
            Some((format!("{}: {}", question.as_str(), if yes { "yes" } else { "no" }), ""))
        }
        Request::Compare { masks } => Some((format!("{masks:?}").to_lowercase(), "")),
        Request::ConfirmReceipt { factor } => Some((format!("with {factor:?}").to_lowercase(), "")),
        Request::Short { arrived } => Some((format!("{arrived} there"), "")),
        Request::Cancel { .. }
        | Request::Refund { .. }
        | Request::Dispute { .. }
        | Request::MarkPaid
        | Request::TakeBack
        | Request::GiveUp
        | Request::AgreeToCancel
        | Request::Number
        | Request::Stop
        | Request::NotArrived
        | Request::RefundSent
        | Request::RefundReceived
        | Request::Evidence
        | Request::Concede
        | Request::Take
        | Request::Claim
        | Request::CloseClaim => None,
    }
}

fn answer(order: &Order, cell: &Cell) -> String {
    match &cell.fresh {
        Ok(step) => {
            let to = step.order.status.kind();
            let lead = if to == order.status.kind() { "stays".to_owned() } else { said(to) };
            match step.transfers.first() {
                Some(it) if it.credit == crate::domain::ledger::Account::User(order.buyer) => {
                    format!("**→ {lead}**, coins to the buyer")
                }
                Some(_) => format!("**→ {lead}**, coins to the seller"),
                None => format!("**→ {lead}**"),
            }
        }
        Err(Refusal::NotYourSide) => "–".to_owned(),
        Err(refusal) => refused(*refusal).replace('_', " "),
    }
}
