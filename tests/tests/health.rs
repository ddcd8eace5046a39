//! What a supervisor is told, by text and by JSON.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::http::header::{ACCEPT, HeaderName};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{On, World, on_both, site::Site};

on_both! {
    a_service_that_can_answer_says_so,
    what_keeps_a_service_from_answering_is_told,
    a_database_that_is_gone_is_told_without_internals,
}

const JSON: &[(HeaderName, &str)] = &[(ACCEPT, "application/json")];

/// Whether the service lives, whether it is ready, and what is wrong with it.
async fn told(site: &Site) -> (u16, u16, Value, String) {
    let (alive, text) = (site.get("/healthz").await, site.get("/readyz").await);
    let page = site.ask("GET", "/readyz", JSON).await;
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.status, text.status);
    (alive.status, page.status, page.json(), text.text)
}

async fn a_service_that_can_answer_says_so(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let right = json!([{ "status": "pass" }]);
    let expected =
        json!({ "status": "pass", "checks": { "database": right, "migrations": right } });
    let text = "ready\ndatabase: as it should be\nmigrations: as it should be\n";
    assert_eq!(told(&site).await, (200, 200, expected, text.to_owned()));
    let health = [(ACCEPT, "application/health+json")];
    let page = site.ask("GET", "/readyz", &health).await;
    assert_eq!(page.header("content-type"), "application/health+json");
}

async fn what_keeps_a_service_from_answering_is_told(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let database = &site.world.database;
    let pending = database.migrate_down(2).await.unwrap();
    let newer = "INSERT INTO seaql_migrations VALUES ('m29990101_000001_newer', 0)";
    database.writer.execute_unprepared(newer).await.unwrap();
    let wrong = format!(
        "pending: {}, {}; of a newer version, unknown here: m29990101_000001_newer",
        pending[1], pending[0]
    );
    let expected = json!({
        "status": "fail",
        "checks": {
            "database": [{ "status": "pass" }],
            "migrations": [{ "status": "fail", "output": wrong }],
        },
    });
    let text = format!("not ready\ndatabase: as it should be\nmigrations: {wrong}\n");
    assert_eq!(told(&site).await, (200, 503, expected, text));
}

async fn a_database_that_is_gone_is_told_without_internals(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    site.world.database.clone().close().await;
    let unknown = "cannot be told, as the database does not answer";
    let expected = json!({
        "status": "fail",
        "checks": {
            "database": [{ "status": "fail", "output": "does not answer" }],
            "migrations": [{ "status": "fail", "output": unknown }],
        },
    });
    let text = format!("not ready\ndatabase: does not answer\nmigrations: {unknown}\n");
    assert_eq!(told(&site).await, (200, 503, expected, text));
}
