//! What changes in a schema mean to clients: every kind of change, with its class, its coordinate and its words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use api::contract::compare;
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

fn schema(part: &str) -> apollo_compiler::validation::Valid<Schema> {
    let mut text = format!("{REST}\n{part}\n");
    for (head, body) in PARTS {
        if !part.contains(head) {
            text += &format!("{head} {body}\n");
        }
    }
    Schema::parse_and_validate(text, "schema.graphql").unwrap()
}

/// Compares two schemas that differ in one part; `expected` holds a line for each change, as the program prints it.
fn check(old: &str, new: &str, expected: &[&str]) {
    let changes = compare(&schema(old), &schema(new));
    let told: Vec<String> = changes
        .0
        .iter()
        .map(|change| {
            format!(
                "{:?} {}: {}",
                change.class, change.coordinate, change.message
            )
        })
        .collect();
    assert_eq!(told, expected, "from {old}\nto   {new}");
}

#[test]
fn fields() {
    let with = |fields: &str| format!("type Thing {{ name: String! {fields} }}");
    let check = |old: &str, new: &str, expected: &[&str]| check(&with(old), &with(new), expected);
    check("slug: String", "slug: String", &[]);
    check(
        "slug: String",
        "",
        &["Breaking Thing.slug: the field is gone"],
    );
    check(
        "",
        "slug: String",
        &["Safe Thing.slug: a new field of type `String`"],
    );
    check(
        "slug: String!",
        "slug: String",
        &[
            "Breaking Thing.slug: was of type `String!`, and is of type `String`: null may come where it did not",
        ],
    );
    check(
        "tags: [String!]!",
        "tags: [String]!",
        &[
            "Breaking Thing.tags: was of type `[String!]!`, and is of type `[String]!`: null may come where it did not",
        ],
    );
    check(
        "tags: [String]",
        "tags: [String!]!",
        &[
            "Safe Thing.tags: was of type `[String]`, and is of type `[String!]!`: null comes less often",
        ],
    );
    check(
        "size: Int",
        "size: Float",
        &["Breaking Thing.size: was of type `Int`, and is of type `Float`"],
    );
    check(
        "tags: String",
        "tags: [String]",
        &["Breaking Thing.tags: was of type `String`, and is of type `[String]`"],
    );
    check(
        "of: Node",
        "of: Thing",
        &["Breaking Thing.of: was of type `Node`, and is of type `Thing`"],
    );
}

#[test]
fn arguments() {
    let with = |arguments: &str| match arguments {
        "" => "type Thing { name: String! all: Int }".to_owned(),
        arguments => format!("type Thing {{ name: String! all({arguments}): Int }}"),
    };
    let check = |old: &str, new: &str, expected: &[&str]| check(&with(old), &with(new), expected);
    check(
        "first: Int",
        "",
        &["Breaking Thing.all(first:): the argument is gone"],
    );
    check(
        "",
        "first: Int!",
        &["Breaking Thing.all(first:): a new argument of type `Int!`, which must be given"],
    );
    check(
        "",
        "first: Int",
        &["Dangerous Thing.all(first:): a new argument of type `Int`, which need not be given"],
    );
    check(
        "",
        "first: Int! = 5",
        &[
            "Dangerous Thing.all(first:): a new argument of type `Int!`, which means `5` where it is not given",
        ],
    );
    check(
        "first: Int!",
        "first: Int",
        &[
            "Safe Thing.all(first:): was of type `Int!`, and is of type `Int`: all that was accepted is",
        ],
    );
    check(
        "first: Int",
        "first: Int!",
        &[
            "Breaking Thing.all(first:): was of type `Int`, and is of type `Int!`: null is refused where it was accepted",
        ],
    );
    check(
        "key: [Key]",
        "key: [Key!]",
        &[
            "Breaking Thing.all(key:): was of type `[Key]`, and is of type `[Key!]`: null is refused where it was accepted",
        ],
    );
    check(
        "first: Int",
        "first: Float",
        &["Breaking Thing.all(first:): was of type `Int`, and is of type `Float`"],
    );
    check(
        "key: Key",
        "key: [Key]",
        &["Breaking Thing.all(key:): was of type `Key`, and is of type `[Key]`"],
    );
    check(
        "key: Key = A",
        "key: Key = B",
        &["Dangerous Thing.all(key:): absent, it meant `A`, and means `B`"],
    );
    check(
        "key: Key = A",
        "key: Key",
        &["Dangerous Thing.all(key:): absent, it meant `A`, and means nothing"],
    );
    check(
        "key: Key",
        "key: Key = A",
        &["Dangerous Thing.all(key:): absent, it meant nothing, and means `A`"],
    );
    check(
        "key: Key! = A",
        "key: Key!",
        &["Breaking Thing.all(key:): absent, it meant `A`, and now it must be given"],
    );
    check(
        "key: Key!",
        "key: Key! = A",
        &["Safe Thing.all(key:): need not be given: absent, it means `A`"],
    );
    check("key: [Key!] = [A,B]", "key: [Key!] = [A, B]", &[]);
}

