//! `import popolo`: people, organisations and memberships as JSON.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use api::import::{Format, Report};
use serde_json::{Value, json};
use tests::{On, World, on_both, program};

on_both! {
    records_and_their_ties_come_over,
    a_membership_has_the_time_of_its_period_and_the_party_it_is_for,
    records_may_stand_within_each_other,
    one_record_alone_is_understood,
    what_leads_nowhere_is_told,
    records_are_told_by_ids_and_not_by_names,
    again_changes_nothing_and_a_dry_run_leaves_nothing,
    what_is_wrong_is_told_with_its_place,
}

async fn import_as(world: &World, path: &Path, dry_run: bool) -> anyhow::Result<Report> {
    world
        .import(Format::Popolo, path, Some("atlantis"), dry_run)
        .await
}

/// Imports a document; messages name the file alone.
async fn import(world: &World, text: &str) -> anyhow::Result<String> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("atlantis.json");
    fs::write(&path, text)?;
    let done = import_as(world, &path, false).await;
    let short = |text: String| text.replace(&format!("{}/", folder.path().display()), "");
    match done {
        Ok(report) => Ok(short(report.to_string())),
        Err(error) => Err(anyhow::anyhow!(short(error.to_string()))),
    }
}

async fn ask(world: &World, query: &str) -> Value {
    let answer = world.ask(query).await;
    assert_eq!(answer.body["errors"], Value::Null, "{}", answer.body);
    answer.body["data"].clone()
}

async fn organisation(world: &World, slug: &str, fields: &str) -> Value {
    let query = format!("{{ it: organisation(by: {{slug: \"{slug}\"}}) {{ {fields} }} }}");
    ask(world, &query).await["it"].clone()
}

async fn person(world: &World, slug: &str, fields: &str) -> Value {
    let query = format!("{{ it: person(by: {{slug: \"{slug}\"}}) {{ {fields} }} }}");
    ask(world, &query).await["it"].clone()
}

const ATLANTIS: &str = include_str!("../fixtures/atlantis.json");

