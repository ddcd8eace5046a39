//! No question reads a whole table: every database goes about each one by its indexes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use api::graph::{KindAllowed, Request};
use api::issue::RULES;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement, TransactionTrait, Value,
};
use serde_json::json;
use tests::{
    On, World,
    question::{self, Question},
};

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

/// What only gateways ask, and no question of `queries/` can: objects by every sort of key.
fn by_keys() -> Question {
    let query = "query ($representations: [_Any!]!) {
        _entities(representations: $representations) { __typename ... on Entity { name } }
    }";
    let id = "per_00000000000000000000";
    let representations = json!([
        {"__typename": "Person", "id": id},
        {"__typename": "Organisation", "slug": "sailors-club"},
        {"__typename": "Person", "id": id, "slug": "nobody"},
        {"__typename": "Membership", "id": id},
        {"__typename": "Claim", "id": id},
    ]);
    Question {
        name: "_entities".to_owned(),
        text: query.to_owned(),
        world: "small".to_owned(),
        variables: json!({ "representations": representations }),
        snapshot: PathBuf::new(),
    }
}

async fn explain(on: On) {
    let world = World::small(on).await.unwrap();
    let mut scans = BTreeSet::new();
    for question in question::questions()
        .unwrap()
        .into_iter()
        .chain([by_keys()])
    {
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

/// The steps in which SQLite would read something from end to end once for each row of something else: in a loop
/// within another one, or in a subselect that depends on the row.
async fn loops_on_sqlite(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let plan = format!("EXPLAIN QUERY PLAN {sql}");
    let plan = Statement::from_string(DbBackend::Sqlite, plan);
    let steps = connection.query_all_raw(plan).await.unwrap();
    let step = |row: &QueryResult| -> (i64, i64, String) {
        let number = |column| row.try_get("", column).unwrap();
        let detail = row.try_get("", "detail").unwrap();
        (number("id"), number("parent"), detail)
    };
    let steps: Vec<_> = steps.iter().map(step).collect();
    let scans = |(index, (_, within, detail)): &(usize, &(i64, i64, String))| {
        let loops = |(_, of, detail): &(i64, i64, String)| {
            of == within && (detail.starts_with("SCAN ") || detail.starts_with("SEARCH "))
        };
        let above = |id: i64| steps.iter().find(|(of, ..)| *of == id);
        let correlated = std::iter::successors(above(*within), |(_, of, _)| above(*of))
            .any(|(.., detail)| detail.starts_with("CORRELATED"));
        detail.starts_with("SCAN ") && (correlated || steps[..*index].iter().any(loops))
    };
    let scans = steps.iter().enumerate().filter(scans);
    scans.map(|(_, (.., detail))| detail.clone()).collect()
}

/// The same for PostgreSQL, when it joins in no other way than by loops: which it does where it guesses that little
/// is joined, and its guesses on what is put together from rows are bad.
async fn loops_on_postgres(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let transaction = connection.begin().await.unwrap();
    for way in ["seqscan", "hashjoin", "mergejoin", "material"] {
        let off = format!("SET LOCAL enable_{way} = off");
        transaction.execute_unprepared(&off).await.unwrap();
    }
    let plan = format!("EXPLAIN (FORMAT JSON) {sql}");
    let plan = Statement::from_string(DbBackend::Postgres, plan);
    let plan = transaction.query_one_raw(plan).await.unwrap().unwrap();
    transaction.rollback().await.unwrap();
    let plan: serde_json::Value = plan.try_get_by_index(0).unwrap();
    let mut scans = Vec::new();
    scans_in(&plan[0]["Plan"], false, &mut scans);
    scans
}

fn scans_in(step: &serde_json::Value, again: bool, scans: &mut Vec<String>) {
    let text = |name: &str| step[name].as_str().unwrap_or_default();
    // Of what is worked out once and kept, only the reading is done again, and that is a step of its own.
    let once = matches!(text("Parent Relationship"), "InitPlan");
    let again = !once && (again || matches!(text("Parent Relationship"), "Inner" | "SubPlan"));
    let reads = text("Node Type").ends_with("Scan") && text("Node Type") != "Bitmap Heap Scan";
    if again && reads && step["Index Cond"].is_null() {
        let of = ["Relation Name", "CTE Name", "Alias"].map(text).join(" ");
        scans.push(format!("{} on {of}", text("Node Type")));
    }
    for below in step["Plans"].as_array().into_iter().flatten() {
        scans_in(below, again, scans);
    }
}

/// What rules take grows with the data, and no faster.
async fn judge(on: On) {
    let world = World::small(on).await.unwrap();
    let loops = async |sql: &str| match on {
        On::Sqlite => loops_on_sqlite(&world.database.reader, sql).await,
        On::Postgres => loops_on_postgres(&world.database.reader, sql).await,
    };
    let mut faults = Vec::new();
    for rule in RULES.iter() {
        let found = loops(&rule.sql).await;
        faults.extend(found.iter().map(|step| format!("{}: {step}", rule.name)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // What such a rule would look like.
    for sql in [
        "SELECT a.id FROM organisation a JOIN organisation b ON b.summary > a.summary",
        "SELECT id FROM event e WHERE (SELECT count(*) FROM participation p WHERE p.note > e.reason) > 1",
    ] {
        assert!(!loops(sql).await.is_empty(), "{sql}");
    }
}

#[tokio::test]
async fn no_rule_reads_a_table_for_each_row_of_another_on_sqlite() {
    judge(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn no_rule_reads_a_table_for_each_row_of_another_on_postgres() {
    judge(On::Postgres).await;
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
