//! Dates as people write them, in English words or in figures, as EDTF.

use entity::date::HistoricalDate;

use crate::write::DateDraft;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// By their EDTF numbers.
const SEASONS: [(&str, u32); 5] = [
    ("spring", 21),
    ("summer", 22),
    ("autumn", 23),
    ("fall", 23),
    ("winter", 24),
];
const ABOUT: [&str; 9] = [
    "c",
    "ca",
    "circa",
    "about",
    "around",
    "approximately",
    "approx",
    "roughly",
    "~",
];
const PERHAPS: [&str; 4] = ["probably", "possibly", "perhaps", "presumably"];
/// What comes after these is no date of what is told, but a bound of it.
const BOUNDS: [&str; 7] = ["before", "after", "until", "till", "by", "since", "from"];

/// Why a text says no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undated {
    /// There is none in it.
    None,
    /// There are several that cannot be the same.
    Several,
    /// It says what the date is not later or earlier than.
    Bound,
}

impl Undated {
    pub fn message(self) -> &'static str {
        match self {
            Self::None => "there is no date in it",
            Self::Several => "it names several dates, and which of them is meant is not sure",
            Self::Bound => "it bounds a date and does not name it",
        }
    }
}

/// The one date that a text names, with the text as its wording.
pub(super) fn date(text: &str) -> Result<DateDraft, Undated> {
    let tokens = tokens(text);
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        let Some((edtf, length)) = read(rest) else {
            at += 1;
            continue;
        };
        let before = tokens.get(..at).and_then(<[String]>::last);
        let word = before.map_or("", String::as_str);
        if BOUNDS.contains(&word) {
            return Err(Undated::Bound);
        }
        let after: Vec<&str> = tokens
            .iter()
            .skip(at + length)
            .map(String::as_str)
            .collect();
        let doubtful =
            PERHAPS.contains(&word) || after.starts_with(&["?"]) || after.starts_with(&["(", "?"]);
        let mark = match (ABOUT.contains(&word), doubtful) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        // A set has no doubts as a whole.
        let mark = if edtf.starts_with('[') { "" } else { mark };
        found.push(edtf + mark);
        at += length;
    }
    let finest = found.iter().min_by_key(|edtf| length_of(edtf));
    let edtf = finest.ok_or(Undated::None)?;
    if !found.iter().all(|other| lies_in(edtf, other)) {
        return Err(Undated::Several);
    }
    let text = text.trim();
    Ok(DateDraft {
        edtf: edtf.clone(),
        text: (text != edtf).then(|| text.to_owned()),
    })
}

/// Days that a date spans.
fn length_of(edtf: &str) -> i64 {
    let date = HistoricalDate::parse(edtf).ok();
    let days = date.and_then(|date| Some((date.latest? - date.earliest?).num_days()));
    days.unwrap_or(i64::MAX)
}

fn lies_in(inner: &str, outer: &str) -> bool {
    let (Ok(inner), Ok(outer)) = (HistoricalDate::parse(inner), HistoricalDate::parse(outer))
    else {
        return false;
    };
    outer.earliest <= inner.earliest && inner.latest <= outer.latest
}

/// Runs of letters and digits in lower case, and each other character that is neither space nor full stop.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut in_word = false;
    for character in text.chars() {
        if character.is_alphanumeric() {
            match tokens.last_mut().filter(|_| in_word) {
                Some(word) => word.extend(character.to_lowercase()),
                None => tokens.push(character.to_lowercase().collect()),
            }
            in_word = true;
        } else {
            in_word = false;
            match character {
                '–' | '—' | '‐' | '‑' | '−' => tokens.push("-".to_owned()),
                _ if character.is_whitespace() || character == '.' => {}
                _ => tokens.push(character.to_string()),
            }
        }
    }
    tokens
}

