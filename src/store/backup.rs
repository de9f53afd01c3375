//! A copy of the file, made while the program runs, and beside it where the chains ended then. A
//! file whose newest rows were taken away, ends and all, is sound in itself: only an older copy of
//! the ends, kept elsewhere, shows that.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sqlx::{ConnectOptions, Connection};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection};

use super::StoreError;
use super::check::read_only;
use super::ledger::link;
use crate::domain::ledger::Hash;
use crate::secrets::Seal;

/// Why there is no copy, or why its ends are not believed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} was not written with this desk's key, or was changed", path.display())]
    Foreign { path: PathBuf },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Where a chain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    pub last: i64,
    pub hash: Hash,
}

/// Where both chains ended, in a file of its own that only the desk's key can have written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    pub log: Option<End>,
    pub ledger: Option<End>,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    ends: Ends,
    mac: Hash,
}

/// Copies the data folder's database to `to`, which must not exist, and its ends to
/// [`ends_file`] beside it.
///
/// # Errors
/// When one of them cannot be read or written.
pub async fn back_up(folder: &Path, to: &Path, seal: &Seal) -> Result<Ends, BackupError> {
    create(to, b"")?;
    let mut conn = read_only(folder).await?;
    // It begins with an empty file that is there already, so nobody else can ever read it.
    sqlx::query("vacuum into $1").bind(to.to_string_lossy()).execute(&mut conn).await?;
    conn.close().await?;
    let mut copy = SqliteConnectOptions::new().filename(to).read_only(true).connect().await?;
    let ends = Ends {
        log: end(&mut copy, "order_log").await?,
        ledger: end(&mut copy, "transfers").await?,
    };
    copy.close().await?;
    let sealed = Sealed { mac: Hash(seal.ends_mac(&told(&ends)?)), ends };
    create(&ends_file(to), told(&sealed)?.as_bytes())?;
    Ok(sealed.ends)
}

/// Where the ends of a copy stand.
pub fn ends_file(copy: &Path) -> PathBuf {
    let mut name = copy.as_os_str().to_owned();
    name.push(".ends");
    name.into()
}

/// What is missing of the chains since they ended there, one line each.
///
/// # Errors
/// When the file cannot be read, or is not ours; when the database cannot be read.
pub async fn grown_from(
    folder: &Path,
    ends: &Path,
    seal: &Seal,
) -> Result<Vec<String>, BackupError> {
    let text = std::fs::read_to_string(ends)
        .map_err(|source| BackupError::Read { path: ends.to_owned(), source })?;
    let foreign = || BackupError::Foreign { path: ends.to_owned() };
    let Ok(Sealed { ends, mac }) = serde_json::from_str(&text) else { return Err(foreign()) };
    if mac.0 != seal.ends_mac(&told(&ends)?) {
        return Err(foreign());
    }
    let mut conn = read_only(folder).await?;
    let mut problems = Vec::new();
    for (chain, sql, end) in [
        ("order_log", "select hash from order_log where id = $1", ends.log),
        ("transfers", "select hash from transfers where id = $1", ends.ledger),
    ] {
        let Some(End { last, hash }) = end else { continue };
        let is: Option<Vec<u8>> =
            sqlx::query_scalar(sql).bind(last).fetch_optional(&mut conn).await?;
        if is.as_deref() != Some(hash.0.as_slice()) {
            problems.push(format!("{chain} row {last}: it is not what it was at that backup"));
        }
    }
    conn.close().await?;
    Ok(problems)
}

async fn end(conn: &mut SqliteConnection, chain: &'static str) -> Result<Option<End>, StoreError> {
    let row: Option<(i64, Vec<u8>)> =
        sqlx::query_as("select last, hash from heads where chain = $1")
            .bind(chain)
            .fetch_optional(conn)
            .await?;
    row.map(|(last, hash)| Ok(End { last, hash: link(Some(hash), "heads", chain)? })).transpose()
}

fn told(it: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(it).map_err(|source| StoreError::Json { what: "the ends", source })
}

/// A file that was not there, for its owner only.
fn create(path: &Path, content: &[u8]) -> Result<File, BackupError> {
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(content)?;
        file.sync_all()?;
        Ok(file)
    };
    written().map_err(|source| BackupError::Write { path: path.to_owned(), source })
}