async fn records_and_their_ties_come_over(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = import(&world, ATLANTIS).await.unwrap();
    assert_eq!(
        report,
        "        2  persons
        4  organizations
        1  events
        2  areas
        3  memberships of people
        1  memberships of organizations
        1  posts
not carried over:
  2 `motions`: the graph has no place for them
  2 contact details: the graph has no place for how somebody is reached
  1 links: the graph has no place for addresses but an organisation's website and articles of Wikipedia
  1 languages in which the name is the same: the graph does not repeat a name for each language
  1 `gender` of persons: the graph has no place for it
  1 `email` of persons: the graph has no place for how somebody is reached
  1 `given_name` of persons: a name is kept as a whole
  1 `family_name` of persons: a name is kept as a whole
  1 `seats` of organizations: the graph has no place for it
  1 `geometry` of areas: the graph has no place for shapes
  1 posts that nobody holds: the graph knows posts by those who hold them
places: 3 created, 0 updated, 0 unchanged
sources: 1 created, 0 updated, 0 unchanged
people: 2 created, 0 updated, 0 unchanged
organisations: 4 created, 0 updated, 0 unchanged
events: 1 created, 0 updated, 0 unchanged
11 created, 0 updated, 0 unchanged"
    );
    let fields = "name summary born { edtf } died { edtf } externalIds { scheme value url }
        names { text kind language end { edtf } }
        claims(property: \"born\") { locator note source { slug url } }
        organisations { nodes { organisation { slug } role post start { edtf } end { edtf } status claims { note } } }";
    assert_eq!(
        person(&world, "ana-sol", fields).await,
        json!({
            "name": "Ana Sol", "summary": "First of the Assembly", "born": {"edtf": "1951-03"}, "died": null,
            "externalIds": [
                {"scheme": "assembly", "value": "7", "url": null},
                {"scheme": "atlantis", "value": "A-1", "url": null},
                {"scheme": "popolo", "value": "atlantis:persons/p1", "url": null},
                {"scheme": "wikidata", "value": "Q1001", "url": "https://www.wikidata.org/wiki/Q1001"},
                {"scheme": "wikipedia-fr", "value": "Ana_Sol", "url": "https://fr.wikipedia.org/wiki/Ana_Sol"},
            ],
            "names": [
                {"text": "Ana Sol", "kind": "OFFICIAL", "language": null, "end": null},
                {"text": "Ana Luna", "kind": "FORMER", "language": null, "end": {"edtf": "1975-06-01"}},
                {"text": "Ἄνα Σόλ", "kind": "TRANSLATION", "language": "el", "end": null},
            ],
            "claims": [{
                "locator": "persons/p1", "note": "Taken from https://example.org/ana (her page)",
                "source": {"slug": "atlantis", "url": "https://example.org/atlantis"},
            }],
            "organisations": {"nodes": [
                {"organisation": {"slug": "sea-party"}, "role": "chair", "post": null, "start": {"edtf": "1980-01-02"},
                 "end": {"edtf": "1990"}, "status": "STATED", "claims": [{"note": null}]},
                {"organisation": {"slug": "assembly"}, "role": "speaker", "post": "Speaker of the Assembly, North Bay",
                 "start": null, "end": null, "status": "STATED", "claims": [{"note": "Taken from https://example.org/list"}]},
            ]},
        })
    );
    assert_eq!(
        person(&world, "beo-mar", "name organisations { nodes { role } }").await,
        json!({"name": "Beo Mar", "organisations": {"nodes": [{"role": "member"}]}})
    );
    let fields =
        "name abbreviation kind status founded { edtf } dissolved { edtf } summary logo website
        country { name code } places { role place { name } } names { text kind }
        affiliations { nodes { kind body { slug } start { edtf } claims { note } } }";
    assert_eq!(
        organisation(&world, "sea-party", fields).await,
        json!({
            "name": "Sea Party", "abbreviation": "SP", "kind": "PARTY", "status": "DISSOLVED",
            "founded": {"edtf": "1970"}, "dissolved": {"edtf": "2001-04-05"}, "summary": "For the sea.",
            "logo": "https://example.org/sea.png", "website": "https://sea.example.org",
            "country": {"name": "Atlantis", "code": "AT"}, "places": [],
            "names": [
                {"text": "Sea Party", "kind": "OFFICIAL"},
                {"text": "Shore Party", "kind": "FORMER"},
            ],
            "affiliations": {"nodes": [
                {"kind": "MEMBER", "body": {"slug": "ocean-front"}, "start": {"edtf": "1995"}, "claims": [{"note": "As founder"}]},
            ]},
        })
    );
    let fields =
        "kind claims(property: \"kind\") { quote } places { role place { name parent { name } } }
        affiliations { nodes { kind body { slug } } }";
    assert_eq!(
        organisation(&world, "fisheries-committee", fields).await,
        json!({
            "kind": "ORGAN", "claims": [{"quote": "committee"}], "places": [],
            "affiliations": {"nodes": [{"kind": "PARENT", "body": {"slug": "assembly"}}]},
        })
    );
    assert_eq!(
        organisation(&world, "assembly", fields).await,
        json!({
            "kind": "LEGISLATURE", "claims": [{"quote": "legislature"}],
            "places": [{"role": "area", "place": {"name": "North Bay", "parent": {"name": "Atlantis"}}}],
            "affiliations": {"nodes": []},
        })
    );
    // What the vocabulary has no word for keeps its own.
    assert_eq!(
        organisation(
            &world,
            "ocean-front",
            "kind claims(property: \"kind\") { quote }"
        )
        .await,
        json!({"kind": "OTHER", "claims": [{"quote": "umbrella"}]})
    );
    let query = "{ events { nodes { name kind date { edtf } place { name }
        participants { nodes { role participant { slug } } } } } }";
    assert_eq!(
        ask(&world, query).await["events"]["nodes"],
        json!([{
            "name": "Election of 1999", "kind": "ELECTION", "date": {"edtf": "1999-05-02"}, "place": {"name": "North Bay Hall"},
            "participants": {"nodes": [
                {"role": "organiser", "participant": {"slug": "assembly"}},
                {"role": "attendee", "participant": {"slug": "ana-sol"}},
            ]},
        }])
    );
}

