//! Something of everything that can be said.

mod bundle;
mod dispute;
mod gate;
mod stops;

use chrono::{DateTime, TimeDelta, Utc};

use super::devices;
use crate::domain::UserId;
use crate::domain::ad::{AdError, AdId, AdStatus, AdTerms};
use crate::domain::amount::AmountError;
use crate::domain::bill::BillError;
use crate::domain::bill::reconcile::By;
use crate::domain::bill::report::{Found, Line, Report};
use crate::domain::chat::{LONGEST_CAPTION, LONGEST_TEXT, Proof, Purpose, Voice};
use crate::domain::contact::Contact;
use crate::domain::factor::{FactorRefusal, Totp, recovery_code};
use crate::domain::money::{Coin, Coins, Fen, Price};
use crate::domain::opening::{Deal, OpeningRefusal};
use crate::domain::order::{Kind, Missing, News, OrderId, Question, Refusal, Side, WrongPayment};
use crate::domain::payee::{
    Account, Cap, Caps, CodeError, PayeeId, PayeeRefusal, PersonalCode, RealName, Taken,
};
use crate::domain::payer::Payer;
use crate::domain::signal::DeviceId;
use crate::domain::stop::StopId;
use crate::letter::{
    AccountChange, AccountLine, AccountNotice, AccountWish, AccountsScreen, AdField, AdLine,
    AdProblem, AdScreen, Alarm, AmountProblem, BalanceLine, BillScreen, ChatScreen, DepositProblem,
    ForgetScreen, Notice, Offer, OrderLine, PayeeChoice, PayerScreen, Screen, SecurityNotice,
    SecurityScreen, SecurityWish, SellScreen, SettleProblem, SureScreen, Toast, WithdrawProblem,
    WithdrawScreen, WithdrawalLine, WriteProblem,
};
use crate::store::orders::Payee;
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Pen;
use crate::telegram::render::screen::security::Secret;
use crate::telegram::render::screen::{self, Wizard};

pub(super) const ACCOUNT: &str = "13912345678";
/// An e-mail address as Alipay shows it.
pub(super) const MAIL_MASK: &str = "wan***@example.com";
pub(super) const NAME: &str = "李秀兰";
pub(super) const ADDRESS: &str = "TRC20 TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE";
/// What a treasurer might type, or paste from anywhere.
pub(super) const HOSTILE: &str = "<b>&\"\u{202E}0x1</b>";

pub(super) fn payee() -> Payee {
    Payee {
        account: Account::parse(ACCOUNT).expect("a mobile number"),
        name: RealName::parse(NAME).expect("a name"),
        code: PersonalCode::parse("https://qr.alipay.com/fkx07326abc").ok(),
    }
}

/// The buyer's own account.
pub(super) fn payer() -> Payer {
    Payer {
        name: RealName::parse("慕容晓月").expect("a name"),
        account: Account::parse("18627730918").expect("a mobile number"),
    }
}

pub(super) fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn usdt(whole: i64) -> Coins {
    Coins::new(Coin::Usdt, whole * Coin::Usdt.one())
}

fn offer(coin: Coin, price: i64, completed: u32) -> Offer {
    Offer {
        ad: AdId(3),
        version: 1,
        coin,
        price: Price(price),
        min: Fen::yuan(100),
        max: Fen::yuan(2_000),
        window: 15,
        owner: UserId(2001),
        completed,
    }
}

fn ad(status: AdStatus) -> AdLine {
    let terms = AdTerms {
        price: Price(7_210),
        total: usdt(1_000),
        min: Fen::yuan(100),
        max: Fen::yuan(2_000),
        window: 15,
    };
    AdLine { ad: AdId(3), version: 4, terms, left: usdt(400), status }
}

fn withdrawal(reference: Option<&str>) -> WithdrawalLine {
    WithdrawalLine {
        id: 12,
        user: UserId(1001),
        coins: usdt(50),
        asked_at: at(),
        reference: reference.map(str::to_owned),
    }
}

