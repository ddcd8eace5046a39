//! `export popolo`: what the document tells, what it cannot, and that it can be read again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use api::export::{self, Format};
use api::import;
use api::progress::Silent;
use serde_json::{Value, json};
use tests::{BASE_URL, On, World, on_both};

on_both! {
    records_stand_in_collections_and_lead_to_each_other,
    what_is_in_doubt_is_left_out_and_told,
    what_is_written_can_be_read_and_is_written_the_same_again,
    a_document_that_was_read_comes_out_again,
    who_says_to_be_a_record_here_is_that_record,
}

const COLLECTIONS: [&str; 5] = ["persons", "organizations", "memberships", "areas", "events"];

async fn export(world: &World) -> (String, String) {
    let mut bytes = Vec::new();
    let losses = export::export(
        &world.database,
        Format::Popolo,
        BASE_URL,
        &mut bytes,
        &Silent,
    )
    .await;
    (
        String::from_utf8(bytes).unwrap(),
        losses.unwrap().to_string(),
    )
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

async fn load(world: &World, format: import::Format, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.json");
    fs::write(&path, text).unwrap();
    let report = world.import(format, &path, Some("document"), false).await;
    report.unwrap().to_string()
}

/// The document that comes of reading this one into an empty database.
async fn again(on: On, text: &str) -> String {
    let world = World::empty(on).await.unwrap();
    load(&world, import::Format::Popolo, text).await;
    export(&world).await.0
}

fn records<'a>(document: &'a Value, collection: &str) -> &'a [Value] {
    document[collection].as_array().unwrap()
}

fn record<'a>(document: &'a Value, collection: &str, id: &str) -> &'a Value {
    let mut found = records(document, collection).iter();
    found.find(|record| record["id"] == id).unwrap()
}

/// Whether this is a year, a month or a day, as the specification has dates.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.concat().bytes().all(|it| it.is_ascii_digit());
    digits && (widths == [4] || widths == [4, 2] || widths == [4, 2, 2])
}

/// Checks that a document is one as the specification has it.
fn check(document: &Value) {
    for collection in COLLECTIONS {
        let mut ids = BTreeSet::new();
        for record in records(document, collection) {
            let fields = record.as_object().unwrap();
            if collection != "memberships" {
                assert!(ids.insert(record["id"].as_str().unwrap()), "{record}");
                assert!(!record["name"].as_str().unwrap().is_empty(), "{record}");
            }
            for (field, value) in fields {
                let target = match (field.as_str(), collection) {
                    ("person_id", _) => "persons",
                    ("member_id" | "organization_id", _) | ("parent_id", "organizations") => {
                        "organizations"
                    }
                    ("area_id", _) | ("parent_id", "areas") => "areas",
                    _ => {
                        assert!(!value.is_null() && *value != json!([]), "{record}");
                        let is_date_field = field.ends_with("_date");
                        assert!(
                            !is_date_field || is_date(value.as_str().unwrap()),
                            "{record}"
                        );
                        continue;
                    }
                };
                let mut targets = records(document, target).iter();
                assert!(targets.any(|it| it["id"] == *value), "{field} of {record}");
            }
            for attendee in record["attendees"].as_array().into_iter().flatten() {
                let mut people = records(document, "persons").iter();
                assert!(people.any(|it| it["id"] == attendee["id"]), "{record}");
            }
        }
    }
}

async fn records_stand_in_collections_and_lead_to_each_other(on: On) {
    let world = World::small(on).await.unwrap();
    let (text, losses) = export(&world).await;
    insta::assert_snapshot!("popolo", format!("{text}\nnot in it:\n{losses}"));
    let document = document(&text);
    check(&document);
    assert_eq!(document["meta"], json!({"sources": [BASE_URL]}));
    let party = record(&document, "organizations", "workers-party");
    assert_eq!(party["classification"], "party");
    assert_eq!(party["founding_date"], "1905");
    assert_eq!(party["area_id"], "velonia");
    assert_eq!(
        party["contact_details"],
        json!([{"type": "address", "value": "12 Forge Street"}])
    );
    let country = record(&document, "areas", "velonia");
    assert_eq!(country["identifier"], "ocd-division/country:xv");
}

