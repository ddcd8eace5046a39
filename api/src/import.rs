//! Importers: files of other formats become drafts, which are put beside what is stored and written in one transaction.
//!
//! Each format has a module of its own with a function `load`, which reads, and hands over what it has read to
//! `Import`. A file that cannot be understood is refused as a whole, with all that is wrong with it; what can be
//! understood and looks wrong is a warning; what the graph has no place for is told as a loss.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use entity::kind::LineageKind;

use crate::database::{self, Database, Transaction};
use crate::error::Error;
use crate::progress::Progress;
use crate::write::{
    self, Content, Context, Draft, Extent, ExternalIdDraft, Ids, Kind, Known, Match, Stranger,
};

mod article;
mod cite;
mod country;
mod date;
mod fault;
mod file;
mod jsonl;
mod own;
mod parlgov;
mod popolo;
mod position;
mod report;
mod slug;
mod source;
mod table;
mod timeline;
mod wikidata;
mod wikipedia;

use jsonl::Written;

pub use fault::{Column, Fault, Place, Refused};
pub use report::{Report, Warning};

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The tables of ParlGov, in a folder
    Parlgov,
    /// A table of organisations, as drawings of party histories are kept in
    TimelineCsv,
    /// Popolo JSON
    Popolo,
    /// Entities of Wikidata as JSON: one a line or a list, plain or compressed by gzip
    WikidataJson,
    /// An article of an encyclopaedia: plain text, or wikitext with an infobox
    Article,
    /// The lossless format of this program: one record a line
    Jsonl,
}

impl Format {
    /// As it is named on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parlgov => "parlgov",
            Self::TimelineCsv => "timeline-csv",
            Self::Popolo => "popolo",
            Self::WikidataJson => "wikidata-json",
            Self::Article => "article",
            Self::Jsonl => "jsonl",
        }
    }
}

/// How an import is to be done.
pub struct Options<'a> {
    /// Tell what would be done, and leave nothing.
    pub dry_run: bool,
    /// Slug of the source that the claims of the file are ascribed to, where the format does not tell it.
    pub source: Option<&'a str>,
    /// When the data set learns of it.
    pub now: DateTime<Utc>,
    pub progress: &'a dyn Progress,
}

/// Reads a file, or a folder where the format is one, and writes what it says, whole or not at all. Once `stop` is
/// done, nothing more is written and nothing remains.
///
/// # Errors
/// [`Refused`] when the file cannot be understood; what contradicts the database; the database's own errors.
pub async fn load(
    database: &Database,
    format: Format,
    path: &Path,
    options: &Options<'_>,
    stop: impl Future<Output = ()>,
) -> Result<Report> {
    source::check(options.source)?;
    let author = format!("import {}", format.name());
    let mut import = Import {
        txn: database.begin().await?,
        context: Context {
            author: &author,
            reason: None,
            now: options.now,
        },
        source: options.source,
        progress: options.progress,
        report: Report::new(format, options.dry_run),
        faults: Vec::new(),
        written: HashSet::new(),
        parted: Ids::new(),
        united: false,
    };
    let last = write::last_node(&import.txn).await?;
    let written = async {
        match format {
            Format::Parlgov => parlgov::load(&mut import, path).await?,
            Format::TimelineCsv => timeline::load(&mut import, path).await?,
            Format::Popolo => popolo::load(&mut import, path).await?,
            Format::WikidataJson => wikidata::load(&mut import, path).await?,
            Format::Article => article::load(&mut import, path).await?,
            Format::Jsonl => jsonl::load(&mut import, path).await?,
        }
        import.settle()?;
        if write::unwritten(&import.txn).await? > 0 {
            bail!(
                "{}: the file has changed while it was read; import it again",
                path.display()
            );
        }
        import.warn_of_duplicates(last).await
    };
    let written = tokio::select! {
        written = written => written,
        // What has been begun to be committed is not stopped any more.
        () = stop => Err(anyhow!("stopped; nothing of it was written")),
    };
    if options.dry_run {
        import.txn.rollback().await?;
        written?;
    } else {
        database::settle(import.txn, written).await?;
    }
    options.progress.finish();
    Ok(import.report)
}

