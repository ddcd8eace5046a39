//! What looks wrong in the stored data: contradictions, gaps, and lineage links that do not follow from the events.
//!
//! A contradiction in history is never a reason to refuse data, so all of it is told and none of it is mended, but
//! for the links: they are derived, and can be derived anew.

mod finding;

use std::fmt;

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use self::finding::{FINDINGS, Finding};
use crate::database::Database;
use crate::write::{self, Context, Difference, Totals};

/// How many of each kind are listed when not all are.
pub const SHOWN: u32 = 20;

/// As many as there may be.
pub const ALL: u32 = u32::MAX;

/// Some of many, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lines {
    first: Vec<String>,
    count: usize,
    shown: u32,
}

impl Lines {
    fn new(shown: u32) -> Self {
        let (first, count) = (Vec::new(), 0);
        Self {
            first,
            count,
            shown,
        }
    }

    fn add(&mut self, line: &str) {
        if self.first.len() < self.shown as usize {
            self.first.push(line.to_owned());
        }
        self.count += 1;
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.first {
            writeln!(f, "  {line}")?;
        }
        match self.count - self.first.len() {
            0 => Ok(()),
            rest => writeln!(f, "  and {rest} more, which --all shows"),
        }
    }
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    links: Lines,
    totals: Totals,
    found: Vec<(&'static Finding, Lines)>,
}

impl Report {
    /// How many links are not what follows from the events.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.totals.differences()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.links.count > 0 {
            let count = self.links.count;
            writeln!(
                f,
                "lineage links that differ from what follows from the events: {count}"
            )?;
            write!(f, "{}", self.links)?;
        }
        for (finding, lines) in &self.found {
            writeln!(f, "{}: {}", finding.name, lines.count)?;
            write!(f, "{lines}")?;
        }
        if self.links.count == 0 && self.found.is_empty() {
            writeln!(f, "nothing looks wrong")?;
        }
        let Totals { links, events, .. } = self.totals;
        write!(f, "{links} links follow from {events} events")
    }
}

/// Looks for all that looks wrong and changes nothing. Of each kind `shown` are listed.
pub async fn check(database: &Database, shown: u32) -> Result<Report> {
    ready(database).await?;
    let txn = database.snapshot().await?;
    let mut links = Lines::new(shown);
    let totals = write::compare_links(&txn, |difference| links.add(&difference.line)).await?;
    let mut found = Vec::new();
    for finding in &FINDINGS {
        let which = find(&txn, finding, shown).await?;
        if which.count > 0 {
            found.push((finding, which));
        }
    }
    Ok(Report {
        links,
        totals,
        found,
    })
}

async fn find(db: &impl ConnectionTrait, finding: &Finding, shown: u32) -> Result<Lines> {
    let sql = format!(
        "SELECT line, count(*) OVER () AS total FROM ({}) found ORDER BY line LIMIT {shown}",
        finding.sql
    );
    let backend: DatabaseBackend = db.get_database_backend();
    let mut lines = Lines::new(shown);
    for row in db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let count: i64 = row.try_get("", "total")?;
        lines.first.push(row.try_get("", "line")?);
        lines.count = usize::try_from(count)?;
    }
    Ok(lines)
}

/// What was done to make the links follow from the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    links: Lines,
    totals: Totals,
}

impl fmt::Display for Rebuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            events,
            links,
            missing,
            surplus,
            wrong,
            ..
        } = self.totals;
        write!(f, "{}", self.links)?;
        if self.links.count == 0 {
            write!(f, "nothing to do")?;
        } else {
            write!(f, "{missing} added, {surplus} removed, {wrong} corrected")?;
        }
        write!(f, ": {links} links follow from {events} events")
    }
}

/// Derives all links anew, in one transaction; when all is well nothing is written. `now` is when the data set
/// changes.
pub async fn rebuild_links(database: &Database, shown: u32, now: DateTime<Utc>) -> Result<Rebuilt> {
    ready(database).await?;
    let txn = database.begin().await?;
    let mut links = Lines::new(shown);
    let context = Context {
        author: "check",
        reason: None,
        now,
    };
    let add = |difference: &Difference| links.add(&difference.line);
    match write::rebuild_links(&txn, &context, add).await {
        Ok(totals) => {
            txn.commit().await?;
            Ok(Rebuilt { links, totals })
        }
        Err(error) => {
            txn.rollback().await?;
            Err(error.into())
        }
    }
}

async fn ready(database: &Database) -> Result<()> {
    if !database.migrations_current().await? {
        bail!("the tables are not up to date; `schismograph migrate` brings them there");
    }
    Ok(())
}
