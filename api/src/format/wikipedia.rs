//! How articles of Wikipedia are named among the ids of a record.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The scheme of articles in English. Those in other languages have the language's code at its end: `wikipedia-fr`.
pub const SCHEME: &str = "wikipedia";
pub const ENGLISH: &str = "en";

/// What cannot stand in the path of an address as it is.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The language of the articles that a scheme is of; `None`: it is no scheme of articles.
fn language(scheme: &str) -> Option<&str> {
    match scheme.strip_prefix(SCHEME)? {
        "" => Some(ENGLISH),
        language => language.strip_prefix('-'),
    }
}

/// The address of an article; `None`: it is no id of one.
pub fn address(scheme: &str, value: &str) -> Option<String> {
    let language = language(scheme)?;
    let path = utf8_percent_encode(value, ENCODED);
    Some(format!("https://{language}.wikipedia.org/wiki/{path}"))
}

/// The title of an article as people write it down, its language before it where that is not English; `None`: it is no
/// id of one.
pub fn title(scheme: &str, value: &str) -> Option<String> {
    let title = value.replace('_', " ");
    match language(scheme)? {
        ENGLISH => Some(title),
        language => Some(format!("{language}:{title}")),
    }
}
