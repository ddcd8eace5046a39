//! Family trees as pictures, as a browser fetches them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, sync::Arc};

use api::{
    App,
    config::{Config, Flags},
    http,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use tests::{On, World, folder};
use tower::ServiceExt;

const ISG: &str = "/organisations/international-socialist-group-scotland/lineage.svg";

/// A router over a world, which it outlives.
fn router(world: &World) -> Router {
    let config = Config::read(&Flags::default(), |_| None, Path::new("/nonexistent")).unwrap();
    let app = App::new(config, world.database.clone(), "http://localhost".into()).unwrap();
    http::router(Arc::new(app))
}

/// The program's own seeds.
async fn seeded() -> (Router, World) {
    let world = World::new(On::Sqlite, None).await.unwrap();
    (router(&world), world)
}

async fn get(
    router: &Router,
    path: &str,
    headers: &[(header::HeaderName, &str)],
) -> (u16, HeaderMap, String) {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (
        parts.status.as_u16(),
        parts.headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn a_family_tree_is_a_picture_that_stands_alone() {
    let (router, world) = seeded().await;
    let (status, headers, svg) = get(&router, ISG, &[]).await;
    assert_eq!(status, 200);
    assert_eq!(
        headers[header::CONTENT_TYPE],
        "image/svg+xml; charset=utf-8"
    );
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    for name in [
        "<svg ",
        "International Socialist Group (Scotland)",
        "Socialist Workers Party (UK)",
        "RISE - Scotland&#39;s Left Alliance",
    ] {
        assert!(svg.contains(name), "{name} is missing in {svg}");
    }
    assert!(!svg.contains("<script") && !svg.contains("href"), "{svg}");

    let query = r#"{ organisation(by: {slug: "international-socialist-group-scotland"}) { lineage { svg } } }"#;
    let answer = world.ask(query).await.body;
    assert_eq!(answer["data"]["organisation"]["lineage"]["svg"], svg);

    // The README shows it.
    let path = folder("../api/lineage.svg");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &svg).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == svg,
        "api/lineage.svg is not what is served; write it anew with `cargo bless` and look at it"
    );

    let tag = headers[header::ETAG].to_str().unwrap();
    let (status, _, body) = get(&router, ISG, &[(header::IF_NONE_MATCH, tag)]).await;
    assert_eq!((status, body.as_str()), (304, ""));
}

#[tokio::test]
async fn the_address_takes_the_arguments_of_the_field() {
    let (router, _world) = seeded().await;
    let (_, _, svg) = get(
        &router,
        &format!("{ISG}?direction=ANCESTORS&width=600"),
        &[],
    )
    .await;
    assert!(
        svg.contains("Socialist Workers Party") && !svg.contains("RISE"),
        "{svg}"
    );
    assert!(svg.contains("width=\"600\""), "{svg}");
    let (_, _, svg) = get(
        &router,
        &format!("{ISG}?kinds=DISSOLVED_INTO,MERGED_INTO"),
        &[],
    )
    .await;
    assert!(
        !svg.contains("Socialist Workers Party") && svg.contains("RISE"),
        "{svg}"
    );
    let (_, _, svg) = get(&router, &format!("{ISG}?at=2012"), &[]).await;
    assert!(
        svg.contains("Socialist Workers Party") && !svg.contains("RISE"),
        "{svg}"
    );
}

#[tokio::test]
async fn what_cannot_be_drawn_is_said() {
    let (router, _world) = seeded().await;
    for (path, status, message) in [
        (
            "/organisations/nobody/lineage.svg",
            404,
            "there is no organisation `nobody`\n",
        ),
        (
            &format!("{ISG}?width=1"),
            400,
            "width: expected a number from 320 to 10000, got 1\n",
        ),
        (
            &format!("{ISG}?limit=5000"),
            400,
            "limit: expected a number from 1 to 2000, got 5000\n",
        ),
        (
            &format!("{ISG}?depth=1"),
            400,
            "depth: expected one of direction, kinds, maxDepth, at, match, limit, width\n",
        ),
        (
            &format!("{ISG}?width=400&width=500"),
            400,
            "width: is given twice\n",
        ),
    ] {
        let (found, headers, body) = get(&router, path, &[]).await;
        assert_eq!((found, body.as_str()), (status, message), "{path}");
        assert_eq!(headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    }
    let accept = (header::ACCEPT, "application/json");
    let (status, _, body) = get(&router, "/organisations/nobody/lineage.svg", &[accept]).await;
    assert_eq!(status, 404);
    assert!(body.contains("\"code\":\"NOT_FOUND\""), "{body}");
}

#[tokio::test]
async fn a_former_slug_leads_to_the_picture() {
    let world = World::small(On::Sqlite).await.unwrap();
    let router = router(&world);
    let (status, headers, _) = get(
        &router,
        "/organisations/labour-party/lineage.svg?width=500",
        &[],
    )
    .await;
    assert_eq!(status, 308);
    assert_eq!(
        headers[header::LOCATION],
        "/organisations/workers-party/lineage.svg?width=500"
    );
}
