//! Dates as people and spreadsheets write them, read as EDTF.

use entity::date::HistoricalDate;

use crate::write::DateDraft;

/// What stands before an estimate. The ones that are words need a space after them.
const ABOUT: [&str; 9] = [
    "~", "≈", "ca.", "c.", "ca ", "c ", "circa ", "about ", "around ",
];
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
];

/// Nothing but that there was such a day.
const UNKNOWN: &str = "XXXX";

/// Reads a date: EDTF, and what else can mean only one thing. Its wording is kept where EDTF says it otherwise.
///
/// # Errors
/// Says why it cannot be understood, and how to write it.
pub(super) fn read(text: &str) -> Result<DateDraft, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let about = ABOUT.iter().find_map(|about| lower.strip_prefix(about));
    let plain = plain(about.unwrap_or(&lower).trim());
    let edtf = plain.unwrap_or_else(|| match about {
        Some(rest) => rest.trim().to_uppercase(),
        None => text.clone(),
    });
    let edtf = match about {
        Some(_) => estimated(&edtf),
        None => edtf,
    };
    if let Err(error) = HistoricalDate::parse(&edtf) {
        return Err(if is_ambiguous(&text) {
            format!("`{text}` does not tell which number is the month; write it as in 2011-04-21")
        } else {
            format!("`{text}` is {error}; write it as in 2011, 2011-04 or c. 1985")
        });
    }
    let text = is_worded(&text, &edtf).then_some(text);
    Ok(DateDraft { edtf, text })
}

/// The same date as an estimate, where such a date can be one.
pub(super) fn estimated(edtf: &str) -> String {
    let estimate = format!("{edtf}~");
    match HistoricalDate::parse(&estimate) {
        Ok(date) if date.approximate => estimate,
        _ => edtf.to_owned(),
    }
}

/// What is no EDTF yet, as EDTF; none: it is not one of these forms.
fn plain(text: &str) -> Option<String> {
    if text == "?" || text == "unknown" {
        return Some(UNKNOWN.to_owned());
    }
    decimal(text)
        .or_else(|| decade(text))
        .or_else(|| numbers(text))
        .or_else(|| between(text))
        .or_else(|| named_month(text))
}

/// "1986.5" is somewhere within the year, and "1986.0" what programs make of a year.
fn decimal(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('.')?;
    (is_year(year) && is_number(rest)).then(|| year.to_owned())
}

/// "1980s"; "1900s" may be ten years or a hundred, so that it is a hundred.
fn decade(text: &str) -> Option<String> {
    let year = text.strip_suffix('s')?.trim_end_matches(['\'', '’']);
    if !is_year(year) || !year.ends_with('0') {
        return None;
    }
    let known = year.strip_suffix("00").or(year.strip_suffix('0'))?;
    Some(format!("{known:X<4}"))
}

