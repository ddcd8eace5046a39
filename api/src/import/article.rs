//! `article`: an article of an encyclopaedia about an organisation, as plain text or as wikitext.
//!
//! Only what its infobox says comes over, cited as `Infobox` with the words that stand there, and no more than it says: a
//! foundation is not the date of a split, and what is not sure stays out with a warning. The whole text is kept as the
//! source's text, so that claims can quote it. What the article is cited for already stays as it is, as long as the
//! words that are quoted still stand in it; a passage that somebody has read already is not read again.
//!
//! The article is one of the English Wikipedia unless another source is chosen. What a link leads to is found by that article's
//! id; what stands there as a plain name, by the article of that title, else by the slug that the name comes to, which the
//! report tells. Nothing is written to a record that is found; who is not found gets a record of its own, with no more than
//! a name. Where a link between two is known already, however it was told, the infobox adds no event.

use std::path::Path;

use anyhow::Result;
use entity::kind::SourceKind;

use super::fault::Place;
use super::{Import, file, slug, wikipedia};
use crate::write::{Content, Draft, ExternalIdDraft, Kind, SourceDraft, Stranger};

mod field;
mod key;
mod markup;
mod party;
mod place;
mod plain;
mod record;
mod relation;
mod subject;
mod template;
mod wikitext;
mod wording;

use key::Meaning;
use subject::Subject;

/// An article, as far as it is read.
#[derive(Debug, Default)]
struct Article {
    /// By its first line.
    title: Option<String>,
    entries: Vec<Entry>,
    /// Lines of the infobox that say nothing of a kind, and where they stand.
    unread: Vec<(u64, String)>,
    /// Names of templates that are not known.
    unknown: Vec<String>,
}

/// A line or a parameter of the infobox.
#[derive(Debug, Clone)]
struct Entry {
    /// In lower case, words joined by `_`.
    key: String,
    line: u64,
    /// As it stands in the text.
    quote: String,
    /// What it shows, in items that stand below each other.
    items: Vec<Vec<Part>>,
}

/// A piece of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A link to an article, by its title.
    Link {
        target: String,
        text: String,
    },
    Address {
        url: String,
        text: String,
    },
    Break,
}

impl Entry {
    /// All that it shows, in one line.
    fn text(&self) -> String {
        let items = self.items.iter().map(|item| markup::shown_text(item));
        items.collect::<Vec<_>>().join(", ")
    }

    /// What is listed in it: its items, taken apart at commas and semicolons that stand in no brackets.
    fn listed(&self) -> Vec<Vec<Part>> {
        let mut listed = Vec::new();
        for item in &self.items {
            let mut piece: Vec<Part> = Vec::new();
            for part in item {
                let Part::Text(text) = part else {
                    piece.push(part.clone());
                    continue;
                };
                let mut depth = 0_i32;
                let mut shown = String::new();
                for letter in text.chars() {
                    match letter {
                        '(' | '[' => depth += 1,
                        ')' | ']' => depth -= 1,
                        ',' | ';' if depth <= 0 => {
                            piece.push(Part::Text(std::mem::take(&mut shown)));
                            listed.push(std::mem::take(&mut piece));
                            continue;
                        }
                        _ => {}
                    }
                    shown.push(letter);
                }
                piece.push(Part::Text(shown));
            }
            listed.push(piece);
        }
        listed.retain(|piece| !markup::shown_text(piece).is_empty());
        listed
    }
}

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let name = file::name(path);
    import.progress.start("articles", 1);
    let text = file::text(path)?;
    import_faults(import, &text, &name);
    import.settle()?;
    let article = match wikitext::infobox(&text) {
        Some(start) => wikitext::read(&text, start, &name)?,
        None => plain::read(&text, &name)?,
    };
    let subject = identify(import, &article, path, &name).await?;
    tell_what_is_unread(import, &article, &name);
    let headings = text.lines().filter(|line| is_heading(line)).count();
    import.report.carry("sections of text", headings);

    let mut drafts = source_draft(import, &subject, text.clone()).await?;
    drafts.extend(field::drafts(import, &article, &subject).await?);
    import.write_part(drafts, &text).await?;
    import.progress.reach(1);
    Ok(())
}

/// Refuses characters that no text has and that cannot be stored.
fn import_faults(import: &mut Import<'_>, text: &str, name: &str) {
    for (line, content) in (1..).zip(text.lines()) {
        let at = content.chars().position(|it| it.is_control() && it != '\t');
        if let Some(at) = at {
            let place = Place::file(name).line(line).character(at as u64 + 1);
            let message =
                "a control character stands here, as in a file that is no text; leave it out";
            import.refuse(place.fault(message));
        }
    }
}

fn is_heading(line: &str) -> bool {
    line.len() > 4 && line.starts_with("==") && line.trim_end().ends_with("==")
}

