//! People.

use super::index::Record;
use super::item::Entity;
use super::language;
use super::telling::Telling;
use crate::write::{Claims, Kind, MembershipDraft, PersonDraft};

/// Properties that are told below.
const TOLD: [&str; 7] = ["P31", "P569", "P570", "P102", "P463", "P1813", "P1448"];

pub(super) fn person(telling: &mut Telling<'_>, entity: &Entity, record: &Record) -> PersonDraft {
    let mut claims = Claims::new();
    let born = telling.dates(entity, "P569").put("born", &mut claims);
    let died = telling.dates(entity, "P570").put("died", &mut claims);
    telling.lose_others(entity, &TOLD);
    PersonDraft {
        name: record.name.clone(),
        source: Some(telling.source.to_owned()),
        summary: language::shown(&entity.descriptions),
        names: telling.names(entity, record, None),
        external_ids: record.external_ids.clone(),
        born,
        died,
        memberships: memberships(telling, entity),
        claims,
        ..PersonDraft::default()
    }
}

/// The parties and other bodies that a person was a member of.
fn memberships(telling: &mut Telling<'_>, entity: &Entity) -> Vec<MembershipDraft> {
    let mut memberships: Vec<MembershipDraft> = Vec::new();
    for property in ["P102", "P463"] {
        for (statement, _, body) in telling.named(entity, property, &[Kind::Organisation]) {
            let (start, end) = telling.period(statement);
            let claim = telling.item_claim(property, statement);
            let same = memberships
                .iter_mut()
                .find(|it| it.organisation == body.slug && it.start == start);
            match same {
                Some(known) => known.claims.push(claim),
                None => memberships.push(MembershipDraft {
                    organisation: body.slug,
                    role: "member".to_owned(),
                    post: None,
                    start,
                    end,
                    status: claim.status,
                    claims: vec![claim],
                }),
            }
        }
    }
    memberships
}
