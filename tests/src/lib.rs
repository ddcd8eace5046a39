#![doc = include_str!("../README.md")]

pub mod question;

pub mod program;

pub mod site;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use api::{
    config::{Config, Flags},
    database::Database,
    error::Error,
    export::{self, Format},
    generate,
    graph::{Graph, KindAllowed, Limits, Request},
    import,
    progress::Silent,
    seed::{self, Source},
    write::{self, Draft},
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectOptions, ConnectionTrait};
use serde_json::{Map, Value};

/// The environment variable that names a PostgreSQL database to test in. Each world takes a schema of its own there.
pub const POSTGRES: &str = "TEST_POSTGRES_URL";

/// The address that answers name as this server's.
pub const BASE_URL: &str = "https://example.org";

/// Which database a world lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

impl On {
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// As tests are named.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// Whether this machine offers it.
    pub fn available(self) -> bool {
        self == Self::Sqlite || std::env::var_os(POSTGRES).is_some()
    }
}

/// A database with its seeds, and the graph over it.
pub struct World {
    pub database: Database,
    pub graph: Box<Graph>,
    statements: Arc<AtomicUsize>,
    // Dropped last: the place where the database lives.
    place: Place,
}

/// An answer, and how many statements it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was answered, but for what it cost.
    pub body: Value,
    /// What was asked for and what was spent; null for what was refused.
    pub cost: Value,
    pub statements: usize,
}

impl World {
    /// A world of its own with the seeds of a folder; none for the program's own seeds.
    pub async fn new(on: On, seeds: Option<&Path>) -> Result<Self> {
        let world = Self::empty(on).await?;
        let source = seeds.map_or(Source::Embedded, Source::Folder);
        seed::load(&world.database, source, moment()).await?;
        Ok(world)
    }

    /// The world that the query tests share.
    pub async fn small(on: On) -> Result<Self> {
        Self::new(on, Some(&folder("worlds/small"))).await
    }

    /// A migrated database without data.
    pub async fn empty(on: On) -> Result<Self> {
        let place = Place::new(on).await?;
        let config = place.config()?;
        let mut database = Database::open(&config).await?;
        database.migrate_up().await?;
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&statements);
        database.reader.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let graph = Graph::new(&database, BASE_URL.to_owned(), Limits::from(&config))?;
        let graph = Box::new(graph);
        Ok(Self {
            database,
            graph,
            statements,
            place,
        })
    }

    /// The address of its database, for a program that runs beside this one.
    pub fn database_url(&self) -> String {
        self.place.url()
    }

    /// The statements that were sent since the last call.
    pub fn statements(&self) -> usize {
        self.statements.swap(0, Ordering::Relaxed)
    }

    /// Asks without variables.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, Value::Null).await
    }

    /// Asks with variables, an object or null.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        self.statements.store(0, Ordering::Relaxed);
        let variables = match variables {
            Value::Object(variables) => variables,
            _ => Map::new(),
        };
        let response = self
            .graph
            .execute(Request {
                query: query.to_owned(),
                operation_name: None,
                variables,
                kind_allowed: KindAllowed::Any,
            })
            .await;
        let mut body = serde_json::from_slice(&response.body)
            .unwrap_or_else(|error| Value::String(format!("not JSON: {error}")));
        let extensions = body
            .as_object_mut()
            .and_then(|body| body.shift_remove("extensions"));
        Answer {
            body,
            cost: extensions.map(|it| it["cost"].clone()).unwrap_or_default(),
            statements: self.statements.load(Ordering::Relaxed),
        }
    }

    /// A world of so many organisations made up by chance, the same each time.
    pub async fn generated(on: On, organisations: u32) -> Result<Self> {
        let world = Self::empty(on).await?;
        let never = std::future::pending();
        generate::load(&world.database, organisations, 7, moment(), &Silent, never).await?;
        Ok(world)
    }

    /// The program's own seeds, the worlds that questions are about, and a generated one.
    pub async fn various(on: On) -> Result<[Self; 4]> {
        Ok([
            Self::new(on, None).await?,
            Self::small(on).await?,
            Self::new(on, Some(&folder("worlds/lineage"))).await?,
            Self::generated(on, 300).await?,
        ])
    }

    /// Imports a file, ascribed to a source where the format does not tell it.
    pub async fn import(
        &self,
        format: import::Format,
        path: &Path,
        source: Option<&str>,
        dry_run: bool,
    ) -> Result<import::Report> {
        let options = import::Options {
            dry_run,
            source,
            now: moment(),
            progress: &Silent,
        };
        let never = std::future::pending();
        import::load(&self.database, format, path, &options, never).await
    }

    /// The whole data set as a file.
    pub async fn exported(&self, format: Format) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        export::export(&self.database, format, BASE_URL, &mut bytes, &Silent).await?;
        Ok(bytes)
    }

    /// The whole data set as `jsonl`, which must come back byte by byte from a database that was filled with it.
    pub async fn comes_back(&self, on: On) -> Result<()> {
        let bytes = self.exported(Format::Jsonl).await?;
        let lines = bytes.split(|byte| *byte == b'\n').count() - 1;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("all.jsonl");
        std::fs::write(&path, &bytes)?;
        let other = Self::empty(on).await?;
        let report = other
            .import(import::Format::Jsonl, &path, None, false)
            .await?;
        let told = format!("{lines} created, 0 updated, 0 unchanged");
        anyhow::ensure!(
            lines > 10 && report.to_string().ends_with(&told),
            "{report}"
        );
        let again = other.exported(Format::Jsonl).await?;
        anyhow::ensure!(again == bytes, "what came back differs");
        Ok(())
    }
}

