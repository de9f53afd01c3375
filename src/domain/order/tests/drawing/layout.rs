//! Where everything stands on the drawing, by hand. That nothing is missing and nothing is made up
//! is the walk's to say.

use super::super::super::Kind::{self, *};
use super::super::walk::Who::{self, Arbiter, Buyer, Clock, Seller};

pub(super) const WIDTH: i32 = 1400;
pub(super) const HEIGHT: i32 = 920;

/// A status: its middle, what a newcomer should know of it, and the moves that stay in it.
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) at: (i32, i32),
    pub(super) hint: &'static str,
    pub(super) stays: &'static [Label],
}

/// Who does what (as the walk calls it; several that are alike with a bar between), and how the
/// drawing says it.
pub(super) struct Label {
    pub(super) who: &'static [Who],
    pub(super) what: &'static str,
    pub(super) text: &'static str,
}

/// Moves that are drawn as one: from each of these to each of those.
pub(super) struct Line {
    pub(super) from: &'static [Kind],
    pub(super) to: &'static [Kind],
    pub(super) paths: &'static [&'static str],
    /// The middle of the first label; the others follow below.
    pub(super) at: (i32, i32),
    pub(super) labels: &'static [Label],
}

/// Statuses that share some lines: left, top, right and bottom, and what they have in common.
pub(super) struct Group {
    pub(super) edges: (i32, i32, i32, i32),
    pub(super) caption: &'static str,
}

const EITHER: &[Who] = &[Seller, Buyer];

const fn label(who: &'static [Who], what: &'static str, text: &'static str) -> Label {
    Label { who, what, text }
}

const fn node(kind: Kind, at: (i32, i32), hint: &'static str, stays: &'static [Label]) -> Node {
    Node { kind, at, hint, stays }
}

pub(super) const GROUPS: [Group; 2] = [
    Group { edges: (405, 100, 625, 418), caption: "the buyer says it has paid" },
    Group { edges: (805, 110, 1065, 540), caption: "arbiters may award once there is a dispute" },
];

pub(super) const NODES: [Node; 11] = [
    node(
        AwaitingPayment,
        (150, 180),
        "coins locked, 15 min to pay",
        &[
            label(&[Seller], "extend", "seller: extend, once"),
            label(EITHER, "agree to cancel", "one side: agree to cancel"),
        ],
    ),
    node(
        Overdue,
        (150, 470),
        "10 min of grace, coins locked",
        &[label(&[Seller], "answer | compare", "seller: answer the gate")],
    ),
    node(
        Paid,
        (515, 180),
        "the seller looks into Alipay",
        &[
            label(&[Seller], "not arrived | short", "seller: not, or not all there"),
            label(&[Seller], "answer | compare", "seller: answer the gate"),
            label(&[Buyer], "number", "buyer: order number"),
        ],
    ),
    node(
        Delayed,
        (515, 360),
        "Alipay holds the transfer back",
        &[
            label(&[Seller], "arrives later", "seller: arrives later still"),
            label(&[Seller], "answer | compare", "seller: answer the gate"),
            label(&[Buyer], "number", "buyer: order number"),
        ],
    ),
    node(
        Refunding,
        (515, 600),
        "the yuan go back to the payer",
        &[
            label(&[Seller], "refund sent", "seller: refund sent"),
            label(EITHER, "number", "either: order number"),
        ],
    ),
    node(
        Releasing,
        (935, 180),
        "10 s in which to stop",
        &[label(&[Arbiter], "take", "arbiter: take the dispute")],
    ),
    node(
        Disputed,
        (935, 460),
        "no clock decides",
        &[
            label(&[Arbiter], "take", "arbiter: take"),
            label(&[Arbiter], "award", "arbiter: first of two awards"),
            label(&[Seller], "answer | compare", "seller: answer the gate"),
            label(&[Buyer], "number", "buyer: order number"),
            label(EITHER, "evidence", "seller or buyer: evidence"),
        ],
    ),
    node(
        Claimed,
        (1260, 790),
        "a closed order is looked at",
        &[
            label(&[Arbiter], "take", "arbiter: take"),
            label(EITHER, "evidence", "seller or buyer: evidence"),
        ],
    ),
    node(Released, (1260, 180), "coins to the buyer", &[]),
    node(Cancelled, (640, 790), "coins back to the seller", &[]),
    node(Expired, (150, 790), "coins back to the seller", &[]),
];

