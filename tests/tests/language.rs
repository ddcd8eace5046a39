//! The language of September 2025, as a client meets it: what is accepted, what is refused and with which words, and
//! where a failed field is told of. `graphql-js/` compares the same with the reference implementation.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::{On, World, folder, on_both};

async fn world(on: On) -> World {
    World::new(on, Some(&folder("worlds/small"))).await.unwrap()
}

/// Code, place and message of the first error of what is refused; the parser goes on after it.
fn refusal(body: &Value) -> String {
    assert_eq!(body.get("data"), None, "{body}");
    let error = &body["errors"][0];
    let place = &error["locations"][0];
    let (code, message) = (&error["extensions"]["code"], &error["message"]);
    let (code, message) = (code.as_str().unwrap(), message.as_str().unwrap());
    format!("{code} at {}:{}: {message}", place["line"], place["column"])
}

/// Paths of errors, and the data.
fn outcome(body: &Value) -> Value {
    let errors = body["errors"].as_array().unwrap().iter();
    let paths: Vec<&Value> = errors.map(|error| &error["path"]).collect();
    json!([paths, body["data"]])
}

async fn descriptions_say_nothing_to_the_service(on: On) {
    let world = world(on).await;
    let query = r#"
        """
        How many there are.
        """
        query Count("no more than this" $first: Int = 1) { ...Counted }
        "What is counted."
        fragment Counted on Query { organisations(first: $first) { totalCount } }
    "#;
    let plain = "{ organisations(first: 1) { totalCount } }";
    let described = world.ask(query).await;
    assert_eq!(described, world.ask(plain).await);
    assert_eq!(described.body.get("errors"), None);
    assert!(described.body["data"]["organisations"]["totalCount"].as_u64() > Some(1));
}