pub(super) const AMOUNT_ERRORS: [AmountError; 8] = [
    AmountError::NotANumber,
    AmountError::BadGrouping,
    AmountError::TooManyDecimals { most: 1 },
    AmountError::TooManyDecimals { most: 6 },
    AmountError::Negative,
    AmountError::Zero,
    AmountError::TooLarge,
    AmountError::OtherUnit,
];

pub(super) fn opening_refusals() -> [OpeningRefusal; 18] {
    [
        OpeningRefusal::AdNotActive,
        OpeningRefusal::AdChanged,
        OpeningRefusal::OwnAd,
        OpeningRefusal::OutsideAd { min: Fen::yuan(100), max: Fen::yuan(2_000) },
        OpeningRefusal::Balance { available: usdt(20) },
        OpeningRefusal::NeedsCode { above: Fen::yuan(5_000) },
        OpeningRefusal::Trust { most: Fen::yuan(2_000), after: 1 },
        OpeningRefusal::Trust { most: Fen::yuan(5_000), after: 10 },
        OpeningRefusal::TooManyOpen { most: 5 },
        OpeningRefusal::OutOfRange,
        OpeningRefusal::NoPayer,
        OpeningRefusal::Payee { why: PayeeRefusal::NotKept },
        OpeningRefusal::NoFreeAmount,
        OpeningRefusal::Stopped { stop: StopId(7), everybody: true },
        OpeningRefusal::Stopped { stop: StopId(7), everybody: false },
        OpeningRefusal::AdStopped,
        OpeningRefusal::BuyerRests { until: at() },
        OpeningRefusal::Blocked,
    ]
}

pub(super) fn ad_errors() -> [AdError; 12] {
    [
        AdError::MinTooSmall { least: Fen::yuan(10) },
        AdError::MaxTooLarge { most: Fen::yuan(200_000) },
        AdError::MinAboveMax,
        AdError::TotalTooSmall { worth: Fen::yuan(72) },
        AdError::Window { least: 10, most: 30 },
        AdError::OutOfRange,
        AdError::NotYours,
        AdError::Closed,
        AdError::Stale,
        AdError::TooMany { most: 10 },
        AdError::Stopped { stop: StopId(7) },
        AdError::Rests { until: at() },
    ]
}

pub(super) fn toasts() -> Vec<Toast> {
    let status = Kind::Releasing;
    let refusals = [
        Refusal::NotYours,
        Refusal::NotYourSide,
        Refusal::Stale,
        Refusal::NotNow { status },
        Refusal::Used,
        Refusal::TooEarly { at: at() },
        Refusal::TooLate { until: at() },
        Refusal::NotOffered,
        Refusal::AlreadyAgreed,
        Refusal::Taken,
        Refusal::NotTaken,
        Refusal::NeedsAnother,
        Refusal::Unanswered { question: Question::Amount },
        Refusal::OtherPayer,
        Refusal::NeedsCode,
    ];
    [Toast::Done, Toast::OldPage, Toast::Forged, Toast::TermsFirst, Toast::NotArbiter]
        .into_iter()
        .chain(refusals.map(|refusal| Toast::Refused { refusal }))
        .chain(ad_errors().map(|error| Toast::Ad { error }))
        .collect()
}

pub(super) fn news() -> Vec<News> {
    let until = at() + TimeDelta::minutes(15);
    vec![
        News::PayNow { until },
        News::WindowOver { until },
        News::GraceEnding { until },
        News::Extended { minutes: 10 },
        News::CancelOffered,
        News::Cancelled,
        News::Expired,
        News::Paid { late: false },
        News::Paid { late: true },
        News::LookNow { times: 2 },
        News::SellerSilent,
        News::TakenBack,
        News::NotArrivedYet,
        News::Short { missing: Fen(1) },
        News::NumberReused,
        News::Delayed { arrives_at: until },
        News::ArrivalDue,
        News::RefundStarted { why: WrongPayment::Payer },
        News::RefundStarted { why: WrongPayment::Amount },
        News::RefundStarted { why: WrongPayment::Memo },
        News::RefundSent,
        News::RefundWaiting { sent: false },
        News::RefundWaiting { sent: true },
        News::Releasing { at: until },
        News::Stopped,
        News::Released,
        News::DisputeOpened,
        News::DisputeWaiting,
        News::DisputeTaken,
        News::EvidenceWanted { until },
        News::EvidenceLate,
        News::EvidenceMissing { from: Missing::Seller },
        News::EvidenceMissing { from: Missing::Buyer },
        News::EvidenceMissing { from: Missing::Both },
        News::Unattended,
        News::AwardOverdue,
        News::AwardProposed { to: Side::Buyer },
        News::AwardProposed { to: Side::Seller },
        News::Awarded { to: Side::Buyer },
        News::Awarded { to: Side::Seller },
        News::Conceded,
        News::ClaimOpened { by: Side::Buyer },
        News::ClaimWaiting,
        News::ClaimClosed,
        News::Outage { minutes: 1 },
        News::Outage { minutes: 7 },
        News::Unreachable { side: Side::Seller },
        News::Unreachable { side: Side::Buyer },
        News::LooksPaid,
        News::LateMoney,
    ]
}

