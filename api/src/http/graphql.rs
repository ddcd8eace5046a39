//! GraphQL over HTTP: one handler for POST and GET, and the status code of every outcome.
//!
//! | outcome | `application/graphql-response+json` | `application/json` |
//! |---|---|---|
//! | executed | 200 | 200 |
//! | executed, with errors of fields beside the data | 294 | 200 |
//! | the document cannot be parsed, is not valid, or its variables do not fit | 400 | 200 |
//! | not a GraphQL request: malformed JSON, a parameter missing or of a wrong type | 400 | 400 |
//! | a batch, where the setting `batch_limit` allows them: a list of answers in the order of the requests | 200 | 200 |
//! | a mutation over GET, or another method than GET and POST | 405 | 405 |
//! | the body does not arrive in time; is too large; is not JSON | 408; 413; 415 | the same |
//! | the client has spent what it may in a minute; too many requests are being answered | 429; 503 | the same |
//! | the client takes neither media type | 406 | 406 |
//! | the answer takes too long | 504 | 504 |
//!
//! With `application/json` a client cannot tell our errors from those of a proxy by their status,
//! hence the 200 for every well-formed request there; who does not say what it takes gets it too.
//!
//! This is the edition of September 2026, except where the audits of its reference implementation, which servers and
//! clients are tested with, still follow the draft before it: what is not valid has the status 400 where the edition
//! recommends 422, and those who do not ask for a media type get `application/json`.

use std::{future::Future, net::IpAddr, sync::Arc, time::Instant};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request as HttpRequest, State, rejection::BytesRejection},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY},
    },
    response::Response as HttpResponse,
};
use hyper::ext::ReasonPhrase;
use serde_json::{Map, Value, json};
use tracing::Span;

use super::{
    accept,
    admit::Budget,
    file,
    parameters::{self, Asked},
};
use crate::{
    App,
    error::Error,
    graph::{Graph, KindAllowed, Outcome, Prepared, Request, Response},
};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// Data with errors beside it. No registered status says so.
const PARTIAL_SUCCESS: u16 = 294;

/// Bytes of the longest name of an operation that traces tell.
const TRACED: usize = 100;

/// A request that never reached the graph, with the status that says so.
pub(super) type Refusal = (StatusCode, Error);

pub async fn answer(State(app): State<Arc<App>>, request: HttpRequest) -> HttpResponse {
    let accepted = accept::preferred(request.headers(), &[JSON, GRAPHQL]);
    let media = accepted.unwrap_or(JSON);
    let client = app
        .admission
        .client(request.headers(), request.extensions());
    let mut budget = Budget::default();
    let answer = match accepted {
        Some(media) => run(&app, request, media, client, &mut budget).await,
        None => Err((
            StatusCode::NOT_ACCEPTABLE,
            Error::bad_request(format!(
                "answers are {GRAPHQL} or {JSON}; accept one of them"
            )),
        )),
    };
    let reply = answer.unwrap_or_else(|(status, error)| Reply::new(status, refused(&app, error)));
    let mut response = respond(reply, media, &app);
    budget.write(response.headers_mut());
    response
}

async fn run(
    app: &App,
    request: HttpRequest,
    media: &str,
    client: IpAddr,
    budget: &mut Budget,
) -> Result<Reply, Refusal> {
    let documents = &app.persisted;
    let mut known = HeaderMap::new();
    let asked = match *request.method() {
        Method::GET | Method::HEAD => {
            known.clone_from(request.headers());
            parameters::of_address(request.uri(), documents).map(Asked::One)
        }
        Method::POST => {
            check_content_type(request.headers())?;
            let body = Bytes::from_request(request, &());
            let body = in_time(app, StatusCode::REQUEST_TIMEOUT, body).await?;
            let body = body.map_err(|rejection| unread(app, &rejection))?;
            parameters::of_body(&body, app.config.batch_limit, documents)
        }
        _ => {
            let error = Error::bad_request("use POST, or GET for queries");
            return Err((StatusCode::METHOD_NOT_ALLOWED, error));
        }
    };
    let asked = asked.map_err(|error| match error {
        // Clients take any other status for a server that knows no such queries.
        Error::NotPersisted => (StatusCode::OK, error),
        error => (StatusCode::BAD_REQUEST, error),
    })?;
    // Whoever sends slowly does so outside.
    let _place = app.admission.enter(budget)?;
    match asked {
        Asked::One(request) => {
            let answer = one(app, request, media, &known, client, budget);
            in_time(app, StatusCode::GATEWAY_TIMEOUT, answer).await?
        }
        Asked::Batch(requests) => {
            let answers = answer_all(app, requests, client, budget);
            let answers = in_time(app, StatusCode::GATEWAY_TIMEOUT, answers).await?;
            Ok(Reply::new(StatusCode::OK, answers))
        }
    }
}

