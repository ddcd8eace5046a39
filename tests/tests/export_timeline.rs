//! `export timeline-csv`: what the table tells, what it cannot, and that it can be read again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use api::export::{self, Format};
use api::import;
use api::progress::Silent;
use tests::{BASE_URL, On, World, on_both};

on_both! {
    rows_are_organisations_and_columns_tie_them,
    a_table_that_was_read_comes_out_the_same,
    what_is_written_can_be_read_and_is_written_the_same_again,
    cells_are_safe_and_come_back,
}

type Row = BTreeMap<String, String>;

async fn export(world: &World) -> (String, String) {
    let mut bytes = Vec::new();
    let format = Format::TimelineCsv;
    let losses = export::export(&world.database, format, BASE_URL, &mut bytes, &Silent).await;
    (
        String::from_utf8(bytes).unwrap(),
        losses.unwrap().to_string(),
    )
}

/// The filled cells of each row, by its id.
fn rows(table: &str) -> BTreeMap<String, Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize::<Row>().map(|row| {
        let mut row = row.unwrap();
        row.retain(|_, cell| !cell.is_empty());
        (row.remove("id").unwrap(), row)
    });
    rows.collect()
}

/// A row as `column: cell` in the order of the columns' names.
fn shown(row: &Row) -> String {
    let cells = row.iter().map(|(column, cell)| format!("{column}: {cell}"));
    cells.collect::<Vec<_>>().join(" | ")
}

async fn load(world: &World, format: import::Format, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, text).unwrap();
    let report = world.import(format, &path, Some("table"), false).await;
    report.unwrap().to_string()
}

/// The table that comes of reading this one into an empty database.
async fn again(on: On, table: &str) -> String {
    let world = World::empty(on).await.unwrap();
    load(&world, import::Format::TimelineCsv, table).await;
    export(&world).await.0
}

async fn rows_are_organisations_and_columns_tie_them(on: On) {
    let world = World::small(on).await.unwrap();
    let (table, losses) = export(&world).await;
    insta::assert_snapshot!("timeline", format!("{table}\nnot in it:\n{losses}"));
    let rows = rows(&table);
    let answer = world.ask("{ organisations { totalCount } }").await;
    assert_eq!(
        answer.body["data"]["organisations"]["totalCount"],
        rows.len()
    );
}

/// A table that says everything that can be said in one.
const TABLE: &str = "id,name,start,end,endEstimate,become,split,merge,fork,links,irregular,colour,group,wikipedia
a-union,Union (A),1960?,,,,,,,,,,,
b-union,Union (B),1960,1999,true,,,,,,,,,
communist-party,Communist Party,1926,1948,,popular-union,,,,,,,Communist,Communist Party (Atlantis)
opposition,Opposition,1929-05,1934-02-01,,,communist-party,communist-party,,workers-league socialist-union,,,Communist,fr:Opposition (Atlantide)
popular-union,Popular Union,1948,1960,,,,,a-union b-union,communist-party,,,,
socialist-union,\"Socialist Union, National\",1919,1926,,,,communist-party,,,,,,
sum,'=SUM(A1),,present,,,,,,,,,'+ Left,
workers-league,Workers' League,1920,1926,,,,communist-party,,,,,,
youth-guard,Youth Guard,1930~,1950,true,,communist-party,,,,,,,
";

async fn a_table_that_was_read_comes_out_the_same(on: On) {
    assert_eq!(again(on, TABLE).await, TABLE);
}

async fn what_is_written_can_be_read_and_is_written_the_same_again(on: On) {
    for world in World::various(on).await.unwrap() {
        let (first, _) = export(&world).await;
        let second = again(on, &first).await;
        assert_eq!(again(on, &second).await, second);
        // An entry that became others ends when they begin, as the format means it: what follows from the table once
        // is said in it the second time.
        let mut expected = rows(&first);
        let all = rows(&second);
        for (id, row) in &mut expected {
            let turned = row.contains_key("become") || row.contains_key("fork");
            if turned && !row.contains_key("end") {
                for column in ["end", "endEstimate"] {
                    let follows = all[id].get(column).cloned();
                    row.extend(follows.map(|cell| (column.to_owned(), cell)));
                }
            }
        }
        for (id, row) in &expected {
            assert_eq!(shown(&all[id]), shown(row), "{id}");
        }
        assert_eq!(all.len(), expected.len());
    }
}

async fn cells_are_safe_and_come_back(on: On) {
    let world = World::empty(on).await.unwrap();
    let names = [
        "=SUM(A1)",
        "'@x'",
        "-1",
        "A \"quoted\"; and, parted",
        "Εργατική Ένωση",
    ];
    let lines = names.iter().enumerate().map(|(number, name)| {
        let slug = format!("party-{number}");
        serde_json::json!({"type": "organisation", "slug": slug, "name": name}).to_string()
    });
    let lines: Vec<String> = lines.collect();
    load(&world, import::Format::Jsonl, &lines.join("\n")).await;
    let (table, _) = export(&world).await;
    let cells: Vec<String> = rows(&table)
        .into_values()
        .map(|row| row["name"].clone())
        .collect();
    assert_eq!(
        cells,
        [
            "'=SUM(A1)",
            "''@x'",
            "'-1",
            "A \"quoted\"; and, parted",
            "Εργατική Ένωση"
        ]
    );
    let other = World::empty(on).await.unwrap();
    load(&other, import::Format::TimelineCsv, &table).await;
    let answer = other
        .ask("{ organisations { nodes { slug name } } }")
        .await
        .body["data"]["organisations"]["nodes"]
        .clone();
    let mut found: Vec<(&str, &str)> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            (
                node["slug"].as_str().unwrap(),
                node["name"].as_str().unwrap(),
            )
        })
        .collect();
    found.sort_unstable();
    assert_eq!(
        found.iter().map(|(_, name)| *name).collect::<Vec<_>>(),
        names
    );
    assert_eq!(found[4].0, "party-4");
}
