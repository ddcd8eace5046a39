//! Dates of Wikidata: a point of time with a precision, a calendar, and qualifiers that bound or doubt it, as EDTF.

use chrono::NaiveDate;
use entity::date::HistoricalDate;
use serde_json::Value;

use super::circumstance::Circumstances;
use super::item::{Said, Snak, Statement};
use crate::write::DateDraft;

/// The Julian calendar; every other value means the Gregorian one.
const JULIAN: &str = "/Q1985786";

/// A date, and what is to be said of it beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub date: DateDraft,
    pub notes: Vec<String>,
}

/// What there is in place of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undated {
    /// There is one, and it is not known.
    Unknown,
    /// There is none.
    Nothing,
    /// It cannot be told here, for this reason.
    Untold(&'static str),
}

/// The date that a statement says, narrowed by its earliest and latest date (P1319, P1326).
pub(super) fn of_statement(statement: &Statement) -> Result<Dated, Undated> {
    let bound = |property: &str| {
        let mut snaks = statement.qualifiers(property).iter();
        snaks.find_map(|snak| of_snak(snak).ok())
    };
    let circumstances = Circumstances::of(statement);
    let value = of_snak(&statement.mainsnak);
    let (earliest, latest) = (bound("P1319"), bound("P1326"));
    let mut dated = match (value, between(earliest.as_ref(), latest.as_ref())) {
        (Ok(value), None) => Dated {
            date: DateDraft {
                edtf: value.date.edtf + circumstances.mark(),
                text: value.date.text,
            },
            notes: value.notes,
        },
        (Ok(value), Some(span)) => {
            let own = span_of(&value.date.edtf);
            let span = match (own, earliest.is_some() && latest.is_some()) {
                // Both bounds together are the better date, the value its middle.
                (_, true) => Some(span),
                (Some(own), false) => own.narrowed(span),
                (None, false) => None,
            };
            let own = value.date.edtf;
            match span {
                Some(span) => Dated {
                    date: span.date(),
                    notes: vec![format!("The value itself is {own}.")],
                },
                None => Dated {
                    date: DateDraft {
                        edtf: own + circumstances.mark(),
                        text: value.date.text,
                    },
                    notes: value.notes,
                },
            }
        }
        (Err(Undated::Unknown), Some(span)) => Dated {
            date: span.date(),
            notes: Vec::new(),
        },
        (Err(undated), _) => return Err(undated),
    };
    dated.notes.extend(circumstances.notes);
    Ok(dated)
}

/// The date that a snak says.
pub(super) fn of_snak(snak: &Snak) -> Result<Dated, Undated> {
    match snak.said() {
        Said::Value(value) => {
            let (edtf, text) = edtf(value).map_err(Undated::Untold)?;
            let notes = match &text {
                Some(_) => vec!["Converted from the Julian calendar.".to_owned()],
                None => Vec::new(),
            };
            let date = DateDraft { edtf, text };
            Ok(Dated { date, notes })
        }
        Said::Unknown => Err(Undated::Unknown),
        Said::Nothing => Err(Undated::Nothing),
    }
}

/// EDTF, and the source's wording where that is another.
fn edtf(value: &Value) -> Result<(String, Option<String>), &'static str> {
    const MALFORMED: &str = "it is no point of time as Wikidata writes them";
    let time = value.get("time").and_then(Value::as_str).ok_or(MALFORMED)?;
    let precision = value.get("precision").and_then(Value::as_u64);
    let precision = precision.ok_or(MALFORMED)?;
    let calendar = value.get("calendarmodel").and_then(Value::as_str);
    let is_julian = calendar.is_some_and(|model| model.ends_with(JULIAN));

    if time.starts_with('-') {
        return Err("it lies before the year 1, with which dates begin here");
    }
    let (day, _) = time.split_once('T').ok_or(MALFORMED)?;
    let mut parts = day
        .trim_start_matches('+')
        .split('-')
        .map(str::parse::<u32>);
    let mut part = || parts.next().and_then(Result::ok).ok_or(MALFORMED);
    let (year, month, day) = (part()?, part()?, part()?);
    if !(1..=9999).contains(&year) {
        return Err("its year is not one of 1 to 9999");
    }
    // What is finer than a day is told as the day; a day or month of 0 is not there, whatever the precision says.
    let told = match precision {
        11.. if month > 0 && day > 0 => {
            let written = format!("{year:04}-{month:02}-{day:02}");
            if is_julian {
                let day = from_julian(year, month, day).ok_or(MALFORMED)?;
                return Ok((
                    day.format("%Y-%m-%d").to_string(),
                    Some(format!("{written} (Julian calendar)")),
                ));
            }
            written
        }
        10.. if month > 0 => format!("{year:04}-{month:02}"),
        9.. => format!("{year:04}"),
        8 => format!("{:03}X", year / 10),
        // The 19th century ends with 1900.
        7 => format!("{:02}XX", (year - 1) / 100),
        _ => return Err("it is coarser than a century"),
    };
    HistoricalDate::parse(&told).map_err(|_| MALFORMED)?;
    Ok((told, None))
}

