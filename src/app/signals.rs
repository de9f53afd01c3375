//! What phones say about money, and that they say nothing. It marks orders and asks sellers to
//! look; nothing here moves a coin.

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::security::take_away;
use crate::domain::money::Fen;
use crate::domain::order::{Fact, OrderId};
use crate::domain::signal::{DeviceId, Fit, Said, SignalKind, fit, waits_for_money};
use crate::letter::{Alarm, DeviceNotice, Letter, Notice};
use crate::store::devices::{Caller, Device};
use crate::store::signals::Signal;
use crate::store::{StoreError, Tx};

/// Two phones, or two notifications of one, tell of the same money within this.
const ECHO: TimeDelta = TimeDelta::seconds(60);
/// What was said is kept for longer than any stamp is taken.
const KEPT: TimeDelta = TimeDelta::days(7);
/// Misuse is told so often at most.
const WARN_AGAIN: TimeDelta = TimeDelta::hours(1);

/// A message whose signature fits.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    pub device: DeviceId,
    /// As the phone signed it.
    pub stamp: DateTime<Utc>,
    /// SHA-256 of what was sent.
    pub body: [u8; 32],
    pub said: Said,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Revoked meanwhile.
    Nobody,
    /// Said before, word for word: nothing happens twice.
    Repeat,
    /// The stamp was used for another message: refused, and told.
    Reused,
    /// The phone is alive.
    Alive,
    /// One order is marked.
    Marked,
    /// It fits an order that has ended: both sides and the operators hear of it.
    Late,
    /// The seller was asked to look.
    Asked,
    /// The same money has just been told of.
    Echo,
    /// No order of this amount, or none that waits.
    NoOrder,
}

impl App {
    /// Who is called by the last part of this address.
    pub async fn caller(&self, token: &str) -> Result<Option<Caller>, StoreError> {
        self.store().caller(self.seal(), token).await
    }

    /// A phone says something.
    pub async fn hear(&self, report: Report) -> Result<Heard, StoreError> {
        let app = self.clone();
        self.store()
            .write(self.now(), move |tx| Box::pin(async move { app.hear_in(tx, &report).await }))
            .await
    }

    /// A phone says that it is alive, signed in a way that can say nothing else.
    pub async fn beat(&self, device: DeviceId) -> Result<Heard, StoreError> {
        let app = self.clone();
        self.store()
            .write(self.now(), move |tx| {
                Box::pin(async move {
                    let Some(device) = tx.device(device).await? else { return Ok(Heard::Nobody) };
                    app.is_alive(tx, &device).await?;
                    Ok(Heard::Alive)
                })
            })
            .await
    }

    async fn hear_in(&self, tx: &mut Tx<'_>, report: &Report) -> Result<Heard, StoreError> {
        let Some(device) = tx.device(report.device).await? else { return Ok(Heard::Nobody) };
        match tx.signal_body(device.id, report.stamp).await? {
            Some(body) if body == report.body => return Ok(Heard::Repeat),
            Some(_) => {
                self.warn(tx, &device).await?;
                return Ok(Heard::Reused);
            }
            None => {}
        }
        self.is_alive(tx, &device).await?;
        let (heard, order) = self.said(tx, &device, report.said).await?;
        let Report { device, stamp, body, said } = *report;
        tx.insert_signal(&Signal { device, stamp, body, said, order }).await?;
        tx.forget_signals(device, tx.now() - KEPT).await?;
        Ok(heard)
    }

    async fn said(
        &self,
        tx: &mut Tx<'_>,
        device: &Device,
        said: Said,
    ) -> Result<(Heard, Option<OrderId>), StoreError> {
        if said == Said::Alive {
            return Ok((Heard::Alive, None));
        }
        if tx.has_said(device.payee, said, tx.now() - ECHO).await? {
            return Ok((Heard::Echo, None));
        }
        match said {
            Said::Alive => Ok((Heard::Alive, None)),
            Said::Money { signal, fen } => self.money(tx, device, signal, fen).await,
            Said::Transfer => ask(tx, device, |orders| DeviceNotice::Transfer { orders }).await,
            Said::Unclear => ask(tx, device, |orders| DeviceNotice::Unclear { orders }).await,
        }
    }

