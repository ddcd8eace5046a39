//! The public schema as files: for generators of clients, and for composition with other subgraphs.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};

use super::file::file;
use crate::App;

pub async fn sdl(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    file(&headers, "text/plain; charset=utf-8", app.graph.sdl())
}

pub async fn federation(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    file(
        &headers,
        "text/plain; charset=utf-8",
        app.graph.federation(),
    )
}

pub async fn introspection(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let text = app.graph.introspection();
    file(&headers, "application/json; charset=utf-8", text)
}
