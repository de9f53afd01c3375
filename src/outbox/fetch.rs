//! Files are fetched here, and a bill is read, away from the one writer: what comes of it is then
//! written in one transaction.

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::domain::bill::{self, BillError, Came, LARGEST_FILE};
use crate::domain::chat;
use crate::telegram::api::file::NoFile;
use crate::telegram::api::{Api, Outcome};

/// Each file may take some 60 MB while it is read.
pub(super) const AT_ONCE: usize = 2;

pub(super) enum Fetched<T> {
    Came(T),
    /// As many as may be are being read. Waiting would take the place of letters.
    Busy,
    Failed(Outcome),
}

/// A file that is kept as it is. `None`: it will never come.
pub(super) async fn fetch_whole(
    api: &Api,
    file: &SecretString,
    places: &Semaphore,
) -> Fetched<Option<Vec<u8>>> {
    let Ok(_place) = places.try_acquire() else { return Fetched::Busy };
    match api.file(file.expose_secret(), chat::LARGEST_FILE).await {
        Ok(bytes) => Fetched::Came(Some(bytes)),
        Err(NoFile::TooLarge | NoFile::Lost) => Fetched::Came(None),
        Err(NoFile::Failed(outcome)) => Fetched::Failed(outcome),
    }
}

pub(super) async fn fetch(api: &Api, file: &SecretString, places: &Semaphore) -> Fetched<Came> {
    let Ok(_place) = places.try_acquire() else { return Fetched::Busy };
    let bytes = match api.file(file.expose_secret(), LARGEST_FILE).await {
        Ok(bytes) => bytes,
        Err(NoFile::TooLarge) => {
            return Fetched::Came(Came::Read(Err(BillError::TooLarge)));
        }
        Err(NoFile::Lost) => return Fetched::Came(Came::Lost),
        Err(NoFile::Failed(outcome)) => return Fetched::Failed(outcome),
    };
    // Some seconds for the largest: the loop goes on meanwhile.
    match tokio::task::spawn_blocking(move || bill::read(&bytes)).await {
        Ok(read) => Fetched::Came(Came::Read(read)),
        Err(_panic) => Fetched::Failed(Outcome::Bug("a bill has broken its reader".to_owned())),
    }
}
