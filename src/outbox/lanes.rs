//! Who may be written to next: one call in flight a chat, the most urgent first, inside the limits.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::{DateTime, Utc};

use crate::bucket::{Bucket, Rate};
use crate::store::outbox::{Class, Letter, Urgency};

/// How much may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To everybody together.
    pub all: Rate,
    /// How many tokens of `all` only money, deadlines and replies may use.
    pub urgent_reserve: u32,
    /// To one chat.
    pub chat: Rate,
}

/// Everything that waits, as far as it is in memory.
pub(super) struct Lanes {
    limits: Limits,
    all: Bucket,
    letters: HashMap<i64, Letter>,
    chats: HashMap<i64, Lane>,
    /// The head of each lane that may go. Of those that are as urgent, who has been written to
    /// least lately is the first: nobody waits behind all that somebody else asked for.
    ready: BTreeSet<Head>,
    /// Answers to presses: first, and outside the limits of messages.
    answers: VecDeque<i64>,
    /// Lanes that wait for a token or for the end of a 429.
    parked: BTreeSet<(DateTime<Utc>, i64)>,
    /// Letters whose time has not come.
    later: BTreeSet<(DateTime<Utc>, i64)>,
    /// Nothing goes before this.
    closed_until: Option<DateTime<Utc>>,
    /// The last chat that Telegram held back, and until when.
    held_back: Option<(i64, DateTime<Utc>)>,
    sweep_at: usize,
}

/// How urgent, when its chat's bucket is full again, which letter, and of which chat.
type Head = (Urgency, DateTime<Utc>, i64, i64);

struct Lane {
    queue: BTreeSet<(Urgency, i64)>,
    busy: bool,
    parked: Option<DateTime<Utc>>,
    bucket: Bucket,
}

impl Lane {
    /// Where one of its letters stands among the ready ones. Its bucket is only drawn from when none
    /// of them does.
    fn head(&self, (urgency, id): (Urgency, i64), chat: i64) -> Head {
        (urgency, self.bucket.full_at(), id, chat)
    }
}

/// What a look at the lanes gave.
pub(super) enum Picked {
    Letter(Letter),
    /// Nothing before this moment; `None`: nothing at all.
    NotBefore(Option<DateTime<Utc>>),
}

const SWEEP: usize = 4_096;