pub(super) fn notices() -> Vec<Notice> {
    let why = format!("Bad Request: {HOSTILE}");
    let alarms = [
        Alarm::Conflict { why: why.clone() },
        Alarm::UpdateDead { update_id: 77 },
        Alarm::UpdateUnread { update_id: 78 },
        Alarm::LetterDead { letter: 5, why: why.clone() },
        Alarm::LetterLate { letter: 5, why: why.repeat(100) },
        Alarm::Outage { minutes: 7, orders: 3 },
        Alarm::NumberReused { order: OrderId(17), other: OrderId(12), by: Side::Buyer },
        Alarm::NumberReused { order: OrderId(17), other: OrderId(12), by: Side::Seller },
        Alarm::DeviceMisused { device: DeviceId(3) },
    ];
    [
        Notice::Credited { coins: usdt(500), reference: HOSTILE.to_owned() },
        Notice::WithdrawalAsked { line: withdrawal(None) },
        Notice::WithdrawalPaid { line: withdrawal(Some(HOSTILE)) },
        Notice::WithdrawalRefused { line: withdrawal(None) },
        account_notice(AccountChange::Added, true),
        account_notice(AccountChange::Code, true),
        account_notice(AccountChange::Code, false),
        account_notice(AccountChange::Removed, false),
        Notice::Security { change: SecurityNotice::TurnedOff { accounts_from: at() } },
        Notice::Security { change: SecurityNotice::RecoveryUsed { left: 7 } },
        Notice::Security { change: SecurityNotice::RecoveryUsed { left: 0 } },
    ]
    .into_iter()
    .chain(devices::notices())
    .chain(stops::notices())
    .chain(dispute::notices())
    .chain(alarms.map(|alarm| Notice::Alarm { alarm }))
    .collect()
}

/// A page, with what is opened for its reader when it is sent.
pub(super) fn page(pen: &Pen<'_>, it: &Screen) -> Page {
    if let Screen::Accounts { step: AccountsScreen::Picture { line } } = it {
        return screen::accounts::picture(pen, line, payee().code.as_ref());
    }
    let address = matches!(it, Screen::Settle { .. }).then_some(ADDRESS);
    let secret = match it {
        Screen::Security { step: SecurityScreen::Scan } => Secret::Totp(Totp::new([7; 20])),
        Screen::Security { step: SecurityScreen::Codes } => {
            Secret::Codes((0..8).map(|it| recovery_code([it; 10])).collect())
        }
        Screen::Bill { step } => return screen::bill::page(pen, step, report(step).as_ref()),
        Screen::Bundle { step } => {
            let wizard = Wizard { pen, turn: 9 };
            return screen::bundle::page(&wizard, step, Some(&bundle::noted()));
        }
        Screen::Case { step } => return dispute::page(pen, step),
        _ => return screen::page(pen, it, 9, address),
    };
    let Screen::Security { step } = it else { unreachable!("only these have a secret") };
    screen::security::page(&Wizard { pen, turn: 9 }, step, Some(&secret))
}

