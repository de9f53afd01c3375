//! The release gate: what a seller types on the way, and the proof at its end.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::bill_number::BillNumber;
use crate::domain::factor::{Factor, FactorRefusal};
use crate::domain::mask::{self, Comparison};
use crate::domain::money::Fen;
use crate::domain::order::{Audience, Effect, News, Order, OrderId, Refusal, Request, Side};
use crate::letter::Alarm;
use crate::store::bill_numbers::NumberKind;
use crate::store::{StoreError, Tx};

/// Why coins are not released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseRefusal {
    Order(Refusal),
    /// What was typed proves nothing.
    Factor(FactorRefusal),
}

/// Why a number is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRefusal {
    Order(Refusal),
    /// It belongs to another order.
    Reused,
}

impl App {
    /// The seller has answered the whole gate, and types what proves who answered. The order is
    /// asked before a try is counted, and a try is counted before anything is compared.
    pub async fn release(
        &self,
        origin: Origin,
        order: OrderId,
        typed: String,
        say: impl FnOnce(Result<&Order, ReleaseRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = app.release_in(tx, origin.user, order, &typed).await?;
                Ok(say(outcome.as_ref().map_err(|refusal| *refusal)))
            })
        })
        .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    async fn release_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
        typed: &str,
    ) -> Result<Result<Order, ReleaseRefusal>, StoreError> {
        let with = |factor| Request::ConfirmReceipt { factor };
        let order = match self.would(tx, user, id, with(Factor::Totp)).await? {
            Ok(order) => order,
            Err(refusal) => return Ok(Err(ReleaseRefusal::Order(refusal))),
        };
        let digits = (!order.needs_code()).then(|| last_digits(order.fen));
        let factor = match self.prove(tx, user, typed, digits.as_deref()).await? {
            Ok(factor) => factor,
            Err(refusal) => return Ok(Err(ReleaseRefusal::Factor(refusal))),
        };
        let outcome = self.decide(tx, user, id, with(factor), None).await?;
        Ok(outcome.map_err(ReleaseRefusal::Order))
    }

    /// What the seller sees of the payer, compared with what the buyer has declared. `None` beside
    /// the order: nothing was declared, as in orders from before that was asked.
    pub async fn compare(
        &self,
        origin: Origin,
        order: OrderId,
        name: Option<String>,
        account: Option<String>,
        say: impl FnOnce(Result<(&Order, Comparison), Refusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let declared = tx.payer_of(app.seal(), order).await?;
                let found = match &declared {
                    Some(it) => {
                        mask::compare(&it.name, &it.account, name.as_deref(), account.as_deref())
                    }
                    None => Comparison::NOTHING,
                };
                let request = Request::Compare { masks: found.fit() };
                let outcome = app.decide(tx, origin.user, order, request, None).await?;
                Ok(say(outcome.as_ref().map(|order| (order, found)).map_err(|it| *it)))
            })
        })
        .await
    }

    /// The number of the payment (the buyer's) or of the refund (the seller's). A number belongs to
    /// one order; one that comes again is told to the other side and the operators, once.
    pub async fn give_number(
        &self,
        origin: Origin,
        order: OrderId,
        number: BillNumber,
        say: impl FnOnce(Result<(), NumberRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(
                async move { Ok(say(app.give_number_in(tx, origin.user, order, &number).await?)) },
            )
        })
        .await
    }

    pub(super) async fn give_number_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
        number: &BillNumber,
    ) -> Result<Result<(), NumberRefusal>, StoreError> {
        let order = match self.would(tx, user, id, Request::Number).await? {
            Ok(order) => order,
            Err(refusal) => return Ok(Err(NumberRefusal::Order(refusal))),
        };
        let kind = match order.side_of(user) {
            Some(Side::Seller) => NumberKind::Refund,
            Some(Side::Buyer) | None => NumberKind::Payment,
        };
        if let Some(other) = tx.order_of_number(self.seal(), number, id).await? {
            if tx.note_reuse(self.seal(), number, id).await? {
                let by = order.side_of(user).unwrap_or(Side::Buyer);
                let news = Effect::Tell(Audience::Side(by.other()), News::NumberReused);
                super::orders::tell(tx, &order, &[news]).await?;
                self.alarm(tx, &Alarm::NumberReused { order: id, other, by }).await?;
            }
            return Ok(Err(NumberRefusal::Reused));
        }
        tx.keep_number(self.seal(), number, kind, id).await?;
        let outcome = self.decide(tx, user, id, Request::Number, None).await?;
        Ok(outcome.map(|_| ()).map_err(NumberRefusal::Order))
    }

    /// What an order would say, before anything is done about it: the order as it is, or its no.
    pub(super) async fn would(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
        request: Request,
    ) -> Result<Result<Order, Refusal>, StoreError> {
        let Some(order) = tx.order(id).await? else { return Ok(Err(Refusal::NotYours)) };
        let asker = self.asker(tx, user).await?;
        Ok(order.clone().ask(request, asker, None, tx.now()).map(|_not_done| order))
    }
}

/// The last four digits of an amount, the fen included: ¥1,234.56 gives `3456`.
pub fn last_digits(fen: Fen) -> String {
    format!("{:04}", fen.0.rem_euclid(10_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digits_include_the_fen() {
        assert_eq!(last_digits(Fen(123_456)), "3456");
        assert_eq!(last_digits(Fen(72_003)), "2003");
        assert_eq!(last_digits(Fen(10_000_007)), "0007");
    }
}
