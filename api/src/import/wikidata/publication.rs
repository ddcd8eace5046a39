//! Publications.

use entity::kind::PublicationKind;

use super::index::Record;
use super::item::Entity;
use super::language;
use super::telling::Telling;
use crate::write::{AuthorshipDraft, Claims, Kind, PublicationDraft, PublishingDraft};

/// Properties that are told below.
const TOLD: [&str; 10] = [
    "P31", "P577", "P571", "P576", "P123", "P50", "P1448", "P1705", "P1813", "P1680",
];

pub(super) fn publication(
    telling: &mut Telling<'_>,
    entity: &Entity,
    record: &Record,
    kind: PublicationKind,
) -> PublicationDraft {
    let mut claims = Claims::new();
    // A book is published, a paper begins to appear.
    let first = match entity.statements("P577") {
        [] => "P571",
        _ => "P577",
    };
    let published = telling.dates(entity, first).put("published", &mut claims);
    if first == "P577" {
        for _ in entity.statements("P571") {
            telling.lose("P571", "the date of publication is told in its place");
        }
    }
    let ceased = telling.dates(entity, "P576").put("ceased", &mut claims);
    let kind = (kind != PublicationKind::Unknown && !record.is_derived).then_some(kind);
    if kind.is_some() {
        claims.insert("kind".to_owned(), vec![telling.bare_claim("P31")]);
    }
    let subtitle = telling.subtitle(entity).put("subtitle", &mut claims);
    telling.lose_others(entity, &TOLD);
    PublicationDraft {
        name: record.name.clone(),
        source: Some(telling.source.to_owned()),
        summary: language::shown(&entity.descriptions),
        names: telling.names(entity, record, None),
        external_ids: record.external_ids.clone(),
        subtitle,
        kind,
        published,
        ceased,
        publishers: publishers(telling, entity),
        authors: authors(telling, entity),
        claims,
        ..PublicationDraft::default()
    }
}

fn publishers(telling: &mut Telling<'_>, entity: &Entity) -> Vec<PublishingDraft> {
    let mut publishers: Vec<PublishingDraft> = Vec::new();
    for (statement, _, body) in telling.named(entity, "P123", &[Kind::Organisation]) {
        let claim = telling.item_claim("P123", statement);
        match publishers
            .iter_mut()
            .find(|it| it.organisation == body.slug)
        {
            Some(known) => known.claims.push(claim),
            None => publishers.push(PublishingDraft {
                organisation: body.slug,
                status: claim.status,
                claims: vec![claim],
            }),
        }
    }
    publishers
}

fn authors(telling: &mut Telling<'_>, entity: &Entity) -> Vec<AuthorshipDraft> {
    let mut authors: Vec<AuthorshipDraft> = Vec::new();
    for (statement, _, person) in telling.named(entity, "P50", &[Kind::Person]) {
        let claim = telling.item_claim("P50", statement);
        match authors.iter_mut().find(|it| it.person == person.slug) {
            Some(known) => known.claims.push(claim),
            None => authors.push(AuthorshipDraft {
                person: person.slug,
                role: None,
                status: claim.status,
                claims: vec![claim],
            }),
        }
    }
    authors
}
