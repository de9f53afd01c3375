//! Everything that the bot can say, as values. Who says it does not know the words, and who has
//! the words does not decide what is said.
//!
//! Letters wait in the outbox as JSON, so none of them carries what identifies a person: an
//! account or a name is read, and opened, when the payment card is drawn.

mod accounts;
mod arbiters;
mod bill;
mod blocks;
mod bundle;
mod chat;
mod devices;
mod dispute;
mod gate;
mod ladder;
mod security;
mod stops;
mod sure;
mod trust;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use accounts::{
    AccountChange, AccountLine, AccountNotice, AccountWish, AccountsScreen, ForgetScreen,
    PayeeChoice, PayerScreen,
};
pub use arbiters::{AddProblem, ArbiterLine, ArbiterNotice, ArbitersScreen};
pub use bill::BillScreen;
pub use blocks::{BlockLine, BlocksScreen};
pub use bundle::{BundleScreen, FrozenScreen};
pub use chat::{ChatLetter, ChatScreen, WriteProblem};
pub use devices::{DeviceLine, DeviceNotice, DeviceScreen};
pub use dispute::{
    CaseLine, CaseNotice, CaseScreen, CaseState, DisputeScreen, ReasonProblem, Verdict,
};
pub use gate::{GateScreen, NumberScreen};
pub use ladder::StrikeNotice;
pub use security::{SecurityNotice, SecurityScreen, SecurityWish};
pub use stops::{StopCommand, StopLine, StopNotice, StopsScreen};
pub use sure::SureScreen;
pub use trust::{PhraseScreen, VerifyScreen};

use crate::domain::UserId;
use crate::domain::ad::{AdError, AdId, AdStatus, AdTerms};
use crate::domain::amount::AmountError;
use crate::domain::factor::FactorRefusal;
use crate::domain::money::{Coin, Coins, Fen, Price};
use crate::domain::opening::{Deal, OpeningRefusal};
use crate::domain::order::{Kind, News, OrderId, Refusal, Side};
use crate::domain::signal::DeviceId;
use crate::domain::stop::StopId;

/// One message, edit or answer to a press.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// The live card of an order in the reader's chat, drawn from what the order is when it is
    /// sent. `fresh`: below everything else instead of where it stood.
    Card { order: OrderId, face: Face, fresh: bool },
    /// A short message about an order.
    News { order: OrderId, news: News },
    /// An older message about an order loses its buttons, once the order has ended.
    ButtonsOff { order: OrderId, message: i64 },
    /// The answer to a press. `None` just ends the spinner.
    Answer { query: String, toast: Option<Toast> },
    /// A page of the conversation; `over` is the message it takes the place of. `turn` is the
    /// conversation's version, which its buttons carry.
    Screen { screen: Box<Screen>, over: Option<i64>, turn: i64 },
    /// Something happened to the reader's coins or desk.
    Notice { notice: Notice },
    /// A message that showed a secret leaves the chat.
    TakeAway { message: i64 },
    /// Nothing is said: the menu of commands in the reader's chat shows what the reader may do now.
    Menu,
    /// Nothing is said: a bill that the reader has sent is fetched.
    FetchBill { bill: i64 },
    /// What people write about an order.
    Chat { chat: ChatLetter },
    /// Everything that the reader may have of an order, as a file.
    Bundle { order: OrderId },
}

/// Which buttons a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// What may be done now.
    Plain,
    /// The second question before something that cannot be undone.
    Confirm,
    /// How many minutes more?
    Extend,
    /// Why cancel?
    Cancel,
    /// What is wrong with the payment?
    Problem,
    /// The seller's five questions before coins go, one at a time.
    Gate,
    /// What is the dispute about?
    Dispute,
}

/// The line that Telegram shows for a moment after a press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "toast", rename_all = "snake_case")]
pub enum Toast {
    Done,
    /// The order says no.
    Refused {
        refusal: Refusal,
    },
    /// The ad says no.
    Ad {
        error: AdError,
    },
    /// The button belongs to a page that is no longer the current one.
    OldPage,
    /// Not a button of ours, or not for this person.
    Forged,
    /// The risk notice has not been accepted yet.
    TermsFirst,
    /// Whoever pressed settles no disputes (any more).
    NotArbiter,
}

