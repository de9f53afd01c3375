//! The lanes against a list that is searched from one end to the other each time.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;
use crate::clock::from_millis;

const LIMITS: Limits = Limits {
    all: Rate { per_second: 4, burst: 4 },
    urgent_reserve: 2,
    chat: Rate { per_second: 1, burst: 2 },
};

fn at(ms: i64) -> DateTime<Utc> {
    from_millis(1_800_000_000_000 + ms)
}

fn letter(id: i64, chat: i64, urgency: Urgency) -> Letter {
    Letter {
        id,
        chat,
        urgency,
        class: Class::Append,
        body: RawValue::from_string("{}".to_owned()).unwrap(),
        topic: None,
        revision: 0,
        not_before: None,
        tries: 0,
    }
}

/// What waits, without any order but that of coming.
#[derive(Clone, Default)]
struct List {
    letters: Vec<Letter>,
    chats: BTreeMap<i64, Chat>,
    all: Option<Bucket>,
    closed_until: Option<DateTime<Utc>>,
}

#[derive(Clone)]
struct Chat {
    bucket: Bucket,
    busy: bool,
    held_until: DateTime<Utc>,
}

impl List {
    fn add(&mut self, letter: Letter, now: DateTime<Utc>) {
        let (class, chat) = (letter.class, letter.chat);
        let due = letter.not_before.is_none_or(|at| at <= now);
        match self.letters.iter_mut().find(|it| it.id == letter.id) {
            Some(known) if known.revision >= letter.revision => return,
            Some(known) => *known = letter,
            None => self.letters.push(letter),
        }
        if due && class != Class::Answer {
            self.chat(chat, now);
        }
    }

    fn chat(&mut self, chat: i64, now: DateTime<Utc>) -> &mut Chat {
        let bucket = Bucket::full(LIMITS.chat, now);
        self.chats.entry(chat).or_insert(Chat { bucket, busy: false, held_until: now })
    }

