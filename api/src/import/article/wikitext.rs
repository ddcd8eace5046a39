//! An article as wikitext: its infobox is a template whose name begins with `Infobox`.

use super::super::fault::{Fault, Place};
use super::markup::{self, closing, split};
use super::{Article, Entry, plain};

const INFOBOX: &str = "{{infobox";
/// No infobox comes near these bounds, which keep reading short.
const LONGEST: usize = 64 << 10;
const DEEPEST: usize = 40;

/// Where the infobox begins, if there is one.
pub(super) fn infobox(text: &str) -> Option<usize> {
    // Lower case in ASCII keeps every byte where it is.
    text.to_ascii_lowercase().find(INFOBOX)
}

/// Words in the names of infoboxes of bodies, and in those of infoboxes that have these words and are of others.
const BODIES: [&str; 14] = [
    "party",
    "organi",
    "union",
    "political",
    "alliance",
    "movement",
    "faction",
    "group",
    "league",
    "federation",
    "legislature",
    "parliament",
    "committee",
    "association",
];
const OTHERS: [&str; 6] = [
    "person",
    "politician",
    "office",
    "post",
    "election",
    "settlement",
];

/// How many templates and links are open at once at most.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for pair in text.as_bytes().windows(2) {
        match pair {
            b"{{" | b"[[" => open += 1,
            b"}}" | b"]]" => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

fn is_of_organisations(name: &str) -> bool {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    has(&BODIES) && !has(&OTHERS)
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
    let length = end - inner;
    if length > LONGEST || depth(text.get(inner..end).unwrap_or_default()) > DEEPEST {
        let message = format!(
            "the infobox that begins here is longer than {} KiB, or nests templates deeper than {DEEPEST}; this is no article",
            LONGEST >> 10
        );
        return Err(place(start).1.fault(message));
    }
    let title = text.lines().find(|line| !line.trim().is_empty());
    let mut article = Article {
        title: title.and_then(plain::title).map(str::to_owned),
        ..Article::default()
    };
    let mut parameters = split(text.get(inner..end).unwrap_or_default(), '|').into_iter();
    let name = parameters.next().map_or("", |(_, name)| name);
    let name = markup::shown_text(&markup::parts(name, &mut Vec::new()));
    if !is_of_organisations(&name) {
        let message = format!(
            "`{name}` is an infobox of something else than organisations; one of theirs is `Infobox political party`"
        );
        return Err(place(start).1.fault(message));
    }
    for (offset, parameter) in parameters {
        let offset = inner + offset;
        let (line, _) = place(offset + (parameter.len() - parameter.trim_start().len()));
        let quote = parameter.trim();
        let Some((key, value)) = quote.split_once('=') else {
            if !quote.is_empty() {
                article.unread.push((line, quote.to_owned()));
            }
            continue;
        };
        let key = markup::shown_text(&markup::parts(key, &mut Vec::new()));
        let items = markup::items(value, &mut article.unknown);
        if !items.is_empty() {
            article.entries.push(Entry {
                key: super::key(&key),
                line,
                quote: quote.to_owned(),
                items,
            });
        }
    }
    Ok(article)
}
