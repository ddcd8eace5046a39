//! A date in words.

use edtf_core::{Date, DateField, Edtf, IntervalEndpoint, SetElement, SetKind, YearKind};

use super::{HistoricalDate, bounds};
use crate::kind::DatePrecision;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The parts of a year, in the order of their EDTF codes 21 to 41.
const SEASONS: [&str; 21] = [
    "spring",
    "summer",
    "autumn",
    "winter",
    "northern spring",
    "northern summer",
    "northern autumn",
    "northern winter",
    "southern spring",
    "southern summer",
    "southern autumn",
    "southern winter",
    "first quarter of",
    "second quarter of",
    "third quarter of",
    "fourth quarter of",
    "first third of",
    "second third of",
    "last third of",
    "first half of",
    "second half of",
];

impl HistoricalDate {
    /// The date in the words of a language, given as a BCP 47 tag. English is the one there is; all others get it too.
    ///
    /// Expressions that have no short wording are given as their EDTF text.
    ///
    /// ```
    /// # use entity::date::HistoricalDate;
    /// let date = HistoricalDate::parse("[1990..1995]")?;
    /// assert_eq!(date.display("en"), "between 1990 and 1995");
    /// # Ok::<(), entity::date::DateError>(())
    /// ```
    #[must_use]
    pub fn display(&self, _locale: &str) -> String {
        Edtf::parse(&self.edtf)
            .ok()
            .and_then(|edtf| expression(&edtf))
            .unwrap_or_else(|| self.edtf.clone())
    }
}

fn expression(edtf: &Edtf) -> Option<String> {
    match edtf {
        Edtf::Date(date) => qualified(date),
        Edtf::DateTime(_) => None,
        Edtf::Interval(interval) => interval_words(&interval.start, &interval.end),
        Edtf::Set(set) => match (set.kind, set.elements.as_slice()) {
            (SetKind::OneMember, [SetElement::Range(first, last)]) => Some(format!(
                "between {} and {}",
                qualified(first)?,
                qualified(last)?
            )),
            (SetKind::AllMembers, [SetElement::Range(first, last)]) => {
                Some(format!("{} to {}", qualified(first)?, qualified(last)?))
            }
            (SetKind::OneMember, [SetElement::OnOrBefore(date)]) => {
                Some(format!("{} or earlier", qualified(date)?))
            }
            (SetKind::OneMember, [SetElement::OnOrAfter(date)]) => {
                Some(format!("{} or later", qualified(date)?))
            }
            (SetKind::OneMember, elements) => list(elements, "or"),
            (SetKind::AllMembers, elements) => list(elements, "and"),
        },
    }
}

fn interval_words(start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
    match (start, end) {
        (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) => {
            Some(format!("{} to {}", qualified(start)?, qualified(end)?))
        }
        (IntervalEndpoint::Date(start), IntervalEndpoint::Open) => {
            Some(format!("from {}", qualified(start)?))
        }
        (IntervalEndpoint::Date(start), IntervalEndpoint::Unknown) => {
            Some(format!("from {}, end unknown", qualified(start)?))
        }
        (IntervalEndpoint::Open, IntervalEndpoint::Date(end)) => {
            Some(format!("until {}", qualified(end)?))
        }
        (IntervalEndpoint::Unknown, IntervalEndpoint::Date(end)) => {
            Some(format!("until {}, start unknown", qualified(end)?))
        }
        _ => None,
    }
}

fn list(elements: &[SetElement], conjunction: &str) -> Option<String> {
    let mut words = elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) => qualified(date),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    let last = words.pop()?;
    Some(if words.is_empty() {
        last
    } else {
        format!("{} {conjunction} {last}", words.join(", "))
    })
}

/// A single date with its doubts.
fn qualified(date: &Date) -> Option<String> {
    let about = if date.is_approximate() { "about " } else { "" };
    let doubt = if date.is_uncertain() {
        " (uncertain)"
    } else {
        ""
    };
    Some(format!("{about}{}{doubt}", plain(date)?))
}

fn plain(date: &Date) -> Option<String> {
    let YearKind::Standard { digits, .. } = date.year.kind else {
        return None;
    };
    let year = digits.iter().fold(0_u32, |year, digit| {
        year * 10 + u32::from(digit.unwrap_or(0))
    });
    match bounds::date_precision(date) {
        DatePrecision::Day => Some(format!(
            "{} {} {year}",
            value(date.day)?,
            month(date.month)?
        )),
        DatePrecision::Month => Some(format!("{} {year}", month(date.month)?)),
        DatePrecision::Season => Some(format!(
            "{} {year}",
            SEASONS.get(value(date.month)?.checked_sub(21)?)?
        )),
        DatePrecision::Year => Some(year.to_string()),
        DatePrecision::Decade if year >= 10 => Some(format!("{year}s")),
        DatePrecision::Century => Some(format!("{} century", ordinal(year / 100 + 1))),
        DatePrecision::Decade | DatePrecision::Range | DatePrecision::Unknown => None,
    }
}

fn month(field: Option<DateField>) -> Option<&'static str> {
    MONTHS.get(value(field)?.checked_sub(1)?).copied()
}

fn value(field: Option<DateField>) -> Option<usize> {
    field?.value().map(usize::from)
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
