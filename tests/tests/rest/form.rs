//! Answers have the form that the OpenAPI document promises, member by member and with nothing beside it.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use tests::{On, World, on_both, site::Site};

use super::{found, get, slugs};

on_both! {
    every_answer_has_the_form_that_is_described,
}

/// The document with objects that hold what it names and nothing else.
fn strict(mut document: Value) -> Value {
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for schema in schemas.values_mut() {
        if schema.get("properties").is_some() {
            schema["additionalProperties"] = json!(false);
        }
    }
    document
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let mut whole = Map::new();
    whole.insert("allOf".to_owned(), json!([schema]));
    whole.insert("components".to_owned(), document["components"].clone());
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&Value::Object(whole)).unwrap()
}

fn check(validator: &Validator, path: &str, answer: &Value) {
    let faults = validator.iter_errors(answer);
    let faults: Vec<String> = faults
        .map(|fault| format!("{path}: {}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The values of a member in all items of a list.
fn members(list: &Value, name: &str) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item[name].as_str().unwrap().to_owned())
        .collect()
}

async fn all_answers(site: &Site) {
    let document = strict(found(site, "/openapi.json").await);
    let organisations = members(&found(site, "/organisations?first=2").await, "id").join("&of=");
    let mut answers = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let validator = validator(&document, schema);
        let paths: Vec<String> = if let Some((folder, rest)) = path.split_once("/{record}") {
            let list = found(site, &format!("{folder}?first=100")).await;
            let records = match folder {
                "/sources" => members(&list, "id"),
                _ => slugs(&list),
            };
            let records = records.iter().take(40);
            records
                .map(|record| format!("{folder}/{record}{rest}"))
                .collect()
        } else {
            let needed = match path.as_str() {
                "/search" => "?query=a".to_owned(),
                "/lineage" | "/commonAncestors" => format!("?of={organisations}"),
                "/paths" => {
                    let ends = organisations.replace("&of=", "&to=");
                    format!("?via=ANY&from={ends}")
                }
                _ => "?first=100".to_owned(),
            };
            let takes = item["get"]["parameters"].as_array().unwrap();
            vec![format!(
                "{path}{}",
                if takes.is_empty() { "" } else { &needed }
            )]
        };
        for path in paths {
            check(&validator, &path, &found(site, &path).await);
            answers += 1;
        }
    }
    assert!(answers > 200, "{answers}");
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let problem = validator(&document, &problem);
    for path in [
        "/organisations?first=x",
        "/organisations/nobody",
        "/nowhere",
    ] {
        check(&problem, path, &get(site, path).await.json());
    }
}

async fn every_answer_has_the_form_that_is_described(on: On) {
    for world in [
        World::small(on).await.unwrap(),
        World::new(on, None).await.unwrap(),
    ] {
        let site = Site::with(world, |flags| flags.cost_rate = Some("0".to_owned()));
        all_answers(&site).await;
    }
}
