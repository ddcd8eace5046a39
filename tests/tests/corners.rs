//! Corners where a plan could say something else than the specification: pages of none, selections without rows,
//! dates without bounds, values that a kept plan must refuse as a new one does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::{On, World};

async fn data(world: &World, query: &str) -> Value {
    let body = world.ask(query).await.body;
    assert_eq!(body.get("errors"), None, "{query}");
    body["data"].clone()
}

async fn a_page_of_none_has_no_cursors(world: &World) {
    let query = "{ organisations(first: 0) { pageInfo { hasNextPage startCursor endCursor } } }";
    let none = json!({"hasNextPage": true, "startCursor": null, "endCursor": null});
    assert_eq!(data(world, query).await["organisations"]["pageInfo"], none);
}

async fn a_page_is_one_object_whatever_is_selected(world: &World) {
    let query = r#"{
        all: organisations { pageInfo { __typename hasPreviousPage } }
        none: organisations(filter: {or: []}) { pageInfo { hasPreviousPage } nodes @skip(if: true) { id } }
    }"#;
    let expected = json!({
        "all": {"pageInfo": {"__typename": "PageInfo", "hasPreviousPage": false}},
        "none": {"pageInfo": {"hasPreviousPage": false}},
    });
    assert_eq!(data(world, query).await, expected);
}

async fn corners(on: On) {
    let world = World::small(on).await.unwrap();
    a_page_of_none_has_no_cursors(&world).await;
    a_page_is_one_object_whatever_is_selected(&world).await;
}

#[tokio::test]
async fn corners_on_sqlite() {
    corners(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs TEST_POSTGRES_URL"]
async fn corners_on_postgres() {
    corners(On::Postgres).await;
}
