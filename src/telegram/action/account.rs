//! What buttons do with somebody's own Alipay accounts.

/// On an account, the subject is the account and the version is the account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAction {
    /// All of them.
    List,
    /// The same under a message that has to stay as it is.
    ListBelow,
    Open,
    Add,
    Default,
    Pause,
    Resume,
    DayCap,
    MonthCap,
    Code,
    Remove,
    /// Say from which account one pays.
    Payer,
}

impl AccountAction {
    pub(super) const ALL: [Self; 12] = [
        Self::List,
        Self::ListBelow,
        Self::Open,
        Self::Add,
        Self::Default,
        Self::Pause,
        Self::Resume,
        Self::DayCap,
        Self::MonthCap,
        Self::Code,
        Self::Remove,
        Self::Payer,
    ];
}
