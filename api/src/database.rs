//! The connection: one writer and many readers on SQLite, one pool on PostgreSQL.
//!
//! What can go wrong while opening is said in one line that names the place and what to do,
//! and never holds a password.

mod open;
mod url;

use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, EntityTrait, IsolationLevel, QueryOrder, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sea_query::{Expr, Func, Query},
    sqlx,
};
use sea_orm_migration::{IntoSchemaManagerConnection, SchemaManager, seaql_migrations};

use self::open::{PATIENCE, explain};
pub use self::url::DatabaseUrl;
use crate::{config::Config, error::Error};
/// What is written in one piece, or not at all.
pub use sea_orm::DatabaseTransaction as Transaction;

/// Names the lock under which one of several starting services migrates.
const MIGRATION_LOCK: i64 = 0x5C41_5304;

/// An open database.
#[derive(Debug, Clone)]
pub struct Database {
    /// For everything that only reads and is soon done: a statement is stopped when the time for a request is over.
    /// On SQLite these connections refuse to write.
    pub reader: DatabaseConnection,
    /// For everything that writes; on SQLite the one connection that may.
    pub writer: DatabaseConnection,
    /// For [`Database::snapshot`]: opened as they are needed.
    snapshots: DatabaseConnection,
    pub backend: DbBackend,
    place: String,
}

/// The connections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    pub in_use: u32,
    pub idle: u32,
    /// How many may be open.
    pub most: u32,
}

impl Connections {
    fn of<DB: sqlx::Database>(pool: &sqlx::Pool<DB>) -> Self {
        let open = pool.size();
        let idle = u32::try_from(pool.num_idle()).unwrap_or(open);
        Self {
            in_use: open.saturating_sub(idle),
            idle,
            most: pool.options().get_max_connections(),
        }
    }
}

/// Ends a transaction: what was written in it stays if all went well, else nothing of it does. At once, since a
/// transaction that is merely dropped holds its locks until its connection is used again.
pub async fn settle<T>(txn: Transaction, done: Result<T>) -> Result<T> {
    match done {
        Ok(_) => txn.commit().await?,
        Err(_) => txn.rollback().await?,
    }
    done
}

/// What stands in the database, against what this program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    pub name: String,
    pub applied: bool,
}

/// How the migrations of a database and those of this program differ, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MigrationsApart {
    /// Known here and not applied there.
    pub pending: Vec<String>,
    /// Applied there, by a newer version, and not known here.
    pub unknown: Vec<String>,
}

impl Database {
    /// Opens the database; a SQLite file that does not exist is created.
    pub async fn open(config: &Config) -> Result<Self> {
        let place = config.database_url.to_string();
        let processors = std::thread::available_parallelism()
            .map_or(1, |n| u32::try_from(n.get()).unwrap_or(u32::MAX));
        let connections = |default: u32| config.connections.map_or(default, u32::from);
        let snapshots = u32::from(config.exports);
        let patience = config.request_timeout;
        match &config.database_url {
            DatabaseUrl::Sqlite(options) => {
                let options = options
                    .clone()
                    .statement_cache_capacity(config.statement_cache);
                open::sqlite(options, connections(processors), snapshots, patience, place).await
            }
            DatabaseUrl::Postgres(options) => {
                let options = options
                    .clone()
                    .statement_cache_capacity(config.statement_cache);
                open::postgres(
                    options,
                    connections(2 * processors),
                    snapshots,
                    patience,
                    place,
                )
                .await
            }
        }
    }

    /// The pools by what they are for. A SQLite database in memory has one pool for everything, told three times.
    #[must_use]
    pub fn pools(&self) -> [(&'static str, Connections); 3] {
        let pools = [
            ("reader", &self.reader),
            ("writer", &self.writer),
            ("snapshots", &self.snapshots),
        ];
        pools.map(|(name, pool)| (name, self.connections(pool)))
    }

    fn connections(&self, connection: &DatabaseConnection) -> Connections {
        match self.backend {
            DbBackend::Postgres => Connections::of(connection.get_postgres_connection_pool()),
            _ => Connections::of(connection.get_sqlite_connection_pool()),
        }
    }

    /// Begins a transaction that writes, for as long as that takes. On SQLite it takes the lock at once: one that
    /// begins with reading and then writes would fail when another process has written in between.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.unhurried(self.writer.begin_with_options(options).await?)
            .await
    }

