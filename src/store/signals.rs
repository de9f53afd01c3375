//! What phones have said in the last days: so that nothing is heard twice, and no stamp is used
//! for another message.

use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::clock::millis;
use crate::domain::order::OrderId;
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, Said};

/// One message, without its text.
#[derive(Clone, Copy, Debug)]
pub struct Signal {
    pub device: DeviceId,
    /// As the phone signed it.
    pub stamp: DateTime<Utc>,
    /// SHA-256 of what was sent.
    pub body: [u8; 32],
    pub said: Said,
    /// The order that it was taken to mean.
    pub order: Option<OrderId>,
}

impl Tx<'_> {
    /// The hash of what a phone has said under this stamp.
    pub async fn signal_body(
        &mut self,
        device: DeviceId,
        stamp: DateTime<Utc>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let found = sqlx::query_scalar("select body from signals where device = $1 and stamp = $2")
            .bind(device.0)
            .bind(millis(stamp))
            .fetch_optional(self.conn().await?)
            .await?;
        Ok(found)
    }

    pub async fn insert_signal(&mut self, signal: &Signal) -> Result<(), StoreError> {
        let now = millis(self.now());
        sqlx::query(
            "insert into signals (device, stamp, body, kind, fen, order_id, at)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(signal.device.0)
        .bind(millis(signal.stamp))
        .bind(signal.body.as_slice())
        .bind(signal.said.as_str())
        .bind(signal.said.fen().map(|it| it.0))
        .bind(signal.order.map(|it| it.0))
        .bind(now)
        .execute(self.conn().await?)
        .await?;
        Ok(())
    }

    /// Whether any phone on that account has said the same about money since then: the same sum,
    /// or as little as this.
    pub async fn has_said(
        &mut self,
        payee: PayeeId,
        said: Said,
        since: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar(
            "select exists (select 1 from devices join signals on signals.device = devices.id
                            where payee = $1 and signals.at > $2
                              and (fen = $3 or ($3 is null and signals.kind = $4)))",
        )
        .bind(payee.0)
        .bind(millis(since))
        .bind(said.fen().map(|it| it.0))
        .bind(said.as_str())
        .fetch_one(self.conn().await?)
        .await?;
        Ok(found)
    }

    /// Their stamps are too old to be used again.
    pub async fn forget_signals(
        &mut self,
        device: DeviceId,
        before: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        sqlx::query("delete from signals where device = $1 and at < $2")
            .bind(device.0)
            .bind(millis(before))
            .execute(self.conn().await?)
            .await?;
        Ok(())
    }
}
