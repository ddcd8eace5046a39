//! The organisation that an article is about, and how its infobox is cited.

use super::super::fault::Place;
use super::Entry;
use crate::write::{ClaimDraft, ExternalIdDraft};

pub(super) struct Subject {
    pub file: String,
    /// The article's title.
    pub title: String,
    /// The organisation's name.
    pub name: String,
    pub slug: String,
    /// The article's id.
    pub id: ExternalIdDraft,
    /// Slug of the article as a source.
    pub source: String,
}

impl Subject {
    pub fn place(&self, line: u64) -> Place {
        Place::file(&self.file).line(line)
    }

    /// The organisation as events name it.
    pub fn reference(&self) -> String {
        format!("organisation/{}", self.slug)
    }
}

/// A claim that rests on an entry of the infobox.
pub(super) fn claim(entry: &Entry) -> ClaimDraft {
    ClaimDraft {
        locator: Some("Infobox".to_owned()),
        quote: Some(entry.quote.clone()),
        ..ClaimDraft::bare()
    }
}
