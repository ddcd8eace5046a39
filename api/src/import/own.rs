//! Records that say themselves which record here they are, as those of a file that this program has written do.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::Import;
use crate::write::{Kind, Match, Stranger};

/// Finds the records here that strangers say to be by their slugs, where no id has told who they are. Of several that
/// say to be the same, the first one is.
pub(super) async fn recognise(
    import: &Import<'_>,
    strangers: &[Stranger],
    own: &[Option<&str>],
    matches: &mut [Match],
) -> Result<()> {
    let mut said: HashMap<Kind, Vec<&str>> = HashMap::new();
    for (stranger, own) in strangers.iter().zip(own) {
        said.entry(stranger.kind).or_default().extend(own);
    }
    let mut known = HashMap::new();
    for (kind, slugs) in said {
        known.insert(kind, import.known_by_slug(kind, slugs).await?);
    }
    let mut taken: HashSet<(Kind, String)> = strangers
        .iter()
        .zip(&*matches)
        .filter(|(_, found)| found.known)
        .map(|(stranger, found)| (stranger.kind, found.slug.clone()))
        .collect();
    for ((stranger, own), found) in strangers.iter().zip(own).zip(matches) {
        let known = known.get(&stranger.kind);
        let record = known.zip(*own).and_then(|(known, own)| known.get(own));
        let record = record.filter(|_| !found.known);
        if let Some(record) = record
            && taken.insert((stranger.kind, record.slug.clone()))
        {
            found.slug.clone_from(&record.slug);
            found.known = true;
        }
    }
    Ok(())
}
