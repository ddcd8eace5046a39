//! What happens, as numbers for Prometheus at `/metrics`: requests, operations, errors, statements, memory.
//!
//! They belong to one [`App`] and begin at zero with it. Nothing that a client makes up can grow them without bound:
//! requests are told apart by the route they match, and of names of operations only so many are kept.

mod operations;
#[cfg(target_os = "linux")]
mod process;

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{
        Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};

use self::operations::Operations;
pub use self::operations::Running;
use crate::{
    App,
    config::Config,
    error::Report,
    graph::{Graph, Prepared, SECONDS},
};

/// What is counted for one service.
pub struct Metrics {
    registry: Registry,
    since: Instant,
    requests: Family<Answered, Counter>,
    request_seconds: Family<Routed, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    operations: Operations,
    errors: Family<Failed, Counter>,
    connections: Family<Connections, Gauge>,
    connections_most: Family<Pooled, Gauge>,
    documents: Gauge,
    document_bytes: Gauge,
    uptime: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Routed {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: u16,
}

/// Of an error: its code, and the limit that was exceeded; empty: none was.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Failed {
    code: &'static str,
    limit: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pooled {
    pool: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

impl Metrics {
    #[must_use]
    pub fn new(config: &Config, graph: &Graph) -> Self {
        let mut registry = Registry::default();
        #[cfg(target_os = "linux")]
        registry.register_collector(Box::new(process::Process));
        let metrics = Self {
            since: Instant::now(),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(seconds),
            in_flight: Gauge::default(),
            operations: Operations::new(),
            errors: Family::default(),
            connections: Family::default(),
            connections_most: Family::default(),
            documents: Gauge::default(),
            document_bytes: Gauge::default(),
            uptime: Gauge::default(),
            registry: Registry::default(),
        };
        let ours = registry.sub_registry_with_prefix("schismograph");
        let version = ("version", env!("CARGO_PKG_VERSION").to_owned());
        let revision = ("schema_revision", graph.revision().to_owned());
        ours.register(
            "build",
            "What is running, and which schema it serves",
            Info::new(vec![version, revision]),
        );
        ours.register(
            "uptime_seconds",
            "Time since the service was started",
            metrics.uptime.clone(),
        );
        ours.register(
            "http_requests",
            "Requests answered, by the route they match",
            metrics.requests.clone(),
        );
        ours.register(
            "http_request_seconds",
            "Time until the answer to a request begins",
            metrics.request_seconds.clone(),
        );
        ours.register(
            "http_requests_in_flight",
            "Requests whose answer has not begun",
            metrics.in_flight.clone(),
        );
        metrics.operations.register(ours);
        ours.register(
            "errors",
            "Errors told to clients of the graph, by code and by the limit that was exceeded",
            metrics.errors.clone(),
        );
        ours.register(
            "database_connections",
            "Open connections: of readers, the writer and exports",
            metrics.connections.clone(),
        );
        ours.register(
            "database_connections_most",
            "Connections that may be open",
            metrics.connections_most.clone(),
        );
        ours.register(
            "documents",
            "Documents kept with their plans",
            metrics.documents.clone(),
        );
        ours.register(
            "documents_bytes",
            "About what they take of memory",
            metrics.document_bytes.clone(),
        );
        graph.measured.register(ours, config.introspection);
        Self {
            registry,
            ..metrics
        }
    }

    /// An operation begins to run.
    pub(super) fn operation(&self, prepared: &Prepared, since: Instant) -> Running<'_> {
        self.operations.begin(prepared, since)
    }

    /// A client is told of an error.
    pub(super) fn error(&self, report: &Report) {
        let extensions = &report.extensions;
        let failed = Failed {
            code: extensions.code,
            limit: extensions.limit.as_ref().map_or("", |limit| limit.name),
        };
        self.errors.get_or_create(&failed).inc();
    }

    fn text(&self, app: &App) -> Result<String, std::fmt::Error> {
        let (documents, bytes) = app.graph.kept();
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.documents.set(whole(documents));
        self.document_bytes.set(whole(bytes));
        self.uptime.set(whole(self.since.elapsed().as_secs()));
        for (pool, counts) in app.database.pools() {
            let most = self.connections_most.get_or_create(&Pooled { pool });
            most.set(counts.most.into());
            for (state, count) in [("idle", counts.idle), ("in_use", counts.in_use)] {
                let connections = Connections { pool, state };
                self.connections
                    .get_or_create(&connections)
                    .set(count.into());
            }
        }
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

pub async fn show(State(app): State<Arc<App>>) -> Response {
    let headers = [
        (CONTENT_TYPE, prometheus_text::CONTENT_TYPE),
        (CACHE_CONTROL, "no-store"),
    ];
    match app.metrics.text(&app) {
        Ok(text) => (headers, text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A request in flight, until it is dropped: also when its client goes away.
struct InFlight<'m>(&'m Gauge);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request and its answer.
pub async fn measure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let metrics = &app.metrics;
    let since = Instant::now();
    let (route, method) = (route(&request), method(request.method()));
    metrics.in_flight.inc();
    let in_flight = InFlight(&metrics.in_flight);
    let response = next.run(request).await;
    drop(in_flight);
    let routed = Routed {
        route: route.clone(),
    };
    let seconds = metrics.request_seconds.get_or_create(&routed);
    seconds.observe(since.elapsed().as_secs_f64());
    let answered = Answered {
        route,
        method,
        status: response.status().as_u16(),
    };
    metrics.requests.get_or_create(&answered).inc();
    response
}

/// The route that a request matches, as it was declared; what matches none is one.
pub fn route(request: &Request) -> String {
    let path = request.extensions().get::<MatchedPath>();
    path.map_or("(none)", MatchedPath::as_str).to_owned()
}

/// Methods that nobody has specified are one.
pub fn method(method: &Method) -> &'static str {
    let known = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT",
    ];
    let known = known.into_iter().find(|name| method.as_str() == *name);
    known.unwrap_or("_OTHER")
}
