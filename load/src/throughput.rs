//! How many updates a second, when more are waiting than can be handled.

use std::time::{Duration, Instant};

use playground::RawUpdate;
use serde_json::json;
use serde_json::value::to_raw_value;

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

/// Both bots answer this with one message.
const TEXT: &str = "/help";

/// Pushes all updates at once and waits until each is answered, once.
pub(crate) async fn measure(
    stand: &Stand,
    crowd: &[Member],
    updates: usize,
) -> Result<Throughput, Problem> {
    let messages = messages(stand, crowd, updates)?;
    let before: Vec<usize> = crowd.iter().map(answers).collect();
    let expected = stand.playground.count("sendMessage").done + updates as u64;
    let ours = || Ok::<_, Problem>(Usage::of(std::process::id())?.cpu);
    let (cpu, our_cpu) = (stand.usage()?.cpu, ours()?);

    let start = Instant::now();
    stand.playground.push_updates(messages);
    let last = stand.until("sendMessage", expected).await?;

    let (cpu, our_cpu) = (stand.usage()?.cpu - cpu, ours()? - our_cpu);
    for (number, (member, before)) in crowd.iter().zip(before).enumerate() {
        let (came, asked) = (answers(member) - before, asked(updates, crowd.len(), number));
        if came != asked {
            let id = member.person.id();
            return Err(format!("{id} asked {asked} times and was answered {came} times").into());
        }
    }
    let each = |cpu: Duration| cpu.as_secs_f64() * 1e6 / updates as f64;
    Ok(Throughput {
        per_second: updates as f64 / (last - start).as_secs_f64(),
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
    let date = stand.playground.clock().now().timestamp();
    let written = crowd.iter().cycle().take(updates).enumerate();
    let raw = written.map(|(number, member)| {
        let id = member.person.id();
        let name = format!("Person {id}");
        let body = to_raw_value(&json!({
            "message_id": 1_000_000 + number,
            "from": { "id": id, "is_bot": false, "first_name": name, "language_code": "en" },
            "chat": { "id": id, "type": "private", "first_name": name },
            "date": date,
            "text": TEXT,
            "entities": [{ "type": "bot_command", "offset": 0, "length": TEXT.len() }],
        }))?;
        Ok(RawUpdate { kind: "message", body, person: id, query: None })
    });
    raw.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn everybody_writes_by_turns() {
        let all: Vec<_> = (0..3).map(|it| super::asked(8, 3, it)).collect();
        assert_eq!(all, [3, 3, 2]);
    }
}
