//! An article as wikitext: its infobox is a template whose name begins with `Infobox`.

use super::super::fault::{Fault, Place};
use super::markup::{self, closing, split};
use super::{Article, Entry, plain};

const INFOBOX: &str = "{{infobox";

/// Where the infobox begins, if there is one.
pub(super) fn infobox(text: &str) -> Option<usize> {
    // Lower case in ASCII keeps every byte where it is.
    text.to_ascii_lowercase().find(INFOBOX)
}

/// Reads the infobox that begins at `start`; the rest stays text.
pub(super) fn read(text: &str, start: usize, file: &str) -> Result<Article, Fault> {
    let place = |offset: usize| {
        let before = text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() as u64 + 1;
        let character = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count() as u64
            + 1;
        (line, Place::file(file).line(line).character(character))
    };
    let inner = start + 2;
    let Some(end) = closing(text, inner, "{{", "}}") else {
        let message =
            "the infobox that begins here does not end; the file is cut off, or braces are missing";
        return Err(place(start).1.fault(message));
    };
    let title = text.lines().find(|line| !line.trim().is_empty());
    let mut article = Article {
        title: title.and_then(plain::title).map(str::to_owned),
        ..Article::default()
    };
    let parameters = split(text.get(inner..end).unwrap_or_default(), '|');
    for (offset, parameter) in parameters.into_iter().skip(1) {
        let offset = inner + offset;
        let (line, _) = place(offset + (parameter.len() - parameter.trim_start().len()));
        let quote = parameter.trim();
        let Some((key, value)) = quote.split_once('=') else {
            if !quote.is_empty() {
                article.unread.push((line, quote.to_owned()));
            }
            continue;
        };
        let items = markup::items(value, &mut article.unknown);
        if !items.is_empty() {
            article.entries.push(Entry {
                key: super::key(key),
                line,
                quote: quote.to_owned(),
                items,
            });
        }
    }
    Ok(article)
}
