//! A story as a script, a moment a line:
//!
//! - `3 seller extend 5`: at minute 3 the seller asks for something; `3 seller@1 …` has version 1
//!   of the card before the eyes
//! - `15 clock`: the timer comes by, rightly or not; `..25`: it comes by whenever it is due
//! - `8 desk outage 20`: something has happened
//! - `6 seller confirm_receipt` answers the whole gate first, without a line for each question;
//!   `6 seller answer entry yes` and `6 seller confirm totp` are the single steps
//!
//! Moments are minutes since the order was opened (`7:30`), or hours from two hours on (`12h05`).

use chrono::{DateTime, TimeDelta, Utc};

use super::super::*;
use crate::domain::ad::tests::{ad, usdt};
use crate::domain::ledger::Transfer;
use crate::domain::money::Fen;
use crate::domain::opening::Deal;
use crate::domain::policy::Policy;
use crate::domain::signal::SignalKind;

pub(super) const SELLER: UserId = UserId(1001);
pub(super) const BUYER: UserId = UserId(2001);
pub(super) const ARBITER: UserId = UserId(3001);
pub(super) const ANOTHER_ARBITER: UserId = UserId(3002);
pub(super) const STRANGER: UserId = UserId(4001);

/// Plays the script with an order of 100 USDT for 720 yuan.
pub(super) fn play(script: &str) -> String {
    play_with(script, |_, _| {})
}

/// Plays the script with another deal or other terms.
pub(super) fn play_with(script: &str, change: impl FnOnce(&mut Deal, &mut Policy)) -> String {
    Play::opened(change).plays(script).lines.join("\n")
}

/// 100 USDT for 30,000 yuan: above what one arbiter may award alone.
pub(super) fn large(deal: &mut Deal, _: &mut Policy) {
    deal.fen = Fen::yuan(30_000);
}

pub(super) fn opened_at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

pub(super) struct Play {
    pub(super) order: Order,
    pub(super) transfers: Vec<Transfer>,
    lines: Vec<String>,
}

impl Play {
    pub(super) fn opened(change: impl FnOnce(&mut Deal, &mut Policy)) -> Self {
        let mut deal = Deal::new(usdt(100), Fen::yuan(720));
        let (mut ad, mut policy) = (ad(), Policy::default());
        change(&mut deal, &mut policy);
        ad.terms.window = policy.window;
        let step = deal.open(OrderId(17), &ad, SELLER, &policy, opened_at());
        let line = format!("0 opened -> {}", told(&step));
        Self { order: step.order, transfers: step.transfers, lines: vec![line] }
    }

    pub(super) fn plays(mut self, script: &str) -> Self {
        for line in script.lines().map(str::trim).filter(|it| !it.is_empty()) {
            if let Some(until) = line.strip_prefix("..") {
                self.runs_until(moment(until.trim()));
            } else {
                self.plays_line(line);
            }
        }
        self
    }

    /// The timer loop: it comes by at each moment that the order waits for.
    fn runs_until(&mut self, until: DateTime<Utc>) {
        let mut visits = 0;
        while let Some(at) = self.order.due_at.filter(|it| *it <= until) {
            let step = self.order.clone().learn(Fact::TimeCame, at);
            self.takes(&format!("{} clock", minutes(at)), Ok(step));
            visits += 1;
            assert!(visits < 100, "the clock does not come to rest");
        }
    }