pub(super) const LINES: [Line; 29] = [
    Line {
        from: &[AwaitingPayment],
        to: &[Paid],
        paths: &["M245,190 L420,190"],
        at: (326, 190),
        labels: &[label(&[Buyer], "mark paid", "buyer: mark paid")],
    },
    Line {
        from: &[Paid, Delayed],
        to: &[AwaitingPayment],
        paths: &["M405,150 L245,150"],
        at: (328, 150),
        labels: &[label(&[Buyer], "take back", "buyer: take back")],
    },
    Line {
        from: &[AwaitingPayment],
        to: &[Overdue],
        paths: &["M150,224 L150,438"],
        at: (150, 330),
        labels: &[label(&[Clock], "time", "clock: 15 min")],
    },
    Line {
        from: &[AwaitingPayment],
        to: &[Cancelled],
        paths: &[
            "M55,180 C25,185 22,230 22,300 L22,590 C22,690 70,700 170,702 C360,708 440,750 545,785",
        ],
        at: (275, 702),
        labels: &[
            label(&[Buyer], "cancel", "buyer: cancel"),
            label(EITHER, "agree to cancel", "the other side: agree to cancel"),
        ],
    },
    Line {
        from: &[Overdue],
        to: &[Paid],
        paths: &["M190,446 C250,340 300,215 420,205"],
        at: (282, 292),
        labels: &[label(&[Buyer], "mark paid", "buyer: mark paid, late")],
    },
    Line {
        from: &[Paid, Delayed],
        to: &[Overdue],
        paths: &["M405,330 C370,360 330,430 245,455"],
        at: (332, 400),
        labels: &[label(&[Buyer], "take back", "buyer: take back, late")],
    },
    Line {
        from: &[Overdue],
        to: &[Releasing],
        paths: &["M245,468 C420,450 560,465 650,430 C740,395 760,215 840,205"],
        at: (352, 458),
        labels: &[label(&[Seller], "confirm receipt", "seller: confirm receipt")],
    },
    Line {
        from: &[Overdue],
        to: &[Delayed],
        paths: &["M230,439 C270,400 330,362 418,360"],
        at: (300, 372),
        labels: &[label(&[Seller], "arrives later", "seller: arrives later")],
    },
    Line {
        from: &[Overdue],
        to: &[Refunding],
        paths: &["M225,501 C270,560 330,602 418,604"],
        at: (300, 560),
        labels: &[label(&[Seller], "refund", "seller: refund")],
    },
    Line {
        from: &[Overdue],
        to: &[Disputed],
        paths: &["M245,480 C400,505 640,520 840,480"],
        at: (348, 494),
        labels: &[label(EITHER, "dispute", "seller or buyer: dispute")],
    },
    Line {
        from: &[Overdue],
        to: &[Cancelled],
        paths: &["M195,494 C225,640 520,640 600,764"],
        at: (300, 594),
        labels: &[label(&[Buyer], "give up", "buyer: give up")],
    },
    Line {
        from: &[Overdue],
        to: &[Expired],
        paths: &["M130,494 L130,764"],
        at: (130, 620),
        labels: &[label(&[Clock], "time", "clock: 10 min")],
    },
    Line {
        from: &[Paid],
        to: &[Delayed],
        paths: &["M465,227 L465,313"],
        at: (482, 258),
        labels: &[label(&[Seller], "arrives later", "seller: arrives later")],
    },
    Line {
        from: &[Delayed],
        to: &[Paid],
        paths: &["M580,313 L580,227"],
        at: (556, 284),
        labels: &[label(&[Clock], "time", "clock: 2–24 h")],
    },
    Line {
        from: &[Paid, Delayed],
        to: &[Refunding],
        paths: &["M515,418 L515,560"],
        at: (515, 440),
        labels: &[label(&[Seller], "refund", "seller: refund")],
    },
    Line {
        from: &[Paid, Delayed],
        to: &[Releasing],
        paths: &["M625,187 L840,187"],
        at: (722, 187),
        labels: &[label(&[Seller], "confirm receipt", "seller: confirm receipt")],
    },
    Line {
        from: &[Paid, Delayed],
        to: &[Disputed],
        paths: &["M625,350 C700,360 750,420 840,445"],
        at: (700, 362),
        labels: &[label(EITHER, "dispute", "seller or buyer: dispute")],
    },
    Line {
        from: &[Paid],
        to: &[Disputed],
        paths: &["M610,200 C700,225 790,330 860,405"],
        at: (722, 262),
        labels: &[label(&[Clock], "time", "clock: 12 h of silence")],
    },
    Line {
        from: &[Refunding],
        to: &[Disputed],
        paths: &["M610,600 C720,600 800,560 850,515"],
        at: (722, 586),
        labels: &[
            label(EITHER, "dispute", "seller or buyer: dispute"),
            label(&[Clock], "time", "clock: 24 h"),
        ],
    },
    Line {
        from: &[Refunding],
        to: &[Cancelled],
        paths: &["M545,639 C570,680 615,710 632,764"],
        at: (585, 680),
        labels: &[label(&[Buyer], "refund received", "buyer: refund received")],
    },
    Line {
        from: &[Releasing],
        to: &[Paid],
        paths: &["M840,160 L610,160"],
        at: (722, 160),
        labels: &[label(&[Seller], "stop", "seller: stop")],
    },
    Line {
        from: &[Releasing],
        to: &[Released],
        paths: &["M1030,180 L1165,180"],
        at: (1112, 180),
        labels: &[label(&[Clock], "time", "clock: 10 s")],
    },
    Line {
        from: &[Releasing],
        to: &[Disputed],
        paths: &["M880,218 L880,405"],
        at: (884, 330),
        labels: &[
            label(&[Seller], "stop", "seller: stop"),
            label(&[Arbiter], "award", "arbiter: first award"),
        ],
    },
    Line {
        from: &[Disputed],
        to: &[Releasing],
        paths: &["M1000,416 L1000,218"],
        at: (980, 262),
        labels: &[label(&[Seller], "confirm receipt", "seller: confirm receipt")],
    },
    Line {
        from: &[Releasing, Disputed],
        to: &[Released],
        paths: &["M1065,340 C1170,335 1225,280 1240,206"],
        at: (1150, 325),
        labels: &[label(&[Arbiter], "award", "arbiter: award")],
    },
    Line {
        from: &[Releasing, Disputed],
        to: &[Cancelled],
        paths: &["M965,540 C965,680 880,770 735,785"],
        at: (945, 650),
        labels: &[label(&[Arbiter], "award", "arbiter: award")],
    },
    Line {
        from: &[Disputed],
        to: &[Cancelled],
        paths: &["M890,504 C880,620 790,720 690,764"],
        at: (836, 650),
        labels: &[label(&[Buyer], "concede", "buyer: concede")],
    },
    Line {
        from: &[Released, Cancelled, Expired],
        to: &[Claimed],
        paths: &[
            "M1245,204 L1245,749",
            "M735,795 L1165,780",
            "M130,814 C130,905 1200,905 1235,829",
        ],
        at: (1240, 450),
        labels: &[label(EITHER, "claim", "seller or buyer: claim, for 72 h")],
    },
    Line {
        from: &[Claimed],
        to: &[Released, Cancelled, Expired],
        paths: &[
            "M1275,749 L1275,204",
            "M1165,795 L735,810",
            "M1255,829 C1220,925 110,925 110,814",
        ],
        at: (1275, 520),
        labels: &[label(
            &[Seller, Buyer, Arbiter],
            "close claim",
            "who claimed, or an arbiter: close",
        )],
    },
];
