//! The source that a file is, where the format does not tell it.

use std::path::Path;

use anyhow::Result;
use entity::kind::SourceKind;

use super::fault::{Fault, Place, Refused};
use super::{Import, file, slug};
use crate::write::{Content, DateDraft, Draft, Kind, SourceDraft};

/// A file as a source.
pub(super) struct Source {
    pub slug: String,
    /// What is to be written of it; none: it is known already, and whoever described it knows better than its name.
    pub draft: Option<Draft>,
}

/// Refuses what somebody has chosen as the slug of the source and is none.
pub(super) fn check(chosen: Option<&str>) -> Result<(), Fault> {
    let Some(chosen) = chosen else { return Ok(()) };
    let right = match slug::of(chosen) {
        slug if slug.is_empty() => "write it in letters a to z, digits and hyphens".to_owned(),
        slug if slug == chosen => return Ok(()),
        slug => format!("write it as in {slug}"),
    };
    let message = format!("`{chosen}` is no slug for a source; {right}");
    Err(Place::none().fault(message))
}

/// The source of the slug that somebody has chosen, else of the file's name. A new one is a collection of data of which
/// nothing is known but that name, and where it was found if the file says so.
pub(super) async fn of_file(
    import: &Import<'_>,
    path: &Path,
    url: Option<String>,
) -> Result<Source> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.as_deref().unwrap_or_default();
    let slug = match import.source {
        Some(chosen) => chosen.to_owned(),
        None => slug::of(name.split('.').next().unwrap_or_default()),
    };
    if slug.is_empty() {
        let message =
            "no slug for the source can be made of the file's name; name one with --source";
        return Err(Refused::from(Place::file(file::name(path)).fault(message)).into());
    }
    let known = import.known_by_slug(Kind::Source, [slug.as_str()]).await?;
    let draft = known.is_empty().then(|| Draft {
        slug: slug.clone(),
        content: Content::Source(Box::new(SourceDraft {
            title: name.to_owned(),
            kind: Some(SourceKind::Dataset),
            url,
            accessed: Some(DateDraft {
                edtf: import.today(),
                text: None,
            }),
            ..SourceDraft::default()
        })),
    });
    Ok(Source { slug, draft })
}
