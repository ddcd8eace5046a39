//! The public schema: committed, described, named by rule, no less than what is promised, and the same by both
//! ways of reading it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod elements;
mod promise;

use std::{fs, path::Path};

use elements::{Element, Elements, Role};
use serde_json::Value;
use tests::{On, World};

async fn world() -> World {
    World::empty(On::Sqlite).await.unwrap()
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn the_committed_schema_is_the_one_that_is_served() {
    let world = world().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/schema.graphql");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, world.graph.sdl()).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == world.graph.sdl(),
        "api/schema.graphql is not what is served; write it anew with `cargo bless` and look at the difference"
    );
}

#[tokio::test]
async fn introspection_and_the_schema_as_text_agree() {
    let world = world().await;
    let introspection: Value = serde_json::from_str(world.graph.introspection()).unwrap();
    let (text, introspected) = (
        Elements::of_sdl(world.graph.sdl()),
        Elements::of_introspection(&introspection["data"]["__schema"]),
    );
    let missing = |from: &Elements, to: &Elements, name: &str| -> Vec<String> {
        from.0
            .iter()
            .filter(|(path, element)| to.0.get(*path) != Some(element))
            .map(|(path, element)| format!("{path} differs from {name}: {element:?}"))
            .collect()
    };
    report(&missing(&text, &introspected, "introspection"));
    report(&missing(&introspected, &text, "the text"));
    assert!(text.0.len() > 500);
}

#[tokio::test]
async fn what_is_promised_is_there() {
    let world = world().await;
    let (core, schema) = (
        Elements::of_sdl(include_str!("../../core.graphql")),
        Elements::of_sdl(world.graph.sdl()),
    );
    let faults: Vec<String> = core
        .0
        .iter()
        .filter_map(|(path, promised)| match schema.0.get(path) {
            None => Some(format!("{path} is promised and missing")),
            Some(found) if found.signature == promised.signature => None,
            Some(found) => Some(format!(
                "{path} is promised as `{}`, and is `{}`",
                promised.signature, found.signature
            )),
        })
        .collect();
    report(&faults);
}

/// The words of a name in camel case or in capitals.
fn words(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for character in name.chars() {
        if character.is_uppercase() && before.is_lowercase() || character == '_' {
            words.push(' ');
        }
        if character != '_' {
            words.extend(character.to_lowercase());
        }
        before = character;
    }
    words
}

#[tokio::test]
async fn everything_is_described_and_no_description_repeats_the_name() {
    let schema = Elements::of_sdl(world().await.graph.sdl());
    let faults: Vec<String> = schema
        .described()
        .filter_map(|(path, element)| {
            let description = element.description.as_deref().unwrap_or_default().trim();
            let plain = description.trim_end_matches('.').to_lowercase();
            let plain = ["the ", "a ", "an ", "its "]
                .iter()
                .find_map(|article| plain.strip_prefix(article))
                .unwrap_or(&plain);
            if plain.is_empty() {
                Some(format!("{path} is not described"))
            } else if plain == words(&element.name) {
                Some(format!("{path}: the description repeats the name"))
            } else if !description.ends_with(['.', '"']) && !description.ends_with("...") {
                Some(format!(
                    "{path}: the description is no sentence: {description}"
                ))
            } else {
                None
            }
        })
        .collect();
    report(&faults);
}

fn camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
}

fn pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
}

fn screaming(name: &str) -> bool {
    name.chars()
        .all(|character| character.is_ascii_uppercase() || character == '_')
}

#[tokio::test]
async fn names_and_types_follow_the_rules() {
    let schema = Elements::of_sdl(world().await.graph.sdl());
    let mut faults = Vec::new();
    let mut demand = |holds: bool, path: &str, rule: &str| {
        if !holds {
            faults.push(format!("{path}: {rule}"));
        }
    };
    for (path, element) in schema.described() {
        let (name, ty) = (element.name.as_str(), element.signature.as_str());
        match element.role {
            Role::Type => demand(pascal(name), path, "a type is named in PascalCase"),
            Role::Value => demand(screaming(name), path, "a value is named in SCREAMING_CASE"),
            Role::Field | Role::Argument | Role::InputField => {
                demand(camel(name), path, "named in camelCase");
            }
            Role::Implements => {}
        }
        if element.role == Role::Field && ty.starts_with('[') {
            let list = ty.ends_with("!]!") || path == "Query.nodes";
            demand(list, path, "a list is of type [T!]!");
        }
        let inner = ty.trim_end_matches('!');
        if element.role == Role::Field && inner.ends_with("Connection") {
            demand(ty.ends_with('!'), path, "a connection is not null");
            for (argument, meaning) in [("first", "Null: 20"), ("after", "cursor")] {
                let described = schema
                    .0
                    .get(&format!("{path}({argument})"))
                    .is_some_and(|found| {
                        found
                            .description
                            .as_deref()
                            .unwrap_or_default()
                            .contains(meaning)
                    });
                demand(
                    described,
                    path,
                    "pages forward, and says how many unless asked",
                );
            }
        }
        if element.role == Role::Type && name.ends_with("Connection") {
            let of = name.trim_end_matches("Connection");
            let expected = [
                ("edges", format!("[{of}Edge!]!")),
                ("pageInfo", "PageInfo!".to_owned()),
                ("totalCount", "Int!".to_owned()),
            ];
            for (field, ty) in expected {
                let found = schema.0.get(&format!("{path}.{field}"));
                demand(
                    found.is_some_and(|found| found.signature == ty),
                    path,
                    field,
                );
            }
            let node = schema.0.get(&format!("{of}Edge.node"));
            let nodes = schema.0.get(&format!("{path}.nodes"));
            let of_nodes = node.map(|node| format!("[{}]!", node.signature));
            demand(
                nodes.map(|nodes| nodes.signature.clone()) == of_nodes,
                path,
                "nodes are those of the edges",
            );
        }
    }
    report(&faults);
}

#[tokio::test]
async fn every_root_field_is_one_statement() {
    let world = world().await;
    let schema = Elements::of_sdl(world.graph.sdl());
    let roots = schema
        .described()
        .filter(|(path, element)| path.starts_with("Query.") && element.role == Role::Field);
    for (path, element) in roots {
        let required = |(of, argument): &(&String, &Element)| {
            argument.role == Role::Argument
                && of.starts_with(&format!("{path}("))
                && argument.signature.ends_with('!')
        };
        let arguments =
            schema
                .described()
                .find(required)
                .map_or("", |(_, found)| match found.name.as_str() {
                    "by" => "(by: { slug: \"none\" })",
                    "ids" => "(ids: [\"org_00000000000000000000\", \"per_00000000000000000000\"])",
                    "query" => "(query: \"none\")",
                    "of" => "(of: [\"org_00000000000000000000\", \"org_00000000000000000000\"])",
                    "from" => {
                        "(from: \"org_00000000000000000000\", to: \"org_00000000000000000000\")"
                    }
                    _ => "(id: \"src_00000000000000000000\")",
                });
        let query = format!("{{ {}{arguments} {{ __typename }} }}", element.name);
        let answer = world.ask(&query).await;
        let codes = &answer.body["errors"][0]["extensions"]["code"];
        // What follows links refuses to start from what does not exist.
        assert!(
            codes.is_null() || codes == "NOT_FOUND",
            "{query}: {}",
            answer.body
        );
        assert_eq!(answer.statements, 1, "{query}");
    }
}
