//! Orders: what is asked of them, what happens to them, and what follows.

use chrono::TimeDelta;

use super::reply::send;
use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::ledger;
use crate::domain::order::{Asker, Audience, Effect, Fact, Order, OrderId, Refusal, Request, Step};
use crate::language::Language;
use crate::letter::{Alarm, Face, Letter, Notice};
use crate::store::ledger::{PostError, Posted};
use crate::store::users::StaffRole;
use crate::store::{StoreError, Tx};

/// We count as away when nobody could reach us for longer than this.
const AWAY: TimeDelta = TimeDelta::seconds(60);
/// So many of the last orders that have ended are drawn again for somebody who was away.
const ENDED_MEANWHILE: u32 = 5;

impl App {
    /// Somebody asks something of an order; `say` puts the outcome into words. With a refusal it is
    /// told which message is the asker's card. An order that does not exist is nobody's.
    pub async fn ask(
        &self,
        origin: Origin,
        order: OrderId,
        request: Request,
        seen: Option<i64>,
        say: impl FnOnce(Result<&Order, (Refusal, Option<i64>)>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                Ok(match app.decide(tx, origin.user, order, request, seen).await? {
                    Ok(order) => say(Ok(&order)),
                    Err(refusal) => say(Err((refusal, tx.card(order, origin.chat).await?))),
                })
            })
        })
        .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    pub(super) async fn decide(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
        request: Request,
        seen: Option<i64>,
    ) -> Result<Result<Order, Refusal>, StoreError> {
        let Some(order) = tx.order(id).await? else { return Ok(Err(Refusal::NotYours)) };
        let version = order.version;
        let asker = self.asker(tx, user).await?;
        match order.ask(request, asker, seen, tx.now()) {
            Ok(step) => {
                tx.log_order(self.seal(), &step.order, Some(user), request).await?;
                self.save(tx, step, version).await.map(Ok)
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Rights are looked up when they matter, never remembered.
    pub(super) async fn asker(&self, tx: &mut Tx<'_>, user: UserId) -> Result<Asker, StoreError> {
        Ok(Asker { user, arbiter: tx.is_staff(user, StaffRole::Arbiter).await? })
    }

    /// Something has happened to an order.
    pub async fn learn(&self, order: OrderId, fact: Fact) -> Result<(), StoreError> {
        let app = self.clone();
        self.store()
            .write(self.now(), move |tx| Box::pin(async move { app.note(tx, order, fact).await }))
            .await?;
        self.0.rescheduled.notify_one();
        Ok(())
    }

    pub(super) async fn note(
        &self,
        tx: &mut Tx<'_>,
        id: OrderId,
        fact: Fact,
    ) -> Result<(), StoreError> {
        let Some(order) = tx.order(id).await? else { return Ok(()) };
        let version = order.version;
        let step = order.learn(fact, tx.now());
        // A reminder changes nothing: the log keeps what does.
        if step.order.version != version || fact != Fact::TimeCame {
            tx.log_order(self.seal(), &step.order, None, fact).await?;
        }
        self.save(tx, step, version).await?;
        Ok(())
    }

    /// Makes a step true: the order, its coins, and what has to be said.
    pub(super) async fn save(
        &self,
        tx: &mut Tx<'_>,
        step: Step,
        version: i64,
    ) -> Result<Order, StoreError> {
        let Step { order, transfers, effects } = step;
        tx.save_order(&order, version).await?;
        for transfer in &transfers {
            post(tx, transfer).await?;
            match transfer.kind {
                ledger::Kind::Release => {
                    tx.count_completed(order.seller).await?;
                    tx.count_completed(order.buyer).await?;
                }
                ledger::Kind::Return => tx.give_back_to_ad(order.ad, order.coins).await?,
                ledger::Kind::Deposit
                | ledger::Kind::Lock
                | ledger::Kind::WithdrawAsk
                | ledger::Kind::WithdrawPaid
                | ledger::Kind::WithdrawReturn => {}
            }
        }
        if order.is_closed() {
            let until = self.policy().payees.quarantined_until(tx.now());
            tx.quarantine_amount(order.id, until).await?;
        }
        tell(tx, &order, &effects).await?;
        self.count_strike(tx, &order).await?;
        Ok(order)
    }

    /// We are in touch with Telegram. If nobody could reach us for a while, every running clock
    /// is moved by that, and fresh cards go out: taps were lost meanwhile.
    pub async fn in_touch(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let last = tx.pulse().await?;
        let away = last.map_or(TimeDelta::zero(), |last| tx.now() - last);
        if away > AWAY {
            let orders = self.came_back(tx, away).await?;
            tracing::warn!(seconds = away.num_seconds(), orders, "we were away");
            self.0.rescheduled.notify_one();
        }
        tx.touch_pulse().await
    }

    async fn came_back(&self, tx: &mut Tx<'_>, away: TimeDelta) -> Result<u64, StoreError> {
        let mut moved = 0;
        for id in tx.open_orders().await? {
            let fact = Fact::Outage { away_ms: away.num_milliseconds() };
            match self.note(tx, id, fact).await {
                Ok(()) => moved += 1,
                Err(error @ StoreError::Corrupt { .. }) => {
                    tracing::error!(order = %id, %error, "its clock was not moved");
                }
                Err(error) => return Err(error),
            }
        }
        // Phones could not reach us either.
        tx.put_off_silence(away).await?;
        let minutes = (away.num_seconds() + 59) / 60;
        self.alarm(tx, &Alarm::Outage { minutes, orders: moved }).await?;
        Ok(moved)
    }

    /// Whether the clock may act: while we are out of touch nobody could object.
    pub async fn may_tick(&self) -> Result<bool, StoreError> {
        let last = self.store().pulse().await?;
        Ok(last.is_some_and(|last| self.now() - last <= AWAY))
    }

    /// A chat takes no more messages: the other sides of its owner's orders should know.
    pub async fn unreachable(&self, origin: Origin) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                app.lose(tx, origin.user).await?;
                Ok(Reply::default())
            })
        })
        .await
    }

    /// As [`App::unreachable`], inside somebody else's transaction.
    pub async fn lose(&self, tx: &mut Tx<'_>, user: UserId) -> Result<(), StoreError> {
        if !tx.set_unreachable(user).await? {
            return Ok(());
        }
        for id in tx.open_orders_of(user).await? {
            let Some(order) = tx.order(id).await? else { continue };
            let Some(side) = order.side_of(user) else { continue };
            self.note(tx, id, Fact::Unreachable { side }).await?;
        }
        Ok(())
    }

    /// Somebody is here for the first time, or again: then the cards of open orders may have
    /// changed meanwhile. Nor must one that has ended go on asking for a payment.
    pub(super) async fn meet(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        language: Language,
    ) -> Result<(), StoreError> {
        tx.meet(user, language).await?;
        self.catch_up(tx, user).await?;
        for order in tx.open_orders_of(user).await? {
            tx.enqueue(Letter::Card { order, face: Face::Plain, fresh: true }.to(user.0)?);
        }
        for order in tx.closed_orders_of(user, ENDED_MEANWHILE).await? {
            send(tx, user.0, &Letter::Card { order, face: Face::Plain, fresh: false }).await?;
        }
        Ok(())
    }

    /// Tells the operators of something on our side.
    pub async fn alarm(&self, tx: &mut Tx<'_>, what: &Alarm) -> Result<(), StoreError> {
        let operators = tx.staff(StaffRole::Operator).await?;
        if operators.is_empty() {
            tracing::error!(alarm = ?what, "no operator has started the bot to hear of this");
        }
        for operator in operators {
            let notice = Notice::Alarm { alarm: what.clone() };
            tx.enqueue(Letter::Notice { notice }.to(operator.0)?);
        }
        Ok(())
    }
}

