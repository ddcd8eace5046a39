//! What the service tells of itself and of all it has: the vocabulary at `/ns`, the data set at `/.well-known/void`,
//! lists of the records of each kind, and what programs that follow links ask for.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_SECURITY_POLICY, LOCATION},
    },
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    file, graphql, page,
    record::{Form, put, read, refusal, varied},
};
use crate::{
    App,
    error::Error,
    export, html,
    linked::{self, Addresses, Graph},
    locate,
    write::Kind,
};

pub async fn vocabulary(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let addresses = Addresses::new(&app.base_url);
    let graph = linked::vocabulary(&addresses);
    let at = format!("{}/ns", app.base_url);
    // Who looks a term up in a browser reads; so does who says nothing.
    let form = Form::preferred(&headers);
    described(&headers, form, &graph, ("Terms", &at, "./"))
}

/// Whoever knows of this address is a program that reads linked data, so it gets Turtle unless it says otherwise.
pub async fn data_set(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let addresses = Addresses::new(&app.base_url);
    let graph = match read(&app, export::about(&app.database, &addresses)).await {
        Ok(graph) => graph,
        Err((status, error)) => return varied(page::told(&headers, status, &error)),
    };
    let at = format!("{}/.well-known/void", app.base_url);
    let form = Form::preferred_as_data(&headers);
    described(&headers, form, &graph, ("The data set", &at, "../"))
}

fn described(
    headers: &HeaderMap,
    form: Result<Form, (StatusCode, Value)>,
    graph: &Graph<'_>,
    (title, at, up): (&str, &str, &str),
) -> Response {
    let form = match form {
        Ok(form) => form,
        Err((status, error)) => return varied(page::told(headers, status, &error)),
    };
    let text = match form.syntax {
        None => Ok(html::terms(title, at, up, graph)),
        Some(syntax) => linked::document(syntax, graph)
            .and_then(|text| String::from_utf8(text).map_err(Into::into)),
    };
    varied(match text {
        Ok(text) => shown(headers, form.content_type, &text),
        Err(cause) => {
            let error = Error::internal(cause);
            page::refused(headers, StatusCode::INTERNAL_SERVER_ERROR, error)
        }
    })
}

fn shown(headers: &HeaderMap, content_type: &'static str, text: &str) -> Response {
    let mut response = file::file(headers, content_type, text);
    if content_type.starts_with("text/html") {
        put(
            response.headers_mut(),
            CONTENT_SECURITY_POLICY,
            &html::POLICY,
        );
    }
    response
}

type Parameters = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The value of the one parameter that an address may have.
fn parameter(parameters: Parameters, name: &str) -> Result<Option<String>, (StatusCode, Value)> {
    let bad = |error| refusal(StatusCode::BAD_REQUEST, error);
    let Query(parameters) = parameters.map_err(|_| {
        bad(Error::bad_request(
            "the parameters in the address cannot be read",
        ))
    })?;
    let mut values = Vec::new();
    for (given, value) in parameters {
        if given != name {
            let message = format!("expected {name} alone");
            return Err(bad(Error::bad_argument(given, message)));
        }
        values.push(value);
    }
    match values.len() {
        0 | 1 => Ok(values.pop()),
        _ => Err(bad(Error::bad_argument(name, "is given twice"))),
    }
}

/// The records of a kind, a hundred on a page.
pub async fn index(
    kind: Kind,
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let after = parameter(parameters, "after")?;
        let (query, variables) = html::index_query(kind, after.as_deref());
        let answer = graphql::ask(&app, &query, variables).await?;
        Ok::<_, (StatusCode, Value)>(html::index(kind, &answer, after.as_deref(), &app.base_url))
    };
    match answer.await {
        Ok(text) => shown(&headers, "text/html; charset=utf-8", &text),
        Err((status, error)) => page::told(&headers, status, &error),
    }
}

/// To the list from the address without the slash at its end.
pub fn to_index(kind: Kind) -> Response {
    let to = format!("{}/", kind.folder());
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response()
}

pub async fn robots(State(app): State<Arc<App>>) -> String {
    // Pages may be read; questions and whole data sets are no pages.
    format!(
        "User-agent: *\nDisallow: /graphql\nDisallow: /api/\nDisallow: /export/\nAllow: /\n\nSitemap: {}/sitemap.xml\n",
        app.base_url
    )
}

/// Addresses in one part of the sitemap; the protocol allows five times as many.
const PART: u64 = 10_000;

const XML: &str = "application/xml; charset=utf-8";
const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The parts of the sitemap: for each kind one for so many records, named by the first of them.
pub async fn sitemap(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let mut text = format!("{BEGIN}<sitemapindex xmlns=\"{SCHEMA}\">\n");
    let base = escaped(&app.base_url);
    for kind in Kind::ALL {
        let starts = read(&app, locate::starts(&app.database, kind, PART)).await;
        let starts = match starts {
            Ok(starts) => starts,
            Err((status, error)) => return page::told(&headers, status, &error),
        };
        for start in starts {
            let folder = kind.folder();
            text.push_str(&format!(
                "<sitemap><loc>{base}/sitemap/{folder}.xml?from={start}</loc></sitemap>\n"
            ));
        }
    }
    text.push_str("</sitemapindex>\n");
    file::file(&headers, XML, &text)
}

/// The addresses of one part.
pub async fn sitemap_part(
    kind: Kind,
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Response {
    let slugs = async {
        let from = parameter(parameters, "from")?.unwrap_or_default();
        read(&app, locate::slugs(&app.database, kind, &from, PART)).await
    };
    let slugs = match slugs.await {
        Ok(slugs) => slugs,
        Err((status, error)) => return page::told(&headers, status, &error),
    };
    let mut text = format!("{BEGIN}<urlset xmlns=\"{SCHEMA}\">\n");
    let base = escaped(&app.base_url);
    for slug in slugs {
        let folder = kind.folder();
        text.push_str(&format!("<url><loc>{base}/{folder}/{slug}</loc></url>\n"));
    }
    text.push_str("</urlset>\n");
    file::file(&headers, XML, &text)
}

/// The address of the service may hold an ampersand; slugs are letters, digits and hyphens.
fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('\'', "&apos;")
}
