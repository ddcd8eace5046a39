//! A date as history leaves it: EDTF text as the truth, with what follows from it for searching and sorting.

mod bounds;
mod columns;
mod display;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use edtf_core::Edtf;
use serde::Serialize;

use crate::kind::DatePrecision;

pub(crate) use columns::historical_date_columns;

/// Sort key of "no date at all": after every date.
pub const NO_DATE_ORDER: i64 = i64::MAX;

/// A date that may be a day, a month, a season, a year, a decade, a stretch of time or one of several,
/// and that may be approximate or uncertain.
///
/// Made by [`HistoricalDate::parse`]. Years run from 0001 to 9999 of the proleptic Gregorian calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HistoricalDate {
    /// The date as EDTF text (levels 0 to 2), exactly as given. Example: `1985~`.
    pub edtf: String,
    /// First day that it can mean; none: unbounded or unknown.
    pub earliest: Option<NaiveDate>,
    /// Last day that it can mean; none: unbounded or unknown.
    pub latest: Option<NaiveDate>,
    /// How finely it is known.
    pub precision: DatePrecision,
    /// Whether any part of it is an estimate (`~` or `%`).
    pub approximate: bool,
    /// Whether any part of it is doubtful (`?` or `%`).
    pub uncertain: bool,
    /// The source's wording; none: not quoted. Example: `in the spring of that year`.
    pub source_text: Option<String>,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// Number of characters of the text before the fault.
    pub position: usize,
    /// What is wrong there, in lower case and without a full stop.
    pub message: String,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not an EDTF date: {} at character {}",
            self.message,
            self.position + 1
        )
    }
}

impl std::error::Error for DateError {}

impl HistoricalDate {
    /// Reads EDTF text. White space around it is dropped; nothing else is changed.
    ///
    /// # Errors
    ///
    /// Says what is wrong and where if the text is not EDTF, has a time of day, or has a year outside 0001 to 9999.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let edtf = text.trim();
        let before = text.chars().take_while(|c| c.is_whitespace()).count();
        // The parser stops at the first character that is not ASCII, so that bytes before the fault are characters.
        let fault = |offset: usize, message: &str| DateError {
            position: before + offset,
            message: message.to_owned(),
        };

        if edtf.is_empty() {
            return Err(fault(
                0,
                "no text, where a date such as 2011-04 is expected",
            ));
        }
        let parsed = Edtf::parse(edtf).map_err(|error| fault(error.offset, error.message))?;
        if let Edtf::DateTime(_) = parsed {
            return Err(fault(
                edtf.find('T').unwrap_or(0),
                "a time of day, where a date ends with the day",
            ));
        }
        if let Some(offset) = bounds::year_out_of_range(&parsed, edtf) {
            return Err(fault(offset, "a year outside 0001 to 9999"));
        }
        let (earliest, latest) = bounds::bounds(&parsed);
        Ok(Self {
            edtf: edtf.to_owned(),
            earliest,
            latest,
            precision: bounds::precision(&parsed, earliest, latest),
            approximate: parsed.is_approximate(),
            uncertain: parsed.is_uncertain(),
            source_text: None,
        })
    }

    /// The same date with the source's wording beside it.
    #[must_use]
    pub fn with_source_text(mut self, text: impl Into<String>) -> Self {
        self.source_text = Some(text.into());
        self
    }

    /// One number that sorts dates: by earliest day (unbounded first), then by latest day (unbounded last), then
    /// the finer precision first. A date unbounded on both sides says nothing and sorts after all that do.
    /// Always below [`NO_DATE_ORDER`].
    #[must_use]
    pub fn order(&self) -> i64 {
        // A day number of the years 0001 to 9999 takes 22 bits; 0 and the highest number stand for unbounded.
        const DAY_BITS: u32 = 22;
        const PRECISION_BITS: u32 = 3;
        const LAST: i32 = (1 << DAY_BITS) - 1;
        let latest = self.latest.map_or(LAST, |day| day.num_days_from_ce());
        let earliest = match (self.earliest, self.latest) {
            (Some(day), _) => day.num_days_from_ce(),
            (None, Some(_)) => 0,
            (None, None) => LAST,
        };
        let coarseness = match self.precision {
            DatePrecision::Day => 0,
            DatePrecision::Month => 1,
            DatePrecision::Season => 2,
            DatePrecision::Year => 3,
            DatePrecision::Decade => 4,
            DatePrecision::Century => 5,
            DatePrecision::Range => 6,
            DatePrecision::Unknown => 7,
        };
        ((i64::from(earliest) << DAY_BITS | i64::from(latest)) << PRECISION_BITS) | coarseness
    }
}

impl FromStr for HistoricalDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

/// Prints the EDTF text.
impl fmt::Display for HistoricalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)
    }
}
