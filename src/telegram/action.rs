//! What a button means. Each has a code of its own that is never given to another one: old
//! buttons stay in people's chats for years.

mod account;
mod bars;
mod bundle;
mod chat;
mod devices;
mod dispute;

use crate::domain::money::Coin;
use crate::domain::order::{CancelReason, DisputeReason, Question, Request, Side, WrongPayment};
use crate::language::Language;
use crate::letter::{AdField, Face};

pub use account::AccountAction;
pub use bars::BarAction;
pub use bundle::BundleAction;
pub use chat::ChatAction;
pub use devices::DeviceAction;
pub use dispute::{ArbiterAction, DisputeAction};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// On an order's card: ask it. The subject is the order, the version is the order's.
    Ask(Request),
    /// On an order's card: type Alipay's number of the payment or the refund.
    GiveNumber,
    /// The reader wants no phrase any more.
    DropPhrase,
    /// On an order's card: show other buttons.
    Turn(Face),
    /// Open an order's card below. The subject is the order.
    OpenOrder,
    /// A page of one's orders.
    Orders {
        past: bool,
        page: u16,
    },

    AcceptTerms,
    Speak(Language),
    /// What a command does, as a button.
    Go(Place),
    /// The same under a message that has to stay as it is: its page comes below.
    GoBelow(Place),

    /// In a wizard: the version is the conversation's.
    Coin(Coin),
    /// A page of offers.
    Offers {
        page: u16,
    },
    /// Take an offer. The subject is the ad.
    Offer,
    Window {
        minutes: u16,
    },
    /// As much as there is.
    All,
    /// Do what the review shows.
    Confirm,
    Back,
    Leave,

    /// On an ad: the subject is the ad, the version is the ad's.
    OpenAd,
    Pause,
    Resume,
    /// Asks whether it shall be closed for good.
    Close,
    Change(AdField),

    /// On the pages of the second factor.
    Security(SecurityStep),

    /// On a withdrawal, for a treasurer: the subject is the withdrawal.
    Settle,
    /// Asks whether it shall be refused.
    Refuse,

    /// On phones that tell of payments.
    Device(DeviceAction),
    /// The answer to a second question. The subject is what was asked about.
    Sure(Sure),

    /// What can be practised here: in a demo only.
    Practice,
    /// About disputes and claims, and who settles them.
    Dispute(DisputeAction),
    /// About one's own Alipay accounts.
    Account(AccountAction),
    /// About blocks, and what operators have stopped.
    Bar(BarAction),
    /// In a wizard: the order is paid to that account, which is the subject.
    PayTo,
    /// In a wizard: no limit, or no code.
    Without,

    /// On what people write about an order.
    Chat(ChatAction),
    /// Evidence, and frozen accounts.
    Bundle(BundleAction),
}

/// What is done after a second question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// The version is the ad's.
    CloseAd,
    RefuseWithdrawal,
}

impl Sure {
    const ALL: [Self; 2] = [Self::CloseAd, Self::RefuseWithdrawal];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Sell,
    PostAd,
    Ads,
    Orders,
    Balance,
    Withdraw,
    Help,
    Language,
    Security,
}

/// What can be done about the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityStep {
    TurnOn,
    /// Show the secret again that waits to be confirmed.
    ShowAgain,
    TurnOff,
    NewCodes,
    /// The recovery codes are written down: take them away.
    Kept,
}

impl Place {
    const ALL: [Self; 9] = [
        Self::Sell,
        Self::PostAd,
        Self::Ads,
        Self::Orders,
        Self::Balance,
        Self::Withdraw,
        Self::Help,
        Self::Language,
        Self::Security,
    ];
}

/// Only the clock gives silence as a reason; no button carries it.
const REASONS: [DisputeReason; 7] = [
    DisputeReason::NotReceived,
    DisputeReason::NotReleased,
    DisputeReason::RefundMissing,
    DisputeReason::Other,
    DisputeReason::WrongPayment,
    DisputeReason::Frozen,
    DisputeReason::Pressure,
];
const WRONGS: [WrongPayment; 3] = [WrongPayment::Payer, WrongPayment::Amount, WrongPayment::Memo];
const SIDES: [Side; 2] = [Side::Seller, Side::Buyer];
const FACES: [Face; 7] = [
    Face::Plain,
    Face::Confirm,
    Face::Extend,
    Face::Cancel,
    Face::Problem,
    Face::Gate,
    Face::Dispute,
];
/// What is typed has no button.
const TYPED: (u8, u16) = (0, 0);

