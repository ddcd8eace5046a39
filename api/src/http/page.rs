//! The front page, which lists what is served, and the answer for an unknown path.

use std::{fmt::Write, sync::Arc};

use axum::{
    Json,
    extract::State,
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::accept;
use crate::{ADDRESSES, App, error::Error};

const HTML: &str = "text/html";
const TEXT: &str = "text/plain";
const JSON: &str = "application/json";

/// The page is plain: it needs no script, no style, and nothing from another host.
const POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub async fn index(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let headline = "Schismograph: the history of political organisations as a graph";
    if accept::preferred(&headers, &[TEXT, HTML]) == Some(HTML) {
        let mut rows = String::new();
        for (path, what) in ADDRESSES {
            let shown = if path.contains('{') {
                (*path).to_owned()
            } else {
                // Relative: it holds under whatever name the service is reached.
                format!("<a href=\".{path}\">{path}</a>")
            };
            // Writing to a String does not fail.
            let _ = writeln!(rows, "<dt>{shown}</dt><dd>{what}</dd>");
        }
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>Schismograph</title>\n</head>\n\
             <body>\n<h1>{headline}</h1>\n<dl>\n{rows}</dl>\n</body>\n</html>\n"
        );
        return page("text/html; charset=utf-8", html);
    }
    let mut text = format!("{headline}\n\n");
    for (path, what) in ADDRESSES {
        // Writing to a String does not fail.
        let _ = writeln!(text, "{}{path}  {what}", app.base_url);
    }
    page("text/plain; charset=utf-8", text)
}

fn page(content_type: &'static str, body: String) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (CONTENT_TYPE, content_type),
        (CONTENT_SECURITY_POLICY, POLICY),
        (VARY, "accept"),
    ];
    (headers, body).into_response()
}

pub async fn not_found(headers: HeaderMap) -> Response {
    let error = Error::not_found("there is nothing at this address; / lists what there is");
    refused(&headers, StatusCode::NOT_FOUND, error)
}

/// What went wrong, for people or for programs.
pub fn refused(headers: &HeaderMap, status: StatusCode, error: Error) -> Response {
    told(headers, status, &json!(error.report()))
}

/// The same for an error as GraphQL shows it.
pub fn told(headers: &HeaderMap, status: StatusCode, error: &Value) -> Response {
    if accept::preferred(headers, &[TEXT, JSON]) == Some(JSON) {
        (status, Json(json!({ "errors": [error] }))).into_response()
    } else {
        let message = error["message"].as_str().unwrap_or_default();
        (status, format!("{message}\n")).into_response()
    }
}
