//! A seller's bill beside the orders: a short table, and all of it as a file.

use csv::WriterBuilder;

use crate::domain::bill::BillError;
use crate::domain::bill::reconcile::By;
use crate::domain::bill::report::{Found, Line, Report};
use crate::letter::BillScreen;
use crate::locale::Texts;
use crate::telegram::action::Place;
use crate::telegram::html::Html;
use crate::telegram::render::page::{Document, Page};
use crate::telegram::render::pen::Pen;
use crate::telegram::render::time;

/// So many lines fit a caption, in every language.
const SHOWN: usize = 10;

/// Without its report a table that another bill has replaced says how to send one.
pub(in crate::telegram::render) fn page(
    pen: &Pen<'_>,
    step: &BillScreen,
    report: Option<&Report>,
) -> Page {
    let t = pen.t;
    match (step, report) {
        (BillScreen::Table { .. }, Some(report)) => table(pen, report),
        (BillScreen::Table { .. }, None) | (BillScreen::HowTo, _) => {
            Page::titled(t.bill_how_title())
                .paragraph(t.bill_how_about())
                .paragraph(t.bill_how_app())
                .paragraph(t.bill_how_nothing())
        }
        (BillScreen::Reading, _) => Page::plain(t.bill_reading()),
        (BillScreen::Problem { problem }, _) => {
            Page::titled(t.bill_problem_title()).paragraph(what_is_wrong(t, problem))
        }
        (BillScreen::Lost, _) => Page::titled(t.bill_problem_title()).paragraph(t.bill_lost()),
        (BillScreen::PictureProvesNothing, _) => Page::titled(t.picture_title())
            .paragraph(t.picture_about())
            .paragraph(t.picture_buyer())
            .row([pen.go_below(Place::Orders)]),
    }
}

/// What should be looked at comes first; what belongs to no order, last.
fn table(pen: &Pen<'_>, report: &Report) -> Page {
    let t = pen.t;
    let period = report
        .period
        .map(|(from, until)| t.bill_period(time::date(from), time::date(until)))
        .unwrap_or_default();
    let page = Page::titled(t.bill_title()).line(period);
    if report.lines.is_empty() {
        return page.paragraph(t.bill_nothing()).row([pen.go_below(Place::Orders)]);
    }
    let mut lines: Vec<&Line> = report.lines.iter().collect();
    lines.sort_by_key(|it| (!it.found.is_odd(), it.order.is_none()));
    let odd = lines.iter().filter(|it| it.found.is_odd()).count();
    let there = |it: &&&Line| matches!(it.found, Found::Matched { .. });
    let there = lines.iter().filter(there).count();
    let unknown = lines.iter().filter(|it| it.order.is_none()).count();
    let more = lines.len().saturating_sub(SHOWN);
    let more = if more > 0 { t.bill_more(more) } else { String::new() };
    page.paragraph(t.bill_sum(there, odd, unknown))
        .block(lines.iter().take(SHOWN).map(|it| Html::from(words(t, it))))
        .line(more)
        .paragraph(t.bill_note())
        .row([pen.go_below(Place::Orders)])
        .document(Document { name: "fangbi-bill.csv".to_owned(), bytes: file(t, report) })
}

fn words(t: &Texts, line: &Line) -> String {
    let (mark, found) = (mark(&line.found).to_owned(), result(t, &line.found));
    let amount = line.fen.to_string();
    match line.order {
        Some(order) => t.bill_line(mark, order.code(), amount, found),
        None => t.bill_line_unknown(mark, amount, found),
    }
}

fn mark(found: &Found) -> &'static str {
    match found {
        Found::Matched { .. } => "✅",
        Found::OtherAmount { .. } | Found::Duplicated { .. } | Found::Ambiguous { .. } => "⚠️",
        Found::Missing => "❌",
        Found::NotCovered => "➖",
        Found::Unknown => "❔",
    }
}

fn result(t: &Texts, found: &Found) -> String {
    match found {
        Found::Matched { by: By::Number } => t.bill_found_number(),
        Found::Matched { by: By::Amount } => t.bill_found_amount(),
        Found::OtherAmount { came } => t.bill_found_other(came.to_string()),
        Found::Duplicated { payments } => t.bill_found_duplicated(*payments),
        Found::Ambiguous { payments } => t.bill_found_ambiguous(*payments),
        Found::Missing => t.bill_found_missing(),
        Found::NotCovered => t.bill_found_uncovered(),
        Found::Unknown => t.bill_found_unknown(),
    }
}

/// All lines, in UTF-8 with the mark by which spreadsheets know it.
fn file(t: &Texts, report: &Report) -> Vec<u8> {
    let mut csv = WriterBuilder::new().from_writer("\u{FEFF}".as_bytes().to_vec());
    let columns = [
        t.bill_column_order(),
        t.bill_column_amount(),
        t.bill_column_time(),
        t.bill_column_found(),
    ];
    let lines = report.lines.iter().map(|it| {
        let order = it.order.map(|it| it.code()).unwrap_or_default();
        [order, it.fen.plain(), time::seconds(it.at), result(t, &it.found)]
    });
    for record in std::iter::once(columns).chain(lines) {
        csv.write_record(record).expect("a vector takes all bytes, and all records are as wide");
    }
    csv.into_inner().expect("a vector takes all bytes")
}

fn what_is_wrong(t: &Texts, problem: &BillError) -> String {
    match problem {
        BillError::NotABill => t.bill_problem_not_a_bill(),
        BillError::MissingColumn { column } => t.bill_problem_column(column.as_ref()),
        BillError::TooLarge => t.bill_problem_large(),
        BillError::Encrypted => t.bill_problem_password(),
        BillError::BrokenArchive => t.bill_problem_archive(),
        BillError::SeveralBills => t.bill_problem_several(),
        BillError::BrokenText { line } => t.bill_problem_text(line.to_string()),
        BillError::BrokenRow { line } => t.bill_problem_row(line.to_string()),
    }
}