#[test]
fn inputs() {
    let with = |entries: &str| format!("input Filter {entries}");
    let check = |old: &str, new: &str, expected: &[&str]| check(&with(old), &with(new), expected);
    check(
        "{ name: String key: Key }",
        "{ name: String }",
        &["Breaking Filter.key: the entry is gone"],
    );
    check(
        "{ name: String }",
        "{ name: String key: Key! }",
        &["Breaking Filter.key: a new entry of type `Key!`, which must be given"],
    );
    check(
        "{ name: String }",
        "{ name: String key: Key }",
        &["Dangerous Filter.key: a new entry of type `Key`, which need not be given"],
    );
    check(
        "{ name: String! }",
        "{ name: String }",
        &[
            "Safe Filter.name: was of type `String!`, and is of type `String`: all that was accepted is",
        ],
    );
    check(
        "{ name: String }",
        "{ name: ID }",
        &["Breaking Filter.name: was of type `String`, and is of type `ID`"],
    );
    check(
        "{ key: Key = A }",
        "{ key: Key = B }",
        &["Dangerous Filter.key: absent, it meant `A`, and means `B`"],
    );
    check(
        "{ name: String }",
        "@oneOf { name: String }",
        &["Breaking Filter: exactly one entry must be given now"],
    );
    check(
        "@oneOf { name: String }",
        "{ name: String }",
        &["Safe Filter: any number of entries can be given now"],
    );
}

#[test]
fn types() {
    check(
        "type Old { a: Int }",
        "",
        &["Breaking Old: the type is gone"],
    );
    check("", "input New { a: Int }", &["Safe New: a new input type"]);
    check("", "type New { a: Int }", &["Safe New: a new object type"]);
    check(
        "",
        "type New implements Node { id: ID! }",
        &["Dangerous New: a new object type, which clients meet where the type is `Node`"],
    );
    check(
        "type Odd { a: Int }",
        "interface Odd { a: Int }",
        &["Breaking Odd: was an object type, and is an interface"],
    );
    check(
        "enum Odd { A }",
        "scalar Odd",
        &["Breaking Odd: was an enum, and is a scalar"],
    );
    check(
        "type Odd implements Node { id: ID! }",
        "type Odd { id: ID! }",
        &["Breaking Odd: no longer implements `Node`"],
    );
    check(
        "type Odd { id: ID! }",
        "type Odd implements Node { id: ID! }",
        &["Dangerous Odd: implements `Node` now"],
    );
    check(
        "type Odd { id: ID! }",
        "type Odd implements Fresh { id: ID! } interface Fresh { id: ID! }",
        &[
            "Safe Fresh: a new interface",
            "Safe Odd: implements `Fresh` now",
        ],
    );
    check(
        "interface Odd { id: ID! a: Int }",
        "interface Odd { id: ID! }",
        &["Breaking Odd.a: the field is gone"],
    );
    check(
        "union Shape = Thing | Round",
        "union Shape = Round",
        &["Breaking Shape: `Thing` is no member any more"],
    );
    check(
        "union Shape = Round",
        "union Shape = Round | Thing",
        &["Dangerous Shape: a new member: `Thing`"],
    );
    check(
        "scalar Url @specifiedBy(url: \"https://example.org/url\")",
        "scalar Url @specifiedBy(url: \"https://example.org/uri\")",
        &[
            "Dangerous Url: was specified by https://example.org/url, and is by https://example.org/uri: other values may come",
        ],
    );
    check(
        "scalar Url",
        "scalar Url @specifiedBy(url: \"https://example.org/url\")",
        &["Safe Url: specified by https://example.org/url"],
    );
    check(
        "scalar Url @specifiedBy(url: \"https://example.org/url\")",
        "scalar Url",
        &["Dangerous Url: no longer specified"],
    );
}

