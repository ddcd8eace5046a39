//! The command line, and nothing else.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
#[cfg(feature = "otel")]
use api::telemetry::Telemetry;
use api::{
    ADDRESSES, check,
    config::{Config, Flags, LogFormat},
    contract,
    database::Database,
    export, generate, http, import,
    issue::{RULES, Rule},
    linked, progress, rest, seed,
};
use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use tracing::Subscriber;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

/// A GraphQL service over the history of political organisations.
#[derive(Parser)]
#[command(
    version,
    after_help = "Each setting can also stand in the environment, as SCHISMOGRAPH_ and its name in capitals \
        (SCHISMOGRAPH_LISTEN), the database in DATABASE_URL as well, or in the TOML file (listen = \"...\"). \
        Flags come first, then the environment, then the file.\n\n\
        Exit status: 0 done, 1 failed, 2 wrong usage."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand, Clone)]
enum Command {
    /// Serve; a new database is migrated and seeded first (what happens without a command)
    Serve,
    /// Change the tables of the database to another version
    Migrate {
        #[command(subcommand)]
        direction: Option<Direction>,
    },
    /// Load the seeds of a folder, or those in the program
    Seed { folder: Option<PathBuf> },
    /// Fill the database with organisations that never were, to try the program or to measure it
    #[command(
        after_help = "The same number and the same seed give the same records, and writing them again changes \
        nothing. Another number or another seed gives other records, which can stand beside them."
    )]
    Generate {
        /// How many organisations, up to a million; people, publications, events and the rest come in proportion
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(generate::MOST)))]
        organisations: u32,
        /// What chance begins with
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Read a file of another format, or of this program's own
    #[command(
        after_help = "What the file says is put beside what is stored: records are told apart by their ids in other \
        collections and by nothing else, and where sources disagree both stand, the one shown that was there first. An \
        import lands whole or not at all, and can be run again without doubling anything."
    )]
    Import {
        #[arg(value_enum)]
        format: import::Format,
        /// The file; for parlgov the folder with its tables
        path: PathBuf,
        /// Tell what would be done, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Write the whole report to a file, as JSON
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Slug of the source that the claims are ascribed to, where the format does not tell it
        #[arg(long, value_name = "SLUG")]
        source: Option<String>,
    },
    /// Write the whole data set as a file
    #[command(
        after_help = "What the format has no place for is told on standard error. Without a path the file goes to standard output; \
        a file that is named appears only once it is whole."
    )]
    Export {
        #[arg(value_enum)]
        format: export::Format,
        /// The file to write
        path: Option<PathBuf>,
        /// Write what the format has no place for to a file, as JSON
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Tell what looks wrong in the data: contradictions, likely duplicates, gaps, and lineage links that differ
    /// from the events
    #[command(after_help = CHECK_STATUS, after_long_help = check_help())]
    Check(Check),
    /// Print the public schema, or what has changed in it
    #[command(after_help = SCHEMA_STATUS)]
    Schema {
        /// As the answer to the introspection query; changes as one JSON document
        #[arg(long)]
        json: bool,
        /// Not the schema, but what has changed since the one in this file (in the schema definition language), and
        /// whether that is breaking, dangerous or safe for clients
        #[arg(long, value_name = "OLD", value_parser = contract::read, conflicts_with_all = ["vocabulary", "federation"])]
        diff: Option<contract::Contract>,
        /// As a subgraph of Apollo Federation 2: with the keys of types, for composition with other subgraphs
        #[arg(long, conflicts_with_all = ["json", "vocabulary"])]
        federation: bool,
        /// Not the schema, but the terms of linked data, as Turtle
        #[arg(long, conflicts_with = "json")]
        vocabulary: bool,
        /// Not the schema, but the OpenAPI document of the same as plain JSON
        #[arg(long, conflicts_with_all = ["json", "diff", "vocabulary"])]
        openapi: bool,
    },
}

#[derive(Args, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
struct Check {
    /// Look by this rule only, and not at the links; can be given several times
    #[arg(long, value_name = "NAME", value_parser = check::rule)]
    rule: Vec<&'static Rule>,
    /// List all that is found, not only the first of each rule
    #[arg(long)]
    all: bool,
    /// Print one JSON document with all that is found
    #[arg(long)]
    json: bool,
    /// Fail when anything is found
    #[arg(long)]
    strict: bool,
    /// Derive all lineage links anew from the events; nothing is written when they follow from them already
    #[arg(long, conflicts_with_all = ["rule", "json", "strict"])]
    rebuild_links: bool,
}

