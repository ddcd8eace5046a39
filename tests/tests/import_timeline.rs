//! `import timeline-csv`: entries and the columns that tie them, as organisations and events.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use api::import::{Format, Report};
use serde_json::{Value, json};
use tests::{On, World, on_both, program};

on_both! {
    entries_and_ties_come_over,
    what_follows_is_marked_as_derived,
    one_that_splits_and_merges_back_keeps_both_links,
    columns_may_be_missing_and_in_any_order,
    again_changes_nothing_and_a_dry_run_leaves_nothing,
    a_table_that_has_changed_changes_what_it_said,
    what_is_wrong_is_told_with_its_place,
}

async fn import_as(world: &World, path: &Path, dry_run: bool) -> anyhow::Result<Report> {
    world
        .import(Format::TimelineCsv, path, Some("left"), dry_run)
        .await
}

async fn import(world: &World, text: &str) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("left.csv");
    fs::write(&path, text)?;
    let done = import_as(world, &path, false).await;
    done.map_err(|error| {
        let folder = format!("{}/", folder.path().display());
        anyhow::anyhow!(error.to_string().replace(&folder, ""))
    })
}

/// What an organisation is shown with.
async fn organisation(world: &World, slug: &str, fields: &str) -> Value {
    let query = format!("{{ organisation(by: {{slug: \"{slug}\"}}) {{ {fields} }} }}");
    let answer = world.ask(&query).await;
    assert_eq!(answer.body["errors"], Value::Null, "{}", answer.body);
    answer.body["data"]["organisation"].clone()
}

/// All events, each as its name, its date, whether that is derived, and its links.
async fn events(world: &World) -> Vec<String> {
    let query = "{ events(first: 50) { nodes {
        name kind date { edtf } claims(property: \"date\") { status } links { kind status }
    } } }";
    let answer = world.ask(query).await;
    let nodes = answer.body["data"]["events"]["nodes"].as_array();
    let mut events: Vec<String> = nodes
        .unwrap()
        .iter()
        .map(|event| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let links = event["links"].as_array().unwrap();
            let links: Vec<_> = links.iter().map(|link| text(&link["kind"])).collect();
            format!(
                "{}: {} {} {} {}",
                text(&event["name"]),
                text(&event["kind"]),
                text(&event["date"]["edtf"]),
                text(&event["claims"][0]["status"]),
                links.join(" ")
            )
        })
        .collect();
    events.sort();
    events
}

const LEFT: &str = r#"id,name,label,start,end,endEstimate,become,split,merge,fork,links,irregular,colour,group,wikipedia
WL,Workers' League,,1920,1926,,,,CP,,,,,,
SU,"Socialist Union, National",SUN,1919,1926,,,,CP,,WL; CP,,#d00,,Socialist Union
CP,Communist Party,,1926,,,PU,,,,,,#e00,Communist,https://en.wikipedia.org/wiki/Communist_Party_%28Atlantis%29
OP,Opposition,,1929-05,1934-02-01,,,CP,,,"WL,SU",,,Communist,https://fr.wikipedia.org/wiki/Opposition_(Atlantide)
YG,Youth Guard,,c. 1930,1950,true,,CP,OP,,,yes,,12,
PU,Popular Union,,1948,present,,,,,A B,,,,CP,
A,Union (A),,1960,?,,,,,,,,,,
B,Union (B),,1960,,1999,,,,,,,,,
"#;