    /// Lets statements take as long as they take, whatever holds for the connection: behind a pooler it may be another's.
    async fn unhurried(&self, txn: DatabaseTransaction) -> Result<DatabaseTransaction, DbErr> {
        if self.backend == DbBackend::Postgres {
            txn.execute_unprepared("SET LOCAL statement_timeout = 0")
                .await?;
        }
        Ok(txn)
    }

    /// Begins a transaction that only reads, and sees what others write meanwhile neither half nor whole. It may last:
    /// its connection is none of those that answer questions.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        self.unhurried(self.begin_reading(&self.snapshots).await?)
            .await
    }

    /// The same for reading that is soon done.
    pub async fn brief_snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        self.begin_reading(&self.reader).await
    }

    async fn begin_reading(
        &self,
        connection: &DatabaseConnection,
    ) -> Result<DatabaseTransaction, DbErr> {
        // On SQLite every transaction is so, and SeaORM warns of what it cannot set there.
        let postgres = self.backend == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        connection.begin_with_options(options).await
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

    /// What keeps this program and the database from fitting; nothing when both lists are empty.
    pub async fn migrations_apart(&self) -> Result<MigrationsApart> {
        let applied = self.explain(applied(&self.reader).await)?;
        Ok(MigrationsApart {
            pending: pending(compared(&applied)),
            unknown: applied
                .into_iter()
                .filter(|name| is_unknown(name))
                .collect(),
        })
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

    /// Closes every connection; SQLite then folds its log back into the file.
    pub async fn close(self) {
        for connection in [self.snapshots, self.reader, self.writer] {
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
        for<'c> &'c C: IntoSchemaManagerConnection<'c>,
    {
        let applied = self.explain(applied(connection).await)?;
        if let Some(unknown) = applied.iter().find(|name| is_unknown(name)) {
            bail!(
                "{}: written by a newer version (it has the migration {unknown}, unknown here); use that version or later",
                self.place
            );
        }
        Ok(compared(&applied).collect())
    }

    fn explain<T>(&self, result: Result<T, DbErr>) -> Result<T> {
        result.map_err(|error| match sqlx_error(&error) {
            Some(cause) => explain(&self.place, cause),
            None => anyhow!("{}: {error}", self.place),
        })
    }
}

/// The migrations that this program knows, against the names of those that are applied.
fn compared(applied: &[String]) -> impl Iterator<Item = MigrationStatus> {
    Migrator::migrations()
        .into_iter()
        .map(|migration| MigrationStatus {
            name: migration.name().to_owned(),
            applied: applied.iter().any(|name| name == migration.name()),
        })
}

fn is_unknown(name: &str) -> bool {
    Migrator::migrations()
        .iter()
        .all(|migration| migration.name() != name)
}

fn pending(migrations: impl IntoIterator<Item = MigrationStatus>) -> Vec<String> {
    let pending = migrations
        .into_iter()
        .filter(|migration| !migration.applied);
    pending.map(|migration| migration.name).collect()
}

async fn applied<C: ConnectionTrait>(connection: &C) -> Result<Vec<String>, DbErr>
where
    for<'c> &'c C: IntoSchemaManagerConnection<'c>,
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

/// Whether a statement was stopped because its time was over: SQLite's `SQLITE_INTERRUPT`, PostgreSQL's `query_canceled`.
fn was_stopped(error: &DbErr) -> bool {
    match sqlx_error(error) {
        Some(sqlx::Error::Database(cause)) => {
            matches!(cause.code().as_deref(), Some("9" | "57014"))
        }
        _ => false,
    }
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
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Timeout { after: PATIENCE },
            cause if was_stopped(&cause) => Self::Stopped,
            cause => Self::internal(cause),
        }
    }
}
