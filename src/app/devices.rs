//! Registering and revoking phones that tell of payments.

use super::security::take_away;
use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, DeviceKind};
use crate::store::devices::Credentials;
use crate::store::{StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceRefusal {
    /// The account is not there any more.
    NoSuchAccount,
    TooMany {
        most: u32,
    },
}

impl App {
    /// Somebody registers a phone that watches an own account.
    pub async fn add_device(
        &self,
        origin: Origin,
        payee: PayeeId,
        kind: DeviceKind,
        say: impl FnOnce(Result<DeviceId, DeviceRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.add_device_in(tx, origin.user, payee, kind).await?)) })
        })
        .await
    }

    async fn add_device_in(
        &self,
        tx: &mut Tx<'_>,
        owner: UserId,
        payee: PayeeId,
        kind: DeviceKind,
    ) -> Result<Result<DeviceId, DeviceRefusal>, StoreError> {
        let kept = tx.kept_payee(self.seal(), payee).await?;
        if kept.is_none_or(|it| it.owner != owner) {
            return Ok(Err(DeviceRefusal::NoSuchAccount));
        }
        let most = self.policy().receipts.devices;
        if tx.count_devices(owner).await? >= most {
            return Ok(Err(DeviceRefusal::TooMany { most }));
        }
        let due_at = tx.now() + self.silence();
        let credentials = Credentials::random()?;
        tx.insert_device(self.seal(), (owner, payee, kind), &credentials, due_at).await.map(Ok)
    }

    /// Its owner revokes a phone: whatever it says from now on, nobody listens, and what would set
    /// it up leaves the chat.
    pub async fn revoke_device(
        &self,
        origin: Origin,
        device: DeviceId,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                if tx.device(device).await?.is_some_and(|it| it.owner == origin.user) {
                    tx.revoke_device(device).await?;
                    take_away(tx, origin.chat).await?;
                }
                Ok(reply)
            })
        })
        .await
    }
}
