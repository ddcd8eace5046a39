//! Writing sources.

use entity::id::SourceId;
use entity::kind::SourceKind;
use entity::source;
use sea_orm::Set;

use super::draft::{DateDraft, drafts};
use super::parts::Parts;
use super::record::Record;
use crate::error::Result;

drafts! {
    /// Where claims come from.
    #[derive(Default)]
    SourceDraft (title: String) {
        kind: Option<SourceKind>,
        author: Option<String>,
        publisher: Option<String>,
        url: Option<String>,
        published: Option<DateDraft>,
        accessed: Option<DateDraft>,
        licence: Option<String>,
        language: Option<String>,
        /// The source's whole text, where its licence allows: quotes are checked against it.
        text: Option<String>,
    }
}

impl SourceDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.text("title", &self.title);
        parts.url("url", self.url.as_ref());
        parts.date("published", self.published.as_ref());
        parts.date("accessed", self.accessed.as_ref());
        parts.language("language", self.language.as_ref());
    }
}

impl SourceDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let mut row = source::ActiveModel {
            id: Set(SourceId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            title: Set(self.title.clone()),
            kind: Set(self.kind.unwrap_or(SourceKind::Other)),
            author: Set(self.author.clone()),
            publisher: Set(self.publisher.clone()),
            url: Set(self.url.clone()),
            licence: Set(self.licence.clone()),
            language: Set(self.language.clone()),
            text: Set(self.text.clone()),
            ..Default::default()
        };
        row.set_published(record.date("published", self.published.as_ref())?.as_ref());
        row.set_accessed(record.date("accessed", self.accessed.as_ref())?.as_ref());
        record.rows.sources.push(row);
        Ok(())
    }
}