#[test]
fn values() {
    check(
        "enum Kind { PARTY GROUP }",
        "enum Kind { PARTY }",
        &["Breaking Kind.GROUP: the value is gone"],
    );
    check(
        "enum Kind { PARTY }",
        "enum Kind { PARTY GROUP }",
        &["Dangerous Kind.GROUP: a new value, which answers may hold"],
    );
    check(
        "enum By { NAME }",
        "enum By { NAME DATE }",
        &["Safe By.DATE: a new value, which answers never hold"],
    );
}

#[test]
fn directives() {
    check(
        "directive @a on FIELD",
        "",
        &["Breaking @a: the directive is gone"],
    );
    check("", "directive @a on FIELD", &["Safe @a: a new directive"]);
    check(
        "directive @a(b: Int) on FIELD",
        "directive @a on FIELD",
        &["Breaking @a(b:): the argument is gone"],
    );
    check(
        "directive @a on FIELD",
        "directive @a(b: Int!) on FIELD",
        &["Breaking @a(b:): a new argument of type `Int!`, which must be given"],
    );
    check(
        "directive @a on FIELD | QUERY",
        "directive @a on FIELD",
        &["Breaking @a: can no longer stand at QUERY"],
    );
    check(
        "directive @a on FIELD",
        "directive @a on FIELD | QUERY",
        &["Safe @a: can also stand at QUERY"],
    );
    check(
        "directive @a repeatable on FIELD",
        "directive @a on FIELD",
        &["Breaking @a: can no longer stand twice at one place"],
    );
    check(
        "directive @a on FIELD",
        "directive @a repeatable on FIELD",
        &["Safe @a: can stand at one place several times"],
    );
    let marked = |mark: &str| format!("directive @a on OBJECT type Odd {mark} {{ a: Int }}");
    check(
        &marked("@a"),
        &marked(""),
        &["Safe Odd: no longer marked `@a`"],
    );
    check(&marked(""), &marked("@a"), &["Safe Odd: marked `@a`"]);
}

#[test]
fn deprecations_and_words() {
    let old = "type Odd { a: Int @deprecated(reason: \"Use `b`.\") }";
    let plain = "type Odd { a: Int }";
    check(plain, old, &["Safe Odd.a: deprecated: Use `b`."]);
    check(old, plain, &["Safe Odd.a: no longer deprecated"]);
    check(
        old,
        "type Odd { a: Int @deprecated(reason: \"Use `c`.\") }",
        &["Safe Odd.a: deprecated for another reason: Use `c`."],
    );
    check(
        "type Odd { a: Int @deprecated(reason: \"Use `b`.\") b: Int }",
        "type Odd { b: Int }",
        &["Breaking Odd.a: the field is gone; it was deprecated: Use `b`."],
    );
    check(
        "enum Kind { PARTY }",
        "enum Kind { PARTY @deprecated }",
        &["Safe Kind.PARTY: deprecated: no reason given"],
    );
    check(
        "input Filter { name: String @deprecated }",
        "input Filter { name: String }",
        &["Safe Filter.name: no longer deprecated"],
    );
    check(
        plain,
        "\"Odd one.\" type Odd { a: Int }",
        &["Safe Odd: described"],
    );
    check(
        "\"Odd one.\" type Odd { a: Int }",
        plain,
        &["Safe Odd: no longer described"],
    );
    check(
        "type Odd { \"One.\" a: Int }",
        "type Odd { \"Two.\" a: Int }",
        &["Safe Odd.a: described in other words"],
    );
    check(
        "type Odd { a(\"One.\" b: Int): Int }",
        "type Odd { a(\"Two.\" b: Int): Int }",
        &["Safe Odd.a(b:): described in other words"],
    );
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
