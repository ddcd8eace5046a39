//! Values that need code. The statement leaves a marked text where such a value belongs, made of what the
//! code needs; here each is replaced. A marker starts with a control character that `write` refuses in data.

use entity::date::HistoricalDate;
use serde_json::json;

use super::highlight::highlight;
use crate::error::Error;

/// How a marker stands in JSON text, its quotation mark included.
const MARK: &str = "\"\\u0001";

/// Separates the parts of a marker.
const PART: char = '\u{1}';

const LOCALE_MAX: usize = 35;

/// Marks EDTF text that is to be shown in words.
pub fn display_marker(locale: &str) -> Result<String, Error> {
    let tag = !locale.is_empty()
        && locale.len() <= LOCALE_MAX
        && locale
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if tag {
        Ok(format!("{PART}display{PART}{locale}{PART}"))
    } else {
        Err(Error::bad_argument(
            "locale",
            "expected a language tag such as \"en\" or \"en-GB\"",
        ))
    }
}

/// Marks what a search matched: the folded words follow, then, after one more separator, the texts.
pub const EXCERPT: &str = "\u{1}excerpt\u{1}";

/// Replaces every marker of an answer.
pub fn compute(answer: String) -> String {
    if !answer.contains(MARK) {
        return answer;
    }
    let mut computed = String::with_capacity(answer.len());
    let mut rest = answer.as_str();
    while let Some(start) = rest.find(MARK) {
        computed.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = string_end(rest);
        computed.push_str(&value(&rest[..end]));
        rest = &rest[end..];
    }
    computed.push_str(rest);
    computed
}

/// The length of the JSON string that the text starts with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn value(literal: &str) -> String {
    let text: String = serde_json::from_str(literal).unwrap_or_default();
    let mut parts = text.splitn(4, PART).skip(1);
    let (kind, argument, text) = (
        parts.next(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    match kind {
        Some("display") => {
            let shown = HistoricalDate::parse(text)
                .map_or_else(|_| text.to_owned(), |date| date.display(argument));
            json!(shown).to_string()
        }
        Some("excerpt") => {
            let tokens: Vec<&str> = argument.split(' ').collect();
            json!(highlight(text, &tokens)).to_string()
        }
        _ => literal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_replaced_where_they_stand() {
        let marker = display_marker("en").unwrap();
        let answer =
            json!({"a": format!("{marker}2011-04"), "b": "plain \"quoted\" text"}).to_string();
        assert_eq!(
            compute(answer),
            r#"{"a":"April 2011","b":"plain \"quoted\" text"}"#
        );
        let untouched = json!({"a": "2011-04"}).to_string();
        assert_eq!(compute(untouched.clone()), untouched);
        assert!(display_marker("en_GB").is_err());
    }
}