/// Pages by subject; a subject is a snapshot.
pub(super) fn screens() -> Vec<(&'static str, Vec<Screen>)> {
    vec![
        ("start", start()),
        ("lists", lists()),
        ("sell", sell().into_iter().map(|step| Screen::Sell { step }).collect()),
        ("ads", ads()),
        ("withdraw", withdraw().into_iter().map(|step| Screen::Withdraw { step }).collect()),
        ("security", security().into_iter().map(|step| Screen::Security { step }).collect()),
        (
            "chat",
            chat().into_iter().map(|step| Screen::Chat { order: OrderId(17), step }).collect(),
        ),
        ("bill", bill().into_iter().map(|step| Screen::Bill { step }).collect()),
        ("treasury", treasury()),
        ("devices", devices::screens().into_iter().map(|step| Screen::Devices { step }).collect()),
        ("accounts", accounts()),
        ("sure", sure().into_iter().map(|step| Screen::Sure { step }).collect()),
        ("bundle", bundle::bundle()),
        ("stops", stops::stops()),
        ("blocks", stops::blocks()),
        ("gate", gate::gate()),
        ("trust", gate::trust()),
        ("dispute", dispute::disputes()),
        ("cases", dispute::cases_of_the_desk()),
        ("arbiters", dispute::arbiters()),
    ]
}

fn start() -> Vec<Screen> {
    vec![
        Screen::Terms,
        Screen::Home { first: true },
        Screen::Home { first: false },
        Screen::Language,
        Screen::Help { treasurer: false, arbiter: false, operator: false },
        Screen::Help { treasurer: true, arbiter: false, operator: false },
        Screen::Help { treasurer: false, arbiter: true, operator: true },
        Screen::Left,
        Screen::NothingToLeave,
        Screen::Forgotten,
        Screen::NotUnderstood,
        Screen::TextWanted,
        Screen::ButtonWanted,
        Screen::Practice,
        Screen::NotStaff,
        Screen::TooOld,
        Screen::GroupOnly { bot: "fangbi_bot".to_owned() },
        Screen::NoSuchOrder,
        Screen::NotACode,
        Screen::Sorry,
        Screen::TooFast,
    ]
}

fn chat() -> Vec<ChatScreen> {
    let refused = |problem| ChatScreen::Refused { problem };
    let purposes = [
        Purpose::Chat,
        Purpose::Answer,
        Purpose::Question { to: Side::Buyer },
        Purpose::Reason { to: Side::Buyer },
        Purpose::Evidence { what: Proof::Recording },
    ];
    let mut steps = purposes.map(|purpose| ChatScreen::Write { purpose }).to_vec();
    steps.extend(Voice::ALL.map(|to| ChatScreen::Delivered { to }));
    steps.extend([
        ChatScreen::Unreached { to: Voice::Seller },
        ChatScreen::Muted { by: Voice::Buyer },
    ]);
    steps.extend(Contact::ALL.map(|found| ChatScreen::Held { found }));
    steps.extend([
        refused(WriteProblem::TooLong { most: LONGEST_TEXT, caption: false }),
        refused(WriteProblem::TooLong { most: LONGEST_CAPTION, caption: true }),
        refused(WriteProblem::TooLarge),
        refused(WriteProblem::WrongKind),
        refused(WriteProblem::TooMany { most: 6, at: at() }),
        refused(WriteProblem::TooMany { most: 1, at: at() }),
        refused(WriteProblem::Closed),
        refused(WriteProblem::LeadsAway),
        ChatScreen::Lost,
        ChatScreen::NoFile,
        ChatScreen::Mute { on: true },
        ChatScreen::Mute { on: false },
    ]);
    steps
}

fn bill() -> Vec<BillScreen> {
    let problem = |problem| BillScreen::Problem { problem };
    vec![
        BillScreen::HowTo,
        BillScreen::Reading,
        BillScreen::Table { bill: 1 },
        BillScreen::Table { bill: 2 },
        BillScreen::Table { bill: 3 },
        BillScreen::Lost,
        BillScreen::PictureProvesNothing,
        problem(BillError::NotABill),
        problem(BillError::MissingColumn { column: "交易状态".into() }),
        problem(BillError::TooLarge),
        problem(BillError::Encrypted),
        problem(BillError::BrokenArchive),
        problem(BillError::SeveralBills),
        problem(BillError::BrokenText { line: 22 }),
        problem(BillError::BrokenRow { line: 1_234 }),
    ]
}

