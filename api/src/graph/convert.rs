//! From a GraphQL input value to a value the database can compare: what each kind of argument accepts, and
//! what is said of one that does not fit.

use std::ops::RangeInclusive;

use apollo_compiler::response::JsonValue;
use chrono::NaiveDate;
use entity::date::HistoricalDate;

use super::{
    cursor,
    search::{Words, words},
};
use crate::{
    error::Error,
    write::text::{fold, tokens},
};

/// A value for the database.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    Text(String),
    Int(i64),
    Bool(bool),
    Date(NaiveDate),
}

impl From<Bound> for sea_orm::Value {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Text(text) => text.into(),
            Bound::Int(value) => value.into(),
            Bound::Bool(value) => value.into(),
            Bound::Date(date) => date.into(),
        }
    }
}

/// How an argument's value becomes a bound one.
#[derive(Clone, Debug)]
pub enum Convert {
    Text,
    /// A text that may be a key. What no text in the database can hold is the key of nothing.
    Key,
    /// Folded as names are, so that case and diacritics do not matter.
    Folded,
    /// The smallest text after every text that starts with the folded value.
    FoldedAfter,
    /// The smallest text after every text that starts with the value.
    After,
    Bool,
    /// A public id; with a prefix, of that type alone.
    Id(Option<&'static str>),
    /// A whole number within a range.
    Whole(RangeInclusive<i64>),
    /// A page size, with this many rows added to see whether more follow.
    PageSize {
        extra: i64,
    },
    /// One key of a cursor.
    Cursor {
        signature: String,
        key: usize,
        keys: Vec<super::thing::KeyKind>,
    },
    /// The words of a search.
    Words(Words),
    /// The smallest text after every text that starts with the words of a search.
    WordsAfter,
    /// The earliest day of a date; an unbounded one reaches to the first day there is.
    Earliest,
    /// The latest day of a date.
    Latest,
}

/// The largest page.
pub const PAGE_MAX: i64 = 100;

impl Convert {
    pub fn apply(&self, value: &JsonValue, argument: &str) -> Result<Bound, Error> {
        match self {
            Self::Text => Ok(Bound::Text(text(value, argument)?.to_owned())),
            Self::Key => {
                let key = value.as_str().ok_or_else(|| wrong(argument, "text"))?;
                let key = if key.contains('\0') { "" } else { key };
                Ok(Bound::Text(key.to_owned()))
            }
            Self::Folded => Ok(Bound::Text(fold(text(value, argument)?))),
            Self::FoldedAfter => Ok(Bound::Text(after(&fold(text(value, argument)?)))),
            Self::After => Ok(Bound::Text(after(text(value, argument)?))),
            Self::Bool => value
                .as_bool()
                .map(Bound::Bool)
                .ok_or_else(|| wrong(argument, "true or false")),
            Self::Id(prefix) => id(value, *prefix, argument),
            Self::Whole(range) => whole(value, range, argument).map(Bound::Int),
            Self::PageSize { extra } => {
                page_size(value, argument).map(|size| Bound::Int(size + extra))
            }
            Self::Cursor {
                signature,
                key,
                keys,
            } => cursor::key(text(value, argument)?, signature, *key, keys).ok_or_else(|| {
                wrong(
                    argument,
                    "a cursor that this list gave, in the same order and under the same field",
                )
            }),
            Self::Words(form) => {
                search_words(value, argument).map(|tokens| Bound::Text(words(&tokens, *form)))
            }
            Self::WordsAfter => {
                search_words(value, argument).map(|tokens| Bound::Text(after(&tokens)))
            }
            Self::Earliest => day(
                value,
                argument,
                |date| date.earliest,
                NaiveDate::from_ymd_opt(1, 1, 1),
            ),
            Self::Latest => day(
                value,
                argument,
                |date| date.latest,
                NaiveDate::from_ymd_opt(9999, 12, 31),
            ),
        }
    }
}

fn wrong(argument: &str, right: &str) -> Error {
    Error::bad_argument(argument, format!("expected {right}"))
}

fn text<'v>(value: &'v JsonValue, argument: &str) -> Result<&'v str, Error> {
    let text = value.as_str().ok_or_else(|| wrong(argument, "text"))?;
    if text.contains('\0') {
        return Err(wrong(argument, "text without the NUL character"));
    }
    Ok(text)
}

/// The first text that no text with this prefix reaches, by code point: both databases order text so.
fn after(prefix: &str) -> String {
    let mut bound = prefix.to_owned();
    bound.push(char::MAX);
    bound
}

/// The longest query that is searched for, in characters.
const QUERY_MAX: usize = 200;

fn search_words(value: &JsonValue, argument: &str) -> Result<String, Error> {
    let query = text(value, argument)?;
    if query.chars().count() > QUERY_MAX {
        return Err(wrong(argument, &format!("at most {QUERY_MAX} characters")));
    }
    let tokens = tokens(query);
    if tokens.is_empty() {
        return Err(wrong(argument, "at least one letter or digit"));
    }
    Ok(tokens)
}

/// The page size of a connection, between 0 and [`PAGE_MAX`].
pub fn page_size(value: &JsonValue, argument: &str) -> Result<i64, Error> {
    whole(value, &(0..=PAGE_MAX), argument)
}

fn whole(value: &JsonValue, range: &RangeInclusive<i64>, argument: &str) -> Result<i64, Error> {
    value
        .as_i64()
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            wrong(
                argument,
                &format!("a number from {least} to {most}, got {value}"),
            )
        })
}

fn id(value: &JsonValue, prefix: Option<&str>, argument: &str) -> Result<Bound, Error> {
    let text = value.as_str().unwrap_or_default();
    let well_formed = text.split_once('_').is_some_and(|(kind, rest)| {
        prefix.is_none_or(|prefix| prefix == kind)
            && kind.len() == 3
            && kind.bytes().all(|byte| byte.is_ascii_lowercase())
            && rest.len() == 20
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    if well_formed {
        return Ok(Bound::Text(text.to_owned()));
    }
    let kind = prefix.unwrap_or("org");
    Err(wrong(
        argument,
        &format!(
            "an id such as \"{kind}_\" followed by 20 lower-case letters and digits, got {value}"
        ),
    ))
}

fn day(
    value: &JsonValue,
    argument: &str,
    end: impl Fn(&HistoricalDate) -> Option<NaiveDate>,
    unbounded: Option<NaiveDate>,
) -> Result<Bound, Error> {
    let date = HistoricalDate::parse(text(value, argument)?)
        .map_err(|error| Error::bad_argument(argument, error.to_string()))?;
    end(&date)
        .or(unbounded)
        .map(Bound::Date)
        .ok_or_else(|| wrong(argument, "a date"))
}
