//! Every setting once: its name, its default, what it means. Flags come before the environment
//! (`SCHISMOGRAPH_*`, and `DATABASE_URL`), that before the optional TOML file, and that before the defaults.
//!
//! A value that cannot be used is named with its setting, where it came from and what would be right;
//! the address of a database may hold a password and is never shown.

mod source;
mod value;

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Result;
use figment::Figment;
use tracing::level_filters::LevelFilter;

pub use self::value::{BaseUrl, Bytes, Cors, File, HeaderName, LogFormat, Origins};
use self::{
    source::{Layer, extract, file, toml},
    value::Setting,
};
use crate::database::DatabaseUrl;

/// The file that is read when it lies in the current folder and `--config` names no other.
pub const FILE: &str = "schismograph.toml";

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:literal,)+) => {
        /// Every setting, checked and ready for use.
        #[derive(Debug, Clone)]
        pub struct Config {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        /// The settings as flags; what is not given is looked for elsewhere.
        #[derive(Debug, Clone, Default, clap::Args)]
        #[command(next_help_heading = "Settings")]
        pub struct Flags {
            /// TOML file with settings [default: schismograph.toml, when the current folder has one]
            #[arg(long, global = true, value_name = "FILE")]
            pub config: Option<PathBuf>,
            $(
                #[arg(long, global = true, value_name = <$type as Setting>::SHAPE)]
                #[arg(help = concat!($($doc,)+ " [default: ", $default, "]"))]
                pub $name: Option<String>,
            )+
        }

        const SETTINGS: &[(&str, &str)] = &[$((stringify!($name), $default)),+];

        impl Flags {
            fn given(&self) -> Vec<(&'static str, Option<String>)> {
                vec![$((stringify!($name), self.$name.clone())),+]
            }
        }

        impl Config {
            fn extract(figment: &Figment) -> Result<Self> {
                Ok(Self { $($name: extract(figment, stringify!($name))?,)+ })
            }
        }
    };
}

settings! {
    /// Address and port to listen on; port 0 takes any free one
    listen: SocketAddr = "127.0.0.1:8000",
    /// Database: sqlite:FILE, created when absent, or postgres://USER:PASSWORD@HOST:PORT/NAME
    database_url: DatabaseUrl = "sqlite:schismograph.db",
    /// Connections that read at once; auto: as many as processors, on PostgreSQL twice as many
    connections: Option<NonZeroU32> = "auto",
    /// Prepared statements kept on each connection; 0 behind a pooler that shares connections between transactions, whose
    /// user then needs a limit of its own on the time of statements
    statement_cache: usize = "256",
    /// Address at which the public reaches the service; auto: http:// and the address listened on
    base_url: Option<BaseUrl> = "auto",
    /// Largest body of a request
    body_limit: Bytes = "1 MiB",
    /// Largest document of a request
    document_limit: Bytes = "256 KiB",
    /// Most tokens of a document: names, numbers, texts, punctuation and the white space between them
    token_limit: usize = "20000",
    /// Most levels of fields in fields
    depth_limit: u64 = "40",
    /// Most aliases in a document
    alias_limit: u64 = "500",
    /// Most directives in a document
    directive_limit: u64 = "500",
    /// Most fields at the root of an operation
    root_limit: u64 = "50",
    /// Most fields of an operation, with its fragments written out
    field_limit: u64 = "5000",
    /// Most rows that lists within lists may come to, by the sizes of their pages
    row_limit: u64 = "1000000",
    /// Most that an operation may cost: the values that its answer can hold, by the sizes of its pages
    cost_limit: u64 = "5000000",
    /// Requests to the graph that are answered at once; whoever comes then is told to come again
    concurrency_limit: NonZeroU32 = "256",
    /// Most that one client may spend in a minute, in the same units; 0: as much as it likes
    cost_rate: u32 = "50000000",
    /// Header in which a proxy in front tells the client's address, as the last of several; none: there is no proxy
    client_header: Option<HeaderName> = "none",
    /// Manifest of documents that requests may name by documentId: JSON, an id and a text each; none
    documents: Option<File> = "none",
    /// Run documents of that manifest and nothing else
    documents_only: bool = "false",
    /// Seconds for which caches may give an answer to a GET away without asking; 0: they always ask
    max_age: u32 = "0",
    /// Answer introspection, Apollo Federation's _service too, and show the schema as files, such as /schema.graphql and /api/v1/openapi.json
    introspection: bool = "true",
    /// Say what was probably meant where a query has a name that the schema does not; never without introspection
    suggestions: bool = "true",
    /// Serve the graph as plain JSON under /api/v1, whose errors name what is there whatever introspection may show
    rest: bool = "true",
    /// Serve language models at /mcp, by the Model Context Protocol
    mcp: bool = "true",
    /// Requests that one POST to /graphql may hold as a JSON list, answered in order; 0: lists are refused
    batch_limit: usize = "0",
    /// Time in which a request must arrive, and in which it must be answered; statements that take longer are stopped
    request_timeout: Duration = "10 s",
    /// Time that requests in flight have to finish when the service is told to stop
    shutdown_timeout: Duration = "10 s",
    /// Exports that are sent at once, each on a connection of its own; whoever asks for one more is told to come again
    exports: NonZeroU32 = "4",
    /// Time for which an export waits for a receiver that takes nothing before it is broken off
    export_timeout: Duration = "1 min",
    /// Pages whose scripts may read answers: reads (of all origins; where the data is not public, take another), listed or off
    cors: Cors = "reads",
    /// Origins whose scripts may also send Authorization, separated by commas: a scheme, a host, perhaps a port; none
    cors_origins: Origins = "none",
    /// Show what happens as numbers for Prometheus at /metrics; a proxy in front can keep them from the public
    metrics: bool = "true",
    /// Compress answers for clients that ask for it
    compression: bool = "true",
    /// Log lines as text or json
    log_format: LogFormat = "text",
    /// Least level that is logged: off, error, warn, info, debug or trace
    log_level: LevelFilter = "info",
}

impl Config {
    /// Reads the settings of this process.
    pub fn load(flags: &Flags) -> Result<Self> {
        Self::read(flags, |name| std::env::var(name).ok(), Path::new("."))
    }

    /// Reads the settings from flags, from an environment, and from the file in a folder.
    pub fn read(
        flags: &Flags,
        environment: impl Fn(&str) -> Option<String>,
        folder: &Path,
    ) -> Result<Self> {
        let mut figment = Figment::from(Layer::new(
            "the defaults",
            SETTINGS
                .iter()
                .map(|&(name, default)| (name, Some(default.to_owned()))),
        ));
        if let Some(path) = file(flags, folder)? {
            figment = figment.merge(toml(&path)?);
        }
        // Names in the environment that are no setting are passed over: orchestrators put
        // some of their own there, named after the service.
        figment = figment
            .merge(Layer::new(
                "the environment variable DATABASE_URL",
                [("database_url", environment("DATABASE_URL"))],
            ))
            .merge(Layer::new(
                "the environment",
                SETTINGS.iter().map(|&(name, _)| {
                    let variable = format!("SCHISMOGRAPH_{}", name.to_uppercase());
                    (name, environment(&variable))
                }),
            ))
            .merge(Layer::new("the command line", flags.given()));
        Self::extract(&figment)
    }

    /// The public address, given the one that is really listened on.
    #[must_use]
    pub fn base_url(&self, listening: SocketAddr) -> String {
        match &self.base_url {
            Some(BaseUrl(url)) => url.clone(),
            None => format!("http://{listening}"),
        }
    }
}
