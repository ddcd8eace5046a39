//! `popolo`: people, organisations and their memberships as JSON.
//!
//! People and organisations are told by their ids within the file and by those of other collections; those of a file
//! that this program has written, by their slugs. A membership on behalf of another body makes its holder a
//! representative of that body, which is marked as derived; so is the time of one that only names the legislative
//! period. What records say they were taken from stands in the notes of claims.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::Result;
use entity::kind::AffiliationKind;

use super::cite::cite_with;
use super::fault::Place;
use super::own::recognise;
use super::{Import, file, source};
use crate::format::popolo::{ADDRESS, AREA, Class, SCHEME, external_id, why_lost};
use crate::write::text::is_web_address;
use crate::write::{
    AffiliationDraft, Content, Draft, ExternalIdDraft, Kind, OrganisationDraft, PlacePeriodDraft,
    Stranger,
};
use area::{Places, areas};
use document::{Document, Item};
use event::{events, participants};
use json::Text;
use membership::{Around, memberships};
use organisation::organisation;
use person::person;
use read::{Read, claim, locator};
use tie::Ties;

mod area;
mod document;
mod event;
mod json;
mod membership;
mod organisation;
mod person;
mod read;
mod tie;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let text = file::unbroken(path)?;
    let text = Text::new(file::name(path), &text);
    let document = Document::read(import, &text)?;
    let origin = document.origin.clone().filter(|url| is_web_address(url));
    let source = source::of_file(import, path, origin).await?;
    let mut records: Vec<Read> = Vec::new();
    for item in document.all(Class::Person) {
        records.push(person(import, &source.slug, item));
    }
    for item in document.all(Class::Organization) {
        records.push(organisation(import, &source.slug, item));
    }
    let (happenings, periods) = events(import, &source.slug, &document);
    records.extend(happenings);
    for class in [
        Class::Person,
        Class::Organization,
        Class::Event,
        Class::Area,
    ] {
        import
            .report
            .carry(class.collection(), document.all(class).count());
    }
    import.progress.start("records", records.len() as u64);
    let (areas, places) = areas(import, &source.slug, &document).await?;
    import.settle()?;

    let slugs = match_all(import, &source.slug, &document, &mut records).await?;
    let around = Around {
        ties: Ties {
            document: &document,
            slugs,
        },
        areas,
        periods,
    };
    let mut drafts: Vec<Draft> = source.draft.into_iter().chain(places).collect();
    drafts.extend(complete(import, &source.slug, &around, records)?);
    let written = drafts.len() as u64;
    import.write(drafts).await?;
    import.progress.reach(written);
    Ok(())
}

/// Finds out who the records are; and those organisations that the file only refers to.
async fn match_all(
    import: &mut Import<'_>,
    source: &str,
    document: &Document<'_>,
    records: &mut [Read],
) -> Result<HashMap<(Class, String), String>> {
    let outside = outside(document);
    let own = records.iter().map(|read| Stranger {
        kind: read.kind(),
        external_ids: read.ids.clone(),
        slugs: read.slugs.clone(),
    });
    let others = outside.iter().map(|id| Stranger {
        kind: Kind::Organisation,
        external_ids: vec![ExternalIdDraft {
            scheme: SCHEME.to_owned(),
            value: external_id(source, Class::Organization, id),
            url: None,
        }],
        slugs: Vec::new(),
    });
    let strangers: Vec<Stranger> = own.chain(others).collect();
    let place = |index: usize| {
        let read = records.get(index);
        let item = read.and_then(|read| document.get(read.class, &read.id));
        item.map_or_else(Place::none, |item| item.record.whole.place())
    };
    let mut matches = import.match_all(&strangers, place).await?;
    let said: Vec<Option<&str>> = records.iter().map(|read| read.own.as_deref()).collect();
    recognise(import, &strangers, &said, &mut matches).await?;
    let (own, others) = matches.split_at(records.len());
    let mut slugs = HashMap::new();
    for (read, found) in records.iter_mut().zip(own) {
        slugs.insert((read.class, read.id.clone()), found.slug.clone());
        read.ids.clone_from(&found.external_ids);
    }
    for (id, found) in outside.into_iter().zip(others) {
        if found.known {
            slugs.insert((Class::Organization, id), found.slug.clone());
        }
    }
    Ok(slugs)
}

