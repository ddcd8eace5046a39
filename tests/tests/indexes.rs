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

/// Questions that no index can answer, whatever the table: each looks at every row by its nature.
const EXCEPTIONS: [(&str, &str); 5] = [
    (
        "filter/and_or_not",
        "counts what does not pass a filter, which no index holds",
    ),
    (
        "filter/dates_that_are_known",
        "counts what passes a filter that most rows pass",
    ),
    (
        "filter/dates_that_certainly",
        "asks for the ends of dates, which are no key of any order",
    ),
    (
        "filter/text_compared_exactly",
        "counts by texts and parts of texts that are not indexed: summary, abbreviation",
    ),
    (
        "order/several_keys",
        "orders by keys in directions of their own; every combination would be an index",
    ),
];

/// Whether SQLite reads a table from end to end. An index that is read in the order of a list is no such thing:
/// it is left at the end of the page. What a statement has made itself, such as a page, it reads as a whole.
fn scans(line: &str, sql: &str, tables: &[String]) -> bool {
    let Some(name) = line.strip_prefix("SCAN ") else {
        return line.contains("AUTOMATIC");
    };
    let called = |table: &String| {
        let alias = format!("{table} {name}");
        let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        table == name || sql.split(alias.as_str()).skip(1).any(ends)
    };
    let indexed = name.contains(" USING ") || name.contains(" VIRTUAL TABLE INDEX ");
    !indexed && tables.iter().any(called)
}

async fn scanned_on_sqlite(
    connection: &DatabaseConnection,
    statement: (String, Vec<Value>),
) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_master WHERE type='table'".to_owned();
    let tables = lines(
        connection,
        DbBackend::Sqlite,
        "",
        "name",
        (tables, Vec::new()),
    );
    let tables = tables.await;
    let sql = statement.0.clone();
    let lines = lines(
        connection,
        DbBackend::Sqlite,
        "EXPLAIN QUERY PLAN",
        "detail",
        statement,
    );
    let lines = lines.await.into_iter();
    lines.filter(|line| scans(line, &sql, &tables)).collect()
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
    let lines = lines.await;
    // What it has looked at would stay locked, and the world could not be taken down.
    transaction.rollback().await.unwrap();
    lines
        .into_iter()
        .filter(|line| line.contains("Seq Scan"))
        .collect()
}

async fn explain(on: On) {
    let world = World::small(on).await.unwrap();
    let mut scans = BTreeSet::new();
    for question in question::questions().unwrap() {
        if EXCEPTIONS.iter().any(|(name, _)| *name == question.name) {
            continue;
        }
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
