//! Whether the process lives, and whether it can answer: what was looked at, and what is wrong.
//!
//! JSON is that of draft-inadarei-api-health-check, <https://datatracker.ietf.org/doc/draft-inadarei-api-health-check/>.
//! A service that is told to stop takes no new connections and ends idle ones at once, so nobody can ask it any more
//! whether it is ready, and there is no such check.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::accept;
use crate::{App, database::MigrationsApart};

/// An orchestrator asks every few seconds and gives up soon.
const PATIENCE: Duration = Duration::from_secs(2);

const TEXT: &str = "text/plain";
const JSON: &str = "application/json";
const HEALTH: &str = "application/health+json";

pub async fn alive() -> &'static str {
    "alive\n"
}

/// Ready: the database answers, no migration is pending and none is unknown here.
pub async fn ready(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let checks = checks(&app).await;
    let ready = checks.iter().all(|check| check.wrong.is_none());
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let (content_type, body) = match accept::preferred(&headers, &[TEXT, JSON, HEALTH]) {
        Some(JSON) => (JSON, json(ready, checks)),
        Some(HEALTH) => (HEALTH, json(ready, checks)),
        _ => ("text/plain; charset=utf-8", text(ready, checks)),
    };
    let headers = [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "no-store"),
        (VARY, "accept"),
    ];
    (status, headers, body).into_response()
}

/// One thing that has to be right.
struct Check {
    name: &'static str,
    /// For everyone to read, so without addresses and statements.
    wrong: Option<String>,
}

async fn checks(app: &App) -> [Check; 2] {
    let asked = tokio::time::timeout(PATIENCE, app.database.migrations_apart()).await;
    let (database, migrations) = match asked {
        Ok(Ok(apart)) => (None, apart_in_words(&apart)),
        failed => {
            let wrong = if let Ok(Err(error)) = failed {
                tracing::warn!(error = format!("{error:#}"), "not ready");
                "does not answer".to_owned()
            } else {
                tracing::warn!("not ready: the database does not answer in time");
                format!(
                    "does not answer within {} s, or all connections to it are busy",
                    PATIENCE.as_secs()
                )
            };
            let unknown = "cannot be told, as the database does not answer".to_owned();
            (Some(wrong), Some(unknown))
        }
    };
    [
        Check {
            name: "database",
            wrong: database,
        },
        Check {
            name: "migrations",
            wrong: migrations,
        },
    ]
}

fn apart_in_words(apart: &MigrationsApart) -> Option<String> {
    let MigrationsApart { pending, unknown } = apart;
    let told = [
        ("pending", pending),
        ("of a newer version, unknown here", unknown),
    ];
    let told = told.iter().filter(|(_, names)| !names.is_empty());
    let told = told.map(|(what, names)| format!("{what}: {}", names.join(", ")));
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return None;
    }
    let told = told.join("; ");
    tracing::warn!("not ready: migrations {told}");
    Some(told)
}

fn text(ready: bool, checks: [Check; 2]) -> String {
    let mut text = String::from(if ready { "ready\n" } else { "not ready\n" });
    for Check { name, wrong } in checks {
        let told = wrong.as_deref().unwrap_or("as it should be");
        text.push_str(&format!("{name}: {told}\n"));
    }
    text
}

fn json(ready: bool, checks: [Check; 2]) -> String {
    let status = |fine| if fine { "pass" } else { "fail" };
    let checks = checks.into_iter().map(|Check { name, wrong }| {
        let mut check = json!({ "status": status(wrong.is_none()) });
        if let Some(wrong) = wrong {
            check["output"] = wrong.into();
        }
        (name.to_owned(), json!([check]))
    });
    let checks: Map<String, Value> = checks.collect();
    json!({ "status": status(ready), "checks": checks }).to_string()
}