const DOUBTFUL: &str = r#"{"type": "source", "slug": "book", "title": "A book"}
{"type": "source", "slug": "page", "title": "A page", "url": "https://example.org/page"}
{"type": "organisation", "slug": "about", "name": "About", "source": "page", "founded": "1985~", "dissolved": "1990?", "status": "DISSOLVED"}
{"type": "organisation", "slug": "coarse", "name": "Coarse", "source": "book", "founded": "1974-21", "dissolved": {"edtf": "198X", "text": "in the eighties"}, "affiliations": [{"body": "about", "kind": "PARENT", "start": "1975~"}, {"body": "about", "kind": "ALLY"}, {"body": "about", "kind": "SECTION", "start": "1976"}]}
{"type": "person", "slug": "ana", "name": "Ana", "source": "page", "memberships": [{"organisation": "about", "role": "chair", "status": "DENIED"}, {"organisation": "about", "role": "member", "start": "1985~"}, {"organisation": "about", "role": "member"}, {"organisation": "coarse", "role": "clerk", "status": "DERIVED"}]}
{"type": "event", "slug": "days", "name": "Days of action", "kind": "STRIKE", "date": "1986-05-01/1986-05-03", "participants": [{"participant": "organisation/about", "role": "organiser"}, {"participant": "person/ana", "role": "attendee", "note": "with a drum"}, {"participant": "person/ana", "role": "speaker"}]}
{"type": "event", "slug": "since", "name": "Since then", "date": "1986/.."}
{"type": "event", "slug": "until", "name": "Until then", "date": "../1986"}"#;

async fn what_is_in_doubt_is_left_out_and_told(on: On) {
    let world = World::empty(on).await.unwrap();
    load(&world, import::Format::Jsonl, DOUBTFUL).await;
    let (text, losses) = export(&world).await;
    let document = document(&text);
    check(&document);
    let own = |slug: &str| json!([{"scheme": "schismograph", "identifier": slug}]);
    let sources = json!([{"url": "https://example.org/page", "note": "A page"}]);
    assert_eq!(
        document["organizations"],
        json!([
            {"id": "about", "name": "About", "identifiers": own("about"), "sources": sources},
            {"id": "coarse", "name": "Coarse", "identifiers": own("coarse"), "parent_id": "about", "founding_date": "1974"},
        ])
    );
    assert_eq!(
        document["memberships"],
        json!([
            {"person_id": "ana", "organization_id": "about", "role": "member"},
            {"person_id": "ana", "organization_id": "coarse", "role": "clerk"},
            {"member_id": "coarse", "member_type": "Organization", "organization_id": "about", "role": "section", "start_date": "1976"},
        ])
    );
    assert_eq!(
        document["events"],
        json!([
            {"id": "days", "name": "Days of action", "classification": "strike", "start_date": "1986-05-01", "end_date": "1986-05-03",
             "organization_id": "about", "attendees": [{"id": "ana"}], "identifiers": own("days")},
            {"id": "since", "name": "Since then", "identifiers": own("since")},
            {"id": "until", "name": "Until then", "end_date": "1986", "identifiers": own("until")},
        ])
    );
    insta::assert_snapshot!("popolo_losses", losses);
}

/// What comes out of a document once it has been read: the same, but that everything in it has been taken from that
/// document then.
fn apart_from_sources(text: &str) -> Value {
    let mut document = document(text);
    for collection in COLLECTIONS {
        for record in document[collection].as_array_mut().unwrap() {
            record.as_object_mut().unwrap().remove("sources");
        }
    }
    document
}

fn assert_same(one: &str, other: &str) {
    let [one, mut other] = [one, other].map(apart_from_sources);
    // A place is named in events by its name alone: where several have that name, nothing tells which it is, so that it
    // comes back as one more.
    let areas = other["areas"].as_array_mut().unwrap();
    areas.retain(|area| {
        let known = |field: &str| {
            let areas = records(&one, "areas").iter();
            areas.filter(|it| it[field] == area[field]).count()
        };
        known("id") == 1 || known("name") < 2
    });
    for collection in COLLECTIONS {
        let [one, other] = [&one, &other].map(|it| records(it, collection));
        for (one, other) in one.iter().zip(other) {
            assert_eq!(one, other);
        }
        assert_eq!(one.len(), other.len());
    }
    assert_eq!(one, other);
}