/// The date that tokens begin with, and how many they are.
fn read(tokens: &[String]) -> Option<(String, usize)> {
    let words: Vec<&str> = tokens.iter().take(8).map(String::as_str).collect();
    let (edtf, length) = match words.as_slice() {
        [y, "-", m, "-", d, ..] if year(y).is_some() && two(m) && two(d) => {
            (format!("{y}-{m}-{d}"), 5)
        }
        [y, "-", m, ..] if year(y).is_some() && two(m) && is_month_number(y, m) => {
            (format!("{y}-{m}"), 3)
        }
        [d, m, ",", y, ..] if day(d).is_some() && month(m).is_some() && year(y).is_some() => {
            (full(y, m, d)?, 4)
        }
        [d, m, y, ..] if day(d).is_some() && month(m).is_some() && year(y).is_some() => {
            (full(y, m, d)?, 3)
        }
        [d, "of", m, y, ..] | [m, d, ",", y, ..]
            if day(d).is_some() && month(m).is_some() && year(y).is_some() =>
        {
            (full(y, m, d)?, 4)
        }
        [m, d, y, ..] if day(d).is_some() && month(m).is_some() && year(y).is_some() => {
            (full(y, m, d)?, 3)
        }
        [m, "," | "of", y, ..] if year(y).is_some() => (part_of(y, m)?, 3),
        [m, y, ..] if year(y).is_some() && part_of(y, m).is_some() => (part_of(y, m)?, 2),
        ["between", from, "and", to, ..] if year(from) < year(to) && year(from).is_some() => {
            (format!("[{from}..{to}]"), 4)
        }
        [from, "-" | "/", to, ..] if year(from).is_some() && range_end(from, to).is_some() => {
            (format!("[{from}..{}]", range_end(from, to)?), 3)
        }
        [number, "century", ..] => (century(number)?, 2),
        [decade, "'" | "’", "s", ..] if year(decade).is_some() && decade.ends_with('0') => {
            (format!("{}X", decade.get(..3)?), 3)
        }
        [decade, ..] if decade.strip_suffix('s').and_then(year).is_some() => {
            (format!("{}X", decade.get(..3)?), 1)
        }
        [y, ..] if year(y).is_some() => ((*y).to_owned(), 1),
        _ => return None,
    };
    HistoricalDate::parse(&edtf).ok()?;
    Some((edtf, length))
}

/// A year of four digits.
fn year(word: &str) -> Option<u32> {
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse()
        .ok()
        .filter(|year| is_year && (1000..2200).contains(year))
}

fn two(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two digits after a year are a month, and not the end of a range: 1990-91 is one, 2009-06 is not.
fn is_month_number(year: &str, digits: &str) -> bool {
    let number: u32 = digits.parse().unwrap_or(0);
    (1..=12).contains(&number) && range_end(year, digits).is_none()
}

/// The year that a range of years ends with.
fn range_end(from: &str, to: &str) -> Option<String> {
    let end = match to.len() {
        4 => to.to_owned(),
        2 => format!("{}{to}", from.get(..2)?),
        _ => return None,
    };
    let (start, last) = (year(from)?, year(&end)?);
    (start < last && (to.len() == 4 || last - start < 50)).then_some(end)
}

fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let suffix = word.strip_prefix(digits)?;
    if !["", "st", "nd", "rd", "th"].contains(&suffix) {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<u32> {
    let index = MONTHS.iter().position(|month| {
        *month == word
            || word.len() == 3 && month.starts_with(word)
            || word == "sept" && *month == "september"
    })?;
    u32::try_from(index + 1).ok()
}

fn full(year: &str, name: &str, of_month: &str) -> Option<String> {
    Some(format!("{year}-{:02}-{:02}", month(name)?, day(of_month)?))
}

/// A month or a season of a year.
fn part_of(year: &str, word: &str) -> Option<String> {
    let season = SEASONS.iter().find(|(season, _)| *season == word);
    let number = month(word).or(season.map(|(_, number)| *number))?;
    Some(format!("{year}-{number:02}"))
}

fn century(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: u32 = digits.parse().ok()?;
    (1..=21)
        .contains(&number)
        .then(|| format!("{:02}XX", number - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |text, edtf| {
            let found = date(text).map(|date| date.edtf);
            assert_eq!(found.as_deref(), Ok(edtf), "{text}");
        };
        check("April 2011", "2011-04");
        check("11 June 2009", "2009-06-11");
        check("11th of June 2009", "2009-06-11");
        check("June 11, 2009", "2009-06-11");
        check("Sept. 1905", "1905-09");
        check("Sep 1905", "1905-09");
        check("2009-06-11", "2009-06-11");
        check("2009-06", "2009-06");
        check("c. 1964", "1964~");
        check("c.1964?", "1964%");
        check("circa March 1964", "1964-03~");
        check("1964?", "1964?");
        check("probably 1964", "1964?");
        check("International Socialist Group (2011)", "2011");
        check("In the early 1960s", "196X");
        check("1960's", "196X");
        check("19th century", "18XX");
        check("Spring of 1968", "1968-21");
        check("1990–91", "[1990..1991]");
        check("1905-06", "[1905..1906]");
        check("between 1990 and 1995", "[1990..1995]");
        check("11 April 2011 (2011-04-11)", "2011-04-11");
        check("2011 (11 April)", "2011");
        check("April 2011; 14 years ago (2011-04)", "2011-04");
    }

    #[test]
    fn what_is_no_date() {
        let check = |text, why| assert_eq!(date(text), Err(why), "{text}");
        check("", Undated::None);
        check("unknown", Undated::None);
        check("31 members", Undated::None);
        check("1900 (as the LRC), 1906 (as a party)", Undated::Several);
        check("before 1964", Undated::Bound);
        check("30 February 1964 and 1965", Undated::Several);
    }

    #[test]
    fn the_wording_is_kept() {
        assert_eq!(date("2015").map(|date| date.text), Ok(None));
        assert_eq!(
            date(" April 2011 ").map(|date| date.text),
            Ok(Some("April 2011".to_owned()))
        );
    }
}