async fn escapes_name_any_character(on: On) {
    let world = world(on).await;
    let named = |name: &str| {
        format!("{{ organisations(filter: {{ name: {{ contains: {name} }} }}) {{ totalCount }} }}")
    };
    let plain = world.ask(&named(r#""Workers' Party""#)).await.body;
    assert_eq!(plain["data"]["organisations"]["totalCount"], 1);
    for escaped in [
        r#""\u0057orkers' Party""#,
        r#""\u{57}orkers' Party""#,
        r#""\u{000057}orkers'\u{20}Party""#,
    ] {
        assert_eq!(world.ask(&named(escaped)).await.body, plain, "{escaped}");
    }
    for beyond in [r#""\uD83D\uDE00""#, r#""\u{1F600}""#, r#""😀""#] {
        let body = world.ask(&named(beyond)).await.body;
        assert_eq!(body, json!({"data": {"organisations": {"totalCount": 0}}}));
    }
}

async fn what_names_no_character_is_refused(on: On) {
    let world = world(on).await;
    for text in [
        r#""\uD83D""#,
        r#""\uDE00\uD83D""#,
        r#""\u{D83D}\u{DE00}""#,
        r#""\u{110000}""#,
        r#""\u{}""#,
        r#""\u{FFFFFFFFFFFFFFFFFFFFFFFF}""#,
    ] {
        let body = world
            .ask(&format!("{{ search(query: {text}) {{ totalCount }} }}"))
            .await
            .body;
        let refused = refusal(&body);
        assert!(
            refused.starts_with("GRAPHQL_PARSE_FAILED at 1:"),
            "{text}: {refused}"
        );
    }
}

/// PostgreSQL has no text with it; both databases say so, for literals and for variables.
async fn the_null_character_fails_where_it_is_given(on: On) {
    let world = world(on).await;
    let literal = r#"{ organisation(by: { slug: "a\u0000b" }) { name } dataset { __typename } }"#;
    let variable =
        "query ($s: String!) { organisation(by: { slug: $s }) { name } dataset { __typename } }";
    for body in [
        world.ask(literal).await.body,
        world.ask_with(variable, json!({"s": "a\0b"})).await.body,
    ] {
        let data = json!({"organisation": null, "dataset": {"__typename": "Dataset"}});
        assert_eq!(outcome(&body), json!([[["organisation"]], data]));
        let message = "by.slug: expected text without the NUL character";
        assert_eq!(body["errors"][0]["message"], message);
    }
    let body = world.ask("{ dataset\0{ licence } }").await.body;
    assert!(refusal(&body).starts_with("GRAPHQL_PARSE_FAILED at 1:10"));
}

async fn what_the_grammar_has_no_place_for_is_refused(on: On) {
    let world = world(on).await;
    #[rustfmt::skip]
    let table = [
        ("{ }", "GRAPHQL_PARSE_FAILED at 1:3: expected a field or a fragment, found `}`"),
        ("{\n  dataset { # nothing\n  }\n}", "GRAPHQL_PARSE_FAILED at 3:3: expected a field or a fragment, found `}`"),
        ("{ é: dataset", "GRAPHQL_PARSE_FAILED at 1:3"),
        ("{ organisations(first) { totalCount } }", "GRAPHQL_PARSE_FAILED at 1:22: expected `:` and a value, found `)`"),
        ("{ organisation(by nothing: { slug: \"a\" }) { name } }", "GRAPHQL_PARSE_FAILED at 1:19: expected `:` and a value, found `nothing`"),
        ("{ organisations(filter: { kind: { eq: PARTY, eq: GROUP } }) { totalCount } }", "GRAPHQL_VALIDATION_FAILED at 1:46: the input field `eq` must not be given twice"),
        ("query ($f: OrganisationFilter = { kind: null, kind: null }) { organisations(filter: $f) { totalCount } }", "GRAPHQL_VALIDATION_FAILED at 1:47: the input field `kind` must not be given twice"),
        ("query ($s: String) { organisation(by: { slug: $s }) { name } }", "GRAPHQL_VALIDATION_FAILED at 1:"),
        ("\"No.\" { dataset { licence } }", "GRAPHQL_PARSE_FAILED at 1:1"),
    ];
    for (query, expected) in table {
        let refused = refusal(&world.ask(query).await.body);
        assert!(
            refused.starts_with(expected),
            "{query}\n  expected {expected}\n  found    {refused}"
        );
    }
}

async fn a_failed_field_is_told_of_for_each_object(on: On) {
    let world = world(on).await;
    let query = r#"{
        organisations(first: 2) { nodes { slug a: founded { edtf } b: founded { display(locale: "e_n") } } }
        dataset { __typename }
    }"#;
    let body = world.ask(query).await.body;
    let nodes = body["data"]["organisations"]["nodes"].as_array().unwrap();
    let failed: Vec<Value> = (0..2)
        .map(|index| json!(["organisations", "nodes", index, "b", "display"]))
        .collect();
    assert_eq!(outcome(&body)[0], json!(failed));
    for node in nodes {
        assert!(node["slug"].is_string() && node["a"]["edtf"].is_string());
        assert_eq!(node["b"], Value::Null);
    }
    assert_eq!(body["data"]["dataset"]["__typename"], "Dataset");
}

async fn a_field_fails_only_for_objects_that_have_it(on: On) {
    let world = world(on).await;
    let none =
        "{ organisations(filter: { or: [] }) { nodes { people(first: -1) { totalCount } } } }";
    let body = world.ask(none).await.body;
    assert_eq!(body, json!({"data": {"organisations": {"nodes": []}}}));
    // Where nothing on the way can be null, there is no data, and one error.
    let some = "{ organisations(first: 2) { nodes { people(first: -1) { totalCount } } } }";
    let body = world.ask(some).await.body;
    let path = json!(["organisations", "nodes", 0, "people"]);
    assert_eq!(outcome(&body), json!([[path], null]));
    // One type behind an interface fails, the others stand.
    let mixed = r#"{
        search(query: "workers", first: 9) { nodes { __typename ... on Organisation { founded { display(locale: "") } } } }
    }"#;
    let body = world.ask(mixed).await.body;
    let nodes = body["data"]["search"]["nodes"].as_array().unwrap();
    let organisations = nodes.iter().zip(0..).filter_map(|(node, index)| {
        let dated = node.get("founded").is_some();
        assert_eq!(dated, node["__typename"] == "Organisation", "{body}");
        dated.then_some(index)
    });
    let found: Vec<Value> = organisations
        .map(|index: usize| json!(["search", "nodes", index, "founded", "display"]))
        .collect();
    assert!(!found.is_empty() && found.len() < nodes.len(), "{body}");
    let told = outcome(&body);
    for path in told[0].as_array().unwrap() {
        assert!(found.contains(path), "{path}");
    }
    assert!(!told[0].as_array().unwrap().is_empty());
}

on_both! {
    descriptions_say_nothing_to_the_service,
    escapes_name_any_character,
    what_names_no_character_is_refused,
    the_null_character_fails_where_it_is_given,
    what_the_grammar_has_no_place_for_is_refused,
    a_failed_field_is_told_of_for_each_object,
    a_field_fails_only_for_objects_that_have_it,
}