/// An import under way: what formats hand over what they have read to.
pub(crate) struct Import<'a> {
    txn: Transaction,
    context: Context<'a>,
    /// The slug of the source that claims are ascribed to, where somebody has chosen one.
    pub source: Option<&'a str>,
    pub progress: &'a dyn Progress,
    pub report: Report,
    faults: Vec<Fault>,
    /// The entities that have been written.
    written: HashSet<(Kind, String)>,
    /// Ids that are no longer those of the records that had them.
    parted: Ids,
    /// Whether two records of the file are one here.
    united: bool,
}

impl Import<'_> {
    /// The day of the import: when sources were accessed.
    pub fn today(&self) -> String {
        self.context.now.date_naive().to_string()
    }

    /// Finds out which records those of the file are, in their order. Whoever has an id that is not theirs alone is
    /// told of.
    pub async fn match_all(
        &mut self,
        strangers: &[Stranger],
        place: impl Fn(usize) -> Place,
    ) -> Result<Vec<Match>> {
        let matches = write::match_all(&self.txn, strangers).await?;
        let mut records = HashSet::new();
        for (index, found) in matches.iter().enumerate() {
            let parted = found.parted.iter().cloned();
            self.parted.extend(parted.map(|id| (id.scheme, id.value)));
            let kind = strangers.get(index).map(|stranger| stranger.kind);
            if let Some(kind) = kind.filter(|_| found.known)
                && !records.insert((kind, &found.slug))
            {
                self.united = true;
                let message = format!(
                    "{kind}/{} is what an earlier record of the file is too; what this one says is left out",
                    found.slug
                );
                let place = place(index);
                self.report
                    .warn("records that have been found to be one", place, message);
            }
            for (ExternalIdDraft { scheme, value, .. }, other) in &found.contested {
                let slug = &found.slug;
                let message = format!(
                    "{scheme} `{value}` of {slug} is an id of {other} too, so that it tells neither apart; it is left out"
                );
                self.report
                    .warn("ids that several records have", place(index), message);
            }
        }
        Ok(matches)
    }

    /// The slug of the place that has an ISO 3166 code: the one that is known already, else one made of its name.
    pub async fn country(&self, code: &str, name: &str) -> Result<String> {
        let known = write::place_of_code(&self.txn, code).await?;
        Ok(known.unwrap_or_else(|| slug::of(name)))
    }

    /// The stored records that have these ids in another collection, by id.
    pub async fn known_by_id(
        &self,
        scheme: &str,
        values: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, Known>> {
        Ok(write::known_by_id(&self.txn, scheme, values).await?)
    }

    /// The stored records that slugs lead to, by slug.
    pub async fn known_by_slug(
        &self,
        kind: Kind,
        slugs: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, Known>> {
        Ok(write::known_by_slug(&self.txn, kind, slugs).await?)
    }

    /// The slugs of the places that a stored place lies in; none: no place has this slug.
    pub async fn places_around(&self, slug: &str) -> Result<Option<Vec<String>>> {
        Ok(write::places_around(&self.txn, slug).await?)
    }

    /// What a stored record is called in another collection.
    pub async fn ids_of(&self, known: &Known, scheme: &str) -> Result<Vec<String>> {
        Ok(write::ids_of(&self.txn, known, scheme).await?)
    }

    /// Whether an organisation is known already to have come out of another in this way.
    pub async fn is_linked(
        &self,
        kind: LineageKind,
        earlier: &Known,
        later: &Known,
    ) -> Result<bool> {
        Ok(write::is_linked(&self.txn, kind, earlier, later).await?)
    }

    /// Makes records known before they are written, so that others can refer to them.
    pub async fn announce(&mut self, drafts: &[Draft]) -> Result<()> {
        Ok(write::announce(&self.txn, drafts, &self.context).await?)
    }

    /// Puts what the file's source says beside what is stored, and writes it.
    pub async fn write(&mut self, drafts: Vec<Draft>) -> Result<()> {
        let drafts = self.apart(drafts);
        self.put_beside(drafts, Extent::Whole).await
    }

    /// The same for drafts that tell only a part of what their source says, which has this text.
    pub async fn write_part(&mut self, drafts: Vec<Draft>, text: &str) -> Result<()> {
        let text = &write::text::squeeze(text);
        self.put_beside(drafts, Extent::Part { text }).await
    }

    async fn put_beside(&mut self, drafts: Vec<Draft>, extent: Extent<'_>) -> Result<()> {
        self.settle()?;
        let drafts = write::reconcile(&self.txn, drafts, extent, &self.parted).await?;
        self.replace(&drafts, None, |_| None).await
    }

    /// Without what was found to be one with what the file said before, and without what would have happened between
    /// two that are one.
    fn apart(&mut self, mut drafts: Vec<Draft>) -> Vec<Draft> {
        drafts.retain(|draft| {
            let kind = draft.kind();
            if !kind.is_entity() {
                return true;
            }
            let first = self.written.insert((kind, draft.slug.clone()));
            let within = match &draft.content {
                Content::Event(event) if self.united => event.self_link(|slug| slug),
                _ => None,
            };
            if let Some((_, slug)) = within {
                let message = format!("{kind}/{} is within organisation/{slug}", draft.slug);
                let what = "events between records that have been found to be one";
                self.report.warn(what, Place::none(), message);
            }
            first && within.is_none()
        });
        drafts
    }

    /// Writes records as they are, in place of what is stored of them: as `written` says, or else now. `place` is
    /// where a draft comes from.
    pub async fn replace(
        &mut self,
        drafts: &[Draft],
        written: Option<&Written>,
        place: impl Fn(&Draft) -> Option<Place>,
    ) -> Result<()> {
        self.settle()?;
        let context = written.map_or(self.context, |written| Context {
            author: &written.author,
            reason: written.reason.as_deref(),
            now: written.recorded_at,
        });
        match write::save(&self.txn, drafts, &context).await {
            Ok(saved) => {
                self.report.count(&saved.counts);
                Ok(())
            }
            Err(error) => Err(located(error, drafts, place)),
        }
    }

    /// Notes something that makes the file impossible to understand. Reading goes on, so that all of it is told.
    pub fn refuse(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Whether the file will be refused.
    pub fn is_refused(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Refuses the file if anything in it is wrong.
    pub fn settle(&mut self) -> Result<()> {
        match std::mem::take(&mut self.faults) {
            faults if faults.is_empty() => Ok(()),
            faults => Err(Refused::new(faults).into()),
        }
    }

    async fn warn_of_duplicates(&mut self, last: entity::id::NodeId) -> Result<()> {
        for pair in write::likely_duplicates(&self.txn, last).await? {
            self.report
                .warn("likely duplicates, which stay apart", Place::none(), pair);
        }
        Ok(())
    }
}

/// What contradicts the database is told with the place that it comes from.
fn located(
    error: Error,
    drafts: &[Draft],
    place: impl Fn(&Draft) -> Option<Place>,
) -> anyhow::Error {
    let message = error.to_string();
    let draft = drafts.iter().find(|draft| {
        let rest = message.strip_prefix(draft.kind().word());
        let rest = rest.and_then(|rest| rest.strip_prefix('/')?.strip_prefix(draft.slug.as_str()));
        rest.is_some_and(|rest| rest.starts_with(": "))
    });
    match (error, draft.and_then(place)) {
        (Error::BadInput { .. } | Error::Conflict { .. }, Some(place)) => {
            Refused::new(vec![Fault { place, message }]).into()
        }
        (error, _) => error.into(),
    }
}
