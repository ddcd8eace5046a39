//! Dates as one table, and what holds for every date.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::{DateError, HistoricalDate, NO_DATE_ORDER};

/// Text; first and last day; precision; `~`, `?` or both if flagged; in words.
#[rustfmt::skip]
const DATES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("2011-04-11", "2011-04-11", "2011-04-11", "DAY", "", "11 April 2011"),
    ("0987-01-02", "0987-01-02", "0987-01-02", "DAY", "", "2 January 987"),
    ("2011-04", "2011-04-01", "2011-04-30", "MONTH", "", "April 2011"),
    ("2011-04-XX", "2011-04-01", "2011-04-30", "MONTH", "", "April 2011"),
    ("2015", "2015-01-01", "2015-12-31", "YEAR", "", "2015"),
    ("2015-XX", "2015-01-01", "2015-12-31", "YEAR", "", "2015"),
    ("2015-XX-XX", "2015-01-01", "2015-12-31", "YEAR", "", "2015"),
    ("2001-21", "2001-03-01", "2001-05-31", "SEASON", "", "spring 2001"),
    ("2001-24", "2001-12-01", "2002-02-28", "SEASON", "", "winter 2001"),
    ("9999-24", "9999-12-01", "9999-12-31", "SEASON", "", "winter 9999"),
    ("2001-31", "2001-03-01", "2001-05-31", "SEASON", "", "southern autumn 2001"),
    ("2001-34", "2001-04-01", "2001-06-30", "SEASON", "", "second quarter of 2001"),
    ("2001-41", "2001-07-01", "2001-12-31", "SEASON", "", "second half of 2001"),
    ("198X", "1980-01-01", "1989-12-31", "DECADE", "", "1980s"),
    ("000X", "0001-01-01", "0009-12-31", "DECADE", "", "000X"),
    ("19XX", "1900-01-01", "1999-12-31", "CENTURY", "", "20th century"),
    ("20XX", "2000-01-01", "2099-12-31", "CENTURY", "", "21st century"),
    ("10XX", "1000-01-01", "1099-12-31", "CENTURY", "", "11th century"),
    ("1985~", "1985-01-01", "1985-12-31", "YEAR", "~", "about 1985"),
    ("1985?", "1985-01-01", "1985-12-31", "YEAR", "?", "1985 (uncertain)"),
    ("1985%", "1985-01-01", "1985-12-31", "YEAR", "~?", "about 1985 (uncertain)"),
    ("198X~", "1980-01-01", "1989-12-31", "DECADE", "~", "about the 1980s"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "DAY", "~", "about 11 June 2004"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", "DAY", "~?", "about 11 June 2004 (uncertain)"),
    ("1964/1970", "1964-01-01", "1970-12-31", "RANGE", "", "1964 to 1970"),
    ("1964~/1970-05?", "1964-01-01", "1970-05-31", "RANGE", "~?", "about 1964 to May 1970 (uncertain)"),
    ("1964/..", "1964-01-01", "", "RANGE", "", "from 1964"),
    ("1964/", "1964-01-01", "", "RANGE", "", "from 1964, end unknown"),
    ("../1970", "", "1970-12-31", "RANGE", "", "until 1970"),
    ("198X/..", "1980-01-01", "", "RANGE", "", "from the 1980s"),
    ("[19XX,2001-33]", "1900-01-01", "2001-03-31", "RANGE", "", "20th century or first quarter of 2001"),
    ("/1970", "", "1970-12-31", "RANGE", "", "until 1970, start unknown"),
    ("XXXX/1970", "", "1970-12-31", "RANGE", "", "XXXX/1970"),
    ("[1990..1995]", "1990-01-01", "1995-12-31", "RANGE", "", "between 1990 and 1995"),
    ("{1990..1995}", "1990-01-01", "1995-12-31", "RANGE", "", "1990 to 1995"),
    ("[1990,1992,1995]", "1990-01-01", "1995-12-31", "RANGE", "", "1990, 1992 or 1995"),
    ("{1990,1995-04}", "1990-01-01", "1995-04-30", "RANGE", "", "1990 and April 1995"),
    ("[..1995]", "", "1995-12-31", "RANGE", "", "1995 or earlier"),
    ("[1990..]", "1990-01-01", "", "RANGE", "", "1990 or later"),
    ("[1990,1992..1995]", "1990-01-01", "1995-12-31", "RANGE", "", "[1990,1992..1995]"),
    ("[1990,XXXX]", "", "", "UNKNOWN", "", "[1990,XXXX]"),
    ("1XXX", "1000-01-01", "1999-12-31", "RANGE", "", "1XXX"),
    ("2011-1X", "2011-10-01", "2011-12-31", "RANGE", "", "2011-1X"),
    ("2011-XX-11", "2011-01-11", "2011-12-11", "RANGE", "", "2011-XX-11"),
    ("198X-02-29", "1980-02-29", "1988-02-29", "RANGE", "", "198X-02-29"),
    ("1950S2", "1900-01-01", "1999-12-31", "RANGE", "", "1950S2"),
    ("XXXX", "", "", "UNKNOWN", "", "date unknown"),
    ("XXXX-12-25", "", "", "UNKNOWN", "", "XXXX-12-25"),
];

