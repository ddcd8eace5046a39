//! The parameters of a GraphQL request: out of a body, where a list of them can be a batch, or out of an address.

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

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
pub fn of_body(body: &[u8], batch_limit: usize) -> Result<Asked> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Error::bad_request(format!("the body is not JSON: {error}")))?;
    match body {
        Value::Array(members) if batch_limit > 0 => batch(members, batch_limit).map(Asked::Batch),
        body => of_json(body, "the body").map(Asked::One),
    }
}

fn batch(members: Vec<Value>, limit: usize) -> Result<Vec<Result<Request>>> {
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
    let requests = members.map(|(member, number)| of_json(member, &format!("request {number}")));
    Ok(requests.collect())
}

fn of_json(value: Value, what: &str) -> Result<Request> {
    let Value::Object(mut members) = value else {
        let found = kind(&value);
        return Err(Error::bad_request(format!(
            "{what} must be a JSON object with the member query, not {found}"
        )));
    };
    request(
        |name| Ok(members.remove(name).unwrap_or_default()),
        KindAllowed::Any,
    )
}

pub fn of_address(address: &Uri) -> Result<Request> {
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
    )
}

/// A parameter that is null counts as absent, an empty operation name too; unknown ones are passed over.
fn request(
    mut parameter: impl FnMut(&str) -> Result<Value>,
    kind_allowed: KindAllowed,
) -> Result<Request> {
    let query = match parameter("query")? {
        Value::String(query) => query,
        Value::Null => {
            return Err(Error::bad_request(
                "query is missing; it holds the document to run",
            ));
        }
        other => return Err(mistyped("query", "text", &other)),
    };
    let operation_name = match parameter("operationName")? {
        Value::Null => None,
        Value::String(name) => Some(name).filter(|name| !name.is_empty()),
        other => return Err(mistyped("operationName", "text", &other)),
    };
    let mut object = |name| match parameter(name)? {
        Value::Null => Ok(Map::new()),
        Value::Object(members) => Ok(members),
        other => Err(mistyped(name, "an object", &other)),
    };
    let variables = object("variables")?;
    object("extensions")?;
    Ok(Request {
        query,
        operation_name,
        variables,
        kind_allowed,
    })
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
