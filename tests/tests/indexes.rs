//! No question reads a whole table: every database goes about each one by its indexes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use api::graph::{KindAllowed, Request};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value};
use tests::{On, World, question};

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

/// The tables that SQLite reads from end to end: those whose cursor is set on their first or last row, by what the
/// statement is compiled to. The plan in words does not tell a table from what a statement has read already. An
/// index that is read in the order of a list is no such thing: it is left at the end of the page.
async fn scanned_on_sqlite(
    connection: &DatabaseConnection,
    statement: (String, Vec<Value>),
) -> Vec<String> {
    let backend = DbBackend::Sqlite;
    let tables = "SELECT rootpage, name FROM sqlite_master WHERE type = 'table' AND rootpage > 0";
    let tables = Statement::from_string(backend, tables);
    let tables = connection.query_all_raw(tables).await.unwrap();
    let tables: BTreeMap<i64, String> = tables
        .iter()
        .map(|row| {
            (
                row.try_get("", "rootpage").unwrap(),
                row.try_get("", "name").unwrap(),
            )
        })
        .collect();
    let (sql, values) = statement;
    let statement = Statement::from_sql_and_values(backend, format!("EXPLAIN {sql}"), values);
    let steps = connection.query_all_raw(statement).await.unwrap();
    let steps: Vec<(String, i64, i64)> = steps
        .iter()
        .map(|row| {
            let number = |column| row.try_get("", column).unwrap();
            (
                row.try_get("", "opcode").unwrap(),
                number("p1"),
                number("p2"),
            )
        })
        .collect();
    let open = |(opcode, cursor, page): &(String, i64, i64)| {
        let table = tables.get(page).filter(|_| opcode == "OpenRead")?;
        Some((*cursor, table.clone()))
    };
    let cursors: BTreeMap<i64, String> = steps.iter().filter_map(open).collect();
    let ends = steps
        .iter()
        .filter(|(opcode, ..)| opcode == "Rewind" || opcode == "Last");
    ends.filter_map(|(_, cursor, _)| cursors.get(cursor))
        .map(|table| format!("the table {table}"))
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
    let (sql, values) = statement;
    let statement =
        Statement::from_sql_and_values(DbBackend::Postgres, format!("EXPLAIN {sql}"), values);
    let lines = transaction.query_all_raw(statement).await.unwrap();
    // What it has looked at would stay locked, and the world could not be taken down.
    transaction.rollback().await.unwrap();
    lines
        .iter()
        .map(|row| row.try_get::<String>("", "QUERY PLAN").unwrap())
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
