//! Whom an entry of an infobox names.

use super::super::Import;
use super::subject::Subject;
use super::{Entry, Part, markup, wording};
use crate::write::DateDraft;

/// What may stand around a link without changing what it says.
const JOINING: [&str; 11] = [
    "from", "of", "the", "and", "by", "into", "with", "to", "&", "/", "part",
];
const NOBODY: [&str; 6] = ["none", "n/a", "na", "unknown", "-", "–"];

/// What an entry says of another organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Party {
    pub name: String,
    /// The title of its article, where a link leads there.
    pub article: Option<String>,
    /// When, where brackets say so.
    pub date: Option<DateDraft>,
}

/// Who is named in an entry, as far as that is sure.
pub(super) fn named(import: &mut Import<'_>, entry: &Entry, subject: &Subject) -> Vec<Party> {
    let mut parties = Vec::new();
    for piece in entry.listed() {
        if let Some(found) = read(&piece) {
            parties.extend(found);
            continue;
        }
        let text = markup::shown_text(&piece);
        let message = format!("who is meant by `{text}` in `{}` is not sure", entry.quote);
        let place = subject.place(entry.line);
        import
            .report
            .warn("values that are not sure", place, message);
    }
    if entry.items.len() == 1 && parties.len() > 1 && parties.iter().all(|it| it.article.is_none())
    {
        let names: Vec<String> = parties.iter().map(|it| format!("`{}`", it.name)).collect();
        let message = format!("`{}` is taken to name {}", entry.quote, names.join(" and "));
        let place = subject.place(entry.line);
        import
            .report
            .warn("lists taken apart at commas", place, message);
    }
    parties
}

/// Whom a piece of a list names; none: it says more of them than that.
fn read(piece: &[Part]) -> Option<Vec<Party>> {
    let links = piece.iter().filter_map(|part| match part {
        Part::Link { target, .. } => Some(target),
        _ => None,
    });
    let links: Vec<&String> = links.collect();
    let around = piece
        .iter()
        .filter(|part| !matches!(part, Part::Link { .. }));
    let around: Vec<Part> = around.cloned().collect();
    let around = markup::shown_text(&around);
    if links.is_empty() {
        let (name, date) = dated(&around);
        let name = name.strip_prefix("and ").unwrap_or(&name).trim().to_owned();
        if NOBODY.contains(&name.to_lowercase().as_str()) || name.is_empty() {
            return Some(Vec::new());
        }
        return Some(vec![Party {
            name,
            article: None,
            date,
        }]);
    }
    let (rest, date) = dated(&around);
    let rest = rest.split('(').next().unwrap_or_default().to_lowercase();
    let words = rest.split_whitespace();
    let is_sure = words
        .into_iter()
        .all(|word| JOINING.contains(&word.trim_matches(':')));
    is_sure.then(|| {
        let links = links.into_iter();
        links
            .map(|target| Party {
                name: target.clone(),
                article: Some(target.clone()),
                date: date.clone(),
            })
            .collect()
    })
}

/// A name without the date that stands in brackets after it. A stretch of time is part of the name: it tells bodies apart.
fn dated(text: &str) -> (String, Option<DateDraft>) {
    let text = text.trim();
    let brackets = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    if let Some((name, inner)) = brackets
        && let Ok(date) = wording::date(inner)
        && !date.edtf.starts_with('[')
    {
        return (name.trim().to_owned(), Some(date));
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, article: Option<&str>, date: Option<&str>) -> Party {
        Party {
            name: name.to_owned(),
            article: article.map(str::to_owned),
            date: date.map(|edtf| DateDraft {
                edtf: edtf.to_owned(),
                text: None,
            }),
        }
    }

    #[test]
    fn whom_a_piece_names() {
        let check = |value: &str, expected: Option<Vec<Party>>| {
            let items = markup::items(value, &mut Vec::new());
            let item = items.first().map_or(&[][..], Vec::as_slice);
            assert_eq!(read(item), expected, "{value}");
        };
        let uk = "Socialist Workers Party (UK)";
        check(uk, Some(vec![party(uk, None, None)]));
        check(
            "Militant (2011)",
            Some(vec![party("Militant", None, Some("2011"))]),
        );
        check(
            "Liberal Party (1859–1988)",
            Some(vec![party("Liberal Party (1859–1988)", None, None)]),
        );
        check("None", Some(vec![]));
        check(
            "[[Socialist Workers Party (UK)|SWP]]",
            Some(vec![party(uk, Some(uk), None)]),
        );
        check(
            "From [[A]] (2011)",
            Some(vec![party("A", Some("A"), Some("2011"))]),
        );
        check(
            "[[A]] and [[B]]",
            Some(vec![
                party("A", Some("A"), None),
                party("B", Some("B"), None),
            ]),
        );
        check("[[A]] (minority)", Some(vec![party("A", Some("A"), None)]));
        check("left wing of the [[A]]", None);
    }
}