#[test]
fn dates_mean_what_they_say() {
    for &(text, earliest, latest, precision, flags, words) in DATES {
        let date = HistoricalDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        let flagged = [(date.approximate, "~"), (date.uncertain, "?")]
            .map(|(set, flag)| if set { flag } else { "" });
        let (first, last) = (day(date.earliest), day(date.latest));
        let spoken = date.display("en");
        assert_eq!(
            (
                first.as_str(),
                last.as_str(),
                date.precision.as_str(),
                flagged.concat().as_str(),
                spoken.as_str()
            ),
            (earliest, latest, precision, flags, words),
            "{text}"
        );
    }
}

/// Text, characters before the fault, what is wrong.
#[rustfmt::skip]
const FAULTS: &[(&str, usize, &str)] = &[
    ("", 0, "no text, where a date such as 2011-04 is expected"),
    ("  ", 2, "no text, where a date such as 2011-04 is expected"),
    ("0000", 0, "a year outside 0001 to 9999"),
    (" 1964/Y12345", 6, "a year outside 0001 to 9999"),
    ("-0044", 0, "a year outside 0001 to 9999"),
    ("[-0044..1964]", 1, "a year outside 0001 to 9999"),
    ("2011-04-11T10:00:00", 10, "a time of day, where a date ends with the day"),
];

#[test]
fn faults_are_told_with_their_place() {
    for &(text, position, message) in FAULTS {
        let error = DateError {
            position,
            message: message.to_owned(),
        };
        assert_eq!(HistoricalDate::parse(text), Err(error), "{text:?}");
    }
    for (text, position) in [
        ("c. 1964", 2),
        ("1964/?", 5),
        ("1985-13", 5),
        ("1985-02-30", 8),
        ("1985–86", 4),
    ] {
        let error = HistoricalDate::parse(text).unwrap_err();
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn dates_sort_by_first_day_then_last_day_then_fineness() {
    let sorted =
        "../1970 196X~ 1964-01-01 1964-01 1964 1964/1964 1964/.. 1964-02 1965 9999-24 XXXX";
    let parsed = |text| HistoricalDate::parse(text).unwrap();
    let mut dates: Vec<_> = sorted.split(' ').rev().map(parsed).collect();
    dates.sort_by_key(HistoricalDate::order);
    let dates: Vec<_> = dates.iter().map(ToString::to_string).collect();
    assert_eq!(dates.join(" "), sorted);
}

/// A day, and a text that can mean it: digits masked from the right, parts left out, doubts added.
fn day_and_text() -> impl Strategy<Value = (NaiveDate, String)> {
    let day = (1..=9999_i32, 1..=366_u32).prop_filter_map("a leap day", |(year, day)| {
        NaiveDate::from_yo_opt(year, day)
    });
    (day, 0..=7_usize, 1..=3_usize, "[~?%]?").prop_map(|(day, masked, parts, doubt)| {
        let mut digits =
            format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()).into_bytes();
        let used = [4, 6, 8][parts - 1];
        for digit in digits[..used].iter_mut().rev().take(masked.min(used)) {
            *digit = b'X';
        }
        let text = String::from_utf8(digits).unwrap();
        let text = [&text[..4], &text[4..6], &text[6..]][..parts].join("-");
        (day, text + &doubt)
    })
}

/// Any text made of what EDTF is made of.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9X]{4}(-[0-3][0-9X](-[0-3][0-9X])?)?[~?%]?",
        "([0-2][0-9]{3}(-(0[1-9]|2[1-4]))?[~?%]?|\\.\\.)?/([0-2][0-9]{3}[~?%]?|\\.\\.)?",
        "[\\[{](\\.\\.)?[12][0-9]{3}((,|\\.\\.)[12][0-9]{3}){0,3}[\\]}]",
        "[-0-9XYES~?%./,\\[\\]{} T]{0,12}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn what_is_parsed_is_printed_as_given(text in any_text()) {
        match HistoricalDate::parse(&text) {
            Ok(date) => {
                prop_assert_eq!(date.to_string(), text.trim());
                prop_assert_eq!(HistoricalDate::parse(&date.edtf), Ok(date.clone()));
                prop_assert!(!date.display("en").is_empty());
                prop_assert!(date.earliest.is_none() || date.latest.is_none() || date.earliest <= date.latest);
                prop_assert!([date.earliest, date.latest].iter().flatten().all(|day| (1..=9999).contains(&day.year())));
            }
            Err(error) => prop_assert!(error.position <= text.chars().count()),
        }
    }

    #[test]
    fn bounds_contain_every_day_that_is_meant((day, text) in day_and_text()) {
        let date = HistoricalDate::parse(&text).unwrap();
        prop_assert!(date.earliest.is_none_or(|first| first <= day), "{} before {:?}", text, date.earliest);
        prop_assert!(date.latest.is_none_or(|last| day <= last), "{} after {:?}", text, date.latest);
    }

    #[test]
    fn the_order_is_that_of_days_then_fineness(a in any_text(), b in any_text()) {
        let (Ok(a), Ok(b)) = (HistoricalDate::parse(&a), HistoricalDate::parse(&b)) else { return Ok(()) };
        // None sorts first by itself; an unbounded end comes last, and so does what says nothing at all.
        let key = |date: &HistoricalDate| {
            let nothing = date.earliest.is_none() && date.latest.is_none();
            (nothing, date.earliest, date.latest.is_none(), date.latest, date.precision)
        };
        prop_assert_eq!(a.order().cmp(&b.order()), key(&a).cmp(&key(&b)));
        prop_assert!(a.order() < NO_DATE_ORDER);
    }
}