    fn due(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Letter> {
        self.letters.iter().filter(move |it| it.not_before.is_none_or(|at| at <= now))
    }

    /// A letter whose time has come opens its lane when somebody looks.
    fn open_lanes(&mut self, now: DateTime<Utc>) {
        let in_lanes = self.due(now).filter(|it| it.class != Class::Answer);
        for chat in in_lanes.map(|it| it.chat).collect::<Vec<_>>() {
            self.chat(chat, now);
        }
    }

    /// Which letters may be the next one: any answer, or the one that is first among the first of
    /// each chat.
    fn next(&mut self, now: DateTime<Utc>) -> Vec<i64> {
        if self.closed_until.is_some_and(|at| at > now) {
            return Vec::new();
        }
        self.open_lanes(now);
        let answers: Vec<_> =
            self.due(now).filter(|it| it.class == Class::Answer).map(|it| it.id).collect();
        if !answers.is_empty() {
            return answers;
        }
        let free = |it: &&Letter| {
            let chat = &self.chats[&it.chat];
            !chat.busy && chat.held_until <= now && { chat.bucket }.take(now, 0).is_ok()
        };
        let place = |it: &&Letter| (it.urgency, self.chats[&it.chat].bucket.full_at(), it.id);
        // Within a chat the oldest of the most urgent, which is the first of its letters here too.
        let first = self.due(now).filter(free).min_by_key(place);
        let Some((id, reserve)) = first.map(|it| (it.id, reserve(it.urgency))) else {
            return Vec::new();
        };
        let may = { self.all() }.take(now, reserve).is_ok();
        may.then_some(id).into_iter().collect()
    }

    fn take(&mut self, id: i64, now: DateTime<Utc>) -> Letter {
        let place = self.letters.iter().position(|it| it.id == id).unwrap();
        let letter = self.letters.remove(place);
        if letter.class != Class::Answer {
            let mut all = self.all();
            all.take(now, reserve(letter.urgency)).unwrap();
            self.all = Some(all);
            let chat = self.chat(letter.chat, now);
            chat.bucket.take(now, 0).unwrap();
            chat.busy = true;
        }
        letter
    }

    fn all(&self) -> Bucket {
        self.all.unwrap_or_else(|| Bucket::full(LIMITS.all, DateTime::UNIX_EPOCH))
    }
}

fn reserve(urgency: Urgency) -> u32 {
    if urgency <= Urgency::Reply { 0 } else { LIMITS.urgent_reserve }
}

#[derive(Clone, Debug)]
enum Deed {
    Add { chat: i64, urgency: Urgency, answer: bool, wait: Option<i64> },
    Replace { which: usize, by: i64, urgency: Urgency, wait: Option<i64> },
    Pass { ms: i64 },
    Pick,
    Release { which: usize },
    HoldBack { chat: i64, ms: i64 },
    Close { ms: i64 },
}

fn deed() -> impl Strategy<Value = Deed> {
    use Urgency::{Card, Money, Notice, Reminder, Reply};
    let urgency = || prop::sample::select(&[Money, Reply, Card, Reminder, Notice][..]);
    let wait = || prop::option::weighted(0.2, 0..4_000_i64);
    prop_oneof![
        6 => (0..4_i64, urgency(), prop::bool::weighted(0.1), wait()).prop_map(
            |(chat, urgency, answer, wait)| Deed::Add { chat, urgency, answer, wait }
        ),
        2 => (0..99_usize, 0..2_i64, urgency(), wait())
            .prop_map(|(which, by, urgency, wait)| Deed::Replace { which, by, urgency, wait }),
        3 => (0..1_500_i64).prop_map(|ms| Deed::Pass { ms }),
        8 => Just(Deed::Pick),
        6 => (0..99_usize).prop_map(|which| Deed::Release { which }),
        1 => (0..4_i64, 0..4_000_i64).prop_map(|(chat, ms)| Deed::HoldBack { chat, ms }),
        1 => (0..2_000_i64).prop_map(|ms| Deed::Close { ms }),
    ]
}

proptest! {
    #[test]
    fn what_goes_next_is_what_a_plain_list_says(deeds in prop::collection::vec(deed(), 1..120)) {
        let (mut lanes, mut list) = (Lanes::new(LIMITS), List::default());
        let (mut now, mut ids, mut out) = (at(0), 0, Vec::<Letter>::new());
        let after = |now: DateTime<Utc>, ms| now + TimeDelta::milliseconds(ms);
        for deed in deeds {
            match deed {
                Deed::Add { chat, urgency, answer, wait } => {
                    ids += 1;
                    let class = if answer { Class::Answer } else { Class::Append };
                    let not_before = wait.map(|ms| after(now, ms));
                    let letter = Letter { class, not_before, ..letter(ids, chat, urgency) };
                    lanes.add(letter.clone(), now);
                    list.add(letter, now);
                }
                Deed::Replace { which, by, urgency, wait } if !list.letters.is_empty() => {
                    let known = &list.letters[which % list.letters.len()];
                    let not_before = wait.map(|ms| after(now, ms));
                    let revision = known.revision + by;
                    let letter = Letter { revision, urgency, not_before, ..known.clone() };
                    lanes.add(letter.clone(), now);
                    list.add(letter, now);
                }
                Deed::Pass { ms } => now = after(now, ms),
                Deed::Pick => match lanes.pick(now) {
                    Picked::Letter(letter) => {
                        let allowed = list.next(now);
                        prop_assert!(allowed.contains(&letter.id), "{} of {allowed:?}", letter.id);
                        let expected = list.take(letter.id, now);
                        prop_assert_eq!(letter.version(), expected.version());
                        prop_assert_eq!(letter.urgency, expected.urgency);
                        out.push(letter);
                    }
                    Picked::NotBefore(moment) => {
                        prop_assert_eq!(list.next(now), [0; 0]);
                        prop_assert!(moment.is_none_or(|it| it > now), "no wait at all");
                        // Whoever sleeps till then misses nothing.
                        let asleep = moment.map_or(60_000, |it| (it - now).num_milliseconds());
                        for ms in (0..asleep).step_by(50) {
                            let next = { list.clone() }.next(after(now, ms));
                            prop_assert_eq!(next, [0; 0], "after {} ms", ms);
                        }
                    }
                },
                Deed::Release { which } if !out.is_empty() => {
                    let letter = out.swap_remove(which % out.len());
                    lanes.release(letter.chat, letter.class, now);
                    if letter.class != Class::Answer {
                        list.chat(letter.chat, now).busy = false;
                    }
                }
                Deed::HoldBack { chat, ms } => {
                    // One chat at a time: that a second one closes all is a test of its own.
                    let until = after(now, ms);
                    lanes.held_back = None;
                    lanes.hold_back(chat, until, now);
                    let chat = list.chat(chat, now);
                    chat.held_until = chat.held_until.max(until);
                }
                Deed::Close { ms } => {
                    let until = after(now, ms);
                    lanes.close(until);
                    prop_assert_eq!(lanes.is_closed(now), lanes.closed_until > Some(now));
                    list.closed_until = list.closed_until.max(Some(until));
                }
                Deed::Replace { .. } | Deed::Release { .. } => {}
            }
            prop_assert_eq!(lanes.len(), list.letters.len());
        }
    }
}

fn picked(lanes: &mut Lanes, now: DateTime<Utc>) -> Option<i64> {
    match lanes.pick(now) {
        Picked::Letter(letter) => Some(letter.id),
        Picked::NotBefore(_) => None,
    }
}

#[test]
fn a_second_chat_that_is_held_back_within_the_time_of_the_first_closes_all() {
    let mut lanes = Lanes::new(LIMITS);
    lanes.hold_back(1, at(5_000), at(0));
    lanes.hold_back(1, at(6_000), at(1_000));
    assert!(!lanes.is_closed(at(1_000)), "the same chat again is only that chat");
    lanes.hold_back(2, at(9_000), at(6_000));
    assert!(!lanes.is_closed(at(6_000)), "the first one's time is over");
    lanes.hold_back(3, at(10_000), at(6_001));
    assert!(lanes.is_closed(at(6_001)) && lanes.is_closed(at(9_999)));
    assert!(!lanes.is_closed(at(10_000)), "for as long as was said last");
}

#[test]
fn chats_that_nothing_is_known_of_are_forgotten_and_their_limits_are_not() {
    let mut lanes = Lanes::new(Limits {
        all: Rate { per_second: 1_000_000, burst: 1_000_000 },
        urgent_reserve: 0,
        ..LIMITS
    });
    let through = |lanes: &mut Lanes, id: i64, chat: i64, now| {
        lanes.add(letter(id, chat, Urgency::Reply), now);
        assert_eq!(picked(lanes, now), Some(id));
        lanes.release(chat, Class::Append, now);
    };
    let many = i64::try_from(SWEEP).unwrap();
    let quiet = -9;
    through(&mut lanes, quiet, quiet, at(-60_000));
    (1..many).for_each(|chat| through(&mut lanes, chat, chat, at(0)));
    assert_eq!(lanes.chats.len(), SWEEP, "there is room for so many");
    through(&mut lanes, 0, 0, at(0));
    assert_eq!(lanes.chats.len(), SWEEP, "one had been quiet");
    assert_eq!(lanes.sweep_at, 2 * SWEEP, "not again so soon");
    lanes.sweep_at = SWEEP;
    let (busy, waits, held, spent) = (-1, -2, -3, -4);
    lanes.add(letter(-1, busy, Urgency::Reply), at(900));
    assert_eq!(picked(&mut lanes, at(900)), Some(-1));
    lanes.hold_back(held, at(60_000), at(900));
    lanes.hold_back(waits, at(60_000), at(900));
    lanes.closed_until = None;
    lanes.add(letter(-2, waits, Urgency::Reply), at(900));
    (0..2).for_each(|n| through(&mut lanes, many + n, spent, at(1_000)));
    let mut left: Vec<_> = lanes.chats.keys().copied().collect();
    left.sort_unstable();
    assert_eq!(left, [spent, held, waits, busy]);
    lanes.add(letter(-4, spent, Urgency::Reply), at(1_000));
    assert_eq!(picked(&mut lanes, at(1_999)), None, "its burst is spent");
    assert_eq!(picked(&mut lanes, at(2_000)), Some(-4));
}
