//! What changes in a schema mean to clients: every kind of change, with its class, its coordinate and its words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use api::contract::{Changes, Contract, compare};
use apollo_compiler::Schema;
use serde_json::Value;
use tests::{folder, program::run};

/// Around what is compared, so that both sides are schemas.
const REST: &str = "
    type Query { thing: Thing kinds: [Kind!]! shape: Shape node: Node }
    interface Node { id: ID! }
    interface Named { name: String! }
    enum Key { A B }
";

/// The parts that a case does not give itself.
const PARTS: [(&str, &str); 6] = [
    ("type Thing", "{ name: String! }"),
    ("type Round", "{ radius: Int }"),
    ("enum Kind", "{ PARTY GROUP }"),
    ("union Shape", "= Round | Thing"),
    ("input Filter", "{ name: String }"),
    (
        "scalar Url",
        "@specifiedBy(url: \"https://example.org/url\")",
    ),
];

fn schema(part: &str) -> Contract {
    let mut text = format!("{REST}\n{part}\n");
    for (head, body) in PARTS {
        if !part.contains(head) {
            text += &format!("{head} {body}\n");
        }
    }
    Schema::parse_and_validate(text, "schema.graphql").unwrap()
}

/// `changes.txt` holds blocks: what one part of a schema was (`-`), what it is (`+`), and what is told of that (`=`).
#[test]
fn every_kind_of_change_is_told() {
    let path = folder("tests/contract/changes.txt");
    let file = fs::read_to_string(&path).unwrap();
    let (mut told, mut cases) = (Vec::new(), 0);
    for block in file.split("\n\n") {
        let line = |mark: char| block.lines().find_map(|line| line.strip_prefix(mark));
        let (Some(old), Some(new)) = (line('-'), line('+')) else {
            told.push(block.trim_end().to_owned());
            continue;
        };
        cases += 1;
        let mut lines = vec![format!("-{old}"), format!("+{new}")];
        let Changes(changes) = compare(&schema(old), &schema(new));
        lines.extend(changes.iter().map(|change| {
            let class = format!("{:?}", change.class).to_lowercase();
            format!("= {class}, {}: {}", change.coordinate, change.message)
        }));
        told.push(lines.join("\n"));
    }
    let told = told.join("\n\n") + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    } else {
        assert!(told == file, "if this is right: cargo bless\n{told}");
    }
    assert!(cases > 60);
}

#[test]
fn roots() {
    let read = |text: &str| Schema::parse_and_validate(text, "schema.graphql").unwrap();
    let types = "type A { a: Int } type B { a: Int }";
    let told = |old: &str, new: &str| {
        compare(
            &read(&format!("{types} {old}")),
            &read(&format!("{types} {new}")),
        )
        .to_string()
    };
    assert_eq!(
        told(
            "schema { query: A mutation: B }",
            "schema { query: B subscription: A }"
        ),
        "breaking\n  schema: no mutations any more\n  schema: queries started at `A`, and start at `B`\n\
         safe\n  schema: subscriptions, which start at `A`\n2 breaking, 0 dangerous, 1 safe"
    );
    assert_eq!(
        told("schema { query: A }", "schema { query: A }"),
        "no changes"
    );
}

#[test]
fn the_program_tells_by_its_status() {
    let home = tempfile::tempdir().unwrap();
    let committed = fs::read_to_string(folder("../api/schema.graphql")).unwrap();
    let diff = |text: &str, more: &[&str]| {
        fs::write(home.path().join("old.graphql"), text).unwrap();
        run(
            home.path(),
            &[&["schema", "--diff", "old.graphql"], more].concat(),
        )
    };
    assert_eq!(diff(&committed, &[]), (0, "no changes\n".to_owned()));

    let richer = committed.replace("type Country {", "type Country {\n  capital: String");
    let (status, text) = diff(&richer, &[]);
    assert!(
        status == 1 && text.contains("\n  Country.capital: the field is gone\n"),
        "{text}"
    );
    assert!(
        text.starts_with("error: the schema breaks clients of the earlier one\n"),
        "{text}"
    );

    let (status, json) = diff(&richer, &["--json"]);
    let json = json.split_once('\n').unwrap().1;
    let json: Value = serde_json::from_str(json).unwrap();
    assert_eq!((status, &json["breaking"]), (1, &Value::from(1)));
    let change = serde_json::json!({
        "class": "BREAKING", "coordinate": "Country.capital", "message": "the field is gone"
    });
    assert_eq!(json["changes"][0], change);

    let poorer = committed.replacen(
        "  \"\"\"How many items the whole list has, whatever the page.\"\"\"\n  totalCount: Int!\n",
        "",
        1,
    );
    let (status, text) = diff(&poorer, &[]);
    assert_eq!(status, 0, "{text}");
    assert!(
        text.ends_with("0 breaking, 0 dangerous, 1 safe\n"),
        "{text}"
    );

    let (status, text) = diff("type Query {\n  a: Nothing\n}\n", &[]);
    assert_eq!(status, 2);
    assert!(
        text.contains("not a valid schema: line 2, column 6: "),
        "{text}"
    );
    let (status, text) = run(home.path(), &["schema", "--diff", "missing.graphql"]);
    assert!(status == 2 && text.contains("cannot be read: "), "{text}");
}
