//! A span for each request, with the names that the conventions of OpenTelemetry give,
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>, as a part of the trace that its caller tells.

use axum::{extract::Request, http::HeaderMap, middleware::Next, response::Response};
use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState},
};
use tracing::{Instrument, Span, field::Empty};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{
    metrics::{method, route},
    trace::Caller,
};

pub async fn trace(request: Request, next: Next) -> Response {
    let (method, route) = (method(request.method()), route(&request));
    let span = tracing::info_span!(
        target: "telemetry",
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.response.status_code = Empty,
        http.route = route,
        url.path = request.uri().path(),
        url.scheme = "http",
        graphql.operation.name = Empty,
        graphql.operation.type = Empty,
    );
    match parent(request.headers()) {
        // It fails where no span is sent, and then there is no parent to set.
        Some(parent) => drop(span.set_parent(parent)),
        None => name_trace(&span),
    }
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    response
}

fn parent(headers: &HeaderMap) -> Option<Context> {
    let caller = Caller::of(headers)?;
    let states = headers.get_all("tracestate").iter();
    let states: Option<Vec<&str>> = states.map(|line| line.to_str().ok()).collect();
    // What cannot be read is dropped alone; the trace goes on.
    let state: Option<TraceState> = states.and_then(|lines| lines.join(",").parse().ok());
    let context = SpanContext::new(
        TraceId::from_hex(caller.trace_id).ok()?,
        SpanId::from_hex(caller.span_id).ok()?,
        TraceFlags::new(u8::from_str_radix(caller.flags, 16).ok()?) & TraceFlags::SAMPLED,
        true,
        state.unwrap_or_default(),
    );
    Some(Context::new().with_remote_span_context(context))
}

/// Tells the log the trace that begins here.
fn name_trace(span: &Span) {
    let context = span.context();
    let context = context.span().span_context().clone();
    if context.is_valid() {
        let trace_id = context.trace_id().to_string();
        Span::current().record("trace_id", trace_id.as_str());
    }
}
