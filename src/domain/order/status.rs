//! Where an order stands. Each status carries its own facts, and no others.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Side;
use crate::domain::UserId;
use crate::domain::policy::{Terms, seconds};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Status {
    /// The coins are locked; the buyer has until then to pay.
    AwaitingPayment {
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        agreed: Option<Side>,
    },
    /// The window is over; the coins stay locked, and both sides are asked what happened.
    Overdue {
        since: DateTime<Utc>,
        until: DateTime<Utc>,
    },
    /// The buyer says it has paid. No clock releases or refunds from here.
    /// `looked`: the seller has answered that it is not there yet.
    Paid {
        payment: Payment,
        looked: bool,
    },
    /// A transfer that Alipay holds back for 2, 12 or 24 hours.
    Delayed {
        payment: Payment,
        arrives_at: DateTime<Utc>,
    },
    /// The seller sends the yuan back to the payer.
    Refunding {
        payment: Payment,
        since: DateTime<Utc>,
        why: WrongPayment,
        sent: bool,
    },
    /// The seller has confirmed the receipt, and may still stop.
    Releasing {
        payment: Payment,
        at: DateTime<Utc>,
        dispute: Option<Dispute>,
    },
    /// An arbiter decides; every other clock stands still.
    Disputed {
        payment: Option<Payment>,
        dispute: Dispute,
    },
    /// A closed order that one side wants looked at again. No coins are locked.
    Claimed {
        claim: Claim,
        closed: Closed,
    },
    Released {
        at: DateTime<Utc>,
        by: ReleasedBy,
    },
    Cancelled {
        at: DateTime<Utc>,
        by: CancelledBy,
    },
    /// Nobody paid in time; the coins went back to the seller.
    Expired {
        at: DateTime<Utc>,
    },
}

/// What is known of a payment that somebody has spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// When it was said to be made.
    pub at: DateTime<Utc>,
    /// Where the seller's clock starts: then, or when a delayed transfer was due.
    pub asked_at: DateTime<Utc>,
    /// Said after the payment window.
    pub late: bool,
    /// What was left of the window (or, if late, of the grace), in milliseconds: it runs on if
    /// the buyer takes "paid" back.
    pub left_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongPayment {
    /// Not from the account that was declared.
    Payer,
    /// Not exactly the amount.
    Amount,
    /// The memo was not empty.
    Memo,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub since: DateTime<Utc>,
    pub by: OpenedBy,
    pub why: DisputeReason,
    /// Where the order stood when the dispute was opened.
    pub before: Kind,
    pub taken: Option<Taken>,
    /// Above a limit one arbiter proposes an award and another one confirms it.
    pub proposed: Option<Proposal>,
    #[serde(default)]
    pub answered: Answered,
}

/// When each side has first handed in something that shall count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub seller: Option<DateTime<Utc>>,
    pub buyer: Option<DateTime<Utc>>,
}

impl Answered {
    pub const fn by(&self, side: Side) -> Option<DateTime<Utc>> {
        match side {
            Side::Seller => self.seller,
            Side::Buyer => self.buyer,
        }
    }

    /// The first time counts.
    pub(super) fn with(mut self, side: Side, at: DateTime<Utc>) -> Self {
        match side {
            Side::Seller => self.seller = self.seller.or(Some(at)),
            Side::Buyer => self.buyer = self.buyer.or(Some(at)),
        }
        self
    }

    /// Who has not. `None`: both have.
    pub const fn missing(&self) -> Option<Missing> {
        match (self.seller, self.buyer) {
            (None, None) => Some(Missing::Both),
            (None, Some(_)) => Some(Missing::Seller),
            (Some(_), None) => Some(Missing::Buyer),
            (Some(_), Some(_)) => None,
        }
    }
}

/// Whose answer is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Seller,
    Buyer,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    Seller,
    Buyer,
    /// Nobody answered for too long.
    Clock,
}