async fn entries_and_ties_come_over(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = import(&world, LEFT).await.unwrap();
    let report = report.to_string();
    let (start, rest) = report.split_once("  /").unwrap();
    let (_, rest) = rest.split_once("/left.csv").unwrap();
    assert_eq!(
        format!("{start}  left.csv{rest}"),
        "        8  entries
        1  entries that became another
        2  entries that split from another
        3  entries that merged into another
        1  entries that divided into others
        4  links that are no descent
        3  entries in a group
        3  articles of Wikipedia
warning: events outside the life of a participant: 1
  left.csv:6, column merge: `OP` ended in 1934-02-01, before 1950~
not carried over:
  2 colours: the graph has no place for how a line is drawn
  1 groups: the number of a group does not say what its members have in common
  1 irregular entries: the graph has no place for interruptions whose times are not known
topics: 1 created, 0 updated, 0 unchanged
sources: 1 created, 0 updated, 0 unchanged
organisations: 8 created, 0 updated, 0 unchanged
events: 6 created, 0 updated, 0 unchanged
16 created, 0 updated, 0 unchanged"
    );
    assert_eq!(
        events(&world).await,
        [
            "Absorption of Youth Guard by Opposition, about 1950: ABSORPTION 1950~ STATED ABSORBED_BY",
            "Division of Popular Union into Union (A) and Union (B), 1960: DIVISION 1960 DERIVED DIVIDED_INTO DIVIDED_INTO",
            "Merger of Workers' League and Socialist Union, National into Communist Party, 1926: MERGER 1926 STATED MERGED_INTO MERGED_INTO",
            "Split of Opposition from Communist Party, May 1929: SPLIT 1929-05 STATED SPLIT_FROM",
            "Split of Youth Guard from Communist Party, about 1930: SPLIT 1930~ STATED SPLIT_FROM",
            "Succession of Communist Party by Popular Union, 1948: SUCCESSION 1948 DERIVED SUCCEEDED_BY",
        ]
    );
    let fields = "name status founded { edtf sourceText } dissolved { edtf }
        externalIds { scheme value url }
        classifications { topic { name kind } } ideologies { name }
        affiliations { nodes { kind body { slug } } } predecessors { nodes { slug } }";
    assert_eq!(
        organisation(&world, "opposition", fields).await,
        json!({
            "name": "Opposition", "status": "DISSOLVED",
            "founded": {"edtf": "1929-05", "sourceText": null}, "dissolved": {"edtf": "1934-02-01"},
            "externalIds": [
                {"scheme": "timeline", "value": "left:OP", "url": null},
                {"scheme": "wikipedia-fr", "value": "Opposition_(Atlantide)",
                 "url": "https://fr.wikipedia.org/wiki/Opposition_(Atlantide)"},
            ],
            "classifications": [{"topic": {"name": "Communist", "kind": "SUBJECT"}}], "ideologies": [],
            "affiliations": {"nodes": [
                {"kind": "OTHER", "body": {"slug": "workers-league"}},
                {"kind": "OTHER", "body": {"slug": "socialist-union-national"}},
            ]},
            "predecessors": {"nodes": [{"slug": "communist-party"}, {"slug": "youth-guard"}]},
        })
    );
    let fields = "status founded { edtf sourceText } dissolved { edtf sourceText }";
    assert_eq!(
        organisation(&world, "youth-guard", fields).await,
        json!({
            "status": "DISSOLVED", "founded": {"edtf": "1930~", "sourceText": "c. 1930"},
            "dissolved": {"edtf": "1950~", "sourceText": null},
        })
    );
    assert_eq!(
        organisation(&world, "union-a", "status dissolved { edtf }").await,
        json!({"status": "DISSOLVED", "dissolved": {"edtf": "XXXX"}})
    );
    assert_eq!(
        organisation(&world, "union-b", "dissolved { edtf }").await,
        json!({"dissolved": {"edtf": "1999~"}})
    );
    assert_eq!(
        organisation(
            &world,
            "socialist-union-national",
            "names { text kind } externalIds { value }"
        )
        .await,
        json!({
            "names": [
                {"text": "Socialist Union, National", "kind": "OFFICIAL"},
                {"text": "SUN", "kind": "ALTERNATIVE"},
            ],
            "externalIds": [{"value": "left:SU"}, {"value": "Socialist_Union"}],
        })
    );
    // A group that is an entry is a tie to it.
    assert_eq!(
        organisation(
            &world,
            "popular-union",
            "affiliations { nodes { body { slug } } }"
        )
        .await,
        json!({"affiliations": {"nodes": [{"body": {"slug": "communist-party"}}]}})
    );
}

