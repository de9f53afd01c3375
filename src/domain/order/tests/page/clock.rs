//! What comes by itself: the clock's own moves, and the facts that may be learned at any time.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::super::*;
use super::super::script::{Play, duration, moment};
use super::{listed, row, said, table};
use crate::domain::signal::SignalKind;

/// How each status is come to, and the minute from which its clock counts.
const CLOCKS: [(&str, &str, &str); 11] = [
    ("", "", "0"),
    ("", "15 clock", "15"),
    ("", "4 buyer mark_paid", "4"),
    (", “not arrived” was said", "4 buyer mark_paid\n5 seller not_arrived", "4"),
    (" for two hours", "4 buyer mark_paid\n4 seller arrives_later 2", "4"),
    (", not sent yet", "4 buyer mark_paid\n6 seller refund payer", "6"),
    (", sent", "4 buyer mark_paid\n6 seller refund payer\n8 seller refund_sent", "8"),
    ("", "4 buyer mark_paid\n6 seller confirm_receipt", "6"),
    (", not taken", "4 buyer mark_paid\n9 seller dispute not_received", "9"),
    (", taken", "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take", "10"),
    (", not taken", "2 buyer cancel other\n3 buyer claim", "3"),
];

pub(super) fn clock() -> String {
    let rows = CLOCKS.iter().flat_map(|(variant, script, since)| {
        let order = Play::opened(|_, _| {}).plays(script).order;
        let name = format!("**{}**{variant}", said(order.status.kind()));
        visits(order, moment(since)).into_iter().enumerate().map(move |(at, (times, what))| {
            let name = if at == 0 { name.clone() } else { String::new() };
            row([name, listed(&times, "and"), what])
        })
    });
    table(&["status", "after", "the clock"], rows)
}

/// What the clock does, and after which times. What repeats without end is given twice, and all of
/// it for the days in which something is due once.
fn visits(mut order: Order, since: DateTime<Utc>) -> Vec<(Vec<String>, String)> {
    let kind = order.status.kind();
    let endless = matches!(kind, Kind::Disputed | Kind::Claimed);
    let mut visits: Vec<(Vec<String>, String)> = Vec::new();
    while let Some(at) = order.due_at.filter(|_| order.status.kind() == kind) {
        if endless && at - since > TimeDelta::hours(49) {
            break;
        }
        let step = order.learn(Fact::TimeCame, at);
        let what = spoken(&step, kind);
        match visits.iter_mut().find(|it| it.1 == what) {
            Some((times, _)) if endless && times.len() > 2 => {}
            Some((times, _)) if endless && times.len() == 2 => times.push("so on".to_owned()),
            Some((times, _)) => times.push(after(at - since)),
            None => visits.push((vec![after(at - since)], what)),
        }
        order = step.order;
    }
    visits
}

pub(super) fn facts() -> String {
    let rows = Kind::ALL.map(|kind| {
        let (script, at) = STANDS[Kind::ALL.iter().position(|it| *it == kind).unwrap_or_default()];
        let order = Play::opened(|_, _| {}).plays(script).order;
        assert_eq!(order.status.kind(), kind);
        let learns = |fact| spoken(&order.clone().learn(fact, moment(at)), kind);
        let away = TimeDelta::minutes(5).num_milliseconds();
        let outage = order.clone().learn(Fact::Outage { away_ms: away }, moment(at));
        let moved = if outage.order.status == order.status { "" } else { "gives the time back; " };
        row([
            format!("**{}**", said(kind)),
            format!("{moved}{}", spoken(&outage, kind)),
            learns(Fact::PaymentSeen { signal: Some(SignalKind::Notification) }),
            learns(Fact::Unreachable { side: Side::Buyer }),
        ])
    });
    table(&["", "we were away", "a payment was seen", "the buyer cannot be reached"], rows)
}

/// An order in each status, in their order.
const STANDS: [(&str, &str); 11] = [
    ("", "6"),
    ("15 clock", "21"),
    ("4 buyer mark_paid", "10"),
    ("4 buyer mark_paid\n6 seller arrives_later 2", "12"),
    ("4 buyer mark_paid\n6 seller refund payer", "12"),
    ("4 buyer mark_paid\n6 seller confirm_receipt", "11"),
    ("4 buyer mark_paid\n9 seller dispute not_received", "15"),
    ("2 buyer cancel other\n3 buyer claim", "9"),
    ("4 buyer mark_paid\n6 seller confirm_receipt\n6:10 clock", "12"),
    ("2 buyer cancel other", "8"),
    ("15 clock\n25 clock", "31"),
];

/// A step in plain words: where it leads, and who hears what.
fn spoken(step: &Step, from: Kind) -> String {
    let to = step.order.status.kind();
    let mut said_so: Vec<String> = Vec::new();
    if to != from {
        said_so.push(format!("**→ {}**", said(to)));
    }
    let has = |effect| step.effects.contains(&effect);
    if to == from && has(Effect::Card(Side::Seller)) {
        said_so.push("redraws the cards".to_owned());
    }
    if has(Effect::FreshCard(Side::Seller)) {
        said_so.push("sends new cards".to_owned());
    }
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for effect in &step.effects {
        let Effect::Tell(audience, news) = effect else { continue };
        let (reader, news) = (reader(*audience), name(*news));
        match told.iter_mut().find(|it| it.1 == news) {
            Some((readers, _)) => readers.push(reader),
            None => told.push((vec![reader], news)),
        }
    }
    told.sort_by_key(|(readers, _)| readers[0] == "the arbiters");
    said_so.extend(
        told.iter().map(|(readers, news)| format!("tells {} *{news}*", listed(readers, "and"))),
    );
    if said_so.is_empty() { "nothing".to_owned() } else { said_so.join(", ") }
}

fn reader(audience: Audience) -> String {
    match audience {
        Audience::Side(Side::Seller) => "the seller",
        Audience::Side(Side::Buyer) => "the buyer",
        Audience::Arbiters => "the arbiters",
        Audience::Operators => "the operators",
    }
    .to_owned()
}

/// As it is stored: `pay_now` is told as “pay now”.
fn name(news: News) -> String {
    let json = serde_json::to_value(news).expect("news can be stored");
    json["news"].as_str().expect("news has a name").replace('_', " ")
}

fn after(it: TimeDelta) -> String {
    match it.num_seconds() {
        ..60 => format!("{} s", it.num_seconds()),
        60..7_200 => format!("{} min", duration(it)),
        _ => duration(it).replace('h', " h "),
    }
    .trim_end()
    .to_owned()
}
