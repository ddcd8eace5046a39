//! What an import did, for people and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use super::Format;
use super::fault::Place;
use crate::loss::Losses;
use crate::write::{self, Counts, Kind};

/// How many warnings of a kind are listed in words; the report as JSON lists more.
const SHOWN: usize = 10;
/// How many warnings of a kind are kept; the others are counted.
const KEPT: usize = 10_000;

/// Something that could be understood and looks wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    #[serde(flatten)]
    pub place: Place,
    pub message: String,
}

/// Warnings of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Warnings {
    first: Vec<Warning>,
    count: usize,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub format: Format,
    pub dry_run: bool,
    pub records: BTreeMap<Kind, Counts>,
    /// What was found in the file and carried over, in words of the format, and how much of it.
    pub carried: IndexMap<String, usize>,
    warnings: IndexMap<&'static str, Warnings>,
    /// What could not be carried over, and why.
    pub losses: Losses,
}

impl Report {
    pub(super) fn new(format: Format, dry_run: bool) -> Self {
        Self {
            format,
            dry_run,
            records: BTreeMap::new(),
            carried: IndexMap::new(),
            warnings: IndexMap::new(),
            losses: Losses::default(),
        }
    }

    pub(super) fn count(&mut self, counts: &BTreeMap<Kind, Counts>) {
        for (kind, counts) in counts {
            *self.records.entry(*kind).or_default() += *counts;
        }
    }

    /// Counts something that was carried over.
    pub(super) fn carry(&mut self, what: &str, count: usize) {
        if count > 0 {
            *self.carried.entry(what.to_owned()).or_default() += count;
        }
    }

    /// Notes something that looks wrong; `kind` says what, in the plural.
    pub(super) fn warn(&mut self, kind: &'static str, place: Place, message: impl Into<String>) {
        let warnings = self.warnings.entry(kind).or_default();
        warnings.count += 1;
        if warnings.first.len() < KEPT {
            let message = message.into();
            warnings.first.push(Warning { place, message });
        }
    }

    /// How many warnings of a kind there are.
    #[must_use]
    pub fn warned(&self, kind: &str) -> usize {
        self.warnings.get(kind).map_or(0, |warnings| warnings.count)
    }

    /// The whole report.
    #[must_use]
    pub fn json(&self) -> Value {
        let records = self.records.iter();
        let records: serde_json::Map<_, _> = records
            .map(|(kind, counts)| (kind.folder().to_owned(), json!(counts)))
            .collect();
        let warnings = self.warnings.iter();
        let warnings: Vec<_> = warnings
            .map(|(kind, Warnings { first, count })| json!({"kind": kind, "count": count, "warnings": first}))
            .collect();
        json!({
            "format": self.format.name(),
            "dryRun": self.dry_run,
            "total": write::total(self.records.values()),
            "records": records,
            "carried": self.carried,
            "warnings": warnings,
            "losses": self.losses,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, count) in &self.carried {
            writeln!(f, "{count:>9}  {what}")?;
        }
        for (kind, Warnings { first, count }) in &self.warnings {
            writeln!(f, "warning: {kind}: {count}")?;
            for Warning { place, message } in first.iter().take(SHOWN) {
                writeln!(f, "  {}{message}", place.before())?;
            }
            if *count > SHOWN {
                writeln!(f, "  and {} more, which --report lists", count - SHOWN)?;
            }
        }
        if !self.losses.is_empty() {
            writeln!(f, "not carried over:")?;
            write!(f, "{}", self.losses)?;
        }
        for (kind, counts) in &self.records {
            writeln!(f, "{}: {counts}", kind.folder())?;
        }
        if self.dry_run {
            write!(f, "nothing was written; without --dry-run: ")?;
        }
        write!(f, "{}", write::total(self.records.values()))
    }
}
