//! An order in every status, and in each variant of it that makes a difference. Each has got
//! there by its story, so there is none that cannot be.

use chrono::{DateTime, Utc};

use super::super::{Kind, Order};
use super::script::{Play, large, moment};

pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) order: Order,
    /// When something is asked of it.
    pub(crate) now: DateTime<Utc>,
}

pub(crate) fn samples() -> Vec<Sample> {
    let usual = USUAL.iter().map(|it| (it, Play::opened(|_, _| {})));
    let large = LARGE.iter().map(|it| (it, Play::opened(large)));
    let mut all: Vec<Sample> = usual
        .chain(large)
        .map(|((name, script, at), play)| Sample {
            name,
            order: play.plays(script).order,
            now: moment(at),
        })
        .collect();
    all.sort_by_key(|it| it.order.status.kind());
    all
}

/// Its name, its story, and the minute at which it is asked.
type Told = (&'static str, &'static str, &'static str);

const USUAL: &[Told] = &[
    ("just opened", "", "1"),
    ("the extension is used", "2 seller extend 5", "3"),
    ("the seller has agreed to cancel", "2 seller agree_to_cancel", "3"),
    ("the buyer has agreed to cancel", "2 buyer agree_to_cancel", "3"),
    ("“paid” has been taken back", "4 buyer mark_paid\n5 buyer take_back", "6"),
    ("the window is over, the clock has not come yet", "", "15:01"),
    ("the window is just over", "15 clock", "16"),
    ("the grace is over, the clock has not come yet", "15 clock", "25:01"),
    ("a late “paid” has been taken back", "15 clock\n16 buyer mark_paid\n17 buyer take_back", "18"),
    ("a minute after “paid”", "4 buyer mark_paid", "5"),
    ("five minutes after “paid”", "4 buyer mark_paid", "9"),
    ("fifteen minutes after “paid”", "4 buyer mark_paid", "19"),
    ("the seller has looked: not there yet", "4 buyer mark_paid\n6 seller not_arrived", "19"),
    (
        "three questions of the gate are answered",
        "4 buyer mark_paid\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes",
        "7",
    ),
    (
        "the whole gate is answered",
        "4 buyer mark_paid\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes\n6 seller answer payer yes\n6 seller answer memo yes",
        "7",
    ),
    (
        "the masks do not fit",
        "4 buyer mark_paid\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes\n6 seller compare mismatch",
        "7",
    ),
    (
        "the memo is not empty",
        "4 buyer mark_paid\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes\n6 seller compare match\n6 seller answer memo no",
        "7",
    ),
    (
        "in the grace, the whole gate is answered",
        "15 clock\n16 seller answer entry yes\n16 seller answer arrival yes\n16 seller answer amount yes\n16 seller answer payer yes\n16 seller answer memo yes",
        "17",
    ),
    (
        "for two hours, the whole gate is answered",
        "4 buyer mark_paid\n5 seller arrives_later 2\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes\n6 seller answer payer yes\n6 seller answer memo yes",
        "7",
    ),
    (
        "by the seller, the whole gate is answered",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 seller answer entry yes\n10 seller answer arrival yes\n10 seller answer amount yes\n10 seller answer payer yes\n10 seller answer memo yes",
        "11",
    ),
    ("a minute after a late “paid”", "15 clock\n16 buyer mark_paid", "17"),
    ("“paid” for the second time", "4 buyer mark_paid\n5 buyer take_back\n6 buyer mark_paid", "21"),
    ("a release was stopped", "4 buyer mark_paid\n6 seller confirm_receipt\n6:05 seller stop", "7"),
    (
        "a delayed transfer should be there now",
        "4 buyer mark_paid\n6 seller arrives_later 2\n..2h04",
        "2h05",
    ),
    ("a day after “paid”, the clock has not come yet", "4 buyer mark_paid", "24h04"),
    ("for two hours", "4 buyer mark_paid\n6 seller arrives_later 2", "7"),
    ("for two hours, dispute possible", "4 buyer mark_paid\n6 seller arrives_later 2", "20"),
    ("for two hours, late", "15 clock\n16 buyer mark_paid\n17 seller arrives_later 2", "40"),
    (
        "for two hours, “paid” for the second time",
        "4 buyer mark_paid\n5 buyer take_back\n6 buyer mark_paid\n7 seller arrives_later 2",
        "30",
    ),
    ("not sent yet", "4 buyer mark_paid\n6 seller refund payer", "7"),
    ("sent", "4 buyer mark_paid\n6 seller refund payer\n8 seller refund_sent", "9"),
    ("in the ten seconds", "4 buyer mark_paid\n6 seller confirm_receipt", "6:05"),
    (
        "in the ten seconds, after twelve hours",
        "4 buyer mark_paid\n12h03:59 seller confirm_receipt",
        "12h04:05",
    ),
    (
        "in the ten seconds, in a dispute",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 seller confirm_receipt",
        "10:05",
    ),
    (
        "in the ten seconds, in a dispute that is taken",
        "4 buyer mark_paid\n9 seller dispute not_received\n9 arbiter take\n10 seller confirm_receipt",
        "10:05",
    ),
    ("by the buyer, in the grace, nobody has paid", "15 clock\n16 buyer dispute other", "17"),
    ("by the seller", "4 buyer mark_paid\n9 seller dispute not_received", "10"),
    ("by the clock", "4 buyer mark_paid\n..12h04", "12h05"),
    ("taken", "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take", "11"),
    (
        "taken two days ago",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take",
        "48h10",
    ),
    ("by the buyer", "2 buyer cancel other\n3 buyer claim", "4"),
    ("by the seller", "2 buyer cancel other\n3 seller claim", "4"),
    ("taken", "2 buyer cancel other\n3 buyer claim\n4 arbiter take", "5"),
    ("taken two days ago", "2 buyer cancel other\n3 buyer claim\n4 arbiter take", "48h04"),
    (
        "of a release",
        "4 buyer mark_paid\n6 seller confirm_receipt\n6:10 clock\n7 buyer claim\n8 arbiter take",
        "9",
    ),
    (
        "of a release, by the seller",
        "4 buyer mark_paid\n6 seller confirm_receipt\n6:10 clock\n7 seller claim",
        "9",
    ),
    ("of an expiry", "15 clock\n25 clock\n26 buyer claim\n27 arbiter take", "28"),
    ("of an expiry, by the seller", "15 clock\n25 clock\n26 seller claim", "28"),
    ("confirmed by the seller", "4 buyer mark_paid\n6 seller confirm_receipt\n6:10 clock", "7"),
    (
        "awarded",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take\n11 arbiter award buyer",
        "12",
    ),
    (
        "more than three days ago",
        "4 buyer mark_paid\n6 seller confirm_receipt\n6:10 clock",
        "72h07",
    ),
    ("by the buyer", "2 buyer cancel other", "3"),
    ("by both", "2 buyer agree_to_cancel\n3 seller agree_to_cancel", "4"),
    ("given up in the grace", "15 clock\n16 buyer give_up", "17"),
    (
        "refunded",
        "4 buyer mark_paid\n6 seller refund payer\n8 seller refund_sent\n9 buyer refund_received",
        "10",
    ),
    ("conceded", "4 buyer mark_paid\n9 seller dispute not_received\n10 buyer concede", "11"),
    (
        "awarded",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take\n11 arbiter award seller",
        "12",
    ),
    ("more than three days ago", "2 buyer cancel other", "72h03"),
    ("nobody paid", "15 clock\n25 clock", "26"),
    ("more than three days ago", "15 clock\n25 clock", "72h26"),
];

/// Above what one arbiter may award alone, and what the last digits may release.
const LARGE: &[Told] = &[
    (
        "large, the whole gate is answered",
        "4 buyer mark_paid\n6 seller answer entry yes\n6 seller answer arrival yes\n6 seller answer amount yes\n6 seller answer payer yes\n6 seller answer memo yes",
        "7",
    ),
    ("large, taken", "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take", "11"),
    (
        "large, an award is proposed",
        "4 buyer mark_paid\n9 seller dispute not_received\n10 arbiter take\n11 arbiter award seller",
        "12",
    ),
    (
        "large, in the ten seconds, in a dispute that is taken",
        "4 buyer mark_paid\n9 seller dispute not_received\n9 arbiter take\n10 seller confirm_receipt",
        "10:05",
    ),
];

#[test]
fn there_is_a_sample_of_every_status() {
    let samples = samples();
    for kind in Kind::ALL {
        assert!(samples.iter().any(|it| it.order.status.kind() == kind), "{kind:?}");
    }
}

#[test]
fn two_samples_of_a_status_have_two_names() {
    let mut names: Vec<_> = samples().iter().map(|it| (it.order.status.kind(), it.name)).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
