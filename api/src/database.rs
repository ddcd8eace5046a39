//! The connection: one writer and many readers on SQLite, one pool on PostgreSQL.
//!
//! What can go wrong while opening is said in one line that names the place and what to do,
//! and never holds a password.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use anyhow::{Result, anyhow, bail};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    QueryOrder, RuntimeErr, SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector,
    TransactionOptions, TransactionTrait,
    sea_query::{Expr, Func, Query},
    sqlx::{
        self, ConnectOptions, Connection, Executor,
        postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use sea_orm_migration::{SchemaManager, seaql_migrations};

use crate::{config::Config, error::Error};

/// How long a statement waits for the writer of another process, and a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of a SQLite file that are read through the page cache of the system without a copy.
const MAPPED: &str = "268435456";

/// Names the lock under which one of several starting services migrates.
const MIGRATION_LOCK: i64 = 0x5C41_5304;

/// Where the data is. Printing it shows no password.
#[derive(Clone)]
pub enum DatabaseUrl {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

impl DatabaseUrl {
    /// Reads `sqlite:FILE` or `postgres://USER:PASSWORD@HOST:PORT/NAME`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')?.0 {
            "sqlite" => SqliteConnectOptions::from_str(text).ok().map(Self::Sqlite),
            "postgres" | "postgresql" if known_parameters(text) => {
                PgConnectOptions::from_str(text).ok().map(Self::Postgres)
            }
            _ => None,
        }
    }
}

impl DatabaseUrl {
    /// A new database of its own that is gone with its last connection.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::Sqlite(SqliteConnectOptions::new().in_memory(true))
    }
}

/// The driver logs a parameter it does not know together with its value, which may be a mistyped password.
fn known_parameters(url: &str) -> bool {
    const KNOWN: &[&str] = &[
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "statement-cache-capacity",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "options",
    ];
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    parameters
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
        .all(|name| KNOWN.contains(&name) || name.starts_with("options["))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(options) => write!(f, "sqlite:{}", options.get_filename().display()),
            Self::Postgres(options) => {
                let user = options.get_username();
                let name = options.get_database().unwrap_or(user);
                if let Some(socket) = options.get_socket() {
                    write!(f, "postgres://{user}@{}/{name}", socket.display())
                } else {
                    let (host, port) = (options.get_host(), options.get_port());
                    write!(f, "postgres://{user}@{host}:{port}/{name}")
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Database {
    /// For everything that only reads; on SQLite these connections refuse to write.
    pub reader: DatabaseConnection,
    /// For everything that writes; on SQLite the one connection that may.
    pub writer: DatabaseConnection,
    pub backend: DbBackend,
    place: String,
}

/// What stands in the database, against what this program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    pub name: String,
    pub applied: bool,
}

impl Database {
    /// Opens the database; a SQLite file that does not exist is created.
    pub async fn open(config: &Config) -> Result<Self> {
        let place = config.database_url.to_string();
        let processors = std::thread::available_parallelism()
            .map_or(1, |n| u32::try_from(n.get()).unwrap_or(u32::MAX));
        let connections = |default: u32| config.connections.map_or(default, u32::from);
        match &config.database_url {
            DatabaseUrl::Sqlite(options) => {
                let options = options
                    .clone()
                    .statement_cache_capacity(config.statement_cache);
                open_sqlite(options, connections(processors), place).await
            }
            DatabaseUrl::Postgres(options) => {
                let options = options
                    .clone()
                    .statement_cache_capacity(config.statement_cache);
                open_postgres(options, connections(2 * processors), place).await
            }
        }
    }

    /// Begins a transaction that writes. On SQLite it takes the lock at once: one that begins with reading
    /// and then writes would fail when another process has written in between.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Applies what is pending, all or nothing, and gives the names of what it applied.
    pub async fn migrate_up(&self) -> Result<Vec<String>> {
        let transaction = self.begin_migrating().await?;
        let pending = pending(self.status(&transaction).await?);
        self.explain(Migrator::up(&transaction, None).await)?;
        self.explain(transaction.commit().await)?;
        Ok(pending)
    }

    /// Takes back the last `steps` of what was applied, all or nothing, and gives their names, last first.
    pub async fn migrate_down(&self, steps: u32) -> Result<Vec<String>> {
        let transaction = self.begin_migrating().await?;
        let mut applied = self.status(&transaction).await?;
        applied.retain(|migration| migration.applied);
        self.explain(Migrator::down(&transaction, Some(steps)).await)?;
        self.explain(transaction.commit().await)?;
        let names = applied.into_iter().rev().map(|migration| migration.name);
        Ok(names.take(steps as usize).collect())
    }

    /// Every migration this program knows, oldest first.
    pub async fn migrate_status(&self) -> Result<Vec<MigrationStatus>> {
        self.status(&self.reader).await
    }

    /// Whether nothing is pending and nothing unknown is applied.
    pub async fn migrations_current(&self) -> Result<bool> {
        Ok(pending(self.migrate_status().await?).is_empty())
    }

    /// Whether no entity is stored.
    pub async fn is_empty(&self) -> Result<bool> {
        let any = Query::select()
            .expr(Expr::val(1))
            .from("node")
            .limit(1)
            .take();
        Ok(self.explain(self.reader.query_one(&any).await)?.is_none())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.explain(self.reader.ping().await)
    }

    /// Closes every connection; SQLite then folds its log back into the file.
    pub async fn close(self) {
        for connection in [self.reader, self.writer] {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "the database did not close cleanly");
            }
        }
    }

    /// On PostgreSQL several services may start at once; the others wait here and then find nothing to do.
    async fn begin_migrating(&self) -> Result<DatabaseTransaction> {
        let transaction = self.explain(self.begin().await)?;
        if self.backend == DbBackend::Postgres {
            let lock = Func::cust("pg_advisory_xact_lock").arg(MIGRATION_LOCK);
            let lock = Query::select().expr(lock).take();
            self.explain(transaction.query_one(&lock).await)?;
        }
        Ok(transaction)
    }

    async fn status<C: ConnectionTrait>(&self, connection: &C) -> Result<Vec<MigrationStatus>>
    where
        for<'c> &'c C: sea_orm_migration::IntoSchemaManagerConnection<'c>,
    {
        let applied = self.explain(applied(connection).await)?;
        let known = Migrator::migrations();
        if let Some(unknown) = applied
            .iter()
            .find(|name| known.iter().all(|migration| migration.name() != *name))
        {
            bail!(
                "{}: written by a newer version (it has the migration {unknown}, unknown here); use that version or later",
                self.place
            );
        }
        Ok(known
            .iter()
            .map(|migration| MigrationStatus {
                name: migration.name().to_owned(),
                applied: applied.iter().any(|name| name == migration.name()),
            })
            .collect())
    }

    fn explain<T>(&self, result: Result<T, DbErr>) -> Result<T> {
        result.map_err(|error| match sqlx_error(&error) {
            Some(cause) => explain(&self.place, cause),
            None => anyhow!("{}: {error}", self.place),
        })
    }
}