async fn a_membership_has_the_time_of_its_period_and_the_party_it_is_for(on: On) {
    let world = World::empty(on).await.unwrap();
    let text = r#"{
        "persons": [{"id": "p", "name": "Ana"}],
        "organizations": [{"id": "l", "name": "Assembly"}, {"id": "party/s", "name": "Sea Party"}],
        "areas": [{"id": "a", "name": "North Bay"}],
        "events": [{"id": "term/1", "name": "First Assembly", "classification": "legislative period", "start_date": "1990-03-01", "end_date": "1994"}],
        "memberships": [{"person_id": "p", "organization_id": "l", "on_behalf_of_id": "party/s", "area_id": "a",
                         "legislative_period_id": "term/1", "role": "deputy", "start_date": "1991"}]
    }"#;
    import(&world, text).await.unwrap();
    let fields = "organisations { nodes { organisation { slug } role post start { edtf } end { edtf } status claims { status locator note } } }";
    assert_eq!(
        person(&world, "ana", fields).await["organisations"]["nodes"],
        json!([
            {"organisation": {"slug": "sea-party"}, "role": "representative", "post": "deputy, Assembly",
             "start": {"edtf": "1991"}, "end": {"edtf": "1994"}, "status": "DERIVED",
             "claims": [{"status": "DERIVED", "locator": "memberships of persons/p", "note": "deputy of Assembly on its behalf"}]},
            {"organisation": {"slug": "assembly"}, "role": "deputy", "post": "deputy, North Bay",
             "start": {"edtf": "1991"}, "end": {"edtf": "1994"}, "status": "DERIVED",
             "claims": [{"status": "DERIVED", "locator": "memberships of persons/p", "note": "The time is that of First Assembly"}]},
        ])
    );
    let events = ask(&world, "{ events { nodes { kind date { edtf } } } }").await;
    assert_eq!(
        events["events"]["nodes"],
        json!([{"kind": "OTHER", "date": {"edtf": "1990-03-01/1994"}}])
    );
}

async fn records_may_stand_within_each_other(on: On) {
    let world = World::empty(on).await.unwrap();
    let text = r#"{
        "organizations": [{
            "id": "l", "name": "Assembly",
            "area": {"id": "a", "name": "North Bay"},
            "parent": {"id": "u", "name": "Union"},
            "children": [{"id": "c", "name": "Committee"}],
            "posts": [{"id": "s", "label": "Speaker", "memberships": [{"person": {"name": "Beo"}}]}],
            "memberships": [
                {"id": "1", "role": "member", "person": {"id": "p", "name": "Ana"}},
                {"id": "2", "member": {"id": "g", "name": "Greens", "classification": "party", "founding_date": "1990"}}
            ]
        }],
        "memberships": [{"id": "1", "person_id": "p", "organization_id": "l", "role": "member"}],
        "persons": [{"id": "p", "name": "Ana", "birth_date": "1950"}, {"id": "p", "name": "Anna"}]
    }"#;
    let report = import(&world, text).await.unwrap();
    assert!(
        report.contains("  atlantis.json:14:71: person `p` says something else on name than before; what it said first is kept"),
        "{report}"
    );
    let fields = "born { edtf } organisations { nodes { organisation { slug } role } }";
    assert_eq!(
        person(&world, "ana", fields).await,
        json!({"born": {"edtf": "1950"}, "organisations": {"nodes": [{"organisation": {"slug": "assembly"}, "role": "member"}]}})
    );
    let fields = "places { place { name } } affiliations { nodes { kind body { slug } } }
        affiliates { nodes { kind member { slug } } } people { nodes { person { slug } post } }";
    assert_eq!(
        organisation(&world, "assembly", fields).await,
        json!({
            "places": [{"place": {"name": "North Bay"}}],
            "affiliations": {"nodes": [{"kind": "PARENT", "body": {"slug": "union"}}]},
            "affiliates": {"nodes": [
                {"kind": "MEMBER", "member": {"slug": "greens"}},
                {"kind": "PARENT", "member": {"slug": "committee"}},
            ]},
            "people": {"nodes": [
                {"person": {"slug": "ana"}, "post": null},
                {"person": {"slug": "beo"}, "post": "Speaker"},
            ]},
        })
    );
}

