//! `timeline-csv`: a table of entries that say which others they came out of and became.
//!
//! An entry becomes an organisation. What its columns say of descent becomes events, one for each cell; entries that
//! merge into the same one at the same time share theirs. What follows without being said is marked as derived: the
//! end of an entry that became another, and whether others merged into one that was there before.

use std::path::Path;

use anyhow::Result;

use super::cite::cite;
use super::fault::Place;
use super::{Import, slug, source, wikipedia};
use crate::format::timeline::{END, EVENT_SCHEME, ID, SCHEME, TIES};
use crate::write::{Draft, ExternalIdDraft, Kind, Match, Stranger};
use entry::Entry;
use event::{Happening, end, happenings};

mod draft;
mod entry;
mod event;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let entries = entry::read(import, path)?;
    import.settle()?;
    let source = source::of_file(import, path, None).await?;
    import.progress.start("entries", entries.len() as u64);
    let timeline = Timeline {
        source: source.slug,
        happenings: happenings(&entries),
        entries,
    };
    let matches = timeline.match_all(import).await?;
    timeline.report(import, &matches);
    timeline.warn(import);
    let mut drafts: Vec<Draft> = source.draft.into_iter().collect();
    drafts.extend(timeline.topics());
    let (organisations, events) = matches.split_at(timeline.entries.len());
    for (position, entry) in timeline.entries.iter().enumerate() {
        let draft = timeline.organisation(position, entry, organisations);
        drafts.push(cite(draft, &entry.locator(ID))?);
    }
    for (happening, found) in timeline.happenings.iter().zip(events) {
        let draft = timeline.event(happening, found, organisations);
        drafts.push(cite(
            draft,
            &timeline.locator(happening.first(), happening.tie.column),
        )?);
    }
    import.write(drafts).await?;
    import.progress.reach(timeline.entries.len() as u64);
    Ok(())
}

/// A table that has been understood.
struct Timeline {
    source: String,
    entries: Vec<Entry>,
    happenings: Vec<Happening>,
}

impl Timeline {
    /// Finds out who the entries are, then which the events.
    async fn match_all(&self, import: &mut Import<'_>) -> Result<Vec<Match>> {
        let source = &self.source;
        let entries = self.entries.iter().map(|entry| {
            let id = ExternalIdDraft {
                scheme: SCHEME.to_owned(),
                value: format!("{source}:{}", entry.id),
                url: None,
            };
            let year = entry.start.as_ref().map_or("", |start| start.edtf.as_str());
            Stranger {
                kind: Kind::Organisation,
                external_ids: [id].into_iter().chain(entry.article.clone()).collect(),
                slugs: entry.slugs(&[year, source, &entry.id]),
            }
        });
        let events = self.happenings.iter().map(|happening| {
            let id = &self
                .entries
                .get(happening.first())
                .map_or("", |entry| &entry.id);
            Stranger {
                kind: Kind::Event,
                external_ids: self.event_ids(happening),
                slugs: slug::candidates(&happening.name(&self.entries), &[source, id]),
            }
        });
        let strangers: Vec<Stranger> = entries.chain(events).collect();
        let place = |index: usize| {
            let event = index.checked_sub(self.entries.len());
            let event = event.and_then(|index| self.happenings.get(index));
            let entry = self.entries.get(event.map_or(index, Happening::first));
            entry.map_or_else(Place::none, |entry| entry.row.place())
        };
        import.match_all(&strangers, place).await
    }

    /// One for each row in which the event stands, whatever the others become.
    fn event_ids(&self, happening: &Happening) -> Vec<ExternalIdDraft> {
        let own = happening.own.iter().filter_map(|it| self.entries.get(*it));
        own.map(|entry| {
            let mut value = format!("{}:{}:{}", self.source, entry.id, happening.tie.column);
            // One row may tell of several mergers.
            if entry.tied(happening.tie).len() > happening.theirs.len() {
                let theirs = happening
                    .theirs
                    .first()
                    .and_then(|it| self.entries.get(*it));
                value.push(':');
                value.push_str(theirs.map_or("", |entry| &entry.id));
            }
            ExternalIdDraft {
                scheme: EVENT_SCHEME.to_owned(),
                value,
                url: None,
            }
        })
        .collect()
    }

    /// Tells what comes over.
    fn report(&self, import: &mut Import<'_>, matches: &[Match]) {
        let report = &mut import.report;
        report.carry("entries", self.entries.len());
        for tie in TIES {
            let tied = self
                .happenings
                .iter()
                .filter(|it| it.tie.column == tie.column);
            let what = match tie.column {
                "become" => "entries that became another",
                "split" => "entries that split from another",
                "merge" => "entries that merged into another",
                _ => "entries that divided into others",
            };
            report.carry(what, tied.map(|it| it.own.len()).sum());
        }
        let links = self.entries.iter().map(|entry| entry.links.len());
        report.carry("links that are no descent", links.sum());
        let grouped = self.entries.iter().filter(|entry| entry.group.is_some());
        report.carry("entries in a group", grouped.count());
        let ids = matches.iter().flat_map(|found| &found.external_ids);
        let articles = ids.filter(|id| id.scheme.starts_with(wikipedia::SCHEME));
        report.carry("articles of Wikipedia", articles.count());
    }

    /// Tells what looks wrong.
    fn warn(&self, import: &mut Import<'_>) {
        for happening in &self.happenings {
            let Some(entry) = self.entries.get(happening.first()) else {
                continue;
            };
            let place = entry.row.place().named(happening.tie.column);
            for told in happening.out_of_time(&self.entries) {
                let kind = "events outside the life of a participant";
                import.report.warn(kind, place.clone(), told);
            }
        }
        for (position, entry) in self.entries.iter().enumerate() {
            if let (Some(start), Some(when)) = (&entry.start, end(&self.entries, position))
                && event::before(&when.date.edtf, &start.edtf)
            {
                let (id, start, end) = (&entry.id, &start.edtf, &when.date.edtf);
                let message = format!("`{id}` begins in {start} and ends in {end}");
                let place = entry.row.place().named(END);
                import
                    .report
                    .warn("entries that end before they begin", place, message);
            }
        }
    }
}
