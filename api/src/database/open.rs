//! Opening each engine, and what a failure to do so means.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, bail};
use sea_orm::{
    DbBackend, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        self, AssertSqlSafe, ConnectOptions, Connection, Executor,
        postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
        sqlite::{
            SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions,
            SqliteSynchronous,
        },
    },
};

use super::Database;

/// How long a statement waits for the writer of another process, and a server may take to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How long a connection for long reading is kept for the next one.
const IDLE: Duration = Duration::from_mins(1);

/// Kibibytes of pages, as a negative number, that a SQLite transaction may change in memory; pages beyond are written
/// out and read back again and again while an import is under way. Taken as they are needed.
const CHANGED: &str = "-262144";

/// Bytes of a SQLite file that are read through the page cache of the system without a copy.
const MAPPED: &str = "268435456";

/// Steps of SQLite's machine between looks at the clock: far below a millisecond.
const STEPS: i32 = 10_000;

pub(super) async fn sqlite(
    options: SqliteConnectOptions,
    readers: u32,
    snapshots: u32,
    patience: Duration,
    place: String,
) -> Result<Database> {
    let path = options.get_filename().to_owned();
    // Two pools would be two databases.
    let in_memory = path.starts_with(":memory:") || path.to_string_lossy().starts_with("file:");
    if !in_memory {
        check_path(&path, &place)?;
    }
    let options = options
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("mmap_size", MAPPED)
        .disable_statement_logging();
    // The log mode is a property of the file: the writer sets it before any reader opens.
    let writer = options
        .clone()
        .create_if_missing(true)
        .pragma("cache_size", CHANGED)
        // What a statement would need to be taken back is kept in memory, not in a file beside the database.
        .pragma("temp_store", "MEMORY")
        .journal_mode(SqliteJournalMode::Wal);
    let writer = sqlite_pool(1)
        .connect_with(writer)
        .await
        .map_err(|error| explain(&place, &error))?;
    let (reader, snapshots) = if in_memory {
        (writer.clone(), writer.clone())
    } else {
        let options = options.pragma("query_only", "ON");
        let snapshots = SqlitePoolOptions::new()
            .max_connections(snapshots)
            .idle_timeout(IDLE)
            .connect_lazy_with(options.clone());
        let reader = sqlite_pool(readers)
            .after_connect(move |connection, _| Box::pin(stop_after(patience, connection)))
            .before_acquire(move |connection, _| {
                Box::pin(async move { stop_after(patience, connection).await.map(|()| true) })
            })
            .connect_with(options)
            .await
            .map_err(|error| explain(&place, &error))?;
        (reader, snapshots)
    };
    Ok(Database {
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        snapshots: SqlxSqliteConnector::from_sqlx_sqlite_pool(snapshots),
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        backend: DbBackend::Sqlite,
        place,
    })
}

/// Connections to a file neither age nor break, so none is ever closed or tested.
fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Has every statement stopped that still runs when `patience` is over, counted from now.
async fn stop_after(
    patience: Duration,
    connection: &mut SqliteConnection,
) -> Result<(), sqlx::Error> {
    let start = Instant::now();
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || start.elapsed() < patience);
    Ok(())
}

fn check_path(path: &Path, place: &str) -> Result<()> {
    if path.is_dir() {
        bail!("{place}: this is a folder; name a file in it");
    }
    let folder: PathBuf = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    if !folder.is_dir() {
        bail!(
            "{place}: there is no folder {}; create it first",
            folder.display()
        );
    }
    Ok(())
}

pub(super) async fn postgres(
    options: PgConnectOptions,
    connections: u32,
    snapshots: u32,
    patience: Duration,
    place: String,
) -> Result<Database> {
    let options = options
        .application_name("schismograph")
        .disable_statement_logging();
    // A pool tries again until its time is over and then only says so; one connection says why.
    match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await {
        Ok(Ok(connection)) => connection.close().await.unwrap_or_default(),
        Ok(Err(error)) => return Err(explain(&place, &error)),
        Err(_) => {
            bail!("{place}: the server did not answer within {PATIENCE:?}; is it running there")
        }
    }
    let snapshots = postgres_pool(snapshots, None)
        .idle_timeout(IDLE)
        .connect_lazy_with(options.clone());
    let pool = postgres_pool(connections, Some(patience))
        .connect_with(options)
        .await
        .map_err(|error| explain(&place, &error))?;
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Database {
        reader: pool.clone(),
        writer: pool,
        snapshots: SqlxPostgresConnector::from_sqlx_postgres_pool(snapshots),
        backend: DbBackend::Postgres,
        place,
    })
}

/// The longest time that PostgreSQL bounds statements by, in milliseconds.
const LONGEST: u128 = i32::MAX as u128;

/// `patience`: for how long a statement may run that is not told otherwise.
fn postgres_pool(connections: u32, patience: Option<Duration>) -> PgPoolOptions {
    let milliseconds = patience.map_or(0, |patience| patience.as_millis().min(LONGEST));
    let settings = format!("SET jit = off; SET statement_timeout = {milliseconds}");
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // Set by statement, since poolers refuse it as a parameter of the connection. Compiling a plan
        // takes longer than any statement of ours runs.
        .after_connect(move |connection, _| {
            let settings = sqlx::raw_sql(AssertSqlSafe(settings.clone()));
            Box::pin(async move { connection.execute(settings).await.map(|_| ()) })
        })
}

/// What a failure means for the person who started the program.
pub(super) fn explain(place: &str, error: &sqlx::Error) -> anyhow::Error {
    let on_server = place.starts_with("postgres");
    let meaning = match error {
        sqlx::Error::Io(cause) if on_server => {
            format!("the server cannot be reached ({cause}); is it running there")
        }
        sqlx::Error::Tls(_) => {
            "the server does not speak TLS as the address asks for (sslmode)".to_owned()
        }
        sqlx::Error::Protocol(_) if on_server => {
            "what answers there is no PostgreSQL server".to_owned()
        }
        sqlx::Error::PoolTimedOut => "no connection became free in time".to_owned(),
        sqlx::Error::Database(cause) => {
            let code = cause.code().unwrap_or_default();
            let sqlite = code.parse::<u32>().map_or(0, |code| code & 0xff);
            match (&*code, sqlite) {
                ("28P01" | "28000", _) => "the server refused the user or the password".to_owned(),
                ("3D000", _) => {
                    "the server has no database of this name; create it first".to_owned()
                }
                ("42501", _) => {
                    "the user may not do this; grant it the right to create tables".to_owned()
                }
                ("53300", _) => "the server has no connection left".to_owned(),
                _ if on_server => cause.message().to_owned(),
                (_, 5 | 6) => "another process is writing to the file".to_owned(),
                (_, 8 | 14) => {
                    "the file cannot be opened for writing; check who owns it and its folder"
                        .to_owned()
                }
                (_, 10 | 13) => format!("the disk failed or is full ({})", cause.message()),
                (_, 11) => "the file is damaged; restore it from a copy".to_owned(),
                (_, 26) => "the file is not a SQLite database, or it is damaged".to_owned(),
                _ => cause.message().to_owned(),
            }
        }
        other => other.to_string(),
    };
    anyhow!("{place}: {meaning}")
}
