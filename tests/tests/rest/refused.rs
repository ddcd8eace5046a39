//! What is refused: problems by RFC 9457 that name what is wrong and what would be right, and the limits.

use axum::http::header::{ACCEPT, HeaderName, IF_NONE_MATCH};
use sea_orm::TransactionTrait;
use serde_json::{Value, json};
use tests::{On, World, on_both, site::Page, site::Site};

use super::{ROOT, encoded, get, small};

on_both! {
    what_is_wrong_is_named,
    what_is_not_there_is_said,
    other_methods_and_types_are_refused,
    limits_hold_as_for_the_graph,
    so_many_are_answered_at_once,
    the_description_can_be_kept_back,
    what_is_not_there_is_no_copy_that_a_client_has,
    a_long_address_is_refused,
    refusals_are_paid_for_and_counted,
    what_documents_may_come_to_is_for_those_of_clients,
    all_of_it_can_be_switched_off,
}

/// Status, code, parameter and what is said.
fn problem(page: &Page) -> Value {
    let body = page.json();
    assert_eq!(
        page.header("content-type"),
        "application/problem+json",
        "{body}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(body["type"], "about:blank");
    assert_eq!(body["status"], page.status);
    assert_eq!(body["requestId"], page.header("x-request-id"));
    json!([page.status, body["code"], body["parameter"], body["detail"]])
}

async fn what_is_wrong_is_named(on: On) {
    let site = small(on).await;
    let nested = |json: &str| format!("/organisations?filter={}", encoded(json));
    let mut told = Vec::new();
    for path in [
        "/organisations?foundet[after]=1990",
        "/organisations?colour=red",
        "/organisations?country=XV",
        "/dataset?first=1",
        "/organisations?first=ten",
        "/organisations?first=1000",
        "/organisations?first=1&first=2",
        "/organisations?first=1&last=2",
        "/organisations?after=here",
        "/organisations?orderBy=founded",
        "/organisations?orderBy=-SIZE",
        "/organisations?kind[in]=PARTY&kind[in]=PARTI",
        "/organisations?kind[eq]=1",
        "/organisations?founded[after]=lately",
        "/organisations?founded[known]=yes",
        "/organisations?id[eq]=per_1",
        "/organisations?at=then",
        "/organisations?name[eq]=%00",
        "/organisations/workers-party?at=then",
        "/organisations/workers-party/ancestors?maxDepth=0",
        "/search",
        "/search?query=%20",
        "/lineage?of=org_1",
        &nested("{"),
        &nested("[]"),
        &nested("{\"founded\": {\"aftr\": \"1990\"}}"),
        &nested("{\"founded\": {\"after\": \"lately\"}}"),
        &nested("{\"or\": [{\"kind\": {\"in\": [\"PARTY\", 3]}}]}"),
        &nested("{\"founded\": {\"match\": null}}"),
        &format!(
            "{}&kind[eq]=PARTY",
            nested("{\"founded\": {\"after\": \"lately\"}}")
        ),
        &format!(
            "{}&founded[after]=lately",
            nested("{\"kind\": {\"eq\": \"PARTY\"}}")
        ),
        &format!(
            "{}&founded[after]=1990",
            nested("{\"founded\": {\"after\": \"lately\"}}")
        ),
    ] {
        let page = get(&site, path).await;
        told.push(json!([path, problem(&page)]));
        assert_eq!(page.status, 400, "{path}");
    }
    insta::assert_json_snapshot!("wrong", told);
}

async fn what_is_not_there_is_said(on: On) {
    let site = small(on).await;
    for (path, detail) in [
        ("/organisations/nobody", "there is no organisation `nobody`"),
        ("/organisations/org_1", "there is no organisation `org_1`"),
        ("/organisations/%00", "there is no organisation `\0`"),
        (
            "/people/workers-party/events",
            "there is no person `workers-party`",
        ),
        ("/sources/tribune", "there is no source `tribune`"),
        (
            "/organisation",
            "there is no `organisation` here; did you mean `organisations`?",
        ),
        (
            "/organisations/workers-party/peopel",
            "there is no `peopel` here; did you mean `people`?",
        ),
        (
            "/a/b/c/d",
            "there is nothing at this address; https://example.org/api/v1 lists what there is",
        ),
        (
            "/%FF",
            "there is nothing at this address; it is no text in UTF-8",
        ),
        (
            "/organisations/",
            "there is nothing at this address; https://example.org/api/v1 lists what there is",
        ),
    ] {
        let expected = json!([404, "NOT_FOUND", null, detail]);
        assert_eq!(problem(&get(&site, path).await), expected, "{path}");
    }
    let unknown = "org_00000000000000000000";
    let page = get(&site, &format!("/lineage?of={unknown}")).await;
    let detail = format!("of: there is no organisation {unknown}");
    assert_eq!(problem(&page), json!([404, "NOT_FOUND", null, detail]));
}

async fn other_methods_and_types_are_refused(on: On) {
    let site = small(on).await;
    let path = format!("{ROOT}/organisations");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let page = site.ask(method, &path, &[]).await;
        assert_eq!((page.status, page.header("allow")), (405, "GET, HEAD"));
        problem(&page);
    }
    let page = site.ask("GET", &path, &[(ACCEPT, "text/csv")]).await;
    assert_eq!(
        problem(&page),
        json!([
            406,
            "BAD_REQUEST",
            null,
            "answers are application/json; accept it"
        ])
    );
    for accept in ["*/*", "application/*", "text/html, application/json;q=0.1"] {
        assert_eq!(site.accept(&path, accept).await.status, 200, "{accept}");
    }
}

