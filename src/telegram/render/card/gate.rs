//! The seller's face of a card before the coins go: one question of the gate at a time.

use super::Known;
use crate::domain::order::{Order, Question};
use crate::domain::payer::Payer;
use crate::locale::Texts;
use crate::telegram::html::Html;
use crate::telegram::render::page::{Page, bold, code, with, with_two};

/// A payer as Alipay shows one: a nickname, the name's mask, and the account's.
pub(in crate::telegram::render) const EXAMPLE: &str = "追梦(**明) 138******34";

/// What has been answered, the question that stands in the way, and how to answer it.
pub(super) fn face(t: &Texts, order: &Order, known: &Known, page: Page) -> Page {
    let page = page.paragraph(Html::new().bold(t.gate_title())).line(t.gate_how());
    let passed = Question::ALL
        .into_iter()
        .filter(|it| order.gate.answer(*it).is_some_and(|it| it.yes))
        .map(|it| Html::from(done(t, order, it)));
    match order.gate.open() {
        None => at_the_end(t, order, known, page),
        Some(question) => {
            let page = page.block(passed);
            let page = page.paragraph(Html::new().bold(asks(t, order, question)));
            match order.gate.refused() {
                Some(question) => page.line(advice(t, question)),
                None => about(t, known.payer.as_ref(), question, page),
            }
        }
    }
}

fn done(t: &Texts, order: &Order, question: Question) -> String {
    match question {
        Question::Entry => t.gate_done_entry(),
        Question::Arrival => t.gate_done_arrival(),
        Question::Amount => t.gate_done_amount(order.fen.to_string()),
        Question::Payer => t.gate_done_payer(),
        Question::Memo => t.gate_done_memo(),
    }
}

fn asks(t: &Texts, order: &Order, question: Question) -> String {
    match question {
        Question::Entry => t.gate_entry(),
        Question::Arrival => t.gate_arrival(),
        Question::Amount => t.gate_amount(order.fen.to_string()),
        Question::Payer => t.gate_payer(),
        Question::Memo => t.gate_memo(),
    }
}

fn about(t: &Texts, payer: Option<&Payer>, question: Question, page: Page) -> Page {
    match question {
        Question::Entry => page.line(t.gate_entry_about()),
        Question::Arrival => page.line(t.gate_arrival_about()),
        Question::Amount => page.line(t.gate_amount_about()),
        Question::Payer => {
            let expected = match payer {
                Some(payer) => with_two(
                    |name, accounts| t.gate_payer_expect(name, accounts),
                    code(payer.name.mask()),
                    masks(&payer.account.masks()),
                ),
                None => t.gate_payer_unknown().into(),
            };
            page.line(expected).line(with(|it| t.gate_payer_about(it), code(EXAMPLE)))
        }
        Question::Memo => page.line(t.gate_memo_about()),
    }
}

/// The forms in which Alipay shows it, each as it stands there.
fn masks(all: &[String]) -> Html {
    all.iter().enumerate().fold(Html::new(), |html, (at, mask)| {
        let html = if at == 0 { html } else { html.text(" / ") };
        html.html(code(mask))
    })
}

/// What to do after a no. The buttons lead there.
fn advice(t: &Texts, question: Question) -> String {
    match question {
        Question::Entry => t.gate_no_entry(),
        Question::Arrival => t.gate_no_arrival(),
        Question::Amount => t.gate_no_amount(),
        Question::Payer => t.gate_no_payer(),
        Question::Memo => t.gate_no_memo(),
    }
}

/// Everything is answered: who says so?
fn at_the_end(t: &Texts, order: &Order, known: &Known, page: Page) -> Page {
    let coins = || bold(order.coins);
    let proof = if known.code {
        with(|it| t.gate_code(it), coins())
    } else if order.needs_code() {
        t.gate_needs_code(order.terms.code_above.to_string()).into()
    } else {
        with(|it| t.gate_digits(it), coins())
    };
    page.paragraph(t.gate_all()).line(proof).paragraph(Html::new().bold(t.gate_final()))
}
