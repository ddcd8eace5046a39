//! What is not answered, and what that says: other messages, other sites, more than a client may ask for.

use axum::http::{
    HeaderName,
    header::{ACCEPT, ORIGIN},
};
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::{Value, json};
use tests::{On, World, on_both, site::Page, site::Site};

use crate::{BOTH, request, send, told};

on_both! {
    what_is_no_message_is_refused,
    pages_of_other_sites_are_not_answered,
    questions_cost_what_they_cost_in_graphql,
    so_many_are_answered_at_once,
    what_takes_too_long_is_given_up,
    failures_of_ours_show_nothing,
    it_can_be_switched_off,
}

async fn what_is_no_message_is_refused(on: On) {
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.body_limit = Some("1 KiB".to_owned());
    });
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" }).to_string();
    let accept = [(ACCEPT, BOTH)];
    let large = format!("{ping}{}", " ".repeat(1024));
    let code = |page: &Page| (page.status, page.json()["error"]["code"].clone());
    for (body, expected) in [
        ("{", (400, json!(-32700))),
        ("[]", (400, json!(-32700))),
        (&format!("[{ping}]"), (400, json!(-32700))),
        (
            "{\"query\": \"{ dataset { revision } }\"}",
            (400, json!(-32700)),
        ),
        (&large, (413, json!(-32600))),
    ] {
        let page = site.post("/mcp", &accept, body.to_owned()).await;
        assert_eq!(code(&page), expected, "{}", page.text);
    }
    let page = site.post("/mcp", &[(ACCEPT, "text/html")], ping).await;
    assert_eq!(code(&page), (406, json!(-32600)));
    for method in ["GET", "DELETE", "PUT"] {
        let page = site.ask(method, "/mcp", &accept).await;
        assert_eq!(code(&page), (405, json!(-32600)));
        assert_eq!(page.header("allow"), "POST");
    }
    let page = site.ask("POST", "/mcp", &accept).await;
    assert_eq!(code(&page), (415, json!(-32600)));
}

async fn pages_of_other_sites_are_not_answered(on: On) {
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.cors_origins = Some("https://inspector.example".to_owned());
    });
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    for (origin, status) in [
        ("https://example.org", 200),
        ("http://localhost:6274", 200),
        ("http://127.0.0.1", 200),
        ("http://[::1]:8000", 200),
        ("https://inspector.example", 200),
        ("https://inspector.example:8443", 403),
        ("http://example.org", 403),
        ("https://example.org:8443", 403),
        ("https://example.org.evil.example", 403),
        ("http://evil.example:8000", 403),
        ("null", 403),
        ("", 403),
    ] {
        let page = send(&site, &[(ORIGIN, origin)], &ping).await;
        assert_eq!(page.status, status, "{origin}");
    }
}

async fn questions_cost_what_they_cost_in_graphql(on: On) {
    let world = World::small(on).await.unwrap();
    let forwarded = HeaderName::from_static("x-forwarded-for");
    let site = Site::with(world, |flags| {
        flags.cost_rate = Some("3000".to_owned());
        flags.client_header = Some("X-Forwarded-For".to_owned());
        flags.cost_limit = Some("2500".to_owned());
    });
    let document = "{ organisations(first: 100) { nodes { slug name abbreviation id } } }";
    let asked = site.world.ask(document).await.cost["asked"]
        .as_u64()
        .unwrap();
    let params = json!({ "name": "query", "arguments": { "document": document } });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    let from = |address: &'static str| [(forwarded.clone(), address)];
    let page = send(&site, &from("192.0.2.1"), &message).await;
    assert_eq!(page.json()["result"]["isError"], false, "{}", page.text);
    assert_eq!(page.header("ratelimit-policy"), "\"cost\";q=3000;w=60");
    // The message itself is worth one.
    let left = format!("\"cost\";r={};t=", 3000 - asked - 1);
    assert!(
        page.header("ratelimit").starts_with(&left),
        "{left} {}",
        page.header("ratelimit")
    );

    let mut refused = None;
    for _ in 0..3000 / asked {
        let page = send(&site, &from("192.0.2.1"), &message).await;
        if page.json()["result"]["isError"] == true {
            refused = Some(page);
        }
    }
    let refused = refused.unwrap();
    let text = refused.json()["result"]["content"][0]["text"].to_string();
    assert!(
        text.contains(
            "a client may spend 3000 in a minute; this one has too little left, try again in"
        ),
        "{text}"
    );
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    let page = send(&site, &from("192.0.2.2"), &message).await;
    assert_eq!(page.json()["result"]["isError"], false, "{}", page.text);

    // No tool may do what its client may not.
    let whole = json!({ "kind": "ORGANISATION", "slug": "workers-party", "first": 50 });
    let told = told(&site, "entity", whole).await;
    assert!(
        told.contains("values that its answer can hold")
            && told.contains("at most 2500 are allowed"),
        "{told}"
    );
}

