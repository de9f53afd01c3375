//! The penalty ladder: an order that has ended may count against its buyer.

use super::App;
use crate::domain::ladder::Offence;
use crate::domain::order::Order;
use crate::domain::payee::began;
use crate::letter::{Letter, Notice, StrikeNotice};
use crate::store::strikes::Strike;
use crate::store::{StoreError, Tx};

impl App {
    /// Counts a strike if the order has just ended in one, and tells the buyer.
    pub(super) async fn count_strike(
        &self,
        tx: &mut Tx<'_>,
        order: &Order,
    ) -> Result<(), StoreError> {
        let at = tx.now();
        // A claim that was closed leads back to an end from before.
        let Some(closed) = order.status.closed().filter(|it| it.at() == at) else { return Ok(()) };
        if Offence::of(&closed, true).is_none() {
            return Ok(());
        }
        let said_paid = tx.says_paid(order.id).await?;
        let Some(offence) = Offence::of(&closed, said_paid) else { return Ok(()) };
        let (order, buyer) = (order.id, order.buyer);
        let (today, _) = began(at);
        let earlier = tx.strikes_since(buyer, today).await?;
        let until = self.policy().ladder.until(earlier, at);
        if !tx.insert_strike(&Strike { order, buyer, offence, at, until }).await? {
            return Ok(());
        }
        let strike = StrikeNotice { order, offence, number: earlier + 1, until };
        tx.enqueue(Letter::Notice { notice: Notice::Strike { strike } }.to(buyer.0)?);
        tracing::info!(%order, user = %buyer, %until, "an order counts against its buyer");
        Ok(())
    }
}
