//! Values that need code. The statement leaves a marked text where such a value belongs, made of what the
//! code needs; here each is replaced. A marker starts with a control character that `write` refuses in data.

use std::collections::HashMap;

use entity::date::HistoricalDate;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::highlight::highlight;
use crate::{
    draw::{self, Family},
    error::Error,
};

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

/// Marks the pairs of a family tree's links, of which is told whether they go in a circle.
pub const CYCLIC: &str = "\u{1}cyclic\u{1}\u{1}";

/// Marks a family tree that is to be drawn as `form`.
pub fn drawing_marker(form: &str, width: &str) -> String {
    format!("{PART}{form}{PART}{width}{PART}")
}

/// Whether something in an answer is to be drawn.
pub fn draws(answer: &str) -> bool {
    DRAWINGS
        .iter()
        .any(|form| answer.contains(&format!("{MARK}{form}\\u0001")))
}

/// The most organisations and links that the pictures of one root field show together.
const DRAWN: usize = 10_000;

/// The forms of drawings.
const DRAWINGS: [&str; 3] = ["svg", "mermaid", "dot"];

/// Marks the id of an organisation that does not exist. It stands in the place of the whole answer.
pub fn missing_marker(argument: &str) -> String {
    format!("{PART}missing{PART}{argument}{PART}")
}

/// Replaces every marker of an answer.
///
/// # Errors
/// What a marker of failure stands for.
pub fn compute(answer: String) -> Result<String, Error> {
    if !answer.contains(MARK) {
        return Ok(answer);
    }
    let mut computed = String::with_capacity(answer.len());
    let mut rest = answer.as_str();
    let mut drawn = 0;
    while let Some(start) = rest.find(MARK) {
        computed.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = string_end(rest);
        computed.push_str(&value(&rest[..end], &mut drawn)?);
        rest = &rest[end..];
    }
    computed.push_str(rest);
    Ok(computed)
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

fn value(literal: &str, drawn: &mut usize) -> Result<String, Error> {
    let text: String = serde_json::from_str(literal).unwrap_or_default();
    let mut parts = text.splitn(4, PART).skip(1);
    let (kind, argument, text) = (
        parts.next(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let value = match kind {
        Some("display") => json!(
            HistoricalDate::parse(text)
                .map_or_else(|_| text.to_owned(), |date| date.display(argument))
        ),
        Some("excerpt") => {
            let tokens: Vec<&str> = argument.split(' ').collect();
            json!(highlight(text, &tokens))
        }
        Some("cyclic") => json!(cyclic(&read::<Vec<(i64, i64)>>(text)?)),
        Some("svg") => json!(draw::svg(&family(text, drawn)?, argument.parse().ok())),
        Some("mermaid") => json!(draw::mermaid(&family(text, drawn)?)),
        Some("dot") => json!(draw::dot(&family(text, drawn)?)),
        Some("missing") => {
            let message = format!("{argument}: there is no organisation {text}");
            return Err(Error::not_found(message));
        }
        _ => return Ok(literal.to_owned()),
    };
    Ok(value.to_string())
}

/// A family to be drawn, unless too much is to be drawn already.
fn family(json: &str, drawn: &mut usize) -> Result<Family, Error> {
    let family: Family = read(json)?;
    *drawn += family.nodes.len() + family.links.len();
    if *drawn > DRAWN {
        return Err(Error::limit(format!(
            "pictures may show {DRAWN} organisations and links together, and would show more; ask for a smaller limit or for fewer pictures"
        )));
    }
    Ok(family)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(Error::internal)
}

/// Whether steps from first to second lead round in a circle: whether something is left when, over and over, what
/// nothing leads to is taken away.
fn cyclic(steps: &[(i64, i64)]) -> bool {
    let mut leading: HashMap<i64, usize> = HashMap::new();
    let mut on: HashMap<i64, Vec<i64>> = HashMap::new();
    for (from, to) in steps {
        leading.entry(*from).or_default();
        *leading.entry(*to).or_default() += 1;
        on.entry(*from).or_default().push(*to);
    }
    let mut free: Vec<i64> = leading
        .iter()
        .filter_map(|(node, steps)| (*steps == 0).then_some(*node))
        .collect();
    let mut taken = 0;
    while let Some(node) = free.pop() {
        taken += 1;
        for to in on.remove(&node).unwrap_or_default() {
            if let Some(steps) = leading.get_mut(&to) {
                *steps -= 1;
                if *steps == 0 {
                    free.push(to);
                }
            }
        }
    }
    taken < leading.len()
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
            compute(answer).unwrap(),
            r#"{"a":"April 2011","b":"plain \"quoted\" text"}"#
        );
        let untouched = json!({"a": "2011-04"}).to_string();
        assert_eq!(compute(untouched.clone()).unwrap(), untouched);
        assert!(display_marker("en_GB").is_err());
    }

    #[test]
    fn circles_are_told() {
        let check = |steps: &[(i64, i64)], expected| assert_eq!(cyclic(steps), expected);
        check(&[], false);
        check(&[(1, 2), (1, 2), (2, 3), (1, 3)], false);
        check(&[(1, 2), (2, 1)], true);
        check(&[(1, 2), (2, 3), (3, 4), (4, 2)], true);
    }

    #[test]
    fn pictures_are_bounded_together() {
        let node = json!({
            "key": 1, "name": "A", "abbreviation": null, "kind": "PARTY", "status": "UNKNOWN",
            "depth": 0, "founded": null, "dissolved": null,
        });
        let family = json!({"nodes": vec![node; 600], "links": []});
        let picture = format!("{}{family}", drawing_marker("dot", ""));
        let compute = |pictures| compute(json!(vec![&picture; pictures]).to_string());
        assert!(compute(16).is_ok());
        let error = compute(17).unwrap_err();
        assert!(matches!(error, Error::Limit { .. }), "{error}");
    }

    #[test]
    fn what_is_missing_is_an_error() {
        let answer = json!(format!("{}org_x", missing_marker("of"))).to_string();
        let error = compute(answer).unwrap_err();
        assert_eq!(error.to_string(), "of: there is no organisation org_x");
    }
}
