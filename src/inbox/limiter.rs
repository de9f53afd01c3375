//! How much of what one person sends is taken in. A flood ends here, before it costs a seal, a row
//! and a commit, so that others do not wait behind it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::bucket::{Bucket, Rate};
use crate::telegram::update::Peek;

/// What is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one person. Somebody who forwards a whole chat as evidence sends a hundred at once, and
    /// the same again because Telegram may say everything twice.
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
/// A crowd is one if it sends so many seconds' worth more than it may: hundreds of people at once, not
/// a dozen who take turns.
const LASTS: u32 = 10;
/// It is one until it has been quiet for so long.
const CALM: TimeDelta = TimeDelta::seconds(10);
/// Somebody is told once in this time that something was left out…
const TOLD_EVERY: TimeDelta = TimeDelta::minutes(1);
/// …and in a crowd only one person a second: letters cost more than what is left out.
const TELL_EVERY: TimeDelta = TimeDelta::seconds(1);
/// The operator reads of it in the log.
const LOG_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Whoever has been quiet is forgotten.
const SWEEP_EVERY: TimeDelta = TimeDelta::seconds(30);

/// Telegram's own names for whoever writes for a group, for a channel, or through one: all who do
/// have them, everywhere.
const SHARED: [i64; 3] = [777_000, 1_087_968_824, 136_817_688];

/// Who sent an update, as far as that can be told apart; an update of nobody is nobody's flood.
fn sender(peek: &Peek) -> Option<i64> {
    let own = |it: &i64| !SHARED.contains(it);
    peek.user.filter(own).or(peek.chat)
}

/// One person's updates.
#[derive(Clone, Copy)]
struct Flow {
    /// What may come at any time…
    usual: Bucket,
    /// …and what is left of it for crowds.
    rest: Bucket,
    /// The latest moment at which one was sent.
    last: DateTime<Utc>,
    told: Option<DateTime<Utc>>,
}

/// All of them together. What counts is when things were sent, not when they came: after an outage
/// a day's updates come at once, and are no crowd. And one person who floods is none.
#[derive(Clone, Copy)]
struct Crowd {
    bucket: Bucket,
    /// The latest moment at which anything was sent.
    last: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Crowd {
    /// One more was sent.
    fn counts(&mut self, now: DateTime<Utc>) {
        if self.bucket.take(self.last, 0).is_err() {
            self.until = now + CALM;
        }
    }
}

pub(super) struct Limiter {
    limits: Limits,
    flows: HashMap<i64, Flow>,
    crowd: Crowd,
    /// The last time that anything was judged.
    judged: DateTime<Utc>,
    told: DateTime<Utc>,
    swept: DateTime<Utc>,
    /// How many were left out since that was last told to the log, and when that was.
    left_out: usize,
    logged: DateTime<Utc>,
}

/// What is to become of a batch. It counts once [`Limiter::settle`] has heard of it: what cannot be
/// written comes again.
pub(super) struct Judgement {
    /// For each update of the batch, whether it is taken in.
    pub(super) admitted: Vec<bool>,
    /// Who should hear that something was left out.
    pub(super) tell: Vec<i64>,
    flows: HashMap<i64, Flow>,
    crowd: Crowd,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        let quiet = DateTime::UNIX_EPOCH;
        let burst = limits.crowd.saturating_mul(LASTS);
        let crowd = Rate { per_second: limits.crowd, burst };
        Self {
            limits,
            flows: HashMap::new(),
            crowd: Crowd { bucket: Bucket::full(crowd, quiet), last: quiet, until: quiet },
            judged: quiet,
            told: quiet,
            swept: quiet,
            left_out: 0,
            logged: quiet,
        }
    }