/// The ids of organisations that the file refers to and does not hold.
fn outside(document: &Document<'_>) -> BTreeSet<String> {
    let ties = [
        (Class::Membership, "organization"),
        (Class::Membership, "on_behalf_of"),
        (Class::Post, "organization"),
        (Class::Organization, "parent"),
        (Class::Event, "organization"),
    ];
    let ids = ties.into_iter().flat_map(|(class, field)| {
        let items = document.all(class);
        items.filter_map(move |item| Some(&item.tie(field)?.id))
    });
    let is_outside = |id: &&String| document.get(Class::Organization, id).is_none();
    ids.filter(is_outside).cloned().collect()
}

/// Adds to each record what ties it to others, and to all that they say where it stands.
fn complete(
    import: &mut Import<'_>,
    source: &str,
    around: &Around<'_, '_>,
    records: Vec<Read>,
) -> Result<Vec<Draft>> {
    let ties = &around.ties;
    let mut memberships = memberships(import, around);
    let mut places = Places::new(source, &around.areas);
    let mut drafts = Vec::new();
    for read in records {
        let (Some(item), Some(slug)) = (
            ties.document.get(read.class, &read.id),
            ties.slugs.get(&(read.class, read.id.clone())),
        ) else {
            continue;
        };
        let mut content = read.content;
        match &mut content {
            Content::Person(person) => {
                person.external_ids = read.ids;
                person.memberships = memberships.people.remove(&read.id).unwrap_or_default();
            }
            Content::Organisation(organisation) => {
                organisation.external_ids = read.ids;
                let others = memberships
                    .organisations
                    .remove(&read.id)
                    .unwrap_or_default();
                organisation.affiliations = parent(import, ties, item);
                organisation.affiliations.extend(others);
                lie(import, around, item, organisation);
                let seat = seat(import, item);
                organisation.headquarters = seat.map(|name| places.find(name));
            }
            Content::Event(event) => {
                event.external_ids = read.ids;
                event.participants = participants(import, ties, item);
                let location = item.record.clone().text("location", import);
                event.place = location.map(|name| places.find(name));
            }
            _ => {}
        }
        let slug = slug.clone();
        drafts.push(cite_with(Draft { slug, content }, &read.claim)?);
    }
    drafts.extend(places.drafts());
    Ok(drafts)
}

/// Where an organisation has its seat: the first address. Further ones are lost.
fn seat(import: &mut Import<'_>, item: &Item<'_>) -> Option<String> {
    let mut record = item.record.clone();
    let mut addresses = Vec::new();
    for mut contact in record.records("contact_details", import) {
        let kind = contact.text("type", import).unwrap_or_default();
        let value = contact.text("value", import);
        addresses.extend(value.filter(|_| kind.eq_ignore_ascii_case(ADDRESS)));
    }
    let more = addresses.len().saturating_sub(1);
    let why = why_lost("contact_details");
    import.report.losses.add("contact details", why, more);
    addresses.into_iter().next()
}

/// What an organisation is a part of.
fn parent(import: &mut Import<'_>, ties: &Ties<'_, '_>, item: &Item<'_>) -> Vec<AffiliationDraft> {
    let Some(tie) = item.tie("parent") else {
        return Vec::new();
    };
    if tie.id == item.id {
        let message = format!(
            "{}: an organization cannot be a part of itself",
            tie.at.path()
        );
        import.report.warn(
            "organizations that belong to themselves",
            tie.at.place(),
            message,
        );
        return Vec::new();
    }
    let parent = ties.slug(import, Class::Organization, tie);
    let parent = parent.map(|body| AffiliationDraft {
        body,
        kind: Some(AffiliationKind::Parent),
        start: None,
        end: None,
        status: None,
        claims: vec![claim(&locator(Class::Organization, item))],
    });
    parent.into_iter().collect()
}

/// Where an organisation is: a country is its own, any other area a place of it.
fn lie(
    import: &mut Import<'_>,
    around: &Around<'_, '_>,
    item: &Item<'_>,
    organisation: &mut OrganisationDraft,
) {
    let Some(tie) = item.tie("area") else {
        return;
    };
    match around.areas.get(&tie.id) {
        None => around.ties.warn(import, Class::Area, tie),
        Some(area) if area.is_country => organisation.country = Some(area.slug.clone()),
        Some(area) => organisation.places.push(PlacePeriodDraft {
            place: area.slug.clone(),
            role: AREA.to_owned(),
            start: None,
            end: None,
            note: None,
            status: None,
            claims: vec![claim(&locator(Class::Organization, item))],
        }),
    }
}
