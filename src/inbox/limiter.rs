//! How much of what one person sends is taken in. A flood ends here, before it costs a seal, a row
//! and a commit, so that others do not wait behind it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::bucket::{Bucket, Rate};
use crate::telegram::update::Peek;

/// What is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one person. At once it has to be a whole chat that somebody forwards as evidence, which
    /// is a hundred messages, and the same again because the answer to the poll got lost.
    pub sender: Rate,
    /// Of all people together, a second. More than that is a crowd.
    pub crowd: u32,
}

impl Limits {
    /// What holds unless the operator says otherwise.
    pub const USUAL: Self = Self { sender: Rate { per_second: 5, burst: 300 }, crowd: 1_000 };
}

/// In a crowd each update costs its sender so many tokens: as nobody can take all of it in, whoever
/// sends little comes first.
const DEAR: u32 = 30;
/// To some of them a little more, up to this: else all who have used theirs up at the same time would
/// come through again at the same time.
const SPREAD: i64 = 16;
/// Telegram gives no more at once; then more may be waiting, and be older than it looks.
const FULL: usize = 100;
/// A crowd is one until it has been quiet for so long.
const CALM: TimeDelta = TimeDelta::seconds(10);
/// Somebody is told once in this time that something was left out…
const TOLD_EVERY: TimeDelta = TimeDelta::minutes(1);
/// …and in a crowd only one person a second: letters cost more than what is left out.
const TELL_EVERY: TimeDelta = TimeDelta::seconds(1);
/// Whoever has been quiet is forgotten.
const SWEEP_EVERY: TimeDelta = TimeDelta::seconds(30);

/// One person's updates.
#[derive(Clone, Copy)]
struct Flow {
    bucket: Bucket,
    /// The latest moment at which one was sent.
    last: DateTime<Utc>,
    told: Option<DateTime<Utc>>,
}

/// All of them together. What counts is when things were sent, not when they came: after an outage
/// a day's updates come at once, and are no crowd.
#[derive(Clone, Copy)]
struct Crowd {
    bucket: Bucket,
    /// The latest moment at which anything was sent.
    last: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Crowd {
    /// One more was sent.
    fn counts(&mut self, sent: DateTime<Utc>, now: DateTime<Utc>) {
        self.last = self.last.max(sent);
        if self.bucket.take(self.last, 0).is_err() {
            self.until = now + CALM;
        }
    }
}

pub(super) struct Limiter {
    limits: Limits,
    senders: HashMap<i64, Flow>,
    crowd: Crowd,
    told: DateTime<Utc>,
    swept: DateTime<Utc>,
}

/// What is to become of a batch. It counts once [`Limiter::settle`] has heard of it: what cannot be
/// written comes again.
pub(super) struct Verdict {
    /// For each update of the batch, whether it is taken in.
    pub(super) admitted: Vec<bool>,
    /// Who should hear that something was left out.
    pub(super) tell: Option<i64>,
    flows: HashMap<i64, Flow>,
    crowd: Crowd,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        let quiet = DateTime::UNIX_EPOCH;
        Self {
            limits,
            senders: HashMap::new(),
            crowd: Crowd {
                bucket: Bucket::full(Rate { per_second: limits.crowd, burst: limits.crowd }),
                last: quiet,
                until: quiet,
            },
            told: quiet,
            swept: quiet,
        }
    }

    /// Judges a batch, in its order.
    pub(super) fn judge(&self, batch: &[Peek], now: DateTime<Utc>) -> Verdict {
        let mut crowd = self.crowd;
        let (mut flows, mut tell) = (HashMap::new(), None);
        let admitted = batch.iter().map(|peek| {
            let sent = match peek.date.and_then(|it| DateTime::from_timestamp(it, 0)) {
                Some(written) => written.min(now),
                // Nobody says when a button was pressed: after what came before it, and where no
                // more waits, just now.
                None if batch.len() >= FULL => crowd.last,
                None => now,
            };
            crowd.counts(sent, now);
            let crowded = crowd.until > now;
            // Without a sender it is from the chat itself, and without a chat from nobody.
            let Some(sender) = peek.user.or(peek.chat) else { return true };
            let flow = flows.entry(sender).or_insert_with(|| self.flow(sender));
            flow.last = flow.last.max(sent);
            let cost = if crowded { DEAR + spread(sender) } else { 1 };
            let admitted = flow.bucket.take_many(cost, flow.last, 0).is_ok();
            let in_private = peek.chat == Some(sender);
            let may_tell = flow.told.is_none_or(|at| now - at >= TOLD_EVERY)
                && (!crowded || now - self.told >= TELL_EVERY);
            if !admitted && in_private && may_tell && tell.is_none() {
                flow.told = Some(now);
                tell = Some(sender);
            }
            admitted
        });
        Verdict { admitted: admitted.collect(), tell, flows, crowd }
    }

