//! What waits for a handler: at most one update of each chat is out, oldest first.

use std::collections::{HashMap, VecDeque};

use crate::store::inbox::Waiting;

/// Whose turn it is. An update without a chat waits for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    Chat(i64),
    Alone(i64),
}

impl Lane {
    pub(super) fn of(update: &Waiting) -> Self {
        update.chat.map_or(Self::Alone(update.update_id), Self::Chat)
    }
}

#[derive(Default)]
pub(super) struct Queue {
    /// Lanes that have something waiting or somebody out; the one that is out is not in the list.
    lanes: HashMap<Lane, VecDeque<Waiting>>,
    /// Lanes with something waiting and nobody out.
    ready: VecDeque<Lane>,
    /// All that wait or are out.
    len: usize,
    out: usize,
}

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Adds new updates, each behind the others of its chat.
    pub(super) fn extend(&mut self, updates: impl IntoIterator<Item = Waiting>) {
        updates.into_iter().for_each(|it| self.push(it));
    }

    fn push(&mut self, update: Waiting) {
        let lane = Lane::of(&update);
        self.len += 1;
        let waiting = self.lanes.entry(lane).or_insert_with(|| {
            self.ready.push_back(lane);
            VecDeque::new()
        });
        waiting.push_back(update);
    }

    /// Takes the oldest of each free chat, until `most` are out. Each must come back by
    /// [`Queue::ended`] or [`Queue::again`].
    pub(super) fn hand_out(&mut self, most: usize) -> Vec<Waiting> {
        let most = most.saturating_sub(self.out).min(self.ready.len());
        let lanes = self.ready.drain(..most);
        let updates: Vec<_> =
            lanes.filter_map(|lane| self.lanes.get_mut(&lane)?.pop_front()).collect();
        self.out += updates.len();
        updates
    }

    /// The update of this chat that was out is finished: the next may go.
    pub(super) fn ended(&mut self, lane: Lane) {
        self.len -= 1;
        self.free(lane);
    }

    /// The update that was out is to be handed out again, before the others of its chat.
    pub(super) fn again(&mut self, update: Waiting) {
        let lane = Lane::of(&update);
        self.lanes.entry(lane).or_default().push_front(update);
        self.free(lane);
    }

    fn free(&mut self, lane: Lane) {
        self.out -= 1;
        if self.lanes.get(&lane).is_none_or(VecDeque::is_empty) {
            self.lanes.remove(&lane);
        } else {
            self.ready.push_back(lane);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(update_id: i64, chat: Option<i64>) -> Waiting {
        Waiting { update_id, chat, raw: String::new(), tries: 0 }
    }

    fn out(queue: &mut Queue, most: usize) -> Vec<i64> {
        queue.hand_out(most).iter().map(|it| it.update_id).collect()
    }

    #[test]
    fn each_chat_has_one_out_and_the_others_do_not_wait_for_it() {
        let mut queue = Queue::default();
        for (id, chat) in [(1, 7), (2, 7), (3, 8), (4, 7)] {
            queue.push(update(id, Some(chat)));
        }
        queue.push(update(5, None));
        queue.push(update(6, None));
        assert_eq!(queue.len(), 6);
        assert_eq!(out(&mut queue, 2), [1, 3]);
        assert_eq!(out(&mut queue, 3), [5]);
        assert_eq!(out(&mut queue, 9), [6]);
        assert_eq!(out(&mut queue, 9), [0; 0]);
        queue.ended(Lane::Chat(7));
        assert_eq!(out(&mut queue, 9), [2]);
        queue.again(update(2, Some(7)));
        assert_eq!(out(&mut queue, 9), [2], "again means before the next one");
        queue.ended(Lane::Chat(7));
        assert_eq!(out(&mut queue, 9), [4]);
        for lane in [Lane::Chat(7), Lane::Chat(8), Lane::Alone(5), Lane::Alone(6)] {
            queue.ended(lane);
        }
        assert_eq!((queue.len(), queue.lanes.len()), (0, 0), "nothing is left behind");
        queue.push(update(9, Some(7)));
        assert_eq!(out(&mut queue, 9), [9]);
    }
}