/// What `schema` ends with.
const SCHEMA_STATUS: &str = "Breaking: a document that was accepted may be refused, or an answer may hold what its type ruled out. \
    Dangerous: every document is accepted, but may mean something else, or bring values that were unknown. Safe: neither.\n\n\
    Exit status: 0 also where changes are dangerous; 1 when one is breaking; 2 wrong usage, or OLD is no schema.";

/// What `check` ends with.
const CHECK_STATUS: &str = "Exit status: 0 also where something looks wrong, as that keeps nobody from using the data; \
    1 when lineage links differ from what follows from the events or, with --strict, when anything is found; 2 wrong usage.";

fn check_help() -> String {
    let rules = RULES
        .iter()
        .map(|rule| format!("  {}\n          {}\n", rule.name, rule.sentence));
    format!("Rules:\n{}\n{CHECK_STATUS}", rules.collect::<String>())
}

#[derive(Subcommand, Clone, Copy)]
enum Direction {
    /// Apply what is pending (what happens without a direction)
    Up,
    /// Take back what was applied last
    Down {
        /// How many migrations
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    /// List the migrations
    Status,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::load(&arguments.flags) {
        Ok(config) => config,
        Err(error) => return fail(&error, 2),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into(), 1),
    };
    let registry = tracing_subscriber::registry().with(lines_to_stderr(&config));
    #[cfg(feature = "otel")]
    let telemetry = match Telemetry::from_environment(runtime.handle()) {
        Ok(telemetry) => telemetry,
        Err(error) => return fail(&error, 2),
    };
    #[cfg(feature = "otel")]
    let registry = registry.with(telemetry.as_ref().map(Telemetry::layer));
    registry.init();
    let command = arguments.command.unwrap_or(Command::Serve);
    let done = runtime.block_on(run(command, config));
    #[cfg(feature = "otel")]
    if let Some(telemetry) = telemetry {
        telemetry.flush();
    }
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, 1),
    }
}

async fn run(command: Command, config: Config) -> Result<()> {
    match command {
        Command::Serve => api::serve(config, now(), announce, http::stop_signal()?).await,
        Command::Migrate { direction } => {
            migrate(direction.unwrap_or(Direction::Up), &config).await
        }
        Command::Seed { folder } => seed(folder, &config).await,
        Command::Generate {
            organisations,
            seed,
        } => generate(organisations, seed, &config).await,
        Command::Import {
            format,
            path,
            dry_run,
            report,
            source,
        } => import(format, &path, dry_run, report.as_deref(), source, &config).await,
        Command::Export {
            format,
            path,
            report,
        } => export(format, path.as_deref(), report.as_deref(), &config).await,
        Command::Check(asked) => check(&asked, &config).await,
        Command::Schema {
            vocabulary: true, ..
        } => {
            let addresses = linked::Addresses::new(&config.base_url(config.listen));
            let terms = linked::vocabulary(&addresses);
            let text = linked::document(linked::Syntax::Turtle, &terms)?;
            say(&String::from_utf8_lossy(&text))
        }
        Command::Schema { openapi: true, .. } => {
            let base_url = config.base_url(config.listen);
            let graph = api::schema(config).await?;
            let rest = rest::Rest::new(graph.schema(), &base_url);
            say(rest.openapi())
        }
        Command::Schema {
            json,
            diff: Some(old),
            ..
        } => compare(&old, json, config).await,
        Command::Schema {
            json, federation, ..
        } => {
            let graph = api::schema(config).await?;
            say(if json {
                graph.introspection()
            } else if federation {
                graph.federation()
            } else {
                graph.sdl()
            })
        }
    }
}

async fn migrate(direction: Direction, config: &Config) -> Result<()> {
    let database = Database::open(config).await?;
    let lines = match direction {
        Direction::Up => lines("applied", database.migrate_up().await?),
        Direction::Down { steps } => lines("taken back", database.migrate_down(steps).await?),
        Direction::Status => {
            let status = database.migrate_status().await?.into_iter();
            status
                .map(|it| {
                    format!(
                        "{}  {}",
                        if it.applied { "applied" } else { "pending" },
                        it.name
                    )
                })
                .collect()
        }
    };
    database.close().await;
    say(&if lines.is_empty() {
        "nothing to do".to_owned()
    } else {
        lines.join("\n")
    })
}

fn lines(done: &str, migrations: Vec<String>) -> Vec<String> {
    let migrations = migrations.into_iter();
    migrations.map(|name| format!("{done}  {name}")).collect()
}

async fn seed(folder: Option<PathBuf>, config: &Config) -> Result<()> {
    let database = Database::open(config).await?;
    database.migrate_up().await?;
    let source = match &folder {
        Some(folder) => seed::Source::Folder(folder),
        None => seed::Source::Embedded,
    };
    let report = seed::load(&database, source, now()).await?;
    database.close().await;
    say(&report.to_string())
}