/// Something of everything; nothing at all; and more than a message holds.
fn report(step: &BillScreen) -> Option<Report> {
    let BillScreen::Table { bill } = step else { return None };
    let line = |order: Option<i64>, found| Line {
        order: order.map(OrderId),
        fen: Fen(725_431),
        at: at(),
        found,
    };
    let lines = match bill {
        1 => vec![
            line(Some(17), Found::Matched { by: By::Number }),
            line(Some(18), Found::Matched { by: By::Amount }),
            line(Some(19), Found::OtherAmount { came: Fen(725_430) }),
            line(Some(20), Found::Duplicated { payments: 2 }),
            line(Some(21), Found::Ambiguous { payments: 1 }),
            line(Some(22), Found::Missing),
            line(Some(23), Found::NotCovered),
            line(None, Found::Unknown),
        ],
        2 => vec![],
        _ => vec![line(Some(1_000_000), Found::Ambiguous { payments: 12 }); 12],
    };
    Some(Report { period: Some((at() - TimeDelta::days(7), at())), lines })
}

fn lists() -> Vec<Screen> {
    let line = |order, side, status| OrderLine {
        order: OrderId(order),
        side,
        coins: usdt(100),
        fen: Fen::yuan(720),
        status,
        opened_at: at(),
    };
    let lines = Kind::ALL.map(|kind| line(17 + kind as i64, Side::Seller, kind)).to_vec();
    let bought = vec![line(40, Side::Buyer, Kind::Released)];
    let some = BalanceLine { available: usdt(120), locked: usdt(100) };
    let free =
        BalanceLine { available: Coins::new(Coin::Btc, 1_234_567), locked: Coins::zero(Coin::Btc) };
    let none = |coin| BalanceLine { available: Coins::zero(coin), locked: Coins::zero(coin) };
    vec![
        Screen::Orders { past: false, page: 0, lines: vec![], more: false },
        Screen::Orders { past: true, page: 0, lines: vec![], more: false },
        Screen::Orders { past: false, page: 1, lines, more: true },
        Screen::Orders { past: true, page: 1, lines: bought, more: false },
        Screen::Balance { lines: Coin::ALL.map(none).to_vec(), waiting: vec![] },
        Screen::Balance {
            lines: vec![some, free, none(Coin::Eth)],
            waiting: vec![withdrawal(None)],
        },
    ]
}

fn sell() -> Vec<SellScreen> {
    let available = vec![usdt(120), Coins::new(Coin::Eth, 25_000_000)];
    let offer_of = offer;
    let offer = offer_of(Coin::Usdt, 7_210, 120);
    let offers = vec![offer, offer_of(Coin::Usdt, 7_195, 0)];
    let deal = Deal::new(usdt(100), Fen::yuan(720));
    let (account, name) = (payee().account.mask(), payee().name.mask());
    let amount = |problem| SellScreen::Amount { offer, available: usdt(120), problem };
    let plain = vec![
        SellScreen::Coin { available },
        SellScreen::NoCoins,
        SellScreen::Offers { coin: Coin::Usdt, page: 0, offers: vec![], more: false },
        SellScreen::Offers { coin: Coin::Usdt, page: 1, offers, more: true },
        SellScreen::Offers {
            coin: Coin::Btc,
            page: 0,
            offers: vec![Offer {
                max: Fen::yuan(200_000),
                ..offer_of(Coin::Btc, 652_300_500, 1_234)
            }],
            more: false,
        },
        amount(None),
        SellScreen::Account { deal, wrong: false },
        SellScreen::Account { deal, wrong: true },
        SellScreen::Name { account: account.clone(), wrong: false },
        SellScreen::Name { account: account.clone(), wrong: true },
        SellScreen::Review { offer, deal, account, name: name.clone() },
        SellScreen::Review { offer, deal, account: MAIL_MASK.to_owned(), name },
        SellScreen::Opened { order: OrderId(17) },
    ];
    plain
        .into_iter()
        .chain(AMOUNT_ERRORS.map(|error| amount(Some(AmountProblem::Typed { error }))))
        .chain(opening_refusals().map(|refusal| SellScreen::Refused { refusal }))
        .chain([amount(Some(AmountProblem::Refused { refusal: OpeningRefusal::AdChanged }))])
        .collect()
}