/// The core has decided that this happens: a ledger that says otherwise is a fault, not an answer.
pub(super) async fn post(
    tx: &mut Tx<'_>,
    transfer: &ledger::Transfer,
) -> Result<Posted, StoreError> {
    match tx.post(transfer).await {
        Ok(posted) => Ok(posted),
        Err(PostError::Store(error)) => Err(error),
        Err(error @ (PostError::NotEnough { .. } | PostError::Known)) => {
            let (kind, key) = (transfer.kind.as_str(), transfer.key.clone());
            Err(StoreError::Unposted { kind, key, source: error.into() })
        }
    }
}

/// Puts a step's effects into the outbox. Whoever is among its readers twice, because nobody
/// arbitrates or somebody has two roles, hears a thing once.
pub(super) async fn tell(
    tx: &mut Tx<'_>,
    order: &Order,
    effects: &[Effect],
) -> Result<(), StoreError> {
    let card = |fresh| Letter::Card { order: order.id, face: Face::Plain, fresh };
    let mut told = Vec::new();
    for effect in effects {
        match *effect {
            Effect::Card(side) => {
                let chat = order.party(side).0;
                send(tx, chat, &card(false)).await?;
            }
            Effect::FreshCard(side) => {
                let chat = order.party(side).0;
                tx.enqueue(card(true).to(chat)?);
            }
            Effect::Tell(audience, news) => {
                let letter = Letter::News { order: order.id, news };
                for reader in readers(tx, order, audience).await? {
                    if !told.contains(&(reader, news)) {
                        tx.enqueue(letter.to(reader.0)?);
                        told.push((reader, news));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Who hears it. Where nobody arbitrates, the operators do.
async fn readers(
    tx: &mut Tx<'_>,
    order: &Order,
    audience: Audience,
) -> Result<Vec<UserId>, StoreError> {
    match audience {
        Audience::Side(side) => Ok(vec![order.party(side)]),
        Audience::Operators => tx.staff(StaffRole::Operator).await,
        Audience::Arbiters => {
            let arbiters = tx.staff(StaffRole::Arbiter).await?;
            if arbiters.is_empty() { tx.staff(StaffRole::Operator).await } else { Ok(arbiters) }
        }
    }
}
