//! The way in: routes, what surrounds every one of them, and the loop that serves connections.
//! Nothing outside this folder knows HTTP; nothing inside it touches a row.

mod about;
mod accept;
mod admit;
mod cors;
mod export;
mod file;
mod graphql;
mod health;
mod lineage;
mod mcp;
mod metrics;
mod page;
mod parameters;
mod persisted;
mod problem;
mod record;
mod rest;
mod schema;
mod serve;
#[cfg(feature = "otel")]
mod telemetry;
mod trace;

use std::{any::Any, sync::Arc, time::Duration};

#[cfg(feature = "otel")]
use axum::middleware::from_fn;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{AUTHORIZATION, COOKIE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::json;
use tower::ServiceBuilder;
use tower_http::{
    ServiceBuilderExt,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
    request_id::MakeRequestUuid,
    trace::TraceLayer,
};
use tracing::Span;

pub use self::{
    admit::Admission,
    export::Exports,
    metrics::Metrics,
    persisted::Persisted,
    serve::{serve, stop_signal},
};
use self::{cors::Cors, trace::Caller};
use crate::{App, error::Error, rest::ROOT, write::Kind};

/// Smaller answers fit one packet either way.
const WORTH_COMPRESSING: u64 = 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Tells a client whether the schema is still the one that it was written against.
const SCHEMA_REVISION: HeaderName = HeaderName::from_static("x-schema-revision");

/// Everything that is served, ready to be called.
pub fn router(app: Arc<App>) -> Router {
    let compression = app.config.compression;
    let body_limit = app.config.body_limit.0;
    let cors = Cors::new(&app.config);
    let panicked = |panic: Box<dyn Any + Send>| panicked(&*panic);
    let mut schema = Router::new().route("/graphql", any(graphql::answer));
    if app.config.introspection {
        schema = schema
            .route("/schema.graphql", get(schema::sdl))
            .route("/schema.federation.graphql", get(schema::federation))
            .route("/schema.json", get(schema::introspection));
    }
    let schema = schema.layer(
        ServiceBuilder::new()
            .override_response_header(SCHEMA_REVISION, revision(&app))
            // Within, so that this failure tells of the schema too.
            .layer(CatchPanicLayer::custom(panicked)),
    );
    let plain = || get(rest::answer).fallback(rest::other_method);
    let rest = Router::new()
        .route(ROOT, plain())
        .route(&format!("{ROOT}/"), plain())
        .route(&format!("{ROOT}/{{*path}}"), plain())
        .layer(
            ServiceBuilder::new()
                .override_response_header(SCHEMA_REVISION, revision(&app))
                .layer(CatchPanicLayer::custom(|panic: Box<dyn Any + Send>| {
                    rest::panicked(&*panic)
                })),
        );
    let mut routes = schema
        .route("/", get(page::index))
        .route("/organisations/{slug}/lineage.svg", get(lineage::svg))
        .route("/ns", get(about::vocabulary))
        .route("/.well-known/void", get(about::data_set))
        .route("/robots.txt", get(about::robots))
        .route("/sitemap.xml", get(about::sitemap))
        .route("/id/{id}", get(record::by_id))
        .route("/export/{format}", get(export::whole))
        .route("/export/{format}/losses", get(export::losses))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(page::not_found);
    if app.config.rest {
        routes = routes.merge(rest);
    }
    if app.mcp.is_some() {
        routes = routes.route("/mcp", any(mcp::answer));
    }
    if app.config.metrics {
        routes = routes.route("/metrics", get(metrics::show));
    }
    for kind in Kind::ALL {
        let folder = kind.folder();
        let index =
            move |state, parameters, headers| about::index(kind, state, parameters, headers);
        let part =
            move |state, parameters, headers| about::sitemap_part(kind, state, parameters, headers);
        let document = move |state, path, parameters, uri, headers| {
            record::document(kind, state, path, parameters, uri, headers)
        };
        routes = routes
            .route(
                &format!("/{folder}"),
                get(async move || about::to_index(kind)),
            )
            .route(&format!("/{folder}/"), get(index))
            .route(&format!("/{folder}/{{slug}}"), get(document))
            .route(&format!("/sitemap/{folder}.xml"), get(part));
    }
    let routes = routes.with_state(Arc::clone(&app));
    let routes = routes.layer(DefaultBodyLimit::max(body_limit));
    let routes = routes.layer(CatchPanicLayer::custom(panicked));
    let routes = if compression {
        routes.layer(CompressionLayer::new().compress_when(worth_compressing()))
    } else {
        routes
    };
    let routes = match cors {
        Some(cors) => routes.layer(from_fn_with_state(cors, cors::tell)),
        None => routes,
    };
    #[cfg(feature = "otel")]
    let routes = routes.layer(from_fn(telemetry::trace));
    routes.layer(
        // The first is the outermost.
        ServiceBuilder::new()
            .sensitive_request_headers(Arc::new([AUTHORIZATION, COOKIE]))
            .map_request(drop_unfit_request_id)
            .set_request_id(REQUEST_ID, MakeRequestUuid)
            .layer(
                TraceLayer::new_for_http()
                    .make_span_with(span)
                    .on_request(())
                    .on_response(log),
            )
            .propagate_request_id(REQUEST_ID)
            .layer(from_fn_with_state(app, metrics::measure))
            .insert_response_header_if_not_present(
                X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            )
            .insert_response_header_if_not_present(
                REFERRER_POLICY,
                HeaderValue::from_static("no-referrer"),
            ),
    )
}

/// None, should it ever be what no header can hold.
fn revision(app: &App) -> Option<HeaderValue> {
    HeaderValue::from_str(app.graph.revision()).ok()
}

/// What is long, or of unknown length, and neither a stream of events nor compressed already.
fn worth_compressing() -> impl Predicate {
    SizeAbove::new(WORTH_COMPRESSING)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/zip"))
}

/// Without the query string: over GET it holds the document and its variables.
/// The span is there at every log level, so that an error can be traced to its request.
fn span(request: &Request) -> Span {
    let id = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok());
    let caller = Caller::of(request.headers());
    tracing::error_span!(
        "request",
        id,
        method = %request.method(),
        path = request.uri().path(),
        trace_id = caller.as_ref().map(|caller| caller.trace_id),
        parent_id = caller.as_ref().map(|caller| caller.span_id),
    )
}

fn log<B>(response: &axum::http::Response<B>, latency: Duration, _: &Span) {
    tracing::debug!(
        status = response.status().as_u16(),
        microseconds = latency.as_micros(),
        "answered"
    );
}

/// A caller's request id is kept as long as it can stand in a log line.
fn drop_unfit_request_id(mut request: Request) -> Request {
    let fit = |id: &HeaderValue| {
        (1..=128).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic)
    };
    if !request.headers().get(REQUEST_ID).is_none_or(fit) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

fn panicked(panic: &(dyn Any + Send)) -> Response {
    let body = Json(json!({ "errors": [self::panic(panic).report()] }));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

fn panic(panic: &(dyn Any + Send)) -> Error {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text");
    Error::internal(anyhow::anyhow!("panic: {text}"))
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::header::CONTENT_TYPE};

    use super::*;
    use crate::export::Format;

    #[test]
    fn what_is_compressed_is_not_compressed_again() {
        for format in Format::ALL {
            let body = Body::from_stream(futures_util::stream::empty::<Result<String, Error>>());
            let response = ([(CONTENT_TYPE, format.media_type())], body).into_response();
            let compressed = worth_compressing().should_compress(&response);
            assert_eq!(compressed, *format != Format::Csv, "{format:?}");
        }
    }
}
