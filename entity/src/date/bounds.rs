//! What follows from an EDTF expression: its first and last day and its precision.

use chrono::NaiveDate;
use edtf_core::{Bound, BoundDate, Date, DateField, Edtf, IntervalEndpoint, SetElement, YearKind};

use crate::kind::DatePrecision;

/// First and last day; none: unbounded or unknown.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Where in the text the first year outside 0001 to 9999 stands, if there is one.
pub(super) fn year_out_of_range(edtf: &Edtf, text: &str) -> Option<usize> {
    if !dates(edtf).into_iter().any(out_of_range) {
        return None;
    }
    let starts_year =
        |at: usize| at == 0 || text[..at].ends_with(['/', '[', '{', ',', '.', '?', '~', '%']);
    (0..text.len())
        .find(|&at| {
            starts_year(at)
                && (text[at..].starts_with(['-', 'Y']) || text[at..].starts_with("0000"))
        })
        .or(Some(0))
}

fn out_of_range(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { negative, digits } => negative || digits == [Some(0); 4],
        YearKind::Big { .. } | YearKind::Exponential { .. } => true,
    }
}

/// Every date that the expression names.
fn dates(edtf: &Edtf) -> Vec<&Date> {
    match edtf {
        Edtf::Date(date) => vec![date],
        Edtf::DateTime(moment) => vec![&moment.date],
        Edtf::Interval(interval) => [&interval.start, &interval.end]
            .into_iter()
            .filter_map(endpoint_date)
            .collect(),
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match element {
                SetElement::Date(date)
                | SetElement::OnOrBefore(date)
                | SetElement::OnOrAfter(date) => vec![date],
                SetElement::Range(first, last) => vec![first, last],
            })
            .collect(),
    }
}

fn endpoint_date(endpoint: &IntervalEndpoint) -> Option<&Date> {
    match endpoint {
        IntervalEndpoint::Date(date)
        | IntervalEndpoint::OnOrBefore(date)
        | IntervalEndpoint::OnOrAfter(date) => Some(date),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

/// First and last day that the expression can mean.
pub(super) fn bounds(edtf: &Edtf) -> Days {
    match edtf {
        Edtf::Date(date) => date_bounds(date),
        Edtf::DateTime(moment) => date_bounds(&moment.date),
        Edtf::Interval(interval) => (
            match &interval.start {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => {
                    date_bounds(date).0
                }
                IntervalEndpoint::OnOrBefore(_)
                | IntervalEndpoint::Open
                | IntervalEndpoint::Unknown => None,
            },
            match &interval.end {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => {
                    date_bounds(date).1
                }
                IntervalEndpoint::OnOrAfter(_)
                | IntervalEndpoint::Open
                | IntervalEndpoint::Unknown => None,
            },
        ),
        Edtf::Set(set) => {
            let elements: Vec<Days> = set.elements.iter().map(element_bounds).collect();
            // One unbounded element makes the whole unbounded: an option collects to none if any is none.
            let firsts: Option<Vec<NaiveDate>> = elements.iter().map(|days| days.0).collect();
            let lasts: Option<Vec<NaiveDate>> = elements.iter().map(|days| days.1).collect();
            (
                firsts.and_then(|days| days.into_iter().min()),
                lasts.and_then(|days| days.into_iter().max()),
            )
        }
    }
}

fn element_bounds(element: &SetElement) -> Days {
    match element {
        SetElement::Date(date) => date_bounds(date),
        SetElement::OnOrBefore(date) => (None, date_bounds(date).1),
        SetElement::OnOrAfter(date) => (date_bounds(date).0, None),
        SetElement::Range(first, last) => (date_bounds(first).0, date_bounds(last).1),
    }
}

fn date_bounds(date: &Date) -> Days {
    if year_unknown(date) {
        return (None, None);
    }
    let bounds = Edtf::Date(*date).bounds();
    (day(bounds.earliest), day(bounds.latest))
}

/// A year of which no digit is known is taken as unbounded, not as the years 0000 to 9999.
fn year_unknown(date: &Date) -> bool {
    matches!(
        date.year.kind,
        YearKind::Standard {
            digits: [None, None, None, None],
            ..
        }
    )
}

/// The day of a bound, held within the years 0001 to 9999: `000X` reaches below them and the winter of 9999 beyond.
fn day(bound: Bound) -> Option<NaiveDate> {
    let Bound::Date(BoundDate { year, month, day }) = bound else {
        return None;
    };
    match year {
        ..=0 => NaiveDate::from_ymd_opt(1, 1, 1),
        10_000.. => NaiveDate::from_ymd_opt(9999, 12, 31),
        _ => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month.into(), day.into()),
    }
}

/// How finely the expression, with these bounds, is known.
pub(super) fn precision(
    edtf: &Edtf,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
) -> DatePrecision {
    match edtf {
        _ if earliest.is_none() && latest.is_none() => DatePrecision::Unknown,
        Edtf::Date(date) => date_precision(date),
        Edtf::DateTime(_) => DatePrecision::Day,
        Edtf::Interval(_) | Edtf::Set(_) => DatePrecision::Range,
    }
}

/// Precision of a single date: its finest part that is known. Anything that is not one whole unit is a range.
pub(super) fn date_precision(date: &Date) -> DatePrecision {
    let YearKind::Standard { digits, .. } = date.year.kind else {
        return DatePrecision::Range;
    };
    if date.year.significant_digits.is_some() {
        return DatePrecision::Range;
    }
    match (
        digits.map(|digit| digit.is_some()),
        part(date.month),
        part(date.day),
    ) {
        ([true, true, true, true], Part::Known(_), Part::Known(_)) => DatePrecision::Day,
        ([true, true, true, true], Part::Known(1..=12), Part::Open) => DatePrecision::Month,
        ([true, true, true, true], Part::Known(_), Part::Open) => DatePrecision::Season,
        ([true, true, true, true], Part::Open, Part::Open) => DatePrecision::Year,
        ([true, true, true, false], Part::Open, Part::Open) => DatePrecision::Decade,
        ([true, true, false, false], Part::Open, Part::Open) => DatePrecision::Century,
        ([false, false, false, false], ..) => DatePrecision::Unknown,
        _ => DatePrecision::Range,
    }
}

/// What is known of a month or a day.
enum Part {
    Known(u8),
    Partly,
    Open,
}

fn part(field: Option<DateField>) -> Part {
    match field.map(|field| field.digits) {
        Some([Some(tens), Some(ones)]) => Part::Known(tens * 10 + ones),
        None | Some([None, None]) => Part::Open,
        Some(_) => Part::Partly,
    }
}
