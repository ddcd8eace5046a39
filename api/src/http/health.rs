//! Whether the process lives, and whether it can answer.

use std::{sync::Arc, time::Duration};

use axum::{extract::State, http::StatusCode};

use crate::App;

/// An orchestrator asks every few seconds and gives up soon.
const PATIENCE: Duration = Duration::from_secs(2);

pub async fn alive() -> &'static str {
    "alive\n"
}

/// Ready: the database answers, no migration is pending and none is unknown here.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    let current = tokio::time::timeout(PATIENCE, app.database.migrations_current()).await;
    let (status, text) = match &current {
        Ok(Ok(true)) => (StatusCode::OK, "ready\n"),
        Ok(Ok(false)) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are pending\n"),
        Ok(Err(_)) | Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer, or is of a newer version\n",
        ),
    };
    if status != StatusCode::OK {
        tracing::warn!(?current, "not ready");
    }
    (status, text)
}
