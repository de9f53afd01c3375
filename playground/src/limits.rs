//! How fast a bot may speak before it hears 429.

/// The send limits of this Telegram; `None` switches one off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// All chats together.
    pub global: Option<Rate>,
    /// One private chat.
    pub chat: Option<Rate>,
    /// One group.
    pub group: Option<Rate>,
}

/// A token bucket: `burst` at once, then one every `every_us` microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub every_us: i64,
    pub burst: i64,
}

impl Limits {
    /// Telegram's published numbers: 30 a second in all, one a second in a chat, 20 a minute in a
    /// group. The bursts are ours (30, 20 and 20), since Telegram publishes none.
    pub const fn telegram() -> Self {
        Self {
            global: Some(Rate { every_us: 33_333, burst: 30 }),
            chat: Some(Rate { every_us: 1_000_000, burst: 20 }),
            group: Some(Rate { every_us: 3_000_000, burst: 20 }),
        }
    }

    pub const fn none() -> Self {
        Self { global: None, chat: None, group: None }
    }
}

/// When a bucket would be full again, in microseconds: the whole state of a token bucket.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    full_at: i64,
}

impl Meter {
    /// Takes a token from both buckets, or from neither and says after how many seconds to retry.
    pub(crate) fn take_both(
        first: (&mut Self, Option<Rate>),
        second: (&mut Self, Option<Rate>),
        now_ms: i64,
    ) -> Result<(), i64> {
        let now = now_ms * 1_000;
        let a = first.1.map(|rate| first.0.next(rate, now)).transpose();
        let b = second.1.map(|rate| second.0.next(rate, now)).transpose();
        match (a, b) {
            (Ok(a), Ok(b)) => {
                first.0.full_at = a.unwrap_or(first.0.full_at);
                second.0.full_at = b.unwrap_or(second.0.full_at);
                Ok(())
            }
            (a, b) => {
                let wait = a.err().max(b.err()).unwrap_or_default();
                Err((wait + 999_999) / 1_000_000)
            }
        }
    }

    /// When the bucket would be full after one more token, or how long to wait for it.
    fn next(self, rate: Rate, now: i64) -> Result<i64, i64> {
        let full_at = self.full_at.max(now) + rate.every_us;
        let over = full_at - now - rate.burst * rate.every_us;
        if over > 0 { Err(over) } else { Ok(full_at) }
    }
}
