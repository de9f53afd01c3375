//! What has gone wrong in other bots of this kind, one class each, planted into the hands of the
//! simulation: the program itself has no switch for any of it. If the laws do not find one of these,
//! the simulation is blind to it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The answer to a payout was late, was taken for a failure, and the coins went once more.
    PaidTwice,
    /// The coins go before the order is asked.
    ActsBeforeGuard,
    /// A row that was read before somebody else changed it is written back whole.
    StaleRow,
    /// After a start nobody looks at orders that are marked paid.
    Forgotten,
    /// A cancelled order returns early, before its coins are given back.
    ReturnsEarly,
    /// The grace is counted from the opening, and what was added meanwhile is forgotten.
    WrongAnchor,
    /// One opening is taken twice.
    TakenTwice,
    /// A late “paid” leads an order back that has ended.
    GoesBack,
    /// A cancelled order gives its coins back and stays open.
    HalfCancel,
    /// One withdrawal is taken twice.
    WithdrawnTwice,
    /// What comes after the payout fails, and takes the order's end with it.
    AbortsLater,
    /// Whoever knows an order's number is believed to be its seller.
    AnybodyMay,
    /// A message keeps the seller's account in clear.
    Leaks,
}

impl Fault {
    pub(crate) const ALL: [Self; 13] = [
        Self::PaidTwice,
        Self::ActsBeforeGuard,
        Self::StaleRow,
        Self::Forgotten,
        Self::ReturnsEarly,
        Self::WrongAnchor,
        Self::TakenTwice,
        Self::GoesBack,
        Self::HalfCancel,
        Self::WithdrawnTwice,
        Self::AbortsLater,
        Self::AnybodyMay,
        Self::Leaks,
    ];

    /// Where such a thing was reported first: issues of Mostro (M) and of lnp2pBot (L).
    pub(crate) const fn cases(self) -> &'static str {
        match self {
            Self::PaidTwice => "M#568, M#582, M#584, M#620",
            Self::ActsBeforeGuard => "M#904, M#809",
            Self::StaleRow => "M#692, M#865, M#866",
            Self::Forgotten => "L#132, M#853, M#869",
            Self::ReturnsEarly => "L#596, L#764, L#844, M#845",
            Self::WrongAnchor => "M#879, M#876, M#862",
            Self::TakenTwice => "M#304",
            Self::GoesBack => "M#460",
            Self::HalfCancel => "L#552, M#380, M#910",
            Self::WithdrawnTwice => "L#835",
            Self::AbortsLater => "M#873",
            Self::AnybodyMay => "M#871",
            Self::Leaks => "M#609",
        }
    }
}

/// What is wrong, and where in the history it was seen.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) step: u64,
    pub(crate) law: String,
}
