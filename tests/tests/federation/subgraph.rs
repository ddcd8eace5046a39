//! The subgraph's schema: committed, served, printed and told, and shown to nobody who does not ask for it.

use std::fs;

use axum::http::header::IF_NONE_MATCH;
use serde_json::{Value, json};
use tests::{On, World, folder, on_both, program, site::Site};

on_both! {
    keys_are_answered_where_the_schema_is_kept_back,
}

#[tokio::test]
async fn the_committed_subgraph_is_what_is_served_printed_and_told() {
    let site = Site::new(World::empty(On::Sqlite).await.unwrap());
    let served = site.get("/schema.federation.graphql").await;
    let path = folder("../api/schema.federation.graphql");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &served.text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == served.text,
        "api/schema.federation.graphql is not what is served; write it anew with `cargo bless` and look at the difference"
    );
    let unchanged = [(IF_NONE_MATCH, served.header("etag"))];
    let again = site
        .ask("GET", "/schema.federation.graphql", &unchanged)
        .await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));

    let empty = tempfile::tempdir().unwrap();
    let printed = program::run(empty.path(), &["schema", "--federation"]);
    assert!(printed == (0, served.text.clone()));

    let told = site.world.ask("query { _service { sdl } }").await;
    assert!(told.body == json!({"data": {"_service": {"sdl": served.text}}}));
    assert_eq!(told.statements, 0);
    let named =
        "{ it: _service { ...S } _service { text: sdl } } fragment S on _Service { __typename }";
    let named = site.world.ask(named).await.body;
    assert_eq!(named["data"]["it"], json!({"__typename": "_Service"}));
    assert!(named["data"]["_service"] == json!({"text": served.text}));
}

#[tokio::test]
async fn clients_are_shown_nothing_of_it() {
    let world = World::empty(On::Sqlite).await.unwrap();
    let head = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])

"""Exactly one entry is given."""
directive @oneOf on INPUT_OBJECT

"#;
    let mut plain = world
        .graph
        .federation()
        .strip_prefix(head)
        .unwrap()
        .to_owned();
    for directive in [
        " @key(fields: \"id\")",
        " @key(fields: \"slug\")",
        " @shareable",
    ] {
        assert!(plain.contains(directive));
        plain = plain.replace(directive, "");
    }
    assert!(plain == world.graph.sdl());

    let beside = "{ _service { __typename } __type(name: \"_Any\") { name } __schema { types { name } queryType { fields { name } } } }";
    let beside = world.ask(beside).await.body;
    assert_eq!(beside["data"]["__type"], Value::Null);
    for told in [
        beside["data"]["__schema"].to_string(),
        world.graph.introspection().to_owned(),
    ] {
        assert!(
            told.contains("\"organisations\"") && !told.contains("\"_E") && !told.contains("\"_e")
        );
    }
}

async fn keys_are_answered_where_the_schema_is_kept_back(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.introspection = Some("false".to_owned());
    });
    let refused = site.question("{ ...F } fragment F on Query { _service { sdl } }", &[]);
    let refused = refused.await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.json()["errors"][0]["message"],
        "introspection is switched off here; ask who runs the service for its schema"
    );
    assert_eq!(site.get("/schema.federation.graphql").await.status, 404);
    let query = "{ _entities(representations: [{ __typename: \"Person\", slug: \"ines-acik\" }]) { ... on Person { name } } }";
    assert_eq!(
        site.question(query, &[]).await.json()["data"],
        json!({"_entities": [{"name": "İnes Açık"}]})
    );
}