    fn plays_line(&mut self, line: &str) {
        let (at, rest) = line.split_once(' ').expect("a moment and an actor");
        let (actor, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let (now, order) = (moment(at), self.order.clone());
        let result = match actor {
            "clock" => Ok(order.learn(Fact::TimeCame, now)),
            "desk" => Ok(order.learn(fact(words), now)),
            _ => {
                let (actor, seen) = actor.split_once('@').unwrap_or((actor, ""));
                let order = match words {
                    "confirm_receipt" => answered(order, asker(actor), now),
                    _ => order,
                };
                order.ask(request(words), asker(actor), seen.parse().ok(), now)
            }
        };
        self.takes(line, result);
    }

    fn takes(&mut self, line: &str, result: Result<Step, Refusal>) {
        match result {
            Ok(step) => {
                self.lines.push(format!("{line} -> {}", told(&step)));
                self.transfers.extend(step.transfers);
                self.order = step.order;
            }
            Err(refusal) => self.lines.push(format!("{line} -> no: {}", refused(refusal))),
        }
    }
}

/// `15`, `7:30`, `12h`, `12h05`.
pub(super) fn moment(text: &str) -> DateTime<Utc> {
    let (hours, rest) = text.split_once('h').unwrap_or(("0", text));
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let number = |it: &str| match it {
        "" => 0,
        it => it.parse::<i64>().unwrap_or_else(|_| panic!("{text:?} is no moment")),
    };
    opened_at() + TimeDelta::seconds((number(hours) * 60 + number(minutes)) * 60 + number(seconds))
}

pub(super) fn minutes(at: DateTime<Utc>) -> String {
    duration(at - opened_at())
}

/// As [`moment`] reads it.
pub(super) fn duration(it: TimeDelta) -> String {
    let (minutes, seconds) = (it.num_minutes(), it.num_seconds() % 60);
    let mut text = match minutes {
        ..120 => minutes.to_string(),
        _ if minutes % 60 == 0 => format!("{}h", minutes / 60),
        _ => format!("{}h{:02}", minutes / 60, minutes % 60),
    };
    if seconds != 0 {
        text.push_str(&format!(":{seconds:02}"));
    }
    text
}

/// Whatever is still open of the gate, answered with yes.
pub(super) fn answered(mut order: Order, asker: Asker, now: DateTime<Utc>) -> Order {
    while let Some(question) = order.gate.open() {
        let request = Request::Answer { question, yes: true };
        match order.clone().ask(request, asker, None, now) {
            Ok(step) => order = step.order,
            Err(_) => break,
        }
    }
    order
}

fn asker(name: &str) -> Asker {
    let (user, arbiter) = match name {
        "seller" => (SELLER, false),
        "buyer" => (BUYER, false),
        "arbiter" => (ARBITER, true),
        "another_arbiter" => (ANOTHER_ARBITER, true),
        "selling_arbiter" => (SELLER, true),
        "stranger" => (STRANGER, false),
        _ => panic!("nobody is called {name:?}"),
    };
    Asker { user, arbiter }
}

/// The names are those of the stored form, so `extend 5` is `{"request":"extend","minutes":5}`.
fn request(words: &str) -> Request {
    let (name, choice) = words.split_once(' ').unwrap_or((words, ""));
    let mut json = serde_json::json!({ "request": name });
    match name {
        "cancel" | "refund" | "dispute" => json["why"] = choice.into(),
        "extend" => json["minutes"] = number(choice).into(),
        "arrives_later" => json["hours"] = number(choice).into(),
        "award" => json["to"] = choice.into(),
        "short" => json["arrived"] = number(choice).into(),
        "compare" => json["masks"] = choice.into(),
        "answer" => {
            let (question, answer) = choice.split_once(' ').expect("a question and an answer");
            json["question"] = question.into();
            json["yes"] = (answer == "yes").into();
        }
        "confirm" => {
            json = serde_json::json!({ "request": "confirm_receipt", "factor": choice });
        }
        "confirm_receipt" => json["factor"] = "totp".into(),
        _ => assert_eq!(choice, "", "{name} takes no choice"),
    }
    serde_json::from_value(json).unwrap_or_else(|error| panic!("{words:?}: {error}"))
}

fn fact(words: &str) -> Fact {
    match words.split_once(' ') {
        Some(("outage", minutes)) => Fact::Outage { away_ms: number(minutes) * 60_000 },
        Some(("unreachable", "seller")) => Fact::Unreachable { side: Side::Seller },
        Some(("unreachable", "buyer")) => Fact::Unreachable { side: Side::Buyer },
        Some(("arbiter_left", who)) => Fact::ArbiterLeft { arbiter: asker(who).user },
        Some(("payment_seen", "vmq")) => Fact::PaymentSeen { signal: Some(SignalKind::Vmq) },
        None if words == "payment_seen" => {
            Fact::PaymentSeen { signal: Some(SignalKind::Notification) }
        }
        _ => panic!("{words:?} is no fact"),
    }
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

fn told(step: &Step) -> String {
    let mut text = step.order.status.kind().as_str().to_owned();
    let effects = effects(&step.effects);
    if !effects.is_empty() {
        text.push_str(&format!(" [{}]", effects.join(", ")));
    }
    for Transfer { debit, credit, coins, .. } in &step.transfers {
        text.push_str(&format!(" {{{debit} -> {credit} {coins}}}"));
    }
    text
}

/// What is said to both sides is written once.
pub(super) fn effects(effects: &[Effect]) -> Vec<String> {
    let both = |effect: &Effect| match *effect {
        Effect::Card(side) => effects.contains(&Effect::Card(side.other())),
        Effect::FreshCard(side) => effects.contains(&Effect::FreshCard(side.other())),
        Effect::Tell(Audience::Side(side), news) => {
            effects.contains(&Effect::Tell(Audience::Side(side.other()), news))
        }
        Effect::Tell(Audience::Arbiters | Audience::Operators, _) => false,
    };
    let mut texts: Vec<String> = Vec::new();
    for effect in effects {
        let both = both(effect);
        let text = match *effect {
            Effect::Card(_) if both => "cards".to_owned(),
            Effect::FreshCard(_) if both => "fresh cards".to_owned(),
            Effect::Card(side) => format!("{} card", name(side)),
            Effect::FreshCard(side) => format!("fresh {} card", name(side)),
            Effect::Tell(Audience::Side(side), it) => {
                format!("{}: {}", if both { "both" } else { name(side) }, news(it))
            }
            Effect::Tell(Audience::Arbiters, it) => format!("arbiters: {}", news(it)),
            Effect::Tell(Audience::Operators, it) => format!("operators: {}", news(it)),
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

pub(super) const fn name(side: Side) -> &'static str {
    match side {
        Side::Seller => "seller",
        Side::Buyer => "buyer",
    }
}

fn news(news: News) -> String {
    match news {
        News::PayNow { until } => format!("pay by {}", minutes(until)),
        News::WindowOver { until } => format!("window over, grace to {}", minutes(until)),
        News::GraceEnding { until } => format!("grace ends at {}", minutes(until)),
        News::Extended { minutes } => format!("{minutes} more minutes"),
        News::CancelOffered => "cancel?".to_owned(),
        News::Cancelled => "cancelled".to_owned(),
        News::Expired => "expired".to_owned(),
        News::Paid { late: false } => "paid".to_owned(),
        News::Paid { late: true } => "paid late".to_owned(),
        News::LookNow { times } => format!("look now, {times}"),
        News::SellerSilent => "seller silent".to_owned(),
        News::TakenBack => "taken back".to_owned(),
        News::NotArrivedYet => "not arrived yet".to_owned(),
        News::Delayed { arrives_at } => format!("arrives at {}", minutes(arrives_at)),
        News::Short { missing } => format!("{missing} missing"),
        News::NumberReused => "number used before".to_owned(),
        News::ArrivalDue => "should be there".to_owned(),
        News::RefundStarted { .. } => "refund comes".to_owned(),
        News::RefundSent => "refund sent".to_owned(),
        News::RefundWaiting { sent: false } => "send the refund".to_owned(),
        News::RefundWaiting { sent: true } => "refund there?".to_owned(),
        News::Releasing { at } => format!("coins go at {}", minutes(at)),
        News::Stopped => "stopped".to_owned(),
        News::Released => "released".to_owned(),
        News::DisputeOpened => "dispute".to_owned(),
        News::DisputeWaiting => "dispute waits".to_owned(),
        News::DisputeTaken => "taken on".to_owned(),
        News::EvidenceWanted { until } => format!("evidence by {}", minutes(until)),
        News::EvidenceLate => "evidence late".to_owned(),
        News::EvidenceMissing { from } => format!("no evidence from {from:?}").to_lowercase(),
        News::Unattended => "nobody takes it".to_owned(),
        News::AwardOverdue => "no award yet".to_owned(),
        News::AwardProposed { to } => format!("{} proposed", name(to)),
        News::Awarded { to } => format!("awarded to {}", name(to)),
        News::Conceded => "conceded".to_owned(),
        News::ClaimOpened { by } => format!("claim by {}", name(by)),
        News::ClaimWaiting => "claim waits".to_owned(),
        News::ClaimClosed => "claim closed".to_owned(),
        News::Outage { minutes } => format!("we were away {minutes} min"),
        News::Unreachable { side } => format!("{} unreachable", name(side)),
        News::LooksPaid => "looks paid".to_owned(),
        News::LateMoney => "money after the end".to_owned(),
    }
}

/// As the refusal says it, with its moments in minutes.
pub(super) fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::TooEarly { at } => format!("not before {}", minutes(at)),
        Refusal::TooLate { until } => format!("not after {}", minutes(until)),
        Refusal::NotYours
        | Refusal::NotYourSide
        | Refusal::Stale
        | Refusal::NotNow { .. }
        | Refusal::Used
        | Refusal::NotOffered
        | Refusal::AlreadyAgreed
        | Refusal::Taken
        | Refusal::NotTaken
        | Refusal::NeedsAnother
        | Refusal::Unanswered { .. }
        | Refusal::OtherPayer
        | Refusal::NeedsCode => refusal.to_string(),
    }
}
