//! What is said around the release gate, and against impostors.

use chrono::NaiveDate;

use super::{AMOUNT_ERRORS, at};
use crate::domain::bill_number::BillNumberError;
use crate::domain::factor::FactorRefusal;
use crate::domain::money::Fen;
use crate::domain::order::{OrderId, Question, Refusal};
use crate::letter::{GateScreen, NumberScreen, PhraseScreen, Screen, VerifyScreen};

pub(super) fn gate() -> Vec<Screen> {
    let order = OrderId(17);
    let steps = [
        GateScreen::NotAnAmount { error: AMOUNT_ERRORS[0] },
        GateScreen::TooMuch { extra: Fen(50) },
        GateScreen::TooLittle { missing: Fen(1) },
        GateScreen::Less { missing: Fen(1) },
        GateScreen::AskedForRest { missing: Fen(1) },
        GateScreen::NoMasks,
        GateScreen::Inconclusive,
        GateScreen::Mismatch { visible: 1, equal: 0 },
        GateScreen::Memo { coins: true },
        GateScreen::Memo { coins: false },
        GateScreen::Factor { refusal: FactorRefusal::Wrong { left: 3 } },
        GateScreen::Factor { refusal: FactorRefusal::Locked { until: at() } },
        GateScreen::Factor { refusal: FactorRefusal::Used },
        GateScreen::NeedsCode,
    ];
    let wrong = |error| NumberScreen::Wrong { refund: false, error };
    let other_day = BillNumberError::OtherDay { date: NaiveDate::MIN };
    let numbers = [
        NumberScreen::Ask { refund: false },
        NumberScreen::Ask { refund: true },
        wrong(BillNumberError::NotDigits),
        wrong(BillNumberError::Length { digits: 31 }),
        wrong(other_day),
        NumberScreen::Reused,
        NumberScreen::Kept { tail: "345678".to_owned() },
    ];
    let says = Question::ALL
        .map(|question| Refusal::Unanswered { question })
        .into_iter()
        .chain([Refusal::OtherPayer, Refusal::NeedsCode])
        .map(|refusal| Screen::OrderSays { refusal });
    steps
        .map(|step| Screen::Gate { order, step })
        .into_iter()
        .chain(numbers.map(|step| Screen::Number { order, step }))
        .chain(says)
        .collect()
}

pub(super) fn trust() -> Vec<Screen> {
    let phrases = [
        PhraseScreen::Ask { set: false },
        PhraseScreen::Ask { set: true },
        PhraseScreen::Wrong,
        PhraseScreen::Set,
        PhraseScreen::Removed,
    ];
    let verdicts =
        [VerifyScreen::Ask, VerifyScreen::Ours, VerifyScreen::NotOurs, VerifyScreen::Hidden];
    phrases
        .map(|step| Screen::Phrase { step })
        .into_iter()
        .chain(verdicts.map(|step| Screen::Verify { step }))
        .collect()
}
