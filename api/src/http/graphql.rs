//! GraphQL over HTTP: one handler for POST and GET, and the status code of every outcome.
//!
//! | outcome | `application/graphql-response+json` | `application/json` |
//! |---|---|---|
//! | executed, with or without errors of fields | 200 | 200 |
//! | the document cannot be parsed, is not valid, or its variables do not fit | 400 | 200 |
//! | not a GraphQL request: malformed JSON, a parameter missing or of a wrong type | 400 | 400 |
//! | a mutation over GET, or another method than GET and POST | 405 | 405 |
//! | the body does not arrive in time; is too large; is not JSON | 408; 413; 415 | the same |
//! | the client takes neither media type | 406 | 406 |
//! | the answer takes too long | 504 | 504 |
//!
//! With `application/json` a client cannot tell our errors from those of a proxy by their status,
//! hence the 200 for every well-formed request there.

use std::{future::Future, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Query, Request as HttpRequest, State, rejection::BytesRejection},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ALLOW, CONTENT_TYPE, VARY},
    },
    response::Response as HttpResponse,
};
use serde_json::{Map, Value, json};

use super::accept;
use crate::{
    App,
    error::Error,
    graph::{KindAllowed, Request},
};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// A request that never reached the graph, with the status that says so.
pub(super) type Refusal = (StatusCode, Error);

pub async fn answer(State(app): State<Arc<App>>, request: HttpRequest) -> HttpResponse {
    let accepted = accept::preferred(request.headers(), &[GRAPHQL, JSON]);
    let media = accepted.unwrap_or(JSON);
    let answer = match accepted {
        Some(media) => run(&app, request, media).await,
        None => Err((
            StatusCode::NOT_ACCEPTABLE,
            Error::bad_request(format!(
                "answers are {GRAPHQL} or {JSON}; accept one of them"
            )),
        )),
    };
    let (status, body) = answer.unwrap_or_else(|(status, error)| {
        let body = json!({ "errors": [error.report()] }).to_string();
        (status, Bytes::from(body))
    });
    respond(status, media, body)
}

async fn run(app: &App, request: HttpRequest, media: &str) -> Result<(StatusCode, Bytes), Refusal> {
    let request = match *request.method() {
        Method::GET | Method::HEAD => from_uri(request.uri())?,
        Method::POST => {
            check_content_type(request.headers())?;
            let body = Bytes::from_request(request, &());
            let body = in_time(app, StatusCode::REQUEST_TIMEOUT, body).await?;
            from_body(&body.map_err(|rejection| unread(app, &rejection))?)?
        }
        _ => {
            let error = Error::bad_request("use POST, or GET for queries");
            return Err((StatusCode::METHOD_NOT_ALLOWED, error));
        }
    };
    let response = app.graph.execute(request);
    let response = in_time(app, StatusCode::GATEWAY_TIMEOUT, response).await?;
    let status = if response.kind_refused {
        StatusCode::METHOD_NOT_ALLOWED
    } else if response.executed || media == JSON {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    Ok((status, response.body))
}

fn respond(status: StatusCode, media: &str, body: Bytes) -> HttpResponse {
    let mut response = HttpResponse::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let content_type = if media == GRAPHQL {
        "application/graphql-response+json; charset=utf-8"
    } else {
        "application/json; charset=utf-8"
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(ALLOW, HeaderValue::from_static("GET, POST"));
    }
    response
}

/// The data of the answer to a question of our own; else the status and the error as GraphQL shows it.
pub(super) async fn ask(
    app: &App,
    query: &str,
    variables: Map<String, Value>,
) -> Result<Value, (StatusCode, Value)> {
    let request = Request {
        query: query.to_owned(),
        operation_name: None,
        variables,
        kind_allowed: KindAllowed::QueryOnly,
    };
    let answer = app.graph.execute(request);
    let answer = in_time(app, StatusCode::GATEWAY_TIMEOUT, answer).await;
    let answer = answer.map_err(|(status, error)| (status, json!(error.report())))?;
    let mut answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if let Some(error) = answer["errors"].get(0) {
        let status = match error["extensions"]["code"]
            .as_str()
            .map(Error::is_of_client)
        {
            Some(true) => StatusCode::BAD_REQUEST,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        return Err((status, error.clone()));
    }
    Ok(answer["data"].take())
}

pub(super) async fn in_time<T>(
    app: &App,
    status: StatusCode,
    work: impl Future<Output = T>,
) -> Result<T, Refusal> {
    let after = app.config.request_timeout;
    tokio::time::timeout(after, work)
        .await
        .map_err(|_| (status, Error::Timeout { after }))
}

/// Only JSON: a browser sends other types across sites without asking first.
fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.get(CONTENT_TYPE).is_some_and(accept::is_json) {
        return Ok(());
    }
    let error = Error::bad_request("the content type must be application/json, in utf-8");
    Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, error))
}

fn unread(app: &App, rejection: &BytesRejection) -> Refusal {
    let status = rejection.status();
    let error = if status == StatusCode::PAYLOAD_TOO_LARGE {
        let limit = app.config.body_limit.0;
        Error::limit(format!("the body is larger than {limit} bytes"))
    } else {
        Error::bad_request("the body did not arrive whole")
    };
    (status, error)
}

fn from_body(body: &[u8]) -> Result<Request, Refusal> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| malformed(format!("the body is not JSON: {error}")))?;
    let Value::Object(mut body) = body else {
        let found = kind(&body);
        return Err(malformed(format!(
            "the body must be a JSON object with the member query, not {found}"
        )));
    };
    request(
        |name| Ok(body.remove(name).unwrap_or_default()),
        KindAllowed::Any,
    )
}

fn from_uri(uri: &Uri) -> Result<Request, Refusal> {
    let Query(parameters) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| malformed("the parameters in the address cannot be read"))?;
    request(
        |name| {
            let mut values = parameters.iter().filter(|(given, _)| given == name);
            let Some((_, text)) = values.next() else {
                return Ok(Value::Null);
            };
            if values.next().is_some() {
                return Err(malformed(format!("{name} is given twice")));
            }
            match name {
                "variables" | "extensions" => serde_json::from_str(text)
                    .map_err(|error| malformed(format!("{name} is not JSON: {error}"))),
                _ => Ok(Value::String(text.clone())),
            }
        },
        KindAllowed::QueryOnly,
    )
}

/// A parameter that is null counts as absent, an empty operation name too; unknown ones are passed over.
fn request(
    mut parameter: impl FnMut(&str) -> Result<Value, Refusal>,
    kind_allowed: KindAllowed,
) -> Result<Request, Refusal> {
    let query = match parameter("query")? {
        Value::String(query) => query,
        Value::Null => return Err(malformed("query is missing; it holds the document to run")),
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

fn mistyped(name: &str, expected: &str, found: &Value) -> Refusal {
    malformed(format!("{name} must be {expected}, not {}", kind(found)))
}

fn malformed(message: impl Into<String>) -> Refusal {
    (StatusCode::BAD_REQUEST, Error::bad_request(message))
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
