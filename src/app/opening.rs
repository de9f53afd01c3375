//! Opening an order: the ad, the balance and the rules are looked at in the same transaction that
//! locks the coins.

use super::orders::{post, tell};
use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::ad::AdId;
use crate::domain::amount::Quantity;
use crate::domain::ledger::Account;
use crate::domain::log::{Entry, Opened, Sheet};
use crate::domain::money::Fen;
use crate::domain::opening::{Deal, OpeningRefusal, Seller};
use crate::domain::order::{Order, Step};
use crate::domain::payee::{Kept, PayeeId, PayeeRefusal};
use crate::store::orders::Payee;
use crate::store::payees::lookup;
use crate::store::{StoreError, Tx};

/// What a seller wants to do.
#[derive(Clone, Debug)]
pub struct Opening {
    pub ad: AdId,
    /// The ad as the seller saw it.
    pub version: i64,
    pub quantity: Quantity,
    pub payee: PayTo,
}

/// To which account an order is paid.
#[derive(Clone, Debug)]
pub enum PayTo {
    /// One that the seller keeps here.
    Kept(PayeeId),
    /// The first that the seller ever names; it is kept from then on.
    First(Payee),
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
        if let Err(refusal) = tx.bars(user, &ad).await?.check() {
            return Ok(Err(refusal));
        }
        let Some(payer) = tx.payer(self.seal(), ad.owner).await? else {
            return Ok(Err(OpeningRefusal::NoPayer));
        };
        let completed = tx.user(user).await?.map_or(0, |it| it.completed);
        let available = tx.balance(Account::User(user), ad.coin()).await?;
        let (open, code) = (tx.open_sales(user).await?, tx.has_totp(user).await?);
        let seller = Seller { user, available, completed, open, code };
        let deal = match Deal::check(&ad, opening.quantity, &seller, self.policy()) {
            Ok(deal) => deal,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (payee, kept) = match self.payee_in(tx, user, &opening.payee, deal.fen).await? {
            Ok(found) => found,
            Err(why) => return Ok(Err(OpeningRefusal::Payee { why })),
        };
        let lookup = lookup(self.seal(), &payee.account);
        let taken = tx.amounts_taken(&lookup, deal.fen).await?;
        let deal = match deal.told_apart(&taken) {
            Ok(deal) => deal,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let kept = match kept {
            Some(kept) => kept,
            None => tx.keep_payee(self.seal(), user, &payee, tx.now()).await?,
        };
        let id = tx.next_order_id().await?;
        let Step { order, transfers, effects } = deal.open(id, &ad, user, self.policy(), tx.now());
        tx.insert_order(&order).await?;
        tx.insert_payee(self.seal(), id, &payee, Some(kept)).await?;
        tx.insert_order_payer(self.seal(), id, &payer).await?;
        tx.take_amount(&lookup, order.fen, id).await?;
        for transfer in &transfers {
            post(tx, transfer).await?;
        }
        tx.take_from_ad(ad.id, order.coins).await?;
        let opened = Opened::With(Box::new(Sheet::from(&order)));
        tx.log_order(self.seal(), &order, Some(user), Entry::Opened { opened }).await?;
        tell(tx, &order, &effects).await?;
        Ok(Ok(order))
    }

    /// The account to pay to, if so many fen may be paid to it now; and the one that is kept, if it
    /// is.
    async fn payee_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        pay_to: &PayTo,
        fen: Fen,
    ) -> Result<Result<(Payee, Option<PayeeId>), PayeeRefusal>, StoreError> {
        let id = match pay_to {
            PayTo::First(_) if tx.ever_had_payee(user).await? => {
                return Ok(Err(PayeeRefusal::NotKept));
            }
            PayTo::First(payee) => return Ok(Ok((payee.clone(), None))),
            PayTo::Kept(id) => *id,
        };
        let found = tx.kept_payee(self.seal(), id).await?.filter(|it| it.owner == user);
        let Some(kept) = found else { return Ok(Err(PayeeRefusal::Gone)) };
        let taken = tx.taken(self.seal(), user, &kept.account).await?;
        let Kept { account, name, code, .. } = match kept.takes(fen, taken, tx.now()) {
            Ok(()) => kept,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(Ok((Payee { account, name, code }, Some(id))))
    }
}
