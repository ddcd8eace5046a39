//! The graph as plain JSON under `/api/v1`: requests of `rest`, admitted, charged and kept as those of GraphQL are.
//!
//! | outcome | status |
//! |---|---|
//! | an answer; one that the client has already | 200; 304 |
//! | the record has another slug now, or was merged into another | 308 |
//! | a parameter is unknown or wrong; more is asked for than may be | 400 |
//! | no such record, no such address | 404 |
//! | the address is too long | 414 |
//! | another method than GET and HEAD; JSON is not accepted | 405; 406 |
//! | the client has spent what it may in a minute; too many requests are being answered | 429; 503 |
//! | the answer takes too long | 504 |

use std::{any::Any, borrow::Cow, sync::Arc};

use axum::{
    extract::{Query, Request as HttpRequest, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{ALLOW, CONTENT_TYPE, LINK, LOCATION, VARY},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{
    accept,
    admit::Budget,
    file,
    graphql::{self, Known},
    problem::Problem,
    record::put,
};
use crate::{
    App,
    error::Error,
    graph::Graph,
    rest::{Answer, Asked, Blamed, Link, ROOT, Relation},
};

const JSON: &str = "application/json";

/// What stands for answers of this form in their tags.
const FORM: &str = "rest";

/// The longest path with its query, in bytes: it comes back in links of headers, and proxies take no longer ones.
const LONGEST: usize = 8192;

pub async fn answer(State(app): State<Arc<App>>, request: HttpRequest) -> Response {
    let (request, _) = request.into_parts();
    let mut budget = Budget::default();
    let answer = found(&app, &request, &mut budget).await;
    let mut response = answer.unwrap_or_else(|problem| {
        problem.count(&app.metrics);
        problem.response(&request.headers)
    });
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept"));
    if app.config.introspection {
        let description = app.rest.description();
        let described = format!("<{description}>; rel=\"service-desc\"; type=\"{JSON}\"");
        headers.extend(HeaderValue::from_str(&described).map(|link| (LINK, link)));
    }
    budget.write(headers);
    response
}

async fn found(app: &App, request: &Parts, budget: &mut Budget) -> Result<Response, Problem> {
    let headers = &request.headers;
    if accept::preferred(headers, &[JSON]).is_none() {
        let error = Error::bad_request(format!("answers are {JSON}; accept it"));
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, error));
    }
    let path = path(&request.uri)?;
    match path.trim_start_matches('/') {
        "" => {
            let index = format!("{:#}\n", app.rest.index(app.config.introspection));
            return Ok(file::file(headers, JSON, &index));
        }
        "openapi.json" if app.config.introspection => {
            return Ok(file::file(headers, JSON, app.rest.openapi()));
        }
        _ => {}
    }
    let client = app.admission.client(headers, &request.extensions);
    let _place = app.admission.enter(budget)?;
    let asked = match app.rest.ask(&path, parameters(&request.uri)?) {
        Ok(asked) => asked,
        Err(error) => {
            app.admission.charge(client, 1, budget)?;
            return Err(error.into());
        }
    };
    let request = asked.request.clone();
    let answer = graphql::kept(
        app,
        request,
        FORM,
        headers,
        client,
        budget,
        Graph::prepare_own,
    );
    let Known { response, tag } =
        graphql::in_time(app, StatusCode::GATEWAY_TIMEOUT, answer).await??;
    let mut shown = match response {
        None => StatusCode::NOT_MODIFIED.into_response(),
        Some(response) => {
            let body = serde_json::from_slice(&response.body).map_err(Error::internal)?;
            let shown = show(app, &asked, body)?;
            if shown.status() == StatusCode::OK && file::is_any_known(headers) {
                StatusCode::NOT_MODIFIED.into_response()
            } else {
                shown
            }
        }
    };
    graphql::keep(shown.headers_mut(), tag.as_deref(), app);
    Ok(shown)
}

/// What stands after the root.
fn path(address: &Uri) -> Result<Cow<'_, str>, Problem> {
    let query = address.query().unwrap_or_default();
    let (length, path) = (address.path().len() + query.len(), address.path());
    if length > LONGEST {
        let message = format!("the address has {length} bytes; at most {LONGEST} are taken");
        return Err(Problem::new(
            StatusCode::URI_TOO_LONG,
            Error::limit(message),
        ));
    }
    let path = percent_decode_str(path.strip_prefix(ROOT).unwrap_or(path)).decode_utf8();
    path.map_err(|_| {
        Error::not_found("there is nothing at this address; it is no text in UTF-8").into()
    })
}

fn parameters(address: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let parameters = Query::<Vec<(String, String)>>::try_from_uri(address);
    let Query(parameters) = parameters
        .map_err(|_| Error::bad_request("the parameters in the address cannot be read"))?;
    Ok(parameters)
}

/// The answer of the graph as it is shown at the address.
fn show(app: &App, asked: &Asked<'_>, mut body: Value) -> Result<Response, Problem> {
    if let Some(error) = body["errors"].get_mut(0).map(Value::take) {
        return Err(match asked.blamed(&error) {
            Blamed::Nothing => Problem::told(error),
            Blamed::Parameter(name, message) => Problem::told(error).of(name, &message),
            Blamed::Record(message) => Error::not_found(message).into(),
        });
    }
    match app.rest.show(asked, body["data"].take()) {
        Answer::Found { body, links } => {
            let mut response = body.to_string().into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
            put(headers, LINK, &links_of(&links));
            Ok(response)
        }
        Answer::Missing => Err(Error::not_found(asked.missing()).into()),
        Answer::Moved(to) => Ok((StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response()),
    }
}

fn links_of(links: &[Link]) -> String {
    let links = links.iter().map(|link| {
        let relation = match link.relation {
            Relation::This => "self",
            Relation::Next => "next",
            Relation::Previous => "prev",
        };
        format!("<{}>; rel=\"{relation}\"", link.url)
    });
    links.collect::<Vec<_>>().join(", ")
}

pub async fn other_method(headers: HeaderMap) -> Response {
    let error = Error::bad_request("nothing can be written here; use GET or HEAD");
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, error).response(&headers);
    let allowed = HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(ALLOW, allowed);
    response
}

/// The answer where the program went wrong; what asked is gone with it.
pub fn panicked(panic: &(dyn Any + Send)) -> Response {
    let error = super::panic(panic);
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error).response(&HeaderMap::new())
}
