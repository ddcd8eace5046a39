//! `import parlgov`: tables of parties become organisations with their names, and events with what follows from them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;
mod real;

use std::{fs, path::Path};

use api::import::{Format, Report};
use entity::lineage_link;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tests::{On, World, folder, on_both};

on_both! {
    all_that_is_carried_over_is_told,
    links_are_what_the_rows_say,
    a_party_is_called_what_it_was_called,
    everything_leads_back_to_its_row,
    elections_are_events,
    again_nothing_changes,
    a_newer_edition_is_put_in_place_of_the_old,
}

const PARTY: &str = "21__parties__Party.csv";
const CHANGES: &str = "24__parties__PartyChange.csv";

/// A copy of the tables, to be spoilt.
fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder("fixtures/parlgov")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// Puts one text for another in a table, which must have it once.
fn spoil(folder: &Path, table: &str, text: &str, with: &str) {
    let path = folder.join(table);
    let whole = fs::read_to_string(&path).unwrap();
    assert_eq!(whole.matches(text).count(), 1, "{text}");
    fs::write(path, whole.replace(text, with)).unwrap();
}

async fn import(world: &World, path: &Path) -> anyhow::Result<Report> {
    run(world, path, false).await
}

async fn run(world: &World, path: &Path, dry_run: bool) -> anyhow::Result<Report> {
    world.import(Format::Parlgov, path, None, dry_run).await
}

/// A world with the tables made up for these tests.
async fn imported(on: On) -> (World, Report) {
    let world = World::empty(on).await.unwrap();
    let report = import(&world, &folder("fixtures/parlgov")).await.unwrap();
    (world, report)
}

/// Asks, and must be answered.
async fn ask(world: &World, query: &str) -> Value {
    let answer = world.ask(query).await.body;
    assert_eq!(answer.get("errors"), None, "{query}");
    answer["data"].clone()
}

async fn links(world: &World) -> Vec<lineage_link::Model> {
    let links = lineage_link::Entity::find().order_by_asc(lineage_link::Column::Id);
    links.all(&world.database.reader).await.unwrap()
}

async fn all_that_is_carried_over_is_told(on: On) {
    let (_world, report) = imported(on).await;
    let tables = folder("fixtures/parlgov").display().to_string();
    let report = report.to_string().replace(&tables, "parlgov");
    insta::assert_snapshot!("all_that_is_carried_over_is_told", report);
}

/// A party that left and came back keeps both links; no link joins two parties that no row joins, whatever else
/// happened on that day; two rows that say the same are one link.
async fn links_are_what_the_rows_say(on: On) {
    let (world, _) = imported(on).await;
    let answer = ask(
        &world,
        "{ events(filter: {kind: {in: [SPLIT, DIVISION, MERGER, ABSORPTION, SUCCESSION, DEFECTION, OTHER]}}) { nodes {
             name links { kind predecessor { slug } successor { slug } date { edtf } claims(property: \"participants\") { locator quote note } }
         } } }",
    )
    .await;
    let mut told = String::new();
    for event in answer["events"]["nodes"].as_array().unwrap() {
        told += &format!("{}\n", event["name"].as_str().unwrap());
        for link in event["links"].as_array().unwrap() {
            let date = link["date"]["edtf"].as_str().unwrap_or("no date");
            let [kind, from, to] = [
                &link["kind"],
                &link["predecessor"]["slug"],
                &link["successor"]["slug"],
            ];
            told += &format!("  {from} {kind} {to}, {date}\n").replace('"', "");
            for claim in link["claims"].as_array().unwrap() {
                told += &format!("    {claim}\n");
            }
        }
    }
    insta::assert_snapshot!("links_are_what_the_rows_say", told);
}

async fn a_party_is_called_what_it_was_called(on: On) {
    let (world, _) = imported(on).await;
    let answer = ask(
        &world,
        r#"query {
             reform: organisation(by: {external: {scheme: "parlgov", value: "2"}}) {
               slug name abbreviation
               names { text kind language preferred start { edtf } end { edtf } claims { locator status quote note } }
               claims(property: "name") { value locator quote }
             }
             in1940: organisation(by: {slug: "land-greens"}, at: "1940") { name }
             in1961: organisation(by: {slug: "land-greens"}, at: "1961-12") { name }
             in1990: organisation(by: {slug: "land-greens"}, at: "1990") { name }
             dawn: organisations(filter: {names: {text: {eq: "Зора – Първият лъч"}}}) {
               nodes { slug name names { text kind language start { edtf } } }
             }
             cork: organisation(by: {slug: "labour-of-cork"}) { name names { text kind language preferred } }
             namesakes: organisations(filter: {name: {eq: "Green Union"}}) {
               nodes { slug name externalIds { scheme value } claims(property: "name") { quote } }
             }
           }"#,
    )
    .await;
    let told = serde_json::to_string_pretty(&answer).unwrap();
    insta::assert_snapshot!("a_party_is_called_what_it_was_called", told);
}

