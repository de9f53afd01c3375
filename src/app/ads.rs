//! Ads: what their owners ask of them.

use super::{App, Origin, Reply};
use crate::domain::ad::{Ad, AdError, AdId, AdRequest, AdTerms};
use crate::domain::bars::AdBars;
use crate::store::{StoreError, Tx};

impl App {
    pub async fn post_ad(
        &self,
        origin: Origin,
        terms: AdTerms,
        say: impl FnOnce(Result<&Ad, AdError>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = app.post_in(tx, origin, &terms).await?;
                Ok(say(outcome.as_ref().map_err(|error| *error)))
            })
        })
        .await
    }

    async fn post_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        terms: &AdTerms,
    ) -> Result<Result<Ad, AdError>, StoreError> {
        if let Err(error) = terms.check(self.policy()) {
            return Ok(Err(error));
        }
        if let Err(error) = tx.ad_bars(origin.user, None).await?.check() {
            return Ok(Err(error));
        }
        let most = self.policy().open_ads;
        if tx.open_ads(origin.user).await? >= most {
            return Ok(Err(AdError::TooMany { most }));
        }
        tx.insert_ad(origin.user, terms).await.map(Ok)
    }

    /// The owner asks something of an ad. One that does not exist is nobody's.
    pub async fn ask_ad(
        &self,
        origin: Origin,
        ad: AdId,
        request: AdRequest,
        seen: Option<i64>,
        say: impl FnOnce(Result<&Ad, AdError>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move {
                let outcome = app.ask_ad_in(tx, origin, ad, request, seen).await?;
                Ok(say(outcome.as_ref().map_err(|error| *error)))
            })
        })
        .await
    }

    async fn ask_ad_in(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        id: AdId,
        request: AdRequest,
        seen: Option<i64>,
    ) -> Result<Result<Ad, AdError>, StoreError> {
        let Some(ad) = tx.ad(id).await? else { return Ok(Err(AdError::NotYours)) };
        let version = ad.version;
        let bars = match request {
            AdRequest::Resume => tx.ad_bars(ad.owner, Some(id)).await?,
            AdRequest::Pause | AdRequest::Change(_) | AdRequest::Close => AdBars::default(),
        };
        let asked = ad.ask(request, origin.user, seen, self.policy());
        match asked.and_then(|ad| bars.check().map(|()| ad)) {
            Ok(ad) => {
                tx.save_ad(&ad, version).await?;
                Ok(Ok(ad))
            }
            Err(error) => Ok(Err(error)),
        }
    }
}