async fn limits_hold_as_for_the_graph(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.cost_limit = Some("2000".to_owned());
        flags.cost_rate = Some("3000".to_owned());
        flags.client_header = Some("X-Forwarded-For".to_owned());
    });
    let from = |address| [(HeaderName::from_static("x-forwarded-for"), address)];
    let large = format!("{ROOT}/organisations?first=100");
    let page = site.ask("GET", &large, &from("192.0.2.1")).await;
    assert_eq!(problem(&page)[1], "LIMIT_EXCEEDED");
    let limit = &page.json()["limit"];
    assert_eq!((page.status, &limit["name"]), (400, &json!("cost_limit")));
    assert_eq!(limit["allowed"], 2000);
    assert!(limit["asked"].as_u64() > Some(2000), "{limit}");

    let some = format!("{ROOT}/organisations?first=20");
    let mut page = site.ask("GET", &some, &from("192.0.2.2")).await;
    assert_eq!(page.header("ratelimit-policy"), "\"cost\";q=3000;w=60");
    for _ in 0..3 {
        page = site.ask("GET", &some, &from("192.0.2.2")).await;
    }
    assert_eq!(problem(&page)[1], "LIMIT_EXCEEDED");
    assert_eq!(
        (page.status, &page.json()["limit"]["name"]),
        (429, &json!("cost_rate"))
    );
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds}");
    assert!(page.header("ratelimit").starts_with("\"cost\";r=0;t="));
    let other = site.ask("GET", &some, &from("192.0.2.3")).await;
    assert_eq!(other.status, 200);
}

async fn so_many_are_answered_at_once(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.concurrency_limit = Some("1".to_owned());
        flags.request_timeout = Some("1 s".to_owned());
    });
    // Without a connection the first one waits, in the end in vain.
    let reader = &site.world.database.reader;
    let held = [reader.begin().await.unwrap(), reader.begin().await.unwrap()];
    let mut first = Box::pin(get(&site, "/dataset"));
    let second = tokio::select! {
        biased;
        _ = &mut first => None,
        second = get(&site, "/dataset") => Some(second),
    };
    let second = second.unwrap();
    assert_eq!(problem(&second)[0], 503);
    assert_eq!(second.json()["limit"]["name"], "concurrency_limit");
    assert_eq!(second.header("retry-after"), "1");
    let first = first.await;
    assert_eq!(problem(&first)[1], "TIMEOUT");
    assert_eq!(first.status, 504);
    for held in held {
        held.rollback().await.unwrap();
    }
    assert_eq!(get(&site, "/dataset").await.status, 200);
}

async fn the_description_can_be_kept_back(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.introspection = Some("false".to_owned());
    });
    assert_eq!(get(&site, "/openapi.json").await.status, 404);
    assert_eq!(get(&site, "/organisations").await.status, 200);
}

async fn what_is_not_there_is_no_copy_that_a_client_has(on: On) {
    let site = small(on).await;
    let any = [(IF_NONE_MATCH, "*")];
    for (path, status) in [
        ("/api/v1/organisations/nobody", 404),
        ("/api/v1/organisations?first=1000", 400),
        ("/api/v1/organisations/workers-party", 304),
        ("/graphql?query=%7Bnothing%7D", 200),
        ("/graphql?query=%7B__typename%7D", 304),
    ] {
        assert_eq!(site.ask("GET", path, &any).await.status, status, "{path}");
    }
}

async fn a_long_address_is_refused(on: On) {
    let site = small(on).await;
    let search = |length: usize| format!("/organisations?name[contains]={}", "x".repeat(length));
    assert_eq!(get(&site, &search(8000)).await.status, 200);
    assert_eq!(
        problem(&get(&site, &search(8192)).await),
        json!([
            414,
            "LIMIT_EXCEEDED",
            null,
            "the address has 8228 bytes; at most 8192 are taken"
        ])
    );
}

async fn refusals_are_paid_for_and_counted(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.cost_rate = Some("2".to_owned());
    });
    for (path, status) in [
        ("/organisations?colour=red", 400),
        ("/organisation", 404),
        ("/organisations?colour=red", 429),
    ] {
        assert_eq!(get(&site, path).await.status, status, "{path}");
    }
    let numbers = site.get("/metrics").await.text;
    for (code, limit) in [
        ("BAD_USER_INPUT", ""),
        ("NOT_FOUND", ""),
        ("LIMIT_EXCEEDED", "cost_rate"),
    ] {
        let line = format!("schismograph_errors_total{{code=\"{code}\",limit=\"{limit}\"}} 1\n");
        assert!(numbers.contains(&line), "{line}: {numbers}");
    }
}

async fn what_documents_may_come_to_is_for_those_of_clients(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.field_limit = Some("1".to_owned());
        flags.depth_limit = Some("1".to_owned());
        flags.cost_limit = Some("300".to_owned());
    });
    assert_eq!(get(&site, "/organisations?first=1").await.status, 200);
    let page = get(&site, "/organisations?first=100").await;
    assert_eq!(
        (page.status, &page.json()["limit"]["name"]),
        (400, &json!("cost_limit"))
    );
}

async fn all_of_it_can_be_switched_off(on: On) {
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.rest = Some("false".to_owned());
    });
    for path in ["", "/organisations", "/openapi.json"] {
        assert_eq!(get(&site, path).await.status, 404, "{path}");
    }
}