impl Action {
    /// The action's code and its argument.
    pub fn code(self) -> (u8, u16) {
        match self {
            Self::Ask(request) => match request {
                Request::MarkPaid => (1, 0),
                Request::TakeBack => (2, 0),
                Request::Cancel { why } => (3, place_in(&CancelReason::ALL, why)),
                Request::GiveUp => (4, 0),
                Request::Extend { minutes } => (5, narrow(minutes)),
                Request::AgreeToCancel => (6, 0),
                // 7 was a release by one button; it leads to the gate now.
                Request::ConfirmReceipt { .. }
                | Request::Compare { .. }
                | Request::Short { .. }
                | Request::Evidence
                | Request::Award { .. }
                | Request::Number => TYPED,
                Request::Stop => (8, 0),
                Request::NotArrived => (9, 0),
                Request::ArrivesLater { hours } => (10, narrow(hours)),
                Request::Refund { why } => (11, place_in(&WRONGS, why)),
                Request::RefundSent => (12, 0),
                Request::RefundReceived => (13, 0),
                Request::Dispute { why } => (14, place_in(&REASONS, why)),
                Request::Concede => (15, 0),
                Request::Take => (16, 0),
                Request::Claim => (18, 0),
                Request::CloseClaim => (19, 0),
                Request::Answer { question, yes } => {
                    (20, place_in(&Question::ALL, question) * 2 + u16::from(yes))
                }
            },
            Self::GiveNumber => (21, 0),
            Self::DropPhrase => (22, 0),
            Self::Turn(face) => (30, place_in(&FACES, face)),
            Self::OpenOrder => (31, 0),
            Self::Orders { past: false, page } => (32, page),
            Self::Orders { past: true, page } => (33, page),
            Self::AcceptTerms => (40, 0),
            Self::Speak(language) => (41, place_in(&Language::ALL, language)),
            Self::Go(place) => (42, place_in(&Place::ALL, place)),
            Self::GoBelow(place) => (43, place_in(&Place::ALL, place)),
            Self::Coin(coin) => (50, place_in(&Coin::ALL, coin)),
            Self::Offers { page } => (51, page),
            Self::Offer => (52, 0),
            Self::Window { minutes } => (53, minutes),
            Self::All => (54, 0),
            Self::Confirm => (55, 0),
            Self::Back => (56, 0),
            Self::Leave => (57, 0),
            Self::OpenAd => (60, 0),
            Self::Pause => (61, 0),
            Self::Resume => (62, 0),
            Self::Close => (63, 0),
            Self::Change(field) => (64, place_in(&AdField::ALL, field)),
            Self::Settle => (70, 0),
            Self::Refuse => (71, 0),
            Self::Bar(action) => action.code(),
            Self::Device(action) => action.code(),
            Self::Dispute(action) => action.code(),
            Self::Sure(sure) => (72, place_in(&Sure::ALL, sure)),
            Self::Practice => (120, 0),
            Self::Security(step) => match step {
                SecurityStep::TurnOn => (90, 0),
                SecurityStep::ShowAgain => (91, 0),
                SecurityStep::TurnOff => (92, 0),
                SecurityStep::NewCodes => (93, 0),
                SecurityStep::Kept => (94, 0),
            },
            Self::Account(action) => (80, place_in(&AccountAction::ALL, action)),
            Self::PayTo => (81, 0),
            Self::Without => (82, 0),
            Self::Chat(action) => action.code(),
            Self::Bundle(action) => action.code(),
        }
    }

    /// Whether its subject is an order: then a reply to the message it stands under is about that.
    pub fn is_about_an_order(self) -> bool {
        match self {
            Self::Ask(_)
            | Self::GiveNumber
            | Self::Turn(_)
            | Self::OpenOrder
            | Self::Bundle(BundleAction::Make)
            | Self::Bar(BarAction::Block)
            | Self::Chat(
                ChatAction::Write
                | ChatAction::Messages { .. }
                | ChatAction::Mute { .. }
                | ChatAction::Answer,
            ) => true,
            Self::Chat(ChatAction::File)
            | Self::Bundle(_)
            | Self::Bar(_)
            | Self::DropPhrase
            | Self::Orders { .. }
            | Self::AcceptTerms
            | Self::Speak(_)
            | Self::Go(_)
            | Self::GoBelow(_)
            | Self::Coin(_)
            | Self::Offers { .. }
            | Self::Offer
            | Self::Window { .. }
            | Self::All
            | Self::Confirm
            | Self::Back
            | Self::Leave
            | Self::OpenAd
            | Self::Pause
            | Self::Resume
            | Self::Close
            | Self::Change(_)
            | Self::Security(_)
            | Self::Settle
            | Self::Refuse
            | Self::Device(_)
            // A reply to a page that asks for evidence is none to the other side.
            | Self::Dispute(_)
            | Self::Sure(_)
            | Self::Practice
            | Self::Account(_)
            | Self::PayTo
            | Self::Without => false,
        }
    }

