//! Family trees as pictures: `/organisations/{slug}/lineage.svg`.

use std::sync::{Arc, LazyLock};

use axum::{
    extract::{Path, Query, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{CONTENT_SECURITY_POLICY, LOCATION},
    },
    response::{IntoResponse, Response},
};
use base64::prelude::{BASE64_STANDARD as STANDARD, Engine};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{file, graphql, page};
use crate::{App, draw, error::Error};

/// The picture brings its own style, which is named by its hash, and takes nothing from anywhere.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(draw::style()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

const QUERY: &str = "query Drawing($slug: String!, $direction: LineageDirection! = BOTH, $kinds: [LineageKind!],
    $maxDepth: Int, $at: Edtf, $match: DateMatch, $limit: Int! = 500, $width: Int) {
  organisation(by: {slug: $slug}, at: $at, match: $match) {
    slug
    lineage(direction: $direction, kinds: $kinds, maxDepth: $maxDepth, limit: $limit) { svg(width: $width) }
  }
}";

/// The parameters of the address: the arguments of the fields that they are handed to.
const PARAMETERS: [&str; 7] = [
    "direction",
    "kinds",
    "maxDepth",
    "at",
    "match",
    "limit",
    "width",
];

type Parameters = Query<Vec<(String, String)>>;

pub async fn svg(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    parameters: Result<Parameters, axum::extract::rejection::QueryRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let variables = parameters
        .map_err(|_| Error::bad_request("the parameters in the address cannot be read"))
        .and_then(|Query(parameters)| variables(&slug, parameters));
    let variables = match variables {
        Ok(variables) => variables,
        Err(error) => return page::refused(&headers, StatusCode::BAD_REQUEST, error),
    };
    match graphql::ask(&app, QUERY, variables).await {
        Ok(data) => picture(&slug, &uri, &headers, &data["organisation"]),
        Err((status, error)) => page::told(&headers, status, &error),
    }
}

fn variables(slug: &str, parameters: Vec<(String, String)>) -> Result<Map<String, Value>, Error> {
    let mut variables = Map::new();
    for (name, text) in parameters {
        let value = match name.as_str() {
            "kinds" => json!(text.split(',').collect::<Vec<_>>()),
            // What is no number is refused where the argument is declared.
            "maxDepth" | "limit" | "width" => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), Value::from),
            name if PARAMETERS.contains(&name) => json!(text),
            _ => {
                let message = format!("expected one of {}", PARAMETERS.join(", "));
                return Err(Error::bad_argument(name, message));
            }
        };
        if variables.insert(name.clone(), value).is_some() {
            return Err(Error::bad_argument(name, "is given twice"));
        }
    }
    variables.insert("slug".to_owned(), json!(slug));
    Ok(variables)
}

fn picture(slug: &str, uri: &Uri, headers: &HeaderMap, organisation: &Value) -> Response {
    let Some(known) = organisation["slug"].as_str() else {
        let error = Error::not_found(format!("there is no organisation `{slug}`"));
        return page::refused(headers, StatusCode::NOT_FOUND, error);
    };
    if known != slug {
        // A former slug.
        let query = uri.query().map(|query| format!("?{query}"));
        let to = format!(
            "/organisations/{known}/lineage.svg{}",
            query.unwrap_or_default()
        );
        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response();
    }
    let svg = organisation["lineage"]["svg"].as_str().unwrap_or_default();
    let mut response = file::file(headers, "image/svg+xml; charset=utf-8", svg);
    // Letters, digits and signs alone: a header takes them.
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
