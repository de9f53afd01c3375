//! Opening the file: folder, lock, SQLite's version and settings, the schema's version.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FILE, wal};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{ConnectOptions, Connection};
use sqlx_sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

/// The first version without the WAL-reset corruption bug.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const READERS: u32 = 4;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Why the data folder cannot be opened. Each is one line that says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the data folder {} cannot be used: {source}", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error("another fangbi is running on the data folder {}", folder.display())]
    Locked { folder: PathBuf },
    #[error("this SQLite is {found}; at least 3.51.3 is needed, older ones can corrupt the file")]
    OldSqlite { found: String },
    #[error(
        "{} was written by a newer fangbi (its schema has version {version}): update the program",
        file.display()
    )]
    Newer { file: PathBuf, version: i64 },
    #[error(
        "{} is damaged, or no database at all: put a backup in its place, or move it away",
        file.display()
    )]
    NoDatabase { file: PathBuf },
    #[error(
        "{} is damaged, and what was done last would be lost: move the data folder aside and \
         restore a backup",
        file.display()
    )]
    DamagedLog { file: PathBuf },
    #[error("{} cannot be migrated: {source}", file.display())]
    Migrate { file: PathBuf, source: MigrateError },
    #[error("{} cannot be opened: {source}", file.display())]
    Database { file: PathBuf, source: sqlx::Error },
}

/// The open file, and what it takes to open it again.
pub(super) struct Engine {
    pub(super) conn: SqliteConnection,
    pub(super) options: SqliteConnectOptions,
    pub(super) readers: SqlitePool,
    pub(super) file: PathBuf,
    /// Held for as long as the writer lives.
    pub(super) _lock: File,
}

pub(super) async fn open(folder: &Path) -> Result<Engine, OpenError> {
    let lock = lock(folder)?;
    let file = folder.join(FILE);
    if file.is_dir() {
        return Err(OpenError::NoDatabase { file });
    }
    let of_folder = |source| OpenError::Folder { folder: folder.to_owned(), source };
    private(&file).map_err(of_folder)?;
    let log = wal::log_of(&file);
    if wal::look(&log).map_err(of_folder)?.is_some() {
        return Err(OpenError::DamagedLog { file: log });
    }
    let options = options(&file);
    let unusable = |source| unusable(&file, source);
    let mut conn = options.connect().await.map_err(unusable)?;
    check_version(&mut conn, &file).await?;
    migrate(&mut conn, &file).await?;
    empty_log(&mut conn).await.map_err(unusable)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect_with(of_readers(&options))
        .await
        .map_err(unusable)?;
    Ok(Engine { conn, options, readers, file, _lock: lock })
}

/// A reader that tidied up when it closes would fail at it, as it may not write, and the driver does
/// not wait for a connection whose last wish failed: it could outlive the writer, which alone puts
/// the log back into the file.
fn of_readers(options: &SqliteConnectOptions) -> SqliteConnectOptions {
    options.clone().read_only(true).optimize_on_close(false, None)
}

/// Starting again mends neither damage nor a file of another kind; anything else it may.
fn unusable(file: &Path, source: sqlx::Error) -> OpenError {
    /// SQLite's result codes for that, without the upper bits that say where it was noticed.
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    let code = source.as_database_error().and_then(|it| it.code()?.parse::<i32>().ok());
    match code.map(|it| it & 0xFF) {
        Some(CORRUPT | NOT_A_DATABASE) => OpenError::NoDatabase { file: file.to_owned() },
        _ => OpenError::Database { file: file.to_owned(), source },
    }
}

/// Creates the folder for its owner only, and makes sure that we are the only ones in it.
fn lock(folder: &Path) -> Result<File, OpenError> {
    let unusable = |source| OpenError::Folder { folder: folder.to_owned(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unusable)?;
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(folder.join("fangbi.lock"))
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { folder: folder.to_owned() }),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// SQLite gives its journal files the mode of the database file, so this is set first.
fn private(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
}

/// The settings of every connection. Checkpoints are made by the writer only, by hand: SQLite's
/// own would swallow the error of a sync that failed.
fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-16000")
        .pragma("wal_autocheckpoint", "0")
        .pragma("journal_size_limit", "4194304")
        .statement_cache_capacity(256)
        // So that SQLite's thread can give all rows of a group without waiting for their reader.
        .row_buffer_size(512)
        .optimize_on_close(true, 400)
        .disable_statement_logging()
}

async fn check_version(conn: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    let found: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(conn)
        .await
        .map_err(|source| unusable(file, source))?;
    if version(&found) < Some(OLDEST_SQLITE) {
        return Err(OpenError::OldSqlite { found });
    }
    Ok(())
}

fn version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

