//! Values of an answer in words: dates, vocabularies, quantities, links.

use entity::date::HistoricalDate;
use maud::{Markup, html};
use serde_json::Value;

use crate::write::Kind;

/// The text of a member; empty: there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The members of a list; none: there is no list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A value of a vocabulary as people write it: `FAR_LEFT` is "far left".
pub fn label(value: &str) -> String {
    value.to_lowercase().replace('_', " ")
}

/// The name of a field as people write it: `editorialFocus` is "editorial focus".
pub fn property(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// The first letter large, for the beginning of a line.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A count with the groups of its digits apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// EDTF text in words.
pub fn day(edtf: &str) -> String {
    HistoricalDate::parse(edtf).map_or_else(|_| edtf.to_owned(), |date| date.display("en"))
}

/// A date in words, and in those of the source where they say something else.
pub fn date(date: &Value) -> Markup {
    let edtf = text(&date["edtf"]);
    let words = day(edtf);
    let source = text(&date["sourceText"]);
    let same = source.is_empty() || source.to_lowercase().contains(&words.to_lowercase());
    html! {
        data value=(edtf) title=[(!source.is_empty()).then_some(source)] { (words) }
        @if !same { " " span.soft { "(" q { (source) } ")" } }
    }
}

/// A stretch of time of which either end may be unknown; the words say what only one of them is.
pub fn period(start: &Value, end: &Value, [began, ended]: [&str; 2]) -> Option<Markup> {
    match (start.is_object(), end.is_object()) {
        (true, true) => Some(html! { (date(start)) " to " (date(end)) }),
        (true, false) => Some(html! { (began) " " (date(start)) }),
        (false, true) => Some(html! { (ended) " " (date(end)) }),
        (false, false) => None,
    }
}

/// A number, what a source says in place of one, or both.
pub fn quantity(quantity: &Value) -> Option<String> {
    let number = quantity["value"].as_i64().map(|number| {
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", count(number.unsigned_abs()))
    });
    match (number, quantity["text"].as_str()) {
        (Some(number), Some(words)) if words.contains(&number) => Some(words.to_owned()),
        (Some(number), Some(words)) => Some(format!("{number} ({words})")),
        (Some(number), None) => Some(number),
        (None, words) => words.map(str::to_owned),
    }
}

/// The kind of record that a type of the public schema is.
pub fn kind(type_name: &str) -> Option<Kind> {
    let word = match type_name {
        "Country" => "place".to_owned(),
        other => other.to_lowercase(),
    };
    Kind::ALL.into_iter().find(|kind| kind.word() == word)
}

/// A record by its name, which leads to its page. Pages stand two steps below the root; a relative address holds
/// under whatever name the service is reached.
pub fn link(record: &Value) -> Markup {
    let name = record["name"].as_str().or(record["title"].as_str());
    let name = name.unwrap_or_default();
    let Some(kind) = kind(text(&record["__typename"])) else {
        return html! { bdi { (name) } };
    };
    let to = format!("../{}/{}", kind.folder(), text(&record["slug"]));
    html! { a href=(to) { bdi { (name) } } }
}

/// An address elsewhere, as a link only where it leads to the web.
pub fn outside(url: &str) -> Markup {
    html! {
        @if url.starts_with("https://") || url.starts_with("http://") {
            a.outside rel="external nofollow" href=(url) { (url) }
        } @else { (url) }
    }
}

/// What a source denies says so before it is said.
pub fn denied(status: &str) -> Markup {
    html! {
        @if status == "DENIED" { span.tag { "denied" } " " }
    }
}

/// What is not simply stated says so.
pub fn status(status: &str) -> Markup {
    html! {
        @if !["", "STATED", "DENIED"].contains(&status) { " " span.tag { (label(status)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_people() {
        assert_eq!(label("FAR_LEFT"), "far left");
        assert_eq!(property("editorialFocus"), "editorial focus");
        assert_eq!(sentence("editorial focus"), "Editorial focus");
        assert_eq!(sentence(""), "");
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), expected);
        }
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert_eq!(
            outside("javascript:alert(1)").into_string(),
            "javascript:alert(1)"
        );
        let link = outside("https://example.org/?a=\"b\"").into_string();
        assert!(
            link.contains("href=\"https://example.org/?a=&quot;b&quot;\""),
            "{link}"
        );
    }
}
