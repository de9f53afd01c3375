//! docs/order.md, written from the walk.

mod clock;
mod every_cell;
mod matrix;

use super::super::*;
use super::walk::walk;

pub(super) fn page() -> String {
    let stale = stale();
    let (matrix, clock, facts) = (matrix::matrix(), clock::clock(), clock::facts());
    let every_cell = every_cell::every_cell();
    format!(
        "<!-- Generated. Change src/domain/order/tests/page.rs, then: UPDATE_DOCS=1 cargo test --lib order_table -->
# The life of an order

A seller’s coins are locked when an order is opened, and they leave the lock once: to the buyer when
the order is **released**, or back to the seller when it is **cancelled** or has **expired**. In
between, the buyer pays yuan through Alipay, and this page says who may do what, when, and where
it leads.

Nobody wrote these tables by hand. A test asks an order in every status every request, as everybody,
with a new and with an old card, and this is what it answered. If the code and this page part, the
test fails.

![The statuses of an order and the moves between them](order.svg)

Three things hold everywhere:

- Coins go to the buyer only after the seller has confirmed the receipt, or arbiters have awarded
  them. No clock, message or screenshot does that.
- What a buyer says it has paid is never returned by a clock. If nobody answers, people decide.
- Every open order has a next moment at which the clock looks at it, so none is forgotten.

## Who may do what

Each cell says who may ask it and the status it leads to; an empty cell is always refused. A star
means: not always. What it depends on (once only, too early, a choice) is in
[the last chapter](#every-cell).

{matrix}

An arbiter who is the seller or the buyer of the order is only that. A release that is on its way in
a dispute can still be overruled by arbiters, but without a dispute an arbiter has no say.

## What the clock does

With the usual terms: 15 minutes to pay, 10 minutes of grace, 10 seconds to stop a release. If
several reminders were missed, only the last one of each reader is sent. Times count from the
moment at which the order came into the status; after “paid”, from that.

{clock}

## What may happen at any time

When nobody could reach us for over a minute, running clocks go on from where they stood. Alipay’s
own delay and the arbiters’ time are not moved. A sign of a payment (a notification on a phone, an
entry in a statement) only tells: it never changes a status.

{facts}

## An old card

{stale}

## Every cell

For each variant of each status: what is asked, and what each of them hears. A dash stands for
“{side}”. Somebody who is neither a party nor an arbiter hears
“{stranger}”, whatever it is. Moments are minutes since the order was opened.

{every_cell}",
        side = Refusal::NotYourSide,
        stranger = Refusal::NotYours,
    )
}

fn stale() -> String {
    let cells = || walk().into_iter().flat_map(|(_, cells)| cells);
    let changed = cells().filter(|it| it.stale == Err(Refusal::Stale)).count();
    let others = cells().count() - changed;
    let would = cells().filter(|it| it.fresh.is_ok()).count();
    format!(
        "A button knows the order’s version. Pressed on an older card it changes nothing: of the {} cells,
{changed} answer “{}” (among them all {would} that would have led
somewhere), and the other {others} are not the asker’s to ask anyway.",
        changed + others,
        Refusal::Stale,
    )
}

/// A status as people say it.
pub(super) fn said(kind: Kind) -> String {
    kind.as_str().replace('_', " ")
}

/// `a, b or c`.
fn listed(all: &[String], last: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |", cells.join(" | "))
}

/// A table of Markdown.
fn table(head: &[&str], rows: impl IntoIterator<Item = String>) -> String {
    let rule = format!("|{}", " --- |".repeat(head.len()));
    let head = row(head.iter().map(|&it| it.to_owned()));
    [head, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}
