//! What one request, and one client, may ask for: who goes beyond is told of the limit, of what it allows and of what
//! was asked, and everyone else is answered.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use axum::http::HeaderName;
use sea_orm::TransactionTrait;
use serde_json::{Value, json};
use tests::{On, World, on_both, site::Page, site::Site};

on_both! {
    floods_are_refused_by_name,
    what_may_just_be_is_answered,
    costs_are_told,
    a_client_that_has_spent_its_share_waits,
    so_many_are_answered_at_once,
    the_schema_can_be_kept_back,
    a_mistyped_name_is_met_with_one_that_comes_near,
}

/// Status, code, limit, what is allowed and what was asked for.
fn refusal(page: &Page) -> Value {
    let body = page.json();
    assert_eq!(body.get("data"), None, "{body}");
    let extensions = &body["errors"][0]["extensions"];
    let limit = &extensions["limit"];
    json!([
        page.status,
        extensions["code"],
        limit["name"],
        limit["allowed"],
        limit["asked"]
    ])
}

/// A query whose fields stand so deep in each other.
fn deep(levels: usize) -> String {
    let around = (levels - 1) / 2;
    let mut query = "{ organisations(first: 1) { nodes { ".to_owned();
    query.push_str(&"splitFrom(first: 1) { nodes { ".repeat(around - 1));
    query.push_str(if levels.is_multiple_of(2) {
        "country { name } "
    } else {
        "name "
    });
    query.push_str(&"} }".repeat(around));
    query + "}"
}

/// A field so many times, each time under another name.
fn numbered(count: usize, field: &str) -> String {
    (0..count).fold(String::new(), |fields, number| {
        fields + &format!("a{number}: {field} ")
    })
}

/// Fragments that each stand for the next one twice, by a spread or within a field of another name.
fn bomb(spread: impl Fn(&str) -> String) -> String {
    let mut query = "{ dataset { ...F0 } }".to_owned();
    for number in 0..30 {
        let next = format!("F{}", number + 1);
        write!(
            query,
            " fragment F{number} on Dataset {{ {} }}",
            spread(&next)
        )
        .unwrap();
    }
    query + " fragment F30 on Dataset { revision }"
}

async fn floods_are_refused_by_name(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let many = |part: &str, count: usize| part.repeat(count);
    let limit = |name, allowed: u64, asked: Option<u64>| {
        json!([400, "LIMIT_EXCEEDED", name, allowed, asked])
    };
    let aliased = numbered(501, "revision");
    let roots = numbered(51, "dataset { revision }");
    #[rustfmt::skip]
    let floods = [
        (format!("{{ __typename }} #{}", many("x", 256 << 10)), limit("document_limit", 256 << 10, Some((256 << 10) + 16))),
        (format!("{{ {} }}", many("__typename ", 20_000)), limit("token_limit", 20_000, None)),
        (format!("{{ {} }}", many("__typename ", 5001)), limit("field_limit", 5000, Some(5001))),
        (format!("{{ dataset {{ {aliased} }} }}"), limit("alias_limit", 500, Some(501))),
        (format!("{{ __typename {} }}", many("@include(if: true) ", 501)), limit("directive_limit", 500, Some(501))),
        (format!("{{ {roots} }}"), limit("root_limit", 50, Some(51))),
        (deep(41), limit("depth_limit", 40, Some(41))),
        (format!("{}x{}", many("{x", 100_000), many("}", 100_000)), limit("document_limit", 256 << 10, Some(300_001))),
        (format!("{}x{}", many("{x", 50_000), many("}", 50_000)), limit("token_limit", 20_000, None)),
        (format!("{}x{}", many("{x", 201), many("}", 201)), limit("depth_limit", 200, None)),
        (bomb(|next| format!("...{next} ...{next}")), limit("field_limit", 5000, Some((1 << 30) + 1))),
        (
"{ organisations(first: 100) { nodes { people(first: 100) { nodes { person { organisations(first: 100) { nodes { id role post start { edtf } end { edtf } } } } } } } } }".to_owned(),
            Value::Null,
        ),
    ];
    for (query, expected) in floods {
        let page = site.question(&query, &[]).await;
        let start: String = query.chars().take(60).collect();
        if expected.is_null() {
            let [status, code, name, allowed, asked] =
                [0, 1, 2, 3, 4].map(|it| refusal(&page)[it].clone());
            assert_eq!(
                json!([status, code, name, allowed]),
                json!([400, "LIMIT_EXCEEDED", "cost_limit", 5_000_000])
            );
            assert!(asked.as_u64() > Some(7_000_000), "{asked}");
        } else {
            assert_eq!(refusal(&page), expected, "{start}: {}", page.text);
        }
    }
    let page = site.question("{ dataset { revision } }", &[]).await;
    assert_eq!(page.status, 200);
}