    /// Reads what [`Action::code`] gave. `None`: no such button has ever been made.
    pub fn from_code(code: u8, argument: u16) -> Option<Self> {
        let request = |it| Some(Self::Ask(it));
        let at = usize::from(argument);
        let number = u32::from(argument);
        let plain = |it| (argument == 0).then_some(it);
        match code {
            1 => plain(Self::Ask(Request::MarkPaid)),
            2 => plain(Self::Ask(Request::TakeBack)),
            3 => request(Request::Cancel { why: *CancelReason::ALL.get(at)? }),
            4 => plain(Self::Ask(Request::GiveUp)),
            5 => request(Request::Extend { minutes: number }),
            6 => plain(Self::Ask(Request::AgreeToCancel)),
            7 => plain(Self::Turn(Face::Gate)),
            8 => plain(Self::Ask(Request::Stop)),
            9 => plain(Self::Ask(Request::NotArrived)),
            10 => request(Request::ArrivesLater { hours: number }),
            11 => request(Request::Refund { why: *WRONGS.get(at)? }),
            12 => plain(Self::Ask(Request::RefundSent)),
            13 => plain(Self::Ask(Request::RefundReceived)),
            14 => request(Request::Dispute { why: *REASONS.get(at)? }),
            15 => plain(Self::Ask(Request::Concede)),
            16 => plain(Self::Ask(Request::Take)),
            17 | 23..=29 | 115..=119 => DisputeAction::from_code(code, argument).map(Self::Dispute),
            18 => plain(Self::Ask(Request::Claim)),
            19 => plain(Self::Ask(Request::CloseClaim)),
            20 => {
                request(Request::Answer { question: *Question::ALL.get(at / 2)?, yes: at % 2 == 1 })
            }
            21 => plain(Self::GiveNumber),
            22 => plain(Self::DropPhrase),
            30 => Some(Self::Turn(*FACES.get(at)?)),
            31 => plain(Self::OpenOrder),
            32 => Some(Self::Orders { past: false, page: argument }),
            33 => Some(Self::Orders { past: true, page: argument }),
            40 => plain(Self::AcceptTerms),
            41 => Some(Self::Speak(*Language::ALL.get(at)?)),
            42 => Some(Self::Go(*Place::ALL.get(at)?)),
            43 => Some(Self::GoBelow(*Place::ALL.get(at)?)),
            50 => Some(Self::Coin(*Coin::ALL.get(at)?)),
            51 => Some(Self::Offers { page: argument }),
            52 => plain(Self::Offer),
            53 => Some(Self::Window { minutes: argument }),
            54 => plain(Self::All),
            55 => plain(Self::Confirm),
            56 => plain(Self::Back),
            57 => plain(Self::Leave),
            60 => plain(Self::OpenAd),
            61 => plain(Self::Pause),
            62 => plain(Self::Resume),
            63 => plain(Self::Close),
            64 => Some(Self::Change(*AdField::ALL.get(at)?)),
            70 => plain(Self::Settle),
            71 => plain(Self::Refuse),
            73..=79 => BarAction::from_code(code, argument).map(Self::Bar),
            100..=109 => DeviceAction::from_code(code, argument).map(Self::Device),
            72 => Some(Self::Sure(*Sure::ALL.get(at)?)),
            120 => plain(Self::Practice),
            90 => plain(Self::Security(SecurityStep::TurnOn)),
            91 => plain(Self::Security(SecurityStep::ShowAgain)),
            92 => plain(Self::Security(SecurityStep::TurnOff)),
            93 => plain(Self::Security(SecurityStep::NewCodes)),
            94 => plain(Self::Security(SecurityStep::Kept)),
            80 => Some(Self::Account(*AccountAction::ALL.get(at)?)),
            81 => plain(Self::PayTo),
            82 => plain(Self::Without),
            110..=114 => ChatAction::from_code(code, argument).map(Self::Chat),
            83..=89 => BundleAction::from_code(code, argument).map(Self::Bundle),
            _ => None,
        }
    }
}

/// Where `it` stands among all; what is not among them gets a place that no reader accepts.
fn place_in<T: PartialEq>(all: &[T], it: T) -> u16 {
    all.iter().position(|other| *other == it).map_or(u16::MAX, |at| narrow(at as u32))
}

fn narrow(it: u32) -> u16 {
    u16::try_from(it).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Reading every code with every small argument finds every action, each under its own code.
    #[test]
    fn an_action_is_read_as_it_was_written() {
        let mut seen = HashSet::new();
        for code in 0..=u8::MAX {
            for argument in 0..100 {
                if let Some(action) = Action::from_code(code, argument) {
                    if code == 7 {
                        assert_eq!(action, Action::Turn(Face::Gate));
                    } else {
                        assert_eq!(action.code(), (code, argument), "{action:?}");
                    }
                    seen.insert(code);
                }
            }
        }
        assert_eq!(seen.len(), 22 + 5 + 3 + 4 + 4 + 8 + 5 + 2 + 1 + 3 + 5 + 1 + 9 + 5 + 7 + 7);
    }
}