fn ads() -> Vec<Screen> {
    let terms = ad(AdStatus::Active).terms;
    let typed = AmountError::Zero;
    let (coin, price) = (Coin::Usdt, terms.price);
    let too_small = AdProblem::Refused { error: AdError::MinTooSmall { least: Fen::yuan(10) } };
    let change = |field| AdScreen::Change { ad: ad(AdStatus::Active), field, problem: None };
    let steps = vec![
        AdScreen::Coin,
        AdScreen::Price { coin, best: Some(Price(7_210)), problem: None },
        AdScreen::Price { coin: Coin::Btc, best: None, problem: Some(typed) },
        AdScreen::Total { coin, price, problem: None },
        AdScreen::Total { coin: Coin::Eth, price, problem: Some(typed) },
        AdScreen::Min { coin, worth: Fen::yuan(7_210), least: Fen::yuan(10), problem: None },
        AdScreen::Min {
            coin,
            worth: Fen::yuan(7_210),
            least: Fen::yuan(10),
            problem: Some(too_small),
        },
        AdScreen::Max { coin, min: terms.min, most: Fen::yuan(7_210), problem: None },
        AdScreen::Max {
            coin,
            min: terms.min,
            most: Fen::yuan(7_210),
            problem: Some(AdProblem::Typed { error: typed }),
        },
        AdScreen::Window { choices: vec![10, 15, 20, 30] },
        AdScreen::Review { terms, problem: None },
        AdScreen::Review { terms, problem: Some(AdError::TooMany { most: 10 }) },
        AdScreen::Posted { ad: ad(AdStatus::Active), paused: false },
        AdScreen::Posted { ad: ad(AdStatus::Active), paused: true },
    ];
    let card = |status, problem| Screen::AdCard { ad: ad(status), problem, stop: None };
    let list = |lines, no_payer| Screen::Ads { lines, no_payer, rests_until: None, stop: None };
    let lines = vec![ad(AdStatus::Active), ad(AdStatus::Paused)];
    steps
        .into_iter()
        .chain(AdField::ALL.map(change))
        .chain([AdScreen::Change {
            ad: ad(AdStatus::Active),
            field: AdField::Price,
            problem: Some(too_small),
        }])
        .map(|step| Screen::Ad { step })
        .chain([
            list(vec![], true),
            list(lines.clone(), false),
            list(lines.clone(), true),
            Screen::Ads {
                lines: lines.clone(),
                no_payer: false,
                rests_until: Some(at()),
                stop: None,
            },
            Screen::Ads { lines, no_payer: false, rests_until: None, stop: Some(StopId(7)) },
            Screen::AdCard { ad: ad(AdStatus::Active), problem: None, stop: Some(StopId(7)) },
            card(AdStatus::Active, None),
            card(AdStatus::Paused, Some(AdProblem::Refused { error: AdError::Stale })),
            card(AdStatus::Closed, None),
        ])
        .collect()
}

fn security() -> Vec<SecurityScreen> {
    let overview = |on, codes, locked| SecurityScreen::Overview { on, codes, locked };
    let prove = |wish, problem| SecurityScreen::Prove { wish, problem };
    vec![
        overview(false, 0, None),
        overview(false, 0, Some(at())),
        overview(true, 8, None),
        overview(true, 0, Some(at())),
        SecurityScreen::Scan,
        SecurityScreen::WrongCode,
        SecurityScreen::Codes,
        prove(SecurityWish::TurnOff, None),
        prove(SecurityWish::TurnOff, Some(FactorRefusal::Wrong { left: 3 })),
        prove(SecurityWish::NewCodes, None),
        prove(SecurityWish::NewCodes, Some(FactorRefusal::Used)),
        SecurityScreen::TurnedOff,
    ]
}