async fn what_is_written_can_be_read_and_is_written_the_same_again(on: On) {
    for world in World::various(on).await.unwrap() {
        let (first, _) = export(&world).await;
        check(&document(&first));
        let second = again(on, &first).await;
        assert_same(&first, &second);
        assert_eq!(again(on, &second).await, second);
    }
}

async fn a_document_that_was_read_comes_out_again(on: On) {
    let world = World::empty(on).await.unwrap();
    let atlantis = include_str!("../fixtures/atlantis.json");
    load(&world, import::Format::Popolo, atlantis).await;
    let (text, _) = export(&world).await;
    let written = document(&text);
    check(&written);
    let read = document(atlantis);
    let ana = record(&written, "persons", "ana-sol");
    for field in ["name", "birth_date", "summary"] {
        assert_eq!(ana[field], read["persons"][0][field]);
    }
    let ids = ana["identifiers"].as_array().unwrap();
    for (scheme, id) in [
        ("schismograph", "ana-sol"),
        ("popolo", "document:persons/p1"),
        ("wikidata", "Q1001"),
        ("assembly", "7"),
        ("wikipedia-fr", "Ana_Sol"),
    ] {
        assert!(
            ids.contains(&json!({"scheme": scheme, "identifier": id})),
            "{ana}"
        );
    }
    assert_eq!(
        ana["other_names"],
        json!([
            {"name": "Ana Luna", "end_date": "1975-06-01", "note": "former"},
            {"name": "Ἄνα Σόλ", "lang": "el", "note": "translation"},
        ])
    );
    let party = record(&written, "organizations", "sea-party");
    for field in [
        "name",
        "founding_date",
        "dissolution_date",
        "abstract",
        "image",
        "classification",
    ] {
        assert_eq!(party[field], read["organizations"][0][field], "{field}");
    }
    let committee = record(&written, "organizations", "fisheries-committee");
    assert_eq!(committee["parent_id"], "assembly");
    assert_eq!(committee["classification"], "committee");
    let chair = json!("chair");
    let chair = records(&written, "memberships")
        .iter()
        .find(|it| it["role"] == chair);
    assert_eq!(chair.unwrap()["start_date"], "1980-01-02");
    let election = &written["events"][0];
    assert_eq!(election["organization_id"], "assembly");
    assert_eq!(election["attendees"], json!([{"id": "ana-sol"}]));
    assert_eq!(election["location"], "North Bay Hall");
    let second = again(on, &text).await;
    assert_same(&text, &second);
}

async fn who_says_to_be_a_record_here_is_that_record(on: On) {
    let world = World::small(on).await.unwrap();
    let (text, _) = export(&world).await;
    let changed = text.replace(
        "\"name\":\"Workers' Party\"",
        "\"name\":\"Party of the Workers\"",
    );
    assert_ne!(changed, text);
    let report = load(&world, import::Format::Popolo, &changed).await;
    assert!(report.contains("sources: 1 created"), "{report}");
    assert!(report.contains("\n1 created, "), "{report}");
    let query = "{ organisation(by: { slug: \"workers-party\" }) {
        name
    } }";
    let answer = world.ask(query).await;
    assert_eq!(
        answer.body["data"]["organisation"]["name"], "Workers' Party",
        "{}",
        answer.body
    );
    // Of two that say to be the same, one is.
    let twice = text.replace(
        "\"identifier\":\"sailors-club\"",
        "\"identifier\":\"red-alternative\"",
    );
    let other = World::small(on).await.unwrap();
    let report = load(&other, import::Format::Popolo, &twice).await;
    assert!(report.contains("\n2 created, "), "{report}");
    assert!(report.contains("organisations: 1 created"), "{report}");
}
