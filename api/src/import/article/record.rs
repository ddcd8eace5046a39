//! The records that an infobox names beside its own.

use std::collections::HashMap;

use anyhow::Result;

use super::super::{Import, slug, wikipedia};
use super::Entry;
use super::subject::Subject;
use crate::write::{ExternalIdDraft, Kind, Known, Stranger};

/// Who is meant by a name.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub slug: String,
    pub name: String,
    pub known: Option<Known>,
    /// It has to be written, with these ids.
    pub new: Option<Vec<ExternalIdDraft>>,
}

/// Those that were named before in the same article.
#[derive(Default)]
pub(super) struct Records(HashMap<(Kind, String), Record>);

impl Records {
    /// Finds a record by the article that a link leads to, or by a plain name: by the article of that title, else by the
    /// slug that the name comes to. A record that is known to have another article is not the one that a link means.
    pub async fn find(
        &mut self,
        import: &mut Import<'_>,
        kind: Kind,
        title: &str,
        is_link: bool,
        entry: &Entry,
        subject: &Subject,
    ) -> Result<Record> {
        let id = wikipedia::of_title(title);
        let key = (kind, id.value.clone());
        if let Some(record) = self.0.get(&key) {
            let record = record.clone();
            return Ok(Record {
                new: None,
                ..record
            });
        }
        if kind == Kind::Organisation && id == subject.id {
            return Ok(Record {
                slug: subject.slug.clone(),
                name: subject.name.clone(),
                known: None,
                new: None,
            });
        }
        let by_id = import
            .known_by_id(wikipedia::SCHEME, [id.value.as_str()])
            .await?;
        let by_id = by_id.get(&id.value);
        let known = match by_id.filter(|known| known.kind == kind) {
            Some(known) => Some(known.clone()),
            None => by_slug(import, kind, title, is_link, entry, subject).await?,
        };
        let record = if let Some(known) = known {
            Record {
                slug: known.slug.clone(),
                name: known.name.clone(),
                known: Some(known),
                new: None,
            }
        } else {
            let external_ids: Vec<_> = Some(id).filter(|_| is_link).into_iter().collect();
            self.make(import, kind, title, external_ids, entry, subject)
                .await?
        };
        self.0.insert(key, record.clone());
        Ok(record)
    }

    /// A new record, under a slug that nobody has.
    async fn make(
        &self,
        import: &mut Import<'_>,
        kind: Kind,
        title: &str,
        external_ids: Vec<ExternalIdDraft>,
        entry: &Entry,
        subject: &Subject,
    ) -> Result<Record> {
        let taken = |slug: &str| {
            let others = self.0.iter().filter(|((other, _), _)| *other == kind);
            others.into_iter().any(|(_, record)| record.slug == slug) || slug == subject.slug
        };
        let slugs = slug::candidates(title, &["article", &subject.slug]);
        let stranger = Stranger {
            kind,
            external_ids,
            slugs: slugs.into_iter().filter(|slug| !taken(slug)).collect(),
        };
        let place = subject.place(entry.line);
        let mut found = import.match_all(&[stranger], |_| place.clone()).await?;
        let found = found.pop();
        Ok(Record {
            slug: found.as_ref().map(|it| it.slug.clone()).unwrap_or_default(),
            name: title.to_owned(),
            known: None,
            new: Some(found.map(|it| it.external_ids).unwrap_or_default()),
        })
    }
}

/// The record whose slug a name comes to. One that is known to have an article is not what a link means, which names
/// another.
async fn by_slug(
    import: &mut Import<'_>,
    kind: Kind,
    title: &str,
    is_link: bool,
    entry: &Entry,
    subject: &Subject,
) -> Result<Option<Known>> {
    let known = if is_link {
        without_article(import, kind, title).await?
    } else {
        stored(import, kind, title).await?
    };
    if let Some(known) = &known {
        let slug = &known.slug;
        let message = format!(
            "`{}` is taken to name {kind}/{slug}, by its slug",
            entry.quote
        );
        let place = subject.place(entry.line);
        import
            .report
            .warn("records found by slug alone", place, message);
    }
    Ok(known)
}

/// The record whose slug a title comes to, if it is not known to have an article.
pub(super) async fn without_article(
    import: &Import<'_>,
    kind: Kind,
    title: &str,
) -> Result<Option<Known>> {
    let known = stored(import, kind, title).await?;
    Ok(match known {
        Some(known) if import.ids_of(&known, wikipedia::SCHEME).await?.is_empty() => Some(known),
        _ => None,
    })
}

async fn stored(import: &Import<'_>, kind: Kind, name: &str) -> Result<Option<Known>> {
    let own = slug::of(name);
    Ok(import
        .known_by_slug(kind, [own.as_str()])
        .await?
        .remove(&own))
}
