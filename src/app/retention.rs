//! Erasing what was said and sent about orders that ended long ago.

use chrono::Months;

use super::App;
use crate::store::StoreError;

/// Rows of one transaction: nobody waits long for it.
const ROUND: u32 = 500;

impl App {
    /// Erases some of what is older than the desk keeps. Returns how much there was: none when
    /// everything is done.
    pub async fn erase_old_evidence(&self) -> Result<u64, StoreError> {
        let months = Months::new(self.policy().evidence_months);
        let Some(before) = self.now().checked_sub_months(months) else { return Ok(0) };
        let erased = self
            .store()
            .write(self.now(), move |tx| {
                Box::pin(async move { tx.erase_evidence(before, ROUND).await })
            })
            .await?;
        if erased > 0 {
            tracing::info!(rows = erased, "old evidence was erased");
        }
        Ok(erased)
    }
}
