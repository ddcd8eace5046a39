//! Documents that are named instead of sent, and answers that are not sent twice.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use api::{
    App,
    config::{Config, Flags},
    write::{Draft, Kind},
};
use axum::http::header::{ACCEPT, IF_NONE_MATCH};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{BASE_URL, On, World, on_both, save, site::Page, site::Site};

on_both! {
    what_was_sent_once_can_be_named_by_its_hash,
    what_a_manifest_holds_can_be_named_by_its_id,
    nothing_else_runs_where_that_is_wanted,
    a_manifest_that_cannot_be_answered_is_refused,
    an_answer_stands_as_long_as_the_data,
    what_may_not_be_kept_says_so,
}

const QUERY: &str = "query ($first: Int = 2) { organisations(first: $first) { nodes { name } } }";

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat()
}

/// Asks by GET, with parameters of these names.
async fn get(site: &Site, parameters: &[(&str, &str)], tag: Option<&str>) -> Page {
    let encode = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
        bytes.collect::<Vec<_>>().concat()
    };
    let parameters = parameters
        .iter()
        .map(|(name, text)| format!("{name}={}", encode(text)));
    let path = format!("/graphql?{}", parameters.collect::<Vec<_>>().join("&"));
    let mut headers = vec![(ACCEPT, "application/json")];
    headers.extend(tag.map(|tag| (IF_NONE_MATCH, tag)));
    site.ask("GET", &path, &headers).await
}

fn persisted(hash: &str) -> String {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash}}).to_string()
}

fn code(page: &Page) -> Value {
    page.json()["errors"][0]["extensions"]["code"].clone()
}

fn manifest(folder: &Path, manifest: &Value) -> String {
    let path = folder.join("documents.json");
    fs::write(&path, manifest.to_string()).unwrap();
    path.display().to_string()
}