/// Year, month and day in this order, also with a time of day, without leading zeros, or with zeros for what is not
/// known.
fn numbers(text: &str) -> Option<String> {
    let date = match text.split_once(['t', ' ']) {
        Some((date, time))
            if time.starts_with(|it: char| it.is_ascii_digit()) && time.contains(':') =>
        {
            date
        }
        Some(_) => return None,
        None => text,
    };
    let mark = date.chars().find(|it| ['-', '/', '.'].contains(it))?;
    let parts: Vec<&str> = date.split(mark).collect();
    let (year, month, day) = match parts[..] {
        [year, month] if mark == '-' => (year, month, "0"),
        [year, month, day] => (year, month, day),
        _ => return None,
    };
    let small = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let (month, day) = (small(month)?, small(day)?);
    if !is_year(year) || !is_number(parts[1]) {
        return None;
    }
    match (month, day) {
        (0, 0) => Some(year.to_owned()),
        (1..=12, 0) => Some(format!("{year}-{month:02}")),
        (1..=12, 1..=31) => Some(format!("{year}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// "1986-1988", one of these years.
fn between(text: &str) -> Option<String> {
    let (first, last) = text.split_once(['-', '–', '—'])?;
    let (first, last) = (first.trim(), last.trim());
    (is_year(first) && is_year(last) && first < last).then(|| format!("[{first}..{last}]"))
}

/// "April 2011", "21 April 2011", "April 21, 2011", and months by their first three letters.
fn named_month(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split([' ', ','])
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let (day, name, year) = match words[..] {
        [name, year] => (None, name, year),
        [first, second, year] if is_number(first) => (Some(first), second, year),
        [first, second, year] => (Some(second), first, year),
        _ => return None,
    };
    let is_name = |month: &&str| *month == name || name.len() >= 3 && month.starts_with(name);
    let month = MONTHS.iter().position(is_name)? + 1;
    if !is_year(year) {
        return None;
    }
    let Some(day) = day else {
        return Some(format!("{year}-{month:02}"));
    };
    let ending = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|it| day.strip_suffix(it));
    let day: u8 = ending.unwrap_or(day).parse().ok()?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text)
}

/// "3/4/2011", which is in March or in April.
fn is_ambiguous(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    matches!(parts[..], [first, second, year] if is_number(first) && is_number(second) && is_number(year))
        && !parts.first().is_some_and(|first| is_year(first))
}

/// Whether the text says something that its EDTF does not; numbers written otherwise say the same.
fn is_worded(text: &str, edtf: &str) -> bool {
    let has_letters =
        text.contains(|it: char| it.is_alphabetic() && !['T', 'Z', 'X'].contains(&it));
    let is_rounded = |(_, rest): (&str, &str)| rest.bytes().any(|it| it != b'0');
    let says_more = match text.split_once('.') {
        Some(parts) if is_year(parts.0) && is_number(parts.1) => is_rounded(parts),
        _ => edtf == UNKNOWN || edtf.starts_with('[') && !text.starts_with('['),
    };
    text != edtf && (has_letters || says_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_understood() {
        let check = |text: &str, edtf: &str, wording: Option<&str>| {
            let date = read(text).expect(text);
            assert_eq!(
                (&*date.edtf, date.text.as_deref()),
                (edtf, wording),
                "{text}"
            );
        };
        check("2011", "2011", None);
        check(" 2011-04-21 ", "2011-04-21", None);
        check("2011-4", "2011-04", None);
        check("2011/4/1", "2011-04-01", None);
        check("2011-04-21T00:00:00Z", "2011-04-21", None);
        check("2011-04-21 00:00", "2011-04-21", None);
        check("2011-04-00", "2011-04", None);
        check("2011-00-00", "2011", None);
        check("1986.0", "1986", None);
        check("1986.5", "1986", Some("1986.5"));
        check("c. 1986", "1986~", Some("c. 1986"));
        check("~1986", "1986~", None);
        check("circa April 1986", "1986-04~", Some("circa April 1986"));
    }

    #[test]
    fn words_and_ranges() {
        let check = |text: &str, edtf: &str| {
            let date = read(text).expect(text);
            assert_eq!(
                (&*date.edtf, date.text.as_deref()),
                (edtf, Some(text)),
                "{text}"
            );
        };
        check("1980s", "198X");
        check("1900s", "19XX");
        check("1986–1988", "[1986..1988]");
        check("April 2011", "2011-04");
        check("Sept. 2011", "2011-09");
        check("21 April 2011", "2011-04-21");
        check("April 1st, 2011", "2011-04-01");
        check("?", "XXXX");
    }

    #[test]
    fn edtf_stays_as_it_is() {
        for text in [
            "198X",
            "1986~",
            "1986?",
            "[1990..1995]",
            "2001-21",
            "../2014",
            "2011-06/2013",
        ] {
            assert_eq!(read(text).expect(text).edtf, text);
        }
    }

    #[test]
    fn what_is_not_understood() {
        let check = |text: &str, told: &str| assert_eq!(read(text).expect_err(text), told);
        check(
            "3/4/2011",
            "`3/4/2011` does not tell which number is the month; write it as in 2011-04-21",
        );
        check(
            "later",
            "`later` is not an EDTF date: year must have exactly four digits (or X) at character 1; write it as in 2011, 2011-04 or c. 1985",
        );
        for text in [
            "198",
            "2011-02-30",
            "2011-13",
            "1988-1986",
            "0000",
            "x 2011",
            "31 April 2011",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
