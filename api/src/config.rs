//! Every setting once: its name, its default, what it means. Flags come before the environment
//! (`SCHISMOGRAPH_*`, and `DATABASE_URL`), that before the optional TOML file, and that before the defaults.
//!
//! A value that cannot be used is named with its setting, where it came from and what would be right;
//! the address of a database may hold a password and is never shown.

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use figment::{
    Figment, Metadata, Profile, Provider,
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};
use tracing::level_filters::LevelFilter;

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
    /// Prepared statements kept on each connection; 0 behind a pooler that shares connections between transactions
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
    /// Serve language models at /mcp, by the Model Context Protocol
    mcp: bool = "true",
    /// Requests that one POST to /graphql may hold as a JSON list, answered in order; 0: lists are refused
    batch_limit: usize = "0",
    /// Time in which a request must arrive, and in which it must be answered
    request_timeout: Duration = "10 s",
    /// Time that requests in flight have to finish when the service is told to stop
    shutdown_timeout: Duration = "10 s",
    /// Exports that are sent at once, each on a connection of its own; whoever asks for one more is told to come again
    exports: NonZeroU32 = "4",
    /// Time for which an export waits for a receiver that takes nothing before it is broken off
    export_timeout: Duration = "1 min",
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

fn file(flags: &Flags, folder: &Path) -> Result<Option<PathBuf>> {
    match &flags.config {
        Some(path) if path.is_file() => Ok(Some(path.clone())),
        Some(path) => bail!("--config: there is no file {}", path.display()),
        None => Ok(Some(folder.join(FILE)).filter(|path| path.is_file())),
    }
}

fn toml(path: &Path) -> Result<Layer> {
    let data = Toml::file_exact(path).data().map_err(|error| {
        anyhow!(
            "{}: {}",
            path.display(),
            without_source(&error.kind.to_string())
        )
    })?;
    let values = data.into_values().next().unwrap_or_default();
    for key in values.keys() {
        if !SETTINGS.iter().any(|(name, _)| name == key) {
            let known = SETTINGS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            bail!(
                "{}: there is no setting {key:?}; the settings are {}",
                path.display(),
                known.join(", ")
            );
        }
    }
    Ok(Layer {
        name: path.display().to_string(),
        values,
    })
}

/// The parser quotes the line it stopped at, which may hold a password.
fn without_source(message: &str) -> String {
    let lines = message.lines().filter(|line| !line.contains('|'));
    lines.collect::<Vec<_>>().join(", ")
}

fn extract<T: Setting>(figment: &Figment, name: &str) -> Result<T> {
    let value = figment
        .find_value(name)
        .with_context(|| format!("the setting {name} has no value"))?;
    let text = match &value {
        Value::String(_, text) => text.clone(),
        Value::Num(_, number) => number
            .to_u128()
            .map(|number| number.to_string())
            .or_else(|| number.to_i128().map(|number| number.to_string()))
            .or_else(|| number.to_f64().map(|number| number.to_string()))
            .unwrap_or_default(),
        Value::Bool(_, truth) => truth.to_string(),
        _ => bail!("{name}: expected {}, not a list or a table", T::EXPECTED),
    };
    T::parse(text.trim()).ok_or_else(|| {
        let origin = figment
            .get_metadata(value.tag())
            .map_or_else(String::new, |metadata| format!(" (from {})", metadata.name));
        if T::SECRET {
            anyhow!("{name}: expected {}{origin}", T::EXPECTED)
        } else {
            anyhow!("{name}: expected {}, not {text:?}{origin}", T::EXPECTED)
        }
    })
}

/// One place that settings come from.
struct Layer {
    name: String,
    values: Dict,
}

impl Layer {
    fn new<'a>(name: &str, values: impl IntoIterator<Item = (&'a str, Option<String>)>) -> Self {
        Self {
            name: name.to_owned(),
            values: values
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))))
                .collect(),
        }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// A type of setting: how it is written, and what to say when it is not written so.
trait Setting: Sized {
    const SHAPE: &'static str;
    const EXPECTED: &'static str;
    /// The value stays out of every message.
    const SECRET: bool = false;

    fn parse(text: &str) -> Option<Self>;
}

impl Setting for SocketAddr {
    const SHAPE: &'static str = "ADDRESS:PORT";
    const EXPECTED: &'static str = "an address and port such as 127.0.0.1:8000 or [::1]:8000";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for DatabaseUrl {
    const SHAPE: &'static str = "URL";
    const EXPECTED: &'static str = "sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME, \
        with special characters percent-encoded and only known parameters after the question mark";
    const SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Setting for Option<NonZeroU32> {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 1, or auto";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(None),
            number => number.parse().ok().map(Some),
        }
    }
}

impl Setting for NonZeroU32 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 1";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for usize {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 0";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for u64 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 0";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for u32 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number from 0 to 4294967295";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A file that is read when the service starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File(pub PathBuf);

impl Setting for Option<File> {
    const SHAPE: &'static str = "FILE";
    const EXPECTED: &'static str = "the path of a file, or none";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "" => None,
            "none" => Some(None),
            path => Some(Some(File(path.into()))),
        }
    }
}

/// The name of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderName(pub String);

impl Setting for Option<HeaderName> {
    const SHAPE: &'static str = "HEADER";
    const EXPECTED: &'static str = "the name of a header such as X-Forwarded-For, or none";

    fn parse(text: &str) -> Option<Self> {
        if text == "none" {
            return Some(None);
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (!text.is_empty() && text.chars().all(fits)).then(|| Some(HeaderName(text.to_owned())))
    }
}

impl Setting for bool {
    const SHAPE: &'static str = "BOOLEAN";
    const EXPECTED: &'static str = "true or false";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for LevelFilter {
    const SHAPE: &'static str = "LEVEL";
    const EXPECTED: &'static str = "off, error, warn, info, debug or trace";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for Duration {
    const SHAPE: &'static str = "TIME";
    const EXPECTED: &'static str =
        "a time of at least 1 ms with its unit, such as 500 ms, 10 s or 2 min";

    fn parse(text: &str) -> Option<Self> {
        let milliseconds = quantity(text, &[("ms", 1), ("min", 60_000), ("s", 1000)])?;
        (milliseconds > 0).then(|| Self::from_millis(milliseconds))
    }
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub usize);

impl Setting for Bytes {
    const SHAPE: &'static str = "SIZE";
    const EXPECTED: &'static str = "a size with its unit, such as 64 KiB, 1 MiB or 100000 B";

    fn parse(text: &str) -> Option<Self> {
        let bytes = quantity(text, &[("KiB", 1 << 10), ("MiB", 1 << 20), ("B", 1)])?;
        usize::try_from(bytes).ok().map(Self)
    }
}

/// A whole number and its unit; of units that end alike, the longer stands first.
fn quantity(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    number.trim().parse::<u64>().ok()?.checked_mul(*factor)
}

/// An http or https address without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(pub String);

impl Setting for Option<BaseUrl> {
    const SHAPE: &'static str = "URL";
    const EXPECTED: &'static str = "an address such as https://history.example.org, or auto";

    fn parse(text: &str) -> Option<Self> {
        if text == "auto" {
            return Some(None);
        }
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))?;
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>?#\\^`{|}@".contains(c);
        (!rest.is_empty() && !rest.starts_with('/') && rest.chars().all(plain))
            .then(|| Some(BaseUrl(text.trim_end_matches('/').to_owned())))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Setting for LogFormat {
    const SHAPE: &'static str = "FORMAT";
    const EXPECTED: &'static str = "text or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}