fn pending(migrations: Vec<MigrationStatus>) -> Vec<String> {
    let pending = migrations
        .into_iter()
        .filter(|migration| !migration.applied);
    pending.map(|migration| migration.name).collect()
}

async fn applied<C: ConnectionTrait>(connection: &C) -> Result<Vec<String>, DbErr>
where
    for<'c> &'c C: sea_orm_migration::IntoSchemaManagerConnection<'c>,
{
    let manager = SchemaManager::new(connection);
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let rows = seaql_migrations::Entity::find()
        .order_by_asc(seaql_migrations::Column::Version)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

async fn open_sqlite(
    options: SqliteConnectOptions,
    readers: u32,
    place: String,
) -> Result<Database> {
    let path = options.get_filename().to_owned();
    let in_memory = path.as_os_str().as_encoded_bytes().starts_with(b"file:");
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
        .journal_mode(SqliteJournalMode::Wal);
    let writer = sqlite_pool(1)
        .connect_with(writer)
        .await
        .map_err(|error| explain(&place, &error))?;
    let reader = if in_memory {
        writer.clone()
    } else {
        sqlite_pool(readers)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(|error| explain(&place, &error))?
    };
    Ok(Database {
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
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

async fn open_postgres(
    options: PgConnectOptions,
    connections: u32,
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
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // Set by statement, since poolers refuse it as a parameter of the connection. Compiling a plan
        // takes longer than any statement of ours runs.
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute("SET jit = off").await.map(|_| ()) })
        })
        .connect_with(options)
        .await
        .map_err(|error| explain(&place, &error))?;
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Database {
        reader: pool.clone(),
        writer: pool,
        backend: DbBackend::Postgres,
        place,
    })
}

/// What a failure means for the person who started the program.
fn explain(place: &str, error: &sqlx::Error) -> anyhow::Error {
    let meaning = match error {
        sqlx::Error::Io(cause) => {
            format!("the server cannot be reached ({cause}); is it running there")
        }
        sqlx::Error::Tls(_) => {
            "the server does not speak TLS as the address asks for (sslmode)".to_owned()
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
                _ if place.starts_with("postgres") => cause.message().to_owned(),
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

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(Arc::as_ref(cause)),
        _ => None,
    }
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        match cause {
            DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout) => {
                Self::Timeout { after: PATIENCE }
            }
            cause => Self::internal(cause),
        }
    }
}
