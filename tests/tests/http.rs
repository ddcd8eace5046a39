//! What an HTTP client meets: status, media type and headers of every outcome.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{path::Path, sync::Arc};

use api::{
    App,
    config::{Config, Flags},
    database::Database,
    http,
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt;

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";
const URQL: &str = "application/graphql-response+json, application/graphql+json, application/json, \
                    text/event-stream, multipart/mixed";
/// A variable does not fit its type.
const UNFIT: &str = r#"{"query":"query ($n: Int!) { organisations(first: $n) { totalCount } }"}"#;
const QUERY: &str = r#"{"query":"{ __typename }"}"#;

struct Ask(Request<Body>);

fn ask(method: &str, path: &str) -> Ask {
    let request = Request::builder().method(method).uri(path);
    Ask(request.body(Body::empty()).unwrap())
}

/// Like `post` by a client that knows the media type of GraphQL.
fn get(parameters: &str) -> Ask {
    ask("GET", &format!("/graphql?{parameters}")).accept(GRAPHQL)
}

fn post(body: impl Into<Body>) -> Ask {
    let ask = ask("POST", "/graphql").with(header::CONTENT_TYPE, JSON);
    let mut ask = ask.accept(GRAPHQL);
    *ask.0.body_mut() = body.into();
    ask
}

impl Ask {
    fn with(mut self, name: header::HeaderName, value: &str) -> Self {
        let value = header::HeaderValue::from_bytes(value.as_bytes()).unwrap();
        self.0.headers_mut().insert(name, value);
        self
    }

    fn accept(self, value: &str) -> Self {
        self.with(header::ACCEPT, value)
    }

    fn content_type(self, value: &str) -> Self {
        self.with(header::CONTENT_TYPE, value)
    }

    fn without(mut self, name: header::HeaderName) -> Self {
        self.0.headers_mut().remove(name);
        self
    }

    async fn of(self, router: &Router) -> (StatusCode, HeaderMap, Bytes) {
        let response = router.clone().oneshot(self.0).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, body)
    }

    /// The answer of `/graphql` in one line: status, media type, and the code and message of an error.
    async fn line(self, router: &Router) -> String {
        let (status, headers, body) = self.of(router).await;
        let media = headers[header::CONTENT_TYPE].to_str().unwrap();
        let media = media.strip_suffix("; charset=utf-8").unwrap();
        let media = if media == GRAPHQL { "graphql" } else { media };
        let status = status.as_u16();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body.get("data").is_some(), body.get("errors").is_none());
        let Some(error) = body["errors"].get(0) else {
            return format!("{status} {media}");
        };
        let (code, message) = (&error["extensions"]["code"], &error["message"]);
        let (code, message) = (code.as_str().unwrap(), message.as_str().unwrap());
        format!("{status} {media} {code}: {message}")
    }
}

fn config(settings: impl FnOnce(&mut Flags)) -> Config {
    let mut flags = Flags {
        database_url: Some("sqlite::memory:".into()),
        ..Flags::default()
    };
    settings(&mut flags);
    Config::read(&flags, |_| None, Path::new("/nonexistent")).unwrap()
}

async fn router(settings: impl FnOnce(&mut Flags)) -> Router {
    let config = config(settings);
    let database = Database::open(&config).await.unwrap();
    database.migrate_up().await.unwrap();
    let app = App::new(config, database, "http://localhost".into());
    http::router(Arc::new(app.unwrap()))
}