async fn generate(organisations: u32, seed: u64, config: &Config) -> Result<()> {
    let stop = http::stop_signal()?;
    let database = Database::open(config).await?;
    database.migrate_up().await?;
    let progress = progress::on_stderr();
    let report = generate::load(&database, organisations, seed, now(), &*progress, stop).await?;
    database.close().await;
    say(&report.to_string())
}

async fn import(
    format: import::Format,
    path: &Path,
    dry_run: bool,
    report: Option<&Path>,
    source: Option<String>,
    config: &Config,
) -> Result<()> {
    let stop = http::stop_signal()?;
    let database = Database::open(config).await?;
    database.migrate_up().await?;
    let options = import::Options {
        dry_run,
        source: source.as_deref(),
        now: now(),
        progress: &*progress::on_stderr(),
    };
    let done = import::load(&database, format, path, &options, stop).await?;
    database.close().await;
    keep(report, &done.json())?;
    say(&done.to_string())
}

async fn export(
    format: export::Format,
    path: Option<&Path>,
    report: Option<&Path>,
    config: &Config,
) -> Result<()> {
    let database = Database::open(config).await?;
    let base_url = config.base_url(config.listen);
    let losses = match path {
        None => {
            let (mut out, nobody) = (tokio::io::stdout(), progress::Silent);
            export::export(&database, format, &base_url, &mut out, &nobody).await?
        }
        Some(path) => {
            let progress = progress::on_stderr();
            export::to_file(&database, format, &base_url, path, &*progress).await?
        }
    };
    database.close().await;
    keep(
        report,
        &serde_json::json!({ "format": format.name(), "losses": losses }),
    )?;
    if !losses.is_empty() {
        write!(io::stderr(), "not carried over:\n{losses}")?;
    }
    Ok(())
}

/// Writes a report where one is asked for.
fn keep(path: Option<&Path>, report: &serde_json::Value) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let text = format!("{report:#}\n");
    fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))
}

async fn check(asked: &Check, config: &Config) -> Result<()> {
    let shown = if asked.all || asked.json {
        check::ALL
    } else {
        check::SHOWN
    };
    let database = Database::open(config).await?;
    if asked.rebuild_links {
        let rebuilt = check::rebuild_links(&database, shown, now()).await?;
        database.close().await;
        return say(&rebuilt.to_string());
    }
    let rules = Some(&*asked.rule).filter(|rules| !rules.is_empty());
    let report = check::check(&database, rules, shown).await?;
    database.close().await;
    say(&if asked.json {
        format!("{:#}", report.json())
    } else {
        report.to_string()
    })?;
    if report.differences() > 0 {
        bail!(
            "lineage links differ from what follows from the events; --rebuild-links derives them anew"
        );
    }
    match report.issues() {
        1.. if asked.strict => bail!("something looks wrong, and --strict was given"),
        _ => Ok(()),
    }
}

async fn compare(old: &contract::Contract, json: bool, config: Config) -> Result<()> {
    let changes = contract::compare(old, api::schema(config).await?.schema());
    say(&if json {
        format!("{:#}", changes.json())
    } else {
        changes.to_string()
    })?;
    match changes.count(contract::Class::Breaking) {
        0 => Ok(()),
        _ => bail!("the schema breaks clients of the earlier one"),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock; everything else is handed the time"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn announce(base_url: &str) -> Result<()> {
    let width = ADDRESSES.iter().map(|(path, _)| path.len()).max();
    let width = base_url.len() + width.unwrap_or_default();
    let lines = ADDRESSES
        .iter()
        .map(|(path, what)| format!("  {:width$}  {what}", format!("{base_url}{path}")))
        .collect::<Vec<_>>();
    say(&format!("serving {base_url}\n{}", lines.join("\n")))
}

/// One place writes to standard output, and a reader that went away is no failure.
fn say(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn fail(error: &anyhow::Error, status: u8) -> ExitCode {
    // Nothing is left to do when even this cannot be written.
    let _ = writeln!(io::stderr(), "error: {error:#}");
    ExitCode::from(status)
}

/// Of other people's crates only what goes wrong: at finer levels they log statements and headers.
fn lines_to_stderr<S>(config: &Config) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
{
    let level = config.log_level;
    let ours = ["api", "schismograph"].map(|target| (target, level));
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        // It warns of what clients do wrong.
        .with_target("rmcp", level.min(LevelFilter::ERROR))
        .with_targets(ours);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => lines.with_filter(targets).boxed(),
        LogFormat::Json => lines.json().with_filter(targets).boxed(),
    }
}