async fn what_was_sent_once_can_be_named_by_its_hash(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    let extensions = persisted(&hash(QUERY));
    let unknown = get(&site, &[("extensions", &extensions)], None).await;
    // The words and the status that clients of Apollo's wait for.
    assert_eq!(unknown.status, 200);
    assert_eq!(
        unknown.json()["errors"][0]["message"],
        "PersistedQueryNotFound"
    );
    assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown.header("cache-control"), "no-store");

    let other = get(
        &site,
        &[
            ("query", "{ dataset { revision } }"),
            ("extensions", &extensions),
        ],
        None,
    )
    .await;
    assert_eq!((other.status, code(&other)), (400, json!("BAD_REQUEST")));
    let sent = get(
        &site,
        &[("query", QUERY), ("extensions", &extensions)],
        None,
    )
    .await;
    let named = get(&site, &[("extensions", &extensions)], None).await;
    let by_id = get(
        &site,
        &[("documentId", &format!("sha256:{}", hash(QUERY)))],
        None,
    )
    .await;
    let variables = get(
        &site,
        &[("extensions", &extensions), ("variables", "{\"first\": 1}")],
        None,
    )
    .await;
    assert_eq!(
        sent.json()["data"]["organisations"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(sent.json(), named.json());
    assert_eq!(sent.json(), by_id.json());
    assert_eq!(
        variables.json()["data"]["organisations"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    for bad in [
        r#"{"persistedQuery": {"version": 2, "sha256Hash": ""}}"#,
        r#"{"persistedQuery": 1}"#,
    ] {
        let bad = get(&site, &[("extensions", bad)], None).await;
        assert_eq!((bad.status, code(&bad)), (400, json!("BAD_REQUEST")));
    }
}

async fn what_a_manifest_holds_can_be_named_by_its_id(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let relay = json!({"first": QUERY});
    let apollo = json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": "first", "name": "First", "type": "query", "body": QUERY}],
    });
    for written in [relay, apollo] {
        let documents = manifest(folder.path(), &written);
        let world = World::small(on).await.unwrap();
        let site = Site::with(world, |flags| flags.documents = Some(documents));
        let named = get(&site, &[("documentId", "first")], None).await;
        assert_eq!(
            named.json()["data"]["organisations"]["nodes"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        let both = get(&site, &[("documentId", "first"), ("query", QUERY)], None).await;
        assert_eq!((both.status, code(&both)), (400, json!("BAD_REQUEST")));
        let unknown = get(&site, &[("documentId", "second")], None).await;
        assert_eq!((unknown.status, code(&unknown)), (400, json!("NOT_FOUND")));
        assert_eq!(site.question("{ __typename }", &[]).await.status, 200);
    }
}

async fn nothing_else_runs_where_that_is_wanted(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let documents = manifest(
        folder.path(),
        &json!({"first": QUERY, hash("{ __typename }"): "{ __typename }"}),
    );
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.documents = Some(documents);
        flags.documents_only = Some("true".to_owned());
    });
    assert_eq!(
        get(&site, &[("documentId", "first")], None).await.status,
        200
    );
    let other = site.question(QUERY, &[]).await;
    assert_eq!((other.status, code(&other)), (400, json!("BAD_REQUEST")));
    let extensions = persisted(&hash(QUERY));
    let other = get(
        &site,
        &[("query", QUERY), ("extensions", &extensions)],
        None,
    )
    .await;
    assert_eq!((other.status, code(&other)), (400, json!("BAD_REQUEST")));
    let extensions = persisted(&hash("{ __typename }"));
    let known = get(&site, &[("extensions", &extensions)], None).await;
    assert_eq!(known.json()["data"], json!({"__typename": "Query"}));
    // The pages ask questions of their own.
    assert_eq!(
        site.accept("/organisations/", "text/html").await.status,
        200
    );
}

async fn a_manifest_that_cannot_be_answered_is_refused(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::empty(on).await.unwrap();
    let start = |documents: Option<String>, only: bool| {
        let flags = Flags {
            documents,
            documents_only: Some(only.to_string()),
            ..Flags::default()
        };
        let config = Config::read(&flags, |_| None, Path::new("/nonexistent")).unwrap();
        let app = App::new(config, world.database.clone(), BASE_URL.to_owned());
        app.map_or_else(|error| format!("{error:#}"), |_| "started".to_owned())
    };
    let bad = manifest(folder.path(), &json!({"first": "{ nothing }"}));
    assert_eq!(
        start(Some(bad), false),
        "documents: `first` cannot be answered: type `Query` does not have a field `nothing`"
    );
    let list = manifest(folder.path(), &json!([1]));
    assert!(start(Some(list), false).contains("expected a JSON object with a text for each id"));
    let none = folder.path().join("none.json").display().to_string();
    assert!(start(Some(none), false).contains("none.json: "));
    assert!(start(None, true).starts_with("documents_only: there is nothing to run"));
    assert_eq!(start(None, false), "started");
}

async fn an_answer_stands_as_long_as_the_data(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    let first = get(&site, &[("query", QUERY)], None).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), "public, no-cache");
    assert_eq!(first.header("vary"), "accept");
    let again = get(&site, &[("query", QUERY)], Some(&tag)).await;
    assert_eq!(
        (again.status, again.text.as_str(), again.header("etag")),
        (304, "", &*tag)
    );
    for other in [
        get(
            &site,
            &[("query", QUERY), ("variables", "{\"first\": 1}")],
            Some(&tag),
        )
        .await,
        get(&site, &[("query", "{ dataset { revision } }")], Some(&tag)).await,
    ] {
        assert_eq!(other.status, 200);
        assert_ne!(other.header("etag"), tag);
    }

    let content = json!({"slug": "peace-at-last", "name": "Peace at last", "kind": "SUBJECT"});
    let draft = Draft::parse(Kind::Topic, &content.to_string()).unwrap();
    save(&site.world, 1, &[draft]).await.unwrap();
    let changed = get(&site, &[("query", QUERY)], Some(&tag)).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    let unchanged = get(&site, &[("query", QUERY)], Some(changed.header("etag"))).await;
    assert_eq!(unchanged.status, 304);
}

async fn what_may_not_be_kept_says_so(on: On) {
    let site = Site::with(World::small(on).await.unwrap(), |flags| {
        flags.max_age = Some("60".to_owned());
    });
    let kept = get(&site, &[("query", QUERY)], None).await;
    assert_eq!(kept.header("cache-control"), "public, max-age=60");
    let posted = site.question(QUERY, &[]).await;
    let failed =
        r#"{ organisation(by: {slug: "workers-party"}) { founded { display(locale: "!") } } }"#;
    for page in [
        posted,
        get(&site, &[("query", "{ nothing }")], None).await,
        get(&site, &[("query", failed)], None).await,
    ] {
        assert_eq!(page.header("cache-control"), "no-store", "{}", page.text);
        assert_eq!(page.header("etag"), "");
    }
}
