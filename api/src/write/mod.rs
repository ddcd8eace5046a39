//! All writing: drafts become rows, in one transaction that the caller begins and ends.
//!
//! Mutations, seeds and importers come through [`save`] alike. What holds afterwards:
//! - A draft that says what its record already says writes nothing at all.
//! - A record keeps its key and its public id; so do the rows that it owns, as far as they say the same as before.
//! - Claims keep who recorded them and when.
//! - Each record that was written has one revision more; the data set has one more if any was.
//! - Writers take turns: none of them overwrites what it has not seen.
//! - Lineage links say what follows from the events, no more and no less.
//! - A record that turns out to be another one is gone, and its slugs and ids lead to the other (`merged.rs`).

use std::{
    collections::{BTreeMap, HashMap},
    fmt::{self, Display},
    ops::AddAssign,
};

use chrono::{DateTime, SubsecRound, Utc};
use entity::{dataset, date::HistoricalDate, id::NodeId, revision, slug};
use sea_orm::{
    DatabaseTransaction, EntityTrait, QuerySelect, Set,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;

mod announce;
mod batch;
mod campaign;
mod directory;
mod draft;
mod entity_rows;
mod event;
mod external;
mod link;
mod link_rows;
mod lookup;
mod matching;
mod merged;
mod organisation;
mod parts;
mod person;
mod place;
mod property;
mod public_id;
mod publication;
mod rebuild;
mod reconcile;
mod record;
mod rows;
mod source;
mod stored;
pub mod text;
mod topic;

pub use announce::{announce, unwritten};
pub use campaign::CampaignDraft;
pub(crate) use draft::Common;
pub(crate) use draft::on_table;
pub use draft::{
    ClaimDraft, Claims, ClassificationDraft, Content, DateDraft, Draft, ExternalIdDraft, Kind,
    NameDraft, ParticipationDraft, QuantityDraft, StatementDraft,
};
pub use event::{EventDraft, FollowsDraft};
pub use link::{Party, RULES, SelfLink, links};
pub use lookup::{
    Known, ids_of, is_linked, known_by_id, known_by_slug, last_node, likely_duplicates,
    place_of_code, places_around,
};
pub use matching::{Match, Stranger, match_all};
pub use organisation::{AffiliationDraft, OrganisationDraft, PlacePeriodDraft};
pub use parts::{ClaimPart, Parts, Path, Reference};
pub use person::{MembershipDraft, PersonDraft};
pub use place::PlaceDraft;
pub use property::properties;
pub(crate) use property::property_of;
pub(crate) use public_id::prefix;
pub use publication::{AuthorshipDraft, PublicationDraft, PublishingDraft};
pub use rebuild::{Difference, Totals, compare_links, rebuild_links};
pub use reconcile::{Extent, Ids, reconcile};
pub use source::SourceDraft;
pub(crate) use stored::newest;
pub use topic::TopicDraft;

use crate::error::{Error, Result};
pub(crate) use batch::CHUNK;
use directory::Identity;
pub(crate) use directory::{Directory, Target, records};
use merged::Merged;
use record::Record;
use rows::Rows;

/// Who writes, why and when.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub author: &'a str,
    pub reason: Option<&'a str>,
    pub now: DateTime<Utc>,
}

/// How many records there are now that there were not, that say something else than before, and that say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.created += more.created;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
    }
}

impl Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            created,
            updated,
            unchanged,
        } = self;
        write!(
            f,
            "{created} created, {updated} updated, {unchanged} unchanged"
        )
    }
}

/// What became of the drafts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub counts: BTreeMap<Kind, Counts>,
    /// How many records there were that turned out to be others.
    pub merged: usize,
    /// The record of each draft, in the order of the drafts.
    pub nodes: Vec<NodeId>,
}

impl Report {
    /// Over all kinds.
    #[must_use]
    pub fn total(&self) -> Counts {
        total(self.counts.values())
    }
}

/// All of the counts together.
pub fn total<'a>(counts: impl IntoIterator<Item = &'a Counts>) -> Counts {
    let mut total = Counts::default();
    for counts in counts {
        total += *counts;
    }
    total
}

/// A draft that has something to write.
struct Change<'a> {
    draft: &'a Draft,
    id: NodeId,
    public_id: String,
    number: i32,
    content: String,
    /// The record existed before.
    known: bool,
}