impl From<Side> for OpenedBy {
    fn from(side: Side) -> Self {
        match side {
            Side::Seller => Self::Seller,
            Side::Buyer => Self::Buyer,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeReason {
    /// The buyer says it has paid, the seller does not see it.
    NotReceived,
    /// The buyer has paid, the seller does not release.
    NotReleased,
    /// The refund did not come, or was not confirmed.
    RefundMissing,
    /// The seller has not answered in time.
    Silence,
    Other,
    /// Something came, but from somebody else, or another amount, or with words in the memo.
    WrongPayment,
    /// The seller's account was frozen, or the money was taken back.
    Frozen,
    /// The other side presses for a release, threatens, or leads out of the bot.
    Pressure,
}

impl DisputeReason {
    pub const ALL: [Self; 8] = [
        Self::NotReceived,
        Self::NotReleased,
        Self::RefundMissing,
        Self::Silence,
        Self::Other,
        Self::WrongPayment,
        Self::Frozen,
        Self::Pressure,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub by: UserId,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub by: UserId,
    pub to: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub since: DateTime<Utc>,
    pub by: Side,
    pub taken: Option<Taken>,
    #[serde(default)]
    pub answered: Answered,
}

/// How an order ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Closed {
    Released { at: DateTime<Utc>, by: ReleasedBy },
    Cancelled { at: DateTime<Utc>, by: CancelledBy },
    Expired { at: DateTime<Utc> },
}

impl Closed {
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Released { at, .. } | Self::Cancelled { at, .. } | Self::Expired { at } => *at,
        }
    }
}

impl From<Closed> for Status {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Released { at, by } => Self::Released { at, by },
            Closed::Cancelled { at, by } => Self::Cancelled { at, by },
            Closed::Expired { at } => Self::Expired { at },
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleasedBy {
    /// The seller confirmed the receipt.
    Seller,
    /// Arbiters awarded the coins to the buyer.
    Award,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum CancelledBy {
    Buyer {
        why: super::CancelReason,
    },
    /// Both sides agreed.
    Both,
    /// The window was over and the buyer gave up.
    GaveUp,
    /// The yuan went back to the payer, and the buyer has them.
    Refunded,
    /// The buyer conceded in a dispute.
    Conceded,
    /// Arbiters awarded the coins to the seller.
    Award,
}

/// A status without its facts: for names, tables and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    AwaitingPayment,
    Overdue,
    Paid,
    Delayed,
    Refunding,
    Releasing,
    Disputed,
    Claimed,
    Released,
    Cancelled,
    Expired,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::AwaitingPayment,
        Self::Overdue,
        Self::Paid,
        Self::Delayed,
        Self::Refunding,
        Self::Releasing,
        Self::Disputed,
        Self::Claimed,
        Self::Released,
        Self::Cancelled,
        Self::Expired,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::Overdue => "overdue",
            Self::Paid => "paid",
            Self::Delayed => "delayed",
            Self::Refunding => "refunding",
            Self::Releasing => "releasing",
            Self::Disputed => "disputed",
            Self::Claimed => "claimed",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    pub const fn is_closed(self) -> bool {
        match self {
            Self::Released | Self::Cancelled | Self::Expired => true,
            Self::AwaitingPayment
            | Self::Overdue
            | Self::Paid
            | Self::Delayed
            | Self::Refunding
            | Self::Releasing
            | Self::Disputed
            | Self::Claimed => false,
        }
    }
}

impl Status {
    /// How every order begins: the coins are locked, and the window runs.
    pub(in crate::domain) fn at_first(now: DateTime<Utc>, terms: &Terms) -> Self {
        let until = now + seconds(terms.window_seconds);
        Self::AwaitingPayment { since: now, until, agreed: None }
    }

    /// The dispute that runs, also while the seller's confirmation in it can still be stopped.
    pub const fn dispute(&self) -> Option<&Dispute> {
        match self {
            Self::Disputed { dispute, .. } | Self::Releasing { dispute: Some(dispute), .. } => {
                Some(dispute)
            }
            Self::AwaitingPayment { .. }
            | Self::Overdue { .. }
            | Self::Paid { .. }
            | Self::Delayed { .. }
            | Self::Refunding { .. }
            | Self::Releasing { dispute: None, .. }
            | Self::Claimed { .. }
            | Self::Released { .. }
            | Self::Cancelled { .. }
            | Self::Expired { .. } => None,
        }
    }

    /// The claim that runs, and how the order had ended.
    pub const fn claim(&self) -> Option<(&Claim, &Closed)> {
        match self {
            Self::Claimed { claim, closed } => Some((claim, closed)),
            Self::AwaitingPayment { .. }
            | Self::Overdue { .. }
            | Self::Paid { .. }
            | Self::Delayed { .. }
            | Self::Refunding { .. }
            | Self::Releasing { .. }
            | Self::Disputed { .. }
            | Self::Released { .. }
            | Self::Cancelled { .. }
            | Self::Expired { .. } => None,
        }
    }

    /// Who has taken the dispute or the claim that runs.
    pub fn taken(&self) -> Option<Taken> {
        match self.claim() {
            Some((claim, _)) => claim.taken,
            None => self.dispute().and_then(|it| it.taken),
        }
    }

    pub const fn kind(&self) -> Kind {
        match self {
            Self::AwaitingPayment { .. } => Kind::AwaitingPayment,
            Self::Overdue { .. } => Kind::Overdue,
            Self::Paid { .. } => Kind::Paid,
            Self::Delayed { .. } => Kind::Delayed,
            Self::Refunding { .. } => Kind::Refunding,
            Self::Releasing { .. } => Kind::Releasing,
            Self::Disputed { .. } => Kind::Disputed,
            Self::Claimed { .. } => Kind::Claimed,
            Self::Released { .. } => Kind::Released,
            Self::Cancelled { .. } => Kind::Cancelled,
            Self::Expired { .. } => Kind::Expired,
        }
    }

    /// The end of the order, if it has ended.
    pub const fn closed(&self) -> Option<Closed> {
        match *self {
            Self::Released { at, by } => Some(Closed::Released { at, by }),
            Self::Cancelled { at, by } => Some(Closed::Cancelled { at, by }),
            Self::Expired { at } => Some(Closed::Expired { at }),
            Self::AwaitingPayment { .. }
            | Self::Overdue { .. }
            | Self::Paid { .. }
            | Self::Delayed { .. }
            | Self::Refunding { .. }
            | Self::Releasing { .. }
            | Self::Disputed { .. }
            | Self::Claimed { .. } => None,
        }
    }
}