fn withdraw() -> Vec<WithdrawScreen> {
    let amount = |problem| WithdrawScreen::Amount { available: usdt(120), problem };
    let address = |wrong| WithdrawScreen::Address { coins: usdt(50), wrong };
    let proof = |totp, problem| WithdrawScreen::Proof { coins: usdt(50), totp, problem };
    vec![
        WithdrawScreen::Coin { available: vec![usdt(120)] },
        WithdrawScreen::NoCoins,
        amount(None),
        amount(Some(WithdrawProblem::Typed { error: AmountError::Zero })),
        amount(Some(WithdrawProblem::TooMuch { available: usdt(120) })),
        address(false),
        address(true),
        WithdrawScreen::Review { coins: usdt(50), address: "TRC20 TQn9Y2…cbLSE".to_owned() },
        proof(false, None),
        proof(true, None),
        proof(false, Some(FactorRefusal::Wrong { left: 1 })),
        proof(true, Some(FactorRefusal::Wrong { left: 4 })),
        proof(true, Some(FactorRefusal::Used)),
        proof(true, Some(FactorRefusal::Locked { until: at() })),
        proof(true, Some(FactorRefusal::NotEnrolled)),
        proof(true, Some(FactorRefusal::Required)),
        WithdrawScreen::Asked { line: withdrawal(None) },
        WithdrawScreen::Refused { available: usdt(20) },
    ]
}

fn account(change: impl FnOnce(&mut AccountLine)) -> AccountLine {
    let mut line = AccountLine {
        id: PayeeId(4),
        version: 2,
        account: payee().account.mask(),
        name: payee().name.mask(),
        has_code: false,
        paused: false,
        is_default: false,
        caps: Caps::default(),
        taken: Taken { day: Fen::yuan(720), month: Fen::yuan(7_200) },
        waits_until: None,
    };
    change(&mut line);
    line
}

fn capped(line: &mut AccountLine) {
    line.is_default = true;
    line.has_code = true;
    line.caps = Caps { day: Some(Fen::yuan(5_000)), month: Some(Fen::yuan(50_000)) };
}

pub(super) fn payee_refusals() -> [PayeeRefusal; 11] {
    let (cap, left) = (Fen::yuan(5_000), Fen::yuan(300));
    [
        PayeeRefusal::Gone,
        PayeeRefusal::Stale,
        PayeeRefusal::Paused,
        PayeeRefusal::Waits { until: at() },
        PayeeRefusal::DayCap { cap, left },
        PayeeRefusal::MonthCap { cap, left },
        PayeeRefusal::NotKept,
        PayeeRefusal::Known,
        PayeeRefusal::TooMany { most: 5 },
        PayeeRefusal::InUse,
        PayeeRefusal::FactorOff { until: at() },
    ]
}

