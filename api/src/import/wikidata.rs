//! `wikidata-json`: entities of Wikidata as its dumps and its service tell them.
//!
//! The file is read twice: first for which item is which record (`index.rs`), then for what statements say. Between the two
//! all records are made known, so that they can be written piece by piece whatever they refer to further on. What
//! items are is said in `class.rs`; what of their statements comes over, in the module of each kind of record.
//!
//! Wikidata is the source of every claim; the references that it gives itself stand in the claims' notes. Claims have the
//! ranks of their statements. An item that a statement names and the file does not hold is the stored record with that number,
//! if there is one. Else the statement is left out, and the report lists the item: a name is not made up, and a
//! record named by a number would help nobody.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use entity::kind::SourceKind;

use super::Import;
use super::cite::cite;
use super::fault::{self, Fault, Place};
use super::file;
use crate::write::{Content, Draft, SourceDraft};

mod circumstance;
mod class;
mod date;
mod elements;

mod event;
mod happening;
mod index;
mod item;
mod language;
mod lineage;
mod naming;
mod organisation;
mod person;
mod publication;
mod subjects;
mod telling;

use class::Class;
use elements::{Element, Elements};
use index::Index;
use item::Entity;
use lineage::Lineage;
use subjects::Subjects;
use telling::Telling;

/// Slug of Wikidata as a source.
const SOURCE: &str = "wikidata";
/// Records that are written together.
const TOGETHER: usize = 500;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let size = file::size(path);
    import.progress.start("bytes, read twice", 2 * size);
    let mut index = read_first(import, path)?;
    index.settle(import, &file::name(path)).await?;

    import.write(vec![source_draft()]).await?;
    let mut missing = BTreeMap::new();
    let mut subjects = Subjects::new(&index);
    let mut lineage = Lineage::default();
    let mut elements = Elements::open(path)?;
    let mut is_done = false;
    let mut told = std::collections::HashSet::new();
    while !is_done {
        let mut drafts = Vec::new();
        let mut telling = Telling {
            index: &index,
            subjects,
            lineage,
            report: &mut import.report,
            source: SOURCE,
            missing: &mut missing,
            item: 0,
            place: Place::none(),
        };
        while drafts.len() < TOGETHER {
            let Some(element) = elements.next()? else {
                is_done = true;
                break;
            };
            let entity = parse(&element)?;
            let Some(item) = entity.item().filter(|item| told.insert(*item)) else {
                continue;
            };
            telling.item = item;
            telling.place = element.place();
            drafts.extend(draft(&mut telling, &entity)?);
            drafts.extend(telling.subjects.take());
        }
        (subjects, lineage) = (telling.subjects, telling.lineage);
        import.write(drafts).await?;
        import.progress.reach(size + elements.read());
    }
    write_happenings(import, lineage, &index).await?;
    for (item, (property, count, place)) in missing {
        let times = if count == 1 {
            "once".to_owned()
        } else {
            format!("{count} times")
        };
        let message = format!(
            "Q{item} is named {times}, first by {property}; what names it comes over once the file holds it"
        );
        import
            .report
            .warn("items that are named and not known", place, message);
    }
    Ok(())
}

/// Reads the file for which items there are.
fn read_first(import: &mut Import<'_>, path: &Path) -> Result<Index> {
    let mut index = Index::default();
    let mut elements = Elements::open(path)?;
    while let Some(element) = elements.next()? {
        match parse(&element) {
            Err(fault) => import.refuse(fault),
            Ok(entity) => {
                let report = &mut import.report;
                let place = element.place();
                match entity.item() {
                    _ if entity.missing.is_some() => {
                        let message = format!("Wikidata has no {}", entity.id);
                        report.warn("entities that do not exist", place, message);
                    }
                    None => {
                        let why = "they describe Wikidata's own properties, or words";
                        report.losses.add("entities that are no items", why, 1);
                    }
                    Some(item) if index.sketch(item, &entity, place.line) => {
                        report.carry("items", 1);
                    }
                    Some(_) => {
                        let message =
                            format!("{} was told before; what comes first counts", entity.id);
                        report.warn("items that are told twice", place, message);
                    }
                }
            }
        }
        import.progress.reach(elements.read());
    }
    import.settle()?;
    Ok(index)
}

fn parse(element: &Element) -> Result<Entity, Fault> {
    serde_json::from_str(&element.text).map_err(|error| {
        let place = element.place_at(error.line(), error.column());
        place.fault(fault::of_json(&error))
    })
}

/// What an item says, if it is a record.
fn draft(telling: &mut Telling<'_>, entity: &Entity) -> Result<Option<Draft>> {
    let index = telling.index;
    let Some(record) = index.record(telling.item) else {
        return Ok(None);
    };
    let content = match record.class {
        Class::Person => Content::Person(Box::new(person::person(telling, entity, record))),
        Class::Organisation(kind) => {
            let draft = organisation::organisation(telling, entity, record, kind);
            Content::Organisation(Box::new(draft))
        }
        Class::Publication(kind) => {
            let draft = publication::publication(telling, entity, record, kind);
            Content::Publication(Box::new(draft))
        }
        Class::Event(kind) => Content::Event(Box::new(event::event(telling, entity, record, kind))),
        Class::Campaign => Content::Campaign(Box::new(event::campaign(telling, entity, record))),
        Class::Place(_) | Class::Topic => return Ok(None),
    };
    let draft = Draft {
        slug: record.slug.clone(),
        content,
    };
    Ok(Some(cite(draft, &format!("Q{}", telling.item))?))
}

/// Writes the events that statements of succession come to.
async fn write_happenings(import: &mut Import<'_>, lineage: Lineage, index: &Index) -> Result<()> {
    let happenings = lineage.happenings(index);
    for happenings in happenings.chunks(TOGETHER) {
        let strangers: Vec<_> = happenings.iter().map(|it| it.stranger(index)).collect();
        let matches = import.match_all(&strangers, |_| Place::none()).await?;
        let drafts = happenings.iter().zip(matches).map(|(happening, found)| {
            let content = happening.draft(index, SOURCE, found.external_ids);
            let draft = Draft {
                slug: found.slug,
                content: Content::Event(Box::new(content)),
            };
            cite(draft, &format!("Q{}", happening.newer))
        });
        let drafts = drafts.collect::<serde_json::Result<Vec<_>>>()?;
        import
            .report
            .carry("events of succession and foundation", drafts.len());
        import.write(drafts).await?;
    }
    Ok(())
}

fn source_draft() -> Draft {
    let content = SourceDraft {
        title: "Wikidata".to_owned(),
        kind: Some(SourceKind::Dataset),
        publisher: Some("Wikimedia Foundation".to_owned()),
        url: Some("https://www.wikidata.org/".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        ..SourceDraft::default()
    };
    Draft {
        slug: SOURCE.to_owned(),
        content: Content::Source(Box::new(content)),
    }
}