/// Writes the drafts that say something new. They may refer to each other in any order and in circles.
///
/// # Errors
/// [`Error::BadInput`] when a draft cannot be understood: a reference that leads nowhere, a text that is no date,
/// an organisation that would come out of itself. [`Error::Conflict`] when it contradicts what is stored. The
/// transaction is of no use then.
pub async fn save(
    txn: &DatabaseTransaction,
    drafts: &[Draft],
    context: &Context<'_>,
) -> Result<Report> {
    // The databases keep fractions of a second with different precision; whole seconds read alike from both.
    let context = &Context {
        now: context.now.trunc_subsecs(0),
        ..*context
    };
    take_turns(txn).await?;
    let parts: Vec<_> = drafts.iter().map(Parts::of).collect();
    let mut directory = Directory::load(txn, drafts, &parts).await?;
    let identities = identify(&directory, drafts)?;
    let merged = merged::found(&directory, drafts, &identities);
    check(&directory, drafts, &parts)?;
    drop(parts);

    let known: Vec<_> = identities
        .iter()
        .filter_map(|identity| identity.id)
        .collect();
    let stored = newest(txn, &known).await?;
    let created = drafts
        .iter()
        .zip(&identities)
        .filter(|(_, identity)| identity.id.is_none())
        .map(|(draft, identity)| (draft.kind().node(), identity.public_id.clone()))
        .collect();
    let created = batch::nodes(txn, created).await?;

    let mut report = Report::default();
    let mut changes = Vec::new();
    for (draft, Identity { id, public_id }) in drafts.iter().zip(identities) {
        let known = id.is_some();
        let Some(id) = id.or_else(|| created.get(&public_id).copied()) else {
            return Err(Error::internal(anyhow::anyhow!("no node for {public_id}")));
        };
        directory.enter(draft, id, public_id.clone());
        report.nodes.push(id);
        let json = serde_json::to_string(draft).map_err(Error::internal)?;
        if has_control(&json) {
            let message =
                "it holds a control character other than a tab or a line break; leave it out";
            return Err(Error::bad_input(at(draft, "a text", message)));
        }
        let number = match stored.get(&id) {
            Some((_, old)) if *old == json => {
                let counts = report.counts.entry(draft.kind()).or_default();
                counts.unchanged += 1;
                continue;
            }
            Some((number, _)) => number + 1,
            None => 1,
        };
        let counts = report.counts.entry(draft.kind()).or_default();
        match number {
            1 => counts.created += 1,
            _ => counts.updated += 1,
        }
        changes.push(Change {
            draft,
            id,
            public_id,
            number,
            content: json,
            known,
        });
    }
    if !changes.is_empty() {
        report.merged = merged.len();
        write(txn, changes, &merged, &directory, context).await?;
    }
    Ok(report)
}

async fn write(
    txn: &DatabaseTransaction,
    changes: Vec<Change<'_>>,
    merged: &[Merged<'_>],
    directory: &Directory,
    context: &Context<'_>,
) -> Result<()> {
    let mut rows = Rows::default();
    for change in &changes {
        let record = Record::new(
            change.draft,
            change.id,
            change.public_id.clone(),
            change.number,
            directory,
            context,
            &mut rows,
        );
        record.rows()?;
    }
    let mut known: Vec<_> = changes
        .iter()
        .filter(|change| change.known)
        .map(|change| change.id)
        .collect();
    merged::fold(
        txn, merged, &changes, directory, context, &mut rows, &mut known,
    )
    .await?;
    rows.store(txn, &known).await?;

    insert_slugs(txn, changes.iter().map(|change| (change.draft, change.id))).await?;
    merged::redirect(txn, merged, &changes, directory).await?;
    let revisions = changes
        .into_iter()
        .map(|change| revision::ActiveModel {
            node_id: Set(change.id),
            number: Set(change.number),
            author: Set(context.author.to_owned()),
            reason: Set(context.reason.map(str::to_owned)),
            recorded_at: Set(context.now),
            content: Set(change.content),
            ..Default::default()
        })
        .collect();
    batch::insert(txn, revisions, "revisions").await?;
    raise(txn, context).await
}

/// Makes the slugs of drafts lead to their records.
async fn insert_slugs(
    txn: &DatabaseTransaction,
    drafts: impl Iterator<Item = (&Draft, NodeId)>,
) -> Result<()> {
    let slugs = drafts.flat_map(|(draft, id)| {
        draft.slugs().map(move |slug| slug::ActiveModel {
            kind: Set(draft.kind().node()),
            slug: Set(slug.clone()),
            node_id: Set(id),
        })
    });
    let key = [slug::Column::Kind, slug::Column::Slug];
    batch::insert_missing(txn, slugs.collect(), key, "slugs").await
}

/// The record of each draft; no two drafts may be the same record, nor have a slug in common.
fn identify(directory: &Directory, drafts: &[Draft]) -> Result<Vec<Identity>> {
    let mut seen = HashMap::new();
    let mut identities = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let identity = directory.identify(draft)?;
        if let Some(other) = seen.insert(identity.public_id.clone(), draft) {
            return Err(Error::bad_input(at(
                draft,
                "slug",
                format_args!(
                    "{}/{} is the same record; write it once",
                    other.kind(),
                    other.slug
                ),
            )));
        }
        identities.push(identity);
    }
    let mut owners: HashMap<_, _> = drafts
        .iter()
        .map(|draft| ((draft.kind(), draft.slug.as_str()), draft))
        .collect();
    for draft in drafts {
        let former = draft
            .former_slugs()
            .iter()
            .map(|slug| ("former_slugs", slug));
        let merged = draft.merged().iter().map(|slug| ("merged", slug));
        for (field, slug) in former.chain(merged) {
            let owner = owners.insert((draft.kind(), slug), draft);
            if let Some(other) = owner.filter(|other| other.slug != draft.slug) {
                let message = format!(
                    "`{slug}` is a slug of {}/{} too; a slug leads to one record for good",
                    other.kind(),
                    other.slug
                );
                return Err(Error::bad_input(at(draft, field, message)));
            }
        }
    }
    Ok(identities)
}