fn accounts() -> Vec<Screen> {
    let plain = || account(|_| {});
    let waits = || account(|it| it.waits_until = Some(at()));
    let paused = || account(|it| it.paused = true);
    let (mask, name) = (payee().account.mask(), payee().name.mask());
    let usable_at = at();
    let code = |problem| AccountsScreen::Code { line: plain(), problem, usable_at };
    let own = vec![
        AccountsScreen::List { lines: vec![] },
        AccountsScreen::List { lines: vec![account(capped), plain(), waits(), paused()] },
        AccountsScreen::Card { line: account(capped) },
        AccountsScreen::Card { line: waits() },
        AccountsScreen::Card { line: paused() },
        AccountsScreen::Account { wrong: false },
        AccountsScreen::Account { wrong: true },
        AccountsScreen::Name { account: mask.clone(), wrong: false },
        AccountsScreen::Name { account: mask.clone(), wrong: true },
        AccountsScreen::Review {
            account: mask.clone(),
            name: name.clone(),
            usable_at: Some(usable_at),
        },
        AccountsScreen::Review { account: mask.clone(), name: name.clone(), usable_at: None },
        AccountsScreen::Added { line: waits() },
        AccountsScreen::Cap { line: account(capped), cap: Cap::Day, problem: None },
        AccountsScreen::Cap {
            line: plain(),
            cap: Cap::Month,
            problem: Some(AmountError::NotANumber),
        },
        code(None),
        AccountsScreen::Code { line: account(capped), problem: None, usable_at },
        code(Some(CodeError::NotALink)),
        code(Some(CodeError::OtherHost)),
        code(Some(CodeError::Merchant)),
        code(Some(CodeError::MoreThanACode)),
        code(Some(CodeError::NotPersonal)),
        AccountsScreen::Picture { line: account(capped) },
        AccountsScreen::Remove { line: plain() },
        AccountsScreen::Removed,
    ];
    let prove = |wish, problem| {
        let (account, name) = (payee().account.mask(), payee().name.mask());
        AccountsScreen::Prove { wish, account, name, problem }
    };
    let proofs = AccountWish::ALL.map(|it| prove(it, None));
    let locked = Some(FactorRefusal::Locked { until: at() });
    let proofs = proofs.into_iter().chain([prove(AccountWish::Code, locked)]);
    let refused = payee_refusals().map(|refusal| AccountsScreen::Refused { refusal });
    let now = Some((payer().name.mask(), payer().account.mask()));
    let payers = [
        PayerScreen::Name { now: None, wrong: false },
        PayerScreen::Name { now, wrong: true },
        PayerScreen::Account { name: payer().name.mask(), wrong: false },
        PayerScreen::Account { name: payer().name.mask(), wrong: true },
        PayerScreen::Declared { name: payer().name.mask(), account: payer().account.mask() },
    ];
    let forgets = [
        ForgetScreen::Ask,
        ForgetScreen::Open { orders: (17..22).map(OrderId).collect() },
        ForgetScreen::Done,
    ];
    let choice = |line: AccountLine, why_not| PayeeChoice { line, why_not };
    let deal = Deal::new(usdt(100), Fen::yuan(720));
    let not = PayeeRefusal::DayCap { cap: Fen::yuan(5_000), left: Fen::yuan(300) };
    let payees = [
        SellScreen::Payee {
            deal,
            choices: vec![
                choice(account(capped), None),
                choice(plain(), Some(not)),
                choice(waits(), Some(PayeeRefusal::Waits { until: at() })),
                choice(paused(), Some(PayeeRefusal::Paused)),
            ],
        },
        SellScreen::Payee { deal, choices: vec![] },
    ];
    own.into_iter()
        .chain(proofs)
        .chain(refused)
        .map(|step| Screen::Accounts { step })
        .chain(payers.map(|step| Screen::Payer { step }))
        .chain(forgets.map(|step| Screen::Forget { step }))
        .chain(payees.map(|step| Screen::Sell { step }))
        .collect()
}

fn account_notice(what: AccountChange, waits: bool) -> Notice {
    let AccountLine { account, name, .. } = account(|_| {});
    Notice::Account { change: AccountNotice { what, account, name, usable_at: waits.then(at) } }
}

fn treasury() -> Vec<Screen> {
    let settle = |problem| Screen::Settle { line: withdrawal(None), problem };
    let user = UserId(1001);
    let problems = [
        DepositProblem::Usage,
        DepositProblem::Amount { coin: Coin::Usdt, error: AmountError::NotANumber },
        DepositProblem::NotATransaction,
        DepositProblem::NoSuchUser { user },
        DepositProblem::Known { reference: HOSTILE.to_owned() },
    ];
    [
        Screen::Withdrawals { lines: vec![] },
        Screen::Withdrawals { lines: vec![withdrawal(None)] },
        settle(None),
        settle(Some(SettleProblem::NotATransaction)),
        settle(Some(SettleProblem::Known)),
        settle(Some(SettleProblem::Gone)),
        Screen::Settled { line: withdrawal(Some("9f86d081")) },
        Screen::Settled { line: withdrawal(None) },
        Screen::Deposited { user, coins: usdt(500), reference: HOSTILE.to_owned() },
    ]
    .into_iter()
    .chain(problems.map(|problem| Screen::DepositProblem { problem }))
    .collect()
}

fn sure() -> Vec<SureScreen> {
    vec![
        SureScreen::CloseAd { ad: ad(AdStatus::Active) },
        SureScreen::RefuseWithdrawal { line: withdrawal(None) },
    ]
}
