//! No question reads a whole table: every database goes about each one by its indexes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use api::graph::{KindAllowed, Request};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value};
use tests::{On, World, question};

async fn lines(
    connection: &impl ConnectionTrait,
    backend: DbBackend,
    explain: &str,
    column: &str,
    statement: (String, Vec<Value>),
) -> Vec<String> {
    let (sql, values) = statement;
    let statement = Statement::from_sql_and_values(backend, format!("{explain} {sql}"), values);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", column).unwrap())
        .collect()
}

/// What SQLite reads from end to end.
async fn scanned_on_sqlite(
    connection: &DatabaseConnection,
    statement: (String, Vec<Value>),
) -> Vec<String> {
    let lines = lines(
        connection,
        DbBackend::Sqlite,
        "EXPLAIN QUERY PLAN",
        "detail",
        statement,
    );
    lines
        .await
        .into_iter()
        .filter(|line| line.starts_with("SCAN ") || line.contains("AUTOMATIC"))
        .collect()
}

/// What PostgreSQL reads from end to end even where that is made unattractive, as in a table that is large.
async fn scanned_on_postgres(
    connection: &DatabaseConnection,
    statement: (String, Vec<Value>),
) -> Vec<String> {
    let transaction = connection.begin().await.unwrap();
    transaction
        .execute_unprepared("SET LOCAL enable_seqscan = off")
        .await
        .unwrap();
    let lines = lines(
        &transaction,
        DbBackend::Postgres,
        "EXPLAIN",
        "QUERY PLAN",
        statement,
    );
    lines
        .await
        .into_iter()
        .filter(|line| line.contains("Seq Scan"))
        .collect()
}

async fn explain(on: On) {
    let world = World::small(on).await.unwrap();
    let mut scans = BTreeSet::new();
    for question in question::questions().unwrap() {
        let request = Request {
            query: question.text,
            operation_name: None,
            variables: question.variables.as_object().cloned().unwrap_or_default(),
            kind_allowed: KindAllowed::Any,
        };
        for statement in world.graph.statements(&request) {
            let found = match on {
                On::Sqlite => scanned_on_sqlite(&world.database.reader, statement.clone()).await,
                On::Postgres => {
                    scanned_on_postgres(&world.database.reader, statement.clone()).await
                }
            };
            for line in found {
                scans.insert(format!("{}: {line}\n    {}", question.name, &statement.0));
            }
        }
    }
    let scans: Vec<String> = scans.into_iter().collect();
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

#[tokio::test]
async fn no_table_is_scanned_on_sqlite() {
    explain(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn no_table_is_scanned_on_postgres() {
    explain(On::Postgres).await;
}
