//! What looks wrong in the stored data, as a worklist: the issues that the rules find, and the lineage links that do
//! not follow from the events.
//!
//! All of it is told and none of it is mended, but for the links: they are derived, and can be derived anew.

mod report;

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};

use self::report::{Few, Found, Issue};
pub use self::report::{Rebuilt, Report};
use crate::database::{self, Database};
use crate::issue::{RULES, Rule};
use crate::write::text::nearest;
use crate::write::{self, Context, Difference};

/// How many of each kind are listed when not all are.
pub const SHOWN: u32 = 20;

/// As many as there may be.
pub const ALL: u32 = u32::MAX;

/// The rule of this name, in whatever case and with hyphens or underscores.
///
/// # Errors
/// What to say when there is none.
pub fn rule(name: &str) -> Result<&'static Rule, String> {
    let asked = name.to_ascii_uppercase().replace('-', "_");
    let names = || RULES.iter().map(|rule| rule.name);
    if let Some(rule) = RULES.iter().find(|rule| rule.name == asked) {
        return Ok(rule);
    }
    Err(match nearest(&asked, names()) {
        Some(near) => format!("there is no such rule; did you mean {near}?"),
        None => format!(
            "there is no such rule; it is one of {}",
            names().collect::<Vec<_>>().join(", ")
        ),
    })
}

/// Looks at the data by these rules, or by every rule and at the links as well; changes nothing. `shown` of each are
/// listed.
pub async fn check(
    database: &Database,
    rules: Option<&[&'static Rule]>,
    shown: u32,
) -> Result<Report> {
    ready(database).await?;
    let txn = database.snapshot().await?;
    let mut links = None;
    if rules.is_none() {
        let mut differences = Few::new(shown);
        let add = |difference: &Difference| differences.add(difference.line.clone());
        let totals = write::compare_links(&txn, add).await?;
        links = Some((differences, totals));
    }
    let asked = |rule: &&'static Rule| rules.is_none_or(|rules| rules.contains(rule));
    let mut found = Vec::new();
    for rule in RULES.iter().filter(asked) {
        let issues = find(&txn, rule, shown).await?;
        found.push(Found { rule, issues });
    }
    // Left to itself, it would keep its locks until the connection is used again.
    txn.rollback().await?;
    Ok(Report { links, found })
}

/// The issues of one rule, by slug.
async fn find(db: &impl ConnectionTrait, rule: &Rule, shown: u32) -> Result<Few<Issue>> {
    let sql = format!(
        "SELECT n.kind, n.public_id, i.slug, i.message, count(*) OVER () AS total
         FROM ({}) i JOIN node n ON n.id = i.subject ORDER BY i.slug, i.id LIMIT {shown}",
        rule.sql
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut issues = Few::new(shown);
    for row in db.query_all_raw(statement).await? {
        issues.first.push(Issue {
            kind: row.try_get("", "kind")?,
            slug: row.try_get("", "slug")?,
            id: row.try_get("", "public_id")?,
            message: row.try_get("", "message")?,
        });
        let total: i64 = row.try_get("", "total")?;
        issues.count = usize::try_from(total)?;
    }
    Ok(issues)
}

/// Derives all links anew, in one transaction; when all is well nothing is written. `now` is when the data set
/// changes.
pub async fn rebuild_links(database: &Database, shown: u32, now: DateTime<Utc>) -> Result<Rebuilt> {
    ready(database).await?;
    let txn = database.begin().await?;
    let mut differences = Few::new(shown);
    let context = Context {
        author: "check",
        reason: None,
        now,
    };
    let add = |difference: &Difference| differences.add(difference.line.clone());
    let rebuilt = write::rebuild_links(&txn, &context, add).await;
    let totals = database::settle(txn, rebuilt.map_err(Into::into)).await?;
    Ok(Rebuilt {
        differences,
        totals,
    })
}

async fn ready(database: &Database) -> Result<()> {
    if !database.migrations_current().await? {
        bail!("the tables are not up to date; `schismograph migrate` brings them there");
    }
    Ok(())
}
