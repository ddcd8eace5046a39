//! Whose scripts may read answers: the CORS protocol, <https://fetch.spec.whatwg.org/#http-cors-protocol>.
//!
//! Every origin's may read, as everyone may. Only those that are listed may send credentials with what they ask, so
//! that no page that somebody happens to visit acts with what their browser knows. Cookies are never taken.
//!
//! A layer of our own, since that of tower-http takes every OPTIONS request for a preflight and allows one list of
//! methods, whatever is asked for.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
            ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::config::{Config, Cors as Whose};

/// What reading needs. Headers that no script has to ask for, such as Accept, stand here for their longer values.
const ASKED: HeaderValue = HeaderValue::from_static(
    "accept, accept-language, content-type, if-none-match, last-event-id, traceparent, tracestate, \
    x-request-id, apollo-require-preflight, apollographql-client-name, apollographql-client-version, \
    x-apollo-operation-id, x-apollo-operation-name, mcp-protocol-version, mcp-session-id",
);

/// What carries credentials.
const CREDENTIALS: HeaderValue = HeaderValue::from_static("authorization");

/// What a script may see of an answer, beside what it always may.
const SHOWN: HeaderValue = HeaderValue::from_static(
    "etag, link, mcp-session-id, ratelimit, ratelimit-policy, retry-after, x-request-id, x-schema-revision",
);

/// The longest that all browsers keep what a preflight was told, in seconds.
const KEPT: HeaderValue = HeaderValue::from_static("7200");

/// Who may read, ready to be looked up.
pub struct Cors {
    everyone: bool,
    listed: Vec<HeaderValue>,
}

/// What one origin may do.
enum May {
    Read,
    /// Also with credentials; its own name goes back.
    ReadAs(HeaderValue),
    Nothing,
}

impl Cors {
    /// None: nothing is said of origins at all.
    pub fn new(config: &Config) -> Option<Arc<Self>> {
        let everyone = match config.cors {
            Whose::Reads => true,
            Whose::Listed => false,
            Whose::Off => return None,
        };
        let listed = config.cors_origins.0.iter();
        let listed = listed.filter_map(|origin| HeaderValue::from_str(origin).ok());
        Some(Arc::new(Self {
            everyone,
            listed: listed.collect(),
        }))
    }

    fn may(&self, request: &Request) -> May {
        match request.headers().get(ORIGIN) {
            // For whoever runs the service, in whose network a script may be that should not see it.
            _ if request.uri().path() == "/metrics" => May::Nothing,
            Some(origin) if self.listed.contains(origin) => May::ReadAs(origin.clone()),
            // Also to who names no origin: what a cache keeps of that answer is right for everyone.
            _ if self.everyone => May::Read,
            _ => May::Nothing,
        }
    }

    /// Tells on an answer who may read it.
    fn tell(&self, may: May, answer: &mut HeaderMap) {
        if !self.listed.is_empty() {
            answer.append(VARY, HeaderValue::from_static("origin"));
        }
        let origin = match may {
            May::Nothing => return,
            May::Read => HeaderValue::from_static("*"),
            May::ReadAs(origin) => origin,
        };
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
}

/// The answer to a browser that asks what a script may send.
fn preflight(may: &May, path: &str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if matches!(may, May::Nothing) {
        return response;
    }
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, ASKED);
    if matches!(may, May::ReadAs(_)) {
        headers.append(ACCESS_CONTROL_ALLOW_HEADERS, CREDENTIALS);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods(path));
    headers.insert(ACCESS_CONTROL_MAX_AGE, KEPT);
    response
}

/// By which methods a path is read.
fn methods(path: &str) -> HeaderValue {
    HeaderValue::from_static(match path {
        "/graphql" => "GET, HEAD, POST",
        "/mcp" => "POST",
        _ => "GET, HEAD",
    })
}

pub async fn tell(State(cors): State<Arc<Cors>>, request: Request, next: Next) -> Response {
    let may = cors.may(&request);
    let asked = request.headers();
    let is_preflight = request.method() == Method::OPTIONS
        && asked.contains_key(ORIGIN)
        && asked.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        preflight(&may, request.uri().path())
    } else {
        let mut response = next.run(request).await;
        if !matches!(may, May::Nothing) {
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
        }
        response
    };
    cors.tell(may, response.headers_mut());
    response
}
