//! How a database is opened, on both engines.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{path::Path, time::Duration};

use api::{
    config::{Config, Flags},
    database::Database,
    error::Error,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tests::{On, World, on_both};

on_both! {
    a_statement_is_stopped_when_its_time_is_over,
    what_writes_takes_as_long_as_it_takes,
}

/// The time that a request has in the tests of it.
const BRIEF: &str = "50 ms";

fn config(database_url: &str) -> Config {
    config_with(database_url, "10 s")
}

fn config_with(database_url: &str, request_timeout: &str) -> Config {
    let flags = Flags {
        database_url: Some(database_url.to_owned()),
        request_timeout: Some(request_timeout.to_owned()),
        ..Flags::default()
    };
    Config::read(&flags, |_| None, Path::new("/nonexistent")).unwrap()
}

async fn pragma(connection: &DatabaseConnection, name: &str) -> String {
    let statement = Statement::from_string(
        DbBackend::Sqlite,
        format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"),
    );
    let row = connection.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn sqlite_has_one_writer_and_readers_that_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let database = Database::open(&config(&url)).await.unwrap();
    for connection in [&database.reader, &database.writer] {
        assert_eq!(pragma(connection, "journal_mode").await, "wal");
        assert_eq!(pragma(connection, "foreign_keys").await, "1");
        assert_eq!(pragma(connection, "synchronous").await, "1");
    }
    let write = "CREATE TABLE t (id INTEGER)";
    assert!(database.reader.execute_unprepared(write).await.is_err());
    assert!(database.writer.execute_unprepared(write).await.is_ok());
    database.close().await;
}

#[tokio::test]
async fn a_transaction_that_writes_takes_the_lock_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let config = config(&url);
    let (first, second) = (
        Database::open(&config).await.unwrap(),
        Database::open(&config).await.unwrap(),
    );
    let holding = first.begin().await.unwrap();
    let waiting = tokio::spawn(async move { second.begin().await.is_ok() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    holding.commit().await.unwrap();
    assert!(waiting.await.unwrap());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn several_services_may_migrate_postgres_at_once() {
    let server = std::env::var("TEST_POSTGRES_URL").unwrap();
    let name = format!("migrate_{}", std::process::id());
    let admin = Database::open(&config(&server)).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    admin.writer.execute_unprepared(&create).await.unwrap();

    let config = config(&server.replace("/postgres?", &format!("/{name}?")));
    let start = || async {
        let database = Database::open(&config).await.unwrap();
        let applied = database.migrate_up().await.unwrap();
        assert!(database.migrations_current().await.unwrap());
        assert!(database.is_empty().await.unwrap());
        database.close().await;
        applied.len()
    };
    let (one, two, three) = tokio::join!(start(), start(), start());
    let database = Database::open(&config).await.unwrap();
    let known = database.migrate_status().await.unwrap().len();
    assert_eq!(one + two + three, known);
    assert_eq!(database.migrate_down(100).await.unwrap().len(), known);
    database.close().await;

    let drop = format!("DROP DATABASE {name}");
    admin.writer.execute_unprepared(&drop).await.unwrap();
    let error = Database::open(&config).await.unwrap_err().to_string();
    assert!(
        error.ends_with("the server has no database of this name; create it first"),
        "{error}"
    );
}

/// Counts without an end.
const ENDLESS: &str =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT count(*) FROM c";

async fn a_statement_is_stopped_when_its_time_is_over(on: On) {
    let world = World::empty(on).await.unwrap();
    let config = config_with(&world.database_url(), BRIEF);
    let database = Database::open(&config).await.unwrap();
    let endless = || Statement::from_string(database.backend, ENDLESS);
    let stopped = database.reader.query_one_raw(endless()).await;
    let error = Error::from(stopped.unwrap_err());
    assert_eq!(error.code(), "TIMEOUT", "{error}");
    // One that nobody waits for any more is stopped as well; else its connection would never be free to be closed.
    let asked = database.reader.query_one_raw(endless());
    let abandoned = tokio::time::timeout(Duration::from_millis(10), asked).await;
    assert!(abandoned.is_err());
    database.close().await;
}

async fn what_writes_takes_as_long_as_it_takes(on: On) {
    let world = World::empty(on).await.unwrap();
    let config = config_with(&world.database_url(), BRIEF);
    let database = Database::open(&config).await.unwrap();
    let long = match on {
        On::Sqlite => {
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x<2000000) SELECT count(*) FROM c"
        }
        On::Postgres => "SELECT pg_sleep(0.2)",
    };
    let long = || Statement::from_string(database.backend, long);
    let stopped = database.reader.query_one_raw(long()).await;
    assert!(stopped.is_err(), "it is no longer than a request may take");
    let transaction = database.begin().await.unwrap();
    assert!(transaction.query_one_raw(long()).await.unwrap().is_some());
    transaction.commit().await.unwrap();
    let snapshot = database.snapshot().await.unwrap();
    assert!(snapshot.query_one_raw(long()).await.unwrap().is_some());
    snapshot.commit().await.unwrap();
    database.close().await;
}