async fn migrate(conn: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    let unusable = |source| unusable(file, source);
    let migrated: bool = sqlx::query_scalar(
        "select exists (select 1 from sqlite_schema where name = '_sqlx_migrations')",
    )
    .fetch_one(&mut *conn)
    .await
    .map_err(unusable)?;
    if migrated {
        let applied: Vec<i64> =
            sqlx::query_scalar("select version from _sqlx_migrations order by version desc")
                .fetch_all(&mut *conn)
                .await
                .map_err(unusable)?;
        if let Some(version) = applied.into_iter().find(|it| !MIGRATIONS.version_exists(*it)) {
            return Err(OpenError::Newer { file: file.to_owned(), version });
        }
    }
    MIGRATIONS
        .run(&mut *conn)
        .await
        .map_err(|source| OpenError::Migrate { file: file.to_owned(), source })?;
    // A connection that has seen its schema change keeps the old statements for nothing.
    conn.clear_cached_statements().await.map_err(unusable)
}

/// What the last process has left in the write-ahead log goes into the file, and the log begins anew.
///
/// After a sync that failed, Linux shows what was written as if it were on the disk, and never
/// writes it again: whatever came after it in the same log would be lost with it when the power
/// fails. Copied into the file, it is written anew.
async fn empty_log(conn: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("pragma wal_checkpoint(truncate)").execute(conn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn the_folder_and_its_files_are_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let _engine = open(&data).await.unwrap();
        let mode = |name: &str| fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(""), 0o700);
        for name in ["fangbi.db", "fangbi.db-wal", "fangbi.db-shm", "fangbi.lock"] {
            assert_eq!(mode(name), 0o600, "{name}");
        }
    }

    #[tokio::test]
    async fn a_second_process_is_refused_until_the_first_has_left() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path()).await.unwrap();
        assert!(matches!(open(folder.path()).await, Err(OpenError::Locked { .. })));
        drop(first);
        assert!(open(folder.path()).await.is_ok());
    }

    #[tokio::test]
    async fn a_database_from_a_newer_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut engine = open(folder.path()).await.unwrap();
        sqlx::query(
            "insert into _sqlx_migrations
                 (version, description, installed_on, success, checksum, execution_time)
             values (9999, 'from the future', 0, true, x'00', 0)",
        )
        .execute(&mut engine.conn)
        .await
        .unwrap();
        drop(engine);
        let refused = open(folder.path()).await.err().unwrap();
        assert!(matches!(refused, OpenError::Newer { version: 9999, .. }), "{refused}");
    }

    /// Each is refused as what it is, and stays as it was.
    #[tokio::test]
    async fn what_is_no_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut engine = open(folder.path()).await.unwrap();
        sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut engine.conn).await.unwrap();
        let whole = fs::read(folder.path().join(FILE)).unwrap();
        assert!(whole.len() > 4_096, "more than a page: {}", whole.len());
        for bytes in [b"no database".repeat(1_000), whole[..60].to_vec(), whole[..4_096].to_vec()] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(FILE);
            fs::write(&file, &bytes).unwrap();
            let refused = open(folder.path()).await.err().unwrap();
            assert!(matches!(refused, OpenError::NoDatabase { .. }), "{refused}");
            assert_eq!(fs::read(&file).unwrap(), bytes);
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(FILE)).unwrap();
        let refused = open(folder.path()).await.err().unwrap();
        assert!(matches!(refused, OpenError::NoDatabase { .. }), "{refused}");
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let engine = open(folder.path()).await.unwrap();
        let write = sqlx::query("delete from pulse").execute(&engine.readers).await;
        assert!(write.unwrap_err().to_string().contains("readonly"));
    }

    #[tokio::test]
    async fn every_table_opens_with_a_comment() {
        let folder = tempfile::tempdir().unwrap();
        let engine = open(folder.path()).await.unwrap();
        for migration in MIGRATIONS.iter() {
            assert!(migration.sql.as_str().starts_with("-- "), "{}", migration.description);
        }
        let loose: Vec<String> = sqlx::query_scalar(
            "select name from pragma_table_list
             where schema = 'main' and type = 'table' and strict = 0
               and name not like 'sqlite\\_%' escape '\\' and name <> '_sqlx_migrations'",
        )
        .fetch_all(&engine.readers)
        .await
        .unwrap();
        assert_eq!(loose, Vec::<String>::new(), "every table is STRICT");
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(version("3.51.3") >= Some(OLDEST_SQLITE));
        assert!(version("3.100.0") >= Some(OLDEST_SQLITE));
        assert!(version("3.51.2") < Some(OLDEST_SQLITE));
        assert!(version("odd") < Some(OLDEST_SQLITE));
    }
}