/// The Gregorian day of a Julian one.
fn from_julian(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let length = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Days are counted from March of the year -4800, so that leap days come last in a year.
    let before_march = u32::from(month <= 2);
    let years = year + 4800 - before_march;
    let months = month + 12 * before_march - 3;
    let julian_day = day + (153 * months + 2) / 5 + 365 * years + years / 4;
    let from_ce = i64::from(julian_day) - 32083 - 1_721_425;
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(from_ce).ok()?)
}

/// Some day between two dates, either of which may be open.
struct Span {
    earliest: Option<(String, NaiveDate)>,
    latest: Option<(String, NaiveDate)>,
}

impl Span {
    fn date(&self) -> DateDraft {
        let text = |bound: &Option<(String, NaiveDate)>| {
            bound.as_ref().map_or("", |(text, _)| text).to_owned()
        };
        let (earliest, latest) = (text(&self.earliest), text(&self.latest));
        let edtf = if earliest == latest {
            earliest
        } else {
            format!("[{earliest}..{latest}]")
        };
        DateDraft { edtf, text: None }
    }

    /// What lies in both, where that is less than this one.
    fn narrowed(self, other: Self) -> Option<Self> {
        let start = |span: &Self| span.earliest.as_ref().map(|(_, day)| *day);
        let end = |span: &Self| span.latest.as_ref().map(|(_, day)| *day);
        let later = start(&other) > start(&self) && start(&other) <= end(&self);
        let sooner = end(&other).is_some_and(|day| end(&self).is_some_and(|own| day < own))
            && end(&other) >= start(&self);
        (later || sooner).then_some(Self {
            earliest: if later { other.earliest } else { self.earliest },
            latest: if sooner { other.latest } else { self.latest },
        })
    }
}

fn between(earliest: Option<&Dated>, latest: Option<&Dated>) -> Option<Span> {
    let earliest = earliest.and_then(|dated| span_of(&dated.date.edtf)?.earliest);
    let latest = latest.and_then(|dated| span_of(&dated.date.edtf)?.latest);
    match (&earliest, &latest) {
        (None, None) => None,
        (Some((_, first)), Some((_, last))) if first > last => None,
        _ => Some(Span { earliest, latest }),
    }
}

