//! Whose scripts may read answers, as a browser is told.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use api::config::{Config, Flags};
use axum::http::header::{
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderName, ORIGIN,
};
use tests::{
    On, World,
    site::{Page, Site},
};

const OURS: &str = "https://app.example.org";
const THEIRS: &str = "https://elsewhere.example";

/// A service with these settings, where scripts of `OURS` may send credentials.
async fn site(cors: &str) -> Site {
    Site::with(World::empty(On::Sqlite).await.unwrap(), |flags| {
        flags.cors = Some(cors.to_owned());
        flags.cors_origins = Some(format!("{OURS}, http://localhost:3000"));
    })
}

/// A value, the lines of a header joined; empty: there is none.
fn told(page: &Page, name: &str) -> String {
    let lines = page.headers.get_all(name).iter();
    let lines = lines.map(|value| value.to_str().unwrap());
    lines.collect::<Vec<_>>().join(", ")
}

/// What a browser would make of the answer to a preflight.
async fn may_send(site: &Site, origin: &str, method: &str, path: &str, header: &str) -> bool {
    let asked = [
        (ORIGIN, origin),
        (ACCESS_CONTROL_REQUEST_METHOD, method),
        (ACCESS_CONTROL_REQUEST_HEADERS, header),
    ];
    let page = site.ask("OPTIONS", path, &asked).await;
    assert_eq!(page.status, 204);
    let holds = |list: &str, item: &str| told(&page, list).split(", ").any(|it| it == item);
    let allowed = told(&page, "access-control-allow-origin");
    let may = (allowed == "*" || allowed == origin)
        && holds("access-control-allow-methods", method)
        && holds("access-control-allow-headers", header);
    assert!(!may || told(&page, "access-control-max-age") == "7200");
    assert_eq!(told(&page, "access-control-allow-credentials"), "");
    may
}

#[tokio::test]
async fn every_origin_may_read_and_those_listed_may_send_credentials() {
    let (reads, listed) = (site("reads").await, site("listed").await);
    #[rustfmt::skip]
    let table = [
        //                                                    reads: theirs, ours; listed: theirs, ours
        ("POST", "/graphql", "content-type", [true, true, false, true]),
        ("POST", "/graphql", "traceparent", [true, true, false, true]),
        ("POST", "/graphql", "apollographql-client-name", [true, true, false, true]),
        ("GET", "/graphql", "x-request-id", [true, true, false, true]),
        ("GET", "/organisations/x", "if-none-match", [true, true, false, true]),
        ("DELETE", "/mcp", "mcp-session-id", [false, false, false, false]),
        ("POST", "/graphql", "authorization", [false, true, false, true]),
        ("POST", "/graphql", "x-made-up", [false; 4]),
        ("GET", "/metrics", "x-request-id", [false; 4]),
        ("PUT", "/graphql", "content-type", [false; 4]),
        ("POST", "/organisations/x", "content-type", [false; 4]),
    ];
    for (method, path, header, expected) in table {
        let mut found = Vec::new();
        for site in [&reads, &listed] {
            for origin in [THEIRS, OURS] {
                found.push(may_send(site, origin, method, path, header).await);
            }
        }
        assert_eq!(found, expected, "{method} {path} {header}");
    }
}

#[tokio::test]
async fn answers_say_who_may_read_them_and_caches_can_tell() {
    let shown = "etag, link, mcp-session-id, ratelimit, ratelimit-policy, retry-after, x-request-id, x-schema-revision";
    let (reads, listed, off) = (site("reads").await, site("listed").await, site("off").await);
    let nobody = Site::new(World::empty(On::Sqlite).await.unwrap());
    #[rustfmt::skip]
    let table = [
        (&reads, Some(THEIRS), "*", shown, true),
        (&reads, Some(OURS), OURS, shown, true),
        (&reads, None, "*", shown, true),
        (&listed, Some(THEIRS), "", "", true),
        (&listed, Some("null"), "", "", true),
        (&listed, Some(OURS), OURS, shown, true),
        (&listed, None, "", "", true),
        (&off, Some(OURS), "", "", false),
        // Without a list every answer is the same, and may be kept for everyone.
        (&nobody, Some(OURS), "*", shown, false),
    ];
    for (site, origin, allowed, exposed, varies) in table {
        let headers: Vec<(HeaderName, &str)> = origin.map(|it| (ORIGIN, it)).into_iter().collect();
        // An answer, a file, what is not there and what is refused.
        for page in [
            site.question("{ __typename }", &headers).await,
            site.ask("GET", "/schema.graphql", &headers).await,
            site.ask("GET", "/nothing", &headers).await,
            site.question("{ nope }", &headers).await,
        ] {
            let vary = told(&page, "vary");
            assert_eq!(told(&page, "access-control-allow-origin"), allowed);
            assert_eq!(told(&page, "access-control-expose-headers"), exposed);
            assert_eq!(vary.contains("origin"), varies, "{origin:?}: {vary}");
        }
        let page = site.question("{ __typename }", &headers).await;
        assert!(told(&page, "vary").starts_with("accept"));
    }
}

#[tokio::test]
async fn what_is_for_whoever_runs_the_service_is_for_no_script() {
    let page = site("reads")
        .await
        .ask("GET", "/metrics", &[(ORIGIN, OURS)])
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(told(&page, "access-control-allow-origin"), "");
}

#[tokio::test]
async fn what_is_no_preflight_is_answered_as_ever() {
    for site in [site("reads").await, site("off").await] {
        for headers in [
            &[][..],
            &[(ORIGIN, OURS)],
            &[(ACCESS_CONTROL_REQUEST_METHOD, "POST")],
        ] {
            let page = site.ask("OPTIONS", "/graphql", headers).await;
            assert_eq!((page.status, page.header("allow")), (405, "GET, POST"));
        }
    }
    let preflight = [(ORIGIN, OURS), (ACCESS_CONTROL_REQUEST_METHOD, "POST")];
    let page = site("off")
        .await
        .ask("OPTIONS", "/graphql", &preflight)
        .await;
    assert_eq!((page.status, page.header("allow")), (405, "GET, POST"));
}

#[test]
fn what_is_no_origin_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let fault = |flags: &Flags| Config::read(flags, |_| None, folder.path()).err();
    let given = |origins: &str| {
        let cors_origins = Some(origins.to_owned());
        let fault = fault(&Flags {
            cors_origins,
            ..Flags::default()
        });
        fault.map(|fault| fault.to_string())
    };
    for fits in [
        "none",
        OURS,
        "https://app.example.org, http://localhost:3000",
        "http://[::1]:3000,http://127.0.0.1",
        "chrome-extension://abcdefgh",
    ] {
        assert_eq!(given(fits), None, "{fits}");
    }
    for unfit in [
        "*",
        "null",
        "app.example.org",
        "https://app.example.org/",
        "https://app.example.org/path",
        "https://app.example.org:443",
        "https://App.example.org",
        "https://user@example.org",
        "https://example.org:99999",
        "https://*.example.org",
        "https://",
        "https://app.example.org,",
    ] {
        let said = given(unfit).unwrap();
        let expected = "cors_origins: expected origins as browsers send them";
        assert!(said.starts_with(expected), "{unfit}: {said}");
    }
    let file = folder.path().join("schismograph.toml");
    for (list, fits) in [
        ("['https://a.example', 'https://b.example']", true),
        ("[]", true),
        ("['https://a.example', '*']", false),
        ("['https://a.example', 7]", false),
    ] {
        fs::write(&file, format!("cors_origins = {list}")).unwrap();
        assert_eq!(fault(&Flags::default()).is_none(), fits, "{list}");
    }
}
