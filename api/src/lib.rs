#![doc = include_str!("../README.md")]

use std::{future::Future, io, pin::pin, sync::Arc};

use anyhow::{Result, anyhow};
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;

pub mod check;
pub mod config;
pub mod contract;
pub mod database;
mod digest;
pub mod draw;
pub mod error;
pub mod export;
pub mod format;
pub mod generate;
pub mod graph;
pub mod html;
pub mod http;
pub mod import;
pub mod issue;
pub mod linked;
pub mod locate;
pub mod loss;
pub mod mcp;
pub mod progress;
pub mod rest;
pub mod seed;
#[cfg(feature = "otel")]
pub mod telemetry;
pub mod write;

use crate::{
    config::Config,
    database::{Database, DatabaseUrl},
    graph::{Graph, Limits},
    rest::Rest,
};

/// Every address that is served, and what is there.
pub const ADDRESSES: &[(&str, &str)] = &[
    ("/graphql", "GraphQL, by POST or GET"),
    (
        "/mcp",
        "the same for language models: tools by the Model Context Protocol",
    ),
    ("/schema.graphql", "the schema, as text with descriptions"),
    (
        "/schema.federation.graphql",
        "the same as a subgraph of Apollo Federation 2",
    ),
    (
        "/schema.json",
        "the schema, as the answer to the introspection query",
    ),
    (
        "/api/v1",
        "the same as plain JSON; /api/v1/openapi.json describes it by OpenAPI",
    ),
    (
        "/organisations/",
        "all organisations as pages to read; /people/ and the other kinds likewise",
    ),
    (
        "/organisations/{slug}",
        "one of them as a page or, by Accept or with .ttl, .nt or .jsonld, as linked data",
    ),
    (
        "/id/{id}",
        "permanent: leads to whatever has this public id",
    ),
    (
        "/export/{format}",
        "the data set as a file; the formats are those of `schismograph export`",
    ),
    (
        "/export/{format}/losses",
        "what that format has no place for",
    ),
    ("/ns", "the vocabulary of the linked data"),
    (
        "/.well-known/void",
        "the data set described by VoID and DCAT",
    ),
    ("/robots.txt", "what programs that follow links may read"),
    ("/sitemap.xml", "the addresses of all pages"),
    (
        "/organisations/{slug}/lineage.svg",
        "the family tree of an organisation, drawn",
    ),
    ("/healthz", "whether the service lives"),
    ("/readyz", "whether the service can answer, and why not"),
    ("/metrics", "what happens, as numbers for Prometheus"),
];

/// Everything a request needs.
pub struct App {
    pub config: Config,
    pub database: Database,
    pub graph: Graph,
    pub rest: Rest,
    pub exports: http::Exports,
    pub admission: http::Admission,
    pub metrics: http::Metrics,
    pub persisted: http::Persisted,
    /// None: switched off.
    pub mcp: Option<mcp::Offer>,
    /// The address at which the public reaches the service.
    pub base_url: String,
}

impl App {
    /// # Errors
    ///
    /// As [`Graph::new`], [`http::Persisted::new`] and [`mcp::Offer::new`].
    pub fn new(config: Config, database: Database, base_url: String) -> Result<Self> {
        let graph = Graph::new(&database, base_url.clone(), Limits::from(&config))?;
        Ok(Self {
            rest: Rest::new(graph.schema(), &base_url),
            exports: http::Exports::new(&config),
            admission: http::Admission::new(&config),
            metrics: http::Metrics::new(&config, &graph),
            persisted: http::Persisted::new(&config, &graph)?,
            mcp: mcp::Offer::new(&config, &graph)?,
            config,
            database,
            graph,
            base_url,
        })
    }
}

/// Opens the database, brings it up to date, loads the seeds when it holds nothing, and serves until `stop`.
/// `now` is the time at which the seeds are recorded; `started` is called with the public address once connections are accepted.
pub async fn serve(
    config: Config,
    now: DateTime<Utc>,
    started: impl FnOnce(&str) -> Result<()>,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let mut stop = pin!(stop);
    // First of all, so that a port that is taken leaves no file behind.
    let listener = listen(&config).await?;
    let database = tokio::select! {
        database = prepare(&config, now) => database?,
        () = &mut stop => return Ok(()),
    };
    let base_url = config.base_url(listener.local_addr()?);
    let grace = config.shutdown_timeout;
    let app = Arc::new(App::new(config, database.clone(), base_url)?);
    started(&app.base_url)?;
    http::serve(listener, http::router(Arc::clone(&app)), stop, grace).await;
    app.exports.stop();
    database.close().await;
    Ok(())
}

/// The public schema alone; it depends on no stored data.
pub async fn schema(config: Config) -> Result<Graph> {
    let database_url = DatabaseUrl::in_memory();
    let base_url = config.base_url(config.listen);
    let config = Config {
        database_url,
        ..config
    };
    let limits = Limits::from(&config);
    Ok(Graph::new(
        &Database::open(&config).await?,
        base_url,
        limits,
    )?)
}

async fn prepare(config: &Config, now: DateTime<Utc>) -> Result<Database> {
    let database = Database::open(config).await?;
    for migration in database.migrate_up().await? {
        tracing::info!(migration, "applied");
    }
    if database.is_empty().await? {
        seed::load(&database, seed::Source::Embedded, now).await?;
    }
    Ok(database)
}

async fn listen(config: &Config) -> Result<TcpListener> {
    let address = config.listen;
    TcpListener::bind(address).await.map_err(|error| {
        let meaning = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "the port is taken; choose another with --listen".to_owned()
            }
            io::ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
            io::ErrorKind::PermissionDenied => "ports below 1024 need special rights".to_owned(),
            _ => error.to_string(),
        };
        anyhow!("{address}: cannot listen: {meaning}")
    })
}
