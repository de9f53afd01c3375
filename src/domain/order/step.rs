//! What follows from a request or a fact.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Gate, Kind, Missing, Order, Side, Status, WrongPayment};
use crate::domain::ledger::Transfer;
use crate::domain::money::Fen;

#[must_use = "a step has not happened until it is saved"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub order: Order,
    pub transfers: Vec<Transfer>,
    pub effects: Vec<Effect>,
}

/// To be done in the chat, at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Redraw that side's card where it stands.
    Card(Side),
    /// Send that side a new card, below everything else.
    FreshCard(Side),
    /// A new short message, which rings.
    Tell(Audience, News),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Side(Side),
    Arbiters,
    Operators,
}

/// What a message is about. The words are the chat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// The window is half over, or ends soon.
    PayNow {
        until: DateTime<Utc>,
    },
    /// The window is over: what happened?
    WindowOver {
        until: DateTime<Utc>,
    },
    /// The grace ends soon.
    GraceEnding {
        until: DateTime<Utc>,
    },
    Extended {
        minutes: u32,
    },
    /// The other side agrees to cancel.
    CancelOffered,
    Cancelled,
    Expired,
    Paid {
        late: bool,
    },
    /// Please look into Alipay; so many times asked.
    LookNow {
        times: u32,
    },
    /// The seller does not answer.
    SellerSilent,
    TakenBack,
    /// The seller has looked, and it is not there yet.
    NotArrivedYet,
    Delayed {
        arrives_at: DateTime<Utc>,
    },
    /// Less than the amount is there: the rest is missing.
    Short {
        missing: Fen,
    },
    /// The number that the buyer gave was used before.
    NumberReused,
    /// A delayed transfer should be there now.
    ArrivalDue,
    RefundStarted {
        why: WrongPayment,
    },
    RefundSent,
    /// The refund has not been sent, or not been confirmed.
    RefundWaiting {
        sent: bool,
    },
    /// The seller has confirmed; the coins go at that moment.
    Releasing {
        at: DateTime<Utc>,
    },
    Stopped,
    Released,
    DisputeOpened,
    /// Nobody has taken the dispute, or the award is overdue.
    DisputeWaiting,
    DisputeTaken,
    /// What counts has not been handed in so far.
    EvidenceWanted {
        until: DateTime<Utc>,
    },
    /// Nor was it in time.
    EvidenceLate,
    /// To the arbiters: who has handed in nothing in time.
    EvidenceMissing {
        from: Missing,
    },
    /// To the operators: nobody has taken it for too long.
    Unattended,
    /// To the operators: it was taken, and no award came in time.
    AwardOverdue,
    AwardProposed {
        to: Side,
    },
    Awarded {
        to: Side,
    },
    Conceded,
    ClaimOpened {
        by: Side,
    },
    ClaimWaiting,
    ClaimClosed,
    /// The clocks were moved by our own absence.
    Outage {
        minutes: i64,
    },
    /// The other side cannot be reached any more.
    Unreachable {
        side: Side,
    },
    /// A signal that could be forged says that it looks paid.
    LooksPaid,
    /// Money was reported after the end.
    LateMoney,
}

impl News {
    /// A ring that may be missed: it is dropped rather than sent twice.
    pub fn is_reminder(&self) -> bool {
        match self {
            Self::PayNow { .. }
            | Self::GraceEnding { .. }
            | Self::LookNow { .. }
            | Self::RefundWaiting { .. }
            | Self::DisputeWaiting
            | Self::EvidenceWanted { .. }
            | Self::ClaimWaiting => true,
            Self::WindowOver { .. }
            | Self::Extended { .. }
            | Self::CancelOffered
            | Self::Cancelled
            | Self::Expired
            | Self::Paid { .. }
            | Self::SellerSilent
            | Self::TakenBack
            | Self::NotArrivedYet
            | Self::Delayed { .. }
            | Self::Short { .. }
            | Self::NumberReused
            | Self::ArrivalDue
            | Self::RefundStarted { .. }
            | Self::RefundSent
            | Self::Releasing { .. }
            | Self::Stopped
            | Self::Released
            | Self::DisputeOpened
            | Self::DisputeTaken
            | Self::EvidenceLate
            | Self::EvidenceMissing { .. }
            | Self::Unattended
            | Self::AwardOverdue
            | Self::AwardProposed { .. }
            | Self::Awarded { .. }
            | Self::Conceded
            | Self::ClaimOpened { .. }
            | Self::ClaimClosed
            | Self::Outage { .. }
            | Self::Unreachable { .. }
            | Self::LooksPaid
            | Self::LateMoney => false,
        }
    }
}

impl Order {
    /// Enters a status: the card has something new to show, so the version grows.
    ///
    /// The gate begins anew wherever the seller may be asked (again). Afterwards the answers stay:
    /// they are what the release, or the refund, was decided on.
    pub(super) fn becomes(
        mut self,
        status: Status,
        effects: impl IntoIterator<Item = Effect>,
        now: DateTime<Utc>,
    ) -> Step {
        match status.kind() {
            Kind::AwaitingPayment | Kind::Overdue | Kind::Paid | Kind::Delayed | Kind::Disputed => {
                self.gate = Gate::default();
            }
            Kind::Refunding
            | Kind::Releasing
            | Kind::Claimed
            | Kind::Released
            | Kind::Cancelled
            | Kind::Expired => {}
        }
        self.status = status;
        self.version += 1;
        self.stays(effects, now)
    }

    /// Says something and sets the clock anew; nothing that a card shows has changed.
    pub(super) fn stays(
        mut self,
        effects: impl IntoIterator<Item = Effect>,
        now: DateTime<Utc>,
    ) -> Step {
        self.due_at = self.next_due(now);
        self.says(effects)
    }

    /// Only says something: the clock stands as it stood, so what is due stays due.
    pub(super) fn says(self, effects: impl IntoIterator<Item = Effect>) -> Step {
        Step { order: self, transfers: Vec::new(), effects: effects.into_iter().collect() }
    }
}

impl Step {
    /// The escrow goes to the buyer.
    pub(super) fn releasing_escrow(mut self) -> Self {
        let Order { id, buyer, coins, .. } = self.order;
        self.transfers.push(Transfer::release(id, buyer, coins));
        self
    }

    /// The escrow goes back to the seller.
    pub(super) fn returning_escrow(mut self) -> Self {
        let Order { id, seller, coins, .. } = self.order;
        self.transfers.push(Transfer::give_back(id, seller, coins));
        self
    }
}

/// Both cards where they stand.
pub(super) const CARDS: [Effect; 2] = [Effect::Card(Side::Seller), Effect::Card(Side::Buyer)];

/// Both cards, and one message each.
pub(super) fn both(news: News) -> Vec<Effect> {
    [CARDS.to_vec(), vec![tell(Side::Seller, news), tell(Side::Buyer, news)]].concat()
}

/// Both cards, and a message to one side.
pub(super) fn cards_and(side: Side, news: News) -> Vec<Effect> {
    [CARDS.to_vec(), vec![tell(side, news)]].concat()
}

pub(super) const fn tell(side: Side, news: News) -> Effect {
    Effect::Tell(Audience::Side(side), news)
}
