//! Files that come again after the data has changed, or the file: nothing is doubled, and nothing that people decided
//! is undone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use api::import::{self, Format};
use api::write::{Draft, Kind};
use serde_json::{Value, json};
use tests::{On, World, on_both, save};

on_both! {
    records_that_were_found_to_be_one_stay_one,
    what_stood_together_and_stands_apart_parts,
}

async fn load(world: &World, rows: &str) -> import::Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("left.csv");
    fs::write(&path, format!("id,name,start,end,split,merge\n{rows}")).unwrap();
    let done = world
        .import(Format::TimelineCsv, &path, Some("left"), false)
        .await;
    done.unwrap()
}

fn counts(report: &import::Report) -> [usize; 3] {
    report.records.values().fold([0; 3], |total, counts| {
        let counts = [counts.created, counts.updated, counts.unchanged];
        [0, 1, 2].map(|index| total[index] + counts[index])
    })
}

async fn all(world: &World) -> Vec<Value> {
    let bytes = world.exported(api::export::Format::Jsonl).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

async fn slugs(world: &World, kind: &str) -> Vec<String> {
    let all = all(world).await;
    let of_kind = all.iter().filter(|record| record["type"] == kind);
    of_kind
        .map(|record| record["slug"].as_str().unwrap().to_owned())
        .collect()
}

async fn records_that_were_found_to_be_one_stay_one(on: On) {
    let world = World::empty(on).await.unwrap();
    let rows = "a,Left League,1900,1950,,\nb,League of the Left,1900,1950,,\nc,New Left,1920,,b,\n";
    load(&world, rows).await;

    let records = all(&world).await;
    let named = |slug| records.iter().find(|record| record["slug"] == slug);
    let other = named("league-of-the-left").unwrap()["external_ids"][0].clone();
    let mut league = named("left-league").unwrap().clone();
    league["external_ids"].as_array_mut().unwrap().push(other);
    league["merged"] = json!(["league-of-the-left"]);
    league.as_object_mut().unwrap().shift_remove("type");
    let draft = Draft::parse(Kind::Organisation, &league.to_string()).unwrap();
    save(&world, 1, &[draft]).await.unwrap();
    let bodies = ["left-league", "new-left"];
    assert_eq!(slugs(&world, "organisation").await, bodies);

    // The split's draft names the one that is left from now on.
    let report = load(&world, rows).await;
    assert_eq!(counts(&report), [0, 1, 2], "{report}");
    let after = all(&world).await;
    let report = load(&world, rows).await;
    assert_eq!(counts(&report), [0, 0, 3], "{report}");
    assert!(
        report.to_string().contains(
            "left.csv:3: organisation/left-league is what an earlier record of the file is too; what this one says is left out"
        ),
        "{report}"
    );
    assert_eq!(all(&world).await, after);

    // What the file says of the two comes to nothing, and the rest comes over.
    let rows = rows.replace("1950,,\nc", "1950,a,\nc") + "d,Far Left,1930,,b,\n";
    let report = load(&world, &rows).await;
    assert!(
        report
            .to_string()
            .contains("is within organisation/left-league"),
        "{report}"
    );
    let bodies = ["far-left", "left-league", "new-left"];
    assert_eq!(slugs(&world, "organisation").await, bodies);
    assert_eq!(slugs(&world, "event").await.len(), 2);
    assert_eq!(counts(&load(&world, &rows).await)[..2], [0, 0]);
}

async fn what_stood_together_and_stands_apart_parts(on: On) {
    let world = World::empty(on).await.unwrap();
    let together = "u,Union,1950,,,\na,Left,1900,1950,,u\nb,Right,1901,1950,,u\n";
    load(&world, together).await;
    assert_eq!(slugs(&world, "event").await.len(), 1);

    let apart = together.replace("1901,1950", "1901,1951");
    let report = load(&world, &apart).await;
    assert_eq!(counts(&report)[0], 1, "{report}");
    assert_eq!(slugs(&world, "event").await.len(), 2);
    let events = all(&world).await;
    let events = events.iter().filter(|record| record["type"] == "event");
    let mut told: Vec<_> = events
        .map(|event| {
            let parties = event["participants"].as_array().unwrap().iter();
            let parties: Vec<_> = parties.map(|it| it["participant"].clone()).collect();
            json!([event["date"], parties])
        })
        .collect();
    told.sort_by_key(ToString::to_string);
    let [left, right, union] = ["left", "right", "union"].map(|it| format!("organisation/{it}"));
    assert_eq!(
        told,
        [
            json!(["1950", [left, union]]),
            json!(["1951", [right, union]])
        ]
    );
    let again = load(&world, &apart).await;
    assert_eq!(counts(&again)[..2], [0, 0], "{again}");
}
