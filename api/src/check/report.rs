//! What a check has found, as text and as JSON.

use std::fmt::{self, Display};

use serde::Serialize;
use serde_json::{Value, json};

use crate::issue::Rule;
use crate::write::Totals;

/// The first of many, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Few<T> {
    pub first: Vec<T>,
    pub count: usize,
    shown: usize,
}

impl<T> Few<T> {
    pub fn new(shown: u32) -> Self {
        Self {
            first: Vec::new(),
            count: 0,
            shown: shown as usize,
        }
    }

    pub fn add(&mut self, one: T) {
        if self.first.len() < self.shown {
            self.first.push(one);
        }
        self.count += 1;
    }
}

impl<T: Display> Display for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.first {
            writeln!(f, "  {one}")?;
        }
        match self.count - self.first.len() {
            0 => Ok(()),
            rest => writeln!(f, "  and {rest} more, which --all shows"),
        }
    }
}

/// Something that looks wrong: with which record, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Issue {
    /// As the public schema names it: `ORGANISATION`.
    pub kind: String,
    pub slug: String,
    /// The record's public id.
    pub id: String,
    pub message: String,
}

impl Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.to_lowercase();
        write!(f, "{kind}/{}: {}", self.slug, self.message)
    }
}

/// A rule, and the issues that it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub rule: &'static Rule,
    pub issues: Few<Issue>,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// None: only rules were asked for.
    pub(super) links: Option<(Few<String>, Totals)>,
    pub(super) found: Vec<Found>,
}

impl Report {
    /// How many links are not what follows from the events.
    #[must_use]
    pub fn differences(&self) -> usize {
        let totals = self.links.as_ref().map(|(_, totals)| totals.differences());
        totals.unwrap_or_default()
    }

    /// How many issues the rules found.
    #[must_use]
    pub fn issues(&self) -> usize {
        self.found.iter().map(|found| found.issues.count).sum()
    }

    /// The same as one JSON document; `links` is null where the links were not looked at.
    #[must_use]
    pub fn json(&self) -> Value {
        let rules = self.found.iter().map(|Found { rule, issues }| {
            json!({
                "name": rule.name,
                "sentence": rule.sentence,
                "count": issues.count,
                "issues": issues.first,
            })
        });
        let links = self.links.as_ref().map(|(differences, totals)| {
            json!({
                "events": totals.events,
                "links": totals.links,
                "count": totals.differences(),
                "missing": totals.missing,
                "surplus": totals.surplus,
                "wrong": totals.wrong,
                "impossible": totals.impossible,
                "differences": differences.first,
            })
        });
        json!({ "count": self.issues(), "rules": rules.collect::<Vec<_>>(), "links": links })
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((differences, _)) = self.links.as_ref().filter(|(few, _)| few.count > 0) {
            let count = differences.count;
            writeln!(
                f,
                "lineage links that differ from what follows from the events: {count}"
            )?;
            writeln!(f, "{differences}")?;
        }
        let found = self.found.iter().filter(|found| found.issues.count > 0);
        for Found { rule, issues } in found.clone() {
            writeln!(f, "{}: {}\n{}", rule.name, issues.count, rule.sentence)?;
            writeln!(f, "{issues}")?;
        }
        let (asked, matched) = (self.found.len(), found.count());
        match self.issues() {
            0 => write!(f, "no issues by {asked} rules")?,
            1 => write!(f, "1 issue by 1 of {asked} rules")?,
            issues => write!(f, "{issues} issues by {matched} of {asked} rules")?,
        }
        match &self.links {
            Some((_, Totals { links, events, .. })) => {
                write!(f, "; {links} links follow from {events} events")
            }
            None => Ok(()),
        }
    }
}

/// What was done to make the links follow from the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    pub(super) differences: Few<String>,
    pub(super) totals: Totals,
}

impl Display for Rebuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            events,
            links,
            missing,
            surplus,
            wrong,
            ..
        } = self.totals;
        write!(f, "{}", self.differences)?;
        if self.differences.count == 0 {
            write!(f, "nothing to do")?;
        } else {
            write!(f, "{missing} added, {surplus} removed, {wrong} corrected")?;
        }
        write!(f, ": {links} links follow from {events} events")
    }
}
