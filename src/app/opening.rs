//! Opening an order: the ad, the balance and the rules are looked at in the same transaction that
//! locks the coins.

use super::orders::{Opened, post, tell};
use super::{App, Origin, Reply};
use crate::domain::ad::AdId;
use crate::domain::amount::Quantity;
use crate::domain::ledger::Account;
use crate::domain::opening::{Deal, OpeningRefusal, Seller};
use crate::domain::order::{Order, Step};
use crate::store::orders::Payee;
use crate::store::{StoreError, Tx};

/// What a seller wants to do.
#[derive(Clone, Debug)]
pub struct Opening {
    pub ad: AdId,
    /// The ad as the seller saw it.
    pub version: i64,
    pub quantity: Quantity,
    pub payee: Payee,
}

impl App {
    /// Opens an order and locks its coins, or says why not.
    pub async fn open(
        &self,
        origin: Origin,
        opening: Opening,
        say: impl FnOnce(Result<&Order, OpeningRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = app.open_in(tx, origin, &opening).await?;
                Ok(say(outcome.as_ref().map_err(|refusal| *refusal)))
            })
        })
        .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    async fn open_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        opening: &Opening,
    ) -> Result<Result<Order, OpeningRefusal>, StoreError> {
        let Some(ad) = tx.ad(opening.ad).await? else {
            return Ok(Err(OpeningRefusal::AdNotActive));
        };
        if ad.version != opening.version {
            return Ok(Err(OpeningRefusal::AdChanged));
        }
        let user = origin.user;
        let completed = tx.user(user).await?.map_or(0, |it| it.completed);
        let available = tx.balance(Account::User(user), ad.coin()).await?;
        let seller = Seller { user, available, completed, open: tx.open_sales(user).await? };
        let deal = match Deal::check(&ad, opening.quantity, &seller, self.policy()) {
            Ok(deal) => deal,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let id = tx.next_order_id().await?;
        let Step { order, transfers, effects } = deal.open(id, &ad, user, self.policy(), tx.now());
        tx.insert_order(&order).await?;
        tx.insert_payee(self.seal(), id, &opening.payee, None).await?;
        for transfer in &transfers {
            post(tx, transfer).await?;
        }
        tx.take_from_ad(ad.id, order.coins).await?;
        tx.log_order(&order, Some(user), &Opened { opened: true }).await?;
        tell(tx, &order, &effects).await?;
        Ok(Ok(order))
    }
}
