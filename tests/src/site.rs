//! The service over a world, as a client of HTTP meets it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "part of the tests, which fail by panicking"
)]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use api::{
    App,
    config::{Config, Flags},
    http,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{
        HeaderMap, Request,
        header::{ACCEPT, CONTENT_TYPE, HOST, HeaderName},
    },
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{BASE_URL, World};

/// See the module's documentation.
pub struct Site {
    pub world: World,
    pub router: Router,
}

/// What came back.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Site {
    pub fn new(world: World) -> Self {
        Self::with(world, |_| ())
    }

    /// With settings of its own.
    pub fn with(world: World, settings: impl FnOnce(&mut Flags)) -> Self {
        let mut flags = Flags::default();
        settings(&mut flags);
        let config = Config::read(&flags, |_| None, Path::new("/nonexistent")).unwrap();
        let app = App::new(config, world.database.clone(), BASE_URL.to_owned()).unwrap();
        let router = http::router(Arc::new(app));
        Self { world, router }
    }

    /// Waits until nothing reads the database any more, and no connection to it is in use; nothing may be asked after
    /// that.
    pub async fn settle(self) {
        let start = Instant::now();
        while !self.is_at_rest().await {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "something still reads the database"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let closing = self.world.database.clone().close();
        let closed = tokio::time::timeout(Duration::from_secs(20), closing).await;
        closed.expect("something still reads the database");
    }

    /// Whether no transaction holds the database as it was.
    async fn is_at_rest(&self) -> bool {
        let writer = &self.world.database.writer;
        if self.world.database.backend == DbBackend::Sqlite {
            // What is written cannot be folded back into the file as long as somebody reads an older state.
            let fold = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
            let row = writer.query_one_raw(fold).await.unwrap().unwrap();
            let busy: i32 = row.try_get_by_index(0).unwrap();
            return busy == 0;
        }
        let alone = writer.begin().await.unwrap();
        let lock = "LOCK TABLE organisation IN ACCESS EXCLUSIVE MODE NOWAIT";
        let locked = alone.execute_unprepared(lock).await.is_ok();
        alone.rollback().await.unwrap();
        locked
    }

    pub async fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[]).await
    }

    pub async fn accept(&self, path: &str, accept: &str) -> Page {
        self.ask("GET", path, &[(ACCEPT, accept)]).await
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(HeaderName, &str)]) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A question to the graph.
    pub async fn question(&self, query: &str, headers: &[(HeaderName, &str)]) -> Page {
        let accepted = (ACCEPT, "application/graphql-response+json");
        let headers = [&[accepted], headers].concat();
        let body = json!({ "query": query }).to_string();
        self.post("/graphql", &headers, body).await
    }

    /// JSON by POST.
    pub async fn post(&self, path: &str, headers: &[(HeaderName, &str)], body: String) -> Page {
        let mut request = Request::builder().method("POST").uri(path);
        request = request.header(HOST, "example.org");
        request = request.header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

impl Page {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The value of a header; empty: there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}
