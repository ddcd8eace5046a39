//! `import wikidata-json`: entities of Wikidata, invented here in its true format, however the file puts them together.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use api::{
    import::{self, Format, Options, Report},
    progress::Silent,
    write::{self, Content, Context, Draft, Kind},
};
use entity::{node, revision};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tests::{On, World, moment, on_both};

on_both! {
    what_statements_say_comes_over,
    a_fact_told_from_both_ends_is_one_event,
    people_publications_and_events,
    however_the_file_is_put_together,
    what_is_stored_is_met,
    numbers_that_were_given_up_lead_on,
    a_dry_run_leaves_nothing,
    what_is_wrong_is_told_with_its_place,
    more_than_is_written_at_once,
}

fn fixture() -> PathBuf {
    tests::folder("fixtures/wikidata.json")
}

async fn load(world: &World, path: &Path, dry_run: bool) -> anyhow::Result<Report> {
    let options = Options {
        dry_run,
        source: None,
        now: moment(),
        progress: &Silent,
    };
    let never = std::future::pending();
    import::load(&world.database, Format::WikidataJson, path, &options, never).await
}

async fn imported(on: On) -> World {
    let world = World::empty(on).await.unwrap();
    load(&world, &fixture(), false).await.unwrap();
    world
}

/// An answer without errors.
async fn ask(world: &World, query: &str) -> Value {
    let answer = world.ask(query).await;
    assert_eq!(answer.body["errors"], Value::Null);
    answer.body["data"].clone()
}

/// Everything that is stored, a record a line.
async fn contents(world: &World) -> Vec<String> {
    let revisions = revision::Entity::find().order_by_asc(revision::Column::NodeId);
    let revisions = revisions.all(&world.database.reader).await.unwrap();
    revisions.into_iter().map(|row| row.content).collect()
}

/// The last line of a report.
fn total(report: &Report) -> String {
    report.to_string().lines().last().unwrap().to_owned()
}

async fn what_statements_say_comes_over(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = load(&world, &fixture(), false).await.unwrap();
    let report = report
        .to_string()
        .replace(&fixture().display().to_string(), "wikidata.json");
    insta::assert_snapshot!("report", report);
    let party = ask(
        &world,
        r#"{ organisation(by: {slug: "workers-party-ruritania"}) {
            name abbreviation summary kind status website position
            founded { edtf } dissolved { edtf } country { name code } headquarters { slug name parent { name parent { name code } } }
            externalIds { scheme value url }
            names { text kind language start { edtf } end { edtf } }
            classifications { topic { slug name kind } status claims { locator note } }
            places { place { name } role start { edtf } end { edtf } }
            claims { property value rank status locator note source { slug licence } }
        } }"#,
    )
    .await;
    insta::assert_json_snapshot!("party", party);
}

async fn a_fact_told_from_both_ends_is_one_event(on: On) {
    let world = imported(on).await;
    let events = ask(
        &world,
        "{ events(first: 50) { nodes { slug name kind date { edtf }
            externalIds { scheme value }
            participants { nodes { role status participant { __typename slug } claims { locator note } } }
            claims(property: \"date\") { value status locator note }
            links { kind status predecessor { slug } successor { slug } }
        } } }",
    )
    .await;
    insta::assert_json_snapshot!("events", events);
}

async fn people_publications_and_events(on: On) {
    let world = imported(on).await;
    let answer = ask(
        &world,
        r#"{
            person(by: {slug: "rosa-rassendyll"}) {
                name summary born { edtf sourceText } died { edtf }
                names { text kind language }
                organisations { nodes { role start { edtf } end { edtf } organisation { slug } } }
                publications { nodes { slug } }
                claims(property: "born") { value note }
            }
            publication(by: {slug: "red-strelsau"}) { kind published { edtf } publishers { nodes { slug } } }
            campaign(by: {slug: "bread-for-strelsau"}) { started { edtf } participants { nodes { role participant { slug } } } }
            event(by: {slug: "1925-ruritanian-election"}) {
                kind date { edtf } place { name } before { slug } participants { nodes { role participant { slug } } }
            }
            earlier: event(by: {slug: "1922-ruritanian-election"}) { date { edtf } after { slug } }
            united: organisation(by: {slug: "united-left"}) { kind status claims(property: "status") { value status note } }
            new: organisation(by: {slug: "new-guard"}) { kind founded { edtf } }
            young: organisation(by: {slug: "peoples-workers-party"}) {
                founded { edtf } affiliations { nodes { kind start { edtf } body { slug } } }
            }
        }"#,
    )
    .await;
    insta::assert_json_snapshot!("others", answer);
}

