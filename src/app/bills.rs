//! Bills: a file is taken, and what has come of it is told.

use chrono::TimeDelta;

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::bill::reconcile::Expected;
use crate::domain::bill::report::{Report, Sale, report};
use crate::domain::bill::{Bill, Came};
use crate::domain::mask::{self, Fit};
use crate::domain::order::{Order, Status};
use crate::letter::{BillScreen, Letter, Screen};
use crate::store::bills::Sold;
use crate::store::{StoreError, Tx};

/// A sale that was opened so long before the bill begins may be paid in its time.
const BEFORE: TimeDelta = TimeDelta::days(2);

impl App {
    /// A file is to be fetched: the reply brings the letter that does. Its number is the update's.
    pub async fn take_bill(
        &self,
        origin: Origin,
        file: String,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                tx.await_bill(app.seal(), origin.user, origin.update_id, &file).await?;
                Ok(reply)
            })
        })
        .await
    }

    /// The file is here, or never will be: its sender hears what has come of it. Nothing else
    /// changes: a bill settles no order.
    pub async fn bill_came(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        bill: i64,
        came: &Came,
    ) -> Result<(), StoreError> {
        if !tx.awaits_bill(user, bill).await? {
            return Ok(());
        }
        let step = match came {
            Came::Read(Ok(read)) => {
                let report = self.beside(tx, user, read).await?;
                tx.keep_report(self.seal(), user, bill, &report).await?;
                BillScreen::Table { bill }
            }
            Came::Read(Err(problem)) => {
                tx.drop_bill(user, bill).await?;
                BillScreen::Problem { problem: problem.clone() }
            }
            Came::Lost => {
                tx.drop_bill(user, bill).await?;
                BillScreen::Lost
            }
        };
        let screen = Box::new(Screen::Bill { step });
        tx.enqueue(Letter::Screen { screen, over: None, turn: 0 }.to(user.0)?);
        Ok(())
    }

    /// The sender's own sales beside the bill, without those of another account than the bill's.
    async fn beside(
        &self,
        tx: &mut Tx<'_>,
        seller: UserId,
        bill: &Bill,
    ) -> Result<Report, StoreError> {
        let Some((from, until)) = bill.period else { return Ok(report(&[], bill)) };
        let sales = tx.sales(self.seal(), seller, (from - BEFORE, until)).await?;
        let now = tx.now();
        let is_of_this_account = |it: &Sold| {
            let seen = bill.account.as_deref().unwrap_or_default();
            it.account.as_ref().is_none_or(|it| mask::compare_account(it, seen) != Fit::Mismatch)
        };
        let sales: Vec<Sale> = sales
            .into_iter()
            .filter(is_of_this_account)
            .map(|Sold { order, number, .. }| {
                let closed = order.status.closed().map(|it| it.at());
                // So long no other order has its amount, and a late payment is its own.
                let until = closed.map_or(now, |at| self.policy().payees.quarantined_until(at));
                let paid = is_paid(&order);
                let (order, fen, from) = (order.id, order.fen, order.opened_at);
                Sale { expected: Expected { order, fen, from, until, number }, paid }
            })
            .filter(|it| it.expected.until >= from)
            .collect();
        Ok(report(&sales, bill))
    }
}

/// Whether somebody says that the yuan were sent.
fn is_paid(order: &Order) -> bool {
    match order.status {
        Status::Paid { .. }
        | Status::Delayed { .. }
        | Status::Refunding { .. }
        | Status::Releasing { .. }
        | Status::Disputed { .. }
        | Status::Claimed { .. }
        | Status::Released { .. } => true,
        Status::AwaitingPayment { .. }
        | Status::Overdue { .. }
        | Status::Cancelled { .. }
        | Status::Expired { .. } => false,
    }
}
