//! The OpenAPI document of all addresses.

mod schema;

use apollo_compiler::Schema;
use serde_json::{Map, Value, json};

use self::schema::{leaf, reference, shape};
use super::{
    Rest,
    endpoint::{By, Endpoint, Shows},
    object,
    parameter::{Parameter, Takes},
};
use crate::error::CODES;

/// The version of OpenAPI.
const VERSION: &str = "3.1.0";

const ABOUT: &str = "The graph as plain JSON: organisations, people, campaigns, publications and events, who says so, \
and how they came from each other. Everything here is made of the GraphQL schema at `/graphql`, with its names, filters, \
pages, limits and errors; every request is answered by one statement.\n\nLists have `items`, `pageInfo` and `totalCount`; \
the header `Link` has the addresses of the next and the previous page. A record at its own address is whole, with its \
lists: those with pages as an address and a length. In lists it is shown without them, and where something refers to it, \
by what it is called. Null means that nothing is known, as the description of each member tells.\n\nA parameter that is \
a list is given several times: `kind[in]=PARTY&kind[in]=GROUP`. Unknown parameters are refused.\n\nErrors are problems \
by RFC 9457.";

/// Outcomes that are no answer, each with what it means.
const PROBLEMS: [(&str, &str); 7] = [
    (
        "400",
        "A parameter is unknown, has a value that cannot be used, or asks for more than may be.",
    ),
    ("404", "There is no such record, or nothing at the address."),
    ("406", "The client does not accept application/json."),
    (
        "429",
        "The client has spent what it may in a minute; Retry-After tells when to come again.",
    ),
    (
        "500",
        "The service failed; the request's id leads to the log.",
    ),
    (
        "503",
        "As many requests are being answered as may be at once; Retry-After tells when to come again.",
    ),
    ("504", "The answer took too long and was given up."),
];

pub fn document(rest: &Rest) -> Value {
    let mut paths = Map::new();
    for endpoint in &rest.endpoints {
        let get = operation(&rest.schema, endpoint);
        paths.insert(endpoint.path.clone(), json!({ "get": get }));
    }
    let mut schemas = Map::new();
    for (name, known) in &rest.shapes {
        schemas.insert(name.clone(), shape(&rest.schema, known));
    }
    for endpoint in &rest.endpoints {
        if let Shows::Page(item) = &endpoint.shows {
            schemas.insert(page_name(item), page(item));
        }
    }
    schemas.extend(schema::named(&rest.schema, &rest.shapes, &rest.endpoints));
    schemas.insert("Problem".to_owned(), problem());
    schemas.sort_keys();
    let problems = PROBLEMS.iter().map(|(status, description)| {
        let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
        let mut answer = object([("description", json!(description)), ("content", content)]);
        if matches!(*status, "429" | "503") {
            let after = json!({ "description": "Seconds.", "schema": { "type": "integer" } });
            answer.insert("headers".to_owned(), json!({ "Retry-After": after }));
        }
        ((*status).to_owned(), Value::Object(answer))
    });
    let responses: Map<String, Value> = problems.collect();
    let parameters = rest.endpoints.iter().flat_map(|it| &it.parameters);
    let shared =
        parameters.filter_map(|it| Some((it.shared.clone()?, parameter(&rest.schema, it))));
    let mut shared: Map<String, Value> = shared.collect();
    shared.sort_keys();
    json!({
        "openapi": VERSION,
        "info": {
            "title": "Schismograph",
            "summary": "The history of political organisations as a graph.",
            "description": ABOUT,
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": rest.root }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": shared,
            "responses": responses,
            "headers": {
                "ETag": header("Stands for the answer as long as it is what it is."),
                "Link": header("This address, what describes it and, of a page, the next and the previous one."),
            },
        },
    })
}

fn header(description: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" } })
}

