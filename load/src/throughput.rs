//! How many updates a second, when more are waiting than can be handled.

use std::time::{Duration, Instant};

use playground::{Person, RawUpdate};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::Problem;
use crate::stand::{Member, Stand};
use crate::usage::Usage;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Throughput {
    pub(crate) per_second: f64,
    /// Of the bot's process, for each update.
    pub(crate) cpu_us: f64,
    /// Of ours: the local Telegram shares the machine with the bot.
    pub(crate) telegram_cpu_us: f64,
}

/// Each bot answers this with one message.
const TEXT: &str = "/help";

/// Pushes all updates at once and waits until each is answered, once.
pub(crate) async fn measure(
    stand: &Stand,
    crowd: &[Member],
    updates: usize,
) -> Result<Throughput, Problem> {
    let messages = messages(stand, crowd, updates)?;
    let before: Vec<usize> = crowd.iter().map(answers).collect();
    let throughput = timed(stand, messages, &["sendMessage"]).await?;
    for (number, (member, before)) in crowd.iter().zip(before).enumerate() {
        let (came, asked) = (answers(member) - before, asked(updates, crowd.len(), number));
        if came != asked {
            let id = member.person.id();
            return Err(format!("{id} asked {asked} times and was answered {came} times").into());
        }
    }
    Ok(throughput)
}

/// The same with presses: each leads to one answer and one edit of the page that was pressed.
pub(crate) async fn measure_presses(
    stand: &Stand,
    crowd: &[Member],
    updates: usize,
) -> Result<Throughput, Problem> {
    timed(stand, presses(stand, crowd, updates)?, &["answerCallbackQuery", "editMessageText"]).await
}

/// Until each update has led to one call of each of the methods.
async fn timed(
    stand: &Stand,
    updates: Vec<RawUpdate>,
    methods: &[&str],
) -> Result<Throughput, Problem> {
    let count = updates.len();
    let expected: Vec<u64> =
        methods.iter().map(|it| stand.playground.count(it).done + count as u64).collect();
    let ours = || Ok::<_, Problem>(Usage::of(std::process::id())?.cpu);
    let (cpu, our_cpu) = (stand.usage()?.cpu, ours()?);

    let start = Instant::now();
    stand.playground.push_updates(updates);
    let mut last = start;
    for (method, expected) in methods.iter().zip(expected) {
        last = last.max(stand.until(method, expected).await?);
    }

    let (cpu, our_cpu) = (stand.usage()?.cpu - cpu, ours()? - our_cpu);
    let each = |cpu: Duration| cpu.as_secs_f64() * 1e6 / count as f64;
    Ok(Throughput {
        per_second: count as f64 / (last - start).as_secs_f64(),
        cpu_us: each(cpu),
        telegram_cpu_us: each(our_cpu),
    })
}

/// How many of the updates this member wrote, when everybody writes by turns.
fn asked(updates: usize, people: usize, number: usize) -> usize {
    updates / people + usize::from(number < updates % people)
}

fn answers(member: &Member) -> usize {
    member.person.chat().iter().filter(|it| it.is_from_bot()).count()
}

fn messages(
    stand: &Stand,
    crowd: &[Member],
    updates: usize,
) -> Result<Vec<RawUpdate>, serde_json::Error> {
    let now = stand.playground.clock().now().timestamp();
    let written = crowd.iter().cycle().take(updates).enumerate();
    written.map(|(number, member)| written_by(&member.person, number, TEXT, now)).collect()
}

/// What somebody has written, as an update.
pub(crate) fn written_by(
    person: &Person,
    number: usize,
    text: &str,
    now: i64,
) -> Result<RawUpdate, serde_json::Error> {
    let id = person.id();
    let mut message = json!({
        "message_id": MESSAGES + number,
        "from": sender(id),
        "chat": chat(id),
        "date": now,
        "text": text,
    });
    if text.starts_with('/') {
        message["entities"] = json!([{ "type": "bot_command", "offset": 0, "length": text.len() }]);
    }
    Ok(RawUpdate { kind: "message", body: to_raw_value(&message)?, person: id, query: None })
}

/// Everybody presses by turns, each the own buttons by turns.
fn presses(
    stand: &Stand,
    crowd: &[Member],
    updates: usize,
) -> Result<Vec<RawUpdate>, serde_json::Error> {
    let now = stand.playground.clock().now().timestamp();
    let pressed = crowd.iter().cycle().take(updates).enumerate();
    let raw = pressed.map(|(number, member)| {
        let (id, query) = (member.person.id(), (QUERIES + number).to_string());
        let body = to_raw_value(&json!({
            "id": query,
            "from": sender(id),
            "message": {
                "message_id": member.page,
                "from": { "id": 42, "is_bot": true, "first_name": "Bot" },
                "chat": chat(id),
                "date": now,
                "text": "A page",
            },
            "chat_instance": "1",
            "data": member.buttons[number / crowd.len() % member.buttons.len()],
        }))?;
        Ok(RawUpdate { kind: "callback_query", body, person: id, query: Some(query) })
    });
    raw.collect()
}

/// Where our numbers begin, out of the way of the local Telegram's own.
const MESSAGES: usize = 1_000_000;
const QUERIES: usize = 7_000_000_000;

fn sender(id: i64) -> Value {
    let name = format!("Person {id}");
    json!({ "id": id, "is_bot": false, "first_name": name, "language_code": "en" })
}

fn chat(id: i64) -> Value {
    json!({ "id": id, "type": "private", "first_name": format!("Person {id}") })
}

#[cfg(test)]
mod tests {
    #[test]
    fn everybody_writes_by_turns() {
        let all: Vec<_> = (0..3).map(|it| super::asked(8, 3, it)).collect();
        assert_eq!(all, [3, 3, 2]);
    }
}
