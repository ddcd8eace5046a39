//! Errors at the addresses of plain JSON: problem details by RFC 9457.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header::CACHE_CONTROL, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{REQUEST_ID, metrics::Metrics};
use crate::error::{Error, Report};

const MEDIA_TYPE: &str = "application/problem+json";

/// A problem: the status, and the error as GraphQL shows it.
pub struct Problem {
    pub status: StatusCode,
    error: Value,
    parameter: Option<String>,
    /// What was told here; none: the graph has told it.
    report: Option<Box<Report>>,
}

impl Problem {
    pub fn new(status: StatusCode, error: Error) -> Self {
        let report = error.report();
        let error = json!(report);
        let parameter = error["extensions"]["argument"].as_str().map(str::to_owned);
        Self {
            status,
            error,
            parameter,
            report: Some(Box::new(report)),
        }
    }

    /// Of an error in an answer of the graph.
    pub fn told(error: Value) -> Self {
        let code = error["extensions"]["code"].as_str();
        Self {
            status: code.map_or(StatusCode::INTERNAL_SERVER_ERROR, status_of),
            error,
            parameter: None,
            report: None,
        }
    }

    /// With a parameter to blame, and what is said of it.
    pub fn of(mut self, parameter: String, message: &str) -> Self {
        self.error["message"] = json!(format!("{parameter}: {message}"));
        self.parameter = Some(parameter);
        self
    }

    /// Counts an error that the graph has not counted.
    pub fn count(&self, metrics: &Metrics) {
        if let Some(report) = &self.report {
            metrics.error(report);
        }
    }

    pub fn response(self, asked: &HeaderMap) -> Response {
        let status = self.status;
        let mut problem = json!({
            "type": "about:blank",
            "title": status.canonical_reason(),
            "status": status.as_u16(),
            "detail": self.error["message"],
            "code": self.error["extensions"]["code"],
        });
        if let Some(parameter) = self.parameter {
            problem["parameter"] = json!(parameter);
        }
        if let Some(limit) = self.error["extensions"].get("limit") {
            problem["limit"] = limit.clone();
        }
        if let Some(id) = asked.get(REQUEST_ID).and_then(|id| id.to_str().ok()) {
            problem["requestId"] = json!(id);
        }
        let mut response = (status, problem.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

fn status_of(code: &str) -> StatusCode {
    if Error::is_missing(code) {
        StatusCode::NOT_FOUND
    } else if Error::is_of_client(code) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// With the status that goes with its code.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(status_of(error.code()), error)
    }
}

impl From<(StatusCode, Error)> for Problem {
    fn from((status, error): (StatusCode, Error)) -> Self {
        Self::new(status, error)
    }
}