/// Refuses references that lead nowhere, claims without a source and texts that are no dates before anything is written.
fn check(directory: &Directory, drafts: &[Draft], parts: &[Parts<'_>]) -> Result<()> {
    let mut ours = std::collections::HashSet::new();
    for draft in drafts {
        ours.extend(draft.slugs().map(|slug| (draft.kind(), slug.as_str())));
    }
    for (draft, parts) in drafts.iter().zip(parts) {
        for (path, reference) in &parts.references {
            let message = match reference.kind {
                Some(kind)
                    if ours.contains(&(kind, reference.slug))
                        || directory.get(kind, reference.slug).is_some() =>
                {
                    continue;
                }
                Some(kind) => format!("there is no {kind} `{}`", reference.slug),
                None => reference.incomplete(),
            };
            return Err(Error::bad_input(at(draft, path, message)));
        }
        for part in &parts.claims {
            if part.claim.source.is_none() && draft.default_source().is_none() {
                let message = "the claim has no source, and the draft names none for all";
                return Err(Error::bad_input(at(draft, &part.path, message)));
            }
        }
        for (path, date) in &parts.dates {
            if let Err(error) = HistoricalDate::parse(&date.edtf) {
                return Err(Error::bad_input(at(draft, path, error)));
            }
        }
    }
    Ok(())
}

/// Whether a text in the JSON holds a control character: NUL, which PostgreSQL cannot store, or one of those by
/// which answers mark what is computed and cursors part their keys. Tabs and line breaks have escapes of their own.
fn has_control(json: &str) -> bool {
    json.match_indices(r"\u00").any(|(start, escape)| {
        let code = json[start + escape.len()..].bytes().next();
        let before = json[..start].bytes().rev();
        // A backslash that is itself escaped starts no escape.
        matches!(code, Some(b'0' | b'1'))
            && before.take_while(|byte| *byte == b'\\').count() % 2 == 0
    })
}

/// Waits for whoever else is writing, so that what is read from here on is what will be written over. On SQLite the
/// transaction itself has waited already.
async fn take_turns(txn: &DatabaseTransaction) -> Result<()> {
    let row = dataset::Entity::find().lock_exclusive().one(txn).await;
    row.map_err(Error::internal)?;
    Ok(())
}

/// Tells the whole data set that it has changed.
async fn raise(txn: &DatabaseTransaction, context: &Context<'_>) -> Result<()> {
    let raised = dataset::Entity::update_many()
        .col_expr(
            dataset::Column::Revision,
            Expr::col(dataset::Column::Revision).add(1),
        )
        .col_expr(dataset::Column::ChangedAt, Expr::val(context.now))
        .exec(txn)
        .await
        .map_err(Error::internal)?;
    if raised.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::internal(anyhow::anyhow!(
            "the table dataset has no row"
        )))
    }
}

/// Says which draft, where in it, and what.
fn at(draft: &Draft, path: impl Display, message: impl Display) -> String {
    format!("{}/{}: {path}: {message}", draft.kind(), draft.slug)
}