async fn one_record_alone_is_understood(on: On) {
    let world = World::empty(on).await.unwrap();
    // A person by the organisations that it belongs to, an organisation by the people that belong to it.
    import(&world, r#"{"id": "p", "name": "Ana", "memberships": [{"organization": {"id": "o", "name": "League"}}]}"#)
        .await
        .unwrap();
    assert_eq!(
        person(
            &world,
            "ana",
            "organisations { nodes { organisation { name } } }"
        )
        .await,
        json!({"organisations": {"nodes": [{"organisation": {"name": "League"}}]}})
    );
    import(&world, r#"[{"id": "b", "name": "Beo", "birth_date": "1950"}, {"@type": "Organization", "id": "u", "name": "Union"}]"#)
        .await
        .unwrap();
    assert_eq!(person(&world, "beo", "name").await, json!({"name": "Beo"}));
    assert_eq!(
        organisation(&world, "union", "name").await,
        json!({"name": "Union"})
    );
    // An organisation that an earlier file told of.
    import(
        &world,
        r#"{"persons": [{"id": "c", "name": "Cay", "memberships": [{"organization_id": "u"}]}]}"#,
    )
    .await
    .unwrap();
    assert_eq!(
        person(
            &world,
            "cay",
            "organisations { nodes { organisation { name } } }"
        )
        .await,
        json!({"organisations": {"nodes": [{"organisation": {"name": "Union"}}]}})
    );
}

async fn what_leads_nowhere_is_told(on: On) {
    let world = World::empty(on).await.unwrap();
    let text = r#"{
"persons": [{"id": "person-1", "name": "Ana"}],
"organizations": [{"id": "o", "name": "League", "parent_id": "x", "links": [{"url": "ftp://y"}], "image": "y"},
  {"id": "s", "name": "Self", "parent_id": "s"}],
"areas": [{"id": "a", "name": "A", "parent_id": "b"}, {"id": "b", "name": "B", "parent_id": "a"}],
"memberships": [
  {"person_id": "persn-1", "organization_id": "o"},
  {"person_id": "person-1", "organization_id": "o", "post_id": "9"},
  {"person_id": "person-1"}
]}"#;
    let report = import(&world, text).await.unwrap();
    let told = report
        .lines()
        .filter(|line| line.starts_with("warning") || line.starts_with("  atlantis"));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "warning: addresses that cannot be understood: 1",
            "  atlantis.json:3:107: the image is no web address; it is left out",
            "warning: areas that lie in themselves: 2",
            "  atlantis.json:5:49: area `a` would lie in itself; it is left out of it",
            "  atlantis.json:5:93: area `b` would lie in itself; it is left out of it",
            "warning: references to records that are not in the file: 3",
            "  atlantis.json:7:17: memberships[0].person_id: no person has the id `persn-1`; did you mean `person-1`?",
            "  atlantis.json:8:64: memberships[1].post_id: no post has the id `9`",
            "  atlantis.json:3:62: organizations[0].parent_id: no organization has the id `x`",
            "warning: memberships without a member or without an organization: 1",
            "  atlantis.json:9:3: memberships[2]: it says not who belongs to what",
            "warning: organizations that belong to themselves: 1",
            "  atlantis.json:4:44: organizations[1].parent_id: an organization cannot be a part of itself",
        ]
    );
}