    async fn money(
        &self,
        tx: &mut Tx<'_>,
        device: &Device,
        signal: SignalKind,
        fen: Fen,
    ) -> Result<(Heard, Option<OrderId>), StoreError> {
        let orders = tx.orders_paid_to(device.owner, device.payee).await?;
        let seen = Fact::PaymentSeen { signal: Some(signal) };
        match fit(fen, &orders, tx.now()) {
            Fit::Open(order) => {
                self.note(tx, order, seen).await?;
                Ok((Heard::Marked, Some(order)))
            }
            Fit::Late(order) => {
                self.note(tx, order, seen).await?;
                Ok((Heard::Late, Some(order)))
            }
            Fit::Several(orders) => {
                tell(tx, device, DeviceNotice::Several { fen, orders })?;
                Ok((Heard::Asked, None))
            }
            Fit::Settled => Ok((Heard::Echo, None)),
            Fit::Nothing => Ok((Heard::NoOrder, None)),
        }
    }

    /// It was heard; whoever was told of its silence is told of that, too. The first time, what was
    /// typed into it leaves its owner's chat.
    async fn is_alive(&self, tx: &mut Tx<'_>, device: &Device) -> Result<(), StoreError> {
        if device.heard_at.is_none() {
            take_away(tx, device.owner.0).await?;
        }
        if device.is_silent {
            tell(tx, device, DeviceNotice::Back { device: device.id, kind: device.kind })?;
        }
        tx.device_heard(device.id, tx.now() + self.silence()).await
    }

    /// Somebody has caught a message of this phone: its owner and the operators should know.
    async fn warn(&self, tx: &mut Tx<'_>, device: &Device) -> Result<(), StoreError> {
        if device.warned_at.is_some_and(|at| tx.now() - at < WARN_AGAIN) {
            return Ok(());
        }
        tx.misuse_told(device.id).await?;
        tell(tx, device, DeviceNotice::Misused { device: device.id, kind: device.kind })?;
        self.alarm(tx, &Alarm::DeviceMisused { device: device.id }).await
    }

    /// Tells of phones that say nothing while money is waited for. Returns how many there were.
    pub async fn look_for_silence(&self) -> Result<usize, StoreError> {
        let silent = self.store().silent_devices(self.now()).await?;
        for id in &silent {
            let id = *id;
            self.store()
                .write(self.now(), move |tx| Box::pin(async move { tell_silence(tx, id).await }))
                .await?;
        }
        Ok(silent.len())
    }

    /// After so long without a word a phone counts as silent.
    pub(super) fn silence(&self) -> TimeDelta {
        TimeDelta::seconds(self.policy().receipts.silent_seconds.into())
    }
}

async fn tell_silence(tx: &mut Tx<'_>, id: DeviceId) -> Result<(), StoreError> {
    let Some(device) = tx.device(id).await? else { return Ok(()) };
    // Heard between the look and now.
    if !tx.silence_told(id).await? {
        return Ok(());
    }
    let since = device.heard_at.unwrap_or(device.added_at);
    tell(tx, &device, DeviceNotice::Silent { device: id, kind: device.kind, since })
}

/// Asks the seller to look, if any order waits for money on this account.
async fn ask(
    tx: &mut Tx<'_>,
    device: &Device,
    notice: impl FnOnce(Vec<OrderId>) -> DeviceNotice,
) -> Result<(Heard, Option<OrderId>), StoreError> {
    let orders = tx.orders_paid_to(device.owner, device.payee).await?;
    let waiting: Vec<_> = orders.iter().filter(|it| waits_for_money(it)).map(|it| it.id).collect();
    if waiting.is_empty() {
        return Ok((Heard::NoOrder, None));
    }
    tell(tx, device, notice(waiting))?;
    Ok((Heard::Asked, None))
}

fn tell(tx: &mut Tx<'_>, device: &Device, what: DeviceNotice) -> Result<(), StoreError> {
    tx.enqueue(Letter::Notice { notice: Notice::Device { what } }.to(device.owner.0)?);
    Ok(())
}