/// A page of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum Screen {
    /// The risk notice, with the button that accepts it.
    Terms,
    /// Accepted: what can be done here. `first`: right after accepting.
    Home {
        first: bool,
    },
    Language,
    Help {
        treasurer: bool,
        #[serde(default)]
        arbiter: bool,
        #[serde(default)]
        operator: bool,
    },
    Orders {
        past: bool,
        page: u32,
        lines: Vec<OrderLine>,
        more: bool,
    },
    Balance {
        lines: Vec<BalanceLine>,
        waiting: Vec<WithdrawalLine>,
    },
    Sell {
        step: SellScreen,
    },
    Ad {
        step: AdScreen,
    },
    Ads {
        lines: Vec<AdLine>,
        /// Nobody can sell to them before their owner says who pays.
        #[serde(default)]
        no_payer: bool,
        /// So long no seller sees them.
        #[serde(default)]
        rests_until: Option<DateTime<Utc>>,
        /// An operator has stopped their owner.
        #[serde(default)]
        stop: Option<StopId>,
    },
    AdCard {
        ad: AdLine,
        problem: Option<AdProblem>,
        /// An operator has stopped it.
        #[serde(default)]
        stop: Option<StopId>,
    },
    Accounts {
        step: AccountsScreen,
    },
    Payer {
        step: PayerScreen,
    },
    Forget {
        step: ForgetScreen,
    },
    Withdraw {
        step: WithdrawScreen,
    },
    /// The second factor.
    Security {
        step: SecurityScreen,
    },
    /// On the way through the release gate, beside the card.
    Gate {
        order: OrderId,
        step: GateScreen,
    },
    /// Alipay's number of a payment or a refund.
    Number {
        order: OrderId,
        step: NumberScreen,
    },
    /// What a side hands in.
    Dispute {
        order: OrderId,
        step: DisputeScreen,
    },
    /// For whoever settles it.
    Case {
        step: CaseScreen,
    },
    /// Who settles disputes.
    Arbiters {
        step: ArbitersScreen,
    },
    /// The reader's own phrase.
    Phrase {
        step: PhraseScreen,
    },
    /// Whether a forwarded message is ours.
    Verify {
        step: VerifyScreen,
    },
    /// A bill, or another file that somebody has sent.
    Bill {
        step: BillScreen,
    },
    /// Around what people write about an order.
    Chat {
        order: OrderId,
        step: ChatScreen,
    },
    /// Evidence, and accounts that were frozen.
    Bundle {
        step: BundleScreen,
    },
    Withdrawals {
        lines: Vec<WithdrawalLine>,
    },
    /// A treasurer settles a withdrawal: which transaction?
    Settle {
        line: WithdrawalLine,
        problem: Option<SettleProblem>,
    },
    Settled {
        line: WithdrawalLine,
    },
    /// What operators have stopped.
    Stops {
        step: StopsScreen,
    },
    /// Whom the reader has blocked.
    Blocks {
        step: BlocksScreen,
    },
    /// Before something that cannot be taken back.
    Sure {
        step: SureScreen,
    },
    Deposited {
        user: UserId,
        coins: Coins,
        reference: String,
    },
    DepositProblem {
        problem: DepositProblem,
    },
    /// Phones that tell of payments.
    Devices {
        step: DeviceScreen,
    },
    /// The wizard was left.
    Left,
    NothingToLeave,
    /// The wizard was left alone for a day.
    Forgotten,
    /// Text that no step waits for.
    NotUnderstood,
    /// A photo, a sticker, … where text is wanted.
    TextWanted,
    /// Text where one of the page's buttons is wanted: the page still waits.
    ButtonWanted,
    /// What can be practised, in a demo.
    Practice,
    /// Only somebody of the desk may do that.
    NotStaff,
    /// A money command from a while ago: say it again if it is still meant.
    TooOld,
    /// Written in a group. The reader's language is not known there.
    GroupOnly {
        bot: String,
    },
    /// There is no such order for this reader.
    NoSuchOrder,
    /// What stands after `/order` can be no order's code.
    NotACode,
    /// The order says no to what was typed.
    OrderSays {
        refusal: Refusal,
    },
    /// This went wrong on our side; the operator knows.
    Sorry,
    /// More came from the reader than is taken in.
    TooFast,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SellScreen {
    /// Which coin? With what is there of each.
    Coin {
        available: Vec<Coins>,
    },
    /// Nothing to sell yet.
    NoCoins,
    Offers {
        coin: Coin,
        page: u32,
        offers: Vec<Offer>,
        more: bool,
    },
    Amount {
        offer: Offer,
        available: Coins,
        problem: Option<AmountProblem>,
    },
    /// Which of the accounts that are kept?
    Payee {
        deal: Deal,
        choices: Vec<PayeeChoice>,
    },
    /// Which Alipay account?
    Account {
        deal: Deal,
        wrong: bool,
    },
    /// In whose name? The account is shown as Alipay shows it.
    Name {
        account: String,
        wrong: bool,
    },
    Review {
        offer: Offer,
        deal: Deal,
        account: String,
        name: String,
    },
    /// The coins are locked; the card follows.
    Opened {
        order: OrderId,
    },
    /// It can no longer be opened.
    Refused {
        refusal: OpeningRefusal,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum AdScreen {
    Coin,
    Price {
        coin: Coin,
        best: Option<Price>,
        problem: Option<AmountError>,
    },
    Total {
        coin: Coin,
        price: Price,
        problem: Option<AmountError>,
    },
    Min {
        coin: Coin,
        worth: Fen,
        least: Fen,
        problem: Option<AdProblem>,
    },
    Max {
        coin: Coin,
        min: Fen,
        most: Fen,
        problem: Option<AdProblem>,
    },
    Window {
        choices: Vec<u32>,
    },
    Review {
        terms: AdTerms,
        problem: Option<AdError>,
    },
    /// `paused`: no seller can open an order yet, because nobody can.
    Posted {
        ad: AdLine,
        #[serde(default)]
        paused: bool,
    },
    /// One field of an ad that stands: type the new value.
    Change {
        ad: AdLine,
        field: AdField,
        problem: Option<AdProblem>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum WithdrawScreen {
    Coin {
        available: Vec<Coins>,
    },
    NoCoins,
    Amount {
        available: Coins,
        problem: Option<WithdrawProblem>,
    },
    Address {
        coins: Coins,
        wrong: bool,
    },
    /// The address is shown shortened.
    Review {
        coins: Coins,
        address: String,
    },
    /// The last question. `totp`: a code of the authenticator is asked for, not the last four
    /// characters of the address.
    Proof {
        coins: Coins,
        totp: bool,
        problem: Option<FactorRefusal>,
    },
    Asked {
        line: WithdrawalLine,
    },
    /// Not enough any more.
    Refused {
        available: Coins,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdField {
    Price,
    Total,
    Min,
    Max,
    Window,
}

impl AdField {
    pub const ALL: [Self; 5] = [Self::Price, Self::Total, Self::Min, Self::Max, Self::Window];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum AmountProblem {
    Typed { error: AmountError },
    Refused { refusal: OpeningRefusal },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum AdProblem {
    Typed { error: AmountError },
    Refused { error: AdError },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum WithdrawProblem {
    Typed { error: AmountError },
    TooMuch { available: Coins },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettleProblem {
    /// 4 to 128 letters and digits are a transaction id.
    NotATransaction,
    /// That transaction has settled another one.
    Known,
    /// Settled or refused meanwhile.
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum DepositProblem {
    /// How the command is written.
    Usage,
    Amount {
        coin: Coin,
        error: AmountError,
    },
    NotATransaction,
    /// The person has not started the bot.
    NoSuchUser {
        user: UserId,
    },
    /// That transaction has been credited.
    Known {
        reference: String,
    },
}

/// A buyer's ad as a seller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub ad: AdId,
    pub version: i64,
    pub coin: Coin,
    pub price: Price,
    pub min: Fen,
    /// The largest order that still fits.
    pub max: Fen,
    /// Minutes to pay.
    pub window: u32,
    pub owner: UserId,
    /// Orders that its owner has brought to a release.
    pub completed: u32,
}

/// An ad as its owner sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdLine {
    pub ad: AdId,
    pub version: i64,
    pub terms: AdTerms,
    pub left: Coins,
    pub status: AdStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub order: OrderId,
    pub side: Side,
    pub coins: Coins,
    pub fen: Fen,
    pub status: Kind,
    pub opened_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceLine {
    pub available: Coins,
    /// In the escrow of open orders.
    pub locked: Coins,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalLine {
    pub id: i64,
    pub user: UserId,
    pub coins: Coins,
    pub asked_at: DateTime<Utc>,
    /// Once it is paid.
    pub reference: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    Credited {
        coins: Coins,
        reference: String,
    },
    WithdrawalAsked {
        line: WithdrawalLine,
    },
    WithdrawalPaid {
        line: WithdrawalLine,
    },
    WithdrawalRefused {
        line: WithdrawalLine,
    },
    /// From or about a phone that tells of payments.
    Device {
        what: DeviceNotice,
    },
    /// The reader's own accounts have changed.
    Account {
        change: AccountNotice,
    },
    /// So has the reader's second factor.
    Security {
        change: SecurityNotice,
    },
    /// An order of the reader's counts on the penalty ladder.
    Strike {
        strike: StrikeNotice,
    },
    /// An operator has stopped something, or lifted it.
    Stop {
        change: StopNotice,
    },
    /// To the arbiter who has taken a case.
    Case {
        what: CaseNotice,
    },
    /// The reader settles disputes from now on, or no more.
    Arbiter {
        change: ArbiterNotice,
    },
    /// To the operators.
    Alarm {
        alarm: Alarm,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alarm", rename_all = "snake_case")]
pub enum Alarm {
    /// Somebody else polls with our token, or a webhook is set.
    Conflict { why: String },
    /// A handler failed on it three times; it was set aside.
    UpdateDead { update_id: i64 },
    /// It cannot be read; it was set aside.
    UpdateUnread { update_id: i64 },
    /// Telegram will never take a message of ours.
    LetterDead { letter: i64, why: String },
    /// Tried many times, still not through.
    LetterLate { letter: i64, why: String },
    /// We were away, and so many orders' clocks were moved.
    Outage { minutes: i64, orders: u64 },
    /// A side gave a number that belongs to another order.
    NumberReused {
        order: OrderId,
        other: OrderId,
        #[serde(default = "buyer")]
        by: Side,
    },
    /// A phone's stamp came again with another message.
    DeviceMisused { device: DeviceId },
}

/// Alarms that wait from before the side was said are about buyers.
const fn buyer() -> Side {
    Side::Buyer
}
