//! The data set as files over HTTP: what is sent, and what ends it before it is whole.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::future::pending;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use api::export::{self, Format};
use api::generate;
use api::progress::Silent;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use futures_util::StreamExt;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::program::{Service, run};
use tests::{BASE_URL, On, World, moment, on_both, site::Site};
use tower::ServiceExt;

on_both! {
    the_file_is_the_one_that_the_program_writes,
    an_unchanged_file_is_not_sent_twice,
    only_so_many_are_sent_at_once,
    who_takes_nothing_is_given_up,
    a_failure_in_the_middle_breaks_it_off,
    what_a_format_has_no_place_for_is_told,
}

/// A world whose files are larger than what waits between its writer and its reader.
async fn large(on: On) -> World {
    let world = World::empty(on).await.unwrap();
    generate::load(&world.database, 300, 1, moment(), &Silent, pending())
        .await
        .unwrap();
    world
}

async fn begin(site: &Site, path: &str) -> (u16, Body) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = site.router.clone().oneshot(request).await.unwrap();
    (response.status().as_u16(), response.into_body())
}

/// Asks until the status is this one.
async fn until(site: &Site, path: &str, status: u16) -> Body {
    let start = Instant::now();
    loop {
        let (found, body) = begin(site, path).await;
        if found == status {
            return body;
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{path} stays {found}"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn the_file_is_the_one_that_the_program_writes(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    for format in Format::ALL {
        let path = format!("/export/{}", format.name());
        let request = Request::get(&path).body(Body::empty()).unwrap();
        let response = site.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let expected = site.world.exported(*format).await.unwrap();
        assert_eq!(head.status, 200, "{path}");
        assert_eq!(body, expected, "{path}");
        assert_eq!(head.headers[header::CONTENT_TYPE], format.media_type());
        let name = format!(
            "attachment; filename=\"schismograph-1-{}.{}\"",
            format.name(),
            format.extension()
        );
        assert_eq!(head.headers[header::CONTENT_DISPOSITION], name);
    }
    for (path, status, message) in [
        (
            "/export/xml",
            404,
            "there is no format `xml`; the formats are jsonl, ",
        ),
        ("/export/JSONL", 404, "there is no format `JSONL`"),
        ("/export/xml/losses", 404, "there is no format `xml`"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.starts_with(message), "{path}: {}", page.text);
    }
    assert_eq!(site.ask("POST", "/export/jsonl", &[]).await.status, 405);
    // Another name of the same file.
    let timeline = site.ask("HEAD", "/export/timeline", &[]).await;
    let named = site.ask("HEAD", "/export/timeline-csv", &[]).await;
    assert_eq!((timeline.status, named.status), (200, 200));
    assert_eq!(timeline.header("etag"), named.header("etag"));
    // Compressed on the way for those who ask.
    let gzip = Request::get("/export/jsonl").header(header::ACCEPT_ENCODING, "gzip");
    let response = site
        .router
        .clone()
        .oneshot(gzip.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&body[..])
        .read_to_end(&mut plain)
        .unwrap();
    assert_eq!(plain, site.world.exported(Format::Jsonl).await.unwrap());
    site.settle().await;
}

async fn an_unchanged_file_is_not_sent_twice(on: On) {
    let world = World::small(on).await.unwrap();
    let site = Site::with(world, |flags| flags.exports = Some("1".into()));
    let head = site.ask("HEAD", "/export/jsonl", &[]).await;
    let tag = head.header("etag").to_owned();
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    let known = [(header::IF_NONE_MATCH, tag.as_str())];
    // Neither takes a place among those that are sent.
    let (status, sent) = begin(&site, "/export/jsonl").await;
    assert_eq!(status, 200);
    assert_eq!(site.ask("GET", "/export/jsonl", &known).await.status, 304);
    assert_eq!(
        site.ask("HEAD", "/export/jsonl", &[]).await.header("etag"),
        tag
    );
    drop(sent);
    assert_ne!(
        site.ask("HEAD", "/export/turtle", &[]).await.header("etag"),
        tag
    );
    // Another revision of the data is another file.
    generate::load(&site.world.database, 1, 1, moment(), &Silent, pending())
        .await
        .unwrap();
    assert_eq!(site.ask("HEAD", "/export/jsonl", &known).await.status, 200);
    let name = site.ask("HEAD", "/export/jsonl", &[]).await;
    assert!(
        name.header("content-disposition")
            .contains("schismograph-3-jsonl.jsonl")
    );
    site.settle().await;
}

async fn only_so_many_are_sent_at_once(on: On) {
    let site = Site::with(large(on).await, |flags| flags.exports = Some("2".into()));
    let (_, first) = begin(&site, "/export/jsonl").await;
    let (_, second) = begin(&site, "/export/turtle").await;
    let third = site.get("/export/ntriples").await;
    assert_eq!((third.status, third.header("retry-after")), (503, "30"));
    assert!(
        third.text.starts_with("as many exports are under way"),
        "{}",
        third.text
    );
    assert_eq!(site.get("/export/jsonl/losses").await.status, 503);
    // Other questions are answered meanwhile.
    let asked = site.world.ask("{ organisations { totalCount } }").await;
    assert_eq!(asked.body["data"]["organisations"]["totalCount"], 300);
    assert_eq!(site.get("/readyz").await.status, 200);
    // One that went away leaves its place, and one that took all.
    drop(second);
    let second = until(&site, "/export/ntriples", 200).await;
    to_bytes(first, usize::MAX).await.unwrap();
    let first = until(&site, "/export/jsonl", 200).await;
    drop((first, second));
    site.settle().await;
}

async fn who_takes_nothing_is_given_up(on: On) {
    let site = Site::with(large(on).await, |flags| {
        flags.exports = Some("1".into());
        flags.export_timeout = Some("200 ms".into());
    });
    let (status, idle) = begin(&site, "/export/ntriples").await;
    assert_eq!(status, 200);
    let second = until(&site, "/export/jsonl", 200).await;
    // What it would take now is not the whole, and does not look so.
    assert!(to_bytes(idle, usize::MAX).await.is_err());
    // Who goes on taking gets it all, however long the pauses add up to.
    let mut whole = Vec::new();
    let mut chunks = second.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        tokio::time::sleep(Duration::from_millis(100)).await;
        whole.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(whole, site.world.exported(Format::Jsonl).await.unwrap());
    site.settle().await;
}

async fn a_failure_in_the_middle_breaks_it_off(on: On) {
    let world = large(on).await;
    // Events come last.
    let damage = "UPDATE revision SET content='{' WHERE node_id=(SELECT max(id) FROM event)";
    world
        .database
        .writer
        .execute_unprepared(damage)
        .await
        .unwrap();
    let site = Site::with(world, |flags| flags.exports = Some("1".into()));
    for accept in ["identity", "gzip"] {
        let request = Request::get("/export/jsonl").header(header::ACCEPT_ENCODING, accept);
        let response = site
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        let mut chunks = response.into_body().into_data_stream();
        let (mut bytes, mut broken) = (0, false);
        while let Some(chunk) = chunks.next().await {
            let Ok(chunk) = chunk else {
                broken = true;
                break;
            };
            bytes += chunk.len();
        }
        assert!(
            broken && bytes > 0,
            "{accept}: {bytes} bytes, broken: {broken}"
        );
    }
    let losses = site.get("/export/jsonl/losses").await;
    assert_eq!(
        (losses.status, losses.text.as_str()),
        (500, "internal error\n")
    );
    site.settle().await;
}

async fn what_a_format_has_no_place_for_is_told(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    generate::load(&site.world.database, 2, 1, moment(), &Silent, pending())
        .await
        .unwrap();
    let mut lost = 0;
    for format in Format::ALL {
        let database = &site.world.database;
        let mut nowhere = tokio::io::sink();
        let losses = export::export(database, *format, BASE_URL, &mut nowhere, &Silent)
            .await
            .unwrap();
        lost += losses.iter().count();
        let path = format!("/export/{}/losses", format.name());
        let page = site.get(&path).await;
        assert_eq!(
            page.header("content-type"),
            "application/json; charset=utf-8"
        );
        let told: Value = serde_json::from_str(&page.text).unwrap();
        assert_eq!(
            told,
            json!({"format": format.name(), "revision": 3, "losses": losses})
        );
        // It is not written again to tell it again.
        site.world.statements();
        assert_eq!(site.get(&path).await.text, page.text);
        assert_eq!(site.world.statements(), 1);
        let known = [(header::IF_NONE_MATCH, page.header("etag"))];
        assert_eq!(site.ask("GET", &path, &known).await.status, 304);
    }
    assert!(lost > 0);
    site.settle().await;
}

/// Whether the last chunk of an answer has come.
fn is_whole(answer: &[u8]) -> bool {
    answer.ends_with(b"\r\n0\r\n\r\n")
}

/// A service in a folder of its own, with many organisations and no patience when it is to stop.
fn service(folder: &std::path::Path) -> Service {
    let (status, text) = run(folder, &["generate", "--organisations", "1000"]);
    assert_eq!(status, 0, "{text}");
    fs::write(
        folder.join("schismograph.toml"),
        "shutdown_timeout = \"100 ms\"\nexport_timeout = \"60 min\"\n",
    )
    .unwrap();
    Service::start(folder)
}

#[test]
fn the_end_of_the_service_breaks_a_file_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = service(folder.path());
    let ask = |path: &str| {
        let mut stream = service.connect();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        stream
    };
    let mut answer = Vec::new();
    ask("/export/ntriples").read_to_end(&mut answer).unwrap();
    assert!(is_whole(&answer));
    // Larger than what fits between the two, so that it is still under way.
    assert!(answer.len() > 20_000_000, "{}", answer.len());
    let mut slow = ask("/export/ntriples");
    let mut start = [0; 1000];
    slow.read_exact(&mut start).unwrap();
    service.stop();
    let status = service.child.wait().unwrap();
    assert!(status.success(), "{status}");
    let mut rest = Vec::new();
    // A connection that is reset ends it as well.
    let _ = slow.read_to_end(&mut rest);
    assert!(!is_whole(&rest), "{} bytes", rest.len());
}

#[test]
fn a_file_that_cannot_be_finished_does_not_end_as_if_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (status, text) = run(folder.path(), &["generate", "--organisations", "300"]);
    assert_eq!(status, 0, "{text}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let file = folder.path().join("schismograph.db");
        let database = sea_orm::Database::connect(format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        let damage = "UPDATE revision SET content='{' WHERE node_id=(SELECT max(id) FROM event)";
        database.execute_unprepared(damage).await.unwrap();
        database.close().await.unwrap();
    });
    let service = Service::start(folder.path());
    let mut stream = service.connect();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(stream, "GET /export/jsonl HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!(
        answer.len() > 10_000 && !is_whole(&answer),
        "{} bytes",
        answer.len()
    );
}
