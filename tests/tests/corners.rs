//! Corners where a plan could say something else than the specification: pages of none, selections without rows,
//! dates without bounds, values that a kept plan must refuse as a new one does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;

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

/// A time is bound, not written into the statement; whether one is given, and how it is matched, is.
async fn a_kept_plan_looks_at_the_time_of_each_request(world: &World) {
    let query = "query ($at: Edtf, $match: DateMatch, $under: Edtf) {
        organisation(by: { slug: \"workers-party\" }, at: $at, match: $match) {
            name
            people(at: $under) { totalCount nodes { organisation { name } } }
            ancestors { totalCount }
            affiliations { totalCount }
        }
    }";
    let mut answers = HashSet::new();
    for (number, variables) in [
        json!({"at": "1908"}),
        json!({"at": "1930"}),
        json!({"at": "1908", "match": "CERTAINLY"}),
        json!({"at": "1919", "match": "CERTAINLY", "under": "1908"}),
        json!({"at": "1908", "under": null}),
        json!({"at": null, "under": "1908"}),
        json!({"at": "1950", "match": null, "under": "1908"}),
        json!({}),
        json!({"at": "the fifties"}),
        json!({"at": "1908", "under": "1908-02-30"}),
        json!({"at": "1940"}),
    ]
    .into_iter()
    .enumerate()
    {
        let kept = world.ask_with(query, variables.clone()).await.body;
        let other = format!("{query} # {number}");
        let fresh = world.ask_with(&other, variables.clone()).await.body;
        assert_eq!(kept.to_string(), fresh.to_string(), "{variables}");
        answers.insert(kept.to_string());
    }
    assert!(answers.len() > 7, "{answers:?}");
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

/// What nests as deep as a document may is a statement that both databases take.
async fn lists_nest_as_deep_as_a_document_may(world: &World) {
    // Two levels for each list, and what stands around and in them.
    let alternatives = (0..11).fold("{}".to_owned(), |inner, _| {
        format!("{{or: [{} {inner}]}}", r#"{slug: {eq: "none"}}"#.repeat(49))
    });
    let last = format!("name events(filter: {alternatives}) {{ totalCount }}");
    let chain = (0..18).fold(last, |inner, _| {
        format!("name splitFrom(first: 1) {{ nodes {{ {inner} }} }}")
    });
    let query = format!("{{ organisations(filter: {alternatives}) {{ nodes {{ {chain} }} }} }}");
    let organisations = data(world, &query).await["organisations"].clone();
    assert_ne!(organisations["nodes"].as_array().unwrap().len(), 0);
}

/// An interface's field is planned for each type behind it, and fails for each; it is told of once for each object.
async fn a_field_of_an_interface_fails_once(world: &World) {
    let query = r#"{ organisation(by: { slug: "workers-party" }) { claims { subject { slug names { start { display(locale: "!") } } } } } }"#;
    let body = world.ask(query).await.body;
    let errors = body["errors"].as_array().unwrap();
    let paths: HashSet<String> = errors
        .iter()
        .map(|error| error["path"].to_string())
        .collect();
    assert_eq!(paths.len(), errors.len(), "{body}");
    let claims = body["data"]["organisation"]["claims"].as_array().unwrap();
    assert!(claims.len() > 2 && errors.len() >= claims.len(), "{body}");
}

/// A bound on each list leaves them free to nest, and a bound on each field to stand side by side.
async fn conditions_are_bounded_together(world: &World) {
    let code = |body: Value| body["errors"][0]["extensions"]["code"].clone();
    let fifty = |part: &Value| Value::Array(vec![part.clone(); 50]);
    let conditions =
        json!({"and": fifty(&json!({"and": fifty(&json!({"and": fifty(&json!({}))}))}))});
    let query =
        "query ($filter: OrganisationFilter) { organisations(filter: $filter) { totalCount } }";
    let many = world.ask_with(query, json!({"filter": conditions})).await;
    assert_eq!(
        (code(many.body), many.statements),
        (json!("LIMIT_EXCEEDED"), 0)
    );

    let slugs: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    let fields = (0..21).fold(String::new(), |fields, number| {
        format!(
            "{fields} f{number}: organisations(filter: {{slug: {{in: $slugs}}}}) {{ totalCount }}"
        )
    });
    let query = format!("query ($slugs: [String!]) {{{fields} }}");
    let many = world.ask_with(&query, json!({"slugs": slugs})).await;
    assert_eq!(code(many.body), json!("LIMIT_EXCEEDED"));
}

async fn corners(on: On) {
    let world = World::small(on).await.unwrap();
    a_page_of_none_has_no_cursors(&world).await;
    a_page_is_one_object_whatever_is_selected(&world).await;
    arguments_of_what_is_not_selected_change_nothing(&world).await;
    a_kept_plan_refuses_as_a_new_one_does(&world).await;
    a_kept_plan_looks_at_the_time_of_each_request(&world).await;
    dates_without_bounds_are_compared_with_each_other(&world).await;
    lists_nest_as_deep_as_a_document_may(&world).await;
    a_field_of_an_interface_fails_once(&world).await;
    conditions_are_bounded_together(&world).await;
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