async fn what_follows_is_marked_as_derived(on: On) {
    let world = World::empty(on).await.unwrap();
    let table = "id,name,start,end,become,merge\nA,One,1900,,B,\nB,Two,1910,1920,C,\nC,Three,1920-03,1930,,D\nD,Four,1935,,,\n";
    import(&world, table).await.unwrap();
    let fields = "status dissolved { edtf } claims { property status locator value }";
    assert_eq!(
        organisation(&world, "one", fields).await,
        json!({
            "status": "DISSOLVED", "dissolved": {"edtf": "1910"},
            "claims": [
                {"property": "dissolved", "status": "DERIVED", "locator": "entry B, column start", "value": "1910"},
                {"property": "founded", "status": "STATED", "locator": "entry A, column start", "value": "1900"},
                {"property": "name", "status": "STATED", "locator": "entry A, column name", "value": "One"},
                {"property": "status", "status": "DERIVED", "locator": "entry A, column become", "value": "DISSOLVED"},
            ],
        })
    );
    assert_eq!(
        events(&world).await,
        [
            "Merger of Three into Four, 1930: MERGER 1930 STATED MERGED_INTO",
            "Succession of One by Two, 1910: SUCCESSION 1910 DERIVED SUCCEEDED_BY",
            // Of an end and a start that can be the same, the finer is the time.
            "Succession of Two by Three, March 1920: SUCCESSION 1920-03 STATED SUCCEEDED_BY",
        ]
    );
    let answer = world
        .ask("{ events { nodes { kind claims(property: \"kind\") { status locator } } } }")
        .await;
    let merger = json!({"kind": "MERGER", "claims": [{"status": "DERIVED", "locator": "entry C, column merge"}]});
    let nodes = answer.body["data"]["events"]["nodes"].as_array();
    assert!(nodes.unwrap().contains(&merger), "{}", answer.body);
}

async fn one_that_splits_and_merges_back_keeps_both_links(on: On) {
    let world = World::empty(on).await.unwrap();
    let table = "id,name,start,end,split,merge\nFF,Soldiers,1926,,,\nIF,Independent Soldiers,1972,2006,FF,FF\n";
    import(&world, table).await.unwrap();
    let fields = "predecessors { edges { link { kind date { edtf } } } } successors { edges { link { kind date { edtf } } } }";
    assert_eq!(
        organisation(&world, "independent-soldiers", fields).await,
        json!({
            "predecessors": {"edges": [{"link": {"kind": "SPLIT_FROM", "date": {"edtf": "1972"}}}]},
            "successors": {"edges": [{"link": {"kind": "ABSORBED_BY", "date": {"edtf": "2006"}}}]},
        })
    );
}

async fn columns_may_be_missing_and_in_any_order(on: On) {
    let world = World::empty(on).await.unwrap();
    // With semicolons and a byte order mark, as spreadsheets write it; ids with spaces; a row that was emptied.
    let table = "\u{feff}\"SPLIT\";\"Label\";\"ID\";\"note\"\r\n;Big Party;big one;x\r\nbig one;Small Party;2;\r\n;;;\r\n";
    let report = import(&world, table).await.unwrap();
    let losses: Vec<_> = report.losses.iter().map(|loss| loss.what).collect();
    assert_eq!(losses, ["column `note`"]);
    assert_eq!(
        events(&world).await,
        ["Split of Small Party from Big Party: SPLIT - - SPLIT_FROM"]
    );
}

async fn again_changes_nothing_and_a_dry_run_leaves_nothing(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("left.csv");
    fs::write(&path, LEFT).unwrap();
    let dry = import_as(&world, &path, true).await.unwrap();
    assert!(
        dry.to_string().ends_with(
            "nothing was written; without --dry-run: 16 created, 0 updated, 0 unchanged"
        ),
        "{dry}"
    );
    assert!(world.database.is_empty().await.unwrap());
    import_as(&world, &path, false).await.unwrap();
    let again = import_as(&world, &path, false).await.unwrap();
    assert!(
        again
            .to_string()
            .ends_with("0 created, 0 updated, 15 unchanged"),
        "{again}"
    );
}

async fn a_table_that_has_changed_changes_what_it_said(on: On) {
    let world = World::empty(on).await.unwrap();
    import(
        &world,
        "id,name,start,end,merge\nA,One,1900,1910,C\nB,Two,1900,1911,C\nC,Three,1910,,\n",
    )
    .await
    .unwrap();
    assert_eq!(
        events(&world).await,
        [
            "Absorption of Two by Three, 1911: ABSORPTION 1911 STATED ABSORBED_BY",
            "Merger of One into Three, 1910: MERGER 1910 STATED MERGED_INTO",
        ]
    );
    // One event takes the place of two. The second stays, as nothing is deleted, and the report says so.
    let report = import(
        &world,
        "id,name,start,end,merge\nA,One,1900,1910,C\nB,The Two,1900,1910,C\nC,Three,1910,,\n",
    )
    .await
    .unwrap();
    assert!(
        report.to_string().contains(
            "timeline-event `left:B:merge` of merger-of-one-into-three-1910 is an id of event/absorption-of-two-by-three-1911 too"
        ),
        "{report}"
    );
    assert_eq!(
        organisation(&world, "two", "name dissolved { edtf }").await,
        json!({"name": "The Two", "dissolved": {"edtf": "1910"}})
    );
    assert_eq!(
        events(&world).await,
        [
            "Absorption of Two by Three, 1911: ABSORPTION 1911 STATED ABSORBED_BY",
            "Merger of One and The Two into Three, 1910: MERGER 1910 STATED MERGED_INTO MERGED_INTO",
        ]
    );
}