/// The answer to one request, in the form of a media type.
async fn one(
    app: &App,
    request: Request,
    media: &str,
    known: &HeaderMap,
    client: IpAddr,
    budget: &mut Budget,
) -> Result<Reply, Refusal> {
    let Known { response, tag } =
        kept(app, request, media, known, client, budget, Graph::prepare).await?;
    // Only an answer tells whether there is anything.
    let unwanted = tag.is_some() && file::is_any_known(known);
    let reply = match response.filter(|_| !unwanted) {
        Some(response) => Reply::new(status(response.outcome, media), response.body),
        None => Reply::new(StatusCode::NOT_MODIFIED, Bytes::new()),
    };
    Ok(Reply { tag, ..reply })
}

/// Makes a request ready, within the limits that hold for it.
pub(super) type Prepare = fn(&Graph, Request) -> Result<Prepared, Response>;

/// An answer that clients may keep.
pub(super) struct Known {
    /// None: the client has it already.
    pub response: Option<Response>,
    /// Stands for the answer as long as the data is what it is. None: it is not to be kept.
    pub tag: Option<String>,
}

/// The answer to one request, charged to its client, unless the client has it already in that form, which `known` tells.
pub(super) async fn kept(
    app: &App,
    request: Request,
    form: &str,
    known: &HeaderMap,
    client: IpAddr,
    budget: &mut Budget,
    prepare: Prepare,
) -> Result<Known, Refusal> {
    let tag = match request.kind_allowed {
        KindAllowed::QueryOnly => tag(app, &request, form).await,
        KindAllowed::Any => None,
    };
    if tag.as_ref().is_some_and(|tag| file::is_known(known, tag)) {
        app.admission.charge(client, 1, budget)?;
        return Ok(Known {
            response: None,
            tag,
        });
    }
    let response = charged(app, request, client, budget, prepare).await?;
    let tag = tag.filter(|_| response.outcome == Outcome::Whole);
    Ok(Known {
        response: Some(response),
        tag,
    })
}

/// Tells a client how long it may keep an answer.
pub(super) fn keep(headers: &mut HeaderMap, tag: Option<&str>, app: &App) {
    let kept = tag.and_then(|tag| HeaderValue::from_str(tag).ok());
    let control = match (&kept, app.config.max_age) {
        (None, _) => "no-store".to_owned(),
        (Some(_), 0) => "public, no-cache".to_owned(),
        (Some(_), seconds) => format!("public, max-age={seconds}"),
    };
    headers.extend(kept.map(|tag| (ETAG, tag)));
    headers.extend(HeaderValue::from_str(&control).map(|control| (CACHE_CONTROL, control)));
}

/// What goes back.
struct Reply {
    status: StatusCode,
    body: Bytes,
    /// Stands for the answer as long as the data is what it is. None: it is not to be kept.
    tag: Option<String>,
}

impl Reply {
    fn new(status: StatusCode, body: Bytes) -> Self {
        Self {
            status,
            body,
            tag: None,
        }
    }
}

