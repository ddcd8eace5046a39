//! Dates of ParlGov: every one is written as a day, which is made up where the day is not known. `1990-07-01` stands for
//! the year and the first of another month for the month, unless `data_json` says `date_as_is`.

use chrono::NaiveDate;
use entity::date::HistoricalDate;
use serde_json::{Map, Value};

use crate::import::Import;
use crate::import::report::Report;
use crate::import::table::Row;
use crate::write::DateDraft;

/// How finely a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Day,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    day: NaiveDate,
    pub written: Written,
    /// The day is a real one, though it looks made up.
    pub as_is: bool,
}

impl Date {
    /// Reads `1990-07-01`; none: it is no day.
    pub fn read(text: &str, as_is: bool) -> Option<Self> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        let written = match text.get(4..)? {
            _ if text.len() != 10 => return None,
            "-07-01" => Written::Year,
            rest if rest.ends_with("-01") => Written::Month,
            _ => Written::Day,
        };
        let as_is = as_is && written != Written::Day;
        Some(Self {
            day,
            written,
            as_is,
        })
    }

    pub fn edtf(self) -> String {
        let format = match self.written {
            Written::Year if !self.as_is => "%Y",
            Written::Month if !self.as_is => "%Y-%m",
            _ => "%Y-%m-%d",
        };
        self.day.format(format).to_string()
    }

    pub fn draft(self) -> DateDraft {
        DateDraft {
            edtf: self.edtf(),
            text: None,
        }
    }

    pub fn year(self) -> String {
        self.day.format("%Y").to_string()
    }

    /// The month in words, with the year.
    pub fn month(self) -> String {
        self.day.format("%B %Y").to_string()
    }

    /// The day that is written, made up or not.
    pub const fn day(self) -> NaiveDate {
        self.day
    }

    /// Whether none of the days that it may mean comes as late as one of the other's.
    pub fn is_before(self, other: Self) -> bool {
        let bounds = |date: Self| HistoricalDate::parse(&date.edtf()).ok();
        let (Some(this), Some(that)) = (bounds(self), bounds(other)) else {
            return false;
        };
        this.latest < that.earliest
    }
}

/// What a row's column `data_json` says; what cannot be read is refused.
pub(super) fn data_json(import: &mut Import<'_>, row: &Row) -> Map<String, Value> {
    match row.filled("data_json").map(serde_json::from_str) {
        None | Some(Ok(Value::Null)) => Map::new(),
        Some(Ok(Value::Object(data))) => data,
        Some(Ok(_)) => {
            import.refuse(row.fault("data_json", r#"this is no object, as in {"key": "value"}"#));
            Map::new()
        }
        Some(Err(error)) => {
            import.refuse(row.fault("data_json", format!("this is no JSON: {error}")));
            Map::new()
        }
    }
}

/// Whether the row's dates are real days.
pub(super) fn is_as_is(data: &Map<String, Value>) -> bool {
    data.get("date_as_is").and_then(Value::as_bool) == Some(true)
}

/// The date in a column; none: the column is empty, or, which is refused, holds something else.
pub(super) fn in_column(
    import: &mut Import<'_>,
    row: &Row,
    column: &str,
    as_is: bool,
) -> Option<Date> {
    let text = row.filled(column)?;
    let date = Date::read(text, as_is);
    if date.is_none() {
        let message = format!("`{text}` is no date; write year, month and day, as in 1990-07-01");
        import.refuse(row.fault(column, message));
    }
    date
}

/// How finely dates are written.
#[derive(Debug, Default)]
pub(super) struct Precisions {
    days: usize,
    months: usize,
    years: usize,
    none: usize,
    as_is: usize,
}

impl Precisions {
    pub fn of(dates: impl Iterator<Item = Option<Date>>) -> Self {
        let mut precisions = Self::default();
        for date in dates {
            let Some(date) = date else {
                precisions.none += 1;
                continue;
            };
            match date.written {
                Written::Day => precisions.days += 1,
                Written::Month => precisions.months += 1,
                Written::Year => precisions.years += 1,
            }
            precisions.as_is += usize::from(date.as_is);
        }
        precisions
    }

    pub fn carry(&self, report: &mut Report, what: &str) {
        report.carry(&format!("{what} with a day"), self.days);
        report.carry(
            &format!("{what} with a month, written as its first day"),
            self.months,
        );
        report.carry(
            &format!("{what} with a year, written as its 1 July"),
            self.years,
        );
        report.carry(&format!("{what} without a date"), self.none);
        report.carry(
            &format!("{what} among those months and years that are days, as `date_as_is` says"),
            self.as_is,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_made_up() {
        let check = |text: &str, as_is, edtf: Option<&str>| {
            let date = Date::read(text, as_is);
            assert_eq!(date.map(Date::edtf).as_deref(), edtf, "{text}");
        };
        check("1990-07-01", false, Some("1990"));
        check("1990-07-01", true, Some("1990-07-01"));
        check("1990-03-01", false, Some("1990-03"));
        check("1990-03-01", true, Some("1990-03-01"));
        check("1990-01-01", false, Some("1990-01"));
        check("1990-07-02", false, Some("1990-07-02"));
        check("0999-07-01", false, Some("0999"));
        check("1990-7-1", false, None);
        check("1990-02-30", false, None);
        check("1990", false, None);
        check("", false, None);
    }

    #[test]
    fn surely_before() {
        let check = |one: &str, other: &str, before| {
            let date = |text| Date::read(text, false).unwrap();
            assert_eq!(date(one).is_before(date(other)), before, "{one} {other}");
        };
        check("1990-07-01", "1991-03-01", true);
        check("1990-07-01", "1990-11-05", false);
        check("1990-11-04", "1990-11-05", true);
        check("1990-11-05", "1990-11-05", false);
    }
}