/// Finds out which article it is, and which record.
async fn identify(
    import: &mut Import<'_>,
    article: &Article,
    path: &Path,
    file: &str,
) -> Result<Subject> {
    let called = article
        .entries
        .iter()
        .find(|it| key::of(&it.key) == Meaning::Name);
    let called = called.map(Entry::text).filter(|name| !name.is_empty());
    let title = article
        .title
        .clone()
        .or_else(|| title_of_file(path, called.as_deref()));
    let Some(name) = called.or_else(|| title.clone()) else {
        let message = "it is not told which article this is; begin the file with its title, as in `= Title =`";
        return Err(Place::file(file).line(1).character(1).fault(message).into());
    };
    let id = if let Some(title) = &title {
        wikipedia::of_title(title)
    } else {
        let message = format!(
            "which article this is is not told, so that it meets other sources' `{name}` nowhere; begin the file with its title, as in `= Title =`"
        );
        let place = Place::file(file).line(1);
        import
            .report
            .warn("articles without a title", place, message);
        ExternalIdDraft {
            scheme: "article".to_owned(),
            value: name.clone(),
            url: None,
        }
    };
    let title = title.unwrap_or_else(|| name.clone());
    let stranger = Stranger {
        kind: Kind::Organisation,
        external_ids: vec![id.clone()],
        slugs: slug::candidates(&title, &["article"]),
    };
    let mut found = import
        .match_all(&[stranger], |_| Place::file(file).line(1))
        .await?;
    let Some(mut found) = found.pop().filter(|found| !found.external_ids.is_empty()) else {
        let message = format!(
            "the article `{title}` is one of another kind of record, not of an organisation"
        );
        return Err(Place::file(file).line(1).fault(message).into());
    };
    let own = slug::of(&title);
    // Another article may have named it, or somebody written it down, without saying which article is its own.
    if !found.known
        && let Some(known) = record::without_article(import, Kind::Organisation, &title).await?
    {
        let message = format!(
            "`{title}` is taken to be organisation/{}, by its slug",
            known.slug
        );
        let place = Place::file(file).line(1);
        import
            .report
            .warn("records found by slug alone", place, message);
        found.slug = known.slug;
    }
    let source = match import.source {
        Some(source) => source.to_owned(),
        None if id.scheme == wikipedia::SCHEME => format!("wikipedia-{own}"),
        None => format!("article-{own}"),
    };
    Ok(Subject {
        file: file.to_owned(),
        title,
        name,
        slug: found.slug,
        id,
        source: source.trim_end_matches('-').to_owned(),
    })
}

/// The title that a file's name gives, as far as it is that of the organisation, perhaps with what tells it from others
/// in brackets.
fn title_of_file(path: &Path, called: Option<&str>) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let stem = percent_encoding::percent_decode_str(stem)
        .decode_utf8()
        .ok()?;
    let title = stem.replace('_', " ");
    let rest = title.strip_prefix(called?)?;
    let is_title = rest.is_empty() || rest.starts_with(" (") && rest.ends_with(')');
    is_title.then_some(title)
}

fn tell_what_is_unread(import: &mut Import<'_>, article: &Article, file: &str) {
    for (line, text) in &article.unread {
        let message = format!("`{text}` does not say what it is, as in `Key: value`");
        let place = Place::file(file).line(*line);
        import
            .report
            .warn("infobox lines that cannot be read", place, message);
    }
    for name in &article.unknown {
        let message = format!("what {{{{{name}}}}} shows is not known here, and left out");
        import
            .report
            .warn("templates that are not known", Place::file(file), message);
    }
    if article
        .entries
        .iter()
        .all(|it| key::of(&it.key) == Meaning::Name)
    {
        let message = "nothing but the name and the text comes over";
        import
            .report
            .warn("articles without an infobox", Place::file(file), message);
    }
}

/// The article as a source. One that was chosen and is stored already stays what it is.
async fn source_draft(import: &Import<'_>, subject: &Subject, text: String) -> Result<Vec<Draft>> {
    if import.source.is_some() {
        let known = import
            .known_by_slug(Kind::Source, [subject.source.as_str()])
            .await?;
        if !known.is_empty() {
            return Ok(Vec::new());
        }
    }
    let mut content = SourceDraft {
        title: subject.title.clone(),
        kind: Some(SourceKind::Encyclopaedia),
        text: Some(text),
        ..SourceDraft::default()
    };
    if subject.id.scheme == wikipedia::SCHEME {
        content.publisher = Some("Wikipedia".to_owned());
        content.url.clone_from(&subject.id.url);
        content.licence = Some("CC BY-SA 4.0".to_owned());
        content.language = Some("en".to_owned());
    }
    Ok(vec![Draft {
        slug: subject.source.clone(),
        content: Content::Source(Box::new(content)),
    }])
}

/// A key as it is compared.
fn key(text: &str) -> String {
    let words = text.to_lowercase();
    let words =
        words.split(|letter: char| letter.is_whitespace() || letter == '_' || letter == '-');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}
