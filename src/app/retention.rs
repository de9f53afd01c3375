//! Erasing what was said and sent about orders that ended long ago.

use chrono::Months;

use super::App;
use crate::store::StoreError;

/// Orders of one transaction: nobody waits long for it.
const ROUND: u32 = 50;

impl App {
    /// Erases some of what is older than the desk keeps. Returns of how many orders: none when
    /// everything is done.
    pub async fn erase_old_evidence(&self) -> Result<usize, StoreError> {
        let months = Months::new(self.policy().evidence_months);
        let Some(before) = self.now().checked_sub_months(months) else { return Ok(0) };
        let seal = self.seal().clone();
        let erased = self
            .store()
            .write(self.now(), move |tx| {
                Box::pin(async move { tx.erase_evidence(&seal, before, ROUND).await })
            })
            .await?;
        if erased > 0 {
            tracing::info!(orders = erased, "old evidence was erased");
        }
        Ok(erased)
    }
}
