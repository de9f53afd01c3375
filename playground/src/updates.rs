//! The queue of updates: kept until confirmed or too old, handed out by poll or webhook.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use tokio::sync::Notify;

/// One update. Its JSON is written once, when it comes in.
#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) json: Arc<str>,
    /// Milliseconds; Telegram forgets an unconfirmed update then.
    pub(crate) expires_at: i64,
    /// Which webhook queue it waits in; each has one delivery under way at a time.
    lane: i64,
}

/// An update id, and a count for the odd case of several updates with the same one.
pub(crate) type Key = (i64, u32);

pub(crate) const MESSAGE_MS: i64 = 24 * 3_600 * 1_000;
pub(crate) const QUERY_MS: i64 = 150 * 1_000;
const SWEEP_MS: i64 = 60 * 1_000;

#[derive(Default)]
pub(crate) struct Updates {
    pending: BTreeMap<Key, Update>,
    next_id: i64,
    next_sweep: i64,
    /// What the bot asked for; `None` is Telegram's default.
    pub(crate) allowed: Option<Vec<String>>,
    /// Somebody who waits for updates is told here.
    pub(crate) came: Arc<Notify>,
    /// Present while a webhook is set.
    lanes: Option<Lanes>,
}

#[derive(Default)]
struct Lanes {
    waiting: HashMap<i64, VecDeque<Key>>,
    /// Lanes with something to deliver and nothing under way.
    ready: VecDeque<i64>,
}

/// Kinds that are not sent unless asked for.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

impl Updates {
    pub(crate) fn starting_at(next_id: i64) -> Self {
        Self { next_id, ..Self::default() }
    }

    pub(crate) fn next_id(&self) -> i64 {
        self.next_id
    }

    pub(crate) fn set_next_id(&mut self, id: i64) {
        self.next_id = id;
    }

    /// How many wait that are not too old.
    pub(crate) fn count(&self, now: i64) -> usize {
        self.pending.values().filter(|it| it.expires_at > now).count()
    }

    pub(crate) fn allows(&self, kind: &str) -> bool {
        match &self.allowed {
            Some(kinds) => kinds.iter().any(|it| it == kind),
            None => !ON_REQUEST.contains(&kind),
        }
    }

    /// Adds `{"update_id":…,"<kind>":<body>}`, if the bot listens to that kind.
    pub(crate) fn push(&mut self, kind: &str, lane: i64, expires_at: i64, body: &str) {
        if !self.allows(kind) {
            return;
        }
        let id = self.next_id;
        let json = format!("{{\"update_id\":{id},\"{kind}\":{body}}}");
        self.push_raw(id, lane, expires_at, json);
    }

    /// Adds an update as it is.
    pub(crate) fn push_raw(&mut self, id: i64, lane: i64, expires_at: i64, json: String) {
        self.next_id = self.next_id.max(id + 1);
        let mut key = (id, 0);
        while self.pending.contains_key(&key) {
            key.1 += 1;
        }
        self.pending.insert(key, Update { json: json.into(), expires_at, lane });
        if let Some(lanes) = &mut self.lanes {
            lanes.push(lane, key);
        }
        self.came.notify_waiters();
    }

    /// Forgets everything before `offset`, as a poll with that offset asks. Returns where to read
    /// on. An offset far from what there is counts as none, as after a quiet week, when Telegram
    /// starts its ids anew.
    pub(crate) fn confirm(&mut self, offset: i64) -> i64 {
        let head = self.pending.keys().next().map_or(self.next_id, |it| it.0);
        let tail = self.pending.keys().next_back().map_or(self.next_id, |it| it.0 + 1);
        let tail = tail.max(self.next_id);
        let from = match offset {
            0 => head,
            back if back < 0 => {
                let keep = usize::try_from(-back).unwrap_or(usize::MAX);
                let skip = self.pending.len().saturating_sub(keep);
                self.pending.keys().nth(skip).map_or(tail, |it| it.0)
            }
            far if far > tail + 10 || far < head - 100_000 => head,
            near => near,
        };
        self.drop_before(from);
        from
    }

    fn drop_before(&mut self, id: i64) {
        while self.pending.first_key_value().is_some_and(|(key, _)| key.0 < id) {
            self.pending.pop_first();
        }
    }

    /// The oldest updates, at most `limit`, that are not too old.
    pub(crate) fn oldest(&mut self, limit: usize, now: i64) -> Vec<Arc<str>> {
        if now >= self.next_sweep {
            self.next_sweep = now + SWEEP_MS;
            self.pending.retain(|_, it| it.expires_at > now);
        }
        self.pending
            .values()
            .filter(|it| it.expires_at > now)
            .take(limit)
            .map(|it| Arc::clone(&it.json))
            .collect()
    }

    pub(crate) fn clear(&mut self) {
        self.pending.clear();
        if self.lanes.is_some() {
            self.lanes = Some(Lanes::default());
        }
    }

    /// From now on updates are also sorted into webhook lanes, or no longer.
    pub(crate) fn use_lanes(&mut self, on: bool) {
        self.lanes = on.then(Lanes::default);
        if let Some(lanes) = &mut self.lanes {
            for (key, update) in &self.pending {
                lanes.push(update.lane, *key);
            }
        }
        self.came.notify_waiters();
    }

    /// The next update for the webhook; its lane rests until [`Self::delivered`] or
    /// [`Self::redeliver`].
    pub(crate) fn take_ready(&mut self, now: i64) -> Option<(Key, i64, Update)> {
        let lanes = self.lanes.as_mut()?;
        while let Some(lane) = lanes.ready.pop_front() {
            let Some(keys) = lanes.waiting.get_mut(&lane) else { continue };
            while let Some(key) = keys.front().copied() {
                match self.pending.get(&key) {
                    Some(update) if update.expires_at > now => {
                        return Some((key, lane, update.clone()));
                    }
                    _ => {
                        self.pending.remove(&key);
                        keys.pop_front();
                    }
                }
            }
            lanes.waiting.remove(&lane);
        }
        None
    }

    /// The webhook has taken this update, or it is given up.
    pub(crate) fn delivered(&mut self, key: Key, lane: i64) {
        self.pending.remove(&key);
        let Some(lanes) = &mut self.lanes else { return };
        if let Some(keys) = lanes.waiting.get_mut(&lane) {
            if keys.front() == Some(&key) {
                keys.pop_front();
            }
            if keys.is_empty() {
                lanes.waiting.remove(&lane);
            } else {
                lanes.ready.push_back(lane);
            }
        }
    }

    /// The webhook did not take the first update of this lane: it may be tried again.
    pub(crate) fn redeliver(&mut self, lane: i64) {
        if let Some(lanes) = &mut self.lanes
            && lanes.waiting.contains_key(&lane)
        {
            lanes.ready.push_back(lane);
        }
    }
}

impl Lanes {
    fn push(&mut self, lane: i64, key: Key) {
        let keys = self.waiting.entry(lane).or_default();
        keys.push_back(key);
        if keys.len() == 1 {
            self.ready.push_back(lane);
        }
    }
}
