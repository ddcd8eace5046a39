//! The parameters of a GraphQL request: out of a body, where a list of them can be a batch, or out of an address.

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use super::persisted::{Persisted, Wanted};
use crate::{
    error::{Error, Result},
    graph::{KindAllowed, Request},
};

/// What a body asks for.
pub enum Asked {
    One(Request),
    /// What to run one after the other. What is no request has its error in its place.
    Batch(Vec<Result<Request>>),
}

/// A list is a batch of at most `batch_limit` requests; none is taken when that is 0.
pub fn of_body(body: &[u8], batch_limit: usize, documents: &Persisted) -> Result<Asked> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Error::bad_request(format!("the body is not JSON: {error}")))?;
    match body {
        Value::Array(members) if batch_limit > 0 => {
            batch(members, batch_limit, documents).map(Asked::Batch)
        }
        body => of_json(body, "the body", documents).map(Asked::One),
    }
}

fn batch(members: Vec<Value>, limit: usize, documents: &Persisted) -> Result<Vec<Result<Request>>> {
    let count = members.len();
    if count == 0 {
        return Err(Error::bad_request("the list of requests is empty"));
    }
    if count > limit {
        return Err(Error::limit(format!(
            "the list holds {count} requests; at most {limit} are allowed"
        )));
    }
    let members = members.into_iter().zip(1..);
    let requests =
        members.map(|(member, number)| of_json(member, &format!("request {number}"), documents));
    Ok(requests.collect())
}

fn of_json(value: Value, what: &str, documents: &Persisted) -> Result<Request> {
    let Value::Object(mut members) = value else {
        let found = kind(&value);
        return Err(Error::bad_request(format!(
            "{what} must be a JSON object with the member query, not {found}"
        )));
    };
    request(
        |name| Ok(members.remove(name).unwrap_or_default()),
        KindAllowed::Any,
        documents,
    )
}

pub fn of_address(address: &Uri, documents: &Persisted) -> Result<Request> {
    let Query(parameters) = Query::<Vec<(String, String)>>::try_from_uri(address)
        .map_err(|_| Error::bad_request("the parameters in the address cannot be read"))?;
    request(
        |name| {
            let mut values = parameters.iter().filter(|(given, _)| given == name);
            let Some((_, text)) = values.next() else {
                return Ok(Value::Null);
            };
            if values.next().is_some() {
                return Err(Error::bad_request(format!("{name} is given twice")));
            }
            match name {
                "variables" | "extensions" if text.is_empty() => Ok(Value::Null),
                "variables" | "extensions" => serde_json::from_str(text)
                    .map_err(|error| Error::bad_request(format!("{name} is not JSON: {error}"))),
                _ => Ok(Value::String(text.clone())),
            }
        },
        KindAllowed::QueryOnly,
        documents,
    )
}

/// A parameter that is null counts as absent, an empty operation name too; unknown ones are passed over.
fn request(
    mut parameter: impl FnMut(&str) -> Result<Value>,
    kind_allowed: KindAllowed,
    documents: &Persisted,
) -> Result<Request> {
    let mut text = |name| match parameter(name)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        other => Err(mistyped(name, "text", &other)),
    };
    let query = text("query")?;
    let document_id = text("documentId")?;
    let operation_name = text("operationName")?.filter(|name| !name.is_empty());
    let mut object = |name| match parameter(name)? {
        Value::Null => Ok(Map::new()),
        Value::Object(members) => Ok(members),
        other => Err(mistyped(name, "an object", &other)),
    };
    let variables = object("variables")?;
    let hash = hash(&object("extensions")?)?;
    let query = documents.find(Wanted {
        query,
        document_id,
        hash,
    })?;
    Ok(Request {
        query,
        operation_name,
        variables,
        kind_allowed,
    })
}

/// The hash by which automatic persisted queries name their document.
fn hash(extensions: &Map<String, Value>) -> Result<Option<String>> {
    let Some(persisted) = extensions.get("persistedQuery") else {
        return Ok(None);
    };
    match (&persisted["version"], &persisted["sha256Hash"]) {
        (Value::Number(version), Value::String(hash)) if version.as_u64() == Some(1) => {
            Ok(Some(hash.clone()))
        }
        _ => Err(Error::bad_request(
            "extensions.persistedQuery must hold version 1 and a sha256Hash",
        )),
    }
}

fn mistyped(name: &str, expected: &str, found: &Value) -> Error {
    Error::bad_request(format!("{name} must be {expected}, not {}", kind(found)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