/// From the first to the last day of a date; each is written as the date itself where that can stand in a set.
fn span_of(edtf: &str) -> Option<Span> {
    let date = HistoricalDate::parse(edtf).ok()?;
    let bound = |day: NaiveDate| {
        let text = if edtf.contains('X') {
            day.format("%Y").to_string()
        } else {
            edtf.to_owned()
        };
        (text, day)
    };
    Some(Span {
        earliest: date.earliest.map(bound),
        latest: date.latest.map(bound),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn time(text: &str, precision: u64, calendar: &str) -> Value {
        json!({"snaktype": "value", "datavalue": {"type": "time", "value": {
            "time": format!("{text}T00:00:00Z"), "precision": precision,
            "calendarmodel": format!("http://www.wikidata.org/entity/{calendar}"),
        }}})
    }

    const GREGORIAN: &str = "Q1985727";

    #[test]
    fn precisions_and_calendars() {
        let check = |text, precision, calendar, expected: Result<&str, &str>| {
            let snak = serde_json::from_value(time(text, precision, calendar)).expect("a snak");
            let told = of_snak(&snak).map(|dated| dated.date.edtf);
            let told = told.map_err(|undated| match undated {
                Undated::Untold(why) => why,
                _ => "no date",
            });
            assert_eq!(
                told.as_deref().map_err(|why| *why),
                expected,
                "{text} {precision}"
            );
        };
        check("+1985-04-02", 11, GREGORIAN, Ok("1985-04-02"));
        check("+1985-04-02", 14, GREGORIAN, Ok("1985-04-02"));
        check("+1985-04-00", 10, GREGORIAN, Ok("1985-04"));
        check("+1985-00-00", 9, GREGORIAN, Ok("1985"));
        check("+1985-00-00", 11, GREGORIAN, Ok("1985"));
        check("+00000001985-01-01", 9, GREGORIAN, Ok("1985"));
        check("+1985-00-00", 8, GREGORIAN, Ok("198X"));
        check("+1900-00-00", 7, GREGORIAN, Ok("18XX"));
        check("+1901-00-00", 7, GREGORIAN, Ok("19XX"));
        check("+2000-00-00", 7, GREGORIAN, Ok("19XX"));
        check("+0100-00-00", 7, GREGORIAN, Ok("00XX"));
        check(
            "+2000-00-00",
            6,
            GREGORIAN,
            Err("it is coarser than a century"),
        );
        check(
            "-0044-03-15",
            11,
            "Q1985786",
            Err("it lies before the year 1, with which dates begin here"),
        );
        check(
            "+12000-00-00",
            9,
            GREGORIAN,
            Err("its year is not one of 1 to 9999"),
        );
        check(
            "+1985-02-30",
            11,
            GREGORIAN,
            Err("it is no point of time as Wikidata writes them"),
        );
        check("+1917-10-25", 11, "Q1985786", Ok("1917-11-07"));
        check("+1582-10-04", 11, "Q1985786", Ok("1582-10-14"));
        check("+0004-02-29", 11, "Q1985786", Ok("0004-02-27"));
        check("+1900-02-29", 11, "Q1985786", Ok("1900-03-13"));
        check("+1917-10-00", 10, "Q1985786", Ok("1917-10"));
    }

    #[test]
    fn qualifiers() {
        let check = |value: Value, qualifiers: Value, edtf: &str| {
            let statement = json!({"mainsnak": value, "qualifiers": qualifiers});
            let statement = serde_json::from_value(statement).expect("a statement");
            let dated = of_statement(&statement).expect("a date");
            assert_eq!(dated.date.edtf, edtf);
            HistoricalDate::parse(edtf).expect("EDTF");
        };
        let year = |text: &str| time(&format!("+{text}-00-00"), 9, GREGORIAN);
        let item = |id: &str| json!({"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": id}}});
        let unknown = || json!({"snaktype": "somevalue"});
        check(year("1985"), json!([]), "1985");
        check(year("1985"), json!({"P1480": [item("Q5727902")]}), "1985~");
        check(year("1985"), json!({"P5102": [item("Q18122778")]}), "1985?");
        check(
            year("1985"),
            json!({"P1480": [item("Q5727902"), item("Q30230067")]}),
            "1985%",
        );
        check(
            unknown(),
            json!({"P1319": [year("1990")], "P1326": [year("1995")]}),
            "[1990..1995]",
        );
        check(unknown(), json!({"P1319": [year("1990")]}), "[1990..]");
        check(unknown(), json!({"P1326": [year("1995")]}), "[..1995]");
        check(
            year("1992"),
            json!({"P1319": [year("1990")], "P1326": [year("1995")]}),
            "[1990..1995]",
        );
        check(year("1992"), json!({"P1319": [year("1990")]}), "1992");
        check(
            time("+1980-00-00", 8, GREGORIAN),
            json!({"P1319": [year("1984")]}),
            "[1984..1989]",
        );
        check(
            time("+1900-00-00", 7, GREGORIAN),
            json!({"P1326": [year("1850")]}),
            "[1800..1850]",
        );
        check(
            year("1992"),
            json!({"P1319": [year("1995")], "P1326": [year("1990")]}),
            "1992",
        );
        check(
            year("1985"),
            json!({"P1319": [year("1985")], "P1326": [year("1985")]}),
            "1985",
        );
    }
}
