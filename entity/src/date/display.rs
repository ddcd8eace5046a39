//! A date in words.

use edtf_core::{Date, DateField, Edtf, IntervalEndpoint, SetElement, SetKind, YearKind};

use super::{HistoricalDate, bounds};
use crate::kind::DatePrecision;

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
];

/// The parts of a year, in the order of their EDTF codes 21 to 41.
#[rustfmt::skip]
const SEASONS: [&str; 21] = [
    "spring", "summer", "autumn", "winter",
    "northern spring", "northern summer", "northern autumn", "northern winter",
    "southern spring", "southern summer", "southern autumn", "southern winter",
    "first quarter of", "second quarter of", "third quarter of", "fourth quarter of",
    "first third of", "second third of", "last third of",
    "first half of", "second half of",
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
        Edtf::Date(date) => words(date).or_else(|| unknown(date)),
        Edtf::DateTime(_) => None,
        Edtf::Interval(interval) => interval_words(&interval.start, &interval.end),
        Edtf::Set(set) => match (set.kind, set.elements.as_slice()) {
            (SetKind::OneMember, [SetElement::Range(first, last)]) => Some(format!(
                "between {} and {}",
                words_after(first)?,
                words_after(last)?
            )),
            (SetKind::AllMembers, [SetElement::Range(first, last)]) => {
                Some(format!("{} to {}", words(first)?, words_after(last)?))
            }
            (SetKind::OneMember, [SetElement::OnOrBefore(date)]) => {
                Some(format!("{} or earlier", words(date)?))
            }
            (SetKind::OneMember, [SetElement::OnOrAfter(date)]) => {
                Some(format!("{} or later", words(date)?))
            }
            (SetKind::OneMember, elements) => list(elements, "or"),
            (SetKind::AllMembers, elements) => list(elements, "and"),
        },
    }
}

/// "XXXX": that there was a date is all that is known.
fn unknown(date: &Date) -> Option<String> {
    let YearKind::Standard { digits, .. } = date.year.kind else {
        return None;
    };
    let bare = date.month.is_none() && digits.iter().all(Option::is_none);
    bare.then(|| "date unknown".to_owned())
}

fn interval_words(start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
    use IntervalEndpoint::{Date, Open, Unknown};
    match (start, end) {
        (Date(start), Date(end)) => Some(format!("{} to {}", words(start)?, words_after(end)?)),
        (Date(start), Open) => Some(format!("from {}", words_after(start)?)),
        (Date(start), Unknown) => Some(format!("from {}, end unknown", words_after(start)?)),
        (Open, Date(end)) => Some(format!("until {}", words_after(end)?)),
        (Unknown, Date(end)) => Some(format!("until {}, start unknown", words_after(end)?)),
        _ => None,
    }
}

fn list(elements: &[SetElement], conjunction: &str) -> Option<String> {
    let mut all = elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) => words(date),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    let last = all.pop()?;
    Some(match all.as_slice() {
        [] => last,
        before => format!("{} {conjunction} {last}", before.join(", ")),
    })
}

/// A single date with its doubts, standing by itself: "1980s".
fn words(date: &Date) -> Option<String> {
    with_doubts(date, false)
}

/// The same after a preposition: "the 1980s".
fn words_after(date: &Date) -> Option<String> {
    with_doubts(date, true)
}

fn with_doubts(date: &Date, after_preposition: bool) -> Option<String> {
    let about = if date.is_approximate() { "about " } else { "" };
    let doubt = if date.is_uncertain() {
        " (uncertain)"
    } else {
        ""
    };
    let date = if after_preposition || !about.is_empty() {
        plain_after(date)?
    } else {
        plain(date)?
    };
    Some(format!("{about}{date}{doubt}"))
}

fn plain_after(date: &Date) -> Option<String> {
    let plain = plain(date)?;
    let article = match bounds::date_precision(date) {
        DatePrecision::Decade | DatePrecision::Century => "the ",
        DatePrecision::Season if plain.contains(" of ") => "the ",
        _ => "",
    };
    Some(format!("{article}{plain}"))
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
