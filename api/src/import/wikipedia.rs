//! Articles of the English Wikipedia as external ids: how records of several sources meet.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::write::ExternalIdDraft;

pub(super) const SCHEME: &str = "wikipedia";

/// What cannot stand in the path of an address as it is.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
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

/// The id of an article: its title with underscores in place of spaces.
pub(super) fn id(title: &str) -> ExternalIdDraft {
    let value = title.split_whitespace().collect::<Vec<_>>().join("_");
    ExternalIdDraft {
        scheme: SCHEME.to_owned(),
        url: Some(address(&value)),
        value,
    }
}

/// Where the article of an id is read.
pub(super) fn address(id: &str) -> String {
    let path = utf8_percent_encode(id, ENCODED);
    format!("https://en.wikipedia.org/wiki/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let check = |title: &str, value: &str, path: &str| {
            let id = id(title);
            assert_eq!(id.value, value);
            assert_eq!(
                id.url,
                Some(format!("https://en.wikipedia.org/wiki/{path}"))
            );
        };
        check(
            "International Socialist Group (Scotland)",
            "International_Socialist_Group_(Scotland)",
            "International_Socialist_Group_(Scotland)",
        );
        check("Où va-t-on?", "Où_va-t-on?", "O%C3%B9_va-t-on%3F");
    }
}