fn operation(schema: &Schema, endpoint: &Endpoint) -> Value {
    let record = endpoint.by.as_ref().map(record);
    let others = endpoint.parameters.iter().map(|it| match &it.shared {
        Some(name) => json!({ "$ref": format!("#/components/parameters/{name}") }),
        None => parameter(schema, it),
    });
    let parameters: Vec<Value> = record.into_iter().chain(others).collect();
    let shown = match &endpoint.shows {
        Shows::Page(item) => reference(&page_name(item)),
        Shows::One(shape) => reference(shape),
        Shows::List(shape) => json!({
            "type": "object",
            "properties": { "items": { "type": "array", "items": reference(shape) } },
            "required": ["items"],
        }),
    };
    let mut responses = object([(
        "200",
        json!({
            "description": "What was asked for.",
            "headers": {
                "ETag": { "$ref": "#/components/headers/ETag" },
                "Link": { "$ref": "#/components/headers/Link" },
            },
            "content": { "application/json": { "schema": shown } },
        }),
    )]);
    responses.insert(
        "304".to_owned(),
        json!({ "description": "The client has the answer." }),
    );
    if endpoint.by.is_some() {
        let location = header("The current address.");
        responses.insert(
            "308".to_owned(),
            json!({
                "description": "The record has another slug now, or was merged into another.",
                "headers": { "Location": location },
            }),
        );
    }
    for (status, _) in PROBLEMS {
        let problem = json!({ "$ref": format!("#/components/responses/{status}") });
        responses.insert(status.to_owned(), problem);
    }
    let tag = endpoint.path.split('/').nth(1).unwrap_or_default();
    json!({
        "operationId": endpoint.operation,
        "tags": [tag],
        "description": endpoint.description,
        "parameters": parameters,
        "responses": responses,
    })
}

fn record(by: &By) -> Value {
    let description = if by.slugs {
        "Its slug, or its public id; also a former slug or id, which leads to the current one."
    } else {
        "Its public id."
    };
    json!({
        "name": super::endpoint::RECORD,
        "in": "path",
        "required": true,
        "description": description,
        "schema": { "type": "string", "minLength": 1 },
    })
}

fn parameter(schema: &Schema, parameter: &Parameter) -> Value {
    let mut described = object([
        ("name", json!(parameter.name)),
        ("in", json!("query")),
        ("description", json!(parameter.description)),
    ]);
    if parameter.required {
        described.insert("required".to_owned(), json!(true));
    }
    let list = |item: Value| json!({ "type": "array", "items": item });
    let mut takes = match &parameter.takes {
        Takes::One(ty) => leaf(schema, ty),
        Takes::Many(ty) => list(leaf(schema, ty)),
        Takes::Order(by) => {
            let values = schema
                .get_enum(by)
                .into_iter()
                .flat_map(|by| by.values.keys());
            let keys = values.flat_map(|value| [value.to_string(), format!("-{value}")]);
            list(json!({ "type": "string", "enum": keys.collect::<Vec<_>>() }))
        }
        Takes::Json(ty) => {
            let content = json!({ "application/json": { "schema": reference(ty) } });
            described.insert("content".to_owned(), content);
            return Value::Object(described);
        }
    };
    if let (Some(default), Value::Object(takes)) = (&parameter.default, &mut takes) {
        takes.insert("default".to_owned(), default.clone());
    }
    described.insert("schema".to_owned(), takes);
    if matches!(parameter.takes, Takes::Many(_) | Takes::Order(_)) {
        described.insert("style".to_owned(), json!("form"));
        described.insert("explode".to_owned(), json!(true));
    }
    Value::Object(described)
}

fn page_name(item: &str) -> String {
    format!("{}Page", item.strip_suffix("Item").unwrap_or(item))
}

fn page(item: &str) -> Value {
    json!({
        "type": "object",
        "description": "A page of a list.",
        "properties": {
            "items": { "description": "The page's items.", "type": "array", "items": reference(item) },
            "pageInfo": reference("PageInfo"),
            "totalCount": { "description": "How many items the whole list has, whatever the page.", "type": "integer", "format": "int32" },
        },
        "required": ["items", "pageInfo", "totalCount"],
    })
}

/// The one form of errors: `http/problem.rs` writes it.
fn problem() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let number = |description: &str| json!({ "type": "integer", "description": description });
    json!({
        "type": "object",
        "description": "Why there is no answer, by RFC 9457.",
        "properties": {
            "type": text("`about:blank`: `title` and `code` say all."),
            "title": text("The status in words."),
            "status": number("The status of the answer."),
            "detail": text("What is wrong, and what would be right."),
            "code": {
                "type": "string",
                "description": "The code that GraphQL has for it in `extensions.code`; the set is closed.",
                "enum": CODES,
            },
            "parameter": text("The parameter to blame, where it is one."),
            "limit": {
                "type": "object",
                "description": "The limit that the request goes beyond, where it is one that is a setting.",
                "properties": {
                    "name": text("The setting."),
                    "allowed": number("The most that is allowed."),
                    "asked": number("What the request comes to; absent: it was not counted to the end."),
                },
                "required": ["name", "allowed"],
            },
            "requestId": text("Names the request in the log of the service, as X-Request-Id does."),
        },
        "required": ["type", "title", "status", "detail", "code"],
    })
}
