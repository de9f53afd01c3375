//! What an operator may stop: everybody's new orders, a person, or an ad.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::UserId;
use super::ad::AdId;

/// One stop, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StopId(pub i64);

impl fmt::Display for StopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is stopped. Orders that run go on, and coins can be taken out: they are their owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// All new orders.
    Desk,
    /// New orders and ads of a person.
    User(UserId),
    /// New orders with an ad.
    Ad(AdId),
}

impl Target {
    /// How it is kept: what it is, and its number. There is one desk.
    pub const fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Desk => ("desk", 0),
            Self::User(user) => ("user", user.0),
            Self::Ad(ad) => ("ad", ad.0),
        }
    }

    /// Reads what [`Target::parts`] gave.
    pub fn from_parts(scope: &str, subject: i64) -> Option<Self> {
        match (scope, subject) {
            ("desk", 0) => Some(Self::Desk),
            ("user", user) => Some(Self::User(UserId(user))),
            ("ad", ad) => Some(Self::Ad(AdId(ad))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_as_it_was_kept() {
        for target in [Target::Desk, Target::User(UserId(2001)), Target::Ad(AdId(3))] {
            let (scope, subject) = target.parts();
            assert_eq!(Target::from_parts(scope, subject), Some(target));
        }
        assert_eq!(Target::from_parts("desk", 1), None);
        assert_eq!(Target::from_parts("venue", 1), None);
    }
}
