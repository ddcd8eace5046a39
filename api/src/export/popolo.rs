//! `popolo`: people, organisations, their memberships, places and events as one JSON document, after the specification
//! of the Popolo project (<https://www.popoloproject.com/specs/>). A record stands on a line, under its slug.
//!
//! What a field of Popolo cannot say without a falsehood is left out: estimates of dates, what is disputed or denied.

mod area;
mod event;
mod membership;
mod object;
mod organisation;
mod person;

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use entity::id::NodeId;
use serde_json::json;

use self::object::{Object, Sources};
use super::{Out, Record, Records, loss};
use crate::format::popolo::Class;
use crate::loss::Losses;
use crate::write::{Content, Directory, Kind, Parts};

/// Which collections there are, and of which records.
const COLLECTIONS: [(Class, &[Kind]); 5] = [
    (Class::Person, &[Kind::Person]),
    (Class::Organization, &[Kind::Organisation]),
    (Class::Membership, &[Kind::Person, Kind::Organisation]),
    (Class::Area, &[Kind::Place]),
    (Class::Event, &[Kind::Event]),
];

pub(super) async fn export(
    records: &Records<'_>,
    base_url: &str,
    out: &mut Out<'_>,
) -> Result<Losses> {
    let kinds = COLLECTIONS.iter().flat_map(|(_, kinds)| *kinds).copied();
    let kinds: Vec<Kind> = kinds.collect();
    records.will_read(kinds).await?;
    let mut losses = Losses::default();
    for (kind, why) in [
        (Kind::Topic, "there is no class for them"),
        (
            Kind::Source,
            "with what was taken from them, their titles and addresses stand alone",
        ),
        (Kind::Publication, "there is no class for them"),
        (Kind::Campaign, "there is no class for them"),
    ] {
        losses.add(kind.folder(), why, records.count(kind).await?);
    }
    let meta = json!({"sources": [base_url]});
    out.buffer
        .extend_from_slice(format!("{{\"meta\":{meta}").as_bytes());
    for (class, kinds) in COLLECTIONS {
        let name = class.collection();
        out.buffer
            .extend_from_slice(format!(",\n\"{name}\":[").as_bytes());
        let mut is_first = true;
        for kind in kinds {
            let mut batches = records.of_kind(*kind);
            while let Some(batch) = batches.next().await? {
                let around = Around::of(records, &batch).await?;
                for record in &batch {
                    for object in objects(class, record, &around, &mut losses)? {
                        let line: &[u8] = if is_first { b"\n" } else { b",\n" };
                        out.buffer.extend_from_slice(line);
                        serde_json::to_writer(&mut out.buffer, &object)?;
                        is_first = false;
                    }
                }
                out.pass_on().await?;
            }
        }
        out.buffer.extend_from_slice(b"\n]");
    }
    out.buffer.extend_from_slice(b"}\n");
    Ok(losses)
}

/// What the records of a batch refer to.
struct Around {
    directory: Directory,
    sources: Sources,
}

impl Around {
    async fn of(records: &Records<'_>, batch: &[Record]) -> Result<Self> {
        let directory = records.referred(batch).await?;
        let mut ids: HashSet<NodeId> = HashSet::new();
        for record in batch {
            for (_, reference) in Parts::of(&record.draft).references {
                if reference.kind == Some(Kind::Source) {
                    let source = directory.get(Kind::Source, reference.slug);
                    ids.extend(source.map(|source| source.id));
                }
            }
        }
        let mut sources = HashMap::new();
        for record in records.of_ids(Kind::Source, ids).await? {
            if let Content::Source(source) = record.draft.content {
                sources.insert(record.id, (source.url, source.title));
            }
        }
        Ok(Self {
            directory,
            sources: Sources(sources),
        })
    }
}

/// What a record gives to a collection.
fn objects(
    class: Class,
    record: &Record,
    around: &Around,
    losses: &mut Losses,
) -> Result<Vec<Object>> {
    let (object, held) = match (class, &record.draft.content) {
        (Class::Membership, Content::Person(draft)) => {
            return Ok(membership::of_person(record, draft, around, losses));
        }
        (Class::Membership, Content::Organisation(draft)) => {
            return Ok(membership::of_organisation(record, draft, around, losses));
        }
        (_, Content::Person(draft)) => person::person(record, draft, around, losses),
        (_, Content::Organisation(draft)) => {
            organisation::organisation(record, draft, around, losses)
        }
        (_, Content::Event(draft)) => event::event(record, draft, around, losses),
        (_, Content::Place(draft)) => area::area(record, draft, around),
        _ => return Ok(Vec::new()),
    };
    loss::fields(record, held, |_| "there is no field for it", losses)?;
    loss::history(record, losses);
    Ok(vec![object])
}