async fn so_many_are_answered_at_once(on: On) {
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.concurrency_limit = Some("1".to_owned());
    });
    let params = json!({ "name": "search", "arguments": { "query": "x" } });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    // Without a connection the first one waits.
    let reader = &site.world.database.reader;
    let held = [reader.begin().await.unwrap(), reader.begin().await.unwrap()];
    let mut first = Box::pin(send(&site, &[], &message));
    let second = tokio::select! {
        biased;
        _ = &mut first => None,
        second = send(&site, &[], &message) => Some(second),
    };
    let second = second.unwrap();
    assert_eq!(second.status, 503, "{}", second.text);
    assert_eq!(second.header("retry-after"), "1");
    let message_of = second.json()["error"]["message"].to_string();
    assert!(message_of.contains("try again"), "{message_of}");
    for held in held {
        held.rollback().await.unwrap();
    }
    assert_eq!(first.await.json()["result"]["isError"], false);
    assert_eq!(send(&site, &[], &message).await.status, 200);
}

async fn what_takes_too_long_is_given_up(on: On) {
    let site = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.request_timeout = Some("500 ms".to_owned());
    });
    let params = json!({ "name": "search", "arguments": { "query": "x" } });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    let reader = &site.world.database.reader;
    let held = [reader.begin().await.unwrap(), reader.begin().await.unwrap()];
    site.world.statements();
    let page = send(&site, &[], &message).await;
    let error = json!({ "code": -32603, "message": "no answer within 0.5 s; ask for less at once, or try again" });
    assert_eq!((page.status, &page.json()["error"]), (504, &error));
    for held in held {
        held.rollback().await.unwrap();
    }
    // Nobody waits for it any more, so that it does not take its turn, which would have been before that of others.
    for _ in 0..2 {
        assert_eq!(send(&site, &[], &message).await.status, 200);
    }
    assert_eq!(site.world.statements(), 2);
}

async fn failures_of_ours_show_nothing(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let gone = site
        .world
        .database
        .writer
        .execute_unprepared("DROP TABLE claim");
    gone.await.unwrap();
    let document = "{ organisations { nodes { claims { value } } } }";
    assert_eq!(
        told(&site, "query", json!({ "document": document })).await,
        "internal error"
    );
}

async fn it_can_be_switched_off(on: On) {
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    let off = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.mcp = Some("false".to_owned());
    });
    assert_eq!(send(&off, &[], &ping).await.status, 404);

    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("documents.json");
    std::fs::write(&manifest, "{}").unwrap();
    let only_known = Site::with(World::empty(on).await.unwrap(), |flags| {
        flags.documents = Some(manifest.display().to_string());
        flags.documents_only = Some("true".to_owned());
    });
    let tools = request(&only_known, "tools/list", json!({})).await;
    let tools = tools["tools"].as_array().unwrap().iter();
    let names: Vec<&Value> = tools.map(|tool| &tool["name"]).collect();
    assert_eq!(names, ["search", "entity", "lineage", "path"]);

    let kept_back = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.introspection = Some("false".to_owned());
    });
    let none = request(&kept_back, "resources/list", json!({})).await;
    assert_eq!(none["resources"], json!([]));
    for uri in [
        "schismograph://schema.graphql",
        "schismograph://schema/Query",
    ] {
        let read = request(&kept_back, "resources/read", json!({ "uri": uri })).await;
        assert_eq!(read["code"], -32002, "{uri}");
    }
    let document = "{ __type(name: \"Query\") { name } }";
    let told = told(&kept_back, "query", json!({ "document": document })).await;
    assert!(told.contains("introspection is switched off"), "{told}");
}
