//! Seeds: a folder of YAML files, one record each, read, checked as a whole and written in one transaction.
//!
//! All that is wrong is told at once, each with file, line and column. Loading what is loaded already changes nothing.

use std::fmt;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};

use crate::database::Database;
use crate::write::{self, Context, Draft};

mod check;
mod position;
mod problem;
mod read;

pub use check::Known;
pub use position::Position;
pub use problem::{Problem, Refused};
pub use read::{File, Source};

/// What loading did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub written: write::Report,
    /// What contradicts itself or looks wrong; none of it is a reason to refuse.
    pub warnings: Vec<Problem>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = &self.written;
        write!(
            f,
            "{} created, {} updated, {} unchanged",
            written.created, written.updated, written.unchanged
        )
    }
}

/// Reads the files of a source, all of them or none.
fn read(source: Source<'_>) -> Result<(Vec<File>, Vec<Problem>)> {
    read::read(source).with_context(|| match source {
        Source::Embedded => "the seeds of the program cannot be read".to_owned(),
        Source::Folder(folder) => format!("{}: cannot be read", folder.display()),
    })
}

/// Loads the seeds of a source. `now` is when the data set learns of them.
pub async fn load(database: &Database, source: Source<'_>, now: DateTime<Utc>) -> Result<Report> {
    let (files, mut problems) = read(source)?;
    let txn = database.begin().await?;
    let known = Known::load(&txn, &files).await?;
    let found = check::check(&files, &known, now.date_naive());
    problems.extend(found.errors);
    if !problems.is_empty() {
        problems.sort();
        return Err(Refused(problems).into());
    }
    let drafts: Vec<Draft> = files.into_iter().map(|file| file.draft).collect();
    let context = Context {
        author: "seed",
        reason: None,
        now,
    };
    for warning in &found.warnings {
        tracing::warn!("{warning}");
    }
    let written = write::save(&txn, &drafts, &context).await?;
    txn.commit().await?;
    Ok(Report {
        written,
        warnings: found.warnings,
    })
}
