//! What is said about evidence and frozen accounts.

use super::{HOSTILE, at, usdt};
use crate::domain::freeze::{Detail, DetailError, Freeze, FreezeKind};
use crate::domain::money::Fen;
use crate::domain::order::{Kind, OrderId, Side};
use crate::letter::{BundleScreen, FrozenScreen, OrderLine, Screen};

/// What somebody has noted, all of it as long as it may be or as odd as it can be.
pub(in crate::telegram::render::tests) fn noted() -> Freeze {
    let answer =
        |detail: Detail, text: &str| Some(text.chars().cycle().take(detail.most()).collect());
    Freeze::new(FreezeKind::Judicial)
        .with(Detail::Body, answer(Detail::Body, "杭州市公安局西湖分局"))
        .with(Detail::Case, Some(HOSTILE.to_owned()))
        .with(Detail::Officer, answer(Detail::Officer, "陈警官 0571-87654321 "))
}

fn line(id: i64, side: Side, fen: i64) -> OrderLine {
    let (order, status) = (OrderId(id), Kind::Released);
    OrderLine { order, side, coins: usdt(100), fen: Fen(fen), status, opened_at: at() }
}

pub(super) fn bundle() -> Vec<Screen> {
    let order = OrderId(17);
    let lines = || vec![line(17, Side::Seller, 72_000), line(16, Side::Buyer, 19_999_999)];
    let ask = |detail, problem| FrozenScreen::Ask { order, detail, problem };
    let frozen = [
        FrozenScreen::Choose { lines: lines() },
        FrozenScreen::Choose { lines: vec![] },
        FrozenScreen::Kind { order },
        ask(Detail::Body, None),
        ask(Detail::Case, Some(DetailError::Empty)),
        ask(Detail::Period, Some(DetailError::TooLong { most: 80 })),
        ask(Detail::Officer, Some(DetailError::Hidden)),
        FrozenScreen::Review { order },
        FrozenScreen::Kept { order, now: true },
        FrozenScreen::Kept { order, now: false },
        FrozenScreen::Erased { order },
        FrozenScreen::With { lines: lines() },
    ];
    let evidence = [
        BundleScreen::Making { order },
        BundleScreen::Choose { lines: lines() },
        BundleScreen::Choose { lines: vec![] },
    ];
    let frozen = frozen.map(|asks| BundleScreen::Frozen { asks });
    evidence.into_iter().chain(frozen).map(|step| Screen::Bundle { step }).collect()
}