async fn what_is_wrong_is_told_with_its_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let check = async |text: &str, told: &str| {
        let error = import(&world, text).await.unwrap_err().to_string();
        assert_eq!(error, told);
        assert!(world.database.is_empty().await.unwrap());
    };
    check("", "left.csv:1:1: the file is empty").await;
    check(
        "ident,name\nA,One\n",
        "left.csv:1: there is no column `id`; the columns here are ident, name",
    )
    .await;
    check(
        "id,nam\nA,One\n",
        "left.csv:1: there is no column `name` or `label`; is it what is called `nam` here?",
    )
    .await;
    check(
        "id,name,start\nA,One,1900\nB,Two\n",
        "left.csv:3: the row has 2 fields and the header 3; the file may be cut off here, or a field with a comma in it lack its quotation marks",
    )
    .await;
    check(
        "id,name,start,endEstimate,split,fork\n\
         alpha,One,03/04/1900,maybe,alhpa,\n\
         ,Two,1900,,,alpha gamma\n\
         alpha,,1900,,,beta alpha\nbeta,Four,,,beta,\n",
        "8 things are wrong\n\
         left.csv:2, column start: `03/04/1900` does not tell which number is the month; write it as in 2011-04-21\n\
         left.csv:2, column endEstimate: `maybe` is not an EDTF date: year must have exactly four digits (or X) at character 1; write it as in 2011, 2011-04 or c. 1985; or say true where the end is an estimate\n\
         left.csv:2, column split: no entry has the id `alhpa`; did you mean `alpha`?\n\
         left.csv:3, column id: the entry has no id; give it one of its own\n\
         left.csv:3, column fork: no entry has the id `gamma`\n\
         left.csv:4, column id: `alpha` is the id of line 2 already; each entry has its own\n\
         left.csv:4, column name: the entry has no name\n\
         left.csv:5, column split: `beta` is the entry itself; name another one",
    )
    .await;
}

/// Each call of the program ends with status 1 and this message, and leaves the database as it was: with nothing.
#[test]
fn the_program_refuses_what_is_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.csv", b"\n\n");
    write("latin.csv", b"id,name\nA,Party\nB,F\xedann\n");
    write("cut.csv", b"id,name\nA,One\nB,\"Two");
    write(
        "long.csv",
        format!("id,name\nA,{}\n", "x".repeat(17 << 20)).as_bytes(),
    );
    fs::create_dir(folder.path().join("folder.csv")).unwrap();
    for (file, message) in [
        ("none.csv", "none.csv: there is no such file"),
        ("empty.csv", "empty.csv:1:1: the file is empty"),
        (
            "latin.csv",
            "latin.csv:3:4: not UTF-8: the byte 0xED begins no character, as in a file saved as Latin-1; save it as UTF-8",
        ),
        (
            "cut.csv",
            "cut.csv:3: a quotation mark is opened here and never closed; the file is cut off",
        ),
        (
            "long.csv",
            "long.csv:2:1: the line that begins here is longer than 16 MiB; this is another kind of file",
        ),
        (
            "folder.csv",
            "folder.csv: this is a folder; name a file in it",
        ),
    ] {
        let (status, text) = program::run(folder.path(), &["import", "timeline-csv", file]);
        assert_eq!((status, text), (1, format!("error: {message}\n")));
    }
    write("a b.csv", "\u{feff}id,name\r\nA,One\r\n".as_bytes());
    let (status, text) = program::run(folder.path(), &["import", "timeline-csv", "a b.csv"]);
    assert_eq!(status, 0, "{text}");
    assert!(
        text.contains("organisations: 1 created")
            && text.ends_with("2 created, 0 updated, 0 unchanged\n"),
        "{text}"
    );
}
