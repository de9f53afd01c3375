//! The card of an order in each status, and its buttons.

use super::samples::{payee, payer};
use super::show::{book, in_each_language, presses};
use crate::domain::UserId;
use crate::domain::money::Fen;
use crate::domain::order::tests::samples::{Sample, samples};
use crate::domain::order::{Asker, Side};
use crate::letter::Face;
use crate::telegram::action::Action;
use crate::telegram::render::card::{self, Known};
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::{Pen, Reading};

pub(super) const FACES: [Face; 7] = [
    Face::Plain,
    Face::Confirm,
    Face::Extend,
    Face::Cancel,
    Face::Problem,
    Face::Gate,
    Face::Dispute,
];

/// The two sides and an arbiter.
pub(super) const READERS: [Reading; 3] = [
    Reading::Side(Side::Seller),
    Reading::Side(Side::Buyer),
    Reading::Staff { user: UserId(3001), arbiter: true },
];

pub(super) fn reader(sample: &Sample, reading: Reading) -> i64 {
    match reading {
        Reading::Side(side) => sample.order.party(side).0,
        Reading::Staff { .. } => 3001,
    }
}

pub(super) fn drawn(pen: &Pen<'_>, sample: &Sample, reading: Reading, face: Face) -> Page {
    let party = reading != READERS[2];
    let shown = party && card::shows_payee(sample.order.status.kind());
    let known = Known {
        payee: shown.then(payee),
        payer: (party && card::shows_payer(sample.order.status.kind())).then(payer),
        ..Known::default()
    };
    card::page(pen, &sample.order, reading, &known, face, sample.now)
}

fn of(reading: Reading) -> &'static str {
    match reading {
        Reading::Side(Side::Seller) => "seller",
        Reading::Side(Side::Buyer) => "buyer",
        Reading::Staff { .. } => "arbiter",
    }
}

#[test]
fn cards_read_well() {
    for reading in READERS {
        in_each_language(1, false, |pen| {
            let pages = samples().into_iter().map(|it| {
                let heading = format!("{:?}: {}", it.order.status.kind(), it.name);
                (heading, drawn(pen, &it, reading, Face::Plain))
            });
            let mut seen = Vec::new();
            let pages = pages.filter(|(_, page)| {
                let text = without_times(page);
                let new = !seen.contains(&text);
                seen.push(text);
                new
            });
            let name = format!("cards_{}_{}", of(reading), pen.language.tag());
            insta::assert_snapshot!(name, book(pages));
        });
    }
}

#[test]
fn the_other_faces_read_well() {
    in_each_language(1, true, |pen| {
        let mut pages: Vec<(String, Page)> = Vec::new();
        for sample in samples() {
            for reading in READERS {
                for face in FACES {
                    let page = drawn(pen, &sample, reading, face);
                    let plain = page == drawn(pen, &sample, reading, Face::Plain);
                    let gate = (face == Face::Gate).then_some(sample.order.gate.open());
                    let heading = format!(
                        "{face:?} of the {}: {:?} {}",
                        of(reading),
                        sample.order.status.kind(),
                        gate.map_or_else(String::new, |open| format!("{open:?}")),
                    );
                    if !plain && pages.iter().all(|(it, _)| *it != heading) {
                        pages.push((heading, page));
                    }
                }
            }
        }
        insta::assert_snapshot!(format!("faces_{}", pen.language.tag()), book(pages));
    });
}

#[test]
fn a_card_says_why_its_amount_is_a_little_more_than_the_price() {
    in_each_language(1, false, |pen| {
        let mut pages = Vec::new();
        for added in [1, 3] {
            for reading in READERS {
                let mut sample = samples().remove(0);
                sample.order.added = Fen(added);
                sample.order.fen.0 += added;
                pages.push((of(reading).to_owned(), drawn(pen, &sample, reading, Face::Plain)));
            }
        }
        insta::assert_snapshot!(format!("added_{}", pen.language.tag()), book(pages));
    });
}

/// Without the moments that every sample has of its own.
fn without_times(page: &Page) -> String {
    let text = page.text.as_str();
    let lines = text.lines().filter(|it| !it.contains("<tg-time"));
    format!("{} {:?}", lines.collect::<String>(), super::show::buttons(page).len())
}

#[test]
fn every_button_of_a_card_would_be_granted() {
    let mut asked = 0;
    for sample in samples() {
        for reading in READERS {
            let user = reader(&sample, reading);
            in_each_language(user, false, |pen| {
                for face in FACES {
                    let page = drawn(pen, &sample, reading, face);
                    for press in presses(&page, user) {
                        assert_eq!(press.subject, sample.order.id.0);
                        assert_eq!(press.version, sample.order.version);
                        let Action::Ask(request) = press.action else { continue };
                        let arbiter = matches!(reading, Reading::Staff { .. });
                        let asker = Asker { user: UserId(user), arbiter };
                        let seen = Some(press.version);
                        let answer = sample.order.clone().ask(request, asker, seen, sample.now);
                        assert!(answer.is_ok(), "{}: {request:?} {answer:?}", sample.name);
                        asked += 1;
                    }
                }
            });
        }
    }
    assert!(asked > 500, "only {asked} buttons were tried");
}

#[test]
fn no_button_leads_to_the_page_it_is_on() {
    for sample in samples() {
        for reading in READERS {
            let user = reader(&sample, reading);
            in_each_language(user, false, |pen| {
                for face in FACES {
                    let page = drawn(pen, &sample, reading, face);
                    for press in presses(&page, user) {
                        if let Action::Turn(to) = press.action {
                            let other = drawn(pen, &sample, reading, to);
                            assert_ne!(other, page, "{}: {face:?} to {to:?}", sample.name);
                        }
                    }
                }
            });
        }
    }
}

#[test]
fn somebody_always_has_something_to_do_while_coins_are_locked() {
    for sample in samples().iter().filter(|it| it.order.holds_escrow()) {
        let buttons: usize = READERS
            .into_iter()
            .map(|reading| {
                let pages = std::cell::Cell::new(0);
                in_each_language(1, false, |pen| {
                    pages.set(presses(&drawn(pen, sample, reading, Face::Plain), 1).len());
                });
                pages.get()
            })
            .sum();
        assert!(buttons > 0, "{}", sample.name);
    }
}