async fn what_may_just_be_is_answered(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let aliased = numbered(500, "revision");
    let standard = include_str!("../../api/src/graph/introspection.graphql");
    for query in [
        deep(40),
        format!("{{ dataset {{ {aliased} }} }}"),
        format!("{{ dataset {{ {} }} }}", "revision ".repeat(4999)),
        standard.to_owned(),
    ] {
        let page = site.question(&query, &[]).await;
        assert_eq!((page.status, page.json().get("errors")), (200, None));
    }
}

async fn costs_are_told(on: On) {
    let world = World::small(on).await.unwrap();
    let site = Site::new(world);
    let query =
        "{ organisations(first: 2) { nodes { name country { name } } } dataset { revision } }";
    let page = site.question(query, &[]).await;
    // By its page, the list has the places of two organisations; one of them is in no country.
    assert_eq!(
        page.json()["extensions"]["cost"],
        json!({"asked": 11, "spent": 9})
    );
    let page = site.question("{ __schema { types { name } } }", &[]).await;
    assert_eq!(
        page.json()["extensions"]["cost"],
        json!({"asked": 0, "spent": 0})
    );
}

async fn a_client_that_has_spent_its_share_waits(on: On) {
    let forwarded = HeaderName::from_static("x-forwarded-for");
    let from = |address: &'static str| [(forwarded.clone(), address)];
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.cost_rate = Some("1000".to_owned());
        flags.client_header = Some("X-Forwarded-For".to_owned());
    });
    let half =
        "{ organisations(first: 50) { nodes { slug name abbreviation founded { edtf } id } } }";
    let one = site.question(half, &from("198.51.100.9, 192.0.2.1")).await;
    assert_eq!(one.status, 200, "{}", one.text);
    assert_eq!(one.header("ratelimit-policy"), "\"cost\";q=1000;w=60");
    let cost = one.json()["extensions"]["cost"]["asked"].as_u64().unwrap();
    assert!((300..=500).contains(&cost), "{cost}");
    let left = 1000 - cost;
    assert!(
        one.header("ratelimit")
            .starts_with(&format!("\"cost\";r={left};t="))
    );

    let mut refused = None;
    for _ in 0..3 {
        let page = site.question(half, &from("192.0.2.1")).await;
        if page.status != 200 {
            refused = Some(page);
        }
    }
    let refused = refused.unwrap();
    assert_eq!(
        refusal(&refused),
        json!([429, "LIMIT_EXCEEDED", "cost_rate", 1000, cost])
    );
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds}");
    assert!(refused.header("ratelimit").starts_with("\"cost\";r=0;t="));

    // Another client is none the worse for it, and no other address that the first one makes up is its own.
    let other = site.question(half, &from("192.0.2.2")).await;
    assert_eq!(other.status, 200);
    let made_up = site.question(half, &from("203.0.113.5, 192.0.2.1")).await;
    assert_eq!(made_up.status, 429);
    // What nobody could ever pay for is no matter of waiting.
    let large = "{ organisations(first: 100) { nodes { slug name id names { text kind } } } }";
    let large = site.question(large, &from("192.0.2.3")).await;
    assert_eq!(large.status, 400, "{}", large.text);
    assert_eq!(large.header("retry-after"), "");
}