/// Writes `days` after the first moment, whole or not at all.
pub async fn save(world: &World, days: i64, drafts: &[Draft]) -> Result<write::Report, Error> {
    let context = write::Context {
        author: "tester",
        reason: Some("a test"),
        now: moment() + TimeDelta::days(days),
    };
    let txn = world.database.begin().await.map_err(Error::internal)?;
    let saved = write::save(&txn, drafts, &context).await;
    let ended = match saved {
        Ok(_) => txn.commit().await,
        Err(_) => txn.rollback().await,
    };
    ended.map_err(Error::internal)?;
    saved
}

/// The moment at which everything in a world was written.
pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_761_955_200, 0).unwrap_or_default()
}

/// A folder of this crate.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Where a world's database lives; gone with the world.
enum Place {
    Folder(tempfile::TempDir),
    Schema { url: String, name: String },
}

impl Place {
    async fn new(on: On) -> Result<Self> {
        match on {
            On::Sqlite => Ok(Self::Folder(tempfile::tempdir()?)),
            On::Postgres => {
                let url = std::env::var(POSTGRES).context("TEST_POSTGRES_URL names no database")?;
                let count = SCHEMAS.fetch_add(1, Ordering::Relaxed);
                let name = format!("trial_{}_{count}", std::process::id());
                administer(&url, &format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await?;
                administer(&url, &format!("CREATE SCHEMA {name}")).await?;
                Ok(Self::Schema { url, name })
            }
        }
    }

    fn url(&self) -> String {
        match self {
            Self::Folder(folder) => format!("sqlite:{}", folder.path().join("world.db").display()),
            Self::Schema { url, name } => {
                let separator = if url.contains('?') { '&' } else { '?' };
                format!("{url}{separator}options[search_path]={name},public")
            }
        }
    }

    fn config(&self) -> Result<Config> {
        let flags = Flags {
            database_url: Some(self.url()),
            connections: Some("2".to_owned()),
            ..Flags::default()
        };
        Config::read(&flags, |_| None, Path::new("/nonexistent"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Schema { url, name } = self {
            let (url, sql) = (url.clone(), format!("DROP SCHEMA IF EXISTS {name} CASCADE"));
            // A runtime of its own: the world may be dropped inside one, which must not block on itself.
            let dropping = std::thread::spawn(move || {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .map(|runtime| runtime.block_on(administer(&url, &sql)))
            });
            let _ = dropping.join();
        }
    }
}

/// Schemas taken by this process, to name them apart.
static SCHEMAS: AtomicUsize = AtomicUsize::new(0);

async fn administer(url: &str, sql: &str) -> Result<()> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .connect_timeout(Duration::from_secs(30))
        .sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await?;
    connection.execute_unprepared(sql).await?;
    Ok(connection.close().await?)
}

/// Makes each check two tests, one on each database; a check takes the database it is to use.
#[macro_export]
macro_rules! on_both {
    ($($check:ident,)+) => {$(
        mod $check {
            #[tokio::test]
            async fn sqlite() {
                super::$check($crate::On::Sqlite).await;
            }

            #[tokio::test]
            #[ignore = "needs TEST_POSTGRES_URL"]
            async fn postgres() {
                super::$check($crate::On::Postgres).await;
            }
        }
    )+};
}
