//! The OpenAPI document says all that can be asked: what it says of the addresses beside what the schema has.

use std::{collections::BTreeSet, fs, path::Path};

use api::rest::Rest;
use apollo_compiler::{Schema, ast::Type};
use serde_json::Value;
use tests::{On, World, program::run};

/// The address that the committed document names.
const COMMITTED: &str = "http://127.0.0.1:8000";

async fn world() -> World {
    World::empty(On::Sqlite).await.unwrap()
}

#[tokio::test]
async fn the_committed_description_is_the_one_that_is_served() {
    let world = world().await;
    let rest = Rest::new(world.graph.schema(), COMMITTED);
    let served = rest.openapi();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/openapi.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, served).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == served,
        "api/openapi.json is not what is served; write it anew with `cargo bless` and look at the difference"
    );
}

#[test]
fn the_program_prints_the_description() {
    let folder = tempfile::tempdir().unwrap();
    let (status, text) = run(folder.path(), &["schema", "--openapi"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(text, include_str!("../../../api/openapi.json"));
}

/// The names of the parameters of an address.
fn parameters(document: &Value, path: &str) -> BTreeSet<String> {
    let given = document["paths"][path]["get"]["parameters"].as_array();
    let given = given.into_iter().flatten().map(|parameter| {
        let pointer = parameter["$ref"].as_str();
        let parameter = pointer.map_or(parameter, |pointer| {
            document.pointer(pointer.trim_start_matches('#')).unwrap()
        });
        parameter["name"].as_str().unwrap().to_owned()
    });
    let names: Vec<String> = given.collect();
    let distinct: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(distinct.len(), names.len(), "{path}: {names:?}");
    distinct
}

/// The parameters that an argument of this type is given by: its own and, of a filter, one for each comparison.
fn expected(schema: &Schema, name: &str, ty: &Type) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    let Some(filter) = schema.get_input_object(ty.inner_named_type()) else {
        return names;
    };
    if !filter.name.ends_with("Filter") {
        return names;
    }
    for (entry, of) in &filter.fields {
        match schema.get_input_object(of.ty.inner_named_type()) {
            None => names.push(entry.to_string()),
            Some(input) if input.fields.contains_key("not") || input.name == "EntityFilter" => {}
            Some(input) => {
                let comparisons = input.fields.keys();
                names.extend(comparisons.map(|comparison| format!("{entry}[{comparison}]")));
            }
        }
    }
    names
}

#[tokio::test]
async fn every_field_and_argument_of_the_query_is_described() {
    let world = world().await;
    let rest = Rest::new(world.graph.schema(), COMMITTED);
    let document: Value = serde_json::from_str(rest.openapi()).unwrap();
    let schema = world.graph.schema();
    let records = [
        ("organisation", "organisations"),
        ("person", "people"),
        ("campaign", "campaigns"),
        ("publication", "publications"),
        ("event", "events"),
        ("source", "sources"),
    ];
    let mut paths = BTreeSet::new();
    let mut check = |path: String, names: Vec<String>| {
        let described = parameters(&document, &path);
        let names: BTreeSet<String> = names.into_iter().collect();
        assert_eq!(described, names, "{path}");
        paths.insert(path);
    };
    for (name, field) in &schema.get_object("Query").unwrap().fields {
        // Any node by its id: what it is tells the record.
        if ["node", "nodes"].contains(&name.as_str()) {
            continue;
        }
        let arguments = field.arguments.iter();
        let taken = |skip: &str| -> Vec<String> {
            let others = arguments.clone().filter(|it| it.name != skip);
            others
                .flat_map(|it| expected(schema, &it.name, &it.ty))
                .collect()
        };
        let record = records.iter().find(|(root, _)| name == root);
        let (path, of_record) = match record {
            Some((root, folder)) => {
                let picks = if *root == "source" { "id" } else { "by" };
                let names = [taken(picks), vec!["record".to_owned()]].concat();
                (format!("/{folder}/{{record}}"), names)
            }
            None => (format!("/{name}"), taken("")),
        };
        check(path.clone(), of_record.clone());
        if record.is_none() && name != "dataset" {
            continue;
        }
        let ty = schema.get_object(field.ty.inner_named_type()).unwrap();
        for (part, field) in &ty.fields {
            let leaf = schema.types[field.ty.inner_named_type()].is_scalar();
            if !leaf && !field.arguments.is_empty() {
                let arguments = field.arguments.iter();
                let own = arguments.flat_map(|it| expected(schema, &it.name, &it.ty));
                check(
                    format!("{path}/{part}"),
                    own.chain(of_record.clone()).collect(),
                );
            }
        }
    }
    let described = document["paths"].as_object().unwrap();
    assert_eq!(described.keys().cloned().collect::<BTreeSet<_>>(), paths);
    assert!(paths.len() > 70, "{paths:?}");
}

#[tokio::test]
async fn everything_is_described_in_words() {
    let rest = Rest::new(world().await.graph.schema(), COMMITTED);
    let document: Value = serde_json::from_str(rest.openapi()).unwrap();
    let mut faults = Vec::new();
    let words = |value: &Value| {
        value["description"]
            .as_str()
            .is_some_and(|it| !it.is_empty())
    };
    for (path, item) in document["paths"].as_object().unwrap() {
        let get = &item["get"];
        let inline = get["parameters"].as_array().unwrap().iter();
        let inline = inline.filter(|parameter| parameter.get("$ref").is_none());
        if !words(get) || !inline.clone().all(words) {
            faults.push(path.clone());
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let members = schema["properties"].as_object();
        let mut members = members.into_iter().flatten();
        let known = |(_, member): (&String, &Value)| words(member) || member.get("$ref").is_some();
        if !words(schema) || !members.all(known) {
            faults.push(name.clone());
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