async fn records_are_told_by_ids_and_not_by_names(on: On) {
    let world = World::empty(on).await.unwrap();
    let wikidata = |id: &str, name: &str| {
        format!(
            r#"{{"id": "{id}", "name": "{name}", "identifiers": [{{"scheme": "Wikidata", "identifier": "https://www.wikidata.org/entity/Q5"}}]}}"#
        )
    };
    import(
        &world,
        &format!(r#"{{"organizations": [{}]}}"#, wikidata("1", "League")),
    )
    .await
    .unwrap();
    // Another id in the file, and the same record by its id in another collection; beside it another of its name.
    let both = format!(
        r#"{{"organizations": [{}, {{"id": "3", "name": "League"}}]}}"#,
        wikidata("2", "The League")
    );
    import(&world, &both).await.unwrap();
    let query = "{ organisations { nodes { slug name names { text } externalIds { value } } } }";
    assert_eq!(
        ask(&world, query).await["organisations"]["nodes"],
        json!([
            {"slug": "league-atlantis", "name": "League", "names": [{"text": "League"}],
             "externalIds": [{"value": "atlantis:organizations/3"}]},
            {"slug": "league", "name": "The League", "names": [{"text": "The League"}],
             "externalIds": [{"value": "atlantis:organizations/1"}, {"value": "atlantis:organizations/2"}, {"value": "Q5"}]},
        ])
    );
}

async fn again_changes_nothing_and_a_dry_run_leaves_nothing(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("atlantis.json");
    fs::write(&path, ATLANTIS).unwrap();
    let dry = import_as(&world, &path, true).await.unwrap().to_string();
    assert!(
        dry.ends_with("nothing was written; without --dry-run: 11 created, 0 updated, 0 unchanged"),
        "{dry}"
    );
    assert!(world.database.is_empty().await.unwrap());
    import_as(&world, &path, false).await.unwrap();
    let again = import_as(&world, &path, false).await.unwrap().to_string();
    assert!(
        again.ends_with("0 created, 0 updated, 10 unchanged"),
        "{again}"
    );
}

async fn what_is_wrong_is_told_with_its_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let check = async |text: &str, told: &str| {
        let error = import(&world, text).await.unwrap_err().to_string();
        assert_eq!(error, told);
        assert!(world.database.is_empty().await.unwrap());
    };
    check("", "atlantis.json:1:1: the file is empty").await;
    check(
        "{\"persons\": [\n{\"id\": \"Ä\" \"name\"",
        "atlantis.json:2:12: expected `,` or `}`",
    )
    .await;
    check(
        "{\"persons\": [\n{\"id\": 1, \"name\": \"A\"",
        "atlantis.json:2:22: EOF while parsing an object; the file is cut off",
    )
    .await;
    check(
        "{\"name\": \"A\"}",
        "atlantis.json:1:1: nothing tells whether this is a person, an organization or what else; put it in a list, as in {\"persons\": [..]}",
    )
    .await;
    check(
        "{\"persons\": [\n  {\"id\": 1},\n  {\"id\": 2, \"name\": [1], \"birth_date\": \"5/6/1950\"}, 7,\n  {\"id\": 3, \"name\": \"x\", \"other_names\": {\"a\": 1}}],\n\"memberships\": {\"a\": 1}}",
        "6 things are wrong\n\
         atlantis.json:3:53: persons[2]: this is no object; write it as in {\"id\": \"1\", \"name\": \"One\"}\n\
         atlantis.json:5:16: memberships: this is no list; put it in brackets\n\
         atlantis.json:2:3: persons[0]: it has no name\n\
         atlantis.json:3:21: persons[1].name: this is no text\n\
         atlantis.json:3:40: persons[1].birth_date: `5/6/1950` does not tell which number is the month; write it as in 2011-04-21\n\
         atlantis.json:4:41: persons[3].other_names: this is no list; put it in brackets",
    )
    .await;
}

/// Each call of the program ends with status 1 and this message, and leaves the database as it was: with nothing.
#[test]
fn the_program_refuses_what_is_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.json", b"");
    write("latin.json", b"{\"persons\": [\n{\"name\": \"F\xedann\"}]}");
    write("cut.json", &ATLANTIS.as_bytes()[..400]);
    write("wrong.json", b"{\"person\": [{\"name\": \"Ana\"}]}");
    fs::create_dir(folder.path().join("folder.json")).unwrap();
    for (file, message) in [
        ("none.json", "none.json: there is no such file"),
        ("empty.json", "empty.json:1:1: the file is empty"),
        (
            "latin.json",
            "latin.json:2:12: not UTF-8: the byte 0xED begins no character, as in a file saved as Latin-1; save it as UTF-8",
        ),
        (
            "cut.json",
            "cut.json:8:98: EOF while parsing a string; the file is cut off",
        ),
        (
            "folder.json",
            "folder.json: this is a folder; name a file in it",
        ),
    ] {
        let (status, text) = program::run(folder.path(), &["import", "popolo", file]);
        assert_eq!((status, text), (1, format!("error: {message}\n")));
    }
    let (status, text) = program::run(folder.path(), &["import", "popolo", "wrong.json"]);
    assert!(
        status == 1 && text.starts_with("error: wrong.json:1:1"),
        "{text}"
    );
    // With a mark and the line breaks of Windows; all on one line, however long.
    write(
        "mark.json",
        "\u{feff}{\"persons\": [\r\n{\"name\": \"Ana\"}]}\r\n".as_bytes(),
    );
    let long = format!(
        "{{\"persons\": [{}{{\"name\": \"Ana\"}}]}}",
        " ".repeat(17 << 20)
    );
    write("long.json", long.as_bytes());
    for file in ["mark.json", "long.json"] {
        let (status, text) = program::run(folder.path(), &["import", "popolo", file]);
        assert_eq!(status, 0, "{text}");
        assert!(text.contains("people: 1 created"), "{text}");
    }
}