    fn flow(&self, sender: i64) -> Flow {
        let bucket = Bucket::full(self.limits.sender);
        let fresh = Flow { bucket, last: DateTime::UNIX_EPOCH, told: None };
        self.senders.get(&sender).copied().unwrap_or(fresh)
    }

    /// It was written, or there was nothing to write.
    pub(super) fn settle(&mut self, verdict: Verdict, now: DateTime<Utc>) {
        let Verdict { tell, flows, crowd, .. } = verdict;
        self.crowd = crowd;
        self.senders.extend(flows);
        if tell.is_some() {
            self.told = now;
        }
        if now - self.swept >= SWEEP_EVERY {
            self.swept = now;
            self.senders.retain(|_, it| {
                !it.bucket.is_full(crowd.last) || it.told.is_some_and(|at| now - at < TOLD_EVERY)
            });
        }
    }
}

fn spread(sender: i64) -> u32 {
    u32::try_from(sender.rem_euclid(SPREAD)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_millis;

    fn at(seconds: i64) -> DateTime<Utc> {
        from_millis(1_700_000_000_000 + seconds * 1_000)
    }

    fn written(sender: i64, when: DateTime<Utc>) -> Peek {
        Peek { update_id: 1, chat: Some(sender), user: Some(sender), date: Some(when.timestamp()) }
    }

    fn pressed(sender: i64) -> Peek {
        Peek { date: None, ..written(sender, at(0)) }
    }

    /// How many of a batch are taken in, and who is told.
    fn taken(limiter: &mut Limiter, batch: &[Peek], now: DateTime<Utc>) -> (usize, Option<i64>) {
        let verdict = limiter.judge(batch, now);
        let told = (verdict.admitted.iter().filter(|it| **it).count(), verdict.tell);
        limiter.settle(verdict, now);
        told
    }

    #[test]
    fn a_forwarded_chat_is_taken_in_also_when_it_comes_twice_and_a_flood_is_not() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let chat = [written(7, at(0)); 100];
        for _ in 0..3 {
            assert_eq!(taken(&mut limiter, &chat, at(0)), (100, None));
        }
        assert_eq!(taken(&mut limiter, &chat, at(0)), (0, Some(7)));
        assert_eq!(taken(&mut limiter, &chat, at(0)), (0, None), "told once");
        assert_eq!(taken(&mut limiter, &[written(8, at(0))], at(0)), (1, None), "the others go on");
        let later = [written(7, at(2)); 100];
        assert_eq!(taken(&mut limiter, &later, at(2)), (10, None), "five a second come back");
        let much_later = [written(7, at(60)); 300];
        assert_eq!(taken(&mut limiter, &much_later, at(60)), (290, Some(7)), "and told again");
    }

    #[test]
    fn what_could_not_be_written_costs_nothing() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let chat = [written(7, at(0)); 100];
        for _ in 0..50 {
            assert!(limiter.judge(&chat, at(0)).admitted.iter().all(|it| *it));
        }
        assert_eq!(taken(&mut limiter, &chat, at(0)), (100, None));
    }

    #[test]
    fn what_was_written_over_hours_is_taken_in_though_it_comes_at_once() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let (start, now) = (at(0), at(7_200));
        for hour in 0..900 {
            let batch = [written(7, start + TimeDelta::seconds(hour * 8)); 30];
            assert_eq!(taken(&mut limiter, &batch, now), (30, None), "{hour}");
        }
    }

    #[test]
    fn whoever_used_theirs_up_together_does_not_come_through_together() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (100_000..101_001).map(|it| written(it, at(0))).collect();
        taken(&mut limiter, &crowd, at(0));
        let all = |when| -> Vec<_> { (0..320).map(|it| written(it, at(when))).collect() };
        for _ in 0..10 {
            taken(&mut limiter, &all(0), at(0));
        }
        let through: Vec<_> = (1..9).map(|it| taken(&mut limiter, &all(it), at(it)).0).collect();
        assert!(through.iter().all(|it| *it <= 100), "{through:?}");
        assert!(through.iter().sum::<usize>() >= 300, "{through:?}");
    }

    /// Of a whole desk, so that a crowd is one by when things were sent, too.
    #[test]
    fn what_everybody_wrote_and_pressed_over_hours_is_no_crowd_though_it_comes_at_once() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let now = at(7_200);
        for minute in 0..100 {
            let sent = at(minute * 60);
            let batch: Vec<_> =
                (0..50).flat_map(|it| [written(it, sent), pressed(it), pressed(it)]).collect();
            assert_eq!(taken(&mut limiter, &batch, now), (150, None), "{minute}");
        }
    }

    #[test]
    fn presses_alone_are_a_crowd_too() {
        let mut limiter = Limiter::new(Limits::USUAL);
        for _ in 0..100 {
            let batch: Vec<_> = (0..100).map(pressed).collect();
            taken(&mut limiter, &batch, at(0));
        }
        assert_eq!(taken(&mut limiter, &[pressed(800); 99], at(0)).0, 10);
    }

    #[test]
    fn after_a_press_what_was_written_before_it_is_taken_in_all_the_same() {
        let mut limiter = Limiter::new(Limits::USUAL);
        assert_eq!(taken(&mut limiter, &[pressed(7)], at(3_600)), (1, None));
        assert_eq!(taken(&mut limiter, &[written(7, at(0)); 99], at(3_600)), (99, None));
    }

    #[test]
    fn in_a_crowd_who_sends_little_is_taken_in_and_of_the_others_ten() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (100_000..101_001).map(|it| written(it, at(0))).collect();
        assert_eq!(taken(&mut limiter, &crowd, at(0)), (1_001, None));
        let flood: Vec<_> = (0..200).flat_map(|it| [written(it * SPREAD, at(0)); 15]).collect();
        let (admitted, told) = taken(&mut limiter, &flood, at(0));
        assert_eq!((admitted, told), (2_000, Some(0)), "ten of each fifteen");
        assert_eq!(taken(&mut limiter, &[pressed(777)], at(0)), (1, None));
        let more = [written(16, at(0)), written(32, at(0)), pressed(777)];
        assert_eq!(taken(&mut limiter, &more, at(0)), (1, None), "and nobody else is told yet");
        assert_eq!(taken(&mut limiter, &more, at(1)), (1, Some(16)));
        assert_eq!(
            taken(&mut limiter, &[written(16, at(7))], at(7)),
            (1, None),
            "one in six seconds"
        );
    }

    #[test]
    fn a_crowd_is_one_until_it_has_been_quiet_for_ten_seconds() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (0..1_001).map(|it| written(it, at(0))).collect();
        assert_eq!(taken(&mut limiter, &crowd, at(0)).0, 1_001);
        assert_eq!(taken(&mut limiter, &[pressed(16); 19], at(9)).0, 10);
        assert_eq!(taken(&mut limiter, &[pressed(9); 19], at(10)).0, 19);
    }

    #[test]
    fn who_floods_a_group_is_told_nothing_and_does_not_silence_it() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let in_group = |user| Peek { chat: Some(-100), ..written(user, at(0)) };
        assert_eq!(taken(&mut limiter, &[in_group(7); 400], at(0)), (300, None));
        assert_eq!(taken(&mut limiter, &[in_group(8)], at(0)), (1, None));
    }

    #[test]
    fn whoever_has_been_quiet_is_forgotten() {
        let mut limiter = Limiter::new(Limits::USUAL);
        taken(&mut limiter, &[written(7, at(0)); 400], at(0));
        taken(&mut limiter, &[written(8, at(31))], at(31));
        assert!(limiter.senders.contains_key(&7), "its bucket is not full again");
        taken(&mut limiter, &[written(9, at(62))], at(62));
        assert_eq!(limiter.senders.keys().collect::<Vec<_>>(), [&9]);
    }
}
