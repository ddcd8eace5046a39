//! Seeds: a folder of YAML files, one record each, read, checked as a whole and written in one transaction.
//!
//! All that is wrong is told at once, each with file, line and column. Loading what is loaded already changes nothing.

use std::fmt;

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::database::{self, Database};
use crate::write::{self, Context, Draft, Kind};

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
        self.written.total().fmt(f)?;
        match self.written.merged {
            0 => Ok(()),
            merged => write!(f, ", {merged} merged"),
        }
    }
}

/// Reads the files of a source, and says what is wrong with those that cannot be read.
fn read(source: Source<'_>) -> Result<(Vec<File>, Vec<Problem>)> {
    let read = read::read(source).with_context(|| format!("{source}: cannot be read"))?;
    if read.0.is_empty() && read.1.is_empty() {
        let folders = Kind::ALL.map(Kind::folder).join(", ");
        bail!("{source}: there are no seeds here; their folders are {folders}");
    }
    Ok(read)
}

/// Loads the seeds of a source. `now` is when the data set learns of them.
pub async fn load(database: &Database, source: Source<'_>, now: DateTime<Utc>) -> Result<Report> {
    let (files, unreadable) = read(source)?;
    let txn = database.begin().await?;
    let loaded = load_files(&txn, files, unreadable, now).await;
    database::settle(txn, loaded).await
}

async fn load_files(
    txn: &DatabaseTransaction,
    files: Vec<File>,
    mut problems: Vec<Problem>,
    now: DateTime<Utc>,
) -> Result<Report> {
    let known = Known::load(txn, &files, &problems).await?;
    let found = check::check(&files, &known, now.date_naive());
    problems.extend(found.errors);
    if !problems.is_empty() {
        problems.sort();
        return Err(Refused(problems).into());
    }
    for warning in &found.warnings {
        tracing::warn!("{warning}");
    }
    let drafts: Vec<Draft> = files.into_iter().map(|file| file.draft).collect();
    let context = Context {
        author: "seed",
        reason: None,
        now,
    };
    Ok(Report {
        written: write::save(txn, &drafts, &context).await?,
        warnings: found.warnings,
    })
}
