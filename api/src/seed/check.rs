//! The checks that seeds must pass: a plain list of functions, each over the whole set.
//!
//! A contradiction in history is never a reason to refuse data, so what merely looks wrong is a warning.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::problem::Problem;
use super::read::File;
use crate::write::{CHUNK, Kind, Parts};

mod claim;
mod date;
mod entry;
mod reference;
#[cfg(test)]
mod tests;

/// Slugs of records that seeds may refer to although no file among them is read for it.
#[derive(Debug, Default)]
pub struct Known(HashSet<(Kind, String)>);

impl Known {
    /// Looks up in the database what the files refer to and do not hold themselves. A reference to a file that
    /// cannot be read is not at fault either.
    pub async fn load(
        txn: &DatabaseTransaction,
        files: &[File],
        unreadable: &[Problem],
    ) -> anyhow::Result<Self> {
        let nothing = Self::default();
        let set = Set::new(files, &nothing);
        let slug_of = |problem: &Problem| {
            let (folder, name) = problem.file.split_once('/')?;
            let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
            Some((kind, name.split('.').next()?.to_owned()))
        };
        let mut known: HashSet<_> = unreadable.iter().filter_map(slug_of).collect();
        for kind in Kind::ALL {
            let missing: BTreeSet<_> = set
                .parts
                .iter()
                .flat_map(|parts| &parts.references)
                .filter(|(_, reference)| reference.kind == Some(kind))
                .filter(|(_, reference)| !set.has(kind, reference.slug))
                .map(|(_, reference)| reference.slug)
                .collect();
            let missing: Vec<_> = missing.into_iter().collect();
            for slugs in missing.chunks(CHUNK) {
                let found = entity::slug::Entity::find()
                    .filter(entity::slug::Column::Kind.eq(kind.node()))
                    .filter(entity::slug::Column::Slug.is_in(slugs.iter().copied()))
                    .all(txn)
                    .await?;
                known.extend(found.into_iter().map(|row| (kind, row.slug)));
            }
        }
        Ok(Self(known))
    }
}

/// Errors refuse the seeds, warnings do not.
#[derive(Debug, Default)]
pub struct Found {
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

/// All files of a set of seeds, with what the checks need to know about them.
struct Set<'a> {
    files: &'a [File],
    /// Of each file, in the same order.
    parts: Vec<Parts<'a>>,
    by_slug: HashMap<(Kind, &'a str), &'a File>,
    known: &'a Known,
}

impl<'a> Set<'a> {
    fn new(files: &'a [File], known: &'a Known) -> Self {
        let mut by_slug = HashMap::new();
        for file in files {
            for slug in file.draft.former_slugs().iter().chain(file.draft.merged()) {
                by_slug
                    .entry((file.draft.kind(), slug.as_str()))
                    .or_insert(file);
            }
        }
        for file in files {
            by_slug.insert((file.draft.kind(), file.draft.slug.as_str()), file);
        }
        Self {
            files,
            parts: files.iter().map(|file| Parts::of(&file.draft)).collect(),
            by_slug,
            known,
        }
    }

    fn get(&self, kind: Kind, slug: &str) -> Option<&'a File> {
        self.by_slug.get(&(kind, slug)).copied()
    }

    fn has(&self, kind: Kind, slug: &str) -> bool {
        self.by_slug.contains_key(&(kind, slug)) || self.known.0.contains(&(kind, slug.to_owned()))
    }

    fn each(&self) -> impl Iterator<Item = (&'a File, &Parts<'a>)> {
        self.files.iter().zip(&self.parts)
    }
}

type Check = fn(&Set<'_>, &mut Vec<Problem>);

const CHECKS: &[Check] = &[
    entry::slugs_are_well_formed,
    entry::slugs_lead_to_one_record,
    entry::texts_are_not_empty,
    entry::languages_are_tags,
    entry::urls_are_web_addresses,
    entry::quantities_say_something,
    entry::external_ids_are_unique,
    entry::participants_are_named_or_described,
    reference::references_lead_somewhere,
    reference::countries_have_codes,
    reference::nothing_contains_itself,
    reference::nothing_relates_to_itself,
    reference::events_are_followed_once,
    date::dates_are_edtf,
    claim::properties_exist,
    claim::claims_have_a_source,
    claim::claims_have_a_value,
    claim::one_claim_is_preferred,
    claim::quotes_are_verbatim,
];

/// What looks wrong on a given day.
type Doubt = fn(&Set<'_>, NaiveDate, &mut Vec<Problem>);

const DOUBTS: &[Doubt] = &[
    date::periods_run_forwards,
    date::what_has_ended_is_not_active,
    claim::items_are_as_sure_as_their_claims,
];

/// Runs all checks.
pub fn check(files: &[File], known: &Known, today: NaiveDate) -> Found {
    let set = Set::new(files, known);
    let mut found = Found::default();
    for check in CHECKS {
        check(&set, &mut found.errors);
    }
    for doubt in DOUBTS {
        doubt(&set, today, &mut found.warnings);
    }
    found.errors.sort();
    found.warnings.sort();
    found
}