impl Lanes {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            all: Bucket::full(limits.all, DateTime::UNIX_EPOCH),
            letters: HashMap::new(),
            chats: HashMap::new(),
            ready: BTreeSet::new(),
            answers: VecDeque::new(),
            parked: BTreeSet::new(),
            later: BTreeSet::new(),
            closed_until: None,
            held_back: None,
            sweep_at: SWEEP,
        }
    }

    /// How many letters wait here.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Puts a letter into its lane. An older revision of one that is here is ignored, a newer one
    /// takes its place.
    pub(super) fn add(&mut self, letter: Letter, now: DateTime<Utc>) {
        if let Some(known) = self.letters.get(&letter.id) {
            if known.revision >= letter.revision {
                return;
            }
            self.forget(letter.id);
        }
        let id = letter.id;
        match letter.not_before {
            Some(at) if at > now => {
                self.later.insert((at, id));
            }
            _ if letter.class == Class::Answer => self.answers.push_back(id),
            _ => {
                let chat = letter.chat;
                self.lane(chat, now).queue.insert((letter.urgency, id));
                self.refresh(chat);
            }
        }
        self.letters.insert(id, letter);
    }

    /// Takes the letter that goes next.
    pub(super) fn pick(&mut self, now: DateTime<Utc>) -> Picked {
        if let Some(at) = self.closed_until {
            if at > now {
                return Picked::NotBefore(Some(at));
            }
            self.closed_until = None;
        }
        self.wake(now);
        while let Some(id) = self.answers.pop_front() {
            if let Some(letter) = self.letters.remove(&id) {
                return Picked::Letter(letter);
            }
        }
        while let Some(&head) = self.ready.first() {
            let (urgency, _, id, chat) = head;
            self.ready.pop_first();
            let Some(lane) = self.chats.get_mut(&chat) else { continue };
            // Both buckets must give a token, so the one that is asked second must not fail.
            let mut bucket = lane.bucket;
            if let Err(at) = bucket.take(now, 0) {
                self.park(chat, at, now);
                continue;
            }
            let reserve = if urgency <= Urgency::Reply { 0 } else { self.limits.urgent_reserve };
            if let Err(at) = self.all.take(now, reserve) {
                self.ready.insert(head);
                return Picked::NotBefore(self.earliest(Some(at)));
            }
            lane.bucket = bucket;
            lane.queue.remove(&(urgency, id));
            if let Some(letter) = self.letters.remove(&id) {
                lane.busy = true;
                return Picked::Letter(letter);
            }
        }
        Picked::NotBefore(self.earliest(None))
    }

    /// A call of this letter has ended: the next of its chat may go.
    pub(super) fn release(&mut self, chat: i64, class: Class, now: DateTime<Utc>) {
        if class == Class::Answer {
            return;
        }
        if let Some(lane) = self.chats.get_mut(&chat) {
            lane.busy = false;
        }
        self.refresh(chat);
        if self.chats.len() > self.sweep_at {
            self.chats.retain(|_, it| {
                it.busy || it.parked.is_some() || !it.queue.is_empty() || !it.bucket.is_full(now)
            });
            self.sweep_at = SWEEP.max(self.chats.len() * 2);
        }
    }

    /// Nothing to this chat before `until`. When another chat is held back in the same way, the
    /// limit that was hit is the one on all.
    pub(super) fn hold_back(&mut self, chat: i64, until: DateTime<Utc>, now: DateTime<Utc>) {
        if self.held_back.is_some_and(|(other, until)| other != chat && until > now) {
            self.close(until);
        }
        self.held_back = Some((chat, until));
        self.park(chat, until, now);
    }

    /// Nothing to anybody before `until`.
    pub(super) fn close(&mut self, until: DateTime<Utc>) {
        self.closed_until = self.closed_until.max(Some(until));
    }

    /// Whether nobody is written to now.
    pub(super) fn is_closed(&self, now: DateTime<Utc>) -> bool {
        self.closed_until.is_some_and(|at| at > now)
    }

    fn wake(&mut self, now: DateTime<Utc>) {
        while let Some(&(at, chat)) = self.parked.first()
            && at <= now
        {
            self.parked.pop_first();
            if let Some(lane) = self.chats.get_mut(&chat) {
                lane.parked = None;
            }
            self.refresh(chat);
        }
        while let Some(&(at, id)) = self.later.first()
            && at <= now
        {
            self.later.pop_first();
            if let Some(letter) = self.letters.remove(&id) {
                self.add(letter, now);
            }
        }
    }

    fn earliest(&self, at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let parked = self.parked.first().map(|it| it.0);
        let later = self.later.first().map(|it| it.0);
        [at, parked, later].into_iter().flatten().min()
    }

    fn park(&mut self, chat: i64, until: DateTime<Utc>, now: DateTime<Utc>) {
        let lane = self.lane(chat, now);
        let until = lane.parked.max(Some(until)).unwrap_or(until);
        if let Some(before) = lane.parked.replace(until) {
            self.parked.remove(&(before, chat));
        }
        self.parked.insert((until, chat));
        self.refresh(chat);
    }

    /// Brings the chat's place among the ready ones up to date.
    fn refresh(&mut self, chat: i64) {
        let Some(lane) = self.chats.get(&chat) else { return };
        let mut heads = lane.queue.iter();
        let head = heads.next();
        // A new head may have come before one that stands among the ready ones.
        if let Some(second) = heads.next() {
            self.ready.remove(&lane.head(*second, chat));
        }
        if let Some(first) = head {
            if lane.busy || lane.parked.is_some() {
                self.ready.remove(&lane.head(*first, chat));
            } else {
                self.ready.insert(lane.head(*first, chat));
            }
        }
    }

    fn forget(&mut self, id: i64) {
        let Some(letter) = self.letters.remove(&id) else { return };
        if let Some(at) = letter.not_before {
            self.later.remove(&(at, id));
        }
        if let Some(lane) = self.chats.get_mut(&letter.chat) {
            self.ready.remove(&lane.head((letter.urgency, id), letter.chat));
            lane.queue.remove(&(letter.urgency, id));
        }
        self.answers.retain(|it| *it != id);
        self.refresh(letter.chat);
    }

    fn lane(&mut self, chat: i64, now: DateTime<Utc>) -> &mut Lane {
        // Whoever is new here comes after those who have been quiet for a while.
        let bucket = Bucket::full(self.limits.chat, now);
        self.chats.entry(chat).or_insert_with(|| Lane {
            queue: BTreeSet::new(),
            busy: false,
            parked: None,
            bucket,
        })
    }
}

#[cfg(test)]
mod tests;