async fn however_the_file_is_put_together(on: On) {
    let world = imported(on).await;
    let before = contents(&world).await;
    let text = fs::read_to_string(fixture()).unwrap();
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    let lines: Vec<String> = list.iter().map(Value::to_string).collect();
    let answer = |entities: &[Value]| {
        let entities = entities.iter();
        let entities = entities.map(|it| (it["id"].as_str().unwrap().to_owned(), it.clone()));
        let entities: serde_json::Map<_, _> = entities.collect();
        json!({"entities": entities, "success": 1})
    };
    let (first, second) = list.split_at(9);
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zipped.write_all(text.as_bytes()).unwrap();
    let forms: [(&str, Vec<u8>); 7] = [
        ("as it is", text.clone().into_bytes()),
        ("one a line", lines.join("\n").into_bytes()),
        (
            "with a byte order mark, and lines that end as in Windows",
            format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
        ),
        (
            "an array over many lines",
            format!("{:#}", json!(list)).into_bytes(),
        ),
        (
            "one answer of the service",
            answer(&list).to_string().into_bytes(),
        ),
        (
            "answers one a line",
            format!("{}\n{:#}\n", answer(first), answer(second)).into_bytes(),
        ),
        ("compressed", zipped.finish().unwrap()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("entities");
    for (form, bytes) in forms {
        fs::write(&path, bytes).unwrap();
        let report = load(&world, &path, false).await.unwrap();
        assert_eq!(
            total(&report),
            "0 created, 0 updated, 23 unchanged",
            "{form}"
        );
        assert_eq!(contents(&world).await, before, "{form}");
    }
}

fn draft(kind: Kind, slug: &str, content: Value) -> Draft {
    Draft {
        slug: slug.to_owned(),
        content: Content::deserialize(kind, content).unwrap(),
    }
}

/// A party that another source knows, the founder that the file does not hold, and a town.
async fn what_is_stored_is_met(on: On) {
    let world = World::empty(on).await.unwrap();
    let wikidata = |item: &str| json!([{"scheme": "wikidata", "value": item}]);
    let stored = [
        draft(Kind::Source, "book", json!({"title": "Book"})),
        draft(
            Kind::Place,
            "hentzau",
            json!({"name": "Hentzau", "kind": "DISTRICT"}),
        ),
        draft(
            Kind::Place,
            "the-kingdom",
            json!({"name": "The Kingdom", "code": "XR"}),
        ),
        draft(
            Kind::Person,
            "rudolf",
            json!({"name": "Rudolf", "external_ids": wikidata("Q900000021")}),
        ),
        draft(
            Kind::Organisation,
            "wpr",
            json!({
                "source": "book", "name": "WPR", "founded": "1921", "external_ids": wikidata("Q900000010"),
                "claims": {"founded": [{"locator": "p. 1"}]},
            }),
        ),
        draft(
            Kind::Person,
            "united-left",
            json!({"name": "Not a body", "external_ids": wikidata("Q900000013")}),
        ),
    ];
    let context = Context {
        author: "test",
        reason: None,
        now: moment(),
    };
    let txn = world.database.begin().await.unwrap();
    write::save(&txn, &stored, &context).await.unwrap();
    txn.commit().await.unwrap();

    let report = load(&world, &fixture(), false).await.unwrap();
    assert!(report.to_string().contains(
        "wikidata `Q900000013` of united-left is an id of person/united-left too, so that it tells neither apart; it is left out"
    ));
    let answer = ask(
        &world,
        r#"{
            organisation(by: {slug: "wpr"}) {
                name founded { edtf } country { name } names { text kind } status
                claims(property: "founded") { value rank source { slug } }
                places { place { slug kind } }
                events { nodes { role context { ... on Event { kind participants { nodes { role participant { slug } } } } } } }
            }
            organisations(filter: {name: {eq: "United Left"}}) { nodes { slug } }
        }"#,
    )
    .await;
    insta::assert_json_snapshot!("met", answer);
    let again = load(&world, &fixture(), false).await.unwrap();
    assert!(
        total(&again).starts_with("0 created, 0 updated, "),
        "{again}"
    );
}

/// An answer of the service to a number that was merged with another, and one to a number that nothing has.
async fn numbers_that_were_given_up_lead_on(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.json");
    let value = |item: &str| json!([{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": item}}}}]);
    let answer = json!({"entities": {
        "Q10": {"id": "Q11", "redirects": {"from": "Q10", "to": "Q11"}, "labels": {"en": {"value": "Party"}}, "claims": {"P31": value("Q7278")}},
        "Q12": {"id": "Q12", "labels": {"en": {"value": "Splinter"}}, "claims": {"P31": value("Q7278"), "P807": value("Q10")}},
        "Q13": {"id": "Q13", "missing": ""},
    }});
    fs::write(&path, answer.to_string()).unwrap();
    let report = load(&world, &path, false).await.unwrap();
    assert!(report.to_string().contains("Wikidata has no Q13"));
    let answer = ask(
        &world,
        r#"{ organisation(by: {slug: "splinter"}) { splitFrom { nodes { name externalIds { value } } } } }"#,
    )
    .await;
    assert_eq!(
        answer["organisation"]["splitFrom"]["nodes"],
        json!([{"name": "Party", "externalIds": [{"value": "Q11"}, {"value": "Q10"}]}])
    );
}

async fn a_dry_run_leaves_nothing(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = load(&world, &fixture(), true).await.unwrap();
    assert_eq!(
        total(&report),
        "nothing was written; without --dry-run: 23 created, 0 updated, 0 unchanged"
    );
    assert!(world.database.is_empty().await.unwrap());
    let nodes = node::Entity::find().all(&world.database.reader).await;
    assert_eq!(nodes.unwrap(), []);
}

async fn what_is_wrong_is_told_with_its_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.json");
    let check = async |bytes: &[u8], told: &str| {
        fs::write(&path, bytes).unwrap();
        let error = load(&world, &path, false).await.unwrap_err().to_string();
        let error = error.replace(&path.display().to_string(), "bad.json");
        assert_eq!(error, told);
        assert!(world.database.is_empty().await.unwrap());
    };
    let good = r#"{"id":"Q1","labels":{"en":{"value":"A"}},"claims":{}}"#;
    check(b"", "bad.json:1:1: the file is empty").await;
    check(b" \n", "bad.json:1:1: the file is empty").await;
    check(
        b"id,name\n1,A\n",
        "bad.json:1:1: `i` stands where an entity should begin with `{`; this is not Wikidata's JSON",
    )
    .await;
    check(
        format!("[\n{good},\n").as_bytes(),
        "bad.json:1:1: the list that begins here does not end; the file is cut off",
    )
    .await;
    check(
        format!("{good}\n{}", &good[..20]).as_bytes(),
        "bad.json:2:1: the entity that begins here does not end; the file is cut off",
    )
    .await;
    check(
        format!(r#"{{"entities":{{"Q1":{good}"#).as_bytes(),
        "bad.json:1:1: the answer that begins here does not end; the file is cut off",
    )
    .await;
    check(
        format!("{good}\n[{{\"id\": \"Q2\",\n \"labels\": 5}},\n {{\"labels\": {{}}}}]").as_bytes(),
        "2 things are wrong\n\
         bad.json:3:12: invalid type: integer `5`, expected an object, or an empty list in its place\n\
         bad.json:4:15: missing field `id`",
    )
    .await;
    check(
        b"\n{\"id\": \"Q2\", \"labels\": {\"fr\": {\"value\": \"\xc3\x89t\xe9\"}}}",
        "bad.json:2:44: not UTF-8: the byte 0xE9 begins no character, as in a file saved as Latin-1; save it as UTF-8",
    )
    .await;
    let mut long = br#"{"id": "Q1", "x": ""#.to_vec();
    long.resize(17 << 20, b'x');
    check(
        &long,
        "bad.json:1:1: what begins here is longer than 16 MiB, as no entity is; this is another kind of file",
    )
    .await;
    let error = load(&world, folder.path(), false).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with(": this is a folder; name a file in it")
    );
}

/// 1,200 parties, each of which took the place of the one before it.
async fn more_than_is_written_at_once(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.json");
    let mut text = String::new();
    for number in 1..=1200 {
        let class =
            r#"{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q7278"}}}}"#;
        let before = format!(
            r#"{{"id": "Q{number}$x", "mainsnak": {{"snaktype": "value", "datavalue": {{"value": {{"id": "Q{}"}}}}}}}}"#,
            number + 1
        );
        writeln!(
            text,
            r#"{{"id": "Q{number}", "labels": {{"en": {{"value": "Party {number}"}}}}, "claims": {{"P31": [{class}], "P1365": [{before}]}}}}"#
        )
        .unwrap();
    }
    fs::write(&path, text).unwrap();
    let report = load(&world, &path, false).await.unwrap();
    assert_eq!(total(&report), "2400 created, 0 updated, 0 unchanged");
    let answer = ask(
        &world,
        r#"{ organisation(by: {slug: "party-1"}) { ancestors(maxDepth: 40) { totalCount } successors { totalCount } } }"#,
    )
    .await;
    assert_eq!(
        answer["organisation"],
        json!({"ancestors": {"totalCount": 40}, "successors": {"totalCount": 0}})
    );
    let again = load(&world, &path, false).await.unwrap();
    assert_eq!(total(&again), "0 created, 0 updated, 2400 unchanged");
}
