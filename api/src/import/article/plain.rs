//! An article as plain text: a line `= Title =`, the infobox as lines `- Key: value`, then sections under `==Heading==`.

use super::super::fault::{Fault, Place};
use super::{Article, Entry, Part};

/// The title of a line `= Title =`.
pub(super) fn title(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix('=')?.strip_suffix('=')?;
    let title = inner.trim();
    (!inner.starts_with('=') && !title.is_empty()).then_some(title)
}

/// Reads the title and the infobox; the rest stays text.
pub(super) fn read(text: &str, file: &str) -> Result<Article, Fault> {
    let mut lines = (1_u64..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .peekable();
    let Some((_, first)) = lines.next() else {
        return Err(Place::file(file).line(1).fault("the file is empty"));
    };
    let Some(title) = title(first) else {
        let message = "an article begins with its title, as in `= Title =`, or holds an infobox as wikitext, as in {{Infobox ..}}";
        return Err(Place::file(file).line(1).character(1).fault(message));
    };
    let mut article = Article {
        title: Some(title.to_owned()),
        ..Article::default()
    };
    // A line of its own above the infobox is the infobox's title.
    if let Some((line, name)) = lines.next_if(|(_, line)| !is_item(line)) {
        if lines.peek().is_some_and(|(_, line)| is_item(line)) {
            article.entries.push(entry(line, "name", name, name));
        } else {
            return Ok(article);
        }
    }
    while let Some((line, item)) = lines.next_if(|(_, line)| is_item(line)) {
        let item = item.trim().trim_start_matches("- ").trim();
        match item.split_once(':') {
            Some((_, value)) if value.trim().is_empty() => {}
            Some((key, value)) => article.entries.push(entry(line, key, value, item)),
            None => article.unread.push((line, item.to_owned())),
        }
    }
    Ok(article)
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

fn entry(line: u64, key: &str, value: &str, quote: &str) -> Entry {
    Entry {
        key: super::key(key),
        line,
        quote: quote.trim().to_owned(),
        items: vec![vec![Part::Text(value.trim().to_owned())]],
    }
}