async fn everything_leads_back_to_its_row(on: On) {
    let (world, _) = imported(on).await;
    let answer = ask(
        &world,
        r#"fragment all on Organisation {
             slug name abbreviation summary kind status founded { edtf precision } dissolved { edtf }
             country { name code } ideologies { name kind }
             externalIds { scheme value url }
             claims { property value locator quote note status }
           }
           query {
             league: organisation(by: {slug: "land-league"}) { ...all }
             candidate: organisation(by: {slug: "independent-anna-muster"}) { ...all }
             alliance: organisation(by: {slug: "alliance-of-the-land"}) { ...all }
             dawn: organisation(by: {slug: "dawn-the-new-hope"}) { ...all }
             union: organisation(by: {slug: "green-union-1992"}) { ...all }
             labour: organisation(by: {external: {scheme: "cmp", value: "53002"}}) { ...all }
           }"#,
    )
    .await;
    let told = serde_json::to_string_pretty(&answer).unwrap();
    insta::assert_snapshot!("everything_leads_back_to_its_row", told);
}

async fn elections_are_events(on: On) {
    let (world, _) = imported(on).await;
    let answer = ask(
        &world,
        "{ events(filter: {kind: {eq: ELECTION}}) { nodes {
             slug name summary date { edtf } place { code } attendance { value }
             externalIds { scheme value } claims(property: \"name\") { locator note }
         } } }",
    )
    .await;
    assert_eq!(
        answer["events"]["nodes"],
        json!([
            {
                "slug": "parliamentary-election-switzerland-october-1971",
                "name": "Parliamentary election, Switzerland, October 1971",
                "summary": "The first in which women, too, voted.",
                "date": {"edtf": "1971-10-31"},
                "place": {"code": "CH"},
                "attendance": {"value": 2_000_135},
                "externalIds": [
                    {"scheme": "parlgov-election", "value": "1"},
                    {"scheme": "wikipedia", "value": "Swiss_federal_election,_1971"},
                ],
                "claims": [{"locator": "Election.csv, id 1", "note": "Taken by ParlGov from: yearbook"}],
            },
            {
                "slug": "european-parliament-election-bulgaria-july-2007",
                "name": "European Parliament election, Bulgaria, July 2007",
                "summary": null,
                // An election is on the day that is written, be it a first of July.
                "date": {"edtf": "2007-07-01"},
                "place": {"code": "BG"},
                "attendance": null,
                "externalIds": [{"scheme": "parlgov-election", "value": "2"}],
                "claims": [{"locator": "Election.csv, id 2", "note": null}],
            },
        ])
    );
}

async fn again_nothing_changes(on: On) {
    let world = World::empty(on).await.unwrap();
    let tables = folder("fixtures/parlgov");
    let ends = |report: &Report, end: &str| assert!(report.to_string().ends_with(end), "{report}");

    let tried = run(&world, &tables, true).await.unwrap();
    ends(
        &tried,
        "nothing was written; without --dry-run: 28 created, 0 updated, 0 unchanged",
    );
    assert!(world.database.is_empty().await.unwrap());

    let first = import(&world, &tables).await.unwrap();
    ends(&first, "\n28 created, 0 updated, 0 unchanged");
    let before = links(&world).await;
    let again = import(&world, &tables).await.unwrap();
    ends(&again, "\n0 created, 0 updated, 28 unchanged");
    assert_eq!(links(&world).await, before);
}

/// A date that was made out, a row that joins an event, and one that is gone.
async fn a_newer_edition_is_put_in_place_of_the_old(on: On) {
    let (world, _) = imported(on).await;
    let tables = copy();
    spoil(tables.path(), PARTY, "1919-07-01", "1919-11-05");
    let joined = "1999-12-01,4\n,,,33,\"{\"\"date_as_is\"\": true}\",5,8,1999-12-01,15\n";
    spoil(tables.path(), CHANGES, "1999-12-01,4\n", joined);
    spoil(tables.path(), CHANGES, ",,,32,,10,8,1984-07-01,12\n", "");
    let report = import(&world, tables.path()).await.unwrap().to_string();
    for line in [
        "organisations: 0 created, 1 updated, 9 unchanged",
        "events: 0 created, 2 updated, 10 unchanged",
    ] {
        assert!(report.contains(line), "{report}");
    }
    let answer = ask(
        &world,
        r#"query {
             organisation(by: {slug: "land-league"}) { founded { edtf } claims(property: "founded") { value } }
             merger: event(by: {external: {scheme: "parlgov-change", value: "15"}}) { slug name links { predecessor { slug } } }
             division: event(by: {external: {scheme: "parlgov-change", value: "11"}}) { slug name links { successor { slug } } }
           }"#,
    )
    .await;
    assert_eq!(
        answer,
        json!({
            "organisation": {"founded": {"edtf": "1919-11-05"}, "claims": [{"value": "1919-11-05"}]},
            "merger": {
                "slug": "merger-of-green-union-and-dawn-the-first-ray-into-green-union-1999",
                "name": "Merger of Green Union, Dawn – The First Ray and Radical Labour / Workers' List into Green Union, 1999",
                "links": [
                    {"predecessor": {"slug": "green-union-1992"}},
                    {"predecessor": {"slug": "dawn-the-new-hope"}},
                    {"predecessor": {"slug": "radical-labour-workers-list"}},
                ],
            },
            // Slugs are for good, whatever is learnt later.
            "division": {
                "slug": "division-of-radical-labour-workers-list-into-labour-of-cork-and-labour-of-derry",
                "name": "Division of Radical Labour / Workers' List into Labour of Cork, 1984",
                "links": [{"successor": {"slug": "labour-of-cork"}}],
            },
        })
    );
}
