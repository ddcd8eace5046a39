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
    let query = "{
        all: organisations { pageInfo { __typename hasPreviousPage } }
        none: organisations(filter: {or: []}) { pageInfo { hasPreviousPage } nodes @skip(if: true) { id } }
    }";
    let expected = json!({
        "all": {"pageInfo": {"__typename": "PageInfo", "hasPreviousPage": false}},
        "none": {"pageInfo": {"hasPreviousPage": false}},
    });
    assert_eq!(data(world, query).await, expected);
}

/// A connection to PostgreSQL keeps each statement with the parameters that first came with it.
async fn arguments_of_what_is_not_selected_change_nothing(world: &World) {
    let first = "{ organisations { edges { cursor } } }";
    let cursor = data(world, first).await["organisations"]["edges"][0]["cursor"].clone();
    for arguments in [
        "(first: 3)".to_owned(),
        format!("(first: 3, after: {cursor})"),
        r#"(at: "1960", filter: {slug: {eq: "none"}}, last: 2)"#.to_owned(),
    ] {
        let query = format!("{{ organisations{arguments} {{ __typename }} }}");
        let typename = json!({"organisations": {"__typename": "OrganisationConnection"}});
        assert_eq!(data(world, &query).await, typename);
    }
    let count = format!("{{ organisations(after: {cursor}) {{ totalCount }} }}");
    assert_eq!(
        data(world, "{ organisations { totalCount } }").await,
        data(world, &count).await
    );
}

async fn a_kept_plan_refuses_as_a_new_one_does(world: &World) {
    let query = "query ($n: Int) { organisations(first: 1) { nodes { slug people(first: $n) { totalCount nodes { role } } } } }";
    let counted = "query ($n: Int) { organisations(first: $n) { totalCount } }";
    for query in [query, counted] {
        let fresh = world.ask_with(query, json!({"n": 101})).await.body;
        assert!(fresh["errors"][0]["path"].is_array(), "{fresh}");
        world.ask_with(query, json!({"n": 1})).await;
        let kept = world.ask_with(query, json!({"n": 101})).await.body;
        assert_eq!(kept.to_string(), fresh.to_string());
    }
}

/// What is unbounded reaches as far as there are days, in a row and in a question alike.
async fn dates_without_bounds_are_compared_with_each_other(world: &World) {
    let counts = async |filter: &str| {
        let query = format!("{{ events(filter: {{date: {filter}}}) {{ totalCount }} }}");
        data(world, &query).await["events"]["totalCount"].clone()
    };
    let dated = counts("{known: true}").await;
    assert_ne!(dated, 0);
    assert_eq!(counts(r#"{during: "../9999"}"#).await, dated);
    assert_eq!(
        counts(r#"{during: "0001/..", match: CERTAINLY}"#).await,
        dated
    );
    assert_eq!(counts(r#"{after: "1800/.."}"#).await, 0);
    assert_eq!(counts(r#"{before: "../2020"}"#).await, 0);
    let query = r#"{ campaigns(filter: {ended: {during: "../1950", match: CERTAINLY}}) { nodes { ended { edtf } } } }"#;
    let ended = data(world, query).await["campaigns"]["nodes"].clone();
    assert_eq!(
        ended,
        json!([{"ended": {"edtf": "1936"}}, {"ended": {"edtf": "../1948"}}])
    );
}

async fn corners(on: On) {
    let world = World::small(on).await.unwrap();
    a_page_of_none_has_no_cursors(&world).await;
    a_page_is_one_object_whatever_is_selected(&world).await;
    arguments_of_what_is_not_selected_change_nothing(&world).await;
    a_kept_plan_refuses_as_a_new_one_does(&world).await;
    dates_without_bounds_are_compared_with_each_other(&world).await;
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