/// Stands for the answer to a request: the same question to the same schema over the same data has the same answer.
async fn tag(app: &App, request: &Request, form: &str) -> Option<String> {
    let data = ask(app, "{ dataset { revision changedAt } }", Map::new()).await;
    let Request {
        query,
        operation_name,
        variables,
        ..
    } = request;
    let question = json!([form, query, operation_name, variables]);
    let (schema, base_url) = (app.graph.federation_revision(), &app.base_url);
    Some(file::tag(&format!(
        "{question} {schema} {base_url} {}",
        data.ok()?
    )))
}

/// Answers what its client can pay for.
pub(super) async fn charged(
    app: &App,
    request: Request,
    client: IpAddr,
    budget: &mut Budget,
    prepare: Prepare,
) -> Result<Response, Refusal> {
    let since = Instant::now();
    let prepared = match prepare(&app.graph, request) {
        Ok(prepared) => prepared,
        Err(refused) => {
            app.admission.charge(client, 1, budget)?;
            return Ok(counted(app, refused));
        }
    };
    app.admission.charge(client, prepared.cost(), budget)?;
    let (name, kind) = prepared.operation();
    let name = name.filter(|name| name.len() <= TRACED);
    // The span has these where traces are sent.
    Span::current()
        .record("graphql.operation.name", name)
        .record("graphql.operation.type", kind);
    let running = app.metrics.operation(&prepared, since);
    let response = app.graph.run(prepared).await;
    running.end(&response);
    Ok(counted(app, response))
}

fn counted(app: &App, response: Response) -> Response {
    for report in &response.errors {
        app.metrics.error(report);
    }
    response
}

fn status(outcome: Outcome, media: &str) -> StatusCode {
    match outcome {
        Outcome::KindRefused => StatusCode::METHOD_NOT_ALLOWED,
        Outcome::Partial if media == GRAPHQL => {
            StatusCode::from_u16(PARTIAL_SUCCESS).unwrap_or(StatusCode::OK)
        }
        Outcome::Refused if media == GRAPHQL => StatusCode::BAD_REQUEST,
        Outcome::Whole | Outcome::Partial | Outcome::Refused => StatusCode::OK,
    }
}

/// One after the other: what one writes the next can read, and a batch is served no faster than its requests alone.
async fn answer_all(
    app: &App,
    requests: Vec<Result<Request, Error>>,
    client: IpAddr,
    budget: &mut Budget,
) -> Bytes {
    let mut list = Vec::from(*b"[");
    for request in requests {
        if list.len() > 1 {
            list.push(b',');
        }
        let answer = match request {
            Ok(request) => charged(app, request, client, budget, Graph::prepare).await,
            Err(error) => Err((StatusCode::BAD_REQUEST, error)),
        };
        let answer = answer.map(|response| response.body);
        list.extend_from_slice(&answer.unwrap_or_else(|(_, error)| refused(app, error)));
    }
    list.push(b']');
    list.into()
}

fn refused(app: &App, error: Error) -> Bytes {
    let report = error.report();
    app.metrics.error(&report);
    json!({ "errors": [report] }).to_string().into()
}

fn respond(reply: Reply, media: &str, app: &App) -> HttpResponse {
    let Reply { status, body, tag } = reply;
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
    keep(headers, tag.as_deref(), app);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(ALLOW, HeaderValue::from_static("GET, POST"));
    }
    if status == PARTIAL_SUCCESS {
        let reason = ReasonPhrase::from_static(b"Partial Success");
        response.extensions_mut().insert(reason);
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
    let answer = app.graph.answer_own(request);
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
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.get(CONTENT_TYPE).is_some_and(accept::is_json) {
        return Ok(());
    }
    let error = Error::bad_request("the content type must be application/json, in utf-8");
    Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, error))
}

pub(super) fn unread(app: &App, rejection: &BytesRejection) -> Refusal {
    let status = rejection.status();
    let error = if status == StatusCode::PAYLOAD_TOO_LARGE {
        let limit = app.config.body_limit.0;
        Error::limit(format!("the body is larger than {limit} bytes"))
    } else {
        Error::bad_request("the body did not arrive whole")
    };
    (status, error)
}
