//! How articles of Wikipedia are named among the ids of a record.

/// The scheme of articles in English. Those in other languages have the language's code at its end: `wikipedia-fr`.
pub const SCHEME: &str = "wikipedia";
pub const ENGLISH: &str = "en";

/// The title of an article as people write it down, its language before it where that is not English; `None`: it is no
/// id of an article.
pub fn title(scheme: &str, value: &str) -> Option<String> {
    let title = value.replace('_', " ");
    match scheme.strip_prefix(SCHEME)?.strip_prefix('-') {
        Some(language) => Some(format!("{language}:{title}")),
        None => (scheme == SCHEME).then_some(title),
    }
}
