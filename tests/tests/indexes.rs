//! No question reads a whole table: every database goes about each one by its indexes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use api::graph::{KindAllowed, Request};
use api::issue::RULES;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement, TransactionTrait, Value,
};
use tests::{On, World, question};

/// Questions that no index can answer, whatever the table: each looks at every row by its nature. A folder stands for
/// all questions in it.
const EXCEPTIONS: [(&str, &str); 7] = [
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
    (
        "issue/",
        "judges the whole data set, as far as it is asked to: what no rule finds wrong must be looked at as well",
    ),
    ("error/too_many_rules", "the same"),
];

fn excepted(question: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(name, _)| question == *name || name.ends_with('/') && question.starts_with(name))
}

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
        if excepted(&question.name) {
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

/// The steps of a plan in which a table is read from end to end once for each row of something else: in a loop within
/// another one, or in a subselect that depends on the row.
fn loops(steps: &[(i64, i64, String)]) -> Vec<String> {
    let looping = |detail: &str| detail.starts_with("SCAN ") || detail.starts_with("SEARCH ");
    let parent = |id: i64| steps.iter().find(|(of, ..)| *of == id);
    let mut found = Vec::new();
    for (index, (_, within, detail)) in steps.iter().enumerate() {
        if !detail.starts_with("SCAN ") {
            continue;
        }
        let outer = steps[..index]
            .iter()
            .any(|(_, of, detail)| of == within && looping(detail));
        let mut above = parent(*within);
        let mut correlated = false;
        while let Some((_, of, detail)) = above {
            correlated |= detail.starts_with("CORRELATED");
            above = parent(*of);
        }
        if outer || correlated {
            found.push(detail.clone());
        }
    }
    found
}

async fn loops_of(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let plan = format!("EXPLAIN QUERY PLAN {sql}");
    let plan = Statement::from_string(DbBackend::Sqlite, plan);
    let steps = connection.query_all_raw(plan).await.unwrap();
    let step = |row: &QueryResult| {
        let number = |column| row.try_get("", column).unwrap();
        let detail: String = row.try_get("", "detail").unwrap();
        (number("id"), number("parent"), detail)
    };
    let steps: Vec<_> = steps.iter().map(step).collect();
    loops(&steps)
}

/// What rules take grows with the data, and no faster.
#[tokio::test]
async fn no_rule_reads_a_table_for_each_row_of_another() {
    let world = World::small(On::Sqlite).await.unwrap();
    let connection = &world.database.reader;
    let mut faults = Vec::new();
    for rule in RULES.iter() {
        let found = loops_of(connection, &rule.sql).await;
        faults.extend(found.iter().map(|step| format!("{}: {step}", rule.name)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // What such a rule would look like.
    for sql in [
        "SELECT a.id FROM organisation a JOIN organisation b ON b.summary > a.summary",
        "SELECT id FROM event e WHERE EXISTS (SELECT 1 FROM participation p WHERE p.note > e.reason)",
    ] {
        assert_eq!(loops_of(connection, sql).await.len(), 1, "{sql}");
    }
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