    /// Judges a batch, in its order.
    pub(super) fn judge(&mut self, batch: &[Peek], now: DateTime<Utc>) -> Judgement {
        // The clock was set back: of what is known nobody can say when it was.
        if now < self.judged {
            *self = Self::new(self.limits);
        }
        self.judged = now;
        let mut crowd = self.crowd;
        let (mut flows, mut tell) = (HashMap::new(), Vec::new());
        // Where more may be waiting, what has no date was sent after what came before it.
        let dated = batch.iter().any(|it| it.sent.is_some());
        let undated = |last| if batch.len() >= FULL && dated { last } else { now };
        let admitted = batch.iter().map(|peek| {
            let sent = peek.sent.and_then(|it| DateTime::from_timestamp(it, 0));
            let sent = sent.map_or_else(|| undated(crowd.last), |it| it.min(now));
            crowd.last = crowd.last.max(sent);
            let Some(sender) = sender(peek) else { return true };
            let flow = flows.entry(sender).or_insert_with(|| self.flow(sender));
            flow.last = flow.last.max(sent);
            let usual = flow.usual.take(flow.last, 0).is_ok();
            if usual {
                crowd.counts(now);
            }
            let crowded = crowd.until > now;
            let cost = if crowded { DEAR + spread(sender) } else { 1 };
            let admitted = usual && flow.rest.take_many(cost, flow.last, 0).is_ok();
            let in_private = peek.chat == Some(sender);
            let may_tell = flow.told.is_none_or(|at| now - at >= TOLD_EVERY)
                && (!crowded || now - self.told >= TELL_EVERY);
            if !admitted && in_private && may_tell && (!crowded || tell.is_empty()) {
                flow.told = Some(now);
                tell.push(sender);
            }
            admitted
        });
        Judgement { admitted: admitted.collect(), tell, flows, crowd }
    }

    fn flow(&self, sender: i64) -> Flow {
        let full = Bucket::full(self.limits.sender, DateTime::UNIX_EPOCH);
        let fresh = Flow { usual: full, rest: full, last: DateTime::UNIX_EPOCH, told: None };
        self.flows.get(&sender).copied().unwrap_or(fresh)
    }

    /// It was written, or there was nothing to write. Returns how many were left out, once a minute
    /// if any were.
    pub(super) fn settle(&mut self, judged: Judgement, now: DateTime<Utc>) -> Option<usize> {
        let Judgement { admitted, tell, flows, crowd } = judged;
        self.crowd = crowd;
        self.flows.extend(flows);
        if !tell.is_empty() {
            self.told = now;
        }
        if now - self.swept >= SWEEP_EVERY {
            self.swept = now;
            self.flows.retain(|_, it| {
                let full = it.usual.is_full(crowd.last) && it.rest.is_full(crowd.last);
                !full || it.told.is_some_and(|at| now - at < TOLD_EVERY)
            });
        }
        self.left_out += admitted.iter().filter(|it| !**it).count();
        if self.left_out == 0 || now - self.logged < LOG_EVERY {
            return None;
        }
        self.logged = now;
        Some(std::mem::take(&mut self.left_out))
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
        let sent = Some(when.timestamp());
        Peek { update_id: 1, chat: Some(sender), user: Some(sender), date: sent, sent }
    }

    fn pressed(sender: i64) -> Peek {
        Peek { date: None, sent: None, ..written(sender, at(0)) }
    }

    /// How many of a batch are taken in, and who is told.
    fn taken(limiter: &mut Limiter, batch: &[Peek], now: DateTime<Utc>) -> (usize, Vec<i64>) {
        let judged = limiter.judge(batch, now);
        let told = (judged.admitted.iter().filter(|it| **it).count(), judged.tell.clone());
        limiter.settle(judged, now);
        told
    }