/// Compares every line of a table before it fails.
async fn check(router: &Router, table: Vec<(Ask, &str)>) {
    let mut wrong = Vec::new();
    for (ask, expected) in table {
        let what = format!("{} {} {:?}", ask.0.method(), ask.0.uri(), ask.0.headers());
        let found = ask.line(router).await;
        if !found.starts_with(expected) {
            wrong.push(format!(
                "\n{what}\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[tokio::test]
async fn the_media_type_is_the_one_the_client_likes_best() {
    let accept = |value| post(QUERY).accept(value);
    #[rustfmt::skip]
    let table = vec![
        (post(QUERY).without(header::ACCEPT), "200 application/json"),
        (accept(""), "200 application/json"),
        (accept("*/*"), "200 application/json"),
        (accept("application/*"), "200 application/json"),
        (accept("text/html, */*;q=0.8"), "200 application/json"),
        (accept(GRAPHQL), "200 graphql"),
        (accept(JSON), "200 application/json"),
        (accept(URQL), "200 graphql"),
        (accept("application/graphql-response+json, application/json;q=0.9"), "200 graphql"),
        (accept("application/json, application/graphql-response+json"), "200 application/json"),
        (accept("application/json;q=0.5, application/graphql-response+json;q=0.9"), "200 graphql"),
        (accept("application/graphql-response+json, */*;q=0.1"), "200 graphql"),
        (accept("application/graphql-response+json;q=0.1, */*;q=0.2"), "200 application/json"),
        (accept("application/json;q=0, */*"), "200 graphql"),
        (accept("application/JSON; charset=UTF-8"), "200 application/json"),
        (accept("application/json;charset=latin1, application/graphql-response+json;q=0.1"), "200 graphql"),
        (accept("text/event-stream"), "406 application/json BAD_REQUEST: answers are"),
        (accept("text/html"), "406 application/json BAD_REQUEST: answers are"),
        (accept("*/*;q=0"), "406 application/json BAD_REQUEST: answers are"),
    ];
    check(&router(|_| ()).await, table).await;
}

#[tokio::test]
async fn what_is_no_graphql_request_is_refused() {
    let legacy = |ask: Ask| ask.accept(JSON);
    let large = format!(r#"{{"query":"{}"}}"#, "x".repeat(1 << 20));
    #[rustfmt::skip]
    let table = vec![
        (post(""), "400 graphql BAD_REQUEST: the body is not JSON: EOF while parsing"),
        (post("NONSENSE"), "400 graphql BAD_REQUEST: the body is not JSON: expected value at line 1"),
        (legacy(post("{\"query\":")), "400 application/json BAD_REQUEST: the body is not JSON"),
        (post("[]"), "400 graphql BAD_REQUEST: the body must be a JSON object with the member query, not a list"),
        (post("{}"), "400 graphql BAD_REQUEST: query is missing"),
        (legacy(post("{}")), "400 application/json BAD_REQUEST: query is missing"),
        (post(r#"{"query":7}"#), "400 graphql BAD_REQUEST: query must be text, not a number"),
        (post(r#"{"query":"","operationName":[]}"#), "400 graphql BAD_REQUEST: operationName must be text, not a list"),
        (post(r#"{"query":"","variables":[7]}"#), "400 graphql BAD_REQUEST: variables must be an object, not a list"),
        (post(r#"{"query":"","variables":"{}"}"#), "400 graphql BAD_REQUEST: variables must be an object, not text"),
        (post(r#"{"query":"","extensions":0}"#), "400 graphql BAD_REQUEST: extensions must be an object, not a number"),
        (post(&b"{\"query\":\"\xff\"}"[..]), "400 graphql BAD_REQUEST: the body is not JSON"),
        (post(&b"{\"query\":\"\0\"}"[..]), "400 graphql BAD_REQUEST: the body is not JSON: control character"),
        (post(r#"{"query":"{ a(b: \"\ud83d\") }"}"#), "400 graphql BAD_REQUEST: the body is not JSON"),
        (get(""), "400 graphql BAD_REQUEST: query is missing"),
        (get("query=a&query=b"), "400 graphql BAD_REQUEST: query is given twice"),
        (get("query=a&variables=x"), "400 graphql BAD_REQUEST: variables is not JSON"),
        (get("query=a&variables=%5B%5D"), "400 graphql BAD_REQUEST: variables must be an object, not a list"),
        (get("query=a&extensions=1"), "400 graphql BAD_REQUEST: extensions must be an object, not a number"),
        (post(large), "413 graphql LIMIT_EXCEEDED: the body is larger than 1048576 bytes"),
        (post(QUERY).without(header::CONTENT_TYPE), "415 graphql BAD_REQUEST: the content type must be application/json"),
        (post(QUERY).content_type("text/plain"), "415 graphql BAD_REQUEST"),
        (post(QUERY).content_type("application/jsonp"), "415 graphql BAD_REQUEST"),
        (post(QUERY).content_type("application/x-www-form-urlencoded"), "415 graphql BAD_REQUEST"),
        (post(QUERY).content_type("application/json; charset=utf-16"), "415 graphql BAD_REQUEST"),
        (ask("PUT", "/graphql"), "405 application/json BAD_REQUEST: use POST, or GET for queries"),
        (ask("OPTIONS", "/graphql"), "405 application/json BAD_REQUEST"),
    ];
    check(&router(|_| ()).await, table).await;
}

#[tokio::test]
async fn an_operation_that_cannot_run_is_an_error_unless_the_client_is_old() {
    let legacy = |ask: Ask| ask.accept(JSON);
    #[rustfmt::skip]
    let table = vec![
        (post(r#"{"query":"{"}"#), "400 graphql GRAPHQL_PARSE_FAILED"),
        (legacy(post(r#"{"query":"{"}"#)), "200 application/json GRAPHQL_PARSE_FAILED"),
        (post(r#"{"query":"{ nope }"}"#), "400 graphql GRAPHQL_VALIDATION_FAILED"),
        (legacy(post(r#"{"query":"{ nope }"}"#)), "200 application/json GRAPHQL_VALIDATION_FAILED"),
        (post(UNFIT), "400 graphql BAD_USER_INPUT"),
        (legacy(post(UNFIT)), "200 application/json BAD_USER_INPUT"),
        (post(r#"{"query":"query A { __typename } query B { __typename }"}"#), "400 graphql BAD_REQUEST: operationName"),
        (post(r#"{"query":"query A { __typename }","operationName":"B"}"#), "400 graphql BAD_REQUEST: operationName: the document has no operation `B`"),
        (get("query=query+A%7B__typename%7D&operationName=null"), "400 graphql BAD_REQUEST: operationName: the document has no operation `null`"),
        (post(r#"{"query":"subscription { a b }"}"#), "400 graphql GRAPHQL_VALIDATION_FAILED"),
        (get("query=mutation%20%7B__typename%7D"), "405 graphql"),
        (legacy(get("query=mutation%20%7B__typename%7D")), "405 application/json"),
    ];
    check(&router(|_| ()).await, table).await;
}

#[tokio::test]
async fn what_may_be_left_out_or_null_is_no_error() {
    #[rustfmt::skip]
    let table = vec![
        (post(QUERY).content_type("Application/JSON; Charset=\"UTF-8\""), "200 graphql"),
        (post(r#"{"query":"{ __typename }","operationName":null,"variables":null,"extensions":null,"more":1}"#), "200 graphql"),
        (post(r#"{"query":"query A { __typename }","operationName":"A","variables":{}}"#), "200 graphql"),
        (get("query=%7B__typename%7D"), "200 graphql"),
        (get("query=%7B+__typename+%7D&operationName=&variables=%7B%7D&extensions=null"), "200 graphql"),
        (get("query=%7B__typename%7D&operationName=&variables=&extensions=&more=1"), "200 graphql"),
        (get("query=query+A%7B__typename%7Dquery+B%7Ba:__typename%7D&operationName=B&extensions=%7B%22a%22:1%7D"), "200 graphql"),
    ];
    check(&router(|_| ()).await, table).await;
}

/// The status is worth nothing to clients that take any JSON; to others it says that something is missing.
#[tokio::test]
async fn data_beside_errors_is_a_partial_success() {
    let router = router(|_| ()).await;
    let query = r#"{"query":"{ source(id: \"nonsense\") { title } dataset { licence } }"}"#;
    for (accepted, expected) in [(GRAPHQL, 294), (JSON, 200)] {
        let (status, _, body) = post(query).accept(accepted).of(&router).await;
        assert_eq!(status, expected);
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"][0]["path"], serde_json::json!(["source"]));
        assert_eq!(body["data"]["source"], Value::Null);
        assert!(body["data"]["dataset"]["licence"].is_string(), "{body}");
    }
}

#[tokio::test]
async fn batches_are_answered_in_order_where_they_are_allowed() {
    let router = router(|flags| flags.batch_limit = Some("3".into())).await;
    let batch = r#"[{"query":"{ a: __typename }"}, 7, {"query":"{"}]"#;
    let (status, headers, body) = post(batch).of(&router).await;
    assert_eq!(status, 200);
    assert_eq!(
        headers[header::CONTENT_TYPE],
        format!("{GRAPHQL}; charset=utf-8")
    );
    let answers: Vec<Value> = serde_json::from_slice(&body).unwrap();
    assert_eq!(answers[0]["data"]["a"], "Query", "{answers:?}");
    let errors = answers[1..].iter().map(|answer| &answer["errors"][0]);
    let errors: Vec<&Value> = errors.map(|error| &error["extensions"]["code"]).collect();
    assert_eq!(errors, ["BAD_REQUEST", "GRAPHQL_PARSE_FAILED"]);
    assert_eq!(
        answers[1]["errors"][0]["message"],
        "request 2 must be a JSON object with the member query, not a number"
    );
    let one = format!("[{QUERY}]");
    let four = format!("[{QUERY},{QUERY},{QUERY},{QUERY}]");
    #[rustfmt::skip]
    let table = vec![
        (post(QUERY), "200 graphql"),
        (post("[]"), "400 graphql BAD_REQUEST: the list of requests is empty"),
        (post(four), "400 graphql LIMIT_EXCEEDED: the list holds 4 requests; at most 3 are allowed"),
        (post(one).content_type("text/plain"), "415 graphql BAD_REQUEST"),
    ];
    check(&router, table).await;
}

#[tokio::test]
async fn a_refused_method_is_told_the_allowed_ones() {
    let router = router(|_| ()).await;
    for refused in [
        ask("DELETE", "/graphql"),
        get("query=mutation%7B__typename%7D"),
    ] {
        let (status, headers, _) = refused.of(&router).await;
        assert_eq!(status, 405);
        assert_eq!(headers[header::ALLOW], "GET, POST");
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let router = router(|flags| flags.request_timeout = Some("50 ms".into())).await;
    let never = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
    let table = vec![(
        post(Body::from_stream(never)),
        "408 graphql TIMEOUT: no answer within 0.05 s",
    )];
    check(&router, table).await;
}

#[tokio::test]
async fn every_path_has_an_answer() {
    let router = router(|_| ()).await;
    for (path, accept, status, content_type) in [
        ("/", "*/*", 200, "text/plain; charset=utf-8"),
        (
            "/",
            "text/html,application/xhtml+xml,*/*;q=0.8",
            200,
            "text/html; charset=utf-8",
        ),
        ("/schema.graphql", "*/*", 200, "text/plain; charset=utf-8"),
        (
            "/schema.json",
            "*/*",
            200,
            "application/json; charset=utf-8",
        ),
        ("/healthz", "*/*", 200, "text/plain; charset=utf-8"),
        ("/readyz", "*/*", 200, "text/plain; charset=utf-8"),
        ("/nothing", "*/*", 404, "text/plain; charset=utf-8"),
        ("/nothing", "application/json", 404, "application/json"),
        ("/graphql/", "*/*", 404, "text/plain; charset=utf-8"),
    ] {
        let (found, headers, body) = ask("GET", path).accept(accept).of(&router).await;
        assert_eq!(found, status, "{path}");
        assert_eq!(headers[header::CONTENT_TYPE], content_type, "{path}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
        assert!(!body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_front_page_loads_nothing_from_elsewhere() {
    let (_, headers, body) = ask("GET", "/")
        .accept("text/html")
        .of(&router(|_| ()).await)
        .await;
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(!body.contains("://") && !body.contains("<script"), "{body}");
}

#[tokio::test]
async fn an_unchanged_schema_is_not_sent_twice() {
    let router = router(|_| ()).await;
    for path in ["/schema.graphql", "/schema.json"] {
        let (_, headers, _) = ask("GET", path).of(&router).await;
        let tag = headers[header::ETAG].to_str().unwrap();
        for (known, status) in [(tag, 304), ("\"other\", *", 304), ("\"other\"", 200)] {
            let again = ask("GET", path).with(header::IF_NONE_MATCH, known);
            let (found, headers, body) = again.of(&router).await;
            assert_eq!(found, status, "{path} {known}");
            assert_eq!(headers[header::ETAG], tag);
            assert_eq!(body.is_empty(), status == 304);
        }
    }
}

#[tokio::test]
async fn a_request_id_is_kept_when_it_fits_a_log_line() {
    let router = router(|_| ()).await;
    let name = header::HeaderName::from_static("x-request-id");
    let long = "x".repeat(200);
    for (given, kept) in [("abc-1", true), ("two words", false), (&*long, false)] {
        let (_, headers, _) = ask("GET", "/").with(name.clone(), given).of(&router).await;
        assert_eq!(headers[&name] == given, kept, "{given}");
    }
}

#[tokio::test]
async fn large_answers_are_compressed_for_those_who_ask() {
    for (setting, accepted, path, compressed) in [
        ("true", "gzip", "/schema.json", true),
        ("true", "identity", "/schema.json", false),
        ("true", "gzip", "/healthz", false),
        ("false", "gzip", "/schema.json", false),
    ] {
        let router = router(|flags| flags.compression = Some(setting.into())).await;
        let asked = ask("GET", path).with(header::ACCEPT_ENCODING, accepted);
        let (_, headers, _) = asked.of(&router).await;
        let found = headers.contains_key(header::CONTENT_ENCODING);
        assert_eq!(found, compressed, "{setting} {accepted} {path}");
    }
}
