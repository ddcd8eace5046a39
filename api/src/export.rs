//! Exporters: the data set as files of other formats, and of this program's own.
//!
//! Each format has a module of its own with a function `export`, which reads whole records batch by batch
//! (`Records`) and writes as it reads (`Out`), so that memory does not grow with the data set. All of it is read
//! in one snapshot. What a format has no place for is counted (`Losses`).

use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;
use tokio::fs::{self, File};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::database::Database;
use crate::loss::Losses;
use crate::progress::Progress;

mod csv;
mod date;
mod document;
mod graphml;
mod jsonl;
mod loss;
mod popolo;
mod rdf;
mod read;
mod timeline;

pub use document::{about, document};
pub(crate) use read::{Claim, Link, Record, Records, State, Whole};

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The lossless format of this program: one record a line
    Jsonl,
    /// The same for every revision in the order in which they were written, to move a database to another
    JsonlHistory,
    /// A zip of tables, one a kind of record and one a kind of relation
    Csv,
    /// Linked data as Turtle
    Turtle,
    /// Linked data as N-Triples
    Ntriples,
    /// Linked data as JSON-LD
    Jsonld,
    /// The lineage of all organisations as a graph, for programs that analyse or draw graphs
    Graphml,
    /// People, organisations and memberships as Popolo JSON
    Popolo,
    /// A table of organisations, as drawings of party histories are kept in
    TimelineCsv,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Jsonl,
        Self::JsonlHistory,
        Self::Csv,
        Self::Turtle,
        Self::Ntriples,
        Self::Jsonld,
        Self::Graphml,
        Self::Popolo,
        Self::TimelineCsv,
    ];

    /// As it is named on the command line and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::JsonlHistory => "jsonl-history",
            Self::Csv => "csv",
            Self::Turtle => "turtle",
            Self::Ntriples => "ntriples",
            Self::Jsonld => "jsonld",
            Self::Graphml => "graphml",
            Self::Popolo => "popolo",
            Self::TimelineCsv => "timeline-csv",
        }
    }

    /// The media type of such a file.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl | Self::JsonlHistory => "application/jsonl; charset=utf-8",
            Self::Csv => "application/zip",
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::Ntriples => "application/n-triples",
            Self::Jsonld => "application/ld+json",
            Self::Graphml => "application/graphml+xml; charset=utf-8",
            Self::Popolo => "application/json",
            Self::TimelineCsv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// What the name of such a file ends in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jsonl | Self::JsonlHistory => "jsonl",
            Self::Csv => "zip",
            Self::Turtle => "ttl",
            Self::Ntriples => "nt",
            Self::Jsonld => "jsonld",
            Self::Graphml => "graphml",
            Self::Popolo => "json",
            Self::TimelineCsv => "csv",
        }
    }
}

/// Writes the whole data set, and tells what the format has no place for. `base_url` is the address of the service
/// that the data is published by.
///
/// # Errors
/// When the database or `to` fails; what has been written then is no whole file.
pub async fn export(
    database: &Database,
    format: Format,
    base_url: &str,
    to: &mut (dyn AsyncWrite + Send + Unpin),
    progress: &dyn Progress,
) -> Result<Losses> {
    let records = Records::open(database, progress).await?;
    let mut out = Out {
        to,
        buffer: Vec::new(),
    };
    let losses = match format {
        Format::Jsonl => jsonl::export(&records, &mut out).await?,
        Format::JsonlHistory => jsonl::export_history(&records, &mut out).await?,
        Format::Csv => Box::pin(csv::export(&records, &mut out)).await?,
        Format::Turtle | Format::Ntriples | Format::Jsonld => {
            rdf::export(&records, format, base_url, &mut out).await?
        }
        Format::Graphml => graphml::export(&records, &mut out).await?,
        Format::Popolo => Box::pin(popolo::export(&records, base_url, &mut out)).await?,
        Format::TimelineCsv => timeline::export(&records, &mut out).await?,
    };
    out.pass_on().await?;
    out.to.flush().await?;
    records.close().await?;
    progress.finish();
    Ok(losses)
}

/// Writes the whole data set to a file, which is there only once it is whole.
///
/// # Errors
/// As [`export`].
pub async fn to_file(
    database: &Database,
    format: Format,
    base_url: &str,
    path: &Path,
    progress: &dyn Progress,
) -> Result<Losses> {
    let unwritten = || format!("{}: cannot be written", path.display());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part).await.with_context(unwritten)?;
    let done = export(database, format, base_url, &mut file, progress).await;
    let done = match done {
        Ok(losses) => file.sync_all().await.map(|()| losses).map_err(Into::into),
        Err(error) => Err(error),
    };
    drop(file);
    match done {
        Ok(losses) => {
            fs::rename(&part, path).await.with_context(unwritten)?;
            Ok(losses)
        }
        Err(error) => {
            // What went wrong first is what is told.
            let _ = fs::remove_file(&part).await;
            Err(error.context(unwritten()))
        }
    }
}

/// Where a file goes. What is written gathers in `buffer` until it is passed on.
pub(crate) struct Out<'a> {
    to: &'a mut (dyn AsyncWrite + Send + Unpin),
    pub buffer: Vec<u8>,
}

impl Out<'_> {
    /// Sends what has gathered, and waits until the receiver has taken it.
    pub async fn pass_on(&mut self) -> Result<()> {
        self.to.write_all(&self.buffer).await?;
        self.buffer.clear();
        Ok(())
    }
}