    #[test]
    fn a_forwarded_chat_is_taken_in_also_when_it_comes_twice_and_a_flood_is_not() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let chat = [written(7, at(0)); 100];
        for _ in 0..3 {
            assert_eq!(taken(&mut limiter, &chat, at(0)), (100, vec![]));
        }
        assert_eq!(taken(&mut limiter, &chat, at(0)), (0, vec![7]));
        assert_eq!(taken(&mut limiter, &chat, at(0)), (0, vec![]), "told once");
        assert_eq!(
            taken(&mut limiter, &[written(8, at(0))], at(0)),
            (1, vec![]),
            "the others go on"
        );
        let later = [written(7, at(2)); 100];
        assert_eq!(taken(&mut limiter, &later, at(2)), (10, vec![]), "five a second come back");
        let much_later = [written(7, at(60)); 300];
        assert_eq!(taken(&mut limiter, &much_later, at(60)), (290, vec![7]), "and told again");
    }

    #[test]
    fn what_could_not_be_written_costs_nothing() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let chat = [written(7, at(0)); 100];
        for _ in 0..50 {
            assert!(limiter.judge(&chat, at(0)).admitted.iter().all(|it| *it));
        }
        assert_eq!(taken(&mut limiter, &chat, at(0)), (100, vec![]));
    }

    #[test]
    fn what_was_written_over_hours_is_taken_in_though_it_comes_at_once() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let (start, now) = (at(0), at(7_200));
        for hour in 0..900 {
            let batch = [written(7, start + TimeDelta::seconds(hour * 8)); 30];
            assert_eq!(taken(&mut limiter, &batch, now), (30, vec![]), "{hour}");
        }
    }

    #[test]
    fn whoever_used_theirs_up_together_does_not_come_through_together() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (100_000..110_001).map(|it| written(it, at(0))).collect();
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
            assert_eq!(taken(&mut limiter, &batch, now), (150, vec![]), "{minute}");
        }
    }

    #[test]
    fn presses_alone_are_a_crowd_too() {
        let mut limiter = Limiter::new(Limits::USUAL);
        for _ in 0..200 {
            let batch: Vec<_> = (0..100).map(pressed).collect();
            taken(&mut limiter, &batch, at(0));
        }
        assert_eq!(taken(&mut limiter, &[pressed(800); 99], at(0)).0, 10);
    }

    #[test]
    fn after_a_press_what_was_written_before_it_is_taken_in_all_the_same() {
        let mut limiter = Limiter::new(Limits::USUAL);
        assert_eq!(taken(&mut limiter, &[pressed(7)], at(3_600)), (1, vec![]));
        assert_eq!(taken(&mut limiter, &[written(7, at(0)); 99], at(3_600)), (99, vec![]));
    }

    #[test]
    fn a_press_is_as_new_as_it_comes_unless_more_may_be_waiting() {
        let mut limiter = Limiter::new(Limits::USUAL);
        taken(&mut limiter, &[written(7, at(0)); 300], at(0));
        let mut batch = vec![written(8, at(0)); 99];
        batch[98] = pressed(7);
        assert_eq!(taken(&mut limiter, &batch, at(60)).0, 99);
        taken(&mut limiter, &[pressed(7); 300], at(60));
        batch.push(pressed(7));
        assert_eq!(taken(&mut limiter, &batch, at(120)).0, 98, "a full one may be old");
    }

    /// Of what may come at any time all is back after two seconds, and in crowds after a minute.
    #[test]
    fn who_used_theirs_up_in_a_crowd_is_not_forgotten_before_it_has_come_back() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd =
            |second| -> Vec<_> { (100_000..110_001).map(|it| written(it, at(second))).collect() };
        taken(&mut limiter, &crowd(0), at(0));
        // Whoever was told is remembered anyway: that is somebody else.
        assert_eq!(taken(&mut limiter, &[written(32, at(0)); 15], at(0)), (10, vec![32]));
        assert_eq!(taken(&mut limiter, &[written(16, at(0)); 15], at(0)), (10, vec![]));
        taken(&mut limiter, &crowd(31), at(31));
        assert_eq!(taken(&mut limiter, &[written(16, at(31)); 15], at(31)).0, 5);
    }

    #[test]
    fn in_a_crowd_who_sends_little_is_taken_in_and_of_the_others_ten() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (100_000..110_001).map(|it| written(it, at(0))).collect();
        assert_eq!(taken(&mut limiter, &crowd, at(0)), (10_001, vec![]));
        let flood: Vec<_> = (0..200).flat_map(|it| [written(it * SPREAD, at(0)); 15]).collect();
        let (admitted, told) = taken(&mut limiter, &flood, at(0));
        assert_eq!((admitted, told), (2_000, vec![0]), "ten of each fifteen");
        assert_eq!(taken(&mut limiter, &[pressed(777)], at(0)), (1, vec![]));
        let more = [written(16, at(0)), written(32, at(0)), pressed(777)];
        assert_eq!(taken(&mut limiter, &more, at(0)), (1, vec![]), "and nobody else is told yet");
        assert_eq!(taken(&mut limiter, &more, at(1)), (1, vec![16]));
        assert_eq!(
            taken(&mut limiter, &[written(16, at(7))], at(7)),
            (1, vec![]),
            "one in six seconds"
        );
    }

    #[test]
    fn a_crowd_is_one_until_it_has_been_quiet_for_ten_seconds() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let crowd: Vec<_> = (100_000..110_001).map(|it| written(it, at(0))).collect();
        assert_eq!(taken(&mut limiter, &crowd, at(0)).0, 10_001);
        assert_eq!(taken(&mut limiter, &[pressed(16); 19], at(9)).0, 10);
        assert_eq!(taken(&mut limiter, &[pressed(9); 19], at(10)).0, 19);
    }

    #[test]
    fn everybody_is_told_who_sent_too_much() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let both: Vec<_> = (0..301).flat_map(|_| [written(7, at(0)), written(8, at(0))]).collect();
        assert_eq!(taken(&mut limiter, &both, at(0)), (600, vec![7, 8]));
    }

    #[test]
    fn whoever_was_told_is_remembered_for_that_minute_though_the_bucket_is_full_again() {
        let sender = Rate { per_second: 5, burst: 100 };
        let mut limiter = Limiter::new(Limits { sender, ..Limits::USUAL });
        let flood = |second| [written(7, at(second)); 101];
        assert_eq!(taken(&mut limiter, &flood(0), at(0)), (100, vec![7]));
        assert_eq!(taken(&mut limiter, &[written(8, at(31))], at(31)), (1, vec![]));
        assert_eq!(taken(&mut limiter, &flood(32), at(32)), (100, vec![]));
        assert_eq!(taken(&mut limiter, &flood(60), at(60)), (100, vec![7]));
    }

    #[test]
    fn the_log_tells_once_a_minute_how_many_were_left_out() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let mut told = |count, second| {
            let judged = limiter.judge(&vec![written(7, at(0)); count], at(second));
            limiter.settle(judged, at(second))
        };
        assert_eq!([told(300, 0), told(5, 0), told(6, 30)], [None, Some(5), None]);
        assert_eq!([told(0, 59), told(1, 60), told(0, 120)], [None, Some(7), None]);
    }

    #[test]
    fn a_dozen_who_take_turns_are_no_crowd() {
        let mut limiter = Limiter::new(Limits::USUAL);
        for turn in 0..20 {
            let dozen: Vec<_> = (0..12).flat_map(|it| [written(it, at(turn * 9)); 100]).collect();
            taken(&mut limiter, &dozen, at(turn * 9));
            let honest = [pressed(777), pressed(777), pressed(777)];
            assert_eq!(taken(&mut limiter, &honest, at(turn * 9 + 1)), (3, vec![]), "{turn}");
        }
    }

    #[test]
    fn one_person_who_floods_is_no_crowd() {
        let mut limiter = Limiter::new(Limits::USUAL);
        for _ in 0..100 {
            taken(&mut limiter, &[written(7, at(0)); 100], at(0));
        }
        assert_eq!(taken(&mut limiter, &[written(8, at(0)); 99], at(0)), (99, vec![]));
    }

    #[test]
    fn a_clock_that_was_ahead_is_forgotten_when_it_is_set_back() {
        let mut limiter = Limiter::new(Limits::USUAL);
        for _ in 0..200 {
            let crowd: Vec<_> = (0..99).map(|it| written(it, at(0))).collect();
            taken(&mut limiter, &crowd, at(86_400));
            taken(&mut limiter, &[pressed(7); 9], at(86_400));
        }
        for second in 0..200 {
            let batch = [pressed(7), pressed(7), written(7, at(second))];
            assert_eq!(taken(&mut limiter, &batch, at(second)), (3, vec![]), "{second}");
        }
    }

    /// All who write for a group, or for their channel, have the same name there.
    #[test]
    fn whoever_has_the_same_name_elsewhere_is_somebody_else() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let elsewhere = |chat| Peek { chat: Some(chat), ..written(136_817_688, at(0)) };
        assert_eq!(taken(&mut limiter, &[elsewhere(-1); 400], at(0)).0, 300);
        assert_eq!(taken(&mut limiter, &[elsewhere(-2); 10], at(0)).0, 10);
    }

    #[test]
    fn who_floods_a_group_is_told_nothing_and_does_not_silence_it() {
        let mut limiter = Limiter::new(Limits::USUAL);
        let in_group = |user| Peek { chat: Some(-100), ..written(user, at(0)) };
        assert_eq!(taken(&mut limiter, &[in_group(7); 400], at(0)), (300, vec![]));
        assert_eq!(taken(&mut limiter, &[in_group(8)], at(0)), (1, vec![]));
    }

    #[test]
    fn whoever_has_been_quiet_is_forgotten() {
        let mut limiter = Limiter::new(Limits::USUAL);
        taken(&mut limiter, &[written(7, at(0)); 400], at(0));
        taken(&mut limiter, &[written(8, at(31))], at(31));
        assert!(limiter.flows.contains_key(&7), "its bucket is not full again");
        taken(&mut limiter, &[written(9, at(62))], at(62));
        assert_eq!(limiter.flows.keys().collect::<Vec<_>>(), [&9]);
    }
}
