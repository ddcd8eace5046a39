//! Days as sources know them: some to the day, many only to the year.

use chrono::{Datelike, Days, NaiveDate};

use super::random::Random;
use crate::write::DateDraft;

/// How finely a date is told.
#[derive(Clone, Copy)]
enum Known {
    Day,
    Month,
    Year,
    About,
    Perhaps,
    Season,
    Decade,
    OneOf,
    Never,
}

/// Of a thousand dates: the proportions of `ParlGov`, and a few of every kind that it does not have.
const KNOWN: [(u32, Known); 9] = [
    (575, Known::Day),
    (90, Known::Month),
    (305, Known::Year),
    (12, Known::About),
    (6, Known::Perhaps),
    (2, Known::Season),
    (3, Known::Decade),
    (5, Known::OneOf),
    (2, Known::Never),
];

/// The day as some source tells it. What is told always has the day within it.
pub(super) fn told(random: &mut Random, day: NaiveDate) -> DateDraft {
    let (year, month) = (day.year(), day.month());
    let edtf = match random.weighted(&KNOWN) {
        Known::Day => day.to_string(),
        Known::Month => format!("{year:04}-{month:02}"),
        Known::Year => format!("{year:04}"),
        Known::About => format!("{year:04}~"),
        Known::Perhaps => format!("{year:04}?"),
        // The seasons of EDTF have no half of the earth: the quarters of the year do.
        Known::Season => format!("{year:04}-{}", 33 + month.saturating_sub(1) / 3),
        Known::Decade => format!("{:03}X", year / 10),
        Known::OneOf => {
            let first = year - random.between(1, 3);
            format!("[{first:04}..{:04}]", year + random.between(1, 2))
        }
        Known::Never => "XXXX".to_owned(),
    };
    DateDraft { edtf, text: None }
}

/// The same, where sources do not always tell it.
pub(super) fn perhaps(random: &mut Random, percent: u32, day: NaiveDate) -> Option<DateDraft> {
    random.percent(percent).then(|| told(random, day))
}

pub(super) fn day_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// The last day that anything happens on.
pub(super) fn last_day() -> NaiveDate {
    day_of(2025)
}

pub(super) fn later(day: NaiveDate, days: u32) -> NaiveDate {
    let day = day.checked_add_days(Days::new(days.into()));
    day.unwrap_or_default().min(last_day())
}

pub(super) fn earlier(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into()))
        .unwrap_or_default()
}

/// A day of the stretch from one to the other.
pub(super) fn within(random: &mut Random, from: NaiveDate, until: NaiveDate) -> NaiveDate {
    let days = u32::try_from((until - from).num_days()).unwrap_or_default();
    later(from, random.below(days + 1))
}
