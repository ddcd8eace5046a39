//! `import jsonl`: records a line each, in any order, whole or not at all.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use api::import::{Format, Report};
use tests::{On, World, on_both};

on_both! {
    records_refer_to_each_other_in_any_order,
    what_is_wrong_is_told_with_its_place,
}

async fn import(world: &World, path: &Path) -> anyhow::Result<Report> {
    world.import(Format::Jsonl, path, None, false).await
}

const CIRCLE: &str = r#"{"type": "person", "slug": "ann", "name": "Ann", "memberships": [{"organisation": "league", "role": "member"}]}
{"type": "organisation", "slug": "league", "former_slugs": ["club"], "name": "League", "newspaper": "paper", "affiliations": [{"body": "union"}]}
{"type": "publication", "slug": "paper", "name": "Paper", "publishers": [{"organisation": "club"}], "authors": [{"person": "ann"}]}
{"type": "organisation", "slug": "union", "name": "Union", "affiliations": [{"body": "league", "start": "1920"}]}
"#;

async fn records_refer_to_each_other_in_any_order(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("circle.jsonl");
    fs::write(&path, CIRCLE).unwrap();
    let report = import(&world, &path).await.unwrap();
    assert_eq!(
        report.to_string(),
        "people: 1 created, 0 updated, 0 unchanged\n\
         publications: 1 created, 0 updated, 0 unchanged\n\
         organisations: 2 created, 0 updated, 0 unchanged\n\
         4 created, 0 updated, 0 unchanged"
    );
    let answer = world
        .ask(r#"{ publication(by: {slug: "paper"}) { revision publishers { nodes { slug revision affiliates { nodes { member { slug } } } people { nodes { person { name } } } } } } }"#)
        .await;
    assert_eq!(
        answer.body["data"]["publication"],
        serde_json::json!({"revision": 1, "publishers": {"nodes": [{
            "slug": "league", "revision": 1,
            "affiliates": {"nodes": [{"member": {"slug": "union"}}]},
            "people": {"nodes": [{"person": {"name": "Ann"}}]},
        }]}})
    );
    let again = import(&world, &path).await.unwrap();
    assert!(
        again
            .to_string()
            .ends_with("0 created, 0 updated, 4 unchanged"),
        "{again}"
    );
}

async fn what_is_wrong_is_told_with_its_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.jsonl");
    let check = async |text: &str, told: &str| {
        fs::write(&path, text).unwrap();
        let error = import(&world, &path).await.unwrap_err().to_string();
        let error = error.replace(&path.display().to_string(), "bad.jsonl");
        assert_eq!(error, told);
        assert!(world.database.is_empty().await.unwrap());
    };
    let good = r#"{"type": "topic", "slug": "peace", "name": "Peace", "kind": "SUBJECT"}"#;
    check("", "bad.jsonl:1:1: the file is empty").await;
    check(
        "{}",
        r#"bad.jsonl:1:2: a record begins with "type" and "slug", in this order"#,
    )
    .await;
    check(
        &format!("{good}\n{{\"type\": \"party\", \"slug\": \"x\"}}\n\n{{\"type\""),
        "2 things are wrong\n\
         bad.jsonl:2:16: `party` is no kind of record; the kinds are topic, place, source, person, publication, organisation, campaign, event\n\
         bad.jsonl:4:7: EOF while parsing an object",
    )
    .await;
    check(
        &format!("\u{feff}{good}\r\n{{\"type\": \"organisation\", \"slug\": \"x\", \"name\": \"X\", \"founded\": \"19x\"}}\r\n"),
        "bad.jsonl:2: organisation/x: founded: not an EDTF date: year must have exactly four digits (or X) at character 3",
    )
    .await;
}
