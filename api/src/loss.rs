//! What a format has no place for: told by importers of what they read, by exporters of what they wrote.

use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

/// All that was not carried over, and how much of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses(IndexMap<(String, String), usize>);

/// One thing that could not be carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss<'a> {
    pub what: &'a str,
    pub why: &'a str,
    pub count: usize,
}

impl Losses {
    /// Counts something that was not carried over.
    pub fn add(&mut self, what: &str, why: &str, count: usize) {
        if count > 0 {
            *self.0.entry((what.to_owned(), why.to_owned())).or_default() += count;
        }
    }

    /// In the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = Loss<'_>> {
        self.0.iter().map(|((what, why), count)| Loss {
            what,
            why,
            count: *count,
        })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Losses {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// A line each.
impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Loss { what, why, count } in self.iter() {
            writeln!(f, "  {count} {what}: {why}")?;
        }
        Ok(())
    }
}