async fn so_many_are_answered_at_once(on: On) {
    let world = World::empty(on).await.unwrap();
    let site = Site::with(world, |flags| {
        flags.concurrency_limit = Some("1".to_owned());
    });
    let query = "{ dataset { revision } }";
    // Without a connection the first one waits.
    let reader = &site.world.database.reader;
    let held = [reader.begin().await.unwrap(), reader.begin().await.unwrap()];
    let mut first = Box::pin(site.question(query, &[]));
    let second = tokio::select! {
        biased;
        _ = &mut first => None,
        second = site.question(query, &[]) => Some(second),
    };
    let second = second.unwrap();
    assert_eq!(
        refusal(&second),
        json!([503, "LIMIT_EXCEEDED", "concurrency_limit", 1, null])
    );
    assert_eq!(second.header("retry-after"), "1");
    for held in held {
        held.rollback().await.unwrap();
    }
    assert_eq!(first.await.status, 200);
    assert_eq!(site.question(query, &[]).await.status, 200);
}

async fn a_mistyped_name_is_met_with_one_that_comes_near(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let mistyped = [
        (
            "{ organisation(by: {slug: \"x\"}) { splitsFrom { totalCount } } }",
            "splitFrom",
        ),
        ("{ organisations(frist: 1) { totalCount } }", "first"),
        (
            "{ organisations(filter: {founed: {known: true}}) { totalCount } }",
            "founded",
        ),
        (
            "{ organisations(orderBy: {by: FOUNDET}) { totalCount } }",
            "FOUNDED",
        ),
        (
            "{ node(id: \"x\") { ... on Organization { name } } }",
            "Organisation",
        ),
    ];
    let told = async |site: &Site, query: &str| {
        let body = site.question(query, &[]).await.json();
        body["errors"][0]["message"].as_str().unwrap().to_owned()
    };
    for (query, meant) in mistyped {
        let message = told(&site, query).await;
        let hint = format!("; did you mean `{meant}`?");
        assert!(message.ends_with(&hint), "{message}");
    }
    for unlike in ["{ organisations { somethingElse } }", "{ service { sdl } }"] {
        let message = told(&site, unlike).await;
        assert!(!message.contains("did you mean"), "{message}");
    }
    let many = format!("{{ {} }}", "dataste ".repeat(1000));
    let body = site.question(&many, &[]).await.json();
    let mistakes = body["errors"].as_array().unwrap();
    assert_eq!(mistakes.len(), 1, "the same mistake is told once");
    assert_eq!(mistakes[0]["locations"].as_array().unwrap().len(), 100);
    for without in ["suggestions", "introspection"] {
        let site = Site::with(World::empty(on).await.unwrap(), |flags| match without {
            "suggestions" => flags.suggestions = Some("false".to_owned()),
            _ => flags.introspection = Some("false".to_owned()),
        });
        for (query, _) in mistyped {
            let message = told(&site, query).await;
            assert!(!message.contains("did you mean"), "{without}: {message}");
        }
    }
}

async fn the_schema_can_be_kept_back(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.introspection = Some("false".to_owned());
        flags.cost_limit = Some("1".to_owned());
    });
    let page = site
        .question(
            "{ ...F } fragment F on Query { __schema { types { name } } }",
            &[],
        )
        .await;
    let code = page.json()["errors"][0]["extensions"]["code"].clone();
    assert_eq!(
        (page.status, code),
        (400, json!("GRAPHQL_VALIDATION_FAILED"))
    );
    assert_eq!(site.question("{ __typename }", &[]).await.status, 200);
    for path in ["/schema.graphql", "/schema.json"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    // The service's own questions are not those of a client.
    let page = site
        .accept("/organisations/workers-party", "text/html")
        .await;
    assert_eq!(page.status, 200);
    let page = site.question("{ dataset { revision } }", &[]).await;
    assert_eq!(
        refusal(&page),
        json!([400, "LIMIT_EXCEEDED", "cost_limit", 1, 2])
    );
}
